"""`tinyv audit --dry-run`: what the audit would read, judge and ask, and how long it would take."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from tinyv_cli.cli.options import Judges
from tinyv_cli.cli.panels import Panel, deciding, loaded, read_calibrations, ready_stages
from tinyv_cli.cli.reading import Reading
from tinyv_cli.cli.stages import Run

if TYPE_CHECKING:
    from tinyv_cli.forecast import ExampleRead, Forecast, ModelTime

TEXT_WIDTH = 120


def dry_run(
    run: Run, reading: Reading, judges: Judges, *, quiet: bool, json: bool, spread: Sequence[str] = ()
) -> int:
    """Print the forecast; returns the exit code. It is `spread` over machines, which these lines tell."""
    from tinyv_cli.console import print_json
    from tinyv_cli.figures.records import as_json

    reading.begin(quiet=True, without_question="")
    run = run.auditing(reading)
    forecast = _forecast(run, reading, judges, quiet=quiet)
    if json:
        print_json(as_json(forecast))
    else:
        _show(forecast, run.rules[0], spread)
    return 0


def _forecast(run: Run, reading: Reading, judges: Judges, *, quiet: bool) -> "Forecast":
    from tinyv_cli.forecast import Candidate, SourceRead, forecast
    from tinyv_cli.running.progress import progress
    from tinyv_cli.sources import begun
    from tinyv_cli.sources.sentinels import withhold_sentinels

    calibrations = read_calibrations(judges.calibration)  # what the run would refuse is refused here too
    in_turn, models = run.asks_in_turn(), run.at_hand()
    must_be_sure = list(models)[:-1] if in_turn else []
    candidates = [
        Candidate(name, load and partial(loaded, load, calibrations, must_be_sure=name in must_be_sure))
        for name, load in models.items()
    ]
    with ExitStack() as stack:
        opened = stack.enter_context(run.opened(writes=False))
        windows = reading.windows()
        none = Panel((), deciding(run, in_turn=in_turn, agree=judges.agree), [])
        stages = ready_stages(run, opened, none, judges)
        shown = stack.enter_context(progress(quiet=quiet, finds=None))
        found = forecast(
            withhold_sentinels(begun(windows)),
            stages,
            opened.rules[0],
            candidates=candidates,
            advance=lambda done: shown.advance(done, 0, None),
        )
    sources = tuple(SourceRead(name, str(mapping)) for name, mapping in reading.mappings.items())
    return replace(found, sources=sources)


def _show(forecast: "Forecast", rule: str, spread: Sequence[str]) -> None:
    from rich.table import Table
    from rich.text import Text

    from tinyv_cli.console import out, visible

    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, said in (*_lines(forecast, rule), *(("spread", each) for each in spread)):
        table.add_row(Text(visible(name, 40)), Text(visible(said)))
    out().print(table)


def _lines(forecast: "Forecast", rule: str) -> Iterator[tuple[str, str]]:
    for source in forecast.sources:
        yield "source", f"{source.name}: {source.mapping}"
    for example in forecast.shown:
        yield from _example(example)
    yield "examples", f"{forecast.examples:,}"
    yield (
        f"rule {rule}",
        f"would judge {forecast.judged:,}; {forecast.kept:,} verdicts are kept from earlier runs",
    )
    if forecast.asked_count is not None and forecast.asked_interval is not None:
        low, high = forecast.asked_interval
        yield (
            "model",
            f"would be asked about {forecast.asked_count:,} (95% interval {low:,} to {high:,}), by "
            f"{forecast.sampled:,} examples that went through rule and proofs",
        )
    yield from _times(forecast)
    yield "written", "nothing; the same without --dry-run does it"


def _example(example: "ExampleRead") -> Iterator[tuple[str, str]]:
    from tinyv_cli.console import visible

    yield "example", visible(example.question or "(no question)", TEXT_WIDTH)
    yield "  gold", visible(" or ".join(example.golds) or "(none)", TEXT_WIDTH)
    yield "  response", "… " + visible(example.response_end, TEXT_WIDTH)
    yield "  answer", f"{visible(example.answer, TEXT_WIDTH)} ({example.answer_how})"


def _times(forecast: "Forecast") -> Iterator[tuple[str, str]]:
    """The parts of the time, with what they rest on, and their sum."""
    seconds = forecast.rule_and_proofs_seconds
    if seconds is not None:
        yield "time, rule and proofs", f"{_duration(seconds)}, as fast as the sample of {forecast.sampled:,}"
    for model in forecast.models:
        yield f"time, {model.name}", _model_time(model)
    known = forecast.seconds
    yield (
        "time in all",
        "not known" if known is None else f"about {_duration(known)} at most, as stages overlap",
    )


def _model_time(model: "ModelTime") -> str:
    if model.seconds is None or model.seconds_per_query is None:
        return f"not known, for {model.asked:,} queries: {model.unknown}"
    measured = f"{model.queries} queries, {model.seconds_per_query:.2f} s each"
    return f"{_duration(model.seconds)} for {model.asked:,} queries, as fast as {measured}"


def _duration(seconds: float) -> str:
    return str(timedelta(seconds=round(seconds))) if seconds >= 1 else f"{seconds:.2f} s"
