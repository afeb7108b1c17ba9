"""Which columns are the question, the gold, the response and the label."""

from typing import Any

import pyarrow as pa
import pytest

from tinyv_cli.errors import SourceError
from tinyv_cli.sources.mapping import Mapping, Overrides, choose_mapping, truth_of
from tinyv_cli.sources.rows import ArrowRows, DictRows, field_path

Row = dict[str, Any]


def chosen(*rows: Row, **overrides: Any) -> Mapping:
    return choose_mapping(DictRows(list(rows)), Overrides(**overrides), source="x.jsonl")


# Rows as the tools write them, with the fields that must be found: question, gold, response.
FORMATS: dict[str, tuple[Row, str | None, str, str]] = {
    "plain": ({"question": "q", "answer": "5", "response": "r"}, "question", "answer", "response"),
    "verl generation": (
        {
            "data_source": "math",
            "prompt": [{"role": "user", "content": "q"}],
            "reward_model": {"ground_truth": "5", "style": "rule"},
            "responses": ["r"],
        },
        "prompt",
        "reward_model.ground_truth",
        "responses",
    ),
    "verl rollout dump": (
        {"input": "q", "output": "r", "gts": "5", "score": 0.0, "step": 1},
        "input",
        "gts",
        "output",
    ),
    "SkyRL": (
        {"prompt": "q", "reward_spec": {"ground_truth": "5"}, "response": "r"},
        "prompt",
        "reward_spec.ground_truth",
        "response",
    ),
    "SkyRL evaluation": (
        {"input_prompt": "q", "output_response": "r", "gold": "5"},
        "input_prompt",
        "gold",
        "output_response",
    ),
    "OpenR1-Math": (
        {"problem": "q", "solution": "One sees that it is 5.", "answer": "5", "generations": ["It is 5."]},
        "problem",
        "answer",
        "generations",
    ),
    "open-r1 pass rates": (
        {"prompt": "q", "solution": "5", "pass_rate_generations": ["r"]},
        "prompt",
        "solution",
        "pass_rate_generations",
    ),
    "TRL completions": (
        {"prompt": "q", "completion": "r", "solution": "5"},
        "prompt",
        "solution",
        "completion",
    ),
    "NeMo-Skills": (
        {"problem": "q", "expected_answer": "5", "generation": "r", "predicted_answer": "6"},
        "problem",
        "expected_answer",
        "generation",
    ),
    "OpenMathReasoning": (
        {"problem": "q", "expected_answer": "5", "generated_solution": "r"},
        "problem",
        "expected_answer",
        "generated_solution",
    ),
    "OpenCompass": (
        {"origin_prompt": "q", "prediction": "r", "gold": "5"},
        "origin_prompt",
        "gold",
        "prediction",
    ),
    "an answer beside a prediction is the gold": (
        {"question": "q", "answer": "5", "prediction": "r"},
        "question",
        "answer",
        "prediction",
    ),
    "lm-eval": (
        {"doc": {"problem": "q"}, "target": "5", "response": "r"},
        "doc.problem",
        "target",
        "response",
    ),
    "no question": ({"gold": "5", "response": "r"}, None, "gold", "response"),
    "other case": ({"Problem": "q", "Answer": "5", "Response": "r"}, "Problem", "Answer", "Response"),
    "ours, audited again": (
        {"question": "?", "gold": "?", "response": "?"}
        | {"tinyv_question": "q", "tinyv_gold": "5", "tinyv_response": "r"},
        "tinyv_question",
        "tinyv_gold",
        "tinyv_response",
    ),
}


@pytest.mark.parametrize(("row", "question", "gold", "response"), FORMATS.values(), ids=FORMATS)
def test_known_formats(row: Row, question: str | None, gold: str, response: str) -> None:
    """The files that common tools write are read without a word of configuration."""
    mapping = chosen(row)
    assert (mapping.question, mapping.gold, mapping.response) == (question, gold, response)


@pytest.mark.parametrize(("row", "question", "gold", "response"), FORMATS.values(), ids=FORMATS)
def test_parquet_alike(row: Row, question: str | None, gold: str, response: str) -> None:
    """The same rows from Parquet are mapped the same."""
    assert choose_mapping(ArrowRows(pa.Table.from_pylist([row])), Overrides(), source="x") == chosen(row)


