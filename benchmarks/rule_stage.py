r"""Speed of the rule stage against the plain loop `verify(parse(gold), parse(response))`, on the same rows.

Rollouts are made up: questions with golds of the kinds and shares that public RL data has, eight responses of
1,500 characters to each, about half of them right and mostly spelled alike, wrong ones repeating. No gold is
among them over which sympy hangs. Four ways of judging them alternate, each time in a fresh process:

- loop: the plain loop in one process, as a trainer's reward function runs it, on the first questions only;
- calls: the same with the rule's own function, one fresh call an example: what the rule would cost;
- cold: `pipeline.judge_windows` on all questions, without a model, in windows of the size that files are read
  in, with an empty cache: finding the answers and keeping the verdicts are part of it;
- warm: the same once more, with the cache that the cold run has left.

The clock of cold and warm includes starting and stopping the workers; that of loop and calls does not include
importing Math-Verify. Every verdict that the stage reaches in time is compared with that of the call. Exits
with 1 where one differs, and with --check also where a goal is missed.

    python -m benchmarks.rule_stage [--rule NAME] [--golds FILE.parquet] [--check] [--json FILE]
"""

import argparse
import json
import logging
import multiprocessing
import random
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import ParamSpec, TypeVar

from benchmarks.machine import circumstances
from tinyv_cli.guards import guard
from tinyv_cli.maths.answers import find_answer
from tinyv_cli.pipeline import judge_windows
from tinyv_cli.records import Example, RuleOutcome, RuleResult
from tinyv_cli.rules import RULES, Rule, opened_rule, rule_versions
from tinyv_cli.running.cache import VerdictCache
from tinyv_cli.sources.files import CHUNK_ROWS
from tinyv_cli.stages import Stages
from tinyv_cli.words import (
    DEFAULT_RULE,
    DEFAULT_RULE_MEMORY_MB,
    DEFAULT_RULE_TIMEOUT,
)

P = ParamSpec("P")
T = TypeVar("T")
Timed = tuple[float, list[RuleResult]]  # seconds, and what was said of each example

ROLLOUTS = 8
RESPONSE_CHARS = 1500
WAYS = ("loop", "calls", "cold", "warm")
GOALS = {"cold": 12.0, "warm": 100.0}  # times the examples a second of the loop
USUAL_IS_GOLD, STAYS_USUAL = 0.85, 0.95  # how often a policy spells as the gold does, and as it did before
MISTAKE_WEIGHTS = (6, 3, 1)  # of a question's first and second usual mistake, and of a new one

