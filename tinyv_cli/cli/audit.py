"""`tinyv audit`: a file of rollouts in, an annotated file and a summary of likely false negatives out."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tinyv_cli.cli.options import AuditOutput, Fields, Judges, Resources, Rows, Sources
from tinyv_cli.cli.panels import panel, provenance_of, read_calibrations, ready_stages
from tinyv_cli.cli.reading import Reading, open_reading
from tinyv_cli.cli.stages import Opened, Run, planned
from tinyv_cli.cli.summing import STDIN, WITHOUT_QUESTION, default_name, is_summarised, show, summary_of
from tinyv_cli.errors import UsageError

if TYPE_CHECKING:
    from tinyv_cli.documents.calibration import Calibration
    from tinyv_cli.documents.provenance import Tally
    from tinyv_cli.documents.sinks import Sink
    from tinyv_cli.models import ModelChoice
    from tinyv_cli.sources.explode import Window
    from tinyv_cli.stages import Stages


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
        if not is_summarised(output):
            return 0
        return show(summary_of(annotated, output, target), output, target)


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
        from tinyv_cli.documents.outputs import Output, opened_output

        output = self.output
        columns = self.run.columns(models=len(self.choice.loads), in_turn=self.choice.in_turn)
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
        from tinyv_cli.running.progress import progress

        waits = self.run.waits(models=bool(stages.models))
        gc.freeze()  # what libraries have made so far stays: it need not be searched again and again
        with progress(quiet=self.output.quiet) as shown:
            for window, judged in judge_windows(windows, stages, waits=waits):
                sink.write(window, judged)
                shown.advance(len(judged), tally.add(judged, window.exploded), window.fraction)
