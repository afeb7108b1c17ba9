"""Whatever the columns are called: question, gold and response are found, or the user is asked."""

import random
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from tests.sources import harsh_names
from tinyv_cli.errors import SourceError
from tinyv_cli.sources.explode import explode
from tinyv_cli.sources.mapping import Overrides, choose_mapping
from tinyv_cli.sources.rows import DictRows

Row = dict[str, Any]
ROWS = 12

QUESTIONS = (
    "question problem query prompt input instruction Question Problem user_query problem_statement "
    "question_text task_prompt original_question math_problem questionText user_prompt task "
    "instruction_text inputs problem_text origin_prompt input_prompt full_prompt raw_prompt prompt_text "
    "the_question q exercise"
).split()
GOLDS = (
    "answer gold ground_truth gt gts target expected expected_answer reference reference_answer "
    "ref_answer label correct_answer true_answer answer_key gold_answer groundTruth expectedOutput "
    "final_answer standard_answer Ground_Truth gold_label target_answer labels truth "
    "ground_truth_answer gt_answer expected_output reference_solution official_answer right_answer "
    "goldAnswer ref reference_output ideal canonical_answer"
).split()
RESPONSES = (
    "response responses output completion generation generated_text model_output model_response "
    "llm_output assistant_response full_response model_answer modelOutput prediction raw_output "
    "output_text completion_text llm_response llm_answer model_solution generated_solution "
    "generated_answer student_answer reply rollout output_response gpt_response "
    "assistant_message_output Model_Response final_response chat_response raw_response model_prediction "
    "predictions outputs model_completion predicted_solution agent_output candidate_answer"
).split()
# What was found in the response, under names that a script may give it: the worst that can be beside a gold.
EXTRACTED = (
    "answer extracted_answer pred parsed_answer prediction predicted_answer model_answer final_answer "
    "extracted boxed_answer pred_answer answer_extracted picked parsed"
).split()


def integer(rng: random.Random) -> str:
    return str(rng.randint(2, 999))


def fraction(rng: random.Random) -> str:
    return rf"\frac{{{rng.randint(1, 9)}}}{{{rng.randint(11, 99)}}}"


def responded(rng: random.Random, answer: str) -> str:
    """A response of some length that marks its answer in one of the usual ways."""
    steps = " ".join(f"Step {i}: we add {rng.randint(1, 99)} to it." for i in range(rng.randint(2, 9)))
    ending = rng.choice((rf"So it is $\boxed{{{answer}}}$.", f"The answer is {answer}.", f"\n#### {answer}"))
    return f"{steps} {ending}"


Decoy = Callable[[random.Random, Row], Any]
DECOYS: dict[str, Decoy] = {
    "id": lambda rng, row: rng.randint(0, 10**6),
    "question_id": lambda rng, row: f"test/{rng.randint(0, 999)}.json",
    "problem_type": lambda rng, row: rng.choice(("Algebra", "Number Theory")),
    "answer_type": lambda rng, row: rng.choice(("integer", "expression")),
    "subject": lambda rng, row: rng.choice(("Algebra", "Geometry")),
    "level": lambda rng, row: rng.randint(1, 5),
    "source": lambda rng, row: rng.choice(("amc", "aime")),
    "model": lambda rng, row: "some-model-7b",
    "model_name": lambda rng, row: "some-model-7b",
    "score": lambda rng, row: float(row["right"]),
    "is_correct": lambda rng, row: row["right"],
    "correct": lambda rng, row: row["right"],
    "reward": lambda rng, row: float(row["right"]),
    "passed": lambda rng, row: row["right"],
    "response_length": lambda rng, row: len(row["response"]),
    "num_tokens": lambda rng, row: len(row["response"]) // 4,
    "prompt_tokens": lambda rng, row: len(row["question"]) // 4,
    "latency": lambda rng, row: rng.random(),
    "solution": lambda rng, row: (
        rf"A person's way: one sees at once that it is $\boxed{{{row['gold']}}}$, as asked."
    ),
    "system_prompt": lambda rng, row: "You are a helpful assistant. Think step by step and box your answer.",
    "prompt_template": lambda rng, row: "Solve this problem: {question} Write the answer into a box, please.",
    "reasoning": lambda rng, row: f"First I think about it for a long time. {row['response']}",
    "judge_response": lambda rng, row: (
        f"The response ends with {row['found']}. Compare it. [[{row['right']}]]" * 9
    ),
    "timestamp": lambda rng, row: "2026-01-01T00:00:00",
    "gold_value": lambda rng, row: 1.0,
    "target_model": lambda rng, row: "m",
    "output_path": lambda rng, row: "/data/out.jsonl",
    "n_correct": lambda rng, row: rng.randint(0, 8),
    "finish_reason": lambda rng, row: "stop",
    "metadata": lambda rng, row: {"split": "test", "index": rng.randint(0, 99)},
    "rendered_prompt": lambda rng, row: (
        f"<|im_start|>user\n{row['question']}<|im_end|>\n<|im_start|>assistant\n"
    ),
    "messages": lambda rng, row: [{"role": "user", "content": row["question"]}],
    "empty_input": lambda rng, row: "",
}


