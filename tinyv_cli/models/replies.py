"""What the reply of a server says: read strictly, so that nothing but a verdict counts as one.

The shape is that of OpenAI's chat completions. A reply that has another, or that holds impossible numbers,
is a lie of the server's (`BAD_REPLY`); one that is sound and holds no verdict is the model's (`UNPARSABLE`).
"""

import math
import re
from collections.abc import Mapping
from typing import Any

from tinyv_cli.models.written import CUT_OFF, UNPARSABLE, WORDS, Reader, bare, kept, without_verdict
from tinyv_cli.records import ModelResult

# Reasons that begin so are the server's and of the moment.
FAILURE = "server:"
BAD_REPLY = ModelResult(None, f"{FAILURE}bad_reply")

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


def read_written(reply: Any, read: Reader) -> ModelResult:
    """The verdict of a chat completion that reasons first: p is 1 or 0 by its word, or there is none."""
    try:
        choice = reply["choices"][0]
        message, is_cut = choice["message"], choice.get("finish_reason") == "length"
        # Some servers take the thought out of the reply and hand it over beside it.
        aside = message.get("reasoning_content") or message.get("reasoning") or ""
        text = message["content"]
        if is_cut:
            return without_verdict(CUT_OFF, f"{aside}{text or ''}")
        said = read(text)
        if said is None:
            return without_verdict(UNPARSABLE, f"{aside}{text}")
        return ModelResult(float(said.verdict), reasoning=said.reasoning or kept(aside))
    except (LookupError, TypeError, ValueError, AttributeError):
        return BAD_REPLY


def gives_logprobs(reply: Any) -> bool:
    """Whether a sound reply has the log-probabilities that it was asked for."""
    return read_reply(reply, logprobs=True) != BAD_REPLY


def word_in(text: str) -> bool | None:
    """True or False where the text is that word and nothing else but marks around it and an empty thought."""
    return WORDS.get(bare(_NO_THOUGHT.sub("", text, count=1)))


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
        if (word := WORDS.get(bare(token))) is not None:
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
