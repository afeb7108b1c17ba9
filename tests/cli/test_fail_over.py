"""`tinyv audit --fail-over`: an exit code for those who watch a rule."""

import json
from pathlib import Path

import pytest

from tests.conftest import Tinyv, write_lines

# The rule 'exact' rejects three; of two of them a proof says that they are right.
ROWS = [
    {"question": "1+1?", "gold": "2", "response": response}
    for response in (r"\boxed{2}", r"\boxed{2.0}", r"\boxed{two}", r"\boxed{3}")
]
COMMAND = ("audit", "rows.jsonl", "--rule", "exact", "--model", "none")
LINE = "66.7% of the rejected are likely false negatives, more than the 50% of --fail-over"


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--fail-over", "50"), 1, True),
        (("--fail-over", "50", "--json"), 1, True),
        (("--fail-over", "50", "--quiet"), 1, False),
        (("--fail-over", "66"), 1, False),
        (("--fail-over", "67"), 0, False),
        (("--fail-over", "100", "--quiet"), 0, False),
        ((), 0, False),
    ],
)
def test_exit_code(tinyv: Tinyv, tmp_path: Path, options: tuple[str, ...], code: int, said: bool) -> None:
    """1 where more of the rejected are false negatives; one line says so, unless nothing is to be said."""
    write_lines(tmp_path / "rows.jsonl", *map(json.dumps, ROWS))
    done = tinyv(*COMMAND, *options)
    assert done.returncode == code, done.stderr
    assert (LINE in done.stderr.splitlines()) == said
    assert (tmp_path / "rows.audited.parquet").exists()
    assert (done.stdout + done.stderr == "") == ("--quiet" in options)
    if "--json" in options:
        assert json.loads(done.stdout)["false_negatives"]["share"] == pytest.approx(2 / 3)


def test_nothing_rejected(tinyv: Tinyv, tmp_path: Path) -> None:
    """A share of nothing is over no limit."""
    write_lines(tmp_path / "rows.jsonl", json.dumps(ROWS[0]))
    assert tinyv(*COMMAND, "--fail-over", "0").returncode == 0
