"""The only way between rows and the engine: participants become its people, its pairs become participants again."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypedDict

from releve.enrolment.models import Participant
from releve.people.models import normalize_email
from releve.programs.definition import Definition
from releve.programs.definition.pairing import Criterion as DefinedCriterion
from releve.programs.definition.pairing import HardRule as DefinedRule
from releve.programs.models import Cohort
from releve.questionnaires.definition import Question
from releve.relationships.queries import not_again_between

from .engine import (
    Answer,
    Criterion,
    CriterionKind,
    Fact,
    HardRule,
    Located,
    Objective,
    Pair,
    Person,
    Policy,
    Problem,
    RuleKind,
    Side,
)
from .engine.checks import LARGEST_NUMBER, Form, forms_asked
from .engine.problem import NAMING_RULES

IDENTITY = "identity"  # the code of a person, by which a line manager is named
WISHED = "wished"  # ranked wishes, under the engine's ids
FULL_HOURS = 3  # weekly slots in common that earn full points
DECIMAL = re.compile(r"-?[0-9]{1,9}\.[0-9]+")  # a number with a part: its whole is compared
NEAR_NUMBERS = 10  # how far apart numbers without limits of their own may be and still be near

RULES = {
    "not_line_manager": RuleKind.NOT_LINE_MANAGER,
    "not_evaluator": RuleKind.NOT_EVALUATOR,
    "not_same_answer": RuleKind.NOT_SAME_ANSWER,
    "same_answer": RuleKind.SAME_ANSWER,
    "same_site": RuleKind.SAME_ANSWER,
    "includes": RuleKind.INCLUDES,
    "language_in_common": RuleKind.LANGUAGE_IN_COMMON,
    "seniority": RuleKind.SENIORITY,
    "not_self": RuleKind.NOT_SELF,
    "already_paired": RuleKind.ALREADY_PAIRED,
    "not_again": RuleKind.NOT_AGAIN,
    "conflict": RuleKind.BANNED,  # what people declared becomes bans of this problem
}
INHERENT = frozenset({"capacity"})  # the engine never gives more places than there are
CONFIDENTIAL = frozenset({RuleKind.NOT_AGAIN, RuleKind.BANNED})
CRITERIA = {
    "overlap": CriterionKind.OVERLAP,
    "values": CriterionKind.ALIKE,
    "same": CriterionKind.SAME,
    "near": CriterionKind.NEAR,
    "distance": CriterionKind.DISTANCE,
    "hours": CriterionKind.HOURS,
    "wishes": CriterionKind.WISHES,
    "language": CriterionKind.LANGUAGE,
}
OBJECTIVES = {
    "best_total": Objective.BEST_TOTAL,
    "most_people": Objective.MOST_PEOPLE,
    "nobody_left_badly_off": Objective.LEXIMIN,
    "stable": Objective.STABLE,
}


def problem_from(cohort: Cohort, participants: Sequence[tuple[Participant, int]], *, seed: int) -> tuple[Problem, dict[str, Participant]]:
    """Freeze a pairing problem from participants and the places each still has.

    Returns the problem under run-local ids, and who stands behind each id.
    """
    definition = cohort.definition
    by_id = {_local_id(participant): participant for participant, _places in participants}
    ids = {participant.pk: local for local, participant in by_id.items()}
    policy = policy_from(definition)
    # A run never holds an address: each becomes a code that means something only within the house.
    codes = {participant.person.email: participant.person_id.hex for participant, _places in participants}
    forms = {side: tuple(forms_asked(policy, side)) for side in Side}
    frame = _Frame(definition, policy, _questions(policy), forms, ids, codes)
    problem = Problem(
        people=tuple(_person(frame, one, places) for one, places in participants),
        policy=policy,
        questions=frame.questions,
        bans=tuple(_bans(definition, by_id)),
        facts=tuple(_facts(cohort, by_id)),
        seed=seed,
    )
    return problem, by_id


def policy_from(definition: Definition) -> Policy:
    """Read the pairing policy of a definition as the engine's."""
    pairing = definition.pairing
    return Policy(
        criteria=tuple(_criterion(definition, criterion) for criterion in pairing.criteria),
        rules=tuple(_rule(definition, rule) for rule in pairing.rules if rule.kind not in INHERENT),
        objective=Objective.DRAW if pairing.modes == ("draw",) else OBJECTIVES[pairing.objective],
    )


