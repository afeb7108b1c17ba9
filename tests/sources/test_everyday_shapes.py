"""Files as people's everyday tools leave them, in shapes that no format's entry describes."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.formats.evaluators import asked, replied
from tinyv_cli.errors import SourceError
from tinyv_cli.sources import open_source, read_windows
from tinyv_cli.sources.mapping import Overrides

Row = dict[str, Any]
Example = tuple[str, tuple[str, ...], str | None]

QUESTIONS = (
    "What is 2+3, if one adds them?",
    "What is 7-9, if one takes it away?",
    "How much is half of 84?",
)
GOLDS = ("5", "-2", "42")
RESPONSES = (
    r"First we add 2 and 3, and that makes 5. So it is $\boxed{5}$.",
    r"Take nine from seven, and two are missing, so $\boxed{2}$.",
    r"Half of 84 is 42, as twice 40 is 80. The answer is \boxed{42}.",
)
FOUND = ("5", "2", "42")
SECOND = r"I guess that it is $\boxed{7}$, but I am not so sure of that."
EXAMPLES: list[Example] = [(q, (g,), r) for q, g, r in zip(QUESTIONS, GOLDS, RESPONSES, strict=True)]
IN_PAIRS: list[Example] = [(q, g, each) for q, g, r in EXAMPLES for each in (str(r), SECOND)]


def each(make: Callable[[str, str, str, str], Row]) -> list[Row]:
    """A row for each question, of its question, gold, response and what is found in this."""
    return [make(*known) for known in zip(QUESTIONS, GOLDS, RESPONSES, FOUND, strict=True)]


def printed(*texts: str) -> str:
    """As numpy prints an array of texts."""
    return "[" + "\n ".join(map(repr, texts)) + "]"


def gemini(text: str) -> Row:
    return {"candidates": [{"content": {"parts": [{"text": text}], "role": "model"}, "finishReason": "STOP"}]}


def event(number: int, kind: str, data: Row) -> Row:
    return {"run_id": "r", "event_id": number, "sample_id": "math.0", "type": kind, "data": data}


def episode(**step: Any) -> Row:
    """As rLLM stores one; which fields of a step are filled depends on who ran it."""
    task = {"id": "t0", "instruction": QUESTIONS[0], "metadata": {"ground_truth": GOLDS[0]}}
    empty: Row = {"input": None, "output": None, "chat_completions": [], "model_response": ""}
    return {"id": "t0:0", "task": task, "is_correct": True, "trajectories": [{"steps": [empty | step]}]}


READ: dict[str, tuple[str, Any, list[Example]]] = {
    "a batch with questions and golds: its choices are no options": (
        "x.jsonl",
        each(
            lambda q, g, r, f: {
                "custom_id": q,
                "question": q,
                "gold": g,
                "response": {"status_code": 200, "body": {"choices": [{"index": 0, "message": replied(r)}]}},
            }
        ),
        EXAMPLES,
    ),
    "Gemini's parts": (
        "x.jsonl",
        each(
            lambda q, g, r, f: {
                "request": {"contents": [{"role": "user", "parts": [{"text": q}]}]},
                "response": gemini(r),
                "gold": g,
            }
        ),
        EXAMPLES,
    ),
    "events behind the verdict are no samples": (
        "x.jsonl",
        [
            {"spec": {"run_id": "r"}},
            event(0, "sampling", {"prompt": [asked(QUESTIONS[0])], "sampled": [RESPONSES[0]]}),
            event(1, "match", {"correct": True, "expected": [GOLDS[0]], "picked": [RESPONSES[0]]}),
            event(2, "metrics", {"accuracy": 1.0, "f1_score": 0.2}),
        ],
        EXAMPLES[:1],
    ),
    "a first line that says something of all others": (
        "x.jsonl",
        [
            {"demonstration": "Read the passage."},
            *each(lambda q, g, r, f: {"question": q, "answer": g, "response": r}),
        ],
        EXAMPLES,
    ),
    "an evaluation of rLLM": ("x.json", episode(output=RESPONSES[0]), EXAMPLES[:1]),
    "a workflow of rLLM": (
        "x.json",
        episode(chat_completions=[asked(QUESTIONS[0]), replied(RESPONSES[0])], action=FOUND[0]),
        EXAMPLES[:1],
    ),
    "a data frame with names in its index": (
        "x.json",
        {
            name: dict(zip("abc", texts, strict=True))
            for name, texts in (("question", QUESTIONS), ("answer", GOLDS), ("response", RESPONSES))
        },
        EXAMPLES,
    ),
    "columns with dots in their names": (
        "x.csv",
        each(
            lambda q, g, r, f: {
                "inputs.question": q,
                "outputs.output": r,
                "error": "",
                "reference.answer": g,
                "feedback.correctness": 1.0,
            }
        ),
        EXAMPLES,
    ),
    "objects in cells": (
        "x.csv",
        each(
            lambda q, g, r, f: {
                "input": json.dumps({"question": q}),
                "reference_output": json.dumps({"answer": g}),
                "output": r,
                "latency_ms": 12.0,
            }
        ),
        EXAMPLES,
    ),
    "objects in cells, as Python prints them": (
        "x.csv",
        each(
            lambda q, g, r, f: {
                "prompt": repr([asked(q)]),
                "reward_model": repr({"ground_truth": g, "style": "rule"}),
                "response": r,
            }
        ),
        EXAMPLES,
    ),
    "chats in cells": (
        "x.csv",
        each(lambda q, g, r, f: {"messages": json.dumps([asked(q), replied(r)]), "gold": g}),
        EXAMPLES,
    ),
    "chats in cells, as numpy prints them": (
        "x.csv",
        each(lambda q, g, r, f: {"messages": printed(asked(q), replied(r)), "gold": printed(g)}),  # type: ignore[arg-type]
        EXAMPLES,
    ),
    "one message in a cell": (
        "x.csv",
        each(lambda q, g, r, f: {"question": q, "gold": g, "response": json.dumps(replied(r))}),
        EXAMPLES,
    ),
    "arrays in cells, as numpy prints them": (
        "x.csv",
        each(lambda q, g, r, f: {"question": q, "answer": g, "responses": printed(r, SECOND)}),
        IN_PAIRS,
    ),
    "lists of texts in cells of a name in the singular": (
        "x.csv",
        each(lambda q, g, r, f: {"question": q, "answer": g, "generation": repr([r, SECOND])}),
        IN_PAIRS,
    ),
    "all responses before the best of them": (
        "x.json",
        {
            "name": "sums",
            "results": each(
                lambda q, g, r, f: {
                    "question": q,
                    "expected_answer": g,
                    "best_model_answer": f,
                    "best_full_model_response": r,
                    "completions": [
                        {"model_answer": f, "full_model_response": r},
                        {"model_answer": "7", "full_model_response": SECOND},
                    ],
                }
            ),
        },
        IN_PAIRS,
    ),
    "responses beside the raw text of the first": (
        "x.jsonl",
        each(
            lambda q, g, r, f: {
                "instruction": q,
                "answer": g,
                "generation": [r, SECOND],
                "distilabel_metadata": {"raw_output_text_generation_0": r},
            }
        ),
        IN_PAIRS,
    ),
    "an `answer` that is the model's, and what was found in it": (
        "x.jsonl",
        each(
            lambda q, g, r, f: {
                "problem": q,
                "user_message": f"{q} Put your final answer within \\boxed{{}}.",
                "all_messages": json.dumps([asked(q), replied(r)]),
                "answer": r,
                "gold_answer": g,
                "parsed_answer": f,
                "correct": True,
            }
        ),
        EXAMPLES,
    ),
    "what people answered is no response of a model": (
        "x.jsonl",
        each(
            lambda q, g, r, f: {
                "question": q,
                "gold": g,
                "response": r,
                "is_correct.responses": ["yes"],
                "is_correct.responses.status": ["submitted"],
            }
        ),
        EXAMPLES,
    ),
    "content beside its thoughts": (
        "x.jsonl",
        each(
            lambda q, g, r, f: {"prompt": q, "reasoning_content": f"Hm. {r} Hm.", "content": r, "target": g}
        ),
        EXAMPLES,
    ),
}


def written(name: str, data: Any, folder: Path) -> str:
    path = folder / name
    if path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in data), encoding="utf-8")
    elif path.suffix == ".json":
        path.write_text(json.dumps(data), encoding="utf-8")
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(data[0]))
            writer.writeheader()
            writer.writerows(data)
    return str(path)


def examples(path: str) -> list[Example]:
    windows = read_windows([open_source(path)], Overrides(), on_mapping=lambda name, mapping: None)
    return [(each.question, each.golds, each.response) for window in windows for each in window.examples]


@pytest.mark.parametrize(("name", "data", "expected"), READ.values(), ids=READ)
def test_read(name: str, data: Any, expected: list[Example], tmp_path: Path) -> None:
    """Read right without a word of the user."""
    assert examples(written(name, data, tmp_path)) == expected


ASKED: dict[str, tuple[list[Row], str]] = {
    "what a judge said of responses that its prompt holds": (
        each(
            lambda q, g, r, f: {
                "origin_prompt": f"Is it right? Question: {q} Gold: {g} Response: {r} A: right, B: wrong",
                "prediction": "A",
                "gold": g,
            }
        ),
        "its responses are verdicts of a judge",
    ),
    "two models": (
        each(lambda q, g, r, f: {"question": q, "answer": g, "gpt4_response": r, "llama_response": SECOND}),
        "which field is the response",
    ),
    "names of a format, and a response that it has not": (
        each(lambda q, g, r, f: {"origin_prompt": q, "gold": g, "prediction": f, "solution": r}),
        "which field is the response",
    ),
    "a label that is a class": (
        each(lambda q, g, r, f: {"question": q, "label": "easy", "answer": g, "response": SECOND}),
        "which field is the gold",
    ),
    "an answer that is the response's own, in one row": (
        each(lambda q, g, r, f: {"question": q, "answer": f, "x": "7", "response": r})[:1],
        "which field is the gold",
    ),
    "a score that is called gold, in one row": (
        each(lambda q, g, r, f: {"question": q, "gold_value": 1.0, "x": g, "response": r})[:1],
        "which field is the gold",
    ),
}


@pytest.mark.parametrize(("rows", "message"), ASKED.values(), ids=ASKED)
def test_asked(rows: list[Row], message: str, tmp_path: Path) -> None:
    """Where it may be read in two ways, or hold no responses at all, the user is told."""
    with pytest.raises(SourceError, match=message):
        examples(written("x.jsonl", rows, tmp_path))
