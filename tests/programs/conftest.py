"""The cast: Amina coordinates the chapter's program, Dan coordinates another one, Chloé runs nothing."""

import datetime as dt

import pytest

from releve.core.bilingual import Text
from releve.people.roles import Duty
from releve.programs.models import Cohort
from tests.factories import programs as factory
from tests.factories.people import person


@pytest.fixture
def amina():
    return person("Amina Coordonne", email="amina@example.org", language="en")


@pytest.fixture
def dan():
    dan = person("Dan Ailleurs", email="dan@example.org", language="en")
    factory.staff(factory.program(name=Text("Un autre", "Another")), who=dan)
    return dan


@pytest.fixture
def chloe():
    return person("Chloé Bélanger", email="chloe@example.org", language="en")


@pytest.fixture
def program(amina):
    made = factory.program(slug="chapter")
    factory.staff(made, Duty.COORDINATOR, who=amina)
    return made


@pytest.fixture
def cohort(program):
    """A cohort that is open since February and takes registrations until April 30."""
    return cohort_of(program)


@pytest.fixture
def draft(program):
    return cohort_of(program, state=Cohort.State.DRAFT, slug="draft", name=Text("Ébauche", "Sketch"))


def cohort_of(program, **more):
    dates = {"starts_on": dt.date(2026, 9, 1), "ends_on": dt.date(2027, 6, 30)}
    return factory.cohort(program, **dates | {"slug": "2026", "name": Text("Cohorte 2026-2027", "2026–2027 cohort")} | more)
