"""The figures are what their schema says, whatever the file."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.annotated import ACCEPTED, LIKELY, METADATA, PROVED, SILENT, WRONG, Line, annotated
from tests.report.test_estimate import LINES, POINT, calibration, labelled
from tests.schemas import check_all_is_said, objects, valid
from tinyv_cli.documents.audited import open_audited
from tinyv_cli.report.summary import SUMMARY_VERSION, report_schema, summarise

SCHEMA = report_schema()

# What stands in a file only under some circumstances.
OPTIONAL = frozenset({"p_2", "accepted_by", "pass_rates"})

UNREADABLE: Line = {"rule": "undecided", "rule_reason": "gold_unparsable", "verdict": "undecided"}
MANY: list[Line] = [
    *[ACCEPTED | {"source": "a"}, LIKELY | {"source": "a"}, PROVED, SILENT, LIKELY | {"category": "9.9"}],
    *[WRONG | {"question": "outvoted", "answer": "7"}] * 3,
    UNREADABLE,
    WRONG | {"gold": "yes", "answer": "yes"},
]
TWO = {"other_models": [{"name": "b"}], "agree": "any"}
CASCADE = {"other_models": [{"name": "b"}], "sure": 0.98}
OTHERS = {"other_rules": [{"name": "exact", "column": "tinyv_rule_exact"}]}

# Of the metadata, what is None is left out.
FILES: dict[str, tuple[list[Line], dict[str, Any], dict[str, Any]]] = {
    "many": (MANY, {"mapping": {"by": "source", "label": "truth"}}, {"listed": 9}),
    "labelled by the input": ([{"truth": True} | line for line in MANY], {"mapping": {"label": "truth"}}, {}),
    "empty": ([], {}, {"listed": 9}),
    "of others' making": ([ACCEPTED], dict.fromkeys(("model", "proofs", "counts")), {}),
    "proofs alone": ([PROVED, WRONG | {"p": None, "evidence": "rule"}], {"model": {"name": "none"}}, {}),
    "two models": ([{"p_2": 0.6, "model_reason_2": "note"} | LIKELY], TWO, {"listed": 9}),
    "a cascade": (
        [
            LIKELY | {"p_2": 0.6, "settled_by": 2},
            WRONG | {"p": 0.01, "settled_by": 1, "model_reason": "cut:question+gold"},
            SILENT | {"p": 0.3, "model_reason": None, "model_reason_2": "server:gone"},
        ],
        CASCADE,
        {"listed": 9},
    ),
    "several rules": ([{"tinyv_rule_exact": "accept"} | LIKELY], OTHERS, {}),
    "lost": ([LIKELY | {"lost_in": "extraction"}], {}, {}),
    "by several": (MANY, {}, {"by": ["source", "tinyv_evidence"]}),
    "calibrated": (LINES, {}, {"calibration": calibration()}),
    "not better than chance": (LINES, {}, {"calibration": calibration(replace(POINT, fp=90, tn=10))}),
    "labels": (LINES, {}, {"labels": labelled(range(30), 20), "labels_file": "x"}),
    "labels of the rest": (LINES, {}, {"labels": labelled(range(60, 80), 2), "labels_file": "x"}),
}


# Names that say all, wherever they stand.
PLAIN = set(
    "row rollout question gold answer proof response name column value count rows examples rollouts accept "
    "reject undecided leaf category size labelled right proved likely incorrect file rule_name threshold "
    "tp fn fp tn".split()
)


@pytest.mark.parametrize("name", FILES)
def test_figures(tmp_path: Path, name: str) -> None:
    """Every figure is described, and of the kind that is described."""
    lines, metadata, given = FILES[name]
    described = {name: value for name, value in (METADATA | metadata).items() if value is not None}
    figures = summarise(open_audited(annotated(tmp_path / "x.parquet", lines, described)), **given)
    assert valid(figures, SCHEMA)["schema_version"] == SUMMARY_VERSION


def test_nothing_goes_unsaid() -> None:
    """No object may hold more than what is described, and all of that is there."""
    assert len(list(objects(SCHEMA))) > 20
    check_all_is_said(SCHEMA, plain=PLAIN, optional=OPTIONAL)
