"""The figures of an evaluation: what they are by their schema, and in words."""

import json
import re
from io import StringIO

import pytest
from rich.console import Console

from tests.evaluations import FORMATS, attack, evaluation
from tests.pages import HOSTILE, SHOWN
from tests.schemas import check_all_is_said, valid
from tinyv_cli.evaluation.records import EVALUATION_VERSION, Evaluation, evaluation_schema
from tinyv_cli.evaluation.tables import evaluation_markdown, evaluation_tables
from tinyv_cli.figures.spelling import percent

RULES, MODELS = ("math-verify", "exact"), ("nano", "other")
# What needs no description beside its name.
PLAIN = {
    *("schema_version", "made", "tinyv", "date", "sources", "read", "rows", "examples", "rules", "models"),
    *("name", "rule", "model", "first", "second", "value", "interval", "seconds", "count", "reason"),
    *("pairs", "correct", "wrong", "undecided", "refused", "refused_correct", "only_first_right"),
    *("only_second_right", "format", "bytes", "guards", "verifiers", "comparisons", "calibration", "worst"),
    *("thresholds", "wanted", "limit", "fpr", "recall", "pattern", "patterns", "reasons", "bare", "guarded"),
}

EVALUATIONS: dict[str, Evaluation] = {
    "a rule": evaluation(pairs=200, models=())[0],
    "all there is": evaluation(
        pairs=400, rules=RULES, models=MODELS, formats=FORMATS, attack=attack(RULES, MODELS, undecided=3)
    )[0],
    "no groups": evaluation(pairs=100, by=None)[0],
    "few pairs": evaluation(pairs=9)[0],
    "no pairs": evaluation(pairs=0, attack=attack((), ()))[0],
}


def told(figures: Evaluation, width: int = 100) -> str:
    """What a terminal shows."""
    console = Console(file=StringIO(), width=width)
    console.print(evaluation_tables(figures))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("name", EVALUATIONS)
def test_schema(name: str) -> None:
    """Every figure is described, and of the kind that is described."""
    assert valid(EVALUATIONS[name], evaluation_schema())["schema_version"] == EVALUATION_VERSION


def test_nothing_goes_unsaid() -> None:
    """What is printed is described whole, and no more than that is allowed."""
    check_all_is_said(evaluation_schema(), plain=PLAIN)


@pytest.mark.parametrize("name", EVALUATIONS)
def test_told_alike(name: str) -> None:
    """Terminal and Markdown say the same figures, the latter more of them; neither says anything else."""
    figures = EVALUATIONS[name]
    on_screen, markdown = told(figures, width=200), evaluation_markdown(figures)
    for verifier in figures.verifiers:
        if figures.read.pairs:
            assert percent(verifier.all.recall.value) in on_screen
            assert percent(verifier.all.recall.value) in markdown
            assert f"{verifier.all.tp:,}" in markdown
    for text in (on_screen, markdown):
        assert ("how often a wrong response counts" in text) == (figures.attack is not None)
        assert ("formats, on the pairs" in text) == (figures.ladder is not None)


def test_few_pairs_are_marked() -> None:
    """Verifiers and groups of few pairs have a mark, and what it means stands above them."""
    figures = EVALUATIONS["few pairs"]
    for text in (told(figures), evaluation_markdown(figures)):
        assert "; † few pairs" in text
        assert "nano †" in text
        assert re.search(r"\b\d†", text)


def test_side_by_side() -> None:
    """A terminal has room for three verifiers; Markdown sets all in one table."""
    figures = EVALUATIONS["all there is"]
    title = f"on all {figures.read.pairs} pairs"
    assert told(figures).count(title) == 3
    assert evaluation_markdown(figures).count(title) == 1


def test_names_are_text() -> None:
    """Nothing in a name acts, on a terminal or in Markdown."""
    figures, _ = evaluation(pairs=100, rules=(HOSTILE,), by=HOSTILE, groups=[HOSTILE, "b"], label=HOSTILE)
    on_screen, markdown = told(figures), evaluation_markdown(figures)
    assert "\x1b" not in on_screen + markdown
    assert SHOWN[:20] in on_screen
    assert "<script>" not in markdown.replace(f"`{SHOWN[:39]}", "")


def test_same_as_json() -> None:
    """Records are the data: what is printed can be read again."""
    figures = EVALUATIONS["all there is"]
    printed = valid(figures, evaluation_schema())
    assert json.loads(json.dumps(printed)) == printed
    assert printed["ladder"][0]["format"] == "F16"
    assert printed["attack"]["worst"]["models"]["nano"]["bare"]["pattern"] == "an empty answer"
    assert list(printed["verifiers"][-1])[:4] == ["name", "rule", "proofs", "model"]
