"""Show that an answer is the gold, by named steps each of which anyone can follow; no model is asked.

A proof takes steps that leave the meaning as it is (a label dropped, elements put in the other order), and
ends where both sides are the same text or the same value. What cannot be shown says nothing: the answer may
be right all the same.
"""

from dataclasses import replace

from tinyv_cli.proofs.ends import spelling_step
from tinyv_cli.proofs.leaves import LEAVES
from tinyv_cli.proofs.policy import DEFAULT, Policy
from tinyv_cli.proofs.search import MOST_STEPS, Search
from tinyv_cli.records import Proof


def prove(question: str, gold: str, answer: str, policy: Policy = DEFAULT) -> Proof | None:
    """A proof that `answer` is `gold`, as an answer to `question`, or None. Bounded in steps, not in time."""
    search = Search(question, LEAVES, policy)
    # With few steps first: the shortest proof is the one that says what the difference is.
    proofs = (search.prove(gold, answer, steps) for steps in range(1, MOST_STEPS + 1))
    proof = next(filter(None, proofs), None)
    if proof is None or proof.steps:
        return proof
    return replace(proof, steps=(spelling_step(gold.strip(), answer.strip()),))
