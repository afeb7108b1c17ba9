"""The figures of an annotated Parquet file, computed from the file alone (polars, streaming).

What each of them means stands in `report.schema.json`, beside this module.
"""

from collections.abc import Sequence
from functools import reduce
from operator import xor
from pathlib import Path

import polars as pl

from tinyv_cli.documents.audited import Audited, open_audited, read_errors
from tinyv_cli.documents.calibration import Calibration
from tinyv_cli.documents.labels import HandLabel
from tinyv_cli.figures.queries import (
    ACCEPTED,
    FOUND,
    LIKELY,
    PROVED,
    REJECTED,
    Figures,
    collect,
    counts,
    one,
    share_of,
    texts_of,
)
from tinyv_cli.figures.statistics import cohens_kappa
from tinyv_cli.report.categories import category_figures
from tinyv_cli.report.estimate import by_calibration, by_labels
from tinyv_cli.report.groups import check_columns, group_figures, values_at
from tinyv_cli.report.questions import distribution, passes, question_figures
from tinyv_cli.report.suspects import outvoted_golds, unmatchable_golds
from tinyv_cli.words import FALSE_WORDS, NONE, TRUE_WORDS

SUMMARY_VERSION = 2
TOP_EXAMPLES = 10

# The columns of each model: p and the reason.
OPINIONS = (("tinyv_p", "tinyv_model_reason"), ("tinyv_p_2", "tinyv_model_reason_2"))


def summarise(
    path: Path,
    *,
    by: Sequence[str] = (),
    calibration: Calibration | None = None,
    labels: Sequence[HandLabel] | None = None,
    labels_file: str = "",
    listed: int = 0,
) -> Figures:
    """All figures of the file as plain data, ready for JSON, tables or a page.

    They are split `by` these columns (dotted paths); unless given, by the one that the file was made to be
    split by. How many of the rejected are really right is estimated by `labels` by hand, by a `calibration`
    file, or by that of the run itself. At most `listed` false negatives are listed in full.

    Raises SourceError for what is no audited file, or lacks a column of `by`; UsageError for a calibration of
    another model.
    """
    audited = open_audited(path)
    frame, metadata = audited.frame, audited.metadata
    check_columns(by, frame, path)
    columns = by or [name for name in [(metadata.get("mapping") or {}).get("by")] if name is not None]
    with read_errors(path):
        # First of all, so that what is of another file is refused at once.
        if labels is None:
            estimate = by_calibration(frame, metadata, calibration)
        else:
            estimate = by_labels(frame, labels, file=labels_file)
        return {
            "schema_version": SUMMARY_VERSION,
            **_judged(audited),
            **_found(audited),
            "estimate": estimate,
            "by": [group for name in columns if (group := group_figures(frame, name)) is not None],
            **_examples(audited, group=values_at(columns[0] if columns else None, frame), listed=listed),
            "provenance": metadata,
        }


def _judged(audited: Audited) -> Figures:
    """What was read, and what rules and models said of it."""
    frame, metadata = audited.frame, audited.metadata
    counted, rule = metadata.get("counts", {}), metadata.get("rule", {}).get("name")
    second = "second_model" in metadata
    read = _read(frame, counted)
    return {
        "rule_name": rule,
        "model_name": metadata.get("model", {}).get("name"),
        "threshold": metadata.get("threshold"),
        "selection": metadata.get("selection", {}),
        "only": metadata.get("only") if read["examples"] < counted.get("examples", 0) else None,
        "read": read,
        "rule": _rule(frame),
        "model": _model(frame, asked=counted.get("model_asked", 0)),
        "models": _models(frame, metadata) if second else None,
        "rules": _rules(frame, {rule: "tinyv_rule", **_other_rules(metadata)}),
        "verdicts": counts(frame, "tinyv_verdict"),
        "not_accepted": {name: _fates(frame, name) for name in ("reject", "undecided")},
        "undecided": _undecided(frame, OPINIONS if second else OPINIONS[:1]),
        "label": _label(frame, (metadata.get("mapping") or {}).get("label")),
    }


