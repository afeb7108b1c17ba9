"""Which field of a row is the question, the gold, the response and the label.

The format of the rows says so, or else the names of the fields and what they hold; dotted paths given by the
user overrule both.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NoReturn

from tinyv_cli.errors import NoSamplesError, SourceError
from tinyv_cli.sources.chat import question_of
from tinyv_cli.sources.chat import said as has_text
from tinyv_cli.sources.dialects import PLAIN, Dialect, dialect_named, matching, recognised
from tinyv_cli.sources.fields import Field, field_at, fields_of, is_list_written, rollouts_at
from tinyv_cli.sources.names import Sense
from tinyv_cli.sources.roles import Choice, Roles
from tinyv_cli.sources.rows import JOINT, Rows, field_path, path_parts, values_at
from tinyv_cli.words import FALSE_WORDS, TRUE_WORDS

# Columns by which people group their rows; the first that is there splits the summary.
GROUP_NAMES = ("source", "data_source", "dataset", "domain", "subject", "category", "problem_type", "type")

# The column that says of each rollout whether it is right, where the format knows that from where it stands.
TRUTH = "truth"
NO_RESPONSES = (
    "there are golds but no responses; check them with tinyv golds, or name a column with --response COLUMN"
)

# What is longer is no answer, and may be a response.
MIN_TOLD_CHARS = 40
MAX_SHOWN_CHARS = 40
MAX_LISTED = 40  # of fields that a message offers or names
_LETTERS = frozenset("abcdefghij")
_VERDICTS = frozenset({*"abc", *(word for word in (*TRUE_WORDS, *FALSE_WORDS) if word.isalpha())})
_NUMBER = re.compile(r"-?(?:[\d.]+(?:[eE][+-]?\d+)?|inf|nan)")

Test = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Paths of the fields, as dotted text; None where there is none.

    `recorded` are verdicts that the user's rule reads, `verdicts` those that the format has. `paired` are
    columns of lists beside that of responses, `gold_index` the positions in a list of golds, `truths` what
    is known of the rollouts of every row. `once` names a field and the value of it that the rows have which
    are read: others repeat them. `listed`: lists of responses are written as text. `gold_each`: of a list of
    golds each belongs to one response. `notes` are what the user should know of the choice.
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
    listed: bool = False
    gold_each: bool = False
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        gold = self.gold if self.gold_index is None else f"{self.gold} at {self.gold_index}"
        roles = [("question", self.question), ("gold", gold), ("response", self.response)]
        roles += [("label", self.label), ("by", self.by), ("group", self.group)]
        roles += [("recorded", path) for path in self.recorded]
        roles += [("verdict", path) for path in self.verdicts if path not in self.recorded]
        shown = ", ".join(f"{role} = {path}" for role, path in roles if path)
        shown += "" if self.once is None else f"; only where {self.once[0]} = {self.once[1]}"
        return shown if self.dialect == PLAIN else f"{self.dialect}: {shown}"

    def in_words(self) -> str:
        """The choice for people who do not know our words for the fields."""
        gold = self.gold if self.gold_index is None else f"{self.gold} at {self.gold_index}"
        told = [
            ("the question is", self.question),
            ("the right answer (gold) is", gold),
            ("the model's response is", self.response),
            ("the truth of each is", self.label),
            ("the summary is split by", self.by),
            ("rollouts of one question share", self.group),
            ("recorded verdicts are", ", ".join(dict.fromkeys((*self.recorded, *self.verdicts)))),
        ]
        shown = ", ".join(f"{what} '{path}'" for what, path in told if path)
        only = "" if self.once is None else f"; only rows whose '{self.once[0]}' is {self.once[1]}"
        return f"read as {self.dialect} rows: {shown}{only}"


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
    """Find the fields in a source's first rows. Raises SourceError that lists what there is to choose from.

    Without `responses`, only gold and question are looked for, and what the user names: the rest says
    something of a response. None: there may be responses or not; where what looks like them is none, there
    are not.
    """
    if responses is None and overrides.response is None:
        with suppress(SourceError):
            return _chosen_mapping(rows, overrides, source, responses)
        responses = False
    return _chosen_mapping(rows, overrides, source, responses)


def _chosen_mapping(rows: Rows, overrides: Overrides, source: str, responses: bool | None) -> Mapping:
    dialect = recognised(rows) if overrides.format is None else dialect_named(overrides.format)
    asked = _Asked(rows, dialect, source)
    if dialect.unreadable is not None and not (overrides.gold and (overrides.response or responses is False)):
        raise SourceError(f"{source}: {dialect.unreadable}")
    response = asked.response(overrides.response, needed=responses)
    gold = asked.gold(overrides.gold, response)
    question = asked.question(overrides.question, response, gold)
    if response is not None and question is not None and overrides.response is None:
        asked.refuse_judged(question, gold, response)
    indexed = gold in dialect.gold and overrides.gold is None
    mapping = Mapping(
        question,
        gold,
        by=asked.given("by", overrides.by, only=_is_plain, wanted="single values"),
        dialect=dialect.name,
        group=_found(dialect.group, rows),
        gold_index=_found(dialect.gold_index, rows) if indexed else None,
        once=_once(dialect, rows),
    )
    return mapping if response is None else _judged(mapping, response, asked, overrides)


def _judged(mapping: Mapping, response: str, asked: "_Asked", overrides: Overrides) -> Mapping:
    """The mapping with the responses, and all that says something of them."""
    rows, dialect = asked.rows, asked.dialect
    taken: set[str | None] = {response, mapping.gold}
    label = asked.given("label", overrides.label, only=_is_truth, wanted="true or false")
    label = label or asked.label(taken)
    by = mapping.by or _found((*dialect.by, *GROUP_NAMES), rows, taken=taken, only=_is_plain)
    for field in overrides.recorded:
        asked.given("rule", field)
    known = label is None and response in dialect.response and not rows.has(TRUTH)
    truths = dialect.truths if known else ()
    if overrides.labelled and not (label or truths):
        asked.refuse_unlabelled(taken)
    paired = tuple(dict.fromkeys((*dialect.paired, *_beside(response, rows), *([label] if label else []))))
    return replace(
        mapping,
        response=response,
        label=TRUTH if truths else label,
        by=by,
        recorded=overrides.recorded,
        verdicts=asked.verdicts(taken | {label}),
        paired=tuple(name for name in paired if rows.has(name) and name != response),
        truths=truths,
        listed=is_list_written(response, rows),
        gold_each=mapping.question is None and mapping.gold in paired,
        notes=_notes(dialect, response),
    )


def _beside(response: str, rows: Rows) -> list[str]:
    """Columns of lists that are as long as those of the responses in every row: what is said of each."""
    if "," in response:
        return []
    lengths = [len(rollouts) for rollouts in rollouts_at(response, rows)]
    if max(lengths, default=0) <= 1:
        return []
    return [name for name in rows.columns if _are_as_long(rows.values((name,)), lengths)]


def _are_as_long(values: Sequence[Any], lengths: Sequence[int]) -> bool:
    """Whether each of the first rows holds a list of its length."""
    first = zip(values, lengths, strict=False)
    return all(isinstance(value, list) and len(value) == length for value, length in first)


def has_replies(mapping: Mapping) -> bool:
    """Whether there are responses of a model, not only the solutions that a dataset itself holds."""
    return mapping.response is not None and not _are_solutions(
        dialect_named(mapping.dialect), mapping.response
    )


def _are_solutions(dialect: Dialect, response: str | None) -> bool:
    return dialect.dataset and response in dialect.response


def _notes(dialect: Dialect, response: str) -> tuple[str, ...]:
    if _are_solutions(dialect, response):
        return ("the responses are the solutions that the dataset itself holds, not those of a model",)
    return ()


def _once(dialect: Dialect, rows: Rows) -> tuple[str, Any] | None:
    """Which of the rows that repeat the same responses are read: those like the first."""
    if dialect.once is None or not rows.has(dialect.once):
        return None
    return dialect.once, next(iter(rows.values((dialect.once,))), None)


@dataclass(frozen=True)
class _Asked:
    """Looks for fields in the rows of a source that has this format."""

    rows: Rows
    dialect: Dialect
    source: str

    def response(self, given: str | None, *, needed: bool | None) -> str | None:
        """The field of responses, which may be `needed`, not wanted, or welcome where there is one (None)."""
        if needed is False:
            return None
        path = self.given("response", given) or self._own("response")
        if path is not None:
            self._check_texts("response", path)
            return path
        choice = Choice() if self.dialect.dataset else self.roles.response
        return self._chosen("response", choice, needed=bool(needed))

    def gold(self, given: str | None, response: str | None) -> str:
        """The field of golds. Raises SourceError that says what to do without one."""
        path = self.given("gold", given) or self._own("gold", taken={response})
        if path is None:
            path = self._chosen("gold", self._roles_beside(response).gold, needed=True)
        else:
            self._check_texts("gold", path)
        return str(path)

    def question(self, given: str | None, response: str | None, gold: str) -> str | None:
        """The field of questions, None where there is none, or where the user wants none."""
        if given == "":
            return None
        path = self.given("question", given) or self._own("question", taken={response, gold})
        if path is not None:
            return path
        roles = self._roles_beside(response, gold)
        return self._chosen("question", roles.question, needed=False, sure=response is not None)

    def label(self, taken: set[str | None]) -> str | None:
        """Where it is known whether a response is right."""
        own = _found(self.dialect.label, self.rows, taken=taken, only=_is_truth)
        found = (path for path in self.roles.labels if path not in taken)
        return own or next((path for path in found if self._is_all_truth(path)), None)

    def verdicts(self, taken: set[str | None]) -> tuple[str, ...]:
        """What a rule or a judge has recorded."""
        if self.dialect.name != PLAIN:
            return matching(self.dialect.verdicts, self.rows)
        return tuple(path for path in self.roles.verdicts if path not in taken)

    @cached_property
    def roles(self) -> Roles:
        """The roles by names and evidence."""
        return Roles(self.rows)

    def _roles_beside(self, response: str | None, *taken: str) -> Roles:
        return Roles(self.rows, response=response, taken=taken, fields=self.roles.fields)

    def refuse_unlabelled(self, taken: set[str | None]) -> NoReturn:
        """Raise SourceError: there is no label, or what is named like one is something else."""
        for name in ("truth", "label"):
            if name in self.rows.columns and name not in taken:
                self.given("label", name, only=_is_truth, wanted="true or false")
        recorded = " or ".join(self.verdicts(taken))
        hint = (
            f"; {recorded} says what a rule or judge recorded: name it only if it is the truth"
            if recorded
            else ""
        )
        raise SourceError(f"{self.source}: {self._missing('label')}{hint}")

    def refuse_judged(self, question: str, gold: str, response: str) -> None:
        """Raise SourceError where the responses are verdicts on answers to questions that hold the golds."""
        asked, golds, said = (self._short(path) for path in (question, gold, response))
        are_verdicts = bool(said) and set(said) <= _VERDICTS
        if not are_verdicts or len(asked) != len(golds) or set(golds) <= {*_VERDICTS, *_LETTERS}:
            return
        if all(each and each in text for each, text in zip(golds, asked, strict=True)):
            raise SourceError(
                f"{self.source}: its responses are verdicts of a judge, whom its questions tell the golds; "
                "audit the responses that were judged, or name them with --response COLUMN"
            )

    def _short(self, path: str) -> list[str]:
        values = [] if JOINT in path else field_at(path, Sense.UNKNOWN, self.rows).values
        return [str(question_of(value).text).strip().lower() for value in values]

    def _own(self, role: str, *, taken: Iterable[str | None] = ()) -> str | None:
        """Where the format has it."""
        return _found(getattr(self.dialect, role), self.rows, taken=taken)

    def _chosen(self, role: str, choice: Choice, *, needed: bool, sure: bool = True) -> str | None:
        """The one field of a choice. Raises SourceError with those among which the user has to choose."""
        if choice.sure is not None:
            return choice.sure
        if not needed and not (role == "question" and sure and choice.fields):
            return None
        options = _some([_offered(role, field) for field in choice.fields], " or ")
        if role == "question":
            raise SourceError(
                f"{self.source}: which field is the question? name it: {options} or --question ''"
            )
        if options and not choice.is_guess:
            raise SourceError(f"{self.source}: which field is the {role}? name it: {options}")
        if options and (role == "response" or self.dialect.no_gold is None):
            raise SourceError(f"{self.source}: {self._missing(role)}; it may be {options}")
        is_empty = role == "response" or not (self.roles.gold.fields or self.roles.response.fields)
        raise (NoSamplesError if is_empty else SourceError)(f"{self.source}: {self._missing(role)}")

    def _check_texts(self, role: str, path: str) -> None:
        """Raise SourceError where objects or numbers stand instead of texts."""
        rollouts = [each for row in rollouts_at(path, self.rows) for each in row if each is not None]
        if _are_log_likelihoods(rollouts):
            raise SourceError(
                f"{self.source}: '{path}' holds log-likelihoods of given answers, no text by a model; "
                "run a task that generates its answers"
            )
        if rollouts and any(isinstance(each, dict) for each in rollouts) and not any(map(has_text, rollouts)):
            inside = [
                field for field in fields_of(self.rows) if field.path.startswith(f"{path}.") and field.flat
            ]
            options = _some([_offered(role, field) for field in inside], " or ")
            raise SourceError(
                f"{self.source}: '{path}' holds objects, no {role}; name what is meant: {options}"
            )

    def _is_all_truth(self, path: str) -> bool:
        return all(_is_truth(value) for value in values_at(path, self.rows) if value is not None)

    def given(self, role: str, path: str | None, *, only: Test | None = None, wanted: str = "") -> str | None:
        """The path that the user gave, checked. Raises SourceError."""
        if path is None:
            return None
        for part in path_parts(path, self.rows):
            self._check(role, part, only=only, wanted=wanted)
        return path

    def _check(self, role: str, path: str, *, only: Test | None, wanted: str) -> None:
        if not self.rows.has(field_path(path, self.rows)[0]):
            raise SourceError(f"{self.source}: no column '{path}' for --{role}; it has {self._listed()}")
        values = [value for value in values_at(path, self.rows) if value is not None]
        if not values and not self.rows.has(path):
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
        inside = [
            field for field in self.roles.fields if "*" in field.path and field.length >= MIN_TOLD_CHARS
        ]
        texts = "".join(f"; texts: {field.path} ({field.length:,.0f} characters)" for field in inside)
        return (_some(self.rows.columns, ", ") or "no columns") + texts


def _some(texts: Sequence[str], between: str) -> str:
    """The first of them; a table may have ten thousand columns."""
    more = len(texts) - MAX_LISTED
    return between.join([*texts[:MAX_LISTED], *([f"{more:,} more"] if more > 0 else [])])


def _offered(role: str, field: Field) -> str:
    """An option to copy, with what the field holds."""
    name = field.path if re.fullmatch(r"[\w.,-]+", field.path) else f"'{field.path}'"
    shown = [
        text if len(text) <= MAX_SHOWN_CHARS else f"{text[: MAX_SHOWN_CHARS - 1]}…" for text in field.flat[:2]
    ]
    examples = ", ".join(f'"{" ".join(text.split())}"' for text in shown)
    return f"--{role} {name} ({examples})"


def _are_log_likelihoods(rollouts: Sequence[Any]) -> bool:
    """Whether all are numbers and flags in turn, as lm-eval writes of answers that it did not generate."""
    texts = [str(each) for each in rollouts]
    flags, numbers = texts[1::2], texts[::2]
    return bool(flags) and set(flags) <= {"True", "False"} and all(map(_NUMBER.fullmatch, numbers))


def _found(
    paths: Iterable[str], rows: Rows, *, taken: Iterable[str | None] = (), only: Test | None = None
) -> str | None:
    """The first of the paths that holds something; a column of its own may hold nothing in the first rows."""
    for path in paths:
        spelled = _spelled(path, rows)
        if spelled is None or spelled in taken:
            continue
        values = [value for value in values_at(spelled, rows) if value not in (None, "", [])]
        if (values or "." not in path) and (only is None or all(map(only, values))):
            return spelled
    return None


def _spelled(path: str, rows: Rows) -> str | None:
    """The path as the rows spell it, of several those there are; None where there is none."""
    columns = {column.lower(): column for column in rows.columns}
    inner = {each.lower(): each for each in rows.paths()}

    def spelled(part: str) -> str | None:
        first, *rest = part.split(".")
        own = ".".join([columns[first.lower()], *rest]) if first.lower() in columns else None
        return inner.get(part.lower(), own)

    if JOINT in path:
        parts = [inner.get(part.lower()) for part in path.split(JOINT)]
        return None if None in parts else JOINT.join(map(str, parts))
    return ",".join(part for each in path.split(",") if (part := spelled(each))) or None


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
    paths = [path for path in (*fields, once, *mapping.recorded, *mapping.verdicts, *mapping.paired) if path]
    parts = [part for path in paths for part in path_parts(path, rows)]
    needed = {*kept, *(field_path(part, rows)[0] for part in parts)}
    return [column for column in rows.columns if column in needed]
