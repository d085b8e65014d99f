"""`releve init` on a new server: what it asks, writes, founds and refuses."""

import email
import email.policy

import pytest

from tests.config.installation import FLAGS, once


def test_the_settings_file_is_complete_and_its_owner_s_alone(installed):
    lines = dict(line.split("=", 1) for line in installed.env_file.read_text().splitlines() if "=" in line)
    assert set(lines) == {"SITE_URL", "EMAIL_URL", "MAIL_FROM", "SECRET_KEY", "VAULT_KEYS"}
    assert lines["SITE_URL"] == "'http://127.0.0.1'"
    assert installed.env_file.stat().st_mode & 0o777 == 0o600


def test_the_organization_its_program_and_its_coordinator_are_there(installed):
    said = installed.python("""
from releve.people.models import Organization, Person
from releve.programs.models import Appointment
organization, person = Organization.objects.get(), Person.objects.get()
print(organization.name.as_data(), organization.contact_email)
print(person.name, person.email, person.language, person.has_usable_password())
print([(row.duty, row.program.slug, row.person == person) for row in Appointment.objects.all()])
""")
    assert said.splitlines() == [
        "{'fr': 'Chapitre du Québec', 'en': 'Quebec Chapter'} comite@example.org",
        "Amina Diallo amina@example.org fr False",
        "[('coordinator', 'cchl-quebec', True)]",
    ]


def test_the_coordinator_is_told_how_to_come_in(installed, inbox):
    link = next(line for line in installed.first_words.splitlines() if line.startswith("http"))
    assert link.startswith("http://127.0.0.1/fr/")
    first = email.message_from_bytes(inbox.taken[0].replace(b"\r\n", b"\n"), policy=email.policy.default)
    assert (first["To"], first["Content-Language"]) == ("amina@example.org", "fr")
    assert "http://127.0.0.1/fr/" in first.get_body(("plain",)).get_content()


def test_a_second_run_is_refused_and_changes_nothing(installed):
    before = installed.env_file.read_bytes()
    sentence = installed.refuse(*installed.init(site_url="", mail="", mail_from="", organization_fr="Autre", program=""))
    assert sentence == "CommandError: This server already belongs to Chapitre du Québec. Nothing was changed."
    assert installed.env_file.read_bytes() == before
    assert installed.python("from releve.people.models import Person; print(Person.objects.count())") == "1"


def test_a_setting_that_is_made_already_is_not_overwritten(installed):
    sentence = installed.refuse(*installed.init(site_url="https://other.example.org"))
    assert sentence.startswith("releve init: SITE_URL is set already. Leave out --site-url")


@once
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"site_url": ""}, "releve init: --site-url is missing: address people will type, for example https://mentorat.example.org."),
        ({"site_url": "mentorat"}, "releve init: SITE_URL is 'mentorat'."),
        ({"mail": "pigeon://loft"}, "releve init: EMAIL_URL begins with 'pigeon'"),
        ({"mail_from": "it's"}, "releve init: MAIL_FROM cannot hold an apostrophe"),
    ],
)
def test_a_wrong_setting_is_refused_before_anything_is_written(new_installation, changes, sentence):
    installation = new_installation("wrong")
    assert installation.refuse(*installation.init(**changes)).startswith(sentence)
    assert list(installation.folder.iterdir()) == []


@once
def test_wrong_answers_are_all_named_and_nothing_is_founded(new_installation):
    installation = new_installation("answers")
    wrong = {"contact": "nobody", "coordinator_email": "a@b", "language": "de", "program": "none", "organization_en": " "}
    assert installation.refuse(*installation.init(**wrong)).splitlines() == [
        "CommandError: --organization-en: write a name.",
        "--contact: 'nobody' is not an email address.",
        "--coordinator-email: 'a@b' is not an email address.",
        "--language: 'de' is neither fr nor en.",
        "--program: no blueprint is called 'none'. There are: cchl_quebec.",
    ]
    missing = installation.refuse(*installation.init(site_url="", mail="", mail_from="", contact="", program=""))
    assert missing == "CommandError: Missing: --contact, --program"
    assert installation.python("from releve.people.models import Organization; print(Organization.objects.count())") == "0"
    assert FLAGS["--contact"] in installation.init()  # and once mended, the same folder can be founded
    installation.succeed(*installation.init(site_url="", mail="", mail_from=""))


@once
def test_mail_that_does_not_leave_is_told_and_everything_else_stands(new_installation):
    installation = new_installation("mail")
    installation.mail = "smtp://127.0.0.1:1"
    sentence = installation.refuse(*installation.init("--test-mail"))
    assert sentence.startswith("CommandError: Everything is set up, but mail does not leave: ConnectionRefusedError")
    assert installation.python("from releve.people.models import Organization; print(Organization.objects.count())") == "1"


@once
def test_keys_of_a_vault_in_use_are_not_made_anew(new_installation):
    installation = new_installation("lost")
    installation.succeed(*installation.init())
    installation.python("from releve.core.vault import keys; keys.create_key('person')")
    installation.python("from releve.people.models import Organization; Organization.objects.all().delete()")
    kept = [line for line in installation.env_file.read_text().splitlines() if not line.startswith("VAULT_KEYS")]
    installation.env_file.write_text("\n".join(kept) + "\n")
    sentence = installation.refuse(*installation.init(site_url="", mail="", mail_from=""))
    assert sentence.startswith("CommandError: The vault is in use already, under wrapping keys that VAULT_KEYS lacks (")
