import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from releve.audit.models import Event
from releve.core.bilingual import Text
from releve.notifications.models import Letter
from releve.notifications.queries import preview
from releve.people.roles import Duty
from releve.programs import actions
from releve.programs.definition import UnknownIdError
from releve.programs.letters import compose
from releve.programs.models import Appointment, Cohort, Program, Version
from releve.programs.problems import DefinitionErrors
from tests.factories import programs as factory
from tests.factories.people import person
from tests.programs.conftest import cohort_of

NAME = Text("Cohorte 2027-2028", "2027–2028 cohort")
YEAR = {"starts_on": dt.date(2027, 9, 1), "ends_on": dt.date(2028, 6, 30)}


def verbs():
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


# --- adopting a design


def test_adopting_a_design_makes_a_program_its_first_version_and_its_coordinator(chloe):
    program = actions.adopt_blueprint("cchl_quebec", by=chloe)
    assert (program.slug, program.name) == ("cchl-quebec", factory.first_blueprint().name)
    assert [(version.number, version.digest) for version in program.versions.all()] == [(1, factory.first_blueprint().digest)]
    assert [(a.person, a.duty) for a in program.appointments.all()] == [(chloe, "coordinator")]
    assert verbs() == ["program.adopt"]


def test_adopting_the_same_design_again_gives_the_second_program_an_address_of_its_own(chloe):
    slugs = [actions.adopt_blueprint("cchl_quebec", by=chloe).slug for _ in range(3)]
    assert slugs == ["cchl-quebec", "cchl-quebec-2", "cchl-quebec-3"]


def test_adopt_command_makes_the_program_and_says_where_it_is(chloe, capsys):
    call_command("adopt", "cchl_quebec", "--coordinator", "CHLOE@example.org", "--slug", "chapter")
    assert capsys.readouterr().out == "Chloé Bélanger coordinates Quebec Chapter Mentorship, at /programs/chapter/.\n"
    assert Program.objects.get().slug == "chapter"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["unknown", "--coordinator", "chloe@example.org"], "No design is called unknown. There are: cchl_quebec"),
        (["cchl_quebec", "--coordinator", "nobody@example.org"], "No account has the address nobody@example.org."),
        (["cchl_quebec", "--coordinator", "chloe@example.org", "--slug", "taken"], "A program has the address taken already."),
    ],
)
def test_adopt_command_refuses_what_does_not_exist_and_makes_nothing(chloe, arguments, said):
    factory.program(slug="taken")
    with pytest.raises(CommandError, match=said):
        call_command("adopt", *arguments)
    assert Program.objects.count() == 1


# --- versions


def test_saving_an_unchanged_definition_makes_no_version(program, amina):
    version = actions.save_version(program, factory.first_blueprint(), by=amina)
    assert (version.number, Version.objects.count(), verbs()) == (1, 1, [])


def test_saving_a_changed_definition_makes_the_next_version_and_leaves_cohorts_where_they_are(cohort, amina):
    version = actions.save_version(cohort.program, factory.changed(summary={"fr": "Bref", "en": "Short"}), by=amina, note="Summary")
    assert (version.number, version.by, version.note) == (2, amina, "Summary")
    assert Cohort.objects.get(pk=cohort.pk).version.number == 1


def test_pinning_moves_a_cohort_to_another_version_of_its_program(cohort, amina):
    version = actions.save_version(cohort.program, factory.changed(summary={"fr": "Bref", "en": "Short"}), by=amina)
    actions.pin_version(cohort, version, by=amina)
    assert str(Cohort.objects.get().definition.summary) == "Bref"


def test_pinning_a_version_of_another_program_is_refused(cohort, amina, dan):
    foreign = Version.objects.exclude(program=cohort.program).get()
    with pytest.raises(PermissionDenied):
        actions.pin_version(cohort, foreign, by=amina)
    assert Cohort.objects.get().version.program == cohort.program


def without_directory():
    data = factory.first_blueprint().as_data()
    return factory.changed(consents=[item for item in data["consents"] if item["id"] != "directory"])


def test_pinning_a_version_without_what_people_of_an_open_cohort_rely_on_is_refused(cohort, amina):
    version = actions.save_version(cohort.program, without_directory(), by=amina)
    with pytest.raises(actions.PinningRefused) as refused:
        actions.pin_version(cohort, version, by=amina)
    assert ["consents.directory" in obstacle.message for obstacle in refused.value.obstacles] == [True]
    assert Cohort.objects.get().version.number == 1


