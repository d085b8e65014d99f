"""What pairing refuses.

PairingRefused
├── ReasonMissing    the program asks for a written reason
├── PairsRefused     some of several pairs cannot be brought together: none is
├── NobodyToPair     one of the two sides is empty
├── BoardMoved       somebody changed the board since the reader's page was made
└── CannotAdjust     these two cannot be kept together or apart
"""

from collections.abc import Mapping, Sequence


class PairingRefused(Exception):
    """Nothing can be computed or decided as asked."""


class ReasonMissing(PairingRefused):
    """The program asks for a written reason, and none was given."""


class PairsRefused(PairingRefused):
    """Some of several pairs cannot be brought together, so none was. `problems`: the sentences for each, by its place in the list."""

    def __init__(self, problems: Mapping[int, Sequence[str]]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


class NobodyToPair(PairingRefused):
    """One of the two sides has nobody who switched suggestions on and has a place left."""


class BoardMoved(PairingRefused):
    """Somebody changed the board since the page was made from which this was sent. Nothing was changed."""


class CannotAdjust(PairingRefused):
    """These two cannot be kept together or apart; `code` says why, `rule` which rule of the policy it is."""

    def __init__(self, code: str, rule: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.rule = rule
