"""Two audits side by side: another step of a training, another rule, another model.

The difference of the scores is paired by question: its variance is that of the sums of residuals of each
question in both, which are independent where only one of the audits has the question (Miller 2024,
arXiv 2411.00640).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import isnan
from typing import Any, Literal

import polars as pl

from tinyv_cli.documents.audited import Audited
from tinyv_cli.figures.queries import (
    HAS_TEXTS,
    SAME,
    by_turns,
    collect,
    texts_of,
    values_at,
)
from tinyv_cli.figures.records import (
    JSON,
    UNKNOWN_SHARE,
    Count,
    Proportion,
    Share,
    record,
    schema_of,
    told,
)
from tinyv_cli.figures.statistics import Z_95
from tinyv_cli.report.categories import Leaf, category_figures
from tinyv_cli.report.groups import MAX_GROUPS, NO_VALUE, check_columns
from tinyv_cli.report.questions import AFTER, BEFORE, STATES, State, passes
from tinyv_cli.report.records import FalseNegatives
from tinyv_cli.report.score import Score, by_question, score_figures
from tinyv_cli.report.summary import false_negatives, looked_at

COMPARISON_VERSION: Literal[1] = 1
SHOWN = 20
SIDES = ("first", "second")


@record
class Side:
    """One of the two audits."""

    file: str
    rule_name: str | None
    model_name: str | None = told("'none' where no model was asked.")
    threshold: float | None = told("From which p on an answer counts as correct.")
    score: Score
    false_negatives: FalseNegatives


@record
class Change:
    """A score in both, and by how much the second one is higher."""

    first: Proportion | None
    second: Proportion | None
    difference: float | None = told("second less first.")
    interval: tuple[float, float] | None = told("95%, paired by question; null of one question.")


@record
class ScoreChange:
    """The score of both before and after recovery."""

    questions: Count = told("Questions that either has.")
    in_both: Count = told("Those of them that both have.")
    before: Change = told("By the rule of each.")
    after: Change = told("By all stages of each.")


@record
class GroupChange:
    """The scores of the responses that have one value in a column."""

    value: str = told("'(none)' is null.")
    change: ScoreChange = told(beside={"questions": "questions", "before": "before", "after": "after"})


@record
class GroupChanges:
    """The scores of each value of a column, those with the most questions first."""

    column: str
    count: Count = told("How many values there are; of these the 100 largest are listed.")
    groups: Sequence[GroupChange]


@record
class KindChange:
    """False negatives of one kind in both."""

    leaf: str
    name: str = told("Empty for a leaf that is none of the paper's.")
    first: Count
    first_share: Share = told("Of the first one's false negatives that have a leaf.")
    second: Count
    second_share: Share = told("Of the second one's.")


@record
class Moves:
    """Questions that both have several rollouts of, by how many of these pass."""

    first: State = told("none, some or all, in the first.")
    second: State = told("In the second.")
    before: Count = told("Questions of which that is so by the rules.")
    after: Count = told("Questions of which it is so after recovery.")


@record
class VerdictMoves:
    """Responses that one audit judged so, and the other otherwise."""

    first: str = told("What the rule said, and the verdict in the end, in the first: 'reject, correct'.")
    second: str = told("The same in the second.")
    count: Count


@record
class ChangedResponse:
    """A response that the two audits do not judge alike."""

    row: Count = told("In the first.")
    rollout: Count
    first: str
    second: str
    question: str | None
    gold: str | None
    answer: str | None = told("As the first found it.")


@record
class SameResponses:
    """Responses that stand in both to the letter, each once: who judges them otherwise?"""

    count: Count
    rule_changed: Count = told("Those of which the rules say different things.")
    verdict_changed: Count = told("Those of which the verdicts in the end differ.")
    moves: Sequence[VerdictMoves] = told("What changed into what, the commonest first.")
    examples: Sequence[ChangedResponse] = told("Of each change by turns, 20 at most.")


@record
class Comparison:
    """Two audits side by side."""

    schema_version: Literal[1] = told("It rises when a figure changes its meaning or place, or is dropped.")
    first: Side
    second: Side
    score: ScoreChange
    score_in_both: ScoreChange | None = told(
        "The same of those questions alone that both have; null where that is none or all of them."
    )
    by: Sequence[GroupChanges] = told("The scores by each column by which they are split.")
    kinds: Sequence[KindChange] = told("Kinds that occur in either, in the paper's order.")
    questions: Sequence[Moves] = told("How questions with several rollouts in both move; empty without any.")
    responses: SameResponses


def comparison_schema() -> dict[str, JSON]:
    """The JSON schema of the figures: what `tinyv report --against --json` prints."""
    return schema_of(
        Comparison,
        title="Two audits side by side",
        description="What 'tinyv report A --against B --json' prints: A is the first, B the second.",
    )


def compare(first: Audited, second: Audited, *, by: Sequence[str] = ()) -> Comparison:
    """All figures of both, and how they differ. Raises SourceError where one lacks a column of `by`."""
    audits = (first, second)
    for audited in audits:
        check_columns(by, audited.frame, audited.name)
    with first.read_errors(), second.read_errors():
        joined = _questions_of(audits)
        both = joined.filter(IN_BOTH)
        return Comparison(
            COMPARISON_VERSION,
            first=_side(first),
            second=_side(second),
            score=_changes(joined)[0],
            score_in_both=_changes(both)[0] if 0 < len(both) < len(joined) else None,
            by=[_groups(audits, column) for column in by],
            kinds=_kinds(audits),
            questions=_moves(audits),
            responses=_responses(first.frame, second.frame),
        )


def _side(audited: Audited) -> Side:
    metadata = audited.metadata
    return Side(
        file=audited.name,
        rule_name=metadata.get("rule", {}).get("name"),
        model_name=metadata.get("model", {}).get("name"),
        threshold=metadata.get("threshold"),
        score=score_figures(audited.frame, None, looked_at=looked_at(audited)),
        false_negatives=false_negatives(audited.frame),
    )


IN_BOTH = (pl.col("responses") > 0) & (pl.col("responses_second") > 0)
SUMMED = ("responses", "before", "after")


def _questions_of(audits: Sequence[Audited], *columns: str) -> pl.DataFrame:
    """The questions of both, with the sums of what their responses are worth there; 0 where there is none."""
    first, second = (
        by_question(audited.frame, *(_value(column, audited) for column in columns)) for audited in audits
    )
    keys = ["question_key", *(["value"] if columns else [])]
    wanted = (*keys, *SUMMED)
    first, second = first.select(wanted), second.select(wanted)
    joined = first.join(second, on=keys, how="full", coalesce=True, suffix="_second")
    return joined.fill_null(0).sort(pl.exclude("question_key"))


def _value(column: str, audited: Audited) -> pl.Expr:
    values = values_at(column, audited.frame)
    assert values is not None  # it has been checked
    return values.fill_null(NO_VALUE).alias("value")


def _change_figures() -> Iterator[tuple[str, pl.Expr]]:
    yield "questions", pl.len()
    yield "in_both", IN_BOTH.sum()
    of = {side: pl.col(name) for side, name in zip(SIDES, ("responses", "responses_second"), strict=True)}
    for name in SUMMED[1:]:
        worth = {"first": pl.col(name), "second": pl.col(f"{name}_second")}
        means = {side: worth[side].sum() / of[side].sum() for side in SIDES}
        first, second = ((worth[side] - of[side] * means[side]) / of[side].sum() for side in SIDES)
        for side, mean in means.items():
            yield f"{name}_{side}", mean
        # Of few questions the sum of squares is too small by the share of one of them.
        yield f"{name}_error", (((second - first) ** 2).sum() * pl.len() / (pl.len() - 1)).sqrt()


CHANGES = dict(_change_figures())


def _changes(joined: pl.DataFrame, *by: str) -> list[ScoreChange]:
    """How the score differs; of each value of `by`."""
    found = joined.group_by(by, maintain_order=True).agg(**CHANGES) if by else joined.select(**CHANGES)
    return [_change(row) for row in found.iter_rows(named=True)]


def _change(found: Mapping[str, Any]) -> ScoreChange:
    return ScoreChange(
        found["questions"],
        found["in_both"],
        **{name: _difference(found, name) for name in SUMMED[1:]},
    )


def _difference(found: Mapping[str, Any], name: str) -> Change:
    first, second = (_known(found[f"{name}_{side}"]) for side in SIDES)
    if first is None or second is None:
        return Change(first, second, None, None)
    difference, error = second - first, found[f"{name}_error"]
    spread = None if found["questions"] < 2 else Z_95 * error
    ends = None if spread is None else (max(-1.0, difference - spread), min(1.0, difference + spread))
    return Change(first, second, difference, ends)


def _known(share: float | None) -> float | None:
    """A share of nothing is not known."""
    return None if share is None or isnan(share) else share


def _groups(audits: Sequence[Audited], column: str) -> GroupChanges:
    joined = _questions_of(audits, column)
    sizes = joined.group_by("value").agg(size=pl.len()).sort(["size", "value"], descending=[True, False])
    ordered = sizes.head(MAX_GROUPS).join(joined, on="value", maintain_order="left_right")
    values = ordered["value"].unique(maintain_order=True)
    changes = _changes(ordered, "value")
    return GroupChanges(column, len(sizes), [*map(GroupChange, values, changes)])


def _kinds(audits: Sequence[Audited]) -> list[KindChange]:
    first, second = ({leaf.leaf: leaf for leaf in category_figures(each.frame).leaves} for each in audits)
    occurring = {leaf.leaf: leaf.name for leaf in (*first.values(), *second.values()) if leaf.count}
    return [
        KindChange(leaf, occurring[leaf], *_found(first.get(leaf)), *_found(second.get(leaf)))
        for leaf in sorted(occurring)
    ]


def _found(leaf: Leaf | None) -> tuple[int, Share]:
    return (0, UNKNOWN_SHARE) if leaf is None else (leaf.count, leaf.found)


def _moves(audits: Sequence[Audited]) -> list[Moves]:
    states = {"before": _state(BEFORE), "after": _state(AFTER)}
    first, second = (passes(each.frame).select("question_key", **states) for each in audits)
    joined = first.join(second, on="question_key", suffix="_second")
    before, after = (Counter(joined.select(name, f"{name}_second").iter_rows()) for name in states)
    return [Moves(*pair, before[pair], after[pair]) for pair in product(STATES, STATES) if len(joined)]


def _state(passed: pl.Expr) -> pl.Expr:
    return pl.coalesce(*(pl.when(holds(passed)).then(pl.lit(state)) for state, holds in STATES.items()))


def _responses(first: pl.LazyFrame, second: pl.LazyFrame) -> SameResponses:
    both = _judged(first).join(_judged(second), on="key", suffix="_second", maintain_order="left")
    rule, verdict = (pl.col(name) != pl.col(f"{name}_second") for name in ("rule", "verdict"))
    changed = both.filter(rule | verdict).select(
        "row",
        "rollout",
        first=pl.format("{}, {}", "rule", "verdict"),
        second=pl.format("{}, {}", "rule_second", "verdict_second"),
    )
    moves = changed.group_by("first", "second").agg(count=pl.len())
    order = moves.sort("count", "first", "second", descending=[True, False, False])
    shown = by_turns(changed.with_columns(move=pl.format("{}, {}", "first", "second")), "move", SHOWN)
    texts = {name: pl.col(f"tinyv_{name}") for name in ("question", "gold", "answer")}
    examples = texts_of(first, shown.drop("move"), **texts)
    return SameResponses(
        count=len(both),
        rule_changed=len(both.filter(rule)),
        verdict_changed=len(both.filter(verdict)),
        moves=[VerdictMoves(**row) for row in order.iter_rows(named=True)],
        examples=[ChangedResponse(**row) for row in examples.iter_rows(named=True)],
    )


def _judged(frame: pl.LazyFrame) -> pl.DataFrame:
    """What was said of each different response, where it stands first."""
    columns = {name: f"tinyv_{name}" for name in ("row", "rollout", "rule", "verdict")}
    found = collect(frame.filter(HAS_TEXTS).select(key=SAME, **columns))
    return found.sort("row", "rollout").unique("key", keep="first", maintain_order=True)
