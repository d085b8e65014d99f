"""Say of every column whether it speaks of a person, and what becomes of it.

Each room lists its columns in its own `personal_data.py`:

    PERSONAL_DATA = {"Meeting": {"starts_at": Field(kind="personal", export=True, erase="delete")}}
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["personal", "pseudonymous", "not_personal", "sealed"]
Erasure = Literal["delete", "blank", "keep"]


@dataclass(frozen=True)
class Field:
    """What one column holds of a person.

    `export` puts it in the person's own download. `erase` says what an erasure does: delete the
    row, blank the column, or keep it; what is kept of a person must say why.
    """

    kind: Kind
    export: bool
    erase: Erasure
    because: str = ""

    def __post_init__(self) -> None:
        if self.erase == "keep" and self.kind != "not_personal" and not self.because:
            raise ValueError("A column that keeps something of a person must say why.")


NOT_PERSONAL = Field(kind="not_personal", export=False, erase="keep")

PERSONAL_DATA = {
    "KeyToDestroy": {"key_id": NOT_PERSONAL, "decided_at": NOT_PERSONAL},
}
