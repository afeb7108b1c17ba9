"""Verdicts of others: recorded in a column, or given by somebody's own reward function."""

import json
import math
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.conftest import Tinyv, write_lines
from tinyv_cli.records import Case, RuleOutcome
from tinyv_cli.rules.plugin import PluginRule
from tinyv_cli.rules.signatures import arguments
from tinyv_cli.rules.verdicts import verdict_of


@pytest.mark.parametrize(
    ("value", "cut", "said"),
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
        ("Judgement: Yes", None, "accept"),
        ("Judgement: No", None, "reject"),
        ("maybe", None, "not_a_verdict"),
        (0.7, 0.5, "accept"),
        (0.5, 0.5, "accept"),
        (0.49, 0.5, "reject"),
        (0, 0.0, "accept"),
        (-1, 0.0, "reject"),
        (False, 0.0, "reject"),
        ("false", 0.0, "reject"),
        ("0.7", 0.5, "accept"),
        (True, 0.5, "accept"),
        ("C", 0.5, "accept"),
        ({"score": 1.0, "acc": 0}, None, "accept"),
        ({"acc": 1}, None, "no_verdict"),
        ((True, False, "5"), None, "accept"),
        ([0.0], None, "reject"),
    ],
)
def test_verdicts(value: Any, cut: float | None, said: str) -> None:
    """What is plainly a yes or a no is one; a score needs a cut, which it reaches; nothing is guessed."""
    result = verdict_of(value, cut)
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


def main_eval(data_source: str, solution_str: str, ground_truth: str, /) -> bool:
    return data_source == "tinyv" and ground_truth in solution_str


def unnamed_main_eval(a: str, b: str, c: str, d: str = "") -> bool:
    return a == "tinyv" and c in b


def half_named(ground_truth: str, text: str, strict: bool = True) -> bool:
    return ground_truth in text


def other_half_named(text: str, ground_truth: str) -> bool:
    return ground_truth in text


def trl(completions: list[list[dict[str, str]]], solution: list[str], **kwargs: Any) -> list[float | None]:
    return [float(gold in reply[0]["content"]) for reply, gold in zip(completions, solution, strict=True)]


async def trl_asynchronous(completions: list[list[dict[str, str]]], **kwargs: Any) -> list[float | None]:
    return [float(kwargs["answer"][0] in completions[0][0]["content"])]


def trl_texts(prompts: list[str], completions: list[str], gold: list[str]) -> list[float]:
    return [float(prompts == ["Q"] and completions[0].endswith(gold[0]))]


def trl_untold(prompts, completions, gold):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    return [float(completions[0].endswith(gold[0]) and prompts == ["Q"])]


def trl_whole(
    prompts: list[list[dict[str, str]]],
    completions: list[list[dict[str, str]]],
    log_extra: Callable[[str, list[str]], None],
    log_metric: Callable[[str, float], None],
    target: list[str],
    **kwargs: Any,
) -> list[float | None]:
    log_extra("gold", target)
    log_metric("right", 1.0)
    return [float(prompts[0][-1]["content"] == "Q" and target[0] in completions[0][-1]["content"])]


SIGNATURES = [
    *(gold_first, unnamed, prime, verl, asynchronous, main_eval, unnamed_main_eval, half_named),
    *(other_half_named, trl, trl_asynchronous, trl_texts, trl_untold, trl_whole),
]


@pytest.mark.parametrize("function", SIGNATURES)
@pytest.mark.parametrize(("gold", "accepted"), [("5", True), ("7", False)])
def test_signatures(function: Any, gold: str, accepted: bool) -> None:
    """Gold and response get where the function wants them, whichever framework it was written for."""
    rule = PluginRule(f"tests.rules.test_own_rules:{function.__name__}")
    rule.load()
    result = rule(Case((gold,), "it is 5", question="Q"))
    assert result.outcome is (RuleOutcome.ACCEPT if accepted else RuleOutcome.REJECT)


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
    assert "recorded verdicts are 'score'" in done.stderr
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

def lengths(completions, completion_ids):
    return [float(len(ids)) for ids in completion_ids]

def alone(solution_str):
    return 1.0
"""


def test_a_file_of_ones_own(tinyv: Tinyv, tmp_path: Path) -> None:
    """file.py:function runs in the workers: what it raises, kills or prints touches nothing else."""
    (tmp_path / "mine.py").write_text(PLUGIN)
    responses = ["2", "3", "raise", "exit", "kill", "sleep", "2"]
    rows = [{"question": "1+1?", "gold": "2", "response": response} for response in responses]
    done = tinyv(
        *("audit", "-", "--rule", "mine.py:score@0.5"),
        *("--model", "none"),
        stdin="".join(f"{json.dumps(row)}\n" for row in rows),
        set={"TINYV_RULE_TIMEOUT": "2"},
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


PACKAGE = {
    "package/__init__.py": "from .inner.deep import score",
    "package/inner/__init__.py": "",
    "package/inner/deep.py": "from .. import words\nimport beside\n"
    "def score(gold, response):\n    return words.normal(response) == beside.normal(gold)\n",
    "package/words.py": "normal = str.lower",
    "beside.py": "normal = str.strip",
    "json.py": "import json\n"
    "def score(gold, response):\n    return json.loads(response) == json.loads(gold)\n",
}


@pytest.mark.parametrize(
    ("rule", "gold", "response"),
    [
        ("package/__init__.py:score", " five ", "FIVE"),
        ("package:score", " five ", "FIVE"),
        ("package.inner.deep:score", " five ", "FIVE"),
        ("elsewhere/json.py:score", "[5]", "[ 5 ]"),
    ],
)
def test_packages_and_neighbours(tinyv: Tinyv, tmp_path: Path, rule: str, gold: str, response: str) -> None:
    """A package's relative imports work, modules of the working folder are found, and names do not clash."""
    for name, source in PACKAGE.items():
        file = tmp_path / ("elsewhere" if name == "json.py" else "") / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source)
    right = tinyv("check", "-g", gold, "--rule", rule, "--model", "none", response)
    wrong = tinyv("check", "-g", gold, "--rule", rule, "--model", "none", "[6]")
    assert (right.returncode, wrong.returncode) == (0, 1), right.stderr + wrong.stderr


def test_what_a_verdict_depends_on(tmp_path: Path) -> None:
    """Of a package in a file every file counts; a module is as its distribution, if it is of one."""
    for name in ("package/__init__.py", "package/words.py", "beside.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PACKAGE[name])
    inside = PluginRule(f"{tmp_path}/package/__init__.py:score").versions()
    assert sorted(inside) == [f"{tmp_path}/package/__init__.py", f"{tmp_path}/package/words.py"]
    (tmp_path / "package/words.py").write_text("normal = str.upper")
    assert PluginRule(f"{tmp_path}/package/__init__.py:score").versions() != inside
    assert PluginRule("math_verify.metric:math_metric").versions() == {"math-verify": version("math-verify")}
    assert PluginRule("nowhere.at.all:score").versions() == PluginRule("nowhere.py:score").versions() == {}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("nowhere.py:score", "FileNotFoundError"),
        ("no.such.module:score", "ModuleNotFoundError"),
        ("mine.py:other", "AttributeError"),
        ("column:nowhere", "no column 'nowhere'"),
        ("mine.py:lengths", "missing a required argument: 'completion_ids'"),
        ("mine.py:alone", "too many positional arguments"),
    ],
)
def test_rules_that_are_not_there(tinyv: Tinyv, tmp_path: Path, rule: str, expected: str) -> None:
    """What cannot be imported, found or called is said before anything is judged."""
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
