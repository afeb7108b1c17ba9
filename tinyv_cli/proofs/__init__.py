"""Show that an answer is the gold, by named steps each of which anyone can follow; no model is asked.

A proof takes steps that leave the meaning as it is (a label dropped, elements put in the other order), and
ends where both sides are the same text or the same value. What cannot be shown says nothing: the answer may
be right all the same.
"""

from dataclasses import replace

from tinyv_cli.maths.forms import links_signs_otherwise
from tinyv_cli.maths.questions import Form, form_asked, wants_a_form
from tinyv_cli.maths.repeating import repeats_expression
from tinyv_cli.maths.shapes import is_spelt_in_form
from tinyv_cli.maths.wording import are_other_symbols
from tinyv_cli.proofs.ends import is_another_product, spelling_step
from tinyv_cli.proofs.leaves import LEAVES
from tinyv_cli.proofs.leaves.digits import joins_two_numbers
from tinyv_cli.proofs.policy import DEFAULT, Policy
from tinyv_cli.proofs.search import MOST_STEPS, Search
from tinyv_cli.records import Proof


def prove(question: str, gold: str, answer: str, policy: Policy = DEFAULT) -> Proof | None:
    """A proof that `answer` is `gold`, as an answer to `question`, or None. Bounded in steps, not in time."""
    if not policy.any_form and not is_spelt_in_form(question, gold, answer):
        return None
    if repeats_expression(
        question, gold, answer
    ):  # equal to the gold, and no answer: nothing was done with it
        return None
    if is_another_product(question, gold, answer) or links_signs_otherwise(gold, answer):
        return None
    if are_other_symbols(gold, answer, question) or joins_two_numbers(question, gold, answer):
        return None
    search = Search(question, LEAVES, policy)
    # With few steps first: the shortest proof is the one that says what the difference is.
    for steps in range(1, MOST_STEPS + 1):
        search.cut_off = False
        proof = search.prove(gold, answer, steps)
        if proof is not None or not search.cut_off:
            break
    if proof is None or proof.steps:
        return proof
    return replace(proof, steps=(spelling_step(gold.strip(), answer.strip()),))


def only_form(question: str, gold: str, answer: str, policy: Policy = DEFAULT) -> bool:
    """Whether `answer` is `gold` but for the form that is asked for: proved only where any will do."""
    if policy.any_form or (form_asked(question) == Form() and not wants_a_form(question)):
        return False
    if prove(question, gold, answer, policy) is not None:
        return False
    return prove(question, gold, answer, replace(policy, any_form=True)) is not None
