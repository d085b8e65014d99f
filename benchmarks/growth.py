"""Draw how the time to pair grows with the number of mentees, on two scales of powers of ten."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import ceil, floor, log10
from typing import Final

WIDTH, HEIGHT = 900, 520
LEFT, RIGHT, TOP, BOTTOM = 70, 230, 40, 460  # the edges of the sheet's middle
LINE_HEIGHT: Final = 17  # between two names at the end of lines
# Told apart by colour, by dashes and by the name at their end; all on white with a contrast of 4.5 or more.
STROKES: Final = (
    ("#0b5d4b", ""),
    ("#a3431b", ""),
    ("#a3431b", "6 4"),
    ("#3a56b0", ""),
    ("#7a3b8f", ""),
    ("#7a3b8f", "6 4"),
    ("#5c5c5c", ""),
    ("#5c5c5c", "2 4"),
)
STYLE: Final = (
    "svg{background:#fff}text{font:13px sans-serif}.grid{stroke:#dfe6e3}path{fill:none;stroke-width:1.8}path.first{stroke-width:3.5}"
)

Points = Sequence[tuple[int, float]]


def draw_growth(lines: Mapping[str, Points]) -> str:
    """Write the drawing. `lines` gives each contestant's points: mentees and seconds; the first one is drawn strongest.

    Raises: ValueError when there is no point at all.
    """
    everything = [point for points in lines.values() for point in points]
    if not everything:
        raise ValueError("Nobody ran: there is nothing to draw.")
    scale = _Scale(everything)
    words = ". ".join(f"{name}: {_in_words(points)}" for name, points in lines.items())
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" role="img" aria-labelledby="title desc">',
        '<title id="title">Seconds to pair, by the number of mentees</title>',
        f'<desc id="desc">{escape(words)}.</desc>',
        f"<style>{STYLE}</style>",
        *_grid(scale),
        *_curves(lines, scale),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _in_words(points: Points) -> str:
    return ", ".join(f"{mentees:,} mentees in {_time(seconds)}" for mentees, seconds in points)


class _Scale:
    """Puts mentees and seconds on the sheet, so that whole powers of ten of seconds stand at its edges."""

    def __init__(self, points: Points) -> None:
        self.first, self.last = (log10(edge(mentees for mentees, _seconds in points)) for edge in (min, max))
        self.low = floor(min(log10(seconds) for _mentees, seconds in points))
        self.high = max(ceil(max(log10(seconds) for _mentees, seconds in points)), self.low + 1)

    def x(self, mentees: float) -> float:
        return LEFT + (WIDTH - RIGHT - LEFT) * (log10(mentees) - self.first) / ((self.last - self.first) or 1)

    def y(self, seconds: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (log10(seconds) - self.low) / (self.high - self.low)


def _grid(scale: _Scale) -> Iterator[str]:
    for power in range(scale.low, scale.high + 1):
        y = scale.y(10.0**power)
        yield f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{_time(10.0**power)}</text>'
    for power in range(ceil(scale.first), floor(scale.last) + 1):
        x = scale.x(10**power)
        yield f'<line class="grid" x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{BOTTOM}"/>'
        yield f'<text x="{x:.1f}" y="{BOTTOM + 20}" text-anchor="middle">{10**power:,}</text>'
    yield f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{BOTTOM + 44}" text-anchor="middle">mentees</text>'
    yield f'<text x="{LEFT - 8}" y="{TOP - 18}" text-anchor="end">to pair</text>'


def _curves(lines: Mapping[str, Points], scale: _Scale) -> Iterator[str]:
    ends = sorted((scale.y(points[-1][1]), name) for name, points in lines.items())
    heights: dict[str, float] = {}
    lowest = 0.0
    for y, name in ends:
        lowest = heights[name] = max(y, lowest + LINE_HEIGHT)
    for place, (name, points) in enumerate(lines.items()):
        colour, dashes = STROKES[place % len(STROKES)]
        way = " ".join(f"{'L' if at else 'M'}{scale.x(mentees):.1f} {scale.y(seconds):.1f}" for at, (mentees, seconds) in enumerate(points))
        strong, dashed = ' class="first"' if place == 0 else "", f' stroke-dasharray="{dashes}"' if dashes else ""
        yield f'<path{strong} stroke="{colour}"{dashed} d="{way}"/>'
        x, y = scale.x(points[-1][0]), scale.y(points[-1][1])
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>'
        edge = WIDTH - RIGHT + 12
        yield f'<line x1="{x + 5:.1f}" y1="{y:.1f}" x2="{edge - 3}" y2="{heights[name]:.1f}" stroke="{colour}" stroke-width="0.6"/>'
        yield f'<text x="{edge}" y="{heights[name] + 4:.1f}" fill="{colour}">{escape(name)}</text>'


def _time(seconds: float) -> str:
    return f"{seconds:,.0f} s" if seconds >= 10 else f"{seconds:.3g} s"
