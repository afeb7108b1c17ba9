"""The figures of a small annotated file, worked out by hand."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.annotated import LIKELY, METADATA, WRONG, annotated, figures_of
from tinyv_cli.documents.audited import open_audited
from tinyv_cli.documents.sinks import ParquetSink
from tinyv_cli.errors import SourceError
from tinyv_cli.figures.records import as_json
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
    Step,
    Verdict,
)
from tinyv_cli.report.groups import MAX_GROUPS
from tinyv_cli.report.lines import judged
from tinyv_cli.report.listing import TOP_EXAMPLES
from tinyv_cli.report.summary import summarise
from tinyv_cli.sources.explode import explode
from tinyv_cli.sources.mapping import Mapping
from tinyv_cli.sources.rows import DictRows
from tinyv_cli.words import METADATA_KEY

ACCEPT, REJECT = RuleResult(RuleOutcome.ACCEPT), RuleResult(RuleOutcome.REJECT)
TIMEOUT, NO_GOLD = (RuleResult(RuleOutcome.UNDECIDED, reason) for reason in ("timeout", "no_gold"))
CORRECT, INCORRECT, UNDECIDED = Verdict.CORRECT, Verdict.INCORRECT, Verdict.UNDECIDED
MAPPING = Mapping(question="question", gold="gold", response="response", label="truth", by="source")

# What the rule and the model said, the model's reason or the leaf of a proof, and the verdict.
Says = tuple[RuleResult, float | None, str | None, Verdict]
YES: Says = (ACCEPT, None, None, CORRECT)
NOTHING: Says = (NO_GOLD, None, None, UNDECIDED)
REFUSED: Says = (REJECT, None, "guard:no_content", INCORRECT)


def proved(leaf: str) -> Says:
    """The rule rejected it, and a proof was found."""
    return REJECT, None, f"proof:{leaf}", CORRECT


def asked(p: float, rule: RuleResult = REJECT) -> Says:
    """The rule did not accept, and the model said p."""
    return rule, p, None, CORRECT if p >= 0.5 else INCORRECT


# Question, gold, source, and for each rollout what the stages said and what is true.
ROWS: list[tuple[str, str | None, str | None, list[tuple[Says, bool | None]]]] = [
    ("q0", "6", "a", [(YES, True), (YES, True), (asked(0.9), True), (asked(0.1), False)]),
    ("q1", "6", "a", [(asked(0.8), True), (asked(0.7), False)]),
    ("q2", "6", "b", [(asked(0.2), False), (asked(0.95, TIMEOUT), True)]),
    ("q3", "6", "b", [(YES, True)]),
    ("q4", None, None, [(NOTHING, None), (NOTHING, None)]),
    ("q5", "6", "b", [(REFUSED, False)]),
]


def judge(example: Example, says: Says) -> Judged:
    rule, p, reason, verdict = says
    answer = Answer(example.response, How.WHOLE)
    if reason and reason.startswith("proof:"):
        proof = Proof((Step(reason.removeprefix("proof:"), "as one can see"),), "6", "6")
        return Judged(example, answer, rule, verdict, Evidence.PROOF, shown=Shown(proof))
    refusal = reason.removeprefix("guard:") if reason and reason.startswith("guard:") else None
    opinions = () if refusal or (p is None and reason is None) else (ModelResult(p, reason),)
    return Judged(example, answer, rule, verdict, Evidence.MODEL, opinions, refusal)


def metadata(mapping: Mapping | None = MAPPING, *, model_asked: int = 0) -> dict[str, Any]:
    return {
        "rule": {"name": "math-verify"},
        "model": {"name": "nano"},
        "threshold": 0.5,
        "proofs": {"version": "x", "rounds": True, "within": None, "any_form": False},
        "mapping": mapping and {"by": mapping.by, "label": mapping.label},
        "counts": {"model_asked": model_asked},
    }


def written(path: Path, rows: list[dict[str, Any]], says: list[Says], **more: Any) -> dict[str, Any]:
    """Figures of an annotated file of these rows, one response each."""
    rows = [{"question": "q", "gold": "6", "response": str(n), **row} for n, row in enumerate(rows)]
    window = explode(DictRows(rows), MAPPING, first_row=0)
    sink = ParquetSink(path)
    sink.write(window, [judge(example, said) for example, said in zip(window.examples, says, strict=True)])
    sink.commit(metadata(**more))
    return figures_of(path)


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The figures of ROWS."""
    path = tmp_path_factory.mktemp("summary") / "x.parquet"
    sink = ParquetSink(path)
    for number, (question, gold, source, rollouts) in enumerate(ROWS):
        same = {"question": question, "gold": gold, "source": source}
        rows = [{**same, "response": f"r{n}", "truth": truth} for n, (_, truth) in enumerate(rollouts)]
        window = explode(DictRows(rows), MAPPING, first_row=0)
        examples = [replace(example, row=number, rollout=n) for n, example in enumerate(window.examples)]
        sink.write(
            window, [judge(example, says) for example, (says, _) in zip(examples, rollouts, strict=True)]
        )
    sink.commit(metadata(model_asked=6))
    return figures_of(path)


