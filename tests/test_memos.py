"""What workers remember inside Math-Verify's libraries changes nothing of what is parsed."""

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
PROGRAM = """
import json, logging, sys
from math_verify import parse
logging.disable(logging.CRITICAL)
if sys.argv[1] == "remembering":
    from tinyv_cli.rules import memos
    memos.install()

def parsed(text):
    try:
        return repr(parse(text, parsing_timeout=None, raise_on_error=True))
    except Exception as error:
        return repr(error)

texts = json.load(sys.stdin)
print(json.dumps([parsed("\\\\boxed{" + text + "}") for text in texts + texts[::-1]]))
"""


@pytest.fixture(scope="module", params=[TEXTS, TEXTS[::-1]], ids=["in order", "backwards"])
def both(request: pytest.FixtureRequest) -> list[list[str]]:
    """What is parsed from the texts, each of them twice, in fresh processes with and without memos."""
    return [
        json.loads(
            subprocess.run(
                [sys.executable, "-c", PROGRAM, how],
                input=json.dumps(request.param),
                capture_output=True,
                check=True,
                text=True,
            ).stdout
        )
        for how in ("plain", "remembering")
    ]


def test_nothing_changes(both: list[list[str]]) -> None:
    """Every text is parsed to the same expressions, or fails with the same error."""
    plain, remembering = both
    assert remembering == plain


def test_the_texts_are_of_many_kinds(both: list[list[str]]) -> None:
    """Among them are expressions as well as failures, so that the comparison says something."""
    plain, _ = both
    assert sum("Error" in said or said == "[]" for said in plain) > 5
    assert len(set(plain)) > len(SHAPES)
