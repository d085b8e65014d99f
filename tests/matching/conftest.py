"""A board with two mentees and two mentors whom a run compared; and two spreadsheets and a policy in a folder of the test."""

import pytest
from django.utils import timezone
from django.utils.translation import override

from releve.matching import actions
from releve.matching.files import FilesError, read_two_files
from releve.people.roles import Duty
from tests.factories import programs
from tests.factories.enrolment import MENTEE, MENTOR

from .board_cast import someone
from .two_files import MENTEES, MENTORS, POLICY


@pytest.fixture
def read(tmp_path):
    def read(policy=POLICY, mentees=MENTEES, mentors=MENTORS):
        paths = [tmp_path / name for name in ("mentees.csv", "mentors.csv", "policy.yaml")]
        for path, content in zip(paths, (mentees, mentors, policy), strict=True):
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_two_files(*paths)

    with override("en"):
        yield read


@pytest.fixture
def refused(read):
    """Give the place and code of every fault."""

    def refused(**files):
        with pytest.raises(FilesError) as refusal:
            read(**files)
        assert all(fault.mend for fault in refusal.value.faults)
        return {(fault.path, fault.code) for fault in refusal.value.faults}

    return refused


@pytest.fixture
def cohort():
    return programs.cohort()


@pytest.fixture
def committee(cohort):
    return programs.staff(cohort, Duty.COMMITTEE, name="Zoé Roy")


@pytest.fixture
def people(cohort):
    """Chloé fits Louise and Jade fits Karim, each wholly; crosswise they share nothing but a language."""
    left = {"areas": ["finance"], "region": "montreal", "setting": "hospital", "availability": ["mon_noon"]}
    right = {"areas": ["engage_others"], "region": "capitale_nationale", "setting": "education", "availability": ["thu_evening"]}
    return {
        "Chloé": someone(cohort, MENTEE, "Chloé", **left),
        "Jade": someone(cohort, MENTEE, "Jade", **right),
        "Louise": someone(cohort, MENTOR, "Louise", places=1, **left),
        "Karim": someone(cohort, MENTOR, "Karim", places=1, **right),
    }


@pytest.fixture
def run(cohort, committee, people):
    return actions.run_suggestions(cohort, by=committee, seed=1, now=timezone.now())


@pytest.fixture
def two(people):
    """Name a mentee and a mentor, get both."""
    return lambda mentee, mentor: (people[mentee], people[mentor])
