"""The verdict of a model that thinks before it answers."""

import re

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
