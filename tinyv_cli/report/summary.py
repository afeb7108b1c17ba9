"""The figures of an annotated Parquet file, computed from the file alone (polars, streaming).

Each is a record that says what it means; `report_schema` makes the JSON schema of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Literal

import polars as pl

from tinyv_cli.documents.audited import Audited
from tinyv_cli.documents.calibration import Calibration
from tinyv_cli.documents.labels import HandLabel
from tinyv_cli.figures.queries import (
    ACCEPTED,
    CORRECT,
    FOUND,
    HAS_TEXTS,
    LIKELY,
    PROVED,
    REJECTED,
    ROUNDED,
    SAME,
    collect,
    counts,
    one,
    values_at,
    was_asked,
)
from tinyv_cli.figures.records import (
    JSON,
    schema_of,
    share_of,
)
from tinyv_cli.figures.statistics import mean_kappa
from tinyv_cli.report.about import about
from tinyv_cli.report.accepts import suspect_accepts
from tinyv_cli.report.categories import category_figures
from tinyv_cli.report.correction import correction_of
from tinyv_cli.report.estimate import by_calibration, by_labels
from tinyv_cli.report.groups import STEP, check_columns, group_figures
from tinyv_cli.report.listing import (
    listing,
    most_confident,
    one_of_each_leaf,
)
from tinyv_cli.report.noise import noise_figures
from tinyv_cli.report.questions import passes, question_figures
from tinyv_cli.report.records import (
    Bin,
    Cascade,
    ComparedRule,
    Cut,
    FalseNegatives,
    Fates,
    LabelSays,
    LostIn,
    ModelSaid,
    NotAccepted,
    OneInTurn,
    OneOfSeveral,
    Opinions,
    Read,
    RuleSaid,
    Summary,
    SuspectGolds,
    Undecided,
)
from tinyv_cli.report.score import score_figures
from tinyv_cli.report.suspects import outvoted_golds, unmatchable_golds
from tinyv_cli.words import CUT, FALSE_WORDS, NONE, TRUE_WORDS

SUMMARY_VERSION: Literal[2] = 2
LISTED = 200
BINS = 20
CUT_PARTS = ("question", "gold", "answer")


def report_schema() -> dict[str, JSON]:
    """The JSON schema of the figures: what `tinyv report --json` and `tinyv audit --json` print."""
    return schema_of(
        Summary,
        title="The figures of an audited file",
        description="What 'tinyv report --json' and 'tinyv audit --json' print. schema_version rises when a "
        "figure changes its meaning or its place, or is dropped; figures may be added without that. Shares "
        "are from 0 to 1, intervals are 95% intervals, and null is what is not known. 'Rejected' is what the "
        "rule rejected; a false negative is what the rule did not accept and a later stage found correct: "
        "proved, or likely by the model.",
    )


def summarise(
    audited: Audited,
    *,
    file: str | None = None,
    by: Sequence[str] = (),
    calibration: Calibration | None = None,
    labels: Sequence[HandLabel] | None = None,
    labels_file: str = "",
    listed: int = 0,
) -> Summary:
    """All figures of what was audited, ready for JSON, tables or a page, in which it is called `file`.

    They are split `by` these columns (dotted paths); unless given, by the one that the file was made to be
    split by, and by the steps of a training that the names of its files tell. How many of the rejected are
    really right is estimated by `labels` by hand, by a `calibration` file, or by that of the run itself. At
    most `listed` false negatives are listed in full.

    Raises SourceError for what lacks a column of `by`; UsageError for a calibration of another model.
    """
    frame, metadata = audited.frame, audited.metadata
    check_columns(by, frame, audited.name)
    with audited.read_errors():
        columns = by or [*_split_by(audited)]
        # First of all, so that what is of another file is refused at once.
        if labels is None:
            estimate = by_calibration(frame, metadata, calibration)
        else:
            estimate = by_labels(frame, labels, file=labels_file)
        correction = correction_of(estimate, labels, audited.threshold)
        return Summary(
            schema_version=SUMMARY_VERSION,
            about=about(frame, metadata),
            score=score_figures(frame, correction, looked_at=looked_at(audited)),
            **_judged(audited),
            **_found(audited),
            estimate=estimate,
            by=[group for name in columns if (group := group_figures(frame, name, correction)) is not None],
            **_examples(audited, group=values_at(columns[0] if columns else None, frame), listed=listed),
            provenance=metadata,
            file=audited.name if file is None else file,
        )


def _split_by(audited: Audited) -> Iterator[str]:
    """By what figures are split where nobody says it: as the audit was told, and by the training's steps."""
    if (name := _mapped(audited.metadata, "by")) is not None:
        yield name
    if one(audited.frame, steps=pl.col(STEP).drop_nulls().n_unique())["steps"] > 1:
        yield STEP