def test_pinning_a_version_without_a_part_is_fine_while_the_cohort_is_in_preparation(draft, amina):
    actions.pin_version(draft, actions.save_version(draft.program, without_directory(), by=amina), by=amina)
    assert Cohort.objects.get().version.number == 2


def test_pinning_a_version_whose_dates_cross_those_that_were_moved_is_refused(draft, amina):
    actions.change_dates(draft, **YEAR, chosen={"registration_closes": dt.date(2027, 6, 1), "pairing_by": dt.date(2027, 6, 2)}, by=amina)
    calendar = [item for item in factory.first_blueprint().as_data()["calendar"] if item["id"] != "pairing_by"]
    later = {"id": "pairing_by", "label": {"fr": "Jumelages", "en": "Pairs"}, "default": {"from": "cohort_starts", "months": -3}}
    version = actions.save_version(draft.program, factory.changed(calendar=[*calendar, later]), by=amina)
    actions.change_dates(draft, **YEAR, chosen={"registration_closes": dt.date(2027, 6, 2)}, by=amina)
    with pytest.raises(actions.PinningRefused):
        actions.pin_version(draft, version, by=amina)


# --- cohorts


def test_creating_a_cohort_prepares_it_on_the_newest_version(program, amina):
    actions.save_version(program, factory.changed(summary={"fr": "Bref", "en": "Short"}), by=amina)
    cohort = actions.create_cohort(program, name=NAME, slug="2027", **YEAR, by=amina)
    assert (cohort.state, cohort.version.number, cohort.name) == ("draft", 2, NAME)


def test_creating_a_cohort_of_the_same_address_is_refused_and_breaks_nothing(program, amina):
    actions.create_cohort(program, name=NAME, slug="2027", **YEAR, by=amina)
    with pytest.raises(actions.NameTaken):
        actions.create_cohort(program, name=NAME, slug="2027", **YEAR, by=amina)
    assert Cohort.objects.count() == 1


def test_dates_that_are_not_chosen_follow_the_definition(cohort, amina):
    actions.change_dates(cohort, **YEAR, chosen={"pairing_by": dt.date(2027, 6, 20)}, by=amina)
    calendar = Cohort.objects.get().calendar
    assert calendar.get("pairing_by") == dt.date(2027, 6, 20)
    assert calendar.get("registration_opens") == dt.date(2027, 2, 1)


def test_dates_of_one_site_outlive_a_change_of_the_others(cohort, amina):
    Cohort.objects.update(dates={"pairing_by@laval": "2026-06-25"})
    cohort.refresh_from_db()
    actions.change_dates(cohort, **YEAR, chosen={}, by=amina)
    assert Cohort.objects.get().dates == {"pairing_by@laval": "2026-06-25"}


def test_dates_that_somebody_else_saved_meanwhile_are_not_overwritten(cohort, amina):
    mine, theirs = Cohort.objects.get(), Cohort.objects.get()
    actions.change_dates(theirs, **YEAR, chosen={}, by=amina)
    with pytest.raises(actions.ChangedMeanwhile) as refused:
        actions.change_dates(mine, starts_on=dt.date(2027, 10, 1), ends_on=YEAR["ends_on"], chosen={}, by=amina)
    assert refused.value.present["starts_on"] == dt.date(2027, 9, 1)
    assert Cohort.objects.get().starts_on == dt.date(2027, 9, 1)


def test_sending_the_same_dates_twice_harms_nothing(cohort, amina):
    mine, again = Cohort.objects.get(), Cohort.objects.get()
    for one in (mine, again):
        actions.change_dates(one, **YEAR, chosen={}, by=amina)
    assert (Cohort.objects.get().starts_on, verbs()) == (dt.date(2027, 9, 1), ["cohort.dates"])


def test_settings_keep_what_differs_from_the_default(cohort, amina):
    actions.change_settings(cohort, {"silence_days": 60, "answer_days": 21}, by=amina)
    assert Cohort.objects.get().settings == {"silence_days": 60}
    actions.change_settings(cohort, {"silence_days": 45}, by=amina)
    assert Cohort.objects.get().settings == {}


