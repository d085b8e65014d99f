"""A wrong setting stops the start with a sentence that names the variable and the mend."""

import base64
import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from releve.config import environment

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch):
    for name in ("VALUE", "VALUE_FILE"):
        monkeypatch.delenv(name, raising=False)


def test_text_comes_from_the_file_that_the_variable_points_to(monkeypatch, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("from a file\n")
    monkeypatch.setenv("VALUE_FILE", str(secret))
    assert environment.text("VALUE") == "from a file"


def test_text_is_refused_when_value_and_file_are_both_given(monkeypatch, tmp_path):
    monkeypatch.setenv("VALUE", "one")
    monkeypatch.setenv("VALUE_FILE", str(tmp_path / "secret"))
    with pytest.raises(ImproperlyConfigured, match=r"^VALUE and VALUE_FILE are both set\. Keep one"):
        environment.text("VALUE")


def test_text_is_refused_when_its_file_is_missing(monkeypatch, tmp_path):
    monkeypatch.setenv("VALUE_FILE", str(tmp_path / "nothing"))
    with pytest.raises(ImproperlyConfigured, match=r"^VALUE_FILE points to .*nothing, which cannot be read: No such file"):
        environment.text("VALUE")


@pytest.mark.parametrize(
    ("read", "value", "sentence"),
    [
        (environment.flag, "maybe", "VALUE is 'maybe'. Write 1 for yes or 0 for no."),
        (lambda name: environment.whole_number(name, 3), "-2", "VALUE is '-2'. Write a whole number, for example 3."),
        (lambda name: environment.one_of(name, ["A", "B"], "A"), "C", "VALUE is 'C'. Write one of A, B."),
        (lambda name: environment.time_zone(name, "America/Toronto"), "Mars", "VALUE is 'Mars', which is no time zone."),
        (lambda name: environment.site_url(name, None), "mentorat.org", "VALUE is 'mentorat.org'. Write a full address"),
        (lambda name: environment.site_url(name, None), "https://a.org/b", "VALUE is 'https://a.org/b'. Write a full address"),
        (lambda name: environment.database(name, None), "mysql://a/b", "VALUE begins with 'mysql'. Write sqlite:///"),
        (lambda name: environment.database(name, None), "postgres://a:b/c", "VALUE cannot be read as an address"),
        (lambda name: environment.email(name, None), "pigeon://u:hunter7@a", "VALUE begins with 'pigeon', which is no way"),
        (lambda name: environment.cache(name, "dbcache://c"), "tin://", "VALUE is 'tin://'. Write for example dbcache://c"),
        (lambda name: environment.secret_key(name, None), "short", "VALUE has only 5 characters. Write 50 or more"),
        (lambda name: environment.vault_keys(name, None), f"{KEY},%%", "Key 2 of VALUE is not base64. Write 32 random bytes"),
        (lambda name: environment.vault_keys(name, None), "AAAA", "Key 1 of VALUE has 3 bytes. Write 32 random bytes"),
    ],
)
def test_a_wrong_value_is_refused_with_its_mend(monkeypatch, read, value, sentence):
    monkeypatch.setenv("VALUE", value)
    with pytest.raises(ImproperlyConfigured) as refusal:
        read("VALUE")
    assert str(refusal.value).startswith(sentence)
    assert "hunter7" not in str(refusal.value)


@pytest.mark.parametrize("read", [environment.email, environment.site_url, environment.secret_key, environment.vault_keys])
def test_what_a_real_server_needs_is_refused_when_missing(read):
    with pytest.raises(ImproperlyConfigured, match=r"^VALUE is missing\. Write"):
        read("VALUE", None)


def test_vault_keys_keep_their_order(monkeypatch):
    older = base64.urlsafe_b64encode(b"o" * 32).decode()
    monkeypatch.setenv("VALUE", f"{KEY}, {older}")
    assert environment.vault_keys("VALUE", None) == (bytes(range(32)), b"o" * 32)


def test_a_secret_of_the_demo_is_made_once_and_only_its_owner_reads_it(tmp_path):
    kept = tmp_path / "vault_keys"
    first = environment.vault_keys("VALUE", kept)
    assert environment.vault_keys("VALUE", kept) == first
    assert [len(key) for key in first] == [32]
    if os.name != "nt":
        assert kept.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"SECRET_KEY": ""}, "releve: SECRET_KEY is missing. Write 50 or more random characters.\n"),
        ({"DEBUG": "perhaps"}, "releve: DEBUG is 'perhaps'. Write 1 for yes or 0 for no.\n"),
        (
            {"DATABASE_URL": "sqlite:///var/one.sqlite3", "VAULT_URL": "sqlite:///var/one.sqlite3"},
            "releve: VAULT_URL names the same database as DATABASE_URL. "
            "Give the vault its own, so that no backup of the data holds its keys.\n",
        ),
    ],
)
def test_the_command_stops_with_one_sentence_when_a_setting_is_wrong(given, sentence):
    surroundings = os.environ | {"DJANGO_SETTINGS_MODULE": "releve.config.settings"} | given
    done = subprocess.run([sys.executable, "-m", "releve", "check"], env=surroundings, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence)
