"""From options and settings to what judges: here alone are cache, rules, proofs and models opened."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tinyv_cli.cli.options import Caching, Judges, OneRule, Resources, Verifiers
from tinyv_cli.settings import ModelSettings, Settings, current_settings
from tinyv_cli.words import ALL_LAYERS, AUTO, COLUMN, DEFAULT_RULE, NANO, AutoOrOff, Form, Proofs, Switch

if TYPE_CHECKING:
    from pathlib import Path

    from tinyv_cli.cli.reading import Reading
    from tinyv_cli.documents.calibration import Calibration
    from tinyv_cli.models import ModelChoice, ModelOptions, Rung, Verifier
    from tinyv_cli.proofs.policy import Policy
    from tinyv_cli.rules import OpenedRule
    from tinyv_cli.running.cache import VerdictCache
    from tinyv_cli.stages import Prover, Stages

FLASH = {Switch.AUTO: None, Switch.OFF: False, Switch.ON: True}
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """What is there for as long as a run goes on."""

    cache: "VerdictCache"
    rules: "list[OpenedRule]"
    proofs: "Prover | None"


@dataclass(frozen=True, slots=True)
class Run:
    """What options and settings come to, before anything is opened. `say` is told what a user should know.

    `policy` is what a proof may rest on; None where none is searched for.
    """

    settings: Settings
    policy: "Policy | None" = None
    keeps: bool = True
    say: Say | None = None

    @property
    def rules(self) -> list[str]:
        """The names of the rules, the audited one first."""
        return list(self.settings.rule) or [DEFAULT_RULE]

    @property
    def searches(self) -> bool:
        """Whether proofs are searched for."""
        return self.policy is not None

    def auditing(self, reading: "Reading") -> "Run":
        """The run whose rule is the verdict that the data recorded, with ours beside it, if none is named."""
        if self.settings.rule or (chosen := reading.recorded()).field is None:
            return self
        if self.say is not None:
            others = f"; recorded too: {', '.join(chosen.others)}" if chosen.others else ""
            self.say(
                f"audited is the verdict that the data recorded, '{chosen.field}', and {DEFAULT_RULE} is "
                f"compared with it (--rule {DEFAULT_RULE} audits that instead){others}"
            )
        return replace(self, settings=replace(self.settings, rule=(f"{COLUMN}{chosen.field}", DEFAULT_RULE)))

    def limits(self) -> dict[str, Any]:
        """How many workers there may be, how long one may take, in seconds, and how much, in bytes."""
        settings = self.settings
        return {
            "workers": settings.workers,
            "timeout": settings.rule_timeout,
            "memory": settings.rule_memory << 20,
        }

    @contextmanager
    def opened(self, *, writes: bool = True) -> Iterator[Opened]:
        """The cache, which is only read unless it `writes`, and the workers of rules and proofs."""
        from tinyv_cli.console import no_cache_note
        from tinyv_cli.proofs.stage import proofs_for
        from tinyv_cli.rules import opened_rules
        from tinyv_cli.running.cache import opened_cache

        with (
            opened_cache(enabled=self.keeps, on_failure=no_cache_note, writes=writes) as cache,
            opened_rules(self.rules, cache=cache, **self.limits()) as rules,
            proofs_for(self.policy, cache=cache, **self.limits()) as proofs,
        ):
            yield Opened(cache, rules, proofs)

    def choose_models(self, *, any_number: bool = False) -> "ModelChoice":
        """The models, checked as far as that can be done before anything is loaded."""
        from tinyv_cli.models import MOST_MODELS, choose_models

        names, options, most = self.settings.model, model_options(self.settings), MOST_MODELS
        return choose_models(names, options, own=self._own(), say=self.say, most=None if any_number else most)

    def at_hand(self) -> "dict[str, Callable[[], Verifier] | None]":
        """How to load each model that is here already; None where the network would be needed."""
        from tinyv_cli.models import at_hand

        return at_hand(self.settings.model, model_options(self.settings), own=self._own())

    def ladder(self, formats: Sequence[str]) -> "list[Rung]":
        """The models in further formats."""
        from tinyv_cli.models import ladder

        options = model_options(self.settings)
        return ladder(self.settings.model, formats, options, own=self._own(), say=self.say)

    def _own(self) -> "dict[str, ModelOptions]":
        return {name: model_options(self.settings, own) for name, own in self.settings.models.items()}


def planned(verifiers: Verifiers, resources: Caching, *, say: Say | None) -> Run:
    """The run that the options ask for; what they leave open the settings say."""
    from tinyv_cli.models.extra import default_models
    from tinyv_cli.proofs.policy import policy_of

    policy = policy_of(verifiers.rounding, any_form=verifiers.form is Form.IGNORE)
    settings = _settings(resources, rule=verifiers.rule, model=verifiers.model, threshold=verifiers.threshold)
    settings = replace(settings, model=settings.model or tuple(default_models(say)))
    return Run(settings, policy if verifiers.proofs is Proofs.ON else None, not resources.no_cache, say)


def planned_rule(rule: OneRule, resources: Resources) -> Run:
    """A run of one rule alone, with proofs beside it."""
    from tinyv_cli.proofs.policy import DEFAULT

    settings = _settings(resources, rule=None if rule is None else [rule])
    return Run(replace(settings, rule=settings.rule[:1]), DEFAULT, keeps=not resources.no_cache)


def _settings(resources: Caching, **options: Any) -> Settings:
    workers = resources.workers if isinstance(resources, Resources) else 1
    given: dict[str, Any] = {
        name: tuple(it) if isinstance(it, list) else it
        for name, it in options.items()
        if it not in (None, [])
    }
    settings = replace(current_settings(), **given)
    return settings if workers is None else replace(settings, workers=workers)


def model_options(settings: Settings, own: ModelSettings | None = None) -> "ModelOptions":
    """How a model is asked and run; `own` is what is set for this one. What is left open is None."""
    from tinyv_cli.models import ModelOptions
    from tinyv_cli.models.engine import EngineOptions

    asked = own or settings
    engine = EngineOptions(
        threads=settings.threads,
        gpu_layers=ALL_LAYERS if settings.gpu_layers == AUTO else int(settings.gpu_layers),
        batch_tokens=settings.batch_tokens,
        flash_attention=FLASH[settings.flash_attention],
    )
    requantize = asked.requantize is AutoOrOff.AUTO
    return ModelOptions(asked.prompt, asked.think, requantize, engine, settings.concurrency)


def read_calibrations(given: "Sequence[Path] | None") -> "list[Calibration]":
    """The calibrations in files; `nano` is the one that ships with the embedded verifier."""
    from tinyv_cli.documents.calibration import read_calibration
    from tinyv_cli.models.nano import nano_calibration

    return [read_calibration(nano_calibration() if str(path) == NANO else path) for path in given or []]


def ready_stages(
    run: Run,
    opened: Opened,
    verifiers: "Sequence[Verifier]",
    *,
    calibrations: "Sequence[Calibration]",
    judges: Judges,
) -> "tuple[Stages, list[dict[str, Any]]]":
    """What an answer goes through, and what the annotated file says of each model.

    What is kept is what a model said itself: so it serves with another calibration, and without. A
    calibration that was made where something else is asked before the models is told. Raises UsageError for
    one that fits no model.
    """
    from tinyv_cli.documents.calibration import assigned, before_models, calibrating, remarks
    from tinyv_cli.guards import guard
    from tinyv_cli.maths.answers import find_answer
    from tinyv_cli.models import asking
    from tinyv_cli.proofs.likeliest import category
    from tinyv_cli.stages import Stages

    threshold, (audited, *others) = run.settings.threshold, opened.rules
    described = [verifier.described() for verifier in verifiers]
    fitting = assigned(calibrations, described)
    if run.say is not None:
        for remark in remarks(calibrations, rule=before_models(run.rules[0], proofs=run.searches)):
            run.say(remark)
    models = [
        calibrating(asking(verifier, opened.cache), calibration)
        for verifier, calibration in zip(verifiers, fitting, strict=True)
    ]
    stages = Stages(
        find_answer,
        audited,
        guard,
        models,
        threshold,
        judges.agree,
        others,
        opened.proofs,
        category,
        judges.suspects,
    )
    return stages, [
        {**model, "calibration": calibration.described(threshold)} if calibration else model
        for model, calibration in zip(described, fitting, strict=True)
    ]
