"""Measure the pages with lists, ten thousand people in one cohort: `python -m benchmarks.lists`.

Each page is opened by the test client, through every middleware and template, as its reader would open it.
Units: milliseconds of one request, without network. See benchmarks/README.md.
"""

import argparse
import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks import installation, machine
from benchmarks.pages import table, write_part

AIM_MS = 100
WARMING = 2


@dataclass(frozen=True)
class Page:
    """One address, who opens it, and whether the aim is for it."""

    name: str
    reader: str
    path: str
    posted: dict[str, Any] | None = None  # sent to the address instead of only opening it
    aimed: bool = True


@dataclass(frozen=True)
class Measured:
    """What one page took."""

    name: str
    queries: int
    kilobytes: int
    median_ms: float
    p95_ms: float
    processor_ms: float
    aimed: bool

    @property
    def misses(self) -> bool:
        return self.aimed and self.median_ms > AIM_MS


def main() -> int:
    arguments = _arguments()
    with installation.temporary():
        from benchmarks import chapter  # needs Django

        started = time.perf_counter()
        built = chapter.build(arguments.people)
        seconds = time.perf_counter() - started
        _settle()
        described = machine.describe() | {"database": _database()}
        print(f"{arguments.people} people built in {seconds:.0f} s. {machine.in_words(described)}\n", flush=True)
        measured = [_report(one) for one in _measure_all(built, arguments)]
    missed = [one.name for one in measured if one.misses]
    print(f"\n{_verdict(missed)}")
    whole = {"machine": described, "people": arguments.people, "rounds": arguments.rounds, "aim_ms": AIM_MS}
    whole |= {"pages": [asdict(one) for one in measured], "missed": missed}
    if arguments.json:
        arguments.json.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if arguments.write:
        write_part("scale.md", f"benchmarks.lists on {described['database'].partition(' ')[0]}", _in_markdown(whole, measured))
    return 0


def _verdict(missed: list[str]) -> str:
    return f"Over {AIM_MS} ms: {'; '.join(missed)}." if missed else f"No page is over {AIM_MS} ms."


def _in_markdown(whole: dict[str, Any], measured: list[Measured]) -> str:
    rows = [
        [one.name, f"{one.median_ms:.0f}", f"{one.p95_ms:.0f}", f"{one.processor_ms:.0f}", str(one.queries), str(one.kilobytes)]
        for one in measured
    ]
    told = f"{whole['people']} people, {whole['rounds']} requests of each page. {machine.in_words(whole['machine'])}"
    return f"{told}\n\n{table(['page', 'median ms', 'p95 ms', 'processor ms', 'queries', 'kB'], rows)}\n\n{_verdict(whole['missed'])}"


def _settle() -> None:
    """Leave behind what building did to this process and to the database, which a server in use would not see."""
    from django.db import connection  # needs Django

    gc.collect()
    gc.freeze()
    if connection.vendor == "postgresql":  # autovacuum does it within minutes of such a load
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lists", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=10_000, help="participants of the cohort (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=20, help="requests of each page that count (default: %(default)s)")
    parser.add_argument("--only", default="", help="pages whose name holds this word")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--write", action="store_true", help="write the figures into docs/scale.md")
    return parser.parse_args()


def _pages(built: Any) -> Iterator[Page]:
    """List the pages, each list with every sort, filter, search and page that it has."""
    from django.urls import reverse  # needs Django

    def at(name: str, reader: str, view: str, *arguments: Any, query: str = "", **more: Any) -> Page:
        address = reverse(view, args=arguments)
        return Page(name, reader, f"{address}?{query}" if query else address, **more)

    cohort = built.cohort.pk
    for name, query in PEOPLE.items():
        yield at(f"people: {name}", "coordinator", "enrolment:list_people", cohort, query=query)
    for name, query in PAIRS.items():
        yield at(f"pairs: {name}", "coordinator", "relationships:list_relationships", cohort, query=query)
    yield at("board", "coordinator", "home:show_board", cohort)
    yield at("board: page 3 of who needs care", "coordinator", "home:show_board", cohort, query="page=3")
    yield at("figures", "coordinator", "reports:show_figures", cohort)
    yield at("log", "coordinator", "home:show_log", cohort)
    yield at("evaluations: first page", "coordinator", "surveys:list_evaluations", cohort)
    yield at("evaluations: last page", "coordinator", "surveys:list_evaluations", cohort, query="page=9999")
    for name, query in {"first page": "", "last page": "page=9999"}.items():
        yield at(f"pairing: {name}", "coordinator", "matching:show_pairing", cohort, query=query)
    yield at("pairing: two people", "coordinator", "matching:decide_pair", cohort, *built.suggested)
    yield at("pairing by hand: first page", "coordinator", "matching:choose_by_hand", cohort)
    yield at("pairing by hand: a name", "coordinator", "matching:choose_by_hand", cohort, query="search=1&search_mentor=belanger")
    yield at("invitations", "coordinator", "enrolment:invite_people", cohort)
    for name, query in SHEETS.items():
        yield at(f"directory: {name}", "waiting", "enrolment:browse_sheets", cohort, query=query)
    yield at("today, paired", "paired", "home:show_today")
    yield at("today, waiting", "waiting", "home:show_today")
    yield at("export of everyone", "coordinator", "enrolment:export_people", cohort, posted=EXPORT, aimed=False)


