"""Every id is written once, and every name that is used is declared."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from releve.programs.calendar import COHORT_DATES, RELATIONSHIP_DATES
from releve.programs.definition import Definition, Form, Step, UnknownIdError
from releve.programs.definition.journey import Tag
from releve.programs.problems import Path, Problem, suggest, written
from releve.questionnaires.definition import Option

from .walking import Mention, mentions, parts


def _ids(items: Iterable[Any]) -> set[str]:
    return {item.id for item in items}


KNOWN: dict[str, Callable[[Definition], set[str]]] = {
    "role": lambda whole: _ids(whole.roles),
    "audience": lambda whole: _ids(whole.roles) | {staff.duty for staff in whole.staff},
    "form": lambda whole: _ids(whole.forms),
    "document": lambda whole: _ids(whole.documents),
    "material": lambda whole: _ids(whole.documents) | _ids(whole.resources),
    "survey": lambda whole: _ids(whole.surveys),
    "event": lambda whole: _ids(whole.events),
    "consent": lambda whole: _ids(whole.consents),
    "calendar": lambda whole: _ids(whole.calendar),
    "phase": lambda whole: _ids(whole.phases),
    "site": lambda whole: _ids(whole.sites),
    "step": lambda whole: _ids(whole.steps),
    "topic": lambda whole: _ids(whole.contact.topics),
    "letter": lambda whole: _ids(whole.letters),
    "vocabulary": lambda whole: set(whole.vocabularies),
    "task": lambda whole: _ids(whole.tasks),
    "setting": lambda whole: _ids(whole.settings),
    "date": lambda whole: _ids(whole.calendar) | {*COHORT_DATES, *RELATIONSHIP_DATES},
    "question": lambda whole: {question.id for form in whole.forms for question in form.flat},
}


def undeclared(definition: Definition) -> Iterator[Problem]:
    """Find the names that nothing declares."""
    known = cache(lambda kind: KNOWN[kind](definition))
    for mention in mentions(definition):
        plain = _plain(mention)
        if plain is not None and plain.kind == "question":
            yield from unknown_question(definition, plain.value, plain.path)
        elif plain is not None and plain.value not in known(plain.kind):
            yield Problem(f"no_{plain.kind}", plain.path, {"id": plain.value, **suggest(plain.value, known(plain.kind))})
    for number, role in enumerate(definition.roles):
        for index, gate in enumerate(role.gates):
            if gate.proof and gate.proof not in _ids(role.proof):
                path = ("roles", number, "gates", index, "proof")
                yield Problem("no_proof", path, {"id": gate.proof, **suggest(gate.proof, _ids(role.proof))})


def _plain(mention: Mention) -> Mention | None:
    """Read what is written with a prefix: setting:…, sign:…, answer:…; a number or an address refers to nothing."""
    kind, value, path = mention
    prefix, colon, name = value.partition(":")
    if kind in ("number", "email"):
        return Mention("setting", name, path) if prefix == "setting" and colon else None
    if kind == "requirement":
        return Mention("task", name, path)
    if kind == "date" and prefix == "answer" and colon:
        return Mention("question", name, path)
    return mention


def unknown_question(definition: Definition, reference: str, path: Path) -> Iterator[Problem]:
    """Say that a question is asked nowhere, or in several forms when none of them is the intake form."""
    try:
        form, _question = definition.question(reference)
    except UnknownIdError:
        yield Problem("no_question", path, {"id": reference, **suggest(reference, KNOWN["question"](definition))})
        return
    asking = [form.id for form in definition.forms if any(question.id == reference for question in form.flat)]
    if form.id != definition.intake.form and len(asking) > 1:
        yield Problem("question_in_several_forms", path, {"id": reference, "forms": ", ".join(asking), "first": asking[0]})


def repeated(definition: Definition) -> Iterator[Problem]:
    """Find the ids that are written twice where only one may be."""
    for part, path in parts(definition):
        for name, field in type(part).model_fields.items():
            items = getattr(part, name)
            if isinstance(items, tuple) and not isinstance(part, Form):
                place = (*path, field.alias or name)
                yield from _twice(((_key(item), (*place, index)) for index, item in enumerate(items)))
        if isinstance(part, Form):
            yield from _twice(_questions(part.questions, (*path, "questions")))
    for name, options in definition.vocabularies.items():
        yield from _twice(((option.value, ("vocabularies", name, index)) for index, option in enumerate(options)))
    yield from _twice(_tasks(definition.steps), within_one_list=False)


def _key(item: Any) -> str | None:
    return item.value if isinstance(item, Option | Tag) else getattr(item, "id", None)


def _questions(questions: tuple[Any, ...], path: Path) -> Iterator[tuple[str, Path]]:
    for index, question in enumerate(questions):
        yield question.id, (*path, index)
        yield from _questions(question.questions, (*path, index, "questions"))


def _tasks(steps: tuple[Step, ...]) -> Iterator[tuple[str, Path]]:
    for number, step in enumerate(steps):
        for index, task in enumerate(step.tasks):
            yield task.id, ("steps", number, "tasks", index)


def _twice(named: Iterable[tuple[str | None, Path]], *, within_one_list: bool = True) -> Iterator[Problem]:
    places: dict[str, list[Path]] = defaultdict(list)
    for key, path in named:
        if key is not None:
            places[key].append(path)
    for key, found in places.items():
        for path in found[1:]:
            if within_one_list or path[:-1] != found[0][:-1]:
                yield Problem("id_twice", path, {"id": key, "other": written(found[0])})
