"""What charts draw: series, each with a number that decides its colour and its dash, and their legends.

Plain data and a little markup, so that whoever describes a chart need not load what draws it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from tinyv_cli.figures.curves import Points
from tinyv_cli.figures.records import Share

COLOURS = tuple(f"var(--series-{number})" for number in range(6))  # as the page's style sheet calls them
# Lines differ in dash as well as in colour; as there are five dashes and six colours, thirty lines differ.
DASHES: tuple[tuple[float, ...], ...] = ((), (5, 2), (1.5, 1.5), (8, 2, 2, 2), (4, 1.5, 1, 1.5, 1, 1.5))

DWARFS, MOST_TORN = 4, 3  # a bar so many times as high as the next; of so many bars

_SWATCH = Markup('<svg class="swatch" viewBox="0 0 32 12" aria-hidden="true"><path d="{}" style="{}"/></svg>')


@dataclass(frozen=True, slots=True)
class Line:
    """A verifier in a chart: its number among all, its curve, and where on it the threshold lies.

    A rule has no curve: it is a marker alone.
    """

    number: int
    points: Points
    marker: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Bars:
    """A verifier in a chart of bars: its number among all, and for each group a share."""

    number: int
    values: Sequence[Share]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a legend."""

    swatch: Markup
    name: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its heading, what draws it (given `key=`, unique on its page, and `title=`), what it shows."""

    heading: str
    draw: Callable[..., Markup]
    caption: str


@dataclass(frozen=True, slots=True)
class Charts:
    """Charts beside each other and what their colours stand for. Only pages show them.

    A heading begins a section of the page; without one they belong to what is above.
    """

    charts: Sequence[Chart]
    legend: Sequence[Entry] = ()
    heading: str = ""


def colour(number: int) -> str:
    """The colour of a series, as a page knows it."""
    return COLOURS[number % len(COLOURS)]


def dashes(number: int) -> tuple[float, ...]:
    """Of what its line consists: lengths drawn and left out by turns; nothing for a whole line."""
    return DASHES[number % len(DASHES)]


def line_swatch(number: int) -> Markup:
    """What stands for a verifier in the legend of its lines."""
    lengths = " ".join(f"{2 * length:g}" for length in dashes(number)) or "none"
    return _SWATCH.format(
        "M0 6H32", f"stroke: {colour(number)}; stroke-width: 2; stroke-dasharray: {lengths}"
    )


def marker_swatch(number: int) -> Markup:
    """What stands for a verifier that is a marker without a line."""
    return _SWATCH.format("M16 1l5 5-5 5-5-5z", f"fill: {colour(number)}")


def bar_swatch(number: int) -> Markup:
    """What stands for a verifier in the legend of its bars."""
    return _SWATCH.format("M0 2H32V10H0z", f"fill: {colour(number)}; opacity: 0.5")


def part_swatch(number: int) -> Markup:
    """What stands for a part of a bar."""
    return _SWATCH.format("M0 0H12V12H0z", f"fill: {colour(number)}")


def readable(counts: Sequence[int]) -> int:
    """The count up to which an axis shows bars in full: above it are those that would dwarf all others."""
    falling = sorted(filter(None, counts), reverse=True)
    for tall, next_one in reversed([*pairwise(falling)][:MOST_TORN]):
        if tall > DWARFS * next_one:
            return next_one
    return max(falling, default=1)
