"""Write the golden files: a tiny file of each row format, with the columns and types that the real ones have.

    python -m tests.formats.make

The rows are our own; only their shape is that of the tools and datasets.
"""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.formats import evaluators

HERE = Path(__file__).parent
Row = dict[str, Any]

BOXED = "Please reason step by step, and put your final answer within \\boxed{}."
VERL = "Let's think step by step and output the final answer within \\boxed{}."
DAPO_BEFORE = (
    "Solve the following math problem step by step. The last line of your response should be of the form "
    "Answer: $Answer (without quotes) where $Answer is the answer to the problem.\n\n"
)
DAPO_AFTER = '\n\nRemember to put your answer on its own line after "Answer:".'


def user(text: str) -> list[Row]:
    return [{"content": text, "role": "user"}]


def chatml(text: str) -> str:
    """As Qwen's template renders it."""
    system = "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n"
    return f"{system}<|im_start|>user\n{text}<|im_end|>\n<|im_start|>assistant\n"


def without_tokens(rendered: str) -> str:
    """The same as a tokenizer writes it that skips special tokens."""
    return rendered.replace("<|im_start|>", "").replace("<|im_end|>", "")


def verl(question: str, gold: str, **more: Any) -> Row:
    return {
        "data_source": "DigitalLearningGmbH/MATH-lighteval",
        "prompt": user(f"{question} {VERL}"),
        "ability": "math",
        "reward_model": {"ground_truth": gold, "style": "rule"},
        "extra_info": {"index": 0, "split": "train"},
        **more,
    }


def lm_eval(doc_id: int, filter_name: str, score: float) -> Row:
    question, target, response = [("What is 2+3?", "5", "So 2+3 = 5."), ("What is 7-9?", "-2", "It is 2.")][
        doc_id
    ]
    return {
        "doc_id": doc_id,
        "doc": {"question": question, "answer": f"Easy.\n#### {target}"},
        "target": f"Easy.\n#### {target}",
        "arguments": {"gen_args_0": {"arg_0": f"Q: {question}\nA:", "arg_1": {"until": ["\n\n"]}}},
        "resps": [[response]],
        "filtered_resps": ["5" if doc_id == 0 else "[invalid]"],
        "filter": filter_name,
        "metrics": ["exact_match"],
        "doc_hash": "d",
        "prompt_hash": "p",
        "target_hash": "t",
        "exact_match": score,
    }


def trace(answer: str) -> Row:
    return {
        "id": f"trace-{answer}",
        "nodes": [
            {"message": {"role": "user", "content": "What is 2+3?"}},
            {
                "parent": 0,
                "message": {"role": "assistant", "content": f"It is {answer}."},
                "token_ids": [5, 6],
                "logprobs": [-0.1, -0.2],
            },
        ],
        "rewards": {"correct": {"score": 1.0, "weight": 1.0}},
    }


def inspect_sample(epoch: int, content: Any, value: str) -> Row:
    message = {"role": "assistant", "content": content, "source": "generate"}
    return {
        "id": 1,
        "epoch": epoch,
        "input": f"What is 2+3? {BOXED}",
        "target": ["5", "five"],
        "messages": [{"role": "user", "content": "What is 2+3?"}, message],
        "output": {
            "model": "m",
            "choices": [{"message": message, "stop_reason": "stop"}],
            "completion": "It is \\boxed{5}.",
        },
        "scores": {"match": {"value": value, "answer": "5", "explanation": "It is 5."}},
        "metadata": {},
        "store": {},
    }


INSPECT: Row = {
    "version": 2,
    "status": "success",
    "eval": {
        "created": "2026-01-01T00:00:00+00:00",
        "task": "math",
        "model": "m",
        "dataset": {"samples": 1},
        "config": {"epochs": 2},
    },
    "plan": {"name": "plan", "steps": []},
    "results": {"total_samples": 2, "scores": []},
    "stats": {"model_usage": {}},
    "samples": [
        inspect_sample(1, "It is \\boxed{5}.", "C"),
        inspect_sample(
            2,
            [{"type": "reasoning", "reasoning": "2 and 3"}, {"type": "text", "text": "It is \\boxed{6}."}],
            "I",
        ),
    ],
    "reductions": [],
}

