"""Have each distinct case judged once, however often and in whatever window it comes."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from typing import Generic, Protocol, TypeVar

from tinyv_cli.records import Answer, Case, Example
from tinyv_cli.running.cache import KEPT_AT_ONCE, NoShelf, Shelf, portions
from tinyv_cli.running.workers import PASSING, TIMEOUT


class Result(Protocol):
    """What judging comes to."""

    @property
    def reason(self) -> str | None:
        """Why it says nothing, if it does."""


R = TypeVar("R", bound=Result)


def lasts(result: Result) -> bool:
    """Whether it would come out again: another run may have other limits, and more luck."""
    return result.reason not in PASSING


AtOnce = Callable[[Case], R | None]


class Judges(Protocol[R]):
    """Whoever judges distinct cases."""

    def submit(self, cases: Iterable[Case]) -> dict[Case, Future[R]]: ...

    def start(self) -> None: ...


class Distinct(Generic[R]):
    """Knows what is being judged and what was judged before, in this run or in another.

    `at_once` gives those results that are known sooner than they could be looked up.
    """

    def __init__(self, judges: Judges[R], at_once: AtOnce[R], *, kept: Shelf[Case, R] | None = None) -> None:
        self._judges, self._at_once = judges, at_once
        self._kept: Shelf[Case, R] = kept or NoShelf()
        self._pending: dict[Case, Future[R]] = {}

    def submit(self, cases: Iterable[Case]) -> Callable[[], dict[Case, R]]:
        """Hand cases over at once; calling what comes back waits for their results."""
        seen = dict.fromkeys(cases)
        settled = {case: result for case in seen if (result := self._at_once(case)) is not None}
        judged = self._hand_over([case for case in seen if case not in settled])
        return lambda: settled | judged()

    def kept(self, cases: Sequence[Case]) -> int:
        """For how many of the cases an earlier run has kept the result."""
        found = self._kept.get(dict.fromkeys(cases))
        return sum(case in found for case in cases)

    def _hand_over(self, distinct: list[Case]) -> Callable[[], dict[Case, R]]:
        # In this order: what another thread collects meanwhile is kept before it ceases to be pending.
        pending = {case: future for case in distinct if (future := self._pending.get(case)) is not None}
        known = self._kept.get(case for case in distinct if case not in pending)
        fresh = self._judges.submit(case for case in distinct if case not in pending and case not in known)
        self._pending.update(fresh)

        def collect() -> dict[Case, R]:
            results = dict(known)
            for some in portions(fresh, KEPT_AT_ONCE):
                judged = {case: fresh[case].result() for case in some}
                self._keep(judged)
                results.update(judged)
            results.update((case, future.result()) for case, future in pending.items())
            return results

        return collect

    def _keep(self, judged: dict[Case, R]) -> None:
        """Keep the results. One that timed out stays pending: asking again would cost as much again."""
        self._kept.put(judged)
        for case, result in judged.items():
            if result.reason != TIMEOUT:
                self._pending.pop(case, None)


class Stage(Generic[R]):
    """What the pipeline hands its examples to, window by window.

    `sees` is what is to be judged of an example and its answer, or what is said of it where that is nothing.
    """

    def __init__(
        self,
        judges: Judges[R],
        sees: Callable[[Example, Answer], Case | R],
        at_once: AtOnce[R],
        *,
        kept: Shelf[Case, R] | None = None,
    ) -> None:
        self._sees, self._judges = sees, judges
        self._distinct = Distinct(judges, at_once, kept=kept)

    def start(self) -> None:
        """Start all that judge now, rather than with the first case."""
        self._judges.start()

    def submit(self, examples: Sequence[Example], answers: Sequence[Answer]) -> Callable[[], list[R]]:
        """Hand the examples over at once; calling what comes back waits for their results."""
        return self._judged([self._sees(*both) for both in zip(examples, answers, strict=True)])

    def _judged(self, seen: Sequence[Case | R]) -> Callable[[], list[R]]:
        judged = self._distinct.submit(each for each in seen if isinstance(each, Case))

        def collect() -> list[R]:
            results = judged()
            return [results[each] if isinstance(each, Case) else each for each in seen]

        return collect

    def foreseen(self, examples: Sequence[Example], answers: Sequence[Answer]) -> tuple[int, int]:
        """How many it would judge, and of how many of these an earlier run has kept the result."""
        seen = (self._sees(*both) for both in zip(examples, answers, strict=True))
        cases = [each for each in seen if isinstance(each, Case)]
        return len(cases), self._distinct.kept(cases)
