"""Made-up golds: formulas as people and programs write them."""

import re
from collections import Counter
from random import Random

import pytest

import training.generate  # noqa: F401  (registers the transformations)
from tinyv_cli.maths.kinds import Kind, kind_of
from tinyv_cli.maths.reading import read
from training.generate.formulas import EXPRESSIONS, KINDS, MakeNode, formula_rows
from training.generate.notations import PLAIN, write
from training.generate.pieces import pieces
from training.generate.trees import points, value

GOLDS = [row.gold for row in formula_rows(400, Random(3))]


def test_a_seed_makes_the_same_golds() -> None:
    """Another seed makes others."""
    assert [row.gold for row in formula_rows(400, Random(3))] == GOLDS
    assert [row.gold for row in formula_rows(400, Random(4))] != GOLDS


def test_golds_differ_in_kind_and_notation() -> None:
    """Each kind that is wanted, LaTeX for two fifths, powers as Python has them and constants as Maxima."""
    assert len(set(GOLDS)) > 380
    assert set(map(kind_of, GOLDS)) == KINDS
    assert any("%pi" in gold or "%e" in gold for gold in GOLDS)
    assert any(gold.startswith("matrix(") for gold in GOLDS)
    assert 0.3 < sum("\\" in gold or "{" in gold for gold in GOLDS) / len(GOLDS) < 0.7
    assert any("**" in gold for gold in GOLDS) and any("*" in gold and "**" not in gold for gold in GOLDS)


def test_most_formulas_can_be_transformed() -> None:
    """The rules of algebra read nearly all expressions, but some of programs."""
    expressions = [gold for gold in GOLDS if kind_of(gold) is Kind.EXPRESSION]
    readable = Counter(bool(pieces(gold)) for gold in expressions)
    assert readable[True] > 0.9 * len(expressions)


@pytest.mark.parametrize("make", EXPRESSIONS, ids=lambda make: make.__name__)
def test_an_expression_is_read_as_it_was_made(make: MakeNode) -> None:
    """Its plain text has the same values, and it has values at all."""
    rng = Random(5)
    for _ in range(30):
        node = make(rng)
        text = write(node, PLAIN)
        assert text is not None and not re.search(r"\+ ?-|- ?-\d|\*1\b", text), text
        again = read(text)
        assert again is not None, text
        where = points(tuple(sorted(node.variables())))
        values = [(value(node, point), value(again, point)) for point in where]
        found = [(one, two) for one, two in values if one is not None and two is not None]
        assert found and all(abs(one - two) <= 1e-9 * max(1, abs(one)) for one, two in found), text
