"""Category 3, expression: the same value or relation in another form."""

import re
from collections.abc import Callable

from tinyv_cli.maths.reading import Node, read
from tinyv_cli.maths.values import exponent
from tinyv_cli.proofs.recognising.pair import Pair, alike, said, value

_TRUTH_VALUES = frozenset({"true", "false"})
_LETTER = re.compile(r"[A-Za-z]")
_FUNCTION = re.compile(
    r"(?:\\|(?<![A-Za-z]))(?:(?:a(?:rc)?)?(?:sin|cos|tan|cot|sec|csc)h?|log|ln|lg|exp)(?![a-z])"
)
_ROOT = re.compile(r"\\sqrt|\b(?:sqrt|root)\(|\^\s*[{(]?\s*-?(?:\\frac|\d*\.\d|\w+\s*/)")
_OTHER_OPERATION = re.compile(
    r"\\(?:sum|prod|int|binom|lfloor|lceil|[bp]?mod|partial)|!|\|"
    r"|\b(?:sum|product|diff|int|binomial|factorial|abs|floor|mod|C)\("
)
_LOGIC = re.compile(r"\b(?:not|implies|xor|xnor)\b|\b[A-Z] (?:and|or)\b|\b(?:and|or) [A-Z]\b")


def is_irrational(side: str) -> bool:
    """Whether it has a root or a function such as the sine in it."""
    return bool(_ROOT.search(side) or _FUNCTION.search(side))


def _may_be_equal(pair: Pair) -> bool:
    """Whether both are formulas, and not two numbers that are far apart."""
    if any(map(said, (pair.gold, pair.answer))) or pair.elements():
        return False  # of lists each element may be another matter
    return None in pair.each(value) or alike(pair.gold, pair.answer)


def roots(pair: Pair) -> bool:
    r"""3.2: `2^{-2/3}` and `\frac{1}{\sqrt[3]{4}}`; but `1+\sqrt{2}` and `\sqrt{2}+1` have one root."""
    return _differ_in(pair, _ROOT, _is_root)


def functions(pair: Pair) -> bool:
    r"""3.3: `\frac{\log 2}{\log 2-\log 3}` and `-\frac{\ln 2}{\ln 3-\ln 2}`."""
    return _differ_in(pair, _FUNCTION, lambda node: _FUNCTION.fullmatch(node.kind) is not None)


def _differ_in(pair: Pair, sign: re.Pattern[str], is_one: Callable[[Node], bool]) -> bool:
    """Whether one of both has such a part which the other has not, as far as they can be read."""
    if not any(map(sign.search, (pair.gold, pair.answer))) or not _may_be_equal(pair):
        return False
    gold, answer = pair.each(read)
    if gold is None or answer is None:
        return True
    return set(filter(is_one, gold.walk())) != set(filter(is_one, answer.walk()))


def _is_root(node: Node) -> bool:
    power = exponent(node)
    return node.kind in ("sqrt", "root") or (power is not None and power.denominator > 1)


def other(pair: Pair) -> bool:
    r"""3.4: sums, factorials, remainders, absolute values, statements of logic."""
    both = pair.gold, pair.answer
    if any(map(_LOGIC.search, both)):
        return not any(set(said(side)) - _TRUTH_VALUES for side in both)
    return any(map(_OTHER_OPERATION.search, both)) and _may_be_equal(pair)


def algebra(pair: Pair) -> bool:
    r"""3.1: `\frac{1-p^2}{3}` and `\frac{-p^2+1}{3}`; equations and inequalities that were rearranged."""
    variable = pair.both(_LETTER.search) and pair.each(value) == (None, None)
    return (variable or pair.both(is_irrational)) and _may_be_equal(pair)
