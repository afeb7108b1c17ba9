"""Which rows are looked at: conditions, shards, random samples, limits, and all of them together."""

import json
import tracemalloc
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinyv_cli.errors import SourceError, TinyvError, UsageError
from tinyv_cli.sources import open_source, read_windows
from tinyv_cli.sources.explode import Window, explode
from tinyv_cli.sources.files import CHUNK_ROWS
from tinyv_cli.sources.mapping import Mapping, Overrides
from tinyv_cli.sources.rows import ArrowRows, DictRows
from tinyv_cli.sources.selection import Selection, parse_shard, selected

Row = dict[str, Any]
MAPPING = Mapping(question="question", gold="gold", response="response")


def windows(rows: Sequence[Row], *, size: int = 4, arrow: bool = False) -> Iterator[Window]:
    """Windows of a few rows each, as a reader makes them."""
    rows = [{"question": "q", "gold": "5", "response": str(n), **row} for n, row in enumerate(rows)]
    for start in range(0, len(rows), size):
        some = rows[start : start + size]
        read = ArrowRows(pa.Table.from_pylist(some)) if arrow else DictRows(some)
        yield explode(read, MAPPING, first_row=start)


def kept(found: Iterator[Window]) -> list[int]:
    """The numbers of the rows that are left, once for each example."""
    return [example.row for window in found for example in window.examples]


COLUMNS: list[Row] = [
    {"n": n, "s": s, "meta": {"level": n, "deep": {"er": s}}, "dotted.name": n, "all": [1] * n}
    for n, s in enumerate(["a", "b", None, "a", "it's", "ab"])
]
CONDITIONS = {
    "n >= 4": [4, 5],
    "n = 1 OR n = 3": [1, 3],
    "s = 'a'": [0, 3],
    "s <> 'a'": [1, 4, 5],
    "s IS NULL": [2],
    "NOT (s = 'a')": [1, 4, 5],
    "s IN ('a', 'b') AND n > 0": [1, 3],
    "s LIKE 'a%'": [0, 3, 5],
    "s = 'it''s'": [4],
    "n BETWEEN 1 AND 2": [1, 2],
    "n % 2 = 1": [1, 3, 5],
    "LENGTH(s) > 1": [4, 5],
    "meta.level > 3": [4, 5],
    "meta.deep.er = 'b'": [1],
    '"dotted.name" = 2': [2],
    'ARRAY_LENGTH("all") = 5': [5],
    "question = 'q' AND n < 1": [0],
}


@pytest.mark.parametrize("arrow", [False, True])
@pytest.mark.parametrize(("condition", "rows"), CONDITIONS.items())
def test_where(condition: str, rows: list[int], arrow: bool) -> None:
    """A condition is SQL over the columns, also over fields inside them; null is no."""
    assert kept(selected(windows(COLUMNS, arrow=arrow), Selection(condition))) == rows


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("n >", "unable to parse"),
        ("", "unable to parse"),
        ("n = 1; n = 2", "unexpected token"),
        ("nosuch = 1", "no column 'nosuch'; there are question, gold, response, n, s"),
        ("meta.nosuch = 1", "nosuch"),
        ("n + 1", "is no condition, it gives Int64"),
        ("s > 1", "cannot compare string with numeric type"),
        ("1 = 1", "names no column"),
        ("COUNT(*) > 1", "names no column"),
        ("n = MAX(n)", "must say of a row by itself"),
        ("MAX(n) > 2", "must say of a row by itself"),
        ("ROW_NUMBER() OVER (ORDER BY n) = 1", "must say of a row by itself"),
        ("n = (SELECT 1)", "not allowed"),
    ],
)
def test_wrong_conditions(condition: str, message: str) -> None:
    """What is no condition on a row is one line that repeats it."""
    with pytest.raises(UsageError) as raised:
        list(selected(windows(COLUMNS), Selection(condition)))
    assert str(raised.value).startswith(f"--where {condition}: ")
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_an_unreadable_condition_is_said_before_anything_is_read() -> None:
    """No window is asked for to find out that the expression is wrong."""

    def unread() -> Iterator[Window]:
        raise AssertionError("read")
        yield

    with pytest.raises(UsageError, match="unable to parse"):
        selected(unread(), Selection("n >"))


