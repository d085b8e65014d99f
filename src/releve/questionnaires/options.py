"""Options that several questions share: written once in a definition, copied into each form before it is used."""

from collections.abc import Mapping

from .definition import Form, Option, Question


def with_options(form: Form, vocabularies: Mapping[str, tuple[Option, ...]]) -> Form:
    """Give every question the options of the vocabulary it names, so that the form stands by itself."""
    return form.with_questions(tuple(_filled(question, vocabularies) for question in form.questions))


def _filled(question: Question, vocabularies: Mapping[str, tuple[Option, ...]]) -> Question:
    changes: dict[str, object] = {}
    if question.options_from in vocabularies:
        changes = {"options": vocabularies[question.options_from], "options_from": None}
    if question.questions:
        changes["questions"] = tuple(_filled(inner, vocabularies) for inner in question.questions)
    return question.model_copy(update=changes) if changes else question
