"""Where tinyv keeps what it need not make twice."""

import os
from pathlib import Path

from platformdirs import user_cache_path


def cache_folder() -> Path:
    """The user's cache folder for tinyv, or what TINYV_CACHE_DIR says."""
    chosen = os.environ.get("TINYV_CACHE_DIR")
    return Path(chosen).expanduser() if chosen else user_cache_path("tinyv", appauthor=False)
