"""Who may read each thing that a person could leak: the visibility table, thing by thing, written by hand.

Every thing is planted in the world as a word of its own (`word("goal.own")`). `must` are the people who
find it on some page of theirs, `may` those for whom it makes no difference; it is nowhere for all others.
Source: docs/architecture.md, "Who reads what"; programs.md S1.12, S1.15, S1.16.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

SPELLING = "marker-{}-end"  # no name of a thing is the beginning of another one's word


class Kind(StrEnum):
    SELF = "self"
    MEMBERS = "members"
    DRAFT = "draft"  # of an answer that the committee will read once it is sent
    MATCHING = "matching"
    COMMITTEE = "committee"
    HELP = "help"
    EVALUATION = "evaluation"
    DECISION = "decision"
    ADJUSTMENT = "adjustment"
    CONTACT = "contact"
    SHEET = "sheet"


SEALED = {Kind.SELF, Kind.MEMBERS}  # nobody reads these in the database either
NEVER_IN_LETTERS = set(Kind) - {Kind.CONTACT, Kind.SHEET}


class Readers(NamedTuple):
    kind: Kind
    must: frozenset[str]
    may: frozenset[str]


def word(thing: str) -> str:
    """Spell the word by which a thing is found again, as nobody writes by accident."""
    return SPELLING.format(thing.replace(".", "-").replace("_", "-"))


def address(thing: str) -> str:
    return f"{word(thing)}@example.org"


def _readers(kind: Kind, must: str, may: str = "") -> Readers:
    return Readers(kind, frozenset(must.split()), frozenset(may.split()) - frozenset(must.split()))


# Who is who: `cast.py`. Staff of the program: Amina coordinates, Hélène sits on its committee; Karim sits on it and
# mentors Lise, Paule coordinates and mentors Quentin.
STAFF = "amina helene karim paule"
PAIRS = {
    "own": "benoit chloe",
    "other": "denise emile",
    "staff": "karim lise",
    "coordinator": "paule quentin",
    "former": "marc chloe",
    "far": "tessa gaston",
}
TAKING_PART = (
    "alain benoit celine chloe denise dora emile ines karim lise marc nadia odile olga paule pia quentin ugo uma vera wanda wilfrid"
)


def _members() -> Iterable[tuple[str, Readers]]:
    """What a pair writes: read by the two of them, and by nobody who runs the program."""
    for pair, members in PAIRS.items():
        for thing in ("goal", "expectations", "reflection", "addition", "signature.mentor", "signature.mentee", "agenda", "notes"):
            yield f"{thing}.{pair}", _readers(Kind.MEMBERS, members)
        yield f"place.{pair}", _readers(Kind.MEMBERS, members)


def _selves() -> Iterable[tuple[str, Readers]]:
    for person in ("chloe", "benoit", "karim", "lise", "nadia", "gaston"):
        yield f"assessment.{person}", _readers(Kind.SELF, person)  # Nadia's is a draft


def _registrations() -> Iterable[tuple[str, Readers]]:
    """What people write to register: read by themselves and the committee."""
    for person in ("chloe", "benoit", "lise", "karim", "nadia", "denise"):
        yield f"motivations.{person}", _readers(Kind.COMMITTEE, f"{person} amina helene", STAFF)
    yield "motivations.gaston", _readers(Kind.COMMITTEE, "gaston jeanne")
    yield "motivations.gilles", _readers(Kind.COMMITTEE, "gilles amina helene", STAFF)  # brought in from a file
    yield "draft.flore", _readers(Kind.DRAFT, "flore")  # invited, and writing
    yield "draft.rose", _readers(Kind.DRAFT, "rose")  # began, sent nothing
    yield "withdrawal.xavier", _readers(Kind.COMMITTEE, "amina", f"{STAFF} xavier")
    yield "cell.import", _readers(Kind.MATCHING, "amina paule")  # the file of Zoé's line manager, on its way in


def _matching() -> Iterable[tuple[str, Readers]]:
    """What only those who pair may read, and not about their own relationships."""
    for person in ("chloe", "benoit", "nadia", "denise"):
        yield f"manager.{person}", _readers(Kind.MATCHING, f"{person} amina helene", STAFF)
        yield f"conflict.{person}", _readers(Kind.MATCHING, f"{person} amina helene", STAFF)
    for person, closed_to in {"lise": "karim", "odile": "karim", "quentin": "paule"}.items():
        others = " ".join(set(STAFF.split()) - {closed_to})
        yield f"manager.{person}", _readers(Kind.MATCHING, f"{person} amina helene", others)
        yield f"conflict.{person}", _readers(Kind.MATCHING, f"{person} amina helene", others)
    for person in ("karim", "paule"):
        yield f"manager.{person}", _readers(Kind.MATCHING, f"{person} amina helene", STAFF)
        yield f"conflict.{person}", _readers(Kind.MATCHING, f"{person} amina helene", STAFF)
    yield "manager.gaston", _readers(Kind.MATCHING, "gaston jeanne")
    yield "conflict.gaston", _readers(Kind.MATCHING, "gaston jeanne")
    yield "manager.gilles", _readers(Kind.MATCHING, "gilles amina helene", STAFF)


def _relationships() -> Iterable[tuple[str, Readers]]:
    """What the committee knows of pairs; those of them who are in a pair know nothing of this about it."""
    yield "help.own", _readers(Kind.HELP, "chloe amina helene karim", STAFF)
    yield "help.answer.own", _readers(Kind.HELP, "chloe amina", STAFF)
    yield "help.staff", _readers(Kind.HELP, "lise amina helene", "paule")
    yield "help.answer.staff", _readers(Kind.HELP, "lise amina", "helene paule")
    yield "help.coordinator", _readers(Kind.HELP, "quentin amina helene", "karim")
    yield "help.far", _readers(Kind.HELP, "gaston jeanne")
    yield "evaluation.own.mentee", _readers(Kind.EVALUATION, "amina helene", f"chloe {STAFF}")
    yield "evaluation.own.mentor", _readers(Kind.EVALUATION, "amina helene", f"benoit {STAFF}")
    yield "evaluation.staff.mentee", _readers(Kind.EVALUATION, "amina helene", "lise paule")
    yield "evaluation.staff.mentor", _readers(Kind.EVALUATION, "amina helene", "karim paule")
    yield "evaluation.coordinator.mentee", _readers(Kind.EVALUATION, "amina helene", "quentin karim")
    yield "evaluation.far.mentee", _readers(Kind.EVALUATION, "jeanne", "gaston")
    yield "evaluation.draft", _readers(Kind.DRAFT, "emile")
    yield "decision.own", _readers(Kind.DECISION, "amina helene", STAFF)
    yield "decision.proposed", _readers(Kind.DECISION, "amina helene", STAFF)
    yield "decision.staff", _readers(Kind.DECISION, "amina helene", "paule")
    yield "decision.coordinator", _readers(Kind.DECISION, "amina helene", "karim")
    yield "decision.far", _readers(Kind.DECISION, "jeanne")
    yield "adjustment.nadia", _readers(Kind.ADJUSTMENT, "amina helene karim paule")  # apart from Wilfrid
    yield "adjustment.karim", _readers(Kind.ADJUSTMENT, "amina helene paule")  # apart from Nadia


def _sheets() -> Iterable[tuple[str, Readers]]:
    """What others may see of a person: in the directory by consent, or because they were introduced."""
    yield "shown.denise", _readers(Kind.SHEET, "denise chloe nadia amina helene", f"{STAFF} {TAKING_PART}")
    yield "unshown.denise", _readers(Kind.SHEET, "denise amina helene", f"{STAFF} emile ines alain")
    yield "shown.benoit", _readers(Kind.SHEET, "benoit chloe amina helene", STAFF)  # chose it, but is not in the directory
    yield "shown.nadia", _readers(Kind.SHEET, "nadia amina helene", STAFF)
    yield "shown.gaston", _readers(Kind.SHEET, "gaston jeanne", "tessa")


def _contacts() -> Iterable[tuple[str, Readers]]:
    """How to reach somebody: their partners once introduced, and the staff."""
    partners = {
        "chloe": "benoit",
        "benoit": "chloe",
        "denise": "emile ines",
        "ines": "denise",
        "lise": "karim",
        "nadia": "",
        "uma": "",  # prepared for Benoît: neither of them knows
    }
    once = {"chloe": "marc", "denise": "alain"}  # a former partner may keep it, one who said yes yesterday may have it
    for person, known_to in partners.items():
        readers = _readers(Kind.CONTACT, f"{person} {known_to} amina helene", f"{STAFF} {once.get(person, '')}")
        yield f"email.{person}", readers
        yield f"phone.{person}", readers
    for person in ("nadia", "uma"):
        yield f"name.{person}", _readers(Kind.CONTACT, f"{person} amina helene", STAFF)
    yield "email.gaston", _readers(Kind.CONTACT, "gaston jeanne tessa")
    yield "name.gaston", _readers(Kind.CONTACT, "gaston jeanne tessa")


TABLE: dict[str, Readers] = dict(
    entry for part in (_members, _selves, _registrations, _matching, _relationships, _sheets, _contacts) for entry in part()
)


def digits(thing: str) -> str:
    """Give everybody a telephone number of their own."""
    person = thing.removeprefix("phone.")
    return f"418555{1000 + sorted(TAKING_PART.split()).index(person):04d}"


def things(*kinds: Kind) -> set[str]:
    return {thing for thing, readers in TABLE.items() if readers.kind in kinds}


def found_in(text: str) -> set[str]:
    """Return the things that can be read in a text, however it is cased or a number is written."""
    folded = text.casefold()
    words = set(FOUND.findall(folded)) | set(FOUND.findall(folded.replace(" ", "-")))  # search columns lose their hyphens
    numbers = set(NUMBER.findall(SEPARATORS.sub("", text)))
    return {BY_WORD[found] for found in words & set(BY_WORD)} | {BY_NUMBER[found] for found in numbers & set(BY_NUMBER)}


FOUND = re.compile(SPELLING.format(r"(?:(?!marker-)[a-z0-9-])+?"))
NUMBER = re.compile(r"418555\d{4}")
SEPARATORS = re.compile(r"[-.() \u00a0\u202f\u2011]")
BY_WORD = {word(thing): thing for thing in TABLE if not thing.startswith("phone.")}
BY_NUMBER = {digits(thing): thing for thing in TABLE if thing.startswith("phone.")}
