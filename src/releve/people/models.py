"""People, the organization that runs the programs, and account-level consent."""

from collections.abc import Iterator
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from releve.core.bilingual import BilingualField
from releve.core.models import BaseModel

from .addresses import normalize_email


class PersonManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields):
        person = self.model(email=normalize_email(email), **fields)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, email: str):
        return self.get(email=normalize_email(email))


class Person(BaseModel, AbstractBaseUser):
    """An account: one human being, however many roles in however many programs."""

    email = models.EmailField(unique=True)  # normalized: see `normalize_email`
    name = models.CharField(max_length=200)  # as the person writes it
    called = models.CharField(max_length=80, blank=True)  # how they like to be addressed
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    time_zone = models.CharField(max_length=60, default=settings.TIME_ZONE)
    is_active = models.BooleanField(default=True)
    is_superuser = models.BooleanField(default=False)  # operates the server; reads nobody's confidences
    self_key = models.UUIDField(null=True, editable=False)  # data key for what this person alone may read
    welcomed_at = models.DateTimeField(null=True)  # first time they came in by themselves
    session_round = models.PositiveIntegerField(default=0)  # moving on ends every session begun before

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = PersonManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_address")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def short_name(self) -> str:
        return self.called or (self.name.split() or [self.email])[0]

    def get_session_auth_hash(self) -> str:
        """Tie sessions to the password and to the round: changing either ends them."""
        return salted_hmac("people.session", f"{self.password}|{self.session_round}", algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Accept sessions made under an earlier secret key."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            value = f"{self.password}|{self.session_round}"
            yield salted_hmac("people.session", value, secret=secret, algorithm="sha256").hexdigest()


class SignInLinkUse(BaseModel):
    """One time somebody came in by a link from a letter."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="link_uses")
    link = models.CharField(max_length=64)  # digest of the link

    class Meta:
        indexes = [models.Index(fields=["person", "link"])]


class Organization(BaseModel):
    """The one organization this server belongs to."""

    name = BilingualField()
    contact_email = models.EmailField()
    privacy_officer = models.CharField(max_length=200, blank=True)  # person in charge (Law 25)
    privacy_email = models.EmailField(blank=True)
    only = models.BooleanField(default=True, editable=False, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="one_organization")]


class Consent(BaseModel):
    """What a person agreed to, with the very text and language they read. Withdrawn, never deleted by edits."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)  # "account"; a program's purposes live in enrolment
    text_digest = models.CharField(max_length=64)
    text = models.TextField()
    language = models.CharField(max_length=5)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("consent")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | models.Q(withdrawn_at__gte=models.F("given_at")),
                name="consent_withdrawn_after_given",
            )
        ]
