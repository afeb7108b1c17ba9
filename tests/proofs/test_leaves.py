"""Each leaf has its table: three pairs that it alone shows, and three near misses of these."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

import pytest

from tests.proofs.leaves import test_expression as test_proofs_expression
from tests.proofs.leaves import test_formatting as test_proofs_formatting
from tests.proofs.leaves import test_language as test_proofs_language
from tests.proofs.leaves import test_notation as test_proofs_notation
from tests.proofs.leaves import test_numeric as test_proofs_numeric
from tests.proofs.leaves import test_sets as test_proofs_sets
from tests.proofs.leaves import test_symbols as test_proofs_symbols
from tinyv_cli.proofs.leaves import LEAVES
from tinyv_cli.proofs.search import MOST_STEPS, Leaf, Prove, Search
from tinyv_cli.proofs.sides import Sides
from tinyv_cli.records import Proof

FEWEST_ROWS = 3
Row = tuple[str, str, str]  # question, gold, answer


def _rows(tables: Iterable[Sequence[tuple[str, ...]]], *, question: bool) -> list[Row]:
    """The rows of tables that begin with a question, or with a gold."""
    return [
        (row[0], row[1], row[2]) if question else ("", row[0], row[1]) for table in tables for row in table
    ]


PROVED = [
    *_rows(
        (test_proofs_expression.SAME, test_proofs_formatting.MARKUP, test_proofs_formatting.INTEGERS),
        question=False,
    ),
    *_rows(
        (
            test_proofs_formatting.UNITS,
            test_proofs_language.SENTENCES,
            test_proofs_language.LABELS,
            test_proofs_language.WORDS,
            test_proofs_language.CHOICES,
            test_proofs_notation.SAME,
            test_proofs_numeric.SAME,
            test_proofs_sets.SAME,
            test_proofs_symbols.SAME,
        ),
        question=True,
    ),
]
REFUSED = [
    *_rows(
        (
            test_proofs_expression.DIFFERENT,
            test_proofs_formatting.NOT_MARKUP,
            test_proofs_formatting.NOT_INTEGERS,
        ),
        question=False,
    ),
    *_rows(
        (
            test_proofs_formatting.NO_UNITS,
            test_proofs_language.NO_SENTENCES,
            test_proofs_language.NO_LABELS,
            test_proofs_language.NO_WORDS,
            test_proofs_language.NO_CHOICES,
            test_proofs_notation.OTHER,
            test_proofs_numeric.OTHER,
            test_proofs_sets.OTHER,
            test_proofs_symbols.DIFFERENT,
        ),
        question=True,
    ),
]


def _is_proved(row: Row, leaves: Sequence[Leaf]) -> bool:
    question, gold, answer = row
    search = Search(question, leaves)
    return any(search.prove(gold, answer, steps) for steps in range(1, MOST_STEPS + 1))


def _used(row: Row) -> set[Leaf]:
    """The leaves that have shown anything on the way to the proof."""
    used = set[Leaf]()

    def noting(leaf: Leaf) -> Leaf:
        def noted(sides: Sides, prove: Prove) -> Proof | None:
            proof = leaf(sides, prove)
            if proof is not None:
                used.add(leaf)
            return proof

        return noted

    assert _is_proved(row, [noting(leaf) for leaf in LEAVES]), row
    return used


@cache
def rows_of_leaves() -> dict[Leaf, list[Row]]:
    """For each leaf the rows that have no proof without it."""
    rows = defaultdict[Leaf, list[Row]](list)
    for row in PROVED:
        for leaf in _used(row):
            if not _is_proved(row, [other for other in LEAVES if other is not leaf]):
                rows[leaf].append(row)
    return rows


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.__name__)
def test_each_leaf_has_its_rows(leaf: Leaf) -> None:
    """Without it three rows have no proof; three more share the question and a side, and have none at all."""
    own = rows_of_leaves()[leaf]
    assert len(set(own)) >= FEWEST_ROWS
    asked = {(question, side) for question, *both in own for side in both}
    near = {row for row in REFUSED if asked & {(row[0], side) for side in row[1:]}}
    assert len(near) >= FEWEST_ROWS
    assert not any(_is_proved(row, LEAVES) for row in near)