def test_settings_that_the_definition_does_not_declare_are_refused(cohort, amina):
    with pytest.raises(UnknownIdError):
        actions.change_settings(cohort, {"silence_days": 60, "unheard_of": 1}, by=amina)
    assert Cohort.objects.get().settings == {}


def test_closing_happens_once_and_says_when(cohort, amina):
    now = timezone.now()
    actions.close_cohort(cohort, by=amina, now=now)
    assert (cohort.state, cohort.closed_at) == ("closed", now)
    with pytest.raises(actions.StateRefused):
        actions.close_cohort(Cohort.objects.get(), by=amina, now=now)
    assert verbs() == ["cohort.close"]


# --- words


def test_a_rewritten_text_makes_a_version_that_the_cohort_runs_on(cohort, amina):
    other = cohort_of(cohort.program, slug="other")
    body = Text("Nouveau conseil", "New advice")
    version = actions.change_texts(cohort, "documents", "advice", {"body": body}, base=1, by=amina)
    assert (version.number, version.note) == (2, "documents.advice")
    assert Cohort.objects.get(pk=cohort.pk).definition.document("advice").body == body
    assert Cohort.objects.get(pk=other.pk).version.number == 1


def test_rewriting_nothing_makes_no_version(cohort, amina):
    title = cohort.definition.document("advice").title
    actions.change_texts(cohort, "documents", "advice", {"title": title}, base=1, by=amina)
    assert Version.objects.count() == 1


def test_texts_that_two_people_rewrite_apart_are_both_kept(cohort, amina):
    actions.change_texts(cohort, "documents", "advice", {"body": Text("A", "A")}, base=1, by=amina)
    actions.change_texts(cohort, "documents", "advice", {"title": Text("B", "B")}, base=1, by=amina)
    advice = Cohort.objects.get().definition.document("advice")
    assert (advice.body, advice.title) == (Text("A", "A"), Text("B", "B"))


def test_a_text_that_two_people_rewrite_is_refused_to_the_second_with_what_stands_there_now(cohort, amina):
    actions.change_texts(cohort, "documents", "advice", {"body": Text("A", "A")}, base=1, by=amina)
    with pytest.raises(actions.ChangedMeanwhile) as refused:
        actions.change_texts(cohort, "documents", "advice", {"body": Text("B", "B")}, base=1, by=amina)
    assert refused.value.present == {"body": Text("A", "A")}
    actions.change_texts(cohort, "documents", "advice", {"body": Text("B", "B")}, base=2, by=amina)
    assert Cohort.objects.get().definition.document("advice").body == Text("B", "B")


def test_a_text_without_french_is_refused(cohort, amina):
    with pytest.raises(DefinitionErrors, match="French"):
        actions.change_texts(cohort, "documents", "advice", {"body": Text("", "Only English")}, base=1, by=amina)
    assert Version.objects.count() == 1


def test_an_optional_text_can_be_taken_out(cohort, amina):
    task = cohort.definition.task("self_assessment")
    assert task.why
    actions.change_texts(cohort, "steps", "self_assessment", {"tasks.self_assessment.why": Text()}, base=1, by=amina)
    assert Cohort.objects.get().definition.task("self_assessment").why is None


def test_renaming_the_program_renames_it_everywhere(cohort, amina):
    actions.change_texts(cohort, "program", "program", {"name": Text("Passerelle", "Bridge")}, base=1, by=amina)
    assert Program.objects.get().name == Text("Passerelle", "Bridge")


def test_a_contact_gets_its_address_and_its_words(cohort, amina):
    texts = {"name": Text("Ombudsman", "Ombud"), "help": Text()}
    actions.change_contact(cohort, "first", texts=texts, email="comite@example.org", base=1, by=amina)
    cohort = Cohort.objects.get()
    contact = cohort.definition.contact_called("first")
    assert (contact.name, contact.help, contact.email) == (Text("Ombudsman", "Ombud"), None, "setting:contact_email")
    assert cohort.setting("contact_email") == "comite@example.org"


def test_a_contact_whose_address_stands_in_the_definition_gets_a_new_one(amina):
    contacts = [{"id": "first", "name": {"fr": "A", "en": "A"}, "email": "a@example.org"}]
    program = factory.program(factory.changed(contacts=contacts))
    factory.staff(program, who=amina)
    cohort = cohort_of(program)
    actions.change_contact(cohort, "first", texts={}, email="b@example.org", base=1, by=amina)
    assert Cohort.objects.get(pk=cohort.pk).definition.contact_called("first").email == "b@example.org"


