"""What lands, once, whole, and leaves no copy behind."""

import json
from datetime import timedelta

import pytest

from releve.audit.models import Event
from releve.enrolment.importing import actions, landing
from releve.enrolment.importing.actions import AlreadyEnded, NewerPreview, ProblemsRemain
from releve.enrolment.importing.mapping import Columns
from releve.enrolment.models import Import, ImportRow, Participant, ParticipantConsent
from releve.people.models import Person
from tests.factories.imports import DATA, XLSX, chapter_cohort, coordinator_of, previewed, started
from tests.factories.people import person


@pytest.fixture
def cohort():
    return chapter_cohort()


def land(sheet, now, *, all_or_none=False, revision=None):
    revision = sheet.revision if revision is None else revision
    landing.land(sheet, revision=revision, all_or_none=all_or_none, by=coordinator_of(sheet.cohort), now=now)


def test_the_good_rows_of_the_real_file_become_invited_participants(cohort, now):
    before = Person.objects.count()
    sheet = previewed(cohort, XLSX)
    land(sheet, now)
    assert (cohort.participants.filter(role="mentor").count(), cohort.participants.filter(role="mentee").count()) == (35, 38)
    assert Person.objects.count() == before + 72  # Chloé Rossi holds two places with one account
    assert set(cohort.participants.values_list("state", "invited_at", "confirmed_at")) == {("invited", None, None)}
    assert ParticipantConsent.objects.count() == 0
    assert sheet.outcome == {
        "new": 73,
        "change": 0,
        "known": 0,
        "kept": 0,
        "merged": 1,
        "choice": 0,
        "error": 9,
        "excluded": 1,
        "changed": 0,
        "left": [
            [14, "malformed_email"],
            [16, "two_names"],
            [17, "two_names"],
            [27, "no_role"],
            [33, "unknown_choice"],
            [36, "not_a_number"],
            [49, "not_accepted"],
            [61, "not_accepted"],
            [67, "unknown_choice"],
        ],
    }


def test_answers_land_as_the_form_would_have_kept_them(cohort, now):
    land(previewed(cohort, XLSX), now)
    participant = cohort.participants.get(source_id="31")
    assert participant.person.email == "hugo.cote31@exemple.test"
    assert participant.answers == {
        "role": "mentee",
        "given_name": "Hugo",
        "family_name": "Côté",
        "email": "hugo.cote31@exemple.test",
        "phone": "450-555-0117",
        "language": "both",
        "title": "Resident",
        "profession": "pharmacy",
        "organization": "Institut Boréal",
        "region": "monteregie",
        "setting": "mental_health",
        "years_experience": "12.5",
        "college_member": True,
        "certified": True,
        "motivations": "Redonner ce que j’ai reçu d’une mentore il y a vingt ans.",
        "areas": ["edi", "achieve_results", "career_transition", "engage_others"],
        "availability": ["mon_noon", "thu_evening", "fri_morning"],
    }
    assert not participant.registration.is_submitted  # the person confirms it all


def test_people_are_written_to_in_the_language_they_gave(cohort, now):
    land(previewed(cohort, XLSX), now)
    language = dict(cohort.participants.values_list("source_id", "person__language"))
    assert (language["1"], language["9"], language["3"]) == ("fr", "en", "fr")  # entry 3 said “both”


def test_a_name_is_kept_as_written_and_composed(cohort, now):
    land(previewed(cohort, XLSX), now)
    names = dict(cohort.participants.values_list("source_id", "person__name"))
    assert (names["26"], names["50"]) == ("Hélène Girard", "Anne Marie Kowalski")
    assert names["35"] == 'Isabelle =HYPERLINK("http://exemple.test";"Roy")'
    assert names["64"] == "Aïcha D’Amours"


def test_the_answer_of_a_question_not_asked_is_not_kept(cohort, now):
    land(previewed(cohort, XLSX), now)
    assert "places" not in cohort.participants.get(source_id="58").answers


def test_all_or_none_brings_nobody_while_a_row_is_in_the_way(cohort, now):
    sheet = previewed(cohort, XLSX)
    people = Person.objects.count()
    with pytest.raises(ProblemsRemain) as refused:
        land(sheet, now, all_or_none=True)
    assert refused.value.count == 9
    sheet.refresh_from_db()
    assert (sheet.state, sheet.rows.count()) == ("preview", 84)
    assert (cohort.participants.count(), Person.objects.count()) == (0, people)