def _found(audited: Audited) -> Figures:
    """The false negatives, what they cost, and golds that make some of them."""
    frame = audited.frame
    questions = passes(frame)
    states = question_figures(questions)
    was_asked = audited.metadata.get("model", {}).get("name") not in (None, NONE)
    return {
        "false_negatives": _false_negatives(frame),
        "categories": category_figures(frame),
        "lost_in": _lost_in(frame) if "tinyv_lost_in" in audited.columns else None,
        "questions": states and states | {"pass_rates": distribution(questions)},
        "p_histogram": p_histogram(frame),
        "suspect_golds": {
            "outvoted": outvoted_golds(frame) if was_asked else None,
            "unmatchable": unmatchable_golds(frame),
        },
    }


def _examples(audited: Audited, *, group: pl.Expr | None, listed: int) -> Figures:
    """False negatives to look at."""
    frame, confidence, second = audited.frame, audited.p, audited.agree is not None
    return {
        "examples": _most_confident(frame, _other_rules(audited.metadata), confidence, second_model=second),
        "proved_examples": _one_of_each_leaf(frame),
        "listing": listing(frame, most=listed, confidence=confidence, group=group, second_model=second)
        if listed
        else [],
    }


def _other_rules(metadata: Figures) -> dict[str, str]:
    """The rules that were compared, and the column of each."""
    return {rule["name"]: rule["column"] for rule in metadata.get("other_rules", [])}


def _read(frame: pl.LazyFrame, counted: Figures) -> Figures:
    """What was read, and what of it says nothing: an example may stand there without a gold, or again."""
    reason = pl.col("tinyv_rule_reason")
    figures = one(
        frame,
        rows=pl.col("tinyv_row").n_unique(),
        examples=pl.len(),
        no_gold=(reason == "no_gold").sum(),
        sentinel_gold=(reason == "sentinel_gold").sum(),
        no_response=(reason == "no_response").sum(),
        no_answer=(reason == "no_answer").sum(),
    )
    return figures | {"copies": _copies(frame), "question_cut": counted.get("question_cut", 0)}


def _copies(frame: pl.LazyFrame) -> int:
    """How many examples have the question, gold and response of an earlier one, by a hash of 64 bits."""
    comparable = frame.filter(pl.col("tinyv_response").is_not_null() & (pl.col("tinyv_question") != ""))
    texts = enumerate(("tinyv_question", "tinyv_gold", "tinyv_response"))
    # The hashes alone are held, 8 MB for a million: polars would hold the texts to hash a struct of them.
    keys = collect(comparable.select(key=reduce(xor, (pl.col(name).hash(seed) for seed, name in texts))))
    return len(keys) - keys["key"].n_unique()


def _rule(frame: pl.LazyFrame) -> Figures:
    figures: Figures = {"accept": 0, "reject": 0, "undecided": 0, **counts(frame, "tinyv_rule")}
    return figures | {"reasons": counts(frame, "tinyv_rule_reason")}


def _model(frame: pl.LazyFrame, *, asked: int) -> Figures:
    figures = one(frame, scored=pl.col("tinyv_p").count())
    return {"asked": asked, **figures, "reasons": counts(frame, "tinyv_model_reason")}


def _models(frame: pl.LazyFrame, metadata: Figures) -> Figures:
    """Two models side by side, and how far they agree among the examples that both decided."""
    threshold = pl.lit(metadata["threshold"], pl.Float32)  # as exact as the columns are
    said = [pl.col(p) >= threshold for p, _ in OPINIONS]
    named = zip((metadata["model"], metadata["second_model"]), OPINIONS, said, strict=True)
    first, second = said
    table = one(
        frame.filter(first.is_not_null() & second.is_not_null()),
        both_yes=(first & second).sum(),
        only_first=(first & ~second).sum(),
        only_second=(~first & second).sum(),
        both_no=(~first & ~second).sum(),
    )
    decided, same = sum(table.values()), table["both_yes"] + table["both_no"]
    return {
        "agree": metadata["second_model"]["agree"],
        "each": [
            {
                "name": model["name"],
                **one(frame, scored=pl.col(p).count(), false_negatives=yes.sum()),
                "reasons": counts(frame, reason),
            }
            for model, (p, reason), yes in named
        ],
        "both_scored": decided,
        **table,
        "same": same,
        "share": same / decided if decided else None,
        "kappa": cohens_kappa(**table),
    }


