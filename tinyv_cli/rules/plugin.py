"""Rules of one's own: `package.module:function` or `path/to/file.py:function`, run in the killable workers.

How the function wants to be called is read from the names of its parameters. Known are the reward functions
of verl, `f(data_source, solution_str, ground_truth, extra_info)` and its scorers such as PRIME's
`compute_score(model_output, ground_truth)`; those of TRL, `f(completions, solution, …)` on lists; and
anything else as `f(gold, response)`.
"""

import asyncio
import importlib
import importlib.util
import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tinyv_cli.records import Case, RuleResult
from tinyv_cli.rules.verdicts import any_gold, verdict_of

GOLD_NAMES = frozenset({"gold", "ground_truth", "reference", "target", "solution", "answer", "label", "gt"})
RESPONSE_NAMES = frozenset(
    {"response", "solution_str", "model_output", "completion", "prediction", "pred", "output", "model_answer"}
)


@dataclass(frozen=True, slots=True)
class PluginRule:
    """A judge that calls the function; it is imported in the worker, never in our own process."""

    spec: str
    accept_above: float | None

    def load(self) -> None:
        """Import the function. Raises whatever that raises."""
        _function(self.spec)

    def __call__(self, case: Case) -> RuleResult:
        """What the function says of the response; of several golds any counts."""
        return any_gold([verdict_of(self._call(gold, case), self.accept_above) for gold in case.golds])

    def _call(self, gold: str, case: Case) -> Any:
        function = _function(self.spec)
        positional, named = arguments(function, gold, case)
        reply = function(*positional, **named)
        return asyncio.run(reply) if inspect.iscoroutine(reply) else reply


def arguments(function: Callable[..., Any], gold: str, case: Case) -> tuple[list[Any], dict[str, Any]]:
    """Positional and named arguments for the function, by the names of its parameters."""
    parameters = inspect.signature(function).parameters
    takes_any = any(p.kind is inspect.Parameter.VAR_KEYWORD for p in parameters.values())
    if "completions" in parameters:  # TRL: lists, here of one
        message = [{"role": "assistant", "content": case.text}]
        offered: dict[str, Any] = {"completions": [message], "prompts": [case.question]}
        offered |= {name: [gold] for name in ("solution", "answer", "ground_truth")}
    else:
        offered = {
            "data_source": "tinyv",
            "extra_info": {"question": case.question},
            "question": case.question,
        }
        named_gold, named_response = GOLD_NAMES & parameters.keys(), RESPONSE_NAMES & parameters.keys()
        if not (named_gold and named_response):
            return [gold, case.text], {}
        offered |= dict.fromkeys(named_gold, gold) | dict.fromkeys(named_response, case.text)
    return [], {name: value for name, value in offered.items() if name in parameters or takes_any}


@cache
def _function(spec: str) -> Callable[..., Any]:
    """The function, imported once in a worker; modules are also looked for in the working folder."""
    where, _, name = spec.rpartition(":")
    if where.endswith(".py"):
        module_spec = importlib.util.spec_from_file_location(Path(where).stem, where)
        assert module_spec is not None and module_spec.loader is not None
        module = importlib.util.module_from_spec(module_spec)
        module_spec.loader.exec_module(module)
    else:
        sys.path.insert(0, str(Path.cwd()))
        module = importlib.import_module(where)
    function: Callable[..., Any] = getattr(module, name)
    return function
