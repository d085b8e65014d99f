"""People whom a run of the engine may compare."""

from tests.factories.enrolment import participant

SWITCHED_ON = ("participation", "suggestions")


def someone(cohort, role, name, **answers):
    """Make a participant who switched suggestions on."""
    return participant(cohort, role, name=name, consents=SWITCHED_ON, line_manager=None, **answers)
