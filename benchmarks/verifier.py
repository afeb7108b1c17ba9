"""How good verifiers are on labelled natural pairs, as they stand and behind what an audit asks first.

The pairs are a Parquet file with the columns question, gold, answer (or response, in which the answer is then
found) and label; weight, repo and alone may be there too: for how many pairs a row stands, where it comes
from, and false where the label is not about the answer, so that the row is left out.

For each model, or cascade with commas between, on all pairs and on those that rule, proofs and refutations
leave:

- AUC, and recall where 1, 2 and 5% of the wrong pairs pass, by the best threshold for that;
- recall and passing wrong pairs as it ships: at --threshold, what the guards refuse being refused;
- by weight: the share that is right, the mean p, and the expected calibration error; p is calibrated where
  --calibration names a file for it (or nano);
- the same as it ships for each repo with 100 wrong pairs or more.

Intervals are 95%, by a bootstrap that draws whole questions. Beside that: answers a second, each asked by
itself, and how many verdicts stay where gold and answer change places. Nothing is taken from earlier runs.

    python -m benchmarks.verifier PAIRS [--model NAME]… [--calibration FILE]… [--threshold P] [--limit N]
                                  [--swapped N] [--json FILE]
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.machine import circumstances
from tinyv_cli.cli.options import Caching, Verifiers
from tinyv_cli.cli.panels import panel, read_calibrations
from tinyv_cli.cli.stages import Run, planned
from tinyv_cli.documents.calibration import Calibration
from tinyv_cli.evaluation.calibrating import weighted_calibration_error
from tinyv_cli.evaluation.scored import NEVER
from tinyv_cli.figures.measures import ranking_figures, recall_at
from tinyv_cli.figures.records import UNKNOWN_ESTIMATE, Count, Estimate, as_json, record, told
from tinyv_cli.figures.resampling import Bools, Counts, Floats, estimate, resampled_clusters
from tinyv_cli.guards import guard
from tinyv_cli.maths.answers import find_answer
from tinyv_cli.models import ModelChoice
from tinyv_cli.pipeline import judge_windows
from tinyv_cli.records import Answer, Example, How, RuleOutcome
from tinyv_cli.running.cache import opened_cache
from tinyv_cli.stages import Batch, Says, Stages, Trial, word_of
from tinyv_cli.verdicts import Deciding
from tinyv_cli.words import DEFAULT_THRESHOLD

FPRS = (0.01, 0.02, 0.05)
ENOUGH_WRONG = 100  # of a repo, to say how many of them pass
AT_A_TIME = 256

Options = argparse.Namespace


@dataclass(frozen=True, slots=True)
class Pairs:
    """What is asked, what of it is right, and what each pair belongs to and stands for."""

    trials: list[Trial]
    label: Bools
    weight: Floats
    repo: pl.Series
    question: Counts

    def which(self, chosen: Bools) -> "Pairs":
        """Those of them."""
        trials = [trial for trial, yes in zip(self.trials, chosen, strict=True) if yes]
        return Pairs(
            trials,
            self.label[chosen],
            self.weight[chosen],
            self.repo.filter(pl.Series(chosen)),
            np.unique(self.question[chosen], return_inverse=True)[1],
        )


@record
class Shipped:
    """What a model lets through as it ships."""

    right: Count
    wrong: Count
    undecided: Count = told("pairs without a p, which count nowhere")
    recall: Estimate = told("share of the right that pass")
    fpr: Estimate = told("share of the wrong that pass")


@record
class ByWeight:
    """Whether p is a probability, where each pair stands for as many as its weight says."""

    right: float = told("share that is right")
    p: float = told("mean p")
    ece: float = told("expected calibration error")


@record
class Measured:
    """A model on some pairs."""

    auc: Estimate
    recall_at: Mapping[str, Estimate] = told("by the largest share of the wrong that may pass")
    shipped: Shipped
    by_weight: ByWeight
    repos: Mapping[str, Shipped] = told("those with enough wrong pairs")


@record
class Figures:
    """All that is measured of a model."""

    all: Measured
    left: Measured = told("behind rule, proofs and refutations")
    per_second: float
    cpu_seconds: float = told("of an answer, over all cores")
    swapped: Estimate = told("share of the verdicts that stay where gold and answer change places")


def read(path: Path, limit: int | None) -> Pairs:
    """The pairs of the file that have a label which is about their answer."""
    frame = pl.read_parquet(path)
    for name, default in {"alone": True, "weight": 1.0, "repo": "", "question": ""}.items():
        if name not in frame.columns:
            frame = frame.with_columns(pl.lit(default).alias(name))
    frame = frame.with_columns(pl.col("question", "repo").fill_null(""))
    frame = frame.filter("alone", pl.col("label").is_not_null(), pl.col("gold").is_not_null()).slice(0, limit)
    if "answer" in frame.columns:
        answers = frame["answer"].fill_null("").to_list()
    else:
        answers = [find_answer(text or "").text or "" for text in frame["response"]]
    texts = zip(frame["question"], frame["gold"], answers, strict=True)
    questions = [question or f"row {row}" for row, question in enumerate(frame["question"])]
    return Pairs(
        [
            (Example(row, 0, question, (gold,), answer), as_it_stands(answer))
            for row, (question, gold, answer) in enumerate(texts)
        ],
        frame["label"].to_numpy(),
        frame["weight"].to_numpy().astype(np.float64),
        frame["repo"],
        np.unique(questions, return_inverse=True)[1],
    )


def as_it_stands(answer: str) -> Answer:
    """An answer in which nothing is to be searched for another."""
    return Answer(answer, How.BOXED)


def settled(run: Run, pairs: Pairs) -> tuple[Bools, Bools]:
    """Which pairs rule, proofs and refutations leave, and which the guards refuse."""
    batches = [Batch([example for example, _ in some]) for some in portions(pairs.trials)]
    with run.opened() as opened:
        stages = Stages(as_it_stands, opened.rules[0], guard, (), Deciding(), proofs=opened.proofs)
        judged = [each for _, some in judge_windows(batches, stages) for each in some]
    left = [each.rule.outcome is not RuleOutcome.ACCEPT and each.shown.sentence is None for each in judged]
    refused = [guard(example, answer) is not None for example, answer in pairs.trials]
    return np.array(left), np.array(refused)


def portions(trials: list[Trial]) -> Iterator[list[Trial]]:
    """A few at a time."""
    return (trials[start : start + AT_A_TIME] for start in range(0, len(trials), AT_A_TIME))


@contextmanager
def asked(run: Run, choice: ModelChoice, calibrations: Sequence[Calibration]) -> Iterator[Says]:
    """A model or a cascade as `tinyv eval` asks it, with a cache of its own: nothing was said before."""
    with opened_cache(enabled=False, on_failure=print) as cache, choice.opened() as verifiers:
        described = [each.described() for each in verifiers]
        fitting = [each for each in calibrations if any(map(each.fits, described))]
        found = panel(run, verifiers, fitting, cache, in_turn=choice.in_turn)
        yield word_of(found.models, found.deciding)


def heard(model: Says, trials: list[Trial]) -> Floats:
    """p of each; NaN where the model has none."""
    said = [opinion.p for some in portions(trials) for opinion in model(some)]
    return np.array([np.nan if p is None else p for p in said])


def swapped(trial: Trial) -> Trial:
    """Gold and answer in each other's place."""
    example, answer = trial
    [gold] = example.golds
    turned = replace(example, golds=(answer.text or "",), response=gold)
    return turned, as_it_stands(gold)


