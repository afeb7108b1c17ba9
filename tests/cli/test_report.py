"""`tinyv report`: the findings of an audited file again, as tables, JSON or Markdown."""

import json
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest

from tests.annotated import ACCEPTED, LIKELY, METADATA, PROVED, WRONG, Line, annotated
from tests.conftest import SAMPLE, Tinyv, write_lines
from tests.report.test_estimate import calibration
from tinyv_cli.documents.calibration import read_calibration, write_calibration
from tinyv_cli.models.nano import nano_calibration
from tinyv_cli.report.summary import report_schema

VALIDATE = fastjsonschema.compile(report_schema())

LINES: list[Line] = [
    *[ACCEPTED | {"question": f"q{n}", "source": "a", "level": 1} for n in range(20)],
    *[LIKELY | {"question": f"q{n}", "source": "a", "level": 2, "category": "5.1"} for n in range(10)],
    *[WRONG | {"question": f"q{n}", "source": "b", "level": 2} for n in range(20)],
    *[PROVED | {"question": "p", "source": "b", "level": 2}] * 2,
    *[WRONG | {"question": "outvoted", "answer": "7", "source": "c", "level": 1}] * 3,
]


@pytest.fixture
def audited(tmp_path: Path) -> Path:
    metadata = METADATA | {"mapping": {"by": "source", "label": None}}
    return annotated(tmp_path / "x.audited.parquet", LINES, metadata)


def said(done: Any) -> str:
    """What stands on standard output, without its layout."""
    assert (done.returncode, done.stderr) == (0, "")
    return " ".join(done.stdout.split())


def test_tables(tinyv: Tinyv, audited: Path) -> None:
    """Everything that is known, from the headline down to examples."""
    shown = said(tinyv("report", audited.name))
    for part in (
        "not accepted 35 of 55 responses: 12 right (34.3%, 95% 20.8 to 50.8), 2 proved, 10 likely",
        "2 proved, 10 likely",
        "kinds 5.1 explanations 83.3% (paper 20.0%), 6.1 order 16.7% (paper 0.5%)",
        "really right not known",
        "suspect golds in 1 question most rollouts agree on another answer",
        "likely right, by the model 10 28.6% 16.3% to 45.1% 0",
        "4 numbers 0 0.0% 0.0% to 24.2% 12.6% 10.8%",
        "5.1 explanations 10 0 10 83.3% 55.2% to 95.3% 20.0%",
        "by source",
        "a 30 66.7→100.0 10 0 10 100.0%†",
        "not the sums of those that it gives their leaves",
        "what that costs RL, by source; before → after recovery",
        "questions by their pass rate",
        "the model's p; it counts as correct from 0.5 on",
        "golds that most rollouts contradict: 1 of",
        "3 3 0.100 7 6 outvoted",
        "false negatives proved, by kind, with an example of each",
        "most confident of the likely false negatives",
    ):
        assert part in shown


def test_by_several(tinyv: Tinyv, audited: Path) -> None:
    """--by is given as often as one likes, and replaces the audit's own column."""
    shown = said(tinyv("report", audited.name, "--by", "level", "--by", "tinyv_evidence"))
    assert "by level" in shown and "by tinyv_evidence" in shown
    assert "by source" not in shown


def test_json(tinyv: Tinyv, audited: Path) -> None:
    """All figures, as the schema describes them, with false negatives in full."""
    figures = VALIDATE(json.loads(tinyv("report", audited.name, "--json").stdout))
    assert figures["file"] == "x.audited.parquet"
    assert sum(each["copies"] for each in figures["listing"]) == 12
    assert len(figures["listing"]) == 11
    assert [by["column"] for by in figures["by"]] == ["source"]


def test_markdown(tinyv: Tinyv, audited: Path) -> None:
    """The same tables, to be pasted elsewhere."""
    done = tinyv("report", audited.name, "--markdown")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("- **score**: 36.4% by math-verify, 58.2% after recovery (95% ")
    assert any(line.startswith("- **read**: 55 responses in 55 rows") for line in lines)
    assert "| `b` | 22 | 0.0→9.1 | 22 | 2 | 0 | 9.1% | 2.5% to 27.8% |" in lines
    assert "### what became of the 35 that the rule did not accept" in lines


def test_how_many_really(tinyv: Tinyv, audited: Path, tmp_path: Path) -> None:
    """By a calibration file, or by labels beside the file, which count for all copies of what is labelled."""
    write_calibration(tmp_path / "cal.json", calibration())
    shown = said(tinyv("report", audited.name, "--calibration", "cal.json"))
    assert "really right 33.1% of the rejected, 12" in shown
    assert "if the model errs here as on pairs that math-verify + proofs had left, it finds 80.0% of" in shown
    labels = [{"tinyv_row": row, "tinyv_rollout": 0, "label": row < 28} for row in range(20, 30)]
    write_lines(tmp_path / "labels.jsonl", *map(json.dumps, labels))
    shown = said(tinyv("report", audited.name, "--labels", "labels.jsonl"))
    assert "really right 81.1% of the rejected, 28 (95% 58.9 to 91.4)" in shown
    assert (
        "by 20 labels (no random sample), right are 80.0% of what the model flags, 80.0% of the rest" in shown
    )


