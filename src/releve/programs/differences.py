"""What changed from one version of a definition to another, place by place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from .definition import Definition
from .problems import Path, written

Data = Any


@dataclass(frozen=True)
class Change:
    """One place that differs. `before` and `after` are filled when they are single values that a person can read."""

    where: str
    kind: Literal["added", "removed", "changed"]
    before: str = ""
    after: str = ""


def differences(old: Definition, new: Definition) -> list[Change]:
    """List every place that differs. Order: as the new version writes them, what was removed last within its list."""
    return list(_between(old.as_data(), new.as_data(), ()))


def _between(old: Data, new: Data, path: Path) -> Iterator[Change]:
    if old == new:
        return
    both = (_named(old), _named(new))
    if both[0] is None or both[1] is None:
        yield Change(written(path), "changed", _said(old), _said(new))
        return
    before, after = both
    for key, value in after.items():
        if key in before:
            yield from _between(before[key], value, (*path, key))
        else:
            yield Change(written((*path, key)), "added", "", _said(value))
    for key, value in before.items():
        if key not in after:
            yield Change(written((*path, key)), "removed", _said(value), "")
    if isinstance(new, list) and list(before) != list(after) and sorted(map(str, before)) == sorted(map(str, after)):
        yield Change(written(path), "changed")  # the same things in another order


def _named(data: Data) -> dict[str | int, Data] | None:
    """Look at a mapping or at a list of parts by name, at any other list by number."""
    if isinstance(data, dict):
        return data
    if not isinstance(data, list):
        return None
    names = [item.get("id", item.get("value")) if isinstance(item, dict) else None for item in data]
    if None in names or len(set(names)) != len(names):
        return dict(enumerate(data))
    return dict(zip(names, data, strict=True))


def _said(data: Data) -> str:
    return "" if isinstance(data, dict | list) or data is None else str(data)
