"""From rows to examples: read the mapped values as text, one example for each response of a row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa

from tinyv_cli.maths.answers import find_marked
from tinyv_cli.records import Example
from tinyv_cli.sources.chat import Question, is_chat, is_parts, question_of, response_of, rollouts_of, said
from tinyv_cli.sources.choices import joined_question
from tinyv_cli.sources.mapping import Mapping
from tinyv_cli.sources.rows import JOINT, Record, Rows, field_path, path_parts, to_arrow, values_at
from tinyv_cli.sources.written import list_written

# A gold that is longer than this is a worked solution; where it marks its answer, that is the gold.
MAX_GOLD_CHARS = 200


@dataclass(frozen=True, slots=True)
class Window:
    """The examples of some consecutive rows, with those rows: what the stages work on at a time.

    `index` holds, for each example, the position of its row in `rows`. A column that held lists of
    responses, or of verdicts on them, holds, in the output, the one of each example (`exploded`), as
    `explode` does in any data frame: repeating whole lists would square the size of the output. Of the
    input's columns only `select` goes into the output; None stands for all.
    """

    rows: Rows
    index: list[int]
    examples: list[Example]
    mapping: Mapping
    exploded: dict[str, list[Any]] = field(default_factory=dict)
    fraction: float | None = None
    select: tuple[str, ...] | None = None

    def picked(self, positions: Sequence[int]) -> "Window":
        """The window with the examples at these positions alone."""
        return replace(
            self,
            index=[self.index[i] for i in positions],
            examples=[self.examples[i] for i in positions],
            exploded={name: [values[i] for i in positions] for name, values in self.exploded.items()},
        )

    def once(self) -> "Window":
        """The window with one example a row, and the rows as they were read, whatever lists they hold."""
        first = [i for i, example in enumerate(self.examples) if example.rollout == 0]
        return replace(self.picked(first), exploded={})

    def values(self, path: str) -> list[Any]:
        """What the input holds at this path, for each example."""
        if path in self.exploded:
            return self.exploded[path]
        values = values_at(path, self.rows)
        return [
            _of_rollout(values[i], example.rollout)
            for i, example in zip(self.index, self.examples, strict=True)
        ]

    def table(self) -> pa.Table:
        """The original columns, a row for each example, without those an earlier audit has added."""
        names = self._kept([*self.rows.columns, *self.exploded])
        # The lists are not taken: repeated for each of their own elements they would be huge.
        taken = self.rows.table(self.index, [name for name in names if name not in self.exploded])
        arrays = [
            to_arrow(self.exploded[name]) if name in self.exploded else taken.column(name) for name in names
        ]
        return pa.table(arrays, names=names) if names else taken

    def records(self) -> list[Record]:
        """The same as dictionaries."""
        records = self.rows.records(self.index)
        for name, values in self.exploded.items():
            for record, value in zip(records, values, strict=True):
                record[name] = value
        return [{name: record[name] for name in self._kept(record)} for record in records]

    def _kept(self, names: Iterable[str]) -> list[str]:
        return [
            name
            for name in dict.fromkeys(names)
            if not name.startswith("tinyv_") and (self.select is None or name in self.select)
        ]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where rows come from: the file as it was named, the training step in its name, the first row's line."""

    file: str | None = None
    step: int | None = None
    line: int = 1


NOWHERE = Origin()


def explode(
    rows: Rows,
    mapping: Mapping,
    *,
    first_row: int = 0,
    origin: Origin = NOWHERE,
    fraction: float | None = None,
) -> Window:
    """One example for each response; a row without any gives one example whose response is None."""
    questions = _questions(rows, mapping.question)
    golds = _golds(rows, mapping)
    answered = _answered(rows, mapping)
    responses = [rollouts_of(value) or [None] for value in answered]
    recorded = {field: _values(rows, field) for field in mapping.recorded}
    lines = rows.lines or range(origin.line, origin.line + len(rows))
    places = [(i, rollout) for i in _read(rows, mapping) for rollout in range(len(responses[i]))]
    examples = [
        Example(
            first_row + i,
            rollout,
            questions[i].text,
            golds[i][rollout if mapping.gold_each else 0],
            response_of(responses[i][rollout]),
            {field: _of_rollout(values[i], rollout) for field, values in recorded.items()},
            questions[i].cut,
            file=origin.file,
            line=lines[i],
            step=origin.step,
        )
        for i, rollout in places
    ]
    exploded = _exploded(rows, mapping, places, answered)
    return Window(rows, [i for i, _ in places], examples, mapping, exploded, fraction)


