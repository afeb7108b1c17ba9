"""What an audit takes for the rule where nobody names one: the verdict that the data recorded."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.conftest import Tinyv, write_lines
from tests.sources.test_dialects import FILES

# The formats whose files record a verdict of two values, and the field.
RECORDED = {
    "lighteval-old": "metrics.extractive_match",
    "lm-eval": "exact_match",
    "inspect": "scores.match.value",
    "verifiers": "reward",
    "evalscope": "sample_score.score.value.acc",
    "rllm": "is_correct",
    "openai-evals": "correct",
    "qwen-math": "score",
    "deepseek-math": "accuracy",
    "nemo-gym": "reward",
    "skyrl-eval": "score",
    "verl-rollouts": "score",
    "open-r1-pass-rate": "pass_rate_rewards",
    "openr1-math": "correctness_math_verify",
    "openthoughts-math": "correct",
    "trl": "accuracy_reward",
    "nemo-skills": "symbolic_correct",
}
ROWS: list[dict[str, Any]] = [
    {"question": "What is 2 + 2?", "gold": "4", "response": r"\boxed{4}", "score": 1, "acc": True},
    {
        "question": "What is half?",
        "gold": r"\frac{1}{2}",
        "response": r"\boxed{0.5}",
        "score": 0,
        "acc": True,
    },
    {"question": "What is 2 + 3?", "gold": "5", "response": r"\boxed{6}", "score": 1, "acc": False},
]


def rows_file(folder: Path, rows: list[dict[str, Any]]) -> Path:
    return write_lines(folder / "rows.jsonl", *map(json.dumps, rows))


@pytest.mark.parametrize("name", RECORDED)
def test_in_every_format(tinyv: Tinyv, name: str) -> None:
    """It is audited, and Math-Verify compared with it."""
    done = tinyv("audit", FILES[name], "--model", "none", "--proofs=off", "-o", "out.parquet", "--json")
    assert done.returncode == 0, done.stderr
    assert f"audited is the verdict that the data recorded, '{RECORDED[name]}'" in done.stderr
    figures = json.loads(done.stdout)
    assert figures["rule_name"] == f"column:{RECORDED[name]}"
    assert [rule["name"] for rule in figures["rules"]] == [f"column:{RECORDED[name]}", "math-verify"]


def test_both_ways(tinyv: Tinyv, tmp_path: Path) -> None:
    """What Math-Verify accepts and the recorded verdict does not, and the reverse, are counted and told."""
    done = tinyv("audit", rows_file(tmp_path, ROWS), "--model", "none")
    assert done.returncode == 0, done.stderr
    assert "recorded too: acc" in done.stderr
    said = " ".join(done.stdout.split())
    assert "your recorded 'score' accepts 2 (66.7%)" in said and "audited: score" in said
    assert "math-verify 2 (66.7%), 1 of them not accepted there, and lacks 1 that are" in said
    out = pl.read_parquet(tmp_path / "rows.audited.parquet")
    assert out["tinyv_rule"].to_list() == ["accept", "reject", "accept"]
    assert out["tinyv_rule_math_verify"].to_list() == ["accept", "accept", "reject"]


@pytest.mark.parametrize("by", ["option", "variable"])
def test_whoever_names_a_rule_gets_it(tinyv: Tinyv, tmp_path: Path, by: str) -> None:
    """An option and a variable come before what the data recorded."""
    variables = {"TINYV_RULE": "exact"} if by == "variable" else {}
    options = ["--rule", "exact"] if by == "option" else []
    done = tinyv("audit", rows_file(tmp_path, ROWS), "--model", "none", "--json", *options, set=variables)
    assert done.returncode == 0 and "audited is" not in done.stderr
    assert json.loads(done.stdout)["rule_name"] == "exact"


def test_a_shaped_reward_is_refused(tinyv: Tinyv, tmp_path: Path) -> None:
    """Nobody but its owner knows from where on it is a yes; nothing is written."""
    rows = [row | {"score": score} for row, score in zip(ROWS, (1.1, 0.1, 0.0), strict=True)]
    for row in rows:
        del row["acc"]
    done = tinyv("audit", rows_file(tmp_path, rows), "--model", "none")
    assert done.returncode == 2
    assert "the recorded 'score' is a score (0, 0.1, 1.1), not a verdict" in done.stderr
    assert not (tmp_path / "rows.audited.parquet").exists()
    cut = tinyv("audit", rows_file(tmp_path, rows), "--model", "none", "--rule", "column:score@1", "--json")
    assert cut.returncode == 0 and json.loads(cut.stdout)["rule"]["accept"] == 1


def test_of_several_files_the_first_decides(tinyv: Tinyv, tmp_path: Path) -> None:
    """One that lacks the field has no verdict there, which is undecided with that reason."""
    first = rows_file(tmp_path, ROWS)
    bare = [{name: row[name] for name in ("question", "gold", "response")} for row in ROWS]
    second = write_lines(tmp_path / "second.jsonl", *map(json.dumps, bare))
    done = tinyv("audit", first, second, "--model", "none", "--proofs=off", "-o", "out.parquet")
    assert done.returncode == 0, done.stderr
    out = pl.read_parquet(tmp_path / "out.parquet")
    assert out["tinyv_rule"].to_list() == ["accept", "reject", "accept", *["undecided"] * 3]
    assert out["tinyv_rule_reason"].to_list() == [None] * 3 + ["no_verdict"] * 3
