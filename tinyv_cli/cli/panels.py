"""From loaded models to stages: with which calibrations models are asked, and how they decide together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinyv_cli.cli.options import Judges
from tinyv_cli.cli.stages import Opened, Run
from tinyv_cli.errors import UsageError
from tinyv_cli.words import CASCADE, Agree, Mode

if TYPE_CHECKING:
    from tinyv_cli.documents.calibration import Calibration
    from tinyv_cli.documents.provenance import Tally
    from tinyv_cli.models import Verifier
    from tinyv_cli.records import ModelResult, Query
    from tinyv_cli.running.cache import VerdictCache
    from tinyv_cli.sources import Source
    from tinyv_cli.stages import Model, Stages
    from tinyv_cli.verdicts import Deciding, Rewarding


@dataclass(frozen=True, slots=True)
class Panel:
    """Models that are ready to be asked, how they decide, and what the annotated file says of each."""

    models: "Sequence[Model]"
    deciding: "Deciding"
    described: list[dict[str, Any]]

    def as_one(self) -> dict[str, Any]:
        """What it says of itself as a whole: the one model, or the cascade with all of its models."""
        if self.deciding.sure is None:
            [alone] = self.described
            return alone
        name = CASCADE.join(model["name"] for model in self.described)
        return {"name": name, **self.deciding.described(), "models": self.described}


def panel(
    run: Run,
    verifiers: "Sequence[Verifier]",
    calibrations: "Sequence[Calibration]",
    cache: "VerdictCache",
    *,
    in_turn: bool = False,
    agree: Agree = Agree.ALL,
) -> Panel:
    """The models with their calibrations: those that are given, or that ship with them.

    What is given maps p. What ships tells how often the model errs, and in a cascade it maps the p of those
    models that have to be sure: of all but the last. The cache keeps what a model said itself, so it serves
    with any calibration; one that was made where something else is asked before the models is told.

    Raises UsageError for a calibration that fits no model, and for a model that could never be sure.
    """
    from tinyv_cli.documents.calibration import assigned, before_models, calibrating, check_sure, remarks
    from tinyv_cli.models import asking

    decides = deciding(run, in_turn=in_turn, agree=agree)
    described = [verifier.described() for verifier in verifiers]
    shipped = list(map(shipped_calibration, described))
    must_be_sure = len(verifiers) - 1 if in_turn else 0
    maps = [
        given or (own if place < must_be_sure else None)
        for place, (given, own) in enumerate(zip(assigned(calibrations, described), shipped, strict=True))
    ]
    check_sure(described[:must_be_sure], maps)
    if run.say is not None:
        for remark in remarks(
            list(filter(None, maps)), rule=before_models(run.rules[0], proofs=run.searches)
        ):
            run.say(remark)
    return Panel(
        [calibrating(asking(each, cache), by) for each, by in zip(verifiers, maps, strict=True)],
        decides,
        [
            _with_calibration(model, by or own, decides.threshold, maps_p=by is not None)
            for model, by, own in zip(described, maps, shipped, strict=True)
        ],
    )


def _with_calibration(
    model: dict[str, Any], calibration: "Calibration | None", threshold: float, *, maps_p: bool
) -> dict[str, Any]:
    if calibration is None:
        return model
    return {**model, "calibration": calibration.described(threshold, maps_p=maps_p)}


def ready_stages(run: Run, opened: Opened, panel: Panel, judges: Judges) -> "Stages":
    """What an answer goes through."""
    from tinyv_cli.guards import guard
    from tinyv_cli.maths.answers import find_answer
    from tinyv_cli.proofs.likeliest import category
    from tinyv_cli.stages import Stages

    audited, *others = opened.rules
    return Stages(
        find_answer,
        audited,
        guard,
        panel.models,
        panel.deciding,
        others,
        opened.proofs,
        category,
        judges.suspects,
        rewarding(judges, panel.models),
    )


def provenance_of(
    run: Run, panel: Panel, stages: "Stages", tally: "Tally", *, sources: "Sequence[Source]" = (), **more: Any
) -> dict[str, Any]:
    """What an annotated file says of how it was made: by whom, and `more` of what was read."""
    from tinyv_cli.documents.provenance import provenance

    return provenance(
        tally=tally,
        sources=list(sources),
        rules=run.rules,
        models=panel.described,
        threshold=stages.deciding.threshold,
        together=stages.deciding.described(),
        policy=run.policy,
        suspects=stages.suspects,
        rewarding=stages.rewarding,
        **more,
    )


def rewarding(judges: Judges, models: "Sequence[Model]") -> "Rewarding":
    """What a reward is made of. Raises UsageError where that is a model and there is none."""
    from tinyv_cli.verdicts import Rewarding

    if judges.mode is not Mode.ADDON and not models:
        raise UsageError(f"--mode {judges.mode} rewards what a model says, and none is asked; name a --model")
    return Rewarding(judges.mode, judges.weight)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model that is asked with its calibration, where there is one."""

    verifier: "Verifier"
    ask: "Model"

    def __call__(self, queries: "Sequence[Query]") -> "list[ModelResult]":
        """p for each query."""
        return self.ask(queries)

    def close(self) -> None:
        """Free the weights."""
        self.verifier.close()


def loaded(
    load: "Callable[[], Verifier]", calibrations: "Sequence[Calibration]", *, must_be_sure: bool
) -> Loaded:
    """One model, asked as in the run. Raises UsageError where it `must_be_sure` and never could be."""
    from tinyv_cli.documents.calibration import calibrating, check_sure

    verifier = load()
    described = verifier.described()
    given = next((each for each in calibrations if each.fits(described)), None)
    maps = given or (shipped_calibration(described) if must_be_sure else None)
    if must_be_sure:
        check_sure([described], [maps])
    return Loaded(verifier, calibrating(verifier, maps))


def deciding(run: Run, *, in_turn: bool, agree: Agree = Agree.ALL) -> "Deciding":
    """How the models of a run decide."""
    from tinyv_cli.verdicts import Deciding

    return Deciding(run.settings.threshold, agree, run.settings.sure if in_turn else None)


def read_calibrations(given: Sequence[Path] | None) -> "list[Calibration]":
    """The calibrations in files; the name of a model stands for the one that ships with it."""
    return [_read(str(path)) for path in given or []]


def shipped_calibration(model: dict[str, Any]) -> "Calibration | None":
    """The calibration that ships with a model, where it was made for it as it is asked here."""
    from tinyv_cli.models.registry import CALIBRATIONS

    calibration = _read(model["name"]) if model["name"] in CALIBRATIONS else None
    return calibration if calibration and calibration.fits(model) else None


def _read(file: str) -> "Calibration":
    from tinyv_cli.documents.calibration import read_calibration
    from tinyv_cli.models.registry import CALIBRATIONS

    ships = CALIBRATIONS.get(file)
    return read_calibration(ships(), called=file) if ships else read_calibration(Path(file))
