"""What the guards refuse of labelled answers: of the right ones, which they cost, and of the wrong ones.

Rows without a boolean label are passed over. The answer is found as `tinyv audit` finds it; the guards see it
with the question and the golds. What a rule would accept by itself is not left out: the guards never see
it in an audit, so what they cost there is at most what stands here.

    python -m benchmarks.guards FILE… [--label FIELD] [--show right] [--json FILE]
"""

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.machine import circumstances
from tinyv_cli.figures.statistics import wilson
from tinyv_cli.guards import guard
from tinyv_cli.maths.answers import find_answer
from tinyv_cli.records import Answer, Example
from tinyv_cli.sources import open_sources, read_windows
from tinyv_cli.sources.mapping import Overrides
from tinyv_cli.words import FALSE_WORDS, TRUE_WORDS

LABELS = {**dict.fromkeys(TRUE_WORDS, True), **dict.fromkeys(FALSE_WORDS, False)}
MICROSECONDS = 1e6
SHOWN_CHARS = 100


@dataclass(slots=True)
class Counted:
    """How many answers there are, right and wrong, and how many of them are refused, by reason."""

    answers: Counter[bool] = field(default_factory=Counter)
    refused: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    seconds: float = 0.0


def labelled(files: list[str], label: str) -> Iterator[tuple[Example, bool]]:
    """Every example of the files that has a label."""
    windows = read_windows(open_sources(files), Overrides(), on_mapping=lambda name, mapping: None)
    for window in windows:
        for example, record in zip(window.examples, window.records(), strict=True):
            said = LABELS.get(str(record.get(label)).strip().lower())
            if said is not None and example.response is not None:
                yield example, said


def counted(examples: Iterator[tuple[Example, bool]], show: set[bool]) -> Counted:
    """Put every answer to the guards; those refused that are to be shown go to standard output."""
    found = Counted()
    for example, right in examples:
        answer = find_answer(example.response or "")
        started = time.perf_counter()
        reason = guard(example, answer)
        found.seconds += time.perf_counter() - started
        found.answers[right] += 1
        if reason is not None:
            found.refused[reason][right] += 1
            if right in show:
                print(shown(reason, example, answer))
    return found


def shown(reason: str, example: Example, answer: Answer) -> str:
    """A refused answer on one line."""
    texts = (example.question[-60:], example.gold or "", (answer.text or "")[:SHOWN_CHARS])
    return f"{reason}: " + " | ".join(map(repr, texts))


def told(found: Counted) -> dict[str, Any]:
    """Print a line for each reason; returns the figures."""
    right, wrong = found.answers[True], found.answers[False]
    print(f"{'reason':>18} {'of the right':>20} {'of the wrong':>20}")
    rows: dict[str, Any] = {}
    by_reason = sorted(found.refused.items(), key=lambda item: -sum(item[1].values()))
    total = sum((counts for _, counts in by_reason), Counter())
    for reason, counts in [*by_reason, ("all", total)]:
        rows[reason] = {"right": counts[True], "wrong": counts[False]}
        print(f"{reason:>18} {part(counts[True], right):>20} {part(counts[False], wrong):>20}")
    if interval := wilson(total[True], right):
        print(
            f"of the right {total[True]:,} of {right:,} are refused: {interval[0]:.2%} to {interval[1]:.2%}"
        )
    each = MICROSECONDS * found.seconds / max(1, right + wrong)
    print(f"{each:.1f} µs an answer")
    return {"right": right, "wrong": wrong, "refused": rows, "microseconds": each}


def part(count: int, total: int) -> str:
    """A count and its share."""
    return f"{count:,} ({count / total:.2%})" if total else "-"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+")
    parser.add_argument("--label", default="label", help="the column that says what is right")
    parser.add_argument("--show", choices=["right", "wrong"], action="append", help="print what is refused")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args()
    found = counted(labelled(options.files, options.label), {kind == "right" for kind in options.show or ()})
    if not found.answers:
        sys.exit(f"no row has a label in '{options.label}'")
    figures = {**circumstances(), "files": options.files, **told(found)}
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