CHANGING: dict[str, tuple[list[Row], str, list[int]]] = {
    "a column that is gone": ([{"x": 1}, {}, {"x": 1}], "x = 1", [0, 2]),
    "the only column that is gone": ([{"x": "a"}, {"y": 1}, {"x": "a"}], "x LIKE 'a%'", [0, 2]),
    "nulls, then text": ([{"x": None}, {"x": "a"}], "x LIKE 'a%'", [1]),
    "nulls, then numbers": ([{"x": None}, {"x": 3}], "x > 2", [1]),
    "numbers, then nulls": ([{"x": 3}, {"x": None}], "x > 2", [0]),
    "fractions after whole numbers": ([{"x": 3}, {"x": 2.5}, {"x": 1}], "x > 2", [0, 1]),
    "a field that comes and goes": (
        [{"m": {"a": 1}}, {"m": {"b": 1}}, {"m": {"a": 1, "b": 2}}],
        "m.a = 1",
        [0, 2],
    ),
}


@pytest.mark.parametrize(("rows", "condition", "expected"), CHANGING.values(), ids=CHANGING)
def test_rows_that_differ_in_their_fields(rows: list[Row], condition: str, expected: list[int]) -> None:
    """What a later window lacks is null there."""
    assert kept(selected(windows(rows, size=1), Selection(condition))) == expected


def test_values_that_do_not_compare_later() -> None:
    """Where text comes where numbers were, the row is named from which on."""
    with pytest.raises(UsageError, match=r"cannot compare .* \(in the rows from 1 on\)"):
        list(selected(windows([{"x": 1}, {"x": "a"}], size=1), Selection("x > 0")))


@pytest.mark.parametrize("count", [1, 2, 3, 7, 50])
@pytest.mark.parametrize("asked", [True, False])
def test_shards(count: int, *, asked: bool) -> None:
    """All shards together are every row once, about equally many in each, with a question's rows together."""
    rows: list[Row] = [
        {"question": f"question {n % 200}" if asked else "", "response": ["1", "2", "3"][: 1 + n % 3]}
        for n in range(600)
    ]
    shards = [kept(selected(windows(rows), Selection(shard=f"{i}/{count}"))) for i in range(1, count + 1)]
    assert sorted(row for shard in shards for row in shard) == kept(windows(rows))
    assert sum(len(set(shard)) for shard in shards) == 600
    assert max(len(set(shard)) for shard in shards) < 600 / count * (3.5 if asked else 1.2)
    if asked:
        assert sum(len({row % 200 for row in shard}) for shard in shards) == 200


def test_a_shard_may_be_empty() -> None:
    """Of few questions not every job of an array has one; it writes a file all the same."""
    shards = [list(selected(windows([{"x": 1}] * 3), Selection(shard=f"{i}/2"))) for i in (1, 2)]
    assert sorted(len(window.examples) for shard in shards for window in shard) == [0, 3]


@pytest.mark.parametrize("text", ["0/3", "4/3", "3", "a/b", "1/0", "-1/3", "1/3/5", "1/1000000000000", ""])
def test_wrong_shards(text: str) -> None:
    """A shard that is none is refused with an example."""
    with pytest.raises(UsageError, match=r"is not of the form I/N, such as 3/10, where I goes from 1 to N"):
        parse_shard(text)


@pytest.mark.parametrize("arrow", [False, True])
@pytest.mark.parametrize("size", [1, 3, 64, 1000])
def test_sample(size: int, arrow: bool) -> None:
    """As many rows as asked for, in their order, each with all its responses and its own columns."""
    rows: list[Row] = [{"id": n, "response": [f"{n}a", f"{n}b"]} for n in range(700)]
    found = list(selected(windows(rows, arrow=arrow), Selection(sample=size)))
    drawn = sorted({example.row for window in found for example in window.examples})
    assert len(drawn) == min(size, 700)
    responses = [example.response for window in found for example in window.examples]
    assert responses == [f"{n}{which}" for n in drawn for which in "ab"]
    assert [record["id"] for window in found for record in window.records()] == [
        n for n in drawn for _ in "ab"
    ]
    assert [value for w in found for value in w.table().column("response").to_pylist()] == responses