PARQUET: dict[str, list[Row]] = {
    "verl": [verl("What is 2+3?", "5"), verl("What is 7-9?", "-2")],
    "verl-generation": [
        verl("What is 2+3?", "5", responses=["It is \\boxed{5}.", "It is \\boxed{6}."]),
        verl("What is 7-9?", "-2", responses=["It is \\boxed{-2}.", "It is \\boxed{2}."]),
    ],
    "trl": [
        {
            "step": 10,
            "prompt": chatml("What is 2+3?"),
            "completion": "It is \\boxed{5}.",
            "accuracy_reward": 1.0,
            "solution": "$5$",
            "gold_parsed": "[5]",
            "answer_parsed": "[5]",
            "advantage": 0.5,
        },
        {
            "step": 10,
            "prompt": chatml("What is 7-9?"),
            "completion": "Hm.",
            "accuracy_reward": float("nan"),
            "solution": "$-2$",
            "gold_parsed": "[-2]",
            "answer_parsed": "[unparseable]",
            "advantage": -0.5,
        },
    ],
    "openr1-math": [
        {
            "problem": "What is 2+3?",
            "solution": "We add.",
            "answer": "5",
            "problem_type": "Algebra",
            "question_type": "math-word-problem",
            "source": "olympiads",
            "uuid": "a",
            "is_reasoning_complete": [True, True, False],
            "generations": ["<think>2+3</think>\\boxed{5}", "\\boxed{6}", "<think>hm"],
            "correctness_math_verify": [True, False],
            "correctness_llama": None,
            "finish_reasons": ["stop", "stop", "length"],
            "correctness_count": 1,
            "messages": [
                {"content": "What is 2+3?", "role": "user"},
                {"content": "\\boxed{5}", "role": "assistant"},
            ],
        },
        {
            "problem": "What is 7-9?",
            "solution": "We subtract.",
            "answer": "-2",
            "problem_type": "Algebra",
            "question_type": "math-word-problem",
            "source": "cn_k12",
            "uuid": "b",
            "is_reasoning_complete": [True],
            "generations": ["\\boxed{-2}"],
            "correctness_math_verify": [False],
            "correctness_llama": [True],
            "finish_reasons": None,
            "correctness_count": 1,
            "messages": [],
        },
    ],
    "open-r1-pass-rate": [
        {
            "prompt": "What is 2+3?",
            "solution": "$5$",
            "pass_rate_generations": ["\\boxed{5}", "\\boxed{6}"],
            "pass_rate_rewards": [1.0, 0.0],
        }
    ],
    "openthoughts-math": [
        {
            "source": "aops",
            "problem": "What is 2+3?",
            "solution": "We add and get $\\boxed{5}$.",
            "messages": user("What is 2+3?"),
            "system": "Think first.",
            "conversations": [
                {"from": "user", "value": "Return your final response within \\boxed{}. What is 2+3?"},
                {
                    "from": "assistant",
                    "value": "<|begin_of_thought|>\n4?\n<|end_of_thought|>\n\n"
                    "<|begin_of_solution|>\nIt is \\boxed{5}.\n<|end_of_solution|>",
                },
            ],
            "generated_token_count": 12,
            "correct": True,
        }
    ],
    "numinamath": [
        {
            "problem": "What is 2+3?",
            "solution": "We add: $\\boxed{5}$.",
            "answer": "5",
            "problem_type": "Algebra",
            "question_type": "math-word-problem",
            "problem_is_valid": "Yes",
            "solution_is_valid": "Yes",
            "source": "olympiads",
            "synthetic": False,
        },
        {
            "problem": "Prove it.",
            "solution": "Clear.",
            "answer": "proof",
            "problem_type": "Algebra",
            "question_type": "proof",
            "problem_is_valid": "Yes",
            "solution_is_valid": "Yes",
            "source": "aops_forum",
            "synthetic": False,
        },
    ],
    "numinamath-cot": [
        {
            "source": "synthetic_math",
            "problem": "What is 2+3?",
            "solution": "We add: $\\boxed{5}$.",
            "messages": [
                {"content": "What is 2+3?", "role": "user"},
                {"content": "We add: $\\boxed{5}$.", "role": "assistant"},
            ],
        }
    ],
    "big-math": [
        {
            "problem": "What is 2+3?",
            "answer": "5",
            "source": "orca_math",
            "domain": ["Mathematics -> Algebra"],
            "llama8b_solve_rate": 0.9,
        }
    ],
    "deepmath": [
        {
            "question": "What is 2+3?",
            "final_answer": "5",
            "difficulty": 2.0,
            "topic": "Mathematics -> Algebra",
            "r1_solution_1": "It is \\boxed{5}.",
            "r1_solution_2": "It is \\boxed{6}.",
            "r1_solution_3": "It is \\boxed{5.0}.",
        }
    ],
    "dapo-math": [
        {
            "data_source": "math_dapo",
            "prompt": user(f"{DAPO_BEFORE}What is 2+3?{DAPO_AFTER}"),
            "ability": "MATH",
            "reward_model": {"ground_truth": "5", "style": "rule-lighteval/MATH_v2"},
            "extra_info": {"index": "9a9b6eb4-a1cb-49d1-8c1e-62eaf2f74079"},
        }
    ],
    "skywork-or1": [
        {
            "data_source": "train-math-numinamath1.5_olympiads",
            "prompt": user(f"What is 2+3? {VERL}"),
            "ability": "math",
            "reward_model": {"ground_truth": '["5"]', "style": "rule"},
            "extra_info": {"index": 0, "model_difficulty": {"DeepSeek-R1-Distill-Qwen-7B": 3}},
        }
    ],
    "openmathreasoning": [
        {
            "expected_answer": "5",
            "problem_type": "has_answer_extracted",
            "problem_source": "aops_c4_high_school_math",
            "generation_model": "DeepSeek-R1",
            "pass_rate_72b_tir": "n/a",
            "problem": "What is 2+3?",
            "generated_solution": "<think>add</think>It is \\boxed{5}.",
            "inference_mode": "cot",
            "used_in_kaggle": False,
        }
    ],
    "lighteval": [
        {
            "__doc__": {
                "query": f"What is 2+3?\n{BOXED}",
                "choices": ["4", "5", "five"],
                "gold_index": [1, 2],
                "original_query": "",
                "task_name": "math_500",
            },
            "__model_response__": {
                "text": ["It is \\boxed{5}.", "It is \\boxed{6}."],
                "text_post_processed": ["It is \\boxed{5}.", "It is \\boxed{6}."],
                "input_tokens": [1, 2],
                "output_tokens": [[3], [4]],
            },
            "__metric__": {"extractive_match": 0.5},
        }
    ],
    "lighteval-old": [
        {
            "example": "What is 2+3?",
            "full_prompt": f"What is 2+3? {BOXED}",
            "instruction": "",
            "choices": ["5"],
            "gold_index": 0,
            "gold": ["5"],
            "predictions": ["It is \\boxed{5}."],
            "metrics": {"extractive_match": 1.0},
            "input_tokens": [[1, 2]],
        }
    ],
    "skyrl": [
        {
            "data_source": "openai/gsm8k",
            "prompt": user(
                'What is 2+3? Let\'s think step by step and output the final answer after "####".'
            ),
            "env_class": "gsm8k",
            "reward_spec": {"method": "rule", "ground_truth": "5"},
            "extra_info": {
                "split": "train",
                "index": 0,
                "answer": "2+3=5 #### 5",
                "question": "What is 2+3?",
            },
        }
    ],
    "verifybench": [
        {
            "question_id": "q1",
            "completion_id": "c1",
            "source": "gsm8k",
            "question": "What is 2+3?",
            "answer": "5",
            "answer_type": "Numeric Values",
            "answer_subtype": "Integer",
            "completion": "It is five.",
            "completion_model": "m",
            "gold_correct": True,
        }
    ],
}

