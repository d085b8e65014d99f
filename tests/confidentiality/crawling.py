"""Everything that one person can read: pages followed from home, every address open to them, exports and letters."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urljoin, urlsplit

from django.core import mail
from django.urls import Resolver404, resolve
from django.utils.translation import override

from releve.notifications.models import Letter
from releve.notifications.queries import preview, written_out
from releve.people.models import Person
from tests.confidentiality import filling, markers
from tests.confidentiality.access_table_staff import TABLE
from tests.confidentiality.extracting import text_of
from tests.confidentiality.visits import Visitor, page_names, path_of, undone
from tests.confidentiality.world import World

SAME_PAGE_SHOWN = 3  # with other values of the same filters, orders and page numbers
ALIKE = {  # pages of many that show one definition or ask one question: so many of each, unless everything is asked for
    "enrolment:assess_readiness": 1,
    "enrolment:list_people": 5,
    "enrolment:register": 1,
    "enrolment:withdraw_person": 2,
    "library:read_document": 1,
    "programs:edit_letter": 2,
    "programs:edit_text": 2,
    "programs:end_appointment": 1,
}
EXPORTS = ("enrolment:export_people",)  # a form answers with a file
UNCONCERNED = ("programs:", "library:", "account_", "people:", "notifications:", "enrolment:import", "styleguide")
ENDS_THE_VISIT = ("account_logout", "people:accept_sign_in")
SENT_AWAY = re.compile(r"/account/(login|logout)/")


def unconcerned() -> set[str]:
    """Name the pages that hold definitions and accounts, for questions that have nothing to do with them."""
    return {name for name in page_names() if name.startswith(UNCONCERNED)}


@dataclass
class Findings:
    """Where each planted thing was read."""

    places: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    pages: set[str] = field(default_factory=set)
    exports: int = 0
    letters: int = 0
    dead: list[str] = field(default_factory=list)
    limits: dict[str, int] = field(default_factory=dict)  # how many more of a kind of page
    texts: dict[str, str] | None = None

    def note(self, place: str, text: str) -> None:
        if self.texts is not None:
            self.texts[place] = text
        for thing in markers.found_in(text):
            self.places[thing].append(place)


def crawl(
    world: World,
    who: str,
    language: str,
    *,
    everything: bool = False,
    limits: dict[str, int] = ALIKE,
    texts: dict[str, str] | None = None,
) -> Findings:
    """Visit everything open to one person in one language; nothing stays changed. `texts` takes what was read."""
    found = Findings(limits={} if everything else dict(limits), texts=texts)
    visitor = Visitor(world.people.get(who))
    with override(language):
        own = list(own_addresses(world, who))
        sent = list(own_addresses(world, who, sending=True, everything=everything))
    follow(visitor, [f"/{language}/", *(path for name, path in own if found.limits.get(name, 1) > 0)], found, language)
    for name, path in sent:
        send_bare(visitor, path, found)
        if name in EXPORTS:
            export(visitor, path, found)
    return found


def own_addresses(world: World, who: str, *, sending: bool = False, everything: bool = True) -> Iterator[tuple[str, str]]:
    """Return the addresses that the access table opens to somebody, or leaves open.

    Of those that are sent to, a page that was opened before answers as it did: those alone that cannot be opened.
    """
    for name in sorted(page_names() & set(TABLE)):
        for row in TABLE[name]:
            if sending and not (everything or row.only_sent or name in EXPORTS):
                continue
            allowed = row.may_send(who) or name in EXPORTS if sending else row.may_open(who)
            if (allowed or row.is_open_question(who)) and name not in ENDS_THE_VISIT:
                yield name, path_of(name, world.arguments(row.at))


def follow(visitor: Visitor, starts: Iterable[str], found: Findings, language: str) -> None:
    """Open pages and what they link to, until nothing new turns up."""
    waiting = list(starts)
    offered = set(waiting)
    variants: dict[str, int] = defaultdict(int)
    while waiting:
        address = waiting.pop()
        with undone(visitor):
            response = visitor.open(address)
        found.pages.add(address)
        found.exports += not response.get("Content-Type", "").startswith("text/html")
        found.note(address, text_of(response))
        if response.status_code >= 500 or (response.status_code == 404 and address not in starts):
            found.dead.append(f"{response.status_code} {address}")
        links = [response.url] if response.status_code == 302 else filling.read(filling.page_of(response))[1]
        for link in links:
            target = urljoin(f"http://testserver{address}", link).partition("#")[0]
            if target not in offered and is_worth_a_visit(target, language, variants, found.limits):
                offered.add(target)
                waiting.append(target.removeprefix("http://testserver"))


def is_worth_a_visit(target: str, language: str, variants: dict[str, int], limits: dict[str, int]) -> bool:
    parts = urlsplit(target)
    if parts.netloc != "testserver" or not parts.path.startswith(f"/{language}/") or SENT_AWAY.search(parts.path):
        return False
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return True
    if name in ENDS_THE_VISIT or limits.get(name, 1) <= 0:
        return False
    if name in limits:
        limits[name] -= 1
    kept = f"{parts.path} {sorted(parse_qs(parts.query))}"
    variants[kept] += 1
    return not parts.query or variants[kept] <= SAME_PAGE_SHOWN


def send_bare(visitor: Visitor, path: str, found: Findings) -> None:
    """Send a form with nothing in it: the answer is a page, or a file, too."""
    with undone(visitor):
        response = visitor.send(path)
    found.exports += response.status_code == 200 and not response.get("Content-Type", "").startswith("text/html")
    found.note(f"POST {path}", text_of(response))


def export(visitor: Visitor, path: str, found: Findings) -> None:
    """Ask for everything that an export offers, in each of its formats."""
    forms, _links = filling.read(filling.page_of(visitor.open(path)))
    for form in forms:
        if form.method != "post" or not form.choices:
            continue
        for name, values in form.choices.items():
            for value in values:
                with undone(visitor):
                    response = visitor.send(urljoin(path, form.action), form.filled({}, **{name: value}))
                assert "attachment" in response.get("Content-Disposition", ""), f"{path} gave no file for {name}={value}"
                found.exports += 1
                found.note(f"export {path} {name}={value}", text_of(response))


def letters_to(person: Person, found: Findings) -> None:
    """Read what was sent to a person, and what each letter of theirs would say in either language."""
    for message in mail.outbox:
        if person.email in message.to:
            found.note("letter", "\n".join([message.subject, str(message.body), *(str(part[0]) for part in message.alternatives)]))
            found.letters += 1
    language = person.language
    for letter in Letter.objects.filter(person=person):
        for person.language in ("fr", "en"):
            content = preview(letter.kind, letter.ids, person)
            if content is not None:
                rendered = written_out(letter.kind, content, person)
                found.note(f"letter {letter.kind}", "\n".join([rendered.subject, rendered.text, rendered.html, str(content)]))
                found.letters += 1
    person.language = language