def test_all_or_none_brings_everybody_once_nothing_is_in_the_way(cohort, now):
    sheet = previewed(cohort, XLSX)
    decisions = {row.number: "leave" for row in sheet.rows.filter(verdict="error")}
    actions.correct_rows(sheet, {}, decisions, by=coordinator_of(cohort))
    actions.check_rows(sheet)
    land(sheet, now, all_or_none=True)
    assert cohort.participants.count() == 73


def test_a_second_landing_is_told_that_it_landed_and_changes_nothing(cohort, now):
    sheet = previewed(cohort, XLSX)
    other_window = Import.objects.get(pk=sheet.pk)
    land(sheet, now)
    with pytest.raises(AlreadyEnded) as refused:
        land(other_window, now)
    assert (refused.value.state, cohort.participants.count()) == ("landed", 73)


def test_a_preview_that_was_corrected_elsewhere_does_not_land_unseen(cohort, now):
    sheet = previewed(cohort, XLSX)
    seen = sheet.revision
    actions.check_rows(sheet)
    with pytest.raises(NewerPreview):
        land(sheet, now, revision=seen)
    assert cohort.participants.count() == 0


def test_a_registration_made_by_hand_meanwhile_is_seen_before_anything_lands(cohort, now):
    sheet = previewed(cohort, XLSX)
    taken = person("Étienne Ouellet", email="etienne.ouellet1@exemple.test")
    Participant.objects.create(cohort=cohort, person=taken, role="mentor", state="started")
    with pytest.raises(NewerPreview):
        land(sheet, now)
    assert cohort.participants.count() == 1
    row = sheet.rows.get(number=4)  # the preview was made again: what somebody began by themselves is theirs
    assert (row.verdict, [note["code"] for note in row.notes]) == ("kept", ["in_hand"])


def test_nothing_of_the_file_stays_once_it_landed_or_was_dropped(cohort, now):
    land(previewed(cohort, XLSX), now)
    dropped = previewed(cohort, XLSX)
    actions.drop_import(dropped, by=coordinator_of(cohort), now=now)
    assert ImportRow.objects.count() == 0
    kept = json.dumps(list(Import.objects.values("columns", "source", "mapping", "outcome", "file_name")))
    assert "exemple.test" not in kept
    assert "Gagnon" not in kept
    facts = json.dumps(list(Event.objects.values_list("facts", flat=True)))
    assert "exemple.test" not in facts


@pytest.mark.parametrize("ended", ["landed", "dropped"])
def test_an_import_that_ended_is_neither_corrected_nor_mapped_nor_dropped(cohort, now, ended):
    sheet = previewed(cohort, XLSX)
    if ended == "landed":
        land(sheet, now)
    else:
        actions.drop_import(sheet, by=coordinator_of(cohort), now=now)
    by = coordinator_of(cohort)
    for refused in (
        lambda: actions.correct_rows(sheet, {4: {2: "Bo"}}, {}, by=by),
        lambda: actions.map_columns(sheet, Columns(), by=by),
        lambda: actions.check_rows(sheet),
        lambda: actions.drop_import(sheet, by=by, now=now),
        lambda: land(sheet, now),
    ):
        with pytest.raises(AlreadyEnded) as told:
            refused()
        assert told.value.state == ended


def test_the_columns_are_remembered_for_the_next_file_with_this_header(cohort):
    first = previewed(cohort, XLSX)
    chosen = Columns(Columns.from_data(first.mapping).held | {19: "career"})  # “Motivations” answers another question here
    actions.map_columns(first, chosen, by=coordinator_of(cohort))
    content = (DATA / XLSX).read_bytes()
    assert Columns.from_data(started(cohort, content).mapping) == chosen
    assert Columns.from_data(started(cohort, b"Courriel;Motivations\na@exemple.test;Oui\n").mapping).held[1] == "motivations"


def test_an_import_nobody_finishes_is_dropped_after_a_month(cohort, now):
    sheet = previewed(cohort, XLSX)
    Import.objects.filter(pk=sheet.pk).update(created_at=now - timedelta(days=29))
    assert actions.drop_forgotten(now) == 0
    Import.objects.filter(pk=sheet.pk).update(created_at=now - timedelta(days=31))
    assert (actions.drop_forgotten(now), actions.drop_forgotten(now)) == (1, 0)
    assert (Import.objects.get().state, ImportRow.objects.count()) == ("dropped", 0)
