"""`tinyv audit --ray`: the same audit on a cluster, written as a folder of parts."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinyv_cli.cli.options import AuditOutput, Judges
from tinyv_cli.cli.panels import panel, provenance_of, read_calibrations, ready_stages
from tinyv_cli.cli.reading import Reading
from tinyv_cli.cli.stages import Run
from tinyv_cli.cli.summing import WITHOUT_QUESTION, default_name, is_summarised, show, summary_of
from tinyv_cli.errors import SourceError, UsageError
from tinyv_cli.settings import PREFIX, Settings

if TYPE_CHECKING:
    from tinyv_cli.documents.calibration import Calibration
    from tinyv_cli.models import Verifier
    from tinyv_cli.report.records import Summary
    from tinyv_cli.scale.bench import Ready
    from tinyv_cli.scale.folder import Folder
    from tinyv_cli.scale.job import Job, Place
    from tinyv_cli.scale.layout import Layout, Node
    from tinyv_cli.sources import Source
    from tinyv_cli.sources.mapping import Mapping as Fields

# Settings of a machine: a job may go on with others.
OF_MACHINES = frozenset(
    "workers threads gpu_layers batch_tokens flash_attention concurrency deadline shadow cache_dir "
    "ray_address debug".split()
)
TEXTS = (".jsonl", ".csv")


def audit_on_ray(
    run: Run, reading: Reading, judges: Judges, output: AuditOutput, *, shard: str | None
) -> int:
    """Audit on the nodes of a cluster; returns the exit code."""
    from tinyv_cli.scale.cluster import connected, require_extra
    from tinyv_cli.scale.folder import Folder, prepare
    from tinyv_cli.scale.job import by_a_task

    _check(reading, output)
    require_extra()
    calibrations, _ = read_calibrations(judges.calibration), run.choose_models()
    reading.begin(quiet=output.quiet, without_question=WITHOUT_QUESTION, select=output.select, anew=True)
    run = run.auditing(reading)
    if output.dry_run:
        return _dry_run(run, reading, judges, output)
    folder = Folder.at(output.output or Path(default_name(reading, shard)))
    setup = _Setup.of(run, reading, judges, calibrations)
    prepare(
        folder,
        setup.described(output.select),
        overwrite=output.overwrite,
        is_default=output.output is None,
    )
    name = folder.name if folder.is_remote else os.path.relpath(folder.name)
    summed, is_asked = partial(_summed, folder, output, name), is_summarised(output)
    if folder.is_whole():
        _say(output, f"{folder.name}: holds all parts already")
        summary = summed() if is_asked else None
    else:
        with connected(run.settings.ray_address, tell=partial(_say, output)) as nodes:
            layout = _layout(run, nodes)
            _say(output, f"Ray: {layout}")
            _judge(setup.on(layout), layout, reading, folder, output)
            _finish(folder, reading)
            summary = by_a_task(_place(), summed) if is_asked else None
    return 0 if summary is None else show(summary, output, name)


def _check(reading: Reading, output: AuditOutput) -> None:
    """Raise UsageError for what only one machine can do, and SinkError for a page that cannot be written."""
    from tinyv_cli.running.targets import keep_apart, target_place

    if reading.is_stdin:
        raise UsageError("--ray reads files that all nodes see, and standard input is here alone; name files")
    if output.only is not None:
        raise UsageError(
            "--ray writes all examples, as its summary is made of what it writes; leave out --only"
        )
    if output.output is not None and output.output.suffix.lower() in TEXTS:
        raise UsageError(f"{output.output}: --ray writes a folder of Parquet files; name a folder with -o")
    if str(output.output) == "-":
        raise UsageError("--ray writes a folder of Parquet files; name one with -o")
    keep_apart({"--html": output.html}, reading.files)
    if output.html is not None:
        target_place(output.html, option="--html", overwrite=output.overwrite)


def _say(output: AuditOutput, text: str) -> None:
    from tinyv_cli.console import err, visible

    if not output.quiet:
        err().print(visible(text), markup=False, soft_wrap=True)


def _layout(run: Run, nodes: "Sequence[Node]") -> "Layout":
    from tinyv_cli.scale.layout import layout_of

    return layout_of(nodes, models=len(_local(run)), on_gpus=run.settings.gpu_layers != 0)


def _local(run: Run) -> dict[int, str]:
    """The models that run in the cluster itself, by their position; the others are servers."""
    from tinyv_cli.models.address import is_address
    from tinyv_cli.models.lineup import lineup

    named = enumerate(lineup(run.settings.model).models)
    return {position: name for position, name in named if not is_address(name)}


def _dry_run(run: Run, reading: Reading, judges: Judges, output: AuditOutput) -> int:
    from tinyv_cli.cli.dry_run import dry_run
    from tinyv_cli.running.workers import usable_cores
    from tinyv_cli.scale.cluster import address_of, connected
    from tinyv_cli.scale.layout import Node
    from tinyv_cli.scale.pieces import pieces_of

    if address_of(run.settings.ray_address) is None:
        layout = _layout(run, [Node(usable_cores())])
    else:
        with connected(run.settings.ray_address, tell=partial(_say, output)) as nodes:
            layout = _layout(run, nodes)
    pieces = pieces_of(reading.begun, reading.selection, count=lambda sources: [0] * len(sources))
    read = "one task reads" if len(pieces) == 1 else f"{len(pieces):,} tasks read"
    parts = f"{read}; parts of about {run.settings.part_examples:,} examples; the times are of one machine"
    return dry_run(
        run, reading, judges, quiet=output.quiet, json=output.json, spread=[f"Ray: {layout}", parts]
    )


def _judge(
    setup: "_Setup", layout: "Layout", reading: Reading, folder: "Folder", output: AuditOutput
) -> None:
    from tinyv_cli.running.progress import progress
    from tinyv_cli.scale.job import counted, run
    from tinyv_cli.scale.pieces import pieces_of

    place, there = _place(), folder.parts()
    if there:
        _say(output, f"{len(there):,} parts are there already, and are not judged again")
    pieces = pieces_of(reading.begun, reading.selection, count=partial(counted, place))
    job = setup.job(place, pieces, frozenset(there), folder)
    with progress(quiet=output.quiet) as shown:
        behind: float | None = 0.0
        for written in run(job, layout):
            behind = None if behind is None or written.share is None else behind + written.share
            shown.advance(written.examples, written.found, behind)


def _place() -> "Place":
    """The working folder, and what is set in the environment for tinyv and for what it talks to."""
    from tinyv_cli.models.endpoint import KEY_VARIABLES
    from tinyv_cli.scale.job import Place

    named = {*KEY_VARIABLES, "HF_TOKEN", "HF_ENDPOINT", "HF_HUB_OFFLINE"}
    said = {name: value for name, value in os.environ.items() if name.startswith(PREFIX) or name in named}
    return Place(Path.cwd(), said)


def _finish(folder: "Folder", reading: Reading) -> None:
    """Say that all parts are there. Raises SourceError where there was nothing to judge."""
    if not folder.finish():
        raise SourceError(f"no row is selected by {reading.selection}; there is nothing to do")


def _summed(folder: "Folder", output: AuditOutput, name: str) -> "Summary":
    with folder.fetched() as place:
        return summary_of(place, output, name)


@dataclass(frozen=True, slots=True)
class _Setup:
    """What every bench is opened with: as an audit is on one machine, from what its options come to."""

    run: Run
    judges: Judges
    calibrations: "Sequence[Calibration]"
    sources: "Sequence[Source]"
    mappings: "Mapping[str, Fields]"
    selection: Any

    @classmethod
    def of(
        cls, run: Run, reading: Reading, judges: Judges, calibrations: "Sequence[Calibration]"
    ) -> "_Setup":
        """That of an audit. Verdicts are kept where a folder is set for that: a home folder may be shared."""
        keeps = run.keeps and run.settings.cache_dir is not None
        return cls(
            replace(run, keeps=keeps, say=None),
            judges,
            calibrations,
            reading.sources,
            reading.mappings,
            reading.selection,
        )

    def described(self, select: str | None) -> dict[str, Any]:
        """What decides what is in the parts, for whoever gives the command again."""
        from tinyv_cli import __version__
        from tinyv_cli.rules import rule_versions

        run = self.run
        said = {name: value for name, value in _told(run.settings).items() if name not in OF_MACHINES}
        return {
            "tinyv": __version__,
            "input": [_identity(source) for source in self.sources],
            "selection": self.selection.described(),
            "fields": {name: str(mapping) for name, mapping in self.mappings.items()},
            "select": select,
            **said,
            "rule": {name: rule_versions(name) for name in run.rules},
            "proofs": None if run.policy is None else run.policy.described(),
            **{name: str(getattr(self.judges, name)) for name in ("agree", "mode", "weight", "suspects")},
            "calibration": [
                replace(each, file=None).described(run.settings.threshold, maps_p=True)
                for each in self.calibrations
            ],
        }

    def on(self, layout: "Layout") -> "_Setup":
        """The setup of a bench of this layout: it has so many workers, and a model as many threads."""
        settings = self.run.settings
        workers, threads = settings.workers or layout.cpus, settings.threads or layout.cpus
        return replace(
            self, run=replace(self.run, settings=replace(settings, workers=workers, threads=threads))
        )

    def job(self, place: "Place", pieces: Sequence[Any], finished: frozenset[str], folder: "Folder") -> "Job":
        """What the nodes are told."""
        from tinyv_cli.scale.job import Job

        loads = {position: partial(_loaded, self.run, position) for position in _local(self.run)}
        return Job(place, pieces, self.run.settings.part_examples, finished, folder, self.opened, loads)

    @contextmanager
    def opened(self, remote: "Mapping[int, Verifier]") -> "Iterator[Ready]":
        """The stages, with the models that run elsewhere in their places."""
        from contextlib import ExitStack, closing

        from tinyv_cli.scale.bench import Ready

        run = self.run
        choice = run.choose_models()
        with run.opened() as opened, ExitStack() as stack:
            verifiers = [
                remote[position] if position in remote else stack.enter_context(closing(load()))
                for position, load in enumerate(choice.loads)
            ]
            asked = panel(
                run,
                verifiers,
                self.calibrations,
                opened.cache,
                in_turn=choice.in_turn,
                agree=self.judges.agree,
            )
            stages = ready_stages(run, opened, asked, self.judges)
            columns = run.columns(models=len(verifiers), in_turn=choice.in_turn)
            waits = run.waits(models=bool(verifiers))

            def provenance(tally: Any, seconds: Mapping[str, float]) -> dict[str, Any]:
                return provenance_of(
                    run,
                    asked,
                    stages,
                    tally,
                    sources=self.sources,
                    selection=self.selection,
                    seconds=seconds,
                )

            yield Ready(stages, waits, columns, provenance, self.mappings)


def _loaded(run: Run, position: int) -> "Verifier":
    """The model at this position, on whatever node it is to run."""
    return run.choose_models().loads[position]()


def _told(settings: Settings) -> dict[str, Any]:
    """What is set, as JSON has it."""
    named = {each.name: getattr(settings, each.name) for each in fields(settings)}
    named["models"] = {name: str(each) for name, each in settings.models.items()}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in named.items()}


def _identity(source: "Source") -> list[Any]:
    """What tells an input from what it was before: its size, and when it was changed."""
    changed = None if source.path is None else source.path.stat().st_mtime_ns
    return [source.name, source.size, changed]
