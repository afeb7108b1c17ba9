"""What an annotated file says of how it was made."""

import json
from dataclasses import replace
from importlib.metadata import version

import pytest

from tinyv_cli import __version__
from tinyv_cli.documents.provenance import Tally, provenance
from tinyv_cli.errors import UsageError
from tinyv_cli.records import (
    Answer,
    Evidence,
    Example,
    How,
    Judged,
    ModelResult,
    Proof,
    RuleOutcome,
    RuleResult,
    Shown,
    Verdict,
)
from tinyv_cli.rules import opened_rule
from tinyv_cli.rules.presets import LIBRARIES
from tinyv_cli.sources import Source
from tinyv_cli.sources.mapping import Mapping


def judged(rule: RuleOutcome, verdict: Verdict, *, asked: bool) -> Judged:
    example = Example(0, 0, "q", ("6",), "5")
    opinions = (ModelResult(0.5),) if asked else ()
    return Judged(example, Answer("5", How.WHOLE), RuleResult(rule), verdict, None, opinions)


ACCEPTED = judged(RuleOutcome.ACCEPT, Verdict.CORRECT, asked=False)
RECOVERED = judged(RuleOutcome.REJECT, Verdict.CORRECT, asked=True)
SETTLED = judged(RuleOutcome.UNDECIDED, Verdict.CORRECT, asked=True)
WRONG = judged(RuleOutcome.REJECT, Verdict.INCORRECT, asked=True)
REFUSED = judged(RuleOutcome.REJECT, Verdict.INCORRECT, asked=False)
CUT = replace(WRONG, example=replace(WRONG.example, question_cut=True))


@pytest.mark.parametrize(
    ("windows", "examples", "false_negatives", "model_asked", "question_cut"),
    [
        ([[]], 0, 0, 0, 0),
        ([[ACCEPTED]], 1, 0, 0, 0),
        ([[ACCEPTED, RECOVERED], [SETTLED, CUT, REFUSED]], 5, 2, 3, 1),
    ],
)
def test_tally(
    windows: list[list[Judged]], examples: int, false_negatives: int, model_asked: int, question_cut: int
) -> None:
    """Counts add up over the windows; each addition tells how many false negatives it brought."""
    tally = Tally()
    assert sum(tally.add(window, ["responses"]) for window in windows) == false_negatives
    assert list(tally.exploded) == ["responses"]
    assert dict(tally.counts) == {
        "examples": examples,
        "false_negatives": false_negatives,
        "proved": 0,
        "proofs_broken_off": 0,
        "model_asked": model_asked,
        "question_cut": question_cut,
    }


def test_tally_of_proofs() -> None:
    """What was proved is counted, and which searches were broken off."""
    tally = Tally()
    proof = Shown(Proof((), "5", "5"))
    tally.add([replace(ACCEPTED, rule=WRONG.rule, evidence=Evidence.PROOF, shown=proof)], [])
    tally.add([replace(WRONG, shown=Shown(reason="timeout")), WRONG], [])
    assert (tally.counts["proved"], tally.counts["proofs_broken_off"]) == (1, 1)


def source(name: str) -> Source:
    return Source(name, name, 123, lambda: iter(()))


def test_provenance() -> None:
    """Versions, rule, model, threshold, fields and sources: enough to explain every verdict, as JSON."""
    tally = Tally()
    tally.add([RECOVERED], [])
    tally.mappings["a.jsonl"] = Mapping(question=None, gold="answer", response="output")
    found = provenance(
        tally=tally,
        sources=[source("a.jsonl"), source("b.jsonl")],
        rules=["math-verify", "exact"],
        models=[],
        threshold=0.7,
    )
    found = json.loads(json.dumps(found))
    assert found["versions"]["tinyv"] == __version__
    assert found["rule"]["versions"]["math-verify"] == version("math-verify")
    assert set(found["rule"]["versions"]) == set(LIBRARIES)
    assert found["other_rules"] == [{"name": "exact", "column": "tinyv_rule_exact", "versions": {}}]
    assert (found["model"], found["threshold"], found["mode"]) == ({"name": "none"}, 0.7, "addon")
    mapping: dict[str, object] = {
        "question": None,
        "gold": "answer",
        "response": "output",
        "label": None,
        "by": None,
        "recorded": [],
        "dialect": "plain",
        "group": None,
        "verdicts": [],
        "paired": [],
        "gold_index": None,
        "truths": [],
        "once": None,
        "listed": False,
        "gold_each": False,
        "notes": [],
    }
    assert "other_models" not in found and "agree" not in found
    assert found["mapping"] == mapping
    assert found["sources"] == [
        {"name": "a.jsonl", "size": 123, "mapping": mapping},
        {"name": "b.jsonl", "size": 123, "mapping": None},
    ]
    assert found["counts"] == {
        "examples": 1,
        "false_negatives": 1,
        "proved": 0,
        "proofs_broken_off": 0,
        "model_asked": 1,
        "question_cut": 0,
    }


def test_nothing_read() -> None:
    """A run that read nothing has no fields to tell of."""
    found = provenance(tally=Tally(), sources=[], rules=["math-verify", "exact"], models=[], threshold=0.5)
    assert (found["mapping"], found["sources"], found["counts"]) == (None, [], {})


def test_unknown_rule() -> None:
    """A rule that is not there is refused with those that are."""
    with pytest.raises(UsageError, match="no rule is named 'x'; there are: math-verify"):
        opened_rule("x", workers=1, timeout=1.0, memory=1 << 30).__enter__()
