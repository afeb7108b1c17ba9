"""The row formats: each is recognised, and its fields are found where they stand."""

import json
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import Tinyv
from tests.formats import evaluators, make
from tinyv_cli.errors import SourceError, UsageError
from tinyv_cli.sources import open_source, read_windows
from tinyv_cli.sources.dialects import BY_NAME, DIALECTS, dialect_named
from tinyv_cli.sources.explode import Window, explode
from tinyv_cli.sources.files import CHUNK_ROWS
from tinyv_cli.sources.mapping import Mapping, Overrides, choose_mapping
from tinyv_cli.sources.rows import ArrowRows, DictRows

FILES = {path.stem: path for path in sorted(make.HERE.iterdir()) if path.suffix not in (".py", "")}
Row = dict[str, Any]


def read(path: Path, *, responses: bool = True, **overrides: Any) -> tuple[Mapping, list[Window]]:
    mappings: dict[str, Mapping] = {}
    windows = read_windows(
        [open_source(str(path))],
        Overrides(**overrides),
        on_mapping=mappings.__setitem__,
        responses=responses,
    )
    found = list(windows)
    return mappings[str(path)], found


def lines(path: Path, rows: list[Row]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


SUM, DIFFERENCE = "What is 2+3?", "What is 7-9?"
FIVE, SIX = "It is \\boxed{5}.", "It is \\boxed{6}."

# What is told of each golden file, and its examples: row, rollout, question, golds, response.
Found = tuple[int, int, str, tuple[str, ...], str]
WITH_RESPONSES: dict[str, tuple[str, list[Found]]] = {
    "tinyv": (
        "question = tinyv_question, gold = tinyv_gold, response = tinyv_response, label = truth",
        [(0, 0, SUM, ("5",), FIVE)],
    ),
    "tinyv-labels": (
        "question = question, gold = gold, response = response, label = label, by = source",
        [(0, 0, SUM, ("5",), FIVE)],
    ),
    "tinyv-benchmark": (
        "question = question, gold = gold, response = response, label = label, by = source",
        [(0, 0, SUM, ("5",), FIVE)],
    ),
    "lighteval": (
        "question = __doc__.query, gold = __doc__.choices at __doc__.gold_index, "
        "response = __model_response__.text, by = __doc__.task_name, verdict = __metric__.extractive_match",
        [(0, 0, SUM, ("5", "five"), FIVE), (0, 1, SUM, ("5", "five"), SIX)],
    ),
    "lighteval-old": (
        "question = example, gold = gold, response = predictions, verdict = metrics.extractive_match",
        [(0, 0, SUM, ("5",), FIVE)],
    ),
    "lm-eval": (
        "question = doc.question, gold = target, response = resps.0, group = doc_id, verdict = exact_match; "
        "only where filter = strict-match",
        [(0, 0, SUM, ("5",), "So 2+3 = 5."), (1, 0, DIFFERENCE, ("-2",), "It is 2.")],
    ),
    "inspect": (
        "question = input, gold = target, response = output.choices.*.message.content, group = id, "
        "verdict = scores.match.value",
        [(0, 0, SUM, ("5", "five"), FIVE), (1, 0, SUM, ("5", "five"), SIX)],
    ),
    "verifiers-v1": (
        "question = task.data.prompt, gold = task.data.answer, response = traces.*.nodes.*.message, "
        "group = group.id",
        [(0, 0, SUM, ("5",), "It is 5."), (0, 1, SUM, ("5",), "It is 6.")],
    ),
    "verifiers": (
        "question = prompt, gold = answer, response = completion, by = task, group = example_id, "
        "verdict = reward, verdict = correct_answer",
        [(0, 0, SUM, ("5",), FIVE)],
    ),
    "evalscope": (
        "question = messages, gold = target, response = sample_score.score.prediction, "
        "group = sample_score.group_id, verdict = sample_score.score.value.acc",
        [(0, 0, SUM, ("5",), FIVE), (1, 0, SUM, ("5",), SIX)],
    ),
    "helm": (
        "question = instance.input.text, "
        "gold = instance.references.*.output.text at instance.references.*.tags, "
        "response = result.completions.*.text, group = instance.id",
        [(0, 0, SUM, ("5",), FIVE)],
    ),
    "helm-choices": (
        "question = instance.input.text + choices, gold = letters, response = result.completions.*.text, "
        "group = instance.id",
        [(0, 0, f"{SUM}\nA. 6\nB. 5", ("B",), " B")],
    ),
    "rllm": (
        "question = task.instruction, gold = task.metadata.answer, "
        "response = trajectories.-1.steps.-1.model_response, group = task.id, verdict = is_correct",
        [(0, 0, SUM, ("5",), FIVE)],
    ),
    "openai-evals": (
        "question = prompt, gold = expected, response = sampled, group = sample_id, verdict = correct",
        [(0, 0, SUM, ("5",), FIVE)],
    ),
    "qwen-math": (
        "question = question, gold = gt, response = code, by = type, verdict = score",
        [(0, 0, SUM, ("5",), FIVE), (0, 1, SUM, ("5",), SIX)],
    ),
    "deepseek-math": (
        "question = messages, gold = answer, response = model_output, by = dataset, verdict = accuracy",
        [(0, 0, SUM, ("5",), FIVE)],
    ),
    "program-of-thoughts": (
        "question = question, gold = answer, response = executed",
        [(0, 0, SUM, ("5",), "5")],
    ),
    "llama-factory": ("question = prompt, gold = label, response = predict", [(0, 0, SUM, ("5",), FIVE)]),
    "swift-infer": ("question = messages, gold = labels, response = response", [(0, 0, SUM, ("5",), FIVE)]),
    "opencompass": (
        "question = origin_prompt, gold = gold, response = prediction",
        [(0, 0, SUM, ("5",), FIVE), (1, 0, SUM, ("5",), SIX)],
    ),
    "nemo-gym": (
        "question = question, gold = expected_answer, response = response.output.-1.content, "
        "verdict = reward, verdict = library_reward",
        [(0, 0, SUM, ("5",), FIVE)],
    ),
    "skyrl-eval": (
        "question = input_prompt, gold = env_extras.reward_spec.ground_truth, response = output_response, "
        "by = data_source, verdict = score",
        [(0, 0, SUM, ("5",), "The answer is 5")],
    ),
    "verl-rollouts": (
        "question = input, gold = gts, response = output, verdict = score, verdict = acc",
        [(0, 0, SUM, ("5",), FIVE), (1, 0, SUM, ("5",), SIX)],
    ),
    "verl-generation": (
        "question = prompt, gold = reward_model.ground_truth, response = responses, by = data_source",
        [
            (0, 0, SUM, ("5",), FIVE),
            (0, 1, SUM, ("5",), SIX),
            (1, 0, DIFFERENCE, ("-2",), "It is \\boxed{-2}."),
            (1, 1, DIFFERENCE, ("-2",), "It is \\boxed{2}."),
        ],
    ),
    "open-r1-pass-rate": (
        "question = prompt, gold = solution, response = pass_rate_generations, verdict = pass_rate_rewards",
        [(0, 0, SUM, ("$5$",), "\\boxed{5}"), (0, 1, SUM, ("$5$",), "\\boxed{6}")],
    ),
    "openr1-math": (
        "question = problem, gold = answer, response = generations, by = source, group = uuid, "
        "verdict = correctness_math_verify, verdict = correctness_llama",
        [
            (0, 0, SUM, ("5",), "<think>2+3</think>\\boxed{5}"),
            (0, 1, SUM, ("5",), "\\boxed{6}"),
            (0, 2, SUM, ("5",), "<think>hm"),
            (1, 0, DIFFERENCE, ("-2",), "\\boxed{-2}"),
        ],
    ),
    "openthoughts-math": (
        "question = problem, gold = solution, response = conversations.-1.value, by = source, "
        "verdict = correct",
        [
            (
                0,
                0,
                SUM,
                ("5",),
                f"<|begin_of_thought|>\n4?\n<|end_of_thought|>\n\n<|begin_of_solution|>\n{FIVE}",
            )
        ],
    ),
    "trl": (
        "question = prompt, gold = solution, response = completion, verdict = accuracy_reward",
        [(0, 0, SUM, ("$5$",), FIVE), (1, 0, DIFFERENCE, ("$-2$",), "Hm.")],
    ),
    "nemo-skills": (
        "question = problem, gold = expected_answer, response = generation, verdict = symbolic_correct, "
        "verdict = judgement",
        [(0, 0, SUM, ("5",), FIVE)],
    ),
    "openmathreasoning": (
        "question = problem, gold = expected_answer, response = generated_solution, by = problem_source",
        [(0, 0, SUM, ("5",), f"<think>add</think>{FIVE}")],
    ),
    "deepmath": (
        "question = question, gold = final_answer, response = r1_solution_1,r1_solution_2,r1_solution_3, "
        "by = topic",
        [(0, 0, SUM, ("5",), FIVE), (0, 1, SUM, ("5",), SIX), (0, 2, SUM, ("5",), "It is \\boxed{5.0}.")],
    ),
    "hardverify": (
        "question = question, gold = ground_truth, response = fn_output,tn_output, label = truth, "
        "by = source",
        [(0, 0, SUM, ("5",), "It is five."), (0, 1, SUM, ("5",), "It is six.")],
    ),
    "verifybench": (
        "question = question, gold = answer, response = completion, label = gold_correct, by = answer_type, "
        "group = question_id",
        [(0, 0, SUM, ("5",), "It is five.")],
    ),
    "verifierbench": (
        "question = question, gold = gold_answer, response = llm_response, by = data_source, "
        "verdict = gold_judgment",
        [(0, 0, SUM, ("5",), FIVE)],
    ),
    "numinamath": (
        "question = problem, gold = answer, response = solution, by = source",
        [(0, 0, SUM, ("5",), "We add: $\\boxed{5}$."), (1, 0, "Prove it.", ("proof",), "Clear.")],
    ),
    "deepscaler": (
        "question = problem, gold = answer, response = solution",
        [(0, 0, SUM, ("5",), "We add: $\\boxed{5}$.")],
    ),
    "plain": (
        "question = Problem, gold = Answer, response = Response, by = source",
        [(0, 0, SUM, ("5",), "It is 5.")],
    ),
}
# Datasets of questions and golds: what is told of the file, and question and golds of its first row.
WITHOUT_RESPONSES = {
    "skyrl": ("question = extra_info.question, gold = reward_spec.ground_truth", (SUM, ("5",))),
    "skywork-or1": ("question = prompt, gold = reward_model.ground_truth", (SUM, ("5",))),
    "dapo-math": ("question = prompt, gold = reward_model.ground_truth", (SUM, ("5",))),
    "verl": ("question = prompt, gold = reward_model.ground_truth", (SUM, ("5",))),
    "big-math": ("question = problem, gold = answer", (SUM, ("5",))),
    "numinamath-cot": ("question = problem, gold = solution", (SUM, ("5",))),
    "polaris": ("question = problem, gold = answer", (SUM, ("5",))),
    "nemo-rl": ("question = problem, gold = expected_answer", (SUM, ("5",))),
    "open-reasoner-zero": ("question = 0.value, gold = 1.ground_truth.value", (SUM, ("5",))),
}
WITHOUT_GOLDS = {
    *("nemo-rl-steps", "evalscope-predictions", "openai-batch", "areal", "open-instruct"),
    *("helm-display", "helm-separate"),
}
# Files of no format that has an entry: their fields, and how many responses their one question has.
OTHERS: dict[str, tuple[str, int]] = {
    "tora": ("qwen-math: question = question, gold = gt, response = code, verdict = score", 1),
    "swift-completions": (
        "question = prompt, gold = solution, response = completion, verdict = MathAccuracy",
        2,
    ),
    "roll": (
        "question = prompt, gold = ground_truth, response = responses, by = source, verdict = scores",
        2,
    ),
    "langfuse": (
        "question = input.question, gold = expectedOutput.answer, response = output.response, "
        "verdict = scores.*.value",
        1,
    ),
    "langsmith": (
        "question = inputs.question, gold = reference.answer, response = outputs.output, "
        "verdict = feedback.correctness",
        1,
    ),
    "braintrust": ("question = input, gold = expected, response = output, verdict = scores.Match", 1),
    "phoenix": (
        "question = input.question, gold = reference_output.answer, response = output, "
        "verdict = annotations.*.score",
        1,
    ),
    "sharegpt": ("question = conversations, gold = ground_truth, response = conversations", 1),
    "xverify": ("question = question, gold = correct_answer, response = llm_output", 1),
    "vllm": ("question = prompt, gold = answer, response = outputs.*.text", 2),
    "understand-r1-zero": ("question = prompt, gold = gt, response = model_output, verdict = reward", 2),
    "evalchemy": ("question = problem, gold = answer, response = model_output, by = subject", 2),
    "skythought": (
        "question = problem, gold = answer, response = responses.*.content, "
        "verdict = responses.*.correctness",
        2,
    ),
    "reasoning-gym": (
        "question = question, gold = expected_answer, response = completions.*.full_model_response, "
        "verdict = best_score, verdict = completions.*.score",
        2,
    ),
    "promptfoo": (
        "question = testCase.vars.question, gold = testCase.vars.expected, response = response.output, "
        "verdict = gradingResult.pass, verdict = gradingResult.score, verdict = success, verdict = score",
        1,
    ),
    "pandas": ("question = question, gold = answer, response = response", 2),
    "table": ("question = question, gold = answer, response = response", 2),
    "matharena": (
        "question = problem, gold = gold_answer, response = messages, by = source, verdict = correct",
        2,
    ),
    "opencompass-details": (
        "question = prompt, gold = references, response = origin_prediction, verdict = correct",
        2,
    ),
    "deepeval": (
        "question = input, gold = expectedOutput, response = actualOutput, verdict = success, "
        "verdict = metricsData.*.score",
        1,
    ),
}


def said(name: str, mapping: str) -> str:
    return mapping if name == "plain" else f"{name}: {mapping}"


@pytest.mark.parametrize("name", WITH_RESPONSES)
def test_golden_file(name: str) -> None:
    """The format is recognised, the fields are told, and the examples are those that stand in the file."""
    mapping, windows = read(FILES[name])
    told, expected = WITH_RESPONSES[name]
    assert str(mapping) == said(name, told)
    found = [
        (each.row, each.rollout, each.question, each.golds, each.response)
        for window in windows
        for each in window.examples
    ]
    assert found == expected
    assert sum(window.table().num_rows for window in windows) == len(expected)
    assert sum(len(window.records()) for window in windows) == len(expected)


@pytest.mark.parametrize("name", WITHOUT_RESPONSES)
def test_dataset_without_responses(name: str) -> None:
    """Its golds are read; to audit it, responses are missing, which one line says."""
    mapping, [window] = read(FILES[name], responses=False)
    told, first = WITHOUT_RESPONSES[name]
    assert str(mapping) == said(name, told)
    assert (window.examples[0].question, window.examples[0].golds) == first
    with pytest.raises(SourceError) as raised:
        read(FILES[name])
    assert str(raised.value) == (
        f"{FILES[name]}: in {name} files there are golds but no responses; check them with tinyv golds, "
        "or name a column with --response COLUMN"
    )


@pytest.mark.parametrize("name", OTHERS)
def test_other_files(name: str) -> None:
    """What no entry describes is read by the words of its names and by what stands there."""
    mapping, windows = read(FILES[name])
    told, responses = OTHERS[name]
    assert str(mapping) == told
    examples = [each for window in windows for each in window.examples]
    assert [(each.question, each.golds) for each in examples] == [(SUM, ("5",))] * responses
    assert [str(each.response)[-len(FIVE) :] for each in examples] == [FIVE, SIX][:responses]


def test_every_format_has_its_golden_file() -> None:
    """No format without a file, no file without a format, and each in one of the tables above."""
    assert set(FILES) - OTHERS.keys() == {dialect.name for dialect in DIALECTS}
    assert set(FILES) == {*WITH_RESPONSES, *WITHOUT_RESPONSES, *WITHOUT_GOLDS, *OTHERS}


def test_golden_files_are_made_by_the_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are what `python -m tests.formats.make` writes."""
    monkeypatch.setattr(make, "HERE", tmp_path)
    make.main()
    for made in tmp_path.iterdir():
        kept = FILES[made.stem]
        if made.suffix == ".parquet":
            ours, theirs = pq.read_table(made), pq.read_table(kept)
            assert ours.schema == theirs.schema
            assert repr(ours.to_pylist()) == repr(theirs.to_pylist())  # NaN is not equal to itself
        else:
            assert made.read_text("utf-8") == kept.read_text("utf-8")
    assert len(list(tmp_path.iterdir())) == len(FILES)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            {"input": "q", "output": "r", "score": 1.0, "step": 3},
            "no gold found; verl writes golds (gts) into its dumps from v0.6 on; add them as a column 'gts', "
            "or name a column with --gold COLUMN",
        ),
        (
            {"step": 1, "prompt": "q", "completion": "r", "accuracy_reward": 1.0, "advantage": 0.1},
            "no gold found; TRL logs golds only where the reward function does, as newer versions of "
            "accuracy_reward do (log_extra(\"solution\", …)); add them as a column 'solution', "
            "or name a column with --gold COLUMN",
        ),
        (
            make.JSON_LINES["nemo-rl-steps"][0],
            "no gold found; NeMo-RL does not write golds into its step logs; join them to the lines as a "
            "column, or name a column with --gold COLUMN",
        ),
        (
            evaluators.JSON_LINES["evalscope-predictions"][0],
            "no gold found; evalscope writes golds into its reviews: audit reviews/ instead, or join their "
            "'target' by 'index', or name a column with --gold COLUMN",
        ),
        (
            evaluators.JSON_LINES["openai-batch"][0],
            "no gold found; a batch answers requests by their custom_id: join your questions and golds to it "
            "by custom_id, or name a column with --gold COLUMN",
        ),
        (
            evaluators.JSON_LINES["helm-display"][0],
            "no gold found; HELM writes golds into scenario_state.json: audit that file of the same run "
            "instead, or name a column with --gold COLUMN",
        ),
        (
            evaluators.request_state(reference_index=0),
            "HELM asked for log-likelihoods of given answers here, of which each is a request; there is no "
            "text by a model",
        ),
        (
            evaluators.JSON_LINES["areal"][0],
            "no gold found; AReaL does not dump golds: join them to the prompts as a column 'gold', or name "
            "a column with --gold COLUMN",
        ),
        (
            evaluators.JSON_LINES["open-instruct"][0],
            "open-instruct writes token ids, no texts: decode response_tokens and ground_truth with the "
            "model's tokenizer into columns of their own, and name these with --response and --gold",
        ),
        (
            {"origin_prompt": "q", "prediction": "r"},
            "no gold found; OpenCompass leaves out a gold that is 0 or empty; add a column 'gold', "
            "or name a column with --gold COLUMN",
        ),
    ],
)
def test_what_to_do_about_missing_golds(row: Row, message: str, tmp_path: Path) -> None:
    """Where a tool does not log golds, the error says what to add."""
    path = lines(tmp_path / "x.jsonl", [row])
    with pytest.raises(SourceError) as raised:
        read(path)
    assert str(raised.value) == f"{path}: {message}"


def test_golds_joined_to_a_step_log(tmp_path: Path) -> None:
    """With a gold, NeMo-RL's step logs are read: the last message is the response, the one before asks."""
    row = {**make.JSON_LINES["nemo-rl-steps"][0], "gold_joined": "5"}  # type: ignore[dict-item]
    mapping, [window] = read(lines(tmp_path / "x.jsonl", [row]), gold="gold_joined")
    assert (mapping.dialect, mapping.gold) == ("nemo-rl-steps", "gold_joined")
    [example] = window.examples
    assert (example.question, example.golds, example.response) == (SUM, ("5",), FIVE)


@pytest.mark.parametrize(
    ("row", "dialect"),
    [
        ({"problem": "q", "answer": "5", "llama8b_solve_rate": 0.5, "responses": ["r"]}, "plain"),
        ({"problem": "q", "answer": "5", "solution": "It is 5.", "generations": ["It is 5."]}, "plain"),
        ({"prompt": "q", "reward_model": {"ground_truth": "5"}, "completion": "r"}, "plain"),
        ({"prompt": "q", "reward_model": {"ground_truth": "5"}, "responses": ["r"]}, "verl-generation"),
        ({"task": {"data": {"prompt": "q", "answer": "5"}}, **make.trace("5")}, "verifiers-v1"),
        (
            {
                "doc": {"query": "q", "choices": ["5"], "gold_index": 0},
                "model_response": {"text": ["r"]},
                "metric": {"em": 1},
            },
            "lighteval",
        ),
    ],
)
@pytest.mark.parametrize("kind", [DictRows, lambda rows: ArrowRows(pa.Table.from_pylist(rows))])
def test_recognised(row: Row, dialect: str, kind: Any) -> None:
    """A dataset with responses of one's own is no longer the dataset; older shapes are the same format."""
    rows = kind([row])
    mapping = choose_mapping(rows, Overrides(), source="x")
    [example] = explode(rows, mapping, first_row=0).examples
    assert mapping.dialect == dialect
    assert (example.golds, bool(example.question), bool(example.response)) == (("5",), True, True)


def test_format_is_forced(tmp_path: Path) -> None:
    """A name of a format overrules what would be recognised, and a path overrules the format."""
    row = {"input": "q", "output": "r", "gts": "5", "score": 1, "step": 1, "answer": "6", "response": "s"}
    path = lines(tmp_path / "x.jsonl", [row])
    assert str(read(path)[0]).startswith("verl-rollouts: question = input, gold = gts, response = output")
    with pytest.raises(SourceError, match=r'--response output \("r"\) or --response response \("s"\)'):
        read(path, format="plain")
    mapping, [window] = read(path, response="response")
    assert (mapping.dialect, mapping.gold, mapping.response) == ("verl-rollouts", "gts", "response")
    assert window.examples[0].response == "s"
    forced, _ = read(FILES["plain"], format="verl-rollouts")
    assert str(forced) == "verl-rollouts: question = Problem, gold = Answer, response = Response, by = source"


def test_unknown_format() -> None:
    """A format that there is not is usage."""
    with pytest.raises(UsageError, match="no format is named 'verk'; tinyv formats lists them"):
        dialect_named("verk")


def test_own_columns_of_responses(tmp_path: Path) -> None:
    """Columns joined by commas give a response each; one that is missing is named."""
    row = {"question": "q", "gold": "5", "first": "a", "second": ["b", "c"], "odd,name": "d"}
    path = lines(tmp_path / "x.jsonl", [row])
    _, [window] = read(path, response="first,second")
    assert [example.response for example in window.examples] == ["a", "b", "c"]
    _, [window] = read(path, response="odd,name")
    assert [example.response for example in window.examples] == ["d"]
    with pytest.raises(SourceError, match="no column 'third' for --response"):
        read(path, response="first,third")


def test_filters_of_lm_eval_are_not_counted_twice(tmp_path: Path) -> None:
    """The harness writes all lines of one filter, then all of the next: only the first's are read."""
    docs = CHUNK_ROWS + 10
    rows = [
        make.lm_eval(0, name, 0.0) | {"doc_id": i, "resps": [[f"It is {i}.", "Or not."]]}
        for name in ("strict-match", "flexible-extract")
        for i in range(docs)
    ]
    _, windows = read(lines(tmp_path / "x.jsonl", rows), recorded=("exact_match",))
    examples = [example for window in windows for example in window.examples]
    assert [(example.row, example.rollout) for example in examples] == [
        (i, rollout) for i in range(docs) for rollout in (0, 1)
    ]
    assert examples[2].response == "It is 1."
    assert {record["filter"] for window in windows for record in window.records()} == {"strict-match"}


def test_paired_lists() -> None:
    """Lists beside the responses go with them, one value each; what is missing is null."""
    _, [window] = read(FILES["openr1-math"], recorded=("correctness_math_verify",))
    table = window.table()
    assert table.column("correctness_math_verify").to_pylist() == [True, False, None, False]
    assert table.column("correctness_llama").to_pylist() == [None, None, None, True]
    assert table.column("finish_reasons").to_pylist() == ["stop", "stop", "length", None]
    recorded = [example.recorded["correctness_math_verify"] for example in window.examples]
    assert recorded == [True, False, None, False]


def test_lists_of_labels(tmp_path: Path) -> None:
    """A list of labels beside the responses is one label each."""
    row = {"question": "q", "gold": "5", "responses": ["a", "b", "c"], "human": [True, False]}
    mapping, [window] = read(lines(tmp_path / "x.jsonl", [row]), label="human")
    assert mapping.label == "human"
    assert window.table().column("human").to_pylist() == [True, False, None]


def test_truths() -> None:
    """HardVerify's outputs are labelled by the column that they stand in, in a column of the output."""
    _, [window] = read(FILES["hardverify"])
    assert window.table().column("truth").to_pylist() == [True, False]
    assert [record["truth"] for record in window.records()] == [True, False]
    assert window.picked([1]).table().column("truth").to_pylist() == [False]


@pytest.mark.parametrize(
    ("more", "overrides", "label"),
    [
        ({"truth": "unknown"}, {}, None),
        ({"human_label": True}, {}, "human_label"),
        ({}, {"response": "fn_output"}, None),
        ({"human": True}, {"label": "human"}, "human"),
    ],
)
def test_truths_give_way(more: Row, overrides: dict[str, Any], label: str | None, tmp_path: Path) -> None:
    """A label in the file, or other responses, and nothing is known from the columns."""
    row = {**make.JSON_LINES["hardverify"][0], **more}  # type: ignore[dict-item]
    mapping, [window] = read(lines(tmp_path / "x.jsonl", [row]), **overrides)
    assert (mapping.label, mapping.truths) == (label, ())
    assert [record.get("truth") for record in window.records()] == [more.get("truth")] * len(window.examples)


@pytest.mark.parametrize(
    ("positions", "golds"), [(1, ("5",)), ([0, 2], ("4", "6")), (None, ()), (7, ()), ([], ()), ("1", ())]
)
def test_positions_of_golds(positions: Any, golds: tuple[str, ...]) -> None:
    """Of lighteval's choices those count whose positions are given; without a position there is no gold."""
    doc = {"query": "q", "choices": ["4", "5", "6"], "gold_index": positions}
    known = {"query": "q", "choices": ["4"], "gold_index": 0}
    rows = DictRows([{"__doc__": each, "__model_response__": {"text": ["r"]}} for each in (known, doc)])
    mapping = choose_mapping(rows, Overrides(), source="x")
    assert [example.golds for example in explode(rows, mapping, first_row=0).examples] == [("4",), golds]


def test_cut_questions_are_counted() -> None:
    """Each example says whether something was cut off its question; the column itself stays whole."""
    _, [window] = read(FILES["verl-rollouts"])
    assert [example.question_cut for example in window.examples] == [True, True]
    assert window.records()[0]["input"].startswith("system\nYou are")
    _, [window] = read(FILES["openmathreasoning"])
    assert [example.question_cut for example in window.examples] == [False]


def test_formats(tinyv: Tinyv) -> None:
    """The formats are listed for people and as JSON."""
    table = tinyv("formats")
    assert [line.split()[0] for line in table.stdout.splitlines() if line[0] != " "] == ["format", *BY_NAME]
    listed = json.loads(tinyv("formats", "--json").stdout)
    assert [each["name"] for each in listed] == list(BY_NAME)
    assert listed[0]["gold"] == ["tinyv_gold"]


def test_format_option(tinyv: Tinyv, tmp_path: Path) -> None:
    """--format forces a format in audit and golds, which say so; an unknown one is one line."""
    path = FILES["verl-rollouts"]
    done = tinyv("audit", path, "--model", "none", "--rule", "exact", "-o", "a.parquet")
    assert done.returncode == 0, done.stderr
    assert f"{path}: read as verl-rollouts rows: the question is 'input'" in done.stderr
    forced = tinyv("golds", path, "--format", "plain", "--gold", "gts", "--rule", "exact")
    assert f"{path}: read as plain rows: the question is 'input'" in forced.stderr
    unknown = tinyv("audit", path, "--format", "verk")
    assert (unknown.returncode, unknown.stderr) == (
        2,
        "tinyv: no format is named 'verk'; tinyv formats lists them; did you mean 'verl'?\n",
    )


def test_audited_again(tinyv: Tinyv) -> None:
    """What tinyv has written of a format is read as what it wrote, not exploded once more."""
    for output in ("once.parquet", "twice.parquet"):
        source = FILES["hardverify"] if output == "once.parquet" else "once.parquet"
        done = tinyv("audit", source, "--model", "none", "--rule", "exact", "-o", output, "--json")
        summary = json.loads(done.stdout)
        assert (summary["read"]["examples"], summary["label"]["column"]) == (2, "truth")


def test_inspect_log_without_inspect_ai(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where inspect_ai is missing, a log in Inspect's own format is one line that says what to install."""
    monkeypatch.setitem(sys.modules, "inspect_ai", None)
    (tmp_path / "x.eval").write_bytes(b"PK")
    with pytest.raises(SourceError, match=r"x.eval: .* pip install inspect-ai"):
        read(tmp_path / "x.eval")


def test_inspect_log(tmp_path: Path) -> None:
    """Where it is there, the samples are those of the same log as JSON."""
    log = pytest.importorskip("inspect_ai.log", reason="inspect_ai is not installed")
    log.write_eval_log(log.read_eval_log(str(FILES["inspect"])), str(tmp_path / "x.eval"))
    mapping, [window] = read(tmp_path / "x.eval")
    json_mapping, [json_window] = read(FILES["inspect"])
    assert (mapping, window.examples) == (json_mapping, json_window.examples)
    (tmp_path / "broken.eval").write_bytes(b"PK")
    with pytest.raises(SourceError, match=r"broken.eval: not readable as a log of Inspect"):
        read(tmp_path / "broken.eval")
