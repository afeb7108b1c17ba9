"""Over which values the letters of a question run: all reals, unless it says something else."""

from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Range:
    """The values of one letter, between two ends of which neither need belong to it."""

    low: Fraction | None = None
    high: Fraction | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Domain:
    """The ranges of those letters of which something is known."""

    ranges: tuple[tuple[str, Range], ...] = field(default=())

    def of(self, name: str) -> Range:
        """The range of a letter; all reals where nothing is known."""
        return dict(self.ranges).get(name, REALS)


REALS = Range()
ANYWHERE = Domain()