def test_a_seed_draws_the_same() -> None:
    """The sample hangs on the seed and the rows, not on how they were read; larger ones hold smaller ones."""
    rows: list[Row] = [{}] * 500
    draws = [kept(selected(windows(rows, size=size), Selection(sample=40, seed=7))) for size in (1, 13, 256)]
    assert draws[0] == draws[1] == draws[2]
    assert set(kept(selected(windows(rows), Selection(sample=20, seed=7)))) < set(draws[0])
    assert kept(selected(windows(rows), Selection(sample=40, seed=8))) != draws[0]


def test_every_row_is_as_likely() -> None:
    """Over many seeds each of 20 rows is drawn about as often, wherever it stands (5 of 20, 2,000 times)."""
    rows: list[Row] = [{}] * 20
    drawn = Counter(
        row for seed in range(2000) for row in kept(selected(windows(rows), Selection(sample=5, seed=seed)))
    )
    assert len(drawn) == 20
    assert all(abs(times - 500) < 5 * 19.4 for times in drawn.values())  # five standard deviations


@pytest.mark.parametrize("by", ["kind", "meta.kind"])
def test_stratified_sample(by: str) -> None:
    """With groups, so many of each; a group that is smaller comes whole."""
    kinds: list[Any] = ["common"] * 300 + ["rare"] * 3 + [None] * 10 + ["late"] * 50
    rows: list[Row] = [{"kind": kind, "meta": {"kind": kind}} for kind in kinds]
    drawn = kept(selected(windows(rows), Selection(sample=5, by=by)))
    assert Counter(kinds[row] for row in drawn) == {"common": 5, "rare": 3, None: 5, "late": 5}
    assert drawn == sorted(drawn)


@pytest.mark.parametrize("arrow", [False, True])
def test_a_sample_holds_little(arrow: bool) -> None:
    """The memory follows the sample, not the input: 40 of 4,000 rows of 20,000 characters, 80 MB in all."""

    def wide() -> Iterator[Window]:
        for start in range(0, 4000, 50):
            rows = [{"question": "q", "gold": "5", "response": chr(97 + n % 26) * 20_000} for n in range(50)]
            read = ArrowRows(pa.Table.from_pylist(rows)) if arrow else DictRows(rows)
            yield explode(read, MAPPING, first_row=start)

    tracemalloc.start()
    before = pa.total_allocated_bytes()
    found = list(selected(wide(), Selection(sample=40)))
    arrow_bytes, peak = pa.total_allocated_bytes() - before, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(kept(iter(found))) == 40
    assert arrow_bytes < 4e6
    assert peak < 20e6


def test_fraction_of_a_sample() -> None:
    """While a sample is judged, the progress is that of the sample."""
    found = list(selected(windows([{}] * 3000), Selection(sample=1000)))
    fractions = [window.fraction for window in found]
    assert len(found) > 2
    assert fractions == sorted(fractions, key=lambda fraction: fraction or 0)
    assert fractions[-1] == 1


def lines(path: Path, *responses: Any) -> str:
    rows = [{"question": "q", "gold": "5", "response": response} for response in responses]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def read(*specs: str, selection: Selection) -> list[Window]:
    sources = [open_source(spec) for spec in specs]
    return list(selected(read_windows(sources, Overrides(), on_mapping=lambda *_: None), selection))


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 100])
def test_limit(limit: int, tmp_path: Path) -> None:
    """The limit counts examples, also in the middle of a row and across files."""
    a, b = lines(tmp_path / "a.jsonl", "1", ["2", "3", "4"]), lines(tmp_path / "b.jsonl", "5")
    found = read(a, b, selection=Selection(limit=limit))
    expected = ["1", "2", "3", "4", "5"][:limit]
    assert [example.response for window in found for example in window.examples] == expected
    assert [record["response"] for window in found for record in window.records()] == expected
    assert [value for window in found for value in window.table().column("response").to_pylist()] == expected


def test_limit_stops_reading(tmp_path: Path) -> None:
    """What lies behind the limit is not read, so it may be broken."""
    path = tmp_path / "a.jsonl"
    lines(path, *["1"] * CHUNK_ROWS)
    with path.open("a") as file:
        file.write("bad\n")
    found = read(str(path), selection=Selection(limit=CHUNK_ROWS))
    assert sum(len(window.examples) for window in found) == CHUNK_ROWS
    with pytest.raises(SourceError, match=f"line {CHUNK_ROWS + 1}"):
        read(str(path), selection=Selection())


