"""The interval of how many are really right holds the truth: nano's own p, drawn again and again."""

import json
import re
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from tests.annotated import METADATA, MODEL
from tests.conftest import SAMPLE, Tinyv, write_lines
from tests.report.test_estimate import calibration
from tinyv_cli.documents.calibration import calibrated
from tinyv_cli.evaluation.calibrating import calibrated_scores, fit_calibration
from tinyv_cli.evaluation.thresholds import operating_points
from tinyv_cli.figures.resampling import Bools, Floats
from tinyv_cli.report.estimate import by_calibration

STUDIES, LABELLED, AUDITED = 600, 150, 200
# In words, of which neither Math-Verify nor a proof can say anything.
LEFT_TO_THE_MODEL = [
    {"question": question, "answer": gold, "response": rf"It is \boxed{{{answer}}}."}
    for question, gold, answer in (
        ("Name the shape.", "a square", "a quadrilateral with four equal sides and equal angles"),
        ("Who wins?", "Alice", "the first player has a winning strategy"),
        ("Which numbers?", "the even integers", "all multiples of two"),
        ("What is drawn?", "a circle", "a parabola opening upwards"),
        ("What remains?", "nothing", "a heap of sand"),
    )
]


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory, run_in: Tinyv) -> tuple[Bools, Floats]:
    """Labels, and p as nano says it itself, of the sample's pairs that the rule does not accept."""
    folder = tmp_path_factory.mktemp("scores")
    done = run_in(folder, "eval", SAMPLE / "rollouts.parquet", "--proofs=off", "-o", "s.parquet", "--quiet")
    assert done.returncode == 0, done.stderr
    scores = pl.read_parquet(folder / "s.parquet").filter(
        (pl.col("rule math-verify") != "accept") & pl.col("p nano").is_not_null()
    )
    return scores["label"].to_numpy(), scores["p nano"].to_numpy()


def rejected(p: Floats) -> pl.LazyFrame:
    """What an audit writes of answers that a rule rejected, as far as the estimate looks at it."""
    frame = pl.DataFrame({"tinyv_p": p}, schema={"tinyv_p": pl.Float32})
    nothing = pl.lit(None, pl.String)
    return frame.lazy().with_columns(
        tinyv_rule=pl.lit("reject"),
        tinyv_evidence=pl.lit("model"),
        tinyv_model_reason=nothing,
        tinyv_false_negative=pl.col("tinyv_p") >= 0.5,
    )


@pytest.mark.long
@pytest.mark.parametrize("maps_p", [False, True])
@pytest.mark.parametrize("right", [0.1, 0.4])
def test_coverage(pairs: tuple[Bools, Floats], right: float, maps_p: bool) -> None:
    """In 95 of 100 studies or more, whatever share is right, and whether or not p is mapped."""
    label, p = pairs
    generator = np.random.default_rng(7)
    fitted = fit_calibration(label, p).map
    assert fitted.slope is not None and fitted.intercept is not None
    moved = calibrated_scores(p, slope=fitted.slope, intercept=fitted.intercept)
    known = calibration(slope=fitted.slope, intercept=fitted.intercept)
    threshold = 0.5 if maps_p else calibrated(known, 0.5)

    def drawn(share: float, of: Floats, count: int) -> tuple[Bools, Floats]:
        labels = generator.random(count) < share
        chosen = [generator.choice(np.flatnonzero(label == one)) for one in labels]
        return labels, of[chosen]

    held = 0
    for _ in range(STUDIES):
        points = operating_points(*drawn(label.mean(), moved, LABELLED), [threshold])
        study = calibration(*points, slope=fitted.slope, intercept=fitted.intercept)
        _, audited = drawn(right, moved if maps_p else p, AUDITED)
        metadata = METADATA | {"model": MODEL | {"calibration": study.described(0.5, maps_p=maps_p)}}
        found = by_calibration(rejected(audited), metadata)
        assert found is not None and found.right.interval is not None
        low, high = found.right.interval
        held += low <= right <= high
    assert held / STUDIES >= 0.95


def test_it_comes_by_itself(tinyv: Tinyv, tmp_path: Path) -> None:
    """A run with nano estimates how many are right by what ships with it, says so, and leaves p as it is."""
    write_lines(tmp_path / "x.jsonl", *map(json.dumps, LEFT_TO_THE_MODEL))
    audit = ("audit", "x.jsonl", "--rule=math-verify")
    shown = " ".join(tinyv(*audit, "-o", "x.parquet").stdout.split())
    assert re.search(r"really right \d+\.\d% of the rejected, \d+ \(95% .+ to .+\).*, by calibration", shown)
    assert re.search(r"corrected \d+\.\d%.*, by calibration not accepted", shown)
    told = " ".join(tinyv("report", "x.parquet").stdout.split())
    assert "pairs that math-verify + proofs had left" in told and "(calibration nano)" in told
    off = tinyv(*audit, "-o", "y.parquet", "--calibration", "nano")
    assert off.returncode == 0, off.stderr
    plain, mapped = (pl.read_parquet(tmp_path / name) for name in ("x.parquet", "y.parquet"))
    assert plain["tinyv_p"].count() == mapped["tinyv_p"].count() > 0
    assert not plain["tinyv_p"].equals(mapped["tinyv_p"])


def test_not_behind_another_rule(tinyv: Tinyv, tmp_path: Path) -> None:
    """What ships with nano was measured behind Math-Verify and proofs: of what others leave no share."""
    audit = ("audit", SAMPLE / "rollouts.parquet", "--limit=6", "--proofs=off", "--rule=exact")
    shown = " ".join(tinyv(*audit, "-o", "x.parquet").stdout.split())
    assert "measured behind math-verify + proofs, and here it is asked behind exact" in shown
    assert "corrected" not in shown
