"""The registration form as one person in one role meets it: what is known is not asked again."""

from collections.abc import Mapping
from typing import Any

from releve.people.models import Person
from releve.programs.models import Cohort
from releve.questionnaires.check import asked_answers, problems_with_answer
from releve.questionnaires.conditions import is_answered
from releve.questionnaires.definition import Form, Question

from .models import Participant

ROLE_QUESTION = "role"  # a form that serves several roles asks for it by this name


def about_account(form: Form, what: str) -> list[Question]:
    """List the questions whose answers belong to the account: name, called, language or email."""
    return [question for question in form.flat if question.person_field == what]


def known_answers(form: Form, person: Person, role: str) -> dict[str, Any]:
    """Answer what needs no asking: the role is in the address, the email is the one they sign in with."""
    known = {question.id: person.email for question in about_account(form, "email")}
    if any(question.id == ROLE_QUESTION for question in form.flat):
        known[ROLE_QUESTION] = role
    return known


def first_answers(cohort: Cohort, person: Person, role: str) -> dict[str, Any]:
    """Fill a form that nobody has begun: from the person's newest registration anywhere, else from their account.

    Only answers that this form would take as they are.
    """
    form = cohort.definition.intake_form
    before = (
        Participant.objects.filter(person=person, registration__submitted_at__isnull=False)
        .select_related("registration")
        .order_by("-registration__submitted_at")
        .first()
    )
    answers = _from_account(form, person) | (before.answers if before else {}) | known_answers(form, person, role)
    questions = {question.id: question for question in form.flat}
    fitting = {name: answer for name, answer in answers.items() if name in questions and not problems_with_answer(questions[name], answer)}
    return asked_answers(form, fitting, role)


def _from_account(form: Form, person: Person) -> dict[str, Any]:
    names = about_account(form, "name")
    parts = person.name.split(maxsplit=len(names) - 1) if names else []
    answers: dict[str, Any] = {question.id: part for question, part in zip(names, parts, strict=False)}
    answers |= {question.id: person.called for question in about_account(form, "called") if person.called}
    return answers | {question.id: person.language for question in about_account(form, "language")}


def account_facts(form: Form, answers: Mapping[str, Any], languages: tuple[str, ...]) -> dict[str, str]:
    """Gather what a registration says of the account; a language the program does not speak ("either") says nothing."""
    found = {
        "name": " ".join(str(answers[question.id]) for question in about_account(form, "name") if is_answered(answers.get(question.id))),
        "called": " ".join(str(answers.get(question.id) or "") for question in about_account(form, "called")).strip(),
    }
    facts = {field: value for field, value in found.items() if value or (field == "called" and about_account(form, "called"))}
    chosen = [answers.get(question.id) for question in about_account(form, "language")]
    spoken = [str(code) for code in chosen if code in languages]
    return facts | ({"language": spoken[0]} if spoken else {})
