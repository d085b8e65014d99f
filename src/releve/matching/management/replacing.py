"""Write a file whole or not at all."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.management.base import CommandError
from django.utils.translation import gettext as _


def replace_file(path: Path, content: bytes) -> None:
    """Write beside the file, then take its place: whoever stops this half way leaves what stood there before.

    Raises: CommandError when nothing can be written there.
    """
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as beside:
            try:
                beside.write(content)
                beside.close()
                Path(beside.name).replace(path)
            except BaseException:
                Path(beside.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise CommandError(_("“%(file)s” cannot be written: %(reason)s.") % {"file": path, "reason": error.strerror}) from error
