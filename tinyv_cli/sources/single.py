"""One example by itself, as a trainer has it in hand, read as a row of a file would be."""

from typing import Any

from tinyv_cli.records import Example
from tinyv_cli.sources.chat import question_of, response_of
from tinyv_cli.sources.explode import gold_texts
from tinyv_cli.sources.sentinels import without_sentinels


def single_example(question: Any, gold: Any, response: Any) -> Example:
    """The example. Question and response may be texts, chats, or texts with a chat's template around them."""
    asked = question_of(question)
    example = Example(0, 0, asked.text, gold_texts(gold), response_of(response), question_cut=asked.cut)
    return without_sentinels(example)
