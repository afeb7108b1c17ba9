"""The fields of rows in which texts stand, however deep, with what the first rows hold there.

A field is named by its path: dots lead into objects, `*` to every element of a list, or of an object whose
keys are names of models or numbers rather than of fields. So no field ever holds an object.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any

from tinyv_cli.sources.chat import chat_written, is_chat, is_parts, question_of, response_of, rollouts_of
from tinyv_cli.sources.names import Sense, sense_of, words
from tinyv_cli.sources.rows import Record, Rows, values_at
from tinyv_cli.sources.written import list_written, object_written

SAMPLE_ROWS = 50
MAX_DEPTH = 7
# So many elements of a list, and keys of an object, are looked at.
MAX_ELEMENTS, MAX_KEYS = 4, 200
# What is made of one thing stands in columns of one name and a number, or a letter, at its end.
_NUMBERED = re.compile(r"[_ -]?(?:\d+|(?<=[_ -])[a-dA-D])\Z")
MIN_LONG_CHARS = 40
_ROLES = (Sense.GOLD, Sense.RESPONSE, Sense.QUESTION, Sense.PROMPT, Sense.PREDICTION)
_WIDE = (Sense.RESPONSE, Sense.PREDICTION, Sense.SOLUTION, Sense.ANSWER, Sense.VERDICT)
_LEFT_OPEN = (Sense.TEXT, Sense.UNKNOWN)
# A model may have been asked for an object: then it is what the model said.
_SAID = (Sense.RESPONSE, Sense.PREDICTION, Sense.CHAT)
_DERIVED = (Sense.ANSWER, Sense.SOLUTION, Sense.CHOICES, Sense.CHAT)
_CHOICES_OF_CHATS = re.compile(r"(?:\A|\.)choices\.(?:\*|0)\.(?:message\.content|text)\Z")


@dataclass(frozen=True, eq=False)
class Field:
    """A field, and the texts that each of the first rows has there."""

    path: str
    sense: Sense
    values: Sequence[Any]

    @cached_property
    def texts(self) -> list[list[str]]:
        """The texts of each row, of a chat the last one of the assistant."""
        return [[text for each in rollouts_of(value) if (text := response_of(each))] for value in self.values]

    @cached_property
    def flat(self) -> list[str]:
        """All its texts."""
        return [text for texts in self.texts for text in texts]

    @cached_property
    def length(self) -> float:
        """The mean length of its texts, in characters; 0 without any."""
        return sum(map(len, self.flat)) / len(self.flat) if self.flat else 0.0

    @cached_property
    def asked(self) -> list[str]:
        """The question in each row, of a chat or a prompt what the user asked."""
        return [question_of(value).text.strip() for value in self.values]

    @cached_property
    def is_chat(self) -> bool:
        """Whether chats stand there."""
        return any(is_chat(each) for value in self.values for each in (value, *rollouts_of(value)))

    @property
    def is_truth(self) -> bool:
        """Whether nothing but booleans stands there."""
        return all(isinstance(each, bool | None) for value in self.values for each in rollouts_of(value))

    @property
    def varies(self) -> bool:
        """Whether it tells rows apart; one row alone cannot say."""
        return len(self.values) == 1 or len({str(value) for value in self.values}) > 1


def field_at(path: str, sense: Sense, rows: Rows) -> Field:
    """One field, with what the first rows hold there."""
    values = values_at(path, _first(rows))
    read = list_written if _are_lists_written(path, values) else chat_written
    return Field(path, sense, list(map(read, values)))


def _first(rows: Rows) -> Rows:
    return rows if len(rows) <= SAMPLE_ROWS else rows.picked(range(SAMPLE_ROWS))


def rollouts_at(path: str, rows: Rows) -> list[list[Any]]:
    """The responses that each of the first rows has there."""
    return [rollouts_of(value) for value in field_at(path, Sense.RESPONSE, rows).values]


def is_list_written(path: str, rows: Rows) -> bool:
    """Whether lists of texts stand there as text, as data frames write them into CSV files."""
    return _are_lists_written(path, values_at(path, _first(rows)))


def _are_lists_written(path: str, values: Sequence[Any]) -> bool:
    """Nothing but such lists, under a name in the plural or of texts too long for answers."""
    known = [value for value in values if value not in (None, "")]
    lists = [list_written(each) for each in known if isinstance(each, str)]
    if not known or len(lists) < len(known) or not all(isinstance(each, list) for each in lists):
        return False
    lengths = [len(text or "") for texts in lists for text in texts]
    return path.rstrip("0123456789").endswith("s") or min(lengths, default=0) >= MIN_LONG_CHARS


def fields_of(rows: Rows) -> list[Field]:
    """The fields of the rows, in their order; those that differ in a number alone, or in a model, as one."""
    few = _first(rows)
    records = few.records(range(len(few)))
    paths = dict.fromkeys(path for record in records for path in _paths_of(record))
    found = [field_at(path, sense_at(path), few) for path in paths]
    models = _models(records)
    return _together(
        [_of_model(field) if _column(field) in models else field for field in found], models, few
    )


def _paths_of(record: Record) -> Iterator[str]:
    for name, value in record.items():
        if not name.startswith("tinyv_"):
            yield from _leaves(value, name)


def _leaves(value: Any, path: str, depth: int = 1) -> Iterator[str]:
    """The paths of what is a text, a number, a chat, or a list of such."""
    if depth > MAX_DEPTH or value is None:
        return
    if depth == 1 and sense_of(path) not in _SAID:
        value = object_written(value)
    if isinstance(value, dict):
        inner: Iterator[tuple[str, Any]] = islice(value.items(), MAX_KEYS)
        for key, each in (("*", each) for each in value.values()) if _is_keyed(value, path) else inner:
            if "." not in key and "," not in key:
                yield from _leaves(each, f"{path}.{key}", depth + 1)
    elif isinstance(value, list) and any(map(_is_nested, value[:MAX_ELEMENTS])) and not _is_whole(value):
        for each in value[:MAX_ELEMENTS]:
            yield from _leaves(each, f"{path}.*", depth + 1)
    else:
        yield path


def _is_nested(value: Any) -> bool:
    return isinstance(value, dict | list) and not _is_whole(value)


def _is_whole(value: Any) -> bool:
    return is_chat(value) or is_parts(value)


def _is_keyed(value: dict[str, Any], path: str) -> bool:
    """Whether the keys name models or numbers, not fields."""
    if sense_at(path) not in (Sense.RESPONSE, Sense.PREDICTION, Sense.SOLUTION):
        return False
    kinds = {type(each) for each in value.values()}
    return len(kinds) == 1 and all(sense_of(key) is Sense.UNKNOWN for key in islice(value, MAX_KEYS))


def sense_at(path: str) -> Sense:
    """What a path says: its last name, and those around it where that leaves something open."""
    if _CHOICES_OF_CHATS.search(path):
        path = f"response.{path}"
    names = [name for name in path.split(".") if name != "*" and not name.removeprefix("-").isdecimal()]
    senses = [sense_of(name) for name in names]
    last = senses[-1] if senses else Sense.UNKNOWN
    said_of = senses[-2:-1] == [Sense.VERDICT]
    if said_of and (last is Sense.TEXT or names[-1] == "responses"):
        return Sense.VERDICT  # `responses` are what people answered, as Argilla exports it
    around = next((sense for sense in reversed(senses[:-1]) if sense in _ROLES), None)
    named = around in (Sense.PROMPT, Sense.QUESTION) or Sense.CHOICES in senses
    if last is Sense.GOLD and named and words(names[-1]) == ["label"]:
        return Sense.OTHER  # what a prompt or a choice is called
    if around is None or last not in (*_LEFT_OPEN, *_DERIVED, *_ROLES):
        return last
    if around is Sense.GOLD or last in _LEFT_OPEN:
        return around
    if last in (Sense.ANSWER, Sense.SOLUTION) and around is Sense.RESPONSE:
        return around
    return last


def _column(field: Field) -> str:
    return field.path.partition(".")[0]


def _models(records: Sequence[Record]) -> set[str]:
    """Columns of objects with the same fields, one a model."""
    shapes: dict[frozenset[str], list[str]] = {}
    for name, value in (records[0] if records else {}).items():
        if isinstance(value, dict) and value and sense_of(name) in (Sense.UNKNOWN, Sense.OTHER):
            shapes.setdefault(frozenset(value), []).append(name)
    return {name for names in shapes.values() if len(names) > 1 for name in names}


def _of_model(field: Field) -> Field:
    """What stands in the object of a model is what the model wrote."""
    made = (Sense.SOLUTION, Sense.ANSWER, Sense.TEXT, Sense.PREDICTION)
    return replace(field, sense=Sense.RESPONSE) if field.sense in made else field


def _together(fields: Sequence[Field], models: set[str], rows: Rows) -> list[Field]:
    """Fields with one response each as one field, where their names differ in a number or in a model."""
    families: dict[str, list[Field]] = {}
    for field in fields:
        families.setdefault(_family(field, models), []).append(field)
    return [_joined(family, rows) if len(family) > 1 else family[0] for family in families.values()]


def _family(field: Field, models: set[str]) -> str:
    if field.sense not in _WIDE:
        return field.path
    if _column(field) in models:
        return f"*.{field.path.partition('.')[2]}"
    return _NUMBERED.sub("#", field.path)


def _joined(family: Sequence[Field], rows: Rows) -> Field:
    return field_at(",".join(field.path for field in family), family[0].sense, rows)
