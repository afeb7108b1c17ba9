"""Find the final answer in a response, and say by which convention it was found.

First what is no part of the reply's own end is cut off: the thinking, marks of the end of a turn, what a
model that was not stopped writes after its answer, closing remarks. Then from the most to the least explicit:
a JSON object at the end, answer tags or a box (whichever comes last), `#### 5`, "the answer is 5", the last
line. The text inside a box is never cut: `\\boxed{x = 3, y = 5}` stays whole.
"""

from collections.abc import Callable

from tinyv_cli.maths.answers.boxes import ends_in_empty_box, last_boxes
from tinyv_cli.maths.answers.endings import (
    with_line_breaks,
    without_remarks,
    without_run_on,
    without_turn_marks,
)
from tinyv_cli.maths.answers.lines import ends_in_statement, last_line, whole_line
from tinyv_cli.maths.answers.marks import Mark
from tinyv_cli.maths.answers.objects import answer_of_object
from tinyv_cli.maths.answers.silent import denies, plans
from tinyv_cli.maths.answers.stated import stated
from tinyv_cli.maths.answers.statements import hash_mark, last_statement
from tinyv_cli.maths.answers.tags import last_tag
from tinyv_cli.maths.answers.thinking import without_thinking
from tinyv_cli.maths.answers.wholeness import is_whole_answer
from tinyv_cli.records import Answer, How

__all__ = ["find_answer", "find_marked", "without_thinking"]

_NONE = Answer(None, How.NONE)


def find_answer(response: str) -> Answer:
    """The final answer of a response; `How.NONE` when it is blank, all thinking, or breaks off before one."""
    text = without_run_on(without_thinking(with_line_breaks(response)), _has_answer, ends_in_statement)
    return _found(without_remarks(without_turn_marks(text).strip()))


def find_marked(text: str) -> Answer | None:
    """The answer that the text itself marks as one, or None where it marks none."""
    marked = _marked(text)
    return marked if marked is not None and marked.text is not None else None


def _marked(text: str) -> Answer | None:
    """The same, but `How.NONE` where the mark holds none: an open box at the end takes back another."""
    if (answer := answer_of_object(text)) is not None:
        return _within(answer, How.JSON)
    return _enclosed(text) or _spelled(text)


def _found(text: str) -> Answer:
    """The answer of a text that has been cut to its own end."""
    if not text:
        return _NONE
    if (marked := _marked(text)) is not None:
        return _NONE if marked.how is How.ANSWER_IS and not _answers(marked.text or "") else marked
    if ends_in_empty_box(text):
        return _NONE
    if (whole := whole_line(text)) is not None:
        return Answer(whole, How.WHOLE)
    line = last_line(text)
    return _NONE if line is None else Answer(line, How.LAST_LINE)


def _answers(said: str) -> bool:
    """Whether what follows "the answer is" neither denies that there is one nor only says how to find it."""
    return not denies(said) and ("=" in said or not plans(said) or stated(said) is not None)


def _has_answer(text: str) -> bool:
    """Whether a text is a reply by itself: it marks an answer, or is nothing but one."""
    marked = _marked(text)
    return marked.text is not None if marked is not None else is_whole_answer(text)


def _enclosed(text: str) -> Answer | None:
    """What stands in the last tag or the last box, whichever ends later."""
    tag, box = last_tag(text), last_boxes(text)
    if tag is not None and (box is None or tag.end >= box.end):
        return _within(tag.text, How.ANSWER_TAG)
    return _answer(box, How.BOXED)


def _spelled(text: str) -> Answer | None:
    return _first(text, (hash_mark, How.HASH_MARK), (last_statement, How.ANSWER_IS))


def _first(text: str, *finders: tuple[Callable[[str], str | None], How]) -> Answer | None:
    """What the first finder that finds anything finds."""
    found = ((find(text), how) for find, how in finders)
    return next((Answer(answer, how) for answer, how in found if answer is not None), None)


def _answer(mark: Mark | None, how: How) -> Answer | None:
    if mark is None:
        return None
    return Answer(mark.text, how) if mark.text else _NONE


def _within(text: str | None, how: How) -> Answer:
    """The answer that a tag or a field holds: models write a box, or the whole solution, into it."""
    answer = _found(text).text if text else None
    return Answer(answer, how) if answer else _NONE
