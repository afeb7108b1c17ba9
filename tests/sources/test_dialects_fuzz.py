"""Rows that are malformed in any way: an error in one line, or every row once and whole."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.formats import evaluators, make
from tinyv_cli.errors import TinyvError
from tinyv_cli.sources import open_source, read_windows
from tinyv_cli.sources.dialects import DIALECTS
from tinyv_cli.sources.explode import Window
from tinyv_cli.sources.mapping import Mapping, Overrides
from tinyv_cli.sources.reshape import reshape_for
from tinyv_cli.sources.rows import DictRows

Row = dict[str, Any]

WORDS = st.sampled_from(
    ["", "5", "\\boxed{5}", "user\n", "<|im_start|>user\n", '["2"]', "\ud800", "role", "text", "type", "*"]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(max_size=8)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


def golden_rows() -> list[Row]:
    """One row of each format, as JSON has it."""
    tables = (*make.PARQUET.values(), *make.JSON_LINES.values())
    others = (*evaluators.JSON_LINES.values(), *evaluators.OTHER_LINES.values())
    flat = [row for rows in (*tables, *others) for row in rows]
    return [*flat, *make.INSPECT["samples"], *make.JSON["opencompass"].values()]


@st.composite
def malformed(draw: st.DrawFn) -> Row:
    """A row of some format in which something, somewhere, is something else or gone."""
    row = copy.deepcopy(draw(st.sampled_from(golden_rows())))
    for _ in range(draw(st.integers(0, 3))):
        place: Any = row
        while place:
            keys = list(place) if isinstance(place, dict) else range(len(place))
            key = draw(st.sampled_from(keys))
            if isinstance(place[key], dict | list) and place[key] and draw(st.booleans()):
                place = place[key]
                continue
            if isinstance(place, dict) and draw(st.booleans()):
                del place[key]
            else:
                place[key] = draw(VALUES)
            break
    return row


def check_whole(windows: list[Window], rows: list[Row], mapping: Mapping) -> None:
    """Every row is there, its rollouts numbered from 0; tables and records have a row for each example."""
    reshaped = reshape_for(DictRows(rows))
    places = [(each.row, each.rollout) for window in windows for each in window.examples]
    assert places == sorted(set(places))
    assert all((row, rollout - 1) in set(places) for row, rollout in places if rollout)
    if mapping.once is None and reshaped is None:
        assert {row for row, _ in places} == set(range(len(rows)))
    for window in windows:
        assert window.table().num_rows == len(window.records()) == len(window.examples)
        assert all(json.dumps(each.golds) and each.question is not None for each in window.examples)


@pytest.mark.timeout(300)
@settings(
    max_examples=3 * settings().max_examples, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(
        malformed() | st.dictionaries(WORDS | st.text(max_size=4), VALUES, max_size=4), min_size=1, max_size=4
    ),
    name=st.none() | st.sampled_from([dialect.name for dialect in DIALECTS]),
    responses=st.booleans(),
)
def test_malformed_rows(rows: list[Row], name: str | None, responses: bool, tmp_path: Path) -> None:
    """Never a traceback, never a row lost or doubled, whatever stands in the rows and whatever is forced."""
    path = tmp_path / "x.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    mappings: dict[str, Mapping] = {}
    windows = read_windows(
        [open_source(str(path))],
        Overrides(format=name),
        on_mapping=mappings.__setitem__,
        responses=responses,
    )
    try:
        found = list(windows)
    except TinyvError as error:
        assert str(error).startswith(str(path))
        return
    check_whole(found, rows, mappings[str(path)])
