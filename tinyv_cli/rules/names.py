"""What the name of a rule says: whose call it is, from which score on it accepts, and which Python runs it.

`column:score@0.5` and `mine.py:f@0.5` accept at 0.5 and above; `math-verify in venv/bin/python` runs there.
"""

import re
from dataclasses import dataclass

from tinyv_cli.words import COLUMN

CUT = re.compile(r"(?P<base>.+:.+)@(?P<cut>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)", re.DOTALL)
THERE = re.compile(r"(?P<name>.+) in (?P<python>[^:]+)", re.DOTALL)
# What stands in a cut, as it is written in the name of a column: 0.5 and -0.5 must not share one.
SPELLED = str.maketrans({"-": "minus_", "+": "plus_"})


@dataclass(frozen=True, slots=True)
class RuleName:
    """`base` is the name without its `cut`, the score from which on the rule accepts, if it names one.

    `written` is the cut as it stands in the name; `python` the interpreter that the rule runs in, if another.
    """

    base: str
    cut: float | None = None
    written: str = ""
    python: str | None = None

    @property
    def field(self) -> str | None:
        """The field in which verdicts stand, for a rule that reads them from the data."""
        return self.base.removeprefix(COLUMN) if self.base.startswith(COLUMN) else None

    @property
    def column(self) -> str:
        """The column of its outcomes, if it is compared."""
        cut = f"_at_{self.written.translate(SPELLED)}" if self.written else ""
        there = f"_in_{self.python}" if self.python else ""
        return "tinyv_rule_" + re.sub(r"\W+", "_", f"{self.base}{cut}{there}").strip("_")


def parse_rule(name: str) -> RuleName:
    """A field, a file or a folder may hold an @ itself: only a number behind the last one is a cut.

    What is recorded is read, so a field may be called `right in it`.
    """
    there = None if name.startswith(COLUMN) else THERE.fullmatch(name)
    python = there["python"] if there else None
    said = there["name"] if there else name
    match = CUT.fullmatch(said)
    if match is None:
        return RuleName(said, python=python)
    return RuleName(match["base"], float(match["cut"]), match["cut"], python)