def _mapped(metadata: Mapping[str, Any], field: str) -> str | None:
    """The column of the input that the audit took for this."""
    name: str | None = (metadata.get("mapping") or {}).get(field)
    return name


def _judged(audited: Audited) -> dict[str, Any]:
    """What was read, and what rules and models said of it."""
    frame, metadata = audited.frame, audited.metadata
    counted, rule = metadata.get("counts", {}), metadata.get("rule", {}).get("name")
    read = _read(frame, counted)
    return {
        "rule_name": rule,
        "model_name": metadata.get("model", {}).get("name"),
        "threshold": metadata.get("threshold"),
        "selection": metadata.get("selection", {}),
        "only": metadata.get("only") if read.examples < counted.get("examples", 0) else None,
        "read": read,
        "rule": _rule(frame),
        "model": _model(audited, asked=counted.get("model_asked", 0)),
        "models": _models(audited, audited.agree) if audited.agree else None,
        "cascade": _cascade(audited, audited.sure) if audited.sure is not None else None,
        "rules": _rules(frame, {rule: "tinyv_rule", **_other_rules(metadata)}),
        "verdicts": counts(frame, "tinyv_verdict"),
        "not_accepted": NotAccepted(_fates(frame, "reject"), _fates(frame, "undecided")),
        "undecided": _undecided(audited),
        "label": _label(frame, _mapped(metadata, "label")),
    }


def _found(audited: Audited) -> dict[str, Any]:
    """The false negatives, what they cost, and golds that make some of them."""
    frame = _by_who_settled(audited)
    any_model = audited.metadata.get("model", {}).get("name") not in (None, NONE)
    return {
        "false_negatives": false_negatives(frame),
        "categories": category_figures(frame),
        "lost_in": _lost_in(frame) if audited.has("tinyv_lost_in") else None,
        "questions": question_figures(passes(frame)),
        "noise": noise_figures(frame),
        "p_histogram": p_histogram(frame),
        "suspect_golds": SuspectGolds(outvoted_golds(frame) if any_model else None, unmatchable_golds(frame)),
        "suspect_accepts": suspect_accepts(frame) if looked_at(audited) else None,
    }


def _by_who_settled(audited: Audited) -> pl.LazyFrame:
    """The examples; of those that a cascade was asked about with the p of the last model that was."""
    return audited.frame if audited.sure is None else audited.frame.with_columns(tinyv_p=audited.p)


def looked_at(audited: Audited) -> bool:
    """Whether it was looked for what speaks against the rule's accepts."""
    return audited.has("tinyv_suspect") and audited.metadata.get("proofs") is not None


def _examples(audited: Audited, *, group: pl.Expr | None, listed: int) -> dict[str, Any]:
    """False negatives to look at."""
    frame, confidence, second = _by_who_settled(audited), audited.p, audited.agree is not None
    return {
        "examples": most_confident(frame, _other_rules(audited.metadata), confidence, second_model=second),
        "proved_examples": one_of_each_leaf(frame),
        "listing": listing(frame, most=listed, confidence=confidence, group=group, second_model=second)
        if listed
        else [],
    }


def _other_rules(metadata: Mapping[str, Any]) -> dict[str, str]:
    """The rules that were compared, and the column of each."""
    return {rule["name"]: rule["column"] for rule in metadata.get("other_rules", [])}


def _read(frame: pl.LazyFrame, counted: Mapping[str, int]) -> Read:
    reason = pl.col("tinyv_rule_reason")
    found = one(
        frame,
        rows=pl.col("tinyv_row").n_unique(),
        examples=pl.len(),
        no_gold=(reason == "no_gold").sum(),
        sentinel_gold=(reason == "sentinel_gold").sum(),
        no_response=(reason == "no_response").sum(),
        no_answer=(reason == "no_answer").sum(),
    )
    return Read(**found, copies=_copies(frame), question_cut=counted.get("question_cut", 0))


