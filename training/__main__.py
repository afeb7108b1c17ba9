"""The steps of the recipe, as commands: python -m training --help."""

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Annotated

import typer

from tinyv_cli.models.prompts import NanoPrompt, PromptMaker
from training.groups import Group, read_groups, share_of, without_measured, write_groups
from training.pool import GOLDS, HELD_OUT, OUTPUTS, for_training, questions, rows

if TYPE_CHECKING:
    from training.base import Base

GOLDS_FOR_A_GROUP = 3  # kinds are drawn by another measure than they are made by
DEVELOPMENT_SHARE = 0.03  # of the questions of each source
TURNED = 0.3  # of the natural groups that are learnt from come once more with gold and answer changed

app = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
Output = Annotated[Path, typer.Option("--output", "-o")]
Seed = Annotated[int, typer.Option("--seed")]
_NANO = NanoPrompt()
BaseFile = Annotated[
    Path | None,
    typer.Option("--base", help="The GGUF that adapters are for; nano's if none is given."),
]
PromptName = Annotated[
    str, typer.Option("--prompt", help="How it is asked: nano, or a template that ships with tinyv.")
]
Kept = Annotated[
    tuple[int, int, int],
    typer.Option("--keep", help="How many tokens of question, gold and answer the prompt nano keeps."),
]
KEPT = (_NANO.question_tokens, _NANO.gold_tokens, _NANO.answer_tokens)
Device = Annotated[str, typer.Option("--device", help="cpu, cuda, or another of PyTorch's.")]
Rank = Annotated[int, typer.Option("--rank", help="Of the adapters.")]


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
def wild(
    path: Path,
    output: Output,
    folds: Annotated[int, typer.Option(help="Into how many parts the repositories are dealt.")] = 5,
    leave_out: Annotated[int, typer.Option(help="The part that is kept out, from 1.")] = 1,
    seed: Seed = 0,
) -> None:
    """Write judged answers of recorded rollouts: some repositories to train on, the others kept out."""
    from training import wild

    output.mkdir(parents=True, exist_ok=True)
    judged = wild.recorded(path)
    kept_out = wild.folds(judged, folds)[leave_out - 1]
    learnt, measured = wild.parted(judged, kept_out)
    for name, rows_, weight in (("train", learnt, wild.RIGHT_WEIGHT), ("kept-out", measured, 1.0)):
        groups = wild.groups_of(rows_, "recorded", Random(seed), right_weight=weight)
        count = write_groups(output / f"wild-{name}.jsonl", groups)
        print(f"{name}: {count:,} answers of {', '.join(sorted({row.source for row in rows_}))}")


@app.command()
def written(path: Path, output: Output, seed: Seed = 0) -> None:
    """Write answers that were written to golds."""
    from training import wild

    print(f"{write_groups(output, wild.groups_of(wild.written(path), 'written', Random(seed))):,} answers")


@app.command()
def thin(path: Path, output: Output, count: int, seed: Seed = 0) -> None:
    """Write so many of the groups of a file, drawn by chance."""
    drawn = Random(seed).sample(list(read_groups([path])), count)
    print(f"{write_groups(output, drawn):,} answers")


@app.command()
def pairs(groups: list[Path], output: Output) -> None:
    """Write the answers of groups as the labelled rows that `tinyv eval` and benchmarks/verifier.py read."""
    from training.groups import write_pairs

    print(f"{write_pairs(output, read_groups(groups)):,} answers")


@app.command()
def mine(
    groups: Path,
    state: Path,
    output: Output,
    seed: Seed = 0,
    base: BaseFile = None,
    prompt: PromptName = "nano",
    keep: Kept = KEPT,
    device: Device = "cpu",
) -> None:
    """Keep of each group the answers that a trained state finds hard."""
    from training.adapter import learnt_network
    from training.mining import hardest

    opened = _opened(base, prompt, keep)
    network = learnt_network(opened, state, device)
    kept = hardest(read_groups([groups]), network, opened, Random(seed))
    print(f"{write_groups(output, kept):,} answers")


@app.command()
def score(
    groups: list[Path],
    state: Annotated[Path, typer.Option("--state", help="A kept state, or an exported adapter.")],
    fpr: Annotated[float, typer.Option(help="The share of wrong answers that may pass.")] = 0.02,
    base: BaseFile = None,
    prompt: PromptName = "nano",
    keep: Kept = KEPT,
    device: Device = "cpu",
) -> None:
    """Say how well a trained state tells right answers from wrong ones, by file and by how they were made."""
    from training.adapter import learnt_network
    from training.scoring import by_origin, even_odds, same_when_swapped, scores

    opened = _opened(base, prompt, keep)
    network = learnt_network(opened, state, device)
    for path in groups:
        read = list(read_groups([path]))
        print(f"{path.name}: {scores(network, read, opened)}")
        odds = even_odds(network, read, opened, fpr)
        same, count = same_when_swapped(network, read, opened, odds)
        print(f"  {fpr:.1%} of the wrong answers reach log odds of {odds:.3f}; with these as the threshold")
        print(
            f"  {same:,} of {count:,} verdicts stay where gold and answer change places ({same / count:.1%})"
        )
        for origin, right, answers in by_origin(network, read, opened):
            print(f"  {origin:40} {right / answers:7.1%} of {answers:,}")


