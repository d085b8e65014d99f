"""Make the same text the same characters, however the program that saved it wrote them."""

import re
import unicodedata

# What no keyboard writes on purpose: control characters, marks of order, invisible joints.
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]")
HARD_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
HARD_HYPHENS = re.compile("[\u2010\u2011]")
MARKED_AS_TEXT = re.compile(r"^'(?=\s*[=+\-@])")


def clean(cell: str) -> str:
    """Compose accents, join line ends, drop what cannot be seen; people's own spaces and words stay."""
    text = cell.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text)).strip()
    return MARKED_AS_TEXT.sub("", text)


def tidy(cell: str) -> str:
    """Write a short text on one line with ordinary spaces and hyphens."""
    return " ".join(HARD_HYPHENS.sub("-", HARD_SPACES.sub(" ", cell)).split())


def fold(text: str) -> str:
    """Write a text the one way by which texts are compared: no accents, no capitals, no punctuation."""
    letters = unicodedata.normalize("NFKD", tidy(text).casefold())
    kept = "".join(letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join(kept.split())
