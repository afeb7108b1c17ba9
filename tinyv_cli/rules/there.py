"""A rule in another Python: what runs there, beside the modules that `elsewhere.py` packs with it.

Reads a request of JSON a line and answers each with a line. Python 3.10 will do, and nothing of tinyv, nor of
what it needs, has to be installed there.
"""

import enum
import json
import logging
import os
import sys
from importlib.metadata import PackageNotFoundError, version
from platform import python_version
from typing import Any, TextIO

if not hasattr(enum, "StrEnum"):  # Python 3.10 lacks it; ours needs no more of it than this

    class StrEnum(str, enum.Enum):  # noqa: UP042 - this is what it is
        """Members are texts."""

        __str__ = str.__str__

    enum.StrEnum = StrEnum  # type: ignore[assignment, misc]


def main() -> None:
    """Load the rule that the command line names, say with which libraries, and judge what comes."""
    replies = _private_output()
    name, cut = json.loads(sys.argv[1])
    try:
        judge, libraries = _loaded(name, cut)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a function's import may raise anything
        _tell(replies, failure=f"{type(error).__name__}: {error}")
        return
    _tell(replies, versions={"python": python_version(), **libraries})
    for line in sys.stdin:
        _tell(replies, **_reply(judge, json.loads(line)))


def _private_output() -> TextIO:
    """Where replies go; what libraries and functions print goes nowhere."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    logging.disable(logging.CRITICAL)
    return replies


def _loaded(name: str, cut: float | None) -> tuple[Any, dict[str, str]]:
    """What judges, and the versions of what it judges with."""
    from tinyv_cli.rules.plugin import PluginRule
    from tinyv_cli.rules.presets import JUDGES, LIBRARIES

    if ":" in name:
        plugin = PluginRule(name, cut)
        plugin.load()
        return plugin, {**_versions(LIBRARIES), **plugin.versions()}
    import math_verify  # noqa: F401 - to fail now where it is not there

    from tinyv_cli.rules import timeouts

    timeouts.install()
    return JUDGES[name], _versions(LIBRARIES)


def _versions(libraries: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for library in libraries:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            continue
    return found


def _reply(judge: Any, asked: dict[str, Any]) -> dict[str, Any]:
    from tinyv_cli.records import Case, How

    how = How(asked["how"]) if asked["how"] else None
    try:
        said = judge(Case(tuple(asked["golds"]), asked["text"], how, question=asked["question"]))
    except MemoryError:
        return {"failure": "memory"}
    except BaseException as error:  # noqa: BLE001 - Math-Verify's TimeoutException is a BaseException
        return {"failure": f"error:{type(error).__name__}"}
    return {"outcome": str(said.outcome), "reason": said.reason}


def _tell(replies: TextIO, **reply: Any) -> None:
    print(json.dumps(reply), file=replies, flush=True)


if __name__ == "__main__":
    main()
