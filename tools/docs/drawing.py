"""Draw the life of a relationship from the table that rules it."""

from collections.abc import Iterator
from itertools import groupby

from django.utils.html import escape

from releve.relationships.lifecycle import MOVES
from releve.relationships.models import State

WIDTH, HEIGHT = 900, 330
BOX = (112, 40)
CENTRES = {  # the year from left to right, its ends below
    State.PROPOSED: (76, 60),
    State.INTRODUCED: (256, 60),
    State.ACCEPTED: (446, 60),
    State.CONFIRMED: (636, 60),
    State.COMPLETED: (820, 60),
    State.DISSOLVED: (256, 260),
    State.ENDED: (541, 260),
    State.PAUSED: (730, 260),
}
APART = 14  # between a move and the one that leads back
STYLE = (
    "svg{background:#fff}rect{fill:#f3f6f4;stroke:#2f5d50}text{font:14px sans-serif;fill:#1d2b27;text-anchor:middle}"
    ".move{font-size:12px;paint-order:stroke;stroke:#fff;stroke-width:5px}line{stroke:#5c6f69;stroke-width:1.4}"
)


def draw_lifecycle() -> str:
    """Write the drawing: a box per state, an arrow per pair of states, the names of its moves on it."""
    arrows = list(_arrows())
    words = ". ".join(f"{names}: {source.value} to {target.value}" for source, target, names in arrows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" role="img" aria-labelledby="title desc">',
        '<title id="title">The life of a relationship</title>',
        f'<desc id="desc">{escape(words)}.</desc>',
        f"<style>{STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#5c6f69"/></marker></defs>',
        *(_arrow(source, target, names, arrows) for source, target, names in arrows),
        *(_box(state) for state in State),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _arrows() -> Iterator[tuple[State, State, str]]:
    order = list(State)
    every = [(source, move.target, name) for name, move in MOVES.items() for source in move.sources]
    every.sort(key=lambda arrow: (order.index(arrow[0]), order.index(arrow[1])))
    for (source, target), moves in groupby(every, key=lambda arrow: arrow[:2]):
        yield source, target, " · ".join(name for _source, _target, name in moves)


def _arrow(source: State, target: State, names: str, arrows: list[tuple[State, State, str]]) -> str:
    (x1, y1), (x2, y2) = CENTRES[source], CENTRES[target]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    along = ((x2 - x1) / length, (y2 - y1) / length)
    leads_back = any((other, back) == (target, source) for other, back, _names in arrows)
    shift = (along[1] * APART, -along[0] * APART) if leads_back else (0.0, 0.0)
    start, end = _edge(CENTRES[source], along), _edge(CENTRES[target], (-along[0], -along[1]))
    (x1, y1), (x2, y2) = [(x + shift[0], y + shift[1]) for x, y in (start, end)]
    label = (x1 * 0.55 + x2 * 0.45 + 2 * shift[0], y1 * 0.55 + y2 * 0.45 - (6 if y1 == y2 else 0))
    return (
        f'<line x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}" marker-end="url(#tip)"/>'
        f'<text class="move" x="{label[0]:.0f}" y="{label[1]:.0f}">{escape(names)}</text>'
    )


def _edge(centre: tuple[int, int], along: tuple[float, float]) -> tuple[float, float]:
    """Find where a line from the centre leaves the box."""
    reach = min(BOX[0] / 2 / abs(along[0]) if along[0] else 1e9, BOX[1] / 2 / abs(along[1]) if along[1] else 1e9)
    return centre[0] + along[0] * reach, centre[1] + along[1] * reach


def _box(state: State) -> str:
    x, y = CENTRES[state]
    return (
        f'<rect x="{x - BOX[0] // 2}" y="{y - BOX[1] // 2}" width="{BOX[0]}" height="{BOX[1]}" rx="8"/>'
        f'<text x="{x}" y="{y + 5}">{state.value}</text>'
    )
