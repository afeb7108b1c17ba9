"""Several models in one run: all opinions are recorded, and `--agree` says how they decide together."""

import json
from io import StringIO
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest
from rich.console import Console

from tests.conftest import Tinyv, write_lines
from tinyv_cli.documents.audited import open_audited
from tinyv_cli.documents.columns import COLUMNS, columns_with, opinion_columns
from tinyv_cli.documents.sinks import ParquetSink
from tinyv_cli.figures.records import as_json
from tinyv_cli.records import (
    Answer,
    Evidence,
    Example,
    How,
    Judged,
    ModelResult,
    RuleOutcome,
    RuleResult,
    Verdict,
)
from tinyv_cli.report.records import Summary
from tinyv_cli.report.summary import summarise
from tinyv_cli.report.tables import report_tables
from tinyv_cli.sources.explode import explode
from tinyv_cli.sources.mapping import Mapping
from tinyv_cli.sources.rows import DictRows
from tinyv_cli.verdicts import Deciding
from tinyv_cli.words import Agree

QUESTION, GOLD = "Solve x^2-5x+6=0", r"\{2,3\}"
ROWS = [
    {"question": QUESTION, "gold": GOLD, "response": response}
    for response in (r"\boxed{\{2,3\}}", r"\boxed{7}", "three and two", "two, three", "")
]


SECOND_MODEL = opinion_columns(2)
NO_COPY = {"TINYV_REQUANTIZE": "off"}


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """One that the rule accepts, three for the models, one that the guard refuses."""
    return write_lines(tmp_path / "rows.jsonl", *map(json.dumps, ROWS))


@pytest.mark.parametrize("agree", [[], ["--agree", "any"]])
def test_audit(rows: Path, tinyv: Tinyv, tmp_path: Path, base_gguf: Path, agree: list[str]) -> None:
    """Columns and metadata tell what each model said; the verdicts follow from both opinions."""
    models = ("--model", "nano", "--model", base_gguf, "--threshold", "0.9")
    done = tinyv("audit", rows, *models, *agree, "--proofs=off", set=NO_COPY)
    assert done.returncode == 0, done.stderr
    shown = " ".join(done.stdout.split())
    assert "model nano asked about 3; likely false negatives by it alone" in shown
    assert "models agree on" in shown

    file = pq.ParquetFile(tmp_path / "rows.audited.parquet")
    names = [name for name in file.schema_arrow.names if name.startswith("tinyv_")]
    assert names == [*COLUMNS, *SECOND_MODEL]
    assert str(file.schema_arrow.field("tinyv_p_2").type) == "float"
    metadata = json.loads(file.metadata.metadata[b"tinyv"])
    assert metadata["model"]["name"] == "nano"
    [second] = metadata["other_models"]
    assert (second["name"], metadata["agree"]) == (str(base_gguf), agree[1] if agree else "all")
    assert second["sha256"] != metadata["model"]["sha256"]

    out = pl.read_parquet(tmp_path / "rows.audited.parquet")
    assert out["tinyv_p_2"].is_null().to_list() == [True, False, False, False, True]
    asked = out.filter(pl.col("tinyv_p").is_not_null())
    decide = any if agree else all
    assert asked["tinyv_verdict"].to_list() == [
        "correct" if decide(p >= 0.9 for p in opinions) else "incorrect"
        for opinions in asked.select("tinyv_p", "tinyv_p_2").iter_rows()
    ]
    assert asked["tinyv_p"].to_list() != asked["tinyv_p_2"].to_list(), "two opinions, not one twice"
    assert set(asked["tinyv_evidence"]) == {"model"}


def test_json_lines(rows: Path, tinyv: Tinyv, base_gguf: Path) -> None:
    """Lines of JSON have the second opinion too."""
    models = ("--model", "nano", "--model", base_gguf)
    done = tinyv("audit", "-", *models, "--proofs=off", "--quiet", stdin=rows.read_bytes(), set=NO_COPY)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["tinyv_p_2"] is None for line in lines] == [True, False, False, False, True]
    assert {line["tinyv_model_reason_2"] for line in lines} == {None}


