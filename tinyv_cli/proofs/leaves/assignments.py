"""5.2: the names that stand before values: of an unknown, or of whom a value belongs to."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tinyv_cli.maths.brackets import elements
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.questions import unknowns_asked
from tinyv_cli.maths.reading import GREEK
from tinyv_cli.maths.words import HEDGES, words
from tinyv_cli.proofs.search import Prove, after, each_proved, together
from tinyv_cli.proofs.sides import Pair, Sides, alike, compact, said
from tinyv_cli.records import Proof, Step

MOST_PARTS = 12
_GREEK = "|".join(sorted(GREEK, key=len, reverse=True))
_SUBSCRIPT = r"(?:_\{? ?\w+ ?\}?|_\\?\w+)?"
_NAME = (
    rf"(?:[A-Za-z]|\\(?:{_GREEK}|ell) ?){_SUBSCRIPT}'{{0,2}}(?: ?\([\w, ]{{1,12}}\))?"  # x_1, f(3)
    r"|[A-Za-z]{2,6} ?\([\w, ]{1,12}\)"  # dim(W)
    r"|(?:m ?)?\\(?:angle|triangle) ?[A-Z]{1,4}"
    r"|[A-Z]{2,4}|\|[A-Z]{2}\||\\overline\{[A-Z]{2}\}|\[[A-Z]{3,5}\]"  # AB
    r"|[A-Z]?[a-z]{2,}(?: [A-Za-z]{2,}){0,5}"  # Area of ABC
)
_LABEL = re.compile(rf"(?P<name>{_NAME}|\([a-zA-Z](?:, ?[a-zA-Z]){{1,5}}\)) ?= ?(?P<value>[^=<>]+)")
_WANTED = ("find", "valueof", "compute", "calculate", "determine", "evaluate", "express", "whatis")


def label(sides: Sides, prove: Prove) -> Proof | None:
    """5.2: `x = 7` is 7, where only one side names the unknown, or both name the same."""
    if "=" not in sides.gold and "=" not in sides.answer:
        return None
    gold, answer = _labelled(sides.gold, sides.question), _labelled(sides.answer, sides.question)
    if gold and answer:
        if not _same_name(gold[0], answer[0]):
            return None
        rest = prove(gold[1], answer[1])
        if rest and rest.steps and _bare(gold[0]) == _bare(answer[0]):
            return rest  # what both name alike is no difference
        return _after_the_label(gold[0], rest)
    named, other = gold or answer, sides.answer if gold else sides.gold
    if named is None or "=" in other or _asks_for_another(sides.question, named[0]):
        return None
    return _after_the_label(named[0], prove(named[1], other) if gold else prove(other, named[1]))


def _after_the_label(name: str, rest: Proof | None) -> Proof | None:
    """The step before the proof, but behind one by algebra: a label rules drop by themselves."""
    said = f"'{name} =' dropped"
    if rest and rest.leaf and rest.leaf.startswith("3."):
        return replace(rest, steps=(*rest.steps, Step("5.2", said)))
    return after("5.2", said, rest)


def _same_name(gold: str, answer: str) -> bool:
    """Whether two names are one, or `y` and `f(x)`, which name the same value of a function."""
    names = {_bare(gold), _bare(answer)}
    return len(names) == 1 or names == {"y", "f(x)"}


def _labelled(side: str, question: str) -> tuple[str, str] | None:
    """A name and its value. The name may be any expression that the question wants in so many words."""
    text = plain(side).text
    if found := _LABEL.fullmatch(text):
        return None if HEDGES & set(words(found["name"])) else (found["name"], found["value"])
    name, sign, value = text.partition("=")
    if not sign or re.search(r"[<>=]|\\(?:[lg]eq|neq|approx)", name + value):
        return None
    wanted = _bare(plain(question).text).casefold()
    return (name, value) if any(verb + _bare(name).casefold() in wanted for verb in _WANTED) else None


def _bare(text: str) -> str:
    return re.sub(r"[\s{}]", "", text)


def _asks_for_another(question: str, name: str) -> bool:
    """Whether the question names the unknown that it wants, and this is not it."""
    if len(name) > 1 or not name.isalpha():
        return False
    asked = unknowns_asked(question)
    return bool(asked) and name not in asked


_NAMES_VALUES = re.compile(r"=|:|\b(?:is|has|gets)\b")
_BELONGING = re.compile(
    r"(?P<name>[A-Z][a-z]+(?: [a-z]{2,}){0,2})(?: ?:| is| has| gets) (?P<value>[^=<>:]*\d[^=<>:]*)"
)


def assignments(sides: Sides, prove: Prove) -> Proof | None:
    """5.2: `w=16, d=3` is `16, 3` where the question has w before d; two such lists are compared by name."""
    if not sides.either(_NAMES_VALUES.search):
        return None
    gold, answer = sides.each(_assigned)
    if gold and answer:
        return _by_name(gold, answer, prove)
    if gold:
        return _by_place(gold, sides.answer, sides.question, prove)
    if answer:
        return _by_place(answer, sides.gold, sides.question, lambda named, bare: prove(bare, named))
    return None


def _by_place(given: list[tuple[str, str]], bare: str, question: str, prove: Prove) -> Proof | None:
    """Values with names, and values without, in the order in which the question has the names."""
    names = [name for name, _ in given]
    if _one_unknown(names, question):
        listed = ", ".join(value for _, value in given)
        return after("5.2", f"all are values of '{names[0]}'", prove(listed, bare))
    order, values = _order(names, question), elements(plain(bare).text)
    if order is None or len(values) != len(given):
        return None
    parts = each_proved(prove, map(dict(given).__getitem__, order), values)
    return together("5.2", f"the values of {', '.join(order)} in this order", parts)


def _assigned(side: str) -> list[tuple[str, str]] | None:
    """Two or more names with their values: `x=1, y=2`, `(x,y)=(1,2)`, or `Ann: 1, Bob: 2`."""
    text = plain(side).text
    if (found := _LABEL.fullmatch(text)) and found["name"].startswith("("):
        names, values = elements(found["name"]), elements(found["value"])
        return list(zip(names, values, strict=True)) if len(names) == len(values) else None
    each = elements(text)[: MOST_PARTS + 1]
    if not 1 < len(each) <= MOST_PARTS or HEDGES & set(words(text)):
        return None
    found_all = [_LABEL.fullmatch(part) or _BELONGING.fullmatch(part) for part in each]
    named = [(_tidy(found["name"]), found["value"].strip()) for found in found_all if found]
    return named if len(named) == len(each) else None


def _tidy(name: str) -> str:
    return name if name.replace(" ", "").isalpha() else _bare(name)


def _by_name(gold: list[tuple[str, str]], answer: list[tuple[str, str]], prove: Prove) -> Proof | None:
    named, others = dict(gold), dict(answer)
    if named.keys() != others.keys():
        return None
    if len(named) == 1:
        listed = (", ".join(value for _, value in side) for side in (gold, answer))
        return after("5.2", f"all are values of '{gold[0][0]}'", prove(*listed))
    if len(named) != len(gold) or len(others) != len(answer):
        return None
    parts = each_proved(prove, named.values(), map(others.__getitem__, named))
    return together("5.2", "compared by name", parts)


def _one_unknown(names: Sequence[str], question: str) -> bool:
    """Whether all are values of one unknown: x and x, or x_1 and x_2 where the question has no such names."""
    if len(set(names)) == 1:
        return True
    return len({name.split("_")[0] for name in names}) == 1 and not any(
        name in _bare(question) for name in names
    )


def _order(names: Sequence[str], question: str) -> list[str] | None:
    """Names in the order in which the question has them; letters that it has not in that of the alphabet."""
    if len(set(names)) != len(names):
        return None
    people = any(len(name) > 2 and name[1:].replace(" ", "").isalpha() for name in names)
    text = question if people else plain(" ".join(_FORMULA.findall(question)) or question).text
    at = {name: re.search(rf"(?<![a-z\\]){re.escape(name)}(?![a-z])", text) for name in names}
    found = {name: match.start() for name, match in at.items() if match}
    if len(found) == len(names):
        return sorted(names, key=lambda name: found[name])
    return None if found or people else sorted(names)


_FORMULA = re.compile(r"\$[^$]+\$|\\\(.+?\\\)|\\\[.+?\\\]")
_LIKE_A_NAME = (
    r"(?:\\?[A-Za-z]+'*(?:_(?:\{\w+\}|\w+))?(?: ?\([\w, ]{1,12}\))?|[A-Za-z][A-Za-z ]{0,40}"
    r"|\\(?:angle|overline|triangle) ?\{?[A-Z]+\}?|\|[A-Z]{2}\||\([a-z](?:, ?[a-z])+\))"
)
_PART_BEGINS = r"(?:\A|(?<=[,;(])|(?<=\\\{)|\b(?:and|or)\b)\s*"
_LIKE_A_LABEL = re.compile(
    rf"{_PART_BEGINS}{_LIKE_A_NAME}\s*(?:=|(?<=\A[A-Za-z]):(?=\s)|(?<=\b[A-Za-z] )(?:is|equals)\b)\s*(?=\S)"
)
_LIKE_A_HEADING = re.compile(rf"{_PART_BEGINS}{_LIKE_A_NAME}\s*:\s+")


def looks_like_assignments(pair: Pair) -> bool:
    """5.2: `16, 3, 1` and `w=16, d=3, a=1`, `7` and `x = 7`."""
    bare = pair.each(_unlabelled)
    if pair.both(_labels) or pair.both(has_an_equals_sign):
        return compact(bare[0]) == compact(bare[1]) != compact(pair.gold)
    return pair.one(_labels) and alike(*bare) and bool(said(bare[0])) == bool(said(bare[1]))


def _labels(side: str) -> bool:
    """Whether it names a value with `=`, or several with a colon; a single colon stands behind a heading."""
    return bool(_LIKE_A_LABEL.search(side)) or len(_LIKE_A_HEADING.findall(side)) > 1


def _unlabelled(side: str) -> str:
    return _LIKE_A_HEADING.sub(" ", _LIKE_A_LABEL.sub(" ", side)).strip("(){}\\ ")


def has_an_equals_sign(side: str) -> bool:
    return "=" in side
