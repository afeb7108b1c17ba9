"""Rows as evaluators, platforms and scripts write them, with repository, file and commit of the writer.

Where it says "not seen", the shape is from the writer's documentation, and its source was not at hand.
"""

import json
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
    # openai/evals, evals/record.py (LocalRecorder) and evals/elsuite/basic/fuzzy_match.py,
    # which adds metrics,
    # 4bfc1f58a821685acb40bb28ba54131740535046
    "openai-evals": [
        {"spec": {"completion_fns": ["m"], "eval_name": "math.dev.match-v1", "run_id": "r"}},
        {
            "run_id": "r",
            "event_id": 0,
            "sample_id": "math.dev.0",
            "type": "sampling",
            "data": {
                "prompt": [{"role": "system", "content": "Add."}, asked()],
                "sampled": [FIVE],
                "model": "m",
                "usage": {"total_tokens": 9},
            },
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
        {
            "run_id": "r",
            "event_id": 2,
            "sample_id": "math.dev.0",
            "type": "metrics",
            "data": {"accuracy": 1.0, "f1_score": 0.5},
            "created_by": "",
            "created_at": "2025-01-01",
        },
        {"final_report": {"accuracy": 1.0}, "run_id": "r"},
    ],
    # The batch API of OpenAI, as its documentation has it; the service is closed, and not seen
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
    # TIGER-AI-Lab/Program-of-Thoughts, run_gsm8k.py and its outputs/,
    # 850399c3eff8c37458a9d642c4a98df287f50f3a
    "program-of-thoughts": [
        {"prompt": "# Python code, return ans"},
        {"question": QUESTION, "answer": 5.0, "executed": 5.0, "generated": ["ans = 2 + 3"]},
    ],
    # stanford-crfm/helm, src/helm/benchmark/presentation/run_display.py (DisplayPrediction),
    # 63754d05db6f874e41a395880fb573890a13e791
    "helm-display": [
        {
            "instance_id": "id0",
            "train_trial_index": 0,
            "predicted_text": FIVE,
            "stats": {"exact_match": 1.0},
        }
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


# stanford-crfm/helm, src/helm/benchmark/adaptation/request_state.py, 63754d05db6f874e41a395880fb573890a13e791
def request_state(**more: Any) -> Row:
    return {
        "instance": {
            "input": {"text": QUESTION},
            "references": [
                {"output": {"text": "6"}, "tags": []},
                {"output": {"text": GOLD}, "tags": ["correct"]},
            ],
            "split": "test",
            "id": "id0",
        },
        "train_trial_index": 0,
        "request": {"model": "m", "prompt": f"Add.\n\nProblem: {QUESTION}\nAnswer:"},
        "result": {
            "success": True,
            "cached": False,
            "completions": [{"text": FIVE, "logprob": 0.0, "tokens": []}],
        },
        "num_train_instances": 0,
        "prompt_truncated": False,
        "num_conditioning_tokens": 0,
        **more,
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
    # stanford-crfm/helm, src/helm/benchmark/adaptation/scenario_state.py,
    # 63754d05db6f874e41a395880fb573890a13e791; where it is null, a field is left out
    "helm": {
        "adapter_spec": {"method": "generation", "instructions": "Add.", "input_prefix": "Problem: "},
        "request_states": [request_state()],
        "annotator_specs": [],
    },
    "helm-choices": {
        "adapter_spec": {"method": "multiple_choice_joint", "instructions": "Choose."},
        "request_states": [
            request_state(
                output_mapping={"A": "6", "B": GOLD},
                result={"success": True, "completions": [{"text": " B", "logprob": 0.0, "tokens": []}]},
            )
        ],
    },
    "helm-separate": {
        "adapter_spec": {"method": "multiple_choice_separate_original", "instructions": ""},
        "request_states": [
            request_state(reference_index=0, request_mode="original"),
            request_state(reference_index=1, request_mode="original"),
        ],
    },
    # rllm-org/rllm, rllm/eval/episode_store.py and rllm/types.py (Episode),
    # 9beb6e0f676a46d38858991fd79ac5f8e0b16d4c
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
    # alibaba/ROLL, roll/pipeline/rlvr/utils.py, 8eb27cc2dc34c4d1310b169d9b86d339004d811a
    "roll": [
        {
            "global_step": [3, 3],
            "id": ["q0", "q0"],
            "source": ["made", "made"],
            "difficulty": ["1", "1"],
            "prompt": [CHATML, CHATML],
            "messages": [json.dumps([asked()]), json.dumps([asked()])],
            "ground_truth": [GOLD, GOLD],
            "case_type": ["", ""],
            "test_case_function": ["", ""],
            "test_cases": ["", ""],
            "tag": ["sums", "sums"],
            "domain": ["math_rule", "math_rule"],
            "responses": [FIVE, SIX],
            "scores": [1.0, 0.0],
            "sampling_params": ["{}", "{}"],
        }
    ],
    # Dataset run items with their traces, as the API of Langfuse gives them; joined by scripts, not seen
    "langfuse": [
        {
            "id": "d0",
            "input": {"question": QUESTION},
            "expectedOutput": {"answer": GOLD},
            "output": {"response": FIVE},
            "scores": [{"name": "correctness", "value": 1.0}],
        }
    ],
    # langchain-ai/langsmith-sdk, python/langsmith/evaluation/_runner.py (_flatten_experiment_results),
    # bc8dd672a7b9e7d09bcb2fdada0baff80700f9b0
    "langsmith": [
        {
            "inputs.question": QUESTION,
            "outputs.output": FIVE,
            "error": None,
            "reference.answer": GOLD,
            "feedback.correctness": 1.0,
            "execution_time": 1.5,
            "example_id": "e0",
            "id": "r0",
        }
    ],
    # braintrustdata/braintrust-sdk-python, py/src/braintrust/_generated_types.py (ExperimentEvent),
    # a7053505083fb7b7ae6ed1c10a4141a0d8673cc4
    "braintrust": [
        {
            "id": "b0",
            "_xact_id": "1",
            "created": "2025-01-01",
            "project_id": "p",
            "experiment_id": "e",
            "input": QUESTION,
            "output": FIVE,
            "expected": GOLD,
            "error": None,
            "scores": {"Match": 1.0},
            "metadata": None,
            "metrics": {"tokens": 9},
            "span_id": "s",
            "root_span_id": "s",
            "span_attributes": {"name": "eval", "type": "eval"},
            "is_root": True,
        }
    ],
    # Arize-ai/phoenix, src/phoenix/server/api/routers/v1/experiments.py (get_experiment_json, here a run a
    # line), 01c7f235cf1608201a989b20f51676c6e0b90526
    "phoenix": [
        {
            "example_id": "RGF0",
            "repetition_number": 1,
            "input": {"question": QUESTION},
            "reference_output": {"answer": GOLD},
            "output": FIVE,
            "error": None,
            "latency_ms": 12.0,
            "trace_id": "t",
            "prompt_token_count": 9,
            "completion_token_count": 9,
            "annotations": [
                {
                    "name": "match",
                    "annotator_kind": "CODE",
                    "label": "yes",
                    "score": 1.0,
                    "explanation": "same",
                }
            ],
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
    # mlfoundations/evalchemy, eval/eval_tracker.py and eval/chat_benchmarks/MATH500/eval_instruct.py,
    # 6ed674159b37f740f2353a86f596f49f6ac13c19
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
    # NovaSky-AI/SkyThought, skythought/evals/inference_and_check.py,
    # 0d190f11fd8e885bbe113aeccacba5ccde5b1102
    "skythought": {
        "0": {
            "_index": 0,
            "problem": QUESTION,
            "solution": "We add.",
            "answer": GOLD,
            "prompt": f"Return your final response within \\boxed{{}}. {QUESTION}",
            "input_conversation": [asked(f"Return your final response within \\boxed{{}}. {QUESTION}")],
            "responses": [
                {"content": FIVE, "correctness": True, "reason": ""},
                {"content": SIX, "correctness": False, "reason": "Solution is incorrect."},
            ],
            "token_usages": [{"completion_tokens": 9}, {"completion_tokens": 9}],
        }
    },
    # open-thought/reasoning-gym, eval/eval.py, 49b07130b3fcd12f2d064bba7c43869543a0e7e7
    "reasoning-gym": {
        "name": "sums",
        "category": "arithmetic",
        "average_best_score": 1.0,
        "config": {"operators": ["+", "-"]},
        "results": [
            {
                "question": QUESTION,
                "expected_answer": GOLD,
                "best_model_answer": "5",
                "best_full_model_response": FIVE,
                "best_score": 1.0,
                "mean_score": 0.5,
                "completions": [
                    {"model_answer": "5", "full_model_response": FIVE, "score": 1.0},
                    {"model_answer": "6", "full_model_response": SIX, "score": 0.0},
                ],
            },
        ],
    },
    # promptfoo/promptfoo, src/types/index.ts (EvaluateSummaryV3, EvaluateResult),
    # 0011eb02da99d740eed49f71fb74611157fe6564
    "promptfoo": {
        "evalId": "e",
        "results": {
            "version": 3,
            "results": [
                {
                    "promptIdx": 0,
                    "testIdx": 0,
                    "testCase": {
                        "vars": {"question": QUESTION, "expected": GOLD},
                        "assert": [{"type": "contains", "value": "{{expected}}"}],
                    },
                    "promptId": "p",
                    "provider": {"id": "m", "label": ""},
                    "prompt": {"raw": f"Solve: {QUESTION}", "label": "Solve: {{question}}"},
                    "gradingResult": {"pass": True, "score": 1, "reason": "All assertions passed"},
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
    # eth-sri/matharena, src/matharena/runs.py (outputs/<competition>/<model>/<problem>.json.zst),
    # e92766038a80eee227589f5ea688004240bca8e0
    "matharena": {
        "idx": 1,
        "problem": QUESTION,
        "gold_answer": GOLD,
        "source": "made",
        "types": ["sums"],
        "N": 2,
        "cost": {"cost": 0.1, "input_tokens": 9, "output_tokens": 9},
        "pass_at_1": 0.5,
        "answers": ["5", "6"],
        "correct": [True, False],
        "messages": [
            [asked(), replied("add", type="cot"), replied(FIVE, type="response")],
            [asked(), replied(SIX, type="response")],
        ],
        "judgment": [None, None],
        "history": [None, None],
        "detailed_costs": [{"cost": 0.05}, {"cost": 0.05}],
    },
    # open-compass/opencompass, opencompass/tasks/openicl_eval.py (format_details),
    # a5acc4bba3b658f151617a3b393602110fb7a740
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
    # confident-ai/deepeval, deepeval/test_run/test_run.py and api.py,
    # a2e0d4cfd3118352d321c1c84bdeba17d4a201bc
    "deepeval": {
        "testCases": [
            {
                "name": "test_case_0",
                "input": QUESTION,
                "actualOutput": FIVE,
                "expectedOutput": GOLD,
                "success": True,
                "metricsData": [{"name": "Correctness", "score": 1.0, "reason": "same"}],
                "flaky": False,
                "order": 0,
            }
        ],
        "conversationalTestCases": [],
        "metricsScores": [{"metric": "Correctness", "scores": [1.0]}],
    },
}
