"""Which leaf of the taxonomy is guessed: of each what looks like it, and what only shares its shape."""

from tinyv_cli.proofs.leaves import RECOGNISERS
from tinyv_cli.proofs.likeliest import category
from tinyv_cli.taxonomy import LEAF_NAMES

FEWEST_PAIRS = 3
CHOICES = "Which of these is prime? (A) 6 (B) 7 (C) 8 (D) 9"

FITS: dict[str, tuple[tuple[str, str], ...]] = {
    "1.1": (("f(x) = 3 x", "f(x)=3x"), ("[0, 25]", "[0,25]"), ("2 x + 1", "2x+1")),
    "1.2": ((r"(3, +\infty)", "(3,∞)"), (r"x \leq 4", "x ≤ 4"), ("-3", "−3")),
    "1.3": (
        (r"\frac{32}{9}", r"\dfrac{32}{9}"),
        ("7", "**7**"),
        (r"\frac{\sqrt{2}}{2}", "sqrt(2)/2"),
        (r"\frac{19}{4}", r"{19 \over 4}"),
        ("13p^3", "13p<sup>3</sup>"),
        (r"\ln x", r"\operatorname{ln} x"),
        (r"\{5\}", "5"),
    ),
    "1.4": (
        (r"18.8^\circ", "18.8"),
        ("7", "7 pencils"),
        ("5 m", "500 cm"),
        ("40", r"\$40"),
        ("forty/40", r"\$40"),
        (r"26.6^\circ", r"26^\circ 36'"),
        ("270 minutes", "4 h 30 min"),
        ("30 (birds)", "30"),
    ),
    "1.5": (("n", "N=n"), (r"2k\pi, k \in \mathbb{Z}", r"2k\pi"), ("x^2 + C", "x^2"), ("2x (x > 0)", "2x")),
    "1.6": (
        (r"8\sqrt{6}", r"\beginboxed{8\sqrt{6}}"),
        (r"\frac{3}{4}", "\x0crac{3}{4}"),
        (r"\frac{3}{4}", "rac{3}{4}"),
    ),
    "2.1": (
        (r"(-\infty, -5)", "k < -5"),
        (r"\{x \mid x < -2\}", "x < -2"),
        (r"1 \leq x \leq 4", "{x | 1 ≤ x ≤ 4}"),
        ("[-2, 3)", "at least -2 and less than 3"),
    ),
    "2.2": (("2:1", "2/1"), ("3:5", "3 to 5"), ("4:2", "2:1"), ("7:4", "7 to 4")),
    "2.3": (
        (r"1 \pm \sqrt{19}", r"1+\sqrt{19}, 1-\sqrt{19}"),
        ("-3, 3", r"\pm 3"),
        (r"\frac{\pi}{2} + k\pi", r"\frac{\pi}{2} + 2k\pi, \frac{3\pi}{2} + 2k\pi"),
    ),
    "2.4": (
        (r"\begin{pmatrix}-7\\16\\5\end{pmatrix}", "(-7, 16, 5)"),
        ("(1, 2)", "i + 2j"),
        (r"\langle 1, 2 \rangle", "(1, 2)"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "[[1, 2], [3, 4]]"),
    ),
    "2.5": (("3.14", "3,14"), ("1000", "1,000"), ("12345", "12 345")),
    "3.1": (
        (r"\frac{1-p^2}{3}", r"\frac{-p^2+1}{3}"),
        ("2x+4y=6", "x+2y=3"),
        ("x^2-1", "(x-1)(x+1)"),
        ("x > 1", "2 < 2x"),
    ),
    "3.2": (
        (r"2^{-2/3}", r"\frac{1}{\sqrt[3]{4}}"),
        (r"\sqrt{8}", r"2\sqrt{2}"),
        ("x^{1/2}", r"\sqrt{x}"),
        (r"\sqrt{\frac{k}{m}}\sqrt{\frac{m}{k}}", "1"),
    ),
    "3.3": (
        (r"\frac{\log 2}{\log 2-\log 3}", r"-\frac{\ln 2}{\ln 3-\ln 2}"),
        (r"\sin 2x", r"2\sin x\cos x"),
        (r"\ln 8", r"3\ln 2"),
    ),
    "3.4": (
        ("n!", "n(n-1)!"),
        (r"x \geq 4", r"4 \leq x"),
        (r"\sum_{k=1}^{n} k", r"\frac{n(n+1)}{2}"),
        ("A and B", "not (not A or not B)"),
        (r"\binom{n}{k}", r"\frac{n!}{k!(n-k)!}"),
    ),
    "4.1": (
        (r"\frac{600}{7}", "85.71"),
        (r"\sqrt{2}", r"\sqrt{2} \approx 1.414"),
        ("1.2599", "2^{1/3}"),
        (r"2\pi", "about 6.283"),
        (r"x + \sqrt{2}", "x + 1.414"),
        (r"\left(\frac{1}{3}, 2\right)", "(0.333, 2)"),
    ),
    "4.2": (
        ("10^3", "1000"),
        ("0.5", r"\frac{1}{2}"),
        (r"\frac{2}{3}", r"0.\overline{6}"),
        ("1+2i", "i(2-i)"),
        ("120", "5!"),
        (r"30+10\sqrt{2}", r"10(\sqrt{2}+3)"),
        (r"\frac{2}{3}", "0.666..."),
    ),
    "4.3": (
        (r"1.27\%", r"1.3\%"),
        ("85.71", "85.7"),
        ("125330", "125000"),
        ("0.1234567891234", "0.1234567891235"),
    ),
    "4.4": (
        (r"6\frac{1}{64}", "6.015625"),
        (r"25\%", "0.25"),
        ("1011_2", "11"),
        ("3000000", "3 million"),
        (r"\frac{21}{2}", r"10 \text{ and } \frac{1}{2}"),
        ("20:00", "8:00 PM"),
    ),
    "5.1": (
        ("-2, -1, 0", "Sequence 1: -2, -1, 0"),
        ("1931", "The bridge was opened in 1931"),
        ("7", "3 + 4 = 7"),
        ("1931", "in 1931"),
        ("all odd integers", "The set is all odd integers"),
        ("May 18, 1923", "The mill burned down on May 18, 1923"),
        ("Lisbon", "The capital of the country is Lisbon"),
        ("Lisbon/the city of Lisbon", "Capital of the country: Lisbon"),
    ),
    "5.2": (
        ("16, 3, 1", "w=16, d=3, a=1"),
        ("7", "x = 7"),
        ("x = 2, y = -1", "(x, y) = (2, -1)"),
        ("9, 4", "Ann: 9, Ben: 4"),
        ("(7, 4)", r"x \text{ is } 7 \text{ and } y \text{ is } 4"),
    ),
    "5.3": (
        ("21", "twenty-one"),
        ("-4", "Negative four"),
        ("any odd number of players", "odd"),
        ("Yes", "True"),
        ("1977/in 1977", "1977"),
        ("dark blue", "navy"),
        ("18", "十八"),
        (r"\frac{1}{4}", "1 out of 4"),
        ("Dark blue", "dark blue"),
    ),
    "5.4": (("1, 3", "1 and 3"), ("2, 5, 9", "2, 5 and 9"), ("4 or 6", "4, 6"), ("1, 2", "1; 2"), ("(1,2),(3,4)", "(1,2);(3,4)")),
    "6.1": (
        ("(6,3),(9,3)", "(9,3),(6,3)"),
        ("2, 3", "3, 2"),
        (r"\{1, 2, 3\}", r"\{3, 1, 2\}"),
        ("(-2, 1) ∪ [3, 5)", "[3, 5) U (-2, 1)"),
        (r"(-\infty, 1) \cup [3, \infty)", r"[3, \infty) \cup (-\infty, 1)"),
    ),
    "6.2": (("(1,2),(3,4)", r"\{(1,2),(3,4)\}"), ("1, 2", r"\{1, 2\}"), ("(1, 2)", "[1, 2]")),
    "6.3": (("(1,2,3)", "(1;2;3)"), ("6, 4, 0", "6 4 0"), ("(x, y)", "(x; y)")),
    "6.4": (("(1,2)", "((1,2))"), ("x, x", "x"), ("1, 2, 2", "1, 2")),
    "7.1": (
        (r"\frac{\pi}{4}+\pi k", r"\frac{\pi}{4}+n\pi"),
        ("f(x)=2x", "g(t)=2t"),
        ("x^2 + C", "x^2 + k"),
        ("x > 1", "a > 1"),
        ("x^2 + C", "x^2 + c"),
    ),
    "7.2": (("x_1", "x1"), ("a_1 + a_2", "a1 + a2"), ("x_1", "x^1")),
    "7.3": ((r"\alpha, \beta", "a, b"), (r"\theta", "t"), (r"\lambda + 1", "k + 1")),
    "7.4": (("P(x)", "p(x)"), ("F(x) + 1", "f(x) + 1"), ("2AB", "2ab")),
}

