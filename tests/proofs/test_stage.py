"""The search for proofs in worker processes: each case once, no hang, nothing doubted that is kept."""

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.running.test_workers import HOSTILE
from tinyv_cli.proofs.policy import DEFAULT, Policy
from tinyv_cli.proofs.stage import WARM, ProofStage, broken_off, proofs_for, proofs_version, show
from tinyv_cli.records import NOTHING_SHOWN, Answer, Case, Example, How, Proof, Shown, Step
from tinyv_cli.running.cache import VerdictCache
from tinyv_cli.running.workers import Judge, Work, Workers

MEMORY = 4 << 30
NAMED = Shown(Proof((Step("7.1", "'f(m)' for 'f(n)'"),), "2n+1", "2n+1"))


class Recording:
    """Judges cases here, and remembers which."""

    def __init__(self, judge: Judge[Shown] = show) -> None:
        self._judge = judge
        self.seen: list[Case] = []

    def start(self) -> None:
        pass

    def submit(self, cases: Iterable[Case]) -> dict[Case, Future[Shown]]:
        futures: dict[Case, Future[Shown]] = {}
        for case in cases:
            self.seen.append(case)
            futures[case] = Future()
            futures[case].set_result(self._judge(case))
        return futures


def shown(stage: ProofStage, trials: Sequence[tuple[tuple[str, ...], str | None]]) -> list[Shown]:
    """What is shown of these golds and answers."""
    examples = [Example(i, 0, "", golds, answer) for i, (golds, answer) in enumerate(trials)]
    return stage.submit(examples, [Answer(answer, How.BOXED) for _, answer in trials])()


def test_results_go_to_their_examples() -> None:
    """Each distinct case is searched once; an example without gold or answer not at all."""
    judges = Recording()
    trials: list[tuple[tuple[str, ...], str | None]] = [
        (("f(n)=2n+1",), "f(m)=2m+1"),
        ((), "5"),
        (("x",), None),
        (("f(n)=2n+1",), "f(m)=2m-1"),
        (("f(n)=2n+1",), "f(m)=2m+1"),
        (("0", "f(n)=2n+1"), "f(m)=2m+1"),
    ]
    assert shown(ProofStage(judges), trials) == [NAMED, *[NOTHING_SHOWN] * 3, NAMED, NAMED]
    assert len(judges.seen) == 3


@pytest.mark.parametrize(
    ("golds", "answer", "searched"),
    [
        (("4",), "19", False),
        (("-4", "5"), "19", False),
        (("4",), "19.0", True),
        (("4", "x"), "19", True),
        (("4",), "19 cm", True),
        (("7" * 30,), "8" * 30, True),
    ],
)
def test_two_integers_need_no_worker(golds: tuple[str, ...], answer: str, searched: bool) -> None:
    """Different integers are settled at once."""
    judges = Recording()
    assert shown(ProofStage(judges), [(golds, answer)])[0].proof is None
    assert bool(judges.seen) == searched


def test_integers_are_refuted_at_once() -> None:
    """Disproofs too are found without a worker, if all golds are refuted."""
    judges = Recording()
    stage = ProofStage(judges)
    found = shown(stage, [(("4",), "19"), (("4", "190"), "19"), (("4", "6"), "19")])
    assert [each.disproof is not None for each in found] == [True, False, True]
    assert judges.seen == []


def test_kept_across_runs(tmp_path: Path) -> None:
    """What one run has shown, or has not, the next need not search; another policy is another search."""
    trials: list[tuple[tuple[str, ...], str | None]] = [
        (("f(n)=2n+1",), "f(m)=2m+1"),
        (("f(n)=2n+1",), "f(m)=2m-1"),
        ((r"\frac{2}{3}",), "0.6667"),
    ]
    with closing(VerdictCache(tmp_path / "v", on_failure=pytest.fail)) as cache:
        for policy, expected_found in ((DEFAULT, 0), (DEFAULT, 3), (Policy(rounds=False), 3)):
            with proofs_for(policy, workers=1, timeout=60, memory=MEMORY, cache=cache) as stage:
                assert stage is not None
                results = shown(stage, trials)
            assert results[0] == NAMED and results[1].proof is None
            assert (results[2].proof is not None) == policy.rounds
            assert cache.found == expected_found


def test_not_wanted() -> None:
    """Then there is no stage."""
    with proofs_for(None, workers=1, timeout=1, memory=MEMORY) as stage:
        assert stage is None


def _hang_or_show(case: Case) -> Shown:
    if case.text == "hang":
        time.sleep(600)
    return show(case)


def _fail(case: Case) -> Shown:
    raise ZeroDivisionError


@contextmanager
def stage_of(judge: Judge[Shown], timeout: float) -> Iterator[ProofStage]:
    """A stage whose workers do this."""
    work = Work(judge, broken_off, timeout, MEMORY, WARM)
    with Workers(work, count=1) as workers:
        yield ProofStage(workers)


def test_a_search_that_takes_too_long() -> None:
    """It shows nothing, and says so; the others are not lost with it."""
    with stage_of(_hang_or_show, timeout=1) as stage:
        found = shown(stage, [(("f(n)=2n+1",), answer) for answer in ("f(m)=2m+1", "hang", "f(k)=2k+1")])
    assert [each.reason for each in found] == [None, "timeout", None]
    assert [each.proof is not None for each in found] == [True, False, True]


def test_a_search_that_fails() -> None:
    """An error of ours is no verdict."""
    with stage_of(_fail, timeout=10) as stage:
        assert shown(stage, [(("x",), "y")]) == [Shown(reason="error:ZeroDivisionError")]


def test_hostile_input() -> None:
    """Nothing of what has hung verifiers keeps a worker busy for long, nor shows anything."""
    with proofs_for(DEFAULT, workers=2, timeout=5, memory=MEMORY) as stage:
        assert stage is not None
        assert shown(stage, [((gold,), answer) for gold, answer in HOSTILE.values()]) == [
            NOTHING_SHOWN
        ] * len(HOSTILE)


def test_version() -> None:
    """It is a hash, the same every time."""
    assert len(proofs_version()) == 12 and proofs_version() == proofs_version()
