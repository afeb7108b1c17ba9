"""Whether two expressions are the same: shown, refuted, or left open, and on what that rests."""

from dataclasses import dataclass
from enum import StrEnum

from tinyv_cli.maths.domains import ANYWHERE, Domain
from tinyv_cli.maths.reading import Node
from tinyv_cli.maths.values import rational, same_value


class Outcome(StrEnum):
    """What is known of two expressions."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is known of two expressions, and from what.

    `basis` says on what the outcome rests ("as polynomials, exactly"). Of two that differ there is a point
    at which they do (none where they have no letters), and both values there, as they are said in a sentence.
    `everywhere`: they differ at all points that were tried, so that no condition on the letters, which the
    question may state in words that are not read, makes them the same. A refutation should rest on this.
    """

    outcome: Outcome
    basis: str = ""
    point: tuple[tuple[str, str], ...] = ()
    values: tuple[str, str] = ("", "")
    everywhere: bool = False


UNKNOWN = Comparison(Outcome.UNKNOWN)


def compare(first: Node, second: Node, domain: Domain = ANYWHERE) -> Comparison:
    """Compare them for all values that their letters have in the domain."""
    exact = rational(first), rational(second)
    if None not in exact and exact[0] != exact[1]:
        return Comparison(Outcome.DIFFERENT, "exactly", values=(str(exact[0]), str(exact[1])), everywhere=True)
    same = same_value(first, second)
    return Comparison(Outcome.SAME, "in value") if same else UNKNOWN
