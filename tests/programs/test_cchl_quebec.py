"""The first blueprint: what the manual asks of it, and the spreadsheet that its registrations come in."""

import csv
from pathlib import Path

import pytest

from releve.programs.loading import load
from releve.questionnaires.conditions import holds

ROOT = Path(__file__).parents[2]
FILE = ROOT / "tests/enrolment/data/registrations-2026-excel-fr.csv"


@pytest.fixture(scope="module")
def definition():
    return load(ROOT / "src/releve/programs/blueprints/cchl_quebec.yaml")


@pytest.fixture(scope="module")
def rows():
    with FILE.open(encoding="cp1252", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_ten_steps_stand_in_order_with_their_tasks(definition):
    assert [(step.number, [task.id for task in step.tasks]) for step in definition.steps] == [
        (1, ["self_assessment"]),
        (2, ["registration"]),
        (3, ["reading"]),
        (4, ["wishes", "pairing"]),
        (5, ["contact", "answer"]),
        (6, ["expectations"]),
        (7, ["commitment", "goals", "first_meeting"]),
        (8, ["meetings"]),
        (9, ["reflection"]),
        (10, ["evaluation"]),
    ]


def test_only_registration_answer_and_signature_are_hard_gates(definition):
    assert {task.id: task.before for task in definition.tasks if task.gate == "hard"} == {
        "registration": "pairing",
        "answer": "acceptance",
        "commitment": "confirmation",
    }


def test_forms_are_read_by_whom_the_manual_lets_read_them(definition):
    assert {form.id: form.visibility.value for form in definition.forms} == {
        "self_assessment_mentor": "self",
        "self_assessment_mentee": "self",
        "registration": "committee",
        "expectations": "members",
        "goal": "members",
        "reflection": "members",
        "evaluation_mentor": "aggregate",
        "evaluation_mentee": "aggregate",
    }
    assert definition.document("commitment").visibility.value == "members"


def test_public_page_compares_mentoring_with_coaching_over_eight_aspects(definition):
    table = next(section.table for section in definition.public_page if section.table)
    assert [str(row[0].en) for row in table.rows] == [
        "Definition",
        "Perspective",
        "Objectives",
        "Means",
        "Attitude",
        "Rhythm",
        "Status",
        "Skills",
    ]


def test_public_page_says_what_one_gets_how_long_it_lasts_and_what_it_is_not(definition):
    sections = {section.id: section for section in definition.public_page}
    assert {"what", "who", "benefits_mentee", "benefits_mentor", "duration"} <= set(sections)
    other = sections["training_therapy"].body
    assert all(f"**{word}**" in other.en for word in ("training", "therapy"))
    assert all(f"**{word}**" in other.fr for word in ("une formation", "une thérapie"))


def test_two_questionnaires_differ_by_role(definition):
    task = definition.task("evaluation")
    assert dict(task.surveys) == {"mentor": "evaluation_mentor", "mentee": "evaluation_mentee"}
    forms = (definition.form(definition.survey(name).form) for name in task.surveys.values())
    mentor, mentee = ({question.id for question in form.flat} for form in forms)
    assert mentor - mentee
    assert mentee - mentor


@pytest.mark.parametrize(("answers", "earns"), [({"certified": True}, True), ({"certified": False}, False), ({}, False)])
def test_credits_go_to_certified_members_in_either_role(definition, answers, earns):
    (credit,) = definition.credits
    assert credit.roles == ("mentor", "mentee")
    assert credit.per_hour == 1
    assert holds(credit.who, answers) is earns


def test_no_one_needs_to_belong_to_the_college(definition):
    assert [role.eligibility for role in definition.roles] == [None, None]
    assert not definition.form("registration").question("college_member").required


def test_every_column_of_the_registration_file_but_the_services_own_has_its_question(definition, rows):
    known = {header for question in definition.form("registration").flat for header in question.headers}
    assert [column for column in rows[0] if column not in known] == [
        "MentoratChapitreQuebec_Id",
        "Entry_Status",
        "Entry_DateSubmitted",
    ]


@pytest.mark.parametrize(
    ("question_id", "unknown"),
    [
        ("role", set()),
        ("language", set()),
        ("profession", set()),
        ("region", {"Ontario"}),
        ("setting", set()),
        ("areas", {"Apiculture"}),
    ],
)
def test_both_halves_of_every_choice_in_the_file_are_known_save_its_faults(definition, rows, question_id, unknown):
    question = definition.form("registration").question(question_id)
    names = {name: option.value for option in definition.options_of(question) for name in (option.text.fr, option.text.en, *option.aliases)}
    found = {(cell, frozenset(map(names.get, cell.split(" / ")))) for cell in _cells(rows, question)}
    assert {cell for cell, values in found if len(values) > 1 or None in values} == unknown


def _cells(rows, question):
    """List the choices of a column; one of them holds commas of its own."""
    whole = "Équité, diversité, inclusion"
    for row in rows:
        cell = row[question.headers[0]].replace(whole, whole.replace(", ", "|")).replace("\n", ", ")
        separate = cell.split(", ") if question.type == "choices" else [cell]
        yield from (choice.replace("|", ", ") for choice in separate if choice)
