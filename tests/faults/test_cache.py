"""A cache of verdicts that is damaged, of another version, cleared or in use: none of it ends a run."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.conftest import Tinyv, write_lines
from tinyv_cli.proofs import prove
from tinyv_cli.records import ModelResult, Proof, RuleOutcome, RuleResult, Shown, Step
from tinyv_cli.running.cache import (
    VERSION,
    VerdictCache,
    VerdictShelf,
    forget_verdicts,
    opened_cache,
    verdict_count,
)
from tinyv_cli.running.restoring import kept, restored

RECORDS = [
    RuleResult(RuleOutcome.ACCEPT),
    RuleResult(RuleOutcome.UNDECIDED, "gold_unparsable"),
    ModelResult(0.25, "question_cut"),
    ModelResult(None, "too_long"),
    Shown(),
    Shown(disproof="other"),
    Shown(Proof((Step("1.1", "so", rounds=True), Step("2.1", "then")), "4", "4.0")),
]
DAMAGED: list[str | bytes] = [
    *(
        "",
        "[",
        "null",
        "7",
        '"accept"',
        "{}",
        "[]",
        '["accept"]',
        '["accept", null, null]',
        '["maybe", null]',
    ),
    *("[true, null]", "[NaN, null]", "[1e999, null]", '["0.5", null]', "[0.5, 3]", "[0.5, [null]]"),
    *('[[[["1.1", "so"]], "4", "4.0"], null, null, null]', "[" * 100_000, b"\xff\xfe\x00"),
]


@pytest.mark.parametrize("record", RECORDS, ids=repr)
def test_what_is_kept_is_restored(record: Any) -> None:
    """To the last bit, with all that is in it."""
    assert restored(type(record), kept(record)) == record


@pytest.mark.parametrize("text", DAMAGED, ids=lambda text: str(text)[:30])
@pytest.mark.parametrize("kind", [RuleResult, ModelResult, Shown])
def test_what_is_damaged_is_refused(text: str | bytes, kind: type) -> None:
    """Nothing is guessed at that is not of the shape in which it was kept."""
    with pytest.raises(ValueError):
        restored(kind, text)


def test_proofs_as_they_are_made() -> None:
    """What the search for proofs really makes comes back as it was."""
    proof = prove("What is the length in metres?", "5", "500 cm")
    assert proof is not None
    assert restored(Shown, kept(Shown(proof))) == Shown(proof)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of its own."""
    monkeypatch.setenv("TINYV_CACHE_DIR", str(tmp_path))
    return tmp_path


def shelf(cache: VerdictCache) -> VerdictShelf[str, ModelResult]:
    return VerdictShelf(cache, ["model"], ModelResult, lambda result: result.reason != "busy")


@pytest.fixture
def file(folder: Path) -> Path:
    """A cache of three verdicts."""
    with opened_cache(enabled=True, on_failure=pytest.fail) as cache:
        shelf(cache).put({"a": ModelResult(0.5), "b": ModelResult(None, "too_long"), "c": ModelResult(1.0)})
    return folder / "verdicts.sqlite3"


def altered(file: Path, statement: str, *values: Any) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement, values)


@pytest.mark.parametrize(
    "value", [*DAMAGED, '[null, "busy"]', 7, None, b""], ids=lambda value: str(value)[:30]
)
def test_damaged_values_are_judged_anew_and_replaced(file: Path, value: Any) -> None:
    """Each of them, and no other; once replaced they are found again."""
    altered(file, "UPDATE verdict SET value = ?", value)
    fresh = {case: ModelResult(0.125) for case in "abc"}
    with opened_cache(enabled=True, on_failure=pytest.fail) as cache:
        assert (shelf(cache).get("abc"), cache.found) == ({}, 0)
        shelf(cache).put(fresh)
    with opened_cache(enabled=True, on_failure=pytest.fail) as cache:
        assert shelf(cache).get("abc") == fresh