def drawn(rng: random.Random) -> tuple[list[Row], list[Row]]:
    """Rows under names, in an order and with decoys that are drawn, and what must be found in them."""
    names = {"question": rng.choice(QUESTIONS), "gold": rng.choice(GOLDS), "response": rng.choice(RESPONSES)}
    extracted = rng.choice((None, *EXTRACTED))
    taken = {name.lower() for name in names.values()}
    decoys = [name for name in rng.sample(sorted(DECOYS), rng.randint(0, 8)) if name.lower() not in taken]
    order = [*names, *decoys, "extracted"]
    rng.shuffle(order)
    share, answer = rng.choice((0.0, 0.4, 0.7, 1.0)), rng.choice((integer, fraction))
    rows, wanted = list[Row](), list[Row]()
    for i in range(ROWS):
        gold = answer(rng)
        found = gold if rng.random() < share else answer(rng)
        known: Row = {
            "question": f"Problem {i}: what does one get from {rng.randint(1, 99)} and {rng.randint(1, 99)}?",
            "gold": gold,
            "response": responded(rng, found),
            "found": found,
            "right": gold == found,
        }
        row: Row = {}
        for name in order:
            if name in names:
                row[names[name]] = known[name]
            elif name != "extracted":
                row[name] = DECOYS[name](rng, known)
            elif extracted and extracted.lower() not in {*taken, *decoys}:
                row[extracted] = found
        rows.append(row)
        wanted.append(known)
    return rows, wanted


OPTIONS = r"(?:name it:|it may be) --"
# Where nothing looks like a gold or a response, either.
COLUMNS = r"it has .*; name it with --"


def read(rows: list[Row], asked: str = OPTIONS) -> list[tuple[str, tuple[str, ...], str | None]] | None:
    """What is found in the rows; None where the user is asked, with options to copy."""
    data = DictRows(rows)
    try:
        mapping = choose_mapping(data, Overrides(), source="x.jsonl")
    except SourceError as error:
        assert re.search(asked, str(error)), (str(error), rows[0])
        return None
    return [(each.question, each.golds, each.response) for each in explode(data, mapping).examples]


@pytest.mark.parametrize("seed", range(6))
def test_names_and_decoys(seed: int) -> None:
    """No wrong mapping, and at least nine in ten without a question to the user."""
    rng = random.Random(seed)
    read_right, draws = 0, 100
    for _ in range(draws):
        rows, wanted = drawn(rng)
        found = read(rows)
        if found is not None:
            expected = [(each["question"], (each["gold"],), each["response"]) for each in wanted]
            assert found == expected, rows[0]
            read_right += 1
    assert read_right >= 0.9 * draws


@pytest.mark.long
@pytest.mark.parametrize("seed", range(12))
def test_harsh_names(seed: int) -> None:
    """No wrong mapping where names say nothing, or something else; a question may be left out."""
    rng = random.Random(seed)
    names: dict[str, Sequence[str]] = {
        "question": QUESTIONS,
        "gold": [*GOLDS, *harsh_names.MORE_GOLDS],
        "response": [*RESPONSES, *harsh_names.MORE_RESPONSES],
    }
    decoys = {name: make for name, make in DECOYS.items() if name not in harsh_names.WITH_QUESTION}
    read_right, draws = 0, 500
    for _ in range(draws):
        rows, wanted = harsh_names.drawn(rng, names, decoys)
        found = read(rows, asked=f"{OPTIONS}|{COLUMNS}")
        if found is not None:
            asks = any(question for question, _, _ in found)
            expected = [
                (each["question"] if asks else "", (each["gold"],), each["response"]) for each in wanted
            ]
            assert found == expected, rows[:2]
            read_right += 1
    assert read_right >= 0.2 * draws
