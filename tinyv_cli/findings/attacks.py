"""The figures of an attack: how often each verifier was fooled by each pattern, with intervals."""

from collections.abc import Iterator, Mapping, Sequence

from tinyv_cli.findings.queries import Figures
from tinyv_cli.findings.statistics import wilson
from tinyv_cli.records import Attacked, Fooled

BARE, GUARDED = "bare", "guarded"


def attack_figures(attacked: Sequence[Attacked], *, sampled: int) -> Figures:
    """What is known of every pattern, and for each verifier the pattern that fools it most often.

    `sampled` examples were attacked. A share is of the responses tried, all of them wrong: a
    false-positive rate, with Wilson's 95% interval. Undecided is no yes, so it counts among those tried.
    """
    patterns = [_pattern(each) for each in attacked]
    return {"sampled": sampled, "patterns": patterns, "worst": _worst(patterns)}


def highest_share(figures: Figures) -> float:
    """The highest false-positive rate on any pattern of a model with guards; of a rule, without a model."""
    worst = figures["worst"]
    of_models = [model[GUARDED] for model in worst["models"].values()]
    return max((each["share"] for each in of_models or worst["rules"].values() if each), default=0.0)


def _pattern(attacked: Attacked) -> Figures:
    def rates(of: Mapping[str, Fooled]) -> Figures:
        return {name: _rate(fooled, attacked.tried) for name, fooled in of.items()}

    bare, guarded = rates(attacked.bare), rates(attacked.guarded)
    return {
        "name": attacked.pattern,
        "group": attacked.group,
        "source": attacked.source,
        "tried": attacked.tried,
        "refused": {"count": sum(attacked.refused.values()), "reasons": dict(attacked.refused)},
        "rules": rates(attacked.rules),
        "models": {name: {BARE: bare[name], GUARDED: guarded[name]} for name in bare},
    }


def _rate(fooled: Fooled, tried: int) -> Figures:
    interval = wilson(fooled.count, tried)
    return {
        "count": fooled.count,
        "share": fooled.count / tried if tried else None,
        "interval": None if interval is None else list(interval),
        "undecided": fooled.undecided,
    }


def _worst(patterns: list[Figures]) -> Figures:
    """For each verifier the figures of the pattern that fools it most often, or None where none does."""
    tried = [pattern for pattern in patterns if pattern["tried"]]
    first = patterns[0] if patterns else {"rules": {}, "models": {}}
    return {
        "rules": {name: _highest((p["name"], p["rules"][name]) for p in tried) for name in first["rules"]},
        "models": {
            name: {
                way: _highest((p["name"], p["models"][name][way]) for p in tried) for way in (BARE, GUARDED)
            }
            for name in first["models"]
        },
    }


def _highest(rates: Iterator[tuple[str, Figures]]) -> Figures | None:
    name, rate = max(rates, key=lambda each: each[1]["share"], default=("", {"count": 0}))
    return {"pattern": name, **rate} if rate["count"] else None
