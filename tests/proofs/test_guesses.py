"""The guess of a leaf is what a proof says, wherever there is one."""

from benchmarks.guesses import KEYS, LEAST_AGREEING, measured


def test_agreement() -> None:
    """Of what is proved nearly all; and of what only its question would prove, more than half without it."""
    found = measured(60, seed=3)["shares"]
    assert all(shares["proved"] > 0 for shares in found.values())
    assert found["all"]["agree"] >= LEAST_AGREEING
    assert found["all"][KEYS[2]] > 0
    assert found["all"][KEYS[3]] > 0.5
