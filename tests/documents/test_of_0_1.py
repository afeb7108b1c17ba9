"""Files that tinyv 0.1.0 wrote are read: an audited file, its labels by hand, and a calibration.

They were made from the sample by the commit before the options changed, and are not made again.
"""

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, Tinyv
from tinyv_cli.documents.audited import open_audited
from tinyv_cli.documents.calibration import read_calibration
from tinyv_cli.documents.labels import labels_of, labels_path
from tinyv_cli.review.queue import sampled, worst_first

FILES = REPOSITORY / "tests" / "of_0_1"
AUDITED, CALIBRATION = FILES / "audited.parquet", FILES / "calibration.json"
FALSE_NEGATIVES, PROVED, REJECTED = 9, 4, 30
LABELS = 7  # of which the third is `unsure`


@pytest.fixture
def audited(tmp_path: Path) -> Path:
    """A copy of the audited file beside its labels, to write beside them."""
    return shutil.copytree(FILES, tmp_path / "files") / AUDITED.name


def test_report(tinyv: Tinyv, audited: Path, tmp_path: Path) -> None:
    """The report finds what 0.1.0 found, and estimates by its labels and by its calibration."""
    found = json.loads(tinyv("report", audited, "--json").stdout)
    told = found["false_negatives"]
    assert (told["count"], told["proved"], told["rejected"]) == (FALSE_NEGATIVES, PROVED, REJECTED)
    assert found["estimate"]["from"] == "calibration"
    by_hand = json.loads(tinyv("report", audited, "--labels", labels_path(audited), "--json").stdout)
    assert by_hand["estimate"]["from"] == "labels"
    done = tinyv("report", audited, "--calibration", CALIBRATION, "--html", tmp_path / "page.html")
    assert (done.returncode, done.stderr) == (0, "") and (tmp_path / "page.html").exists()


def test_review(audited: Path) -> None:
    """What is shown in review is what was flagged, or a sample of what was rejected; its labels fit."""
    file = open_audited(audited)
    assert len(worst_first(file)) == FALSE_NEGATIVES
    assert len(sampled(file, REJECTED, seed=0)) == REJECTED
    labels = labels_of(file, labels_path(audited))
    assert len(labels) == LABELS and [label.truth for label in labels].count(None) == 1


@pytest.mark.parametrize(
    ("what", "lines"), [("recovered", REJECTED), ("rewards", REJECTED), ("jsonl", FALSE_NEGATIVES)]
)
def test_export(tinyv: Tinyv, audited: Path, what: str, lines: int) -> None:
    """Exports come from it as from a new file."""
    done = tinyv("export", audited, "--as", what, "--quiet")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == lines


def test_calibration(tinyv: Tinyv) -> None:
    """A calibration of 0.1.0 is read; it belongs to the nano of that version, so today's is not given it."""
    assert read_calibration(CALIBRATION).correct == 32
    pair = ("-g", "all odd integers", "the set is all odd integers")
    done = tinyv("check", *pair, "--proofs=off", "--calibration", CALIBRATION)
    assert done.returncode == 2
    assert "leave --calibration out, or fit one for this model" in " ".join(done.stderr.split())
