"""The taxonomy of false negatives (arXiv 2505.14625): one table of its categories, leaves and shares.

The paper's figure gives a share for each leaf and for each category, and the latter are not the sums of the
former (34.50, 15.47, 6.69, 10.75, 29.84, 1.82 and 0.92%): both stand here as they stand there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Touches(IntEnum):
    """How deep a difference goes: of several between a gold and an answer, the deepest is the cause."""

    LOOKS = 0  # how it is written
    SURROUNDINGS = 1  # what stands around it; or a number, which anybody who calculates finds the same
    WORDING = 2  # in which way it is said
    VALUE = 3  # what has to be worked out


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold and an answer that means the same, as an answer to `question` where that matters."""

    gold: str
    answer: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A kind of difference between a gold and an answer that means the same; proofs belong to one."""

    id: str
    name: str
    paper_percent: float  # of the false negatives on Big-Math, as the paper's figure has it
    touches: Touches
    about: str
    examples: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """The leaves of one kind; their ids begin with its number."""

    number: str
    name: str
    paper_percent: float
    leaves: tuple[Leaf, ...]


LOOKS, SURROUNDINGS, WORDING, VALUE = Touches

CATEGORIES = (
    Category(
        "1",
        "formatting",
        28.95,
        (
            Leaf(
                "1.1",
                "spacing",
                2.29,
                LOOKS,
                "Space that says nothing.",
                (Pair("f(x) = 2 x", "f(x)=2x"), Pair("[0, 25]", "[0,25]")),
            ),
            Leaf(
                "1.2",
                "symbols",
                5.99,
                LOOKS,
                "Another sign for the same symbol.",
                (
                    Pair(r"(-\infty,-3)\cup(3,+\infty)", "(-∞,-3)∪(3,∞)"),
                    Pair(r"x \geqslant 2", r"x \ge 2"),
                ),
            ),
            Leaf(
                "1.3",
                "markup",
                3.57,
                LOOKS,
                "Other markup for what looks the same, or nearly so.",
                (Pair(r"\frac{32}{9}", r"\dfrac{32}{9}"), Pair(r"\text{even}", r"\mathrm{even}")),
            ),
            Leaf(
                "1.4",
                "units",
                14.55,
                WORDING,
                "A unit that only one side gives, or that both give in other words.",
                (
                    Pair(r"18.8^\circ", "18.8", "How many degrees is the angle?"),
                    Pair("7", "7 apples", "How many apples are left?"),
                ),
            ),
            Leaf(
                "1.5",
                "context",
                7.86,
                SURROUNDINGS,
                "What goes without saying, or what the question has said already.",
                (
                    Pair(r"2k\pi", r"2k\pi, k \in \mathbb{Z}"),
                    Pair("n", "N=n"),
                ),
            ),
            Leaf(
                "1.6",
                "other formatting",
                0.24,
                LOOKS,
                "Any other writing of the same text.",
                (Pair(r"\frac{1}{2}", r"\\frac{1}{2}"),),
            ),
        ),
    ),
    Category(
        "2",
        "notation",
        15.83,
        (
            Leaf(
                "2.1",
                "intervals",
                7.23,
                WORDING,
                "An interval, an inequality, or a set by its condition.",
                (
                    Pair(r"(-\infty,-5)", "k < -5", "For which k has it no solution?"),
                    Pair(r"[2, 4)", r"2 \le x < 4", "For which x is it defined?"),
                ),
            ),
            Leaf(
                "2.2",
                "ratios",
                6.29,
                WORDING,
                "A ratio with a colon, a stroke or in words.",
                (
                    Pair("2:1", "2/1", "What is the ratio of boys to girls?"),
                    Pair("2:1", "2 to 1", "What is the ratio of boys to girls?"),
                ),
            ),
            Leaf(
                "2.3",
                "several in one",
                0.86,
                WORDING,
                "Several solutions in one formula, or one by one.",
                (
                    Pair(r"1 \pm \sqrt{19}", r"1+\sqrt{19}, 1-\sqrt{19}", "Solve for x."),
                    Pair(r"\pm 3", "-3, 3", "Solve for x."),
                ),
            ),
            Leaf(
                "2.4",
                "vectors, matrices",
                0.18,
                WORDING,
                "A vector as a column or in brackets, a matrix in other rows.",
                (Pair(r"\begin{pmatrix}-7\\16\\5\end{pmatrix}", "(-7,16,5)"),),
            ),
            Leaf(
                "2.5",
                "other notation",
                0.91,
                WORDING,
                "Another notation, such as that of numbers in another country.",
                (Pair("3.14", "3,14"), Pair("1234", "1,234")),
            ),
        ),
    ),
    Category(
        "3",
        "expressions",
        7.00,
        (
            Leaf(
                "3.1",
                "algebra",
                4.59,
                VALUE,
                "The same expression after some algebra.",
                (
                    Pair(r"\frac{1-p^2}{3}", r"\frac{-p^2+1}{3}"),
                    Pair("x+2y=3", "2x+4y=6", "Find an equation of the line."),
                ),
            ),
            Leaf(
                "3.2",
                "roots, exponents",
                0.58,
                VALUE,
                "Roots, powers and quotients of the same value.",
                (Pair(r"2^{-2/3}", r"\frac{1}{\sqrt[3]{4}}"), Pair(r"\sqrt{x}", "x^{1/2}")),
            ),
            Leaf(
                "3.3",
                "logs, trigonometry",
                0.97,
                VALUE,
                "Logarithms or trigonometric functions of the same value.",
                (
                    Pair(
                        r"\frac{\log 2}{\log 2-\log 3}",
                        r"-\frac{\ln 2}{\ln 3-\ln 2}",
                    ),
                    Pair(r"1-\sin^2 x", r"\cos^2 x"),
                ),
            ),
            Leaf(
                "3.4",
                "other expressions",
                0.55,
                VALUE,
                "Any other expression of the same value.",
                (Pair("a < m < b", "b > m > a"),),
            ),
        ),
    ),
    Category(
        "4",
        "numbers",
        12.59,
        (
            Leaf(
                "4.1",
                "exact or rounded",
                4.72,
                VALUE,
                "An exact value, and what it rounds to.",
                (
                    Pair(r"\frac{600}{7}", "85.71"),
                    Pair(r"2\sqrt{3}", r"2\sqrt{3} \approx 3.46"),
                ),
            ),
            Leaf(
                "4.2",
                "exact numbers",
                1.00,
                SURROUNDINGS,
                "The same number exactly, in another form.",
                (Pair("10^3", "1000"), Pair(r"\frac{1}{3}", r"0.\overline{3}")),
            ),
            Leaf(
                "4.3",
                "precision",
                3.33,
                VALUE,
                "A number with more or fewer digits.",
                (Pair(r"12.57\%", r"12.6\%"),),
            ),
            Leaf(
                "4.4",
                "other numbers",
                1.70,
                WORDING,
                "Mixed numbers, other bases, times of the day.",
                (
                    Pair(r"\frac{3}{2}", "1 1/2"),
                    Pair("20:34", "8:34 PM", "At what time does it arrive?"),
                ),
            ),
        ),
    ),
    Category(
        "5",
        "language",
        33.63,
        (
            Leaf(
                "5.1",
                "explanations",
                19.99,
                SURROUNDINGS,
                "Words around the answer, or a sentence that names it.",
                (
                    Pair("7", "The maximum value of g(x) is 7", "What is the maximum value of g(x)?"),
                    Pair("12", "3+9 = 12", "What is the sum?"),
                ),
            ),
            Leaf(
                "5.2",
                "assignments",
                5.93,
                SURROUNDINGS,
                "The name of what is given, such as `x =`.",
                (
                    Pair("7", "x = 7", "Solve for x."),
                    Pair("16,3", "w=16, d=3", "Find w and d."),
                ),
            ),
            Leaf(
                "5.3",
                "phrasing",
                2.71,
                WORDING,
                "The same in other words, in fewer, or a choice by its letter.",
                (
                    Pair("21", "twenty-one"),
                    Pair(r"\frac{7}{27}", "7 out of 27"),
                ),
            ),
            Leaf(
                "5.4",
                "other words",
                1.21,
                SURROUNDINGS,
                "A word where the other side has a sign.",
                (Pair("1,3", r"1 \text{ and } 3", "Solve for x."),),
            ),
        ),
    ),
    Category(
        "6",
        "sets and lists",
        1.45,
        (
            Leaf(
                "6.1",
                "order",
                0.52,
                WORDING,
                "The same elements in another order, where order says nothing.",
                (Pair("(6,3),(9,3)", "(9,3),(6,3)", "Find all pairs of integers."),),
            ),
            Leaf(
                "6.2",
                "brackets",
                1.08,
                SURROUNDINGS,
                "The same elements in other brackets.",
                (Pair("(1,2),(3,4)", r"\{(1,2),(3,4)\}", "Find all pairs of integers."),),
            ),
            Leaf(
                "6.3",
                "separators",
                0.11,
                LOOKS,
                "Another mark between the same elements.",
                (Pair("(1,2,3)", "(1;2;3)"),),
            ),
            Leaf(
                "6.4",
                "other lists",
                0.11,
                SURROUNDINGS,
                "Any other form of the same list.",
                (Pair("(1,2)", "((1,2))"),),
            ),
        ),
    ),
    Category(
        "7",
        "symbols",
        0.55,
        (
            Leaf(
                "7.1",
                "letters",
                0.67,
                VALUE,
                "Another letter for what any letter would do.",
                (
                    Pair(
                        r"\frac{\pi}{4}+\pi k, k \in \mathbb{Z}",
                        r"\frac{\pi}{4}+n\pi, n \in \mathbb{Z}",
                        "Solve for x.",
                    ),
                ),
            ),
            Leaf(
                "7.2",
                "subscripts",
                0.15,
                LOOKS,
                "A subscript or a mark of a vector that is written or not.",
                (Pair("x_1 + x_2", "x1 + x2", "What is the sum of the roots x_1 and x_2?"),),
            ),
            Leaf(
                "7.3",
                "own symbols",
                0.02,
                LOOKS,
                "A symbol that the response has made up.",
                (Pair(r"\alpha, \beta", "a, b"),),
            ),
            Leaf(
                "7.4",
                "other symbols",
                0.08,
                LOOKS,
                "Capitals and small letters, and other names.",
                (Pair("P(x)=2x", "p(x)=2x"),),
            ),
        ),
    ),
)
LEAVES = tuple(leaf for category in CATEGORIES for leaf in category.leaves)

CATEGORY_NAMES = {category.number: category.name for category in CATEGORIES}
LEAF_NAMES = {leaf.id: leaf.name for leaf in LEAVES}
PAPER_PERCENT = {each.id: each.paper_percent for each in LEAVES}
CATEGORY_PERCENT = {category.number: category.paper_percent for category in CATEGORIES}
_TOUCHES = {leaf.id: leaf.touches for leaf in LEAVES}


def deepest(leaves: Iterable[str | None]) -> str | None:
    """The leaf that goes deepest, the first of equals: what a difference of several kinds is counted as."""
    return max((leaf for leaf in leaves if leaf), key=lambda leaf: _TOUCHES.get(leaf, LOOKS), default=None)
