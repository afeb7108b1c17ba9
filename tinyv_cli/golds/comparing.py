"""Whether answers say the same: by the rule, or as far as that can be shown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from tinyv_cli.golds.checks import Judges
from tinyv_cli.records import RuleOutcome, RuleResult, Shown
from tinyv_cli.stages import Trial, judged_by

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Comparison(Generic[T]):
    """Something of which several trials tell whether its sides say the same; one yes is enough.

    `sound`: the rule matches the golds among them with themselves, so that what it says can be believed.
    """

    what: T
    trials: Sequence[Trial]
    sound: bool


def compared(batches: Iterable[list[Comparison[T]]], judges: Judges) -> Iterator[list[tuple[T, RuleOutcome]]]:
    """What comes of each: the same (accept), shown to differ or rejected each time (reject), or undecided."""
    asked = ((batch, [each for one in batch if one.sound for each in one.trials]) for batch in batches)
    for batch, results in judged_by(judges.rule, asked):
        said = [_by_rule([next(results) for _ in one.trials if one.sound]) for one in batch]
        unsettled = [one for one, each in zip(batch, said, strict=True) if each is not RuleOutcome.ACCEPT]
        shown = iter(judges.shown([each for one in unsettled for each in one.trials]))
        yield [
            (
                one.what,
                each if each is RuleOutcome.ACCEPT else _with_proofs(each, [next(shown) for _ in one.trials]),
            )
            for one, each in zip(batch, said, strict=True)
        ]


def _by_rule(results: Sequence[RuleResult]) -> RuleOutcome:
    """Without a yes, a failure leaves it open, and so does a rule that was not asked."""
    outcomes = {result.outcome for result in results}
    if RuleOutcome.ACCEPT in outcomes:
        return RuleOutcome.ACCEPT
    return RuleOutcome.REJECT if outcomes == {RuleOutcome.REJECT} else RuleOutcome.UNDECIDED


def _with_proofs(said: RuleOutcome, shown: Sequence[Shown]) -> RuleOutcome:
    if any(each.equal for each in shown):
        return RuleOutcome.ACCEPT
    return RuleOutcome.REJECT if all(each.disproof for each in shown) else said
