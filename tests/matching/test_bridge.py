"""What a program's definition and its people's answers become in the engine."""

import pytest

from releve.enrolment.models import Wish
from releve.matching.bridge import policy_from, problem_from
from releve.matching.engine import Criterion, CriterionKind, Objective, RuleKind, Side, assign, problem_json, score_pairs
from releve.matching.engine.explain import mentors_closed_to
from releve.relationships.models import NotAgain
from tests.factories import programs, relationships
from tests.factories.enrolment import MENTEE, MENTOR, participant

TITLE = {"fr": "Titre", "en": "Title"}


def pairing(**more):
    return programs.changed(pairing={"modes": ["committee"], **more})


def criterion(kind, question, **more):
    return {"id": kind, "kind": kind, "mentee": question, "mentor": question, "weight": 1, "title": TITLE, **more}


def rule(kind, question=None, **more):
    return {"id": kind, "kind": kind, "title": TITLE, **({"question": question} if question else {}), **more}


def only_criterion(**more):
    [one] = policy_from(pairing(criteria=[criterion(**more)])).criteria
    return one


# --- the policy


def test_near_follows_the_order_of_the_options():
    settings = [option.value for option in programs.first_blueprint().intake_form.question("setting").options]
    assert only_criterion(kind="near", question="setting") == Criterion(
        "near", CriterionKind.NEAR, 1, "setting", "setting", order=tuple(settings)
    )


@pytest.mark.parametrize(("question", "within"), [("registration.years_experience", 60), ("fit", 4), ("phone", 10)])
def test_near_in_numbers_reaches_nothing_at_the_width_of_the_question(question, within):
    assert only_criterion(kind="near", question=question).within == within


def test_values_are_alike_and_distance_has_its_map():
    assert only_criterion(kind="values", question="style").kind is CriterionKind.ALIKE
    places = [{"value": "montreal", "x": 0, "y": 0}, {"value": "estrie", "x": 126, "y": -11}]
    found = only_criterion(kind="distance", question="region", within=300, at=places)
    assert (found.kind, found.within, found.at) == (CriterionKind.DISTANCE, 300, (("montreal", 0, 0), ("estrie", 126, -11)))


def test_rules_keep_their_kind_and_seniority_its_order():
    kinds = ["not_line_manager", "not_evaluator", "includes", "conflict", "not_same_answer"]
    rules = [*(rule(kind, "line_manager") for kind in kinds), rule("seniority", "setting"), rule("capacity"), rule("not_again")]
    found = {one.id: one for one in policy_from(pairing(rules=rules)).rules}
    assert {name: one.kind for name, one in found.items()} == {
        "not_line_manager": RuleKind.NOT_LINE_MANAGER,
        "not_evaluator": RuleKind.NOT_EVALUATOR,
        "includes": RuleKind.INCLUDES,
        "conflict": RuleKind.BANNED,
        "not_same_answer": RuleKind.NOT_SAME_ANSWER,
        "seniority": RuleKind.SENIORITY,
        "not_again": RuleKind.NOT_AGAIN,
    }
    assert found["seniority"].order[0] == programs.first_blueprint().intake_form.question("setting").options[0].value
    assert found["conflict"].question == ""


@pytest.mark.parametrize(
    ("written", "objective"),
    [
        ({"objective": "best_total"}, Objective.BEST_TOTAL),
        ({"objective": "most_people"}, Objective.MOST_PEOPLE),
        ({"objective": "nobody_left_badly_off"}, Objective.LEXIMIN),
        ({"objective": "stable"}, Objective.STABLE),
        ({"objective": "most_people", "modes": ["draw"]}, Objective.DRAW),
    ],
)
def test_the_objective_is_the_programs(written, objective):
    assert policy_from(pairing(**written)).objective is objective


@pytest.mark.parametrize(
    ("by", "wisher"), [([MENTOR], Side.MENTOR), ([MENTEE], Side.MENTEE), ([MENTOR, MENTEE], Side.MENTEE), (None, Side.MENTEE)]
)
def test_wishes_are_those_of_whoever_may_wish(by, wisher):
    wishes = {"id": "wishes", "kind": "wishes", "weight": 1, "title": TITLE}
    [found] = policy_from(pairing(criteria=[wishes], **({"wishes": {"by": by, "most": 2}} if by else {}))).criteria
    assert (found.wisher, found.ranks) == (wisher, 2 if by else 1)


# --- the people


@pytest.fixture
def problem_of(db):
    def problem_of(people, **more):
        cohort = programs.cohort(definition=pairing(**more))
        made = [participant(cohort, role, name=name, **{"line_manager": None, **answers}) for role, name, answers in people]
        problem, by_id = problem_from(cohort, [(one, 1) for one in made], seed=1)
        return problem, {one.person.name: local for local, one in by_id.items()}

    return problem_of


def answers_of(problem, local):
    return next(dict(person.answers) for person in problem.people if person.id == local)


