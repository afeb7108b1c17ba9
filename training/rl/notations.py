"""Values in several notations, written and read again: an answer is right if it is read as the value.

A form is a text with fields, such as `<a>/<b>`. Each kind of value says which fields it has and what they are
worth, so that one form serves to write and to read.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

Value = Any  # a number, or a tuple or set of numbers and signs
Fields = Mapping[str, str]

NUMBER = r"-?\d+(?:\.\d+)?"
SIGNS = {
    "left": r"[(\[]",
    "right": r"[)\]]",
    "under": r"<=|<|\\le",
    "over": r"<=|<|\\le",
}
FIELD = re.compile(r"<(\w+)>")
BOX = "\\boxed{"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of values: its forms by their names, the first of which is that of golds."""

    name: str
    fields: Callable[[Value], Fields]
    value: Callable[[Fields], Value]
    forms: Mapping[str, str]

    @property
    def gold_form(self) -> str:
        """The name of the form that golds have."""
        return next(iter(self.forms))

    def written(self, value: Value, form: str) -> str:
        """The value in the form of this name."""
        fields = self.fields(value)
        return FIELD.sub(lambda found: fields[found[1]], self.forms[form])

    def read(self, text: str) -> tuple[str, Value] | None:
        """In which form which value stands there; None for what is in none of them."""
        for name, form in self.forms.items():
            if (found := _pattern(form).fullmatch(text.strip())) is not None:
                try:
                    return name, self.value(found.groupdict())
                except ZeroDivisionError:
                    return None
        return None


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """What reads a form: blanks may be missing, except between numbers, or be more."""
    parts = FIELD.split(form)
    pattern = ""
    for number, part in enumerate(parts):
        if number % 2:
            pattern += rf"\s*(?P<{part}>{SIGNS.get(part, NUMBER)})\s*"
        elif part == " " and 0 < number < len(parts) - 1:
            pattern += r"\s+"
        else:
            pattern += r"\s*".join(re.escape(word) for word in part.split(" "))
    return re.compile(pattern)


def _decimal(number: Fraction) -> str:
    return f"{float(number):.10g}"


