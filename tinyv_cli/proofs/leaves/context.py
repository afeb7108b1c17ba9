"""1.5: what goes without saying: that an index is an integer, a condition, a constant."""

import re

from tinyv_cli.maths.asked import bare
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.words import word_set, words
from tinyv_cli.proofs.search import Prove, after
from tinyv_cli.proofs.sides import Pair, Sides, compact, said
from tinyv_cli.records import Proof

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


_DOMAIN = re.compile(
    r"(?P<value>.+?)(?:[,;]?\s*\(?\s*(?:for|where|with|if|when|on|over)\s+|[,;]\s*|\s+(?=\([A-Za-z] "
    r"?\\(?:in|neq)))"
    r"\(?(?P<said>(?:(?:all|every|each|any|some)\b|\\?[A-Za-z]\w* ?(?:[<>]|\\(?:in|neq"
    r"|[lg]eq)(?![a-z]))|real|positive|\\forall).*?)\)?",
)
_MAY_SAY_FOR_WHICH = re.compile(
    r"\b(?:for|where|with|if|when|on|over)\b|[,;(].*(?:[<>≤≥≠∈]|\\(?:in|n?eq?|[lg]eq?)\b)"
)
_RELATION = re.compile(
    r"\\?[A-Za-z](?:_\{?\w\}?)? ?(?P<sign>[<>]|\\(?:in|neq|[lg]eq)(?![a-z])) "
    r"?(?P<bound>[^,;<>]+?)(?=,|;|\Z| and )"
)
_INDEX = re.compile(r"[j-nt](?![A-Za-z])")  # counts multiples, so that no real number will do
_NUMBERS = re.compile(r"\\mathbb\{[RZNQC]\}|(?<![A-Za-z\\])[RZNQC](?![A-Za-z])")
_EVERYTHING = word_set(
    "all every each any for where with and is are an in of the real number numbers integer integers "
    "positive rational "
    "natural values value mathbb neq leq geq forall when if"
)
_KINDS = word_set("integer integers positive rational natural nonnegative negative complex")


def domain(sides: Sides, prove: Prove) -> Proof | None:
    """1.5: `f(x) = 2 for all x > 0` is `f(x) = 2` where the question says for which x."""
    if not sides.either(_MAY_SAY_FOR_WHICH.search):
        return None
    found = sides.each(lambda side: _DOMAIN.fullmatch(plain(side).text))
    if found[0] and found[1] and bare(found[0]["said"]) == bare(found[1]["said"]):
        return after("1.5", "both hold for the same", prove(found[0]["value"], found[1]["value"]))
    (gold, of_gold), (answer, of_answer) = sides.each(lambda side: _with_domain(side, sides.question))
    if not of_gold and not of_answer:
        return None
    said = f"that it holds {of_gold or of_answer!r} goes without saying"
    return after("1.5", said, prove(gold, answer))


def _with_domain(side: str, question: str) -> tuple[str, str | None]:
    """A value, and for what it is said to hold, if the question says so itself."""
    text = plain(side).text
    found = _DOMAIN.fullmatch(text)
    if found is None or found["value"].count("(") != found["value"].count(")"):
        return side, None
    value, said = found["value"].strip(), found["said"]
    return (value, said) if _goes_without_saying(said, question) else (side, None)


def _goes_without_saying(said: str, question: str) -> bool:
    """Whether all that is said of a domain is the question's, or that the letter is real."""
    told = bare(plain(question).text)
    relations = list(_RELATION.finditer(said))
    for relation in relations:
        sign, bound = relation["sign"], bare(relation["bound"])
        holds = bare(relation[0]) in told
        is_real = bound == r"\mathbbR" and not _INDEX.match(relation[0])
        holds |= sign == r"\in" and bool(_NUMBERS.match(bound)) and (bound in told or is_real)
        if not holds:
            return False
    rest = set(words(_RELATION.sub(" ", said)))
    kinds = rest & _KINDS
    return not rest - _EVERYTHING - _KINDS and kinds <= set(words(question)) and bool(relations or rest)


_TAIL = re.compile(
    r"[,;]|(?<=\s)\(|\\(?:text|quad|mid|forall)(?![A-Za-z])|\b(?:where|for|if|when|with|and|as|in)\b"
)
_CONDITION = re.compile(
    r"[=<>]|\\(?:[lg]eq|neq|in|mathbb)(?![A-Za-z])|\b(?:integers?|reals?|constant|arbitrary|any|all)\b"
)
MOST_WORDS = 5  # of a condition; more are a sentence
_CONSTANT = re.compile(r"\+\s*[CcKk]\Z")
_RENAMED = re.compile(r"[A-Za-z]=(?P<value>[A-Za-z])")


def looks_like_context(pair: Pair) -> bool:
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
