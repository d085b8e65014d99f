"""One cell as the answer to one question, and columns recognized by their headers. No database."""

import pytest

from releve.enrolment.importing.cells import read_cell
from releve.enrolment.importing.choices import choices_of, slots_in
from releve.enrolment.importing.mapping import Columns, guess_columns, problems_with_columns, samples_of, signature_of
from releve.enrolment.importing.people import RowReader
from releve.programs import blueprints
from releve.questionnaires.definition import Question
from tests.factories.questionnaires import option, question


def choice(kind="choice", **more):
    options = [
        {"value": "edi", "text": {"fr": "Équité, diversité et inclusion", "en": "Equity, diversity and inclusion"}, "aliases": ["EDI"]},
        {"value": "change", "text": {"fr": "Gestion du changement", "en": "Change management"}},
        {"value": "mentor", "text": {"fr": "Mentor ou mentore", "en": "Mentor"}, "aliases": ["Mentore"]},
        {"value": "mentee", "text": {"fr": "Personne mentorée", "en": "Mentee"}, "aliases": ["Mentoré"]},
    ]
    return question("areas", kind, options=options, **more)


def read(asked: Question, cell: str):
    answer, remarks = read_cell(asked, cell)
    return answer, [remark.code for remark in remarks]


@pytest.mark.parametrize(
    ("kind", "cell", "expected"),
    [
        ("text", "  Anne\u00a0Marie ", ("Anne Marie", [])),
        ("text", '=HYPERLINK("http://exemple.test";"Roy")', ('=HYPERLINK("http://exemple.test";"Roy")', ["formula"])),
        ("text", "+SUM(A1)", ("+SUM(A1)", ["formula"])),
        ("text", "C\ufffdt\ufffd", ("C\ufffdt\ufffd", ["lost_character"])),
        ("text", "#REF!", (None, ["broken_formula"])),
        ("text", "  ", (None, [])),
        ("long_text", "Un\n\n- deux (2)", ("Un\n\n- deux (2)", [])),
        ("long_text", "Pourquoi pas?Oui", ("Pourquoi pas?Oui", [])),
        ("phone", "(514) 555\u20110142 poste 12", ("(514) 555-0142 poste 12", [])),
        ("phone", "(514) 555?0142", ("(514) 555?0142", ["lost_character"])),
        ("phone", "+1 514 555-0142 (bureau)", ("+1 514 555-0142 (bureau)", [])),
        ("email", "PATRICE@EXEMPLE.TEST  ", ("patrice@exemple.test", [])),
        ("email", "mailto:zoe@exemple.test", ("zoe@exemple.test", [])),
        ("email", "Zoé Roy <Zoe@exemple.test>", ("zoe@exemple.test", [])),
        ("email", "a@b.test; c@d.test", ("a@b.test; c@d.test", ["malformed_email"])),
        ("number", "12,5", ("12.5", [])),
        ("number", "1\u00a0250", (1250, [])),
        ("number", "plus de 20", (None, ["not_a_number"])),
        ("number", "vingt", (None, ["not_a_number"])),
        ("date", "2026-04-21 10:56", ("2026-04-21", [])),
        ("date", "2026-04-21T10:56:00Z", ("2026-04-21", [])),
        ("date", "31/02/2026", (None, ["not_a_date"])),
        ("date", "03/04/2026", (None, ["not_a_date"])),  # April 3 or March 4: only the person knows
        ("yes_no", "Oui / Yes", (True, [])),
        ("yes_no", "FAUX", (False, [])),
        ("yes_no", "x", (True, [])),
        ("yes_no", "peut-être", (None, ["not_yes_or_no"])),
        ("scale", "4", (4, [])),
        ("scale", "4 / 5", (4, [])),
        ("availability", "Mercredi midi / Wednesday noon", (["wed_noon"], [])),
        ("availability", "un jour", ([], ["unknown_moment"])),
    ],
)
def test_a_cell_is_read_as_its_question_asks(kind, cell, expected):
    more = {"scale": {"least_text": option("a")["text"], "most_text": option("b")["text"]}} if kind == "scale" else {}
    assert read(question("asked", kind, **more), cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("edi", "edi"),
        ("EQUITE, DIVERSITE ET INCLUSION", "edi"),
        ("Gestion du changement / Change management", "change"),
        ("Change management / Gestion du changement", "change"),
        ("Mentore", "mentor"),  # the feminine of mentor
        ("Mentoré", "mentee"),  # one accent away
        ("Personne mentoree", "mentee"),
    ],
)
def test_a_choice_is_found_in_either_language_with_or_without_accents(cell, expected):
    assert read(choice(), cell) == (expected, [])


def test_two_halves_that_mean_different_things_are_no_choice():
    assert read(choice(), "Mentor / Mentee") == (None, ["unknown_choice"])


def test_the_nearest_choice_is_offered_when_one_is_near():
    _answer, remarks = read_cell(choice(), "Gestion de changements")
    assert (remarks[0].code, str(remarks[0].facts["nearest"])) == ("unknown_choice", "Gestion du changement")
    _answer, remarks = read_cell(choice(), "Apiculture")
    assert remarks[0].facts["nearest"] is None


