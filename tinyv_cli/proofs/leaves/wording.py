"""5.3: answers in words: the same words, or the same yes or no."""

import re

from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.wording import asks_yes_or_no, same_verdict, same_words
from tinyv_cli.maths.words import VERBS, words
from tinyv_cli.proofs.search import Prove, after
from tinyv_cli.proofs.sides import Sides
from tinyv_cli.records import Proof

_WORD = re.compile(r"[^\W\d_]{2}")


def same_in_words(sides: Sides, prove: Prove) -> Proof | None:
    """5.3, 5.1: `Ceftriaxone` is `ceftriaxone`, `amino acids` `amino` of acids; the latter of a sentence."""
    if not sides.both(_WORD.search):
        return None
    said = same_words(sides.gold, sides.answer, sides.question)
    leaf = "5.1" if sides.one(_is_a_sentence) else "5.3"
    return after(leaf, said, prove(sides.gold, sides.gold)) if said else None


FEWEST_WORDS = 4  # of a sentence: `n is odd` says no more than `odd n`


def _is_a_sentence(side: str) -> bool:
    said = words(side)
    return len(said) >= FEWEST_WORDS and not VERBS.isdisjoint(said)


def yes_or_no(sides: Sides, prove: Prove) -> Proof | None:
    """5.3: `The cable will not snap.` is `No` where the question is whether it snaps."""
    if not sides.both(_WORD.search) or not asks_yes_or_no(sides.question):
        return None
    said = same_verdict(sides.gold, sides.answer, sides.question)
    if said is None:
        return None
    return after("5.3", f"both say {'yes' if said else 'no'}", prove(sides.gold, sides.gold))


_SUBSTANCE = re.compile(r"(?:[A-Z][a-z]?\d*|[()\[\]·]\d*|\d*[-+])+")
_SYMBOL = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]?[\d_^{A-Z]|\\ce")
_CHEMICAL = re.compile(r"\\ce\s*\{(.*)\}", re.DOTALL)
_LOW, _HIGH = re.compile(r"_|[{}\s]"), re.compile(r"\^(?=\d*[-+])")


def formula_of_a_substance(sides: Sides, prove: Prove) -> Proof | None:
    r"""1.3: `\ce{Na_2SO_4}` is `Na2SO4`: digits behind the symbol of an element are low."""
    if not sides.both(_SYMBOL.search):
        return None
    gold, answer = sides.each(_substance)
    if gold is None or gold != answer or (gold, answer) == (sides.gold, sides.answer):
        return None
    return after("1.3", "the same chemical formula", prove(gold, gold))


def _substance(side: str) -> str | None:
    text = plain(_CHEMICAL.sub(r"\1", side)).text
    text = _HIGH.sub("", _LOW.sub("", text))
    has_elements = sum(map(str.isupper, text)) > 1 or text[-1:] in ("+", "-")
    return text if _SUBSTANCE.fullmatch(text) and has_elements else None
