"""The style guide: every component in all its states, for those who develop and for the browser tests.

Its sample words live here, in both languages, rather than in the catalogue: no person ever reads them.
"""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from releve.core.bilingual import BilingualFormField, Text
from releve.core.components import Chip, NextAction, Stage, Step
from releve.core.frame import Link
from releve.core.visibility import Visibility
from releve.core.widgets import DateInput, MomentInput, Scale, WeeklyGrid

DAYS = [
    ("mon", Text("Lundi", "Monday")),
    ("tue", Text("Mardi", "Tuesday")),
    ("wed", Text("Mercredi", "Wednesday")),
    ("thu", Text("Jeudi", "Thursday")),
    ("fri", Text("Vendredi", "Friday")),
]
PARTS = [("am", Text("Matin", "Morning")), ("noon", Text("Midi", "Midday")), ("eve", Text("Soir", "Evening"))]
REASONS = [
    ("goals", Text("Les objectifs sont atteints", "The goals are met")),
    ("fit", Text("La relation ne fonctionne pas", "The relationship does not work")),
    ("other", Text("Une autre raison", "Another reason")),
]
MARKDOWN = Text(
    "# Ce que chaque personne apporte\n\nLa **personne mentorée** prépare l’ordre du jour. Le mentor *écoute* d’abord.\n\n"
    "1. Se rencontrer chaque mois\n2. Garder ce qui se dit entre vous\n\n> Ce qui se dit ici reste ici.",
    "# What each person brings\n\nThe **mentee** prepares the agenda. The mentor *listens* first.\n\n"
    "1. Meet every month\n2. Keep between you what is said\n\n> What is said here stays here.",
)


