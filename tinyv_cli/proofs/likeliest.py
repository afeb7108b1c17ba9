"""The likeliest leaf of the paper's taxonomy (arXiv 2505.14625) for an answer that only a model found right.

Nothing is proved here: it is already believed that answer and gold mean the same, and asked is what the
difference between them is. It is what a proof would say that may take more for granted: any form, and that
the question speaks of all that stands in either side. Where no step leads from one side to the other, the
recognisers say what the difference looks like. What looks like none of the leaves has none.
"""

from collections.abc import Iterable, Sequence

from tinyv_cli.proofs.leaves import LEAVES, RECOGNISERS
from tinyv_cli.proofs.leaves.phrasing import ways
from tinyv_cli.proofs.policy import Policy
from tinyv_cli.proofs.search import Search, shortest
from tinyv_cli.proofs.sides import Pair, pairs_of

BELIEVED = Policy(any_form=True)
MOST_PAIRS, LONGEST = 40, 600  # nobody stops a guess that takes too long: of one search, and of a text


def category(question: str, golds: Sequence[str], answer: str) -> str | None:
    """The id of the leaf, `5.2`, or None; of any texts. Of several golds that counts which is the closest.

    Of one and the same text there is no difference to name, as in a proof.
    """
    if answer.strip() in (gold.strip() for gold in golds):
        return None
    return _by_steps(question, golds, answer) or _by_looks(question, golds, answer)


def _by_steps(question: str, golds: Sequence[str], answer: str) -> str | None:
    """The leaf that a proof would name, by what the question says, or else by what either side does."""
    golds = [gold for gold in golds if max(len(gold), len(answer)) <= LONGEST]
    for asked in (question, "\n".join((question, *golds, answer))):
        found = [shortest(Search(asked, LEAVES, BELIEVED, MOST_PAIRS), gold, answer) for gold in golds]
        # The first categories are of form, so of as many steps those say least that stand there.
        leaves = [(len(proof.steps), proof.leaf) for proof in found if proof and proof.leaf]
        if leaves:
            return min(leaves)[1]
    return None


def _by_looks(question: str, golds: Sequence[str], answer: str) -> str | None:
    """The leaf of the first recogniser that fits.

    They stand in the order of how little they leave to guess. Of two lists that none fits as a whole the
    elements are looked at that stand in the same place and differ.
    """
    pairs = pairs_of(question, ((way, answer) for gold in golds for way in (gold, *ways(gold))))
    return _first(pairs) or _first([element for pair in pairs for element in pair.elements()])


def _first(pairs: Iterable[Pair]) -> str | None:
    return next((leaf for leaf, fits in RECOGNISERS if any(map(fits, pairs))), None)
