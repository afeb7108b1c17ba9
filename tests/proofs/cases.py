"""How the tables of the leaves are read: every row of them, and all that fail at once."""

from collections.abc import Iterable, Sequence

from tinyv_cli.proofs import prove

Proved = tuple[str, str, str, str, str]  # question, gold, answer, the leaf, and what the proof says
Refused = tuple[str, str, str]  # question, gold, answer


def unproved(rows: Iterable[Proved], *, leading: bool = False) -> list[str]:
    """The rows that have no proof with this leaf and these words; a leading leaf is the proof's own."""
    found = []
    for question, gold, answer, leaf, said in rows:
        proof = prove(question, gold, answer)
        leaves = [proof.leaf] if proof and leading else [step.leaf for step in proof.steps] if proof else []
        if proof is None or leaf not in leaves or said not in proof.sentence:
            found.append(f"{gold} | {answer} | {question}: {proof}, not {leaf} '{said}'")
    return found


def wrongly_proved(rows: Sequence[Refused], *, turned: bool = False) -> list[str]:
    """The rows that have a proof all the same; with `turned` also those that have one the other way round."""
    ways = [*rows, *((question, answer, gold) for question, gold, answer in rows)] if turned else rows
    return [f"{row}: {proof}" for row in ways if (proof := prove(*row)) is not None]


def point(digits: int, places: int) -> str:
    """The digits with a decimal point before so many of them."""
    sign = "-" if digits < 0 else ""
    text = str(abs(digits)).rjust(places + 1, "0")
    return f"{sign}{text[:-places]}.{text[-places:]}"
