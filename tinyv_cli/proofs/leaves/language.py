"""Category 5 of the taxonomy, language: what is said around the answer."""

import re

from tinyv_cli.proofs.search import Prove, Sides, after
from tinyv_cli.records import Proof

_LABEL = re.compile(r"\s*(?P<name>[A-Za-z](?:_\{?\w+\}?)?(?:\([A-Za-z]\))?)\s*=\s*(?P<value>[^=<>]+)")


def label(sides: Sides, prove: Prove) -> Proof | None:
    """5.2: `x = 7` is 7, where only one side names the unknown, or both name the same."""
    gold, answer = (_LABEL.fullmatch(side) for side in (sides.gold, sides.answer))
    if gold and answer and gold["name"] != answer["name"]:
        return None
    if gold is None and answer is None:
        return None
    name = (gold or answer)["name"]
    values = (
        found["value"] if found else side for found, side in ((gold, sides.gold), (answer, sides.answer))
    )
    return after("5.2", f"'{name} =' dropped", prove(*values))
