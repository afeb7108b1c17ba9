"""The search for proofs as the pipeline knows it: in killable workers, each distinct case once."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, replace
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

from tinyv_cli import __version__
from tinyv_cli.proofs import only_form, prove
from tinyv_cli.proofs.policy import DEFAULT, Policy
from tinyv_cli.proofs.refuting import refute
from tinyv_cli.proofs.suspects import suspect
from tinyv_cli.records import FORM, NOTHING_SHOWN, Answer, Case, Example, Shown
from tinyv_cli.running.cache import Shelf, VerdictCache, shelf
from tinyv_cli.running.distinct import Judges, Stage, lasts
from tinyv_cli.running.workers import BEHIND_ALL, Judge, Work, Workers, usable_cores

WARM = f"{__package__}.warm"


def show(case: Case, policy: Policy = DEFAULT) -> Shown:
    """A proof that the answer is one of the golds, or else that it is none; of what was accepted, a doubt."""
    if case.accepted:
        doubts = [suspect(case.question, gold, case.text) for gold in case.golds]
        return Shown(suspect=doubts[0]) if all(doubts) else NOTHING_SHOWN
    proofs = (prove(case.question, gold, case.text, policy) for gold in case.golds)
    if (proof := next(filter(None, proofs), None)) is not None:
        return Shown(proof)
    if any(only_form(case.question, gold, case.text, policy) for gold in case.golds):
        return Shown(reason=FORM)
    refutations = [refute(case.question, gold, case.text) for gold in case.golds]
    return Shown(disproof=refutations[0]) if all(refutations) else NOTHING_SHOWN


def broken_off(reason: str) -> Shown:
    """What a search comes to that took too long, or too much: nothing is shown, and that is counted."""
    return Shown(reason=reason)


class ProofStage(Stage[Shown]):
    """Proofs, disproofs and doubts for those examples that have both a gold and an answer."""

    def __init__(
        self, judges: Judges[Shown], judge: Judge[Shown] = show, *, kept: Shelf[Case, Shown] | None = None
    ) -> None:
        def at_once(case: Case) -> Shown | None:
            """Two numbers are what most wrong answers come to: to look them up would take longer."""
            return judge(case) if case.is_of_integers else None

        super().__init__(judges, _case, at_once, kept=kept)

    def submit(
        self, examples: Sequence[Example], answers: Sequence[Answer], accepted: Sequence[bool] = ()
    ) -> Callable[[], list[Shown]]:
        """Hand the examples over at once; of which a rule has `accepted` some, unless none is named."""
        said = accepted or [False] * len(examples)
        cases = (_case(*both) for both in zip(examples, answers, strict=True))
        return self._judged([_accepted(case) if yes else case for case, yes in zip(cases, said, strict=True)])


def _case(example: Example, answer: Answer) -> Case | Shown:
    if not example.golds or answer.text is None:
        return NOTHING_SHOWN
    return Case(example.golds, answer.text, question=example.question)


def _accepted(case: Case | Shown) -> Case | Shown:
    """Nobody doubts the gold's own text."""
    if not isinstance(case, Case) or case.text in case.golds:
        return NOTHING_SHOWN
    return replace(case, accepted=True)


@contextmanager
def proofs_for(
    policy: Policy | None,
    *,
    workers: int | None,
    timeout: float,
    memory: int,
    nice: int = BEHIND_ALL,
    cache: VerdictCache | None = None,
) -> Iterator[ProofStage | None]:
    """The search for proofs by this policy and its workers, one a core unless told; None without a policy.

    `timeout` is in seconds a case, `memory` in bytes a worker.
    """
    if policy is None:
        yield None
        return
    judge = partial(show, policy=policy)
    kept = shelf(cache, ["proof", __version__, proofs_version(), *map(str, astuple(policy))], Shown, lasts)
    complaint = "the workers that search for proofs cannot start"
    work = Work(judge, broken_off, timeout, memory, WARM, complaint=complaint, nice=nice)
    with Workers(work, count=workers or usable_cores()) as judges:
        yield ProofStage(judges, judge, kept=kept)


@cache
def proofs_version() -> str:
    """A hash of all that decides what is proved: the sources of this package, and of how answers are read."""
    proofs = Path(__file__).parent
    sources = sorted(path for room in (proofs, proofs.parent / "maths") for path in room.rglob("*.py"))
    return sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]
