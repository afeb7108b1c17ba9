"""The row formats of trainers, evaluators and datasets: how each is recognised, and where its fields stand.

One entry of `DIALECTS` a format, the more particular before the more general; the first that fits a source's
first rows is taken. A path leads through structs and lists by dots (`reward_model.ground_truth`,
`conversations.-1.value`), `*` takes all elements of a list, commas join fields with one response each, and
` + ` those that are one question.
Of several paths for a field the first that holds something counts; a field without any is looked for by the
usual names. The facts are from the projects' sources and dataset cards, as of 2025 and 2026.
"""

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase

from tinyv_cli.errors import UsageError, did_you_mean
from tinyv_cli.sources.roles import Roles
from tinyv_cli.sources.rows import Rows, values_at

Paths = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dialect:
    """One format of rows.

    `needs`: fields that all files of it have (`a|b`: one of the two), and `begins`: fields whose values begin
    with a text. `verdicts`: what a rule or judge has recorded; `label`: what is known for true; `group`: what
    rollouts of the same question share; `paired`: lists that run beside the list of responses. `gold_index`:
    which elements of the list at `gold` count. `truths`: whether the rollouts of a row are right, known from
    where they stand. `once`: rows that differ in this field repeat the same responses. `dataset`: it records
    no responses, so a file with a column of them is something else. `no_gold`: what to do about files
    without golds. `unreadable`: why the format cannot be read, unless the user names response and gold.
    """

    name: str
    about: str
    needs: Paths = ()
    question: Paths = ()
    gold: Paths = ()
    response: Paths = ()
    verdicts: Paths = ()
    label: Paths = ()
    group: Paths = ()
    by: Paths = ()
    paired: Paths = ()
    begins: tuple[tuple[str, str], ...] = ()
    gold_index: Paths = ()
    truths: tuple[bool, ...] = ()
    once: str | None = None
    dataset: bool = False
    no_gold: str | None = None
    unreadable: str | None = None


PLAIN = "plain"
VERL_GOLD, VERL_QUESTION = ("reward_model.ground_truth",), ("extra_info.question", "prompt")
VERL_NO_GOLD = "verl writes golds (gts) into its dumps from v0.6 on; add them as a column 'gts'"

