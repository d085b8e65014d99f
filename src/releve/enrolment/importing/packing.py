"""Look into a zip before anything opens it: how much comes out, whether it is locked, what it is."""

import io
import struct
import zipfile
import zlib

from .refusals import UnreadableFile

MOST_UNPACKED = 300 * 1024 * 1024
MOST_PARTS = 2_000
CHUNK = 1024 * 1024


def inspect(content: bytes) -> None:
    """Refuse an archive that is locked, damaged, no spreadsheet, or that swells beyond reason.

    Sizes are counted by unpacking, piece by piece, because the archive's own figures may lie.

    Raises: UnreadableFile.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise UnreadableFile("damaged") from error
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnreadableFile("password")
    names = {part.filename for part in parts}
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise UnreadableFile("not_a_table", kind="document")
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise UnreadableFile("not_a_table", kind="archive")
    if len(parts) > MOST_PARTS:
        raise UnreadableFile("zip_bomb")
    left = MOST_UNPACKED
    for part in parts:
        left -= _unpacked_size(content, part, left)
        if left < 0:
            raise UnreadableFile("zip_bomb")
    if b"encryption-data" in _manifest(archive, names):
        raise UnreadableFile("password")


def _unpacked_size(content: bytes, part: zipfile.ZipInfo, enough: int) -> int:
    """Count what one part unpacks to; stop counting once it is more than `enough`."""
    try:
        name_length, extra_length = struct.unpack_from("<HH", content, part.header_offset + 26)
    except struct.error as error:
        raise UnreadableFile("damaged") from error
    start = part.header_offset + 30 + name_length + extra_length
    packed = content[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        return len(packed)
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise UnreadableFile("damaged")
    unpack, size = zlib.decompressobj(-zlib.MAX_WBITS), 0
    try:
        while packed and not unpack.eof and size <= enough:
            size += len(unpack.decompress(packed, CHUNK))
            packed = unpack.unconsumed_tail
    except zlib.error as error:
        raise UnreadableFile("damaged") from error
    return size


def _manifest(archive: zipfile.ZipFile, names: set[str]) -> bytes:
    """Read the list of parts that an OpenDocument file carries; locked ones say so there."""
    return archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