# Kinds of golds by their share in percent. The shares were counted on 70,000 golds of public RL sets
# (DeepScaleR, DAPO, MATH, GSM8K, OlympiadBench and others), the examples are our own. An integer is as likely
# small as large, a few letters stand for all.
GOLDS = {
    r"%(n)d": 58,
    r"-%(a)d": 3,
    r"%(n)d.%(d)d": 3,
    r"\frac{%(a)d}{%(b)d}": 7,
    r"-\frac{%(a)d}{%(b)d}": 1,
    r"$\frac{%(a)d}{%(n)d}$": 1,
    r"%(a)d/%(n)d": 1,
    r"%(a)d\sqrt{%(b)d}": 2.5,
    r"\frac{%(a)d\sqrt{%(b)d}}{%(c)d}": 1.5,
    r"\frac{%(a)d + \sqrt{%(b)d}}{%(c)d}": 1,
    r"%(a)d + %(b)d\sqrt{%(c)d}": 1,
    r"\frac{%(a)d\pi}{%(b)d}": 1.5,
    r"%(a)d\pi + %(b)d\sqrt{%(c)d}": 0.5,
    r"\sqrt[3]{%(n)d}": 0.3,
    r"%(a)d^{%(b)d}": 0.7,
    r"\binom{%(n)d}{%(a)d}": 0.3,
    r"\ln %(a)d - \frac{1}{%(b)d}": 0.4,
    r"%(a)d%(x)s + %(b)d": 0.8,
    r"%(x)s^2 - %(a)d%(x)s + %(b)d": 0.7,
    r"\frac{%(x)s(%(x)s+%(a)d)}{%(b)d}": 0.6,
    r"$\frac{\left(e^{%(x)s^{2}}+%(a)d\right)^{2}}{%(b)d}+C$": 0.3,
    r"%(x)s = %(a)d": 0.8,
    r"y = %(a)d%(x)s - %(b)d": 0.7,
    r"f(%(x)s) = \frac{%(a)d}{%(x)s + %(b)d}": 0.3,
    r"a_n = %(a)d^{n} - %(b)d": 0.2,
    r"%(a)d\%%": 0.8,
    r"%(n)d^{\circ}": 0.5,
    r"%(n)d \text{ cm}^2": 0.4,
    r"\$%(n)d.%(d)d0": 0.3,
    r"(%(a)d, -%(b)d)": 0.6,
    r"(%(a)d, %(b)d), (%(b)d, %(c)d)": 0.2,
    r"\left( -\frac{%(a)d}{%(b)d}, %(c)d \right)": 0.2,
    r"[-%(a)d, %(n)d)": 0.3,
    r"(-\infty, %(a)d] \cup [%(n)d, \infty)": 0.3,
    r"%(x)s \ge %(a)d": 0.4,
    r"-%(a)d < %(x)s < %(b)d": 0.4,
    r"\{-%(a)d, %(b)d, %(n)d\}": 0.4,
    r"%(a)d, %(b)d, %(n)d": 0.6,
    r"%(a)d \text{ or } -%(b)d": 0.3,
    r"%(a)d:%(b)d": 0.6,
    r"%(n)d_{8}": 0.3,
    r"\begin{pmatrix} %(a)d & -%(b)d \\ %(c)d & %(d)d \end{pmatrix}": 0.3,
    r"\{%(x)s \mid -\frac{%(a)d}{%(b)d} \le %(x)s < %(c)d, %(x)s \ne 0\}": 0.4,
    r"y = \frac{%(a)d%(x)s^3}{%(b)d} - \frac{%(c)d%(x)s^2}{%(d)d} + %(n)d%(x)s + C": 0.2,
    r"\cos\left(\frac{%(a)d\pi}{%(b)d}\right) = -\frac{\sqrt{2}}{2} \approx -0.7071": 0.3,
    r"%(a)d%(x)s^5 - %(b)d%(x)s^4 - %(n)d%(x)s^2 + %(c)d%(x)s": 0.6,
    r"\left(0, \frac{%(a)d + \sqrt{%(b)d}}{%(c)d}\right] \cup \left[%(n)d, +\infty\right)": 0.4,
    r"The first player wins if he takes %(a)d stones, and otherwise the second one does.": 0.4,
    r"\text{%(word)s}": 1.2,
    r"%(word)s": 0.8,
    r"%(letter)s": 0.8,
}

# What a policy may write instead: each pattern that fits the gold gives one more right spelling.
RESPELLINGS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"\\frac", r"\\dfrac"),
    (r"\\frac\{(\d+)\}\{(\d+)\}", r"\1/\2"),
    (r"^\\frac\{(\d+)\}\{([1-9]\d*)\}$", lambda found: f"{int(found[1]) / int(found[2]):.4g}"),
    (r"^(-?\d+)$", r"\1.0"),
    (r"^(\d+)(\d{3})$", r"\1{,}\2"),
    (r"^(\d+)$", r"\1 \\text{ units}"),
    (r"^([^=<>]+)$", r"x = \1"),
    (r"\\text\{(.*)\}", r"\1"),
    (r"^(\w+)$", r"\\text{\1}"),
    (r"^\((.*)\)$", r"\\left(\1\\right)"),
    (r"^([^=({]+) \+ ([^=)}]+)$", r"\2 + \1"),
    (r"^(-?\d+), (-?\d+), (-?\d+)$", r"\3, \1, \2"),
    (r", ", ","),
    (r"\\(?:\%|text\{ cm\}\^2|\$)", ""),
)