PEOPLE = {
    "first page": "",
    "page 100": "page=100",
    "last page": "page=9999",
    "sorted by name, descending": "sort=-name",
    "sorted by role": "sort=role",
    "sorted by state": "sort=state",
    "sorted by confirmation": "sort=confirmed",
    "one role": "role=mentor",
    "one state": "state=waiting",
    "one answer": "q_region=montreal",
    "two answers": "q_region=montreal&q_profession=nursing",
    "a name": "search=belanger",
    "two words": "search=chloe+montreal",
    "a name nobody has": "search=nobodyatall",
    "all at once, page 3": "role=mentor&state=registered&q_region=montreal&search=be&sort=-confirmed&page=3",
}
PAIRS = {"first page": "", "last page": "page=9999", "one state": "state=confirmed", "one rare state": "state=paused"}
SHEETS = {
    "first page": "",
    "page 50": "page=50",
    "one answer": "q_areas=finance",
    "a name": "search=belanger",
    "a name nobody has": "search=nobodyatall",
}
EXPORT = {
    "fmt": "csv",
    "columns": ["@role", "@state", "given_name", "family_name", "email", "organization"],
    "roles": ["mentor", "mentee"],
    "states": ["registered", "invited", "waiting"],
}


def _measure_all(built: Any, arguments: argparse.Namespace) -> Iterator[Measured]:
    from django.test import Client  # needs Django
    from django.utils import translation

    clients = {}
    for reader in ("coordinator", "paired", "waiting"):
        clients[reader] = Client(SERVER_NAME=installation.ADDRESS.partition("//")[2])
        clients[reader].force_login(getattr(built, reader))
    with translation.override("fr"):
        pages = [page for page in _pages(built) if arguments.only in page.name]
    for page in pages:
        yield _measure(page, lambda page=page: _open(clients[page.reader], page), arguments.rounds)


def _open(client: Any, page: Page) -> Any:
    return client.get(page.path, secure=True) if page.posted is None else client.post(page.path, page.posted, secure=True)


def _measure(page: Page, request: Callable[[], Any], rounds: int) -> Measured:
    from django.db import connection  # needs Django
    from django.test.utils import CaptureQueriesContext

    for _round in range(WARMING):
        answer = request()
    is_page = answer.headers["Content-Type"].startswith("text/html")
    if answer.status_code != 200 or is_page == bool(page.posted):
        sys.exit(f"{page.name} ({page.path}) answered {answer.status_code}, {answer.headers['Content-Type']}.")
    walls, processor = [], []
    for _round in range(rounds):
        wall, worked = time.perf_counter(), time.process_time()
        answer = request()
        size = len(answer.getvalue())
        walls.append((time.perf_counter() - wall) * 1000)
        processor.append((time.process_time() - worked) * 1000)
    with CaptureQueriesContext(connection) as captured:
        request().getvalue()
    p95 = statistics.quantiles(walls, n=20, method="inclusive")[-1]
    median, worked_ms = statistics.median(walls), statistics.median(processor)
    return Measured(page.name, len(captured), round(size / 1024), round(median, 1), round(p95, 1), round(worked_ms, 1), page.aimed)


def _report(one: Measured) -> Measured:
    mark = "over" if one.misses else ""
    print(
        f"{one.name:44} {one.median_ms:9.1f} ms  p95 {one.p95_ms:9.1f}  processor {one.processor_ms:9.1f}"
        f"  {one.queries:3} queries {one.kilobytes:6} kB  {mark}",
        flush=True,
    )
    return one


def _database() -> str:
    from django.db import connection  # needs Django

    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        return f"{connection.vendor} {cursor.fetchone()[0]}"


if __name__ == "__main__":
    sys.exit(main())
