"""Which field of a row is the question, the gold, the response and the label.

The format of the rows says so, or else the usual names; dotted paths given by the user overrule both.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from tinyv_cli.errors import SourceError
from tinyv_cli.sources.dialects import PLAIN, Dialect, dialect_named, matching, recognised
from tinyv_cli.sources.rows import Rows, field_path, path_parts, values_at
from tinyv_cli.words import FALSE_WORDS, TRUE_WORDS

# In order of preference.
NAMES: dict[str, tuple[str, ...]] = {
    "question": (
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

# The column that says of each rollout whether it is right, where the format knows that from where it stands.
TRUTH = "truth"
NO_RESPONSES = (
    "there are golds but no responses; check them with tinyv golds, or name a column with --response COLUMN"
)

Test = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Paths of the fields, as dotted text; None where there is none.

    `recorded` are verdicts that the user's rule reads, `verdicts` those that the format has. `paired` are
    columns of lists beside that of responses, `gold_index` the positions in a list of golds, `truths` what
    is known of the rollouts of every row. `once` names a field and the value of it that the rows have which
    are read: others repeat them.
    """

    question: str | None
    gold: str
    response: str | None = None
    label: str | None = None
    by: str | None = None
    recorded: tuple[str, ...] = ()
    dialect: str = PLAIN
    group: str | None = None
    verdicts: tuple[str, ...] = ()
    paired: tuple[str, ...] = ()
    gold_index: str | None = None
    truths: tuple[bool, ...] = ()
    once: tuple[str, Any] | None = None

    def __str__(self) -> str:
        gold = self.gold if self.gold_index is None else f"{self.gold} at {self.gold_index}"
        roles = [("question", self.question), ("gold", gold), ("response", self.response)]
        roles += [("label", self.label), ("by", self.by), ("group", self.group)]
        roles += [("recorded", path) for path in self.recorded]
        roles += [("verdict", path) for path in self.verdicts if path not in self.recorded]
        shown = ", ".join(f"{role} = {path}" for role, path in roles if path)
        shown += "" if self.once is None else f"; only where {self.once[0]} = {self.once[1]}"
        return shown if self.dialect == PLAIN else f"{self.dialect}: {shown}"


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the user says of the fields; None leaves the choice to us.

    `recorded`: where verdicts stand. `format`: the name of a dialect, which is then not recognised.
    `labelled`: there must be labels.
    """

    question: str | None = None
    gold: str | None = None
    response: str | None = None
    label: str | None = None
    by: str | None = None
    recorded: tuple[str, ...] = ()
    format: str | None = None
    labelled: bool = False


def choose_mapping(
    rows: Rows, overrides: Overrides, *, source: str, responses: bool | None = True
) -> Mapping:
    """Find the fields in a source's first rows. Raises SourceError that lists the columns there are.

    Without `responses`, only gold and question are looked for: the rest says something of a response. None:
    there may be responses or not.
    """
    dialect = (
        recognised(rows, usual_responses=NAMES["response"])
        if overrides.format is None
        else dialect_named(overrides.format)
    )
    asked = _Asked(rows, dialect, source)
    response = asked.response(overrides.response, needed=responses)
    gold = asked.required("gold", overrides.gold, taken={response})
    taken = {response, gold}
    question = asked.given("question", overrides.question) or asked.usual("question", taken=taken)
    indexed = gold in dialect.gold and overrides.gold is None
    mapping = Mapping(
        question,
        gold,
        dialect=dialect.name,
        group=_found(dialect.group, rows),
        gold_index=_found(dialect.gold_index, rows) if indexed else None,
        once=_once(dialect, rows),
    )
    if response is None:
        return mapping
    label = asked.given("label", overrides.label, only=_is_truth, wanted="true or false")
    by = asked.given("by", overrides.by, only=_is_plain, wanted="single values")
    label = label or asked.usual("label", taken=taken, only=_is_truth)
    by = by or _found((*dialect.by, *GROUP_NAMES), rows, taken=taken, only=_is_plain)
    for field in overrides.recorded:
        asked.given("rule", field)
    known = label is None and response in dialect.response and TRUTH not in rows.columns
    truths = dialect.truths if known else ()
    if overrides.labelled and not (label or truths):
        asked.refuse_unlabelled(taken)
    return replace(
        mapping,
        response=response,
        label=TRUTH if truths else label,
        by=by,
        recorded=overrides.recorded,
        verdicts=matching(dialect.verdicts, rows),
        paired=tuple(name for name in (*dialect.paired, label) if name in rows.columns),
        truths=truths,
    )


def _once(dialect: Dialect, rows: Rows) -> tuple[str, Any] | None:
    """Which of the rows that repeat the same responses are read: those like the first."""
    if dialect.once not in rows.columns:
        return None
    return dialect.once, next(iter(rows.values((dialect.once,))), None)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Looks for fields in the rows of a source that has this format."""

    rows: Rows
    dialect: Dialect
    source: str

    def required(self, role: str, given: str | None, *, taken: Iterable[str | None] = ()) -> str:
        """The field for a role that must be there. Raises SourceError that says what to do."""
        path = self.given(role, given) or self.usual(role, taken=taken)
        if path is None:
            raise SourceError(f"{self.source}: {self._missing(role)}")
        return path

    def response(self, given: str | None, *, needed: bool | None) -> str | None:
        """The field of responses, which may be `needed`, not wanted, or welcome where there is one (None)."""
        if needed is None:
            return self.given("response", given) or self.usual("response")
        return self.required("response", given) if needed else None

    def refuse_unlabelled(self, taken: Iterable[str | None]) -> NoReturn:
        """Raise SourceError: there is no label, or what is named like one is something else."""
        self.given("label", self.usual("label", taken=taken), only=_is_truth, wanted="true or false")
        raise SourceError(f"{self.source}: {self._missing('label')}")

    def usual(self, role: str, *, taken: Iterable[str | None] = (), only: Test | None = None) -> str | None:
        """Where the format has it, else the first of the usual names."""
        own: tuple[str, ...] = getattr(self.dialect, role)
        return _found((*own, *NAMES[role]), self.rows, taken=taken, only=only)

    def given(self, role: str, path: str | None, *, only: Test | None = None, wanted: str = "") -> str | None:
        """The path that the user gave, checked. Raises SourceError."""
        if path is None:
            return None
        for part in path_parts(path, self.rows):
            self._check(role, part, only=only, wanted=wanted)
        return path

    def _check(self, role: str, path: str, *, only: Test | None, wanted: str) -> None:
        if field_path(path, self.rows)[0] not in self.rows.columns:
            raise SourceError(f"{self.source}: no column '{path}' for --{role}; it has {self._listed()}")
        values = [value for value in values_at(path, self.rows) if value is not None]
        if not values and path not in self.rows.columns:
            raise SourceError(
                f"{self.source}: nothing at '{path}' for --{role} in the first rows; check the path"
            )
        wrong = [value for value in values if only is not None and not only(value)]
        if wrong:
            raise SourceError(
                f"{self.source}: --{role} {path} needs {wanted}, it holds {str(wrong[0])[:40]!r}; "
                "name another column"
            )

    def _missing(self, role: str) -> str:
        if role == "gold" and self.dialect.no_gold is not None:
            return f"no gold found; {self.dialect.no_gold}, or name a column with --gold COLUMN"
        if role == "response" and self.dialect.dataset:
            return f"in {self.dialect.name} files {NO_RESPONSES}"
        return f"no {role} column found; it has {self._listed()}; name it with --{role} COLUMN"

    def _listed(self) -> str:
        return ", ".join(self.rows.columns) or "no columns"


