"""The program designs that ship, one readable YAML file each."""

from pathlib import Path

from releve.programs.definition import Definition
from releve.programs.loading import load

FOLDER = Path(__file__).parent


class UnknownBlueprint(KeyError):
    """No design ships under this name."""


def names() -> list[str]:
    """List the designs that ship, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def read(name: str) -> Definition:
    """Read one design. Raises: UnknownBlueprint."""
    if name not in names():
        raise UnknownBlueprint(name)
    return load(FOLDER / f"{name}.yaml")