@pytest.mark.parametrize("arrow", [False, True])
def test_what_is_left_is_joined(arrow: bool) -> None:
    """Of many windows with little left come few that are full; who waits gets each at once."""
    rows: list[Row] = [{"n": n, "response": [f"{n}a", f"{n}b"]} for n in range(8 * CHUNK_ROWS)]
    thin = Selection("n % 8 = 3")
    found = list(selected(windows(rows, size=CHUNK_ROWS, arrow=arrow), thin))
    assert [len(window.rows) for window in found] == [CHUNK_ROWS]
    at_once = list(selected(windows(rows, size=CHUNK_ROWS, arrow=arrow), thin, at_once=True))
    assert len(at_once) == 8
    expected = [(n, f"{n}{which}") for n in range(3, 8 * CHUNK_ROWS, 8) for which in "ab"]
    for some in (found, at_once):
        assert [(e.row, e.response) for window in some for e in window.examples] == expected
        assert [(r["n"], r["response"]) for window in some for r in window.records()] == expected


def test_windows_that_differ_are_not_joined() -> None:
    """Sources of other columns or types stay apart, and so do rows with one response and with several."""
    tables: list[Row] = [{"x": [1]}, {"x": [2]}, {"x": ["a"]}, {"x": ["b"]}, {"y": [1]}]
    same = {"question": ["q"], "gold": ["5"], "response": ["1"]}
    arrow = [explode(ArrowRows(pa.table(same | t)), MAPPING, first_row=n) for n, t in enumerate(tables)]
    found = list(selected(iter(arrow), Selection(shard="1/1")))
    assert [len(window.rows) for window in found] == [2, 2, 1]
    mixed = windows([{"response": "1"}, {"response": ["2", "3"]}, {"response": ["4"]}], size=1)
    found = list(selected(mixed, Selection(shard="1/1")))
    assert [[record["response"] for record in window.records()] for window in found] == [
        ["1"],
        ["2", "3", "4"],
    ]


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        (Selection("n > 99"), "no row is selected by where n > 99; there is nothing to do"),
        (Selection("n > 99", sample=3), "by where n > 99, sample 3, seed 0;"),
    ],
)
def test_nothing_left(selection: Selection, message: str) -> None:
    """A selection without rows is an error that says what was selected by."""
    with pytest.raises(TinyvError) as raised:
        list(selected(windows(COLUMNS), selection))
    assert message in str(raised.value)


def test_nothing_selected_changes_nothing() -> None:
    """Without a selection the windows are those that were read."""
    given = list(windows(COLUMNS))
    assert all(a is b for a, b in zip(selected(iter(given), Selection()), given, strict=True))


@given(
    rows=st.integers(1, 60),
    size=st.integers(1, 9),
    modulus=st.none() | st.integers(1, 5),
    shard=st.none() | st.integers(1, 4).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))),
    sample=st.none() | st.integers(1, 70),
    limit=st.none() | st.integers(1, 70),
)
def test_together(
    rows: int,
    size: int,
    modulus: int | None,
    shard: tuple[int, int] | None,
    sample: int | None,
    limit: int | None,
) -> None:
    """Condition, shard, sample and limit apply in this order, however the rows were read."""
    expected = [n for n in range(rows) if modulus is None or n % modulus == 0]
    expected = [n for n in expected if shard is None or n % shard[1] == shard[0] - 1]
    selection = Selection(
        None if modulus is None else f"n % {modulus} = 0",
        None if shard is None else f"{shard[0]}/{shard[1]}",
        sample=sample,
        limit=limit,
    )
    read = windows([{"question": "", "n": n} for n in range(rows)], size=size)
    if not expected and shard is None:
        with pytest.raises(SourceError, match="no row is selected"):
            list(selected(read, selection))
        return
    found = kept(selected(read, selection))
    assert len(found) == min(len(expected), sample or rows, limit or rows)
    assert found == sorted(set(found) & set(expected))
    if sample is None:
        assert found == expected[:limit]
