"""The rule `column:FIELD[@CUT]`: the verdict that was given, as the data recorded it. Nothing is run."""

from collections.abc import Callable, Sequence

from tinyv_cli.records import Answer, Example, RuleOutcome, RuleResult
from tinyv_cli.rules.verdicts import verdict_of


class RecordedRule:
    """Reads each example's recorded verdict. Offers what a rule with workers offers."""

    def __init__(self, field: str, cut: float | None) -> None:
        self._field, self._cut = field, cut

    def submit(
        self, examples: Sequence[Example], answers: Sequence[Answer]
    ) -> Callable[[], list[RuleResult]]:
        """There is nothing to wait for."""
        results = [self._verdict(example) for example in examples]
        return lambda: results

    def foreseen(self, examples: Sequence[Example], answers: Sequence[Answer]) -> tuple[int, int]:
        """All are read, and none is kept."""
        return sum(bool(example.golds) for example in examples), 0

    def _verdict(self, example: Example) -> RuleResult:
        if not example.golds:  # as for every rule: without a gold nobody can say whether the verdict is right
            return RuleResult(RuleOutcome.UNDECIDED, example.lacks)
        return verdict_of(example.recorded.get(self._field), self._cut)
