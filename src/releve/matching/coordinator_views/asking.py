"""Why this mentor and not another, or why nobody."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ..aims import takes_part
from ..board import mentees_beside
from ..queries import has_moved_on, newest_number
from ..why import names_in, why
from ..wording.board import parts_in_words
from ..wording.nobody import change_sentences, nobody_sentences
from ..wording.pairs import cost_sentences
from .cohorts import paired_by


def explain_person(request: HttpRequest, cohort: UUID, mentee: UUID) -> HttpResponse:
    """Explain what the newest run gives to one mentee, and what every other mentor would cost everyone."""
    found = paired_by(request, cohort)
    person = get_object_or_404(found.participants.confirmed().select_related("person").exclude(person=request.user), pk=mentee)
    run = found.runs.done().order_by("-number").first()
    is_mentee = found.definition.role(person.role).kind == "mentee"
    if run is None or not is_mentee or run.people.get(person.pk.hex) != str(person.pk):
        raise Http404
    if person.pk.hex in mentees_beside(run, request.user):
        raise Http404
    told = why(run, person.pk.hex, reader=request.user)
    names = names_in(run, found.definition)
    context = {
        "cohort": found,
        "run": run,
        "mentee": person,
        "fits": [(names.person(fit.mentor), UUID(run.people[fit.mentor]), fit, parts_in_words(found.definition, fit)) for fit in told.fits],
        "alternatives": [
            (names.person(one.mentor), UUID(run.people[one.mentor]), one, cost_sentences(one, names)) for one in told.alternatives
        ],
        "nobody": nobody_sentences(told.nobody, names) if told.nobody else [],
        "changes": [change_sentences(one, names) for one in told.changes],
        "is_kept": told.is_kept,
        "hides_costs": takes_part(run, request.user),
        "has_moved_on": has_moved_on(run, reader=request.user),
        "seen": newest_number(found),
    }
    return render(request, "matching/explain_person.html", context)
