"""The figures of an annotated Parquet file, computed from the file alone (polars, streaming)."""

import json
from collections.abc import Sequence
from functools import reduce
from operator import xor
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
from polars.datatypes import DataTypeClass

from tinyv_cli.findings.queries import Figures, collect, counts, one
from tinyv_cli.findings.statistics import cohens_kappa, wilson
from tinyv_cli.words import FALSE_WORDS, TRUE_WORDS

SUMMARY_VERSION = 1
TOP_EXAMPLES = 10
MAX_GROUPS = 20

FOUND = pl.col("tinyv_false_negative")
REJECTED = pl.col("tinyv_rule") == "reject"
ACCEPTED = pl.col("tinyv_rule") == "accept"
PROVED = FOUND & (pl.col("tinyv_evidence") == "proof").fill_null(value=False)
LIKELY = FOUND & ~PROVED

# The columns of each model: p and the reason.
OPINIONS = (("tinyv_p", "tinyv_model_reason"), ("tinyv_p_2", "tinyv_model_reason_2"))
# What of two p speaks for the verdict, by who must agree.
CONFIDENCE = {"all": pl.min_horizontal, "any": pl.max_horizontal}


def read_metadata(path: Path) -> Figures:
    """What the file says of how it was made (key `tinyv`)."""
    metadata = pq.read_metadata(path).metadata or {}
    found: Figures = json.loads(metadata.get(b"tinyv", b"{}"))
    return found


def summarise(path: Path) -> Figures:
    """All figures of the file as plain data, ready for JSON or for tables."""
    metadata = read_metadata(path)
    frame = pl.scan_parquet(path)
    mapping = metadata.get("mapping") or {}
    others = {rule["name"]: rule["column"] for rule in metadata.get("other_rules", [])}
    second = metadata.get("second_model")
    return {
        "schema_version": SUMMARY_VERSION,
        "rule_name": metadata.get("rule", {}).get("name"),
        "model_name": metadata.get("model", {}).get("name"),
        "threshold": metadata.get("threshold"),
        "selection": metadata.get("selection", {}),
        "read": _read(frame, metadata.get("counts", {})),
        "rule": _rule(frame),
        "model": _model(frame, asked=metadata.get("counts", {}).get("model_asked", 0)),
        "models": _models(frame, metadata) if second else None,
        "verdicts": counts(frame, "tinyv_verdict"),
        "false_negatives": _false_negatives(frame),
        "proofs": counts(frame.filter(PROVED), "tinyv_category") if metadata.get("proofs") else None,
        "rules": _rules(frame, {metadata.get("rule", {}).get("name"): "tinyv_rule", **others}),
        "by": _by(frame, mapping.get("by")),
        "questions": _questions(frame),
        "undecided": _undecided(frame, OPINIONS if second else OPINIONS[:1]),
        "label": _label(frame, mapping.get("label")),
        "examples": _most_confident(frame, others, agree=second and second["agree"]),
        "proved_examples": _one_of_each_leaf(frame),
    }


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


def _share(found: int, of: int) -> Figures:
    return {"share": found / of if of else None, "interval": wilson(found, of)}


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
    return figures | _share(figures["among_rejected"], figures["rejected"])


def _at(path: str | None, frame: pl.LazyFrame) -> pl.Expr | None:
    """The values at a dotted path as text; None where the file has no such thing."""
    schema = frame.collect_schema()
    if path is None:
        return None
    first, *rest = [path] if path in schema else path.split(".")
    expression = pl.col(first)
    data_type: pl.DataType | DataTypeClass | None = schema.get(first)
    for name in rest:
        if isinstance(data_type, pl.Struct) and name in (fields := dict(data_type)):
            expression, data_type = expression.struct.field(name), fields[name]
        elif isinstance(data_type, pl.List) and name.isdigit():
            expression, data_type = expression.list.get(int(name), null_on_oob=True), data_type.inner
        else:
            return None
    return None if data_type is None or data_type.is_nested() else expression.cast(pl.String)


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