DIALECTS: tuple[Dialect, ...] = (
    Dialect(
        "tinyv",
        "files that tinyv has written",
        needs=("tinyv_gold",),
        question=("tinyv_question",),
        gold=("tinyv_gold",),
        response=("tinyv_response",),
    ),
    Dialect(
        "tinyv-labels",
        "labels that tinyv export has written",
        needs=("tinyv_row", "question", "gold", "response", "label"),
        question=("question",),
        gold=("gold",),
        response=("response",),
        label=("label",),
    ),
    Dialect(
        "tinyv-benchmark",
        "pairs that tinyv export has written as a benchmark",
        needs=("pair", "question", "gold", "response", "answer", "label", "evidence"),
        question=("question",),
        gold=("gold",),
        response=("response",),
        label=("label",),
    ),
    Dialect(
        "lighteval",
        "lighteval details (details_*.parquet)",
        needs=("__doc__.query|doc.query", "__model_response__.text|model_response.text"),
        question=("__doc__.query", "doc.query"),
        gold=("__doc__.choices", "doc.choices"),
        gold_index=("__doc__.gold_index", "doc.gold_index"),
        response=("__model_response__.text", "model_response.text"),
        verdicts=("__metric__.*", "metric.*"),
        by=("__doc__.task_name", "doc.task_name"),
    ),
    Dialect(
        "lighteval-old",
        "older lighteval details (full_prompt, gold, predictions)",
        needs=("full_prompt", "gold", "predictions"),
        question=("example", "full_prompt"),
        gold=("gold",),
        response=("predictions",),
        verdicts=("metrics.*",),
    ),
    Dialect(
        "lm-eval",
        "lm-evaluation-harness samples (samples_*.jsonl); of the lines for each filter, the first filter's",
        needs=("doc_id", "target", "resps"),
        question=(
            "doc.body + doc.question",
            "doc.question + doc.choices",
            "doc.question + doc.options",
            "doc.problem",
            "doc.question",
            "doc.query",
            "arguments.gen_args_0.arg_0",
            "arguments.0.0",
        ),
        gold=("target", "doc.answer"),
        response=("resps.0",),
        verdicts=("exact_match", "math_verify", "acc"),
        group=("doc_id",),
        by=("doc.subject", "doc.type", "doc.level"),
        once="filter",
    ),
    Dialect(
        "inspect",
        "Inspect logs (.json; .eval where inspect_ai is installed)",
        needs=("epoch", "input", "target", "output"),
        question=("input",),
        gold=("target",),
        response=("output.choices.*.message.content", "output.completion"),
        verdicts=("scores.*.value",),
        group=("id",),
    ),
    Dialect(
        "verifiers-v1",
        "verifiers v1 and prime-rl traces (traces.jsonl), an episode or a trace a line",
        needs=("task.data", "traces|nodes"),
        question=("task.data.prompt", "task.data.question"),
        gold=("task.data.answer", "task.data.info.answer"),
        response=("traces.*.nodes.*.message", "nodes.*.message"),
        verdicts=("rewards.*.score",),
        group=("group.id", "task.key"),
        no_gold="verifiers leaves it to each task what it calls its gold; find it in task.data",
    ),
    Dialect(
        "verifiers",
        "verifiers results (results.jsonl) before v1",
        needs=("example_id", "prompt", "completion", "reward"),
        question=("prompt",),
        gold=("answer", "info.answer"),
        response=("completion",),
        verdicts=("reward", "correct_answer"),
        group=("example_id",),
        by=("task",),
        no_gold="verifiers leaves out an answer that is empty; add a column 'answer'",
    ),
    Dialect(
        "opencompass",
        "OpenCompass predictions (an object keyed 0, 1, …, or JSON lines while it runs)",
        needs=("origin_prompt", "prediction"),
        question=("origin_prompt",),
        gold=("gold",),
        response=("prediction",),
        no_gold="OpenCompass leaves out a gold that is 0 or empty; add a column 'gold'",
    ),
    Dialect(
        "evalscope",
        "evalscope reviews (reviews/<model>/<dataset>.jsonl)",
        needs=("index", "sample_score.score"),
        question=("messages", "input"),
        gold=("target",),
        response=("sample_score.score.prediction", "messages"),
        verdicts=("sample_score.score.value.*",),
        group=("sample_score.group_id",),
    ),
    Dialect(
        "evalscope-predictions",
        "evalscope predictions (predictions/<model>/<dataset>.jsonl); they hold no golds",
        needs=("index", "model_output.choices"),
        question=("messages",),
        response=("model_output.choices.*.message.content",),
        no_gold="evalscope writes golds into its reviews: audit reviews/ instead, or join their 'target' "
        "by 'index'",
    ),
    Dialect(
        "helm-separate",
        "HELM runs that score given answers",
        needs=("instance.input", "result.completions", "reference_index"),
        unreadable="HELM asked for log-likelihoods of given answers here, of which each is a request; "
        "there is no text by a model",
    ),
    Dialect(
        "helm-choices",
        "HELM (scenario_state.json) where the model gives the letter of a choice",
        needs=("instance.input", "letters", "result.completions"),
        question=("instance.input.text + choices",),
        gold=("letters",),
        response=("result.completions.*.text",),
        group=("instance.id",),
    ),
    Dialect(
        "helm-display",
        "what HELM writes for its pages (display_predictions.json); they hold no golds",
        needs=("instance_id", "train_trial_index", "predicted_text"),
        response=("predicted_text",),
        no_gold="HELM writes golds into scenario_state.json: audit that file of the same run instead",
    ),
    Dialect(
        "helm",
        "HELM (scenario_state.json); of the references those that are tagged correct",
        needs=("instance.input", "instance.references", "result.completions"),
        question=("instance.input.text",),
        gold=("instance.references.*.output.text",),
        gold_index=("instance.references.*.tags",),
        response=("result.completions.*.text",),
        group=("instance.id",),
    ),
    Dialect(
        "rllm",
        "rLLM episodes (episodes/episode_*.json)",
        needs=("task.metadata", "trajectories"),
        question=("task.instruction", "task.metadata.question"),
        gold=("task.metadata.answer", "task.metadata.ground_truth"),
        response=(
            "trajectories.-1.steps.-1.model_response",
            "trajectories.-1.steps.-1.chat_completions",
            "trajectories.-1.steps.-1.output",
        ),
        verdicts=("is_correct",),
        group=("task.id",),
        no_gold="find in task.metadata what the dataset calls its gold",
    ),
    Dialect(
        "openai-evals",
        "openai/evals record logs, the events of a sample joined",
        needs=("sample_id", "prompt", "sampled", "expected"),
        question=("prompt",),
        gold=("expected",),
        response=("sampled",),
        verdicts=("correct",),
        group=("sample_id",),
    ),
    Dialect(
        "openai-batch",
        "OpenAI and Anthropic batch results; they hold no golds",
        needs=("custom_id", "response.body|result.message"),
        response=(
            "response.body.choices.*.message.content",
            "response.body.output.-1.content",
            "result.message.content",
        ),
        no_gold="a batch answers requests by their custom_id: join your questions and golds to it "
        "by custom_id",
    ),
    Dialect(
        "qwen-math",
        "Qwen2.5-Math and ToRA evaluations (*_cot_*.jsonl, *_tora_*.jsonl)",
        needs=("gt", "code", "pred"),
        question=("question",),
        gold=("gt",),
        response=("code",),
        verdicts=("score",),
        paired=("pred", "report", "score"),
        by=("type", "subject"),
    ),
    Dialect(
        "deepseek-math",
        "DeepSeek-Math evaluations (predictions.json)",
        needs=("messages", "model_output", "prediction", "answer"),
        question=("messages", "prompt"),
        gold=("answer",),
        response=("model_output",),
        verdicts=("accuracy",),
        by=("dataset",),
    ),
    Dialect(
        "program-of-thoughts",
        "Program-of-Thoughts outputs; the response is what the program printed",
        needs=("question", "answer", "executed", "generated"),
        question=("passage + question", "table + question", "question"),
        gold=("answer",),
        response=("executed",),
    ),
    Dialect(
        "llama-factory",
        "LLaMA-Factory predictions (generated_predictions.jsonl)",
        needs=("prompt", "predict", "label"),
        question=("prompt",),
        gold=("label",),
        response=("predict",),
    ),
    Dialect(
        "swift-infer",
        "ms-swift inference results (infer_result/*.jsonl)",
        needs=("response", "labels", "messages"),
        question=("messages",),
        gold=("labels",),
        response=("response",),
    ),
    Dialect(
        "areal",
        "AReaL rollout dumps; they hold no golds",
        needs=("task_id", "seqlen", "prompt_len", "prompt", "completion"),
        question=("prompt",),
        response=("completion",),
        verdicts=("reward",),
        group=("task_id",),
        no_gold="AReaL does not dump golds: join them to the prompts as a column 'gold'",
    ),
    Dialect(
        "open-instruct",
        "open-instruct rollouts; they hold token ids only",
        needs=("prompt_tokens", "response_tokens", "prompt_idx"),
        verdicts=("reward",),
        unreadable="open-instruct writes token ids, no texts: decode response_tokens and ground_truth with "
        "the model's tokenizer into columns of their own, and name these with --response and --gold",
    ),
    Dialect(
        "nemo-gym",
        "NeMo Gym rollouts",
        needs=("responses_create_params.input", "response.output"),
        question=("question", "responses_create_params.input"),
        gold=("expected_answer",),
        response=("response.output.-1.content",),
        verdicts=("reward", "library_reward"),
    ),
    Dialect(
        "nemo-rl-steps",
        "NeMo-RL step logs (train_data_step*.jsonl); they hold no golds",
        needs=("content", "rewards", "input_lengths|token_ids|generation_logprobs|advantages"),
        question=("content.-2",),
        response=("content.-1", "content"),
        verdicts=("rewards",),
        no_gold="NeMo-RL does not write golds into its step logs; join them to the lines as a column",
    ),
    Dialect(
        "skyrl-eval",
        "SkyRL evaluation dumps (dumped_evals/…/*.jsonl)",
        needs=("input_prompt", "output_response", "env_extras"),
        question=("env_extras.extra_info.question", "input_prompt"),
        gold=("env_extras.reward_spec.ground_truth", "env_extras.reward_model.ground_truth"),
        response=("output_response",),
        verdicts=("score",),
        by=("data_source",),
    ),
    Dialect(
        "verl-rollouts",
        "verl rollout and validation dumps (one JSONL file a step)",
        needs=("input", "output", "score", "step"),
        question=("input",),
        gold=("gts",),
        response=("output",),
        verdicts=("score", "acc"),
        group=("uid",),
        no_gold=VERL_NO_GOLD,
    ),
    Dialect(
        "verl-generation",
        "verl generations (main_generation), with responses beside the data of verl",
        needs=("reward_model.ground_truth", "responses"),
        question=VERL_QUESTION,
        gold=VERL_GOLD,
        response=("responses",),
        by=("data_source",),
    ),
    Dialect(
        "open-r1-pass-rate",
        "open-r1 pass rates (compute_pass_rate.py)",
        needs=("pass_rate_generations",),
        question=("problem", "prompt"),
        gold=("answer", "solution"),
        response=("pass_rate_generations",),
        verdicts=("pass_rate_rewards",),
        paired=("pass_rate_rewards",),
    ),
    Dialect(
        "openr1-math",
        "OpenR1-Math-220k and -Raw",
        needs=("problem", "generations", "correctness_math_verify|correctness_llama"),
        question=("problem",),
        gold=("answer", "solution"),
        response=("generations",),
        verdicts=("correctness_math_verify", "correctness_llama"),
        group=("uuid",),
        paired=(
            "correctness_math_verify",
            "correctness_llama",
            "is_reasoning_complete",
            "finish_reasons",
        ),
    ),
    Dialect(
        "openthoughts-math",
        "OpenThoughts-114k-math",
        needs=("problem", "solution", "conversations", "correct"),
        question=("problem",),
        gold=("solution",),
        response=("conversations.-1.value",),
        verdicts=("correct",),
    ),
    Dialect(
        "trl",
        "TRL completion logs (completions_*.parquet)",
        needs=("step", "prompt", "completion"),
        question=("prompt",),
        response=("completion",),
        verdicts=("*reward*",),
        no_gold="TRL logs golds only where the reward function does, as newer versions of accuracy_reward do "
        "(log_extra(\"solution\", …)); add them as a column 'solution'",
    ),
    Dialect(
        "nemo-skills",
        "NeMo-Skills generations (output-rs*.jsonl)",
        needs=("problem", "expected_answer", "generation"),
        question=("problem",),
        gold=("expected_answer",),
        response=("generation",),
        verdicts=("symbolic_correct", "judgement"),
    ),
    Dialect(
        "openmathreasoning",
        "OpenMathReasoning",
        needs=("problem", "expected_answer", "generated_solution"),
        question=("problem",),
        gold=("expected_answer",),
        response=("generated_solution",),
        by=("problem_source", "problem_type"),
    ),
    Dialect(
        "deepmath",
        "DeepMath-103K, with its three solutions by R1",
        needs=("question", "final_answer", "r1_solution_1"),
        question=("question",),
        gold=("final_answer",),
        response=("r1_solution_1,r1_solution_2,r1_solution_3",),
        by=("topic",),
    ),
    Dialect(
        "hardverify",
        "HardVerify-Math: a right answer that rules reject, and a wrong one",
        needs=("fn_output", "tn_output"),
        response=("fn_output,tn_output",),
        truths=(True, False),
    ),
    Dialect(
        "verifybench",
        "VerifyBench",
        needs=("completion", "gold_correct"),
        question=("question",),
        gold=("ground_truth", "answer", "target"),
        response=("completion",),
        label=("gold_correct",),
        group=("question_id",),
        by=("answer_type", "source"),
    ),
    Dialect(
        "verifierbench",
        "VerifierBench of CompassVerifier",
        needs=("question", "gold_answer", "llm_response"),
        question=("question",),
        gold=("gold_answer",),
        response=("llm_response",),
        verdicts=("gold_judgment",),
        by=("data_source", "domain"),
    ),
    Dialect(
        "skyrl",
        "SkyRL data",
        needs=("prompt", "reward_spec.ground_truth"),
        question=("extra_info.question", "prompt"),
        gold=("reward_spec.ground_truth",),
        by=("data_source",),
        dataset=True,
    ),
    Dialect(
        "skywork-or1",
        "Skywork-OR1-RL-Data (the gold is a JSON list in a string)",
        needs=("reward_model.ground_truth", "extra_info.model_difficulty"),
        question=("prompt",),
        gold=VERL_GOLD,
        by=("data_source",),
        dataset=True,
    ),
    Dialect(
        "dapo-math",
        "DAPO-Math-17k, as it is or processed",
        needs=("prompt", "reward_model.ground_truth"),
        begins=(("reward_model.style", "rule-lighteval"),),
        question=("prompt",),
        gold=VERL_GOLD,
        by=("data_source",),
        dataset=True,
    ),
    Dialect(
        "verl",
        "verl RL data (also POLARIS and others in its shape)",
        needs=("prompt", "reward_model.ground_truth"),
        question=VERL_QUESTION,
        gold=VERL_GOLD,
        by=("data_source",),
        dataset=True,
    ),
    Dialect(
        "big-math",
        "Big-Math-RL-Verified",
        needs=("problem", "answer", "llama8b_solve_rate"),
        question=("problem",),
        gold=("answer",),
        by=("source",),
        dataset=True,
    ),
    Dialect(
        "numinamath",
        "NuminaMath-1.5; its responses are the solutions by people",
        needs=("problem", "answer", "solution", "problem_is_valid|solution_is_valid"),
        question=("problem",),
        gold=("answer",),
        response=("solution",),
        by=("source",),
        dataset=True,
    ),
    Dialect(
        "numinamath-cot",
        "NuminaMath-CoT and -TIR; the gold is in the last box of the solution",
        needs=("problem", "solution", "messages"),
        question=("problem",),
        gold=("solution",),
        by=("source",),
        dataset=True,
    ),
    Dialect(
        "deepscaler",
        "DeepScaleR-Preview; its responses are the solutions by people",
        needs=("problem", "answer", "solution"),
        question=("problem",),
        gold=("answer",),
        response=("solution",),
        dataset=True,
    ),
    Dialect(
        "polaris",
        "POLARIS-53K",
        needs=("problem", "answer", "difficulty"),
        question=("problem",),
        gold=("answer",),
        dataset=True,
    ),
    Dialect(
        "nemo-rl",
        "NeMo-RL data",
        needs=("problem|messages", "expected_answer"),
        question=("problem", "messages"),
        gold=("expected_answer",),
        dataset=True,
    ),
    Dialect(
        "open-reasoner-zero",
        "Open-Reasoner-Zero (each row is a list of two turns)",
        needs=("0.value", "1.ground_truth"),
        question=("0.value",),
        gold=("1.ground_truth.value",),
        dataset=True,
    ),
    Dialect(PLAIN, "any other rows, by the usual names of their columns"),
)
BY_NAME = {dialect.name: dialect for dialect in DIALECTS}


