"""The verifiers of this process: one for each set of options, for as long as the process lives."""

import json
from functools import cache
from typing import Any

from tinyv_cli.verifier import Verifier


def shared(**options: Any) -> Verifier:
    """The verifier with these options; it is started with its first answer."""
    return _made(json.dumps(options, sort_keys=True, default=_plain))


@cache
def _made(options: str) -> Verifier:
    return Verifier(**json.loads(options))


def _plain(value: Any) -> Any:
    """Lists of configuration libraries as lists, paths as texts."""
    return str(value) if hasattr(value, "__fspath__") else list(value)