def _found(
    paths: Iterable[str], rows: Rows, *, taken: Iterable[str | None] = (), only: Test | None = None
) -> str | None:
    """The first of the paths that holds something; a column of its own may hold nothing in the first rows."""
    for path in paths:
        spelled = _spelled(path, rows)
        if spelled is None or spelled in taken:
            continue
        values = [value for value in values_at(spelled, rows) if value is not None]
        if (values or "." not in path) and (only is None or all(map(only, values))):
            return spelled
    return None


def _spelled(path: str, rows: Rows) -> str | None:
    """The path with its column as the rows spell it, of several those there are; None where there is none."""
    columns = {column.lower(): column for column in rows.columns}
    parts = [part.split(".") for part in path.split(",")]
    there = [".".join([columns[first], *rest]) for first, *rest in parts if first in columns]
    return ",".join(there) or None


def _is_plain(value: Any) -> bool:
    return not isinstance(value, dict | list | bytes)


def _is_truth(value: Any) -> bool:
    """Whether this is a label, or a list of labels, one for each response."""
    if isinstance(value, list):
        return all(each is None or truth_of(each) is not None for each in value)
    return truth_of(value) is not None


def truth_of(value: Any) -> bool | None:
    """A label as a boolean: booleans, 0 and 1, and their usual spellings; None for anything else."""
    spelled = str(value).strip().lower()
    if spelled in TRUE_WORDS:
        return True
    return False if spelled in FALSE_WORDS else None


def kept_columns(rows: Rows, select: Sequence[str], overrides: Overrides, *, source: str) -> tuple[str, ...]:
    """The selected columns, and those that the user names for the summary, which reads them from the output.

    Raises SourceError for a column that is not there.
    """
    for name in select:
        if name not in rows.columns:
            raise SourceError(f"{source}: no column '{name}' for --select; it has {', '.join(rows.columns)}")
    named = [field_path(path, rows)[0] for path in (overrides.label, overrides.by) if path]
    return tuple(dict.fromkeys([*select, *named]))


def within(kept: Sequence[str], mapping: Mapping, rows: Rows) -> Mapping:
    """The mapping without a label, a group or lists that the output will not have."""

    def seen(path: str | None) -> str | None:
        return path if path and field_path(path, rows)[0] in kept else None

    paired = tuple(name for name in mapping.paired if name in kept)
    return replace(mapping, label=seen(mapping.label), by=seen(mapping.by), paired=paired)


def needed_columns(kept: Sequence[str], mapping: Mapping, rows: Rows) -> list[str]:
    """What has to be read: the columns that are kept, and those in which the mapped fields stand."""
    once = mapping.once[0] if mapping.once else None
    fields = (mapping.question, mapping.gold, mapping.gold_index, mapping.response, mapping.label, mapping.by)
    paths = [path for path in (*fields, once, *mapping.recorded, *mapping.paired) if path]
    parts = [part for path in paths for part in path_parts(path, rows)]
    needed = {*kept, *(field_path(part, rows)[0] for part in parts)}
    return [column for column in rows.columns if column in needed]
