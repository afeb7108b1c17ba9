"""Imported once, by the process that every worker is forked from: Math-Verify, loaded and warm.

What the lexer, the grammar and sympy find out when they first need it is found here, with an answer of every
common shape. Workers inherit it, so a new one, say after a time-out, is as quick as an old one.
"""

import gc
import logging

from math_verify import parse, verify

from tinyv_cli.rules import shortcuts, timeouts

SHAPES = (
    "-12",
    "3.14",
    r"1{,}000\%",
    r"\frac{1}{2}",
    r"\dfrac{3\sqrt{2}}{4}\pi",
    "(1, 2), (-3, 4)",
    r"\{1, 2\} \cup [3, \infty)",
    "x = 3",
    r"-1 \le x < \frac{2}{3}",
    r"2x^2y - \sin(3x) + e^{-x}",
    r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
    r"\log_2 n! + \binom{n}{k}",
    r"45^\circ",
    r"12\text{ cm}",
    "3 + 4i",
)


def warm_up() -> None:
    """Parse an answer of every common shape."""
    shortcuts.install()
    timeouts.install()
    logging.disable(logging.CRITICAL)
    for shape in SHAPES:
        parsed = parse(f"\\boxed{{{shape}}}", parsing_timeout=None)
        verify(parsed, parsed, timeout_seconds=None)
    logging.disable(logging.NOTSET)
    gc.collect()
    gc.freeze()  # all this stays: no worker need look through it for garbage, nor copy its pages
    gc.set_threshold(50_000)  # expressions are many small objects, few of which make circles


warm_up()
