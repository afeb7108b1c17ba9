"""`tinyv resident`: what a `Verifier` starts and talks to; nobody else has a use for it."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tinyv_cli.cli import options
from tinyv_cli.cli.check import check_rules
from tinyv_cli.cli.panels import Panel, panel, provenance_of, read_calibrations, ready_stages
from tinyv_cli.cli.stages import Run, planned

if TYPE_CHECKING:
    from tinyv_cli.models import Verifier
    from tinyv_cli.records import Judged
    from tinyv_cli.stages import Stages


def resident(
    socket: Annotated[Path, typer.Argument(metavar="SOCKET", help="Where it listens.")],
    judges: options.Judges,
    resources: options.Resources,
    deadline: options.Deadline = None,
    shadow: options.Shadow = None,
) -> None:
    """Judge what is asked over a socket, until nobody is connected any more."""
    from tinyv_cli.console import note
    from tinyv_cli.resident.door import Door
    from tinyv_cli.resident.service import Service

    run = planned(judges, resources, say=note).in_the_loop(deadline)
    check_rules(run.rules)
    calibrations, choice = read_calibrations(judges.calibration), run.choose_models()
    with run.opened() as opened, choice.opened() as models:
        asked = panel(run, models, calibrations, opened.cache, in_turn=choice.in_turn, agree=judges.agree)
        stages = ready_stages(run, opened, asked, judges)
        _warm_up(stages, models)
        with _shadowing(shadow, run, asked, stages) as record:
            Door(Service(stages, record)).keep_open(socket)


@contextmanager
def _shadowing(
    folder: Path | None, run: Run, asked: Panel, stages: "Stages"
) -> "Iterator[Callable[[Judged], None] | None]":
    """How to keep what is judged, in an annotated file that grows; None without a folder."""
    if folder is None:
        yield None
        return
    from tinyv_cli.documents.parts import Parts

    columns = run.columns(models=len(asked.models), in_turn=stages.deciding.sure is not None)
    with closing(Parts(folder, columns, partial(provenance_of, run, asked, stages))) as parts:
        yield parts.add


def _warm_up(stages: "Stages", models: "list[Verifier]") -> None:
    """Start all workers and ask each model once, so that no call waits for that."""
    import gc

    from tinyv_cli.records import Query
    from tinyv_cli.running.distinct import Stage

    for stage in (stages.rule, stages.proofs):
        if isinstance(stage, Stage):
            stage.start()
    for model in models:
        model([Query("What is 1 + 1?", "2", "two")])
    gc.freeze()  # what libraries have made so far stays