def test_check(tinyv: Tinyv, base_gguf: Path) -> None:
    """On one example both opinions are shown, in words and in JSON, and how they decide."""
    models = ("--model", base_gguf, "--model", "nano")
    command = (
        "check",
        "-q",
        QUESTION,
        "-g",
        GOLD,
        "three and two",
        *models,
        "--proofs=off",
        "--threshold",
        "0",
    )
    said = json.loads(tinyv(*command, "--agree", "any", "--json", set=NO_COPY).stdout)
    assert (said["model"], said["verdict"], said["evidence"]) == (str(base_gguf), "correct", "model")
    [second] = said["other_models"]
    assert (second["name"], second["reason"], said["agree"]) == ("nano", None, "any")
    assert 0 < second["p"] < 1 and second["p"] != said["p"]
    shown = {line.split("  ")[0].strip(): line for line in tinyv(*command, set=NO_COPY).stdout.splitlines()}
    assert f"p = {second['p']:.3f}" in shown["model nano"]
    assert "correct if all say so" in shown["agree"]


def test_one_model_has_no_second_opinion(rows: Path, tinyv: Tinyv, tmp_path: Path) -> None:
    """Neither columns nor figures of a model that was not named."""
    found = json.loads(tinyv("audit", rows, "--model", "none", "--agree", "any", "--json").stdout)
    assert found["models"] is None
    assert not set(SECOND_MODEL) & set(pq.read_schema(tmp_path / "rows.audited.parquet").names)
    said = json.loads(tinyv("check", "-g", "5", "6", "--model", "none", "--json").stdout)
    assert (said["other_models"], said["settled_by"]) == ([], None) and "agree" not in said


@pytest.mark.parametrize(
    ("models", "complaint"),
    [
        (["nano", "nano"], "--model nano is given twice"),
        (["nano", "none"], "--model none goes with no other"),
        (["none", "none"], "--model none is given twice"),
        (["nano", "a.gguf", "nano"], "--model nano is given twice"),
        (["nano", "missing.gguf"], "missing.gguf"),
    ],
)
@pytest.mark.parametrize("command", [("audit", "rows.jsonl"), ("check", "-g", "5", "6")])
def test_refused(
    rows: Path, tinyv: Tinyv, tmp_path: Path, command: tuple[str, ...], models: list[str], complaint: str
) -> None:
    """What cannot be asked is said before anything is read: exit 2, one line, no output."""
    done = tinyv(*command, *(f"--model={name}" for name in models))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert complaint in done.stderr
    assert list(tmp_path.iterdir()) == [rows]


Opinions = tuple[tuple[float | None, str | None], ...]
BOTH: Opinions = ((0.9, None), (0.8, None))
FIRST: Opinions = ((0.95, None), (0.3, None))
SECOND: Opinions = ((0.2, "cut:question"), (0.99, None))
NEITHER: Opinions = ((0.1, None), (0.2, None))
YES_AND_SILENT: Opinions = ((0.7, "cut:question"), (None, "too_long"))
SILENT_AND_YES: Opinions = ((None, "too_long"), (0.85, None))
SILENT: Opinions = ((None, "too_long"), (None, "server:gone"))
ON_THE_EDGE: Opinions = ((0.7, None), (0.7, None))


def figures(path: Path, agree: Agree, *opinions: Opinions, threshold: float = 0.5) -> Summary:
    """What is said of a file in which the rule rejected everything and models gave these opinions."""
    mapping = Mapping(question="question", gold="gold", response="response")
    rows = [{"question": f"q{n}", "gold": "6", "response": str(n)} for n in range(len(opinions))]
    window = explode(DictRows(rows), mapping, first_row=0)
    judged = [
        judge(example, tuple(ModelResult(*each) for each in said), threshold, agree)
        for example, said in zip(window.examples, opinions, strict=True)
    ]
    sink = ParquetSink(path, columns_with([], models=len(opinions[0])))
    sink.write(window, judged)
    first, *others = ({"name": name} for name in "abc"[: len(opinions[0])])
    names = {"model": first, "other_models": others, "agree": agree.value}
    sink.commit({"rule": {"name": "exact"}, "threshold": threshold, **names})
    return summarise(open_audited(path))


def judge(example: Example, opinions: tuple[ModelResult, ...], threshold: float, agree: Agree) -> Judged:
    verdict = Deciding(threshold, agree).verdict(opinions)
    evidence = None if verdict is Verdict.UNDECIDED else Evidence.MODEL
    answer, rejected = Answer(example.response, How.WHOLE), RuleResult(RuleOutcome.REJECT)
    return Judged(example, answer, rejected, verdict, evidence, opinions)


