"""Rows as evaluators, platforms and scripts write them, with repository, file and commit of the writer.

Where it says "not seen", the shape is from the writer's documentation, and its source was not at hand.
"""

from typing import Any

Row = dict[str, Any]
QUESTION, GOLD = "What is 2+3?", "5"
FIVE, SIX = "It is \\boxed{5}.", "It is \\boxed{6}."
CHATML = f"<|im_start|>user\n{QUESTION}<|im_end|>\n<|im_start|>assistant\n"


def asked(text: str = QUESTION) -> Row:
    return {"role": "user", "content": text}


def replied(text: str = FIVE, **more: Any) -> Row:
    return {"role": "assistant", "content": text, **more}


def review(index: int, response: str, acc: float) -> Row:
    score = {
        "value": {"acc": acc},
        "status": "success",
        "extracted_prediction": response[-3],
        "prediction": response,
        "explanation": None,
        "metadata": {},
        "main_score_name": None,
    }
    sample = {"score": score, "sample_id": index, "group_id": 0, "sample_metadata": {"reasoning": "add"}}
    return {
        "index": index,
        "target": GOLD,
        "messages": [asked(), replied(response, model="m")],
        "agent_trace": None,
        "sample_score": sample,
    }


# Formats of their own; each is read by its entry in `DIALECTS`.
JSON_LINES: dict[str, list[Row]] = {
    # modelscope/evalscope, evalscope/api/evaluator/cache.py (ReviewResult),
    # fde259d2a32ab8a4cdb3af44dc8b18f504f1e277
    "evalscope": [review(0, FIVE, 1.0), review(1, SIX, 0.0)],
    # modelscope/evalscope, evalscope/api/evaluator/cache.py (ModelResult),
    # fde259d2a32ab8a4cdb3af44dc8b18f504f1e277
    "evalscope-predictions": [
        {
            "index": 0,
            "model": "m",
            "model_output": {
                "model": "m",
                "choices": [{"message": replied(), "stop_reason": "stop", "logprobs": None}],
                "usage": {"input_tokens": 9, "output_tokens": 9},
            },
            "messages": [asked(), replied()],
            "metadata": {},
        }
    ],
    # QwenLM/Qwen2.5-Math, evaluation/math_eval.py and evaluate.py, a45202bd16f1ec06f433442dc1152d0074773465
    "qwen-math": [
        {
            "idx": 0,
            "question": QUESTION,
            "gt_cot": "We add.",
            "gt": GOLD,
            "level": "Level 1",
            "type": "Prealgebra",
            "solution": "We add: $\\boxed{5}$.",
            "answer": GOLD,
            "code": [FIVE, SIX],
            "pred": ["5", "6"],
            "report": [None, None],
            "score": [True, False],
        }
    ],
    # openai/evals, evals/record.py; not seen
    "openai-evals": [
        {"spec": {"completion_fns": ["m"], "eval_name": "math.dev.match-v1", "run_id": "r"}},
        {
            "run_id": "r",
            "event_id": 0,
            "sample_id": "math.dev.0",
            "type": "sampling",
            "data": {"prompt": [{"role": "system", "content": "Add."}, asked()], "sampled": [FIVE]},
            "created_by": "",
            "created_at": "2025-01-01",
        },
        {
            "run_id": "r",
            "event_id": 1,
            "sample_id": "math.dev.0",
            "type": "match",
            "data": {"correct": True, "expected": GOLD, "picked": "5", "sampled": FIVE, "options": [GOLD]},
            "created_by": "",
            "created_at": "2025-01-01",
        },
        {"final_report": {"accuracy": 1.0}},
    ],
    # The batch API of OpenAI; not seen
    "openai-batch": [
        {
            "id": "batch_req_1",
            "custom_id": "q0",
            "response": {
                "status_code": 200,
                "request_id": "r",
                "body": {
                    "id": "c",
                    "object": "chat.completion",
                    "model": "m",
                    "choices": [{"index": 0, "message": replied(refusal=None), "finish_reason": "stop"}],
                    "usage": {"prompt_tokens": 9, "completion_tokens": 9},
                },
            },
            "error": None,
        }
    ],
    # TIGER-AI-Lab/Program-of-Thoughts, run_gsm8k.py; not seen
    "program-of-thoughts": [
        {"question": QUESTION, "answer": 5.0, "executed": 5.0, "generated": ["ans = 2 + 3"]},
    ],
    # hiyouga/LLaMA-Factory, scripts/vllm_infer.py, ff6d4d12eeb035d6ce06805a5733dd7b29f2ac30
    "llama-factory": [{"prompt": CHATML, "predict": FIVE, "label": GOLD}],
    # modelscope/ms-swift, swift/pipelines/infer/infer.py, 3602360a562313afbf2ef6065fdf61f271a2c5b9
    "swift-infer": [
        {"response": FIVE, "labels": GOLD, "logprobs": None, "messages": [asked(), replied()]},
    ],
    # inclusionAI/AReaL, areal/infra/workflow_executor.py, 4aef98d8d818af55b43621aaadba047ae10f4e77
    "areal": [
        {
            "task_id": 3,
            "sample_idx": 0,
            "seqlen": 30,
            "prompt_len": 20,
            "head_version": 1,
            "tail_version": 1,
            "reward": 1.0,
            "prompt": CHATML,
            "completion": f"{FIVE}<|im_end|>",
        }
    ],
    # allenai/open-instruct, open_instruct/rl_utils.py (RolloutRecord),
    # e6c3044aa6201c8bfa4573c1b03142af599e730d
    "open-instruct": [
        {
            "step": 1,
            "sample_idx": 0,
            "prompt_idx": 0,
            "prompt_tokens": [1, 2],
            "response_tokens": [3, 4],
            "reward": 10.0,
            "advantage": 0.5,
            "finish_reason": "stop",
            "dataset": "gsm8k",
            "ground_truth": [20],
            "request_info": None,
            "logprobs": [-0.1, -0.2],
        }
    ],
}

