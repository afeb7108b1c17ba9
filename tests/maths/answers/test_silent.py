"""Replies that answer nothing: they deny, plan, advise, explain, repeat themselves or break off."""

import pytest

from tinyv_cli.maths.answers import find_answer

WORK = "The table has one row for each month, and the last column has what was sold in it.\n\n"
DENIED = [
    "The table does not give enough information about the second month.",
    "Without the figure we cannot provide a definite value.",
    "The value of k remains undetermined.",
    "To find the mean, we would need to know more about the third row.",
    "It is not possible to say how many were sold.",
    "The exact form would need further information.",
]
PLANNED = [
    "Now we can solve this equation for the unknown price.",
    "Finally, evaluate the sum and provide the result in the form that was asked for.",
    "After finding the slope, substitute it into the first equation.",
    "To get the mean, you should divide the sum by the number of rows.",
    "Following these steps will lead to the formula.",
    "The answer is: To get the exact value, you need to evaluate the integral with a program.",
    "Let us start with the second row.",
    "The results are then shown as a list, as requested.",
]
TALKED = [
    "Additionally, the last column helps the reader to compare the months with each other.",
    "This shows how the theory of the last chapter helps where the rows stand in any order at all.",
    "Remember to check the units of each column.",
    "However, this does not seem right for the second month.",
]
CUT = [
    "The sales of the first month are those in the first row, while in the second the manager of the shop",
    "2. Take the value of the second row after",
    "Next, the sum of both is $25 - $",
    "[/CODE]",
]
REPEATED = [
    "The sum is 3 and the rest is 4.\n" * 8,
    "7, 8, 9, " * 100,
    "0" * 1000,
]
PRINTED = ["".join(f"```python\nprint({n})\n```\n```output\n{n}\n```\n" for n in range(4))]
DOUBTED = [
    "Perhaps the answer is 5.\n\nWait, let me check that again.",
    "The answer is 5.\n\nWait, let me check it.",
]


@pytest.mark.parametrize(
    "response", [WORK + end for end in [*DENIED, *PLANNED, *TALKED, *CUT, *REPEATED, *PRINTED, *DOUBTED]]
)
def test_no_answer(response: str) -> None:
    """A last sentence that states nothing is no answer."""
    assert find_answer(response).text is None
