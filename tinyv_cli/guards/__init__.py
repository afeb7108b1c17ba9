"""Refuse what cannot be an answer, so that no model is ever asked about it.

A model verifier can be fooled by replies that say nothing ("master keys", arXiv 2507.08794), by orders to it
and by answers that commit themselves to none (arXiv 2505.22203). Each guard sees the golds and the question
too: what would be no answer to one question may be the gold of another.
"""

import re
from collections.abc import Callable

from tinyv_cli.guards.claim import Claim, asked
from tinyv_cli.guards.content import (
    has_no_content,
    is_filler,
    lacks_number,
    restates_expression,
    restates_question,
)
from tinyv_cli.guards.denials import is_denial
from tinyv_cli.guards.gibberish import is_gibberish, is_repetition
from tinyv_cli.guards.orders import is_injection, is_special_token, is_verdict
from tinyv_cli.guards.several import offers_several
from tinyv_cli.records import Answer, Example

# No final answer is as long, unless the gold is; a text of any length would have to be looked through.
MOST_CHARS = 20_000
_PLAIN_NUMBER = re.compile(r"[-+]?\$?\d{1,40}(?:[./]\d{1,40})?\\?%?")

# In this order: the first that refuses an answer gives the reason.
GUARDS: tuple[tuple[str, Callable[[Claim], bool]], ...] = (
    ("no_content", has_no_content),
    ("filler", is_filler),
    ("special_token", is_special_token),
    ("injection", is_injection),
    ("verdict", is_verdict),
    ("repetition", is_repetition),
    ("gibberish", is_gibberish),
    ("negation", is_denial),
    ("several_answers", offers_several),
    ("no_number", lacks_number),
    ("question_restated", restates_question),
    ("expression_restated", restates_expression),
)


def guard(example: Example, answer: Answer) -> str | None:
    """Why this cannot be an answer to the example, or None when a model may be asked about it."""
    text = answer.text
    if text is None:
        return "no_answer"
    if _PLAIN_NUMBER.fullmatch(text):  # the commonest, which no guard refuses
        return None
    most = max(MOST_CHARS, *(2 * len(gold) for gold in example.golds), 0)
    claim = Claim(text, asked(example.question, example.golds))
    if len(text) > most or len(claim.normal) > most:  # one character may stand for many
        return "too_long"
    if any(map(str.isalnum, claim.normal)) and claim.normal.strip(" $.") in claim.asked.normal_golds:
        return None
    return next((reason for reason, refuses in GUARDS if refuses(claim)), None)
