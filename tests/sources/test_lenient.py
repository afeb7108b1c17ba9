"""JSON with the words that Python adds to it."""

import io
import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinyv_cli.sources.files import WithoutNaN, read_json

VALUES = st.recursive(
    st.none() | st.integers() | st.floats() | st.text(alphabet='NaInfity-"\\ x', max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(alphabet='N"\\', max_size=3), inner),
    max_leaves=12,
)


def finite(value: Any) -> Any:
    """What JSON can say of a value."""
    if isinstance(value, dict):
        return {key: finite(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


@given(value=VALUES, size=st.integers(1, 9))
def test_only_the_words_change(value: Any, size: int) -> None:
    """In whatever pieces it is read, strings stay as they are and NaN and Infinity are null."""
    stream = WithoutNaN(io.BytesIO(json.dumps(value).encode()))
    pieces = list(iter(lambda: stream.read(size), b""))
    assert json.loads(b"".join(pieces)) == finite(value)


@pytest.mark.timeout(20)
def test_long_strings() -> None:
    """A string of many pieces is read in linear time."""
    text = json.dumps(["\\" * 4_000_000 + 'NaN"', math.nan])
    stream = WithoutNaN(io.BytesIO(text.encode()))
    assert json.loads(b"".join(iter(lambda: stream.read(4096), b""))) == json.loads(
        text.replace(" NaN", " null")
    )


def test_array_with_nan(tmp_path: Path) -> None:
    """So a file that Python wrote is read, from array to Inspect's log."""
    path = tmp_path / "x.json"
    path.write_text(json.dumps([{"score": math.nan, "text": "NaN"}, {"score": -math.inf}]))
    [(rows, _)] = read_json(path)
    assert rows.records(range(2)) == [{"score": None, "text": "NaN"}, {"score": None}]
