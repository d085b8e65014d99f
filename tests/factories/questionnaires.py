"""Small questionnaires and answers for tests."""

from typing import Any

from django.http import QueryDict

from releve.questionnaires import actions
from releve.questionnaires.definition import SLOTS, Form, Question
from releve.questionnaires.models import Response


def words(english: str, french: str | None = None) -> dict[str, str]:
    return {"en": english, "fr": french or f"{english} (fr)"}


def option(value: str, **more: Any) -> dict[str, Any]:
    return {"value": value, "text": words(value.capitalize())} | more


def question_data(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "type": kind, "text": words(name.replace("_", " ").capitalize() + "?")} | more


def question(name: str, kind: str, **more: Any) -> Question:
    return Question.model_validate(question_data(name, kind, **more))


def form(*questions: dict[str, Any], visibility: str = "committee", name: str = "sample", **more: Any) -> Form:
    return Form.model_validate({"id": name, "title": words("Sample"), "visibility": visibility, "questions": list(questions)} | more)


SCALE = {"least": 1, "most": 5, "least_text": words("Not at all", "Pas du tout"), "most_text": words("Completely", "Tout à fait")}

EVERY_TYPE = form(
    question_data("motto", "text", max_length=40),
    question_data("career", "long_text", max_length=600, prefer_not=True),
    question_data("email", "email"),
    question_data("phone", "phone"),
    question_data("region", "choice", options=[option("north"), option("south")], another=True, prefer_not=True),
    question_data("areas", "choices", options=[option("one"), option("two"), option("none", exclusive=True)], another=True, most=2),
    question_data("mood", "scale", scale=SCALE),
    question_data("hours", "number", least=0, most=40, step=0.5),
    question_data("since", "date"),
    question_data("week", "availability"),
    question_data("certified", "yes_no", required=True),
    question_data("number", "text", required=True, enable_when={"question": "certified", "is": True}),
)

EVERY_ANSWER = {
    "motto": "Avancer",
    "career": "Vingt ans de soins.\n\nPuis la gestion.",
    "email": "amina@example.org",
    "phone": "418 555-0123, poste 4",
    "region": {"another": "Nunavik"},
    "areas": ["two", {"another": "Santé rurale"}],
    "mood": 4,
    "hours": "7.5",
    "since": "2019-02-28",
    "week": [SLOTS[3], SLOTS[8]],
    "certified": True,
    "number": "A-12",
}


def response(form_definition: Form, *, answers: dict[str, Any] | None = None, owner: Any = None, **more: Any) -> Response:
    """Start a set of answers and, with `answers`, save them as a draft."""
    started = actions.start_response(form_definition, owner=owner, visibility=more.pop("visibility", form_definition.visibility), **more)
    return actions.save_draft(started, answers, revision=0) if answers is not None else started


def posted(form_definition: Form, answers: dict[str, Any]) -> dict[str, Any]:
    """Write answers as a browser would send them."""
    data: dict[str, Any] = {}
    for item in form_definition.flat:
        answer = answers.get(item.id)
        values = answer if isinstance(answer, list) else [answer]
        for value in values:
            if isinstance(value, dict):
                data[f"{item.id}.another"] = value["another"]
        coded = ["another" if isinstance(value, dict) else value for value in values if value is not None]
        if answer == "prefer_not" and item.type not in {"choice", "choices", "yes_no"}:
            data[f"{item.id}.prefer_not"] = "on"
        elif item.type == "availability":
            data[item.id] = [slot.replace("_", ":") for slot in coded]
        elif item.type == "choices":
            data[item.id] = coded
        elif coded:
            data[item.id] = {True: "yes", False: "no"}[answer] if isinstance(answer, bool) else str(coded[0])
    return data


def sent(data: dict) -> QueryDict:
    """Make what Django makes of a request's body."""
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query
