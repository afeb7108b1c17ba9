"""Make a small synthetic sample of rollouts, so that tinyv can be tried without data of one's own.

Each question comes from a template of `questions.py` and gets four rollouts. A rollout ends in the gold
answer, in a right answer in another form (what a symbolic verifier tends to reject), or in a near miss; three
of them never get to an answer.

Run without arguments it writes `rollouts.parquet` and `rollouts.jsonl` beside this file, the same every time.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
from questions import TOPICS, Form, Maker, Problem, Steps

SEED = 20250611
FOLDER = Path(__file__).resolve().parent

# The four rollouts of each of a topic's ten questions: (s)ame form as the gold, (o)ther form, (w)rong.
PLANS = ("ssss", "ssss", "ssso", "sssw", "ssow", "ssow", "soow", "ooww", "swww", "owww")
# One rollout of each of these questions (counted over the whole sample) never gets to an answer.
UNFINISHED = {7: "truncated", 31: "empty", 52: "truncated"}

OPENINGS = {
    "algebra": (
        "Let's solve this step by step.",
        "We can work this out by hand.",
        "First I'll rewrite what is given.",
        "To find the unknowns, we use the equations directly.",
        "## Solution",
        "This is a standard exercise, but let me be careful with the signs.",
    ),
    "word_problems": (
        "Let's break the problem down.",
        "First, let me note what we know and what is asked.",
        "We translate the text into numbers.",
        "**Given:** the amounts in the text. **Wanted:** the quantity in the last sentence.",
        "Sure! Here is how I would work this out.",
        "Let me think about what is happening here.",
    ),
    "intervals": (
        "We want every real $x$ that satisfies the condition.",
        "Let's find where the inequality holds.",
        "To solve the inequality, we look for the boundary first.",
        "### Solving the inequality",
        "I'll treat this like an equation first and then look at the sign.",
    ),
    "sets": (
        "We need all of them, so let's be systematic.",
        "Let's find every integer that fits.",
        "I'll go through the possibilities.",
        "To be complete, we have to check each case.",
        "This is about divisibility.",
    ),
    "geometry": (
        "Let's draw a quick sketch in our heads.",
        "We start from the right formula.",
        "**Step-by-step solution**",
        "The lengths are all given, so this is a direct computation.",
        "Let me set up the figure first.",
    ),
    "probability": (
        "Let's count carefully.",
        "All outcomes are equally likely here.",
        "We can compute this directly.",
        "Let me set up the random experiment first.",
        "### Setting up",
    ),
}
CLOSINGS = {
    "algebra": (
        "So the solution is",
        "Hence we obtain",
        "This gives",
        "The final result is",
        "Therefore we have",
    ),
    "word_problems": (
        "So the result is",
        "Altogether:",
        "In conclusion, it is",
        "That makes",
        "Therefore we get",
    ),
    "intervals": (
        "So the solution is",
        "The condition therefore describes",
        "This leaves",
        "Hence:",
        "In short:",
    ),
    "sets": (
        "So we end up with",
        "The complete result is",
        "Collecting everything:",
        "Hence:",
        "This leaves",
    ),
    "geometry": ("So we get", "Therefore it is", "This comes to", "The result is", "Putting it together:"),
    "probability": ("So the result is", "Hence we get", "This simplifies to", "Altogether:", "We arrive at"),
}
# How a final answer is marked, and how often.
ENDINGS = {
    "{closing} $\\boxed{{{answer}}}$.": 40,
    "{closing}\n\n$$\\boxed{{{answer}}}$$": 18,
    "{closing}\n\\[\n\\boxed{{{answer}}}\n\\]": 8,
    "**Final answer:** $\\boxed{{{answer}}}$": 8,
    "The answer is ${answer}$.": 9,
    "**Answer:** ${answer}$": 6,
    "#### {answer}": 5,
    "{closing}\n\n${answer}$": 6,
}
THOUGHTS = (
    "Okay, let me see. {step} Could it be $\\boxed{{{guess}}}$? Hmm, I should not rush this. Let me redo it.",
    "Alright. {step} Wait, is that right? Let me read the question again... yes. A first guess would be "
    "\\boxed{{{guess}}}, but I have to verify it before writing it down.",
    "Hmm, so what do we have here? {step} Now the rest should be routine. I'll write it up properly.",
    "Let me start. {step} Hmm, maybe there is a shortcut... No, better do it the normal way.\n\n"
    "So my candidate is ${guess}$, let me check whether it survives.",
)
THINKING_SHARE = 0.14


@dataclass(frozen=True)
class Row:
    """One rollout, as it is written to the files."""

    source: str
    question: str
    answer: str
    response: str
    form: str
    truth: bool


def lay_out(steps: Steps, rng: Random) -> str:
    """The steps as a paragraph, as lines, or as one of the lists that models like."""
    match rng.choice(("paragraph", "paragraph", "lines", "numbers", "bold", "bullets")):
        case "lines":
            return "\n\n".join(steps)
        case "numbers":
            return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1))
        case "bold":
            return "\n\n".join(f"**Step {number}:** {step}" for number, step in enumerate(steps, start=1))
        case "bullets":
            return "\n".join(f"- {step}" for step in steps)
        case _:
            return " ".join(steps)


def thinking(problem: Problem[Any], step: str, rng: Random) -> str:
    """A thinking block, which may hold a boxed guess that is not the response's answer."""
    guess = rng.choice([problem.gold, *(slip.text for slip in problem.slips)])
    return f"<think>\n{rng.choice(THOUGHTS).format(step=step, guess=guess)}\n</think>\n\n"


