"""What is asked at the end, what is counted, what is recognized."""

from typing import Annotated, Literal

from pydantic import Field

from releve.questionnaires.conditions import Amount, RelativeDate, Rule
from releve.questionnaires.parts import BilingualText, Identifier, Many, Part, Positive

from .ids import FormId, LetterId, RoleId


class Survey(Part):
    """One wave for some roles with one form."""

    id: Identifier
    title: BilingualText | None = None
    wave: Literal["baseline", "pulse", "midpoint", "close", "follow_up"]
    roles: Many[RoleId]
    form: FormId
    mode: Literal["identified", "pseudonymous", "anonymous"]
    opens: RelativeDate
    closes: RelativeDate
    after_end: bool = False
    invitation: LetterId | None = None
    reminder: LetterId | None = None


class Cap(Part):
    """The most that counts within a window."""

    credits: Annotated[Amount, Field(gt=0)]
    window_months: Annotated[int, Field(ge=1, le=240)] | None = None


class Credit(Part):
    """What an hour is worth to a professional body, and for whom."""

    id: Identifier
    body: BilingualText
    category: BilingualText
    per_hour: Annotated[Amount, Field(gt=0)] = 1
    rounding_minutes: Annotated[int, Field(ge=1, le=60)] = 15
    least_minutes: Positive = 0
    cap: Cap | None = None
    who: Rule | None = None
    roles: Many[RoleId] = ()
    statement: BilingualText


class Certificate(Part):
    """A certificate that a person downloads."""

    id: Identifier
    title: BilingualText
    text: BilingualText
    roles: Many[RoleId]
    per: Literal["cohort", "year", "program"] = "cohort"
    who: Rule | None = None
