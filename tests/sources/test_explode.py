"""From rows to examples: one for each response."""

import math
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from tinyv_cli.sources.explode import (
    MAX_GOLD_CHARS,
    Window,
    explode,
    gold_texts,
)
from tinyv_cli.sources.mapping import Mapping
from tinyv_cli.sources.rows import ArrowRows, DictRows

USER = {"role": "user", "content": "2+3?"}
ASSISTANT = {"role": "assistant", "content": "five"}
PROSE = "We add the numbers one after another. " * 10


@pytest.mark.parametrize(
    ("value", "golds"),
    [
        (None, ()),
        ("", ()),
        ("  ", ()),
        ([], ()),
        ([None, ""], ()),
        ("5", ("5",)),
        (" 5 ", ("5",)),
        (5, ("5",)),
        (5.0, ("5",)),
        (0.5, ("0.5",)),
        (0, ("0",)),
        (False, ("False",)),
        (Decimal("1.50"), ("1.50",)),
        (["a", "b"], ("a", "b")),
        (["a", "a", None], ("a",)),
        ([1, 2.0], ("1", "2")),
        ('["2"]', ("2",)),
        (' ["2", "3"]', ("2", "3")),
        ('["2"', ('["2"',)),
        ('["a"] or ["b"]', ('["a"] or ["b"]',)),
        ("[1, 2]", ("[1, 2]",)),
        ("[0, 1)", ("[0, 1)",)),
        (r"Thus $x = \boxed{5}$.", ("5",)),
        ("2 + 3 = 5\n#### 5", ("5",)),
        ("the answer is 7", ("the answer is 7",)),
        (f"{PROSE}So the answer is 7.", ("7",)),
        (f" {PROSE}", (PROSE.strip(),)),
        (["\\boxed{1}", "#### 2"], ("1", "2")),
        ({"value": "5"}, ("5",)),
        ({"a": "5", "b": "6"}, ()),
    ],
)
def test_golds(value: Any, golds: tuple[str, ...]) -> None:
    """Of a list any gold counts, also of one written in a string; a worked solution gives its answer."""
    assert gold_texts(value) == golds


def test_long_golds() -> None:
    """A gold that is no longer than an answer may be is never searched for one."""
    short = "the answer is 7".ljust(MAX_GOLD_CHARS, "!")
    assert gold_texts(short) == (short,)
    assert gold_texts(f"{short}!") != (f"{short}!",)


@pytest.mark.parametrize("missing", [math.nan, [math.nan]])
def test_gold_that_is_not_a_number(missing: Any) -> None:
    """NaN is how data frames write a missing value: no gold, not a gold named "nan"."""
    assert gold_texts(missing) == ()


def test_gold_that_looks_like_a_list() -> None:
    """A gold that begins like a list of hostile depth stays text and does not end the run."""
    gold = '["a",' + "[" * 100_000
    assert gold_texts(gold) == (gold,)


def test_half_characters() -> None:
    """Half of a character pair, written in a listed gold, can still be stored."""
    [gold] = gold_texts('["x\\ud800"]')
    assert pa.array([gold])[0].as_py() == gold


MAPPING = Mapping(question="question", gold="gold", response="response")
Row = dict[str, Any]


def window(*rows: Row, mapping: Mapping = MAPPING, first_row: int = 0) -> Window:
    return explode(DictRows(list(rows)), mapping, first_row=first_row)


def row(response: Any, gold: Any = "5", **more: Any) -> Row:
    return {"question": "2+3?", "gold": gold, "response": response, **more}


def test_one_example_for_each_response() -> None:
    """Responses are numbered within their row, rows from the first that is given."""
    found = window(row(["a", "b"]), row("c"), row([]), row(None), row(["d"]), first_row=10)
    assert [(example.row, example.rollout, example.response) for example in found.examples] == [
        (10, 0, "a"),
        (10, 1, "b"),
        (11, 0, "c"),
        (12, 0, None),
        (13, 0, None),
        (14, 0, "d"),
    ]
    assert found.index == [0, 0, 1, 2, 3, 4]