JSON: dict[str, Any] = {
    # deepseek-ai/DeepSeek-Math, evaluation/infer/run_cot_eval.py, b8b0f8ce093d80bf8e9a641e44142f06d092c305
    "deepseek-math": [
        {
            "dataset": "math-cot-test",
            "id": "math-test-0",
            "messages": [asked(), replied("")],
            "answer": GOLD,
            "prompt": f"User: {QUESTION}\n\nAssistant:",
            "reference": ["We add: $\\boxed{5}$."],
            "model_output": FIVE,
            "prediction": "5",
            "accuracy": True,
        }
    ],
    # stanford-crfm/helm, src/helm/benchmark/adaptation/scenario_state.py; not seen
    "helm": {
        "adapter_spec": {"method": "generation", "instructions": "Add.", "input_prefix": "Problem: "},
        "request_states": [
            {
                "instance": {
                    "input": {"text": QUESTION},
                    "references": [
                        {"output": {"text": "6"}, "tags": []},
                        {"output": {"text": GOLD}, "tags": ["correct"]},
                    ],
                    "split": "test",
                    "id": "id0",
                },
                "request": {"model": "m", "prompt": f"Add.\n\nProblem: {QUESTION}\nAnswer:"},
                "result": {"success": True, "completions": [{"text": FIVE, "logprob": 0.0, "tokens": []}]},
            }
        ],
    },
    # rllm-org/rllm, rllm/types.py (Episode); not seen
    "rllm": {
        "id": "t2:0",
        "task": {
            "id": "t2",
            "instruction": QUESTION,
            "metadata": {"question": QUESTION, "answer": GOLD, "data_source": "made"},
        },
        "is_correct": True,
        "trajectories": [
            {
                "name": "solver",
                "steps": [
                    {"observation": None, "thought": "4?", "model_response": "Let me think.", "reward": 0.0},
                    {"observation": None, "thought": "5", "model_response": FIVE, "reward": 1.0},
                ],
                "reward": 1.0,
            }
        ],
    },
}

