"""`tinyv explain`: what a kind of false negative is, with examples and how proofs go about them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from tinyv_cli.errors import UsageError
from tinyv_cli.taxonomy import CATEGORIES, Category, Leaf

if TYPE_CHECKING:
    from tinyv_cli.figures.sheets import Part


def explain(
    leaf: Annotated[
        str | None,
        typer.Argument(
            metavar="LEAF", help="The number of a kind, 4.1, or of a category, 4. Left out: all of them."
        ),
    ] = None,
) -> None:
    """Tell what a kind of false negative is, as tinyv_category names it.

    Examples:
    tinyv explain 4.1
    """
    from tinyv_cli.console import out
    from tinyv_cli.figures.sheets import as_rich

    chosen = list(_chosen(leaf))
    if not chosen:
        raise UsageError(f"no kind has the number '{leaf}'; 'tinyv explain' lists them all")
    is_one = leaf is not None and "." in leaf
    out().print(as_rich(_told(*chosen[0]) if is_one else [_listed(chosen)]))


def _chosen(number: str | None) -> Iterator[tuple[Category, Leaf]]:
    """The leaves of this number, or of the category of this number."""
    for category in CATEGORIES:
        for leaf in category.leaves:
            if number in (None, leaf.id, category.number):
                yield category, leaf


def _listed(chosen: list[tuple[Category, Leaf]]) -> "Part":
    from tinyv_cli.figures.sheets import Column, Sheet

    return Sheet(
        "kinds of false negatives, each with an example and its share in the paper (arXiv 2505.14625)",
        (
            Column("kind", one_line=True),
            Column("paper", number=True),
            Column("gold", literal=True),
            Column("answer", literal=True),
        ),
        [
            (
                f"{leaf.id} {leaf.name}",
                f"{leaf.paper_percent:.2f}%",
                leaf.examples[0].gold,
                leaf.examples[0].answer,
            )
            for _, leaf in chosen
        ],
    )


def _told(category: Category, leaf: Leaf) -> "Iterator[Part]":
    """What it is, its examples with their proofs, and which steps of proofs belong to it."""
    from tinyv_cli.figures.sheets import Column, Lines, Sheet
    from tinyv_cli.proofs.leaves import known_steps

    yield Lines(
        [
            (f"{leaf.id} {leaf.name}", leaf.about),
            ("category", f"{category.number} {category.name}"),
            (
                "in the paper",
                f"{leaf.paper_percent:.2f}% of the false negatives on Big-Math (arXiv 2505.14625)",
            ),
        ]
    )
    yield Sheet(
        "the same, written differently",
        (
            Column("gold", literal=True, least=8),
            Column("answer", literal=True, least=8),
            Column("proof", literal=True, least=20),
        ),
        [(each.gold, each.answer, _proof(each.question, each.gold, each.answer)) for each in leaf.examples],
    )
    if steps := known_steps().get(leaf.id):
        yield Sheet("what proofs know of it", (Column("step"),), [(step,) for step in steps])


def _proof(question: str, gold: str, answer: str) -> str:
    from tinyv_cli.proofs import prove

    proof = prove(question, gold, answer)
    return "none: it is left to the model" if proof is None else proof.sentence
