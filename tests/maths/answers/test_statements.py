"""Answers that are stated in words, in ten languages and within a line."""

import pytest

from tinyv_cli.maths.answers import find_answer
from tinyv_cli.records import Answer, How

LANGUAGES = [
    ("La respuesta es 5.", "5"),
    ("Respuesta final: 5", "5"),
    ("La réponse est 5.", "5"),
    ("Die Antwort ist 5.", "5"),
    ("Die Antwort lautet: 5", "5"),
    ("A resposta é 5.", "5"),
    ("La risposta è 5.", "5"),
    ("Ответ: 5", "5"),
    ("答えは 5 です", "5 です"),
    ("정답: 5", "5"),
    ("الجواب: 5", "5"),
    ("उत्तर: 5", "5"),
    ("উত্তর: 5", "5"),
    ("Đáp án: 5", "5"),
    ("答：5", "5"),
    ("所以最终答案应为 5。", "5"),
    ("因此标准的答案就是 **立方体**。它有六个面。", "立方体"),
]
WITHIN = [
    ("The two sides add up to 7. Answer: 7", "7"),
    ("Explanation: 3 and 4 make 7. **Answer:** 7", "7"),
    ("We add them. ANSWER: C", "C"),
    ("So the answer to your question is **1**.\nHere is why it is not 2.", "1"),
    ("The correct option is (C).\nIt is the only plane.", "(C)"),
    ("the final answer is:\n\n0.5 x + 3", "0.5 x + 3"),
    ("The answer is:\n\\[\nx = 5\n\\]", "x = 5"),
    ("**Answer:**\n42\n\n**Explanation:** it is twice 21.", "42"),
    ("They pay the sum of both.\nA: 18", "18"),
    ("【解析】两边相加。\n【答案】$3\\pi$<eoa>", r"3\pi"),
    ("【解析】两边相加。<eoe>\n【答案】\n$$\n\\frac{7}{2}\n$$\n<eoa>", r"\frac{7}{2}"),
    ("3. [Final solution] Thus, 12 apples are left.", "Thus, 12 apples are left"),
]
REFUSED = [
    ("Perhaps the answer is 5.\nSo the sum is 6.", "6"),
    ("answer = solve(p, x)\nThe sum is 6.", "6"),
    ("We want the final answer in the form of $n^2 = 4k$, so n is even.\nThe sum is 6.", "6"),
    ("The format is: the answer is '...'\nThe sum is 6.", "6"),
    ("The two parts make the final result:\n\na + b\n= 2 + 4\n= 6", "6"),
    ("The answer is 5 or 6; let us see.\nSo, the sum is 1.\nTherefore, the sum is 6.", "6"),
]
FENCED = [("So the answer is a list of two years:\n\n```python\n[1998, 2001]\n```", "[1998, 2001]")]
UNCUT = [
    (r"$\text{The answer is } 883$", "883"),
    (r"\text{The answer is } \frac{1}{2}.", r"\frac{1}{2}"),
    ("The answer is $x = 3. Y = 4$.", "$x = 3. Y = 4$".strip("$")),
    (r"The answer is \text{A. B} here.", r"\text{A. B} here"),
    ("The answer is $30. This suggests that the shares are cheap.", "$30"),
    ("The answer is $30 or $40. This is cheap.", "$30 or $40"),
]


@pytest.mark.parametrize(("response", "answer"), [*LANGUAGES, *WITHIN, *FENCED, *UNCUT])
def test_stated(response: str, answer: str) -> None:
    """The words for "answer" state it, wherever they stand; nothing is cut inside braces and formulas."""
    assert find_answer(response) == Answer(answer, How.ANSWER_IS)


@pytest.mark.parametrize(("response", "answer"), REFUSED)
def test_not_stated(response: str, answer: str) -> None:
    """Doubts, programs, formulas and what only announces an answer state none; the last line does."""
    assert find_answer(response).text == answer


@pytest.mark.parametrize(
    ("response", "answer"),
    [
        ("**Answer:**\nLet us first look at the sides of the triangle and at its angles.\n\nx = 5", "x = 5"),
        ("A: Line\nB: Circle\nC: Plane", "C: Plane"),
        ("ans = total - paid\nprint the rest\nx = 5", "x = 5"),
        ("We print the correct option to confirm it.\nx = 5", "x = 5"),
    ],
)
def test_no_statement(response: str, answer: str) -> None:
    """A heading over a solution, a list of choices and a program state nothing."""
    assert find_answer(response) == Answer(answer, How.LAST_LINE)


@pytest.mark.parametrize(
    "response",
    [
        "The answer is that I cannot determine the area from this.",
        "【答案】条件不足，无法给出具体的答案。<eoa>",
        "Answer: I don't know",
    ],
)
def test_a_statement_that_there_is_none(response: str) -> None:
    """Who says that he has no answer has none."""
    assert find_answer(response) == Answer(None, How.NONE)