def _fraction_fields(value: Fraction) -> Fields:
    a, b = value.as_integer_ratio()
    return {
        "a": str(a),
        "b": str(b),
        "whole": str(a // b),
        "rest": str(a % b),
        "decimal": _decimal(value),
        "percent": _decimal(100 * value),
    }


def _fraction(fields: Fields) -> Fraction:
    if "percent" in fields:
        return Fraction(fields["percent"]) / 100
    if "decimal" in fields:
        return Fraction(fields["decimal"])
    if "whole" in fields:
        return Fraction(fields["whole"]) + Fraction(fields["rest"]) / Fraction(fields["b"])
    return Fraction(fields["a"]) / Fraction(fields["b"])


def _interval_fields(value: Value) -> Fields:
    """An interval is (low, whether it holds it, high, whether it holds it)."""
    low, with_low, high, with_high = value
    return {
        "low": str(low),
        "high": str(high),
        "left": "[" if with_low else "(",
        "right": "]" if with_high else ")",
        "under": r"\le" if with_low else "<",
        "over": r"\le" if with_high else "<",
    }


def _interval(fields: Fields) -> Value:
    """Each end is told by one sign, which is not that of an end that is left out."""
    with_low = next(fields[name] not in "(<" for name in ("left", "under") if name in fields)
    with_high = next(fields[name] not in ")<" for name in ("right", "over") if name in fields)
    return Fraction(fields["low"]), with_low, Fraction(fields["high"]), with_high


def _pair_fields(value: Sequence[Any]) -> Fields:
    first, second = value
    return {"x": str(first), "y": str(second)}


def _set(fields: Fields) -> frozenset[Fraction]:
    return frozenset({Fraction(fields["x"]), Fraction(fields["y"])})


def _pair(fields: Fields) -> tuple[Fraction, Fraction]:
    return Fraction(fields["x"]), Fraction(fields["y"])


def _length_fields(value: int) -> Fields:
    """A length is a number of centimetres."""
    return {
        "m": _decimal(Fraction(value, 100)),
        "cm": str(value),
        "mm": str(10 * value),
        "metres": str(value // 100),
        "rest": str(value % 100),
    }


def _length(fields: Fields) -> Fraction:
    if "metres" in fields:
        return 100 * Fraction(fields["metres"]) + Fraction(fields["rest"])
    if "m" in fields:
        return 100 * Fraction(fields["m"])
    return Fraction(fields["cm"]) if "cm" in fields else Fraction(fields["mm"]) / 10


FRACTION = Kind(
    "fraction",
    _fraction_fields,
    _fraction,
    {
        "latex": r"\frac{<a>}{<b>}",
        "slash": "<a>/<b>",
        "decimal": "<decimal>",
        "percent": r"<percent>\%",
        "latex mixed": r"<whole>\frac{<rest>}{<b>}",
        "plain mixed": "<whole> <rest>/<b>",
        "spoken mixed": "<whole> and <rest>/<b>",
        "of": "<a> of <b>",
        "out of": "<a> out of <b>",
    },
)
INTERVAL = Kind(
    "interval",
    _interval_fields,
    _interval,
    {
        "brackets": "<left><low>, <high><right>",
        "element": r"x \in <left><low>, <high><right>",
        "inequality": "<low> <under> x <over> <high>",
        "two inequalities": "<low> <under> x and x <over> <high>",
    },
)
SET = Kind(
    "set",
    _pair_fields,
    _set,
    {
        "braces": r"\{<x>, <y>\}",
        "list": "<x>, <y>",
        "or": "x = <x> or x = <y>",
        "disjunction": r"x = <x> \lor x = <y>",
        "either": "either <x> or <y>",
    },
)
LENGTH = Kind(
    "length",
    _length_fields,
    _length,
    {
        "latex": r"<cm> \text{ cm}",
        "centimetres": "<cm> cm",
        "metres": "<m> m",
        "both": "<metres> m <rest> cm",
        "millimetres": "<mm> mm",
    },
)
POINT = Kind(
    "point",
    _pair_fields,
    _pair,
    {
        "brackets": "(<x>, <y>)",
        "equations": "x = <x>, y = <y>",
        "bar": "(<x>|<y>)",
        "words": "x is <x> and y is <y>",
    },
)
KINDS = (
    FRACTION,
    POINT,
    INTERVAL,
    SET,
    LENGTH,
)  # no gold is an interval without both ends, which looks like a point


def boxed(answer: str) -> str:
    """The answer as responses have it."""
    return f"{BOX}{answer}}}"


def content(response: str) -> str:
    """What is in the box of a response; all of it where there is none."""
    begin = response.find(BOX)
    if begin < 0:
        return response
    rest = response[begin + len(BOX) :]
    depth = 0
    for place, character in enumerate(rest):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            return rest[:place]
    return rest


def right(gold: str, response: str) -> bool:
    """The truth: whether the response has the value of the gold, in any form of its kind."""
    kind = kind_of(gold)
    said, meant = kind.read(content(response)), kind.read(gold.strip("$"))
    return said is not None and meant is not None and said[1] == meant[1]


def form_of(gold: str, response: str) -> str | None:
    """In which form of the gold's kind the response answers; None for any other text."""
    said = kind_of(gold).read(content(response))
    return said[0] if said else None


@cache
def kind_of(gold: str) -> Kind:
    """The kind whose golds look like this one. Raises ValueError for no gold of ours."""
    for kind in KINDS:
        said = kind.read(gold.strip("$"))
        if said is not None and said[0] == kind.gold_form:
            return kind
    raise ValueError(f"no gold of these questions: {gold!r}")
