"""What the component tags print: small frozen shapes that rooms fill and templates show."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from releve.core.visibility import Visibility

Tone = Literal["plain", "pine", "amber", "plum", "rust"]
StepState = Literal["done", "now", "later", "skipped", "stopped"]


@dataclass(frozen=True)
class Chip:
    """A word or two about a thing's state; `icon` is a Lucide name."""

    label: str
    tone: Tone = "plain"
    icon: str = ""


@dataclass(frozen=True)
class NextAction:
    """The one thing a person has to do now.

    `label` is the verb on the button; `about` says which place it is owed in, to whoever stands in several;
    `reads` a class of readers or a ready sentence, `members`
    the first names of the other members. `later_url` and `later_label` offer another way; `later_form`
    names a form of the page that the second button sends instead. `waits` says that others act now.
    """

    title: str
    url: str
    label: str
    reason: str = ""
    due: dt.date | dt.datetime | None = None
    minutes: int | None = None
    reads: Visibility | str = ""
    members: Sequence[str] = ()
    later_url: str = ""
    later_label: str = ""
    later_form: str = ""
    waits: bool = False
    about: str = ""


@dataclass(frozen=True)
class Stage:
    """One stage of a funnel: how many people are that far; `url` leads to them."""

    label: str
    count: int
    url: str = ""


@dataclass(frozen=True)
class Step:
    """One knot of the thread; `url` makes the title a link."""

    title: str
    state: StepState = "later"
    text: str = ""
    url: str = ""
    chips: Sequence[Chip] = ()
    reads: Visibility | str = ""
    members: Sequence[str] = ()
