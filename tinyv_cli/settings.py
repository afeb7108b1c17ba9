"""What describes a machine or a model rather than a run, so that no command line need say it again.

An option comes before a variable TINYV_…, that before a file, that before the default. The file is the
nearest one upwards from the working folder: tinyv.toml, or a pyproject.toml with a table [tool.tinyv].
"""

import math
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, Literal, get_origin, get_type_hints

from tinyv_cli.errors import UsageError, did_you_mean
from tinyv_cli.words import (
    AUTO,
    DEFAULT_BATCH_TOKENS,
    DEFAULT_CONCURRENCY,
    DEFAULT_DEADLINE,
    DEFAULT_MODEL,
    DEFAULT_PART_EXAMPLES,
    DEFAULT_RULE,
    DEFAULT_RULE_MEMORY_MB,
    DEFAULT_RULE_TIMEOUT,
    DEFAULT_SURE,
    DEFAULT_THRESHOLD,
    FALSE_WORDS,
    PROMPT_NAMES,
    TRUE_WORDS,
    Requantize,
    Switch,
)

OWN_FILE, SHARED_FILE = "tinyv.toml", "pyproject.toml"
PREFIX = "TINYV_"
MODELS = "models"  # the table of tables that hold for one model each
DEFAULT = "default"
# Beyond these llama.cpp has no room for it, or ends the process.
MOST_THREADS, MOST_TOKENS, MOST_INT = 512, 1 << 16, 2**31 - 1
# What tinyv reads from the environment besides settings.
OTHER_VARIABLES = ("TINYV_API_KEY", "TINYV_REVIEWER", "TINYV_SERVE_TOKEN")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a setting may be. `of_text` makes of a variable's text what would stand in a file, and `made` of
    that the value; both may raise ValueError. `wanted` says it to people. `placed` is where a path that is
    meant from a folder leads.
    """

    wanted: str
    fits: Callable[[Any], bool]
    of_text: Callable[[str], Any] = str
    made: Callable[[Any], Any] = lambda value: value
    placed: Callable[[Any, Path], Any] = lambda value, _: value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _whole(least: int, most: float = math.inf) -> Kind:
    def fits(value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most

    return Kind(f"a whole number {_ends(least, most)}", fits, int)


def _ends(least: float, most: float) -> str:
    return f"from {least:g} on" if most == math.inf else f"from {least:g} to {most:g}"


def _between(least: float, most: float = math.inf) -> Kind:
    return Kind(
        f"a number {_ends(least, most)}", lambda it: _is_number(it) and least <= it <= most, float, float
    )


def _one_of(words: Iterable[str], made: Callable[[str], Any] = str) -> Kind:
    known = list(words)
    return Kind(f"one of {', '.join(known)}", known.__contains__, made=made)


def _truth(text: str) -> bool:
    if (spelled := text.strip().lower()) in TRUE_WORDS:
        return True
    if spelled in FALSE_WORDS:
        return False
    raise ValueError


def _is_text(value: Any) -> bool:
    """No name of anything has a NUL in it, and no system takes one."""
    return isinstance(value, str) and bool(value) and "\0" not in value


def _is_names(value: Any) -> bool:
    given = [value] if isinstance(value, str) else value
    return isinstance(given, list) and bool(given) and all(map(_is_text, given))


def _names(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _layers(text: str) -> int | str:
    return text if text == AUTO else int(text)


def _path_from(text: str, folder: Path) -> Path:
    return folder / Path(text).expanduser()


def _prompt_from(text: str, folder: Path) -> str:
    return text if text in PROMPT_NAMES else str(_path_from(text, folder))


NAMES = Kind("a name or a list of names", _is_names, str.split, _names)
TRUTH = Kind("true or false", lambda value: isinstance(value, bool), _truth)
TEXT = Kind("a text", _is_text)
PROMPT = replace(TEXT, wanted=f"one of {', '.join(PROMPT_NAMES)}, or a file", placed=_prompt_from)
LAYERS = Kind(
    f"{AUTO} or a whole number from 0 on", lambda it: it == AUTO or _whole(0, MOST_INT).fits(it), _layers
)


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a setting: what it may be, what it is for, and what holds where it has no value."""

    kind: Kind
    what: str
    unset: str = ""