def _by(frame: pl.LazyFrame, column: str | None) -> Figures | None:
    """The false negatives of each group, largest groups first."""
    values = _at(column, frame)
    if values is None:
        return None
    group = values.fill_null("(none)").alias("value")
    found = collect(
        frame.group_by(group).agg(
            examples=pl.len(),
            rejected=REJECTED.sum(),
            false_negatives=FOUND.sum(),
            proved=PROVED.sum(),
            likely=LIKELY.sum(),
            among_rejected=(FOUND & REJECTED).sum(),
        )
    ).sort(["examples", "value"], descending=[True, False])
    groups = [row | _share(row["among_rejected"], row["rejected"]) for row in found.iter_rows(named=True)]
    return {"column": column, "count": len(groups), "groups": groups[:MAX_GROUPS]}


def _questions(frame: pl.LazyFrame) -> Figures | None:
    """Pass rate and prompt efficiency before and after recovery, over questions with several rollouts.

    A question is its text and its gold, or its row where it has no text. What is undecided counts as not
    passed, as it does in training. Prompt efficiency (eta of arXiv 2505.14625) is the share of
    questions that some rollouts pass and some do not: those that RL can learn from.
    """
    unnamed = pl.col("tinyv_question").fill_null("") == ""
    text = pl.concat_str("tinyv_question", "tinyv_gold", separator="\x00", ignore_nulls=True)
    key = pl.when(unnamed).then(pl.format("row {}", "tinyv_row")).otherwise(text).hash().alias("key")
    before = ACCEPTED.mean().alias("before")
    after = (pl.col("tinyv_verdict") == "correct").mean().alias("after")
    rates = frame.group_by(key).agg(pl.len(), before, after).filter(pl.col("len") > 1)

    def mixed(rate: str) -> pl.Expr:
        return ((pl.col(rate) > 0) & (pl.col(rate) < 1)).mean()

    figures = one(
        rates,
        count=pl.len(),
        pass_rate_before=pl.col("before").mean(),
        pass_rate_after=pl.col("after").mean(),
        prompt_efficiency_before=mixed("before"),
        prompt_efficiency_after=mixed("after"),
    )
    return figures if figures["count"] else None


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
    values = _at(column, frame)
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
    return {"column": column, **figures, **_share(figures["flagged_right"], figures["flagged"])}


def _most_confident(frame: pl.LazyFrame, others: dict[str, str], *, agree: str | None) -> list[Figures]:
    """Those likely ones of the highest p; of two, of that which spoke for the verdict."""
    columns = ["row", "rollout", "question", "gold", "answer", "p", *(["p_2"] if agree else [])]
    confidence = CONFIDENCE[agree]("p", "p_2") if agree else pl.col("p")
    accepted_by = [pl.when(pl.col(column) == "accept").then(pl.lit(name)) for name, column in others.items()]
    chosen = frame.filter(LIKELY).select(
        *(pl.col(f"tinyv_{name}").alias(name) for name in columns),
        *([pl.concat_list(accepted_by).list.drop_nulls().alias("accepted_by")] if accepted_by else []),
    )
    best = collect(chosen.top_k(TOP_EXAMPLES, by=confidence))
    return best.sort(confidence, "row", descending=[True, False]).to_dicts()


def _one_of_each_leaf(frame: pl.LazyFrame) -> list[Figures]:
    """Of each leaf of the taxonomy the first one proved, with its proof; the most frequent leaf first."""
    names = ("row", "rollout", "question", "gold", "answer", "proof")
    leaves = (
        frame.filter(PROVED)
        .group_by(pl.col("tinyv_category").alias("leaf"))
        .agg(pl.len().alias("count"), *(pl.col(f"tinyv_{name}").first().alias(name) for name in names))
    )
    return collect(leaves).sort(["count", "leaf"], descending=[True, False]).to_dicts()
