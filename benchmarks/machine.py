"""Where and when figures were measured, which stands in every file of figures."""

import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tinyv_cli.running.workers import usable_cores


def circumstances() -> dict[str, Any]:
    """Day, machine, cores, what else it did in the last minute, and Python. To be asked before measuring."""
    return {
        "date": date.today().isoformat(),
        "machine": platform.processor() or platform.machine(),
        "cores": usable_cores(),
        "load_before": os.getloadavg()[0],
        "python": platform.python_version(),
    }


def conclude(
    found: Mapping[str, Any],
    missed: Sequence[str],
    *,
    before: Mapping[str, Any],
    file: Path | None,
    check: bool,
) -> None:
    """Print the figures and the goals that were missed, and keep the figures with the circumstances `before`.

    Where it is to `check`, exits with 1 if any goal was missed.
    """
    print(json.dumps(found, indent=2))
    if file is not None:
        file.write_text(json.dumps({**before, **found}, indent=2))
    print("\n".join(missed) or "all goals are reached")
    if check and missed:
        sys.exit(1)
