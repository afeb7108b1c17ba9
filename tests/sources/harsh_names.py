"""Rows as no tool writes them: names that say nothing, several golds and answers, files of one row."""

import random
from collections.abc import Callable, Sequence
from typing import Any

Row = dict[str, Any]
Text = Callable[[random.Random], str]

SAYS_NOTHING = (
    "x foo col_a stuff val blob data text content info item zz field1 A payload thing abc record entry "
    "body value str_1 col_3 t column_b"
).split()
# What was found in the response, under names that are often those of golds, or say nothing.
FOUND = (
    "extracted_answer pred parsed_answer predicted_answer answer final_answer extracted boxed_answer "
    "pred_answer picked parsed x val result label candidate prediction model_answer output_answer ans "
    "found_answer match_answer value last_number"
).split()
MORE_GOLDS = ("solution", "result")
MORE_RESPONSES = (
    "answer",
    "solution",
    "text",
    "result",
    "final_answer",
    "answer_text",
    "assistant",
    "candidate",
)
WORDS = "Paris London blue seven Euler north Monday copper Einstein tiger apple cello".split()
SIZES, SHARES = (1, 1, 2, 3, 12), (0.0, 0.4, 0.7, 1.0)


def word(rng: random.Random) -> str:
    return rng.choice(WORDS)


def number(rng: random.Random) -> str:
    return str(rng.randint(2, 999))


ANSWERS: tuple[Text, ...] = (
    number,
    word,
    lambda rng: rf"\frac{{{rng.randint(1, 9)}}}{{{rng.randint(11, 99)}}}",
    lambda rng: rng.choice("ABCD"),
    lambda rng: f"{rng.choice(('the', 'a'))} {word(rng)} {rng.choice(('river', 'city', 'number', 'metal'))}",
    lambda rng: f"({rng.randint(1, 9)}, {rng.randint(1, 9)})",
    lambda rng: rf"{rng.randint(2, 9)}\sqrt{{{rng.randint(2, 9)}}} + {rng.randint(1, 99)}",
)


def reasoned(rng: random.Random, answer: str) -> str:
    steps = " ".join(f"Step {i}: we add {rng.randint(1, 99)} to it." for i in range(rng.randint(2, 9)))
    ending = rng.choice((rf"So it is $\boxed{{{answer}}}$.", f"The answer is {answer}.", f"\n#### {answer}"))
    return f"{steps} {ending}"


RESPONSES: tuple[Callable[[random.Random, str], str], ...] = (
    reasoned,
    reasoned,
    lambda rng, answer: (
        f"<think>\nMaybe {number(rng)}? No. {reasoned(rng, answer)}\n</think>\n\nIt is $\\boxed{{{answer}}}$."
    ),
    lambda rng, answer: answer,
    lambda rng, answer: f"The answer is {answer}.",
    lambda rng, answer: (
        f"We look at it for some time, and in the end {number(rng)} things make {answer} of it"
    ),
)

