"""What a side of a pair is read as: its type, its parts, and all ways in which it can be read."""

import pytest

from tests.tables import slow
from tinyv_cli.maths.readings import readings
from tinyv_cli.maths.readings.records import Number, is_unclear

TYPES = [
    ("7", "Number"),
    ("-3/4", "Number"),
    (r"\frac{\pi}{3}", "Number"),
    (r"2\sqrt{3}-1", "Number"),
    ("6.02e23", "Number"),
    ("twenty-five", "Number"),
    ("two thirds", "Number"),
    ("three and a half", "Number"),
    ("16 out of 169", "Number"),
    ("4 h 50 min", "Quantity"),
    (r"10 \text{ and } \frac{1}{2}", "Several Number"),
    ("all odd integers", "Congruence"),
    ("3.5 million", "Number"),
    ("2+3i", "Complex"),
    (r"5 \text{ cm}^2", "Quantity"),
    (r"60^\circ", "Quantity"),
    ("$417 thousand", "Quantity"),
    ("31℃", "Quantity"),
    ("7 apples", "Counted"),
    (r"15\%", "Percent"),
    ("101_2", "Based"),
    ("0x1f", "Based"),
    ("7:40", "Clock Ratio"),
    ("3:4", "Ratio"),
    (r"\approx 5", "About"),
    (r"\{1, 2\}", "Several"),
    ("1 and 3", "Several"),
    ("7 7 3 6", "Several"),
    ("[1, 2, 3]", "Several"),
    ("x < 3", "Reals"),
    (r"(-\infty, 2) \cup [3, 4]", "Reals"),
    ("x^2 < 4", "Reals"),
    ("x + y < 4", "Inequality"),
    ("x = 5", "Assignment"),
    ("f(x) = x + 1", "Assignment"),
    (r"\frac{dy}{dx} = 2x", "Assignment"),
    ("y^2 = 8x", "Equation"),
    ("a = -a", "Equation"),
    ("7:4 = (2, -2)", "Equation"),
    ("x^2 + 1", "Expression"),
    (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "Matrix"),
    (r"x \equiv 2 \pmod{5}", "Congruence"),
    (r"2k\pi, k \in \mathbb{Z}", "Family"),
    ("(B)", "Choice"),
    ("Wednesday", "Words"),
    ("Therefore, the total cost is $4.60", "Statement"),
    ("I cannot determine the answer", "Statement"),
    # What can be read in two ways.
    ("27,93", "Number Several"),
    ("1,234", "Number Number Several"),
    ("1.(3)", "Number Number"),
    ("(2, 3)", "Several Reals"),
    (r"3 \pm 2", "Several Uncertain"),
    ("a b c", "Unclear"),
    # What may be something else as well.
    ("070", "Unclear"),
    ("1998/2001", "Unclear"),
    ("14 - 18", "Unclear"),
    (r"17/32\pi", "Unclear Number"),
    ("5k", "Number Unclear"),
    (r"35\;^{2}", "Unclear"),
    ("", "Unclear"),
    ("x" * 700, "Unclear"),
]
VALUES = [
    ("27,93", [27.93]),
    ("1,234", [1234, 1.234]),
    ("1.(3)", [4 / 3, 3]),
    ("1.234.567,5", [1234567.5]),
    (r"12\,345", [12345]),
    ("minus three", [-3]),
    ("five hundred and seventy", [570]),
    ("<answer>7</answer>", [7]),
    ("The answer is 7", [7]),
    (r"\sin(500\pi)", [0]),
]


def types(text: str, question: str = "") -> str:
    """The names of the types in which a text is read, the likeliest first."""
    return " ".join(type(each).__name__ for each in readings(text, question))


def test_types() -> None:
    """Every type of answer is told from the others, and what is ambiguous has all its readings."""
    assert [(text, types(text)) for text, wanted in TYPES if types(text) != wanted] == []


@pytest.mark.parametrize(("text", "values"), VALUES)
def test_values(text: str, values: list[float]) -> None:
    """Digits are put together as people write them, in each way that they do."""
    found = [each.value for each in readings(text) if isinstance(each, Number)]
    assert found == pytest.approx(values, abs=1e-12)


def test_alternatives() -> None:
    """Of a count `16/16 episodes` is one of two spellings, and `3/4` of a share is a fraction."""
    assert types("16/16", "How many episodes are there?") == "Number Unclear"
    assert types("3/4", "How many of them are red?") == "Number"
    assert types("16/16", "What share of them is red?") == "Number"


def test_hostile_texts() -> None:
    """No text takes long to be read."""
    texts = [
        sign * (580 // len(sign))
        for sign in (
            "(",
            "[{",
            "=",
            ",",
            "1,",
            "1 ",
            "x=",
            r"\frac{",
            "is ",
            "a b ",
            "<",
            "</",
            "not ",
            "-1.(",
            "±",
        )
    ]
    assert slow(texts, 0.5, readings) == []


@pytest.mark.parametrize(
    ("text", "unclear"),
    [
        *(("x = (", True), ("x +* = (", True), (">", True), ("(1, )2(, 3", True), ("≈", True)),
        *(("x = 3", False), ("(1, 2)", False), ("Paris", False), ("7 apples", False), (r"\sqrt{2}", False)),
    ],
)
def test_unclear(text: str, unclear: bool) -> None:
    """Nothing is known of what is broken, in whichever part."""
    assert is_unclear(readings(text)) is unclear
