"""`tinyv audit`: a file of rollouts in, an annotated file and a summary of likely false negatives out."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tinyv_cli.cli.options import AuditOutput, Fields, Judges, Resources, Rows, Sources
from tinyv_cli.cli.panels import panel, provenance_of, read_calibrations, ready_stages
from tinyv_cli.cli.printing import exit_over
from tinyv_cli.cli.reading import Reading, open_reading
from tinyv_cli.cli.stages import Opened, Run, planned
from tinyv_cli.errors import UsageError

if TYPE_CHECKING:
    from tinyv_cli.documents.calibration import Calibration
    from tinyv_cli.documents.provenance import Tally
    from tinyv_cli.documents.sinks import Sink
    from tinyv_cli.models import ModelChoice
    from tinyv_cli.report.records import Summary
    from tinyv_cli.sources.explode import Window
    from tinyv_cli.stages import Stages

STDIN = Path("-")
WITHOUT_QUESTION = "the model judges by gold and answer alone"


def audit(
    sources: Sources, fields: Fields, verifiers: Judges, output: AuditOutput, rows: Rows, resources: Resources
) -> int:
    """Find the correct answers that the rule rejected.

    Examples:
    tinyv audit rollouts.parquet --by source
    tinyv audit rollouts.parquet --rule mine.py:reward@0.5 --html findings.html
    tinyv audit 'steps/*.jsonl' --dry-run
    """
    from tinyv_cli.console import note

    run = planned(verifiers, resources, say=None if output.quiet else note)
    reading = open_reading(sources, fields, rows, rules=run.rules)
    if output.ray:
        from tinyv_cli.cli.spread import audit_on_ray

        return audit_on_ray(run, reading, verifiers, output, shard=rows.shard)
    if output.dry_run:
        from tinyv_cli.cli.dry_run import dry_run

        return dry_run(run, reading, verifiers, quiet=output.quiet, json=output.json)
    calibrations, choice = read_calibrations(verifiers.calibration), run.choose_models()
    target = _target(output, reading, verifiers, shard=rows.shard)
    reading.begin(quiet=output.quiet, without_question=WITHOUT_QUESTION, select=output.select)
    run = run.auditing(reading)
    task = _Audit(run, reading, verifiers, output, target, choice)
    with task.opened_output() as (sink, annotated), run.opened() as opened:
        task.write(sink, opened, calibrations)
        return show(annotated, output, target) if is_summarised(output) else 0


def _target(output: AuditOutput, reading: Reading, judges: Judges, *, shard: str | None) -> Path | None:
    """The file to write, None for standard output. Raises UsageError for one that must not be written."""
    from tinyv_cli.running.targets import keep_apart, target_place

    to_stdout = output.output == STDIN or (output.output is None and reading.is_stdin)
    target = None if to_stdout else output.output or Path(f"{default_name(reading, shard)}.parquet")
    keep_apart({"-o": target, "--html": output.html}, [*reading.files, *judges.read()])
    if target is None and output.json:
        raise UsageError(
            "--json and the annotated lines would both go to standard output; write these with -o"
        )
    if output.html is not None:
        target_place(output.html, option="--html", overwrite=output.overwrite)
    return target


def default_name(reading: Reading, shard: str | None) -> str:
    """How the output is called in the working folder; each shard has one of its own."""
    part = f".{shard.replace('/', '-of-')}" if shard else ""
    return f"{reading.sources[0].stem}.audited{part}"


def is_summarised(output: AuditOutput) -> bool:
    """Whether anybody wants to know the findings."""
    said = output.json or not output.quiet
    return said or output.html is not None or output.fail_over is not None


@dataclass(frozen=True, slots=True)
class _Audit:
    """One audit; `target` is the file to write, None for standard output."""

    run: Run
    reading: Reading
    judges: Judges
    output: AuditOutput
    target: Path | None
    choice: "ModelChoice"

    @contextmanager
    def opened_output(self) -> "Iterator[tuple[Sink, Path]]":
        """The sink, and the file that the findings come from."""
        from tinyv_cli.documents.columns import columns_with
        from tinyv_cli.documents.outputs import Output, opened_output
        from tinyv_cli.rules import rule_columns

        output = self.output
        others = [*rule_columns(self.run.rules).values()][1:]
        columns = columns_with(others, models=len(self.choice.loads), in_turn=self.choice.in_turn)
        written = Output(
            self.target, output.only, overwrite=output.overwrite, is_default=output.output is None
        )
        with opened_output(written, columns=columns, summarised=is_summarised(output)) as opened:
            yield opened

    def write(self, sink: "Sink", opened: Opened, calibrations: "Sequence[Calibration]") -> None:
        """Judge everything, and keep it with how that was done."""
        from tinyv_cli.documents.provenance import Tally
        from tinyv_cli.running.stopwatch import Stopwatch
        from tinyv_cli.stages import timed

        clock = Stopwatch()
        # The first rows are read before a model is loaded: what is wrong with them is said at once.
        windows, tally = clock.each("reading", self._windows()), Tally(self.reading.mappings)
        with self.choice.opened() as verifiers:
            asked = panel(
                self.run,
                verifiers,
                calibrations,
                opened.cache,
                in_turn=self.choice.in_turn,
                agree=self.judges.agree,
            )
            stages = ready_stages(self.run, opened, asked, self.judges)
            self._judge(windows, timed(stages, clock), sink, tally)
            sink.commit(
                provenance_of(
                    self.run,
                    asked,
                    stages,
                    tally,
                    sources=self.reading.sources,
                    selection=self.reading.selection,
                    only=self.output.only,
                    seconds=clock.told(),
                )
            )

    def _windows(self) -> "Iterator[Window]":
        from tinyv_cli.sources import begun
        from tinyv_cli.sources.sentinels import withhold_sentinels

        return withhold_sentinels(begun(self.reading.windows()))

    def _judge(self, windows: "Iterator[Window]", stages: "Stages", sink: "Sink", tally: "Tally") -> None:
        from tinyv_cli.pipeline import judge_windows
        from tinyv_cli.rules import waits_for
        from tinyv_cli.running.progress import progress

        waits = bool(stages.models) or self.run.searches or waits_for(self.run.rules)
        gc.freeze()  # what libraries have made so far stays: it need not be searched again and again
        with progress(quiet=self.output.quiet) as shown:
            for window, judged in judge_windows(windows, stages, waits=waits):
                sink.write(window, judged)
                shown.advance(len(judged), tally.add(judged, window.exploded), window.fraction)


def show(annotated: Path, output: AuditOutput, target: "Path | str | None") -> int:
    """Print the summary, and write the page if one is wanted; returns the exit code.

    It is of a file or folder, which is called `target`; None is standard output.
    """
    from tinyv_cli.console import print_json
    from tinyv_cli.documents.audited import open_audited
    from tinyv_cli.figures.records import as_json
    from tinyv_cli.figures.spelling import percent
    from tinyv_cli.report.summary import LISTED, summarise

    listed = LISTED if output.html is not None else 0
    summary = summarise(open_audited(annotated), file=str(target or STDIN), listed=listed)
    if output.html is not None:
        from tinyv_cli.report.page import write_report

        write_report(output.html, summary, overwrite=output.overwrite)
    if output.json:
        print_json(as_json(summary))
    elif not output.quiet:
        _print(summary, target)
    share = summary.false_negatives.found.value
    said = f"{percent(share)} of the rejected are likely false negatives"
    return exit_over(share, output.fail_over, said, quiet=output.quiet)


def _print(summary: "Summary", target: "Path | str | None") -> None:
    from tinyv_cli.console import err, out
    from tinyv_cli.report.tables import next_commands, tables

    console = err() if target is None else out()  # stdout holds the lines, if no file does
    console.print(tables(summary))
    if target is not None:
        lines = [f"\nwritten: {target}", *(f"next: {each}" for each in next_commands(Path(target)))]
        console.print("\n".join(lines), markup=False, soft_wrap=True)
