"""Numbers as they are written out in digits: their exact value, and how precise they are."""

import re
from dataclasses import dataclass
from fractions import Fraction

_TEN_TO = r"\s*(?:\\times|\\cdot|[*×·x])\s*10\s*\^\s*\{?\s*(?P<exponent>[-+]?\d{1,3})\s*\}?"


_DECIMAL = re.compile(
    r"(?P<sign>[-+]?)\s*(?P<whole>\d*)(?:\.(?P<rest>\d*))?"
    rf"(?:{_TEN_TO}|[eE](?P<short>[-+]?\d{{1,3}}))?"
)


@dataclass(frozen=True, slots=True)
class Decimal:
    """A number as it is written out: its digits without the point, and the power of ten of the last one."""

    text: str
    digits: str
    last: int
    negative: bool
    has_point: bool  # or a power of ten: what is written so may have been rounded

    @property
    def unit(self) -> Fraction:
        """What one more in the last digit is worth."""
        return Fraction(10) ** self.last

    @property
    def value(self) -> Fraction:
        """Its exact value."""
        return (-1 if self.negative else 1) * int(self.digits) * self.unit

    @property
    def significant(self) -> int:
        """How many digits count, from the first that is not zero."""
        return len(self.digits.lstrip("0"))


def decimal(text: str) -> Decimal | None:
    """The number that is written out there, perhaps with a power of ten; None for any other expression."""
    found = _DECIMAL.fullmatch(text.strip())
    if found is None or not (found["whole"] or found["rest"]):
        return None
    rest = found["rest"] or ""
    exponent = int(found["exponent"] or found["short"] or 0)
    return Decimal(
        found[0], found["whole"] + rest, exponent - len(rest), found["sign"] == "-", bool(rest or exponent)
    )
