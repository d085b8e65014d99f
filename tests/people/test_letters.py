"""In whose name letters go out."""

from django.utils.translation import override

from releve.core.bilingual import Text
from releve.notifications import sender
from releve.notifications.sender import Sender
from releve.people.models import Organization


def test_letters_go_out_in_the_organization_s_name_in_the_reader_s_language():
    Organization.objects.create(name=Text(fr="Chapitre du Québec", en="Quebec Chapter"), contact_email="comite@example.org")
    with override("en"):
        assert sender.current() == Sender("Quebec Chapter", "comite@example.org")
    with override("fr"):
        assert sender.current() == Sender("Chapitre du Québec", "comite@example.org")


def test_before_there_is_an_organization_the_settings_name_the_sender(settings):
    settings.DEFAULT_FROM_EMAIL = "Relève <releve@example.org>"
    assert sender.current() == Sender("Relève")