DECOYS: dict[str, Callable[[random.Random, Row], Any]] = {
    "teacher_response": lambda rng, row: reasoned(rng, row["gold"]),
    "baseline_output": lambda rng, row: reasoned(rng, number(rng)),
    "rejected": lambda rng, row: reasoned(rng, number(rng)),
    "previous_answer": lambda rng, row: number(rng),
    "original_answer": lambda rng, row: number(rng),
    "wrong_answer": lambda rng, row: number(rng),
    "human_answer": lambda rng, row: number(rng),
    "majority_answer": lambda rng, row: row["found"],
    "explanation": lambda rng, row: f"One sees that both of them make {row['gold']}, which was asked for.",
    "answer_explanation": lambda rng, row: f"It must be {row['gold']}, since nothing else is left over here.",
    "rationale": lambda rng, row: f"Since all of it is added one gets {row['gold']}.",
    "notes": lambda rng, row: rng.choice(("checked by hand, all is well with this one", "", "see the other")),
    "hint": lambda rng, row: "Add the two numbers and look at what you get there.",
    "context": lambda rng, row: f"There are {number(rng)} birds on a tree and {number(rng)} more in a bush.",
    "summary": lambda rng, row: f"An exercise on adding {number(rng)}, which is what people learn first.",
    "title": lambda rng, row: f"Problem number {number(rng)}",
    "comment": lambda rng, row: f"I think that {row['found']} is what it says here, and so on and on.",
    "cot": lambda rng, row: f"Let me think. {row['response']}",
    "model_reasoning": lambda rng, row: f"Let me think. {number(rng)} and so on, and that is it, isn't it?",
    "judge": lambda rng, row: str(row["right"]),
    "verdict": lambda rng, row: "CORRECT" if row["right"] else "INCORRECT",
    "label": lambda rng, row: int(row["right"]),
    "labels": lambda rng, row: row["right"],
    "class": lambda rng, row: rng.choice(("easy", "hard")),
    "author": lambda rng, row: word(rng),
    "topic": lambda rng, row: word(rng),
    "extra": lambda rng, row: rng.choice(("a", "b")),
    "rating": lambda rng, row: rng.randint(1, 5),
    "expected_length": lambda rng, row: rng.randint(1, 99),
    "num": lambda rng, row: rng.randint(1, 99),
    "year": lambda rng, row: rng.randint(1980, 2020),
    "idx": lambda rng, row: rng.randint(1, 99),
    "misc": lambda rng, row: rng.randint(1, 999),
    "ids": lambda rng, row: [1, 2],
    "tags": lambda rng, row: ["x"],
}
# Those that hold the question, too.
WITH_QUESTION: dict[str, Callable[[random.Random, Row], Any]] = {
    "text": lambda rng, row: f"{row['question']}\n{row['response']}",
    "full_text": lambda rng, row: f"User: {row['question']}\nAssistant: {row['response']}",
    "rendered_prompt": lambda rng, row: f"<|im_start|>user\n{row['question']}<|im_end|>\n",
    "messages": lambda rng, row: [{"role": "user", "content": row["question"]}],
    "translation": lambda rng, row: f"Aufgabe: was ergibt {row['question'][12:]}",
}


def drawn(
    rng: random.Random,
    names: dict[str, Sequence[str]],
    decoys: dict[str, Callable[[random.Random, Row], Any]],
) -> tuple[list[Row], list[Row]]:
    """Rows under drawn names, of `names` for each role or such that say nothing, and what they hold."""
    named = _named(rng, names)
    taken = {name.lower() for name in named.values()}
    found = [name for name in rng.sample(FOUND, rng.choice((0, 1, 1, 2, 3))) if name.lower() not in taken]
    asks = rng.random() < 0.85
    if not asks:
        del named["question"]
    more = {**decoys, **DECOYS, **(WITH_QUESTION if asks else {})}
    taken.update(name.lower() for name in found)
    beside = [name for name in rng.sample(sorted(more), rng.randint(0, 8)) if name.lower() not in taken]
    order = [*named.values(), *found, *beside]
    rng.shuffle(order)
    share, answer, respond = rng.choice(SHARES), rng.choice(ANSWERS), rng.choice(RESPONSES)
    known = [_known(rng, i, share, answer, respond, asks=asks) for i in range(rng.choice(SIZES))]
    roles = {name: role for role, name in named.items()}
    rows = [
        {
            name: row[roles[name]]
            if name in roles
            else row["found"]
            if name in found
            else more[name](rng, row)
            for name in order
        }
        for row in known
    ]
    return rows, known


def _named(rng: random.Random, names: dict[str, Sequence[str]]) -> dict[str, str]:
    while True:
        drawn = {
            role: rng.choice(SAYS_NOTHING if rng.random() < 0.2 else usual) for role, usual in names.items()
        }
        if len({name.lower() for name in drawn.values()}) == len(drawn):
            return drawn


def _known(
    rng: random.Random,
    i: int,
    share: float,
    answer: Text,
    respond: Callable[[random.Random, str], str],
    *,
    asks: bool,
) -> Row:
    gold = answer(rng)
    found = gold if rng.random() < share else answer(rng)
    question = f"Problem {i}: what does one get from {number(rng)} and {number(rng)}?" if asks else ""
    return {
        "question": question,
        "gold": gold,
        "response": respond(rng, found),
        "found": found,
        "right": gold == found,
    }
