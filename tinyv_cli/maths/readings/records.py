"""What an answer can be: a record for each type. Texts are plain LaTeX; parts are readings themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import TypeAlias

from tinyv_cli.maths.reading import Node
from tinyv_cli.maths.realsets import RealSet
from tinyv_cli.maths.units import Unit


@dataclass(frozen=True, slots=True)
class Number:
    """A real number: its value, exactly where it is known to be rational, and how it is written.

    `step` is what one more in the last written digit is worth, where it is written out with a decimal point,
    a power of ten or noughts at its end, and so may be rounded; None for what is exact as it stands.
    """

    text: str
    value: float
    exact: Fraction | None = None
    step: float | None = None


@dataclass(frozen=True, slots=True)
class Complex:
    """A number that is not real."""

    text: str
    value: complex


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as its names and powers; `spelt` is how the unit is written."""

    number: Number
    unit: Unit
    spelt: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of things that are no unit: `7 apples`."""

    number: Number
    noun: str


@dataclass(frozen=True, slots=True)
class Percent:
    """A number of hundredths: of `15%` the number is 15."""

    number: Number


@dataclass(frozen=True, slots=True)
class Based:
    """A number in a base that is written beside it, `101_2` and `0x1f`: its value, and the base."""

    text: str
    value: int
    base: int


@dataclass(frozen=True, slots=True)
class Ratio:
    """`3:4` and `2 to 1`."""

    parts: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the day or a length of time, in seconds: `9:15 A.M.`, `00:36:55`."""

    text: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A measured value and by how much it may be off: `5.2 ± 0.1`."""

    value: "Reading"
    error: "Reading"


@dataclass(frozen=True, slots=True)
class About:
    """What is said to be so only roughly: `≈ 5`, `about 5`."""

    value: "Reading"


@dataclass(frozen=True, slots=True)
class Several:
    """Several answers beside each other, each in all its readings.

    `brackets` are those around them: none of a bare list, `{}` of a set, others of a tuple or a list. They
    are `joined` where words stand between them.
    """

    brackets: str
    elements: tuple[tuple["Reading", ...], ...]
    texts: tuple[str, ...]
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Reals:
    """A set of real numbers, as intervals in normal form."""

    numbers: RealSet


@dataclass(frozen=True, slots=True)
class Inequality:
    """Sides with signs of order between them that is solved for nothing: `x^2 < 4`."""

    sides: tuple[str, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """A name and what it is said to be: `x = 5`, `f(x) = x + 1`."""

    name: str
    value: tuple["Reading", ...]
    text: str


@dataclass(frozen=True, slots=True)
class Equation:
    """Two sides or more, said to be equal, each in its readings; the first is no name."""

    sides: tuple[tuple["Reading", ...], ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conditioned:
    """An answer, and when it holds: `x^2, x > 0`."""

    value: tuple["Reading", ...]
    condition: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """The entries of a matrix, row by row, each in its readings."""

    rows: tuple[tuple[tuple["Reading", ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Congruence:
    """Remainders modulo a number."""

    remainders: frozenset[int]
    modulus: int


@dataclass(frozen=True, slots=True)
class Family:
    """Values that an integer parameter goes through: `2k\\pi, k \\in \\mathbb{Z}`."""

    node: Node
    parameter: str


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula with letters."""

    text: str
    node: Node
    letters: frozenset[str]


@dataclass(frozen=True, slots=True)
class Choice:
    """Letters of choices that a question lists, or may list."""

    letters: frozenset[str]


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a language: in the singular and in small letters, and as they stand."""

    stems: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence: all numbers that it names, those of its result, and the units it speaks of.

    `complete` is whether nothing else in it can be a number. `refuses`: it says that there is no answer, or
    that none can be told. `empty`: no word in it can be a value or a part of a formula. `concludes`: its
    result is told as one; else all of its numbers are taken for it.
    """

    text: str
    numbers: tuple[Number, ...]
    result: tuple[Number, ...]
    units: frozenset[str]
    complete: bool
    refuses: bool
    empty: bool = False
    concludes: bool = True


@dataclass(frozen=True, slots=True)
class Unclear:
    """What can be something else, which cannot be told: beside other readings it leaves all open."""

    text: str


def is_unclear(readings: Sequence["Reading"]) -> bool:
    """Whether nothing is known of it, or nothing of a part of it, however it is read."""
    return all(isinstance(each, Unclear) or any(map(is_unclear, _parts(each))) for each in readings)


def _parts(reading: "Reading") -> Iterable[Sequence["Reading"]]:
    """What it is put together of, each in its readings."""
    match reading:
        case Several(elements=parts) | Equation(sides=parts):
            return parts
        case Matrix(rows=rows):
            return chain.from_iterable(rows)
        case Assignment(value=value) | Conditioned(value=value):
            return (value,)
        case About(value=only):
            return ((only,),)
    return ()


Reading: TypeAlias = (
    Number
    | Complex
    | Quantity
    | Counted
    | Percent
    | Based
    | Ratio
    | Clock
    | Uncertain
    | About
    | Several
    | Reals
    | Inequality
    | Assignment
    | Equation
    | Conditioned
    | Matrix
    | Congruence
    | Family
    | Expression
    | Choice
    | Words
    | Statement
    | Unclear
)
