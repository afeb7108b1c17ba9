"""Which of the verdicts that the data recorded is audited, where nobody names a rule.

A verdict has two values; a score with more needs a cut, which only its owner knows. A rule's verdict comes
before a judge's, and that on the whole answer before one on a part of it, such as its format.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tinyv_cli.errors import UsageError
from tinyv_cli.records import NO_VERDICT, RuleOutcome
from tinyv_cli.rules.verdicts import score_of, verdict_of
from tinyv_cli.words import COLUMN, DEFAULT_RULE

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_JUDGES = frozenset(
    "judge judges judged judgement judgment llm gpt model grader opinion llama qwen claude".split()
)
_PARTS = frozenset(
    "format formatting length partial part component penalty bonus tag tags xml soft strict think thinking "
    "language repetition overlong accuracy_format step process".split()
)
MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Chosen:
    """The field whose verdict is audited, None where none is recorded; `others` are recorded too."""

    field: str | None = None
    others: tuple[str, ...] = ()


def choose_recorded(recorded: Mapping[str, Sequence[Any]]) -> Chosen:
    """The field to audit, by the values of the first rows at each field that holds verdicts or scores.

    Raises UsageError where all that is recorded are scores that need a cut.
    """
    told = {field: there for field, values in recorded.items() if (there := _there(values))}
    verdicts = [field for field, values in told.items() if _are_verdicts(values)]
    if not verdicts:
        _refuse_scores({field: values for field, values in told.items() if _are_scores(values)})
        return Chosen()
    first = min(verdicts, key=_rank)
    return Chosen(first, tuple(field for field in told if field != first))


def _there(values: Sequence[Any]) -> list[Any]:
    return [value for value in values if verdict_of(value, None).reason != NO_VERDICT]


def _are_verdicts(values: Sequence[Any]) -> bool:
    return all(verdict_of(value, None).outcome is not RuleOutcome.UNDECIDED for value in values)


def _are_scores(values: Sequence[Any]) -> bool:
    """Whether a cut would make verdicts of them."""
    return all(score_of(value) is not None for value in values)


def _rank(field: str) -> tuple[bool, bool]:
    words = {word.lower() for word in _WORD.findall(field)}
    return bool(words & _PARTS), bool(words & _JUDGES)


def _refuse_scores(scores: Mapping[str, Sequence[Any]]) -> None:
    if not scores:
        return
    field, values = min(scores.items(), key=lambda item: _rank(item[0]))
    different = sorted({score for value in values if (score := score_of(value)) is not None})
    shown = ", ".join(f"{value:g}" for value in different[:MOST_SHOWN])
    more = ", …" if len(different) > MOST_SHOWN else ""
    raise UsageError(
        f"the recorded '{field}' is a score ({shown}{more}), not a verdict; say from where on it is a yes "
        f"with --rule '{COLUMN}{field}@CUT', or audit a rule with --rule {DEFAULT_RULE}"
    )
