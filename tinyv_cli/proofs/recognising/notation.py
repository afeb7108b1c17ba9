"""Category 2, notation: the same thing in other signs."""

import re

from tinyv_cli.maths.words import NUMBER_WORDS
from tinyv_cli.proofs.recognising.pair import Pair, alike, compact, listed, said, value

_BRACKETS = re.compile(r"[\[(\]][^()\[\]=<>]*[,;][^()\[\]=<>]*[\])\[]")  # an interval, or a pair
_UNION = re.compile(
    r"\\(?:cup|cap|infty|emptyset|setminus)(?![A-Za-z])|\b(?:[oc]{2}|union)\(|(?<=[)\]]) [Uu] (?=[(\[])"
)
_INEQUALITY = re.compile(r"<|>|\\[lg](?:eq?|t)(?![A-Za-z])|\\neq")
_BUILDER = re.compile(
    r"(?:\{|\A[A-Za-z] ?(?=\\mid|\|))[^{}]*(?:\\mid|\||:)[^{}]*(?:[<>]|\\(?:[lg]eq|neq|in)(?![A-Za-z]))"
)
_MEMBER = re.compile(r"\\(?:in|mathbb)(?![A-Za-z])")
_IN_WORDS = re.compile(r"\b(?:than|reals?|between|at (?:least|most)|except|all|every|any)\b", re.IGNORECASE)
MOST_WORDS = 10  # of a set in words
_NOTATIONS = (_BRACKETS, _UNION, _INEQUALITY, _BUILDER, _MEMBER)


def intervals(pair: Pair) -> bool:
    r"""2.1: `(-\infty, -5)` and `k < -5`, the set by its condition, or in words."""
    gold, answer = pair.each(_notations)
    if gold and answer:
        return gold != answer or _UNION in gold or (gold != {_BRACKETS} and pair.same(_ends))
    words = pair.answer if gold else pair.gold
    return bool(gold or answer) and bool(_IN_WORDS.search(words)) and len(said(words)) <= MOST_WORDS


def _notations(side: str) -> frozenset[re.Pattern[str]]:
    """The ways of writing a set that it makes use of."""
    return frozenset(notation for notation in _NOTATIONS if notation.search(side))


_BETWEEN_ENDS = re.compile(r"[<>()\[\],;]|\\(?:[lg](?:eq?|t)|cup|neq|in)(?![A-Za-z])|\b(?:and|or|[Uu])\b")


def _ends(side: str) -> frozenset[str]:
    """What stands between the signs of intervals and inequalities: ends, and the unknown."""
    return frozenset(map(compact, _BETWEEN_ENDS.split(side))) - {""}


_NUMBER = "(?:" + "|".join(sorted(NUMBER_WORDS)) + ")"
_RATIO = re.compile(r"(?![A-Za-z]+\s*:\s)[-.\w\\{}^/]+(?:\s*:\s*[-.\w\\{}^/]+)+")
_RATIO_IN_WORDS = re.compile(
    rf"(?:\d+|{_NUMBER})[ -](?:(?:is )?to|in|out of|of|for every|per)[ -](?:every )?(?:\d+|{_NUMBER})",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"[^=<>,;]*(?:/|\\frac)[^=<>,;]*|[\d.]+\s*(?:\\?%)?")


def ratio(pair: Pair) -> bool:
    """2.2: `2:1` and `2/1`, `2 to 1`, `4:2`."""
    gold, answer = pair.each(_ratio_kind)
    return None not in (gold, answer) and (gold != answer or gold == ":")


def _ratio_kind(side: str) -> str | None:
    side = side.replace("\\colon", ":")
    if _RATIO.fullmatch(side):
        return ":"
    if _RATIO_IN_WORDS.fullmatch(side):
        return "to"
    return "/" if _FRACTION.fullmatch(side) else None


_PLUS_MINUS = re.compile(r"\\(?:pm|mp)(?![A-Za-z])|±|\bplus (?:or|and) minus\b|\+/-")
_PERIODIC = re.compile(r"\\pi|\^\\circ")
_INDEX = re.compile(r"(?<![A-Za-z\\])[k-nt](?![A-Za-z])")


def several_in_one(pair: Pair) -> bool:
    r"""2.3: `1 \pm \sqrt{19}` and `1+\sqrt{19}, 1-\sqrt{19}`; one family of angles and several."""
    gold, answer = pair.each(listed)
    if pair.one(_PLUS_MINUS.search):
        return bool(gold or answer)
    families = pair.both(_PERIODIC.search) and pair.both(_INDEX.search)
    return families and (len(gold.keys) if gold else 1) != (len(answer.keys) if answer else 1)


_MATRIX = re.compile(
    r"\\begin\s*\{?(?:small|[pbBvV])?(?:matrix|array)\}?|\\langle|\\vec|\\overrightarrow|\bmatrix\(|\[\s*\["
    r"|\\(?:hat|mathbf|bm|boldsymbol)\s*\{?\s*\\?[ijk]|⟨|\^\{?(?:T|\\top)\}?\Z"
)
_UNIT_VECTORS = re.compile(r"(?<![A-Za-z\\_])i\b.*(?<![A-Za-z\\_])j\b")


def vectors(pair: Pair) -> bool:
    r"""2.4: `\begin{pmatrix} 1 \\ 2 \end{pmatrix}` and `(1, 2)`, `i + 2j`."""
    gold, answer = ({*_MATRIX.findall(side), *_UNIT_VECTORS.findall(side)} for side in pair.written)
    return gold != answer


_DECIMAL_COMMA = re.compile(r"[-+]?\d+(?:\{,\}|,)\d+")
_GROUPED = re.compile(r"\d{1,3}(?:(?:,|\{,\}|\s|')\d{3})+(?!\d)")


def other(pair: Pair) -> bool:
    """2.5: `3.14` and `3,14`, `1,000` and `1000`."""
    if pair.one(_GROUPED.search) and pair.same(_ungrouped):
        return True
    sides = pair.each(lambda side: side.replace("{,}", "."))
    values = [value(side.replace(",", ".") if _DECIMAL_COMMA.fullmatch(side) else side) for side in sides]
    return pair.one(_DECIMAL_COMMA.fullmatch) and None not in values and alike(*map(str, values))


def _ungrouped(side: str) -> str:
    return compact(_GROUPED.sub(lambda found: re.sub(r"\D", "", found[0]), side))
