"""Why an answer that the rule accepted may be wrong all the same."""


def suspect(question: str, gold: str, answer: str) -> str | None:
    """What speaks against the answer, in a sentence; None where nothing does."""
    return None
