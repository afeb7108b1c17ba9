"""Rows of which something is odd: none of them ends a run."""

import json
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import Tinyv, write_lines
from tinyv_cli.guards import guard
from tinyv_cli.maths.answers import find_answer
from tinyv_cli.pipeline import judge_windows
from tinyv_cli.proofs.likeliest import category
from tinyv_cli.records import Answer, Example, ModelResult, Query, RuleOutcome, RuleResult
from tinyv_cli.stages import Batch, Pending, Stages

# Golds and answers of which nothing is left when they are normalised.
NOTHING = [
    "{}",
    "$$",
    r"\quad",
    r"\text{}",
    r"\left(\right)",
    r"\boxed{}",
    "()",
    r"\{\}",
    " ",
    "",
    "^",
    "\\",
    "\u200b",
]


class Rejecting:
    """A rule that accepts nothing."""

    def submit(self, examples: Sequence[Example], answers: Sequence[Answer]) -> Pending:
        return lambda: [RuleResult(RuleOutcome.REJECT) for _ in examples]


@pytest.mark.parametrize("gold", NOTHING)
@pytest.mark.parametrize("answer", ["there are none", "4", *NOTHING[:3]])
def test_the_kind_of_nothing(gold: str, answer: str) -> None:
    """The guess of a kind comes to something, or to None."""
    found = category("Find all primes between 24 and 28.", (gold,), answer)
    assert found is None or found[0].isdigit()


def test_what_decorates_fails_no_row() -> None:
    """A guess that raises leaves the row without its kind."""

    def fails(question: str, golds: object, answer: str) -> str | None:
        raise RecursionError

    def agrees(queries: Sequence[Query]) -> list[ModelResult]:
        return [ModelResult(0.9) for _ in queries]

    stages = Stages(find_answer, Rejecting(), guard, [agrees], categorise=fails)
    [(_, [judged])] = judge_windows([Batch([Example(0, 0, "2+2?", ("4",), "It is four.")])], stages)
    assert (judged.false_negative, judged.category) == (True, None)


def test_rows_of_nothing(tinyv: Tinyv, tmp_path: Path) -> None:
    """All of them are judged, with rule, proofs and the model."""
    rows = [
        {"question": "Find all primes between 24 and 28.", "gold": gold, "response": f"\\boxed{{{answer}}}"}
        for gold in NOTHING
        for answer in (r"\text{there are none}", r"\emptyset")
    ]
    write_lines(tmp_path / "r.jsonl", *map(json.dumps, rows))
    done = tinyv("audit", "r.jsonl", "--rule", "exact", "-o", "o.parquet")
    assert done.returncode == 0, done.stderr
    assert pl.read_parquet(tmp_path / "o.parquet")["tinyv_row"].to_list() == list(range(len(rows)))