def _copies(frame: pl.LazyFrame) -> int:
    """How many examples have the question, gold and response of an earlier one, by a hash of 64 bits."""
    keys = collect(frame.filter(HAS_TEXTS).select(key=SAME))
    return len(keys) - keys["key"].n_unique()


def _rule(frame: pl.LazyFrame) -> RuleSaid:
    said = {"accept": 0, "reject": 0, "undecided": 0} | counts(frame, "tinyv_rule")
    return RuleSaid(**said, reasons=counts(frame, "tinyv_rule_reason"))


def _model(audited: Audited, *, asked: int) -> ModelSaid:
    frame = audited.frame
    found = one(frame, scored=pl.col("tinyv_p").count(), close=pl.col("tinyv_close").sum())
    return ModelSaid(asked, **found, reasons=counts(frame, "tinyv_model_reason"), cut=_cut(audited))


def _cut(audited: Audited) -> Cut:
    """How often a model saw a part only, by the notes beside p."""
    notes = [pl.col(reason).fill_null("") for _, reason in audited.opinions]

    def noted(part: str) -> pl.Expr:
        return pl.any_horizontal(note.str.starts_with(CUT) & note.str.contains(part) for note in notes).sum()

    return Cut(**one(audited.frame, examples=noted(""), **{part: noted(part) for part in CUT_PARTS}))


def _cascade(audited: Audited, sure: float) -> Cascade:
    """How many each model was asked about, and what it settled."""
    frame, settled_by, correct = (
        audited.frame,
        pl.col("tinyv_settled_by"),
        pl.col("tinyv_verdict") == "correct",
    )
    each = [
        OneInTurn(
            model["name"],
            **one(
                frame,
                asked=was_asked(p, reason).sum(),
                settled=(settled_by == number).sum(),
                correct=((settled_by == number) & correct).sum(),
            ),
            reasons=counts(frame, reason),
        )
        for number, (model, (p, reason)) in enumerate(zip(audited.models, audited.opinions, strict=True), 1)
    ]
    return Cascade(sure, each)


def _models(audited: Audited, agree: Any) -> Opinions:
    """How far they agree among the examples that all decided."""
    frame, opinions = audited.frame, audited.opinions
    threshold = pl.lit(audited.threshold, pl.Float32)  # as exact as the columns are
    said = [pl.col(p) >= threshold for p, _ in opinions]
    by_all, yes = (
        frame.filter(pl.all_horizontal(each.is_not_null() for each in said)),
        pl.sum_horizontal(said),
    )
    table = one(by_all, scored_by_all=pl.len(), all_yes=(yes == len(said)).sum(), all_no=(yes == 0).sum())
    each = [
        OneOfSeveral(
            model["name"],
            **one(frame, scored=pl.col(p).count(), false_negatives=own.sum()),
            **one(by_all, alone=(own & (yes == 1)).sum()),
            reasons=counts(frame, reason),
        )
        for model, (p, reason), own in zip(audited.models, opinions, said, strict=True)
    ]
    same = table["all_yes"] + table["all_no"]
    return Opinions(
        agree=agree,
        each=each,
        **table,
        same=same,
        share=same / table["scored_by_all"] if table["scored_by_all"] else None,
        kappa=mean_kappa(_crossed(by_all, *pair) for pair in combinations(said, 2)),
    )


def _crossed(frame: pl.LazyFrame, first: pl.Expr, second: pl.Expr) -> dict[str, int]:
    """How often both of two models say yes, only one of them, or neither."""
    return one(
        frame,
        both_yes=(first & second).sum(),
        only_first=(first & ~second).sum(),
        only_second=(~first & second).sum(),
        both_no=(~first & ~second).sum(),
    )


def false_negatives(frame: pl.LazyFrame) -> FalseNegatives:
    """How many there are, how they were found, and what share of the rejected they are."""
    found = one(
        frame,
        count=FOUND.sum(),
        proved=PROVED.sum(),
        rounded=ROUNDED.sum(),
        likely=LIKELY.sum(),
        among_rejected=(FOUND & REJECTED).sum(),
        among_undecided=(FOUND & ~REJECTED).sum(),
        rejected=REJECTED.sum(),
        not_accepted=(~ACCEPTED).sum(),
        right=CORRECT.sum(),
    )
    return FalseNegatives(
        **found,
        found=share_of(found["among_rejected"], found["rejected"]),
        of_not_accepted=share_of(found["count"], found["not_accepted"]),
        lost=share_of(found["count"], found["right"]),
    )


