"""Show that an answer is the gold, by named steps each of which anyone can follow; no model is asked.

A proof takes steps that leave the meaning as it is (a label dropped, elements put in the other order), and
ends where both sides are the same text or the same value. What cannot be shown says nothing: the answer may
be right all the same.
"""

from collections.abc import Callable
from dataclasses import replace

from tinyv_cli.maths.forms import links_signs_otherwise
from tinyv_cli.maths.questions import Form, form_asked, wants_a_form
from tinyv_cli.maths.repeating import repeats_expression
from tinyv_cli.maths.shapes import is_spelt_in_form
from tinyv_cli.maths.wording import are_other_symbols
from tinyv_cli.proofs.ends import is_another_product
from tinyv_cli.proofs.leaves import LEAVES
from tinyv_cli.proofs.leaves.digits import joins_two_numbers
from tinyv_cli.proofs.leaves.phrasing import belies_its_letter
from tinyv_cli.proofs.policy import DEFAULT, Policy
from tinyv_cli.proofs.search import Search, shortest
from tinyv_cli.records import Proof


def _are_other_symbols(question: str, gold: str, answer: str) -> bool:
    return are_other_symbols(gold, answer, question)


def _links_signs_otherwise(question: str, gold: str, answer: str) -> bool:
    return links_signs_otherwise(gold, answer)


def _belies_its_letter(question: str, gold: str, answer: str) -> bool:
    return belies_its_letter(answer, question)


# What is seen of both sides as they were given, and no step may pass over: equal as they may be, the answer is
# none, or another.
OBSTACLES: tuple[Callable[[str, str, str], bool], ...] = (
    repeats_expression,
    is_another_product,
    joins_two_numbers,
    _are_other_symbols,
    _links_signs_otherwise,
    _belies_its_letter,
)


def prove(question: str, gold: str, answer: str, policy: Policy = DEFAULT) -> Proof | None:
    """A proof that `answer` is `gold`, as an answer to `question`, or None. Bounded in steps, not in time."""
    if not policy.any_form and not is_spelt_in_form(question, gold, answer):
        return None
    if any(obstacle(question, gold, answer) for obstacle in OBSTACLES):
        return None
    return shortest(Search(question, LEAVES, policy), gold, answer)



def only_form(question: str, gold: str, answer: str, policy: Policy = DEFAULT) -> bool:
    """Whether `answer` is `gold` but for the form that is asked for: proved only where any will do."""
    if policy.any_form or (form_asked(question) == Form() and not wants_a_form(question)):
        return False
    if prove(question, gold, answer, policy) is not None:
        return False
    return prove(question, gold, answer, replace(policy, any_form=True)) is not None