def test_names(figures: dict[str, Any]) -> None:
    """Who judged, and by which threshold."""
    assert (figures["rule_name"], figures["model_name"], figures["threshold"]) == ("math-verify", "nano", 0.5)


def test_read(figures: dict[str, Any]) -> None:
    """Six rows hold twelve examples, two of them without a gold."""
    assert figures["read"] == {
        "rows": 6,
        "examples": 12,
        "no_gold": 2,
        "sentinel_gold": 0,
        "no_response": 0,
        "no_answer": 0,
        "copies": 0,
        "question_cut": 0,
    }


@pytest.mark.parametrize(
    ("rows", "copies"),
    [
        ([{"response": "1"}] * 3, 2),
        ([{"response": "1"}, {"response": "2"}], 0),
        ([{"response": "1"}, {"response": "1", "gold": "7"}], 0),
        ([{"response": "1"}, {"response": "1", "question": "p"}], 0),
        ([{"response": "1", "gold": None}] * 2, 1),
        ([{"response": "1", "question": None}] * 2, 0),
        ([{"response": "1", "question": ""}] * 2, 0),
        ([{"response": None}] * 2, 0),
        ([{"response": "1", "gold": ""}, {"response": "1", "gold": None}, {"response": "1", "gold": "1"}], 1),
    ],
)
def test_copies(rows: list[dict[str, Any]], copies: int, tmp_path: Path) -> None:
    """A copy has the question, gold and response of an earlier example; without a text it is none."""
    assert written(tmp_path / "x.parquet", rows, [YES] * len(rows))["read"]["copies"] == copies


def test_rule(figures: dict[str, Any]) -> None:
    """Accepted, rejected and undecided add up to all examples; the reasons to the undecided."""
    reasons = {"no_gold": 2, "timeout": 1}
    assert figures["rule"] == {"accept": 3, "reject": 6, "undecided": 3, "reasons": reasons}


def test_model(figures: dict[str, Any]) -> None:
    """The model was asked of what the rule did not accept, but not of what the guard refused."""
    nothing_cut = {"examples": 0, "question": 0, "gold": 0, "answer": 0}
    said = {"asked": 6, "scored": 6, "close": 0, "reasons": {"guard:no_content": 1}, "cut": nothing_cut}
    assert figures["model"] == said


def test_what_was_cut(tmp_path: Path) -> None:
    """What a model, whichever, did not see whole is counted by its part, and told in a line."""
    notes = ["cut:question", "cut:question+answer", "cut:gold", None, "too_long"]
    lines = [WRONG | {"model_reason": note} for note in notes] + [WRONG | {"model_reason_2": "cut:answer"}]
    metadata = METADATA | {"other_models": [{"name": "b"}], "agree": "all"}
    summary = summarise(open_audited(annotated(tmp_path / "x.parquet", lines, metadata)))
    assert as_json(summary.model)["cut"] == {"examples": 4, "question": 2, "gold": 1, "answer": 2}
    [told] = [said for name, said in judged(summary) if name == "cut for the model"]
    assert told == "4 examples, longer than what it reads: the answer of 2, the gold of 1, the question of 2"


def test_verdicts(figures: dict[str, Any]) -> None:
    """Verdicts, most frequent first."""
    assert list(figures["verdicts"].items()) == [("correct", 7), ("incorrect", 3), ("undecided", 2)]


def test_false_negatives(figures: dict[str, Any]) -> None:
    """Three of the six that were rejected, one of the three undecided: of nine in all, and of seven right."""
    found = figures["false_negatives"]
    assert found == {
        "count": 4,
        "proved": 0,
        "rounded": 0,
        "likely": 4,
        "among_rejected": 3,
        "among_undecided": 1,
        "rejected": 6,
        "share": 0.5,
        "interval": pytest.approx((0.1876, 0.8124), abs=5e-5),
        "not_accepted": 9,
        "of_not_accepted": {"value": 4 / 9, "interval": pytest.approx((0.1888, 0.7333), abs=5e-5)},
        "right": 7,
        "lost": {"value": 4 / 7, "interval": pytest.approx((0.2505, 0.8418), abs=5e-5)},
    }