# --- who runs it


def test_appointing_somebody_tells_them_once_in_their_language(program, amina, chloe):
    for _twice in range(2):
        appointment = actions.appoint(chloe, Duty.COMMITTEE, program, by=amina)
    letter = Letter.objects.get()
    assert (letter.person, letter.kind) == (chloe, "staff_appointed")
    content = preview("staff_appointed", letter.ids, chloe)
    assert content.subject == "You help to run a program"
    assert "Mentorship committee member" in content.body_markdown
    assert content.path.startswith("/en/account/come-in/")
    actions.end_appointment(appointment, by=amina, now=timezone.now())
    assert preview("staff_appointed", letter.ids, chloe) is None


def test_a_letter_about_a_duty_is_not_shown_to_somebody_else(program, amina, chloe, dan):
    actions.appoint(chloe, Duty.COMMITTEE, program, by=amina)
    assert preview("staff_appointed", Letter.objects.get().ids, dan) is None


def test_the_last_coordinator_stays(program, amina, chloe):
    own = program.appointments.get(person=amina)
    with pytest.raises(actions.LastCoordinator):
        actions.end_appointment(own, by=amina, now=timezone.now())
    actions.appoint(chloe, Duty.COORDINATOR, program, by=amina)
    actions.end_appointment(own, by=amina, now=timezone.now())
    assert [a.person for a in program.appointments.current()] == [chloe]


# --- who may


def calls(program, cohort, other, appointment):
    now = timezone.now()
    return {
        "save_version": lambda by: actions.save_version(program, factory.changed(summary={"fr": "Bref", "en": "Short"}), by=by),
        "pin_version": lambda by: actions.pin_version(cohort, cohort.version, by=by),
        "create_cohort": lambda by: actions.create_cohort(program, name=NAME, slug="x", **YEAR, by=by),
        "change_dates": lambda by: actions.change_dates(cohort, **YEAR, chosen={}, by=by),
        "change_settings": lambda by: actions.change_settings(cohort, {"silence_days": 60}, by=by),
        "open_cohort": lambda by: actions.open_cohort(cohort, by=by, now=now),
        "close_cohort": lambda by: actions.close_cohort(cohort, by=by, now=now),
        "change_texts": lambda by: actions.change_texts(cohort, "documents", "advice", {"body": Text("A", "A")}, base=1, by=by),
        "change_contact": lambda by: actions.change_contact(cohort, "first", texts={}, email="x@example.ca", base=1, by=by),
        "appoint": lambda by: actions.appoint(other, Duty.COMMITTEE, program, by=by),
        "end_appointment": lambda by: actions.end_appointment(appointment, by=by, now=now),
    }


@pytest.mark.parametrize("duty", [None, Duty.COMMITTEE, Duty.READER, "elsewhere", "ended"])
@pytest.mark.parametrize("verb", sorted(calls(None, None, None, None)))
def test_only_a_coordinator_of_the_program_changes_it(program, cohort, dan, chloe, duty, verb):
    acting = dan if duty == "elsewhere" else chloe
    if isinstance(duty, Duty):
        factory.staff(program, duty, who=chloe)
    if duty == "ended":
        factory.staff(program, Duty.COORDINATOR, who=chloe)
        Appointment.objects.filter(person=chloe).update(ended_at=timezone.now())
    appointment = Appointment.objects.create(program=program, person=person("Bo"), duty=Duty.COMMITTEE)
    before = (Version.objects.count(), Cohort.objects.values().get(), Appointment.objects.count())
    with pytest.raises(PermissionDenied):
        calls(program, cohort, person("New"), appointment)[verb](acting)
    assert (Version.objects.count(), Cohort.objects.values().get(), Appointment.objects.count()) == before
    appointment.refresh_from_db()
    assert appointment.ended_at is None


# --- letters


def test_words_of_people_stay_words_in_a_letter(cohort):
    values = {"name": "[ici](http://x.test) *gras*", "partner": "1. Jo", "date": "demain"}
    subject, body = compose(cohort, "proposal", values)
    assert "1. Jo" in subject
    assert r"\[ici\](http://x.test) \*gras\*" in body
    assert r"1\. Jo" in body