def _false_negatives(frame: pl.LazyFrame) -> Figures:
    figures = one(
        frame,
        count=FOUND.sum(),
        proved=PROVED.sum(),
        likely=LIKELY.sum(),
        among_rejected=(FOUND & REJECTED).sum(),
        among_undecided=(FOUND & ~REJECTED).sum(),
        rejected=REJECTED.sum(),
    )
    return figures | share_of(figures["among_rejected"], figures["rejected"])


def _fates(frame: pl.LazyFrame, outcome: str) -> Figures:
    """What became of the examples of which the rule said this."""
    verdict = pl.col("tinyv_verdict")
    return one(
        frame.filter(pl.col("tinyv_rule") == outcome),
        count=pl.len(),
        proved=PROVED.sum(),
        likely=LIKELY.sum(),
        incorrect=(verdict == "incorrect").sum(),
        undecided=(verdict == "undecided").sum(),
    )


def _lost_in(frame: pl.LazyFrame) -> Figures:
    """Whether the rule had the answer before it; where it cannot be asked that is not known."""
    found = counts(frame.filter(FOUND), "tinyv_lost_in")
    known = {name: found.get(name, 0) for name in ("extraction", "comparison")}
    return known | one(frame.filter(FOUND), unknown=pl.col("tinyv_lost_in").is_null().sum())


def _rules(frame: pl.LazyFrame, columns: dict[str, str]) -> list[Figures] | None:
    """The rules side by side: what each said, which false negatives it accepts, whom it agrees with.

    Two rules agree on an example where both accept, both reject, or both are undecided.
    """
    if len(columns) == 1:
        return None
    return [
        {
            "name": name,
            **one(
                frame,
                accept=(pl.col(column) == "accept").sum(),
                reject=(pl.col(column) == "reject").sum(),
                undecided=(pl.col(column) == "undecided").sum(),
                false_negatives_accepted=(FOUND & (pl.col(column) == "accept")).sum(),
            ),
            "agreement": one(
                frame,
                **{other: (pl.col(column) == pl.col(theirs)).mean() for other, theirs in columns.items()},
            ),
        }
        for name, column in columns.items()
    ]


def _undecided(frame: pl.LazyFrame, opinions: Sequence[tuple[str, str]]) -> Figures:
    """The reason is that of the first model without a p; beside a p there may stand a note."""
    silent = (pl.when(pl.col(p).is_null()).then(pl.col(reason)) for p, reason in opinions)
    undecided = frame.filter(pl.col("tinyv_verdict") == "undecided").with_columns(
        reason=pl.coalesce(*silent, "tinyv_rule_reason")
    )
    reasons = counts(undecided, "reason")
    return {"count": sum(reasons.values()), "reasons": reasons}


def _label(frame: pl.LazyFrame, column: str | None) -> Figures | None:
    """How many of those flagged are right by the user's labels, and how many there were to find."""
    values = values_at(column, frame)
    if values is None:
        return None
    spelled = values.str.strip_chars().str.to_lowercase()
    right, known = spelled.is_in(TRUE_WORDS), spelled.is_in(TRUE_WORDS + FALSE_WORDS)
    figures = one(
        frame.filter(known),
        flagged=FOUND.sum(),
        flagged_right=(FOUND & right).sum(),
        proved=PROVED.sum(),
        proved_right=(PROVED & right).sum(),
        right_not_accepted=(right & ~ACCEPTED).sum(),
    )
    return {"column": column, **figures, **share_of(figures["flagged_right"], figures["flagged"])}


