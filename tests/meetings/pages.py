"""How tests open the pages of meetings, and what they enter there."""

import datetime as dt

from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from releve.people.models import Person

IN_A_WEEK = (timezone.localdate() + dt.timedelta(days=7)).isoformat()
LAST_WEEK = (timezone.localdate() - dt.timedelta(days=7)).isoformat()


def as_(someone: Person) -> Client:
    client = Client()
    client.force_login(someone)
    return client


def page(name: str, *args: object, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"meetings:{name}", args=args)


def entered(**more: str) -> dict[str, str]:
    """Fill in the form of a meeting."""
    return {"day": IN_A_WEEK, "hour": "12:00", "minutes": "90", "way": "video", "place": "", "agenda": ""} | more