# About 16 formulas in 1,500 characters, as in public samples of responses to competition problems (14 to 22).
SENTENCES = (
    "\\[ %(a)d%(x)s^2 - %(b)d%(x)s + %(n)d = 0 \\]",
    "The discriminant is $\\Delta = %(b)d^2 - 4 \\cdot %(a)d \\cdot %(c)d$, whose root is $\\sqrt{%(n)d}$.",
    "\\begin{align*} %(x)s + y &= %(n)d \\\\ %(a)d%(x)s - y &= %(b)d \\end{align*}",
    "Let me read the problem once more: what do we know, and what is being asked?",
    "We are looking for one quantity, so I will call it $%(x)s$ and see what the conditions say about it.",
    "First, look at the case of $%(x)s = %(a)d$, which is small enough to be written down completely.",
    "Multiplying both sides by %(a)d gives $%(a)d%(x)s + %(b)d = %(n)d$, and that can be solved directly.",
    "Wait, this does not seem right, because the second condition has not been used so far.",
    "There are $\\binom{%(n)d}{2}$ possibilities in total, but $%(a)d$ of them have been counted twice.",
    "Substituting $%(x)s = %(c)d$ back, the left side becomes $%(n)d$, as it should.",
    "By symmetry the other case works in the same way, with the roles of the two points exchanged.",
    "Expanding the square, we get $(%(x)s + %(a)d)^2 = %(x)s^2 + %(c)d%(x)s + %(n)d$ for the expression.",
    "Hmm, let me think about step %(a)d again, since an error there would change everything that follows.",
    "The ratio of the two lengths is $\\frac{%(a)d}{%(b)d}$ by similar triangles, and $AB = %(c)d$.",
    "It is easier to count the complement here and to subtract it from the whole in the end.",
    "So $%(n)d \\equiv %(a)d \\pmod{%(b)d}$, which leaves only a few candidates to try.",
    "Alternatively, I could draw it with coordinates: one corner at $(0, %(a)d)$ and one at $(%(b)d, 0)$.",
    "That agrees with the estimate of roughly %(n)d that I made at the beginning.",
    "Now I only have to put the parts together and to check that no condition is violated.",
)
CLOSINGS = (
    "Therefore, the final answer is $\\boxed{%s}$.",
    "So the answer is \\(\\boxed{%s}\\).",
    "**Final Answer**\n\\[ \\boxed{%s} \\]",
    "Thus we get\n\n$$\\boxed{%s}$$",
    "Hence the result is \\boxed{%s}.",
)


def placeholders(rng: random.Random) -> dict[str, object]:
    """Values for the names in the templates."""
    numbers = {name: rng.randint(2, 12) for name in "abcd"}
    return {
        **numbers,
        "n": 1 + int(rng.lognormvariate(3.5, 1.8)),
        "x": rng.choice("xnkt"),
        "letter": rng.choice("ABCDE"),
        "word": rng.choice(("Yes", "No", "odd", "even", "Tuesday", "hyperbola", "Anna", "no solution")),
    }


def made_golds(count: int, rng: random.Random) -> list[str]:
    """Golds in the shares of the table."""
    templates = rng.choices(list(GOLDS), weights=list(GOLDS.values()), k=count)
    return [template % placeholders(rng) for template in templates]


def golds_from(file: Path, count: int, rng: random.Random) -> list[str]:
    """Golds drawn from the column `gold` of a Parquet file."""
    from pyarrow.parquet import read_table

    golds = [gold for gold in read_table(file, columns=["gold"])["gold"].to_pylist() if gold]
    return rng.sample(golds, min(count, len(golds)))


def respelled(gold: str, rng: random.Random) -> str:
    """The same answer in another spelling, where we know one."""
    spellings = {re.sub(pattern, by, gold) for pattern, by in RESPELLINGS} - {gold}
    return rng.choice(sorted(spellings)) if spellings else gold


def mistaken(gold: str, others: Sequence[str], rng: random.Random) -> str:
    """A wrong answer: one number is off, or where there is none, the answer to something else."""
    numbers = list(re.finditer(r"\d+", gold))
    if not numbers:
        return rng.choice(others)
    number = rng.choice(numbers)
    off = int(number[0]) + rng.choice((1, 2, 3, 10, int(number[0]) + 1))
    return f"{gold[: number.start()]}{off}{gold[number.end() :]}"


