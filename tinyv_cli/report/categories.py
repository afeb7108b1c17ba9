"""What kind the false negatives are of, beside the shares that the paper found."""

from collections.abc import Sequence

import polars as pl

from tinyv_cli.figures.queries import FOUND, PROVED, SAME_TEXT, UNSEEN, collect
from tinyv_cli.figures.records import BESIDE, Count, Proportion, Share, record, share_of, told
from tinyv_cli.taxonomy import CATEGORY_NAMES, CATEGORY_PERCENT, LEAF_NAMES, PAPER_PERCENT


@record
class Leaf:
    """False negatives of one kind."""

    leaf: str
    name: str = told("Empty for a leaf that is none of the paper's.")
    category: str
    count: Count
    proved: Count
    likely: Count
    found: Share = told("Of those that have a leaf.", beside=BESIDE)
    paper: Proportion | None = told("The share that the paper found on Big-Math.")


@record
class Category:
    """False negatives of kinds that belong together."""

    category: str
    name: str
    count: Count
    found: Share = told("Of those that have a leaf.", beside=BESIDE)
    paper: Proportion | None = told(
        "The share that the paper's figure gives it: not the sum of those that it gives its leaves."
    )
    paper_leaves: Proportion = told("What the paper's figure gives its leaves, together.")


@record
class Categories:
    """The false negatives by the paper's taxonomy (arXiv 2505.14625)."""

    named: Count = told("False negatives that have a leaf: shares are of these.", name="with")
    without: Count = told("False negatives for which no leaf is known.")
    same_text: Count = told("Of these, answers that are the gold to the letter: nothing differs.")
    unseen: Count = told(
        "Of these in turn, those that the rule accepts when it is given them alone: lost in extraction."
    )
    categories: Sequence[Category] = told("All seven.")
    leaves: Sequence[Leaf] = told("All 31, also those that do not occur, in the paper's order.")


def category_figures(frame: pl.LazyFrame) -> Categories:
    """How often each leaf of the taxonomy, and each of its categories, occurs among the false negatives.

    All leaves are listed, in the paper's order. Shares are of those that have a leaf, as the paper's are.
    """
    by_leaf = frame.filter(FOUND).group_by(leaf="tinyv_category")
    counted = collect(
        by_leaf.agg(count=pl.len(), proved=PROVED.sum(), same_text=SAME_TEXT.sum(), unseen=UNSEEN.sum())
    )
    found = {leaf: (count, proved) for leaf, count, proved, *_ in counted.iter_rows()}
    leafless = counted.filter(pl.col("leaf").is_null())
    same_text, unseen = sum(leafless["same_text"]), sum(leafless["unseen"])
    without, _ = found.pop(None, (0, 0))
    total = sum(count for count, _ in found.values())
    leaves = [_leaf(leaf, *found.get(leaf, (0, 0)), total) for leaf in sorted({*LEAF_NAMES, *found})]
    categories = [_category(number, leaves, total) for number in CATEGORY_NAMES]
    return Categories(total, without, same_text, unseen, categories, leaves)


def _leaf(leaf: str, count: int, proved: int, total: int) -> Leaf:
    percent = PAPER_PERCENT.get(leaf)
    return Leaf(
        leaf=leaf,
        name=LEAF_NAMES.get(leaf, ""),
        category=leaf.partition(".")[0],
        count=count,
        proved=proved,
        likely=count - proved,
        found=share_of(count, total),
        paper=None if percent is None else round(percent / 100, 4),
    )


def _category(number: str, leaves: Sequence[Leaf], total: int) -> Category:
    own = [leaf for leaf in leaves if leaf.category == number]
    count = sum(leaf.count for leaf in own)
    paper = round(CATEGORY_PERCENT[number] / 100, 4)
    leaves_there = round(sum(leaf.paper or 0.0 for leaf in own), 4)
    return Category(number, CATEGORY_NAMES[number], count, share_of(count, total), paper, leaves_there)
