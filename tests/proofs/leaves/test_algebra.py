"""Expressions and equations: equal in value everywhere, or no proof; and an end to whatever is tried."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.proofs.cases import unproved, wrongly_proved
from tinyv_cli.proofs import prove

SAME = [
    ("", r"\frac{1-p^2}{3}", r"\frac{-p^2+1}{3}", "3.1", "equal in value"),
    ("", r"\frac{3m}{2}-1", r"\frac{3m-2}{2}", "3.1", "equal in value"),
    ("", "(x-1)(x+1)", "x^2-1", "3.1", "equal in value"),
    ("", r"2^{-2/3}", r"\frac{1}{\sqrt[3]{4}}", "3.2", "the same number"),
    ("", r"\sqrt{x^2+1}", r"(1+x^2)^{1/2}", "3.2", "equal in value"),
    ("", r"\sqrt{2x+2}", r"\sqrt{2(x+1)}", "3.1", "equal in value"),
    ("", r"x+\sqrt{2}", r"\sqrt{2}+x", "3.1", "equal in value"),
    ("", r"\frac{\log 2}{\log 2-\log 3}", r"-\frac{\ln 2}{\ln 3-\ln 2}", "3.3", "the same number"),
    ("", r"\cos^2 x", r"\frac{1+\cos 2x}{2}", "3.3", "equal in value"),
    ("", r"\arcsin x", r"\frac{\pi}{2} - \arccos x", "3.3", "equal in value"),
    ("", r"\ln \sqrt{x}", r"\frac12 \ln x", "3.3", "equal in value"),
    ("", r"\sin \pi", "0", "3.3", "the same number"),
    ("", "n!", r"n \cdot (n-1)!", "3.4", "equal in value"),
    ("", "10^3", "1000", "4.2", "exactly"),
    ("", r"\frac{6}{4}", "1.5", "4.2", "exactly"),
    ("", r"\frac{2\pi}{4}", r"\pi/2", "4.2", "the same number"),
    ("", "2 x", "2x", "1.1", "spacing"),
    ("", r"\left(2\right)", "(2)", "1.3", "markup"),
    ("For matrices", "ad-bc", "-cb+ad", "3.1", "as polynomials, exactly"),
    ("", r"\log_2 x", r"\frac{\log x}{\log 2}", "3.3", ""),
    ("Simplify for $x < 5$.", "|x-5|", "5-x", "3.4", "on both sides of every kink"),
    ("Solve for $y$, where $x<5$.", "y = |x-5|", "y+x = 5", "3.4", "rearranged"),
    ("", "x + 2y = 3", "2x+4y=6", "3.1", "rearranged"),
    ("", "xy = 6", "y = 6/x", "3.1", "rearranged"),
    ("", r"x + y = 2\sin t \cos t", r"y = \sin 2t - x", "3.3", "rearranged"),
    ("", r"(\frac{2}{x})^{-3}", r"(\frac{x}{2})^3", "3.2", "equal in value"),
    ("", "y = 2x+1", "2x - y = -1", "3.1", "rearranged"),
    ("", "x^2+y^2 = 4", "x^2 + y^2 - 4 = 0", "3.1", "rearranged"),
    ("", r"z = \frac{6}{xy}", "xyz = 6", "3.1", "rearranged"),
    ("", "x=y or x=-y", "|x|=|y|", "3.1", "rearranged"),
    ("", "a=0 or b=0", "ab=0", "3.1", "rearranged"),
    ("", "a=0 or x=y", "ax=ay", "3.1", "rearranged"),
    ("", "(1+i)(x+y)=0", "y=-x", "3.1", "rearranged"),
    ("", "a=b*(2-i)/5", "a*(2+i)=b", "3.1", "rearranged"),
    ("", "x^2-3a<0", "3x^2<9a", "3.1", "the same inequality"),
    ("", r"x^2-3a \le 0", r"9a \geq 3x^2", "3.1", "the same inequality"),
    ("", "xy > 2a", "3xy - 6a > 0", "3.1", "the same inequality"),
]

OTHER = [
    ("", r"\frac{1-p^2}{3}", r"\frac{p^2-1}{3}"),
    ("", r"\frac{3m}{2}-1", r"\frac{3m-1}{2}"),
    ("", r"\sqrt{x^2}", "x"),
    ("", r"\ln x^2", r"2\ln x"),
    ("", r"2^{-2/3}", r"\frac{1}{\sqrt[3]{2}}"),
    ("", r"\cos^2 x", r"\frac{1-\cos 2x}{2}"),
    ("", r"\pi \cdot 10^{-35}", r"2\pi \cdot 10^{-35}"),
    ("", r"e^{-1000}", r"e^{-1001}"),
    ("", r"e^{-900-x^2}", r"2e^{-900-x^2}"),
    ("", "10^{200}", "10^{200}+1"),
    ("", r"\sqrt{10^{20}+1}", "10^{10}"),
    ("", "CAD", "DAC"),
    ("", "x + 2y = 3", "2x+4y=3"),
    ("", "x=y or x=-y", "|x|=|2y|"),
    ("", "x=y or x=-y", "x=y"),
    ("", "a=0 or b=0", "a=0 and b=0"),
    ("", "a=0 or b=0", "a+b=0"),
    ("", "x=2 or x=-2", "x^2=4"),
    ("", "a=b*(2+i)/5", "a*(2+i)=b"),
    ("", "x^2-3a<0", "-3x^2<-9a"),
    ("", "x^2-3a<0", r"3x^2 \le 9a"),
    ("", r"x^2-3a \le 0", r"9a \leq 3x^2"),
    ("", "xy > 2a", "3xy + 6a > 0"),
    ("", r"\cos(10^{-44})", "1"),
    ("Which is it?", "2020-03-04", "2020-04-03"),
    ("", "x + 2y = 3", "x-2y=3"),
    ("", "xy = 6", "y = x/6"),
    ("", "xy = z", "y = z/x"),
    ("", "x = y", "xy = y^2"),
    ("", r"y = \sqrt{x}", "y^2 = x"),
    ("", "x = 3", "2x = 6"),
    ("", "2x = 6", "x = 3"),
    ("", "f(x) = 2x", "f = 2"),
    ("", "f(1) = 0", "f(7) = 0"),
    ("", "p_Z(0) = 1/2", "p_Z(0) = 1/9"),
    ("", r"g\left(\frac{\pi}{6}\right) = 0", r"g\left(\frac{\pi}{9}\right) = 0"),
    ("", "f(x+1) = 0", "f(2x+2) = 0"),
    ("", r"y(\frac{\pi}{6}) = 0", r"y(\frac{\pi}{9}) = 0"),
    ("", "2f(x+1)", "f(2x+2)"),
    ("", "a^{bc}", "(a^b)^c"),
    ("", "5 m^2", "5 mm"),
    ("", "9^{1010} - 1", "-5"),
    ("", r"2\,1/2", "21/2"),
    ("", r"\frac32 - N", r"\frac32 N"),
    ("", "4 - m", "4 m"),
    ("", r"\vec{a}\times\vec{b}", r"\vec{b}\times\vec{a}"),
    ("", r"\mathbf{a}\times\mathbf{b}", r"\mathbf{b}\times\mathbf{a}"),
    ("Let $A$ and $B$ be matrices.", "A B^{-1}", "B^{-1}A"),
    ("Let $A$ and $B$ be matrices.", "ABA^{-1}", "B"),
    ("Let $A$ and $B$ be matrices.", "(A+B)^2", "A^2+2AB+B^2"),
    ("", "[n/2]", "n/2"),
    ("", r"\{x\}", "x"),
    ("", "(a b c)", "(a c b)"),
    ("", r"\log x", r"\ln x"),
    ("", r"\log 100", r"\ln 100"),
    ("", r"\frac{\Delta y}{\Delta x}", r"\frac{y}{x}"),
    ("", r"\frac{{\rm d}y}{{\rm d}x}", r"\frac{y}{x}"),
    ("Where is C?", "C(5, 2)", "10"),
    ("", "|x+5|", "x+5"),
    ("", "y=|x-5|", "y=5-x"),
    ("", "a^{bc}", "(a^c)^b"),
    ("", "e^{100}+1", "e^{100}"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME, leading=True) == []


def test_other() -> None:
    """None is proved, whichever of the two is the gold."""
    assert wrongly_proved(OTHER, turned=True) == []


FORM_ASKED = [
    ("Factor $x^2-1$.", "(x-1)(x+1)", "x^2-1"),
    ("Expand the product.", "x^2-1", "(x-1)(x+1)"),
    ("Write the line in slope-intercept form.", "y = 2x+1", "2x - y = -1"),
]


@pytest.mark.parametrize(("question", "gold", "answer"), FORM_ASKED)
def test_form_asked(question: str, gold: str, answer: str) -> None:
    """What is equal is no answer where another form of it was asked for."""
    assert prove("", gold, answer) is not None
    assert prove(question, gold, answer) is None


TERMS = st.lists(
    st.tuples(st.integers(-9, 9), st.sampled_from(["", "x", "y", "x^2", "xy", r"\sqrt{x}", r"\sin x"])),
    min_size=1,
    max_size=4,
)


def _sum(terms: list[tuple[int, str]]) -> str:
    return " + ".join(f"({number}){name}" for number, name in terms)


@given(terms=TERMS, data=st.data())
def test_a_changed_term_is_never_proved(terms: list[tuple[int, str]], data: st.DataObject) -> None:
    """In any order a sum is the same; with one coefficient changed it is never."""
    shuffled = data.draw(st.permutations(terms))
    if data.draw(st.booleans()):
        at, by = data.draw(st.integers(0, len(terms) - 1)), data.draw(st.integers(-18, 18).filter(bool))
        changed = [(number + by * (i == at), name) for i, (number, name) in enumerate(shuffled)]
        assert prove("", _sum(terms), _sum(changed)) is None
    else:
        assume(any(number for number, _ in terms))
        assert prove("", _sum(terms), _sum(shuffled)) is not None
