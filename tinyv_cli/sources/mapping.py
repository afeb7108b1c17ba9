"""Which field of a row is the question, the gold, the response and the label.

The usual names are known; dotted paths given by the user overrule them.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from tinyv_cli.errors import SourceError
from tinyv_cli.sources.rows import FieldPath, Rows
from tinyv_cli.words import FALSE_WORDS, TRUE_WORDS

# In order of preference. Ours come first, so that an annotated file can be audited again.
NAMES: dict[str, tuple[str, ...]] = {
    "question": (
        "tinyv_question",
        "question",
        "problem",
        "query",
        "prompt",
        "input",
        "instruction",
        "origin_prompt",
        "input_prompt",
        "doc.problem",
        "doc.question",
        "extra_info.question",
    ),
    "gold": (
        "tinyv_gold",
        "gold",
        "ground_truth",
        "reward_model.ground_truth",
        "reward_spec.ground_truth",
        "expected_answer",
        "final_answer",
        "reference_answer",
        "answer",
        "target",
        "gts",
        "reference",
        "solution",
    ),
    "response": (
        "tinyv_response",
        "response",
        "responses",
        "completion",
        "completions",
        "generation",
        "generations",
        "output",
        "outputs",
        "prediction",
        "predictions",
        "model_answer",
        "output_response",
        "generated_solution",
        "pass_rate_generations",
    ),
    "label": ("truth", "is_correct", "human_label", "label"),
}
# Columns by which people group their rows; the first that is there splits the summary.
GROUP_NAMES = ("source", "data_source", "dataset", "domain", "subject", "category", "problem_type", "type")

Test = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Paths of the fields, as dotted text; None where there is none."""

    question: str | None
    gold: str
    response: str | None = None
    label: str | None = None
    by: str | None = None
    recorded: tuple[str, ...] = ()

    def __str__(self) -> str:
        roles = {role: path for role, path in asdict(self).items() if path and role != "recorded"}
        pairs = [*roles.items(), *(("recorded", path) for path in self.recorded)]
        return ", ".join(f"{role} = {path}" for role, path in pairs)


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the user says of the fields; None leaves the choice to us. `recorded`: where verdicts stand."""

    question: str | None = None
    gold: str | None = None
    response: str | None = None
    label: str | None = None
    by: str | None = None
    recorded: tuple[str, ...] = ()


def choose_mapping(rows: Rows, overrides: Overrides, *, source: str, responses: bool = True) -> Mapping:
    """Find the fields in a source's first rows. Raises SourceError that lists the columns there are.

    Without `responses`, only gold and question are looked for: the rest says something of a response.
    """
    response = _required("response", rows, overrides.response, source=source) if responses else None
    gold = _required("gold", rows, overrides.gold, source=source, taken={response})
    taken = {response, gold}
    question = _given("question", rows, overrides.question, source=source)
    question = question or _found(NAMES["question"], rows, taken=taken)
    if not responses:
        return Mapping(question, gold)
    label = _given("label", rows, overrides.label, source=source, only=_is_truth, wanted="true or false")
    by = _given("by", rows, overrides.by, source=source, only=_is_plain, wanted="single values")
    label = label or _found(NAMES["label"], rows, taken=taken, only=_is_truth)
    by = by or _found(GROUP_NAMES, rows, taken=taken, only=_is_plain)
    for field in overrides.recorded:
        _given("rule", rows, field, source=source)
    return Mapping(question, gold, response, label=label, by=by, recorded=overrides.recorded)


def _required(
    role: str, rows: Rows, given: str | None, *, source: str, taken: Iterable[str | None] = ()
) -> str:
    path = _given(role, rows, given, source=source) or _found(NAMES[role], rows, taken=taken)
    if path is None:
        raise SourceError(
            f"{source}: no {role} column found; it has {_listed(rows)}; name it with --{role} COLUMN"
        )
    return path


def _given(
    role: str, rows: Rows, given: str | None, *, source: str, only: Test | None = None, wanted: str = ""
) -> str | None:
    if given is None:
        return None
    if field_path(given, rows)[0] not in rows.columns:
        raise SourceError(f"{source}: no column '{given}' for --{role}; it has {_listed(rows)}")
    values = [value for value in rows.values(field_path(given, rows)) if value is not None]
    if not values and given not in rows.columns:
        raise SourceError(f"{source}: nothing at '{given}' for --{role} in the first rows; check the path")
    if only is not None:
        for value in values:
            if not only(value):
                raise SourceError(
                    f"{source}: --{role} {given} needs {wanted}, it holds {str(value)[:40]!r}; "
                    "name another column"
                )
    return given


def _listed(rows: Rows) -> str:
    return ", ".join(rows.columns) or "no columns"


def _found(
    names: Iterable[str], rows: Rows, *, taken: Iterable[str | None] = (), only: Test | None = None
) -> str | None:
    spelled = {column.lower(): column for column in rows.columns}
    for name in names:
        column = spelled.get(name.split(".")[0])
        if column is None:
            continue
        path = ".".join([column, *name.split(".")[1:]])
        if path in taken:
            continue
        values = [value for value in rows.values(field_path(path, rows)) if value is not None]
        if (values or "." not in name) and (only is None or all(map(only, values))):
            return path
    return None


def _is_plain(value: Any) -> bool:
    return not isinstance(value, dict | list | bytes)


def _is_truth(value: Any) -> bool:
    return truth_of(value) is not None


def truth_of(value: Any) -> bool | None:
    """A label as a boolean: booleans, 0 and 1, and their usual spellings; None for anything else."""
    spelled = str(value).strip().lower()
    if spelled in TRUE_WORDS:
        return True
    return False if spelled in FALSE_WORDS else None


def field_path(path: str, rows: Rows) -> FieldPath:
    """The path's steps; a column whose own name holds the dots is one step."""
    return (path,) if path in rows.columns else tuple(path.split("."))
