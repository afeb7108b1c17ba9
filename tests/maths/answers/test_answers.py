"""Which answer is found in a response, and by which convention."""

from collections.abc import Callable

import pytest

from tests.tables import otherwise, slow
from tinyv_cli.guards import guard
from tinyv_cli.maths.answers import find_answer, find_marked, without_thinking
from tinyv_cli.records import Answer, Example, How

LONG = "First we look at the equation and rearrange its terms until only the unknown is left on one side."

BOXES = [
    (r"\boxed{5}", "5"),
    (r"$\boxed{5}$", "5"),
    (r"\[ \boxed{5} \]", "5"),
    (r"\boxed  {5}", "5"),
    (r"\boxed{ 5 }", "5"),
    ("\\boxed{\n5\n}", "5"),
    (r"\fbox{5}", "5"),
    (r"\boxed 5", "5"),
    (r"The value is $\boxed 5$.", "5"),
    (r"\boxed{x = 3, y = 5}", "x = 3, y = 5"),
    (r"\boxed{\frac{1}{2}}", r"\frac{1}{2}"),
    (r"\boxed{\{1,2\}}", r"\{1,2\}"),
    (r"\boxed{\text{(A) } 5}", r"\text{(A) } 5"),
    (r"\boxed{5 \text{ cm}}", r"5 \text{ cm}"),
    (r"\boxed{\begin{pmatrix} 1 \\ 2 \end{pmatrix}}", r"\begin{pmatrix} 1 \\ 2 \end{pmatrix}"),
    (r"\boxed{\left\{ x : x > 2 \right\}}", r"\left\{ x : x > 2 \right\}"),
    (r"\boxed{\boxed{5}}", "5"),
    (r"\boxed{a \boxed{b} c}", r"a \boxed{b} c"),
    (r"\boxed{1}. Wait, that is wrong. \boxed{2}", "2"),
    (r"first \boxed{1} then later we got \boxed{2}", "2"),
    (r"\boxed{1} and \boxed{2}", "1, 2"),
    (r"$\boxed{1}$ or $\boxed{2}$", "1, 2"),
    (r"\boxed{1}, \boxed{2}, and \boxed{3}", "1, 2, 3"),
    (r"\boxed{2} or \boxed{2}", "2"),
    (r"\boxed{5} then \boxed{}", "5"),
    (r"\boxed{5}" + "\nThe answer is 6", "5"),
    ("#### 6\n" + r"\boxed{5}", "5"),
    (r"答案是 \boxed{3} 和 \boxed{4}", "3, 4"),
    (r"因此，$x$ 的值为 \boxed{2} 或 \boxed{-2}。", "2, -2"),
    (r"最终答案是\boxed{\frac{1}{2}}。", r"\frac{1}{2}"),
]

HASH_MARKS = [
    ("#### 5", "5"),
    ("####5", "5"),
    ("so 2 + 3 = 5\n#### 5\n", "5"),
    ("#### 1,234", "1,234"),
    ("  #### 5 apples.", "5 apples"),
    ("#### 4\nno, wait\n#### 5", "5"),
    ("The answer is 8\n#### 7", "7"),
    ("text #### 5", "5"),
    ("6. [Final solution] Thus, they have 12 apples. #### 12 ", "12"),
]

