"""Put all pairs to one verifier after the other, so that each is measured by itself."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from tinyv_cli.cache import VerdictCache
from tinyv_cli.evaluation.pairs import Pair, Pairs
from tinyv_cli.models import Asking
from tinyv_cli.pipeline import Prover, Rule, ask, judged_by
from tinyv_cli.records import RuleOutcome, RuleResult

Advance = Callable[[int, int, float | None], None]

# A rule's verdict as a number; undecided is no number.
ACCEPTED = {RuleOutcome.ACCEPT: 1.0, RuleOutcome.REJECT: 0.0, RuleOutcome.UNDECIDED: np.nan}


@dataclass(frozen=True, slots=True)
class Heard:
    """What a verifier said of all pairs, in their order: a rule 1, 0 or NaN (undecided), a model p or NaN.

    NaN also where a model was not asked, because the guards refuse the pair. `reasons` counts why a verifier
    was undecided. `seconds` is how long it took in all, `from_cache` how many verdicts earlier runs had made.
    """

    values: npt.NDArray[np.float64]
    reasons: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    from_cache: int = 0


def hear_rule(pairs: Pairs, rule: Rule, cache: VerdictCache, advance: Advance) -> Heard:
    """Put all pairs to a rule."""
    return _heard(pairs, _by_rule(pairs, rule), cache, advance)


def hear_model(pairs: Pairs, model: Asking, cache: VerdictCache, advance: Advance) -> Heard:
    """Put those pairs to a model that the guards let through."""
    return _heard(pairs, _by_model(pairs, model), cache, advance)


def hear_proofs(pairs: Pairs, proofs: Prover, advance: Advance) -> Iterator[str | None]:
    """For each pair, in order, the sentence of a proof if one is found."""
    done = 0
    for batch in pairs:
        shown = proofs.submit([pair.example for pair in batch], [pair.answer for pair in batch])()
        yield from (None if each.proof is None else each.proof.sentence for each in shown)
        done += len(batch)
        advance(len(batch), 0, done / len(pairs))


Said = list[tuple[float, str | None]]


def _by_rule(pairs: Pairs, rule: Rule) -> Iterator[Said]:
    batches = ((len(batch), [(pair.example, pair.answer) for pair in batch]) for batch in pairs)
    for _, results in judged_by(rule, batches):
        yield [_said(result) for result in results]


def _said(result: RuleResult) -> tuple[float, str | None]:
    return ACCEPTED[result.outcome], result.reason


def _by_model(pairs: Pairs, model: Asking) -> Iterator[Said]:
    for batch in pairs:
        asked = [i for i, pair in enumerate(batch) if is_asked(pair)]
        said: Said = [(np.nan, None)] * len(batch)
        cases = [(batch[i].example, batch[i].answer) for i in asked]
        for i, (opinion,) in zip(asked, ask([model], cases), strict=True):
            said[i] = (np.nan, opinion.reason) if opinion.p is None else (opinion.p, None)
        yield said


def is_asked(pair: Pair) -> bool:
    """Whether a model is asked about it."""
    return pair.refusal is None and pair.example.response is not None


def _heard(pairs: Pairs, said: Iterable[Said], cache: VerdictCache, advance: Advance) -> Heard:
    """Collect what is said, and look at the clock."""
    values = np.empty(len(pairs))
    reasons: Counter[str] = Counter()
    done, before, started = 0, cache.found, time.perf_counter()
    for batch in said:
        values[done : done + len(batch)] = [value for value, _ in batch]
        reasons.update(reason for _, reason in batch if reason is not None)
        done += len(batch)
        advance(len(batch), 0, done / len(pairs))
    return Heard(values, reasons, time.perf_counter() - started, cache.found - before)
