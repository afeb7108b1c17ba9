"""Kinds of false negatives beside the paper's shares, and where answers were lost."""

from pathlib import Path

import pytest

from tests.annotated import ACCEPTED, LIKELY, METADATA, PROVED, WRONG, annotated, figures_of
from tinyv_cli.taxonomy import LEAF_NAMES, PAPER_PERCENT


def test_the_papers_shares() -> None:
    """Every leaf has one, and together they are everything but for rounding."""
    assert PAPER_PERCENT.keys() == LEAF_NAMES.keys()
    assert sum(PAPER_PERCENT.values()) == pytest.approx(100, abs=0.05)


LINES = [
    *[PROVED] * 3,
    LIKELY | {"category": "6.1"},
    LIKELY | {"category": "6.3"},
    LIKELY | {"category": "1.4"},
    LIKELY | {"category": "9.9"},
    *[LIKELY] * 2,
    WRONG,
    ACCEPTED,
]


def test_categories(tmp_path: Path) -> None:
    """All leaves are there, proved and likely apart; shares are of those that have a leaf."""
    found = figures_of(annotated(tmp_path / "x.parquet", LINES))["categories"]
    assert (found["with"], found["without"]) == (7, 2)
    assert [leaf["leaf"] for leaf in found["leaves"]] == sorted([*LEAF_NAMES, "9.9"])
    leaves = {leaf["leaf"]: leaf for leaf in found["leaves"]}
    assert sum(leaf["count"] for leaf in leaves.values()) == 7
    assert {
        name: leaves["6.1"][name] for name in ("count", "proved", "likely", "share", "paper", "name")
    } == {
        "count": 4,
        "proved": 3,
        "likely": 1,
        "share": pytest.approx(4 / 7),
        "paper": 0.0052,
        "name": "order",
    }
    assert (leaves["5.1"]["count"], leaves["5.1"]["share"], leaves["5.1"]["paper"]) == (0, 0.0, 0.1999)
    assert (leaves["9.9"]["name"], leaves["9.9"]["paper"]) == ("", None), "a file may hold anything"
    categories = {each["category"]: each for each in found["categories"]}
    assert list(categories) == list("1234567")
    assert (categories["6"]["count"], categories["6"]["share"]) == (5, pytest.approx(5 / 7))
    assert (categories["6"]["paper"], categories["6"]["paper_leaves"]) == (0.0145, 0.0182)


def test_no_false_negatives(tmp_path: Path) -> None:
    """Of none there are no shares."""
    found = figures_of(annotated(tmp_path / "x.parquet", [WRONG, ACCEPTED]))["categories"]
    assert (found["with"], found["without"]) == (0, 0)
    assert {leaf["share"] for leaf in found["leaves"]} == {None}


def test_the_same_text(tmp_path: Path) -> None:
    """What is the gold to the letter is counted apart, and what of it the rule had not even seen."""
    same = PROVED | {"category": None, "answer": "6 "}
    unseen = [same | {"lost_in": "extraction"}] * 2
    lines = [*[same | {"lost_in": "comparison"}] * 3, *unseen, LIKELY, same | {"category": "6.1"}]
    found = figures_of(annotated(tmp_path / "x.parquet", lines))["categories"]
    assert (found["with"], found["without"], found["same_text"], found["unseen"]) == (1, 6, 5, 2)


def test_lost_in(tmp_path: Path) -> None:
    """Where the file says it, false negatives are told apart by whether the rule had the answer."""
    said = ["extraction", "extraction", "comparison", None]
    lines = [LIKELY | {"lost_in": each} for each in said]
    found = figures_of(annotated(tmp_path / "x.parquet", [*lines, WRONG | {"lost_in": None}]))
    assert found["lost_in"] == {"extraction": 2, "comparison": 1, "unknown": 1}


def test_p_histogram(tmp_path: Path) -> None:
    """Parts of a twentieth; a p on an edge is in the part above it, and 1 in the last."""
    said = [0.0, 0.01, 0.05, 0.15, 0.35, 0.7, 0.999, 1.0, None]
    found = figures_of(annotated(tmp_path / "x.parquet", [WRONG | {"p": p} for p in said]))["p_histogram"]
    assert [(each["from"], each["to"]) for each in found][:2] == [(0.0, 0.05), (0.05, 0.1)]
    counted = {number: each["count"] for number, each in enumerate(found) if each["count"]}
    assert counted == {0: 2, 1: 1, 3: 1, 7: 1, 14: 1, 19: 2}


def test_no_histogram(tmp_path: Path) -> None:
    """Without a model there is no p."""
    metadata = METADATA | {"model": {"name": "none"}}
    found = figures_of(annotated(tmp_path / "x.parquet", [WRONG | {"p": None}], metadata))
    assert (found["p_histogram"], found["suspect_golds"]["outvoted"]) == ([], None)
