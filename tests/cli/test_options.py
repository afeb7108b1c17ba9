"""Options in groups: how many there are, which help shows first, and what is said of a wrong one."""

import ast
from dataclasses import dataclass
from inspect import signature
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
from typer.core import TyperOption
from typer.main import get_command

from tests.conftest import Tinyv
from tinyv_cli.cli.app import COMMANDS, app
from tinyv_cli.cli.grouped import grouped
from tinyv_cli.cli.help import OPEN, OPEN_AT_MOST, _groups, _open
from tinyv_cli.cli.usage import GONE, SETTINGS
from tinyv_cli.settings import known_settings

MOST_OPTIONS = 37
LONGEST_BODY = 40
TREE: Any = get_command(app)


def options_of(command: str) -> list[TyperOption]:
    """The options of a command, without --help."""
    return [each for each in TREE.commands[command].params if isinstance(each, TyperOption)]


@pytest.mark.parametrize("command", COMMANDS)
def test_how_many(command: str) -> None:
    """No command has more options than anyone can oversee, and help opens only some of them."""
    found = options_of(command)
    assert len(found) <= MOST_OPTIONS
    opened = _open(_groups(found))
    assert sum(map(len, opened.values())) <= OPEN_AT_MOST
    assert len(found) <= OPEN_AT_MOST or set(opened) == set(OPEN) & set(_groups(found))


@pytest.mark.parametrize("command", COMMANDS)
def test_what_stands_behind_each(command: str) -> None:
    """A value has a name that says what it is; a flag has none."""
    for option in options_of(command):
        assert option.is_flag or option.metavar, option.name
        assert option.help, option.name


@pytest.mark.parametrize("command", COMMANDS)
def test_bodies_are_short(command: str) -> None:
    """A command only wires."""
    import sys

    module = sys.modules[COMMANDS[command].__module__]
    tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    name = COMMANDS[command].__name__
    [body] = [each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name == name]
    assert body.end_lineno is not None
    assert body.end_lineno - body.body[0].lineno < LONGEST_BODY


@pytest.mark.parametrize("command", COMMANDS)
def test_help(tinyv: Tinyv, command: str) -> None:
    """Examples first, at most 100 lines of 80 columns, and every option by name."""
    shown = tinyv(command, "--help", set={"COLUMNS": "80"}).stdout
    lines = shown.splitlines()
    assert lines[0].startswith(f"Usage: tinyv {command}") and len(lines) <= 100
    assert max(map(len, lines)) <= 80
    assert "<bool>" not in shown
    first = next(i for i, line in enumerate(lines) if line.startswith("  "))
    assert lines[first].startswith(f"  $ tinyv {command}")
    for option in options_of(command):
        assert option.opts[0] in shown


def test_three_examples_of_an_audit(tinyv: Tinyv) -> None:
    """They stand before everything else."""
    lines = tinyv("audit", "--help").stdout.splitlines()
    assert [line.startswith("  $ tinyv audit ") for line in lines[4:7]] == [True] * 3


@pytest.mark.parametrize("command", ["audit", "eval", "golds"])
def test_the_rest_is_told_by_help(tinyv: Tinyv, command: str) -> None:
    """What --help only names, with a pointer, `tinyv help` explains."""
    short, long = tinyv(command, "--help").stdout, " ".join(tinyv("help", command).stdout.split())
    assert f"told by 'tinyv help {command}'" in short and "told by" not in long
    for option in options_of(command):
        assert " ".join(str(option.help).split())[:30] in long


def test_help_of_a_group_and_of_nothing(tinyv: Tinyv) -> None:
    """A command of a group is named with it; what there is not, is said with what is near."""
    assert "Usage: tinyv models show" in tinyv("help", "models", "show").stdout
    done = tinyv("help", "audti")
    assert done.returncode == 2 and "did you mean 'audit'?" in done.stderr


@pytest.mark.parametrize("option", GONE)
def test_gone(tinyv: Tinyv, option: str) -> None:
    """An option that there was says in one line how the same is said now."""
    done = tinyv("audit", "rows.jsonl", option)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"tinyv: {option} {GONE[option].format(command='audit')}\n"


def test_gone_options_are_settings() -> None:
    """What is said to be a setting is one."""
    assert {option.removeprefix("--").replace("-", "_") for option in SETTINGS} <= set(known_settings())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["audit", "x", "--modell", "none"], ["did you mean '--model'?", "(see: tinyv audit --help)"]),
        (["audit", "x", "--gold"], ["requires an argument", "(see: tinyv audit --help)"]),
        (["audit"], ["SOURCE", "(see: tinyv audit --help)"]),
        (["models", "show"], ["NAME", "(see: tinyv models show --help)"]),
        (["adit"], ["Did you mean 'audit'?", "(see: tinyv --help)"]),
        (["check", "-g", "5", "-3"], ["behind --: tinyv check -g GOLD -- RESPONSE"]),
        (["check", "-g", "5", "-x^2+1"], ["behind --: tinyv check -g GOLD -- RESPONSE"]),
        (["check", "-g", "5", "5", "--rule", "exat"], ["no rule is named 'exat'", "did you mean 'exact'?"]),
        (["check", "-g", "5", "5", "--model", "nanoo"], ["no such model", "did you mean 'nano'?"]),
        (["check", "-g", "5", "5", "--model", "tinyv-1.5"], ["did you mean 'tinyv-1.5b'?"]),
        (["eval", "x", "--model", "nano", "--quants", "Q4_KM"], ["did you mean 'Q4_K_M'?"]),
        (["eval", "x", "--proofs", "refute"], ["'refute' is not one of 'on', 'off'"]),
    ],
)
def test_what_is_wrong_and_what_to_do(tinyv: Tinyv, arguments: list[str], said: list[str]) -> None:
    """One line, exit 2, with what may be meant or where to read on."""
    done = tinyv(*arguments)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    for part in said:
        assert part in done.stderr


def test_a_response_behind_two_dashes(tinyv: Tinyv) -> None:
    """As that line says, it works."""
    assert tinyv("check", "-g", "-3", "--model", "none", "--", "-3").returncode == 0


@dataclass(frozen=True, slots=True)
class First:
    """Two options."""

    size: Annotated[int, typer.Option("--size")] = 3
    name: Annotated[str | None, typer.Option("--name")] = None


@dataclass(frozen=True, slots=True)
class Second(First):
    """One more."""

    deep: Annotated[bool, typer.Option("--deep")] = False


def wiring(place: Annotated[str, typer.Argument()], second: Second, last: bool = False) -> Any:
    """Take what there is."""
    return place, second, last


def test_records_become_options() -> None:
    """Fields of a record, inherited ones too, are parameters; the command is given the record."""
    flat = grouped(wiring)
    assert list(signature(flat).parameters) == ["place", "size", "name", "deep", "last"]
    assert (flat.__name__, flat.__doc__) == ("wiring", "Take what there is.")
    given = flat(place="here", size=5, name=None, deep=True, last=True)
    assert given == ("here", Second(5, None, True), True)


def test_two_records_with_one_field() -> None:
    """They would be one option with two meanings."""

    def twice(first: First, second: Second) -> None: ...

    twice.__annotations__ |= {"first": First, "second": Second}
    with pytest.raises(TypeError, match="in two records of one command: name, size"):
        grouped(twice)
