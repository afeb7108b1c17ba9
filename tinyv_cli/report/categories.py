"""What kind the false negatives are of, beside the shares that the paper found."""

import polars as pl

from tinyv_cli.figures.queries import FOUND, PROVED, Figures, collect, share_of
from tinyv_cli.taxonomy import CATEGORY_NAMES, LEAF_NAMES, PAPER_PERCENT


def category_figures(frame: pl.LazyFrame) -> Figures:
    """How often each leaf of the taxonomy, and each of its categories, occurs among the false negatives.

    All leaves are listed, in the paper's order. Shares are of those that have a leaf, as the paper's are.
    """
    by_leaf = frame.filter(FOUND).group_by(leaf="tinyv_category")
    counted = collect(by_leaf.agg(count=pl.len(), proved=PROVED.sum()))
    found = {row["leaf"]: row for row in counted.iter_rows(named=True)}
    without = found.pop(None, {"count": 0})["count"]
    total = sum(row["count"] for row in found.values())
    leaves = [
        _leaf(leaf, found.get(leaf, {"count": 0, "proved": 0}), total)
        for leaf in sorted({*LEAF_NAMES, *found})
    ]
    return {
        "with": total,
        "without": without,
        "categories": [_category(number, leaves, total) for number in CATEGORY_NAMES],
        "leaves": leaves,
    }


def _leaf(leaf: str, counted: Figures, total: int) -> Figures:
    percent = PAPER_PERCENT.get(leaf)
    return {
        "leaf": leaf,
        "name": LEAF_NAMES.get(leaf, ""),
        "category": leaf.partition(".")[0],
        "count": counted["count"],
        "proved": counted["proved"],
        "likely": counted["count"] - counted["proved"],
        **share_of(counted["count"], total),
        "paper": None if percent is None else round(percent / 100, 4),
    }


def _category(number: str, leaves: list[Figures], total: int) -> Figures:
    own = [leaf for leaf in leaves if leaf["category"] == number]
    count = sum(leaf["count"] for leaf in own)
    return {
        "category": number,
        "name": CATEGORY_NAMES[number],
        "count": count,
        **share_of(count, total),
        "paper": round(sum(leaf["paper"] or 0.0 for leaf in own), 4),
    }
