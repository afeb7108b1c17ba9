"""How numbers are spelled wherever findings are shown. What is not known is a dash."""

from collections.abc import Mapping, Sequence
from typing import Any

from tinyv_cli.console import visible
from tinyv_cli.figures.records import Share
from tinyv_cli.figures.sheets import NAME_CHARS, Column
from tinyv_cli.taxonomy import LEAF_NAMES

UNKNOWN = "–"

Interval = Sequence[float]


def percent(share: float | None) -> str:
    """`61.7%`."""
    return UNKNOWN if share is None else f"{share:.1%}"


def percents(interval: Interval | None) -> str:
    """`61.7% to 87.4%`; empty without an interval."""
    return "" if interval is None else f"{interval[0]:.1%} to {interval[1]:.1%}"


def with_interval(found: Share) -> str:
    """`71.5% (64.2% to 77.9%)`."""
    return f"{percent(found.value)} ({percents(found.interval)})"


def points(difference: float | None) -> str:
    """A difference of shares in percentage points with its sign: `+3.2`."""
    return UNKNOWN if difference is None else f"{100 * difference:+.1f}"


def points_between(interval: Interval | None) -> str:
    """`-0.4 to +6.8`; empty without an interval."""
    return "" if interval is None else f"{points(interval[0])} to {points(interval[1])}"


def decimal(number: float | None) -> str:
    """`0.931`."""
    return UNKNOWN if number is None else f"{number:.3f}"


def count(number: float | None) -> str:
    """`4,874`, or one digit more below 100 where it is not whole: `12.5`."""
    if number is None:
        return UNKNOWN
    return f"{number:,.0f}" if number >= 100 or float(number).is_integer() else f"{number:,.1f}"


def megabytes(size: int | None) -> str:
    """`144.8 MB`."""
    return UNKNOWN if size is None else f"{size / 1e6:,.1f} MB"


FILTERS: dict[str, Any] = {spell.__name__: spell for spell in (percent, count)}  # of templates


def numbers(*names: str) -> tuple[Column, ...]:
    """Columns of numbers."""
    return tuple(Column(name, number=True) for name in names)


def kind(leaf: str) -> str:
    """A leaf of the taxonomy by its number and name; a file says it, so that it may be anything."""
    return visible(f"{leaf} {LEAF_NAMES.get(leaf, '')}", NAME_CHARS).rstrip()


def percent_if_known(share: float | None) -> str:
    """`61.7%`; nothing where there is none."""
    return "" if share is None else f"{share:.1%}"


def many(count: int, noun: str) -> str:
    """`1 row`, `2 rows`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def duration(seconds: float) -> str:
    """`0.4 s`, `41 s`, `12 min`, `3.5 h`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 600:
        return f"{seconds:,.0f} s"
    return f"{seconds / 60:,.0f} min" if seconds < 36_000 else f"{seconds / 3600:,.1f} h"


def part_of(count: int, total: int) -> str:
    """The count with its share of all."""
    return f"{count:,} ({count / total:.1%})" if total else f"{count:,}"


def listed(reasons: Mapping[str, int]) -> str:
    """How often each reason occurs, to stand behind a total."""
    return (
        ": " + ", ".join(f"{visible(name)} {count:,}" for name, count in reasons.items()) if reasons else ""
    )
