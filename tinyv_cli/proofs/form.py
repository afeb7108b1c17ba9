"""Whether nothing but the form is another: equal in value, where the question asks for a form."""

from dataclasses import replace

from tinyv_cli.maths.precision import misses_form
from tinyv_cli.maths.questions import wants_a_form
from tinyv_cli.proofs import prove
from tinyv_cli.proofs.policy import Policy


def only_form(question: str, gold: str, answer: str, policy: Policy) -> bool:
    """Whether the answer, which is not proved, would be if its form did not matter."""
    if policy.any_form or not (wants_a_form(question) or misses_form(question, gold, answer)):
        return False
    return prove(question, gold, answer, replace(policy, any_form=True)) is not None
