"""The rules of the house that a machine can keep. Each fault names its place and the mend is in the test's name."""

import ast
import importlib
import importlib.util
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections, models
from django.db.migrations.loader import MigrationLoader
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "releve"
FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 400, 40, 150

# Reasoned exceptions: what it is, and why shorter would read worse.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
LONG_TEMPLATES: dict[str, str] = {}
BARE_OBJECTS: dict[str, str] = {}

VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base"}
LEFT_OPEN = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b|[Ll]orem ipsum|not implemented " r"yet")
ONE_ENGINE_ONLY = re.compile(r"\bArrayField\b|\bdjango\.contrib\.postgres\b|\.distinct\([^)]|__contained_by\b")
OF_SOMEONE_ELSE = ("views", "coordinator_views", "forms", "urls")
MADE_FOR_OTHERS = {"releve.questionnaires.forms"}  # the room is there to make forms for the others


def python_files(*folders: Path) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*.py") if "migrations" not in path.parts)


def own_files() -> list[Path]:
    return [ROOT / "dev.py", *python_files(PACKAGE, ROOT / "tools", ROOT / "tests")]


def templates() -> list[Path]:
    return sorted(path for path in PACKAGE.glob("**/templates/**/*") if path.is_file())


def views_files() -> list[Path]:
    return [path for path in python_files(PACKAGE) if {"views", "coordinator_views"} & {path.stem, path.parent.name}]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path))


