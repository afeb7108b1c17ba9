"""The search for proofs as the pipeline knows it: in killable workers, each distinct case once."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from tinyv_cli import __version__
from tinyv_cli.proofs import prove
from tinyv_cli.proofs.refuting import refute
from tinyv_cli.records import NOTHING_SHOWN, Answer, Case, Example, Proof, Shown, Step
from tinyv_cli.running.cache import Shelf, VerdictCache, shelf
from tinyv_cli.running.distinct import Judges, Stage
from tinyv_cli.running.workers import Judge, Work, Workers, usable_cores

WARM = f"{__package__}.warm"


def show(case: Case) -> Shown:
    """The first proof that the answer is one of the golds."""
    proofs = (prove(case.question, gold, case.text) for gold in case.golds)
    return Shown(proof) if (proof := next(filter(None, proofs), None)) else NOTHING_SHOWN


def show_either(case: Case) -> Shown:
    """A proof, or else a disproof: that the answer is none of the golds."""
    shown = show(case)
    if shown.proof is not None:
        return shown
    refutations = [refute(case.question, gold, case.text) for gold in case.golds]
    return Shown(disproof=refutations[0]) if all(refutations) else shown


def broken_off(reason: str) -> Shown:
    """What a search comes to that took too long, or too much: nothing is shown, and that is counted."""
    return Shown(reason=reason)


class ProofStage(Stage[Shown]):
    """Proofs for those examples that have both a gold and an answer."""

    def __init__(
        self, judges: Judges[Shown], judge: Judge[Shown] = show, *, kept: Shelf[Case, Shown] | None = None
    ) -> None:
        def at_once(case: Case) -> Shown | None:
            """Two numbers are what most wrong answers come to: to look them up would take longer."""
            return judge(case) if case.is_of_integers else None

        super().__init__(judges, _case, at_once, kept=kept)


def _case(example: Example, answer: Answer) -> Case | Shown:
    if not example.golds or answer.text is None:
        return NOTHING_SHOWN
    return Case(example.golds, answer.text, question=example.question)


@contextmanager
def proofs_for(
    *,
    workers: int | None,
    timeout: float,
    memory: int,
    cache: VerdictCache | None = None,
    wanted: bool = True,
    refuting: bool = False,
) -> Iterator[ProofStage | None]:
    """The search for proofs and its workers, one a core unless told; None where it is not wanted.

    `timeout` is in seconds a case, `memory` in bytes a worker. Disproofs are searched for if `refuting`.
    """
    if not wanted:
        yield None
        return
    judge = show_either if refuting else show
    kept = shelf(cache, ["proof", __version__, proofs_version(), refuting], _shown_of)
    complaint = "the workers that search for proofs cannot start"
    work = Work(judge, broken_off, timeout, memory, WARM, complaint=complaint)
    with Workers(work, count=workers or usable_cores()) as judges:
        yield ProofStage(judges, judge, kept=kept)


def _shown_of(kept: list[Any]) -> Shown:
    proof, disproof, reason = kept
    if proof is not None:
        steps, gold, answer = proof
        proof = Proof(tuple(Step(*step) for step in steps), gold, answer)
    return Shown(proof, disproof, reason)


@cache
def proofs_version() -> str:
    """A hash of all that decides what is proved: the sources of this package, and of how answers are read."""
    proofs = Path(__file__).parent
    sources = sorted(path for room in (proofs, proofs.parent / "maths") for path in room.rglob("*.py"))
    return sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]
