"""The ways that a chart finds through the LaTeX grammar are those that ANTLR's own simulation finds."""

import random
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from antlr4.atn.ParserATNSimulator import ParserATNSimulator
from antlr4.atn.Transition import Transition
from latex2sympy2_extended.latex2sympy2 import PSParser, _Latex2Sympy

from tests.rules.test_shortcuts import COMPARED, TEXTS
from tinyv_cli.rules.ways import foreseeing, is_understood

# What LaTeX is strung together from; most strings of it are no formula, and some are one in several ways.
PIECES = (
    *(
        "1",
        "2.5",
        "x",
        "y",
        "n",
        "e",
        "i",
        "+",
        "-",
        "=",
        "<",
        r"\le ",
        ",",
        ";",
        "(",
        ")",
        "[",
        "]",
        "|",
        "^",
        "_",
    ),
    *(
        "^2",
        "_{1}",
        "!",
        "{",
        "}",
        r"\{",
        r"\}",
        r"\frac{1}{2}",
        r"\frac{x}{",
        r"\sqrt{2}",
        r"\sin ",
        r"\log_2 ",
    ),
    *(
        r"\pi ",
        r"\cdot ",
        r"\infty ",
        r"\cup ",
        r"\in ",
        r"\pm ",
        r"\%",
        r"^\circ ",
        r"\text{m}",
        r"\binom{n}{2}",
    ),
    *(r"\left(", r"\right)", "f(x)", r"\int_0^1 x dx", r"\lim_{x \to 0} ", r"\sum_{n=1}^2 ", r"\emptyset "),
)
LONG = [
    "abcd" * 30,
    "+".join("abc" * 20),
    "-".join(["xy^2"] * 30),
    "1, 2; " * 20,
    "a b = " * 20 + "c",
    "x!" * 40,
]
PLAIN = getattr(ParserATNSimulator.adaptivePredict, "__wrapped__", ParserATNSimulator.adaptivePredict)


def tree(text: str) -> str:
    """How the text is read, as brackets, or that it is not."""
    parser = _Latex2Sympy().create_parser(text)
    try:
        return str(parser.math().toStringTree(recog=parser))
    except Exception:  # noqa: BLE001 - which error it is says nothing
        return "error"


@pytest.fixture()
def read(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], str]:
    """Read a text by the plain library, or foreseeing the ways."""
    ways = {"plain": PLAIN, "foreseen": foreseeing(PLAIN, PSParser.atn)}

    def read(how: str, text: str) -> str:
        monkeypatch.setattr(ParserATNSimulator, "adaptivePredict", ways[how])
        return tree(text)

    return read


def strung_together(count: int) -> list[str]:
    """Strings of a few pieces."""
    rng = random.Random(7)
    return ["".join(rng.choices(PIECES, k=rng.randint(1, 7))) for _ in range(count)]


@pytest.mark.parametrize(
    "texts",
    [TEXTS, [text for group in COMPARED for text in group], strung_together(300), LONG],
    ids=["shapes", "formulas", "strung together", "long"],
)
def test_texts_are_read_as_antlr_reads_them(read: Callable[[str, str], str], texts: list[str]) -> None:
    """Every text has the same tree, or has none."""
    plain = {text: read("plain", text) for text in texts}
    assert {text: read("foreseen", text) for text in texts} == plain
    assert len(set(plain.values())) >= 3


def test_brackets_are_nested_as_deeply_as_the_parser_can_call_itself(read: Callable[[str, str], str]) -> None:
    """Forty pairs, for which ANTLR takes seconds."""
    assert read("foreseen", "(" * 40 + "x" + ")" * 40).count("( ") == 40


@pytest.mark.parametrize(
    ("kind", "understood"),
    [(Transition.ATOM, True), (Transition.PRECEDENCE, True), (Transition.PREDICATE, False)],
)
def test_grammars_that_ask_code_of_their_own_are_left_to_antlr(kind: int, understood: bool) -> None:
    """Which way such a grammar goes is not in it alone."""
    step: Any = SimpleNamespace(serializationType=kind)
    assert is_understood(SimpleNamespace(states=[SimpleNamespace(transitions=[step])])) is understood


def test_the_grammar_of_math_verify_is_understood() -> None:
    """Otherwise all this would be for nothing."""
    assert is_understood(PSParser.atn)
