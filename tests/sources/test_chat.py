"""Text out of chats: messages and their parts, rendered templates, instructions around questions."""

import math
from typing import Any

import pytest

from tests.formats.make import BOXED, DAPO_AFTER, DAPO_BEFORE, VERL, chatml, without_tokens
from tinyv_cli.sources.chat import Question, question_of, response_of

USER = {"role": "user", "content": "2+3?"}
ASSISTANT = {"role": "assistant", "content": "five"}
SYSTEM = {"role": "system", "content": "be brief"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ("", ""),
        (" as it is ", " as it is "),
        (5, "5"),
        (2.0, "2"),
        (math.nan, None),
        ([USER, ASSISTANT], "five"),
        ([ASSISTANT, USER, {"role": "assistant", "content": "six"}, USER], "six"),
        ([USER], None),
        ([{"role": "assistant", "content": None}], None),
        ([{"role": "assistant"}], None),
        ([{"from": "human", "value": "2+3?"}, {"from": "gpt", "value": "five"}], "five"),
        ([{"role": "HUMAN", "prompt": "2+3?"}, {"role": "BOT", "prompt": "five"}], "five"),
        ([{"role": "assistant", "content": [{"type": "text", "text": "a"}, {"text": "b"}]}], "ab"),
        ([{"type": "reasoning", "text": "hm"}, {"type": "output_text", "text": "a"}], "a"),
        ([{"type": "reasoning", "reasoning": "hm"}, {"type": "text", "text": "a"}], "a"),
        ([{"type": "text", "text": None}, {"type": "image_url", "image_url": {}}], ""),
        ("The answer is 5<|im_end|>", "The answer is 5"),
        ("#### 5<|eot_id|>\n<|end_of_text|>\n", "#### 5"),
        ("5<｜end▁of▁sentence｜>", "5"),
        ("5</s>", "5"),
        ("x</s> > 5", "x</s> > 5"),
        ("<think>x</think>", "<think>x</think>"),
        ({"a": "½"}, "½"),
    ],
)
def test_response(value: Any, text: str | None) -> None:
    """Of a chat the assistant's last turn, of its parts the text; tokens that end the turn are dropped."""
    assert response_of(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("2+3?", "2+3?"),
        (" 2+3? ", " 2+3? "),
        ([SYSTEM, USER, ASSISTANT], "2+3?"),
        ([USER, ASSISTANT, {"role": "user", "content": "4+5?"}], "4+5?"),
        ([SYSTEM], "be brief"),
        ([{"from": "human", "value": "2+3?"}], "2+3?"),
        ([{"role": "user", "content": [{"type": "text", "text": "2+3?"}]}], "2+3?"),
        ("How is it solved step by step? Explain.", "How is it solved step by step? Explain."),
        ("Put your answer in interval notation.", "Put your answer in interval notation."),
        ("Solve |x| < 3. Present the answer as a set.", "Solve |x| < 3. Present the answer as a set."),
        (
            "Write \\boxed{} around what? Put your answer so",
            "Write \\boxed{} around what? Put your answer so",
        ),
        ("The user\nand the assistant\nmeet.", "The user\nand the assistant\nmeet."),
        (BOXED, BOXED),
    ],
)
def test_question(value: Any, text: str) -> None:
    """Of a chat the user's last turn; what belongs to the question is not cut."""
    assert question_of(value) == Question(text, cut=False)


LLAMA = (
    "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|>"
    "<|start_header_id|>user<|end_header_id|>\n\n2+3?<|eot_id|>"
    "<|start_header_id|>assistant<|end_header_id|>\n\n"
)


@pytest.mark.parametrize(
    "rendered",
    [
        chatml("2+3?"),
        without_tokens(chatml("2+3?")),
        without_tokens(chatml("2+3?")).rstrip(),
        without_tokens(chatml("2+3?")) + "<think>\n",
        without_tokens(chatml("1+1?")) + "2\nuser\n2+3?\nassistant\n",
        "user\n2+3?\nassistant\n",
        LLAMA,
        "system\n\nBe brief.user\n\n2+3?assistant\n\n",
        "user\n\n2+3?assistant\n\n",
        "<bos><start_of_turn>user\n2+3?<end_of_turn>\n<start_of_turn>model\n",
        "<|start|>system<|message|>Be brief.<|end|><|start|>user<|message|>2+3?<|end|><|start|>assistant",
        "<｜begin▁of▁sentence｜><｜User｜>2+3?<｜Assistant｜><think>\n",
        "<|system|>\nBe brief.<|end|>\n<|user|>\n2+3?<|end|>\n<|assistant|>\n",
        "<s>[INST] 2+3? [/INST]",
        chatml("1+1?") + "2<|im_end|>\n<|im_start|>user\n2+3?<|im_end|>\n<|im_start|>assistant\n",
        "A conversation between User and Assistant. The User asks, the Assistant solves. "
        "<think> thoughts </think>\nUser: 2+3?\nAssistant: <think>",
        f"2+3? {VERL}",
        f"2+3?\n{BOXED}",
        f"2+3?\n\n{BOXED}\n",
        f"{BOXED}\n\n2+3?",
        f"{DAPO_BEFORE}2+3?{DAPO_AFTER}",
        '2+3? Let\'s think step by step and output the final answer after "####".',
        "2+3? Let's think step by step.",
        "2+3?\nRemember to put your final answer within \\boxed{}.",
        "2+3? Think step by step. Put your answer in \\boxed{}.",
        "Solve the following math problem. Make sure to put the answer (and only answer) inside \\boxed{}."
        "\n\n2+3?",
        "Solve the following math problem efficiently and clearly.  The last line of your response should be "
        "of the following format: 'Therefore, the final answer is: $\\boxed{ANSWER}$. I hope it is correct' "
        "(without quotes) where ANSWER is just the final number or expression that solves the problem. Think "
        "step by step before answering.\n\n2+3?",
        chatml(f"{DAPO_BEFORE}2+3?{DAPO_AFTER}"),
    ],
)
def test_cut(rendered: str) -> None:
    """Templates and instructions are cut off, which is told; so also in a message."""
    assert question_of(rendered) == Question("2+3?", cut=True)
    assert question_of([SYSTEM, {"role": "user", "content": rendered}]) == Question("2+3?", cut=True)


@pytest.mark.parametrize(
    "hostile",
    [
        "<|im_start|>user\n" * 20_000,
        "[INST]" * 50_000,
        "user\n" * 50_000,
        " " * 200_000 + "boxed",
        "Put your answer " * 20_000 + "\\boxed{}?",
        "Let's think step by step. " * 20_000 + "?",
    ],
)
@pytest.mark.timeout(20)
def test_hostile_texts_take_no_time(hostile: str) -> None:
    """However long a prompt is, and whatever it repeats, it is read in about linear time."""
    assert len(question_of(hostile).text) <= len(hostile)
    assert response_of(f"{hostile}>") == f"{hostile}>"
