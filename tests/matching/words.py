"""Names for sentences, a small problem that they speak of, and both languages at once."""

from dataclasses import replace

from django.utils.translation import override

from releve.matching.engine import (
    Criterion,
    CriterionKind,
    HardRule,
    Pair,
    RuleKind,
)
from releve.matching.wording.names import Names
from tests.engine.cast import BOTH, choices, mentee, mentor, problem, rule

NAMES = Names(
    people={"a": "Amina", "b": "Bo", "x": "Xavier", "y": "Yolande"},
    titles={"areas": "Domaines", "language_in_common": "Langue en commun", "managers": "Sans lien d’autorité"},
    questions={"languages": "Langues"},
    options={("languages", "en"): "anglais", ("areas", "ethics"): "éthique"},
)
LANGUAGE, MANAGER = rule("language_in_common", "languages"), HardRule("managers", RuleKind.NOT_LINE_MANAGER, "above", "email")
HIDDEN = HardRule("banned", RuleKind.BANNED)


def said(write, *what):
    """The same in French and in English, without hard spaces."""
    found = {}
    for language in ("fr", "en"):
        with override(language):
            found[language] = [sentence.replace("\xa0", " ") for sentence in write(*what, NAMES)]
    return found["fr"], found["en"]


def small_case():
    """Give two mentees and two mentors, of whom the committee keeps one from one."""
    areas = Criterion("areas", CriterionKind.OVERLAP, 10, "areas", explain_to=BOTH)
    site = Criterion("site", CriterionKind.SAME, 5, "site")
    return problem(
        mentee("a", areas=choices("ethics", "finance", "law"), languages=choices("fr"), site="N"),
        mentee("b", languages=choices("en")),
        mentor("x", areas=choices("ethics", "finance"), languages=choices("fr"), site="N"),
        mentor("y", most=0, languages=choices("en")),
        criteria=[areas, site],
        rules=[replace(LANGUAGE, explain_to=BOTH)],
        bans=(Pair("a", "x"),),
    )