STATED = [
    ("The answer is 5", "5"),
    ("The answer is 5.", "5"),
    ("The answer is 3.14.", "3.14"),
    ("The answer is: 5", "5"),
    ("The answer is: **5**", "5"),
    ("The answer is 5. I checked it twice.", "5"),
    ("The answer is $5$. I hope it is correct.", "5"),
    ("Final Answer: The final answer is $5$. I hope it is correct.", "5"),
    ("Final Answer:\nThe final answer is 5. I hope it is correct.", "5"),
    ("so the answer is\n$5$", "5"),
    ("My final answer is x = 5.", "x = 5"),
    ("The correct answer is (B).", "(B)"),
    ("Therefore, the answer to the question is 5.", "5"),
    (r"The answer is $\frac{1}{2}$.", r"\frac{1}{2}"),
    (r"The answer is \(x^2\).", "x^2"),
    ("The answer is: $$5$$", "5"),
    ("Is the answer 5? No, the answer is 6.", "6"),
    ("the answer is 5\nthe answer is 6", "6"),
    ("ANSWER: C", "C"),
    ("Answer: 5", "5"),
    ("**Answer:** 5", "5"),
    ("**Answer**: 5", "5"),
    ("### Answer: 5", "5"),
    ("> Answer: 5", "5"),
    ("answer = 5", "5"),
    ("Answer:\n5", "5"),
    ("The answers are below.\nAnswer: 2 and 3", "2 and 3"),
    ("答案是5。", "5"),
    ("答案:5", "5"),
    ("答案：$5$。", "5"),
    ("所以答案为 12。检验无误。", "12"),
    ("**答案**：5", "5"),
    ("综上，答案是 3 或 4。", "3 或 4"),
    (r"故答案为：$\frac{1}{2}$．", r"\frac{1}{2}"),
]

WHOLE = [
    ("42", "42"),
    (" 42 \n", "42"),
    ("5.", "5"),
    ("$42$", "42"),
    (r"\(5\)", "5"),
    (r"\[5\]", "5"),
    ("$$5$$", "5"),
    ("**42**", "42"),
    ("`5`", "5"),
    ("$x$.", "x"),
    ("x = 5", "x = 5"),
    ("$5$ and $6$", "$5$ and $6$"),
    ("x = 2 or x = 3", "x = 2 or x = 3"),
    ("5!", "5!"),
    ("三角形", "三角形"),
]

LAST_LINES = [
    ("a\nb\nc", "c"),
    (f"{LONG}\n\n$$5$$\n", "5"),
    (f"{LONG}\nx = 5\n...\n\n", "x = 5"),
    ("### Answer\n5", "5"),
    (f"{LONG}\n**Final Answer**\n\n5", "5"),
]

NOTHING = [
    "",
    "  ",
    "\n\n",
    ".",
    "...",
    "**",
    "<think>",
    "<think>5",
    r"<think>\boxed{5}</think>",
    "5</think>\n",
    "5 + ",
    "The area is",
    LONG,
]


def found_by(how: How) -> Callable[[str], str | None]:
    """The answer that is found in a response, if it is found in this way."""

    def found(response: str) -> str | None:
        answer = find_answer(response)
        return answer.text if answer.how is how else f"found by {answer.how}"

    return found


def test_boxes() -> None:
    """The last box is the answer, whole, with those before it in the same sentence."""
    assert otherwise(BOXES, found_by(How.BOXED)) == []


def test_hash_marks() -> None:
    """GSM8K's `#### 5` at the start of a line marks the answer; the last one counts."""
    assert otherwise(HASH_MARKS, found_by(How.HASH_MARK)) == []


def test_stated() -> None:
    """A sentence such as "the answer is 5" states it; full stops and Markdown are not part of it."""
    assert otherwise(STATED, found_by(How.ANSWER_IS)) == []


def test_whole() -> None:
    """A short response that marks no answer is the answer."""
    assert otherwise(WHOLE, found_by(How.WHOLE)) == []


def test_last_line() -> None:
    """The answer of prose that marks none is its last line with any content."""
    assert otherwise(LAST_LINES, found_by(How.LAST_LINE)) == []


def test_no_answer() -> None:
    """A response that is blank, or all thinking, has no answer."""
    assert otherwise([(response, Answer(None, How.NONE)) for response in NOTHING], find_answer) == []


THOUGHT = [
    ("5", "5"),
    ("<think>1</think>2", "2"),
    ("1</think>2", "2"),
    ("<THINK>1</Think>2", "2"),
    ("<thinking>1</thinking>2", "2"),
    ("<think>1</think>2<think>3</think>4", "4"),
    ("2 <think> and so on", "2 "),
    ("<think>1</think>2 <think> once more", "2 "),
    ("a < b and think > c", "a < b and think > c"),
]


