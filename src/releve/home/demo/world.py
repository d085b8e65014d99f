"""What the scenes share: the cohorts, the people and their places, by the names that the story gives them."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django.utils.text import slugify
from ruamel.yaml import YAML

from releve.enrolment.models import Participant
from releve.people.models import Person
from releve.programs.models import Cohort, Program

from .days import Days
from .timeline import Timeline

STORY = Path(__file__).with_name("story")
DOMAIN = "exemple.test"  # reserved: no letter can ever arrive there

Record = dict[str, Any]


@cache
def read(name: str) -> Any:
    """Read one file of the story."""
    return YAML(typ="safe", pure=True).load((STORY / f"{name}.yaml").read_text(encoding="utf-8"))


def address_of(name: list[str]) -> str:
    """Make an address from a name: given names, a dot, family names."""
    return ".".join(slugify(part.replace("œ", "oe")) for part in name) + f"@{DOMAIN}"


@dataclass
class World:
    """Everybody and everything that the scenes have made so far."""

    days: Days
    timeline: Timeline = field(default_factory=Timeline)
    people: dict[str, Person] = field(default_factory=dict)
    cohorts: dict[str, Cohort] = field(default_factory=dict)
    places: dict[tuple[str, str], Participant] = field(default_factory=dict)  # by cohort and person
    program: Program | None = None

    @cached_property
    def starts(self) -> dict[str, date]:
        """First day of each cohort."""
        return {"last": self.days.year_from(-1), "this": self.days.this_year, "next": self.days.year_from(1)}

    def place(self, cohort: str, name: str) -> Participant:
        """Return somebody's place as it stands now."""
        found = Participant.objects.select_related("person", "registration", "cohort__version", "cohort__program")
        return found.get(pk=self.places[cohort, name].pk)
