"""Words of which only one can hold: yes and no, days, directions; and names between which a question asks."""

import re

from tinyv_cli.maths.readings.records import Words
from tinyv_cli.maths.words import HEDGES, word_set
from tinyv_cli.proofs.refuting.asked import Asked

_CLASSES = tuple(
    map(
        word_set,
        (
            "monday tuesday wednesday thursday friday saturday sunday",
            "january february march april may june july august september october november december",
            "odd even",
            "increasing decreasing",
            "increase decrease",
            "maximum minimum",
            "convergent divergent",
            "converges diverges",
            "rational irrational",
            "acute obtuse",
            "positive negative",
            "clockwise counterclockwise",
            "left right",
            "north south east west northeast northwest southeast southwest",
            "ellipse hyperbola parabola circle",
            "red green blue yellow black white orange purple brown",
            "bernoulli poisson",
        ),
    )
)
_TRUTH = {"yes": True, "true": True, "no": False, "false": False, "是": True, "否": False}
_FIRST = re.compile(r"\w+")
MOST_WORDS = 4


def words_apart(gold: Words, answer: Words, asked: Asked) -> str | None:
    """Why words cannot mean the same; None where they may."""
    first, second = gold.text.casefold(), answer.text.casefold()
    truths = [_TRUTH.get(found[0]) if (found := _FIRST.match(text)) else None for text in (first, second)]
    if None not in truths:
        return f"{answer.text[:40]} is not {gold.text[:40]}" if truths[0] != truths[1] else None
    said = [set(re.findall(r"[a-z]+", text)) for text in (first, second)]
    if any(each & HEDGES for each in said) or "/" in first + second or re.search(r"\d", first + second):
        return None
    for words in _CLASSES:
        own = [each & words for each in said]
        if len(own[0]) == len(own[1]) == 1 and own[0] != own[1] and said[0] - own[0] == said[1] - own[1]:
            return f"{own[1].pop()} is not {own[0].pop()}"
    if _are_offered(first, second, asked):
        return f"{answer.text} is another of those asked about than {gold.text}"
    return None


def _are_offered(gold: str, answer: str, asked: Asked) -> bool:
    """Whether the question names both, one beside the other, as what the answer is one of."""
    if max(len(gold.split()), len(answer.split())) > MOST_WORDS or gold in answer or answer in gold:
        return False
    question = asked.question.casefold()
    one, other = re.escape(gold), re.escape(answer)
    return any(
        re.search(
            rf"(?<!\w){first}['\"]?\s*(?:,|，|、|;|\bor\b|/|或|还是)[^.?!\n]{{0,80}}?(?<!\w){second}(?!\w)",
            question,
        )
        for first, second in ((one, other), (other, one))
    )
