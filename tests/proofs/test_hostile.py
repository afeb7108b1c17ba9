"""Whatever stands there, on one side or on both, every search and every guess ends soon."""

import pytest

from tests.running.test_workers import HOSTILE
from tests.tables import slow
from tinyv_cli.proofs import prove
from tinyv_cli.proofs.likeliest import category
from tinyv_cli.proofs.refuting import refute
from tinyv_cli.taxonomy import LEAF_NAMES

MORE_HOSTILE = {
    "tower of roots": "^".join(["2"] * 200),
    "huge exponent of ten": "1e+999999999",
    "huge binomial": r"\binom{10^{500}}{10^{400}}",
    "binomial": r"\binom{2000000}{1000000}",
    "factorials": "((170)!)!",
    "factorial of a variable": "(x^{200})!",
    "huge angle": r"\sin(10^{1999})",
    "names of functions": "sin" * 130,
    "nested functions": "tan(" * 30 + "x" + ")" * 30,
    "tower of e": "e^{e^{e^{7}}}",
    "long sum": "+".join(["1"] * 200),
    "commas": "," * 999,
    "brackets": "(" * 999,
    "signs": "=" * 999,
    "bars": "|" * 300,
    "head and spaces": "f(x)=" + " " * 900 + "=",
    "integers": "k∈Z " * 240,
    "letters": "k" * 990 + " integer",
}
ANSWERS = {name: answer for name, (_, answer) in HOSTILE.items()} | MORE_HOSTILE
NOTATIONS = [
    "(" * 1000,
    "[" * 500 + "]" * 500,
    ",".join("1" for _ in range(500)),
    "1 " * 500,
    "1," * 400 + "000",
    r"\pm" * 330,
    "x<" * 500,
    " or ".join(["x<1"] * 140),
    r"\cup".join([f"({n},{n + 1})" for n in range(80)]),
    r"\begin{pmatrix}" * 60,
    ":".join("12" for _ in range(330)),
    "1" * 999 + "%",
    "0." + r"\overline{1}" * 80,
    r"1\frac" * 160,
    "1" * 500 + " million" * 60,
    "≈".join("1" for _ in range(500)),
    "{x|" * 330,
    "_" * 1000,
]

GUESSED = {
    "towers": r"\cosh(\cosh(\cosh(\cosh(20)))) + 10^{9^{9^{9^9}}}",
    "ratios": r"1\colon" * 80 + "x",
    "braces": "{" * 300 + ":" * 300,
    "commas": "[" * 20 + "," * 500 + "=",
    "labels": "a b c d e f g h, " * 40,
    "spaces": "( " * 200 + "1" + " )" * 200 + " or" * 100,
    "digits": "1,000," * 99 + "9" * 300 + "!" * 200,
    "words": "about " * 5000,
}
_PIECES = r"([ [ { $ \boxed{ \text{ ** ^{ √( x= x=1, 5_cm_ and_ or_ a_ one_ hundred_"
_PIECES += r" (A)_ How_many_ in_ A:_ 5/ = 1,000 ~ The_answer_is_ k\in 5_____ it_is_ !"
PIECES = [piece.replace("_", " ") for piece in _PIECES.split()]


def test_hostile_answers() -> None:
    """What has hung verifiers, and expressions without end, are proved or refuted within a second or two."""

    def search(answer: str) -> None:
        for gold in ("7", "x = 7", answer[:-1] + "x", answer.replace("7", "8", 1)):
            prove("", gold, answer)
            refute("", gold, answer)

    assert slow(ANSWERS.values(), 4, search) == []


@pytest.mark.parametrize("other", ["7", "(1, 2)", "x > 1", "0.333"])
def test_hostile_notations(other: str) -> None:
    """Nothing is shown of them, on either side and whatever the question is."""

    def search(text: str) -> None:
        assert prove(text * 20, text, other) is None
        assert prove(text * 20, other, text) is None

    assert slow(NOTATIONS, 2, search) == []


@pytest.mark.parametrize("end", ["", "7", "]", "}"])
def test_one_piece_over_and_over(end: str) -> None:
    """Every step is linear: 1,000 characters of one piece take well under a second."""

    def search(piece: str) -> None:
        text = (piece * 1000)[:990] + end
        prove(text, text[::-1], text)
        prove(text, "7", text)
        prove(text, text, "7")

    assert slow(PIECES, 1, search) == []


def test_hostile_texts_cost_a_guess_little() -> None:
    """A guess is made in our own process, which nobody kills: whatever stands there, it is soon made."""

    def guess(text: str) -> None:
        for gold, answer in ((text, "1, x = 2"), ("1, x = 2", text), (text, text + " ")):
            category("", [gold], answer)

    assert slow(GUESSED.values(), 1, guess) == []


# Of which nothing is left in plain text, or only half of something.
NOTHING = (
    *("", " ", "{}", "$$", "$", "\\", r"\quad", r"\,", r"\text{}", r"\boxed{}", r"\frac{}{}", r"\sqrt", "^{}"),
    *("()", "[]", r"\{\}", "(,)", ",", ";", ":", "=", "a=", "=a", "/", "1/", " / ", "yes/", "~", "-", "±", "…"),
    *("\x00", "\ud800", "\u200b", "\u0301", "**", "| |", "°", "%", "and", "the", "①", "½", "NaN", "1e999"),
    *(r"\begin{pmatrix}\end{pmatrix}", r"\left(\right)", "<sup></sup>", "</think>", "x", "7", "A", "No"),
)


def test_of_any_texts_a_guess_can_be_made() -> None:
    """What is only told beside a verdict never fails it: there is a leaf, or none."""
    texts = (*NOTHING, *(text[:200] for text in GUESSED.values()))
    guessed = {category(f"{gold} or {answer}?", [gold], answer) for gold in texts for answer in texts}
    assert guessed <= {None, *LEAF_NAMES}
    assert category("", [], "7") is category("", ["{}"], "7") is category("", ["", "$$"], "7") is None


def test_of_long_texts_a_guess_costs_little() -> None:
    """Nor is it a matter of what a search may take: texts over its limits are not searched."""

    def guess(text: str) -> None:
        for gold, answer in ((text, "7"), ("7", text), (text, text[::-1])):
            category(text, [gold], answer)

    assert slow([*ANSWERS.values(), *NOTATIONS], 1, guess) == []
