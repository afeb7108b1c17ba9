"""LaTeX of a dataset as MathML: what is shown as mathematics, and that nothing else gets through."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from tests.pages import HOSTILE
from tinyv_cli.figures.formulas import (
    ATTRIBUTES,
    ELEMENTS,
    MOST_CHARS,
    VALUE,
    answer_formula,
    formula,
    look_alike,
    with_formulas,
)


def text_of(markup: str) -> str:
    return "".join(ElementTree.fromstring(f"<p>{markup}</p>").itertext())


@pytest.mark.parametrize(
    ("latex", "markup"),
    [
        (r"\frac{1}{2}", "<math><mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac></math>"),
        ("x^2", "<math><msup><mi>x</mi><mn>2</mn></msup></math>"),
        (r"-\infty", '<math><mo form="prefix">−</mo><mi>∞</mi></math>'),
        ("(-3)-2", '<mo stretchy="false">(</mo><mo form="prefix">−</mo><mn>3</mn>'),
        ("(-3)-2", '<mo stretchy="false">)</mo><mo>−</mo><mn>2</mn>'),
        (r"3 \text{ or } 4", "<math><mn>3</mn></math> or <math><mn>4</mn></math>"),
        (r"40\text{ cm}^2", "<msup><mtext>\xa0cm</mtext><mn>2</mn></msup>"),
        (r"\color{red}{x}", "<math><mstyle><mrow><mi>x</mi></mrow></mstyle></math>"),
        (r"\text{<b>}", "&lt;b&gt;"),
        (r"\text{&lt;b&gt;}", "&lt;b&gt;"),
        (r"\frac{\text{</math><script>}}{2}", "<mtext>&lt;/math&gt;&lt;script&gt;</mtext>"),
        (r"\href{javascript:alert(1)}{x}", "<math><mrow><mrow><mi>x</mi></mrow></mrow></math>"),
        (r'\style{color:red" onclick="alert(1)}{x}', "<math><mrow><mi>x</mi></mrow></math>"),
        (r"a\hspace{9999em}b", "<math><mi>a</mi><mspace></mspace><mi>b</mi></math>"),
        (r"a\hspace{1em}b", '<math><mi>a</mi><mspace width="1em"></mspace><mi>b</mi></math>'),
    ],
)
def test_formulas(latex: str, markup: str) -> None:
    """What is understood becomes MathML; of its attributes only harmless ones are kept, and text is text."""
    assert markup in (formula(latex) or "")


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{1}",
        r"\nonesuch{x}",
        "{" * MOST_CHARS,
        "x" * (MOST_CHARS + 1),
        r"x^2^3",
        r"\phantom{7}",
        r"\rlap{7}8",
        r"\newcommand{\a}{xx}\a",
        r"\def\a{xx}\a",
    ],
)
def test_what_stays_as_written(latex: str) -> None:
    """What is not understood, too long, defines commands, or hides or overprints what it says."""
    assert formula(latex) is None
    assert with_formulas(f"a ${latex}$ b") == f"a ${latex}$ b"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Find $x$ and \\(y\\).", "Find x and y."),
        ("Find $$x$$ and\n\\[y\\].", "Find x and\ny."),
        ("It costs $5 and $10.", "It costs $5 and $10."),
        ("It costs \\$5 and \\$10.", "It costs \\$5 and \\$10."),
        ("Half: $\\frac{1}$, and $x$.", "Half: $\\frac{1}$, and x."),
        ("", ""),
    ],
)
def test_formulas_in_text(text: str, shown: str) -> None:
    """Formulas stand between dollars or the like; prices are none."""
    assert text_of(with_formulas(text)) == shown


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (r"\frac{1}{2}", "12"),
        (r"\text{six crates}", "six crates"),
        ("x^2", "x2"),
        ("so it is $x$", "so it is x"),
        ("6", None),
        ("six crates", None),
        (r"an increase of 5\% in all", None),
        ("it costs $5", None),
        (r"\nonesuch", None),
    ],
)
def test_answers(answer: str, shown: str | None) -> None:
    """An answer is shown as mathematics only where that reads in another way than it is written."""
    found = answer_formula(answer)
    assert (None if found is None else text_of(found)) == shown


PIECES = ["$", "$$", "\\(", "\\)", "^", "_", "{", "}", "&", "\\\\", " ", "x", "<", '"', HOSTILE]
COMMANDS = (
    "\\text{ \\href{ \\style{ \\class{ \\color{ \\frac{ \\sqrt[ \\left( \\right) \\begin{pmatrix} "
    "\\end{pmatrix} \\hspace{ \\rule{ \\unicode{ \\tag{ \\operatorname{ \\mathrm{ \\not \\genfrac \\sum"
).split()


@given(st.lists(st.one_of(st.sampled_from(PIECES + COMMANDS), st.text(max_size=3)), max_size=20).map("".join))
def test_nothing_else_gets_through(text: str) -> None:
    """Whatever a dataset holds: what comes out is well formed, of listed elements, and obeys no character."""
    for made in (with_formulas(text), answer_formula(text) or "", formula(text) or ""):
        for element in ElementTree.fromstring(f"<p>{made}</p>").iter():
            assert element.tag in {*ELEMENTS, "p", "math"}
            assert set(element.attrib) <= ATTRIBUTES
            assert all(VALUE.fullmatch(value) for value in element.attrib.values())
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202e]", made)


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        (r"\frac{1}{2}", r"\dfrac{1}{2}", True),
        (r"\left(3, 9\right)", "(3,9)", True),
        (r"\frac{1}{2}", r"\frac{2}{1}", False),
        (r"\frac{1}{2}", "12", False),
        (r"x^2", "x_2", False),
        ("8, 9", "8, 9", True),
    ],
)
def test_look_alike(first: str, second: str, alike: bool) -> None:
    """What is shown in the same places is alike, whatever markup it has; what stands elsewhere is not."""
    shown = (answer_formula(text) or escape(text) for text in (first, second))
    assert look_alike(*shown) is alike
