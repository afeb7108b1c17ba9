"""What tasks read: together it is the input, row by row and with the numbers that one run gives them."""

import json
import pickle
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from tinyv_cli.records import Example
from tinyv_cli.scale import pieces as module
from tinyv_cli.scale.pieces import Part, Piece, part_name, parts_of, pieces_of
from tinyv_cli.sources import Begun, begin, open_sources, windows_of
from tinyv_cli.sources.explode import Window
from tinyv_cli.sources.mapping import Overrides
from tinyv_cli.sources.selection import EVERYTHING, Selection, selected

ROWS = 2000


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Two files of Parquet, one of them in several groups of rows, and one of lines between them."""
    made = pl.DataFrame(
        {
            "question": [f"What is {i // 4} + 1?" for i in range(ROWS)],
            "answer": [str(i // 4 + 1) for i in range(ROWS)],
            "response": [f"{i}" for i in range(ROWS)],
        }
    )
    made[:1200].write_parquet(tmp_path / "1.parquet", row_group_size=256)
    made[1200:1700].write_ndjson(tmp_path / "2.jsonl")
    made[1700:].write_parquet(tmp_path / "3.parquet")
    return [str(tmp_path / name) for name in ("1.parquet", "2.jsonl", "3.parquet")]


def read(files: Sequence[str], selection: Selection = EVERYTHING) -> list[Piece]:
    """The pieces of these files, of at least 500 rows where they are parts of one."""
    return pieces_of(begin(open_sources(files), Overrides(), anew=True), selection, count=counted)


def counted(sources: Sequence[Begun]) -> list[int]:
    """How many rows each has."""
    return [sum(len(rows) for rows, _ in begun.chunks()) for begun in sources]


def windows(part: Part) -> list[Window]:
    """Those of a part, as whoever judges it gets them."""
    return [pickle.loads(each) for each in part.windows]


def examples(parts: Sequence[Part]) -> list[Example]:
    """Those of some parts, in order."""
    return [example for part in parts for window in windows(part) for example in window.examples]


def cut(pieces: Sequence[Piece], size: int = 300, finished: frozenset[str] = frozenset()) -> list[Part]:
    """The parts of all pieces."""
    alone = len(pieces) == 1
    return [part for piece in pieces for part in parts_of(piece, size, finished=finished, alone=alone)]


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROWS", 500)
    monkeypatch.setattr(module, "SMALL", 1)


@pytest.mark.parametrize("shard", [None, "2/3"])
def test_all_parts_are_the_input(files: list[str], shard: str | None) -> None:
    """Every example once, equal to that of one run: its number, its file, its line."""
    selection = Selection(shard=shard)
    whole = selected(windows_of(begin(open_sources(files), Overrides())), selection)
    pieces = read(files, selection)
    assert len(pieces) == 5
    assert examples(cut(pieces)) == [example for window in whole for example in window.examples]


def test_small_files_are_read_together(files: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """In one task, and their parts may hold rows of several; what is a part of a file stays by itself."""
    whole = windows_of(begin(open_sources(files), Overrides()))
    monkeypatch.setattr(module, "SMALL", 1 << 20)
    pieces = read(files)
    assert [len(piece.read) for piece in pieces] == [1, 1, 1, 2]
    assert examples(cut(pieces)) == [example for window in whole for example in window.examples]
    assert sum(part.share or 0 for part in cut(pieces)) == pytest.approx(1)


def test_shares_add_up(files: list[str]) -> None:
    """How far a job is can be told from the parts that are done."""
    assert sum(part.share or 0 for part in cut(read(files))) == pytest.approx(1)


@pytest.mark.parametrize(
    "selection", [Selection(limit=700), Selection(sample=50), Selection(where="answer > '3'")]
)
def test_what_needs_all_rows_before_it_is_read_by_one(files: list[str], selection: Selection) -> None:
    """A sample, a limit and a condition come out as in one run."""
    whole = selected(windows_of(begin(open_sources(files), Overrides())), selection)
    pieces = read(files, selection)
    assert len(pieces) == 1
    assert examples(cut(pieces)) == [example for window in whole for example in window.examples]


def test_pieces_travel(files: list[str]) -> None:
    """Ray sends them to other processes by cloudpickle."""
    cloudpickle = pytest.importorskip("cloudpickle")
    pieces = read(files)
    assert cut(pickle.loads(cloudpickle.dumps(pieces))) == cut(pieces)


def test_finished_parts_are_not_sent(files: list[str]) -> None:
    """The others keep their names."""
    pieces = read(files)
    names = [part.name for part in cut(pieces)]
    assert names == sorted(names) and len(set(names)) == len(names)
    again = cut(pieces, finished=frozenset({names[1], part_name(9, 9)}))
    assert [part.name for part in again] == names
    assert [part.name for part in again if not part.windows] == [names[1]]


def test_responses_to_a_question_stay_together(tmp_path: Path) -> None:
    """A part ends where a question does, as long as its responses are not too many for one."""
    lines = [{"question": f"Q{i // 400}?", "answer": "1", "response": str(i)} for i in range(1600)]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, lines)))
    parts = cut(read([str(tmp_path / "rows.jsonl")]), size=200)
    assert [sum(len(window.examples) for window in windows(part)) for part in parts] == [512, 512, 512, 64]