def write_response(topic: str, problem: Problem[Any], steps: Steps, answer: str, rng: Random) -> str:
    ending = rng.choices(list(ENDINGS), weights=list(ENDINGS.values()))[0]
    parts = (
        rng.choice(OPENINGS[topic]),
        lay_out(steps, rng),
        ending.format(closing=rng.choice(CLOSINGS[topic]), answer=answer),
    )
    thought = thinking(problem, steps[0], rng) if rng.random() < THINKING_SHARE else ""
    return thought + "\n\n".join(parts)


def cut_short(topic: str, problem: Problem[Any], rng: Random) -> str:
    """A response that hits the token limit in the middle of its second step."""
    first, second, *_ = problem.ways[0]
    return f"{rng.choice(OPENINGS[topic])}\n\n{first} {second[: len(second) // 2]}"


def rollout(
    topic: str, problem: Problem[Any], kind: str, forms: dict[str, Iterator[Form]], rng: Random
) -> Row:
    """A rollout of a kind: a letter of `PLANS`, or the name of a way to get to no answer."""
    if kind in forms:
        name, text = next(forms[kind])
        truth = problem.solves(problem.value)
        response = write_response(topic, problem, rng.choice(problem.ways), text, rng)
    elif kind == "w":
        # The first slips are the likelier ones, so that wrong answers repeat, as they do with real models.
        slip = rng.choices(problem.slips, weights=range(len(problem.slips), 0, -1))[0]
        name, truth = slip.name, problem.solves(slip.value)
        response = write_response(topic, problem, slip.work, slip.text, rng)
    else:
        name, truth = kind, False
        response = cut_short(topic, problem, rng) if kind == "truncated" else ""
    return Row(topic, problem.question, problem.gold, response, name, truth)


def new_problem(maker: Maker, asked: set[str], rng: Random) -> Problem[Any]:
    """A problem whose question has not been asked yet."""
    while (problem := maker(rng)).question in asked:
        pass
    asked.add(problem.question)
    return problem


def make_rows(rng: Random) -> Iterator[Row]:
    """All rollouts, those of a question one after another; the makers of a topic take turns."""
    asked: set[str] = set()
    for topic, makers in TOPICS.items():
        for number, plan in enumerate(rng.sample(PLANS, len(PLANS))):
            problem = new_problem(makers[number % len(makers)], asked, rng)
            kinds = rng.sample(plan, len(plan))
            if (unfinished := UNFINISHED.get(len(asked))) is not None:
                kinds[0] = unfinished
            forms: dict[str, Iterator[Form]] = {
                "s": cycle(rng.sample(problem.same, len(problem.same))),
                "o": cycle(rng.sample(problem.other, len(problem.other))),
            }
            for kind in kinds:
                yield rollout(topic, problem, kind, forms, rng)


def main() -> None:
    table = pl.DataFrame([asdict(row) for row in make_rows(Random(SEED))])
    table.write_parquet(FOLDER / "rollouts.parquet")
    lines = (json.dumps(row, ensure_ascii=False) for row in table.iter_rows(named=True))
    (FOLDER / "rollouts.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(table.group_by("source", maintain_order=True).agg(pl.len().alias("rows"), pl.col("truth").sum()))
    print(table.group_by("truth", "form").len().sort("truth", "len", "form", descending=True).to_dicts())


if __name__ == "__main__":
    main()
