"""What there is to read in a program: open to its people, and to everyone where a document is public."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from releve.people.models import Person

from . import actions
from .queries import cohort_to_read, read_by, readable, reader_of, shelves


@login_not_required
def list_documents(request: HttpRequest, cohort: UUID) -> HttpResponse:
    found = cohort_to_read(cohort, _person(request))
    reader = reader_of(found, _person(request)) if found else None
    laid_out = shelves(found, reader) if found and reader else []
    if not laid_out:
        return _closed(request)
    marks = {shown.document.id: shown.read for shelf in laid_out for shown in shelf.documents}
    context = {"cohort": found, "reader": reader, "shelves": laid_out, "read": sum(marks.values()), "total": len(marks)}
    return render(request, "library/list_documents.html", context)


@login_not_required
def read_document(request: HttpRequest, cohort: UUID, document: str) -> HttpResponse:
    found = cohort_to_read(cohort, _person(request))
    reader = reader_of(found, _person(request)) if found else None
    documents = readable(found.definition, reader) if found and reader else []
    place = next((n for n, item in enumerate(documents) if item.id == document), None)
    if found is None or reader is None or place is None:
        return _closed(request)
    after = documents[place + 1] if place + 1 < len(documents) else None
    if request.method == "POST" and reader.person and reader.keeps_marks:
        actions.mark_read(reader.person, found.program, document)
        messages.success(request, _("Marked as read."))
        if after:
            return redirect("library:read_document", cohort=cohort, document=after.id)
        return redirect("library:list_documents", cohort=cohort)
    context = {
        "cohort": found,
        "reader": reader,
        "document": documents[place],
        "is_read": document in read_by(found, reader),
        "before": documents[place - 1] if place else None,
        "after": after,
    }
    return render(request, "library/read_document.html", context)


def _person(request: HttpRequest) -> Person | None:
    return request.user if request.user.is_authenticated else None


def _closed(request: HttpRequest) -> HttpResponse:
    """Ask visitors to sign in; tell everybody else that there is no such page."""
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.get_full_path())
