"""What kind the false negatives are of, beside the shares that the paper found."""

import polars as pl

from tinyv_cli.findings.queries import FOUND, PROVED, Figures, collect, share_of
from tinyv_cli.words import LEAF_NAMES

CATEGORY_NAMES = {
    "1": "formatting",
    "2": "notation",
    "3": "expressions",
    "4": "numbers",
    "5": "language",
    "6": "sets and lists",
    "7": "symbols",
}

# Of the false negatives on Big-Math, in percent (arXiv 2505.14625, the table of its taxonomy).
PAPER_PERCENT = {
    "1.1": 2.29,
    "1.2": 5.99,
    "1.3": 3.57,
    "1.4": 14.55,
    "1.5": 7.86,
    "1.6": 0.24,
    "2.1": 7.23,
    "2.2": 6.29,
    "2.3": 0.86,
    "2.4": 0.18,
    "2.5": 0.91,
    "3.1": 4.59,
    "3.2": 0.58,
    "3.3": 0.97,
    "3.4": 0.55,
    "4.1": 4.72,
    "4.2": 1.00,
    "4.3": 3.33,
    "4.4": 1.70,
    "5.1": 19.99,
    "5.2": 5.93,
    "5.3": 2.71,
    "5.4": 1.21,
    "6.1": 0.52,
    "6.2": 1.08,
    "6.3": 0.11,
    "6.4": 0.11,
    "7.1": 0.67,
    "7.2": 0.15,
    "7.3": 0.02,
    "7.4": 0.08,
}


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