@pytest.mark.parametrize("mark", [", ", ",", ";", "\n", " ; ", ",\n"])
def test_choices_are_cut_by_any_mark_although_a_label_holds_commas(mark):
    cell = mark.join(["Équité, diversité et inclusion / Equity, diversity and inclusion", "Change management", "EDI"])
    assert read(choice("choices"), cell) == (["edi", "change"], [])


def test_an_unknown_choice_among_known_ones_is_named_alone():
    values, remarks = read_cell(choice("choices"), "Change management, Apiculture, EDI")
    assert (values, [remark.facts["cell"] for remark in remarks]) == (["change", "edi"], ["Apiculture"])


def test_an_unknown_choice_is_kept_in_its_words_where_the_question_takes_another():
    assert read(choice(another=True), "Sage-femme") == ({"another": "Sage-femme"}, ["kept_as_another"])
    assert read(choice("choices", another=True), "EDI; Apiculture") == (["edi", {"another": "Apiculture"}], ["kept_as_another"])


def test_a_wish_not_to_say_is_an_answer_in_both_languages():
    asked = choice(prefer_not=True)
    assert read(asked, "I prefer not to say") == ("prefer_not", [])
    assert read(asked, "Je préfère ne pas répondre") == ("prefer_not", [])
    assert choices_of(asked).find("Prefers not to say") == "prefer_not"


@pytest.mark.parametrize(
    ("cell", "slots"),
    [
        ("Lundi midi / Monday noon, Jeudi soir / Thursday evening", ["mon_noon", "thu_evening"]),
        ("mardi après-midi", ["tue_afternoon"]),
        ("Vendredi avant-midi", ["fri_morning"]),
        ("Fin de semaine / Weekend", [f"{day}_{part}" for day in ("sat", "sun") for part in ("morning", "noon", "afternoon", "evening")]),
        ("dimanche", ["sun_morning", "sun_noon", "sun_afternoon", "sun_evening"]),
        ("wed_noon", ["wed_noon"]),
    ],
)
def test_moments_of_the_week_are_read_in_words(cell, slots):
    assert slots_in(cell) == (slots, [])


def test_moments_whose_halves_disagree_are_not_guessed():
    assert slots_in("Lundi midi / Tuesday noon") == ([], ["Lundi midi / Tuesday noon"])


HEADERS = ["MentoratChapitreQuebec_Id", "Rôle / Role", "Prénom / First name", "Nom / Last name", "Courriel / Email"]


@pytest.fixture(scope="module")
def chapter():
    return blueprints.read("cchl_quebec")


def test_columns_are_guessed_from_headers_in_one_or_two_languages(chapter):
    assert guess_columns(HEADERS, chapter).held == {0: "@entry", 1: "@role", 2: "given_name", 3: "family_name", 4: "email"}
    french = ["Adresse courriel", "PRENOM", "Nom de famille", "Statut", "Régions", "Couleur préférée"]
    assert guess_columns(french, chapter).held == {0: "email", 1: "given_name", 2: "family_name", 3: "@status", 4: "region"}


def test_one_question_is_guessed_for_one_column_only(chapter):
    assert guess_columns(["Courriel", "Email"], chapter).held == {0: "email"}


def test_what_the_program_remembers_goes_before_the_guess_and_forgets_questions_that_are_gone(chapter):
    remembered = {"held": {"0": "email", "1": "no_such_question"}, "everyone": "mentor"}
    assert guess_columns(HEADERS, chapter, remembered) == Columns({0: "email"}, "mentor")


def test_a_header_is_recognized_whatever_its_spaces_and_capitals():
    assert signature_of(["Courriel ", "PRÉNOM"]) == signature_of(["courriel", "Prénom"]) != signature_of(["Prénom", "Courriel"])


def test_columns_without_which_nobody_could_be_invited_are_missed(chapter):
    codes = [problem.code for problem in problems_with_columns(Columns({}), chapter)]
    assert codes == ["no_email_column", "no_name_column", "no_role_column"]
    whole = Columns({0: "email", 1: "given_name"}, "mentor")
    assert problems_with_columns(whole, chapter) == []
    twice = problems_with_columns(Columns({0: "email", 1: "given_name", 2: "email"}, "mentor"), chapter)
    assert [(problem.code, problem.place, problem.other) for problem in twice] == [("column_twice", 2, 0)]


def test_required_answers_without_a_column_are_listed_by_role(chapter):
    reader = RowReader(chapter, guess_columns(HEADERS, chapter))
    without = {role: [asked.id for asked in reader.missing_columns(role)] for role in ("mentor", "mentee")}
    shared = ["language", "profession", "organization", "region", "motivations", "areas"]
    assert without == {"mentor": [*shared, "offers"], "mentee": [*shared, "seeks", "objectives"]}


def test_samples_of_a_column_are_short_and_different():
    rows = [["a"], ["a"], [""], ["b" * 80], ["c"], ["d"]]
    assert samples_of(rows, 0) == ["a", "b" * 59 + "…", "c"]