def _most_confident(
    frame: pl.LazyFrame, others: dict[str, str], confidence: pl.Expr, *, second_model: bool
) -> list[Figures]:
    """Those likely ones of the highest p; of two, of that which spoke for the verdict."""
    columns = ("row", "rollout", "question", "gold", "answer", "category", "p")
    accepted_by = [pl.when(pl.col(column) == "accept").then(pl.lit(name)) for name, column in others.items()]
    chosen = frame.filter(LIKELY).select(
        *(pl.col(f"tinyv_{name}").alias(name) for name in (*columns, *(["p_2"] if second_model else []))),
        *([pl.concat_list(accepted_by).list.drop_nulls().alias("accepted_by")] if accepted_by else []),
        confidence=confidence,
    )
    best = collect(chosen.top_k(TOP_EXAMPLES, by="confidence"))
    return best.sort("confidence", "row", descending=[True, False]).drop("confidence").to_dicts()


def _one_of_each_leaf(frame: pl.LazyFrame) -> list[Figures]:
    """Of each leaf of the taxonomy the first one proved, with its proof; the most frequent leaf first."""
    names = ("row", "rollout", "question", "gold", "answer", "proof")
    leaves = (
        frame.filter(PROVED)
        .group_by(pl.col("tinyv_category").alias("leaf"))
        .agg(pl.len().alias("count"), *(pl.col(f"tinyv_{name}").first().alias(name) for name in names))
    )
    return collect(leaves).sort(["count", "leaf"], descending=[True, False]).to_dicts()


LISTED = 200
QUESTION_CHARS, ANSWER_CHARS, RESPONSE_CHARS = 2000, 1000, 4000
HEAD = 4  # of what is cut, a quarter of what is kept is from the beginning

FIELDS = ("question", "gold", "answer", "response", "category", "lost_in", "evidence", "proof")
CHARS = {"question": QUESTION_CHARS, "gold": ANSWER_CHARS, "answer": ANSWER_CHARS, "response": RESPONSE_CHARS}


def listing(
    frame: pl.LazyFrame, *, most: int, confidence: pl.Expr, group: pl.Expr | None, second_model: bool
) -> list[Figures]:
    """At most so many false negatives: by turns of each kind the surest, those of the commonest kind first.

    What is proved is surer than what the model says. `group` tells where an example is from.
    """
    kind = pl.col("tinyv_category").fill_null("")
    sure = pl.when(PROVED).then(2.0).otherwise(confidence)
    found = collect(
        frame.filter(FOUND).select(row="tinyv_row", rollout="tinyv_rollout", kind=kind, sure=sure)
    )
    turns = found.sort("row", "rollout").with_columns(
        turn=pl.col("sure").rank("ordinal", descending=True).over("kind"),
        common=pl.len().over("kind"),
    )
    chosen = turns.sort("turn", "common", "kind", descending=[False, True, False]).head(most)
    columns = {name: pl.col(f"tinyv_{name}") for name in FIELDS}
    columns |= {"p": pl.col("tinyv_p"), "response_chars": pl.col("tinyv_response").str.len_chars()}
    columns |= {"p_2": pl.col("tinyv_p_2")} if second_model else {}
    columns |= {"group": pl.lit(None, pl.String) if group is None else group}
    listed = texts_of(frame, chosen.select("row", "rollout"), **columns)
    return [row | {name: shortened(row[name], CHARS[name]) for name in CHARS} for row in listed.to_dicts()]


def shortened(text: str | None, chars: int) -> str | None:
    """A long text without its middle: a question is known by its beginning, a response by its end."""
    if text is None or len(text) <= chars:
        return text
    head = chars // HEAD
    return f"{text[:head]}\n[…]\n{text[head - chars :]}"


BINS = 20


def p_histogram(frame: pl.LazyFrame) -> list[Figures]:
    """How many examples have their p in each of equally wide parts of [0, 1]; the last part holds 1 too.

    Nothing where no model was asked.
    """
    # p is kept in 32 bits: a shade below an edge that it was meant to be on.
    number = (pl.col("tinyv_p") * BINS + 1e-5).floor().clip(0, BINS - 1).cast(pl.Int64).alias("bin")
    found = collect(frame.filter(pl.col("tinyv_p").is_not_null()).group_by(number).agg(pl.len()))
    counted = dict(found.iter_rows())
    return [
        {"from": n / BINS, "to": (n + 1) / BINS, "count": counted.get(n, 0)}
        for n in range(BINS if counted else 0)
    ]
