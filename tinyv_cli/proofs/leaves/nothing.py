"""2.1: that there is nothing: the empty set, no solution, no value."""

import re

from tinyv_cli.maths.forms import unwrapped
from tinyv_cli.proofs.search import Prove
from tinyv_cli.proofs.sides import Sides
from tinyv_cli.records import Proof, Step

_THINGS = (
    r"(?:(?:real|integer|integral|positive|rational|complex|possible|valid|such|other|natural|whole) )*"
    r"(?:solutions?|roots?|values?|numbers?|integers?|pairs?|triples?|functions?|polynomials?|zeros?|points?"
    r"|(?:\$?[a-z]\$?|\$?\([a-z](?:, ?[a-z])+\)\$?)(?![a-z]))(?: [a-z](?![a-z]))?"
)
_EMPTY = re.compile(
    r"∅|\\emptyset|\\varnothing|\{ ?\}|(?:it is |is )?(?:the |an )?empty set"
    r"|(?:the )?(?:solution )?set is empty"
    rf"|(?:there (?:are|is|exists?) |it has |has )?no (?P<things>{_THINGS})(?: (?:exists?|at all))?"
    rf"|no such (?P<such>{_THINGS})(?: exists?)?|none exists?",
    re.IGNORECASE,
)
_NO_VALUE = re.compile(
    r"dne|d\.n\.e|(?:it |the limit |limit |this )?(?:does not|doesn't|do not|doesn’t) exist|nonexistent"
    r"|(?:it |the limit |limit )?(?:is )?(?:undefined|not defined)|no (?:such )?limit(?: exists?)?",
    re.IGNORECASE,
)
_NOTHING_EXISTS = re.compile(
    r"(?:it |this )?(?:does not|doesn't|do not|doesn’t) exist|none exists?|dne", re.IGNORECASE
)
_HINT = re.compile(
    r"∅|\\emptyset|\\varnothing|\\\{[\s\\,;:]*\\\}|\{\s*\}|\bno|undefined|exist|empty|dne", re.IGNORECASE
)
LONGEST = 80
_IS_COMPLEX = re.compile(r"complex|\\mathbb\s*\{?\s*C|imaginary", re.IGNORECASE)


def nothing(sides: Sides, prove: Prove) -> Proof | None:
    r"""2.1: `\emptyset` is `no solution`, `DNE` is `does not exist`: there is nothing, said otherwise."""
    if max(map(len, sides.each(str))) > LONGEST or not sides.both(_HINT.search):
        return None
    gold, answer = sides.each(_bare)
    for kinds in (("solution", _EMPTY), ("value", _NO_VALUE)):
        what, pattern = kinds
        ways = (pattern, _NOTHING_EXISTS)
        found = [_said(side, *ways) for side in (gold, answer)]
        if all(found) and (pattern.fullmatch(gold) or pattern.fullmatch(answer)):
            if _narrowed(sides.question, *found):
                return None
            return Proof((Step("2.1", f"both say that there is no {what}"),), sides.gold, sides.answer)
    return None


def _bare(side: str) -> str:
    return re.sub(r"[\s,]+", " ", unwrapped(side)).strip(" .!")


def _said(side: str, *ways: re.Pattern[str]) -> str:
    """How it says that there is nothing; empty where it does not."""
    return side if any(way.fullmatch(side) for way in ways) else ""


_KINDS = re.compile(r"\b(?:real|integer|integral|positive|rational|natural|whole)\b", re.IGNORECASE)


def _narrowed(question: str, *said: str) -> bool:
    """Whether one side says less than the other: no real solution, of a question about complex numbers."""
    kinds = [{word.casefold() for word in _KINDS.findall(side)} for side in said]
    asked = {word.casefold() for word in _KINDS.findall(question)}
    return bool((kinds[0] ^ kinds[1]) - asked - {"real"}) or (
        kinds[0] != kinds[1] and bool(_IS_COMPLEX.search(question))
    )