FOLDER = replace(TEXT, placed=_path_from)
THOUGHTS = "let the model write down its thoughts before its verdict"
FORMAT = (
    "the format of weights on a CPU: auto is what the processor reads fastest, for nano and for what is slow"
)


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """What may be set for one model, and for all others."""

    prompt: Annotated[str | None, About(PROMPT, "how the model is asked", "its own, or tinyv")] = None
    think: Annotated[bool | None, About(TRUTH, THOUGHTS, "as it was trained")] = None
    requantize: Annotated[Requantize, About(_one_of(Requantize, Requantize), FORMAT)] = Requantize.AUTO


@dataclass(frozen=True, slots=True)
class Settings(ModelSettings):
    """Everything that can be set. `models` holds what is set for single models, by the name of --model."""

    rule: Annotated[
        tuple[str, ...],
        About(
            NAMES,
            "the rule, where no --rule is given",
            f"recorded, or {DEFAULT_RULE}",
        ),
    ] = ()
    model: Annotated[
        tuple[str, ...],
        About(NAMES, "the model, where no --model is given", f"{DEFAULT_MODEL}, where it can be run"),
    ] = ()
    threshold: Annotated[float, About(_between(0, 1), "from which p on an answer is correct")] = (
        DEFAULT_THRESHOLD
    )
    sure: Annotated[
        float, About(_between(0.5, 1), "how sure a model of a cascade must be to settle an answer")
    ] = DEFAULT_SURE
    workers: Annotated[
        int | None, About(_whole(1), "processes for the rule, and for proofs", "all cores")
    ] = None
    rule_timeout: Annotated[
        float, About(_between(0.01), "seconds of a CPU for an example, and for its proof")
    ] = DEFAULT_RULE_TIMEOUT
    rule_memory: Annotated[int, About(_whole(256), "megabytes that a worker may take")] = (
        DEFAULT_RULE_MEMORY_MB
    )
    threads: Annotated[
        int | None, About(_whole(1, MOST_THREADS), "threads for the model", "all physical cores")
    ] = None
    gpu_layers: Annotated[int | Literal["auto"], About(LAYERS, "layers of the model to put on a GPU")] = (
        "auto"
    )
    batch_tokens: Annotated[int, About(_whole(64, MOST_TOKENS), "tokens evaluated at a time")] = (
        DEFAULT_BATCH_TOKENS
    )
    flash_attention: Annotated[
        Switch, About(_one_of(Switch, Switch), "attention in one step, without its matrix")
    ] = Switch.AUTO
    concurrency: Annotated[int, About(_whole(1), "requests that a server is sent at a time")] = (
        DEFAULT_CONCURRENCY
    )
    deadline: Annotated[
        float, About(_between(0.01), "seconds after which a trainer's answer is undecided")
    ] = DEFAULT_DEADLINE
    shadow: Annotated[
        Path | None,
        About(FOLDER, "where a trainer's verdicts are only written, its rewards left to the rule", "nowhere"),
    ] = None
    cache_dir: Annotated[
        Path | None, About(FOLDER, "where verdicts and models are kept", "the user's cache folder")
    ] = None
    ray_address: Annotated[
        str | None,
        About(TEXT, "the Ray cluster of --ray, where RAY_ADDRESS names none", "this machine alone"),
    ] = None
    part_examples: Annotated[int, About(_whole(1), "examples in a part that --ray writes, about")] = (
        DEFAULT_PART_EXAMPLES
    )
    debug: Annotated[bool, About(TRUTH, "show the traceback of an error")] = False
    models: Mapping[str, ModelSettings] = field(default_factory=dict)

    def for_model(self, name: str) -> ModelSettings:
        """What holds for this model."""
        return self.models.get(name, self)


def known_settings(record: type[ModelSettings] = Settings) -> dict[str, About]:
    """What is known of each setting, by its name; of those for single models with `ModelSettings`."""
    hints = get_type_hints(record, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items() if get_origin(hint) is Annotated}


