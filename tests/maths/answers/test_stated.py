"""The value that the last sentence of a reply states, cut out where it can be told where it ends."""

import pytest

from tinyv_cli.maths.answers import find_answer

WORK = "First we add up the two prices, and then we take off what Ann had saved before.\n\n"
DONE = [
    ("Ann will spend $0.60 on the three pens.", "$0.60"),
    ("Therefore, Ben needs 14 more tickets.", "14"),
    ("So the shop sold 1,250 umbrellas.", "1,250 umbrellas"),
    ("They drove a total of 340 miles in two days.", "340 miles"),
    ("There are 28 chairs in the hall.", "28 chairs"),
    ("Thus, the project lasts 9 months.", "9 months"),
]
CALLED = [
    ("Therefore, the height of the mast is approximately 12.5 m.", "12.5 m"),
    ("So the slope of the line is then $-\\frac{2}{3}$.", "-\\frac{2}{3}"),
    ("The expression simplifies to 3x + 4.", "3x + 4"),
    ("Rounded to the nearest cent, the fee comes to $4.18.", "$4.18"),
    ("The average of the last two rows is 17, which is more than that of the first.", "17"),
    ("The share rose by a third. Therefore, the new price is $18, because it was $13.50.", "$18"),
    ("Step 4: The remaining length is 6.", "6"),
    ("So the final price is 5.", "5"),
]
MADE = [
    ("So Ann has 3 * 4 = 12 pens left.", "12 pens"),
    ("The cost of both tickets together is 4 + 9 = 13.", "13"),
]
BARE = [
    ("= 3.5 + 2i", "3.5 + 2i"),
    ("<3/7>", "3/7"),
    ("answer -4", "-4"),
]
LEFT_WHOLE = [
    ("The price is $5 and the fee is $2.", "The price is $5 and the fee is $2"),
    ("Ann has 3 pens and Ben has 4.", "Ann has 3 pens and Ben has 4"),
    ("Ben may have paid $5, or perhaps $6.", "Ben may have paid $5, or perhaps $6"),
    ("The train does not take 40 minutes.", "The train does not take 40 minutes"),
]
SHORTENED = [
    ("The answer is 5, which is the smallest of them.", "5"),
    ("The answer is that the height of the whole tower is 31 m.", "31 m"),
    ("The answer is no, because 7 is odd.", "no, because 7 is odd"),
    ("Answer: the two of them are 3 and 4.", "3 and 4"),
]
LATER = [
    (
        "It will cost 40 euros.\n\nThis is a rough figure that leaves out what the driver may want.",
        "40 euros",
    ),
    (f"{WORK}So the total is 9.\nThis value of $t$ can be used in the second part.", "9"),
    (f"{WORK}The ratio is 0.25\n\nTherefore", "0.25"),
    (f"{WORK}So, the derivative is 2*x.\n\nSo, the final answer", "2*x"),
]


@pytest.mark.parametrize(
    ("response", "answer"),
    [(WORK + line, said) for line, said in [*DONE, *CALLED, *MADE, *BARE, *LEFT_WHOLE]],
)
def test_last_sentences(response: str, answer: str) -> None:
    """The one value that a sentence states; all of it where it states two, or doubts the one."""
    assert find_answer(response).text == answer


@pytest.mark.parametrize(("response", "answer"), SHORTENED)
def test_statements(response: str, answer: str) -> None:
    """Of a statement in a sentence the value; one that reasons stays whole."""
    assert find_answer(response).text == answer


@pytest.mark.parametrize(("response", "answer"), LATER)
def test_before_the_end(response: str, answer: str) -> None:
    """The value that stands before talk about it, or before what only begins to repeat it."""
    assert find_answer(response).text == answer