def test_by(figures: dict[str, Any]) -> None:
    """Groups, the largest first; rows without a group have one of their own."""
    [by] = figures["by"]
    assert (by["column"], by["count"]) == ("source", 3)
    counted = ("value", "examples", "rejected", "false_negatives", "among_rejected", "share")
    assert [tuple(group[name] for name in counted) for group in by["groups"]] == [
        ("a", 6, 4, 3, 3, 0.75),
        ("b", 4, 2, 1, 0, 0.0),
        ("(none)", 2, 0, 0, 0, None),
    ]
    assert [group["small"] for group in by["groups"]] == [True, True, True]
    assert [group["questions"] and group["questions"]["count"] for group in by["groups"]] == [2, 1, 1]
    intervals = [group["interval"] for group in by["groups"]]
    assert intervals[0] == pytest.approx((0.3006, 0.9544), abs=5e-5)
    assert intervals[1] == pytest.approx((0.0, 0.6576), abs=5e-5)
    assert intervals[2] is None


def test_questions(figures: dict[str, Any]) -> None:
    """Of the four questions with several rollouts, pass rates are ½ 0 0 0 before and ¾ 1 ½ 0 after."""
    expected = {
        "count": 4,
        "pass_rate_before": 0.125,
        "pass_rate_after": 0.5625,
        "prompt_efficiency_before": 0.25,
        "prompt_efficiency_after": 0.5,
    }
    assert {name: figures["questions"][name] for name in expected} == expected


def test_undecided(figures: dict[str, Any]) -> None:
    """What is undecided in the end; the time-out, which the model settled, is not."""
    assert figures["undecided"] == {"count": 2, "reasons": {"no_gold": 2}}


def test_label(figures: dict[str, Any]) -> None:
    """Of four flagged, three are right; three right ones were not accepted."""
    assert figures["label"] == {
        "column": "truth",
        "flagged": 4,
        "flagged_right": 3,
        "proved": 0,
        "proved_right": 0,
        "right_not_accepted": 3,
        "share": 0.75,
        "interval": pytest.approx((0.3006, 0.9544), abs=5e-5),
    }


def test_examples(figures: dict[str, Any]) -> None:
    """The most confident first, each with what is needed to look at it."""
    found = figures["examples"]
    assert [(example["row"], example["rollout"]) for example in found] == [(2, 1), (0, 2), (1, 0), (1, 1)]
    assert [example["p"] for example in found] == pytest.approx([0.95, 0.9, 0.8, 0.7])
    assert {name: found[0][name] for name in ("question", "gold", "answer")} == {
        "question": "q2",
        "gold": "6",
        "answer": "r1",
    }


def test_proofs(tmp_path: Path) -> None:
    """What was proved is counted apart, by leaf, with one of each to look at."""
    says = [proved("6.1"), proved("5.2"), asked(0.9), proved("6.1"), asked(0.1), YES]
    truths = [True, False, True, True, True, True]
    rows: list[dict[str, Any]] = [{"truth": truth, "source": "a"} for truth in truths]
    found = written(tmp_path / "x.parquet", rows, says)
    counted = found["false_negatives"]
    assert (counted["count"], counted["proved"], counted["likely"]) == (4, 3, 1)
    leaves = {leaf["leaf"]: leaf["proved"] for leaf in found["categories"]["leaves"] if leaf["count"]}
    assert (leaves, found["categories"]["without"]) == ({"5.2": 1, "6.1": 2}, 1)
    shown = [(each["leaf"], each["count"], each["row"], each["proof"]) for each in found["proved_examples"]]
    assert shown == [("6.1", 2, 0, "as one can see"), ("5.2", 1, 1, "as one can see")]
    assert [example["row"] for example in found["examples"]] == [2]
    [group] = found["by"][0]["groups"]
    assert (group["proved"], group["likely"]) == (3, 1)
    label = found["label"]
    assert (label["flagged"], label["flagged_right"], label["proved"], label["proved_right"]) == (4, 3, 3, 2)


def test_plain_data(figures: dict[str, Any]) -> None:
    """All figures are JSON."""
    assert json.loads(json.dumps(figures, allow_nan=False))["read"] == figures["read"]


