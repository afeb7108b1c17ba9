"""Calls of programs of algebra, spelt out as people write them."""

import pytest

from tests.proofs.cases import unproved, wrongly_proved
from tinyv_cli.maths.calls import spelt_out

SPELT = [
    ("oo(-inf,4)", "(-inf, 4)"),
    ("oc(0,1)", "(0, 1]"),
    ("union(cc(0,1),{3})", r"[0, 1] \cup \{3\}"),
    ("intersection(oo(0,2),co(1,3))", r"(0, 2) \cap [1, 3)"),
    ("lg(27,3)", r"\log_{3}(27)"),
    ("'root(x,3)", r"\sqrt[3]{x}"),
    ("sum(k^2,k,1,3)", "(((1)^2)+((2)^2)+((3)^2))"),
    ("all", r"\mathbb{R}"),
    ("minf < x", r"-\infty < x"),
]
AS_IT_IS = [
    "sum of k",
    "foo(1,2)",
    "oo(1)",
    "sum(k,k,1)",
    "sum(k,2,1,3)",
    "sum(k,k,3,1)",
    "product(k,k,1,n)",
    "lg(5)",
    "oo(1,2",
]
SAME = [
    ("", "sum(k^2,k,1,n)", "n*(n+1)*(2*n+1)/6", "3.4", "spelt out"),
    ("", "sum(k^2,k,1,n)", "sum((k+1)^2,k,0,n-1)", "3.4", "spelt out"),
    ("", "product(cos(k*x),k,1,3)", "cos(x)*cos(2*x)*cos(3*x)", "3.4", "spelt out"),
    ("", "oo(-inf,4)", "union(oc(-inf,0),oo(-1,4))", "3.4", "both are the set"),
    ("", "4", "1+lg(27,3)", "3.4", "exactly"),
    ("", r"\frac{x}{2}", r"\\frac{x}{2}", "1.6", "as a program prints them"),
]
OTHER = [
    ("", "sum(k^2,k,1,n)", "n*(n+1)*(2*n-1)/6"),
    ("", "sum(k^2,k,1,n)", "sum((k+1)^2,k,0,n)"),
    ("", "oo(1,3)", "union(oo(1,2),oo(2,3))"),
    ("", "oc(1,2)", "co(1,2)"),
    ("", "lg(8,2)", "lg(2,8)"),
]


@pytest.mark.parametrize(("text", "spelt"), SPELT)
def test_spelt_out(text: str, spelt: str) -> None:
    """An interval, a set, a logarithm, a root, a sum: each in the signs that people write."""
    assert spelt_out(text) == spelt


@pytest.mark.parametrize("text", AS_IT_IS)
def test_as_it_is(text: str) -> None:
    """What is no such call, or has other parts, stays."""
    assert spelt_out(text) == text


def test_proved() -> None:
    """With the calls spelt out both sides are seen to be the same."""
    assert unproved(SAME) == []


def test_not_proved() -> None:
    """Another bracket, base, summand or bound is another answer."""
    assert wrongly_proved(OTHER, turned=True) == []
