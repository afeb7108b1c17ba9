"""Letters and words in a row are no product."""

import pytest

from tinyv_cli.maths.rows import in_a_row
from tinyv_cli.proofs import prove

ROWS = [
    ("A B C", "C B A"),
    ("R L L", "L L R"),
    ("A-B-C", "A-C-B"),
    ("b c a", "a b c"),
    ("a over b", "b over a"),
    ("m per s", "s per m"),
    ("HHT TTH", "HTH THT"),
    (r"\text{B A C}", r"\text{C A B}"),
    (r"x \text{ mod } y", r"y \text{ mod } x"),
    ("(1)(3)(4)", "(3)(4)"),
    ("CAD", "DAC"),
]
PRODUCTS = [
    ("2ab", "2ba"),
    ("a*b*c", "c*b*a"),
    ("x y z^2", "z^2 y x"),
    ("pi", "\\pi"),
    ("sin x", "sin(x)"),
    ("3 a b", "3ba"),
]


@pytest.mark.parametrize(("gold", "answer"), ROWS)
def test_another_order(gold: str, answer: str) -> None:
    """In another order it is another answer."""
    assert prove("In what order?", gold, answer) is None
    assert prove("In what order?", answer, gold) is None


@pytest.mark.parametrize(("gold", "answer"), PRODUCTS)
def test_products(gold: str, answer: str) -> None:
    """What has a figure or a sign is compared by value."""
    assert not in_a_row(gold, answer)
    assert prove("", gold, answer) is not None
