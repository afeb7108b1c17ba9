"""The taxonomy of false negatives (arXiv 2505.14625): one table of its categories, leaves and shares."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leaf:
    """A kind of difference between a gold and an answer that means the same; proofs belong to one."""

    id: str
    name: str
    paper_percent: float  # of the false negatives on Big-Math, as the paper's table has it


@dataclass(frozen=True, slots=True)
class Category:
    """The leaves of one kind; their ids begin with its number."""

    number: str
    name: str
    leaves: tuple[Leaf, ...]


CATEGORIES = (
    Category(
        "1",
        "formatting",
        (
            Leaf("1.1", "spacing", 2.29),
            Leaf("1.2", "symbols", 5.99),
            Leaf("1.3", "markup", 3.57),
            Leaf("1.4", "units", 14.55),
            Leaf("1.5", "context", 7.86),
            Leaf("1.6", "other formatting", 0.24),
        ),
    ),
    Category(
        "2",
        "notation",
        (
            Leaf("2.1", "intervals", 7.23),
            Leaf("2.2", "ratios", 6.29),
            Leaf("2.3", "several in one", 0.86),
            Leaf("2.4", "vectors, matrices", 0.18),
            Leaf("2.5", "other notation", 0.91),
        ),
    ),
    Category(
        "3",
        "expressions",
        (
            Leaf("3.1", "algebra", 4.59),
            Leaf("3.2", "roots, exponents", 0.58),
            Leaf("3.3", "logs, trigonometry", 0.97),
            Leaf("3.4", "other expressions", 0.55),
        ),
    ),
    Category(
        "4",
        "numbers",
        (
            Leaf("4.1", "exact or rounded", 4.72),
            Leaf("4.2", "exact numbers", 1.00),
            Leaf("4.3", "precision", 3.33),
            Leaf("4.4", "other numbers", 1.70),
        ),
    ),
    Category(
        "5",
        "language",
        (
            Leaf("5.1", "explanations", 19.99),
            Leaf("5.2", "assignments", 5.93),
            Leaf("5.3", "phrasing", 2.71),
            Leaf("5.4", "other words", 1.21),
        ),
    ),
    Category(
        "6",
        "sets and lists",
        (
            Leaf("6.1", "order", 0.52),
            Leaf("6.2", "brackets", 1.08),
            Leaf("6.3", "separators", 0.11),
            Leaf("6.4", "other lists", 0.11),
        ),
    ),
    Category(
        "7",
        "symbols",
        (
            Leaf("7.1", "letters", 0.67),
            Leaf("7.2", "subscripts", 0.15),
            Leaf("7.3", "own symbols", 0.02),
            Leaf("7.4", "other symbols", 0.08),
        ),
    ),
)
LEAVES = tuple(leaf for category in CATEGORIES for leaf in category.leaves)

CATEGORY_NAMES = {category.number: category.name for category in CATEGORIES}
LEAF_NAMES = {leaf.id: leaf.name for leaf in LEAVES}
PAPER_PERCENT = {leaf.id: leaf.paper_percent for leaf in LEAVES}
