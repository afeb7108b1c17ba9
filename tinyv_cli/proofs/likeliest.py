"""The likeliest leaf of the paper's taxonomy (arXiv 2505.14625) for an answer that only a model found right.

Nothing is proved here: it is already believed that answer and gold mean the same, and the recognisers say
what the difference between them looks like. What looks like none of the leaves has none.
"""

from collections.abc import Sequence

from tinyv_cli.proofs.leaves import RECOGNISERS
from tinyv_cli.proofs.leaves.phrasing import ways
from tinyv_cli.proofs.sides import Pair, pair_of


def category(question: str, golds: Sequence[str], answer: str) -> str | None:
    """The id of the leaf, `5.2`, or None. Of several golds the one is taken that the answer is closest to.

    The recognisers stand in the order of how little they leave to guess, so whichever fits first counts. Of
    two lists that none fits as a whole the elements are looked at that stand in the same place and differ.
    """
    pairs = [pair_of(question, way, answer) for gold in golds for way in (gold, *ways(gold))]
    elements = (element for pair in pairs for element in pair.elements())
    return _first(pairs) or _first(list(elements))


def _first(pairs: Sequence[Pair]) -> str | None:
    return next((leaf for leaf, fits in RECOGNISERS if any(map(fits, pairs))), None)
