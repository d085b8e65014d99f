"""Why a file cannot be read: a code with its facts; `sentences.py` says it to people."""

from typing import Any


class UnreadableFile(Exception):
    """A file that holds no table we can or dare to read."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts
