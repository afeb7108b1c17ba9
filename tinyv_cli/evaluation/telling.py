"""How much of an evaluation is told, and how its figures are spelled with their intervals."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from tinyv_cli.figures.records import Estimate, Share
from tinyv_cli.figures.spelling import decimal, percent

Known: TypeAlias = Share | Estimate
Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is told: of so many verifiers side by side, of so many groups, and with the counts or not."""

    verifiers: int
    groups: int
    everything: bool = False

    def side_by_side(self, columns: Sequence[Told]) -> Iterator[Sequence[Told]]:
        """As many at a time as there is room for."""
        for start in range(0, len(columns), self.verifiers):
            yield columns[start : start + self.verifiers]


SCREEN = Extent(verifiers=3, groups=30)
WHOLE = Extent(verifiers=1000, groups=60, everything=True)


def rate(found: Known) -> str:
    """A share and the ends of its interval: `71.5% (64.2–77.9)`."""
    return percent(found.value) + ends(found, lambda end: f"{100 * end:.1f}")


def score(found: Known) -> str:
    """A number and the ends of its interval: `0.834 (0.785–0.879)`."""
    return decimal(found.value) + ends(found, decimal)


def ends(found: Known, spell: Callable[[float], str]) -> str:
    """The ends of its interval in brackets, behind it."""
    return "" if found.interval is None else f" ({'–'.join(map(spell, found.interval))})"
