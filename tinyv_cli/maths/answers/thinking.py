"""What a model thought aloud is not its answer."""

import re

_TAG = r"(?:think|thinking|thought|reasoning)>"
# The second spelling is that of OpenThoughts.
_END = re.compile(rf"</{_TAG}|<\|end_of_thought\|>", re.IGNORECASE)
_START = re.compile(rf"<{_TAG}|<\|begin_of_thought\|>", re.IGNORECASE)


def without_thinking(response: str) -> str:
    """What follows the thinking; a thinking part that never ends leaves only what stood before it.

    The start of the thinking may be missing: chat templates write it into the prompt.
    """
    if "<" not in response:  # as in most, and much sooner said
        return response
    ends = list(_END.finditer(response))
    text = response[ends[-1].end() :] if ends else response
    start = _START.search(text)
    return text[: start.start()] if start else text
