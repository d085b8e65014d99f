"""The sentences of one fault."""

from typing import NamedTuple


class Fault(NamedTuple):
    """What is said and the mend; `mend_nearest` replaces the mend when a near name is known."""

    message: str
    mend: str
    mend_nearest: str = ""
