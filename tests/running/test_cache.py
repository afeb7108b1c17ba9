"""Verdicts of earlier runs: found again, never mixed up, and never a reason for a run to fail."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import SAMPLE, Tinyv
from tinyv_cli.records import Answer, Case, Example, How, ModelResult, RuleOutcome, RuleResult
from tinyv_cli.rules.stage import RuleStage, rule_work
from tinyv_cli.running.cache import (
    KEPT_AT_ONCE,
    NoShelf,
    VerdictCache,
    VerdictShelf,
    opened_cache,
    remembering,
    shelf,
)
from tinyv_cli.running.distinct import lasts
from tinyv_cli.running.workers import Workers


@contextmanager
def cache_at(path: Path) -> Iterator[VerdictCache]:
    """A cache in this file; any failure is an error of the test."""
    cache = VerdictCache(path, on_failure=pytest.fail)
    yield cache
    cache.close()


def results(cache: VerdictCache, *identity: object) -> VerdictShelf[str, ModelResult]:
    return VerdictShelf(cache, identity, ModelResult)


def test_kept_across_openings(tmp_path: Path) -> None:
    """What one run keeps, the next finds, to the last bit."""
    verdicts = {"a": ModelResult(0.1 + 0.2), "b": ModelResult(None, "too_long"), "é\ud800": ModelResult(1.0)}
    with cache_at(tmp_path / "v") as cache:
        results(cache, "m").put(verdicts)
    with cache_at(tmp_path / "v") as cache:
        assert results(cache, "m").get(["a", "b", "é\ud800", "c"]) == verdicts


def test_identities_are_kept_apart(tmp_path: Path) -> None:
    """Another rule, version, model or prompt knows nothing of these verdicts."""
    with cache_at(tmp_path / "v") as cache:
        results(cache, "model", "1").put({"a": ModelResult(0.5)})
        assert results(cache, "model", "2").get(["a"]) == {}
        assert results(cache, "model1").get(["a"]) == {}
        assert results(cache, "model", "1").get(["a"]) == {"a": ModelResult(0.5)}


def test_many_keys(tmp_path: Path) -> None:
    """More keys than one statement takes."""
    verdicts = {str(i): ModelResult(i / 3000) for i in range(3000)}
    with cache_at(tmp_path / "v") as cache:
        results(cache).put(verdicts)
        assert results(cache).get(verdicts) == verdicts


def test_several_runs_at_once(tmp_path: Path) -> None:
    """Runs that write to one file at the same time all get through."""

    def run(number: int) -> int:
        with cache_at(tmp_path / "v") as cache:
            for part in range(20):
                results(cache).put({f"{number} {part} {i}": ModelResult(0.5) for i in range(20)})
        return number

    with ThreadPoolExecutor(4) as runs:
        list(runs.map(run, range(4)))
    keys = [f"{number} {part} {i}" for number in range(4) for part in range(20) for i in range(20)]
    with cache_at(tmp_path / "v") as cache:
        assert len(results(cache).get(keys)) == len(keys)


def test_only_what_is_missing_is_asked(tmp_path: Path) -> None:
    """The model is asked once for each query, over all runs; answers keep the order of the queries."""
    asked: list[str] = []

    def ask(queries: Sequence[str]) -> list[ModelResult]:
        asked.extend(queries)
        return [ModelResult(len(query) / 10) for query in queries]

    with cache_at(tmp_path / "v") as cache:
        answer = remembering(ask, results(cache))
        assert [r.p for r in answer(["aa", "b", "aa"])] == [0.2, 0.1, 0.2]
        assert [r.p for r in answer(["ccc", "b"])] == [0.3, 0.1]
    assert asked == ["aa", "b", "ccc"]


def test_a_run_that_breaks_off_keeps_what_was_said(tmp_path: Path) -> None:
    """The model is asked in portions, each kept before the next; a later run asks the same ones again."""
    queries = [str(n) for n in range(2 * KEPT_AT_ONCE + 3)]
    asked: list[list[str]] = []

    def ask(some: Sequence[str]) -> list[ModelResult]:
        asked.append(list(some))
        if len(asked) == 2:
            raise KeyboardInterrupt
        return [ModelResult(len(query) / 10) for query in some]

    with cache_at(tmp_path / "v") as cache, pytest.raises(KeyboardInterrupt):
        remembering(ask, results(cache))(queries)
    with cache_at(tmp_path / "v") as cache:
        said = remembering(ask, results(cache))(queries)
    assert [result.p for result in said] == [len(query) / 10 for query in queries]
    assert [len(some) for some in asked] == [KEPT_AT_ONCE, KEPT_AT_ONCE, KEPT_AT_ONCE, 3]
    assert asked[1] == asked[2]


def test_without_a_cache_everything_is_asked() -> None:
    """A shelf that keeps nothing changes nothing."""
    assert isinstance(shelf(None, [], ModelResult), NoShelf)
    kept: NoShelf[str, ModelResult] = NoShelf()
    answer = remembering(lambda queries: [ModelResult(0.5) for _ in queries], kept)
    assert answer(["a", "a"]) == [ModelResult(0.5)] * 2


def _accept_or_hang(case: Case) -> RuleResult:
    if case.text == "hang":
        time.sleep(60)
    return RuleResult(RuleOutcome.ACCEPT, str(os.getpid()))


def _sees(example: Example, answer: Answer) -> Case | str:
    return Case(example.golds, answer.text or "")


def test_failures_of_the_moment_are_not_kept(tmp_path: Path) -> None:
    """A verdict is kept; a time-out is tried again by the next run."""
    examples = [Example(0, 0, "", ("1",), "x")] * 2
    answers = [Answer("1", How.BOXED), Answer("hang", How.BOXED)]
    said = []
    with cache_at(tmp_path / "v") as cache:
        kept = VerdictShelf[Case, RuleResult](cache, ["r"], RuleResult, lasts)
        for _ in range(2):
            with Workers(rule_work(_accept_or_hang, timeout=1, memory=4 << 30), count=1) as workers:
                said.append(RuleStage(workers, _sees, kept=kept).submit(examples, answers)())
        assert list(kept.get([Case(("1",), "1"), Case(("1",), "hang")])) == [Case(("1",), "1")]
    assert said[0] == said[1], "the first verdict is the same process's, from the cache"
    assert said[0][1].reason == "timeout"


@pytest.mark.parametrize("content", [b"no database at all, but long enough to be read as one" * 100, None])
def test_a_cache_that_cannot_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    """A broken file or an impossible folder is told, and the run goes on with verdicts of its own."""
    monkeypatch.setenv("TINYV_CACHE_DIR", str(tmp_path) if content else "/proc/tinyv")
    if content:
        (tmp_path / "verdicts.sqlite3").write_bytes(content)
    told: list[str] = []
    with opened_cache(enabled=True, on_failure=told.append) as cache:
        shelf(cache, ["r"], ModelResult).put({"a": ModelResult(0.5)})
        assert shelf(cache, ["r"], ModelResult).get(["a"]) == {"a": ModelResult(0.5)}
    assert len(told) == 1 and "verdicts.sqlite3" in told[0]


def test_a_second_run_gives_the_same(tinyv: Tinyv, tmp_path: Path) -> None:
    """A second run gives the same file; --no-cache the same within what the shape of a batch moves."""
    source = (SAMPLE / "rollouts.parquet", "--limit", "60")
    for name, *options in (("first",), ("second",), ("fresh", "--no-cache")):
        done = tinyv("audit", *source, "-o", f"{name}.parquet", *options)
        assert done.returncode == 0, done.stderr
    first, second, fresh = (pl.read_parquet(tmp_path / f"{n}.parquet") for n in ("first", "second", "fresh"))
    assert second.equals(first)
    assert fresh["tinyv_rule"].equals(first["tinyv_rule"])
    assert (fresh["tinyv_p"] - first["tinyv_p"]).abs().fill_null(0).max() < 0.15  # type: ignore[operator]


@pytest.mark.chaos
def test_an_interrupted_run_goes_on_where_it_was(
    tmp_path: Path, started: Callable[..., "subprocess.Popen[bytes]"], tinyv: Tinyv
) -> None:
    """Killed with SIGKILL in the middle, the run's judged windows are found by the next one."""
    rows = [
        {"question": f"What is {n} + {n}?", "gold": str(2 * n), "response": f"\\boxed{{{2 * n + wrong}}}"}
        for n in range(300, 315)
        for wrong in range(1, 21)
    ]  # two windows
    (tmp_path / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    process = started("audit", "rows.jsonl", "-o", "-", "--quiet")
    assert process.stdout is not None
    process.stdout.readline()  # the first window is out, so it is kept
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    done = tinyv("audit", "rows.jsonl", "-o", "out.parquet")
    assert done.returncode == 0, done.stderr
    assert pl.read_parquet(tmp_path / "out.parquet")["tinyv_row"].to_list() == list(range(len(rows)))


def test_closed(tmp_path: Path) -> None:
    """A thread that comes late, when the run has ended, finds nothing and breaks nothing."""
    with cache_at(tmp_path / "v") as cache:
        results(cache).put({"a": ModelResult(0.5)})
    assert results(cache).get(["a"]) == {}
    results(cache).put({"b": ModelResult(0.5)})


def test_cache_commands(tinyv: Tinyv, tmp_path: Path) -> None:
    """info says what there is; clear removes verdicts, and the models only when asked."""
    with cache_at(tmp_path / "verdicts.sqlite3") as cache:
        results(cache).put({"a": ModelResult(0.5)})
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "nano.gguf").write_bytes(b"x")
    here = {"TINYV_CACHE_DIR": str(tmp_path)}
    assert "verdicts  1" in tinyv("cache", "info", set=here).stdout
    assert tinyv("cache", "clear", set=here).returncode == 0
    assert (tmp_path / "models" / "nano.gguf").exists()
    assert "verdicts  0" in tinyv("cache", "info", set=here).stdout
    assert tinyv("cache", "clear", "--models", set=here).returncode == 0
    assert not list((tmp_path / "models").iterdir())
