"""Category 1, formatting: how the answer is written down."""

import re

from tinyv_cli.proofs.plain import DAMAGED, MARKUP, SYMBOLS
from tinyv_cli.proofs.units import measured
from tinyv_cli.proofs.wording import QUALIFYING
from tinyv_cli.taxonomy.pair import Pair, alike, compact, said, value


def spacing(pair: Pair) -> bool:
    """1.1: `f(x) = 2 x` and `f(x)=2x`."""
    return pair.same(compact)


def symbols(pair: Pair) -> bool:
    r"""1.2: `(3,+\infty)` and `(3,∞)`."""
    return pair.same(compact) and SYMBOLS in pair.rewritten


def markup(pair: Pair) -> bool:
    r"""1.3: `\frac{32}{9}` and `\dfrac{32}{9}`, `x^{2}` and `x^2`."""
    return pair.same(compact) and (MARKUP in pair.rewritten or pair.one(_BRACES.search))


def damaged(pair: Pair) -> bool:
    r"""1.6: `60^\textcirc 42'` and `60^\circ 42'`: a command that was spoilt on its way."""
    return pair.same(compact) and DAMAGED in pair.rewritten


_BRACES = re.compile(r"(?<!\\)[{}]|\\cdot|\*")
_SKELETON = re.compile(r"[^\w\s.+<>=/^%-]|_|\s|\\[A-Za-z]+")


def other(pair: Pair) -> bool:
    r"""1.6: `\beginboxed{8}` and `8`: the same letters, figures and operations, whatever else there is."""
    bare = [_SKELETON.sub("", side) for side in (pair.gold, pair.answer)]
    return bare[0] == bare[1] != ""


_COUNTED = re.compile(
    r"(?P<value>(?:about |approximately |around )?[^A-Za-z=<>]*[\d}½¼¾)])[\s-]*"
    r"(?P<unit>[A-Za-z]{1,}\.?(?:[ /-][A-Za-z]+\.?){0,3}(?:\^?\{?[23]\}?)?)(?: ?\(.*\))?\.?"
)
_MONEY = re.compile(r"\\?[$€£¥₹]\s*(?P<value>[\d.,]+)(?P<unit>)|(?P<amount>[\d.,]+)\s*\\?[$€£¥₹]")


def units(pair: Pair) -> bool:
    r"""1.4: `18.8^\circ` and `18.8`, `7` and `7 apples`, `5 m` and `500 cm`."""
    gold, answer = pair.each(_quantity)
    if gold is None and answer is None:
        return False
    if gold and answer:
        return gold != answer
    return alike(gold or pair.gold, answer or pair.answer) and value(gold or pair.gold) is not None


def _quantity(side: str) -> str | None:
    """The value before a unit or the name of what is counted."""
    if found := measured(side):
        return found.value
    money = _MONEY.fullmatch(side)
    found = money or _COUNTED.fullmatch(side)
    if found is None:
        return None
    if not money and QUALIFYING & set(found["unit"].casefold().split()):
        return None
    return found["value"]


_TAIL = re.compile(
    r"\s*(?:[,;(]|\\(?:text|quad|mid|forall)(?![A-Za-z])|\b(?:where|for|if|when|with|and|as|in)\b).*"
    r"(?:=|<|>|\\(?:[lg]eq|neq|in|mathbb)(?![A-Za-z])|\b(?:integers?|reals?|constant|arbitrary|any|all)\b).*",
    re.DOTALL,
)
_CONSTANT = re.compile(r"\s*\+\s*[CcKk]\s*")
_RENAMED = re.compile(r"(?P<name>[A-Za-z])=(?P<value>[A-Za-z])")


def context(pair: Pair) -> bool:
    r"""1.5: `N=n` and `n`, `2k\pi, k \in \mathbb{Z}` and `2k\pi`, `x^2 + C` and `x^2`."""
    longer, shorter = sorted(pair.each(compact), key=len, reverse=True)
    if (found := _RENAMED.fullmatch(longer)) and found["value"] == shorter:
        return True
    for long, short in ((pair.gold, pair.answer), (pair.answer, pair.gold)):
        tail = long[len(short) :]
        if short and long.startswith(short) and (_TAIL.fullmatch(tail) or _CONSTANT.fullmatch(tail)):
            return len(said(tail)) < 6
    return False
