"""What the name of a rule says: whose call it is, and from which score on it accepts.

`column:score@0.5` and `mine.py:f@0.5` accept at 0.5 and above.
"""

import re
from dataclasses import dataclass

from tinyv_cli.words import COLUMN

CUT = re.compile(r"(?P<base>.+:.+)@(?P<cut>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)", re.DOTALL)
# What stands in a cut, as it is written in the name of a column: 0.5 and -0.5 must not share one.
SPELLED = str.maketrans({"-": "minus_", "+": "plus_"})


@dataclass(frozen=True, slots=True)
class RuleName:
    """`base` is the name without its `cut`, the score from which on the rule accepts, if it names one.

    `written` is the cut as it stands in the name.
    """

    base: str
    cut: float | None = None
    written: str = ""

    @property
    def field(self) -> str | None:
        """The field in which verdicts stand, for a rule that reads them from the data."""
        return self.base.removeprefix(COLUMN) if self.base.startswith(COLUMN) else None

    @property
    def column(self) -> str:
        """The column of its outcomes, if it is compared."""
        cut = f"_at_{self.written.translate(SPELLED)}" if self.written else ""
        return "tinyv_rule_" + re.sub(r"\W+", "_", f"{self.base}{cut}").strip("_")


def parse_rule(name: str) -> RuleName:
    """A field, a file or a folder may hold an @ itself: only a number behind the last one is a cut."""
    match = CUT.fullmatch(name)
    return RuleName(name) if match is None else RuleName(match["base"], float(match["cut"]), match["cut"])