BASE = {"question": "q", "gold": "5", "response": "r"}


@pytest.mark.parametrize(
    "overrides",
    [
        {"gold": "other"},
        {"gold": "nested.gold"},
        {"gold": "turns.0.value"},
        {"gold": "dotted.name"},
        {"response": "other"},
        {"question": "nested.gold"},
        {"label": "right"},
        {"by": "nested.gold"},
    ],
)
def test_overrides(overrides: dict[str, str]) -> None:
    """What the user says of a field is taken as said."""
    row: Row = BASE | {"other": "x", "nested": {"gold": "y"}, "turns": [{"value": "z"}], "dotted.name": "w"}
    row["right"] = True
    mapping = chosen(row, **overrides)
    [(role, path)] = overrides.items()
    assert getattr(mapping, role) == path


@pytest.mark.parametrize(
    ("row", "overrides", "message"),
    [
        (
            {"question": "q", "response": "r"},
            {},
            "x.jsonl: no gold column found; it has question, response; name it with --gold COLUMN",
        ),
        ({"gold": "5"}, {}, "x.jsonl: no response column found; it has gold; name it with --response COLUMN"),
        ({}, {}, "x.jsonl: no response column found; it has no columns; name it with --response COLUMN"),
        (BASE, {"gold": "nope"}, "x.jsonl: no column 'nope' for --gold; it has question, gold, response"),
        (
            BASE,
            {"response": "nope.x"},
            "x.jsonl: no column 'nope.x' for --response; it has question, gold, response",
        ),
        (
            BASE,
            {"question": "nope"},
            "x.jsonl: no column 'nope' for --question; it has question, gold, response",
        ),
        (BASE, {"label": "nope"}, "x.jsonl: no column 'nope' for --label; it has question, gold, response"),
        (BASE, {"by": "nope"}, "x.jsonl: no column 'nope' for --by; it has question, gold, response"),
        (
            BASE | {"score": 0.3},
            {"label": "score"},
            "x.jsonl: --label score needs true or false, it holds '0.3'; name another column",
        ),
        (
            BASE | {"tags": ["a", "b"]},
            {"by": "tags"},
            "x.jsonl: --by tags needs single values, it holds \"['a', 'b']\"; name another column",
        ),
    ],
)
def test_messages(row: Row, overrides: dict[str, str], message: str) -> None:
    """A field that cannot be found is an error that lists the columns and names the option."""
    with pytest.raises(SourceError) as raised:
        chosen(row, **overrides)
    assert str(raised.value) == message


ASKED: dict[str, tuple[list[Row], str]] = {
    "two golds that differ": (
        [{"question": "q", "target": str(i), "expected": str(-i), "response": "It is so."} for i in range(4)],
        'x.jsonl: which field is the gold? name it: --gold target ("0", "1") or --gold expected ("0", "-1")',
    ),
    "two responses": (
        [{"question": "q", "gold": "5", "model output": "a b", "response": "c d"}],
        "x.jsonl: which field is the response? name it: --response 'model output' (\"a b\") or "
        '--response response ("c d")',
    ),
    "a solution, by whomever": (
        [{"question": "q", "gold": "5", "solution": "One sees at once that this can be nothing else."}],
        "x.jsonl: no response column found; it has question, gold, solution; name it with --response COLUMN; "
        'it may be --response solution ("One sees at once that this can be nothi…")',
    ),
    "a gold of no telling name": (
        [{"question": "q", "thing": str(i), "response": "It is so."} for i in range(2)],
        "x.jsonl: no gold column found; it has question, thing, response; name it with --gold COLUMN; "
        'it may be --gold thing ("0", "1")',
    ),
}


@pytest.mark.parametrize(("rows", "message"), ASKED.values(), ids=ASKED)
def test_asked(rows: list[Row], message: str) -> None:
    """Where two fields are as good, or no name tells, the user is asked, with options to copy."""
    with pytest.raises(SourceError) as raised:
        chosen(*rows)
    assert str(raised.value) == message


