"""Each leaf has its table: three pairs that it alone shows, and three near misses of these."""

from collections import defaultdict
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

from tests.proofs import leaves
from tests.proofs.cases import Refused
from tinyv_cli.proofs.leaves import LEAVES
from tinyv_cli.proofs.search import MOST_STEPS, Leaf, Prove, Search
from tinyv_cli.proofs.sides import Sides
from tinyv_cli.records import Proof

FEWEST_ROWS = 3

TABLES = [import_module(f"{leaves.__name__}.{module.name}") for module in iter_modules(leaves.__path__)]
PROVED: list[Refused] = [row[:3] for table in TABLES for row in table.SAME]
REFUSED: list[Refused] = [row for table in TABLES for row in table.OTHER]


def _is_proved(row: Refused, leaves: Sequence[Leaf]) -> bool:
    question, gold, answer = row
    search = Search(question, leaves)
    return any(search.prove(gold, answer, steps) for steps in range(1, MOST_STEPS + 1))


def _used(row: Refused) -> set[Leaf]:
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


def test_each_leaf_has_its_rows() -> None:
    """Without it three rows have no proof; three more share the question and a side, and have none at all."""
    assert not [row for row in REFUSED if _is_proved(row, LEAVES)]
    rows = _rows_of_leaves()
    few = {leaf.__name__: len(rows[leaf]) for leaf in LEAVES if len(rows[leaf]) < FEWEST_ROWS}
    assert few == {}
    near = {leaf.__name__: len(_near(rows[leaf])) for leaf in LEAVES}
    assert {name: count for name, count in near.items() if count < FEWEST_ROWS} == {}


def _rows_of_leaves() -> dict[Leaf, set[Refused]]:
    """For each leaf the rows that have no proof without it."""
    rows = defaultdict[Leaf, set[Refused]](set)
    for row in PROVED:
        for leaf in _used(row):
            if not _is_proved(row, [other for other in LEAVES if other is not leaf]):
                rows[leaf].add(row)
    return rows


def _near(own: set[Refused]) -> set[Refused]:
    """The refused rows that share the question and a side with one of these."""
    asked = {(question, side) for question, *both in own for side in both}
    return {row for row in REFUSED if asked & {(row[0], side) for side in row[1:]}}
