"""Boxes as people and models write them: joined, nested, coloured, damaged, and by the thousand."""

import time

import pytest

from tinyv_cli.maths.answers import find_answer
from tinyv_cli.records import Answer, How

SPELLED = [
    (r"\framebox{5}", "5"),
    (r"Squaring: \framebox[2cm][c]{49}.", "49"),
    (r"\boxed5", "5"),
    (r"$\boxed12$", "12"),
    (r"Its length is $\boxed 0.25 \mathrm{ m}$", "0.25"),
    ("\\begin{boxed}\nx = 7\n\\end{boxed}", "x = 7"),
    (r"\boxed{\color{red}{5}}", "{5}"),
    (r"\boxed{\color{blue} 5}", "5"),
    (r"\boxed{\textcolor{red}{5}}", "{5}"),
    (r"The value is \[boxed{-0.4}\].", "-0.4"),
    (r"which is \\boxed{9}.", "9"),
]
JOINED = [
    (r"$\boxed{1}$, $\boxed{2}$", "1, 2"),
    (r"\boxed{a}; \boxed{b}", "a, b"),
    (r"\boxed{3}，\boxed{4}", "3, 4"),
    (r"\(\boxed{1}\) and \(\boxed{2}\)", "1, 2"),
    (r"\boxed{1}, and also, as we have seen in the lemma above, \boxed{2}", "2"),
]
APART = [
    (r"\boxed{1} \boxed{2}", "2"),
    (r"\boxed{1}. \boxed{2}", "2"),
    (r"\boxed{1}" + "\n\n" + r"\boxed{2}", "2"),
    (r"\boxed{9} " * 400 + r"\boxed{42}", "42"),
    (r"\boxed{\frac{1}{3}} \approx \boxed{0.333}", r"\frac{1}{3}"),
    (r"$\boxed{\sqrt2}$ ≈ $\boxed{1.41}$", r"\sqrt2"),
]
UNCLOSED = [
    (r"\boxed{5} and not \boxed{", None),
    (r"\boxed{5} or rather \boxed{\frac{1}{", None),
    (r"So it is \boxed{12", None),
    (r"So it is \[\boxed{12\]", "12"),
    (r"So it is \[ \boxed{\frac{1}{2} \] as was asked.", r"\frac{1}{2}"),
    (r"So it is $\boxed{x + 1$.", "x + 1"),
    (r"So it is \[\boxed{\frac{1}{2\]", None),
    (r"\boxed{7}. \boxed{7}. \boxed{7}. \boxed{", "7"),
    (r"\boxed{7}. \boxed{7}. \boxe", "7"),
]


@pytest.mark.parametrize(("response", "answer"), [*SPELLED, *JOINED, *APART, *UNCLOSED])
def test_boxes(response: str, answer: str | None) -> None:
    """The last box counts, and what a comma or a word joins to it; one left open takes back the rest."""
    how = How.NONE if answer is None else How.BOXED
    assert find_answer(response) == Answer(answer, how)


@pytest.mark.parametrize("end", ["", r"\boxed{", r"\boxe", "\\"])
@pytest.mark.parametrize("unit", [r"\boxed{}. ", r"$\boxed{ }$ ", "\\boxed{}\n"])
def test_empty_boxes_to_the_token_limit(unit: str, end: str) -> None:
    """Boxes with nothing in them are no answer, however many."""
    assert find_answer(f"The area follows from the sides.\n{unit * 3000}{end}") == Answer(None, How.NONE)


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "unit", [r"\boxed{1} ", r"\boxed{1}, ", r"\boxed{}. ", r"\boxed ", r"\boxed{", r"\boxed{\boxed{1}, "]
)
def test_many_boxes(unit: str) -> None:
    """Two hundred thousand boxes take a second or two: the time is linear in their number."""
    started = time.process_time()
    find_answer(unit * 200_000)
    assert time.process_time() - started < 8