# Read without an entry of their own, by the words of their fields and by what these hold.
OTHER_LINES: dict[str, list[Row]] = {
    # microsoft/ToRA, src/infer/inference_api.py, 213c1c995038c73fab10343814df7a42f990f026
    "tora": [
        {
            "idx": 0,
            "question": QUESTION,
            "gt_cot": "We add.",
            "gt": GOLD,
            "pred": ["5"],
            "score": [True],
            "report": [None],
            "code": [f"```python\nprint(2 + 3)\n```\n```output\n5\n```\n{FIVE}"],
        }
    ],
    # modelscope/ms-swift, swift/rlhf_trainers/grpo_trainer.py, 3602360a562313afbf2ef6065fdf61f271a2c5b9
    "swift-completions": [
        {
            "gen_step": [1, 1],
            "prompt": [CHATML, CHATML],
            "completion": [FIVE, SIX],
            "MathAccuracy": [1.0, 0.0],
            "advantages": [0.7, -0.7],
            "solution": [GOLD, GOLD],
        }
    ],
    # alibaba/ROLL, roll/pipeline/rlvr/utils.py; not seen
    "roll": [
        {
            "global_step": [3, 3],
            "id": ["q0", "q0"],
            "prompt": [CHATML, CHATML],
            "ground_truth": [GOLD, GOLD],
            "responses": [FIVE, SIX],
            "scores": [1.0, 0.0],
        }
    ],
    # Exports of Langfuse, LangSmith and Braintrust; not seen
    "langfuse": [
        {
            "id": "d0",
            "input": {"question": QUESTION},
            "expectedOutput": {"answer": GOLD},
            "output": {"response": FIVE},
            "scores": [{"name": "correctness", "value": 1.0}],
        }
    ],
    "langsmith": [
        {
            "id": "r0",
            "inputs": {"question": QUESTION},
            "outputs": {"output": FIVE},
            "reference_outputs": {"answer": GOLD},
        }
    ],
    "braintrust": [
        {
            "id": "b0",
            "input": QUESTION,
            "expected": GOLD,
            "output": FIVE,
            "scores": {"Match": 1.0},
            "metadata": None,
        }
    ],
    # Arize Phoenix, columns of spans; not seen
    "phoenix": [
        {
            "context.span_id": "a",
            "attributes.input.value": QUESTION,
            "attributes.output.value": FIVE,
            "reference": GOLD,
            "status_code": "OK",
        }
    ],
    # ShareGPT rows with a gold; a shape of many
    "sharegpt": [
        {
            "id": "s0",
            "conversations": [{"from": "human", "value": QUESTION}, {"from": "gpt", "value": FIVE}],
            "ground_truth": GOLD,
        }
    ],
    # IAAR-Shanghai/xVerify, src/xVerify/eval.py, 5e3606ac82dfacde5120bbf6db295979bad10e1a
    "xverify": [
        {
            "question": QUESTION,
            "llm_output": FIVE,
            "correct_answer": GOLD,
            "prompt": f"Question: {QUESTION} Output: {FIVE} Answer: {GOLD}",
            "xVerify-0.5B-I_judgment_result": "Correct",
        }
    ],
    # vllm-project/vllm, vllm/outputs.py (RequestOutput); not seen
    "vllm": [
        {
            "request_id": "0",
            "prompt": QUESTION,
            "prompt_token_ids": [1, 2],
            "answer": GOLD,
            "outputs": [
                {"index": 0, "text": FIVE, "token_ids": [3]},
                {"index": 1, "text": SIX, "token_ids": [4]},
            ],
        }
    ],
}
OTHER_JSON: dict[str, Any] = {
    # sail-sg/understand-r1-zero, evaluate_model.py, dfca49dd460ee7cc8e4a5a162c876a7fd6993b87
    "understand-r1-zero": [
        {
            "task_name": "amc",
            "prompt": CHATML,
            "gt": [GOLD, GOLD],
            "model_output": [FIVE, SIX],
            "model_output_token_ids": [[1, 2], [3, 4]],
            "reward": [1.0, 0.0],
        }
    ],
    # mlfoundations/evalchemy, eval/eval.py; not seen
    "evalchemy": {
        "results": {
            "MATH500": {
                "examples": [
                    {
                        "problem": QUESTION,
                        "solution": "We add: $\\boxed{5}$.",
                        "answer": GOLD,
                        "subject": "Algebra",
                        "model_output": FIVE,
                        "model_answer": "5",
                    }
                ],
                "num_total": 1,
                "accuracy": 1.0,
            },
            "AIME24": {
                "examples": [{"problem": QUESTION, "answer": GOLD, "model_output": SIX, "model_answer": "6"}]
            },
        },
        "config": {"model": "m", "limit": None},
    },
    # NovaSky-AI/SkyThought, skythought/evals/inference_and_check.py; not seen
    "skythought": {
        QUESTION: {
            "problem": QUESTION,
            "solution": "We add.",
            "answer": GOLD,
            "responses": {
                "0.0": {"content": FIVE, "correctness": True, "reason": ""},
                "0.7": {"content": SIX, "correctness": False, "reason": "Solution is incorrect."},
            },
            "token_usages": {"0.0": {"completion_tokens": 9}, "0.7": {"completion_tokens": 9}},
            "prompt": f"Return your final response within \\boxed{{}}. {QUESTION}",
        }
    },
    # open-thought/reasoning-gym, eval/eval.py; not seen
    "reasoning-gym": {
        "dataset_name": "sums",
        "model": "m",
        "average_score": 1.0,
        "config": {"operators": ["+", "-"]},
        "results": [
            {
                "question": QUESTION,
                "expected_answer": GOLD,
                "model_answer": FIVE,
                "score": 1.0,
                "metadata": "{}",
            },
        ],
    },
    # promptfoo/promptfoo, results.json; not seen
    "promptfoo": {
        "evalId": "e",
        "results": {
            "version": 3,
            "results": [
                {
                    "prompt": {"raw": f"Solve: {QUESTION}", "label": "Solve: {{question}}"},
                    "vars": {"question": QUESTION, "expected": GOLD},
                    "response": {"output": FIVE, "tokenUsage": {"total": 9}},
                    "success": True,
                    "score": 1,
                }
            ],
            "stats": {"successes": 1},
        },
        "config": {
            "prompts": ["Solve: {{question}}"],
            "tests": [{"vars": {"question": QUESTION, "expected": GOLD}}],
        },
    },
    # pandas, DataFrame.to_json and its orient "split", which tables of Weights & Biases have, too
    "pandas": {
        "question": {"0": QUESTION, "1": QUESTION},
        "answer": {"0": GOLD, "1": GOLD},
        "response": {"0": FIVE, "1": SIX},
    },
    "table": {
        "columns": ["question", "answer", "response"],
        "data": [[QUESTION, GOLD, FIVE], [QUESTION, GOLD, SIX]],
    },
    # eth-sri/matharena, outputs/<competition>/<model>/<problem>.json; not seen
    "matharena": {
        "idx": 1,
        "problem": QUESTION,
        "gold_answer": GOLD,
        "N": 2,
        "answers": ["5", "6"],
        "correct": [True, False],
        "messages": [
            [asked(), replied("add", type="cot"), replied(FIVE, type="response")],
            [asked(), replied(SIX, type="response")],
        ],
        "detailed_costs": [{"cost": 0.05}, {"cost": 0.05}],
    },
    # open-compass/opencompass, opencompass/tasks/openicl_eval.py (format_details); not seen
    "opencompass-details": {
        "accuracy": 50.0,
        "details": {
            "type": "GEN",
            "0": {
                "prompt": [{"role": "HUMAN", "prompt": QUESTION}],
                "origin_prediction": FIVE,
                "predictions": "5",
                "references": GOLD,
                "correct": True,
            },
            "1": {
                "prompt": [{"role": "HUMAN", "prompt": QUESTION}],
                "origin_prediction": SIX,
                "predictions": "6",
                "references": GOLD,
                "correct": False,
            },
        },
    },
    # confident-ai/deepeval, deepeval/test_run/test_run.py; not seen
    "deepeval": {
        "testCases": [
            {
                "name": "test_case_0",
                "input": QUESTION,
                "actualOutput": FIVE,
                "expectedOutput": GOLD,
                "success": True,
                "metricsData": [{"name": "Correctness", "score": 1.0, "reason": "same"}],
            }
        ],
        "metricsScores": [{"metric": "Correctness", "scores": [1.0]}],
    },
}
