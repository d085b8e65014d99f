"""The pages that members of one relationship share, in the order of the program's journey."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from releve.core.components import Chip
from releve.progress.journey import Journey, Shared


@dataclass(frozen=True)
class Page:
    """One link of a relationship's page; the chip says how far it is."""

    label: str
    url: str
    chip: Chip | None = None


def pages_of(journey: Journey) -> list[Page]:
    """List meetings, agreements, goals and joint pages, as the definition has them."""
    if journey.shared is None:
        return []
    return list(_pages(journey, journey.shared))


def _pages(journey: Journey, shared: Shared) -> Iterator[Page]:
    relationship, definition = shared.relationship.pk, journey.definition
    yield Page(_("Meetings and hours"), reverse("meetings:list_meetings", args=[relationship]))
    for task in definition.tasks:
        if task.kind == "sign" and task.document:
            yield Page(
                str(definition.document(task.document).title),
                reverse("workspace:sign_document", args=[relationship, task.document]),
                _signed(shared, task.document),
            )
        elif task.kind == "goals":
            yield Page(_("Goals"), reverse("workspace:list_goals", args=[relationship]), _goals(shared))
        elif task.kind in {"joint_form", "reflection"} and task.form:
            yield Page(
                str(definition.form(task.form).title),
                reverse("workspace:fill_together", args=[relationship, task.id]),
                Chip(_("Done"), "pine") if task.id in shared.joint_done else None,
            )
    yield Page(_("Reading"), reverse("library:list_documents", args=[journey.participant.cohort_id]))


def _signed(shared: Shared, document: str) -> Chip | None:
    if document not in shared.signed:
        return None
    everyone = not shared.partners or document in shared.signed_by_others
    return Chip(_("Signed by all"), "pine") if everyone else Chip(_("Signed by you"), "amber")


def _goals(shared: Shared) -> Chip | None:
    if not shared.goals:
        return None
    return Chip(ngettext("%(count)d goal", "%(count)d goals", shared.goals) % {"count": shared.goals}, "pine")
