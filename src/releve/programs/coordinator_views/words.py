"""The words of a program: its texts, its letters, its contacts. What is saved makes a version that the cohort runs on."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from releve.core.bilingual import LANGUAGES
from releve.people.roles import Permission
from releve.programs import actions
from releve.programs.forms.fields import contest
from releve.programs.forms.words import ContactForm, LetterForm, TextsForm
from releve.programs.letters import sample
from releve.programs.models import Cohort
from releve.programs.places import MEANINGS, USES, places_of
from releve.programs.problems import DefinitionErrors
from releve.programs.texts import GROUPS, EditablePart, editable_part, editable_parts

from .ways import cohort_where_may, page, sent


def list_texts(request: HttpRequest, cohort) -> HttpResponse:
    found = cohort_where_may(request, Permission.DESIGN_PROGRAM, cohort)
    groups = [(group, GROUPS[group], parts) for group, parts in editable_parts(found.definition).items()]
    return page(request, found, "list_texts", {"groups": groups})


def edit_text(request: HttpRequest, cohort, group: str, part: str) -> HttpResponse:
    found = cohort_where_may(request, Permission.DESIGN_PROGRAM, cohort)
    editable = editable_part(found.definition, group, part) if group in GROUPS else None
    if editable is None:
        raise Http404
    form = TextsForm(sent(request), part=editable, base=found.version.number)
    rich = [place for place in editable.places if place.is_markdown]
    context: dict[str, Any] = {"form": form, "part": editable, "group": GROUPS[group], "previewable": bool(rich)}
    if form.is_valid():
        if "preview" in request.POST:
            context["preview"] = [(place, form.cleaned_data[place.key]) for place in rich]
        elif _saved(request, found, form, editable):
            return redirect("programs:list_texts", cohort=found.pk)
    return page(request, found, "edit_text", context, tab="list_texts")


def list_letters(request: HttpRequest, cohort) -> HttpResponse:
    found = cohort_where_may(request, Permission.DESIGN_PROGRAM, cohort)
    letters = [(letter, USES[letter.id].when if letter.id in USES else "") for letter in found.definition.letters]
    return page(request, found, "list_letters", {"letters": letters})


def edit_letter(request: HttpRequest, cohort, letter: str) -> HttpResponse:
    found = cohort_where_may(request, Permission.DESIGN_PROGRAM, cohort)
    editable = editable_part(found.definition, "letters", letter)
    if editable is None:
        raise Http404
    form = LetterForm(sent(request), part=editable, base=found.version.number)
    places = [(f"{{{place}}}", MEANINGS[place]) for place in places_of(letter)]
    context: dict[str, Any] = {"form": form, "part": editable, "use": USES.get(letter), "places": places}
    if form.is_valid():
        if "preview" in request.POST:
            context["preview"] = [_letter_in(language, found, form) for language in LANGUAGES]
        elif _saved(request, found, form, editable):
            return redirect("programs:list_letters", cohort=found.pk)
    return page(request, found, "edit_letter", context, tab="list_letters")


def edit_contacts(request: HttpRequest, cohort) -> HttpResponse:
    found = cohort_where_may(request, Permission.DESIGN_PROGRAM, cohort)
    forms = [_contact_form(request, found, contact.id) for contact in found.definition.contacts]
    filled = next((form for form in forms if form.is_bound), None)
    if filled is not None and filled.is_valid() and _contact_saved(request, found, filled):
        return redirect("programs:edit_contacts", cohort=found.pk)
    return page(request, found, "edit_contacts", {"forms": forms})


def _contact_form(request: HttpRequest, cohort: Cohort, contact_id: str) -> ContactForm:
    """Make the form of one contact; only the one that was sent is read."""
    part = editable_part(cohort.definition, "contacts", contact_id)
    data = request.POST if request.POST.get("contact") == contact_id else None
    return ContactForm(data, contact=cohort.definition.contact_called(contact_id), part=part, cohort=cohort)


def _contact_saved(request: HttpRequest, cohort: Cohort, form: ContactForm) -> bool:
    values = {"email": form.cleaned_data["email"], "base": form.cleaned_data["base"], "revision": form.cleaned_data["revision"]}
    try:
        actions.change_contact(cohort, form.contact.id, texts=form.texts, **values, by=request.user)
    except actions.ChangedMeanwhile as refused:
        cohort.refresh_from_db()
        address = {"email": cohort.definition.value(form.contact.email, cohort.settings)} if "settings" in refused.present else {}
        contest(form, dict(refused.present) | address, base=cohort.version.number, revision=cohort.revision)
        return False
    except DefinitionErrors as errors:
        _say_beside(form, errors)
        return False
    messages.success(request, _("The contact is saved."))
    return True


def _saved(request: HttpRequest, cohort: Cohort, form: TextsForm, part: EditablePart) -> bool:
    """Save rewritten texts; what cannot be saved is said beside its field."""
    before = form.cleaned_data["base"]
    try:
        version = actions.change_texts(cohort, part.group, part.id, form.texts, base=before, by=request.user)
    except actions.ChangedMeanwhile as refused:
        cohort.refresh_from_db()
        contest(form, refused.present, base=cohort.version.number)
        return False
    except DefinitionErrors as errors:
        _say_beside(form, errors)
        return False
    if version.number == before:
        messages.info(request, _("Nothing changed."))
    else:
        messages.success(request, _("Saved. The cohort now runs on version %(number)s.") % {"number": version.number})
    return True


def _say_beside(form: TextsForm, errors: DefinitionErrors) -> None:
    """Bring what the whole definition says against a text to its field."""
    language = get_language() or LANGUAGES[0]
    for problem in errors.problems:
        key = next((place.key for place in form.part.places if problem.path[: len(place.path)] == place.path), None)
        form.add_error(key, f"{problem.message(language)} {problem.mend(language)}")


def _letter_in(language: str, cohort: Cohort, form: TextsForm) -> tuple[str, str, str]:
    """Fill a letter as an example, in one language."""
    with override(language):
        subject, body = sample(str(form.texts["subject"]), str(form.texts["body"]), cohort)
    return language, subject, body
