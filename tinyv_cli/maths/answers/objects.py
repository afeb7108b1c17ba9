"""The answer of a reply that ends in a JSON object, as models give it that are asked for one."""

import ast
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

# From the most to the least certain; compared without case, blanks and underscores.
_KEYS = (
    "finalanswer",
    "answer",
    "correctanswer",
    "答案",
    "最终答案",
    "result",
    "solution",
    "output",
    "value",
)
MOST_CHARS = 100_000

_START = re.compile(r"(?:^|(?<=[\s:`]))\{\s*+(?=[\"'“])")
# Backslashes of LaTeX, of which JSON would make a form feed or nothing; `\n` else is a new line.
_LATEX = re.compile(r'\\(?:(["\\/]|u[0-9a-fA-F]{4}|n(?!eq?\b|u\b|abla\b|ot\b|otin\b))|)')


def answer_of_object(text: str) -> str | None:
    """What stands under the key that says answer; "" if nothing, None where no such object ends the text."""
    text = text[-MOST_CHARS:].rstrip().removesuffix("```").rstrip()
    if not text.endswith("}") or ('"' not in text and "'" not in text):
        return None
    for found in _starts(text):
        read = _read(text[found:])
        if isinstance(read, dict) and (key := _key(read)) is not None:
            return _said(read[key])
    return None


def _starts(text: str) -> list[int]:
    """Where the object may begin: with the text, on the last line that begins so, or inside the last line."""
    starts = [found.start() for found in _START.finditer(text)]
    lines = [at for at in starts if not at or text[at - 1] in "\n`"]
    return list(dict.fromkeys([*starts[:1], *lines[-1:], *starts[-1:]]))


def _read(text: str) -> Any:
    with suppress(ValueError, RecursionError):
        # The number as it is written: 0.10 is not 0.1.
        return json.loads(_escaped(text), strict=False, parse_float=str, parse_int=str)
    with suppress(ValueError, SyntaxError, RecursionError, MemoryError):
        return ast.literal_eval(text)
    return None


def _escaped(text: str) -> str:
    """The object with the backslashes of LaTeX doubled where they were not."""
    return _LATEX.sub(lambda found: found[0] if found[1] else "\\\\", text)


def _key(read: Mapping[str, Any]) -> str | None:
    names = {re.sub(r"[\s_-]", "", str(name)).lower(): name for name in read}
    return next((names[key] for key in _KEYS if key in names), None)


def _said(value: Any) -> str:
    if isinstance(value, dict):
        key = _key(value)
        return _said(value[key]) if key is not None else ""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_said, value)))
    if isinstance(value, bool):
        return str(value)
    return "" if value is None else str(value).strip()
