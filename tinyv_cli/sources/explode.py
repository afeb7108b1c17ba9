"""From rows to examples: read the mapped values as text, one example for each response of a row."""

import json
import math
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from tinyv_cli.answers import find_marked
from tinyv_cli.records import Example
from tinyv_cli.sources.mapping import Mapping, field_path
from tinyv_cli.sources.rows import Record, Rows, to_arrow

# A gold that is longer than this is a worked solution; where it marks its answer, that is the gold.
MAX_GOLD_CHARS = 200


@dataclass(frozen=True, slots=True)
class Window:
    """The examples of some consecutive rows, with those rows: what the stages work on at a time.

    `index` holds, for each example, the position of its row in `rows`. A column that held lists of
    responses holds, in the output, the one response of each example (`exploded`), as `explode` does in
    any data frame: repeating whole lists would square the size of the output. Of the input's columns only
    `select` goes into the output; None stands for all.
    """

    rows: Rows
    index: list[int]
    examples: list[Example]
    mapping: Mapping
    exploded: tuple[str, list[Any]] | None = None
    fraction: float | None = None
    select: tuple[str, ...] | None = None

    def picked(self, positions: Sequence[int]) -> "Window":
        """The window with the examples at these positions alone."""
        return replace(
            self,
            index=[self.index[i] for i in positions],
            examples=[self.examples[i] for i in positions],
            exploded=self.exploded and (self.exploded[0], [self.exploded[1][i] for i in positions]),
        )

    def table(self) -> pa.Table:
        """The original columns, a row for each example, without those an earlier audit has added."""
        names = self._kept(self.rows.columns)
        column, values = self.exploded or (None, [])
        taken = self.rows.table(self.index, [name for name in names if name != column])
        if column not in names:
            return taken
        # Its lists were not taken: repeated for each of their own elements they would be huge.
        arrays = [to_arrow(values) if name == column else taken.column(name) for name in names]
        return pa.table(arrays, names=names)

    def records(self) -> list[Record]:
        """The same as dictionaries."""
        records = self.rows.records(self.index)
        if self.exploded is not None:
            column, values = self.exploded
            for record, value in zip(records, values, strict=True):
                record[column] = value
        return [{name: record[name] for name in self._kept(record)} for record in records]

    def _kept(self, names: Iterable[str]) -> list[str]:
        return [
            name
            for name in names
            if not name.startswith("tinyv_") and (self.select is None or name in self.select)
        ]


def explode(rows: Rows, mapping: Mapping, *, first_row: int, fraction: float | None = None) -> Window:
    """One example for each response; a row without any gives one example whose response is None."""
    questions = _values(rows, mapping.question)
    golds = _values(rows, mapping.gold)
    responses = _values(rows, mapping.response)
    recorded = {field: _values(rows, field) for field in mapping.recorded}
    index, examples, elements = [], [], []
    for i, response in enumerate(responses):
        question, row_golds = question_text(questions[i]), gold_texts(golds[i])
        for rollout, element in enumerate(_rollouts(response)):
            index.append(i)
            elements.append(element)
            verdicts = {field: _of_rollout(values[i], rollout) for field, values in recorded.items()}
            text = response_text(element)
            examples.append(Example(first_row + i, rollout, question, row_golds, text, verdicts))
    exploded = None
    if mapping.response in rows.columns and any(_is_list(response) for response in responses):
        exploded = (mapping.response, elements)
    return Window(rows, index, examples, mapping, exploded, fraction)


def _values(rows: Rows, path: str | None) -> list[Any]:
    return [None] * len(rows) if path is None else rows.values(field_path(path, rows))


def _rollouts(response: Any) -> list[Any]:
    return (response or [None]) if _is_list(response) else [response]


def _is_list(response: Any) -> bool:
    return isinstance(response, list) and not _is_chat(response)


def _of_rollout(recorded: Any, rollout: int) -> Any:
    """A row's verdict for one rollout: lists of verdicts may be shorter than those of responses."""
    if not isinstance(recorded, list):
        return recorded
    return recorded[rollout] if rollout < len(recorded) else None


def _is_chat(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) and "role" in v for v in value)


def question_text(value: Any) -> str:
    """The question; of a chat, the last turn of the user, or the last of all where the user has none."""
    turn = _last_turn(value, "user")
    if turn is None and _is_chat(value):
        turn = value[-1].get("content")
    return _text(turn) or ""


def response_text(value: Any) -> str | None:
    """The response; of a chat, the last turn of the assistant; None where there is none."""
    return _text(_last_turn(value, "assistant"))


def gold_texts(value: Any) -> tuple[str, ...]:
    """Every answer that counts as right: of a list any, also of a list that is written in a string."""
    if isinstance(value, str) and value.lstrip().startswith('["'):
        with suppress(ValueError, RecursionError):  # a gold that only looks like a list stays what it is
            value = json.loads(value)
    values = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(gold for v in values if (gold := _gold(_text(v)))))


def _gold(text: str | None) -> str | None:
    if text is None:
        return None
    if len(text) > MAX_GOLD_CHARS or "boxed" in text or "####" in text:
        marked = find_marked(text)
        if marked is not None:
            return marked.text
    return text.strip() or None


def _last_turn(value: Any, role: str) -> Any:
    if not _is_chat(value):
        return value
    turns = [turn for turn in value if turn["role"] == role]
    return turns[-1].get("content") if turns else None


def _text(value: Any) -> str | None:
    if isinstance(value, float) and math.isnan(value):
        return None  # how data frames write a missing value
    if isinstance(value, str):  # half of a character pair cannot be stored
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if value is None:
        return None
    if isinstance(value, list) and all(isinstance(v, dict) and "text" in v for v in value):
        return "".join(str(part["text"]) for part in value)  # the parts of a chat turn
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))  # a column of whole numbers with a gap is read as floats
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