def test_exploded_column() -> None:
    """In the output, a column of lists holds the one response of each example."""
    found = window(row(["a", "b"], id=1), row([], id=2), row("c", id=3))
    assert found.table().column("response").to_pylist() == ["a", "b", None, "c"]
    assert found.table().column("id").to_pylist() == [1, 1, 2, 3]
    assert [record["response"] for record in found.records()] == ["a", "b", None, "c"]


def test_exploded_chats() -> None:
    """A list of chats gives an example for each chat; a chat is not a list of responses."""
    chats = window(row([[USER, ASSISTANT], [USER, {"role": "assistant", "content": "six"}]]))
    assert [example.response for example in chats.examples] == ["five", "six"]
    assert chats.table().column("response").to_pylist()[0] == [USER, ASSISTANT]
    one = window(row([USER, ASSISTANT]))
    assert [example.response for example in one.examples] == ["five"]
    assert one.table().column("response").to_pylist() == [[USER, ASSISTANT]]


def test_nested_responses_stay_in_place() -> None:
    """Lists inside a struct give examples, and the struct stays as it was."""
    mapping = Mapping(question=None, gold="gold", response="model.outputs")
    found = window({"gold": "5", "model": {"outputs": ["a", "b"]}}, mapping=mapping)
    assert [example.response for example in found.examples] == ["a", "b"]
    assert found.table().column("model").to_pylist() == [{"outputs": ["a", "b"]}] * 2


def test_picked_response() -> None:
    """A path may pick one response of a list."""
    found = window(row(["a", "b"]), mapping=Mapping(question=None, gold="gold", response="response.-1"))
    assert [example.response for example in found.examples] == ["b"]
    assert found.records()[0]["response"] == ["a", "b"]


def test_parquet_alike() -> None:
    """Rows from Parquet give the same examples and the same columns."""
    rows = [row(["a", "b"], id=1), row([], id=2), row(None, id=3)]
    parquet = explode(ArrowRows(pa.Table.from_pylist(rows)), MAPPING, first_row=0)
    assert parquet.examples == window(*rows).examples
    assert parquet.table().to_pylist() == window(*rows).table().to_pylist()
    assert parquet.records() == window(*rows).records()


def test_own_columns_are_dropped() -> None:
    """What an earlier audit has added does not travel into the next one's output."""
    again = row("a") | {"tinyv_gold": "6", "tinyv_p": 0.5}
    found = window(again, mapping=Mapping(question=None, gold="tinyv_gold", response="response"))
    assert found.examples[0].golds == ("6",)
    assert found.table().column_names == ["question", "gold", "response"]
    assert list(found.records()[0]) == ["question", "gold", "response"]


def test_no_question_column() -> None:
    """Without a question column the question is empty."""
    found = window(row("a"), mapping=Mapping(question=None, gold="gold", response="response"))
    assert found.examples[0].question == ""


def test_several_golds_are_shown_as_a_list() -> None:
    """A gold of one is itself, of several a JSON list, of none nothing."""
    found = window(row("r", ["½", "b"]), row("r", ["a"]), row("r", []))
    assert [example.gold for example in found.examples] == ['["½", "b"]', "a", None]


@pytest.mark.parametrize("select", [("id",), ("response", "id"), ("response",), ("gold",), ()])
@pytest.mark.parametrize("make", [DictRows, lambda rows: ArrowRows(pa.Table.from_pylist(rows))])
def test_selected_columns(make: Any, select: tuple[str, ...]) -> None:
    """Only the selected columns go into the output, in the order of the input."""
    rows = make([row(["a", "b"], id=1), row([], id=2)])
    found = replace(explode(rows, MAPPING, first_row=0), select=select)
    whole = {"response": ["a", "b", None], "id": [1, 1, 2], "gold": ["5", "5", "5"]}
    expected = {name: whole[name] for name in ("gold", "response", "id") if name in select}
    assert found.table().to_pydict() == expected
    assert found.table().num_rows == 3
    assert [list(record) for record in found.records()] == [list(expected)] * 3
    assert [example.response for example in found.examples] == ["a", "b", None]
