"""Natural pairs: labelled outputs of models, as groups.

What the verifier is asked about is the answer that tinyv finds in a response, so that is what it learns from.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from random import Random

from tinyv_cli.maths.answers import find_answer
from training.groups import Answer, Group
from training.pool import Row

MOST_ANSWERS = 8  # of a group: more would not fit a batch
MOST_GOLD_CHARS = 160  # what the prompt keeps of a gold, about
ALTERNATIVES = "/"


def natural_groups(rows: Iterable[Row], rng: Random, turned: float = 0.0) -> Iterator[Group]:
    """The rows with the same question and gold as a group, each different answer once.

    Where a gold lists alternatives, some groups get a second time with the one that a correct answer names.
    Of this share of the groups gold and answers come once more with changed places.
    """
    ordered = sorted(rows, key=lambda row: (row.source, row.question, row.gold))
    for (source, question, gold), same in groupby(ordered, key=lambda r: (r.source, r.question, r.gold)):
        found = {_answer_in(row): bool(row.correct) for row in same}
        answers = [Answer(text, correct, "natural") for text, correct in found.items() if text]
        rng.shuffle(answers)
        for part in in_parts(answers):
            yield Group(source, question, _shortened(gold, part), part)
            if (one := _one_alternative(gold, part, rng)) is not None:
                yield Group(source, question, *one)
            if rng.random() < turned and (other := _turned(gold, part, rng)) is not None:
                yield Group(source, question, *other)


def _answer_in(row: Row) -> str:
    return (find_answer(row.response or "").text or "").strip()


def in_parts(answers: list[Answer]) -> Iterator[tuple[Answer, ...]]:
    """The answers in parts that a batch can hold."""
    for start in range(0, len(answers), MOST_ANSWERS):
        yield tuple(answers[start : start + MOST_ANSWERS])


def _shortened(gold: str, answers: tuple[Answer, ...]) -> str:
    """The gold, or of more alternatives than fit those that the answers name and then the first ones.

    All answers count, not only the correct ones: what is left must not tell which these are.
    """
    if len(gold) <= MOST_GOLD_CHARS or ALTERNATIVES not in gold:
        return gold
    alternatives = gold.split(ALTERNATIVES)
    named = [each for each in alternatives if any(_names(answer.text, each) for answer in answers)]
    kept: list[str] = []
    for each in dict.fromkeys([*named, *alternatives]):
        if sum(map(len, kept)) + len(kept) + len(each) <= MOST_GOLD_CHARS:
            kept.append(each)
    return ALTERNATIVES.join(each for each in alternatives if each in kept) or gold


def _one_alternative(
    gold: str, answers: tuple[Answer, ...], rng: Random
) -> tuple[str, tuple[Answer, ...]] | None:
    """One alternative that a correct answer names, with the answers that name it and the wrong ones."""
    alternatives = _alternatives(gold)
    if len(alternatives) < 2:
        return None
    correct = [answer for answer in answers if answer.correct]
    named = [each for each in alternatives if any(_names(answer.text, each) for answer in correct)]
    if not named or len(correct) == len(answers):
        return None
    one = rng.choice(named)
    kept = tuple(answer for answer in answers if not answer.correct or _names(answer.text, one))
    return one, kept


def _turned(gold: str, answers: tuple[Answer, ...], rng: Random) -> tuple[str, tuple[Answer, ...]] | None:
    """An answer as the gold, and the gold among the answers.

    Beside a correct one the others keep their labels; beside a wrong one all that is right is wrong, and of
    other wrong answers nothing is known.
    """
    short = [answer for answer in answers if len(answer.text) <= MOST_GOLD_CHARS]
    if not short:
        return None
    chosen = rng.choice(short)
    alternatives = _alternatives(gold)
    named = [each for each in alternatives if _names(chosen.text, each)] or alternatives
    if not named:
        return None
    others = [answer for answer in answers if answer is not chosen and (chosen.correct or answer.correct)]
    right = [Answer(rng.choice(named), True, "turned"), *others]
    return chosen.text, tuple(Answer(each.text, each.correct and chosen.correct, each.how) for each in right)


def _alternatives(gold: str) -> list[str]:
    return [each.strip() for each in gold.split(ALTERNATIVES) if each.strip()]


def _names(text: str, alternative: str) -> bool:
    return len(alternative) > 1 and alternative.casefold() in text.casefold()
