"""Where and when figures were measured, which stands in every file of figures."""

import os
import platform
from datetime import date
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
