"""5.1: sentences that state a value, and what follows from a calculation before it."""

from tinyv_cli.maths.statements import statement
from tinyv_cli.proofs.leaves.explanations import says_else
from tinyv_cli.proofs.search import Prove, after
from tinyv_cli.proofs.sides import Sides
from tinyv_cli.records import Proof


def stated(sides: Sides, prove: Prove) -> Proof | None:
    """5.1: `The maximum value of g(x) is 7` and `x = 3, so the sum is 7` state 7 where it is asked for."""
    gold, answer = sides.each(lambda side: statement(side, sides.question))
    if (gold is None and answer is None) or (gold and says_else(*sides.given)):
        return None
    rest = prove(gold or sides.gold, answer or sides.answer)
    if rest is None and gold and answer:
        rest = prove(gold, sides.answer) or prove(sides.gold, answer)
    named = " and ".join(f"'{value}'" for value in (gold, answer) if value)
    return after("5.1", f"the sentence states {named}", rest)
