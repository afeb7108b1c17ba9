"""A rule in another Python: what it says there, what failures come to, and that nothing there is touched."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import Tinyv, write_lines
from tinyv_cli.errors import UsageError
from tinyv_cli.records import Answer, Example, How
from tinyv_cli.rules import opened_rule, rule_versions
from tinyv_cli.rules.names import parse_rule

HERE = f"in {sys.executable}"
PAIRS = [
    (r"\frac{1}{2}", "0.5"),
    ("3", "4"),
    (r"\{1,2\}", r"\{2,1\}"),
    ("x", ""),
    ("(1,2)", "(1,2)"),
    (r"62.5\%", "62.5"),
]
OWN = """
import os
import sys
import time

def score(gold, response):
    print("noise", flush=True)
    if response == "burn":
        while True:
            pass
    if response == "die":
        os._exit(3)
    if response == "raise":
        raise KeyError(gold)
    return float(gold == response)

def python(gold, response):
    return response == sys.executable
"""


def said(rule: str, pairs: list[tuple[str, str]], timeout: float = 20) -> list[str]:
    """For each gold and boxed response the rule's outcome, or why it has none."""
    examples = [Example(n, 0, "", (gold,), text) for n, (gold, text) in enumerate(pairs)]
    answers = [Answer(text, How.BOXED) for _, text in pairs]
    with opened_rule(rule, workers=1, timeout=timeout, memory=4 << 30) as opened:
        return [each.reason or each.outcome.value for each in opened.submit(examples, answers)()]


@pytest.mark.parametrize("rule", ["math-verify", "math-verify/verl", "math-verify/trl"])
def test_the_same_python_says_the_same(rule: str) -> None:
    """Where the same libraries stand the verdicts are the same."""
    assert said(f"{rule} {HERE}", PAIRS) == said(rule, PAIRS)


def test_a_function(tmp_path: Path) -> None:
    """It may print, burn, die and raise: each costs that example alone, with its reason."""
    file = tmp_path / "own.py"
    file.write_text(OWN)
    pairs = [("1", "1"), ("1", "burn"), ("1", "raise"), ("1", "die"), ("1", "2"), ("2", "2")]
    expected = ["accept", "timeout", "error:KeyError", "crash", "reject", "accept"]
    assert said(f"{file}:score {HERE}", pairs, timeout=2) == expected
    assert said(f"{file}:python {HERE}", [("", sys.executable)]) == ["accept"]


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        ("math-verify in /nowhere/python", "No such file or directory"),
        ("math-verify in /bin/true", "no Python from 3.10 on"),
        (f"nowhere.at.all:f {HERE}", "ModuleNotFoundError"),
        (f"exact {HERE}", "tinyv's own"),
        (f"math-verfy {HERE}", "did you mean"),
    ],
)
def test_what_cannot_be_used_there(rule: str, complaint: str) -> None:
    """One line, before anything is judged."""
    with pytest.raises(UsageError, match=complaint):
        said(rule, PAIRS)


@pytest.mark.parametrize(
    ("name", "base", "python"),
    [
        ("math-verify in /a b/python", "math-verify", "/a b/python"),
        ("my in dir/f.py:f@0.5 in python3", "my in dir/f.py:f", "python3"),
        ("my in dir/f.py:f", "my in dir/f.py:f", None),
        ("column:right in it", "column:right in it", None),
    ],
)
def test_names(name: str, base: str, python: str | None) -> None:
    """A rule is named with its Python, and what only looks so is not."""
    parsed = parse_rule(name)
    assert (parsed.base, parsed.python) == (base, python)


def test_recorded_verdicts_do_not_run(tinyv: Tinyv, tmp_path: Path) -> None:
    """What is read from the data runs in no Python."""
    rows = write_lines(tmp_path / "r.jsonl", '{"gold": "1", "response": "1", "score": 1}')
    done = tinyv("audit", rows, "--rule", "column:score", "--rule-python", sys.executable)
    assert done.returncode == 2
    assert "read from the data" in done.stderr


def _python() -> str:
    """The oldest Python that will do, as trainers' environments have it."""
    return next((found for name in ("python3.10", "python3.11") if (found := _whole(name))), sys.executable)


def _whole(name: str) -> str | None:
    """The interpreter of this name, if it can be run: a version manager's shim may lead nowhere."""
    if shutil.which(name) is None:
        return None
    tried = subprocess.run([name, "-c", "import sys; print(sys.executable)"], capture_output=True, text=True)
    return tried.stdout.strip() or None


@pytest.fixture(scope="module")
def trainers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment like verl's: Math-Verify beside the older parser."""
    folder = tmp_path_factory.mktemp("trainer") / "environment"
    subprocess.run([_python(), "-m", "venv", folder], check=True)
    python = folder / "bin" / "python"
    for package in ("math-verify==0.9.0", "antlr4-python3-runtime==4.9.3"):
        install = [str(python), "-m", "pip", "install", "--quiet", package]
        subprocess.run(install, check=True, capture_output=True)
    return python


def _files(folder: Path) -> Mapping[str, float]:
    return {str(path): path.lstat().st_mtime for path in folder.rglob("*")}


@pytest.mark.long
def test_a_trainers_python(tinyv: Tinyv, tmp_path: Path, trainers: Path) -> None:
    """Its Math-Verify reads less than ours; the difference is counted, and nothing there is changed."""
    before = _files(trainers.parent.parent)
    golds = [r"\frac{5}{8}", r"\frac{1}{2}", "3"]
    replies = [r"so \boxed{62.5\%}", r"so \boxed{0.5}", r"so \boxed{4}"]
    pairs = zip(golds, replies, strict=True)
    lines = [json.dumps({"gold": gold, "response": reply}) for gold, reply in pairs]
    rows = write_lines(tmp_path / "r.jsonl", *lines)
    output = tmp_path / "a.parquet"
    there = ("--rule-python", trainers)
    done = tinyv("audit", rows, *there, "--model", "none", "--proofs", "off", "-o", output)
    told = " ".join(done.stdout.split())
    assert "accepts 2 (66.7%), 1 more and 0 not of the audited rule's" in told
    read = pl.read_parquet(output)
    assert read["tinyv_rule"].to_list() == ["reject", "accept", "reject"]
    assert read["tinyv_rule_math_verify"].to_list() == ["accept", "accept", "reject"]
    versions = rule_versions(f"math-verify in {trainers}")
    assert versions["antlr4-python3-runtime"] == "4.9.3"
    assert _files(trainers.parent.parent) == before
