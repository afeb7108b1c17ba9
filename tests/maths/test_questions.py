"""What a question asks for, by its words: in doubt nothing, so that no step is taken."""

from collections.abc import Callable

from tests.tables import otherwise
from tinyv_cli.maths import questions

ASKED: list[tuple[Callable[[str], object], str, object]] = [
    (questions.wants_one_set, "Find all possible values of $k$, separated by commas.", True),
    (questions.wants_one_set, r"Solve: $x^2 = 4$.", True),
    (questions.wants_one_set, "What are the roots, from smallest to largest?", False),
    (questions.wants_one_set, "Solve for $a$ and $b$.", False),
    (questions.wants_one_set, "Solve $x + y = 3$, $x - y = 1$.", False),
    (questions.wants_one_set, "How much do both cost?", False),
    (questions.wants_all_tuples, "Find all ordered pairs $(x, y)$.", True),
    (questions.wants_all_tuples, "Find all points A, B and C, in that order.", False),
    (questions.wants_order, r"The roots are \_\_\_ and \_\_\_.", True),
    (questions.wants_order, "The solution set is ____.", False),
    (questions.has_several_unknowns, r"Solve $\begin{cases} a+b=1 \\ a-b=2 \end{cases}$.", True),
    (questions.has_several_unknowns, r"Let $A = \{x\}$ and $B = \{y\}$. Find the set $A \cap B$.", False),
    (questions.wants_a_tuple, "Find the coordinates of the centre.", True),
    (questions.wants_a_tuple, "In which interval does the point lie?", False),
    (questions.is_discrete, "Find all positive integers $n$.", True),
    (questions.is_discrete, "For each integer $n$ the range of the real number $a$ is", False),
    (questions.wants_percent, "Ten birds fly. What percent of them are geese?", True),
    (questions.wants_percent, "If 20% fly, what percentage does not?", True),
    (questions.wants_percent, "What percent are geese? How many are there?", False),
    (questions.wants_percent, "What percent are geese? Round to whole numbers.", True),
    (questions.wants_percent, "What percent are geese? [asy] draw((0,0)--(1,2)); [/asy]", True),
    (questions.wants_percent, "What is the price after a 20 percent discount?", False),
    (questions.base_of, "Convert $11_{10}$ from base ten to base 2.", 2),
    (questions.base_of, "Write it in the binary system.", 2),
    (questions.base_of, "The base of the triangle is 3.", None),
]


def test_asked() -> None:
    """Each predicate by a question that asks for it and one that does not."""
    assert otherwise(ASKED, lambda asks, question: asks(question)) == []
    assert [asks for asks, *_ in ASKED if asks("")] == []
