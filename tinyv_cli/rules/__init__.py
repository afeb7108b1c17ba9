"""The rules by name: symbolic verifiers, each run in worker processes that can be killed."""

from importlib.metadata import version

from tinyv_cli.cores import usable_cores
from tinyv_cli.errors import UsageError
from tinyv_cli.rules import math_verify
from tinyv_cli.rules.pool import Judge, RulePool

JUDGES: dict[str, Judge] = {"math-verify": math_verify.judge}
# Whose versions decide what a rule says.
LIBRARIES: dict[str, tuple[str, ...]] = {
    "math-verify": ("math-verify", "latex2sympy2_extended", "sympy", "antlr4-python3-runtime")
}


def open_rule(name: str, *, workers: int | None, timeout: float, memory: int) -> RulePool:
    """The rule and its workers, one a core unless told.

    `timeout` is in seconds an example, `memory` in bytes a worker. Raises UsageError for an unknown name.
    """
    if name not in JUDGES:
        raise UsageError(f"no rule is named '{name}'; there are: {', '.join(JUDGES)}")
    return RulePool(JUDGES[name], workers=workers or usable_cores(), timeout=timeout, memory=memory)


def rule_versions(name: str) -> dict[str, str]:
    """Versions of the libraries that the rule calls."""
    return {library: version(library) for library in LIBRARIES[name]}