def answers(gold: str, others: Sequence[str], rng: random.Random) -> list[str]:
    """What the rollouts of one question answer; how many of them are right depends on the question."""
    gold = gold.strip("$")
    solved = rng.random()
    usual = gold if rng.random() < USUAL_IS_GOLD else respelled(gold, rng)
    first, second = mistaken(gold, others, rng), mistaken(gold, others, rng)

    def answer() -> str:
        if rng.random() < solved:
            return usual if rng.random() < STAYS_USUAL else respelled(gold, rng)
        return rng.choices((first, second, mistaken(gold, others, rng)), MISTAKE_WEIGHTS)[0]

    return [answer() for _ in range(ROLLOUTS)]


def response(answer: str, rng: random.Random) -> str:
    """Reasoning of a realistic length, with the answer in a box at its end."""
    closing = rng.choice(CLOSINGS) % answer
    reasoning = ""
    while len(reasoning) + len(closing) < RESPONSE_CHARS:
        reasoning += rng.choice(SENTENCES) % placeholders(rng) + rng.choice((" ", " ", "\n\n"))
    return reasoning + closing


def rollouts(golds: Sequence[str], rng: random.Random) -> list[Example]:
    """The rollouts of a question for each gold."""
    return [
        Example(row, rollout, f"Question {row}?", (gold,), response(answer, rng))
        for row, gold in enumerate(golds)
        for rollout, answer in enumerate(answers(gold, golds, rng))
    ]


@dataclass(frozen=True, slots=True)
class Window:
    """Rows that the pipeline takes at once."""

    examples: list[Example]


def looped(examples: Sequence[Example]) -> float:
    """Seconds of the plain loop. What Math-Verify logs of its failures is not shown."""
    from math_verify import parse, verify

    logging.disable()
    started = time.perf_counter()
    for example in examples:
        verify(parse(example.golds[0]), parse(example.response or ""))
    return time.perf_counter() - started


def called(examples: Sequence[Example], name: str) -> Timed:
    """What the rule says of each example when it is simply called, without workers or cache."""
    import math_verify  # noqa: F401 - importing is not judging

    logging.disable()
    started = time.perf_counter()
    results = [_called(RULES[name], example) for example in examples]
    return time.perf_counter() - started, results


def _called(rule: Rule, example: Example) -> RuleResult:
    case = rule.sees(example, find_answer(example.response or ""))
    if isinstance(case, str):
        return RuleResult(RuleOutcome.UNDECIDED, case)
    try:
        return rule.judge(case)
    except BaseException as error:  # noqa: BLE001 - sympy can raise anything
        return RuleResult(RuleOutcome.UNDECIDED, f"error:{type(error).__name__}")


def staged(examples: Sequence[Example], name: str, workers: int | None, cache_file: Path) -> Timed:
    """What the rule stage says, run as `tinyv audit --model none` runs it."""
    windows = [
        Window(list(examples[start : start + CHUNK_ROWS])) for start in range(0, len(examples), CHUNK_ROWS)
    ]
    started = time.perf_counter()
    with (
        closing(VerdictCache(cache_file, on_failure=_give_up)) as cache,
        opened_rule(
            name,
            workers=workers,
            timeout=DEFAULT_RULE_TIMEOUT,
            memory=DEFAULT_RULE_MEMORY_MB << 20,
            cache=cache,
        ) as stage,
    ):
        stages = Stages(find_answer, stage, guard, ())
        results = [item.rule for _, judged in judge_windows(windows, stages) for item in judged]
    return time.perf_counter() - started, results


def _give_up(failure: str) -> None:
    raise SystemExit(f"the cache failed: {failure}")


