"""2.1: a set of numbers as an interval, an inequality, by its condition, or in words."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial

from tinyv_cli.maths.brackets import inside
from tinyv_cli.maths.forms import NAME, outline
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.questions import (
    has_several_unknowns,
    is_discrete,
    unknowns_asked,
    wants_a_tuple,
    wants_order,
)
from tinyv_cli.maths.reading import Node, read
from tinyv_cli.maths.realsets import End, RealSet, complement, in_one_spelling, may_be_a_set, real_set
from tinyv_cli.proofs.leaves.lists import BARE, SET, matched
from tinyv_cli.proofs.search import Prove, after, each_proved, together
from tinyv_cli.proofs.sides import Listed, Pair, Sides, compact, listed, said
from tinyv_cli.records import Proof
from tinyv_cli.taxonomy import deepest


def interval(sides: Sides, prove: Prove) -> Proof | None:
    """2.1: an inequality, an interval, a set by its condition or a union, whose ends are the same."""
    if not sides.either(may_be_a_set):
        return None
    gold, answer = sides.each(real_set)
    if gold is None or answer is None or not _may_be_the_same(sides.question, gold, answer):
        return None
    if answer.unsolved and _is_given(sides.question, sides.answer, answer):
        return None
    if sides.either(lambda side: side.strip("$ .") == "R") and not _OF_REALS.search(sides.question):
        return None
    parts = same_set(prove, gold, answer)
    if not parts:
        return None
    leaf = _leaf_within_a_notation(sides, parts, unsolved=gold.unsolved or answer.unsolved) or "2.1"
    proof = together(leaf, f"both are the set {answer}", parts)
    return proof and replace(proof, gold=str(gold), answer=str(answer))


_MEMBERS = re.compile(
    rf"(?P<name>(?:{NAME})|[^=<>∈{{}}]{{1,60}}) ?(?:\\in(?![A-Za-z])|∈)\s*(?P<set>\{{.*\}})"
)


def membership(sides: Sides, prove: Prove) -> Proof | None:
    r"""2.1: `x \in \{1, 2\}` is `\{1, 2\}`: that the unknown is one of these."""
    gold, answer = sides.each(_members)
    if gold is None and answer is None:
        return None
    names = [_spelt(each[0]) for each in (gold, answer) if each]
    if len({*names}) > 1 or not _may_be_asked(sides.question, names[0]):
        return None
    said = f"'{names[0]}' is one of these"
    ours, theirs = listed(gold[1] if gold else sides.gold), listed(answer[1] if answer else sides.answer)
    if ours and theirs and _are_values_of_one(sides.question, ours, theirs):
        parts = matched(ours.elements, theirs.elements, prove)
        if parts:
            return together("2.1", said, parts)
    rest = prove(gold[1] if gold else sides.gold, answer[1] if answer else sides.answer)
    return after("2.1", said, rest)


def _are_values_of_one(question: str, *both: Listed) -> bool:
    """Whether all are values of one unknown, in whatever order."""
    unordered = all(each.brackets in (SET, BARE) for each in both)
    return unordered and not (wants_order(question) or has_several_unknowns(question))


_EXCLUDED = re.compile(
    r"\bexcluded|\brestrict|\bundefined|\bnot (?:be )?defined|\bnot allowed", re.IGNORECASE
)


def excluded(sides: Sides, prove: Prove) -> Proof | None:
    r"""2.1: `x \ne 0, x \ne 2` is `0, 2`, where the question asks which values are excluded."""
    if not _EXCLUDED.search(sides.question):
        return None
    gold, answer = sides.each(_left_out)
    if (gold is None) == (answer is None):
        return None
    other = listed(sides.answer if gold else sides.gold)
    golds, answers = gold or (other and other.elements), answer or (other and other.elements)
    if not golds or not answers or (other and other.brackets not in (SET, BARE)):
        return None
    return together("2.1", "the values that are left out", matched(golds, answers, prove))


def _left_out(side: str) -> list[str] | None:
    """The points that a condition leaves out, several of them."""
    found = real_set(side) if "≠" in in_one_spelling(side) else None
    points = complement(found.intervals) if found else ()
    if len(points) < 2 or any(each.low.text != each.high.text for each in points):
        return None
    return [each.low.text for each in points]


def _members(side: str) -> tuple[str, str] | None:
    """What is a member of which set in braces."""
    if "∈" not in side and "\\in" not in side:
        return None
    found = _MEMBERS.fullmatch(outline(side))
    if found is None or inside(found["set"]) is None or re.search(r"[|:<>≤≥]|\\[lg]e|\\mid", found["set"]):
        return None
    return found["name"], found["set"].replace("{", "\\{", 1)[:-1] + "\\}"


def _spelt(text: str) -> str:
    return re.sub(r"[\s{}$]", "", plain(text).text)


def _may_be_asked(question: str, name: str) -> bool:
    """Whether a letter may be the unknown of a question; what is no letter has to stand there."""
    if len(name) > 1 and not re.fullmatch(NAME, name):
        return name in _spelt(question) or ((node := read(name)) is not None and node in _formulas(question))
    asked = unknowns_asked(question)
    return len(name) > 1 or not asked or name in asked


_FORMULA = re.compile(r"\$([^$]+)\$|\\\((.+?)\\\)")


@lru_cache(maxsize=64)
def _formulas(question: str) -> list[Node | None]:
    return [read("".join(found)) for found in _FORMULA.findall(question)[:MOST_GIVEN]]


# A relation between words, commas or signs of formulas.
_GIVEN = re.compile(
    r"[^$,;?=≡]*?(?:[<>≤≥≠]|\\(?:[lg]eq?(?:slant|q)?|[lg]t|neq?)(?![A-Za-z]))[^$,;?=]*", re.DOTALL
)
_NO_FORMULA = re.compile(r"(?<![\\A-Za-z{_])[A-Za-z]{2,}(?![A-Za-z}])")
MOST_GIVEN = 8


def _is_given(question: str, text: str, found: RealSet) -> bool:
    """Whether a condition stands in the question, or one that has the same solutions: it is what to solve."""
    if compact(text) in compact(question):
        return True
    if re.search("∪| or |,", in_one_spelling(text)):
        return False  # whoever has taken it apart has solved it
    return any(_is_same(found, each) for each in _sets_given(question))


@lru_cache(maxsize=64)
def _sets_given(question: str) -> tuple[RealSet, ...]:
    """The sets of the conditions in a question that have to be solved."""
    pieces = _GIVEN.findall(_NO_FORMULA.sub(",", question))[:MOST_GIVEN]
    return tuple(each for piece in pieces if (each := real_set(piece.strip(" .:"))) and each.unsolved)


def _is_same(first: RealSet, second: RealSet) -> bool:
    both = zip(first.ends, second.ends, strict=False)
    return len(first.ends) == len(second.ends) and all(
        one.closed == other.closed and not _are_apart(one, other) for one, other in both
    )


def _are_apart(gold: End, answer: End) -> bool:
    """Whether no rounding makes one of two ends the other."""
    infinite = [abs(end.value) == float("inf") for end in (gold, answer)]
    if any(infinite):
        return bool(gold.value != answer.value)
    return bool(abs(gold.value - answer.value) > max(abs(gold.value), abs(answer.value)) / 20)


_RELATION = re.compile("[<>≤≥≠]")
_BRACKETED = re.compile(r"[\[(][^\[\]()]*[,;][^\[\]()]*[\])]")
_OF_SETS = re.compile(r"\A\{|[∪∈∖ℝ:]")


def _leaf_within_a_notation(sides: Sides, parts: Sequence[Proof], *, unsolved: bool) -> str | None:
    """What differs where both are conditions, or both intervals; None where the notation does."""
    gold, answer = ("".join(text.split()) for text in sides.each(in_one_spelling))
    both_conditions = _is_condition(gold) and _is_condition(answer)
    if not both_conditions and not (_are_intervals(gold) and _are_intervals(answer)):
        return None
    if both_conditions and sides.one(said):
        return "5.3"
    if gold == answer:
        return "1.2"
    if unsolved:
        return "3.1"
    if both_conditions and _RELATION.findall(gold) != _RELATION.findall(answer):
        return "3.4"
    if sorted(gold.split("∪")) == sorted(answer.split("∪")):
        return "6.1"
    return deepest(part.leaf for part in parts)


def _is_condition(text: str) -> bool:
    return bool(_RELATION.search(text)) and not _OF_SETS.search(text) and not _BRACKETED.search(text)


def _are_intervals(text: str) -> bool:
    return all(map(_BRACKETED.fullmatch, text.split("∪")))


_WANTS_A_DOMAIN = re.compile(r"\bdomain\b(?!.*\brange\b)", re.IGNORECASE | re.DOTALL)
_OF_REALS = re.compile(
    r"\breal|\bdomain|\brange|interval|inequal|solution|\bvalues\b|\\mathbb|ℝ", re.IGNORECASE
)


def _may_be_the_same(question: str, gold: RealSet, answer: RealSet) -> bool:
    """As many intervals, of one unknown; none that may be a pair, or stand for the whole numbers in it."""
    names = {gold.name, answer.name} - {""}
    if len(gold.intervals) != len(answer.intervals) or (len(names) > 1 and names != {"y", "f(x)"}):
        return False
    if gold.is_bounded and wants_a_tuple(question):
        return False
    if names & {"y", "f(x)"} and _WANTS_A_DOMAIN.search(question):
        return False
    may_be_whole = gold.name and not answer.name and gold.has_whole_ends
    return not (may_be_whole and is_discrete(question))


def same_set(prove: Prove, gold: RealSet, answer: RealSet) -> list[Proof] | None:
    """Proofs that all ends are the same; None where one has none."""
    if len(gold.ends) != len(answer.ends):
        return None
    return each_proved(partial(_same_end, prove), gold.ends, answer.ends)


def _same_end(prove: Prove, gold: End, answer: End) -> Proof | None:
    if gold.closed != answer.closed or _are_apart(gold, answer):
        return None
    if "∞" in gold.text or "∞" in answer.text:
        return Proof((), gold.text, answer.text) if gold.value == answer.value else None
    return prove(gold.text, answer.text)


_LIKE_AN_INTERVAL = re.compile(r"[\[(\]][^()\[\]=<>]*[,;][^()\[\]=<>]*[\])\[]")  # an interval, or a pair
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
_NOTATIONS = (_LIKE_AN_INTERVAL, _UNION, _INEQUALITY, _BUILDER, _MEMBER)


def looks_like_intervals(pair: Pair) -> bool:
    r"""2.1: `(-\infty, -5)` and `k < -5`, the set by its condition, or in words."""
    gold, answer = pair.each(_notations)
    if gold and answer:
        return gold != answer or _UNION in gold or (gold != {_LIKE_AN_INTERVAL} and pair.same(_ends))
    words = pair.answer if gold else pair.gold
    return bool(gold or answer) and bool(_IN_WORDS.search(words)) and len(said(words)) <= MOST_WORDS


def _notations(side: str) -> frozenset[re.Pattern[str]]:
    """The ways of writing a set that it makes use of."""
    return frozenset(notation for notation in _NOTATIONS if notation.search(side))


_BETWEEN_ENDS = re.compile(r"[<>()\[\],;]|\\(?:[lg](?:eq?|t)|cup|neq|in)(?![A-Za-z])|\b(?:and|or|[Uu])\b")


def _ends(side: str) -> frozenset[str]:
    """What stands between the signs of intervals and inequalities: ends, and the unknown."""
    return frozenset(map(compact, _BETWEEN_ENDS.split(side))) - {""}
