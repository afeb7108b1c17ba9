"""The corrected verdict in the place of the recorded one, in the words of the data."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tests.annotated import ACCEPTED, METADATA, PROVED, SILENT, WRONG, annotated
from tinyv_cli.documents.audited import Audited, open_audited
from tinyv_cli.errors import UsageError
from tinyv_cli.exports.recovered import recovered
from tinyv_cli.exports.request import Request

VERDICTS = (ACCEPTED, PROVED, WRONG, SILENT)


def recorded(folder: Path, values: list[Any], *, rollouts: bool = False, **metadata: Any) -> Audited:
    """Four responses, accepted, proved, refused and undecided, beside each of which a value is recorded."""
    lines = [
        verdict | {"recorded": value} | ({"row": 0, "rollout": n} if rollouts else {})
        for n, (verdict, value) in enumerate(zip(VERDICTS, values, strict=True))
    ]
    return open_audited(annotated(folder / "x.parquet", lines, METADATA | {"exploded": []} | metadata))


def put(file: Audited, field: str) -> list[Any]:
    table = pa.concat_tables(recovered(Request(file, fields=(field,))))
    return list(table.column("recorded").to_pylist())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([True, False, False, True], [True, True, False, True]),
        ([1, 0, 0, 0], [1, 1, 0, 0]),
        ([1, -1, -1, -1], [1, 1, -1, -1]),
        ([1.0, 0.0, 0.0, 1.0], [1.0, 1.0, 0.0, 1.0]),
        ([0.0, 0.0, 0.0, 0.0], [1.0, 1.0, 0.0, 0.0]),
        ([-1.0, -1.0, -1.0, -1.0], [1.0, 1.0, -1.0, -1.0]),
        (["C", "I", "I", "I"], ["C", "C", "I", "I"]),
        (["I", "I", "I", "I"], ["C", "C", "I", "I"]),
        (["True", "False", "True", "False"], ["True", "True", "False", "False"]),
        ([1.0, None, None, None], [1.0, 1.0, 0.0, None]),
        ([1.0, float("nan"), 0.0, 0.0], [1.0, 1.0, 0.0, 0.0]),
    ],
)
def test_in_the_words_of_the_data(tmp_path: Path, before: list[Any], after: list[Any]) -> None:
    """Yes and no are spelled as the field spells them, of its own type; what is undecided stays."""
    found = put(recorded(tmp_path, before), "recorded")
    assert found == after and [type(value) for value in found] == [type(value) for value in after]


def test_in_a_field_of_a_field(tmp_path: Path) -> None:
    """A dotted path leads into objects, whose other fields stay as they are; what is missing is not made."""
    values = [{"of": {"score": 0, "name": "a"}}, {"of": {"score": 0, "name": "b"}}, {"of": None}, None]
    assert put(recorded(tmp_path, values), "recorded.of.score") == [
        {"of": {"score": 1, "name": "a"}},
        {"of": {"score": 1, "name": "b"}},
        {"of": None},
        None,
    ]


def test_in_a_list(tmp_path: Path) -> None:
    """Of several responses in a row each gets its own."""
    file = recorded(tmp_path, [1, 0, 0, 0], rollouts=True, exploded=["recorded"])
    assert put(file, "recorded") == [[1, 1, 0, 0]]


@pytest.mark.parametrize(
    ("values", "more", "field", "message"),
    [
        ([0.3, 1.0, 0.0, 0.7], {}, "recorded", r"holds 0.0, 0.3, 0.7, 1.0, which is no yes or no"),
        ([None] * 4, {}, "recorded", "holds nothing, which is no yes or no"),
        (
            ["yes", "C", "no", "I"],
            {},
            "recorded",
            "holds C, I, no, yes; it is not clear how",
        ),
        ([1, 0, 0, 0], {}, "score", "no such column; there are recorded"),
        ([1, 0, 0, 0], {}, "recorded.score", "no field 'score' there"),
        ([{"score": 1}] * 4, {}, "recorded", "not one verdict"),
        ([1, 0, 0, 0], {"rollouts": True}, "recorded", "one value for all responses of a row"),
    ],
)
def test_what_holds_no_verdict(
    tmp_path: Path, values: list[Any], more: dict[str, Any], field: str, message: str
) -> None:
    """A shaped reward, or what is none, is never written over with a guess."""
    with pytest.raises(UsageError, match=message):
        put(recorded(tmp_path, values, **more), field)
