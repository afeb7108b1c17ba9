"""What a model wrote: its verdict, read strictly, and the reasoning that came before it.

A model that is let write first ends with `Answer: True`, or with the word behind its thought (`thought_in`);
or its reply is one JSON object of reasoning and verdict, as its prompt demands (`object_in`).
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tinyv_cli.records import ModelResult

UNPARSABLE = ModelResult(None, "unparsable_reply")
CUT_OFF = ModelResult(None, "reply_too_long")
MOST_REASONING = 1 << 14  # characters of it that are kept

WORDS = {"true": True, "false": False}
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict in what a model wrote, and the reasoning before it, if there is any."""

    verdict: bool
    reasoning: str | None = None


Reader = Callable[[str], Said | None]  # of what a model has written; None as long as it holds no verdict


def bare(text: str) -> str:
    """The text in lower case, without marks and spaces around it."""
    return _AROUND.sub("", text).lower()


def without_verdict(result: ModelResult, text: str | None) -> ModelResult:
    """The same, with what the model wrote instead of a verdict: it tells why there is none."""
    return ModelResult(result.p, result.reason, kept(text))


def kept(reasoning: str | None) -> str | None:
    """As much of it as is kept; None of nothing."""
    return (reasoning or "").strip()[:MOST_REASONING] or None


# The word, with nothing but marks around it: `**True**`, `"False".`
_WORD = r"[\W_]*(true|false)\b[\W_]*"
_AFTER_THOUGHT = re.compile(rf"(?:[\W_]*answer:)?{_WORD}", re.IGNORECASE)
_ANSWER = re.compile(rf"\banswer:{_WORD}", re.IGNORECASE)
_TAGS = re.compile(r"</?think>")


def thought_in(reply: str) -> Said | None:
    """True or False as the reply's last word on it; None as long as it has none.

    It stands after `</think>`, or after `Answer:` in what follows the thought, and nothing comes after it.
    What is said within `<think>` is not the answer yet.
    """
    thought, closed, answer = reply.rpartition("</think>")
    if closed and (found := _AFTER_THOUGHT.fullmatch(answer)):
        return _said(found, thought)
    if "<think>" in answer:
        return None
    last = answer.lower().rfind("answer:")
    found = _ANSWER.fullmatch(answer, last) if last >= 0 else None
    return None if found is None else _said(found, f"{thought}{answer[:last]}")


def _said(found: re.Match[str], before: str) -> Said:
    return Said(WORDS[found[1].lower()], kept(_TAGS.sub("", before).rstrip("*_ \n")))


VERDICT, REASONING = "verdict", "reasoning"  # the keys of the object
_FENCED = re.compile(r"```(?:json)?\s*(\{.*\})\s*(?:```)?", re.DOTALL)
# What is escaped in prose. Any other backslash is LaTeX's: models write formulas into JSON as they stand.
_BACKSLASH = re.compile(r"""\\(["\\/n]|u[0-9a-fA-F]{4})?""")


def object_in(reply: str) -> Said | None:
    """The verdict of a reply that is one JSON object, with a thought before it and a fence around it at most.

    The verdict is `true` or `false`, or such a word as a text; an object that names it twice has none.
    """
    text = reply.rpartition("</think>")[2].strip()
    if fenced := _FENCED.fullmatch(text):
        text = fenced[1]
    try:
        found = json.loads(_BACKSLASH.sub(_escaped, text), strict=False, object_pairs_hook=_without_repeats)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    verdict, reasoning = found.get(VERDICT), found.get(REASONING)
    if isinstance(verdict, str):
        verdict = WORDS.get(bare(verdict))
    if not isinstance(verdict, bool):
        return None
    return Said(verdict, kept(reasoning) if isinstance(reasoning, str) else None)


def _escaped(backslash: re.Match[str]) -> str:
    return backslash[0] if backslash[1] else r"\\"


def _without_repeats(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) < len(members):
        raise ValueError("a key stands there twice")
    return found
