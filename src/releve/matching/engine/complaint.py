"""What a checker says of a result."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Complaint:
    """One claim of a result that is not so: a stable `code`, and whom it is about ("" for the whole)."""

    code: str
    subject: str = ""
