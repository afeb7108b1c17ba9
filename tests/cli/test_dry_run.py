"""`tinyv audit --dry-run`: what would be done, with nothing written, downloaded or connected to."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SAMPLE, Tinyv, write_lines
from tinyv_cli.forecast import SAMPLE as SAMPLED
from tinyv_cli.forecast import Candidate, Look, forecast
from tinyv_cli.records import Answer, Example, How, ModelResult, RuleOutcome, RuleResult
from tinyv_cli.stages import HasExamples, Stages

ROLLOUTS = SAMPLE / "rollouts.parquet"
EXAMPLES = 40
FEW = (ROLLOUTS, "--limit", str(EXAMPLES))


def data(tinyv: Tinyv, *options: str | Path, **more: Any) -> dict[str, Any]:
    """What a dry run says as JSON."""
    done = tinyv("audit", *options, "--dry-run", "--json", **more)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_is_written(tinyv: Tinyv, tmp_path: Path) -> None:
    """No output, no page, no cache; what is read and judged is told."""
    cache = {"TINYV_CACHE_DIR": str(tmp_path / "cache")}
    done = tinyv(
        "audit", *FEW, "--dry-run", "--rule", "exact", "--model", "none", "--html", "x.html", set=cache
    )
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []
    told = " ".join(done.stdout.split())
    for part in ("question = question, gold = answer", f"examples {EXAMPLES}", "would judge", "time in all"):
        assert part in told


def test_what_is_kept_is_counted(tinyv: Tinyv, tmp_path: Path) -> None:
    """Verdicts of an earlier run are, and the cache stays as it is."""
    cache = {"TINYV_CACHE_DIR": str(tmp_path / "cache")}
    rule = ("--model", "none", "--proofs", "off", "--rule", "math-verify/trl", "--workers", "1")
    tinyv("audit", ROLLOUTS, "--limit", "20", *rule, "--quiet", set=cache)
    before = files(tmp_path / "cache")
    found = data(tinyv, *FEW, *rule, set=cache)
    assert 20 <= found["kept"] < found["judged"] <= found["examples"] == EXAMPLES
    assert files(tmp_path / "cache") == before
    assert data(tinyv, *FEW, *rule, "--no-cache", set=cache)["kept"] == 0


def test_a_model_that_is_not_here(tinyv: Tinyv) -> None:
    """A server is not called, nothing is downloaded: how many it would be asked is told, the time is not."""
    away = ("--model", "http://127.0.0.1:9/v1", "--model", "hf:nobody/nothing")
    found = data(
        tinyv, *FEW, "--rule", "exact", "--proofs=off", *away, set={"HF_ENDPOINT": "http://127.0.0.1:9"}
    )
    low, high = found["asked_interval"]
    assert 0 < low <= found["asked_count"] <= high < EXAMPLES
    assert [model["seconds"] for model in found["models"]] == [None, None]
    assert all("not on this machine" in model["unknown"] for model in found["models"])
    assert found["seconds"] is None and found["rule_and_proofs_seconds"] > 0


def test_the_embedded_model_is_timed(tinyv: Tinyv, tmp_path: Path) -> None:
    """It is asked a few of the queries that the sample leaves, and its time is a part of the whole."""
    rows = [
        {"question": "2+3?", "gold": "5", "response": f"It is {word}"} for word in ("five", "four", "six")
    ]
    write_lines(tmp_path / "rows.jsonl", *map(json.dumps, rows))
    found = data(tinyv, "rows.jsonl", "--rule", "exact", "--proofs", "off")
    [model] = found["models"]
    assert (model["name"], model["queries"], model["unknown"]) == ("nano", found["asked_count"], None)
    assert found["seconds"] == pytest.approx(model["seconds"] + found["rule_and_proofs_seconds"])


def test_examples_as_read(tinyv: Tinyv) -> None:
    """The first three, with the answer that is found and how."""
    rows = [
        {"question": f"{n}+1?", "gold": str(n + 1), "response": "x" * 500 + f"\\boxed{{{n}}}"}
        for n in range(5)
    ]
    found = data(
        tinyv,
        "-",
        "--model",
        "none",
        "--rule",
        "exact",
        stdin="".join(f"{json.dumps(row)}\n" for row in rows),
    )
    assert [each["question"] for each in found["shown"]] == ["0+1?", "1+1?", "2+1?"]
    first = found["shown"][0]
    assert (first["golds"], first["answer"], first["answer_how"]) == (["1"], "0", "boxed")
    assert first["response_end"].endswith(r"\boxed{0}") and len(first["response_end"]) == 80
    assert found["sources"] == [
        {"name": "standard input", "mapping": "question = question, gold = gold, response = response"}
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["nosuch.parquet"], "no such file"),
        ([ROLLOUTS, "--model", "nosuch"], "no such model"),
        ([ROLLOUTS, "--rule", "nosuch"], "no rule is named"),
        ([ROLLOUTS, "--rule", "exact", "--gold", "nosuch"], "no column 'nosuch'"),
    ],
)
def test_what_the_run_would_refuse(tinyv: Tinyv, options: list[str | Path], said: str) -> None:
    """Is refused at once."""
    done = tinyv("audit", *options, "--dry-run")
    assert done.returncode == 2 and said in done.stderr


class Rejecting:
    """A rule that accepts nothing."""

    def submit(self, examples: Any, answers: Any) -> Any:
        return lambda: [RuleResult(RuleOutcome.REJECT)] * len(examples)

    def foreseen(self, examples: Any, answers: Any) -> tuple[int, int]:
        return len(examples), 0


class Window:
    """Examples alone."""

    def __init__(self, rows: range) -> None:
        self.examples = [Example(row, 0, "q", ("1",), "2") for row in rows]


def windows(count: int) -> list[HasExamples]:
    return [Window(range(start, min(start + 300, count))) for start in range(0, count, 300)]


def test_memory_is_bounded() -> None:
    """However many examples there are, so many are held; each has the same chance."""
    look, answers = Look(), [Answer("2", How.WHOLE)] * 300
    for window in windows(3000):
        look.at(window.examples, answers, Rejecting())
    rows = [example.row for example in look.sample]
    assert (look.examples, len(rows), len(set(rows))) == (3000, SAMPLED, SAMPLED)
    assert 1300 < sum(rows) / len(rows) < 1700
    assert len(look.first) == 3


def test_estimate() -> None:
    """What a share of the sample comes to, of all; here it is everything."""
    rule: Any = Rejecting()
    stages = Stages(lambda text: Answer(text, How.WHOLE), rule, lambda example, answer: None, ())
    asked: list[int] = []

    class Model:
        def __call__(self, queries: Any) -> list[ModelResult]:
            asked.append(len(queries))
            return [ModelResult(0.5)] * len(queries)

        def close(self) -> None:
            asked.append(-1)

    found = forecast(
        windows(900), stages, rule, candidates=[Candidate("m", Model)], advance=lambda done: None
    )
    assert (found.examples, found.judged, found.asked.value, found.asked_count) == (900, 900, 1.0, 900)
    assert found.asked_interval is not None and found.asked_interval[1] == 900
    assert asked == [8, -1], "a few are asked, and the model is closed"