def test_regions_nearer_by_are_worth_more(problem_of):
    blueprint = programs.first_blueprint().as_data()["pairing"]
    region = [one for one in blueprint["criteria"] if one["id"] == "region"]
    people = [
        (MENTEE, "Chloé Roy", {"region": "montreal"}),
        (MENTOR, "In Laval", {"region": "laval"}),
        (MENTOR, "In Nunavik", {"region": "nunavik"}),
        (MENTOR, "In Ontario", {"region": "outside_quebec"}),
        (MENTOR, "In Montréal", {"region": "montreal"}),
    ]
    problem, named = problem_of(people, criteria=region)
    points = dict(zip((one.id for one in problem.mentors), score_pairs(problem).points[0].tolist(), strict=True))
    assert {name: points[named[name]] for name in named if name.startswith("In")} == {
        "In Laval": 5 * 946,
        "In Nunavik": 0,
        "In Ontario": 0,
        "In Montréal": 5000,
    }


def test_answers_that_stand_nowhere_in_an_order_are_left_out_and_the_run_goes_on(problem_of):
    criteria = [criterion("near", "years_experience"), criterion("distance", "region", within=9, at=[{"value": "laval", "x": 0, "y": 0}])]
    people = [
        (MENTEE, "Chloé Roy", {"years_experience": "3.5", "region": "laval"}),
        (MENTEE, "Jade Roy", {"years_experience": "prefer_not", "region": "montreal"}),
        (MENTOR, "Louise Roy", {"years_experience": 10**12}),
        (MENTOR, "Karim Roy", {"years_experience": 5}),
    ]
    problem, named = problem_of(people, criteria=criteria)
    compared = {
        name: {key: value for key, value in answers_of(problem, local).items() if key != "identity"} for name, local in named.items()
    }
    assert compared == {
        "Chloé Roy": {"years_experience": 3, "region": "laval"},
        "Jade Roy": {},
        "Louise Roy": {},
        "Karim Roy": {"years_experience": 5},
    }
    assert len(assign(problem).pairs) == 2


def test_one_question_may_name_a_line_manager_and_an_evaluator(db):
    rules = [rule("not_line_manager", "line_manager"), rule("not_evaluator", "line_manager")]
    cohort = programs.cohort(definition=pairing(rules=rules))
    louise = participant(cohort, MENTOR, name="Louise Roy", line_manager=None)
    karim = participant(cohort, MENTOR, name="Karim Roy", line_manager="somebody.else@example.org")
    chloe = participant(cohort, MENTEE, name="Chloé Roy", line_manager=louise.person.email.upper())
    problem, by_id = problem_from(cohort, [(one, 1) for one in (louise, karim, chloe)], seed=1)
    assert {by_id[pair.mentor].person.name for pair in assign(problem).pairs} == {"Karim Roy"}
    assert "@" not in problem_json(problem)
    assert mentors_closed_to(problem, chloe.pk.hex) == {louise.pk.hex}


def test_what_happened_before_and_what_is_wished_goes_into_the_run(db):
    paired = {"id": "apart", "kind": "not_again", "title": TITLE}
    wishes = {"id": "wishes", "kind": "wishes", "weight": 1, "title": TITLE}
    yes = criterion("same", "college_member")
    cohort = programs.cohort(definition=pairing(rules=[paired], criteria=[wishes, yes], wishes={"by": [MENTEE], "most": 2}))
    louise, karim, ines = (participant(cohort, MENTOR, name=name, college_member=True) for name in ("Louise Roy", "Karim Roy", "Inès Roy"))
    chloe, jade = (
        participant(cohort, MENTEE, name=name, college_member=said)
        for name, said in (("Chloé Roy", [{"another": "once"}]), ("Jade Roy", {"another": "once"}))
    )
    Wish.objects.create(participant=chloe, wished=ines, rank=1)
    Wish.objects.create(participant=chloe, wished=louise, rank=2)
    relationships.confirmed(cohort, [louise, chloe])
    NotAgain.objects.create(
        program_id=cohort.program_id, one_id=min(karim.person_id, chloe.person_id), other_id=max(karim.person_id, chloe.person_id)
    )
    problem, _by_id = problem_from(cohort, [(one, 1) for one in (louise, karim, ines, chloe, jade)], seed=1)
    assert answers_of(problem, chloe.pk.hex)["wished"] == (ines.pk.hex, louise.pk.hex)
    assert answers_of(problem, louise.pk.hex)["college_member"] == "yes"
    assert answers_of(problem, chloe.pk.hex)["college_member"] == frozenset()
    assert "college_member" not in answers_of(problem, jade.pk.hex)
    assert problem.policy.criteria[0].ranks == 2
    told = {(fact.kind, frozenset((fact.one, fact.other))) for fact in problem.facts}
    assert told == {
        (RuleKind.ALREADY_PAIRED, frozenset((louise.pk.hex, chloe.pk.hex))),
        (RuleKind.NOT_AGAIN, frozenset((karim.pk.hex, chloe.pk.hex))),
    }
    assert mentors_closed_to(problem, chloe.pk.hex) == {louise.pk.hex, karim.pk.hex}