class SampleForm(forms.Form):
    """One field of each kind, with long French words."""

    name = forms.CharField(
        label=Text("Nom, comme vous l’écrivez", "Name, as you write it"),
        help_text=Text("Le nom que les autres verront.", "The name that other participants will see."),
    )
    email = forms.EmailField(label=Text("Adresse courriel", "E-mail address"))
    years = forms.IntegerField(label=Text("Années de pratique", "Years of practice"), min_value=0, required=False)
    born = forms.DateField(label=Text("Début souhaité", "Preferred start"), widget=DateInput)
    meeting = forms.DateTimeField(label=Text("Première rencontre", "First meeting"), widget=MomentInput, required=False)
    site = forms.ChoiceField(
        label=Text("Établissement", "Site"),
        choices=[("qc", "CHU de Québec – Université Laval"), ("mtl", "CIUSSS du Centre-Sud-de-l’Île-de-Montréal")],
    )
    reason = forms.ChoiceField(
        label=Text("Pourquoi mettre fin à la relation ?", "Why end the relationship?"),
        widget=forms.RadioSelect,
        choices=REASONS,
        help_text=Text("Vous pouvez changer d’idée jusqu’à vendredi.", "You can change your mind until Friday."),
    )
    aim = forms.ChoiceField(
        label=Text("Viser", "Aim for"),
        widget=forms.RadioSelect(attrs={"class": "segments"}),
        choices=[("total", Text("Meilleur total", "Best total")), ("fair", Text("Personne mal servi", "Nobody left badly off"))],
    )
    topics = forms.MultipleChoiceField(
        label=Text("Sujets qui vous intéressent", "Subjects that interest you"),
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("budget", Text("Budget et gestion des ressources", "Budget and resources")),
            ("team", Text("Mobilisation d’équipe", "Leading a team")),
        ],
        required=False,
    )
    ready = forms.ChoiceField(
        label=Text("À quel point êtes-vous à l’aise de déléguer ?", "How comfortable are you delegating?"),
        choices=[(str(n), str(n)) for n in range(1, 8)],
    )
    week = forms.MultipleChoiceField(
        label=Text("Quand êtes-vous libre ?", "When are you free?"),
        widget=WeeklyGrid(rows=DAYS, columns=PARTS),
        choices=WeeklyGrid.choices_for(DAYS, PARTS),
        required=False,
    )
    story = forms.CharField(label=Text("Vos attentes", "Your expectations"), widget=forms.Textarea, required=False)
    letter = BilingualFormField(label=Text("Objet de l’invitation", "Subject of the invitation"))
    agrees = forms.BooleanField(label=Text("J’accepte qu’on me suggère des personnes", "I accept being suggested people"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["ready"].choices
        self.fields["ready"].widget = Scale(
            low=str(Text("Pas du tout", "Not at all")), high=str(Text("Tout à fait", "Completely")), choices=choices
        )


class FilterForm(forms.Form):
    search = forms.CharField(label=Text("Nom", "Name"), required=False)
    state = forms.ChoiceField(
        label=Text("État", "State"),
        required=False,
        choices=[("", Text("Tous", "All")), ("care", Text("À suivre", "Needs care"))],
    )


def _action(today: dt.date) -> NextAction:
    return NextAction(
        title=str(Text("Signez l’engagement de confidentialité", "Sign the confidentiality commitment")),
        reason=str(
            Text(
                "Benoît l’a signé hier. Lisez-le, ajustez-le ensemble si besoin, puis signez.",
                "Benoît signed it yesterday. Read it, adjust it together if you need to, then sign.",
            )
        ),
        url="#",
        label=str(Text("Lire et signer", "Read and sign")),
        due=today + dt.timedelta(days=9),
        minutes=5,
        reads=Visibility.MEMBERS,
        members=["Benoît"],
        later_url="#",
        later_label=str(Text("Me le rappeler demain", "Remind me tomorrow")),
    )


def _steps() -> list[Step]:
    chips = [
        Chip(str(Text("2 objectifs", "2 goals")), "pine"),
        Chip(str(Text("1 signature manque", "1 signature missing")), "amber"),
    ]
    return [
        Step(str(Text("Autoévaluation", "Self-assessment")), "done", str(Text("Faite le 4 mars", "Done on March 4")), "#", reads="self"),
        Step(str(Text("Jumelage", "Pairing")), "done", str(Text("Le 2 juin, par le comité", "On June 2, by the committee"))),
        Step(str(Text("Lectures", "Reading")), "skipped", str(Text("Vous les connaissiez déjà", "You knew it already"))),
        Step(
            str(Text("Première rencontre formelle", "First formal meeting")),
            "now",
            str(Text("Objectifs et engagement", "Goals and commitment")),
            "#",
            chips,
        ),
        Step(str(Text("Suivi des rencontres", "Regular meetings")), "later", str(Text("Chaque mois jusqu’en juin", "Monthly until June"))),
        Step(str(Text("Bilan, puis évaluation", "Reflection, then evaluation")), "later"),
    ]


PEOPLE = [
    ("Chloé Bergeron", Text("Infirmière-chef, Laval", "Head nurse, Laval"), "mentee", "Benoît Dufour", 91, 6),
    ("Marie-Ève de la Chevrotière-Tremblay", Text("Gestionnaire, Chicoutimi", "Manager, Chicoutimi"), "mentee", "Louise Morin", 74, 3),
    ("Thị Hương Nguyễn-Archambault", Text("Pharmacienne, Gatineau", "Pharmacist, Gatineau"), "mentee", "Łukasz Kowalczyk", 52, 9),
]


def _day(request: HttpRequest) -> dict[str, Any]:
    """Give the samples of a person's day and of its forms."""
    now = timezone.now()
    messages.success(request, Text("Votre signature est enregistrée.", "Your signature is saved."))
    messages.error(request, Text("Une autre personne a déjà répondu.", "Someone has already answered."))
    return {
        "action": _action(timezone.localdate()),
        "steps": _steps(),
        "classes": list(Visibility),
        "names": ["Benoît", "Amina"],
        "form": SampleForm(initial={"aim": "fair", "week": ["thu:noon"], "ready": "4", "reason": "goals"}),
        "faulty": SampleForm({"name": "", "email": "x@", "reason": "other"}, prefix="faulty"),
        "crumbs": [Link("#", str(Text("Aujourd’hui", "Today"))), Link("#", str(Text("Relations", "Relationships")))],
        "start": now.replace(hour=16, minute=0) + dt.timedelta(days=3),
        "end": now.replace(hour=17, minute=30) + dt.timedelta(days=3),
        "earlier": now - dt.timedelta(hours=3),
        "markdown_sample": MARKDOWN,
    }


def _lists(request: HttpRequest) -> dict[str, Any]:
    """Give the samples of a coordinator's lists."""
    return {
        "people": PEOPLE,
        "filter_form": FilterForm(request.GET),
        "page": Paginator(range(240), 25).get_page(request.GET.get("page", 4)),
        "stages": [
            Stage(str(Text("inscriptions", "registered")), 68, "#"),
            Stage(str(Text("jumelages", "paired")), 63, "#"),
            Stage(str(Text("contacts pris", "in contact")), 51, "#"),
            Stage(str(Text("engagements signés", "commitments signed")), 44),
            Stage(str(Text("évaluations reçues", "evaluations in")), 12),
        ],
        "views": [
            Link("#a", str(Text("Toutes", "All")), current=True, count=63),
            Link("#b", str(Text("À suivre", "Need care")), count=4),
            Link("#c", str(Text("Terminées", "Ended"))),
        ],
    }


def _nothing(request: HttpRequest) -> dict[str, Any]:
    return {"back_url": ".."}


PARTS_OF_THE_GUIDE = {
    "": ("core/styleguide.html", _day),
    "lists": ("core/styleguide_lists.html", _lists),
    "confirm": ("core/styleguide_confirm.html", _nothing),
    "400": ("400.html", _nothing),
    "403": ("403.html", _nothing),
    "csrf": ("403_csrf.html", _nothing),
    "404": ("404.html", _nothing),
    "500": ("500.html", _nothing),
}


@login_not_required
def styleguide(request: HttpRequest, part: str = "") -> HttpResponse:
    if not (settings.DEBUG or settings.DEMO) or part not in PARTS_OF_THE_GUIDE:
        raise Http404
    template, samples = PARTS_OF_THE_GUIDE[part]
    parts = [Link(reverse("styleguide", args=[each] if each else []), each or "styleguide", each == part) for each in PARTS_OF_THE_GUIDE]
    return render(request, template, samples(request) | {"parts": parts, "fr": request.LANGUAGE_CODE == "fr"})