def test_only_the_best_examples(tmp_path: Path) -> None:
    """However many were found, a few are shown: the best."""
    says = [asked(0.5 + n / 100) for n in range(3 * TOP_EXAMPLES)]
    found = written(tmp_path / "x.parquet", [{}] * len(says), says)["examples"]
    assert [example["row"] for example in found] == list(range(len(says)))[: -TOP_EXAMPLES - 1 : -1]


def test_many_groups(tmp_path: Path) -> None:
    """Only the largest groups are listed, and how many there are is said."""
    groups = MAX_GROUPS + 5
    rows = [{"source": f"s{n:02}"} for n in range(groups) for _ in range(1 + n)]
    [by] = written(tmp_path / "x.parquet", rows, [YES] * len(rows))["by"]
    assert by["count"] == groups
    assert [group["value"] for group in by["groups"]] == [f"s{n:02}" for n in range(groups)][
        : -MAX_GROUPS - 1 : -1
    ]


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ([{"question": "q"}, {"question": "q"}], 1),
        ([{"question": "q", "gold": "5"}, {"question": "q", "gold": "6"}], 0),
        ([{"question": ""}, {"question": ""}], 0),
        ([{"question": None}, {"question": None}], 0),
        ([{"question": "q", "gold": None}, {"question": "q", "gold": None}], 1),
        ([{"question": "qa", "gold": "b"}, {"question": "q", "gold": "ab"}], 0),
    ],
)
def test_what_a_question_is(rows: list[dict[str, Any]], count: int, tmp_path: Path) -> None:
    """Rows with the same text and gold are one question, also in other rows; without a text, each row is."""
    questions = written(tmp_path / "x.parquet", rows, [YES] * len(rows))["questions"]
    assert (questions["count"] if questions else 0) == count


@pytest.mark.parametrize(
    ("labels", "flagged", "right", "missed"),
    [
        ([True, False, True], 2, 1, 2),
        ([1, 0, 1], 2, 1, 2),
        ([1.0, 0.0, None], 2, 1, 1),
        (["Yes", "no", "TRUE"], 2, 1, 2),
        ([" true", "false ", "no"], 2, 1, 1),
        (["true", "n/a", "n/a"], 1, 1, 1),
        ([None, None, None], 0, 0, 0),
    ],
)
def test_spelling_of_labels(labels: list[Any], flagged: int, right: int, missed: int, tmp_path: Path) -> None:
    """Labels count however they spell a truth value; a label that says neither is not known."""
    says = [asked(0.9), asked(0.8), asked(0.1)]
    label = written(tmp_path / "x.parquet", [{"truth": truth} for truth in labels], says)["label"]
    assert (label["flagged"], label["flagged_right"], label["right_not_accepted"]) == (flagged, right, missed)


@pytest.mark.parametrize(
    ("path", "value", "shown"),
    [
        ("meta.source", {"source": "a"}, "a"),
        ("meta.deep.er", {"deep": {"er": 5}}, "5"),
        ("meta", {"source": "a"}, None),
        ("meta", ["a"], None),
        ("meta.0", ["a"], "a"),
        ("meta.nowhere", {"source": "a"}, None),
        ("meta.source", "text", None),
        ("meta.source", None, None),
        ("meta.source.deeper", {"source": "a"}, None),
    ],
)
@pytest.mark.parametrize("role", ["by", "label"])
def test_odd_paths(role: str, path: str, value: Any, shown: str | None, tmp_path: Path) -> None:
    """A path into a column that cannot be followed ends no run: the verdicts are there, the split is not."""
    mapping = replace(Mapping(question=None, gold="gold", response="response"), **{role: path})  # type: ignore[arg-type]
    found = written(tmp_path / "x.parquet", [{"meta": value}], [asked(0.9)], mapping=mapping)
    assert found["false_negatives"]["count"] == 1
    if role == "by":
        assert [group["value"] for by in found["by"] for group in by["groups"]] == ([shown] if shown else [])


def test_dotted_column(tmp_path: Path) -> None:
    """A column whose own name holds a dot is found."""
    mapping = Mapping(question=None, gold="gold", response="response", by="meta.source")
    found = written(tmp_path / "x.parquet", [{"meta.source": "a"}], [YES], mapping=mapping)
    assert [group["value"] for group in found["by"][0]["groups"]] == ["a"]


@pytest.mark.parametrize("mapping", [None, Mapping(None, "gold", "response"), MAPPING])
def test_no_groups_and_labels(mapping: Mapping | None, tmp_path: Path) -> None:
    """Without a column there is no split and no comparison with labels."""
    found = written(tmp_path / "x.parquet", [{}], [YES], mapping=mapping)
    assert (found["by"], found["label"], found["questions"]) == ([], None, None)