def _questions(rows: Rows, path: str | None) -> list[Question]:
    if path is None or JOINT not in path or path in rows.columns:
        return [question_of(value) for value in _values(rows, path)]
    parts = path_parts(path, rows)
    return [joined_question(parts, values) for values in values_at(path, rows)]


def _values(rows: Rows, path: str | None) -> list[Any]:
    return [None] * len(rows) if path is None else values_at(path, rows)


def _answered(rows: Rows, mapping: Mapping) -> list[Any]:
    values = _values(rows, mapping.response)
    return list(map(list_written, values)) if mapping.listed else values


def _read(rows: Rows, mapping: Mapping) -> Sequence[int]:
    """The positions of the rows to read: all, but for those that repeat others."""
    if mapping.once is None:
        return range(len(rows))
    field, wanted = mapping.once
    return [i for i, value in enumerate(rows.values((field,))) if value == wanted]


def _exploded(
    rows: Rows, mapping: Mapping, places: list[tuple[int, int]], answered: list[Any]
) -> dict[str, list[Any]]:
    """The columns that hold something else for each response of a row."""
    beside = {name: rows.values((name,)) for name in mapping.paired}
    if mapping.response in rows.columns:
        beside[mapping.response] = answered
    exploded = {
        name: [_of_rollout(values[i], rollout) for i, rollout in places]
        for name, values in beside.items()
        if any(map(_is_list, values))
    }
    if mapping.response is not None and "*" in mapping.response:
        exploded |= _elements(rows, mapping.response, places)
    if mapping.truths and mapping.label is not None:
        exploded[mapping.label] = [mapping.truths[rollout] for _, rollout in places]
    return exploded


def _elements(rows: Rows, path: str, places: list[tuple[int, int]]) -> dict[str, list[Any]]:
    """The column through which a path leads to all elements of a list: of each response its element alone."""
    first, _, rest = path.partition(".*")
    column, *inner = field_path(first, rows)
    if rest.count("*") or "," in path:
        return {}
    values = rows.values((column,))
    return {column: [_with_element(values[i], inner, rollout) for i, rollout in places]}


def _with_element(value: Any, path: Sequence[str], rollout: int) -> Any:
    """The value with one element in the place of the list, or of the object, at the path."""
    if path and isinstance(value, dict):
        return {**value, path[0]: _with_element(value.get(path[0]), path[1:], rollout)}
    elements = list(value.values()) if isinstance(value, dict) else value
    return elements[rollout] if isinstance(elements, list) and rollout < len(elements) else None


def _is_list(response: Any) -> bool:
    return isinstance(response, list) and not is_chat(response) and not is_parts(response)


def _of_rollout(value: Any, rollout: int) -> Any:
    """A row's value for one rollout: lists of verdicts may be shorter than those of responses."""
    if not _is_list(value):
        return value
    return value[rollout] if rollout < len(value) else None


def _golds(rows: Rows, mapping: Mapping) -> list[list[tuple[str, ...]]]:
    """For each row its golds; where each response has golds of its own, these in their order."""
    values = _values(rows, mapping.gold)
    if mapping.gold_index is not None:
        values = list(map(_chosen, values, _values(rows, mapping.gold_index)))
    if mapping.gold_each:
        return [
            [gold_texts(each) for each in value] if _is_list(value) else [gold_texts(value)]
            for value in values
        ]
    return [[gold_texts(value)] for value in values]


def _chosen(choices: Any, positions: Any) -> list[Any]:
    """The choices at one or several positions, or those that are tagged correct."""
    positions = positions if isinstance(positions, list) else [positions]
    if positions and all(isinstance(tags, list) for tags in positions):
        positions = [i for i, tags in enumerate(positions) if "correct" in tags]
    if not isinstance(choices, list):
        return []
    return [choices[i] for i in positions if isinstance(i, int) and 0 <= i < len(choices)]


def gold_texts(value: Any) -> tuple[str, ...]:
    """Every answer that counts as right: of a list any, also of a list that is written in a string."""
    if isinstance(value, str) and value.lstrip().startswith(('["', "['")):
        value = list_written(value.strip())  # a gold that only looks like a list stays what it is
    values = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(gold for v in values if (gold := _gold(said(v)))))


def _gold(text: str | None) -> str | None:
    if text is None:
        return None
    if len(text) > MAX_GOLD_CHARS or "boxed" in text or "####" in text:
        marked = find_marked(text)
        if marked is not None:
            return marked.text
    return text.strip() or None
