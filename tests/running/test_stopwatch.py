"""What a run is said to have cost."""

import time

import pytest

from tinyv_cli.running.stopwatch import Stopwatch


def slowly(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def test_stages() -> None:
    """Each stage has the time that its work and its items took, the longest first, beside all that passed."""
    clock = Stopwatch()
    assert list(clock.each("reading", map(slowly, [0.02, 0.03]))) == [0.02, 0.03]
    assert clock.timed("model", slowly)(0.01) == 0.01
    told = clock.told()
    assert list(told) == ["all", "reading", "model"]
    assert told["reading"] >= 0.05 and 0.01 <= told["model"] < told["reading"] <= told["all"]


def test_what_fails_took_time_too() -> None:
    """Work that raises is counted."""
    clock = Stopwatch()
    with pytest.raises(ValueError, match="no"), clock.waiting_for("rule"):
        raise ValueError("no")
    assert "rule" in clock.told()