def recognised(rows: Rows) -> Dialect:
    """The first format that fits the rows; `plain` fits any.

    A dataset with responses beside its own columns is no longer that dataset.
    """
    there = rows.paths()
    fitting = (each for each in DIALECTS if _fits(each, rows, there))
    return next(each for each in fitting if each.name == PLAIN or not _is_but_alike(each, rows))


def dialect_named(name: str) -> Dialect:
    """The format of this name. Raises UsageError."""
    if name not in BY_NAME:
        near = did_you_mean(name, BY_NAME)
        raise UsageError(f"no format is named '{name}'; tinyv formats lists them{near}")
    return BY_NAME[name]


def matching(paths: Paths, rows: Rows) -> Paths:
    """The fields of the rows that these paths, in which `*` stands for any name, mean."""
    there = rows.paths()
    return tuple(dict.fromkeys(field for path in paths for field in there if fnmatchcase(field, path)))


def _is_but_alike(dialect: Dialect, rows: Rows) -> bool:
    """Whether the rows have the names of the format by chance.

    A dataset has no responses, the response of others is no answer that was found in another text, and golds
    are no verdicts.
    """
    paths = (*dialect.needs, *dialect.question, *dialect.gold, *dialect.response, *dialect.by)
    columns = {part.partition(".")[0] for path in paths for part in re.split(r"[|,]", path)}
    if dialect.dataset:
        return bool(Roles(rows).responses_beside(columns))
    gold, response = (
        next((path for path in paths if rows.has(path)), None) for paths in (dialect.gold, dialect.response)
    )
    golds = [] if gold is None else [each for each in rows.values((gold,)) if each is not None]
    if golds and all(isinstance(each, bool) for each in golds):
        return True
    return response is not None and Roles(rows).is_found_beside(response, columns)


def _fits(dialect: Dialect, rows: Rows, there: dict[str, None]) -> bool:
    if not all(any(path in there for path in need.split("|")) for need in dialect.needs):
        return False
    return all(_begins(values_at(path, rows), text) for path, text in dialect.begins)


def _begins(values: list[object], text: str) -> bool:
    known = [value for value in values if value is not None]
    return bool(known) and all(str(value).startswith(text) for value in known)
