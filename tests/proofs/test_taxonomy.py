"""The table of the taxonomy: what it says of each leaf, and which of several is a proof's own."""

import pytest

from tinyv_cli.proofs import prove
from tinyv_cli.proofs.likeliest import category
from tinyv_cli.taxonomy import CATEGORIES, LEAVES, Leaf, deepest


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.id)
def test_examples(leaf: Leaf) -> None:
    """What stands for a leaf is proved by it, or, where nothing proves it, taken for it."""
    assert leaf.examples
    for each in leaf.examples:
        proof = prove(each.question, each.gold, each.answer)
        found = proof.leaf if proof else category(each.question, [each.gold], each.answer)
        assert found == leaf.id, each


@pytest.mark.parametrize(
    ("leaves", "expected"),
    [
        (["1.1", "5.2", "4.1"], "4.1"),
        (["5.2", "1.4"], "1.4"),
        (["1.3", "5.1"], "5.1"),
        (["5.1", "4.2"], "5.1"),
        (["2.1", "6.1"], "2.1"),
        (["9.9", "1.4", None], "1.4"),
        ([None], None),
        ([], None),
    ],
)
def test_deepest(leaves: list[str | None], expected: str | None) -> None:
    """What has to be worked out goes before how it is said, that before what stands around, looks last."""
    assert deepest(leaves) == expected


def test_a_proof_of_several_steps() -> None:
    """Its leaf is the one that carries meaning, whichever step comes first, and it knows all of them."""
    proof = prove("Solve for x.", r"\frac{600}{7}", "x = 85.71")
    assert proof is not None
    assert (proof.leaf, proof.leaves) == ("4.1", ("5.2", "4.1"))
    same = prove("", "8, 9", "8, 9")
    assert same is not None and (same.leaf, same.leaves, same.sentence) == (None, (), "the same text")


def test_shares_of_the_paper() -> None:
    """Leaves come to all, and so do categories, whose shares are not the sums of those of their leaves."""
    assert sum(leaf.paper_percent for leaf in LEAVES) == pytest.approx(100, abs=0.05)
    assert sum(category.paper_percent for category in CATEGORIES) == pytest.approx(100, abs=0.05)
    sums = [round(sum(leaf.paper_percent for leaf in each.leaves), 2) for each in CATEGORIES]
    assert sums == [34.50, 15.47, 6.69, 10.75, 29.84, 1.82, 0.92]
    assert all(abs(each.paper_percent - own) > 0.1 for each, own in zip(CATEGORIES, sums, strict=True))
