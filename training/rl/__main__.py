"""The miniature, as commands: python -m training.rl --help."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated

import typer

from training.rl.plan import DOSES, RUNS, Run

app = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
States = Annotated[
    Path, typer.Option("--states", help="Where warmed-up policies are kept: outside the repository.")
]
Doses = Annotated[list[str], typer.Argument(default_factory=lambda: list(DOSES))]
Curves = Annotated[Path, typer.Option("--curves", help="Where the CSV of each run is kept.")]
HERE = Path(__file__).parent
CURVES = HERE / "runs"
PAGE = HERE.parent.parent / "docs" / "evidence.md"
BEGIN, END = "<!-- python -m training.rl results -->", "<!-- end -->"


@app.command()
def all(
    states: States, curves: Curves = CURVES, at_once: int = 2, threads: int = 1, most: int | None = None
) -> None:
    """Go through all runs that are missing, each in a process of its own. Whatever is killed is run again.

    Two at once of one thread each take less time than one after another of two.
    """
    missing = [run for run in RUNS if not run.curve(curves).exists()][:most]
    command = [sys.executable, "-m", "training.rl"]
    where = ["--states", str(states)]
    doses = list(dict.fromkeys(run.dose for run in missing))  # their states are not to be made twice
    subprocess.run([*command, "warm", *doses, *where, "--threads", str(at_once * threads)], check=True)

    def is_made(run: Run) -> bool:
        one = [*command, "one", run.dose, run.arm, str(run.seed), *where]
        one += ["--curves", str(curves), "--threads", str(threads)]
        return not subprocess.run(one, check=False).returncode

    with ThreadPoolExecutor(at_once) as several:
        made = list(several.map(is_made, missing))
    if failed := [run.name for run, whole in zip(missing, made, strict=True) if not whole]:
        sys.exit(f"failed, and to be run again: {', '.join(failed)}")


@app.command()
def one(
    dose: str,
    arm: str,
    seed: int,
    states: States,
    curves: Curves = CURVES,
    threads: int = 2,
    steps: int | None = None,
) -> None:
    """One run, unless it is whole already."""
    import torch

    from training.rl.run import STEPS, train

    torch.set_num_threads(threads)
    train(Run(dose, arm, seed), states=states, folder=curves, steps=steps or STEPS)


@app.command()
def warm(doses: Doses, states: States, threads: int = 2) -> None:
    """Warm the policies up, one for each dose, and print what they answer."""
    import torch

    from training.rl.measure import Measure
    from training.rl.policy import kept
    from training.rl.warmup import warm_state

    torch.set_num_threads(threads)
    for dose in doses:
        policy, tokeniser = kept(warm_state(dose, states))
        print(dose, Measure(tokeniser, policy)(policy, 0, 0), flush=True)


@app.command()
def results(curves: Curves = CURVES, page: Path = PAGE) -> None:
    """Write table and figure of the runs that are whole into the page."""
    from training.rl.figure import draw
    from training.rl.results import table

    before, after = page.read_text("utf-8").split(BEGIN)[0], page.read_text("utf-8").split(END)[1]
    page.write_text(f"{before}{BEGIN}\n\n{table(curves)}\n{END}{after}", "utf-8")
    draw(curves, page.with_suffix(".svg"))


if __name__ == "__main__":
    app()
