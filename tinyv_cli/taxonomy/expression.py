"""Category 3, expression: the same value or relation in another form."""

import re

from tinyv_cli.taxonomy.pair import Pair, alike, said, value

_LETTER = re.compile(r"[A-Za-z]")
_FUNCTION = re.compile(
    r"(?:\\|(?<![A-Za-z]))(?:a(?:rc)?)?(?:sin|cos|tan|cot|sec|csc)h?(?![a-z])|(?:\\|(?<![A-Za-z]))(?:log|ln|lg|exp)(?![a-z])"
)
_ROOT = re.compile(r"\\sqrt|\b(?:sqrt|root)\(|\^\s*[{(]?\s*-?(?:\\frac|\d*\.\d|\w+\s*/)")
_OTHER_OPERATION = re.compile(
    r"\\(?:sum|prod|int|binom|lfloor|lceil|[bp]?mod|partial)|!|\||\b(?:sum|product|diff|int|binomial|abs|floor|mod)\("
    r"|\b(?:not|implies|xor|xnor)\b|\b[A-Z] (?:and|or)\b|\b(?:and|or) [A-Z]\b"
)


def _may_be_equal(pair: Pair) -> bool:
    """Whether both are formulas, and not two numbers that are far apart."""
    if any(map(said, (pair.gold, pair.answer))) or pair.elements():
        return False  # of lists each element may be another matter
    return None in pair.each(value) or alike(pair.gold, pair.answer)


def roots(pair: Pair) -> bool:
    r"""3.2: `2^{-2/3}` and `\frac{1}{\sqrt[3]{4}}`."""
    return any(map(_ROOT.search, (pair.gold, pair.answer))) and _may_be_equal(pair)


def functions(pair: Pair) -> bool:
    r"""3.3: `\frac{\log 2}{\log 2-\log 3}` and `-\frac{\ln 2}{\ln 3-\ln 2}`."""
    return any(map(_FUNCTION.search, (pair.gold, pair.answer))) and _may_be_equal(pair)


def other(pair: Pair) -> bool:
    r"""3.4: sums, factorials, remainders, absolute values, statements of logic."""
    return any(map(_OTHER_OPERATION.search, (pair.gold, pair.answer))) and _may_be_equal(pair)


def algebra(pair: Pair) -> bool:
    r"""3.1: `\frac{1-p^2}{3}` and `\frac{-p^2+1}{3}`; equations and inequalities that were rearranged."""
    return pair.both(_LETTER.search) and pair.each(value) == (None, None) and _may_be_equal(pair)