def side_of(definition: Definition, role: str) -> Side:
    return Side.MENTOR if definition.role(role).kind == "mentor" else Side.MENTEE


def _rule(definition: Definition, rule: DefinedRule) -> HardRule:
    kind = RULES[rule.kind]
    confidential = kind in CONFIDENTIAL
    return HardRule(
        id=rule.id,
        kind=kind,
        # A declared conflict is read here, becomes bans, and never enters a run in its author's words.
        question="" if kind is RuleKind.BANNED else _name(rule.question),
        with_question=IDENTITY if kind in NAMING_RULES else _name(rule.with_question),
        order=_scale_of(definition, rule.question)["order"] if kind is RuleKind.SENIORITY else (),
        explain_to=frozenset() if confidential else _sides(rule.explain_to),
    )


def _criterion(definition: Definition, criterion: DefinedCriterion) -> Criterion:
    kind = CRITERIA[criterion.kind]
    wishes = definition.pairing.wishes
    is_wishes = kind is CriterionKind.WISHES
    scale = _scale_of(definition, criterion.mentee) if kind is CriterionKind.NEAR else _Scale(order=(), within=criterion.within or 0)
    return Criterion(
        id=criterion.id,
        kind=kind,
        weight=criterion.weight,
        mentee_question=WISHED if is_wishes else _name(criterion.mentee),
        mentor_question="" if is_wishes else _name(criterion.mentor),
        at=tuple(Located(one.value, one.x, one.y) for one in criterion.at),
        full_at=FULL_HOURS if kind is CriterionKind.HOURS else 0,
        ranks=(wishes.most if wishes else 1) if is_wishes else 0,
        wisher=_wisher(definition) if is_wishes else Side.MENTEE,
        explain_to=frozenset() if is_wishes else _sides(criterion.explain_to),
        **scale,
    )


def _wisher(definition: Definition) -> Side:
    """Say whose wishes count: the mentors' where nobody else may wish."""
    wishes = definition.pairing.wishes
    sides = {side_of(definition, role) for role in wishes.by} if wishes else set()
    return Side.MENTOR if sides == {Side.MENTOR} else Side.MENTEE


class _Scale(TypedDict):
    """Along what two answers are near: the options from one end to the other, else how far apart numbers may be."""

    order: tuple[str, ...]
    within: int


def _scale_of(definition: Definition, reference: str | None) -> _Scale:
    _form, question = definition.question(reference or "")
    if question.type == "scale" and question.scale:
        return _Scale(order=(), within=max(question.scale.most - question.scale.least, 1))
    options = tuple(option.value for option in question.options)
    return _Scale(order=options, within=0) if len(options) > 1 else _Scale(order=(), within=_span(question))


def _span(question: Question) -> int:
    """Say how far apart the numbers of a question may be."""
    if question.least is None or question.most is None:
        return NEAR_NUMBERS
    return max(int(question.most - question.least), 1)


def _sides(explain_to: Iterable[str]) -> frozenset[Side]:
    return frozenset(Side) if "members" in explain_to else frozenset()


def _name(reference: str | None) -> str:
    """Take the question's own id out of `form.question`."""
    return (reference or "").rpartition(".")[2]


def _questions(policy: Policy) -> frozenset[str]:
    """Name the questions that the policy compares; nothing else of a registration enters a run."""
    criteria = (name for one in policy.criteria for name in (one.asked_of_mentee, one.asked_of_mentor))
    rules = (name for one in policy.rules for name in (one.question, one.with_question))
    return frozenset({IDENTITY, WISHED, *criteria, *rules} - {""})


@dataclass(frozen=True)
class _Frame:
    """What reading one participant needs: the policy, its questions and their form, local ids by participant, codes by address."""

    definition: Definition
    policy: Policy
    questions: frozenset[str]
    forms: Mapping[Side, Iterable[Form]]
    ids: Mapping[Any, str]
    codes: Mapping[str, str]