def test_reasons(tmp_path: Path) -> None:
    """Where the model failed its reason counts, else the rule's."""
    says: list[Says] = [
        (TIMEOUT, None, None, UNDECIDED),
        (TIMEOUT, None, "too_long", UNDECIDED),
        (REJECT, None, "too_long", UNDECIDED),
    ]
    found = written(tmp_path / "x.parquet", [{}] * 3, says)
    assert found["undecided"] == {"count": 3, "reasons": {"too_long": 2, "timeout": 1}}
    assert found["model"]["scored"] == 0
    assert found["false_negatives"]["share"] == 0.0


def test_nothing_rejected(tmp_path: Path) -> None:
    """Of nothing there is no share, and no interval."""
    found = written(tmp_path / "x.parquet", [{}], [YES])["false_negatives"]
    assert (found["count"], found["share"], found["interval"]) == (0, None, None)


def test_metadata(tmp_path: Path) -> None:
    """The metadata that a run wrote is read back; a file of others has none and is refused."""
    written(tmp_path / "x.parquet", [{}], [YES])
    assert open_audited(tmp_path / "x.parquet").metadata == metadata()
    pq.write_table(pa.table({"a": [1]}), tmp_path / "other.parquet")
    with pytest.raises(SourceError, match=r"other\.parquet: was not written by"):
        figures_of(tmp_path / "other.parquet")


def test_a_damaged_file(tmp_path: Path) -> None:
    """What lies between the ends of the file may be unreadable: that is told in one line."""
    path = annotated(tmp_path / "x.parquet", [LIKELY])
    content = path.read_bytes()
    path.write_bytes(content[:4] + bytes(200) + content[204:])
    with pytest.raises(SourceError, match=r"x\.parquet: is damaged \(.*\); make it again"):
        figures_of(path)


def test_a_name_is_no_pattern(tmp_path: Path) -> None:
    """Brackets in the name of a file are taken as they are."""
    assert written(tmp_path / "x[1]*.parquet", [{}], [YES])["read"]["examples"] == 1


def test_not_accepted(figures: dict[str, Any]) -> None:
    """What became of what the rule rejected, and of what it could not decide."""
    assert figures["not_accepted"] == {
        "reject": {"count": 6, "proved": 0, "rounded": 0, "likely": 3, "incorrect": 3, "undecided": 0},
        "undecided": {"count": 3, "proved": 0, "rounded": 0, "likely": 1, "incorrect": 0, "undecided": 2},
    }


def test_by_several(tmp_path: Path) -> None:
    """By whatever columns one likes, also ours; the one that the file was made with is then left out."""
    rows = [{"source": "a", "meta": {"level": n}} for n in range(2)]
    path = tmp_path / "x.parquet"
    written(path, rows, [asked(0.9), YES])
    found = figures_of(path, by=["meta.level", "tinyv_rule"])["by"]
    assert [(by["column"], sorted(group["value"] for group in by["groups"])) for by in found] == [
        ("meta.level", ["0", "1"]),
        ("tinyv_rule", ["accept", "reject"]),
    ]


@pytest.mark.parametrize("column", ["level", "meta", "meta.depth", "sources"])
def test_by_what_is_not_there(column: str, tmp_path: Path) -> None:
    """A column that is asked for must be there and hold plain values; what there is, is said."""
    path = tmp_path / "x.parquet"
    written(path, [{"source": "a", "meta": {"level": 1}}], [YES])
    with pytest.raises(SourceError, match=rf"x\.parquet: no column '{column}' .*it has question, gold"):
        figures_of(path, by=["source", column])


def test_files_of_older_runs(tmp_path: Path) -> None:
    """A column that came later is not missed."""
    path = tmp_path / "x.parquet"
    written(path, [{}, {}], [asked(0.9), YES])
    table = pq.read_table(path).drop_columns("tinyv_lost_in")
    pq.write_table(table.replace_schema_metadata({METADATA_KEY: json.dumps(metadata())}), path)
    found = figures_of(path, listed=5)
    assert (found["lost_in"], found["listing"][0]["lost_in"]) == (None, None)


@pytest.mark.parametrize(("examples", "only"), [(3, "rejected"), (2, None)])
def test_a_part_of_the_examples(examples: int, only: str | None, tmp_path: Path) -> None:
    """A file that holds only some of what was read says so; what is computed of it is of these alone."""
    lines = [WRONG, LIKELY]
    told = METADATA | {"only": "rejected", "counts": {"examples": examples}}
    assert figures_of(annotated(tmp_path / "x.parquet", lines, told))["only"] == only
