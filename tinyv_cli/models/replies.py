"""What the reply of a server says: read strictly, so that nothing but a verdict counts as one.

The shape is that of OpenAI's chat completions. A reply that has another, or that holds impossible numbers,
is a lie of the server's (`BAD_REPLY`); one that is sound and holds no verdict is the model's (`UNPARSABLE`).
"""

import math
import re
from collections.abc import Mapping
from typing import Any

from tinyv_cli.records import ModelResult

# Reasons that begin so are the server's and of the moment.
FAILURE = "server:"
BAD_REPLY = ModelResult(None, f"{FAILURE}bad_reply")
UNPARSABLE = ModelResult(None, "unparsable_reply")

WORDS = {"true": True, "false": False}
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
_NO_THOUGHT = re.compile(r"\s*<think>\s*</think>")
_BEFORE_THE_WORD = re.compile(r"[\W_]*|</?think>")
# Servers round, so that the logarithm of 1 may come out above 0; more than that is no probability.
_ROUNDING = 0.01


def read_reply(reply: Any, *, logprobs: bool) -> ModelResult:
    """The verdict of a chat completion, from its log-probabilities where they were asked for.

    A vocabulary without a single token for True and False leaves no trace of them there; the text then
    counts as it does without log-probabilities: p is 1 or 0 for exactly one of the words, or there is none.
    """
    try:
        choice = reply["choices"][0]
        said = word_in(choice["message"]["content"])
        p = p_at_the_word(choice["logprobs"]["content"]) if logprobs else None
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError):
        return BAD_REPLY
    if p is None and said is None:
        return UNPARSABLE
    return ModelResult(float(bool(said)) if p is None else p)


def gives_logprobs(reply: Any) -> bool:
    """Whether a sound reply has the log-probabilities that it was asked for."""
    return read_reply(reply, logprobs=True) != BAD_REPLY


def word_in(text: str) -> bool | None:
    """True or False where the text is that word and nothing else but marks around it and an empty thought."""
    return WORDS.get(_bare(_NO_THOUGHT.sub("", text, count=1)))


def p_at_the_word(positions: list[Mapping[str, Any]]) -> float | None:
    """p at the first token that says something; space, marks and an empty thought may come before."""
    for position in positions:
        if not _BEFORE_THE_WORD.fullmatch(position["token"].strip()):
            # Some servers tell nothing but the probability of what was chosen.
            listed = position["top_logprobs"] or [position]
            return p_of_words({entry["token"]: _logprob(entry) for entry in listed})
    return None


def p_of_words(logprobs: Mapping[str, float]) -> float | None:
    """P(True) / (P(True) + P(False)) over the listed tokens, each word in all its spellings.

    Of a word that is not listed it is known that it is no likelier than the last one listed, nor than all
    that the list leaves over. It is taken to be that likely, so p is never surer than the list allows. None
    where neither is listed.
    """
    probabilities = {token: math.exp(logprob) for token, logprob in logprobs.items()}
    masses = {True: 0.0, False: 0.0}
    for token, probability in probabilities.items():
        if (word := WORDS.get(_bare(token))) is not None:
            masses[word] += probability
    if not any(masses.values()):
        return None
    unlisted = min(min(probabilities.values()), max(0.0, 1 - sum(probabilities.values())))
    true, false = masses[True] or unlisted, masses[False] or unlisted
    return true / (true + false)


def _logprob(entry: Mapping[str, Any]) -> float:
    logprob = float(entry["logprob"])
    if not logprob <= _ROUNDING:
        raise ValueError(f"{logprob} is the logarithm of no probability")
    return min(logprob, 0.0)


def _bare(text: str) -> str:
    return _AROUND.sub("", text).lower()


# The word, with nothing but marks around it: `**True**`, `"False".`
_WORD = r"[\W_]*(true|false)\b[\W_]*"
_AFTER_THOUGHT = re.compile(rf"(?:[\W_]*answer:)?{_WORD}", re.IGNORECASE)
_ANSWER = re.compile(rf"\banswer:{_WORD}", re.IGNORECASE)


def verdict_in(reply: str) -> bool | None:
    """True or False as the reply's last word on it; None as long as it has none.

    It stands after `</think>`, or after `Answer:` in what follows the thought, and nothing comes after it.
    What is said within `<think>` is not the answer yet.
    """
    _, closed, answer = reply.rpartition("</think>")
    if closed and (found := _AFTER_THOUGHT.fullmatch(answer)):
        return found[1].lower() == "true"
    if "<think>" in answer:
        return None
    last = answer.lower().rfind("answer:")
    found = _ANSWER.fullmatch(answer, last) if last >= 0 else None
    return None if found is None else found[1].lower() == "true"
