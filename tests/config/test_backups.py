"""Backups restored: destroyed texts stay destroyed, the others can be read, and no half is accepted."""

import datetime as dt
import json
import shutil
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from releve.config.backups import BackupRefused, postgres, restore_backup
from releve.people.models import Person
from tests.config.installation import once
from tests.factories.people import person

WORDS = {"kept": "Ce texte se lit encore", "gone": "Ce texte est mort avec sa clé", "later": "Ce texte est plus jeune"}
SEAL = """
from releve.core.vault import keys
from releve.questionnaires.models import FormVersion, Response
form, _ = FormVersion.objects.get_or_create(form_id="sheet", digest="0" * 64, definition={})
for words in %r:
    Response.objects.create(form=form, visibility="self", key=keys.create_key("person"), sealed_answers=words)
"""
READ = """
from releve.questionnaires.models import Response
print([row.sealed_answers for row in Response.objects.order_by("created_at")])
"""


@pytest.fixture(scope="module")
def drill(new_installation, tmp_path_factory):
    """Play the life of an installation: two texts, a backup, one key destroyed, a third text, a backup, the machine lost."""
    old = new_installation("old")
    old.succeed(*old.init())
    shelf = tmp_path_factory.mktemp("shelf")
    old.python(SEAL % [WORDS["kept"], WORDS["gone"]])
    old.succeed("tick")
    old.succeed("backup", str(shelf))
    first = next((shelf / "data").iterdir()).name
    old.python(f"""
from releve.core.vault import keys
from releve.questionnaires.models import Response
keys.destroy_keys([row.key for row in Response.objects.all() if row.sealed_answers == {WORDS["gone"]!r}])
""")
    old.python(SEAL % [WORDS["later"]])
    old.succeed("backup", str(shelf))
    return old, shelf, first


@pytest.fixture
def shelf(drill, tmp_path) -> Path:
    """Give a copy of the backups, for a test to spoil."""
    return shutil.copytree(drill[1], tmp_path / "shelf")


@pytest.fixture
def new_machine(drill, new_installation):
    """Give an empty machine that has the settings of the old one."""

    def make(name: str = "new"):
        machine = new_installation(name)
        shutil.copy(drill[0].env_file, machine.env_file)
        return machine

    return make


@pytest.fixture(scope="module")
def restored(drill, new_installation):
    """Give a machine restored from the newest backup, for tests that leave it as they found it."""
    machine = new_installation("restored")
    shutil.copy(drill[0].env_file, machine.env_file)
    machine.succeed("restore", str(drill[1]))
    return machine


def manifest_of(place: Path) -> tuple[Path, dict]:
    file = place / "manifest.json"
    return file, json.loads(file.read_text())


def test_an_old_backup_with_the_newest_vault_reads_everything_but_what_was_destroyed(drill, new_machine):
    _old, shelf, first = drill
    machine = new_machine()
    said = machine.succeed("restore", str(shelf), "--at", first)
    assert said.splitlines() == [
        f"The data of {first} is restored: 1 people.",
        "The vault was restored from its newest copy.",
    ]
    assert machine.python(READ) == str([WORDS["kept"], None])
    machine.succeed("history")


def test_the_newest_backup_is_taken_when_none_is_named(restored):
    assert restored.python(READ) == str([WORDS["kept"], None, WORDS["later"]])


def test_the_vault_in_use_is_kept_when_it_is_the_newest(drill, shelf):
    old, _shelf, _first = drill
    old.python(f"""
from releve.core.vault import keys
from releve.questionnaires.models import Response
keys.destroy_keys([row.key for row in Response.objects.all() if row.sealed_answers == {WORDS["later"]!r}])
""")
    refusal = old.refuse("restore", str(shelf))
    assert refusal == "CommandError: This server holds data already (1 people). To give it up for the backup, add --replace."
    said = old.succeed("restore", str(shelf), "--replace")
    assert "The vault in use was kept: it is the newest." in said
    assert old.python(READ) == str([WORDS["kept"], None, None])