def test_audit_prints_the_same(tinyv: Tinyv, tmp_path: Path) -> None:
    """The figures at the end of an audit are those of the report, without the listing."""
    audit = tinyv("audit", SAMPLE / "rollouts.parquet", "--model=none", "--json", "-o", "x.parquet")
    report = tinyv("report", "x.parquet", "--json")
    ended, again = (VALIDATE(json.loads(done.stdout)) for done in (audit, report))
    assert sum(each["copies"] for each in again.pop("listing")) == again["false_negatives"]["count"] > 10
    assert ended.pop("listing") == []
    assert ended == again


def test_audit_writes_the_same_page(tinyv: Tinyv, tmp_path: Path) -> None:
    """The page at the end of an audit is that of the report."""
    rows = SAMPLE / "rollouts.parquet"
    done = tinyv("audit", rows, "--model=none", "--quiet", "--html", "a.html", "-o", "x.parquet")
    assert (done.returncode, done.stdout) == (0, "")
    assert tinyv("report", "x.parquet", "--html", "b.html").returncode == 0
    assert (tmp_path / "a.html").read_text("utf-8") == (tmp_path / "b.html").read_text("utf-8")


def test_the_calibration_of_nano(tinyv: Tinyv, tmp_path: Path) -> None:
    """It is asked for by name: on other responses than it was fitted on, the model may err in other ways."""
    shipped = read_calibration(nano_calibration())
    annotated(tmp_path / "x.parquet", LINES, METADATA | {"model": dict(shipped.model)})
    assert json.loads(tinyv("report", "x.parquet", "--json").stdout)["estimate"] is None
    found = json.loads(tinyv("report", "x.parquet", "--json", "--calibration", "nano").stdout)["estimate"]
    assert (found["file"], found["measured_behind"]) == ("nano", shipped.rule)
    assert found["interval"][0] <= found["share"] <= found["interval"][1]


def test_page(tinyv: Tinyv, audited: Path, tmp_path: Path) -> None:
    """--html writes the page beside whatever is printed, and replaces none unasked."""
    done = tinyv("report", audited.name, "--html", "page.html", "--json")
    figures = VALIDATE(json.loads(done.stdout))
    page = (tmp_path / "page.html").read_text("utf-8")
    assert f"{figures['false_negatives']['share']:.1%}" in page
    assert page.count('<tbody role="rowgroup" id=') == len(figures["listing"]) == 11
    assert tinyv("report", audited.name, "--html", "page.html").returncode == 2
    shown = said(tinyv("report", audited.name, "--html", "page.html", "--overwrite"))
    assert "not accepted 35 of 55 responses: 12 right" in shown


HOSTILE = "\x1b[31m[bold]<script>|`x\u202e"


def test_hostile_texts(tinyv: Tinyv, tmp_path: Path) -> None:
    """Text of the data is shown and never obeyed, in cells, names of groups and columns."""
    line = LIKELY | dict.fromkeys(("question", "gold", "answer", "category", HOSTILE), HOSTILE)
    annotated(tmp_path / "x.parquet", [line, PROVED | {"proof": HOSTILE, HOSTILE: HOSTILE}])
    for options in ([], ["--markdown"]):
        done = tinyv("report", "x.parquet", "--by", HOSTILE, *options)
        assert not any(c in done.stdout + done.stderr for c in "\x1b\u202e")


COMPLAINTS: dict[str, tuple[list[str], str]] = {
    "no such file": (["nowhere.parquet"], "nowhere.parquet: no such file"),
    "no Parquet": (["labels.jsonl"], "labels.jsonl: is no Parquet file"),
    "no such column": (["x.audited.parquet", "--by", "sauce"], "no column 'sauce' of plain values for --by"),
    "two forms": (["x.audited.parquet", "--json", "--markdown"], "give one of them"),
    "no place for the page": (["x.audited.parquet", "--html", "no/page.html"], "'no' does not exist"),
    "a page in the way": (["x.audited.parquet", "--html", "labels.jsonl"], "or give --overwrite"),
    "two ways of knowing": (
        ["x.audited.parquet", "--labels", "labels.jsonl", "--calibration", "cal.json"],
        "--labels and --calibration both tell",
    ),
    "no calibration": (["x.audited.parquet", "--calibration", "labels.jsonl"], "is no calibration file"),
    "another model": (["x.audited.parquet", "--calibration", "cal.json"], "is the calibration of large"),
    "labels of others": (["x.audited.parquet", "--labels", "labels.jsonl"], "labels is of this file"),
}


@pytest.mark.parametrize("case", COMPLAINTS)
def test_one_line_and_exit_2(tinyv: Tinyv, audited: Path, tmp_path: Path, case: str) -> None:
    """What is wrong is said in one line."""
    write_calibration(
        tmp_path / "cal.json", calibration(model={**METADATA["model"], "name": "large", "sha256": "d"})
    )
    write_lines(tmp_path / "labels.jsonl", '{"tinyv_row": 900, "tinyv_rollout": 0, "label": true}')
    arguments, expected = COMPLAINTS[case]
    done = tinyv("report", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    [complaint] = done.stderr.splitlines()
    assert complaint.startswith("tinyv: ") and expected in complaint, complaint


def test_title(tinyv: Tinyv, audited: Path, tmp_path: Path) -> None:
    """A page is called as one likes; without a page there is nothing to call so."""
    done = tinyv("report", audited.name, "--html", "page.html", "--title", "Step <100>")
    assert (done.returncode, done.stderr) == (0, "")
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "<h1>Step &lt;100&gt;</h1>" in page
    assert "<title>Step &lt;100&gt;: score 36.4% → 58.2%</title>" in page
    refused = tinyv("report", audited.name, "--title", "Step 100")
    assert refused.returncode == 2 and "give --html FILE" in refused.stderr
