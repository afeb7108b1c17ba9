"""Labels by hand: a file to which lines are appended, and what they say together."""

import json
import os
from pathlib import Path

import pytest

from tests.annotated import LIKELY, WRONG, annotated
from tests.conftest import write_lines
from tinyv_cli.documents.audited import open_audited
from tinyv_cli.documents.labels import (
    Draw,
    HandLabel,
    Label,
    agreed,
    example_id,
    hand_labels,
    labels_of,
    mend,
    opened_labels,
    read_labels,
)
from tinyv_cli.errors import SinkError, SourceError

DRAWN = Label((3, 1), True, "anna", "0123456789abcdef", Draw("likely, p 0.5 to 0.9", 200, 12))


def line(row: int, label: object, reviewer: str = "anna") -> str:
    return json.dumps({"tinyv_row": row, "tinyv_rollout": 0, "label": label, "reviewer": reviewer})


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """A label with all that belongs to it comes back as it was given."""
    unsure = Label((4, 0), None, "bé\u2028rt")
    with opened_labels(tmp_path / "x.labels.jsonl") as file:
        file.add(DRAWN, p=0.75, category="6.1")
        file.add(unsure, p=None, category=None)
    assert read_labels(file.path) == [DRAWN, unsure]
    first = json.loads(file.path.read_text("utf-8").splitlines()[0])
    assert (first["p"], first["category"], first["label"]) == (0.75, "6.1", True)
    assert (first["stratum"], first["stratum_size"], first["stratum_drawn"]) == (
        "likely, p 0.5 to 0.9",
        200,
        12,
    )


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        ([line(1, True), line(2, False)], {(1, 0): True, (2, 0): False}),
        ([line(1, True), line(1, False)], {(1, 0): False}),
        ([line(1, True), line(1, None)], {}),
        ([line(1, True), line(1, False, "bert")], {}),
        ([line(1, True), line(1, False, "bert"), line(1, True, "bert")], {(1, 0): True}),
        ([line(1, True), line(1, None, "bert")], {(1, 0): True}),
        ([line(1, "correct"), line(2, "unsure"), line(3, 0)], {(1, 0): True, (3, 0): False}),
    ],
)
def test_together(tmp_path: Path, lines: list[str], known: dict[tuple[int, int], bool]) -> None:
    """The last word of each reviewer counts; unsure is no label; contradictions leave nothing."""
    assert agreed(read_labels(write_lines(tmp_path / "x.jsonl", *lines))) == known


def test_copies(tmp_path: Path) -> None:
    """A label counts for all with that question, gold and answer, unless its reviewer says otherwise."""
    lines = [LIKELY, LIKELY | {"response": "otherwise"}, LIKELY, LIKELY | {"answer": "7"}, WRONG]
    file = annotated(tmp_path / "x.parquet", [*lines, LIKELY | {"answer": None}, LIKELY | {"answer": None}])
    told = write_lines(tmp_path / "labels.jsonl", line(0, True), line(2, False), line(5, True))
    known = agreed(labels_of(open_audited(file), told))
    assert known == {(0, 0): True, (1, 0): False, (2, 0): False, (4, 0): False, (5, 0): True}


def test_a_copy_was_not_drawn(tmp_path: Path) -> None:
    """The stratum of a sample is that of what was drawn alone."""
    file = annotated(tmp_path / "x.parquet", [LIKELY, LIKELY])
    with opened_labels(tmp_path / "x.labels.jsonl") as kept:
        kept.add(Label((0, 0), True, "anna", None, Draw("likely", 2, 1)))
    found = hand_labels(labels_of(open_audited(file), kept.path))
    assert found == [HandLabel(0, 0, True, "likely", 2), HandLabel(1, 0, True)]


def test_strata_go_with_labels() -> None:
    """Estimates get each label with the stratum that it stands for."""
    assert hand_labels([DRAWN, Label((5, 0), False), Label((6, 0), None)]) == [
        HandLabel(3, 1, True, "likely, p 0.5 to 0.9", 200),
        HandLabel(5, 0, False),
    ]


@pytest.mark.parametrize(
    ("torn", "left"),
    [
        (b"", b""),
        (b'{"a": 1}\n', b'{"a": 1}\n'),
        (b'{"a": 1}\n{"tinyv_row": 5, "tin', b'{"a": 1}\n'),
        (b'{"a": 1}\n{"b": 2}', b'{"a": 1}\n{"b": 2}\n'),
        (b'{"tinyv_ro', b""),
        ('{"a": "é'.encode()[:-1], b""),
    ],
)
def test_a_torn_line_is_cut_off(tmp_path: Path, torn: bytes, left: bytes) -> None:
    """What a crash left unfinished goes; a last line that is whole stays."""
    path = tmp_path / "x.jsonl"
    path.write_bytes(torn)
    mend(path)
    assert path.read_bytes() == left


def test_other_reviewers_lines_stay(tmp_path: Path) -> None:
    """Two who label at the same time write to the same file, line by line."""
    path = tmp_path / "x.jsonl"
    with opened_labels(path) as anna, opened_labels(path) as bert:
        for row in range(50):
            anna.add(Label((row, 0), True, "anna"))
            bert.add(Label((row, 0), False, "bert"))
    assert len(read_labels(path)) == 100


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_no_right_to_write(tmp_path: Path) -> None:
    """A folder that cannot be written to is said before the first question."""
    tmp_path.chmod(0o500)
    with pytest.raises(SinkError, match="cannot be written"), opened_labels(tmp_path / "x.jsonl"):
        pass


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """So is one that does not exist."""
    with (
        pytest.raises(SinkError, match=r"x\.jsonl: cannot be written"),
        opened_labels(tmp_path / "no" / "x.jsonl"),
    ):
        pass


def test_places_are_needed(tmp_path: Path) -> None:
    """A line without a place is named."""
    path = write_lines(tmp_path / "x.jsonl", line(1, True), '{"label": true}')
    with pytest.raises(SourceError, match="row 1 needs whole numbers as tinyv_row and tinyv_rollout"):
        read_labels(path)


def test_ids_differ() -> None:
    """No two examples that differ in one of their texts have the same id."""
    ids = [
        example_id(*texts)
        for texts in (("a", "b", "c"), ("ab", "", "c"), ("a", None, "c"), ("a", "b", "c\ud800"))
    ]
    assert len({*ids, example_id("a", "None", "c")}) == 5
