"""Wrong answers written to be proved, by hand: each question with its pairs of a gold and such an answer."""

import json
from pathlib import Path

import pytest

from tests.proofs.cases import wrongly_proved

ROWS = [
    json.loads(line) for line in Path(__file__).with_name("wrong_pairs.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["question"][:40])
def test_none_is_proved(row: dict[str, object]) -> None:
    """Another quantity, unit, order, sign, bracket, base or operation is never shown to be the gold."""
    assert wrongly_proved([(row["question"], gold, answer) for gold, answer in row["pairs"]]) == []