def test_only_what_lasts_is_kept(file: Path) -> None:
    """A failure of the moment is neither kept nor found."""
    with opened_cache(enabled=True, on_failure=pytest.fail) as cache:
        shelf(cache).put({"d": ModelResult(None, "busy"), "e": ModelResult(0.0)})
        assert shelf(cache).get("de") == {"e": ModelResult(0.0)}


def test_the_file_has_a_version(file: Path) -> None:
    """One without, as 0.1 wrote it, is taken over."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
    altered(file, "PRAGMA user_version = 0")
    with opened_cache(enabled=True, on_failure=pytest.fail) as cache:
        assert len(shelf(cache).get("abc")) == 3


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE verdict RENAME COLUMN value TO other",
        "ALTER TABLE verdict ADD COLUMN more",
        "DROP TABLE verdict",
    ],
)
def test_a_table_of_another_shape_is_replaced(file: Path, statement: str) -> None:
    """Nobody can say what is in it."""
    altered(file, statement)
    with opened_cache(enabled=True, on_failure=pytest.fail) as cache:
        assert shelf(cache).get("abc") == {}
        shelf(cache).put({"a": ModelResult(0.5)})
        assert shelf(cache).get("abc") == {"a": ModelResult(0.5)}


NO_DATABASE: dict[str, Callable[[Path], object]] = {
    "of a newer tinyv": lambda file: altered(file, f"PRAGMA user_version = {VERSION + 1}"),
    "no database": lambda file: file.write_bytes(b"no database at all, but long enough to be one" * 100),
    "half of one": lambda file: file.write_bytes(file.read_bytes()[:3000]),
}


@pytest.mark.parametrize("damage", NO_DATABASE)
def test_a_file_that_cannot_be_used(file: Path, damage: str) -> None:
    """It is told with what to do, the run has a cache of its own, and `cache clear` begins a new one."""
    NO_DATABASE[damage](file)
    said: list[str] = []
    with opened_cache(enabled=True, on_failure=said.append) as cache:
        shelf(cache).put({"a": ModelResult(0.5)})
    assert said and str(file) in said[0] and "tinyv cache clear" in said[0]
    assert forget_verdicts() in (0, 3)
    assert verdict_count() == 0


def test_cleared_beside_a_run(file: Path) -> None:
    """A run that goes on keeps what it judges after that, and whoever comes next finds it."""
    with opened_cache(enabled=True, on_failure=pytest.fail) as cache:
        assert forget_verdicts() == 3
        shelf(cache).put({"later": ModelResult(0.5)})
    with opened_cache(enabled=True, on_failure=pytest.fail) as cache:
        assert shelf(cache).get(["a", "later"]) == {"later": ModelResult(0.5)}


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    rows = [
        {"question": "Solve.", "gold": r"\frac{1}{2}", "response": f"\\boxed{{{n}/{2 * n}}}"}
        for n in range(2, 5)
    ]
    return write_lines(tmp_path / "r.jsonl", *map(json.dumps, rows))


def test_a_run_over_a_damaged_cache(tinyv: Tinyv, tmp_path: Path, rows: Path) -> None:
    """Its verdicts are those of an unbroken run, and the next one finds all of them kept."""
    own = {"TINYV_CACHE_DIR": str(tmp_path / "cache")}
    command = ("audit", rows, "--model", "none", "--overwrite")
    assert tinyv(*command, "-o", "first.parquet", set=own).returncode == 0
    file = tmp_path / "cache" / "verdicts.sqlite3"
    altered(file, "UPDATE verdict SET value = '[1, 2' WHERE key > (SELECT min(key) FROM verdict)")
    for name in ("second", "third"):
        done = tinyv(*command, "-o", f"{name}.parquet", set=own)
        assert (done.returncode, "not kept" in done.stderr) == (0, False), done.stderr
        assert pl.read_parquet(tmp_path / f"{name}.parquet").equals(
            pl.read_parquet(tmp_path / "first.parquet")
        )
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM verdict WHERE value = '[1, 2'").fetchone() == (0,)
