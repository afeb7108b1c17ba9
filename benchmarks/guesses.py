"""How often the guess of a leaf is what a proof says, on pairs of which a proof says it.

What is guessed is the leaf of answers that only a model found right; of those nobody knows the leaf. So it is
asked of made-up equivalents, of all families of the near misses, that are proved: with their question, and
with none, which is how it is where the prover does not see what the question says. There those count that are
not proved without it, and the looks alone are the other figure.

    python -m benchmarks.guesses [--count 500] [--seed 0] [--show] [--json FILE] [--check]
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import mean, quantiles
from typing import Any

from benchmarks import near_expressions, near_misses, near_misses_numbers, near_misses_sets, near_misses_words
from tinyv_cli.proofs import prove
from tinyv_cli.proofs.likeliest import category

LEAST_AGREEING = 0.95
MOST_MS = 5.0  # of a guess, on average

Sides = tuple[str, str, str]  # the question, the gold and the answer


def equivalents(number: int, seed: int) -> Iterator[tuple[str, Sides]]:
    """So many equivalents of each generator, or a few more, with its name."""
    for name, made in _generators(seed).items():
        yield from ((name, sides) for sides in islice(made, number))


def _generators(seed: int) -> dict[str, Iterator[Sides]]:
    golds, rng = near_misses.made_up(random.Random(seed)), random.Random(seed)
    return {
        "near_misses": (
            (each.question, each.gold, each.answer)
            for each in near_misses.made_pairs(golds, sys.maxsize, rng)
            if not each.change
        ),
        "numbers": (
            (each.question, each.gold, each.answer)
            for each in near_misses_numbers.pairs(sys.maxsize, rng)
            if each.same
        ),
        "sets": (
            (each.question, each.gold, each.answer)
            for each in near_misses_sets.pairs(sys.maxsize, rng)
            if each.same
        ),
        "words": (
            (each.question, each.gold, answer)
            for _, each in near_misses_words.made(rng)
            for answer in each.same
        ),
        "expressions": (
            (each.question, each.gold, each.answer) for each in near_expressions.made(rng) if not each.change
        ),
    }


def measured(number: int, seed: int) -> dict[str, Any]:
    """Which shares of guesses agree, with the question and without, by generator; and their time."""
    counts, seconds, others = Counter[tuple[str, str]](), list[float](), list[tuple[Sides, str | None]]()
    for name, (question, gold, answer) in equivalents(number, seed):
        started = time.process_time()
        guessed = category(question, [gold], answer)
        seconds.append(time.process_time() - started)
        proof = prove(question, gold, answer)
        if proof is None:
            continue
        counts[name, "proved"] += 1
        counts[name, "agree"] += guessed == proof.leaf
        if guessed != proof.leaf:
            others.append(((question, gold, answer), guessed))
        if question and prove("", gold, answer) is None:
            counts[name, "only by the question"] += 1
            counts[name, "agree without it"] += category("", [gold], answer) == proof.leaf
    names = dict.fromkeys(name for name, _ in counts)
    figures = {name: _shares({key: counts[name, key] for key in KEYS}) for name in names}
    figures["all"] = _shares({key: sum(counts[name, key] for name in names) for key in KEYS})
    milliseconds = [1000 * each for each in seconds]
    return {
        "shares": figures,
        "mean_ms": mean(milliseconds),
        "p99_ms": quantiles(milliseconds, n=100)[98],
        "others": others,
    }


KEYS = ("proved", "agree", "only by the question", "agree without it")


def _shares(counts: dict[str, int]) -> dict[str, float]:
    proved, agreeing, by_question, without = (counts[key] for key in KEYS)
    return {
        "proved": proved,
        "agree": agreeing / max(proved, 1),
        "only by the question": by_question,
        "agree without it": without / max(by_question, 1),
    }


def main(given: Sequence[str] | None = None) -> None:
    """Print the table, and with --check exit with 1 where too few agree, or a guess takes too long."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=500, help="equivalents of each generator")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="what is guessed otherwise")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args(given)
    found = measured(arguments.count, arguments.seed)
    print(f"{'':14} {'proved':>7} {'agree':>8} {'only by the question':>21} {'agree without it':>17}")
    for name, shares in found["shares"].items():
        proved, agree, by_question, without = shares.values()
        print(f"{name:14} {proved:7,} {agree:8.1%} {by_question:21,} {without:17.1%}")
    print(f"mean {found['mean_ms']:.2f} ms, 99% {found['p99_ms']:.2f} ms")
    others = found.pop("others")
    for sides, guessed in others if arguments.show else ():
        print(*map(repr, sides), guessed)
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=2))
    if arguments.check and (found["shares"]["all"]["agree"] < LEAST_AGREEING or found["mean_ms"] > MOST_MS):
        sys.exit(1)


if __name__ == "__main__":
    main()
