"""2.3: several values in one: the two of ±, the many of a family of angles."""

import re

from tinyv_cli.maths.brackets import inside
from tinyv_cli.maths.brackets import parts as parts_of
from tinyv_cli.maths.forms import collection, outline, shown
from tinyv_cli.maths.questions import speaks_of_errors
from tinyv_cli.maths.signs import MINUS_PLUS, PLUS_MINUS
from tinyv_cli.proofs.leaves.lists import BARE, PAIR, SET, matched
from tinyv_cli.proofs.search import Prove, together
from tinyv_cli.proofs.sides import Pair, Sides, listed
from tinyv_cli.records import Proof
from tinyv_cli.taxonomy import deepest

_PLUS_MINUS, _MINUS_PLUS = re.compile(PLUS_MINUS), re.compile(MINUS_PLUS)
_SIGN = re.compile(f"{PLUS_MINUS}|{MINUS_PLUS}")
_NAME = re.compile(
    r"(?:(?<=\A)|(?<=, )|(?<=or )|(?<=and ))([A-Za-z](?:\([a-z]\))?) ?= ?"
)  # f(x) = 1 or f(x) = -1
_PAIR = re.compile(
    rf"\([^()]*(?:{PLUS_MINUS}|{MINUS_PLUS})[^()]*,|\([^()]*,[^()]*(?:{PLUS_MINUS}|{MINUS_PLUS})"
)
_NAMED = re.compile(r"\( ?[a-z](?:, ?[a-z])+ ?\) ?= ?(?P<value>.*\))")  # (x, y) = …


def plus_minus(sides: Sides, prove: Prove) -> Proof | None:
    """2.3: `1 ± √19` is the two values, in whatever order; `(±1, ∓2)` is two pairs."""
    if not sides.either(_SIGN.search):
        return None
    if speaks_of_errors(sides.question) or sides.both(_PAIR.search):
        return None
    parts = _matched(*sides.each(outline), prove)
    if parts is None and (bare := _without_their_name(sides)):
        parts = _matched(*bare, prove)
    if parts is None:
        return None
    said = f"± written out, in whatever order: {shown([part.answer for part in parts])}"
    leaf = "2.3"
    if sides.both(_SIGN.search):  # so that this is no difference
        leaf = deepest(part.leaf for part in parts) or leaf
    return together(leaf, said, parts)


def _matched(gold: str, answer: str, prove: Prove) -> list[Proof] | None:
    ours, theirs = _expanded(gold), _expanded(answer)
    return None if ours is None or theirs is None else matched(ours, theirs, prove)


def _without_their_name(sides: Sides) -> tuple[str, str] | None:
    """Both sides without the name that all their values have: `f(x) = 1 or f(x) = -1`."""
    names = sides.each(lambda side: {*_NAME.findall(outline(side))})
    if names[0] != names[1] or len(names[0]) != 1:
        return None
    return sides.each(lambda side: _NAME.sub("", outline(side)))


def _expanded(text: str) -> list[str] | None:
    """The values, two for each element with one ±; None where it is not known which signs go together."""
    whole = outline(text)
    if found := _NAMED.fullmatch(whole):
        whole = found["value"]
    several = collection(whole)
    if several is not None and several.brackets not in (SET, BARE):
        return _both(whole) if several.brackets == PAIR and _SIGN.search(whole) else None
    values: list[str] = []
    for element in parts_of(inside(whole) or "" if whole[:1] == "{" else whole):
        both = _both(element)
        if both is None:
            return None
        values += both
    return values


def _both(element: str) -> list[str] | None:
    """One element for each sign: with ∓ beside it all signs go together, without it one ± stands alone."""
    signs, others = len(_PLUS_MINUS.findall(element)), len(_MINUS_PLUS.findall(element))
    if not signs + others:
        return [element]
    if max(signs, others) > 1 and not (signs and others):
        return None
    return [_MINUS_PLUS.sub(other, _PLUS_MINUS.sub(sign, element)) for sign, other in ("+-", "-+")]


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