def test_figures(tmp_path: Path) -> None:
    """How far two agree where both decided, and what each would have found without the other."""
    said = (BOTH, BOTH, FIRST, SECOND, NEITHER, YES_AND_SILENT, SILENT_AND_YES, SILENT)
    found = figures(tmp_path / "x.parquet", Agree.ALL, *said)
    assert as_json(found.models) == {
        "agree": "all",
        "each": [
            {
                "name": "a",
                "scored": 6,
                "false_negatives": 4,
                "alone": 1,
                "reasons": {"cut:question": 2, "too_long": 2},
            },
            {
                "name": "b",
                "scored": 6,
                "false_negatives": 4,
                "alone": 1,
                "reasons": {"server:gone": 1, "too_long": 1},
            },
        ],
        "scored_by_all": 5,
        "all_yes": 2,
        "all_no": 1,
        "same": 3,
        "share": 0.6,
        "kappa": pytest.approx(1 / 6),
    }
    assert found.false_negatives.count == 2
    assert json.loads(json.dumps(as_json(found), allow_nan=False))["models"]["same"] == 3


def test_three(tmp_path: Path) -> None:
    """Of more than two all count, or any; they agree where none differs, and kappa is its mean over pairs."""
    yes, no, silent = (0.9, None), (0.1, None), (None, "too_long")
    said = [(yes, yes, yes), (no, no, no), (yes, no, no), (yes, yes, no), (no, yes, yes), (yes, silent, yes)]
    found = figures(tmp_path / "x.parquet", Agree.ALL, *said)
    assert found.models is not None
    assert [(each.name, each.scored, each.alone) for each in found.models.each] == [
        ("a", 6, 1),
        ("b", 5, 0),
        ("c", 6, 0),
    ]
    counted = (found.models.scored_by_all, found.models.all_yes, found.models.all_no, found.models.same)
    assert counted == (5, 1, 1, 2)
    assert found.models.kappa == pytest.approx((1 / 6 - 2 / 13 + 8 / 13) / 3)
    assert found.false_negatives.count == 1
    assert as_json(found)["undecided"]["count"] == 1
    found = figures(tmp_path / "y.parquet", Agree.ANY, *said)
    assert found.false_negatives.count == 5


def test_why_undecided(tmp_path: Path) -> None:
    """The reason is that of the model that has no p; a note beside a p is none."""
    said = (YES_AND_SILENT, SILENT_AND_YES, SILENT, BOTH)
    found = figures(tmp_path / "x.parquet", Agree.ALL, *said)
    assert as_json(found.undecided) == {"count": 3, "reasons": {"too_long": 3}}


@pytest.mark.parametrize(
    ("agree", "best_first"),
    [(Agree.ALL, [(0.9, 0.8), (0.7, 0.7)]), (Agree.ANY, [(0.2, 0.99), (0.9, 0.8), (None, 0.85), (0.7, 0.7)])],
)
def test_most_confident(tmp_path: Path, agree: Agree, best_first: list[tuple[float | None, float]]) -> None:
    """By the p that spoke for the verdict: the lower where both must agree, else the higher."""
    said = (ON_THE_EDGE, SILENT_AND_YES, SECOND, BOTH, NEITHER)
    found = figures(tmp_path / "x.parquet", agree, *said)
    pairs = [(example["p"], example["p_2"]) for example in as_json(found)["examples"]]
    assert [tuple(p and round(p, 4) for p in pair) for pair in pairs] == best_first
    console = Console(file=StringIO(), width=200)
    console.print(report_tables(found))
    assert isinstance(console.file, StringIO)
    lines = [line.split() for line in console.file.getvalue().splitlines()]
    shown = lines[1 + lines.index(["p", "p", "2", "gold", "answer", "question"]) :]
    assert [line[:-3] for line in shown] == [[f"{p:.3f}" for p in pair if p] for pair in best_first]


def test_on_the_threshold(tmp_path: Path) -> None:
    """A p that is the threshold itself counts, though the column holds it less exactly."""
    found = figures(tmp_path / "x.parquet", Agree.ALL, ON_THE_EDGE, threshold=0.7).models
    assert found is not None
    assert (found.all_yes, found.share, found.kappa) == (1, 1.0, None)


def test_nothing_asked(tmp_path: Path) -> None:
    """Of nothing there is no share."""
    found = figures(tmp_path / "x.parquet", Agree.ALL, SILENT).models
    assert found is not None
    assert (found.scored_by_all, found.share, found.kappa) == (0, None, None)
