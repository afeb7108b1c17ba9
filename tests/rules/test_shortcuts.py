"""The workers' shortcuts through Math-Verify's libraries change nothing of what is parsed or accepted."""

import json
import subprocess
import sys

import pytest

# Answers of all shapes, some of the same shape with other numbers, and texts that end in errors of all kinds.
SHAPES = (
    "{a}",
    "-{a}.{b}",
    "{a},{b}{b}{b}",
    "0{a}",
    r"\frac{{{a}}}{{{b}}}",
    r"\dfrac{{{a}\sqrt{{{b}}}}}{{4}}\pi",
    "({a}, {b}), (-{b}, {a})",
    r"\{{{a}, {b}\}} \cup [{b}, \infty)",
    "x = {a}, y = {b}",
    "x={a} or x={b}",
    r"-{a} \le x < \frac{{2}}{{{b}}}",
    "{a}x^{b}y - \\sin({b}x) + e^{{-x}}",
    "f(x) = x^{a} + {b}",
    r"\begin{{pmatrix}} {a} & 2 \\ 3 & {b} \end{{pmatrix}}",
    r"\log_{a} n! + \binom{{n}}{{{b}}}",
    r"{a}^\circ",
    r"{a}\text{{ cm}}^{b}",
    r"{a}\%",
    "{a} + {b}i",
    r"\sum_{{n=1}}^{{{a}}} n^{b}",
    r"\int_0^{a} x^{b} dx",
    r"\pm {a}",
    "{a}:{b}",
    r"\frac{{{a}}}{{",
    "{a} + + {b}",
    "{a} = = {b}",
    r"\unknown{{{a}}} §{b}",
    "({a}, {b}",
    "{a} § {b}",
    "§",
    "",
)
TEXTS = [shape.format(a=a, b=b) for a, b in ((1, 2), (12, 7), (3, 3)) for shape in SHAPES]
# Each is compared with every other: equal in other words, nearly equal, or equal only for some values.
COMPARED = (
    (
        r"\frac{1}{3}",
        "0.333333",
        "0.3333",
        r"\frac{2}{6}",
        r"33.3333\%",
        r"\frac{1}{3} + 10^{-20}",
        r"\frac{x}{3x}",
    ),
    (
        r"\sqrt{8}",
        r"2\sqrt{2}",
        r"2^{3/2}",
        "2.828427",
        r"\sqrt{9}",
        r"\frac{4}{\sqrt{2}}",
        r"\sqrt{2x^2} \cdot 2/x",
    ),
    ("x^2 - 1", "(x-1)(x+1)", r"\frac{x^3 - x}{x}", "x^2 - 1.0", "x^2 - 1.0000001", "y^2 - 1", r"|x^2 - 1|"),
    (r"\sin(2x)", r"2\sin(x)\cos(x)", r"2\sin(y)\cos(y)", r"\sin(x)", r"\frac{2\tan x}{1 + \tan^2 x}"),
    (r"\sqrt{x^2}", "x", "|x|", "-x", r"e^{\ln x}", r"\log(e^x)"),
    (
        "y = 2x - 1",
        "2x - y = 1",
        "x = (y + 1)/2",
        "4x - 2y - 2 = 0",
        "y = 2x - 2",
        "y = 2z - 1",
        "y = 2.0x - 1",
        "y < 2x - 1",
    ),
    ("x^2 = 4", "x = 2", "x = -2", "(x-2)(x+2) = 0", "x^2 - 4.000001 = 0", "|x| = 2", "x^2 = 5", "x^2 = -4"),
    (r"\sin x = 0", r"x(x - \pi) = 0", r"\sin(2x) = 0", "x = 0", r"\tan x = 0"),
    ("f(x) = 2x + 1", "f(n) = 2n + 1", "f(x) = 1 + 2x", "f(x) = 2x + 3", "g(x) = 2x + 1", "f(x) - 1 = 2x"),
    ("a_n = 2^n - 1", "a_n = 2^{n+1} - 1", "a_n + 1 = 2^n", "a_n = 3^n - 1", r"\log_2(a_n + 1) = n"),
    ("0 = 0", "x = x", "1 = 2", "x = x + 1", "x = 10^{-20}", "x = 0"),
    (
        r"\{1, 2\}",
        r"\{2, 1\}",
        r"\{1, 2.0\}",
        "(1, 2)",
        r"\{x, 2\}",
        "[1, 2]",
        r"(1, \frac{4}{2})",
        "1 < x < 2",
    ),
    (r"\begin{pmatrix} 1 & x \end{pmatrix}", r"\begin{pmatrix} 1 & \frac{2x}{2} \end{pmatrix}", "(1, x)"),
    ("i", "-i", r"\sqrt{-1}", "i^5", "2i/2"),
    # Prose is read as a product of its letters, of which there are more than there are in any formula.
    ("abcdfghjklmnpqrstu", "utsrqpnmlkjhgfdcba", "abcdfghjklmnpqrstv", "2abcdfghjklmnpqrstu/2", "a + b"),
    ("This gives both of them", "This gives both of those", "x + 1"),
)
PROGRAM = """
import json, logging, sys
from math_verify import parse, verify
logging.disable(logging.CRITICAL)
if sys.argv[1] == "remembering":
    from tinyv_cli.rules import shortcuts
    shortcuts.install()

def parsed(text):
    try:
        return repr(parse(text, parsing_timeout=None, raise_on_error=True))
    except Exception as error:
        return repr(error)

def boxed(text):
    return "\\\\boxed{" + text + "}"

def accepted(gold, answer):
    try:
        sides = (parse(boxed(text), parsing_timeout=None, raise_on_error=True) for text in (gold, answer))
        return repr(verify(*sides, timeout_seconds=None, raise_on_error=True))
    except Exception as error:
        return repr(error)

texts, compared = json.load(sys.stdin)
print(json.dumps([
    [[text, parsed(boxed(text))] for text in texts + texts[::-1]],
    [[gold, answer, accepted(gold, answer)] for group in compared for gold in group for answer in group],
]))
"""
Said = list[list[list[str]]]


def said(how: str, order: int = 1) -> Said:
    """What is parsed, each text twice, and accepted, in a fresh process; the texts in this order."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, how],
        input=json.dumps((TEXTS[::order], COMPARED[::order])),
        capture_output=True,
        check=True,
        text=True,
    )
    found: Said = json.loads(done.stdout)
    return [sorted(each) for each in found]


@pytest.fixture(scope="module")
def plain() -> Said:
    """Without shortcuts, where nothing is remembered and one order is as good as another."""
    return said("plain")


@pytest.mark.long
@pytest.mark.parametrize("order", [1, -1], ids=["in order", "backwards"])
def test_nothing_changes(plain: Said, order: int) -> None:
    """Every text is parsed to the same expressions, every pair judged alike, or both fail alike."""
    assert said("remembering", order) == plain


@pytest.mark.long
def test_the_texts_are_of_many_kinds(plain: Said) -> None:
    """Among them are successes as well as failures, so that the comparison says something."""
    parsed, accepted = [[result for *_, result in each] for each in plain]
    assert sum("Error" in said or said == "[]" for said in parsed) > 5
    assert len(set(parsed)) > len(SHAPES)
    assert accepted.count("True") > 100
    assert accepted.count("False") > 200
