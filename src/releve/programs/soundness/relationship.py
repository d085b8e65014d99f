"""A relationship that can be formed, settings that hold a value, and ways out that lead somewhere."""

import re
from collections.abc import Iterator

from releve.programs.definition import Definition, HardRule, Section, Setting
from releve.programs.problems import Path, Problem
from releve.questionnaires.conditions import as_date

from .walking import mentions

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")

# Kinds of rules and criteria that compare answers, and so name them.
COMPARING = frozenset({"not_line_manager", "same_answer", "not_same_answer", "seniority", "not_evaluator", "conflict", "includes"})
TWO_SIDED = frozenset({"overlap", "same", "near", "distance", "hours", "values"})


def unformable(definition: Definition) -> Iterator[Problem]:
    """Find what keeps any relationship from being formed."""
    shape = definition.relationship
    enrolled = {role.id for role in definition.roles if role.enrols}
    for role, count in shape.members.items():
        path: Path = ("relationship", "members", role)
        if role not in enrolled:
            yield Problem("role_does_not_enrol", path, {"role": definition.role(role).name})
        if count.least > count.most or count.most == 0:
            yield Problem("least_over_most", path, {"least": str(count.least), "most": str(count.most)})
    least = sum(count.least for count in shape.members.values())
    most = sum(count.most for count in shape.members.values())
    if most < 2 or (shape.shape == "dyad" and (least, most) != (2, 2)):
        yield Problem("not_a_pair" if shape.shape == "dyad" else "not_a_group", ("relationship", "members"))
    yield from _agreement(definition)
    if (shape.after_end == "rolls_over") != (definition.roll_over is not None):
        yield Problem("roll_over_alone", ("relationship", "after_end"))


def _agreement(definition: Definition) -> Iterator[Problem]:
    agreement, members = definition.relationship.agreement, definition.relationship.members
    for index, role in enumerate(agreement.by):
        if role not in members:
            yield Problem("agreement_outside", ("relationship", "agreement", "by", index), {"role": definition.role(role).name})
    if agreement.kind in ("contact_meeting", "accept") and not agreement.by:
        yield Problem("agreement_by_nobody", ("relationship", "agreement"))


def unpairable(definition: Definition) -> Iterator[Problem]:
    """Find pairing rules and criteria that compare nothing."""
    for index, rule in enumerate(definition.pairing.rules):
        if rule.kind in COMPARING and rule.question is None:
            yield _needs(rule, ("pairing", "rules", index))
    for index, criterion in enumerate(definition.pairing.criteria):
        for side in ("mentor", "mentee"):
            if criterion.kind in TWO_SIDED and getattr(criterion, side) is None:
                yield Problem("task_needs", ("pairing", "criteria", index), {"kind": criterion.kind, "key": side})
        for key in ("at", "within"):
            if criterion.kind == "distance" and not getattr(criterion, key):
                yield Problem("task_needs", ("pairing", "criteria", index), {"kind": criterion.kind, "key": key})
    purposes = {consent.purpose for consent in definition.consents}
    if definition.pairing.criteria and "profiling" not in purposes:
        yield Problem("profiling_without_consent", ("pairing", "criteria"))


def _needs(rule: HardRule, path: Path) -> Problem:
    return Problem("task_needs", path, {"kind": rule.kind, "key": "question"})


def unsettled(definition: Definition) -> Iterator[Problem]:
    """Find settings whose default does not fit, and places that ask a setting for another kind of value."""
    for index, setting in enumerate(definition.settings):
        if setting.type == "choice" and not setting.options:
            yield Problem("choice_without_options", ("settings", index))
        elif setting.default is not None and not fits(setting, setting.default):
            yield Problem("setting_default", ("settings", index, "default"), {"type": setting.type})
    wanted = {"number": "integer", "email": "email"}
    for mention in mentions(definition):
        prefix, _colon, name = mention.value.partition(":")
        if mention.kind in wanted and prefix == "setting" and definition.declared_setting(name).type != wanted[mention.kind]:
            yield Problem("setting_of_type", mention.path, {"id": name, "type": wanted[mention.kind]})
        elif mention.kind == "email" and prefix != "setting" and not ADDRESS.fullmatch(mention.value):
            yield Problem("not_an_address", mention.path, {"value": mention.value})


def fits(setting: Setting, value: object) -> bool:
    """Say whether a setting can have this value."""
    if setting.type == "integer":
        whole = isinstance(value, int) and not isinstance(value, bool)
        return whole and (setting.least is None or value >= setting.least) and (setting.most is None or value <= setting.most)
    if setting.type == "boolean":
        return isinstance(value, bool)
    if not isinstance(value, str):
        return False
    if setting.type == "choice":
        return value in {option.value for option in setting.options}
    if setting.type == "date":
        return as_date(value) is not None
    return setting.type != "email" or value == "" or ADDRESS.fullmatch(value) is not None


def unhelped(definition: Definition) -> Iterator[Problem]:
    """Find ways out that lead nowhere, windows that do not exist, tables that do not close."""
    wanted = {"contact": 1, "second_contact": 2}
    for index, stop in enumerate(definition.conflict.route):
        if len(definition.contacts) < wanted.get(stop, 0):
            yield Problem("route_to_nobody", ("conflict", "route", index))
    if not definition.contacts:
        yield Problem("no_contacts", ("contacts",))
    yield from _minimum(definition)
    for index, section in enumerate(definition.public_page):
        yield from _section(section, ("public_page", index))


def _section(section: Section, path: Path) -> Iterator[Problem]:
    if (section.body is None) == (section.table is None):
        yield Problem("section_body_or_table", path)
    if section.table:
        width = len(section.table.columns)
        for index, row in enumerate(section.table.rows):
            if len(row) != width:
                yield Problem("row_length", (*path, "table", "rows", index), {"count": str(width)})


def _minimum(definition: Definition) -> Iterator[Problem]:
    minimum = definition.contact.minimum
    if minimum is None:
        return
    path: Path = ("contact", "minimum")
    if [minimum.hours, minimum.meetings, minimum.events].count(None) != 2:
        yield Problem("minimum_of_what", path)
    if minimum.window == "topic" and not definition.contact.topics:
        yield Problem("window_without", (*path, "window"), {"window": "topic", "key": "contact.topics"})
    if minimum.window == "term" and not definition.periods:
        yield Problem("window_without", (*path, "window"), {"window": "term", "key": "periods"})
