"""`tinyv explain`: a kind of false negative, told with examples."""

import pytest

from tests.conftest import Tinyv
from tinyv_cli.taxonomy import LEAVES


def said(tinyv: Tinyv, *arguments: str) -> str:
    done = tinyv("explain", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return " ".join(done.stdout.split())


def test_a_leaf(tinyv: Tinyv) -> None:
    """What it is, how common the paper found it, and examples with their proofs."""
    shown = said(tinyv, "4.1")
    assert "4.1 exact or rounded An exact value, and what it rounds to." in shown
    assert "4.72% of the false negatives on Big-Math" in shown
    assert r"\frac{600}{7} 85.71" in shown and "rounds to" in shown
    assert "what proofs know of it" in shown


@pytest.mark.parametrize(("number", "count"), [((), 31), (("4",), 4)])
def test_several(tinyv: Tinyv, number: tuple[str, ...], count: int) -> None:
    """All of them, or those of a category, each with an example."""
    shown = said(tinyv, *number)
    assert sum(f"{leaf.id} {leaf.name}" in shown for leaf in LEAVES) == count


def test_unknown(tinyv: Tinyv) -> None:
    """A number that there is not is said to be none, with where they are."""
    done = tinyv("explain", "9.9")
    assert done.returncode == 2
    assert "no kind has the number '9.9'; 'tinyv explain' lists them all" in done.stderr
