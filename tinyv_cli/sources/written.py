"""Lists and objects that are written in texts, as data frames write them into cells of CSV files.

As JSON has them, as Python prints them, or as numpy prints its arrays: with no comma between the elements.
"""

import ast
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

_LITERAL = re.compile(r"""'(?:[^'\\]|\\.)*+'|"(?:[^"\\]|\\.)*+\"""", re.DOTALL)
_BETWEEN_OBJECTS = re.compile(r"\}\s+\{")
_UNREADABLE = (ValueError, SyntaxError, RecursionError, MemoryError)


def written_in(text: str) -> Any:
    """The list or the object that is written in the text; None where none is."""
    bare = text.strip()
    if bare[:1] + bare[-1:] not in ("[]", "{}"):
        return None
    for parse in (_json, _python, _numpy_texts, _numpy_objects):
        with suppress(*_UNREADABLE):
            return parse(bare)
    return None


def list_written(value: Any) -> Any:
    """The list of texts that is written in a text, other values as texts; anything else as it is."""
    found = written_in(value) if isinstance(value, str) and value.startswith("[") else None
    if not isinstance(found, list):
        return value
    if any(isinstance(each, list | dict) for each in found):
        return value
    return [each if each is None or isinstance(each, str) else str(each) for each in found]


def object_written(value: Any) -> Any:
    """The object that is written in a text; anything else as it is."""
    found = written_in(value) if isinstance(value, str) and value.startswith("{") else None
    return found if isinstance(found, dict) and found else value


def _json(text: str) -> Any:
    return json.loads(text)


def _python(text: str) -> Any:
    """Python joins texts with no comma between them, as numpy writes its arrays: these are no list."""
    found = ast.literal_eval(text)
    if repr(found) != text:
        raise ValueError
    return found


def _numpy_texts(text: str) -> list[str]:
    return [str(ast.literal_eval(literal)) for literal in _literals(text)]


def _literals(text: str) -> Iterator[str]:
    """The texts between the brackets, with nothing but blanks around them; numpy leaves out some of many."""
    position, end = 1, len(text) - 1
    while position < end:
        found = _LITERAL.match(text, position, end)
        if found is None:
            raise ValueError
        yield found[0]
        position = found.end()
        while position < end and text[position].isspace():
            position += 1


def _numpy_objects(text: str) -> Any:
    if not text.startswith("[{"):
        raise ValueError
    return ast.literal_eval(_BETWEEN_OBJECTS.sub("}, {", text))
