"""What every change of a place in a cohort shares."""

from releve.enrolment.models import Participant
from releve.notifications.actions import notify
from releve.people.models import Person
from releve.programs.models import Cohort
from releve.questionnaires import actions as questionnaires
from releve.questionnaires.models import Response


def blank_registration(cohort: Cohort, person: Person) -> Response:
    form = cohort.definition.intake_form
    return questionnaires.start_response(form, owner=person, visibility=form.visibility)


def come_back(participant: Participant, state: str) -> Participant:
    """Begin anew at a place that was given up: nothing agreed to before counts."""
    changed = Participant.objects.filter(pk=participant.pk, state=Participant.State.WITHDRAWN)
    changed.update(state=state, withdrawn_at=None, withdrawal_reason="", confirmed_at=None, invited_at=None)
    participant.refresh_from_db()
    return participant


def tell(participant: Participant, kind: str, due_key: str) -> None:
    notify(participant.person, kind, due_key=due_key, ids={"participant": str(participant.pk)})