def in_fresh_process(work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """Run this in the main thread of a process that has run nothing else."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as fresh:
        return fresh.submit(work, *arguments, **named).result()


@dataclass(slots=True)
class Measured:
    """Examples a second of each way, run by run, and how the stage's verdicts compare with the calls'."""

    rates: dict[str, list[float]] = field(default_factory=lambda: {way: [] for way in WAYS})
    compared: int = 0
    timeouts: int = 0
    differences: int = 0

    def compare(self, called: Sequence[RuleResult], staged: Sequence[RuleResult]) -> None:
        """Count what differs; examples for which the stage's time ran out are counted apart."""
        self.timeouts += sum(result.reason == "timeout" for result in staged)
        self.compared += len(called)
        self.differences += sum(
            result != expected and result.reason != "timeout"
            for expected, result in zip(called, staged, strict=False)  # only the first were called
        )

    def medians(self) -> dict[str, float]:
        """Examples a second of each way."""
        return {way: median(rates) for way, rates in self.rates.items()}


def measure(examples: Sequence[Example], options: argparse.Namespace) -> Measured:
    """Let the ways alternate, so that what else the machine does meets all of them alike."""
    few = examples[: options.plain_questions * ROLLOUTS]  # questions are drawn independently: a fair sample
    measured = Measured()
    with tempfile.TemporaryDirectory() as folder:
        for repeat in range(options.repeats):
            measured.rates["loop"].append(len(few) / in_fresh_process(looped, few))
            seconds, expected = in_fresh_process(called, few, options.rule)
            measured.rates["calls"].append(len(few) / seconds)
            cache_file = Path(folder, f"{repeat}.sqlite3")
            for way in GOALS:
                seconds, results = in_fresh_process(
                    staged, examples, options.rule, options.workers, cache_file
                )
                measured.rates[way].append(len(examples) / seconds)
                measured.compare(expected, results)
    return measured


def parsed_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rule", choices=list(RULES), default=DEFAULT_RULE)
    parser.add_argument("--questions", type=int, default=2000)
    parser.add_argument("--plain-questions", type=int, default=250, help="of these, for loop and calls")
    parser.add_argument("--golds", type=Path, help="draw the golds from the column gold of this Parquet file")
    parser.add_argument("--workers", type=int, help="one a core unless given")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--check", action="store_true", help=f"exit with 1 where a goal is missed: {GOALS}")
    parser.add_argument("--json", type=Path, help="write the figures here")
    return parser.parse_args()


def main() -> None:
    options = parsed_options()
    rng = random.Random(options.seed)
    golds = (
        golds_from(options.golds, options.questions, rng)
        if options.golds
        else made_golds(options.questions, rng)
    )
    examples = rollouts(golds, rng)
    pairs = {(example.golds, find_answer(example.response or "").text) for example in examples}
    print(f"{len(examples):,} examples, {len(set(golds)):,} golds, {len(pairs):,} pairs of gold and answer")
    measured_in = circumstances()
    measured = measure(examples, options)
    rates = measured.medians()
    ratios = {way: rates[way] / rates["loop"] for way in GOALS}
    for way, runs in measured.rates.items():
        print(f"{way:>5} {rates[way]:9.1f} examples/s, runs {', '.join(f'{run:.1f}' for run in runs)}")
    for way, goal in GOALS.items():
        by_calls = rates[way] / rates["calls"]
        print(f"{way:>5} {ratios[way]:9.1f} x loop (goal {goal:g}), {by_calls:.1f} x calls")
    print(
        f"{measured.compared:,} verdicts compared with calls: {measured.differences} differ; "
        f"{measured.timeouts} of all timed out"
    )
    figures = {
        **measured_in,
        "rule": options.rule,
        "versions": rule_versions(options.rule),
        "golds": options.golds.name if options.golds else "made up",
        "seed": options.seed,
        "examples": len(examples),
        "distinct_golds": len(set(golds)),
        "distinct_pairs": len(pairs),
        **asdict(measured),
        "median_rates": rates,
        "ratios_to_loop": ratios,
    }
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")
    if measured.differences:
        raise SystemExit("verdicts differ from calls of the rule")
    if options.check and any(ratios[way] < goal for way, goal in GOALS.items()):
        raise SystemExit("slower than the goal")


if __name__ == "__main__":
    main()
