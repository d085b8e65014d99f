"""How a cohort pairs: weights, rules and the aim, in a form that says what each does."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import actions
from ..forms import PolicyForm
from ..inputs import policy_in_force, policy_of
from ..queries import newest_number
from .cohorts import paired_by, refused_in_words, seen_in


def change_policy(request: HttpRequest, cohort: UUID) -> HttpResponse:
    found = paired_by(request, cohort)
    sent = request.POST if request.method == "POST" else None
    form = PolicyForm(sent, definition=found.definition, policy=policy_in_force(found.definition, policy_of(found)))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_policy(found, form.as_policy(), seen=seen_in(request), by=request.user, now=timezone.now())
        except actions.BoardMoved:
            form.add_error(
                None, _("Somebody changed the board since you opened this page. Look at it, then send this again if it still makes sense.")
            )
        except actions.PairingRefused as refused:
            form.add_error(None, refused_in_words(refused, found))
        else:
            messages.success(request, _("Saved as a new version. The board now shows what it gives."))
            return redirect("matching:show_pairing", cohort=found.pk)
    held = [rule for rule in found.definition.pairing.rules if f"rule_{rule.id}" not in form.fields]
    context = {
        "cohort": found,
        "form": form,
        "seen": newest_number(found),
        "held": [str(rule.title) for rule in held],
        "versions": found.policies.select_related("by").order_by("-number")[:20],
    }
    return render(request, "matching/change_policy.html", context)
