"""What proofs, refutations and doubts say of labelled pairs, on both sides of Math-Verify, and how fast.

Of pairs that the rule does not accept: how many right ones are proved (and how many of these by rounding),
how many wrong ones are refuted; wrong ones that are proved and right ones that are refuted are mistakes. Of
pairs that it accepts: how many are suspect; of right ones that is a mistake.

Reads any labelled files as `tinyv eval` does, for each group (`--by`, or the one that is found) and each leaf
of the taxonomy. The time that a search takes is the CPU time of this process, its median and 99th percentile.

    python -m benchmarks.proofs FILE… [--label COLUMN] [--response COLUMN] [--by COLUMN] [--limit N]
                                [--show WHAT] [--json FILE]
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from tinyv_cli.evaluation.pairs import ColumnLabels
from tinyv_cli.maths.answers import find_answer
from tinyv_cli.proofs.stage import show
from tinyv_cli.records import Answer, Case, Example, RuleOutcome, Shown
from tinyv_cli.rules import opened_rule
from tinyv_cli.running.cache import opened_cache
from tinyv_cli.sources import open_sources, read_windows
from tinyv_cli.sources.mapping import Overrides

RULE = "math-verify"
LEFT, PROVED, ROUNDED, REFUTED = "left", "proved", "by rounding", "refuted"
ACCEPTED, SUSPECT = "accepted", "suspect"
HEADINGS = (LEFT, PROVED, ROUNDED, REFUTED, ACCEPTED, SUSPECT)


@dataclass(frozen=True, slots=True)
class Tried:
    """A labelled pair, and what came of the search."""

    question: str
    gold: str
    answer: str
    right: bool
    group: str
    accepted: bool
    shown: Shown
    seconds: float

    def is_so(self, heading: str) -> bool:
        """Whether it counts under this heading."""
        proof, shown = self.shown.proof, self.shown
        return {
            LEFT: not self.accepted,
            PROVED: proof is not None,
            ROUNDED: proof is not None and proof.rounds,
            REFUTED: shown.disproof is not None,
            ACCEPTED: self.accepted,
            SUSPECT: shown.suspect is not None,
        }[heading]


@dataclass(slots=True)
class Result:
    """The counts of all pairs by group and by leaf, of right and of wrong ones; seconds for each search."""

    groups: dict[str, Counter[tuple[bool, str]]] = field(default_factory=lambda: defaultdict(Counter))
    leaves: dict[str, Counter[tuple[bool, str]]] = field(default_factory=lambda: defaultdict(Counter))
    seconds: list[float] = field(default_factory=list)

    def add(self, tried: Tried) -> None:
        """Count it everywhere."""
        counted = [(tried.right, heading) for heading in HEADINGS if tried.is_so(heading)]
        for name in ("all", tried.group):
            self.groups[name].update(counted)
        if tried.shown.proof is not None:
            self.leaves[tried.shown.leaf or "same"].update(counted)
        self.seconds.append(tried.seconds)

    def figures(self) -> dict[str, Any]:
        """The same as plain data."""
        cuts = quantiles(self.seconds, n=100) if len(self.seconds) > 1 else self.seconds * 99
        return {
            "groups": {name: _sides(count) for name, count in self.groups.items()},
            "leaves": {name: _sides(count) for name, count in sorted(self.leaves.items())},
            "median_ms": 1000 * median(self.seconds),
            "p99_ms": 1000 * cuts[98],
            "max_ms": 1000 * max(self.seconds),
        }


def _sides(count: Counter[tuple[bool, str]]) -> dict[str, dict[str, int]]:
    return {
        side: {heading: count[right, heading] for heading in HEADINGS}
        for side, right in (("right", True), ("wrong", False))
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
    """Each pair, searched on the side of the rule on which it is."""
    with (
        opened_cache(enabled=True, on_failure=print) as cache,
        opened_rule(RULE, workers=None, timeout=10, memory=4 << 30, cache=cache) as rule,
    ):
        for pairs in labelled(files, overrides):
            results = rule.submit([each[0] for each in pairs], [each[1] for each in pairs])()
            for (example, answer, right, group), result in zip(pairs, results, strict=True):
                if answer.text is not None:
                    accepted = result.outcome is RuleOutcome.ACCEPT
                    case = Case(example.golds, answer.text, question=example.question, accepted=accepted)
                    yield _tried(case, right=right, group=group)


def _tried(case: Case, *, right: bool, group: str) -> Tried:
    started = time.process_time()
    shown = show(case)
    seconds = time.process_time() - started
    gold = " | ".join(case.golds)
    return Tried(case.question, gold, case.text, right, group, case.accepted, shown, seconds)


SHOWN: dict[str, Callable[[Tried], bool]] = {
    "wrong": lambda each: each.is_so(PROVED) and not each.right,
    "proved": lambda each: each.is_so(PROVED) and each.right,
    "missed": lambda each: each.right and not (each.accepted or each.is_so(PROVED)),
    "refuted": lambda each: each.is_so(REFUTED) and each.right,
    "suspect": lambda each: each.is_so(SUSPECT) and each.right,
    "unsuspected": lambda each: each.accepted and not each.right and not each.is_so(SUSPECT),
}


def main() -> None:
    """Print the tables, and write the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+")
    for name in ("label", "response", "by"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--show", choices=SHOWN, default="wrong")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    overrides = Overrides(label=arguments.label, by=arguments.by, response=arguments.response, labelled=True)
    result = Result()
    for each in islice(tried(arguments.files, overrides), arguments.limit):
        result.add(each)
        if SHOWN[arguments.show](each):
            said = each.shown.sentence or each.shown.suspect or ""
            print(f"{each.group}: {each.question[-80:]!r} {each.gold!r} <- {each.answer[:200]!r} {said}")
    figures = result.figures()
    for title in ("groups", "leaves"):
        print(f"\n{title:24} " + " ".join(f"{name:>11}" for name in HEADINGS))
        for name, sides in figures[title].items():
            for side, count in sides.items():
                print(f"{name:18.18} {side} " + " ".join(f"{value:11,}" for value in count.values()))
    print("\n" + ", ".join(f"{name} {figures[name]:.2f}" for name in ("median_ms", "p99_ms", "max_ms")))
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
