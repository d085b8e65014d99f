"""People for tests: a small cast, each with an address made of their name."""

import itertools
from typing import Any

from django.utils.text import slugify

from releve.people.models import Person

_numbers = itertools.count(1)


def person(name: str = "Amina", **more: Any) -> Person:
    """Make an account without a password, as most people have."""
    email = more.pop("email", f"{slugify(name)}.{next(_numbers)}@example.org")
    return Person.objects.create_user(email=email, name=name, **{"language": "fr"} | more)
