"""What cannot be done with a participant.

EnrolmentRefused
├── RegistrationClosed    outside the dates of the cohort, for somebody who was not invited
├── RoleRefused           the definition does not let this person take this role as well
├── AlreadyTakesPart      this person has this place already; carries it
├── ConsentRefused        no such purpose, or one without which nobody takes part
└── AnswersRefused        answers or required consents are missing or wrong; carries every problem
"""

from releve.enrolment.models import Participant


class EnrolmentRefused(Exception):
    """A change of a participant that cannot be."""


class RegistrationClosed(EnrolmentRefused):
    """Registration is not open today, or this place was given up."""


class RoleRefused(EnrolmentRefused):
    """This person cannot take this role in this cohort."""


class AlreadyTakesPart(EnrolmentRefused):
    """`participant` is the place this person has already."""

    def __init__(self, participant: Participant) -> None:
        super().__init__(str(participant.pk))
        self.participant = participant


class ConsentRefused(EnrolmentRefused):
    """A purpose that this role is not asked about, or that goes only with leaving."""


class AnswersRefused(EnrolmentRefused):
    """`problems` maps question ids, or `consent:<id>`, to sentences."""

    def __init__(self, problems: dict[str, list[str]]) -> None:
        super().__init__(", ".join(sorted(problems)))
        self.problems = problems
