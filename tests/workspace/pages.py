"""How tests open the pages that members fill together, and send them back."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import translation

from releve.people.models import Person
from tests.factories.relationships import Pair


def as_(someone: Person) -> Client:
    client = Client()
    client.force_login(someone)
    return client


def page(name: str, *args: object, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"workspace:{name}", args=args)


def paper(two: Pair, language: str = "en") -> str:
    return page("sign_document", two.relationship.pk, "commitment", language=language)


def together(two: Pair, task: str = "expectations") -> str:
    return page("fill_together", two.relationship.pk, task)


def hidden(answer: Any) -> dict[str, str]:
    """Return the hidden fields of a page's forms, as a browser would send them back."""
    found = re.findall(r'<input type="hidden" name="(_\w+)" value="([^"]*)">', answer.content.decode())
    return {name: value.replace("&quot;", '"') for name, value in found}