JSON_LINES: dict[str, list[Row] | list[list[Row]]] = {
    "verl-rollouts": [
        {
            "input": without_tokens(chatml(f"What is 2+3? {VERL}")),
            "output": "It is \\boxed{5}.",
            "gts": "5",
            "score": 1.0,
            "step": 3,
            "acc": True,
            "pred": "5",
        },
        {
            "input": without_tokens(chatml(f"What is 2+3? {VERL}")),
            "output": "It is \\boxed{6}.",
            "gts": "5",
            "score": -1.0,
            "step": 3,
            "acc": False,
            "pred": "6",
        },
    ],
    "nemo-skills": [
        {
            "problem": "What is 2+3?",
            "expected_answer": "5",
            "generation": "It is \\boxed{5}.",
            "predicted_answer": "5",
            "symbolic_correct": True,
            "judgement": "Judgement: Yes",
            "num_generated_tokens": 7,
        }
    ],
    "nemo-rl-steps": [
        {
            "content": ["Be brief.", "What is 2+3?", "It is \\boxed{5}."],
            "rewards": 1.0,
            "advantages": 0.5,
            "generation_logprobs": [-0.1, -0.2],
            "prev_logprobs": [-0.1, -0.2],
            "input_lengths": 9,
            "token_ids": [1, 2, 3],
            "idx": 0,
        }
    ],
    "nemo-rl": [{"problem": "What is 2+3?", "expected_answer": "5"}],
    "nemo-gym": [
        {
            "question": "What is 2+3?",
            "expected_answer": "5",
            "responses_create_params": {"input": [{"role": "user", "content": f"What is 2+3? {BOXED}"}]},
            "response": {
                "output": [
                    {"type": "reasoning", "summary": [{"type": "summary_text", "text": "2 and 3"}]},
                    {
                        "type": "message",
                        "role": "assistant",
                        "content": [{"type": "output_text", "text": "It is \\boxed{5}.", "annotations": []}],
                    },
                ]
            },
            "reward": 1.0,
            "library_reward": 1.0,
            "extracted_answer": "5",
            "judge_evaluations": None,
        }
    ],
    "skyrl-eval": [
        {
            "input_prompt": chatml("What is 2+3?"),
            "output_response": "The answer is 5<|im_end|>",
            "score": [0.0, 1.0],
            "stop_reason": "stop",
            "env_class": "aime",
            "env_extras": {"data_source": "aime", "reward_spec": {"ground_truth": "5", "method": "rule"}},
            "data_source": "aime",
        }
    ],
    "verifiers": [
        {
            "example_id": 0,
            "prompt": [{"role": "system", "content": "Think."}, {"role": "user", "content": "What is 2+3?"}],
            "completion": [{"role": "assistant", "content": "It is \\boxed{5}."}],
            "answer": "5",
            "task": "math",
            "reward": 1.0,
            "correct_answer": 1.0,
            "info": {},
            "is_truncated": False,
            "stop_condition": "no_tools",
        }
    ],
    "verifiers-v1": [
        {
            "id": "e1",
            "task": {"type": "MathTask", "data": {"prompt": "What is 2+3?", "answer": "5"}, "key": "k"},
            "group": {"id": "g1"},
            "ok": True,
            "errors": [],
            "traces": [trace("5"), trace("6")],
        }
    ],
    "lm-eval": [
        lm_eval(0, "strict-match", 0.0),
        lm_eval(1, "strict-match", 0.0),
        lm_eval(0, "flexible-extract", 1.0),
        lm_eval(1, "flexible-extract", 0.0),
    ],
    "polaris": [{"problem": "What is 2+3?", "answer": "5", "difficulty": "6/8"}],
    "deepscaler": [{"problem": "What is 2+3?", "answer": "5", "solution": "We add: $\\boxed{5}$."}],
    "hardverify": [
        {
            "question": "What is 2+3?",
            "ground_truth": "5",
            "fn_output": "It is five.",
            "tn_output": "It is six.",
            "source": "olympiads",
        }
    ],
    "verifierbench": [
        {
            "question": "What is 2+3?",
            "gold_answer": "5",
            "llm_response": "It is \\boxed{5}.",
            "gold_judgment": "A",
            "data_source": "gsm8k",
            "domain": "Math",
            "answer_type": "Numeric",
        }
    ],
    "tinyv": [
        {
            "prompt": f"What is 2+3? {VERL}",
            "responses": "It is \\boxed{5}.",
            "answer": "0",
            "truth": True,
            "tinyv_row": 7,
            "tinyv_rollout": 1,
            "tinyv_question": "What is 2+3?",
            "tinyv_gold": "5",
            "tinyv_response": "It is \\boxed{5}.",
            "tinyv_p": 0.5,
        }
    ],
    "tinyv-labels": [
        {
            "tinyv_row": 7,
            "tinyv_rollout": 1,
            "source": "own",
            "license": None,
            "question": "What is 2+3?",
            "gold": "5",
            "response": "It is \\boxed{5}.",
            "label": True,
            "reviewer": "one, two",
            "reasoning": ["5 is 5.", None],
            "example": "982611b8af28bd96",
        }
    ],
    "tinyv-benchmark": [
        {
            "question": "What is 2+3?",
            "gold": "5",
            "response": "It is \\boxed{5}.",
            "answer": "5",
            "label": True,
            "rule": "reject",
            "kind": "6.1",
            "source": "own",
            "evidence": "proof",
            "proof": "the same",
            "pair": 1,
            "row": 7,
            "rollout": 0,
        }
    ],
    "plain": [{"Problem": "What is 2+3?", "Answer": 5, "Response": "It is 5.", "source": "own"}],
}

JSON: dict[str, Any] = {
    "inspect": INSPECT,
    "opencompass": {
        str(i): {
            "origin_prompt": [{"role": "HUMAN", "prompt": f"What is 2+3?\n{BOXED}"}],
            "prediction": f"It is \\boxed{{{5 + i}}}.",
            "gold": "5",
        }
        for i in range(2)
    },
    "open-reasoner-zero": [
        [
            {"from": "human", "value": "What is 2+3?"},
            {"from": "assistant", "ground_truth": {"value": "5"}},
        ]
    ],
}


def main() -> None:
    """Write all files beside this one."""
    for name, rows in PARQUET.items():
        pq.write_table(pa.Table.from_pylist(rows), HERE / f"{name}.parquet")
    for name, lines in (JSON_LINES | evaluators.JSON_LINES | evaluators.OTHER_LINES).items():
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (HERE / f"{name}.jsonl").write_text(text, encoding="utf-8")
    for name, value in (JSON | evaluators.JSON | evaluators.OTHER_JSON).items():
        text = json.dumps(value, ensure_ascii=False, indent=4)
        (HERE / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
