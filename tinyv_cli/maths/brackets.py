"""Brackets that belong together: what stands in them, and the parts between marks outside of them all."""

import re
from functools import lru_cache

from tinyv_cli.maths.signs import between_groups

OPENING, CLOSING = frozenset("([{⟨"), frozenset(")]}⟩")

# Words between the parts of a list: those that say that all hold, and those that leave a choice.
AND = r"(?:(?<![^\W\d_])(?<!\\)(?:and|AND|und|et)(?![^\W\d_])|以及|[和与及]|(?<=[\d)}]) +[yи] +(?=\d))"
OR = r"(?:(?<![^\W\d_])(?<!\\)(?:or|OR|oder|ou|или)(?![^\W\d_])|或者?|(?<=[\d)}]) +o +(?=\d))"
_WORD = rf"{AND}|{OR}"
_BETWEEN = re.compile(rf"{between_groups(',')}|(?P<between>[,;]|{_WORD})|[(\[{{⟨]|[)\]}}⟩]")


def split(text: str, delimiter: str) -> list[str] | None:
    """The parts between delimiters that no bracket holds; None where brackets do not belong together."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(text):
        if char in OPENING:
            depth += 1
        elif char in CLOSING:
            depth -= 1
            if depth < 0:
                return None
        elif char == delimiter and depth == 0:
            parts.append(text[start:at].strip())
            start = at + 1
    return [*parts, text[start:].strip()] if depth == 0 else None


def inside(text: str) -> str | None:
    """What stands between the first and the last character, where these are brackets that belong together."""
    if len(text) < 2 or text[0] not in OPENING or text[-1] not in CLOSING:
        return None
    depth = 0
    for at, char in enumerate(text):
        depth += (char in OPENING) - (char in CLOSING)
        if depth == 0:
            return text[1:-1].strip() if at == len(text) - 1 else None
    return None


@lru_cache(maxsize=2048)
def parts(text: str) -> tuple[str, ...]:
    """The parts of a list as people write it, between commas, semicolons, `and`, `or` outside of brackets.

    Unlike `split` it takes any of these marks, passes over empty parts, and leaves the number `1,020` whole.
    """
    found, depth, start = [], 0, 0
    for sign in _BETWEEN.finditer(text):
        if sign[0] in OPENING:
            depth += 1
        elif sign[0] in CLOSING:
            depth -= 1
        elif depth == 0 and sign["between"]:
            found.append(text[start : sign.start()])
            start = sign.end()
    found.append(text[start:])
    return tuple(part.strip() for part in found if part.strip())


def elements(text: str) -> tuple[str, ...]:
    """The parts of a list or a tuple, without the round brackets around it."""
    text = text.strip()
    within = inside(text) if text[:1] == "(" and text[-1:] == ")" else None
    return parts(text if within is None else within)
