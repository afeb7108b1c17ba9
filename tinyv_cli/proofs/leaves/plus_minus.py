"""2.3: several values in one: the two of ±, the many of a family of angles."""

import re

from tinyv_cli.maths.brackets import inside
from tinyv_cli.maths.forms import collection, outline, shown
from tinyv_cli.maths.questions import speaks_of_errors
from tinyv_cli.maths.signs import MINUS_PLUS, PLUS_MINUS
from tinyv_cli.proofs.leaves.lists import BARE, SET, matched
from tinyv_cli.proofs.search import Prove, first_leaf, together
from tinyv_cli.proofs.sides import Pair, Sides, listed
from tinyv_cli.records import Proof

_PLUS_MINUS, _MINUS_PLUS = re.compile(PLUS_MINUS), re.compile(MINUS_PLUS)


def plus_minus(sides: Sides, prove: Prove) -> Proof | None:
    """2.3: `1 ± √19` is the two values, in whatever order."""
    if not sides.either(_PLUS_MINUS.search):
        return None
    gold, answer = sides.each(_expanded)
    if gold is None or answer is None or speaks_of_errors(sides.question):
        return None
    said = f"± written out, in whatever order: {shown(answer)}"
    parts = matched(gold, answer, prove)
    leaf = "2.3"
    if parts and sides.both(_PLUS_MINUS.search):  # so that this is no difference
        leaf = first_leaf(parts) or leaf
    return together(leaf, said, parts)


def _expanded(text: str) -> list[str] | None:
    """The values, two for each element with one ±; None for brackets in which order matters."""
    several = collection(text)
    if several is not None and several.brackets not in (SET, BARE):
        return None
    whole = outline(text)
    values: list[str] = []
    for element in several.elements if several else (inside(whole) if whole[:1] == "{" else whole,):
        times = len(_PLUS_MINUS.findall(element or ""))
        if not element or times > 1 or _MINUS_PLUS.search(element):
            return None
        values += [_PLUS_MINUS.sub(sign, element) for sign in "+-"] if times else [element]
    return values


_LIKE_PLUS_MINUS = re.compile(rf"{PLUS_MINUS}|{MINUS_PLUS}|\bplus (?:or|and) minus\b|\+/-")
_PERIODIC = re.compile(r"\\pi|\^\\circ")
_INDEX = re.compile(r"(?<![A-Za-z\\])[k-nt](?![A-Za-z])")


def looks_like_several_in_one(pair: Pair) -> bool:
    r"""2.3: `1 \pm \sqrt{19}` and `1+\sqrt{19}, 1-\sqrt{19}`; one family of angles and several."""
    gold, answer = pair.each(listed)
    if pair.one(_LIKE_PLUS_MINUS.search):
        return bool(gold or answer)
    families = pair.both(_PERIODIC.search) and pair.both(_INDEX.search)
    return families and (len(gold.keys) if gold else 1) != (len(answer.keys) if answer else 1)
