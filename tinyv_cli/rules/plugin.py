"""Rules of one's own: `package.module:function` or `path/to/file.py:function`, run in the killable workers.

The function may do what it likes there: print, set alarms, start threads and processes, hang or exit.
It may also run in another Python (`elsewhere.py`), so nothing newer than 3.10 is used here.
"""

import asyncio
import importlib
import importlib.util
import inspect
import multiprocessing
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from errno import EINVAL
from functools import cache
from hashlib import sha256
from importlib.metadata import packages_distributions, version
from pathlib import Path
from types import ModuleType
from typing import Any

from tinyv_cli.records import Case, RuleResult
from tinyv_cli.rules.signatures import Arguments, arguments, takes_lists
from tinyv_cli.rules.verdicts import any_gold, verdict_of


@dataclass(frozen=True, slots=True)
class PluginRule:
    """A judge that calls the function; it is imported in the worker, never in our own process."""

    spec: str
    cut: float | None = None

    @property
    def file(self) -> Path | None:
        """The file that the function stands in, if it was named by that."""
        where = self.spec.rpartition(":")[0]
        return Path(where) if where.endswith(".py") else None

    def versions(self) -> dict[str, str]:
        """Of a file the hash, of a package's `__init__.py` of all its files; of a module its distribution."""
        if self.file is None:
            package = self.spec.partition(":")[0].partition(".")[0]
            return {name: version(name) for name in packages_distributions().get(package, ())}
        files = self.file.parent.rglob("*.py") if self.file.name == "__init__.py" else [self.file]
        return {
            str(file): f"sha256:{sha256(file.read_bytes()).hexdigest()}"
            for file in sorted(files)
            if file.is_file()
        }

    def load(self) -> None:
        """Import the function and see that it can be called. Raises whatever that raises."""
        function = self._function()
        positional, named = arguments(function, "", Case(("",), ""))
        inspect.signature(function).bind(*positional, **named)

    def __call__(self, case: Case) -> RuleResult:
        """What the function says of the response; of several golds any counts."""
        return any_gold(case.golds, lambda gold: verdict_of(self._reply(gold, case), self.cut))

    def _reply(self, gold: str, case: Case) -> Any:
        function = self._function()
        try:
            return _called(function, arguments(function, gold, case))
        except (TypeError, AttributeError, LookupError):
            if not takes_lists(function):
                raise
            return _called(function, arguments(function, gold, case, otherwise=True))

    def _function(self) -> Callable[..., Any]:
        return _imported(self.spec, self.file)


def _called(function: Callable[..., Any], given: Arguments) -> Any:
    positional, named = given
    reply = function(*positional, **named)
    return asyncio.run(reply) if inspect.iscoroutine(reply) else reply


@cache
def _imported(spec: str, file: Path | None) -> Callable[..., Any]:
    """The function, imported once in a worker; modules are also looked for in the working folder."""
    # Processes that the function starts (PRIME's time limits do) are to start in Python's own way, not ours.
    multiprocessing.set_start_method(None, force=True)
    sys.path.insert(0, str(Path.cwd()))
    where, _, name = spec.rpartition(":")
    module = importlib.import_module(where) if file is None else _module_in(file)
    function: Callable[..., Any] = getattr(module, name)
    return function


def _module_in(file: Path) -> ModuleType:
    """The module in a file; in an `__init__.py` it is a package, whose relative imports work."""
    # A name of its own: a file may be called as the library that it imports (verl has a math_verify.py).
    name = "tinyv_rule_" + re.sub(r"\W", "_", str(file))
    if file.exists() and not file.is_file():  # to open a pipe would wait for whoever writes to it
        raise OSError(EINVAL, "neither a file nor a link to one", file)
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # where relative imports, dataclasses and pickle look it up
    spec.loader.exec_module(module)
    return module
