"""How much of the machine there is to use."""

import os


def physical_cores() -> int:
    """Cores for arithmetic, for which the second thread of a core is no gain."""
    import psutil

    return min(usable_cores(), psutil.cpu_count(logical=False) or usable_cores())


def usable_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