@once
def test_a_vault_that_fell_behind_its_copy_is_replaced_by_it(restored, shelf):
    restored.python("""
from releve.core.vault.models import VaultKey, VaultState
VaultState.objects.update(changes=1)
VaultKey.objects.all().delete()
""")
    restored.succeed("restore", str(shelf), "--replace")
    assert restored.python(READ) == str([WORDS["kept"], None, WORDS["later"]])


@once
def test_another_server_s_vault_is_given_up_only_when_told_to(drill, new_machine):
    machine = new_machine()
    machine.python("""
from django.core.management import call_command
from releve.core.vault import keys
call_command("migrate", database="vault", verbosity=0)
call_command("migrate", "core", verbosity=0)
keys.create_key("person")
""")
    assert "vault is another one" in machine.refuse("restore", str(drill[1]))
    machine.succeed("restore", str(drill[1]), "--replace")
    assert machine.python(READ) == str([WORDS["kept"], None, WORDS["later"]])


def test_the_newest_vault_alone_is_kept_and_every_data_backup(drill):
    _old, shelf, _first = drill
    assert (len(list((shelf / "data").iterdir())), len(list((shelf / "vault").iterdir()))) == (2, 1)
    assert sorted(path.name for path in shelf.iterdir()) == ["data", "vault"]


def test_no_key_and_no_text_is_in_a_data_backup(drill):
    old, shelf, _first = drill
    wrapping, *wrapped = old.python("""
from django.conf import settings
from releve.core.vault.models import VaultKey
print(settings.VAULT_KEYS[0].hex(), *(bytes(row.wrapped).hex() for row in VaultKey.objects.all()))
""").split()
    vault_key = next(line for line in old.env_file.read_text().splitlines() if line.startswith("VAULT_KEYS")).partition("=")[2].strip("'")
    held = b"".join(file.read_bytes() for file in (shelf / "data").rglob("*") if file.is_file())
    secrets = [vault_key.encode()]
    for key in (wrapping, *wrapped):
        secrets += [bytes.fromhex(key), key.encode()]
    assert [secret for secret in secrets if secret in held] == []
    assert [words for words in WORDS.values() if words.encode() in held] == []
    assert b"vault_vaultkey" not in held


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_a_backup_is_its_owner_s_alone(drill):
    files = list(drill[1].rglob("database.*"))
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert {place.parent.stat().st_mode & 0o777 for place in files} == {0o700}


@once
def test_old_data_backups_are_removed_when_told_how_many_to_keep(drill, shelf, restored):
    restored.succeed("backup", str(shelf), "--keep", "2")
    kept = sorted(place.name for place in (shelf / "data").iterdir())
    assert len(kept) == 2
    assert drill[2] not in kept
    assert restored.refuse("backup", str(shelf), "--keep", "0") == "CommandError: --keep: write 1 or more."


@once
def test_letters_that_waited_are_held_for_a_person(restored, tmp_path, inbox):
    machine = restored
    machine.python("""
from releve.notifications.actions import notify
from releve.people.models import Person
notify(Person.objects.get(), "hello", due_key="waits", ids={"number": 99})
""")
    machine.succeed("backup", str(tmp_path / "waiting"))
    machine.succeed("tick")  # and it went out after the backup
    sent = len(inbox.taken)
    said = machine.succeed("restore", str(tmp_path / "waiting"), "--replace")
    assert "1 letters waited when the backup was made" in said
    machine.succeed("tick")
    assert len(inbox.taken) == sent
    listed = machine.succeed("letters").splitlines()
    assert [line.split()[1:] for line in listed[:-1]] == [["sending", "hello", "amina@example.org", "restored"]]
    machine.succeed("letters", "--again", listed[0].split()[0])
    machine.succeed("tick")
    assert len(inbox.taken) == sent + 1
    assert "waits for a decision" in machine.refuse("letters", "--give-up", listed[0].split()[0])


