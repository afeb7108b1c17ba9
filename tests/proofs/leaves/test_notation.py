"""Notation: intervals and inequalities, ratios, ±, vectors, decimal comma and digits in groups."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyv_cli.maths.realsets import real_set
from tinyv_cli.proofs import prove

RATIO = "What is the ratio of boys to girls?"

SAME = [
    ("", r"(-\infty,-5)", "k < -5", "2.1", "the set (-∞, -5)"),
    ("", r"(-\infty,-5)", r"\{k \mid k<-5\}", "2.1", "the set (-∞, -5)"),
    ("", r"[-1,3)", r"-1 \le x < 3", "2.1", "the set [-1, 3)"),
    ("", r"3 > x \geqslant -1", r"[-1,3)", "2.1", "the set [-1, 3)"),
    ("", r"(-\infty,1)\cup(3,\infty)", "x<1 or x>3", "2.1", "(-∞, 1) ∪ (3, ∞)"),
    ("", r"x \in (-\infty,1) \cup (3,+\infty)", r"x > 3 \text{ or } x < 1", "2.1", "(-∞, 1) ∪ (3, ∞)"),
    ("", r"x \ne 2", r"(-\infty,2)\cup(2,\infty)", "2.1", "(-∞, 2) ∪ (2, ∞)"),
    ("", r"\mathbb{R} \setminus \{2\}", r"\{x \in \mathbb{R} : x \neq 2\}", "2.1", "(-∞, 2) ∪ (2, ∞)"),
    ("", r"\mathbb{R}", r"\text{all real numbers}", "2.1", "the set (-∞, ∞)"),
    ("", r"(-\infty, \infty)", "any real number", "2.1", "the set (-∞, ∞)"),
    ("", r"\{x | -3<x\leq-2, \text{or } 1\leq x\leq 2\}", r"(-3,-2]\cup[1,2]", "2.1", "[1, 2]"),
    ("", r"[\frac12, \infty)", r"x \ge 0.5", "2.1", "the set [0.5, ∞)"),
    ("", r"(-\infty, \sqrt{8}]", r"x \le 2\sqrt2", "2.1", r"2\sqrt2]"),
    ("", "x>1 and x<5", "(1,5)", "2.1", "the set (1, 5)"),
    ("", r"]0,1[", "0<x<1", "2.1", "the set (0, 1)"),
    ("", r"(-\infty,1) \cup [1,2)", "x<2", "2.1", "the set (-∞, 2)"),
    ("", r"\{0\} \cup [1,\infty)", r"x = 0 \text{ or } x \geq 1", "2.1", "{0} ∪ [1, ∞)"),
    ("", r"x \leq 3", r"3 \geq x", "3.4", "the set (-∞, 3]"),
    ("", r"(-\infty,2) \cup (2,\infty)", "(-inf, 2) U (2, inf)", "1.2", "(-∞, 2) ∪ (2, ∞)"),
    ("", r"-1 < x < \frac{5}{2}", "x > -1 and x < 5/2", "3.4", "the set (-1, 5/2)"),
    ("", r"(-\infty,1)\cup(3,\infty)", r"(3,\infty) \cup (-\infty,1)", "6.1", "(-∞, 1) ∪ (3, ∞)"),
    ("", r"(-\infty, \sqrt{8}]", r"(-\infty, 2\sqrt2]", "3.2", r"2\sqrt2]"),
    (RATIO, "2:1", "2/1", "2.2", "as a quotient"),
    (RATIO, "2:1", "4 : 2", "2.2", "the same ratio"),
    (RATIO, "2:1", r"2 \text{ to } 1", "2.2", "the ratio 2:1"),
    (RATIO, r"\frac{3}{2}", "3:2", "2.2", "as a quotient"),
    ("Give the ratio in simplest form.", r"\frac{3}{2}", "3:2", "2.2", "as a quotient"),
    (RATIO, "1:2:3", "2:4:6", "2.2", "the same ratio"),
    ("", r"1 \pm \sqrt{19}", r"1+\sqrt{19}, 1-\sqrt{19}", "2.3", "± written out"),
    ("", r"1 - \sqrt{19}, 1+\sqrt{19}", r"1 ± \sqrt{19}", "2.3", "± written out"),
    ("", r"\pm 1, -\frac12, \frac32", "1.5, 1, -0.5, -1", "2.3", "± written out"),
    ("", r"\{\pm 2\}", "-2, 2", "2.3", "± written out"),
    ("", r"\pm (1-x)", r"\pm (x-1)", "3.1", "± written out"),
    ("", r"\begin{pmatrix}-7\\16\\5\end{pmatrix}", "(-7,16,5)", "2.4", "vector"),
    (
        "",
        r"\begin{pmatrix} 1/2 \\ -1 \end{pmatrix}",
        r"\left[\begin{array}{r}0.5\\-1\end{array}\right]",
        "2.4",
        "vector",
    ),
    ("", r"\begin{bmatrix}1&2\\3&4\end{bmatrix}", "[[1,2],[3,4]]", "2.4", "matrix"),
    ("", r"\begin{pmatrix}1\\2\end{pmatrix}", r"\langle 1, 2 \rangle", "2.4", "vector"),
    ("", r"(1,2,3)^T", r"\begin{pmatrix}1\\2\\3\end{pmatrix}", "2.4", "vector"),
    ("", "3.14", "3,14", "2.5", "decimal point"),
    ("", "3,14", "3.14", "2.5", "decimal point"),
    ("", "(1.5, 2.5)", "(1,5; 2,5)", "6.3", "decimal point"),
    ("", "1234", "1,234", "2.5", "groups of three"),
    ("", "1234567", "1{,}234{,}567", "2.5", "groups of three"),
    ("", r"1{,}234", "1234", "2.5", "groups of three"),
    ("", "1 234.5", "1234.5", "2.5", "groups of three"),
    ("", r"24, 28, 3200", r"24, 28, 3,\!200", "2.5", "groups of three"),
]

OTHER = [
    ("", r"(-\infty,-5]", "k < -5"),
    ("", r"(-\infty,-5)", "k > -5"),
    ("", r"(-\infty,-5)", "k < 5"),
    ("", r"(-\infty,-5)", r"\{k \mid k\le-5\}"),
    ("", r"[-1,3)", r"-1 < x < 3"),
    ("", r"[-1,3)", r"-1 \le x \le 3"),
    ("", r"(-\infty,1)\cup(3,\infty)", "x<1 and x>3"),
    ("", r"(-\infty,1)\cup(3,\infty)", "1<x<3"),
    ("", r"(-\infty,1)\cup(3,\infty)", "x<1"),
    ("", r"(-\infty,1)\cup(1,\infty)", r"\mathbb{R}"),
    ("", r"x \ne 2", "x = 2"),
    ("", r"x \ne 2", r"x \ne -2"),
    ("", r"\mathbb{R} \setminus \{2\}", r"\mathbb{R} \setminus \{3\}"),
    ("", "x > 1", "y > 1"),
    ("", r"[\frac12, \infty)", r"x \ge 0.6"),
    ("", "(1, 2)", "1 < x > 2"),
    ("Find all ordered pairs of digits.", "(1,2)", "1<x<2"),
    ("", r"1 \le n \le 3", r"\{1,2,3\}"),
    ("", r"[3, \infty]", r"x \ge 3"),
    ("", r"(2,\infty)", "x > 1 or x > 2"),
    (RATIO, "2:1", "1:2"),
    (RATIO, "2:1", "1/2"),
    (RATIO, "2:1", "4:1"),
    (RATIO, "1:2:3", "1:2:4"),
    ("Give the ratio in simplest form.", "2:1", "4:2"),
    ("What was the score?", "2:1", "4:2"),
    ("What is the ratio of the lengths, in meters?", "3:1", "3:1 m"),
    ("At what time do they meet?", "10:40", "1/4"),
    ("", r"1 \pm \sqrt{19}", r"1+\sqrt{19}, -1-\sqrt{19}"),
    ("", r"1 \pm \sqrt{19}", r"1+\sqrt{19}"),
    ("", r"1 \pm \sqrt{19}", r"1+\sqrt{19}, 1+\sqrt{19}"),
    ("", r"\pm 1, \pm 2", r"1, -1, 2"),
    ("", r"\pm 5", "$ $"),
    ("", r"\pm 5", ". . ."),
    ("Give the measurement with its error.", r"5 \pm 1", "4, 6"),
    ("", r"(\pm 1, 2)", "(2, 1), (2, -1)"),
    ("", r"\begin{pmatrix}-7\\16\\5\end{pmatrix}", "(-7,5,16)"),
    ("", r"\begin{pmatrix}1\\2\end{pmatrix}", r"\begin{pmatrix}1&2\end{pmatrix}"),
    ("", r"\begin{bmatrix}1&2\\3&4\end{bmatrix}", "[[1,3],[2,4]]"),
    ("", r"\begin{bmatrix}1&2\\3&4\end{bmatrix}", r"\begin{vmatrix}1&2\\3&4\end{vmatrix}"),
    ("", r"\begin{pmatrix} 0 \\ -5 \end{pmatrix}", r"\begin{pmatrix} \\ -5 \end{pmatrix}"),
    ("", "3.14", "3,15"),
    ("", "3.14", "31,4"),
    ("", "(1.5, 2.5)", "(1,5; 2,6)"),
    ("", "1.234", "1,234"),
    ("", "1234", "1.234"),
    ("", "12.34", "12, 34"),
    ("", "1234", "1,235"),
    ("", "1234", "12,34"),
    ("", "1234", "1,2340"),
    ("", "10.5", "1,050"),
]


@pytest.mark.parametrize(("question", "gold", "answer", "leaf", "said"), SAME)
def test_same(question: str, gold: str, answer: str, leaf: str, said: str) -> None:
    """The same thing in other signs; the proof names its leaf."""
    proof = prove(question, gold, answer)
    assert proof is not None
    assert leaf in [step.leaf for step in proof.steps] and said in proof.sentence


@pytest.mark.parametrize(("question", "gold", "answer"), OTHER)
def test_other(question: str, gold: str, answer: str) -> None:
    """Another end, bracket, sign, order or entry."""
    assert prove(question, gold, answer) is None
    assert prove(question, answer, gold) is None


def test_whole_numbers_make_no_interval() -> None:
    """Where the unknown is a whole number, an inequality is not all that lies between."""
    assert prove("Find all integers n.", "n > 3", r"(3,\infty)") is None
    assert prove("Find all integers n.", "n > 3", "3 < n") is not None
    assert prove("For which k is there such an integer?", r"k > \frac14", r"(0.25,\infty)") is not None


INTERVALS = st.tuples(st.sampled_from("(["), st.integers(-50, 49), st.integers(1, 30), st.sampled_from(")]"))
_CLOSED = {"(": "<", ")": "<", "[": r"\le", "]": r"\le"}


def _inequality(opening: str, low: int, length: int, closing: str) -> str:
    return f"{low} {_CLOSED[opening]} x {_CLOSED[closing]} {low + length}"


def _interval(opening: str, low: int, length: int, closing: str) -> str:
    return f"{opening}{low}, {low + length}{closing}"


@settings(deadline=None)
@given(INTERVALS, INTERVALS)
def test_intervals_and_inequalities(one: tuple[str, int, int, str], other: tuple[str, int, int, str]) -> None:
    """An inequality is proved to be the interval with its ends and brackets, and no other."""
    assert prove("", _interval(*one), _inequality(*one)) is not None
    assert (prove("", _interval(*one), _inequality(*other)) is not None) == (one == other)
    turned = ({"(": "[", "[": "("}[one[0]], *one[1:])
    assert prove("", _interval(*one), _inequality(*turned)) is None


@settings(deadline=None)
@given(st.lists(INTERVALS, min_size=1, max_size=5), st.data())
def test_unions_have_one_form(parts: list[tuple[str, int, int, str]], data: st.DataObject) -> None:
    """Parts of a union may overlap and come in any order; what they cover decides."""
    orders = parts, data.draw(st.permutations(parts))
    first, second = (real_set(r" \cup ".join(_interval(*part) for part in order)) for order in orders)
    assert first is not None and second is not None and str(first) == str(second)
    members = [point / 2 for point in range(-101, 161)]
    covered = [any(_holds(part, member) for part in parts) for member in members]
    shown = [
        any(
            each.low.value < member < each.high.value
            or (each.low.closed and each.low.value == member)
            or (each.high.closed and each.high.value == member)
            for each in first.intervals
        )
        for member in members
    ]
    assert covered == shown


def _holds(part: tuple[str, int, int, str], member: float) -> bool:
    opening, low, length, closing = part
    high = low + length
    return low < member < high or (opening == "[" and member == low) or (closing == "]" and member == high)


@settings(deadline=None)
@given(st.integers(1000, 10**9), st.sampled_from([",", r"\,", "{,}", r",\!", " "]), st.data())
def test_groups_of_digits(number: int, separator: str, data: st.DataObject) -> None:
    """The same digits are proved; one other digit is not."""
    grouped = f"{number:,}".replace(",", separator)
    assert prove("", str(number), grouped) is not None
    other = number + data.draw(st.sampled_from([-1, 1, 10, 1000]))
    assert prove("", str(other), grouped) is None
    assert prove("", str(number * 10), grouped) is None


HOSTILE = [
    "(" * 1000,
    "[" * 500 + "]" * 500,
    ",".join("1" for _ in range(500)),
    "1 " * 500,
    "1," * 400 + "000",
    r"\pm" * 330,
    "x<" * 500,
    " or ".join(["x<1"] * 140),
    r"\cup".join([f"({n},{n + 1})" for n in range(80)]),
    r"\begin{pmatrix}" * 60,
    ":".join("12" for _ in range(330)),
    "1" * 999 + "%",
    "0." + r"\overline{1}" * 80,
    r"1\frac" * 160,
    "1" * 500 + " million" * 60,
    "≈".join("1" for _ in range(500)),
    "{x|" * 330,
    "_" * 1000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
@pytest.mark.parametrize("other", ["7", "(1, 2)", "x > 1", "0.333"])
def test_hostile(text: str, other: str) -> None:
    """Whatever is written, the search ends at once, and shows nothing."""
    started = time.perf_counter()
    assert prove(text * 20, text, other) is None
    assert prove(text * 20, other, text) is None
    assert time.perf_counter() - started < 2