def figures(model: Says, pairs: Pairs, left: Bools, refused: Bools, options: Options) -> Figures:
    """Ask the model about everything, and look at the clock."""
    started, cpu = time.perf_counter(), time.process_time()
    p = heard(model, pairs.trials)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    shipped = np.where(refused, NEVER, p)
    return Figures(
        all=measured(pairs, p, shipped, options.threshold),
        left=measured(pairs.which(left), p[left], shipped[left], options.threshold),
        per_second=len(p) / seconds,
        cpu_seconds=cpu / len(p),
        swapped=staying(model, pairs, p, options),
    )


def staying(model: Says, pairs: Pairs, p: Floats, options: Options) -> Estimate:
    """The share of some verdicts, drawn at random, that stay where the sides are swapped."""
    some = np.random.default_rng(0).permutation(len(p))[: options.swapped]
    other = heard(model, [swapped(pairs.trials[i]) for i in some])
    stays = (p[some] >= options.threshold) == (other >= options.threshold)
    [share] = estimated(lambda drawn: (drawn @ stays / drawn.sum(axis=1))[:, None], pairs.question[some])
    return share


def measured(pairs: Pairs, p: Floats, shipped: Floats, threshold: float) -> Measured:
    """The figures of one model on these pairs."""
    decided = ~np.isnan(p)
    auc, *recalls = ranked(pairs.which(decided), p[decided])
    repos = [name for name in pairs.repo.unique().sort() if name]
    by_repo = {name: (pairs.repo == name).to_numpy() for name in repos}
    return Measured(
        auc=auc,
        recall_at={f"{fpr:g}": recall for fpr, recall in zip(FPRS, recalls, strict=True)},
        shipped=passing(pairs, shipped, threshold),
        by_weight=weighed(pairs, p),
        repos={
            name: passing(pairs.which(here), shipped[here], threshold)
            for name, here in by_repo.items()
            if (here & ~pairs.label).sum() >= ENOUGH_WRONG
        },
    )


def ranked(pairs: Pairs, score: Floats) -> list[Estimate]:
    """AUC, and the recall at each false-positive rate."""
    falling, place = np.unique(-score, return_inverse=True)
    order = np.argsort(place, kind="stable")
    starts = np.searchsorted(place[order], np.arange(len(falling)))

    def of(drawn: Counts) -> Floats:
        correct, wrong = (
            np.add.reduceat((drawn * which)[:, order], starts, axis=1)
            for which in (pairs.label, ~pairs.label)
        )
        auc = ranking_figures(correct, wrong)[:, 0]
        return np.stack([auc, *(recall_at(correct, wrong, fpr) for fpr in FPRS)], axis=1)

    return estimated(of, pairs.question)


