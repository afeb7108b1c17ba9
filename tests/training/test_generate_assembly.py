"""Groups of right and wrong answers, put together from transformations."""

import os
import subprocess
import sys
from collections import Counter
from functools import cache
from random import Random

import pytest

import training.generate  # noqa: F401  (registers the transformations)
from tests.generated import GOLDS
from tinyv_cli.proofs import prove
from training.generate.assembly import ANSWERS, clean, groups_from
from training.generate.transformation import TRANSFORMATIONS, Effect, Task, same
from training.groups import Group
from training.pool import Row

ROWS = [Row("made up", question, gold) for question, gold in GOLDS]
TWO_UNITS = Task("How many pascals is it, and how many years did it last?", "24")

pytestmark = pytest.mark.training


def made(seed: int, count: int = 60) -> list[Group]:
    """Some groups."""
    return list(groups_from(ROWS, count, Random(seed)))


groups = cache(made)  # for those who only read them


def test_a_seed_makes_the_same_groups() -> None:
    """Whatever was made before in the same process; another seed makes others."""
    first = made(1, 12)
    assert made(1, 12) == first != made(2, 12)


def test_a_seed_makes_the_same_groups_in_any_process() -> None:
    """Sets stand in another order in each: nothing is drawn by that."""
    code = (
        "from random import Random; from tests.training.test_generate_assembly import *; print(made(1, 12), "
        "[TRANSFORMATIONS['converted_without_its_unit'].make(TWO_UNITS, Random(n)) for n in range(9)])"
    )
    command = [sys.executable, "-c", code]
    first, *others = (
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True, timeout=120
        ).stdout
        for seed in "123"
    )
    assert first.startswith(b"[Group(") and others == [first] * 2


def test_each_group_has_both_labels_and_each_answer_once() -> None:
    """Right answers are as many as wrong ones over all, and nobody can tell them by how they are dressed."""
    answers = [answer for group in groups(3) for answer in group.answers]
    for group in groups(3):
        assert {answer.correct for answer in group.answers} == {True, False}
        assert len({answer.text for answer in group.answers}) == len(group.answers) <= ANSWERS
    assert 0.4 < sum(answer.correct for answer in answers) / len(answers) < 0.6
    dressed = Counter(answer.correct for answer in answers if used(answer.how) & of(Effect.DRESSED))
    assert 0.6 < dressed[True] / dressed[False] < 1.7


def of(effect: Effect) -> set[str]:
    """The names of the transformations of an effect."""
    return {each.name for each in TRANSFORMATIONS.values() if each.effect is effect}


def used(how: str) -> set[str]:
    """The transformations that an answer went through."""
    return set(how.split("+"))


def test_labels_follow_from_what_was_done() -> None:
    """A right answer went through no change; a wrong one is a filler, another gold, or was changed."""
    for group in groups(4):
        for answer in group.answers:
            wrong = used(answer.how) & (of(Effect.WRONG) | of(Effect.FILLER) | {"other_gold"})
            assert bool(wrong) is not answer.correct, answer


def test_nothing_wrong_can_be_proved() -> None:
    """What is shown to be right after all is left out."""
    for group in groups(5):
        gold = clean(group.gold)
        wrong = [answer for answer in group.answers if not answer.correct]
        assert not [answer for answer in wrong if answer.text == gold]
    proved = [
        answer
        for group in groups(5)
        for answer in group.answers
        if not answer.correct and prove(group.question, group.gold, answer.text)
    ]
    assert len(proved) <= 1, proved  # the gold that is shown may be a rounded one


@pytest.mark.parametrize(
    ("gold", "cleaned"),
    [
        (r"$\frac12$", r"\frac12"),
        (r"$$ x $$", "x"),
        (r"\boxed{5}", "5"),
        (r"$\boxed{5}$.", "5"),
        (r"\(a\)", "a"),
        ("$1$ and $2$", "$1$ and $2$"),
        ("5", "5"),
        ("$$", "$$"),
    ],
)
def test_what_stands_around_a_gold(gold: str, cleaned: str) -> None:
    """Delimiters of the whole are dropped, those inside stay."""
    assert clean(gold) == cleaned


def test_two_of_one_name() -> None:
    """A name stands for one transformation."""
    name = next(iter(TRANSFORMATIONS))

    def twin(task: Task, rng: Random) -> str | None:
        return None

    twin.__name__ = name
    with pytest.raises(ValueError, match=f"two transformations are called {name}"):
        same("1.1")(twin)


def test_all_leaves_are_there() -> None:
    """Each leaf of the taxonomy that has a rule of its own is made, and there are plenty of wrong answers."""
    leaves = {each.leaf for each in TRANSFORMATIONS.values() if each.effect in (Effect.SAME, Effect.DRESSED)}
    wanted = "1.1 1.2 1.3 1.4 1.5 1.6 2.1 2.2 2.3 2.4 2.5 3.1 3.2 3.3 3.4 4.1 4.2 4.3 4.4 5.1 5.2 5.3 5.4"
    wanted += " 6.1 6.2 6.3 6.4 7.1 7.2 7.3 7.4"
    assert set(wanted.split()) <= leaves, set(wanted.split()) - leaves
    assert len(of(Effect.WRONG)) > 100 and len(of(Effect.FILLER)) > 15
