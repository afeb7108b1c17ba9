"""2.1: inequalities, intervals, sets by their condition: the same ends and brackets, and no others."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.proofs.cases import unproved, wrongly_proved
from tinyv_cli.maths.realsets import real_set
from tinyv_cli.proofs import prove

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
    ("", "x > 1", "2x > 2", "3.1", "the set (1, ∞)"),
    ("", "-1 < a < 3", "|a-1| < 2", "3.1", "the set (-1, 3)"),
    ("", r"(-\infty,-2) \cup (2,\infty)", "a^2 > 4", "2.1", "(-∞, -2) ∪ (2, ∞)"),
    ("", r"- \frac{\sqrt{2}}{2} < k < \frac{\sqrt{2}}{2}", r"k^2 < \frac12", "3.1", "the set"),
    ("", "[-1, 2)", r"\frac{x+1}{x-2} \le 0", "2.1", "the set [-1, 2)"),
    ("", r"(-\infty, -3) \cup (2, \infty)", "|x-1| + |x+2| > 5", "2.1", "(-∞, -3) ∪ (2, ∞)"),
    ("", r"[0, \frac{8}{3})", "0 ≤ 3k < 8", "2.1", "the set [0, 8/3)"),
    ("", r"16 < b \le 21", "b is greater than 16 and at most 21", "5.3", "the set (16, 21]"),
    ("", "3 < V < 4", "V lies strictly between 3 and 4", "5.3", "the set (3, 4)"),
    ("", r"[5, \infty)", "all real numbers m not less than 5", "2.1", "the set [5, ∞)"),
    ("", r"(0, \infty)", "all positive real numbers", "2.1", "the set (0, ∞)"),
    ("", r"(-\infty,-3) \cup (-3,3) \cup (3,\infty)", "all real numbers except 3 and -3", "2.1", "∪ (3, ∞)"),
    ("", r"[3, 4) \cup (4, 7]", r"3 \le x \le 7, x \ne 4", "2.1", "[3, 4) ∪ (4, 7]"),
    ("", r"m \le -2 \text{ or } m \ge 1", r"m \in \mathbb{R} \setminus (-2, 1)", "2.1", "(-∞, -2] ∪ [1, ∞)"),
    ("", r"\{t \mid t > 2\}", r"\{x \in \mathbb{R} : x > 2\}", "2.1", "the set (2, ∞)"),
    ("", r"[3, \infty)", "f(x) ≥ 3", "2.1", "the set [3, ∞)"),
    ("", "1, 2", "a ∈ {1, 2}", "2.1", "one of these"),
    ("Find the value of $a^2+b^2$.", "2, 4", r"a^2+b^2 \in \{2, 4\}", "2.1", "one of these"),
    ("Find the value of $x^3+y^3$.", "2, 4", r"x^3+y^3 \in \{2, 4\}", "2.1", "one of these"),
    ("Find the value of $x - y$.", "1, 5", r"x - y \in \{1, 5\}", "2.1", "one of these"),
    ("Find $x$.", "x = 1 or x = 3", r"x \in \{1, 3\}", "2.1", "{1} ∪ {3}"),
    ("", "0, 1, 2", r"x \in \{0, 1, 2\}", "2.1", "one of these"),
    ("", r"k \in \{1, 3, 9\}", "1, 3, 9", "2.1", "one of these"),
    (
        r"State the excluded values of $\frac{1}{x(x+10)}$.",
        "0, -10",
        r"x \ne 0, x \ne -10",
        "2.1",
        "left out",
    ),
    (r"State the excluded values of $\frac{1}{x(x+10)}$.", "-10, 0", r"x \ne 0, -10", "2.1", "left out"),
    (
        r"State the excluded values of $\frac{1}{x(x+10)}$.",
        r"x \ne 0 \text{ and } x \ne -10",
        "-10 and 0",
        "2.1",
        "left out",
    ),
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
    ("", "x > 1", "x > 1 or x > 2"),
    ("", "x < 0 or x > 3", "x < 0 or x > 3 or x > 5"),
    ("", "x > 1", "2x > 1"),
    ("", "x > 1", "-2x > -2"),
    ("", "x > 1", r"2x \ge 2"),
    ("", "-1 < a < 3", r"|a-1| \le 2"),
    ("", "-1 < a < 3", "|a+1| < 2"),
    ("", "-1 < a < 3", "|a-1| > 2"),
    ("", r"(-\infty,-2) \cup (2,\infty)", "a^2 < 4"),
    ("", "[-1, 2)", r"(x+1)(x-2) \le 0"),
    ("", "[-1, 2)", r"\frac{x-2}{x+1} \le 0"),
    ("", r"(-\infty, -3) \cup (2, \infty)", "|x-1| + |x+2| > 6"),
    ("", r"16 < b \le 21", "a is at least 15 and at most 18"),
    ("", "1 < S < 2", "S lies between 1 and 2"),
    ("", r"[5, \infty)", "all real numbers m not more than 5"),
    ("", r"(0, \infty)", "all nonnegative real numbers"),
    ("", r"(0, \infty)", "all positive integers"),
    ("", r"(-\infty,-2) \cup (-2,2) \cup (2,\infty)", "all real numbers except 2"),
    ("", r"[3, 4) \cup (4, 7]", r"3 \le x \le 7, x \ne 5"),
    ("", r"m \le -2 \text{ or } m \ge 1", r"m \in \mathbb{R} \setminus [-2, 1)"),
    ("", r"\{t \mid t > 2\}", r"\{x : t > 2\}"),
    ("Find the domain of $f$.", r"[3, \infty)", "f(x) ≥ 3"),
    ("", "x, y > 0", "y > 0"),
    ("", "1, 2", "a ∈ {1, 3}"),
    ("", "1, 2", "a ∈ (1, 2)"),
    ("Find $a$.", "1, 2", "b ∈ {1, 2}"),
    ("Find the value of $a^2+b^2$.", "2, 4", r"a^2-b^2 \in \{2, 4\}"),
    ("Find the value of $x^3+y^3$.", "2, 4", r"x^3+y^3 \in \{2, 3\}"),
    ("Find the value of $x - y$.", "1, 5", r"x + y \in \{1, 5\}"),
    ("Find $x$.", "x = 1 or x = 3", r"x \in \{1, 2\}"),
    ("", "not all x > 3", "x > 3"),
    ("", "0, 1, 2", r"x \in \{0, 1, 3\}"),
    ("", r"k \in \{1, 3, 9\}", "1, 3, 8"),
    (r"State the excluded values of $\frac{1}{x(x+10)}$.", "0, -10", r"x \ne 0, x \ne 10"),
    (r"State the excluded values of $\frac{1}{x(x+10)}$.", "0, -10", "x = 0, x = 10"),
    (r"State the excluded values of $\frac{1}{x(x+10)}$.", "-10, 0", r"x \ne 0"),
    ("Solve it.", "0, -10", r"x \ne 0, x \ne -10"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved, whichever of the two is the gold."""
    assert wrongly_proved(OTHER, turned=True) == []


def test_what_is_to_be_solved_is_no_answer() -> None:
    """A condition of the question, or one with the same solutions, is not solved by being said again."""
    asked = "Solve $|x-3| < 2$ for real x."
    assert prove(asked, "1 < x < 5", "|x-3| < 2") is None
    assert prove(asked, "1 < x < 5", "|3-x| < 2") is None
    assert prove("Solve 2x > 2.", "x > 1", "2x > 2") is None
    assert prove("Where is $f$ positive?", "1 < x < 5", "|x-3| < 2") is not None


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
