"""What follows after the end of a reply: the next question, another turn, marks and remarks."""

import pytest

from tinyv_cli.maths.answers import find_answer

SPLIT = [
    (r"We add both sums.\n\nThe total is 12.\n\nThe answer is 12", "12"),
    (r"It is $\nu + 1$.\n\nThe answer is $\nu$", r"\nu"),
    ("We add both sums. The total is 12.<|im_end|>\n<|im_end|>", "12"),
    ("We add both sums.\nThe total of them is 12.\n\nQuestion: What is 3 + 4?\nThe answer is 7.", "12"),
    ("We add both sums.\nThe total of them is 12.\n\n## New Problem\nFind 3 + 4.", "12"),
]
ANSWERS = [
    ("So we add them.\n#### 18", "18"),
    ("Thus the answer is \\frac{3}{4}.", r"\frac{3}{4}"),
    ("We are done.\nAnswer: 7", "7"),
    (r"Hence \boxed{(2,5)}.", "(2,5)"),
    ("<answer>x = 3</answer>", "x = 3"),
    ("42", "42"),
]
RUN_ONS = [
    "\n\nQuestion: A bus has 5 rows of 4 seats. How many seats?\nAnswer: 5*4 = 20\n#### 20",
    "\n\nQ: What is 2+2?\nA: The answer is 4.",
    "\n\n**Question 2:** What is 2+2?\n\nThe answer is 4.",
    "\n\nProblem:\nFind 10 + 11.\n\nSolution:\nThe sum is \\boxed{21}.",
    "\nExercise 3: Find 10 + 11. The answer is 21.",
    "\n\n### Instruction:\nFind 10 + 11.\n\n### Response:\nThe answer is 21.",
    "\n\nHuman: And 9 squared?\n\nAssistant: The answer is 81.",
    "\nUser: And 9 squared?\nAssistant: \\boxed{81}",
    "<|im_end|>\n<|im_start|>user\nAnd 9 squared?<|im_end|>\n<|im_start|>assistant\n\\boxed{81}",
    "\n\n问题：九的平方是多少？\n答案是 81。",
]
REMARKS = [
    "\n\nLet me know if you would like me to explain a step.",
    "\n\nI hope this helps! Let me know if you have any other questions.",
    "\n\nDo you have other questions or requests?",
    "\n\nIs there anything else I can help you with?",
    "\n\nFeel free to ask for the steps.\n\nGood luck!",
    "\n\nIf you have any questions, please ask.",
    "\n\n希望这对你有帮助！",
    "\n\n如果您还有其他问题，请随时告诉我。",
    "</s>",
    "<|im_end|>\n<|im_end|>",
    "<|endoftext|>",
    "<eoa>",
]


@pytest.mark.parametrize("run_on", RUN_ONS)
@pytest.mark.parametrize(("response", "answer"), ANSWERS)
def test_run_ons(response: str, answer: str, run_on: str) -> None:
    """After an answer the text ends where a new question, problem or turn begins."""
    assert find_answer(response + run_on).text == answer


@pytest.mark.parametrize("remark", REMARKS)
@pytest.mark.parametrize(("response", "answer"), [*ANSWERS, ("We add both.\nThe value is 42.", "42")])
def test_remarks(response: str, answer: str, remark: str) -> None:
    """Remarks to the reader and marks of the end are no part of the answer."""
    assert find_answer(response + remark).text == answer


@pytest.mark.parametrize(
    ("response", "answer"),
    [
        ("Question: How many are left?\nWe take 3 from 8.\nThe answer is 5.", "5"),
        ("Let me think.\n\nProblem: 8 less 3.\n\\boxed{5}", "5"),
        ("Problem 1: 8 less 3.\nThe answer is 5.\nProblem 2: 8 and 3.\nThe answer is 11.", "11"),
        ("The answer is 5, for a question: how many are left?", "5, for a question: how many are left?"),
        ("###Response\\boxed{1}###Response\\boxed{2}", "2"),
    ],
)
def test_questions_that_are_no_run_on(response: str, answer: str) -> None:
    """A reply that begins with its question, or has several parts, is read to its end."""
    assert find_answer(response).text == answer


@pytest.mark.parametrize(("response", "answer"), SPLIT)
def test_line_breaks_and_sentences(response: str, answer: str) -> None:
    """Escaped line breaks are read as such; a sentence that states a value ends a reply as a mark does."""
    assert find_answer(response).text == answer
