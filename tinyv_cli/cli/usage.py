"""What is said of a command line that cannot be understood: always one line, with the next step."""

from typing import Any

from typer import TyperException

# Options that there were, and how the same is said now.
SETTINGS = {
    "--threads": "4",
    "--gpu-layers": "0",
    "--batch-tokens": "512",
    "--flash-attention": '"off"',
    "--requantize": '"off"',
    "--concurrency": "32",
    "--rule-timeout": "10.0",
    "--rule-memory": "4096",
    "--think": "true",
}


def _as_setting(option: str, value: str) -> str:
    name = option.removeprefix("--").replace("-", "_")
    variable = value.strip('"')
    return f"is a setting now: {name} = {value} in tinyv.toml, or TINYV_{name.upper()}={variable}"


GONE = {option: _as_setting(option, value) for option, value in SETTINGS.items()} | {
    "--no-think": "is a setting now: think = false in tinyv.toml, or TINYV_THINK=false",
    "--accept-above": "is gone; write the cut into the rule's name, column:score@0: at or above it is a yes",
    "--revision": "is gone; write it into the source, hf:owner/name@split#revision",
    "--output-format": "is gone; the extension of -o says it: .parquet, .jsonl or .csv",
    "--no-proofs": "is --proofs off now",
    "--proofs-only": "is --model none now",
    "--refute": "is a part of --proofs on now",
    "--debug": "goes before the command: tinyv --debug {command} …",
}


def explained(error: TyperException, arguments: list[str]) -> str:
    """The complaint about the arguments in one line, with where to read more."""
    path = _command_path(error, arguments)
    option = getattr(error, "option_name", "")
    command = path.partition(" ")[2]
    if option in GONE and command:
        return f"{option} {GONE[option].format(command=command)}"
    return f"{_message(error, option, command)} (see: {path} --help)"


def _command_path(error: TyperException, arguments: list[str]) -> str:
    """The command that complains. Of an option that lacks its value Typer does not say whose it is."""
    context: Any = getattr(error, "ctx", None)
    if context is not None:
        return str(context.command_path)
    return " ".join(["tinyv", *[each for each in arguments if not each.startswith("-")][:1]])


def _message(error: TyperException, option: str, command: str) -> str:
    known = getattr(error, "possibilities", None)
    said = str(error.message if known else error.format_message()).removesuffix(".")
    if known:
        return f"{said}; did you mean '{known[0]}'?"
    if command == "check" and option.startswith("-"):
        return f"{said}; put a response that begins with - behind --: tinyv check -g GOLD -- RESPONSE"
    return said
