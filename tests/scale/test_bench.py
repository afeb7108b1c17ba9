"""A bench: parts that are judged one behind another, by whoever asks, and written whole."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.conftest import SAMPLE
from tinyv_cli.documents.columns import COLUMNS
from tinyv_cli.errors import UsageError
from tinyv_cli.guards import guard
from tinyv_cli.maths.answers import find_answer
from tinyv_cli.pipeline import judge_windows
from tinyv_cli.records import Answer, Example, Judged
from tinyv_cli.rules import opened_rules
from tinyv_cli.running.cache import opened_cache
from tinyv_cli.scale.bench import Bench, Ready
from tinyv_cli.sources import begin, open_sources, windows_of
from tinyv_cli.sources.explode import Window
from tinyv_cli.sources.mapping import Overrides
from tinyv_cli.stages import Pending, Stages
from tinyv_cli.words import METADATA_KEY


@contextmanager
def stages() -> Iterator[Stages]:
    """The rule `exact` alone, which needs no workers."""
    with (
        opened_cache(enabled=False, on_failure=print) as cache,
        opened_rules(["exact"], cache=cache, workers=1, timeout=1, memory=1 << 30) as rules,
    ):
        yield Stages(find_answer, rules[0], guard, ())


@contextmanager
def ready(*, waits: bool, broken: bool = False) -> Iterator[Ready]:
    """Those stages, ready; of a broken rule nothing comes."""
    with stages() as made:
        if broken:
            made = replace(made, rule=Broken())
        yield Ready(made, waits, COLUMNS, lambda tally, _: {"counts": dict(tally.counts)}, {})


class Broken:
    """A rule that cannot be asked."""

    def submit(self, examples: Sequence[Example], answers: Sequence[Answer]) -> Pending:
        """It says so."""
        raise UsageError("the rule's workers cannot start")


@pytest.fixture(scope="module")
def windows() -> list[Window]:
    """The sample, a few rows at a time."""
    read = begin(open_sources([str(SAMPLE / "rollouts.jsonl")]), Overrides())
    [window] = windows_of(read)
    return [window.picked(range(start, start + 10)) for start in range(0, len(window.examples), 10)]


@pytest.mark.parametrize("waits", [True, False])
def test_each_gets_what_it_asked_for(windows: list[Window], waits: bool) -> None:
    """Many threads ask at once: to each window belongs what the pipeline says of it."""
    with stages() as made:
        alone = [judged for _, judged in judge_windows(windows, made, waits=False)]
    groups = [range(i, min(i + 3, len(windows))) for i in range(0, len(windows), 3)]
    bench = Bench(ready(waits=waits))

    def asked(group: range) -> list[list[Judged]]:
        return [judged for _, judged in bench.judge([windows[i] for i in group])]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(asked, groups))
    bench.close()
    assert found == [[alone[i] for i in group] for group in groups]


def test_what_is_written(windows: list[Window], tmp_path: Path) -> None:
    """A file with all columns and with what is said of it."""
    bench = Bench(ready(waits=False))
    assert bench.write(windows[:3], tmp_path / "part.parquet") == (30, 0)
    bench.close()
    file = pq.read_table(tmp_path / "part.parquet")
    assert file.num_rows == 30 and set(COLUMNS) < set(file.column_names)
    said = pq.read_metadata(tmp_path / "part.parquet").metadata[METADATA_KEY.encode()]
    assert json.loads(said)["counts"]["examples"] == 30
    assert [path.name for path in tmp_path.iterdir()] == ["part.parquet"]


@pytest.mark.parametrize("waits", [True, False])
def test_stages_that_fail(windows: list[Window], waits: bool, tmp_path: Path) -> None:
    """Whoever asks is told, whoever asks later too, and nothing is left behind."""
    bench = Bench(ready(waits=waits, broken=True))
    for _ in range(2):
        with pytest.raises(UsageError, match="cannot start"):
            bench.write(windows[:2], tmp_path / "part.parquet")
    assert list(tmp_path.iterdir()) == []
