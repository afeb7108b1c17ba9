"""Verdicts of others: recorded in a column, or given by somebody's own reward function."""

import json
import math
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.conftest import Tinyv, write_lines
from tinyv_cli.records import Case, RuleOutcome
from tinyv_cli.rules.plugin import PluginRule, arguments
from tinyv_cli.rules.verdicts import verdict_of


@pytest.mark.parametrize(
    ("value", "accept_above", "said"),
    [
        (True, None, "accept"),
        (False, None, "reject"),
        (1, None, "accept"),
        (0, None, "reject"),
        (-1, None, "reject"),
        (1.0, None, "accept"),
        (-1.0, None, "reject"),
        ("C", None, "accept"),
        ("I", None, "reject"),
        (" Correct ", None, "accept"),
        ("False", None, "reject"),
        (None, None, "no_verdict"),
        (math.nan, None, "no_verdict"),
        ([], None, "no_verdict"),
        (0.7, None, "not_a_verdict"),
        ("maybe", None, "not_a_verdict"),
        (0.7, 0.5, "accept"),
        (0.5, 0.5, "reject"),
        ("0.7", 0.5, "accept"),
        (True, 0.5, "accept"),
        ("C", 0.5, "accept"),
        ({"score": 1.0, "acc": 0}, None, "accept"),
        ({"acc": 1}, None, "no_verdict"),
        ((True, False, "5"), None, "accept"),
        ([0.0], None, "reject"),
    ],
)
def test_verdicts(value: Any, accept_above: float | None, said: str) -> None:
    """What is plainly a yes or a no is one; a score needs a limit; nothing is guessed."""
    result = verdict_of(value, accept_above)
    assert (result.reason or result.outcome.value) == said


def gold_first(gold: str, response: str) -> bool:
    return gold in response


def unnamed(a: str, b: str) -> bool:
    return a in b


def prime(model_output: str, ground_truth: str) -> tuple[bool, bool, str]:
    return ground_truth in model_output, True, ground_truth


def verl(
    data_source: str, solution_str: str, ground_truth: str, extra_info: Any = None, **kwargs: Any
) -> Any:
    assert extra_info == {"question": "Q"}
    return {"score": float(ground_truth in solution_str), "data_source": data_source}


async def asynchronous(solution_str: str, ground_truth: str) -> float:
    return float(ground_truth in solution_str)


def trl(completions: list[list[dict[str, str]]], solution: list[str], **kwargs: Any) -> list[float | None]:
    return [float(gold in reply[0]["content"]) for reply, gold in zip(completions, solution, strict=True)]


@pytest.mark.parametrize("function", [gold_first, unnamed, prime, verl, asynchronous, trl])
@pytest.mark.parametrize(("gold", "accepted"), [("5", True), ("7", False)])
def test_signatures(function: Any, gold: str, accepted: bool) -> None:
    """Gold and response get where the function wants them, whichever framework it was written for."""
    rule = PluginRule(f"tests.test_own_rules:{function.__name__}", None)
    result = rule(Case((gold,), "it is 5", question="Q"))
    assert (result.outcome is RuleOutcome.ACCEPT) == accepted


def test_only_what_the_function_takes() -> None:
    """Nothing is passed that the function has no parameter for."""
    positional, named = arguments(prime, "g", Case(("g",), "r", question="Q"))
    assert (positional, named) == ([], {"model_output": "r", "ground_truth": "g"})


ROWS = [
    {"question": "1+1?", "gold": "2", "response": r"\boxed{2}", "score": 1.0},
    {"question": "1+1?", "gold": "2", "response": r"\boxed{3}", "score": -1.0},
    {"question": "1+1?", "gold": "2", "response": r"\boxed{two}", "score": -1.0},
    {"question": "1+1?", "gold": "2", "response": r"\boxed{2}", "score": None},
]


def test_recorded_verdicts_are_audited(tinyv: Tinyv, tmp_path: Path) -> None:
    """column:score takes the verdict that training really gave; null is undecided."""
    write_lines(tmp_path / "dump.jsonl", *map(json.dumps, ROWS))
    done = tinyv("audit", "dump.jsonl", "--rule", "column:score")
    assert done.returncode == 0, done.stderr
    assert "recorded = score" in done.stderr
    out = pl.read_parquet(tmp_path / "dump.audited.parquet")
    assert out["tinyv_rule"].to_list() == ["accept", "reject", "reject", "undecided"]
    assert out["tinyv_rule_reason"].to_list()[3] == "no_verdict"
    assert out["tinyv_false_negative"].to_list() == [False, False, True, True]


def test_recorded_lists_go_with_the_rollouts(tinyv: Tinyv, tmp_path: Path) -> None:
    """A list of verdicts is taken apart as the responses are; it may be shorter."""
    row = {"problem": "1+1?", "answer": "2", "generations": ["2", "3", "2"], "correctness": [True, False]}
    write_lines(tmp_path / "wide.jsonl", json.dumps(row))
    tinyv("audit", "wide.jsonl", "--rule", "column:correctness", "--model", "none")
    out = pl.read_parquet(tmp_path / "wide.audited.parquet")
    assert out["tinyv_rule"].to_list() == ["accept", "reject", "undecided"]


PLUGIN = """
import os, sys, time
print("imported")
os.write(1, b"to the file descriptor")

def score(solution_str, ground_truth):
    print("called")
    if "raise" in solution_str:
        raise ValueError(solution_str)
    if "exit" in solution_str:
        sys.exit(3)
    if "kill" in solution_str:
        os._exit(9)
    if "sleep" in solution_str:
        time.sleep(60)
    return 0.9 if ground_truth in solution_str else 0.1
"""


def test_a_file_of_ones_own(tinyv: Tinyv, tmp_path: Path) -> None:
    """file.py:function runs in the workers: what it raises, kills or prints touches nothing else."""
    (tmp_path / "mine.py").write_text(PLUGIN)
    responses = ["2", "3", "raise", "exit", "kill", "sleep", "2"]
    rows = [{"question": "1+1?", "gold": "2", "response": response} for response in responses]
    done = tinyv(
        *("audit", "-", "--rule", "mine.py:score", "--accept-above", "0.5", "--rule-timeout", "2"),
        *("--model", "none"),
        stdin="".join(f"{json.dumps(row)}\n" for row in rows),
    )
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["tinyv_rule_reason"] or line["tinyv_rule"] for line in lines] == [
        "accept",
        "reject",
        "error:ValueError",
        "error:SystemExit",
        "crash",
        "timeout",
        "accept",
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("nowhere.py:score", "FileNotFoundError"),
        ("no.such.module:score", "ModuleNotFoundError"),
        ("mine.py:other", "AttributeError"),
        ("column:nowhere", "no column 'nowhere'"),
    ],
)
def test_rules_that_are_not_there(tinyv: Tinyv, tmp_path: Path, rule: str, expected: str) -> None:
    """What cannot be imported or found is said before anything is judged."""
    (tmp_path / "mine.py").write_text(PLUGIN)
    write_lines(tmp_path / "dump.jsonl", *map(json.dumps, ROWS))
    done = tinyv("audit", "dump.jsonl", "--rule", rule, "--model", "none")
    assert done.returncode == 2
    assert expected in done.stderr and "Traceback" not in done.stderr
    assert not list(tmp_path.glob("*.parquet"))


def test_check_has_no_columns(tinyv: Tinyv) -> None:
    """One example has no column to read a verdict from."""
    done = tinyv("check", "-g", "5", "--rule", "column:score", "5")
    assert done.returncode == 2
    assert "reads a verdict from a file" in done.stderr
