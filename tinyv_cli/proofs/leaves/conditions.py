"""1.5: a condition behind a value that goes without saying: the question states it, or the value needs it."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

import mpmath

from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.reading import Node, read
from tinyv_cli.maths.realsets import Interval, RealSet, complement, real_set
from tinyv_cli.maths.solving import put
from tinyv_cli.maths.values import real_value
from tinyv_cli.proofs.leaves.intervals import same_set
from tinyv_cli.proofs.search import Prove, after
from tinyv_cli.proofs.sides import Sides, compact
from tinyv_cli.records import Proof

_RELATION = r"(?:[<>≠]|\\(?:[lg]eq|neq|in)(?![A-Za-z]))"
_IF = r"(?:where|for|if|when|with|provided(?: that)?)"
_WORDS = rf"(?:(?:{_IF}|and|all|any|every|each|on) )*"
_BEHIND = re.compile(  # in plain text
    rf"(?P<value>.*?[^\s,;(])(?: ?[,;] ?\(?{_WORDS}| ?\({_WORDS}| {_IF} {_WORDS})"
    rf"(?P<condition>(?:real |positive |rational )*[^,;=]*?"
    rf"(?:{_RELATION}[^=]*|(?<=real )[a-z]|(?<=all )[a-z]))\)?\Z"
)
# But the letters of integers, j to n and t: of an angle's multiples no real number will do.
_ALL_REAL = re.compile(r"(?:[A-Za-io-su-z] ?\\in ?\\mathbb\{R\}|(?:real )?[A-Za-io-su-z])")
_HINT = re.compile(r"[<>≠≤≥]|\\(?:[lg]eq?(?:slant|q)?|[lg]t|neq?|in)(?![A-Za-z])|∈|\bfor (?:all|any|every)\b")
_POSITIVE = re.compile(
    r"positive (?:real )?(?:numbers?|reals?|constants?|values?)|\\mathbb\{R\}[_^]\{?\+\}?|positive reals",
    re.IGNORECASE,
)
_NONNEGATIVE = re.compile(r"non-?negative (?:real )?(?:numbers?|reals?|constants?|values?)", re.IGNORECASE)
_SEQUENCE = re.compile(
    r"\bsequences?\b|\bterms?\b|progression|positive integers?|natural numbers?", re.IGNORECASE
)
_COUNTS_TERMS = re.compile(r"[kmn] ?\\in ?(?:\\mathbb ?\{?[NZ]\}?|[NZ])(?:\^?[*+]|[_^]\{?[*+]\}?)?")
_FORMULA = re.compile(r"\$+([^$]+)\$+|\\\((.+?)\\\)|\\\[(.+?)\\\]", re.DOTALL)
MOST_FORMULAS = 12
# How far from an end it is looked, and from 0; and where other letters are put, which nothing else meets.
NEAR, WIDE = (0.001, 0.3, 1), 97
ELSEWHERE = Node("number", "1.3717")


def condition(sides: Sides, prove: Prove) -> Proof | None:
    r"""1.5: `\frac{c-b}{a}, a \ne 0` is `\frac{c-b}{a}`; so is what the question states; two are compared."""
    if not sides.either(_HINT.search):
        return None
    gold, answer = sides.each(_conditioned)
    if gold and answer:
        if _differ(prove, gold[1], answer[1]):
            return None
        return after("1.5", f"both where {answer[1]}", prove(gold[0], answer[0]))
    value, said = gold or answer or ("", "")
    if not value or not _goes_without_saying(sides.question, value, said):
        return None
    rest = prove(value, sides.answer) if gold else prove(sides.gold, value)
    return after("1.5", f"'{said}' goes without saying", rest)


_POSITIVE_ONES = (
    r"\\mathbb\{(?:Z|N)\}(?:_\{?(?:> ?0|\+|\\geq ?1)\}?|\^\{?[+*]\}?)"
    r"|\\mathbb\{Z\}, ?(?P=letter) ?(?:\\geq ?1|> ?0)"
)
_LETTER = r"(?:[a-zA-Z]|\\lambda|\\mu|\\alpha) ?"
_COUNTING = tuple(
    (
        kind,
        re.compile(
            r"(?P<value>.*?[^\s,;(])(?: ?[,;] ?\(?| ?\(| )"
            rf"(?:(?:where|for|with|and|all|any|every|each|some) )*(?:{said})\)?\Z"
        ),
    )
    for kind, said in (
        ("1, 2, 3, …", rf"(?P<letter>[a-z]) ?\\in ?(?:{_POSITIVE_ONES})"),
        ("1, 2, 3, …", r"(?P<letter>[a-z]) ?= ?1, ?2, ?(?:3, ?)?\\ldots"),
        ("1, 2, 3, …", r"(?P<letter>[a-z]) (?:is )?(?:an?|any) positive integer"),
        ("1, 2, 3, …", r"positive integers? (?P<letter>[a-z])"),
        ("0, 1, 2, …", r"(?P<letter>[a-z]) ?= ?0, ?1, ?(?:2, ?)?\\ldots"),
        ("0, 1, 2, …", r"(?P<letter>[a-z]) (?:is )?(?:an?|any) non-?negative integer"),
        ("0, 1, 2, …", r"non-?negative integers? (?P<letter>[a-z])"),
        ("0, 1, 2, …", r"(?P<letter>[a-z]) ?\\in ?\\mathbb\{N\}_\{?0\}?"),
        ("real numbers", rf"(?P<letter>{_LETTER}) ?\\in ?\\mathbb\{{R\}}"),
        ("real numbers", rf"(?P<letter>{_LETTER}) (?:is )?(?:a|any|an arbitrary) real (?:constant|number)"),
        ("real numbers", rf"real (?:constants?|numbers?) (?P<letter>{_LETTER})"),
    )
)


def counting(sides: Sides, prove: Prove) -> Proof | None:
    r"""7.1: `x^n, n \in \mathbb{Z}^+` is `x^k` for positive integers k: parameters that can be the same."""
    gold, answer = sides.each(_counted)
    if gold is None or answer is None or gold[2] != answer[2]:
        return None
    (value, letter, kind), (other, theirs, _) = gold, answer
    letter, theirs = letter.strip(), theirs.strip()
    if letter != theirs and any(map(_has, (other, sides.question, sides.question), (letter, letter, theirs))):
        return None
    renamed = _alone(theirs).sub(lambda _: f"{letter} ", other)
    said = (
        f"both for {letter} = {kind}" if letter == theirs else f"'{theirs}' for '{letter}', which are {kind}"
    )
    return after("7.1", said, prove(value, renamed))


def _alone(letter: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z\\]){re.escape(letter)}(?![A-Za-z])")


def _has(text: str, letter: str) -> bool:
    return _alone(letter).search(text) is not None


def _counted(side: str) -> tuple[str, str, str] | None:
    """A value, the parameter in it, and what it can be."""
    text = plain(side).text.replace("\\mathbb Z", "\\mathbb{Z}").replace("\\mathbb N", "\\mathbb{N}")
    if not _COUNTS.search(text):
        return None
    found = next(((kind, match) for kind, said in _COUNTING if (match := said.fullmatch(text))), None)
    return found and (found[1]["value"].strip(" ,;("), found[1]["letter"], found[0])


_COUNTS = re.compile(r"\\mathbb|\\ldots|integer|real")


def _differ(prove: Prove, gold: str, answer: str) -> bool:
    if compact(gold) == compact(answer):
        return False
    first, second = real_set(gold), real_set(answer)
    return first is None or second is None or first.name != second.name or not same_set(prove, first, second)


def _conditioned(side: str) -> tuple[str, str] | None:
    """A value that is no condition itself, and the condition behind it."""
    text = plain(side).text
    found = _BEHIND.fullmatch(text)
    if found is None or _HINT.search(found["value"]) or found["value"].endswith(("for", "where")):
        return None
    return found["value"].strip(" ,;").lstrip("= "), found["condition"].strip(" ()")


def _goes_without_saying(question: str, value: str, said: str) -> bool:
    if _ALL_REAL.fullmatch(said):
        return True
    asked = plain(question).text
    if compact(said) in compact(asked):
        return True
    if _COUNTS_TERMS.fullmatch(said) and _SEQUENCE.search(question):
        return True
    member = re.fullmatch(r"[A-Za-z] ?\\in ?(?P<set>.+)", said)
    if member and "mathbb" in member["set"]:
        domain = compact(member["set"])
        return any(each in compact(asked) for each in (f"\\in{domain}", f":{domain}\\to"))
    where = real_set(said)
    if where is None or not where.name:
        return False
    return _is_stated(asked, where) or _is_needed(value, where) or _is_excluded_by(question, where)


def _is_stated(question: str, where: RealSet) -> bool:
    """Whether the question speaks of such numbers: positive ones, or those that count terms."""
    shown = str(where)
    if shown == "(0, ∞)":
        return bool(_POSITIVE.search(question))
    if shown == "[0, ∞)":
        return bool(_NONNEGATIVE.search(question))
    return shown == "[1, ∞)" and where.name in "kmn" and bool(_SEQUENCE.search(question))


def _is_needed(value: str, where: RealSet) -> bool:
    """Whether the value is none, or not real, wherever the condition does not hold."""
    node = read(value.rpartition("=")[2])
    if node is None or where.name not in node.variables():
        return False
    inside = any(_has_value(node, where.name, point) for point in _points(where.intervals))
    return inside and not any(
        _has_value(node, where.name, point) for point in _points(complement(where.intervals))
    )


def _is_excluded_by(question: str, where: RealSet) -> bool:
    """Whether a formula of the question has no value at any of the points that a condition leaves out."""
    outside = complement(where.intervals)
    if not outside or any(each.low.text != each.high.text for each in outside):
        return False
    formulas = [
        node
        for node in _formulas(question)
        if where.name in node.variables()
        and any(_has_value(node, where.name, point) for point in _points(where.intervals))
    ]
    return all(
        any(not _has_value(node, where.name, point) for node in formulas) for point in _points(outside)
    )


def _points(intervals: Iterable[Interval]) -> Iterator[Node]:
    """Numbers in all of these: the ends, if they belong to them, and a few beside and between them."""
    for each in intervals:
        ends = [end for end in (each.low, each.high) if end.closed]
        yield from filter(None, (read(end.text) for end in ends))
        low, high = each.low.value, each.high.value
        low, high = max(low, min(high, 0) - WIDE), min(high, max(low, 0) + WIDE)
        beside = (*(low + step for step in NEAR), *(high - step for step in NEAR))
        between = (low + (high - low) * n / 7 for n in range(1, 7))
        yield from (_number(value) for value in (*beside, *between) if low < value < high)


def _number(value: mpmath.mpf) -> Node:
    size = Node("number", f"{abs(float(value)):.9f}")
    return size if value >= 0 else Node("negative", parts=(size,))


def _has_value(node: Node, name: str, point: Node) -> bool:
    """Whether it is a real number there, with any numbers for its other letters."""
    for letter in node.variables():
        node = put(node, Node("variable", letter), point if letter == name else ELSEWHERE)
    return real_value(node) is not None


@lru_cache(maxsize=64)
def _formulas(question: str) -> tuple[Node, ...]:
    """The expressions in a question that can be read, and both sides of its equations."""
    texts = chain.from_iterable(re.split("[=,;]", "".join(found)) for found in _FORMULA.findall(question))
    nodes = [node for text in list(texts)[:MOST_FORMULAS] if (node := read(text.strip(" .:")))]
    return tuple(nodes)