# Of the same shape, but of another leaf or of none.
FITS_NOT: dict[str, tuple[tuple[str, str], ...]] = {
    "1.1": (("12", "1 2"), ("f(x) = 3 x", "3x"), (r"\frac{1}{2}", r"\dfrac{1}{2}")),
    "1.2": ((r"(3, \infty)", r"(3,\infty)"), (r"x \leq 4", r"x \geq 4"), (r"\pi", "3.14")),
    "1.3": ((r"\frac{32}{9}", r"3\frac{5}{9}"), ("2^{10}", "1024"), ("x^2", "x_2")),
    "1.4": (("7", "7 million"), ("12", "12 less"), ("3", "3x"), ("15", "15 (fifteen)")),
    "1.5": (
        (r"2k\pi, k \in \mathbb{Z}", r"2n\pi, n \in \mathbb{Z}"),
        ("1, 2", "1"),
        ("x^2 + C", "x^2 + k"),
        ("f(x, y) = xy", "f(a, b) = ab"),
    ),
    "1.6": (("8", "-8"), ("8", "18"), ("5", "5x")),
    "2.1": (("x > 1", "a > 1"), ("x > 1", "2 < 2x"), ("(2, 5)", "(5, 2)"), ("(1, 2)", "[1, 2]")),
    "2.2": (("1/2", "0.5"), ("8:30", "8:30 AM"), ("2", "x: 2")),
    "2.3": (
        (r"x = 1 \pm 2", "x^2 - 2x - 3 = 0"),
        (r"\pm 3", r"\pm 3.0"),
        (r"2k\pi", r"2n\pi"),
        ("1, 2", "1; 2"),
    ),
    "2.4": (
        ("(1, 2)", "[1, 2]"),
        ("(1, 2)", "1, 2"),
        (r"\begin{pmatrix} 1 \\ 2 \end{pmatrix}", r"\begin{pmatrix} 1 \\ 3 \end{pmatrix}"),
    ),
    "2.5": (("1, 2", "1; 2"), ("3.14", "3.1"), ("1000", "1,001")),
    "3.1": (("x", "5"), ("2^x", r"\sqrt{4^x}"), ("f(x)=2x", "g(t)=2t")),
    "3.2": (
        (r"\sqrt{2}", "1.414"),
        (r"\sqrt{2}+1", r"1+\sqrt{2}"),
        (r"\sqrt{2}", r"\sqrt2"),
        (r"\sqrt{2}", "5"),
    ),
    "3.3": ((r"\sin x + 1", r"1 + \sin x"), (r"\ln 2", "0.693"), (r"\ln x", r"\operatorname{ln} x")),
    "3.4": (("x + 1", "1 + x"), ("5!", "120"), ("|x| > 1", "|t| > 1")),
    "4.1": (("0.5", r"\frac{1}{2}"), ("1.27", "1.3"), (r"\frac{600}{7}", "95.71")),
    "4.2": (("1000", "1001"), (r"\frac{2}{3}", "0.667"), (r"2\frac{1}{2}", "2.5")),
    "4.3": (("1936", "1937"), ("0.5", "0.50"), ("85.71", "75.71")),
    "4.4": ((r"25\%", r"30\%"), ("3", "3.0"), (r"1\frac{1}{2}", r"2\frac{1}{2}")),
    "5.1": (
        ("7", "x = 7"),
        ("7", "7 apples"),
        ("8 May 1923", "1923"),
        ("x - 3z = 0", "0"),
        ("1931", "It burnt down in 1925"),
    ),
    "5.2": (
        ("N=n", "n"),
        ("y = 2x", "2x - y = 0"),
        ("7", "x = 9"),
        (r"\sum_{k=1}^{n} k", r"\frac{n(n+1)}{2}"),
    ),
    "5.3": (
        ("dark blue", "The colour of the flag is dark blue"),
        ("2, 3", "2 and 3"),
        ("x", "y"),
        ("7", "9"),
    ),
    "5.4": (("1, 3", "1, 4"), ("1, 3", "3 and 1"), ("1, 3", "1 and 4")),
    "6.1": (("2, 3", "2, 4"), ("(2, 3)", "[2, 3]"), ("x + y", "y + x")),
    "6.2": (("(1,2)", "((1,2))"), ("(1,2)", "(1;2)"), ("(1,2)", "[2,1]")),
    "6.3": (("1, 2", "1 and 2"), ("(1,2)", "(2;1)"), ("(1,2)", "[1;2]")),
    "6.4": (("(1,2)", r"\{1,2\}"), ("1, 2, 3", "1, 2"), ("5", "(5)")),
    "7.1": (("2k", "2k+1"), (r"\alpha", "a"), ("x_1", "x_2")),
    "7.2": (("x^2", "x^3"), ("2^3", "23"), ("x_{1}", "x_1")),
    "7.3": ((r"\alpha", "α"), ("x", "y"), (r"\theta", r"\phi")),
    "7.4": (("P(x)", "Q(x)"), ("A", "4"), ("P(x)", "p(y)")),
}