@dataclass(frozen=True, slots=True)
class Found:
    """The settings, and where each is from that is not the default: a variable, or a file with its key."""

    settings: Settings
    origins: Mapping[str, str]


def read_settings(environment: Mapping[str, str] = os.environ, folder: Path | None = None) -> Found:
    """What holds in a folder, the working one unless told. Raises UsageError for what no setting can be."""
    known = known_settings()
    path, table = _nearest_table(folder or Path.cwd())
    tables = _model_tables(path, table.pop(MODELS, {}))
    values = _values(path, table, known)
    origins = {name: f"{path}:{name}" for name in values}
    for name in known:
        if text := environment.get(variable := variable_of(name)):
            values[name], origins[name] = _of_text(variable, text, known[name].kind), variable
    settings = Settings(**values)
    return Found(replace(settings, models=dict(_of_models(settings, tables, origins))), origins)


def current_settings() -> Settings:
    """What holds in the working folder."""
    return read_settings().settings


def variable_of(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def misspelt(environment: Mapping[str, str]) -> dict[str, str]:
    """Variables that are none of tinyv's and look as if they were meant to be, and what may be meant."""
    known = [*map(variable_of, known_settings()), *OTHER_VARIABLES]
    unknown = (name for name in environment if name.startswith(PREFIX) and name not in known)
    return {name: near for name in unknown if (near := did_you_mean(name, known))}


def _nearest_table(folder: Path) -> tuple[Path, dict[str, Any]]:
    """The nearest file with settings, and the table of them; an empty one where there is none."""
    for place in (folder, *folder.parents):
        if (own := place / OWN_FILE).is_file():
            return own, _toml(own)
        if (shared := place / SHARED_FILE).is_file() and (
            table := _toml(shared).get("tool", {}).get("tinyv")
        ):
            return shared, table
    return folder / OWN_FILE, {}


def _toml(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: is no TOML ({error}); mend it, or move it away") from error
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be read ({error.strerror}); tinyv looks for settings there"
        ) from error


def _model_tables(path: Path, tables: Any) -> dict[str, dict[str, Any]]:
    """What is set for single models, checked."""
    known = known_settings(ModelSettings)
    if not (isinstance(tables, dict) and all(isinstance(each, dict) for each in tables.values())):
        raise UsageError(f'{path}: {MODELS} holds tables, one a model: [{MODELS}."NAME"]')
    return {name: _values(path, table, known, within=f'{MODELS}."{name}".') for name, table in tables.items()}


def _values(
    path: Path, table: Mapping[str, Any], known: Mapping[str, About], *, within: str = ""
) -> dict[str, Any]:
    """The values of a table; paths are meant from where it is. Raises UsageError that names file and key."""
    for key in table:
        if key not in known:
            near = did_you_mean(key, known)
            raise UsageError(f"{path}: no setting is named '{within}{key}'; 'tinyv config' lists them{near}")
    return {
        key: _checked(f"{path}: {within}{key} = {value!r}", value, known[key].kind, path.parent)
        for key, value in table.items()
    }


def _of_text(variable: str, text: str, kind: Kind) -> Any:
    where = f"{variable}={text}"
    try:
        value = kind.of_text(text)
    except ValueError as error:
        raise UsageError(f"{where}: must be {kind.wanted}") from error
    return _checked(where, value, kind, Path())


def _checked(where: str, value: Any, kind: Kind, folder: Path) -> Any:
    if not kind.fits(value):
        raise UsageError(f"{where}: must be {kind.wanted}")
    return kind.placed(kind.made(value), folder)


def _of_models(
    settings: Settings, tables: Mapping[str, dict[str, Any]], origins: Mapping[str, str]
) -> Iterable[tuple[str, ModelSettings]]:
    """For each model that a file says something of, what holds; a variable comes before any file."""
    general = {name: getattr(settings, name) for name in known_settings(ModelSettings)}
    for name, table in tables.items():
        from_file = {key: it for key, it in table.items() if origins.get(key) != variable_of(key)}
        yield name, ModelSettings(**general | from_file)
