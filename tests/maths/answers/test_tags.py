"""Answers in tags: closed, left open by a trainer that stops at the closing tag, broken off."""

import pytest

from tinyv_cli.maths.answers import find_answer
from tinyv_cli.records import Answer, How

CLOSED = [
    ("<answer>12</answer>", "12"),
    ("<answer>\n12\n</answer>\n", "12"),
    ("<think>3 times 4</think>\n\n<answer>\n  12\n</answer>", "12"),
    ("3 times 4 makes\n12</answer>", "12"),
    ("<ANSWER>12</ANSWER>", "12"),
    ("<final_answer>x > 3</final_answer>", "x > 3"),
    ("<FinalAnswer>12</FinalAnswer>", "12"),
    ("[ANSWER]12[/ANSWER]", "12"),
    ("<boxed>0.4</boxed>\nThat is what was asked, to one place.", "0.4"),
    ("<|begin_of_box|>12<|end_of_box|>", "12"),
    ("<|begin_of_solution|>\nWe count them.\n\nThe answer is 12.\n<|end_of_solution|>", "12"),
    ("<solution>Count the edges of each face.\nThere are \\boxed{12}.</solution>", "12"),
    ("<answer>$\\frac{1}{2}$</answer>", r"\frac{1}{2}"),
    ("<answer>So the sum is \\(\\boxed{70}\\).</answer>", "70"),
    ("<answer>The answer is 7.</answer>", "7"),
    ("<answer>**B**</answer>", "B"),
    ("<answer>4</answer> No, that is a slip. <answer>5</answer>", "5"),
    ("Maybe \\boxed{1}. <answer>8</answer>", "8"),
    ("<answer>8</answer><answer></answer>", "8"),
    ("<answer>X**2*cos(X) + 3*X**2</answer>", "X**2*cos(X) + 3*X**2"),
]
OPEN = [
    ("<think>…</think><answer>7", "7"),
    ("<answer> (1, 2) ", "(1, 2)"),
    ("<answer>\n12\n", "12"),
    ("<answer>x = 2 or x = 3", "x = 2 or x = 3"),
    ("[ANSWER] 12", "12"),
    ("<answer> 12 </answer", "12"),
    ("<answer>12</", "12"),
]
NONE = [
    "<answer>",
    "<answer></answer>",
    "<answer>(1, ",
    r"<answer>\frac{1}{",
    "<answer>5 because the first of them is even, and then we see that",
    "<answer>Let me count them again, wait, this is not",
    "<answer>3</answer> and once more <answer>[4, ",
    "Example: <answer>3</answer>. Mine: <answer>7 + ",
]
BOXES = [
    (r"I would put <answer>5</answer> in tags." + "\n\n" + r"The final answer is \boxed{6}.", "6"),
    (r"<answer> \boxed{66}", "66"),
    (r"<solution>We add the two and find \boxed{6}", "6"),
]


@pytest.mark.parametrize(("response", "answer"), [*CLOSED, *OPEN])
def test_tags(response: str, answer: str) -> None:
    """The last tag that holds anything is the answer, over any lines; an open one if nothing else follows."""
    assert find_answer(response) == Answer(answer, How.ANSWER_TAG)


@pytest.mark.parametrize("response", NONE)
def test_broken_off(response: str) -> None:
    """An open tag before reasoning, or before half an answer, is none, and takes back the one before."""
    assert find_answer(response) == Answer(None, How.NONE)


@pytest.mark.parametrize(("response", "answer"), BOXES)
def test_a_box_behind_the_tag(response: str, answer: str) -> None:
    """Of a tag and a box the later counts."""
    assert find_answer(response) == Answer(answer, How.BOXED)


@pytest.mark.parametrize("response", ["x < answer and y > 3", "a<b>c", "The set [A, N] is empty"])
def test_no_tags(response: str) -> None:
    """Signs of order and brackets are no tags."""
    assert find_answer(response).how is How.WHOLE
