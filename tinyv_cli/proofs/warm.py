"""Imported once, by the process that every worker is forked from: the proofs, loaded and warm.

Patterns are compiled when they are first needed, which the workers inherit. The table of units is not loaded:
it takes half a second of every run, and few runs need it.
"""

import gc

from tinyv_cli.proofs.stage import show
from tinyv_cli.records import Case

SHAPES = (
    ("7", "x = 8"),
    ("12.9 km", "37 km"),
    (r"\frac{1}{2} \text{ and } \sqrt{3}", "0.5 or 1.7"),
    (r"(-\infty, 2) \cup [3, 5)", "x < 3"),
    (r"\{1, 2, 3\}", "3, 2, 4"),
    (r"2x^2y - \sin(3x) + e^{-x}", r"\sin(3x) + 2"),
    ("|x - 5|", r"\sqrt{(x - 5)^2}"),
    (r"\sqrt{5 + 2\sqrt{6}}", r"\sqrt{2} + \sqrt{3}"),
    ("x + 2y = 3", "2x + 4y = 7"),
    ("x^2 + C", "(x + 1)^2 - 2x + C"),
    (r"k\pi, k \in \mathbb{Z}", r"2n\pi"),
    (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "(1, 2)"),
    ("twenty-five percent", "a quarter of all"),
)


def warm_up() -> None:
    """Search for a proof of pairs of every common shape."""
    for gold, answer in SHAPES:
        show(Case((gold,), answer))
    gc.collect()
    gc.freeze()  # no worker need look through all this for garbage


warm_up()
