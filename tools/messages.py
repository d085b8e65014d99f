"""Keep the catalogues of interface texts complete, without the gettext programs.

python -m tools.messages sync [ROOM]    extract, merge, compile; print what has no French yet (of one room)
python -m tools.messages sync --prune   the same, and forget texts that no source holds any more
python -m tools.messages set FILE.json  take French texts: {"msgid": "msgstr", "context\\u0004msgid": "msgstr",
                                        "singular msgid": ["singulier", "pluriel"]}
python -m tools.messages compile        write the .mo files
python -m tools.messages check          fail on whatever is missing, left over or malformed
"""

import io
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "releve"
LANGUAGES = ("fr", "en")
LOCK = ROOT / "var" / "messages.lock"
CONTEXT_MARK = "\x04"
FAULTS_SHOWN = 30
KEYWORDS = (
    dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"))
    | dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2))
    | dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2))
    | dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3))
)
HEADER_COMMENT = "# Relève: the texts of the interface, written by tools/messages.py.\n#"
HEADERS_LEFT_OUT = tuple(  # they say nothing, or change at every run
    f'"{name}:'.encode()
    for name in (
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Generated-By",
    )
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
TAG_OR_PLACEHOLDER = re.compile(r"<[^>]*>|%\(\w+\)[sd]")
FRENCH_FAULTS = {
    re.compile(r"\w'\w"): "a straight apostrophe (write ’)",
    re.compile(r" [:;?!»]|« "): "an ordinary space beside : ; ? ! « or » (write a non-breaking one)",
    re.compile(r'"'): "straight quotation marks (write « »)",
}


def extracted() -> Catalog:
    """Return every text of the Python files and templates, in the order of their paths."""
    template = Catalog()
    for path in sorted(SOURCES.rglob("*")):
        for line, text, comments, context in _texts_of(path):
            location = (path.relative_to(ROOT).as_posix(), line)
            template.add(text, locations=[location], auto_comments=comments, context=context)
    return template


def _texts_of(path: Path) -> Iterator[tuple]:
    if path.suffix == ".py" and "migrations" not in path.parts:
        source = path.read_bytes()
        compile(source, str(path), "exec")  # Babel would skip over a broken file, and its texts would be lost
    elif path.is_file() and "templates" in path.parts:
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        source = "\n".join(line.lstrip() for line in code.splitlines()).encode()  # Babel reads a margin as Python's indentation
    else:
        return
    yield from extract("python", io.BytesIO(source), keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True)


def catalogue_file(language: str) -> Path:
    return SOURCES / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    path = catalogue_file(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def merged(template: Catalog, old: Catalog) -> Catalog:
    """Return the texts of the template with the old translations, those of vanished texts kept as obsolete."""
    new = Catalog(locale=old.locale, header_comment=HEADER_COMMENT, fuzzy=False)
    known = {**old.obsolete, **{_key(message): message for message in old if message.id}}
    for message in template:
        if message.id:
            before = known.pop(_key(message), None)
            string = before.string if before and _is_plural(before) == _is_plural(message) else None
            new.add(message.id, string, message.locations, auto_comments=message.auto_comments, context=message.context)
    new.obsolete = {key: message for key, message in known.items() if is_translated(message)}
    return new


def write(language: str, catalogue: Catalog) -> None:
    path = catalogue_file(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.BytesIO()
    write_po(text, catalogue, width=0, include_lineno=False, sort_by_file=True)
    lines = text.getvalue().splitlines(keepends=True)
    _replace(path, b"".join(line for line in lines if not line.startswith(HEADERS_LEFT_OUT)))
    compile_one(catalogue, path)


def compile_one(catalogue: Catalog, path: Path) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    _replace(path.with_suffix(".mo"), compiled.getvalue())


def _replace(path: Path, content: bytes) -> None:
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(content)
    new.replace(path)


def _key(message: Message) -> str | tuple[str, str]:
    singular = message.id[0] if _is_plural(message) else message.id
    return (singular, message.context) if message.context else singular


def _is_plural(message: Message) -> bool:
    return isinstance(message.id, (list, tuple))


def _forms(text: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return list(text) if isinstance(text, (list, tuple)) else [text or ""]


def is_translated(message: Message) -> bool:
    return all(_forms(message.string))


def name_of(message: Message) -> str:
    """Return the text as `set` names it."""
    singular = _forms(message.id)[0]
    return f"{message.context}{CONTEXT_MARK}{singular}" if message.context else singular


def problems_with(message: Message, string: str | list[str], language: str) -> list[str]:
    """Say what is wrong with one translation, apart from its absence."""
    problems = []
    if _is_plural(message) != isinstance(string, (list, tuple)):
        return ["singular and plural are needed" if _is_plural(message) else "has no plural"]
    if _is_plural(message) and len(string) != 2:
        return ["needs exactly two forms, singular and plural"]
    sources, forms = _forms(message.id), _forms(string)
    wanted = set(PLACEHOLDER.findall(sources[-1]))
    if set(PLACEHOLDER.findall(forms[-1])) != wanted:
        problems.append(f"placeholders differ from {sorted(wanted)}")
    if not set(PLACEHOLDER.findall(forms[0])) <= wanted:
        problems.append("the singular has placeholders of its own")
    if language == "fr":
        plain = " ".join(TAG_OR_PLACEHOLDER.sub("x", form) for form in forms)
        problems += [fault for pattern, fault in FRENCH_FAULTS.items() if pattern.search(plain)]
    return problems


def sync(room: str = "", prune: bool = False) -> int:
    with locked():
        template = extracted()
        for language in LANGUAGES:
            catalogue = merged(template, read(language))
            if prune:
                catalogue.obsolete.clear()
            write(language, catalogue)
    french = read("fr")
    missing = [message for message in french if message.id and not is_translated(message) and _is_in(message, room)]
    print(json.dumps({name_of(message): _empty(message) for message in missing}, ensure_ascii=False, indent=1))
    print(f"{len(french)} texts, {len(missing)} without French{f' in {room}' if room else ''}.", file=sys.stderr)
    return 0


def _is_in(message: Message, room: str) -> bool:
    return any(path.startswith(f"src/releve/{room}") for path, _line in message.locations)


def _empty(message: Message) -> str | list[str]:
    return ["", ""] if _is_plural(message) else ""


def set_french(file: str) -> int:
    """Take the translations of a JSON file; those with a fault are named and left out."""
    given = json.loads(Path(file).read_text(encoding="utf-8"))
    refused = 0
    with locked():
        catalogue = merged(extracted(), read("fr"))
        by_name = {name_of(message): message for message in catalogue if message.id}
        for name, string in given.items():
            message = by_name.get(name)
            problems = problems_with(message, string, "fr") if message else ["no source holds this text"]
            if problems or message is None:
                refused += 1
                print(f"refused: {name!r}: {'; '.join(problems)}", file=sys.stderr)
                continue
            if is_translated(message) and _forms(message.string) != _forms(string):
                print(f"changed: {name!r}: was {message.string!r}", file=sys.stderr)
            message.string = tuple(string) if _is_plural(message) else string
        write("fr", catalogue)
    print(f"{len(given) - refused} taken, {refused} refused.", file=sys.stderr)
    return 1 if refused else 0


def compile_all() -> int:
    with locked():
        for language in LANGUAGES:
            compile_one(read(language), catalogue_file(language))
    return 0


def check() -> int:
    """Fail when a catalogue does not hold exactly the texts of the sources, each well translated."""
    template = extracted()
    faults = [fault for language in LANGUAGES for fault in faults_of(read(language), template, language)]
    print("\n".join(faults[:FAULTS_SHOWN]) if faults else f"{len(template)} texts, complete in both languages.")
    if len(faults) > FAULTS_SHOWN:
        print(f"… and {len(faults) - FAULTS_SHOWN} more")
    return 1 if faults else 0


def faults_of(catalogue: Catalog, template: Catalog, language: str) -> list[str]:
    wanted = {name_of(message) for message in template if message.id}
    held = {name_of(message): message for message in catalogue if message.id}
    faults = [f"{language}: not in the catalogue (run sync): {name!r}" for name in sorted(wanted - held.keys())]
    faults += [f"{language}: in no source (run sync --prune): {name!r}" for name in sorted(held.keys() - wanted)]
    if catalogue.obsolete:
        faults.append(f"{language}: {len(catalogue.obsolete)} obsolete texts (run sync --prune)")
    for name, message in held.items():
        if message.fuzzy:
            faults.append(f"{language}: fuzzy: {name!r}")
        if language == "fr" and not is_translated(message):
            faults.append(f"fr: no translation: {name!r}")
        elif language == "en" and not _is_identity(message):
            faults.append(f"en: differs from its source, which is the English text: {name!r}")
        elif is_translated(message):
            faults += [f"{language}: {problem}: {name!r}" for problem in problems_with(message, message.string, language)]
    return faults


def _is_identity(message: Message) -> bool:
    return not any(_forms(message.string)) or _forms(message.string) == _forms(message.id)


@contextmanager
def locked() -> Iterator[None]:
    """Let one process at a time rewrite the catalogues."""
    try:
        import fcntl  # not on Windows
    except ImportError:
        yield
        return
    LOCK.parent.mkdir(exist_ok=True)
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main(arguments: list[str]) -> int:
    match arguments:
        case ["sync", "--prune"]:
            return sync(prune=True)
        case ["sync", *rooms] if len(rooms) < 2:
            return sync(*rooms)
        case ["set", file]:
            return set_french(file)
        case ["compile"]:
            return compile_all()
        case ["check"]:
            return check()
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