def nodes(path: Path, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, kinds))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def layers() -> list[set[str]]:
    """Return the rooms from the roof down, as the import contract of pyproject.toml says."""
    contracts = tomllib.loads(text(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
    rooms = next(contract for contract in contracts if contract["containers"] == ["releve"])["layers"]
    return [set(re.findall(r"\w+", layer)) for layer in rooms]


# --- sizes and names


def test_no_file_is_too_long():
    long = {name(path) for path in own_files() if len(text(path).splitlines()) > FILE_LINES}
    assert long == set(LONG_FILES)


def test_no_template_is_too_long():
    long = {name(path) for path in templates() if len(text(path).splitlines()) > TEMPLATE_LINES}
    assert long == set(LONG_TEMPLATES)


def test_no_function_is_too_long():
    long = {
        f"{name(path)}:{node.name}"
        for path in [ROOT / "dev.py", *python_files(PACKAGE, ROOT / "tools")]
        for node in nodes(path, ast.FunctionDef, ast.AsyncFunctionDef)
        if node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    }
    assert long == set(LONG_FUNCTIONS)


def test_no_module_has_a_vague_name():
    assert [name(path) for path in own_files() if path.stem in VAGUE_NAMES or path.parent.name in VAGUE_NAMES] == []


def test_nothing_is_left_open():
    found = [(name(path), line) for path in [*own_files(), *templates()] for line in text(path).splitlines() if LEFT_OPEN.search(line)]
    assert found == []


# --- directions (imports between rooms: `dev.py check`)


def test_foreign_keys_point_downwards():
    rank = {room: place for place, layer in enumerate(layers()) for room in layer}
    user = apps.get_model(settings.AUTH_USER_MODEL)
    upward = []
    for model in apps.get_models():
        here = model.__module__.split(".")
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if here[0] != "releve" or not field.concrete or not isinstance(target, type) or target is user:
                continue
            there = target.__module__.split(".")
            if there[0] == "releve" and here[1] != there[1] and rank[there[1]] <= rank[here[1]]:
                upward.append(f"{model.__name__}.{field.name} → {target.__name__}")
    assert upward == []


def test_no_room_imports_the_pages_or_private_names_of_another():
    faults = []
    for path in python_files(PACKAGE):
        if room_of(path) in {"config", "__init__.py", "__main__.py"}:
            continue
        for node in nodes(path, ast.ImportFrom):
            parts = (node.module or "").split(".")
            if node.level or parts[0] != "releve" or len(parts) < 2 or parts[1] == room_of(path):
                continue
            words = [*parts[2:], *(alias.name for alias in node.names)]
            if node.module in MADE_FOR_OTHERS:
                continue
            if set(words) & set(OF_SOMEONE_ELSE) or any(word.startswith("_") for word in words):
                faults.append(f"{name(path)}:{node.lineno} {node.module}")
    assert faults == []


def test_imports_inside_functions_say_why():
    faults = []
    for path in own_files():
        lines = text(path).splitlines()
        for function in nodes(path, ast.FunctionDef, ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, (ast.Import, ast.ImportFrom)) and "#" not in lines[node.lineno - 1]:
                    faults.append(f"{name(path)}:{node.lineno}")
    assert faults == []


def test_templates_take_pieces_only_from_their_room_and_core():
    homes = {path.relative_to(next(p for p in path.parents if p.name == "templates")).as_posix(): room_of(path) for path in templates()}
    faults = []
    for path in templates():
        for wanted in re.findall(r"{%\s*(?:include|extends)\s+[\"']([^\"'#]+)", text(path)):
            owner = homes.get(wanted)
            if owner not in {None, "core", room_of(path)} and room_of(path) != "home":
                faults.append(f"{name(path)} takes {wanted}")
    assert faults == []


# --- pages


def test_views_start_from_what_the_person_may_see():
    """`Relationship.objects.visible_to(request.user)`, or another question about the person; never `Relationship.objects.filter`."""
    bare = set()
    for path in views_files():
        asked = {
            id(call.func.value)
            for call in nodes(path, ast.Call)
            if isinstance(call.func, ast.Attribute) and call.args and ast.unparse(call.args[0]) == "request.user"
        }
        for node in nodes(path, ast.Attribute):
            if node.attr in {"objects", "_default_manager"} and id(node) not in asked:
                bare.add(f"{name(path)}: {ast.unparse(node)}")
    assert bare == set(BARE_OBJECTS)


def pages(resolver: URLResolver, namespace: str = "", known: tuple = ()) -> Iterator[tuple[str, URLPattern, dict]]:
    """Give every named page of ours with the arguments of its address."""
    for entry in resolver.url_patterns:
        arguments = {**dict(known), **entry.pattern.converters}
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from pages(entry, inner, tuple(arguments.items()))
        elif entry.name and entry.callback.__module__.startswith("releve."):
            yield f"{namespace}{entry.name}", entry, arguments


EXAMPLES = {"IntConverter": 1, "UUIDConverter": "00000000-0000-4000-8000-000000000000", "SlugConverter": "a", "PathConverter": "a"}


def test_every_page_refuses_an_anonymous_visitor_unless_it_is_marked_public(client):
    opened = []
    for page, entry, arguments in pages(get_resolver()):
        if not getattr(entry.callback, "login_required", True):
            continue
        values = {key: EXAMPLES.get(type(converter).__name__, "a") for key, converter in arguments.items()}
        for language in ("fr", "en"):
            with translation.override(language):
                address = reverse(page, kwargs=values)
                answer = client.get(address)
                if (answer.status_code, answer.get("Location", "").partition("?")[0]) != (302, reverse(settings.LOGIN_URL)):
                    opened.append(f"{page} answers {answer.status_code}")
    assert opened == []


def test_every_page_has_a_name():
    def nameless(resolver: URLResolver) -> Iterator[str]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                yield from nameless(entry)
            elif entry.callback.__module__.startswith("releve.") and not entry.name:
                yield str(entry.pattern)

    assert list(nameless(get_resolver())) == []


def test_templates_hold_no_inline_script_or_style():
    inline = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|<style|\sstyle=|\son[a-z]+=\"", re.IGNORECASE)
    assert [name(path) for path in templates() if "/emails/" not in name(path) and inline.search(text(path))] == []


def test_every_blocktranslate_is_trimmed():
    tags = re.compile(r"{%\s*blocktrans(?:late)?\b[^%]*%}")
    assert [(name(path), tag) for path in templates() for tag in tags.findall(text(path)) if "trimmed" not in tag] == []


# --- data


def test_migrations_are_linear():
    loader = MigrationLoader(connections["default"])
    assert loader.detect_conflicts() == {}


def test_nothing_works_on_one_engine_only():
    found = [(name(path), line) for path in python_files(PACKAGE) for line in text(path).splitlines() if ONE_ENGINE_ONLY.search(line)]
    assert found == []


def test_every_field_is_classified_as_personal_or_not():
    faults = []
    for config in apps.get_app_configs():
        if not config.name.startswith("releve.") or not list(config.get_models()):
            continue
        if importlib.util.find_spec(f"{config.name}.personal_data") is None:
            faults.append(f"{config.name} has no personal_data.py")
            continue
        classified = importlib.import_module(f"{config.name}.personal_data").PERSONAL_DATA
        for model in config.get_models():
            actual = {field.name for field in model._meta.get_fields() if isinstance(field, models.Field)}
            faults += [f"{model.__name__}.{field}" for field in sorted(actual ^ set(classified.get(model.__name__, ())))]
        faults += [f"{config.name}: no model {left}" for left in sorted(classified.keys() - {m.__name__ for m in config.get_models()})]
    assert faults == []


# --- settings and tests


def test_every_setting_is_explained():
    read = {
        call.args[0].value
        for call in nodes(PACKAGE / "config" / "settings.py", ast.Call)
        if ast.unparse(call.func).startswith("environment.") and call.args and isinstance(call.args[0], ast.Constant)
    }
    explained = set(re.findall(r"^(?:# )?([A-Z_]+)=", text(ROOT / ".env.example"), re.MULTILINE))
    assert explained == read


@pytest.mark.parametrize("forbidden", ["unittest.mock", "time.sleep"])
def test_tests_neither_mock_nor_wait(forbidden):
    module, _, function = forbidden.rpartition(".")
    pattern = re.compile(rf"\b{re.escape(forbidden)}\(|from {module} import .*\b{function}\b|import {re.escape(forbidden)}\b")
    assert [name(path) for path in python_files(ROOT / "tests") if path != Path(__file__) and pattern.search(text(path))] == []
