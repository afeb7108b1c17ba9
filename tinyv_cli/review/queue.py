"""Which examples of an audited file a person is asked about, and in which order.

A queue has a row for each: its place, its pair with how many copies that has, p, category, whether it was
flagged as a false negative, and of a sample its stratum. The texts stay in the file until their turn comes.
"""

from collections.abc import Mapping
from hashlib import sha256
from itertools import pairwise

import polars as pl

from tinyv_cli.documents.audited import Audited
from tinyv_cli.documents.pairs import PAIR, distinct
from tinyv_cli.errors import SourceError, UsageError

WITHOUT_VERDICT = ("no_gold", "sentinel_gold", "no_response")  # nobody could say whether these are right
FEWEST = 2  # of each stratum, so that its own variance is known
LONGEST = 10_000  # more than anybody reviews by hand
BANDS = (0.1, 0.9)  # and the threshold
# The strata of examples that no p tells apart, and what share of each is right, roughly.
KINDS = {
    "proved": 0.98,
    "proved by rounding": 0.95,
    "likely": 0.8,
    "rejected by the model": 0.2,
    "disproved": 0.02,
    "refused by a guard": 0.02,
    "rejected by the rule alone": 0.4,
    "undecided": 0.4,
}


def worst_first(audited: Audited) -> pl.DataFrame:
    """What was flagged, each pair once, the lowest p first, those proved last.

    Raises SourceError where nothing was.
    """
    flagged = _examples(audited).filter("flagged").sort("p", "row", "rollout", nulls_last=True)
    queue = distinct(audited.collect(flagged.drop("stratum", "expected", "rejected"))).head(LONGEST)
    if queue.is_empty():
        raise SourceError(f"{audited.name}: holds no false negatives; --sample N draws from all rejected")
    return queue.with_columns(stratum=None, stratum_size=None, stratum_drawn=None)


def sampled(audited: Audited, size: int, *, seed: int) -> pl.DataFrame:
    """A stratified random sample of what the rule rejected: of what was flagged, and of what was not.

    The strata are taken in turn, so that whoever stops early has labelled a share of each. With the same seed
    a larger sample holds the smaller one. Raises UsageError for a size with which not every stratum is seen
    twice.
    """
    examples = audited.collect(_examples(audited).filter("rejected"))
    examples = examples.with_columns(_lots(examples, seed), copies=pl.len().over("pair"))
    strata = examples.group_by("stratum").agg(pl.len().alias("stratum_size"), pl.col("expected").mean())
    weights = {
        stratum: (count, _spread(expected)) for stratum, count, expected in strata.sort("stratum").iter_rows()
    }
    if not weights:
        raise SourceError(f"{audited.name}: the rule rejected nothing; there is nothing to draw from")
    drawn = _allotted(weights, size)
    return (
        examples.join(strata.drop("expected"), on="stratum")
        .with_columns(stratum_drawn=pl.col("stratum").replace_strict(drawn, return_dtype=pl.Int64))
        .sort("lot")
        .with_columns(number=pl.int_range(pl.len()).over("stratum"))
        .filter(pl.col("number") < pl.col("stratum_drawn"))
        .sort(pl.col("number") / pl.col("stratum_drawn"), "lot")
        .drop("number", "lot", "expected", "rejected")
    )


def _examples(audited: Audited) -> pl.LazyFrame:
    """Every example that the rule did not accept and that somebody can judge, without its texts."""
    judgeable = ~pl.col("tinyv_rule_reason").is_in(WITHOUT_VERDICT).fill_null(value=False)
    p = audited.p
    kind = _kind()
    is_banded = p.is_not_null() & kind.is_in(["likely", "rejected by the model"])
    stratum = pl.when(is_banded).then(kind + ", p " + _band(p, audited.threshold)).otherwise(kind)
    return audited.frame.filter((pl.col("tinyv_rule") != "accept") & judgeable).select(
        PAIR,
        row="tinyv_row",
        rollout="tinyv_rollout",
        p=p,
        category="tinyv_category",
        flagged="tinyv_false_negative",
        rejected=pl.col("tinyv_rule") == "reject",
        stratum=stratum,
        expected=pl.when(is_banded).then(p).otherwise(kind.replace_strict(KINDS, return_dtype=pl.Float64)),
    )


def _kind() -> pl.Expr:
    """Who settled it, and how."""
    evidence, found = pl.col("tinyv_evidence"), pl.col("tinyv_false_negative")
    named = {
        "proof": pl.lit("proved"),
        "rounds": pl.lit("proved by rounding"),
        "disproof": pl.lit("disproved"),
        "guard": pl.lit("refused by a guard"),
        "rule": pl.lit("rejected by the rule alone"),
        "model": pl.when(found).then(pl.lit("likely")).otherwise(pl.lit("rejected by the model")),
    }
    kinds = (pl.when(evidence == name).then(kind) for name, kind in named.items())
    return pl.coalesce(*kinds, pl.lit("undecided"))


def _band(p: pl.Expr, threshold: float) -> pl.Expr:
    """Between which of the edges p lies, in words."""
    ends = sorted({0.0, *BANDS, threshold, 1.0})
    *bands, last = [(high, pl.lit(f"{low:.2g} to {high:.2g}")) for low, high in pairwise(ends)]
    return pl.coalesce(*(pl.when(p < high).then(name) for high, name in bands), last[1])


def _spread(expected: float) -> float:
    """The standard deviation of a label in a stratum where this share is right; no p is quite believed."""
    share = min(max(expected, 0.05), 0.95)
    return float((share * (1 - share)) ** 0.5)


def _allotted(strata: Mapping[str, tuple[int, float]], size: int) -> dict[str, int]:
    """How many to draw of each: by its size times its spread (Neyman 1934, J. R. Stat. Soc. 97:558)."""
    drawn = {stratum: min(FEWEST, count) for stratum, (count, _) in strata.items()}
    if size < sum(drawn.values()):
        raise UsageError(
            f"--sample {size}: there are {len(strata)} kinds of examples to draw from; take at least "
            f"{sum(drawn.values())}"
        )

    def claim(stratum: str) -> float:
        count, spread = strata[stratum]
        return count * spread / (drawn[stratum] + 1) if drawn[stratum] < count else 0.0

    for _ in range(min(size, sum(count for count, _ in strata.values())) - sum(drawn.values())):
        drawn[max(strata, key=claim)] += 1
    return drawn


def _lots(examples: pl.DataFrame, seed: int) -> pl.Series:
    """A random number for each example that depends on nothing but its place and the seed."""
    places = examples.select("row", "rollout").iter_rows()
    lots = [sha256(f"{seed} {row} {rollout}".encode()).digest()[:8] for row, rollout in places]
    return pl.Series("lot", lots, pl.Binary)