# --- refusals: the machine is never touched


def refusal(shelf: Path, at: str = "") -> str:
    with pytest.raises(BackupRefused) as refused:
        restore_backup(shelf, at=at, replace=True, now=timezone.now())
    assert Person.objects.count() == 1
    return str(refused.value)


def test_nothing_half_is_restored(drill, shelf, settings):
    person("Amina")
    settings.MIGRATION_MODULES = {}  # the suite's own tables are made without migrations
    assert refusal(shelf / "nowhere").endswith("nowhere/data holds no backup.")
    assert "holds no data backup ../vault. It holds: " in refusal(shelf, at="../vault")

    newest = max((shelf / "data").iterdir())
    file, said = manifest_of(newest)
    dump = newest / next(iter(said["digests"]))
    whole = dump.read_bytes()
    dump.write_bytes(whole[:-1])
    assert refusal(shelf).endswith("was altered since the backup was made. Nothing was restored.")
    dump.write_bytes(whole)

    file.write_text(json.dumps(said | {"migrations": [*said["migrations"], "core.9999_future"]}))
    assert "newer version of Relève" in refusal(shelf)
    file.write_text(json.dumps(said | {"engine": "oracle"}))
    assert "was copied from oracle" in refusal(shelf)
    file.write_text(json.dumps(said | {"made_at": dt.datetime(2099, 1, 1, tzinfo=dt.UTC).isoformat()}))
    assert refusal(shelf).startswith("The vault in this folder is older than the data")
    file.write_text("{")
    assert refusal(shelf).endswith("manifest.json cannot be read.")
    file.unlink()
    assert "holds no finished backup" in refusal(shelf)
    file.write_text(json.dumps(said))

    assert refusal(shelf).startswith("VAULT_KEYS lacks the wrapping keys of this vault (")
    shutil.rmtree(shelf / "vault")
    assert refusal(shelf).endswith("vault holds no backup.")


@once
def test_after_a_rotation_the_old_key_can_be_thrown_away(shelf, new_machine):
    machine = new_machine()
    machine.succeed("restore", str(shelf))
    new, old = (
        "A" * 43 + "=",
        machine.python("import base64; from django.conf import settings; print(base64.urlsafe_b64encode(settings.VAULT_KEYS[0]).decode())"),
    )
    machine.variables["VAULT_KEYS"] = f"{new},{old}"
    assert machine.succeed("rewrap").startswith("2 keys were wrapped anew.")
    machine.variables["VAULT_KEYS"] = new
    assert machine.python(READ) == str([WORDS["kept"], None, WORDS["later"]])


@once
def test_a_running_worker_forbids_a_restore(shelf, restored):
    restored.python("""
from django.utils import timezone
from releve.config.models import Beat
Beat.objects.create(name="worker:1", at=timezone.now())
""")
    sentence = restored.refuse("restore", str(shelf), "--replace")
    restored.python("from releve.config.models import Beat; Beat.objects.all().delete()")
    assert sentence == "CommandError: A worker is running on this database. Stop releve worker and releve serve, then restore."


@once
def test_what_a_killed_backup_left_is_cleared(shelf, restored):
    left = shelf / ".unfinished" / "vault-old"
    left.mkdir(parents=True)
    (left / "database.sqlite3").write_text("an old vault")
    restored.succeed("backup", str(shelf))
    assert not (shelf / ".unfinished").exists()


@once
def test_a_folder_that_cannot_be_written_is_told(drill, tmp_path):
    (tmp_path / "file").write_text("")
    assert drill[0].refuse("backup", str(tmp_path / "file")).startswith("CommandError: No backup was made.")


def test_missing_programs_of_postgresql_are_named(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BackupRefused, match=r"^pg_dump and psql cannot be found on this machine\. Install"):
        postgres.require_programs()