def passing(pairs: Pairs, score: Floats, threshold: float) -> Shipped:
    """What passes at the threshold."""
    decided = ~np.isnan(score)
    label, yes, question = pairs.label[decided], score[decided] >= threshold, pairs.question[decided]

    def of(drawn: Counts) -> Floats:
        with np.errstate(invalid="ignore"):
            shares = [drawn @ (which & yes) / (drawn @ which) for which in (label, ~label)]
        return np.stack(shares, axis=1)

    recall, fpr = estimated(of, question)
    return Shipped(int(label.sum()), int((~label).sum()), int((~decided).sum()), recall, fpr)


def estimated(of: Callable[[Counts], Floats], question: Counts) -> list[Estimate]:
    """Figures of pairs, a column each, with the intervals that whole questions drawn at random give."""
    cluster = np.unique(question, return_inverse=True)[1]
    [values], draws = of(np.ones((1, len(cluster)), np.int64)), resampled_clusters(cluster, of)
    return [
        UNKNOWN_ESTIMATE if np.isnan(value) else estimate(float(value), drawn)
        for value, drawn in zip(values, draws.T, strict=True)
    ]


def weighed(pairs: Pairs, p: Floats) -> ByWeight:
    """Whether p is a probability."""
    decided = ~np.isnan(p)
    label, p, weight = pairs.label[decided], p[decided], pairs.weight[decided]
    right, mean = (float(np.average(each, weights=weight)) for each in (label, p))
    return ByWeight(right, mean, weighted_calibration_error(label, p, weight))


def told_of(measured: Measured) -> Iterator[tuple[str, str]]:
    """The figures in words, a line each."""
    yield "AUC", spelled(measured.auc, "{:.3f}")
    for fpr, recall in measured.recall_at.items():
        yield f"recall at {float(fpr):.0%} wrong", spelled(recall)
    yield from told_shipped("", measured.shipped)
    weighed = measured.by_weight
    yield "right by weight; mean p", f"{weighed.right:.1%}; {weighed.p:.1%}"
    yield "calibration error by weight", f"{weighed.ece:.3f}"
    for name, shipped in measured.repos.items():
        yield from told_shipped(f"{name[-24:]} ", shipped)


def told_shipped(of: str, shipped: Shipped) -> Iterator[tuple[str, str]]:
    """What passes as it ships."""
    yield f"{of}recall of {shipped.right:,}", spelled(shipped.recall)
    yield f"{of}passing of {shipped.wrong:,} wrong", spelled(shipped.fpr)


def spelled(value: Estimate, form: str = "{:.1%}") -> str:
    """A figure with its interval."""
    if value.value is None:
        return "-"
    ends = f" ({' to '.join(map(form.format, value.interval))})" if value.interval else ""
    return form.format(value.value) + ends


def show(found: Mapping[str, Figures]) -> None:
    """Print what was measured, models side by side."""
    for title, part in {"as they stand": "all", "left by rule, proofs and refutations": "left"}.items():
        columns = [dict(told_of(getattr(each, part))) for each in found.values()]
        print(f"\n{title:42}" + "".join(f"{name[-28:]:>30}" for name in found))
        for line in columns[0]:
            print(f"{line:42}" + "".join(f"{column.get(line, '-'):>30}" for column in columns))
    print()
    for name, each in found.items():
        print(
            f"{name}: {each.per_second:.1f} answers a second, {each.cpu_seconds:.2f} s of CPU each; sides "
            f"swapped the verdict stays in {spelled(each.swapped)}"
        )


def main(given: Sequence[str] | None = None) -> None:
    """Print the figures, and write them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--model", action="append", help="as tinyv audit takes it; several side by side")
    parser.add_argument("--calibration", action="append", type=Path, help="of one of them, likewise")
    parser.add_argument("--threshold", type=float, default=DEFAULT_THRESHOLD)
    parser.add_argument("--limit", type=int, help="the first so many pairs alone")
    parser.add_argument("--swapped", type=int, default=300, help="how many are asked with sides swapped")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args(given)
    measured_in, pairs = circumstances(), read(options.pairs, options.limit)
    verifiers = Verifiers(model=options.model, calibration=options.calibration)
    run = planned(verifiers, Caching(no_cache=True), say=print)
    choices, calibrations = run.choose_each(), read_calibrations(options.calibration)
    left, refused = settled(run, pairs)
    counts = {
        name: {"right": int(label.sum()), "wrong": int((~label).sum())}
        for name, label in {"pairs": pairs.label, "left": pairs.label[left]}.items()
    }
    print(", ".join(f"{name}: {of['right']:,} right, {of['wrong']:,} wrong" for name, of in counts.items()))
    found = {}
    for name, choice in choices.items():
        with asked(run, choice, calibrations) as model:
            found[name] = figures(model, pairs, left, refused, options)
    show(found)
    if options.json:
        about = {**measured_in, "file": options.pairs.name, **counts, "threshold": options.threshold}
        told = {name: as_json(each) for name, each in found.items()}
        options.json.write_text(json.dumps({**about, "models": told}, indent=2) + "\n")


if __name__ == "__main__":
    main()
