"""Found an installation: its organization, its first program and that program's coordinator."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from releve.core.bilingual import Text
from releve.core.vault import keys
from releve.notifications import rendering
from releve.notifications.kinds import Content
from releve.people.actions import ensure_person, sign_in_path
from releve.people.models import Organization, Person, normalize_email
from releve.programs import blueprints
from releve.programs.actions import adopt_blueprint


class FoundingRefused(Exception):
    """This installation cannot be founded; the message says why."""


@dataclass(frozen=True)
class Founding:
    """What `releve init` asks."""

    organization: Text
    contact: str
    name: str
    email: str
    language: str
    blueprint: str
    privacy_officer: str = ""
    privacy_email: str = ""


def refuse_if_founded() -> None:
    """Raises: FoundingRefused when the server has an organization, or a vault whose keys the settings lack."""
    organization = Organization.objects.first()
    if organization is not None:
        raise FoundingRefused(f"This server already belongs to {organization.name}. Nothing was changed.")
    if missing := keys.unopenable():
        raise FoundingRefused(
            f"The vault is in use already, under wrapping keys that VAULT_KEYS lacks ({', '.join(sorted(missing))}). "
            "Put them back, or move the vault's database away."
        )


def problems_with(founding: Founding) -> list[str]:
    """List what cannot be right, one sentence each."""
    words = {
        "--organization-fr": founding.organization.fr,
        "--organization-en": founding.organization.en,
        "--coordinator-name": founding.name,
    }
    problems = [f"{flag}: write a name." for flag, value in words.items() if not value.strip()]
    addresses = {"--contact": founding.contact, "--coordinator-email": founding.email, "--privacy-email": founding.privacy_email}
    for flag, address in addresses.items():
        try:
            if address or flag != "--privacy-email":
                validate_email(normalize_email(address))
        except ValidationError:
            problems.append(f"{flag}: {address!r} is not an email address.")
    if founding.language not in dict(settings.LANGUAGES):
        problems.append(f"--language: {founding.language!r} is neither fr nor en.")
    if founding.blueprint not in blueprints.names():
        problems.append(f"--program: no blueprint is called {founding.blueprint!r}. There are: {', '.join(blueprints.names())}.")
    return problems


@transaction.atomic
def found(founding: Founding) -> Person:
    """Make the organization, the program and its coordinator, all or nothing."""
    refuse_if_founded()
    Organization.objects.create(
        name=founding.organization,
        contact_email=normalize_email(founding.contact),
        privacy_officer=founding.privacy_officer,
        privacy_email=normalize_email(founding.privacy_email),
    )
    coordinator, _is_new = ensure_person(founding.email, name=founding.name, language=founding.language)
    adopt_blueprint(founding.blueprint, by=coordinator)
    return coordinator


def first_path(person: Person) -> str:
    """Write the link by which the coordinator comes in the first time, mail or no mail."""
    with override(person.language):
        return sign_in_path(person)


def send_test_letter(person: Person) -> None:
    """Write to the coordinator at once, outside the outbox: an error of the mail server comes back to the caller."""
    with override(person.language):
        content = Content(
            subject=_("Relève is ready and can write to you"),
            body_markdown=_(
                "Hello %(name)s,\n\nThis server has just been set up, and you coordinate its first program. "
                "This message shows that its emails reach you."
            )
            % {"name": person.short_name},
            path=sign_in_path(person),
            button=_("Come in"),
        )
    message = rendering.message(content, person, essential=True, identity=f"init-{person.pk}")
    message.connection = get_connection()
    message.send()
