"""From options and settings to what judges: here alone are cache, rules, proofs and models opened."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinyv_cli.cli.options import Caching, OneRule, Resources, Verifiers
from tinyv_cli.errors import UsageError
from tinyv_cli.settings import ModelSettings, Settings, current_settings
from tinyv_cli.words import ALL_LAYERS, AUTO, COLUMN, DEFAULT_RULE, NANO, NONE, Form, Proofs, Switch

if TYPE_CHECKING:
    from tinyv_cli.cli.reading import Reading
    from tinyv_cli.documents.columns import Columns
    from tinyv_cli.models import ModelChoice, ModelOptions, Rung, Verifier
    from tinyv_cli.proofs.policy import Policy
    from tinyv_cli.rules import OpenedRule
    from tinyv_cli.running.cache import VerdictCache
    from tinyv_cli.stages import Prover

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

    `policy` is what a proof may rest on; None where none is searched for. `in_loop`: a training waits for it.
    """

    settings: Settings
    policy: "Policy | None" = None
    keeps: bool = True
    say: Say | None = None
    in_loop: bool = False

    @property
    def rules(self) -> list[str]:
        """The names of the rules, the audited one first."""
        return list(self.settings.rule) or [DEFAULT_RULE]

    @property
    def searches(self) -> bool:
        """Whether proofs are searched for."""
        return self.policy is not None

    def waits(self, *, models: bool) -> bool:
        """Whether a stage waits for another process, or for models, if it has any."""
        from tinyv_cli.rules import waits_for

        return models or self.searches or waits_for(self.rules)

    def columns(self, *, models: int, in_turn: bool) -> "Columns":
        """What is written of it, where so many models are asked."""
        from tinyv_cli.documents.columns import columns_with
        from tinyv_cli.rules import rule_columns

        others = [*rule_columns(self.rules).values()][1:]
        return columns_with(others, models=models, in_turn=in_turn)

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

    def in_the_loop(self, deadline: float | None) -> "Run":
        """The run of which nobody waits longer than this for an answer: no rule may take more than half.

        Its workers stand back for nobody, as a training waits for them.
        """
        timeout = min(self.settings.rule_timeout, (deadline or self.settings.deadline) / 2)
        return replace(self, settings=replace(self.settings, rule_timeout=timeout), in_loop=True)

    def limits(self) -> dict[str, Any]:
        """How many workers there may be, how long one may take, in seconds, how much, in bytes, how nice."""
        settings = self.settings
        return {
            "workers": settings.workers,
            "timeout": settings.rule_timeout,
            "memory": settings.rule_memory << 20,
            **({"nice": 0} if self.in_loop else {}),
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

    def choose_models(self) -> "ModelChoice":
        """The models, checked as far as that can be done before anything is loaded."""
        from tinyv_cli.models import choose_models

        return choose_models(self.settings.model, model_options(self.settings), own=self._own(), say=self.say)

    def choose_each(self) -> "dict[str, ModelChoice]":
        """Any number of models and cascades, each by itself."""
        from tinyv_cli.models import choose_each

        return choose_each(self.settings.model, model_options(self.settings), own=self._own(), say=self.say)

    def asks_in_turn(self) -> bool:
        """Whether its models are a cascade."""
        from tinyv_cli.models.lineup import lineup

        return lineup(self.settings.model).in_turn

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
    names = ("rule", "model", "threshold", "sure")
    settings = _settings(resources, **{name: getattr(verifiers, name) for name in names})
    settings = replace(settings, model=settings.model or tuple(default_models(say)))
    if verifiers.rule_python is not None:
        settings = replace(settings, rule=_run_in(verifiers.rule_python, settings.rule))
    if verifiers.prompt is not None:
        settings = _asked_by(verifiers.prompt, settings)
    return Run(settings, policy if verifiers.proofs is Proofs.ON else None, not resources.no_cache, say)


def _run_in(python: Path, rules: Sequence[str]) -> tuple[str, ...]:
    """The rules with the first in another Python, and what ours says of it beside it. Raises UsageError."""
    first, *others = rules or (DEFAULT_RULE,)
    if first.startswith(COLUMN):
        raise UsageError(f"--rule-python is for a rule that runs, and {first} is read from the data")
    ours = [first] if ":" not in first and first not in others else []
    return f"{first} in {python}", *ours, *others


def _asked_by(prompt: str, settings: Settings) -> Settings:
    """The settings with this prompt for each model that chats. Raises UsageError where none does."""
    if set(settings.model) <= {NANO, NONE}:
        raise UsageError(
            f"--prompt is for models that chat, and {NANO} is asked in the one form that it was trained on; "
            "name another --model"
        )
    own = {name: replace(each, prompt=prompt) for name, each in settings.models.items()}
    return replace(settings, prompt=prompt, models=own)


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
    return ModelOptions(asked.prompt, asked.think, asked.requantize, engine, settings.concurrency)
