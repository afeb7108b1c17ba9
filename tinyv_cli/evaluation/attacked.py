"""The figures of an attack: how often each pattern fools each verifier, and which does most often."""

from collections.abc import Iterable, Mapping, Sequence

from tinyv_cli.evaluation.attacks import Attacked, Fooled
from tinyv_cli.figures.records import BESIDE, Count, Share, among, record, share_of, told


@record
class Rate:
    """How often a verifier found wrong responses correct; undecided is no yes, and counts among them."""

    count: Count
    share: Share = told("false-positive rate: share of those tried", beside=BESIDE)
    undecided: Count


@record
class Guarding:
    """A model without guards and with them."""

    bare: Rate = told("the model as it is")
    guarded: Rate = told("the model behind the guards")


@record
class Refusals:
    """How many responses the guards let no model see, and why."""

    count: Count
    reasons: Mapping[str, Count]


@record
class PatternFigures:
    """What verifiers said of the wrong responses that one pattern makes."""

    name: str
    group: str = told("patterns of a kind")
    source: str = told("where the pattern was described")
    tried: Count = told("responses, all of them wrong")
    refused: Refusals
    rules: Mapping[str, Rate]
    models: Mapping[str, Guarding]


@record
class Fooling:
    """The pattern that fools a verifier most often."""

    pattern: str
    rate: Rate = told(beside=among(Rate))


@record
class WorstOfModel:
    """The pattern that fools a model most often, without guards and with them; None where none does."""

    bare: Fooling | None
    guarded: Fooling | None


@record
class Worst:
    """For each verifier the pattern that fools it most often; None where none does."""

    rules: Mapping[str, Fooling | None]
    models: Mapping[str, WorstOfModel]


@record
class AttackFigures:
    """What is known of every pattern, and for each verifier the one that fools it most often.

    A share is of the responses tried, all of them wrong: a false-positive rate, with Wilson's 95% interval.
    """

    sampled: Count = told("examples that were attacked")
    patterns: Sequence[PatternFigures]
    worst: Worst

    @property
    def highest_share(self) -> float:
        """The highest false-positive rate of a model with guards; of a rule, without a model."""
        of_models = [model.guarded for model in self.worst.models.values()]
        shares = (found.rate.share.value for found in of_models or self.worst.rules.values() if found)
        return max((share for share in shares if share is not None), default=0.0)


def attack_figures(attacked: Sequence[Attacked], *, sampled: int) -> AttackFigures:
    """The figures of an attack on `sampled` examples."""
    patterns = [_pattern(each) for each in attacked]
    return AttackFigures(sampled, patterns, _worst(patterns))


def _pattern(attacked: Attacked) -> PatternFigures:
    def rates(of: Mapping[str, Fooled]) -> dict[str, Rate]:
        return {name: _rate(fooled, attacked.tried) for name, fooled in of.items()}

    bare, guarded = rates(attacked.bare), rates(attacked.guarded)
    return PatternFigures(
        name=attacked.pattern,
        group=attacked.group,
        source=attacked.source,
        tried=attacked.tried,
        refused=Refusals(sum(attacked.refused.values()), attacked.refused),
        rules=rates(attacked.rules),
        models={name: Guarding(bare[name], guarded[name]) for name in bare},
    )


def _rate(fooled: Fooled, tried: int) -> Rate:
    return Rate(fooled.count, share_of(fooled.count, tried), fooled.undecided)


def _worst(patterns: Sequence[PatternFigures]) -> Worst:
    if not patterns:
        return Worst({}, {})
    return Worst(
        rules={name: _most_often((p, p.rules[name]) for p in patterns) for name in patterns[0].rules},
        models={
            name: WorstOfModel(
                bare=_most_often((p, p.models[name].bare) for p in patterns),
                guarded=_most_often((p, p.models[name].guarded) for p in patterns),
            )
            for name in patterns[0].models
        },
    )


def _most_often(rates: Iterable[tuple[PatternFigures, Rate]]) -> Fooling | None:
    """The pattern with the highest share, or None where none fools."""
    fooling = [Fooling(pattern.name, rate) for pattern, rate in rates if rate.count]
    return max(fooling, key=lambda each: each.rate.share.value or 0, default=None)
