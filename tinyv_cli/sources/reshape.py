"""Lines that are not rows: whole steps of a training, and events of which several make a row.

ms-swift and ROLL write a line a step, in which each column is a list over the samples. openai/evals writes
the prompt and the verdict of a sample as events of their own. Program-of-Thoughts begins its files with a
line that holds the prompt of all. Where HELM asks for a letter, it says apart what the letters stand for.
"""

from collections.abc import Callable, Iterator
from typing import Any

from tinyv_cli.sources.chat import is_chat, is_parts
from tinyv_cli.sources.names import Sense, sense_of
from tinyv_cli.sources.rows import DictRows, Record, Rows

Chunks = Iterator[tuple[Rows, int]]
Reshape = Callable[[Chunks], Chunks]
FEW = 8
_ASKED = (Sense.QUESTION, Sense.PROMPT)
_ANSWERED = (Sense.RESPONSE, Sense.PREDICTION, Sense.GOLD, Sense.ANSWER, Sense.SOLUTION)
_EVENT = {"sample_id", "event_id", "type", "data"}
_ABOUT_RUN = {"spec", "final_report"}


def reshape_for(rows: Rows) -> Reshape | None:
    """What makes rows of such lines; None where they are rows."""
    records = rows.records(range(min(len(rows), FEW)))
    if records and all(map(_is_step, records)):
        return _transposed
    if any(map(_is_event, records)):
        return _joined_events
    if len(records) > 1 and not any(records[0].keys() & record.keys() for record in records[1:]):
        return _without_first
    if any(map(_is_of_letters, records)):
        return _with_choices
    return None


def _is_event(record: Record) -> bool:
    return (
        record.keys() >= _EVENT and isinstance(record["sample_id"], str) and isinstance(record["data"], dict)
    )


def _is_step(record: Record) -> bool:
    """Whether it holds a list of questions, and of responses or golds as many."""
    asked = {len(value) for name, value in record.items() if sense_of(name) in _ASKED and _is_list(value)}
    answered = {
        len(value) for name, value in record.items() if sense_of(name) in _ANSWERED and _is_list(value)
    }
    return len(asked) == 1 and bool(asked & answered) and asked != {0}


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and not is_chat(value) and not is_parts(value)


def _transposed(chunks: Chunks) -> Chunks:
    for rows, position in chunks:
        records = rows.records(range(len(rows)))
        lines = rows.lines or range(1, len(rows) + 1)
        samples = [
            (sample, line) for record, line in zip(records, lines, strict=True) for sample in _samples(record)
        ]
        yield DictRows([sample for sample, _ in samples], [line for _, line in samples]), position


def _samples(record: Record) -> Iterator[Record]:
    """The samples of a step; what is no list over them is that of each."""
    asked = (value for name, value in record.items() if sense_of(name) in _ASKED and _is_list(value))
    size = len(next(asked, [None]))
    for i in range(size):
        yield {
            name: value[i] if _is_list(value) and len(value) == size else value
            for name, value in record.items()
        }


def _joined_events(chunks: Chunks) -> Chunks:
    """One row for each verdict, with the prompt that was sampled before it."""
    begun: dict[str, Record] = {}
    position = 0
    for rows, position in chunks:
        ended, lines = list[Record](), list[int]()
        numbers = rows.lines or range(1, len(rows) + 1)
        for event, line in zip(rows.records(range(len(rows))), numbers, strict=True):
            if not _is_event(event):
                if not event.keys() & _ABOUT_RUN:
                    ended.append(event)
                    lines.append(line)
                continue
            data = event["data"]
            sample = begun.setdefault(event["sample_id"], {"sample_id": event["sample_id"]})
            sample |= {name: value for name, value in data.items() if name not in sample}
            if "expected" in data or "correct" in data:
                ended.append(begun.pop(event["sample_id"]))
                lines.append(line)
        if ended:
            yield DictRows(ended, lines), position
    # What is left of a sample that has its verdict, such as further metrics, is no sample.
    if left := [sample for sample in begun.values() if "sampled" in sample]:
        yield DictRows(left), position


def _without_first(chunks: Chunks) -> Chunks:
    """Without the line that says something of all others, whose fields it has not."""
    rows, position = next(chunks)
    lines = rows.lines or range(1, len(rows) + 1)
    yield DictRows(rows.records(range(1, len(rows))), lines[1:]), position
    yield from chunks


def _is_of_letters(record: Record) -> bool:
    return isinstance(record.get("output_mapping"), dict) and isinstance(record.get("instance"), dict)


def _with_choices(chunks: Chunks) -> Chunks:
    """With the texts for which the letters stand as choices, and the letters of the right ones as golds."""
    for rows, position in chunks:
        records = rows.records(range(len(rows)))
        yield DictRows([record | _choices_of(record) for record in records], rows.lines), position


def _choices_of(record: Record) -> Record:
    if not _is_of_letters(record):
        return {}
    choices = record["output_mapping"]
    right = [
        reference["output"]["text"]
        for reference in record["instance"].get("references") or []
        if "correct" in reference.get("tags", [])
    ]
    return {"choices": choices, "letters": [letter for letter, text in choices.items() if text in right]}
