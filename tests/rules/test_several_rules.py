"""Several rules in one audit: the first is audited, the others are recorded and compared."""

import json
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import Tinyv, write_lines
from tinyv_cli.errors import UsageError
from tinyv_cli.rules import RULES, rule_columns

ROWS = [
    {"question": "Half?", "gold": r"\frac{1}{2}", "response": r"\boxed{0.5}", "score": 1, "old": "C"},
    {"question": "Half?", "gold": r"\frac{1}{2}", "response": r"\boxed{\dfrac12}", "score": 0, "old": "I"},
    {"question": "Half?", "gold": r"\frac{1}{2}", "response": r"\boxed{2}", "score": 0, "old": None},
    {"question": "Half?", "gold": r"\frac{1}{2}", "response": "", "score": 0, "old": "I"},
]
MINE = "def f(gold, response):\n    return {{'0.5': 1, '2': 0}}[response[7:-1]] {}\n"


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Four rollouts, the first two of them right."""
    return write_lines(tmp_path / "rows.jsonl", *map(json.dumps, ROWS))


def test_others_are_recorded(rows: Path, tinyv: Tinyv, tmp_path: Path) -> None:
    """Each further rule has its outcome and its reason in columns of its own; the first one decides."""
    (tmp_path / "mine.py").write_text(MINE.format(""))
    names = ["column:score", "math-verify", "exact", "column:old", "mine.py:f"]
    done = tinyv("audit", rows, "--model", "none", "--proofs=off", *(f"--rule={name}" for name in names))
    assert done.returncode == 0, done.stderr
    out = pl.read_parquet(tmp_path / "rows.audited.parquet")
    said = {name: out[name].to_list() for name in out.columns if name.startswith("tinyv_rule")}
    assert said == {
        "tinyv_rule": ["accept", "reject", "reject", "reject"],
        "tinyv_rule_reason": [None] * 4,
        "tinyv_rule_math_verify": ["accept", "accept", "reject", "undecided"],
        "tinyv_rule_math_verify_reason": [None, None, None, "no_answer"],
        "tinyv_rule_exact": ["reject", "reject", "reject", "undecided"],
        "tinyv_rule_exact_reason": [None, None, None, "no_answer"],
        "tinyv_rule_column_old": ["accept", "reject", "undecided", "reject"],
        "tinyv_rule_column_old_reason": [None, None, "no_verdict", None],
        "tinyv_rule_mine_py_f": ["accept", "undecided", "reject", "undecided"],
        "tinyv_rule_mine_py_f_reason": [None, "error:KeyError", None, "error:KeyError"],
    }
    assert out["tinyv_verdict"].to_list() == ["correct", "incorrect", "incorrect", "incorrect"]


def test_compared(rows: Path, tinyv: Tinyv) -> None:
    """Agreement counts what two say alike; of each likely false negative it is known who accepts it."""
    rules = ("--rule", "column:score", "--rule", "math-verify", "--rule", "column:old")
    found = json.loads(tinyv("audit", rows, *rules, "--threshold", "0", "--proofs=off", "--json").stdout)
    recorded, verifier, old = found["rules"]
    assert [rule["name"] for rule in found["rules"]] == ["column:score", "math-verify", "column:old"]
    assert recorded["agreement"] == {"column:score": 1.0, "math-verify": 0.5, "column:old": 0.75}
    assert verifier["agreement"]["column:old"] == 0.25
    assert {name: old[name] for name in ("accept", "reject", "undecided")} == {
        "accept": 1,
        "reject": 2,
        "undecided": 1,
    }
    assert found["false_negatives"]["count"] == 2  # at threshold 0 the model accepts all that it is asked
    assert [rule["false_negatives_accepted"] for rule in found["rules"]] == [0, 1, 0]
    assert {example["row"]: example["accepted_by"] for example in found["examples"]} == {
        1: ["math-verify"],
        2: [],
    }


def test_in_the_tables(rows: Path, tinyv: Tinyv) -> None:
    """The report shows counts, the matrix, and the rules' numbers beside the examples."""
    rules = ("--rule", "column:score", "--rule", "math-verify")
    assert tinyv("audit", rows, *rules, "--threshold", "0", "--proofs=off").returncode == 0
    shown = tinyv("report", "rows.audited.parquet").stdout
    assert "rules compared" in shown and "agreement" in shown
    lines = [line.split() for line in shown.splitlines()]
    assert ["1", "100.0%", "50.0%"] in lines and ["2", "50.0%", "100.0%"] in lines
    assert ["2", "math-verify", "2", "1", "1", "1"] in lines


def test_one_rule_is_compared_with_nothing(rows: Path, tinyv: Tinyv) -> None:
    """No matrix, and no columns, of a single rule."""
    found = json.loads(tinyv("audit", rows, "--rule", "exact", "--model", "none", "--json").stdout)
    assert found["rules"] is None


def test_check_tells_what_each_rule_says(tinyv: Tinyv) -> None:
    """On one example too, in words and in JSON."""
    command = (
        "check",
        "-g",
        "0.5",
        "1/2",
        "--rule=exact",
        "--rule=math-verify",
        "--model=none",
        "--proofs=off",
    )
    shown = tinyv(*command)
    assert (shown.returncode, [line.split()[:3] for line in shown.stdout.splitlines()[1:3]]) == (
        1,
        [["rule", "exact", "reject"], ["rule", "math-verify", "accept"]],
    )
    found = json.loads(tinyv(*command, "--json").stdout)
    assert found["other_rules"] == {"math-verify": {"outcome": "accept", "reason": None}}


def test_columns_of_the_known_rules_are_distinct() -> None:
    """Every rule has a column that any tool can name without quotes."""
    columns = rule_columns(list(RULES))
    assert len(set(columns.values())) == len(RULES)
    assert all(column.isidentifier() for column in columns.values())


@pytest.mark.parametrize("names", [["exact", "exact"], ["a-b.py:f", "a_b.py:f"]])
def test_no_two_rules_share_a_column(names: list[str]) -> None:
    """A rule that is given twice, or one that cannot be told from another, is refused."""
    with pytest.raises(UsageError, match="given twice"):
        rule_columns(names)


def test_refused_before_anything_is_judged(rows: Path, tinyv: Tinyv, tmp_path: Path) -> None:
    """An unknown rule in second place stops the run like one in the first."""
    done = tinyv("audit", rows, "--rule", "exact", "--rule", "exakt")
    assert (done.returncode, len(done.stderr.splitlines())) == (
        2,
        2,
    )  # the first says which fields were chosen
    assert "exakt" in done.stderr and not (tmp_path / "rows.audited.parquet").exists()
