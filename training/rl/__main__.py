"""The miniature, as commands: python -m training.rl --help."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from training.rl.plan import DOSES, RUNS, Run

app = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
States = Annotated[
    Path, typer.Option("--states", help="Where warmed-up policies are kept: outside the repository.")
]
Curves = Annotated[Path, typer.Option("--curves", help="Where the CSV of each run is kept.")]
HERE = Path(__file__).parent
CURVES = HERE / "runs"
PAGE = HERE.parent.parent / "docs" / "evidence.md"
BEGIN, END = "<!-- python -m training.rl results -->", "<!-- end -->"


@app.command()
def all(states: States, curves: Curves = CURVES, threads: int = 2, most: int | None = None) -> None:
    """Go through all runs that are missing, each in a process of its own. Whatever is killed is run again."""
    missing = [run for run in RUNS if not run.curve(curves).exists()]
    failed = []
    for run in missing[:most]:
        command = [sys.executable, "-m", "training.rl", "one", run.dose, run.arm, str(run.seed)]
        where = ["--states", str(states), "--curves", str(curves), "--threads", str(threads)]
        if subprocess.run([*command, *where], check=False).returncode:
            failed.append(run.name)
    if failed:
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
def warm(states: States, threads: int = 2) -> None:
    """Warm the policies up, one for each dose, and print what they answer."""
    import torch

    from training.rl.measure import Measure
    from training.rl.policy import kept
    from training.rl.warmup import warm_state

    torch.set_num_threads(threads)
    for dose in DOSES:
        policy, tokeniser = kept(warm_state(dose, states))
        print(dose, Measure(tokeniser, policy)(policy, 0, 0))


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
