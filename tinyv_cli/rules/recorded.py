"""The rule `column:FIELD`: the verdict that was really given, as the data recorded it. Nothing is run."""

from collections.abc import Callable, Sequence

from tinyv_cli.records import Answer, Example, RuleResult
from tinyv_cli.rules.verdicts import verdict_of


class RecordedRule:
    """Reads each example's recorded verdict. Offers what a rule with workers offers."""

    def __init__(self, field: str, accept_above: float | None) -> None:
        self._field, self._accept_above = field, accept_above

    def submit(
        self, examples: Sequence[Example], answers: Sequence[Answer]
    ) -> Callable[[], list[RuleResult]]:
        """There is nothing to wait for."""
        results = [verdict_of(example.recorded.get(self._field), self._accept_above) for example in examples]
        return lambda: results
