"""What the last line of a reply without any mark answers."""

import pytest

from tinyv_cli.maths.answers import find_answer

LONG = "First we look at the equation and rearrange its terms until only the unknown is left on one side.\n\n"
VALUES = [
    ("The interval is **(2, 5)**.", "(2, 5)"),
    ("The interval is (2, 5).", "(2, 5)"),
    ("They meet in (1, 2).", "(1, 2)"),
    ("The fastest runner is Evelyn.", "Evelyn"),
    ("The fastest runner is **Evelyn**.", "Evelyn"),
    ("So the reply is *No*.", "No"),
    ("Therefore, the probability is 1/4 or 25%.", "1/4 or 25%"),
    ("The expansion is x^2 + 2x + 1.", "x^2 + 2x + 1"),
    ("Therefore, the total is **650 letters**.", "650 letters"),
    ("The side that is longest is 5. Therefore, the area is $6$.", "6"),
    ("因此，它属于**立方晶系**。", "立方晶系"),
    ("Therefore, the area is:\n\\[\n\\frac{1}{2}\n\\]\nIt is that of the larger one.", r"\frac{1}{2}"),
    ("It costs $5", "$5"),
    ("So it is\n$$\nx + 1\n$$", "x + 1"),
]
FIRST = [
    ("The formula is **MgO**.\n\nIt is made of magnesium, a metal, and of oxygen, which is a gas.", "MgO"),
    ("它的化学式是 **MgO**。\n\n它由镁和氧组成，是一种白色的粉末，熔点很高。", "MgO"),
    ("它的学名是：\n\n**Poa annua**\n\n其中 Poa 是属名，annua 是种加词，意思是一年生的。", "Poa annua"),
]
LEFT = [
    ("x = 5 or x = 3", "x = 5 or x = 3"),
    ("If x is 3, y is 5", "If x is 3, y is 5"),
    ("The value is not 5", "The value is not 5"),
    ("I can see 7 cubes, or perhaps 8.", "I can see 7 cubes, or perhaps 8"),
    ("-X**2*cos(X) + 3*X**2", "-X**2*cos(X) + 3*X**2"),
    ("a_1 + b_2", "a_1 + b_2"),
    ("The answer choice **B** is not right", "The answer choice B is not right"),
    ("a) 5", "a) 5"),
]
NONE = [
    "I have no idea.",
    "The number 12 came up while I tried small cases, but I was not able to determine how many there are.",
    "I'm sorry, but without the diagram I can't solve this.",
    "Please provide more information.",
    "The sum of both sides is \\frac{1}{",
    "So, the final answer",
    "The two numbers are 3 and",
    "Then we have (3, ",
    "Let's correct the code and try again.",
    "```python\nprint(total)\n```",
    "```output\nNameError: name 'total' is not defined\n```",
    "word " * 100,
]


@pytest.mark.parametrize("before", ["", LONG])
@pytest.mark.parametrize(("response", "answer"), [*VALUES, *LEFT])
def test_last_lines(response: str, answer: str, before: str) -> None:
    """The one value that the line states, or else all of it; emphasis goes in pairs, powers stay."""
    assert find_answer(before + response).text == answer


@pytest.mark.parametrize(("response", "answer"), FIRST)
def test_answers_before_their_explanation(response: str, answer: str) -> None:
    """What the first sentence says in bold, where the rest explains it."""
    assert find_answer(response).text == answer


@pytest.mark.parametrize("before", ["", LONG])
@pytest.mark.parametrize("response", NONE)
def test_no_answer(response: str, before: str) -> None:
    """Who breaks off, says that he has no answer, or ends in a program has none."""
    assert find_answer(before + response).text is None
