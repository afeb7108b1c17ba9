"""Category 1, formatting: how the answer is written down."""

import re

from tinyv_cli.maths.plain import DAMAGED, SYMBOLS
from tinyv_cli.maths.reading import read
from tinyv_cli.maths.units import measured
from tinyv_cli.maths.words import NUMBER_WORDS, QUALIFYING
from tinyv_cli.proofs.recognising.pair import Pair, alike, compact, said, value


def spacing(pair: Pair) -> bool:
    """1.1: `f(x) = 2 x` and `f(x)=2x`."""
    gold, answer = (_SPACE.sub("", side) for side in pair.written)
    return pair.same(compact) and gold == answer


def symbols(pair: Pair) -> bool:
    r"""1.2: `(3,+\infty)` and `(3,∞)`."""
    return pair.same(compact) and SYMBOLS in pair.rewritten


def markup(pair: Pair) -> bool:
    r"""1.3: `\frac{32}{9}` and `\dfrac{32}{9}`, `x^{2}` and `x^2`, `\sqrt{2}` and `sqrt(2)`."""
    if pair.same(compact):
        return True
    return read(pair.gold) is not None and pair.same(read) and not pair.one(_SET.search)


def damaged(pair: Pair) -> bool:
    r"""1.6: `60^\textcirc 42'` and `60^\circ 42'`: a command that was spoilt on its way."""
    return pair.same(compact) and DAMAGED in pair.rewritten


_SET = re.compile(r"\\\{")
_SPACE = re.compile(r"\s|(?<!\\)\\[,;:! ]|~|\\q?quad(?![A-Za-z])")
_LEFT_OVER = re.compile(
    r"(?:\\(?:begin|end|box|fbox|hbox|text|math|hline|large|bf|rm)[A-Za-z]*|[{}()\[\]|$\\&~\"'.,;:#`*])+"
)


def other(pair: Pair) -> bool:
    r"""1.6: `\beginboxed{8}` and `8`: the one, and what is left of a command or of brackets around it."""
    longer, shorter = sorted(pair.each(compact), key=len, reverse=True)
    before, found, after = longer.partition(shorter)
    return bool(found and _LEFT_OVER.fullmatch(before + after))


_MINUTES = re.compile(r"(\d+)\s*\^\\circ\s*(\d+)\s*'")
_IN_TWO_UNITS = re.compile(r"\d[\d.]*\s*[A-Za-z]+,?\s+(?:and\s+)?\d[\d.]*\s*[A-Za-z]+")
_NO_UNITS, _LETTERS = QUALIFYING | NUMBER_WORDS, re.compile("[a-z]+")
_COUNTED = re.compile(
    r"(?P<sign>\\?[$€£¥₹]\s*)?(?P<value>(?:about |approximately |around )?[^A-Za-z=<>$€£¥₹]*[\d}½¼¾)])[\s-]*"
    r"(?P<unit>\\?[$€£¥₹]|\(?[A-Za-z]{2,}\.?(?:[ /-][A-Za-z]+\.?){0,3}(?:\^?[23])?\)?)?(?: \(.*\))?\.?"
)


def units(pair: Pair) -> bool:
    r"""1.4: `18.8^\circ` and `18.8`, `7` and `7 apples`, `5 m` and `500 cm`, `1 h 30 min` and `90 min`."""
    gold, answer = pair.each(_quantity)
    if gold and answer:
        return gold[1] != answer[1]
    values = (gold[0] if gold else pair.gold), (answer[0] if answer else pair.answer)
    return bool(gold or answer) and alike(*values) and any(value(each) is not None for each in values)


def _quantity(side: str) -> tuple[str, str] | None:
    """A value, and its unit or what is counted."""
    if found := measured(side):
        return found.value, found.spelt
    if minutes := _MINUTES.fullmatch(side):
        return "({}+{}/60)".format(*minutes.groups()), "degrees and minutes"
    if _IN_TWO_UNITS.fullmatch(side):
        return side, "two units"
    counted = _COUNTED.fullmatch(side)
    unit = counted and (counted["sign"] or counted["unit"])
    if counted is None or not unit or _NO_UNITS & set(_LETTERS.findall(unit.casefold())):
        return None
    return counted["value"], unit


_TAIL = re.compile(
    r"[,;]|(?<=\s)\(|\\(?:text|quad|mid|forall)(?![A-Za-z])|\b(?:where|for|if|when|with|and|as|in)\b"
)
_CONDITION = re.compile(
    r"[=<>]|\\(?:[lg]eq|neq|in|mathbb)(?![A-Za-z])|\b(?:integers?|reals?|constant|arbitrary|any|all)\b"
)
MOST_WORDS = 5  # of a condition; more are a sentence
_CONSTANT = re.compile(r"\+\s*[CcKk]\Z")
_RENAMED = re.compile(r"[A-Za-z]=(?P<value>[A-Za-z])")


def context(pair: Pair) -> bool:
    r"""1.5: `N=n` and `n`, `2k\pi, k \in \mathbb{Z}` and `2k\pi`, `x^2 + C` and `x^2`."""
    longer, shorter = sorted(pair.each(compact), key=len, reverse=True)
    if (found := _RENAMED.fullmatch(longer)) and found["value"] == shorter:
        return True
    gold, answer = pair.each(_without_condition)
    if compact(gold) == compact(answer) != "":
        return True
    return pair.one(_CONSTANT.search) and pair.same(lambda side: compact(_CONSTANT.sub("", side)))


def _without_condition(side: str) -> str:
    """What stands before a condition or a domain, if it has one."""
    tail = _TAIL.search(side)
    if tail is None or not _CONDITION.search(side, tail.start()):
        return side
    return side if len(said(side[tail.start() :])) > MOST_WORDS else side[: tail.start()]
