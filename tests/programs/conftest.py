"""The cast: Amina coordinates the chapter's program, Dan coordinates another one, Chloé runs nothing."""

import datetime as dt
import re

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


def words(answer) -> str:
    """Give the text of a page without its tags, spaces made plain."""
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.fixture
def as_amina(client, amina):
    client.force_login(amina)
    return client


def at(cohort, page, language="en"):
    return f"/{language}/manage/{cohort.pk}/{page}"


def posted(answer, **changes):
    """Give what the form of a page would send, with some of it changed."""
    form = answer.context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, Text):
            data |= {f"{bound.html_name}_fr": value.fr, f"{bound.html_name}_en": value.en}
        elif isinstance(value, list):
            data |= {f"{bound.html_name}_fr": value[0], f"{bound.html_name}_en": value[1]}
        elif value is not None and value is not False:
            data[bound.html_name] = value.isoformat() if isinstance(value, dt.date) else value
    return {name: value for name, value in (data | changes).items() if value is not None}