def test_texts_in_lists_are_told() -> None:
    """Where no response is found, texts inside lists are named, as a path that may be given."""
    row = {"gold": "5", "steps": [{"remark": "x y " * 20}]}
    with pytest.raises(
        SourceError, match=r"it has gold, steps; texts: steps\.\*\.remark \(80 characters\); name"
    ):
        chosen(row)
    assert chosen(row, response="steps.*.remark").response == "steps.*.remark"


@pytest.mark.parametrize(
    ("name", "value", "label", "verdicts"),
    [
        ("is_correct", True, None, ("is_correct",)),
        ("score", 0.5, None, ("score",)),
        ("Correct?", "Yes", None, ("Correct?",)),
        ("exact_match", 1, None, ("exact_match",)),
        ("human_verdict", True, "human_verdict", ()),
        ("truth", False, "truth", ()),
        ("label", "yes", "label", ()),
    ],
)
def test_recorded_verdicts(name: str, value: Any, label: str | None, verdicts: tuple[str, ...]) -> None:
    """What a rule has recorded is no truth; what a person says is, and what the user names."""
    mapping = chosen(BASE | {name: value})
    assert (mapping.label, mapping.verdicts) == (label, verdicts)
    if value is True:
        assert chosen(BASE | {name: value}, label=name).label == name


def test_labels_are_needed() -> None:
    """Where labels are needed, a recorded verdict is named but not taken."""
    with pytest.raises(
        SourceError, match=r"no label column found; .*; is_correct says what a rule or judge recorded"
    ):
        chosen(BASE | {"is_correct": True}, labelled=True)


def test_one_column_has_one_role() -> None:
    """A column that is the response is not the gold as well."""
    with pytest.raises(SourceError, match="no gold column found"):
        chosen({"answer": "5"}, response="answer")


def test_nested_field_without_values() -> None:
    """A struct that happens to lack the field is passed over for the next name."""
    row = {"reward_model": {"style": "rule"}, "answer": "5", "response": "r"}
    assert chosen(row).gold == "answer"


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([True, False], "label"),
        ([1, 0], "label"),
        ([1.0, None], "label"),
        (["yes", "No"], "label"),
        (["true", None], "label"),
        ([0.3, 1.0], None),
        (["5", "6"], None),
        ([[True], [False, None]], "label"),
        ([[True], [0.3]], None),
    ],
)
def test_label(values: list[Any], found: str | None) -> None:
    """A column of that name is a label only if all that it holds is a truth value."""
    assert chosen(*({**BASE, "label": value} for value in values)).label == found


@pytest.mark.parametrize(
    ("extra", "found"),
    [
        ({"source": "aime"}, "source"),
        ({"data_source": "math"}, "data_source"),
        ({"subject": "algebra", "source": "aime"}, "source"),
        ({"domain": ["algebra"]}, None),
        ({"domain": ["algebra"], "type": "x"}, "type"),
        ({"category": None}, "category"),
        ({}, None),
    ],
)
def test_by(extra: Row, found: str | None) -> None:
    """The summary is split by a usual column of plain values, if there is one."""
    assert chosen(BASE | extra).by == found


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (True, True),
        (1, True),
        (1.0, True),
        ("1", True),
        ("TRUE ", True),
        ("yes", True),
        (False, False),
        (0, False),
        ("0.0", False),
        (" No", False),
        (None, None),
        ("n/a", None),
        (-1, None),
        (0.5, None),
        ("", None),
    ],
)
def test_truth_of(value: Any, truth: bool | None) -> None:
    """Labels in their usual spellings; whatever else says nothing."""
    assert truth_of(value) is truth


@pytest.mark.parametrize(
    ("path", "steps"), [("a", ("a",)), ("a.b.0", ("a", "b", "0")), ("dotted.name", ("dotted.name",))]
)
def test_field_path(path: str, steps: tuple[str, ...]) -> None:
    """Dots lead inside, unless a column's own name holds them."""
    assert field_path(path, DictRows([{"a": 1, "dotted.name": 2}])) == steps


def test_shown() -> None:
    """A mapping is shown in one line, without the roles that nobody has."""
    assert str(Mapping(question=None, gold="answer", response="output", by="source")) == (
        "gold = answer, response = output, by = source"
    )
