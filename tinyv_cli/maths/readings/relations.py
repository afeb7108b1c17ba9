"""What says that something is so: equations, inequalities, sets of reals, congruences, conditions."""

import re
from collections.abc import Callable, Iterable
from itertools import takewhile

from tinyv_cli.maths.brackets import inside
from tinyv_cli.maths.families import congruent
from tinyv_cli.maths.reading import read
from tinyv_cli.maths.readings.records import (
    About,
    Assignment,
    Conditioned,
    Congruence,
    Equation,
    Family,
    Inequality,
    Reading,
    Reals,
    Unclear,
)
from tinyv_cli.maths.readings.several import collection
from tinyv_cli.maths.realsets import may_be_a_set, real_set
from tinyv_cli.maths.words import words

PartsOf = Callable[[str], tuple[Reading, ...]]

_ABOUT = re.compile(
    r"\A(?:\\approx(?![A-Za-z])|\\sim(?![A-Za-z])|\\simeq(?![A-Za-z])|~|about\b|around\b|approximately\b|roughly\b)\s*",
    re.IGNORECASE,
)


def about(text: str, parts_of: PartsOf) -> Iterable[Reading]:
    """What is only roughly so."""
    if found := _ABOUT.match(text):
        yield from (About(each) for each in parts_of(text[found.end() :]))


_MODULO = re.compile(
    r"(?:[A-Za-z]\s*(?:\\equiv\s*|=\s*))?(?P<rests>-?\d+(?:\s*(?:,|or|and)\s*-?\d+)*)\s*"
    r"\\?\(?\s*(?:\\pmod|\\bmod|\\mod|mod)\s*\{?\s*(?P<modulus>\d+)\s*\}?\s*\)?"
)


_IN_WORDS = re.compile(r"\b(?:odd|even|multiples?|divisible)\b", re.IGNORECASE)


def congruence(text: str, parts_of: PartsOf) -> Iterable[Reading]:
    """Remainders modulo a number."""
    if (given := _MODULO.fullmatch(text)) and (modulus := int(given["modulus"])):
        rests = frozenset(int(each) % modulus for each in re.findall(r"-?\d+", given["rests"]))
        yield Congruence(rests, modulus)
    elif _IN_WORDS.search(text) and (found := congruent(text)):
        yield Congruence(*found)


_INTEGER = re.compile(
    r"[\s,;(:]*(?:\b(?:where|for|with|any)\b\s*)*(?P<name>[a-zA-Z])\s*(?:\\in\s*(?:\\mathbb\s*\{?\s*Z\s*\}?|Z)"
    r"|(?:is |are )?(?:an? |any )?integers?)\s*\)?\s*\Z"
)


def family(text: str, parts_of: PartsOf) -> Iterable[Reading]:
    """Values that an integer parameter goes through."""
    found = _INTEGER.search(text)
    if found is None or not text[: found.start()].strip():
        return
    values = text[: found.start()].strip(" ,;:(")
    node = read(values.rpartition("=")[2])
    if node is not None and node.variables() == {found["name"]}:
        yield Family(node, found["name"])
    else:
        yield Unclear(text)


