"""What kind of answer a gold is."""

from tests.tables import otherwise, slow
from tinyv_cli.maths.kinds import RECOGNISERS, Kind, kind_of

GOLDS = {
    Kind.NUMBER: [
        "5",
        "-3",
        "$7$",
        "0.25",
        ".5",
        "1,152",
        "1{,}152",
        r"15,\!000",
        "7 425 000",
        "3/4",
        "2 1/2",
        r"\frac{1}{2}",
        r"-\dfrac{10}{4}",
        r"\frac12",
        r"3\frac{3}{8}",
        "½",
        r"3.54 \times 10^{-7}",
        "1.5e-3",
        "33_4",
        "2:1",
        "7:00",
        r"\infty",
        "five",
        "twenty-five",
        "six/6",
        r"['2.88 \\times 10^{16}\n']",
        r"\boxed{42}",
        r"\text{13}",
    ],
    Kind.EXPRESSION: [
        "x",
        r"2\sqrt{3}",
        r"12\pi",
        r"\frac{3 + \sqrt{5}}{2}",
        "x^2 - 3x + 2",
        "(x+1)(x-1)",
        r"\frac{2+ab}{a+ab}",
        "sin(2*x)",
        r"\binom{40}{10}",
        r"\cos 13^\circ",
        "a*b^-1",
        "n!",
        "",
    ],
    Kind.EQUATION: [
        "x = 3",
        "y = 2x - 1",
        r"f(x) = \frac{k}{x}",
        "x^2+y^2=1",
        r"f(x) = \begin{cases} x, & x \le 0, \\ -x, & x > 0. \end{cases}",
        "BD=CD",
        "f(x) = 2x for x > 0",
    ],
    Kind.INTERVAL: [
        r"x \ge 2",
        "x<5",
        r"-2 \leqslant y < 2",
        "[0, 1)",
        r"(-\infty, 3)",
        r"(-\infty, 1] \cup [4, \infty)",
        r"\left(\frac{3}{5},\frac{8}{3}\right]",
        "[3, 5]",
        r"\{x \mid x > 3\}",
        "x≠1",
        r"a = 1 \text{ or } a \leq -2",
    ],
    Kind.SET: [
        "1 ∓ 2",
        r"\{1, 2, 3\}",
        "(1, -2)",
        "24, -3",
        r"1 \text{ or } -1",
        r"x = 1 \text{ or } x = 2",
        r"\pm\sqrt{3}",
        r"(5, 8), (8, 5)",
        r"\emptyset",
        "[0.8, 0.0, 0.6]",
        r"\left(\frac{6}{5}, \frac{12}{5}\right)",
        r"30^\circ, 60^\circ",
        r"\mathbb{R}",
    ],
    Kind.MATRIX: [
        r"\begin{pmatrix} 1 & 0 \\ 0 & 3 \end{pmatrix}",
        r"\left[\begin{array}{l}1 \\ 2\end{array}\right]",
        "[[1, 2], [3, 4]]",
        "[1, 0; 0, 1]",
    ],
    Kind.TEXT: [
        r"\text{odd}",
        "No solution",
        "Paris",
        "March 18, 2018",
        "15 December 2017",
        "Vasya has more",
        "odd $n$",
        "三角形",
        "yes",
        "red, green and blue",
    ],
    Kind.CHOICE: ["A", "(B)", r"\text{(C)}", r"\textbf{D}", "A, C", r"\text{(A) } 0", "B: $x+1$", "(d)"],
    Kind.UNIT: [
        r"3 \text{ cm}^2",
        "10 cm^2",
        "5 km",
        "-2 m",
        r"50\%",
        r"75^\circ",
        "$75,000",
        r"\$32.50",
        "11 (people)",
        "31 trillion imperial pints",
        r"269 $\mathrm{~s}$",
        "8 tins",
        r"\frac{3}{4}\pi\text{ inches}",
    ],
}


def test_kinds() -> None:
    """Golds as data sets write them, in LaTeX and plain."""
    assert otherwise([(gold, kind) for kind, golds in GOLDS.items() for gold in golds], kind_of) == []


def test_all_kinds_are_recognised() -> None:
    """Each kind has a recogniser, but the expression, which is what is left, and examples here."""
    assert {kind for kind, _ in RECOGNISERS} | {Kind.EXPRESSION} == set(Kind) == set(GOLDS)


UNITS = [
    "1",
    ",",
    "(",
    "[1,",
    r"\{",
    r"\frac{",
    "{" * 9,
    " ",
    "a ",
    "a",
    "5 m ",
    "= ",
    "<",
    r"\text{",
    "$",
    "m/s ",
]


def test_hostile() -> None:
    """No gold of a hundred thousand characters takes long."""
    texts = [unit * (100_000 // len(unit)) for unit in (*UNITS, *("1" + unit for unit in UNITS))]
    assert slow(texts, 0.1, kind_of) == []
