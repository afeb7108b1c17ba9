"""A rule in another Python, such as a trainer's: `NAME in PYTHON`, say `math-verify/verl in venv/bin/python`.

What Math-Verify accepts depends on what is installed beside it: with antlr4 4.9.3, which verl's
installations carry, it does not read `62.5\\%`. So the rule is asked where the trainer asks it. Nothing of
tinyv is installed there: one archive with the modules that a rule needs is handed to that Python, which
answers in lines of JSON. Each of our workers has one such process, in its group and under its limits, so it
is timed and killed with it.
"""

import json
import os
import signal
import subprocess
import zipfile
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from tinyv_cli.errors import UsageError
from tinyv_cli.records import Case, RuleOutcome, RuleResult
from tinyv_cli.rules.names import RuleName
from tinyv_cli.rules.stage import unjudged
from tinyv_cli.running.disk import process_folder

MODULES = (
    *("records", "taxonomy", "words"),
    *("rules/math_verify", "rules/plugin", "rules/presets", "rules/signatures", "rules/timeouts"),
    *("rules/trainers", "rules/verdicts"),
)
EMPTY = ("__init__", "rules/__init__")  # ours import what is not needed there


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A judge that asks another Python; `archive` is what is handed to it."""

    rule: RuleName
    archive: Path

    def load(self) -> None:
        """Start it. Raises OSError, and RuntimeError with what it says where the rule cannot be used."""
        _started(self)

    def __call__(self, case: Case) -> RuleResult:
        """What the rule says there. Where the process is gone, so is ours: it is one worker's death."""
        process, _ = _started(self)
        asked = {"golds": case.golds, "text": case.text, "how": case.how, "question": case.question}
        try:
            print(json.dumps(asked), file=process.stdin, flush=True)
            said = json.loads(process.stdout.readline())
        except (OSError, ValueError):
            os.kill(os.getpid(), signal.SIGKILL)
            raise
        if "failure" in said:
            return unjudged(said["failure"])
        return RuleResult(RuleOutcome(said["outcome"]), said["reason"])


def elsewhere(rule: RuleName) -> Elsewhere:
    """The judge of a rule that names a Python."""
    return Elsewhere(rule, _archive())


@cache
def versions_there(rule: RuleName) -> dict[str, str]:
    """With what the rule judges there: the versions of Python and of the libraries. Raises UsageError."""
    try:
        process, versions = _start(elsewhere(rule))
    except (OSError, RuntimeError) as error:
        raise UsageError(f"the rule '{rule.base}' cannot be used in {rule.python} ({error})") from error
    _end(process)
    return versions


@cache
def _started(judge: Elsewhere) -> tuple[Any, dict[str, str]]:
    """The one process of a worker."""
    return _start(judge)


def _start(judge: Elsewhere) -> tuple[Any, dict[str, str]]:
    """A process that has loaded the rule, and with what. Raises OSError and RuntimeError."""
    process: Any = subprocess.Popen(
        [str(judge.rule.python), "-B", str(judge.archive), json.dumps([judge.rule.base, judge.rule.cut])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    try:
        said = json.loads(process.stdout.readline())
    except ValueError:
        said = {"failure": "it is no Python from 3.10 on, or ended at once"}
    if "failure" in said:
        _end(process)
        raise RuntimeError(said["failure"])
    return process, said["versions"]


def _end(process: Any) -> None:
    process.kill()
    process.communicate()


@cache
def _archive() -> Path:
    """What the other Python runs, made once in this process's own folder."""
    path = process_folder() / "rule.pyz"
    ours = files("tinyv_cli")
    with zipfile.ZipFile(path, "w") as archive:
        for name in EMPTY:
            archive.writestr(f"tinyv_cli/{name}.py", "")
        for name in MODULES:
            archive.writestr(f"tinyv_cli/{name}.py", ours.joinpath(f"{name}.py").read_bytes())
        archive.writestr("__main__.py", ours.joinpath("rules/there.py").read_bytes())
    return path
