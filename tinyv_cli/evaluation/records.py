"""The figures of an evaluation, as `tinyv eval --json` prints them."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from tinyv_cli.evaluation.attacked import AttackFigures
from tinyv_cli.evaluation.calibrating import Fitted
from tinyv_cli.evaluation.scored import Read
from tinyv_cli.evaluation.thresholds import Threshold
from tinyv_cli.figures.measures import Compared, Measures
from tinyv_cli.figures.records import Count, Share, among, record, schema_of, told

EVALUATION_VERSION: Literal[1] = 1


@record
class Made:
    """By which version, and on which day."""

    tinyv: str
    date: str


@record
class Refused:
    """Pairs that the guards refuse for one reason."""

    reason: str
    pairs: Count
    correct: Count


@record
class Guards:
    """What the guards keep from the models, of the pairs that come to them."""

    rule: str = told("what is asked before guards and models")
    pairs: Count = told("pairs that it leaves to them")
    correct: Count
    refused: Count
    refused_correct: Count
    reasons: Sequence[Refused]


@record
class Effort:
    """How long a verifier took over all pairs; nothing is known of stages one after the other."""

    seconds: float | None
    asked: Count | None = told("pairs on which it had a say")
    from_cache: Count | None = told("verdicts that earlier runs had made")
    per_second: float | None = told("pairs a second; null where verdicts of earlier runs were taken")
    reasons: Mapping[str, Count] = told("why it was undecided, and how often")


@record
class GroupFigures:
    """A verifier on the pairs of one group."""

    value: str
    measures: Measures = told(beside=among(Measures))
    not_accepted: Mapping[str, Measures] | None = told("for each rule, on those of them it does not accept")


@record
class VerifierFigures:
    """A rule, a model, or a rule and the stages behind it."""

    name: str
    rule: str | None
    proofs: bool = told("whether proofs are searched for behind the rule")
    model: str | None
    effort: Effort = told(beside=among(Effort))
    all: Measures = told("on all pairs")
    not_accepted: Mapping[str, Measures] | None = told("for each rule, on the pairs that it does not accept")
    kinds: Sequence[GroupFigures] = told("by kind of answer")
    by: Sequence[GroupFigures] | None = told("by the column that was named")


@record
class Comparison:
    """Whether the second verifier is right more often than the first."""

    first: str
    second: str
    compared: Compared = told(beside=among(Compared))


@record
class CalibrationFigures:
    """Whether a model's p can be taken for a probability on the pairs that the rule leaves."""

    model: str
    rule: str = told("what is asked before the model")
    fitted: Fitted = told(beside=among(Fitted))


@record
class ThresholdFigures:
    """The threshold for a model that keeps to a limit on the pairs that the rule leaves."""

    model: str
    rule: str = told("what is asked before the model")
    found: Threshold = told(beside=among(Threshold))


@record
class RungFigures:
    """A model in one of its formats, on the pairs that come to it."""

    model: str
    format: str
    bytes: Count
    per_second: float | None = told("pairs a second; null where verdicts of earlier runs were taken")
    agreement: Share = told("share of the pairs on which it decides as the largest format does")
    max_p_difference: float | None = told("how far p moves at most from the largest format's")
    measures: Measures = told(beside=among(Measures))


@record
class Evaluation:
    """How well rules, models and rules with models behind them judge labelled pairs."""

    schema_version: Literal[1]
    made: Made
    sources: Sequence[str]
    label: str = told("the column or the file of labels")
    by: str | None = told("the column by which the pairs are grouped")
    threshold: float = told("the p from which on a model says correct")
    read: Read
    rules: Sequence[str]
    models: Sequence[str]
    warnings: Sequence[str] = told("what the pairs are too few, or too much of one kind, to say")
    guards: Guards
    verifiers: Sequence[VerifierFigures]
    comparisons: Sequence[Comparison]
    calibration: Sequence[CalibrationFigures]
    thresholds: Sequence[ThresholdFigures]
    ladder: Sequence[RungFigures] | None = told("formats of the models, the largest of each first")
    attack: AttackFigures | None = told("what became of wrong responses that are known to fool verifiers")


def evaluation_schema() -> dict[str, Any]:
    """The JSON schema of what `tinyv eval --json` prints."""
    return schema_of(
        Evaluation,
        title="tinyv eval --json",
        description="Figures of verifiers on labelled pairs. Shares are from 0 to 1, intervals 95%.",
    )
