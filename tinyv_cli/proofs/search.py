"""The search for a proof: which steps are tried, in which order, and how many."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from tinyv_cli.maths.questions import wants_its_own_form
from tinyv_cli.maths.shapes import is_in_form
from tinyv_cli.proofs.ends import Letters, ending, ordered_letters, spelling_step
from tinyv_cli.proofs.policy import DEFAULT, Policy
from tinyv_cli.proofs.sides import Sides
from tinyv_cli.records import Proof, Step

MOST_STEPS = 3
MOST_PAIRS = 120
MOST_CHARS = 1000

T = TypeVar("T")
Prove = Callable[[str, str], Proof | None]

# What a leaf is: given the sides, and a way to prove simpler ones, a proof or None.
Leaf = Callable[[Sides, Prove], Proof | None]


@dataclass(slots=True)
class Search:
    """Depth first; each pair is looked at once for each number of steps that are left."""

    question: str
    leaves: Sequence[Leaf]
    policy: Policy = DEFAULT
    most_pairs: int = MOST_PAIRS
    _known: dict[tuple[str, str, int], Proof | None] = field(default_factory=dict)
    _own_form: bool = field(init=False)
    _ordered: Letters | None = None
    _given: tuple[str, str] = ("", "")
    cut_off: bool = False  # whether there was anything that more steps might have shown

    def __post_init__(self) -> None:
        self._own_form = wants_its_own_form(self.question) and not self.policy.any_form

    def prove(self, gold: str, answer: str, steps: int = MOST_STEPS) -> Proof | None:
        """A proof with at most so many steps in a row, or None."""
        gold, answer = gold.strip(), answer.strip()
        if not gold or not answer or max(len(gold), len(answer)) > MOST_CHARS:
            return None
        if not any(self._given):
            self._given, self._ordered = (gold, answer), ordered_letters(self.question, gold, answer)
        key = (gold, answer, steps)
        if key not in self._known:
            if len(self._known) >= self.most_pairs:
                return None
            self._known[key] = None  # whoever comes back to it goes round in a circle
            self._known[key] = self._found(gold, answer, steps)
        return self._known[key]

    def _is_in_form(self, last: tuple[Step, ...], gold: str, answer: str) -> bool:
        """Whether what is equal in value, and not the same text, stands in the form that is asked for."""
        return not last or self.policy.any_form or is_in_form(self.question, gold, answer)

    def _found(self, gold: str, answer: str, steps: int) -> Proof | None:
        last = ending(gold, answer, question=self.question, form_asked=self._own_form, ordered=self._ordered)
        if last is not None:
            return Proof(last, gold, answer) if self._is_in_form(last, gold, answer) else None
        if steps == 0:
            self.cut_off = True
            return None
        sides = Sides(self.question, gold, answer, self._given, self.policy)

        def simpler(gold: str, answer: str) -> Proof | None:
            return self.prove(gold, answer, steps - 1)

        return next((proof for leaf in self.leaves if (proof := leaf(sides, simpler)) is not None), None)


def shortest(search: Search, gold: str, answer: str) -> Proof | None:
    """The first proof with the fewest steps: it is the one that says what the difference is."""
    for steps in range(1, MOST_STEPS + 1):
        search.cut_off = False
        if (proof := search.prove(gold, answer, steps)) is not None:
            return (
                proof if proof.steps else Proof((spelling_step(gold.strip(), answer.strip()),), gold, answer)
            )
        if not search.cut_off:
            break
    return None


def after(leaf: str, sentence: str, proof: Proof | None, *, rounds: bool = False) -> Proof | None:
    """The proof with a step before it; None where there is none. `rounds`: the step takes digits away."""
    return proof and replace(proof, steps=(Step(leaf, sentence, rounds), *proof.steps))


def together(leaf: str, sentence: str, parts: Sequence[Proof] | None) -> Proof | None:
    """One proof of several: the step that took them apart, and what each of them needed, said once."""
    if not parts:
        return None
    steps = dict.fromkeys(step for part in parts for step in part.steps)
    gold = ", ".join(part.gold for part in parts)
    answer = ", ".join(part.answer for part in parts)
    return Proof((Step(leaf, sentence), *steps), gold, answer)


def each_proved(
    prove: Callable[[T, T], Proof | None], golds: Iterable[T], answers: Iterable[T]
) -> list[Proof] | None:
    """A proof for each pair; None as soon as one has none. As many golds as answers are expected."""
    parts = []
    for gold, answer in zip(golds, answers, strict=True):
        part = prove(gold, answer)
        if part is None:
            return None
        parts.append(part)
    return parts


def rewritten(
    leaf: str, sentence: str, sides: Sides, prove: Prove, rewrite: Callable[[str], str]
) -> Proof | None:
    """The step of a leaf that writes whatever it finds on either side in another way, if it finds any."""
    gold, answer = sides.each(rewrite)
    if (gold, answer) == (sides.gold, sides.answer):
        return None
    return after(leaf, sentence, prove(gold, answer))