def test_thinking() -> None:
    """What a model thought aloud is not its answer, whether or not the tags are complete."""
    assert otherwise(THOUGHT, without_thinking) == []


MARKED_IN_THOUGHT = [r"<think>\boxed{1}</think>" + "\nThe answer is 2", r"<think>#### 1</think>\boxed{2}"]


def test_marks_inside_thinking() -> None:
    """A box inside the thinking does not count."""
    assert [text for text in MARKED_IN_THOUGHT if find_answer(text).text != "2"] == []


HEADINGS = ["#### Conclusion\nThe answer is 42.", "##### Result\nThe answer is 42."]


def test_headings() -> None:
    """A Markdown heading that other text follows is no hash mark."""
    assert otherwise([(text, Answer("42", How.ANSWER_IS)) for text in HEADINGS], find_answer) == []


EMPTY_BOXES = [r"\boxed{}", r"$\boxed{ }$", r"The answer is \boxed{}."]


def test_empty_box() -> None:
    """An empty box is no answer: no model is asked about it."""
    for response in EMPTY_BOXES:
        example = Example(0, 0, "What is 2 + 3?", ("5",), response)
        assert guard(example, find_answer(response)) is not None, response


UNMARKED = ["", "5", "a\nb", "the answers vary", r"\boxed{5", r"\boxed{}"]


def test_unmarked() -> None:
    """A text that marks no answer has none marked, whatever its last line is."""
    assert [text for text in UNMARKED if find_marked(text) is not None] == []


HOSTILE_CHARS = 100_000
UNITS = [
    r"\boxed{",
    r"\boxed ",
    r"\boxed{1} and ",
    r"\boxed{\boxed{1}}",
    "{",
    "}",
    "\\",
    "\\(",
    "$",
    "#### ",
    "\n",
    ". ",
    "a.",
    "* ",
    "_",
    "`",
    "：",
    "答案",
    "the ",
    "final ",
    "\nanswer",
    "the answer is ",
    "the answer to ",
    "<think>",
    "</think>",
    "is 1 ",
    "= 1 ",
    "costs 5 ",
    "there are ",
    "Therefore, x is:\n",
    "So:\n$$\nx\n$$\n",
    "\\[x\\]",
    "\\begin{align}x\\end{align}",
    "```python\n",
    "因此，",
    "名称的是",
    "是**a**与",
    "：\n**a**\n",
    "(1)【解析】【答案】a",
    "\nWait, ",
    "\\n\\n",
    "<|im_end|>a",
    "Since a, we ",
    "no a a a a a a ",
    "requires more ",
    "\nwhere x = 1",
    "total of ",
    "1,000,",
    "5 apples ",
    "x: 1\n",
    "</",
]
REPEATED = [unit * (HOSTILE_CHARS // len(unit)) for unit in UNITS]
SURROUNDED = [
    f"{before}{' ' * HOSTILE_CHARS}{after}"
    for before, after in [
        ("x\n", "\nx"),
        ("the", "x"),
        ("the answer", "x"),
        ("the answer is", "\n\n5"),
        ("the answer is", "\n \n5"),
        ("answer:", "\n\n5"),
        ("答案是", "\n\n5"),
        ("the answer is 5.", "x"),
        ("####", "\nx"),
        ("\\boxed", "x"),
        ("\\boxed{1}", "\\boxed{2}"),
        ("So x is", "5"),
        ("It costs", "5"),
        ("a =", "5"),
        ("因此", "是"),
        ("since a", ", we x"),
        ("not", "determine"),
    ]
]


def test_hostile() -> None:
    """No response of a hundred thousand characters holds the run up: the time is linear in its length."""

    def search(response: str) -> None:
        find_answer(response)
        find_answer(f"x{response}\nx")

    assert slow([*REPEATED, *SURROUNDED], 3, search) == []


@pytest.mark.timeout(60)
def test_deep_boxes() -> None:
    """Ten thousand boxes inside one another are one box."""
    assert find_answer(r"\boxed{" * 10_000 + "1" + "}" * 10_000) == Answer("1", How.BOXED)