def _person(frame: _Frame, participant: Participant, places: int) -> Person:
    answers = {
        name: coded
        for name, answer in participant.given_answers.items()
        if name in frame.questions and (coded := _coded(name, answer)) is not None
    }
    side = side_of(frame.definition, participant.role)
    for form in frame.forms[side]:
        # "I prefer not to say" and another answer of one's own stand nowhere in an order or on a map.
        if form.question in answers and not form.fits(answers[form.question]):
            del answers[form.question]
    for question in {rule.question for rule in frame.policy.rules if rule.kind in NAMING_RULES}:
        named = frame.codes.get(normalize_email(str(answers.pop(question, ""))))
        answers |= {question: named} if named else {}
    answers[IDENTITY] = frame.codes[participant.person.email]
    wished = tuple(frame.ids[wish.wished_id] for wish in participant.wishes.all() if wish.wished_id in frame.ids)
    if wished:
        answers[WISHED] = wished
    return Person(id=frame.ids[participant.pk], side=side, most=places, answers=answers)


def _coded(name: str, answer: Any) -> Answer | None:
    """Turn an answer into what the engine compares; what people wrote freely beside a list is left out."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, int):
        return answer if abs(answer) <= LARGEST_NUMBER else None
    if isinstance(answer, list):
        return frozenset(item for item in answer if isinstance(item, str))
    if isinstance(answer, str) and DECIMAL.fullmatch(answer):
        return int(float(answer))
    if isinstance(answer, str):
        return frozenset({"fr", "en"}) if name == "language" and answer == "both" else answer.strip().casefold()
    return None


def _local_id(participant: Participant) -> str:
    return participant.pk.hex


def _facts(cohort: Cohort, by_id: Mapping[str, Participant]) -> Iterator[Fact]:
    """Yield what happened before between the people of this run."""
    by_person: dict[Any, list[str]] = {}
    for local, participant in by_id.items():
        by_person.setdefault(participant.person_id, []).append(local)
    for pair in not_again_between(cohort.program_id, by_person):
        one, other = sorted(pair)
        yield from (Fact(RuleKind.NOT_AGAIN, a, b) for a in by_person[one] for b in by_person[other])
    for one, other in _paired_already(by_id):
        yield Fact(RuleKind.ALREADY_PAIRED, one, other)


def _paired_already(by_id: Mapping[str, Participant]) -> Iterator[tuple[str, str]]:
    members: dict[Any, list[str]] = {}
    for local, participant in by_id.items():
        for membership in participant.memberships.all():
            if membership.left_at is None and membership.relationship.is_open:
                members.setdefault(membership.relationship_id, []).append(local)
    for together in members.values():
        yield from combinations(sorted(together), 2)


def _bans(definition: Definition, by_id: Mapping[str, Participant]) -> Iterator[Pair]:
    """Yield the pairs that somebody asked to avoid, by name or by address."""
    questions = [_name(rule.question) for rule in definition.pairing.rules if rule.kind == "conflict" and rule.question]
    sides: dict[Side, dict[str, Participant]] = {side: {} for side in Side}
    for local, participant in by_id.items():
        sides[side_of(definition, participant.role)][local] = participant
    avoided = {(mentee, mentor) for mentee, mentor in _avoided(sides[Side.MENTEE], sides[Side.MENTOR], questions)}
    avoided |= {(mentee, mentor) for mentor, mentee in _avoided(sides[Side.MENTOR], sides[Side.MENTEE], questions)}
    yield from (Pair(mentee, mentor) for mentee, mentor in sorted(avoided))


def _avoided(ones: Mapping[str, Participant], others: Mapping[str, Participant], questions: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield who of one side names whom of the other; each text and name is folded once."""
    texts = {local: _folded(" ".join(str(one.given_answers.get(question, "")) for question in questions)) for local, one in ones.items()}
    written = {local: text for local, text in texts.items() if text}
    names = {local: (_folded(other.person.email), _folded(other.person.name)) for local, other in others.items()} if written else {}
    for one, text in written.items():
        yield from ((one, other) for other, known in names.items() if any(name and name in text for name in known))


def _folded(text: str) -> str:
    """Write names one way: no accents, no capitals, one space, straight apostrophes."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())