def _fates(frame: pl.LazyFrame, outcome: str) -> Fates:
    verdict = pl.col("tinyv_verdict")
    found = one(
        frame.filter(pl.col("tinyv_rule") == outcome),
        count=pl.len(),
        proved=PROVED.sum(),
        rounded=ROUNDED.sum(),
        likely=LIKELY.sum(),
        incorrect=(verdict == "incorrect").sum(),
        undecided=(verdict == "undecided").sum(),
    )
    return Fates(**found)


def _lost_in(frame: pl.LazyFrame) -> LostIn:
    """Where the rule cannot be asked that is not known."""
    lost = pl.col("tinyv_lost_in")
    found = one(
        frame.filter(FOUND),
        extraction=(lost == "extraction").sum(),
        comparison=(lost == "comparison").sum(),
        unknown=lost.is_null().sum(),
    )
    return LostIn(**found)


def _rules(frame: pl.LazyFrame, columns: Mapping[str, str]) -> list[ComparedRule] | None:
    """The rules side by side: what each said, which false negatives it accepts, whom it agrees with.

    Two rules agree on an example where both accept, both reject, or both are undecided.
    """
    if len(columns) == 1:
        return None
    return [
        ComparedRule(
            name,
            **one(
                frame,
                accept=(pl.col(column) == "accept").sum(),
                reject=(pl.col(column) == "reject").sum(),
                undecided=(pl.col(column) == "undecided").sum(),
                accepts_more=((pl.col(column) == "accept") & ~ACCEPTED).sum(),
                accepts_less=(ACCEPTED & (pl.col(column) != "accept")).sum(),
                false_negatives_accepted=(FOUND & (pl.col(column) == "accept")).sum(),
            ),
            agreement=one(
                frame,
                **{other: (pl.col(column) == pl.col(theirs)).mean() for other, theirs in columns.items()},
            ),
        )
        for name, column in columns.items()
    ]


def _undecided(audited: Audited) -> Undecided:
    """The reason is that of the first model without a p, of a cascade the last; beside a p stands a note."""
    silent = [pl.when(pl.col(p).is_null()).then(pl.col(reason)) for p, reason in audited.opinions]
    if audited.sure is not None:
        silent.reverse()
    undecided = audited.frame.filter(pl.col("tinyv_verdict") == "undecided").with_columns(
        reason=pl.coalesce(*silent, "tinyv_rule_reason")
    )
    reasons = counts(undecided, "reason")
    return Undecided(sum(reasons.values()), reasons)


def _label(frame: pl.LazyFrame, column: str | None) -> LabelSays | None:
    """How many of those flagged are right by the user's labels, and how many there were to find."""
    values = values_at(column, frame)
    if column is None or values is None:
        return None
    spelled = values.str.strip_chars().str.to_lowercase()
    right, known = spelled.is_in(TRUE_WORDS), spelled.is_in(TRUE_WORDS + FALSE_WORDS)
    found = one(
        frame.filter(known),
        flagged=FOUND.sum(),
        flagged_right=(FOUND & right).sum(),
        proved=PROVED.sum(),
        proved_right=(PROVED & right).sum(),
        right_not_accepted=(right & ~ACCEPTED).sum(),
    )
    return LabelSays(column, **found, right=share_of(found["flagged_right"], found["flagged"]))


def p_histogram(frame: pl.LazyFrame) -> list[Bin]:
    """How many examples have their p in each of equally wide parts of [0, 1]; the last part holds 1 too.

    Nothing where no model was asked.
    """
    # p is kept in 32 bits: a shade below an edge that it was meant to be on.
    number = (pl.col("tinyv_p") * BINS + 1e-5).floor().clip(0, BINS - 1).cast(pl.Int64).alias("bin")
    found = collect(frame.filter(pl.col("tinyv_p").is_not_null()).group_by(number).agg(pl.len()))
    counted = dict(found.iter_rows())
    return [Bin(n / BINS, (n + 1) / BINS, counted.get(n, 0)) for n in range(BINS if counted else 0)]