@app.command()
def agree(
    groups: Path,
    adapter: Annotated[Path | None, typer.Option(help="An exported one, to be asked with the base.")] = None,
    prompts: Annotated[int, typer.Option(help="How many answers are asked about.")] = 100,
    within: Annotated[float, typer.Option(help="By how much log odds may differ.")] = 0.02,
    base: BaseFile = None,
    prompt: PromptName = "nano",
    keep: Kept = KEPT,
    device: Device = "cpu",
) -> None:
    """Check that the network says what llama.cpp says of the same weights; ends with 1 where it does not."""
    from training.agreement import differences

    asked: list[Group] = []
    for group in read_groups([groups]):
        if (left := prompts - sum(len(each.answers) for each in asked)) <= 0:
            break
        asked.append(replace(group, answers=group.answers[:left]))
    found = differences(_opened(base, prompt, keep), asked, adapter, device)
    print(f"of {len(found)} log odds, {max(found):.4f} is the largest difference; {within} is allowed")
    if max(found) > within:
        raise typer.Exit(1)


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
    name: Annotated[str, typer.Option()] = "nano",
    of: Annotated[str, typer.Option(help="The base, as its authors call it.")] = "SmolLM2-135M-Instruct",
    even_odds: Annotated[float, typer.Option(help="The log odds at which p is one half.")] = 0.0,
) -> None:
    """Write the adapter of a trained state as GGUF."""
    from training.adapter import About, export

    about = f"LoRA for {of}: is an answer equivalent to a reference answer?"
    export(state, adapter, About(name, version, about, even_odds))


@app.command()
def train(
    groups: list[Path],
    output: Output,
    development: Annotated[list[Path], typer.Option("--development")],
    answers: Annotated[int, typer.Option(help="How many answers to learn from, repeated ones included.")],
    never: Annotated[
        list[Path],
        typer.Option("--never", help="Pairs to measure with; their questions are left out."),
    ] = [],  # noqa: B006 - Typer copies it
    measured: Annotated[
        int, typer.Option(help="How many groups of each development set are measured during the run.")
    ] = 1_000_000,
    rate: float = 1e-3,
    seed: Seed = 0,
    batch_tokens: int = 1920,
    measure_every: int = 20_000,
    patience: int = 5,
    decay: Annotated[
        float, typer.Option(help="The share of the run, at its end, in which the rate falls.")
    ] = 0.3,
    begin_with: Annotated[
        Path | None, typer.Option(help="What another run has learnt: a state, or an exported adapter.")
    ] = None,
    resume: Annotated[Path | None, typer.Option(help="A state of this run, to go on from there.")] = None,
    base: BaseFile = None,
    prompt: PromptName = "nano",
    keep: Kept = KEPT,
    rank: Rank = 32,
    device: Device = "cpu",
) -> None:
    """Train the adapters on groups; the folder gets best.pt, last.pt, steady.pt, log.csv and measured.csv.

    No group is learnt from whose question is in a development set or in a table of `--never`.
    """
    from training.train import Course, Trainer

    sets = {path.stem: list(read_groups([path])) for path in development}
    asked = [group.question for read in sets.values() for group in read]
    asked += [question for path in never for question in questions(path)]
    read = list(read_groups(groups))
    learnt = list(without_measured(read, asked))
    print(f"{len(learnt):,} groups; {len(read) - len(learnt):,} left out that ask what is measured with")
    course = Course(answers, rate, rank, seed, batch_tokens, measure_every, patience, device, decay)
    trainer = Trainer(output, course, _opened(base, prompt, keep))
    if begin_with:
        trainer.begin_with(begin_with)
    if resume:
        trainer.resume(resume)
    some = Random(0)
    trainer.run(learnt, {name: some.sample(read, min(measured, len(read))) for name, read in sets.items()})


def _opened(base: Path | None, prompt: str, keep: tuple[int, int, int]) -> "Base":
    from tinyv_cli.models.nano import base_gguf
    from tinyv_cli.models.prompts import chat_prompt
    from training.base import Base

    question, gold, answer = keep
    maker: PromptMaker = (
        NanoPrompt(question_tokens=question, gold_tokens=gold, answer_tokens=answer)
        if prompt == "nano"
        else chat_prompt(prompt)
    )
    return Base(base or base_gguf(), maker)


if __name__ == "__main__":
    app()
