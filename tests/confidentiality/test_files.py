"""The files of a real installation in which the world was played: databases, their journals, and both backups."""

import gzip
import lzma
from pathlib import Path

import pytest

from tests.confidentiality.covering import cover
from tests.confidentiality.markers import SEALED, TABLE, Kind, found_in, things
from tests.config.installation import Installation, once

PLAY = """
import time_machine
from tests.confidentiality.world import NOW, build
from releve.config.tick import run_jobs
with time_machine.travel(NOW, tick=False) as clock:
    build(clock)
    assert [one.job for one in run_jobs(NOW) if one.count is None] == []
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, bytes]:
    """Return every file of the installation and of its backups, opened where it is packed."""
    installation, shelf = Installation(tmp_path_factory.mktemp("installed")), tmp_path_factory.mktemp("shelf")
    installation.succeed(*installation.init())
    installation.python(PLAY)
    live = contents(installation.folder / "var")
    installation.succeed("backup", str(shelf))
    return live | contents(shelf)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): unpacked(path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()}


def unpacked(content: bytes) -> bytes:
    if content.startswith(b"\x1f\x8b"):
        return unpacked(gzip.decompress(content))
    if content.startswith(b"\xfd7zXZ"):
        return unpacked(lzma.decompress(content))
    assert not content.startswith((b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"BZh")), "packed in a way that hides its words"
    return content


def words_in(content: bytes) -> set[str]:
    return found_in(content.decode("latin-1")) | found_in(content.decode("utf-16", errors="ignore"))


@once
def test_no_file_holds_a_sealed_word(files, record_property):
    found = {name: words_in(content) & things(*SEALED) for name, content in files.items()}
    assert {name: words for name, words in found.items() if words} == {}
    databases = [content for content in files.values() if content.startswith(b"SQLite format 3\x00")]
    assert len(databases) >= 4  # data and vault, in use and in their backups
    cover(record_property, "backup", files=len(files), bytes=sum(map(len, files.values())), things=len(things(*SEALED)))


@once
def test_the_same_search_finds_what_is_not_sealed(files):
    words = set().union(*map(words_in, files.values()))
    assert {thing for thing in TABLE if TABLE[thing].kind is Kind.DECISION} <= words


@once
def test_the_data_backup_holds_no_key(files):
    data = [content for name, content in files.items() if "/data/" in name]
    vaults = [content for content in files.values() if b"vault_vaultkey" in content]
    assert data
    assert vaults
    assert not any(b"vault_vaultkey" in content for content in data)
