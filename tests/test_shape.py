"""How long a function may be: whoever wants to read one wants to see it whole."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from typer import Typer

import tinyv_cli
from tinyv_cli.cli.app import app

ROOT = Path(tinyv_cli.__file__).parent
LONGEST = 60
LONGEST_COMMAND = 40  # its options and docstring, which are what --help says, aside

Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = [
    (path.relative_to(ROOT), node)
    for path in sorted(ROOT.rglob("*.py"))
    for node in ast.walk(ast.parse(path.read_text("utf-8")))
    if isinstance(node, Function)
]


def commands(typer: Typer) -> Iterator[tuple[str, str]]:
    """The file and the name of each function that the command line has, by itself or in a group."""
    for command in typer.registered_commands:
        function = command.callback
        assert function is not None
        source = sys.modules[function.__module__].__file__  # of one with options in groups, too
        yield str(Path(source or "").relative_to(ROOT)), function.__name__
    for group in typer.registered_groups:
        yield from commands(group.typer_instance or Typer())


COMMANDS = set(commands(app))


def lines(function: Function) -> int:
    """All of it, with its decorators."""
    first = min(node.lineno for node in (function, *function.decorator_list))
    return (function.end_lineno or function.lineno) - first + 1


def body_lines(function: Function) -> int:
    """What it does, without its signature and its docstring."""
    body = function.body[ast.get_docstring(function) is not None :]
    return (function.end_lineno or function.lineno) - body[0].lineno + 1 if body else 0


def test_no_function_is_long() -> None:
    """No function of the package has more lines than a screen, with its signature and its docstring."""
    long = {
        f"{path}: {function.name}": lines(function)
        for path, function in FUNCTIONS
        if lines(function) > LONGEST
    }
    assert long == {}


def test_commands_only_wire() -> None:
    """What a command does is done elsewhere: its body puts the parts together."""
    long = {
        f"{path}: {function.name}": body_lines(function)
        for path, function in FUNCTIONS
        if (str(path), function.name) in COMMANDS and body_lines(function) > LONGEST_COMMAND
    }
    assert long == {}


def test_the_commands_are_seen() -> None:
    """What is counted as a command is what there is: one in a file of its own, one in a group."""
    assert {("cli/audit.py", "audit"), ("cli/cache.py", "info")} <= COMMANDS
    assert {(str(path), function.name) for path, function in FUNCTIONS} >= COMMANDS