_CONDITION = re.compile(
    r"\s*[,(]?\s*(?:\b(?:for|if|when|where|with|provided(?: that)?)\b"
    r"|(?<=[^,]),\s*(?=[A-Za-z]\s*(?:[<>]|\\[lg]eq|\\neq)))"
    r"\s*(?P<condition>[^,]*(?:[<>=]|\\[lg]eq|\\neq|\\in\b)[^,]*)\Z"
)
_SIGNS = re.compile(r"\\(?:leq|geq|neq|approx)(?![A-Za-z])|[<>=]")
_DERIVATIVE = (
    r"\\frac\s*\{\s*(?:d|\\partial)[^{}]*\}\s*\{\s*(?:d|\\partial)[^{}]*\}"
    r"|d\s*\\?[A-Za-z]+\s*/\s*d\s*\\?[A-Za-z]+"
)
_NAME = re.compile(
    rf"(?:{_DERIVATIVE}|"
    r"\\?[A-Za-z]+'*(?:_\{?[\w, ]+\}?|_\\[a-z]+)?'*(?:\s*\([^()=]{1,12}\))?"
    r"|\|[^|=]{1,20}\||\[[A-Z]{3,6}\]|\\overline\s*\{?[A-Z]{2}\}?|(?:m\s*)?\\(?:angle|triangle)\s*[A-Z]{1,4}"
    r"|\(\s*\\?[A-Za-z]\w?(?:\s*,\s*\\?[A-Za-z]\w?)+\s*\)|[A-Za-z][a-z]+(?: [A-Za-z]+){0,6}|[A-Z]{2,4})"
)


def is_name(text: str) -> bool:
    """Whether it can stand before an equals sign as a name: of an unknown, a function, an angle."""
    return _NAME.fullmatch(text.strip()) is not None


def related(text: str, parts_of: PartsOf) -> Iterable[Reading]:
    """Sides with signs between them, outside of brackets; a set of reals if they come to one."""
    if may_be_a_set(text):
        if numbers := real_set(text):
            yield Reals(numbers)
            if _PAIR.fullmatch(text):
                yield from collection(text, parts_of)
            return
        if not _SIGNS.search(text):
            yield Unclear(text)
            return
    sides, signs = _sides(text)
    if not signs:
        return
    found = _CONDITION.search(text)
    if found and text[: found.start()].strip():
        value = parts_of(text[: found.start()])
        if any(isinstance(each, Reals | Inequality | Unclear) for each in value):
            yield Unclear(text)  # a condition on what is a condition itself
        else:
            yield Conditioned(value, found["condition"])
        return
    if not all(side.strip() for side in sides):
        yield Unclear(text)
    elif set(signs) <= {"="}:
        yield from _equal(sides, parts_of, text)
    elif set(signs) <= {"=", "\\approx"}:
        yield from _equal(sides, _roughly(parts_of), text)
    elif words(text):
        yield Unclear(text)
    else:
        yield Inequality(tuple(sides), tuple(signs))


_PAIR = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def _roughly(parts_of: PartsOf) -> PartsOf:
    return lambda part: tuple(About(each) for each in parts_of(part))


def _equal(sides: list[str], parts_of: PartsOf, text: str) -> Iterable[Reading]:
    names = list(takewhile(_NAME.fullmatch, sides[:-1]))
    rest = tuple(sides[len(names) :])
    if not names or _is_of_itself(names, rest):
        yield Equation(tuple(map(parts_of, sides)), tuple(sides))
        return
    value = parts_of(rest[0]) if len(rest) == 1 else (Equation(tuple(map(parts_of, rest)), rest),)
    yield Assignment(" = ".join(names), value, text)


def _is_of_itself(names: list[str], rest: tuple[str, ...]) -> bool:
    """Whether a name stands in what it is said to be, so that it is an equation: `a = -a`."""
    nodes = [read(each) for each in rest]
    return any(node is not None and not node.variables().isdisjoint(names) for node in nodes)


def _sides(text: str) -> tuple[list[str], list[str]]:
    """The sides and the signs between them that no bracket holds."""
    if inside(text) is not None:
        return [text], []
    sides, signs, depth, start = [], [], 0, 0
    for found in re.finditer(
        rf"[(\[{{]|[)\]}}]|(?<!\d),|,(?!\d)|;|(?<![A-Za-z\\])(?:and|or)(?![A-Za-z])|{_SIGNS.pattern}", text
    ):
        sign = found[0]
        if sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        elif depth == 0:
            if sign in (",", ";", "and", "or"):
                return [text], []
            sides.append(text[start : found.start()].strip())
            signs.append(sign)
            start = found.end()
    return [*sides, text[start:].strip()], signs
