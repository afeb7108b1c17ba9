"""Category 1 of the taxonomy, formatting: how the answer is written down."""

import re

from tinyv_cli.maths.plain import DAMAGED, MARKUP, SPACING, SYMBOLS, plain
from tinyv_cli.maths.questions import counts
from tinyv_cli.maths.units import Measured, factor, fits_answer, fits_gold, is_spoken_of, measured, unit_of
from tinyv_cli.maths.words import NUMBER_WORDS, QUALIFYING, stems, words
from tinyv_cli.proofs.search import Prove, Sides, after
from tinyv_cli.records import Proof


def markup(sides: Sides, prove: Prove) -> Proof | None:
    r"""1.1, 1.2, 1.3, 1.6: `\dfrac`, `\text{}`, `**`, ∞ for `\infty`, a stop at the end: only for the eye."""
    gold, answer = sides.each(plain)
    if (gold.text, answer.text) == (sides.gold, sides.answer):
        return None
    proof = prove(gold.text, answer.text)
    if proof is None:
        return None
    rewritten = set(gold.rewritten) ^ set(answer.rewritten) or {*gold.rewritten, (SPACING, "spacing")}
    leaf = next(leaf for leaf in (DAMAGED, SYMBOLS, MARKUP, SPACING) if leaf in dict(rewritten))
    return after(leaf, f"the same but for {', '.join(sorted({name for _, name in rewritten}))}", proof)


_FUNCTION = re.compile("sin|cos|tan|cot|sec|csc|log|ln")
_LETTER_OR_SIGN = re.compile(r"[A-Za-z°$€£¢¥₹µμΩ]")


def units(sides: Sides, prove: Prove) -> Proof | None:
    """1.4: a unit that only one side gives and the question means, that both give, or that converts."""
    if not sides.either(_LETTER_OR_SIGN.search):
        return None
    gold, answer = sides.each(measured)
    if gold and answer:
        return _in_one_unit(gold, answer, prove)
    given, bare = gold or answer, sides.answer if gold else sides.gold
    if given is None or words(plain(bare).text) or _is_angle_in_radians(given, bare):
        return None
    if given.of_letters and not is_spoken_of(given.unit, given.spelt, sides.question):
        return None
    if not (fits_gold if gold else fits_answer)(given.unit, sides.question):
        return None
    values = (given.value, bare) if gold else (bare, given.value)
    return after("1.4", f"unit '{given.spelt}' given once", prove(*values))


def _is_angle_in_radians(given: Measured, bare: str) -> bool:
    r"""Whether the other side could be in radians; `\sin 30^\circ` is no angle at all."""
    if given.unit != (("degree", 1),):
        return False
    return "pi" in given.value + bare or "π" in bare or _FUNCTION.search(given.value) is not None


def _in_one_unit(gold: Measured, answer: Measured, prove: Prove) -> Proof | None:
    if gold.unit == answer.unit:
        return after("1.4", f"both in '{gold.spelt}'", prove(gold.value, answer.value))
    times = factor(answer.unit, gold.unit)
    if times is None:
        return None
    converted = f"({answer.value}) * {times.numerator} / {times.denominator}"
    return after("1.4", f"1 '{answer.spelt}' is {times} '{gold.spelt}'", prove(gold.value, converted))


_NUMBER = "|".join(sorted(NUMBER_WORDS))
_COUNTED = re.compile(
    rf"(?P<value>[^A-Za-z]*[\d}}]|(?:{_NUMBER})(?:[ -](?:{_NUMBER})){{0,5}})\s+"
    r"(?P<noun>[A-Za-z]{3,}(?:[ -][A-Za-z]{2,}){0,2})\.?",
    re.IGNORECASE,
)


def counted(sides: Sides, prove: Prove) -> Proof | None:
    """1.4: `7 apples` is 7 where apples are what the question counts, or what the gold names."""
    gold, answer = sides.each(lambda side: _COUNTED.fullmatch(plain(side).text))
    if gold is None and answer is None:
        return None
    nouns = [stems(found["noun"]) for found in (gold, answer) if found]
    if any(_is_more_than_a_thing(word) for noun in nouns for word in noun):
        return None
    if gold and answer:
        if nouns[0][-1] != nouns[1][-1]:
            return None
        return after("1.4", f"both count '{gold['noun']}'", prove(gold["value"], answer["value"]))
    given, bare = (gold, sides.answer) if gold else (answer, sides.gold)
    if given is None or words(plain(bare).text) or not (gold or counts(sides.question, nouns[0])):
        return None
    values = (given["value"], bare) if gold else (bare, given["value"])
    return after("1.4", f"'{given['noun']}' are what is counted", prove(*values))


def _is_more_than_a_thing(word: str) -> bool:
    """Whether a word after a number makes another number of it: a scale, a part, a direction, a unit."""
    return word in QUALIFYING or word in NUMBER_WORDS or word.endswith("th") or unit_of(word) is not None


_QUALIFIER = re.compile(  # in plain text, where one space at most stands between two words
    r"(?:, ?|\(| \(?)(?:(?:where|for|with|and|as|any|all|every|each|some) )*"
    r"(?:(?P<index>[j-nt]) ?(?:\\in ?\\mathbb\{Z\}|(?: ?(?:is|are|being))?(?: ?(?:an|any))? integers?)"
    r"|integers? (?P<named>[j-nt]))\)?\Z"
)
_INEQUALITY = re.compile(r"[<>]|\\[lg]eq")


def qualifier(sides: Sides, prove: Prove) -> Proof | None:
    r"""1.5: `2k\pi, k \in \mathbb{Z}` is `2k\pi`: that an index is an integer may go without saying."""
    (gold, of_gold), (answer, of_answer) = sides.each(_qualified)
    index = of_gold or of_answer
    if index is None or (of_gold and of_answer and of_gold != of_answer):
        return None
    return after("1.5", f"that {index} is an integer goes without saying", prove(gold, answer))


def _qualified(side: str) -> tuple[str, str | None]:
    """A value, and the letter in it that is said to be an integer."""
    text = plain(side).text
    found = _QUALIFIER.search(text)
    index = found and (found["index"] or found["named"])
    if found is None or not index or not _multiplies(index, text[: found.start()]):
        return side, None
    return text[: found.start()], index


def _multiplies(index: str, value: str) -> bool:
    r"""Whether the letter counts multiples, as in `2k\pi`. In `3 < n` it is the unknown itself."""
    beside = [rf"\\pi ?{index}", rf"{index} ?\\pi"]
    if not _INEQUALITY.search(value):
        beside += [rf"\d ?{index}", rf"{index} ?(?:\\cdot|\\frac)", rf"\^\{{?-?{index}"]
    return re.search(rf"(?:{'|'.join(beside)})(?![a-z])", value) is not None
