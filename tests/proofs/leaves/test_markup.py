"""1.1, 1.2, 1.3 and 1.6: what is only for the eye, as no bracket, relation or power is."""

from tests.proofs.cases import unproved, wrongly_proved

SAME = [
    ("", "612", "<612>", "1.3", "tags"),
    ("", "00:36:55", "<00:36:55>", "1.3", "tags"),
    ("", "85 - 74i", "= 85 - 74i</85 - 74i>", "1.3", "tags"),
    ("", r"\text{(E)}", "(E)", "1.3", "fonts"),
    ("", "Yes", "**Yes**", "1.3", "bold marks"),
    ("", r"(\cfrac{1}{2}, 3]", r"(\frac{1}{2}, 3]", "1.3", "kinds of fraction"),
    ("", "odd", r"\textbf{odd}.", "1.3", "the stop at the end"),
    ("", r"(-∞,-3)∪(3,+∞)", r"(-\infty,-3)\cup(3,\infty)", "1.2", "symbols"),
    ("", r"x \le 3", "x ≤ 3", "1.2", "symbols"),
    ("", r"60^\circ 42'", r"60^\textcirc 42'", "1.2", "degree signs"),
    ("", r"(１, \text{no}]", "(1, no]", "1.2", "full-width"),
    ("", r"[0, \sqrt{5})", "[0, √5)", "1.2", "roots"),
    ("", r"x^2 \neq y", "x² != y", "1.2", "superscripts"),
    ("", "(-inf, 2)", r"(-\infty, 2)", "1.2", "infinity"),
    ("", "(\x0crac{1}{2}, 1]", r"(\frac{1}{2}, 1]", "1.6", "damaged command"),
    ("", "(24, 3{,}200]", "(24, 3,200]", "1.3", "thin spaces"),
    ("", "(1, 2]", "(1, 2]</answer>", "1.3", "tags"),
    ("", "[a, b)", "<answer>[a, b)", "1.3", "tags"),
    ("", "{a, b}", "{'a', 'b'}", "1.3", "quotation marks"),
    ("", "(0, 5]", r"boxed{(0, 5]}", "1.3", "boxes"),
    ("", r"\frac{x}{2}", r"\\frac{x}{2}", "1.6", "as a program prints them"),
    ("", r"\sqrt{x+1}", r"\\sqrt{x+1}", "1.6", "as a program prints them"),
    ("", r"\alpha + 2", r"\\alpha + 2", "1.6", "as a program prints them"),
    ("", "oo(1,3)", "(1,3)", "3.4", "calls"),
    ("", "sum(k^2,k,1,n)", "n*(n+1)*(2*n+1)/6", "3.4", "calls"),
    ("", "1+lg(27,3)", "4", "3.4", "calls"),
]

OTHER = [
    ("", "x > 3", "<3>"),
    ("", "3", "<4>"),
    ("", "5", "5</6>"),
    ("", "(-∞,-3)∪(3,+∞)", r"(-\infty,-3)\cup[3,\infty)"),
    ("", "(-∞,-3)∪(3,+∞)", r"(-\infty,-3)\cap(3,\infty)"),
    ("", "(-∞,-3)", r"(\infty,-3)"),
    ("", r"x \le 3", "x < 3"),
    ("", r"x^2 \neq y", "x³ != y"),
    ("", r"x \le 3", "x ≥ 3"),
    ("", r"\text{(E)}", "(F)"),
    ("", "odd", r"\textbf{even}."),
    ("", "2**3", "23"),
    ("", "2⁵", "25"),
    ("", "2₅", "2⁵"),
    ("", "2 1/2", "21/2"),
    ("", "0.333...", "0.333"),
    ("", "5", "~5"),
    ("", "No", "**Yes**"),
    ("", r"\frac{x}{2}", r"\\frac{x}{3}"),
    ("", r"\sqrt{x+1}", r"\\sqrt{x}"),
    ("", r"\alpha + 2", r"\\beta + 2"),
    ("", "oo(1,3)", "(1,3]"),
    ("", "sum(k^2,k,1,n)", "n*(n+1)*(2*n-1)/6"),
    ("", "1+lg(27,3)", "3"),
    ("", "(1, 2)", r"\{1, 2\}"),
    ("", r"\sqrt{5}+1", "√(5+1)"),
    ("", r"60^\circ 42'", r"60^\textcirc 24'"),
    ("", r"\text{(E)}", "(D)"),
    ("", "odd", r"\textbf{even}."),
    ("", r"(\cfrac{1}{2}, 3]", r"(\frac{1}{2}, 3)"),
    ("", "(24, 3{,}200]", "(24, 3.200]"),
    ("", "(1, 2]", "(1, 2)</answer>"),
    ("", "(1, 2]", "<1, 2>"),
    ("", "{a, b}", "{'a', 'c'}"),
    ("", "(0, 5]", r"boxed{[0, 5]}"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME, leading=True) == []


def test_other() -> None:
    """None is proved, whichever of the two is the gold."""
    assert wrongly_proved(OTHER, turned=True) == []
