"""The steps of the recipe, as commands: python -m training --help."""

from pathlib import Path
from random import Random
from typing import Annotated

import typer

from training.groups import read_groups, share_of, write_groups
from training.pool import GOLDS, HELD_OUT, OUTPUTS, for_training, rows

GOLDS_FOR_A_GROUP = 3  # kinds are drawn by another measure than they are made by
DEVELOPMENT_SHARE = 0.03  # of the questions of each source
TURNED = 0.3  # of the natural groups that are learnt from come once more with gold and answer changed

app = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
Output = Annotated[Path, typer.Option("--output", "-o")]
Seed = Annotated[int, typer.Option("--seed")]


@app.command()
def natural(pool: Path, output: Output, seed: Seed = 0) -> None:
    """Write groups of labelled outputs: train and development by question, held-out sources apart."""
    from training.natural import natural_groups

    output.mkdir(parents=True, exist_ok=True)
    used = list(for_training(pool, OUTPUTS, labelled=True))
    parts = {
        "train": [row for row in used if share_of(row.question) >= DEVELOPMENT_SHARE],
        "development": [row for row in used if share_of(row.question) < DEVELOPMENT_SHARE],
        "held-out": list(rows(pool, HELD_OUT, labelled=True)),
    }
    for name, chosen in parts.items():
        turned = TURNED if name == "train" else 0.0
        count = write_groups(output / f"natural-{name}.jsonl", natural_groups(chosen, Random(seed), turned))
        print(f"{name}: {count:,} answers")


@app.command()
def facts(output: Path, count: int, seed: Seed = 0) -> None:
    """Write so many groups about made-up facts."""
    from training.generate.facts import fact_groups

    print(f"{write_groups(output, fact_groups(count, Random(seed))):,} answers")


@app.command()
def generate(
    pool: Path,
    output: Output,
    count: Annotated[int, typer.Option(help="How many groups.")],
    answers: Annotated[int, typer.Option(help="Of a group, at most.")] = 8,
    development: Annotated[bool, typer.Option(help="Of the questions that no training sees.")] = False,
    seed: Seed = 0,
) -> None:
    """Write groups whose answers are made from golds."""
    from training.generate.assembly import groups_from

    used = [
        row
        for row in for_training(pool, GOLDS, labelled=False)
        if (share_of(row.question) < DEVELOPMENT_SHARE) == development
    ]
    print(f"{write_groups(output, groups_from(used, count, Random(seed), answers)):,} answers")


@app.command()
def formulas(
    output: Path,
    count: Annotated[int, typer.Argument(help="How many groups.")],
    answers: Annotated[int, typer.Option(help="Of a group, at most.")] = 8,
    seed: Seed = 0,
) -> None:
    """Write groups whose golds are made-up formulas, without questions."""
    from training.generate.assembly import groups_from
    from training.generate.formulas import formula_rows

    rng = Random(seed)
    made = groups_from(formula_rows(GOLDS_FOR_A_GROUP * count, rng), count, rng, answers)
    print(f"{write_groups(output, made):,} answers")


@app.command()
def mine(groups: Path, state: Path, output: Output, seed: Seed = 0, device: str = "cpu") -> None:
    """Keep of each group the answers that a trained state finds hard."""
    from training.mining import hardest
    from training.train import load_network, opened_network, opened_tokenizer

    tokenizer = opened_tokenizer()
    network = load_network(opened_network(tokenizer, device), state)
    kept = hardest(read_groups([groups]), network, tokenizer, Random(seed))
    print(f"{write_groups(output, kept):,} answers")


@app.command()
def score(
    groups: list[Path],
    state: Annotated[Path, typer.Option("--state")],
    fpr: Annotated[float, typer.Option(help="The share of wrong answers that may pass.")] = 0.02,
    device: str = "cpu",
) -> None:
    """Say how well a trained state tells right answers from wrong ones, by file and by how they were made."""
    from training.scoring import by_origin, even_odds, same_when_swapped, scores
    from training.train import load_network, opened_network, opened_tokenizer

    tokenizer = opened_tokenizer()
    network = load_network(opened_network(tokenizer, device), state)
    for path in groups:
        read = list(read_groups([path]))
        print(f"{path.name}: {scores(network, read, tokenizer)}")
        odds = even_odds(network, read, tokenizer, fpr)
        same, count = same_when_swapped(network, read, tokenizer, odds)
        print(f"  {fpr:.1%} of the wrong answers reach log odds of {odds:.3f}; with these as the threshold")
        print(
            f"  {same:,} of {count:,} verdicts stay where gold and answer change places ({same / count:.1%})"
        )
        for origin, right, answers in by_origin(network, read, tokenizer):
            print(f"  {origin:40} {right / answers:7.1%} of {answers:,}")


@app.command("average")
def average_(states: list[Path], output: Output) -> None:
    """Write the mean of the weights of several states as one."""
    from training.averaging import average

    average(states, output)


@app.command("export")
def export_(
    state: Path,
    adapter: Path,
    version: Annotated[str, typer.Option()],
    even_odds: Annotated[float, typer.Option(help="The log odds at which p is one half.")] = 0.0,
) -> None:
    """Write the adapter of a trained state as GGUF."""
    from training.export import export

    export(state, adapter, version=version, even_odds=even_odds)


@app.command()
def train(
    groups: list[Path],
    output: Output,
    development: Annotated[list[Path], typer.Option("--development")],
    answers: Annotated[int, typer.Option(help="How many answers to learn from, repeated ones included.")],
    rate: float = 1e-3,
    seed: Seed = 0,
    measure_every: int = 20_000,
    patience: int = 5,
    device: str = "cpu",
    decay: Annotated[
        float, typer.Option(help="The share of the run, at its end, in which the rate falls.")
    ] = 0.3,
    begin_with: Annotated[Path | None, typer.Option(help="What another run has learnt.")] = None,
    resume: Annotated[Path | None, typer.Option(help="A state of this run, to go on from there.")] = None,
) -> None:
    """Train the adapters on groups; the folder gets best.pt, last.pt, steady.pt and log.jsonl."""
    from training.train import Course, Trainer

    trainer = Trainer(output, Course(answers, rate, seed, measure_every, patience, device, decay))
    if begin_with:
        trainer.begin_with(begin_with)
    if resume:
        trainer.resume(resume)
    trainer.run(list(read_groups(groups)), {path.stem: list(read_groups([path])) for path in development})


if __name__ == "__main__":
    app()
