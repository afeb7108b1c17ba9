"""`tinyv eval`: how good rules and models are on labelled pairs, and whether models can be fooled."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from tinyv_cli.cli import options
from tinyv_cli.cli.options import option
from tinyv_cli.cli.panels import panel, read_calibrations
from tinyv_cli.cli.printing import exit_over, one_form, print_figures
from tinyv_cli.cli.reading import Reading, column_names, open_reading
from tinyv_cli.cli.stages import Opened, Run, planned
from tinyv_cli.errors import UsageError

if TYPE_CHECKING:
    from tinyv_cli.documents.calibration import Calibration
    from tinyv_cli.evaluation.attacks import Targets
    from tinyv_cli.evaluation.hearing import Examined, Hearing
    from tinyv_cli.evaluation.pairs import Pairs
    from tinyv_cli.evaluation.records import Evaluation
    from tinyv_cli.evaluation.scored import Scored
    from tinyv_cli.evaluation.thresholds import Wanted
    from tinyv_cli.models import ModelChoice, Rung
    from tinyv_cli.running.progress import Progress

WITHOUT_QUESTION = "the models judge by gold and answer alone"


@dataclass(frozen=True, slots=True)
class LabelledFields(options.Fields):
    """Where everything stands, labels by hand too."""

    labels: Annotated[
        Path | None,
        option(
            options.FIELDS,
            "--labels",
            metavar="FILE",
            help="Labels by hand beside an audited file: rows of tinyv_row, tinyv_rollout and label.",
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class Measured(options.Verifiers):
    """Who is measured, and what for."""

    max_fpr: Annotated[
        float | None,
        options.share(
            "--max-fpr", "Find the threshold that lets through at most this share of the wrong, e.g. 0.02."
        ),
    ] = None
    min_recall: Annotated[
        float | None,
        options.share(
            "--min-recall", "Find the threshold that finds at least this share of the correct, e.g. 0.9."
        ),
    ] = None
    attack: Annotated[
        bool,
        option(
            options.VERDICTS,
            "--attack",
            help="Try what is known to fool model verifiers; labels and responses are not needed for it.",
        ),
    ] = False
    quants: Annotated[
        str | None,
        option(
            options.VERDICTS,
            "--quants",
            metavar="NAME,…",
            help="Measure the models in these formats, too, e.g. Q2_K,Q4_K_M,Q8_0,F16.",
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class EvalOutput(options.Tables):
    """What an evaluation writes."""

    output: Annotated[
        Path | None,
        option(
            options.OUTPUT,
            "--output",
            "-o",
            metavar="FILE",
            help="Write every pair with what each verifier said of it to this .parquet file.",
        ),
    ] = None
    calibrate: Annotated[
        Path | None,
        option(
            options.MORE_OUTPUT,
            "--calibrate",
            metavar="FILE",
            help="Write the model's calibration, for 'tinyv audit --calibration FILE'.",
        ),
    ] = None
    fail_over: Annotated[
        float | None,
        options.percent(
            "--fail-over", "a pattern of --attack fools a verifier in more than this percentage of its trials"
        ),
    ] = None


def evaluate(
    sources: options.Sources,
    fields: LabelledFields,
    verifiers: Measured,
    output: EvalOutput,
    rows: options.Rows,
    resources: options.Resources,
) -> int:
    """Measure rules, models, and each rule followed by each model, on responses that are labelled.

    Examples:
    tinyv eval labelled.parquet --label is_correct --by source
    tinyv eval x.audited.parquet --labels x.labels.jsonl --calibrate mine.json
    tinyv eval golds.parquet --attack --model http://localhost:8000/v1
    """
    from tinyv_cli.console import note
    from tinyv_cli.evaluation.attacks import Targets
    from tinyv_cli.figures.spelling import percent

    run = planned(verifiers, resources, say=None if output.quiet else note)
    _check_options(run, verifiers, output)
    labelled = fields.labels is None and not verifiers.attack
    reading = open_reading(sources, fields, rows, rules=run.rules, labelled=labelled)
    labels = [fields.labels] if fields.labels is not None else []
    _check_places(output, [*reading.files, *verifiers.read(), *labels])
    calibrations, choices = read_calibrations(verifiers.calibration), run.choose_each()
    rungs = run.ladder(column_names(verifiers.quants) or ())
    task = _Evaluation(run, reading, fields, verifiers, output)
    targets = Targets() if verifiers.attack else None
    with run.opened() as opened, task.opened_pairs() as pairs:
        task.collect(pairs, targets)
        models = [task.examined(choice, opened, calibrations) for choice in choices.values()]
        hearing = task.hear(pairs, opened, models, rungs, targets)
        scored = task.scored(pairs, hearing)
    _tell_unused(calibrations, hearing, run)
    figures = task.figures(scored, hearing, targets)
    task.show(figures, scored)
    highest = figures.attack.highest_share if figures.attack else None
    said = f"a pattern succeeds in {percent(highest)}"
    return exit_over(highest, output.fail_over, said, quiet=output.quiet)


@dataclass(frozen=True, slots=True)
class _Evaluation:
    """One evaluation."""

    run: Run
    reading: Reading
    fields: LabelledFields
    verifiers: Measured
    output: EvalOutput

    def progress(self, what: str) -> "AbstractContextManager[Progress]":
        """Shows how far a part of the way is."""
        from tinyv_cli.running.progress import progress

        return progress(quiet=self.output.quiet, things=what, finds=None)

    @contextmanager
    def opened_pairs(self) -> "Iterator[Pairs]":
        """Where the labelled pairs are held."""
        from tinyv_cli.evaluation.pairs import ColumnLabels, opened_pairs, read_labels
        from tinyv_cli.guards import guard

        labels = ColumnLabels() if self.fields.labels is None else read_labels(self.fields.labels)
        with opened_pairs(labels, guard, needed=not self.verifiers.attack) as pairs:
            yield pairs

    def collect(self, pairs: "Pairs", targets: "Targets | None") -> None:
        """Read all rows for their pairs, and for what is to be attacked."""
        from tinyv_cli.evaluation.hearing import collect
        from tinyv_cli.sources import begun
        from tinyv_cli.sources.sentinels import withhold_sentinels

        windows = self.reading.windows(
            quiet=self.output.quiet,
            without_question=WITHOUT_QUESTION,
            responses=True if targets is None else None,
        )
        collect(withhold_sentinels(begun(windows)), pairs, targets, self.progress)

    @contextmanager
    def examined(
        self, choice: "ModelChoice", opened: Opened, calibrations: "Sequence[Calibration]"
    ) -> "Iterator[Examined]":
        """A model or a cascade, for as long as it is asked, with those calibrations that are for it."""
        from tinyv_cli.evaluation.hearing import Examined
        from tinyv_cli.stages import word_of

        with choice.opened() as verifiers:
            described = [verifier.described() for verifier in verifiers]
            fitting = [each for each in calibrations if any(map(each.fits, described))]
            asked = panel(self.run, verifiers, fitting, opened.cache, in_turn=choice.in_turn)
            whole = asked.as_one()
            yield Examined(whole["name"], word_of(asked.models, asked.deciding), whole)

    def hear(
        self,
        pairs: "Pairs",
        opened: Opened,
        models: "Sequence[AbstractContextManager[Examined]]",
        rungs: "list[Rung]",
        targets: "Targets | None",
    ) -> "Hearing":
        """Put all pairs to every verifier."""
        from tinyv_cli.evaluation.hearing import hear

        return hear(
            pairs,
            rules=dict(zip(self.run.rules, opened.rules, strict=True)),
            proofs=opened.proofs,
            models=models,
            rungs=rungs,
            targets=targets,
            threshold=self.run.settings.threshold,
            cache=opened.cache,
            shown=self.progress,
        )

    def scored(self, pairs: "Pairs", hearing: "Hearing") -> "Scored":
        """What every verifier said, written and read again."""
        from tinyv_cli.documents.provenance import origin
        from tinyv_cli.evaluation.scored import read_scores
        from tinyv_cli.evaluation.scores import opened_scores, write_scores

        reading, labels = self.reading, self.fields.labels
        mapping = next(iter(reading.mappings.values()))
        about = {
            **origin(
                reading.mappings,
                sources=reading.sources,
                rule=self.run.rules[0],
                selection=reading.selection,
            ),
            "label": str(labels) if labels else mapping.label,
            "by": mapping.by,
        }
        with opened_scores(self.output.output, overwrite=self.output.overwrite) as path:
            write_scores(path, pairs, hearing, about)
            return read_scores(path)

    def figures(self, scored: "Scored", hearing: "Hearing", targets: "Targets | None") -> "Evaluation":
        """How good they are."""
        from tinyv_cli.evaluation.attacked import attack_figures
        from tinyv_cli.evaluation.figures import evaluation_figures

        return evaluation_figures(
            scored,
            threshold=self.run.settings.threshold,
            limits=_limits(max_fpr=self.verifiers.max_fpr, min_recall=self.verifiers.min_recall),
            attack=None if targets is None else attack_figures(hearing.attacked, sampled=len(targets)),
        )

    def show(self, figures: "Evaluation", scored: "Scored") -> None:
        """As a page, as a calibration, and on standard output, where words may be lost."""
        from tinyv_cli.documents.calibration import write_calibration
        from tinyv_cli.evaluation.figures import calibration_of
        from tinyv_cli.evaluation.tables import evaluation_markdown, evaluation_tables

        output = self.output
        if output.html is not None:
            _write_page(output.html, figures, scored, overwrite=output.overwrite)
        if output.calibrate is not None:
            calibration = calibration_of(scored, figures.models[0])
            write_calibration(output.calibrate, calibration, overwrite=output.overwrite)
        print_figures(
            figures,
            json=output.json,
            markdown=output.markdown,
            quiet=output.quiet,
            as_tables=evaluation_tables,
            as_markdown=evaluation_markdown,
        )


def _limits(**limits: float | None) -> "dict[Wanted, float]":
    """What a threshold is to keep to, by the names of the options."""
    from tinyv_cli.evaluation.thresholds import Wanted

    return {Wanted(name): limit for name, limit in limits.items() if limit is not None}


def _check_options(run: Run, verifiers: Measured, output: EvalOutput) -> None:
    from tinyv_cli.models.requantize import check_format
    from tinyv_cli.rules import rule_columns

    rule_columns(run.rules)  # none is given twice
    for name in column_names(verifiers.quants) or ():
        check_format(name)
    one_form(json=output.json, markdown=output.markdown)
    models = list(run.settings.model)
    if output.calibrate is not None and not _is_one(models):
        raise UsageError("--calibrate writes the calibration of one model; name one with --model")
    if output.calibrate is not None and verifiers.calibration:
        raise UsageError("--calibrate is of p as the model says it itself; leave --calibration out")
    if output.fail_over is not None and not verifiers.attack:
        raise UsageError("--fail-over is about what fools a verifier; give --attack too")


def _tell_unused(calibrations: "Sequence[Calibration]", hearing: "Hearing", run: Run) -> None:
    """Say which calibrations were for none of the models, which are known only when they are loaded."""
    models = [model for each in hearing.described.values() for model in each.get("models", [each])]
    for calibration in calibrations:
        if run.say is not None and not any(map(calibration.fits, models)):
            run.say(f"{calibration.file}: is the calibration of none of these models, and was not used")


def _is_one(models: Sequence[str]) -> bool:
    """Whether exactly one model is named, and no cascade."""
    from tinyv_cli.models.lineup import lineup_of

    return len(models) == 1 and len(lineup_of(models[0]).models) == 1


def _check_places(output: EvalOutput, inputs: list[str | Path]) -> None:
    from tinyv_cli.evaluation.scores import check_output
    from tinyv_cli.running.targets import keep_apart, target_place

    if output.output is not None:
        check_output(output.output, overwrite=output.overwrite)
    others = {"--html": output.html, "--calibrate": output.calibrate}
    keep_apart({"-o": output.output, **others}, inputs)
    for name, place in others.items():
        if place is not None:
            target_place(place, option=name, overwrite=output.overwrite)


def _write_page(path: Path, figures: "Evaluation", scored: "Scored", *, overwrite: bool) -> None:
    from tinyv_cli.evaluation.page import evaluation_page
    from tinyv_cli.figures.curves import curves
    from tinyv_cli.figures.page import write_page

    drawn = [curves(each.name, scored.label, each.scores) for each in scored.verifiers if each.model]
    write_page(path, evaluation_page(figures, drawn), overwrite=overwrite)
