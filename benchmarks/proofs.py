"""What the proofs show of the labelled pairs that Math-Verify does not accept: recall, false proofs, speed.

And what disproofs say of the rest: those of right pairs are mistakes.

Reads any labelled files as `tinyv eval` does. For each group (`--by`, or the one that is found) and each leaf
of the taxonomy: how many right pairs are proved, and how many wrong ones, which should be none. The time that
one proof, or the search for it, takes is measured in this process, the median and the 99th percentile.

    python -m benchmarks.proofs FILE… [--label COLUMN] [--by COLUMN] [--limit N]
                                [--show wrong|proved|missed|refuted]
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from tinyv_cli.evaluation.pairs import ColumnLabels
from tinyv_cli.maths.answers import find_answer
from tinyv_cli.proofs import prove
from tinyv_cli.proofs.refuting import refute
from tinyv_cli.records import Answer, Example, Proof, RuleOutcome
from tinyv_cli.rules import opened_rule
from tinyv_cli.running.cache import opened_cache
from tinyv_cli.sources import open_sources, read_windows
from tinyv_cli.sources.mapping import Overrides

RULE = "math-verify"
HEADINGS = ("right", "proved", "refuted", "wrong", "proved", "refuted")


@dataclass(frozen=True, slots=True)
class Tried:
    """A labelled pair that the rule does not accept, and what came of the search for a proof."""

    question: str
    gold: str
    answer: str
    right: bool
    group: str
    proof: Proof | None
    disproof: str | None
    seconds: float


@dataclass(slots=True)
class Count:
    """Pairs, and how many of them were proved and refuted."""

    right: int = 0
    right_proved: int = 0
    right_refuted: int = 0
    wrong: int = 0
    wrong_proved: int = 0
    wrong_refuted: int = 0

    def add(self, tried: Tried) -> None:
        """Count it."""
        side = "right" if tried.right else "wrong"
        came_to = {"": True, "_proved": tried.proof is not None, "_refuted": tried.disproof is not None}
        for what, so in came_to.items():
            setattr(self, side + what, getattr(self, side + what) + so)


@dataclass(slots=True)
class Result:
    """The counts of all pairs, by group and by leaf, and seconds for each."""

    groups: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    leaves: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    seconds: list[float] = field(default_factory=list)

    def add(self, tried: Tried) -> None:
        """Count it everywhere."""
        self.groups["all"].add(tried)
        self.groups[tried.group].add(tried)
        if tried.proof is not None:
            self.leaves[tried.proof.leaf or "same"].add(tried)
        self.seconds.append(tried.seconds)

    def figures(self) -> dict[str, Any]:
        """The same as plain data."""
        cuts = quantiles(self.seconds, n=100) if len(self.seconds) > 1 else self.seconds * 99
        return {
            "groups": {name: asdict(count) for name, count in self.groups.items()},
            "leaves": {name: asdict(count) for name, count in sorted(self.leaves.items())},
            "median_ms": 1000 * median(self.seconds),
            "p99_ms": 1000 * cuts[98],
            "max_ms": 1000 * max(self.seconds),
        }


Labelled = tuple[Example, Answer, bool, str]


def labelled(files: Sequence[str], overrides: Overrides) -> Iterator[list[Labelled]]:
    """Labelled pairs, window by window."""
    windows = read_windows(open_sources(files), overrides, on_mapping=lambda *_: None)
    for window in windows:
        labels = ColumnLabels().of(window)
        groups = window.values(window.mapping.by) if window.mapping.by else [""] * len(labels)
        yield [
            (example, find_answer(example.response or ""), label, str(group))
            for example, label, group in zip(window.examples, labels, groups, strict=True)
            if label is not None and example.golds and example.response
        ]


def tried(files: Sequence[str], overrides: Overrides) -> Iterator[Tried]:
    """Each pair that the rule does not accept."""
    with (
        opened_cache(enabled=True, on_failure=print) as cache,
        opened_rule(RULE, workers=None, timeout=10, memory=4 << 30, cache=cache) as rule,
    ):
        for pairs in labelled(files, overrides):
            results = rule.submit([each[0] for each in pairs], [each[1] for each in pairs])()
            for (example, answer, right, group), result in zip(pairs, results, strict=True):
                if result.outcome is not RuleOutcome.ACCEPT and answer.text is not None:
                    yield _tried(example, answer.text, right=right, group=group)


def _tried(example: Example, answer: str, *, right: bool, group: str) -> Tried:
    started = time.perf_counter()
    proofs = (prove(example.question, gold, answer) for gold in example.golds)
    proof = next(filter(None, proofs), None)
    seconds = time.perf_counter() - started
    refuted = [refute(example.question, gold, answer) for gold in example.golds] if proof is None else [None]
    disproof = refuted[0] if all(refuted) else None
    return Tried(example.question, example.gold or "", answer, right, group, proof, disproof, seconds)


SHOWN: dict[str, Callable[[Tried], bool]] = {
    "wrong": lambda each: each.proof is not None and not each.right,
    "proved": lambda each: each.proof is not None and each.right,
    "missed": lambda each: each.proof is None and each.right,
    "refuted": lambda each: each.disproof is not None and each.right,
}


def main() -> None:
    """Print the tables, and write the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+")
    parser.add_argument("--label")
    parser.add_argument("--by")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--show", choices=SHOWN, default="wrong")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    overrides = Overrides(label=arguments.label, by=arguments.by, labelled=True)
    result = Result()
    for each in islice(tried(arguments.files, overrides), arguments.limit):
        result.add(each)
        if SHOWN[arguments.show](each):
            steps = each.proof.sentence if each.proof else each.disproof or ""
            print(f"{each.group}: {each.question[-80:]!r} {each.gold!r} <- {each.answer[:200]!r} {steps}")
    figures = result.figures()
    for title in ("groups", "leaves"):
        print(f"\n{title:24} " + " ".join(f"{name:>8}" for name in HEADINGS))
        for name, count in figures[title].items():
            print(f"{name:24.24} " + " ".join(f"{value:8,}" for value in count.values()))
    print("\n" + ", ".join(f"{name} {figures[name]:.2f}" for name in ("median_ms", "p99_ms", "max_ms")))
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
