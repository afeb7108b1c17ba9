"""For verl's scorer of the PRIME project, `verl.utils.reward_score.prime_math`, the paper's rule verifier.

What matters to whoever runs it is as there: it is a package with relative imports, called and answering in
the same way; it prints; it compares in a child process for the sake of a time limit (verl since 0.4) or under
an alarm (verl 0.3); it swallows what goes wrong, so that where it can have no children it rejects in silence;
and it rejects the same right answers (see tests/rules/test_prime.py).
"""

import re

from . import grading

_MARKER = re.compile(r".*(?:answer is|answer:)", re.IGNORECASE | re.DOTALL)
_BOX = re.compile(r".*\\boxed\{(.*)\}", re.DOTALL)


def compute_score(model_output: str, ground_truth: str) -> tuple[bool, bool, str]:
    """Whether the answer is right, whether the form is, and the answer that was found."""
    answer = final_answer(str(model_output))
    correct = grading.same_answer(answer, str(ground_truth))
    return correct, correct or ("Step 2:" in model_output and "\\box" in model_output), answer


def final_answer(response: str) -> str:
    """What follows the last marker; in it, the last box."""
    response = _MARKER.sub("", response, count=1)
    box = _BOX.match(response)
    return (box[1] if box else response).strip().removesuffix(".")