def test_every_leaf_is_recognised() -> None:
    """All leaves of the taxonomy have a recogniser and the pairs that it is held to, and nothing else has."""
    assert {leaf for leaf, _ in RECOGNISERS} == set(LEAF_NAMES) == set(FITS) == set(FITS_NOT)
    for tables in (FITS, FITS_NOT):
        assert min(len(set(pairs)) for pairs in tables.values()) >= FEWEST_PAIRS


def _put_in(tables: dict[str, tuple[tuple[str, str], ...]], *, same: bool) -> list[str]:
    """The pairs that are put in the leaf they stand under, or in another."""
    return [
        f"{gold} | {answer}: {found}, under {leaf}"
        for leaf, pairs in tables.items()
        for gold, answer in pairs
        if ((found := category("", [gold], answer)) == leaf) is same
    ]


def test_fits() -> None:
    """What looks like the leaf is put there."""
    assert _put_in(FITS, same=False) == []


def test_fits_not() -> None:
    """What only shares its shape is put elsewhere, or nowhere."""
    assert _put_in(FITS_NOT, same=True) == []


def test_nothing_fits() -> None:
    """Where there is nothing to go by, no leaf is made up."""
    pairs = [("7", "9"), ("26/66", "26"), ("1, 2, 3", "1, 2"), ("x", "5"), ("12", "1 2")]
    assert [pair for pair in pairs if category("", [pair[0]], pair[1]) is not None] == []


def test_choices_of_the_question() -> None:
    """A letter is a choice only where the question lists choices."""
    for gold, answer in (("B", "7"), ("7", "(B)")):
        assert category(CHOICES, [gold], answer) == "5.3"
        assert category("Which of these is prime?", [gold], answer) is None


def test_several_golds() -> None:
    """The gold to which the answer is closest counts: that by which the surest recogniser fits."""
    assert category("", ["The answer is seven", "7.0", "**7**"], "7") == "1.3"
    assert category("", ["8", "9"], "7") is None
