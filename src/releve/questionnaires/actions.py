"""Everything that writes questionnaires and answers.

AnswersRefused
├── StaleRevision      somebody, or another window, saved newer answers
├── AlreadySubmitted   a draft came after the answers were sent
├── ProblemsRemain     the answers are not in order; carries the problems
└── UnsealedRefused    answers that few may read need a key to be sealed with
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from releve.core.visibility import Visibility

from .check import Problem, asked_answers, problems_with_answers
from .conditions import Dates
from .definition import Form
from .models import FormVersion, Response

SEALED = frozenset({Visibility.SELF, Visibility.MEMBERS, Visibility.SUPERVISOR})


class AnswersRefused(Exception):
    """Answers that cannot be kept as they came."""


class StaleRevision(AnswersRefused):
    """Newer answers were saved meanwhile; carries them, with the revision to answer to."""

    def __init__(self, response: Response) -> None:
        super().__init__(f"revision {response.revision} is newer")
        self.answers, self.revision, self.saved_at = response.answers, response.revision, response.saved_at


class AlreadySubmitted(AnswersRefused):
    """These answers were sent; they change by being sent again, not by a draft."""


class ProblemsRemain(AnswersRefused):
    """Some answers are missing or wrong."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(sorted({problem.question_id for problem in problems})))
        self.problems = problems


class UnsealedRefused(AnswersRefused):
    """No key was given to seal answers that only their author or a relationship may read."""


def publish(form_definition: Form) -> FormVersion:
    """Keep a questionnaire as it stands; the same content is kept once and never changed."""
    data = form_definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    version, _created = FormVersion.objects.get_or_create(digest=digest, defaults={"form_id": form_definition.id, "definition": data})
    return version


def start_response(
    form_definition: Form, *, owner: AbstractBaseUser | None, visibility: Visibility | str, key: UUID | None = None
) -> Response:
    """Begin a set of answers, sealed with `key` from the first one saved.

    Raises: UnsealedRefused when few may read it and there is no key.
    """
    visibility = Visibility(visibility)
    if visibility in SEALED and key is None:
        raise UnsealedRefused(visibility)
    owner_id = None if owner is None else owner.pk
    return Response.objects.create(form=publish(form_definition), owner_id=owner_id, visibility=visibility, key=key)


@transaction.atomic
def save_draft(
    response: Response,
    answers: Mapping[str, Any],
    *,
    revision: int,
    form_definition: Form | None = None,
    now: datetime | None = None,
) -> Response:
    """Save answers that are not finished, and move to the next revision.

    `form_definition` is the questionnaire as it was shown, when it may be newer than the one begun with.
    Raises: StaleRevision; AlreadySubmitted.
    """
    current = _take_turn(response, dict(answers), revision)
    if current.is_submitted:
        raise AlreadySubmitted
    return _write(response, current, dict(answers), form_definition, now or timezone.now())


@transaction.atomic
def submit(
    response: Response,
    answers: Mapping[str, Any],
    *,
    revision: int,
    now: datetime,
    role: str | None = None,
    dates: Dates | None = None,
    form_definition: Form | None = None,
) -> Response:
    """Send answers, or send them again changed; answers to questions that are not asked are left out.

    Raises: ProblemsRemain; StaleRevision.
    """
    form = form_definition or response.form.form
    problems = problems_with_answers(form, answers, role, dates=dates)
    if problems:
        raise ProblemsRemain(problems)
    kept = asked_answers(form, answers, role, dates)
    current = _take_turn(response, kept, revision)
    current.submitted_at = current.submitted_at or now
    return _write(response, current, kept, form_definition, now)


def _take_turn(response: Response, answers: dict[str, Any], revision: int) -> Response:
    """Move to the next revision, and return the row as it stands; equal answers sent twice are no conflict."""
    row = Response.objects.filter(pk=response.pk)
    if not row.filter(revision=revision).update(revision=F("revision") + 1):
        newer = row.get()
        if newer.answers != answers:
            raise StaleRevision(newer)
        row.filter(revision=newer.revision).update(revision=F("revision") + 1)
    return row.get()


def _write(response: Response, current: Response, answers: dict[str, Any], form_definition: Form | None, now: datetime) -> Response:
    current.answers, current.saved_at = answers, now
    if form_definition is not None:
        current.form = publish(form_definition)
    current.save(update_fields=["form", "sealed_answers", "plain_answers", "saved_at", "submitted_at"])
    response.refresh_from_db()
    return response
