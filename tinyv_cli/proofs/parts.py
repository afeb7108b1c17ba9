"""Take a list apart where its commas stand outside all brackets, and its words between the elements."""

import re
from functools import lru_cache

_OPENING, _CLOSING = "([{", ")]}"
_BETWEEN = re.compile(
    r"(?<=\d),(?=\d{3}(?!\d))|(?P<between>[,;]|(?<![A-Za-z\\])(?:and|or|AND|OR)(?![A-Za-z]))|[(\[{]|[)\]}]"
)


@lru_cache(maxsize=2048)
def parts(text: str) -> tuple[str, ...]:
    """The elements between commas, semicolons, `and`, `or` outside of brackets. `1,020` is one number."""
    found, depth, start = [], 0, 0
    for sign in _BETWEEN.finditer(text):
        if sign[0] in _OPENING:
            depth += 1
        elif sign[0] in _CLOSING:
            depth -= 1
        elif depth == 0 and sign["between"]:
            found.append(text[start : sign.start()])
            start = sign.end()
    found.append(text[start:])
    return tuple(part.strip() for part in found if part.strip())


def elements(text: str) -> tuple[str, ...]:
    """The elements of a list or a tuple, without the round brackets around it."""
    text = text.strip()
    if text[:1] == "(" and text[-1:] == ")" and closes_at_end(text):
        text = text[1:-1]
    return parts(text)


def closes_at_end(text: str) -> bool:
    """Whether the bracket that opens a text is closed by its last sign."""
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if depth == 0:
            return at == len(text) - 1
    return False
