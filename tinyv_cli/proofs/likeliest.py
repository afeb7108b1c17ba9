"""The likeliest leaf of the paper's taxonomy (arXiv 2505.14625) for an answer that only a model found right.

Nothing is proved here: it is already believed that answer and gold mean the same, and asked is what the
difference between them is. First by the steps of the proofs themselves, taken as if the sides had only to
come near each other at the end: so that what is guessed is what a proof would say. Where no step leads there,
the recognisers say what the difference looks like. What looks like none of the leaves has none.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from tinyv_cli.proofs.ends import spelling_step
from tinyv_cli.proofs.leaves import LEAVES, RECOGNISERS
from tinyv_cli.proofs.leaves.phrasing import ways
from tinyv_cli.proofs.policy import Policy
from tinyv_cli.proofs.search import Search
from tinyv_cli.proofs.sides import MOST_CHARS, NEAR, Pair, pair_of

# What is believed to be the same may be in any form, and rounded however coarsely.
BELIEVED = Policy(within=Fraction(NEAR), any_form=True)
MOST_STEPS, MOST_PAIRS = 3, 40  # nobody stops a guess that takes too long


def category(question: str, golds: Sequence[str], answer: str) -> str | None:
    """The id of the leaf, `5.2`, or None. Of several golds the one is taken that the answer is closest to.

    The recognisers stand in the order of how little they leave to guess, so whichever fits first counts. Of
    two lists that none fits as a whole the elements are looked at that stand in the same place and differ.
    """
    return _by_steps(question, golds, answer) or _by_looks(question, golds, answer)


def _by_steps(question: str, golds: Sequence[str], answer: str) -> str | None:
    """The leaf of the first step of the shortest way from one to the other."""
    if len(answer) > MOST_CHARS:
        return None
    searches = [(Search(question, LEAVES, BELIEVED, MOST_PAIRS), gold) for gold in golds]
    for steps in range(1, MOST_STEPS + 1):
        for search, gold in searches:
            found = search.prove(gold[:MOST_CHARS], answer, steps)
            if found is not None and found.leaf:
                return found.leaf
    return None


def _by_looks(question: str, golds: Sequence[str], answer: str) -> str | None:
    pairs = [pair_of(question, way, answer) for gold in golds for way in (gold, *ways(gold))]
    return _first(pairs) or _first([element for pair in pairs for element in pair.elements()])


def _first(pairs: Iterable[Pair]) -> str | None:
    return next((leaf for leaf, fits in RECOGNISERS if any(map(fits, pairs))), None)
