"""Where the rewards come from: each arm is what tinyv's adapter for TRL is made with."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from training.rl import notations

RULE = "math-verify/default"
TRUTH = f"{Path(notations.__file__).resolve()}:{notations.right.__name__}"
NO_MODEL: Mapping[str, Any] = {"model": "none"}
NANO: Mapping[str, Any] = {"model": "nano"}

ARMS: Mapping[str, Mapping[str, Any]] = {
    "rule": {"rule": RULE, **NO_MODEL, "proofs": False},
    "proofs": {"rule": RULE, **NO_MODEL},
    "default": {"rule": RULE, **NANO},
    "half": {"rule": RULE, **NANO, "weight": 0.5},
    "nano": {"rule": RULE, **NANO, "proofs": False, "mode": "only"},
    "truth": {"rule": TRUTH, **NO_MODEL, "proofs": False},
}
TOLD = {
    "rule": "the rule alone",
    "proofs": "rule + proofs",
    "default": "rule + proofs + nano",
    "half": "the same, 0.5 for what only nano accepts",
    "nano": "nano alone",
    "truth": "the truth",
}
DEADLINE = 3600.0  # seconds: a machine that is busy, or a run that is stopped, must not change a reward
