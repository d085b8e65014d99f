"""Whose board it is, and what a change of it may meet."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from releve.people.roles import Permission
from releve.programs.models import Cohort

from .. import actions
from ..models import Run

KINDS = ["mentee", "mentor"]  # in the order of addresses


def paired_by(request: HttpRequest, cohort: UUID) -> Cohort:
    """Return a cohort that the reader may pair people in; no page for anybody else."""
    found = Cohort.objects.where_may(request.user, Permission.PAIR_PEOPLE).select_related("program", "version")
    return get_object_or_404(found, pk=cohort)


def pair_in(cohort: Cohort, pair: str) -> actions.Two:
    """Read `mentee,mentor` as two participants of this cohort; no page for anything else."""
    try:
        mentee, mentor = (UUID(part) for part in pair.split(","))
    except ValueError as error:
        raise Http404 from error
    people = cohort.participants.confirmed().select_related("person")
    two = get_object_or_404(people, pk=mentee), get_object_or_404(people, pk=mentor)
    if [cohort.definition.role(one.role).kind for one in two] != KINDS:
        raise Http404
    return two


def seen_in(request: HttpRequest) -> actions.Seen:
    """Read which run the reader's page showed."""
    number = request.POST.get("seen", "")
    return actions.Seen(int(number) if number.isdecimal() and len(number) < 10 else -1)


def back_to_board(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """Return to the board as the reader had narrowed and ordered it."""
    address = reverse("matching:show_pairing", kwargs={"cohort": cohort.pk})
    query = QueryDict(request.POST.get("narrowed", "")).urlencode()
    return redirect(f"{address}?{query}" if query else address)


def say_moved(request: HttpRequest) -> None:
    messages.warning(
        request,
        _("Somebody changed the board since you opened it, so your change was not made. Look first, then do it again if it still helps."),
    )


def refused_in_words(refused: actions.PairingRefused, cohort: Cohort) -> str:
    """Say why a change of the board cannot be."""
    if isinstance(refused, actions.NobodyToPair):
        return _("Suggestions need a mentee and a mentor who switched them on and have a place left.")
    code = getattr(refused, "code", "")
    titles = {rule.id: str(rule.title) for rule in cohort.definition.pairing.rules}
    rule = titles.get(getattr(refused, "rule", ""), _("Another limit of the program"))
    return {
        "not_open": _("One of the two no longer waits, or did not switch suggestions on. Pair them by hand instead."),
        "no_room": _("This mentor has as many people kept with them as they have places. Undo one of those first."),
        "same_person": _("Tick two pairs that share nobody: two mentees and two mentors."),
        "not_again": _("An earlier pairing of these two was not kept, so the engine keeps them apart. You may still pair them by hand."),
        "rule": _("A rule speaks against it: “%(rule)s”. You may still pair them by hand.") % {"rule": rule},
    }.get(code, _("This change of the board cannot be made."))


def faults_in_words(run: Run) -> list[str]:
    """Say what in its inputs kept a run from an answer."""
    said = {
        **dict.fromkeys(
            ("scores_too_large", "weight_out_of_range"),
            _("The weights are too large to compute with. Only their proportions matter: use smaller ones."),
        ),
        "too_many_pairs": _("There are more people than the engine can compare on this machine. Ask whoever runs the server."),
        "least_unreachable": _("Not everybody can have the least number of partners that was asked for."),
        "too_many_locks": _("More people are kept with somebody than they have places. Undo one of those."),
        "lock_breaks_rule": _("Two people are kept together whom a rule now keeps apart. Undo it, or change the rule."),
        "locked_and_banned": _("Two people are kept together and apart at once. Undo one of the two."),
    }
    return sorted(
        {said.get(code, _("The engine could not compute with these people and this policy.")) for _path, code, _mend in run.faults}
    )
