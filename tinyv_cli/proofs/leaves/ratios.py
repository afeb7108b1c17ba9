"""2.2: a ratio with a colon, in words, or as a quotient."""

import re
from collections.abc import Sequence
from functools import lru_cache

from tinyv_cli.maths.brackets import split
from tinyv_cli.maths.forms import unwrapped
from tinyv_cli.maths.questions import wants_a_ratio, wants_it_reduced
from tinyv_cli.maths.reading import read
from tinyv_cli.maths.words import NUMBER_WORDS
from tinyv_cli.proofs.search import Prove, after, each_proved, together
from tinyv_cli.proofs.sides import Pair, Sides
from tinyv_cli.records import Proof

_TO = re.compile(r"\s+(?:is\s+)?to\s+")
_COLON = re.compile(r"\\(?:colon|ratio)(?![A-Za-z])|∶")


def ratio(sides: Sides, prove: Prove) -> Proof | None:
    """2.2: where a ratio is asked for, `2:1` is `2 to 1`, `2/1` and, unless it is to be reduced, `4:2`."""
    if not wants_a_ratio(sides.question):
        return None
    gold, answer = sides.each(_ratio)
    if gold and answer:
        return _same_ratio(sides.question, gold, answer, prove)
    terms, other = (gold, sides.answer) if gold else (answer, sides.gold)
    if terms is None or len(terms) != 2:
        return None
    if wants_it_reduced(sides.question) and not _is_fraction(other, terms):
        return None
    quotient = "({})/({})".format(*terms)
    rest = prove(quotient, other) if gold else prove(other, quotient)
    return after("2.2", f"the ratio {':'.join(terms)} as a quotient", rest)


def _same_ratio(question: str, gold: list[str], answer: list[str], prove: Prove) -> Proof | None:
    """Term by term, or up to a factor that all terms share."""
    if len(gold) != len(answer) or _letters(gold) != _letters(answer):
        return None
    by_term = together("2.2", f"both are the ratio {':'.join(answer)}", each_proved(prove, gold, answer))
    if by_term or wants_it_reduced(question):
        return by_term
    quotients = ([f"({terms[0]})/({term})" for term in terms[1:]] for terms in (gold, answer))
    sentence = f"{':'.join(gold)} and {':'.join(answer)} are the same ratio"
    return together("2.2", sentence, each_proved(prove, *quotients))


@lru_cache(maxsize=1024)
def _ratio(text: str) -> list[str] | None:
    """The terms of a ratio, each of them an expression."""
    if ":" not in text and "to" not in text and _COLON.search(text) is None:
        return None
    terms = split(_COLON.sub(":", _TO.sub(":", unwrapped(text))), ":")
    if terms is None or not 2 <= len(terms) <= 5 or None in map(read, terms):
        return None
    return terms


def _letters(terms: Sequence[str]) -> set[str]:
    """The variables of all terms; what would be one may be a unit, of which a ratio has none."""
    return {name for term in terms if (node := read(term)) for name in node.variables()}


def _is_fraction(text: str, terms: Sequence[str]) -> bool:
    """Whether it is a fraction of just these terms."""
    node = read(text)
    return node is not None and node.kind == "divide" and node.parts == tuple(map(read, terms))


_NUMBER = "(?:" + "|".join(sorted(NUMBER_WORDS)) + ")"
_LIKE_A_RATIO = re.compile(r"(?![A-Za-z]+\s*:\s)[-.\w\\{}^/]+(?:\s*:\s*[-.\w\\{}^/]+)+")
_RATIO_IN_WORDS = re.compile(
    rf"(?:\d+|{_NUMBER})[ -](?:(?:is )?to|in|out of|of|for every|per)[ -](?:every )?(?:\d+|{_NUMBER})",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"[^=<>,;]*(?:/|\\frac)[^=<>,;]*|[\d.]+\s*(?:\\?%)?")


def looks_like_a_ratio(pair: Pair) -> bool:
    """2.2: `2:1` and `2/1`, `2 to 1`, `4:2`."""
    gold, answer = pair.each(_ratio_kind)
    return None not in (gold, answer) and (gold != answer or gold == ":")


def _ratio_kind(side: str) -> str | None:
    side = side.replace("\\colon", ":")
    if _LIKE_A_RATIO.fullmatch(side):
        return ":"
    if _RATIO_IN_WORDS.fullmatch(side):
        return "to"
    return "/" if _FRACTION.fullmatch(side) else None
