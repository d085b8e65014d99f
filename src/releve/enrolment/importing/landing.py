"""Bring the rows of a preview in: in one transaction, once."""

from collections import Counter
from datetime import datetime

from django.db import IntegrityError, transaction

from releve.audit import actions as audit
from releve.enrolment import listing
from releve.enrolment.models import Import, ImportRow, Participant
from releve.people.actions import ensure_person
from releve.people.models import Person
from releve.questionnaires.actions import AnswersRefused, save_draft, start_response

from .actions import IN_THE_WAY, AlreadyEnded, NewerPreview, ProblemsRemain, check_rows
from .people import RowReader
from .preview import Case, cases_of, differing, reader_of

Verdict = ImportRow.Verdict


def land(sheet: Import, *, revision: int, all_or_none: bool, by: Person, now: datetime) -> None:
    """Make participants of the good rows, invited and still to confirm everything by themselves.

    A row lands as its preview said, or none does: people are looked up again first.

    Raises: AlreadyEnded; NewerPreview; ProblemsRemain.
    """
    try:
        with transaction.atomic():
            _land(sheet, revision, all_or_none, by, now)
    except (NewerPreview, IntegrityError, AnswersRefused) as error:
        sheet.refresh_from_db()
        if sheet.state == Import.State.PREVIEW:
            check_rows(sheet)
        raise NewerPreview from error


def _land(sheet: Import, revision: int, all_or_none: bool, by: Person, now: datetime) -> None:
    landing = Import.objects.filter(pk=sheet.pk, state__in=[Import.State.PREVIEW, Import.State.LANDING], revision=revision)
    if not landing.update(state=Import.State.LANDED, ended_at=now, all_or_none=all_or_none):
        sheet.refresh_from_db()
        if sheet.state in {Import.State.LANDED, Import.State.DROPPED}:
            raise AlreadyEnded(sheet.state)
        raise NewerPreview
    rows = list(sheet.rows.all())
    cases = cases_of(sheet, rows)
    if [case.verdict for case in cases] != [row.verdict for row in rows]:
        raise NewerPreview
    in_the_way = sum(case.verdict in IN_THE_WAY for case in cases)
    if all_or_none and in_the_way:
        raise ProblemsRemain(in_the_way)
    changed = _bring_in(sheet, cases, by, now)
    outcome = _outcome(cases) | {"changed": changed}
    Import.objects.filter(pk=sheet.pk).update(outcome=outcome)
    sheet.rows.all().delete()
    sheet.refresh_from_db()
    audit.record("import.land", by=by, on=sheet, program=sheet.cohort.program, **{name: outcome[name] for name in ("new", "changed")})


def _bring_in(sheet: Import, cases: list[Case], by: Person, now: datetime) -> int:
    """Write what the verdicts promise; return how many known participants took other answers."""
    reader = reader_of(sheet)
    fresh, changed = [], []
    for case in cases:
        if case.verdict == Verdict.NEW:
            fresh.append(_invite(sheet, case, by, now))
        elif case.participant and case.verdict != Verdict.MERGED:
            _remember_entry(case)
            if case.verdict == Verdict.CHANGE and case.decision == ImportRow.Decision.ACCEPT:
                changed.append(_change(case.participant, case, reader, by, now))
    listing.refresh([*fresh, *changed], now=now)
    return len(changed)


def _invite(sheet: Import, case: Case, by: Person, now: datetime) -> Participant:
    row, cohort = case.row, sheet.cohort
    language = row.language or cohort.definition.languages[0]
    person, _created = ensure_person(row.email, name=row.name, language=language)
    form = cohort.definition.intake_form
    response = start_response(form, owner=person, visibility=form.visibility)
    save_draft(response, row.answers, revision=response.revision, now=now)
    participant = Participant.objects.create(
        cohort=cohort,
        person=person,
        role=row.role,
        state=Participant.State.INVITED,
        registration=response,
        source_id=row.entry,
    )
    audit.record("participant.import", by=by, subject=person, on=participant, program=cohort.program)
    return participant


def _remember_entry(case: Case) -> None:
    """Know this entry by its number from now on, if it was known by its address alone."""
    if case.row.entry and case.participant and not case.participant.source_id:
        Participant.objects.filter(pk=case.participant.pk, source_id="").update(source_id=case.row.entry)


def _change(participant: Participant, case: Case, reader: RowReader, by: Person, now: datetime) -> Participant:
    """Take the other answers of somebody who has not confirmed: the verdict of people who did is never a change."""
    new = {name: answer for name, (_known, answer) in differing(case.row, participant, reader).items()}
    response = participant.registration
    if response is None:
        response = start_response(reader.form, owner=participant.person, visibility=reader.form.visibility)
        Participant.objects.filter(pk=participant.pk).update(registration=response)
    answers = participant.answers | new
    save_draft(response, answers, revision=response.revision, now=now)
    if set(new) & {question.id for question in reader.name_questions}:  # an account nobody has opened follows the list
        Person.objects.filter(pk=participant.person_id, welcomed_at__isnull=True).update(name=reader.name_in(answers))
    audit.record("participant.reimport", by=by, subject=participant.person, on=participant, answers=len(new))
    return participant


def _outcome(cases: list[Case]) -> dict[str, object]:
    """Count what became of the rows; those left behind by number and code, without a word of theirs."""
    counts = Counter(case.verdict for case in cases)
    left = [[case.row.number, _reason(case)] for case in cases if case.verdict in IN_THE_WAY]
    return {str(verdict): counts[verdict] for verdict in Verdict.values if verdict} | {"left": left}


def _reason(case: Case) -> str:
    codes = [problem.code for problem in case.row.problems if problem.blocks] + [note.code for note in case.notes if note.blocks]
    return codes[0] if codes else "choose"
