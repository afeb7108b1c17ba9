"""Show that an answer is the gold, by named steps each of which anyone can follow; no model is asked.

A proof takes steps that leave the meaning as it is (a label dropped, elements put in the other order), and
ends where both sides are the same text or the same value. What cannot be shown says nothing: the answer may
be right all the same.
"""

from collections.abc import Sequence
from dataclasses import replace

from tinyv_cli.maths.questions import Form, form_asked, wants_a_form
from tinyv_cli.maths.repeating import repeats_expression
from tinyv_cli.maths.shapes import is_spelt_in_form
from tinyv_cli.proofs.ends import spelling_step
from tinyv_cli.proofs.leaves import LEAVES
from tinyv_cli.proofs.policy import DEFAULT, Policy
from tinyv_cli.proofs.search import MOST_STEPS, Search
from tinyv_cli.records import Proof


def prove(question: str, gold: str, answer: str, policy: Policy = DEFAULT) -> Proof | None:
    """A proof that `answer` is `gold`, as an answer to `question`, or None. Bounded in steps, not in time."""
    if not policy.any_form and not is_spelt_in_form(question, gold, answer):
        return None
    if repeats_expression(question, gold, answer):  # equal, and no answer: nothing was done with it
        return None
    return shortest([(Search(question, LEAVES, policy), gold)], answer)


def shortest(searches: Sequence[tuple[Search, str]], answer: str) -> Proof | None:
    """The first proof with the fewest steps, of one of the golds, each with a search of its own."""
    # With few steps first: the shortest proof is the one that says what the difference is.
    for steps in range(1, MOST_STEPS + 1):
        for search, gold in searches:
            search.cut_off = False
            if (proof := search.prove(gold, answer, steps)) is not None:
                return proof if proof.steps else replace(proof, steps=(spelling_step(gold.strip(), answer.strip()),))
        searches = [each for each in searches if each[0].cut_off]
    return None


def only_form(question: str, gold: str, answer: str, policy: Policy = DEFAULT) -> bool:
    """Whether `answer`, which is not proved to be `gold`, is so but for the form that is asked for."""
    if policy.any_form or (form_asked(question) == Form() and not wants_a_form(question)):
        return False
    return prove(question, gold, answer, replace(policy, any_form=True)) is not None
