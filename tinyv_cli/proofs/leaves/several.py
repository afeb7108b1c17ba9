"""Several values with names, nouns or numbers: which of them is asked for, and in which order they stand."""

import re

from tinyv_cli.maths.asked import asking, bare, formulas_asked, names_another
from tinyv_cli.maths.brackets import elements
from tinyv_cli.maths.labelled import (
    MOST_CHARS,
    by_label,
    in_order_of,
    labelled_values,
    numbered_part,
    numbered_parts,
)
from tinyv_cli.maths.naming import Named, labelled
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.questions import unknowns_asked
from tinyv_cli.maths.words import HEDGES, stems, words
from tinyv_cli.proofs.search import Prove, after, each_proved, together
from tinyv_cli.proofs.sides import Sides, value
from tinyv_cli.records import Proof

_NUMBERS = re.compile(r"\(([1-9])\)|([①-⑨])|(?:\A|\n|(?<=\s))([1-9])\.\s|\(([a-f])\)")
_PART = re.compile(r"\s*(?:;|,(?!\d{3}(?!\d))(?![^()]*\))|\band\b|\bwith\b|\()\s*")


_MARKED = re.compile(r"\([1-9a-f]\)|[①-⑨]|\A[a-f]\)")


def _may_be_several(side: str) -> bool:
    """Whether there may be two values with words, names or numbers: the quick test."""
    if len(side) > MOST_CHARS:
        return False
    return (
        "=" in side
        or bool(_MARKED.search(side))
        or (any(map(str.isdigit, side)) and any(map(str.isalpha, side)))
    )


def nouns(sides: Sides, prove: Prove) -> Proof | None:
    """5.2: `7 goats and 4 helicopters` is `7, 4` where the question has goats before helicopters."""
    if not sides.either(_may_be_several):
        return None
    gold, answer = sides.each(labelled_values)
    if gold and answer:
        pairs = by_label(gold, answer)
        if pairs is None:
            return None
        shown = each_proved(prove, [ours.value for ours, _ in pairs], [theirs.value for _, theirs in pairs])
        return together("5.2", "matched by the words beside the values", shown)
    given, bare_side = gold or answer, sides.answer if gold else sides.gold
    values = elements(plain(bare_side).text)
    if not given or len(values) != len(given) or words(plain(bare_side).text):
        return None
    ordered = in_order_of(sides.question, given)
    if ordered is None:
        return None
    ours = [each.value for each in ordered]
    shown = each_proved(prove, ours, values) if gold else each_proved(prove, values, ours)
    return together("5.2", "in the order in which the question names them", shown)


def asked_part(sides: Sides, prove: Prove) -> Proof | None:
    """5.2: of `(x, y) = (4, -7)` it is 4 for x; of `(1) 5; (2) 7` the last, if the gold is one."""
    if not sides.question.strip() or "," in sides.gold or not _may_be_several(sides.answer):
        return None
    if chosen := _last_numbered(sides):
        return after("5.2", f"'{chosen}' is the last part", prove(sides.gold, chosen))
    given = _pairs(sides.answer, formulas_asked(sides.question))
    asked = _asked(given, sides.question) if len(given) > 1 else None
    if asked is not None:
        return after("5.2", f"'{asked.name}' is asked for", prove(sides.gold, asked.value))
    first = _first_asked(sides.question, given, sides.answer)
    return first and after("5.2", f"'{first}' is the first of what is asked for", prove(sides.gold, first))


_SMALLER_FIRST = re.compile(
    r"\b(?:smaller|smallest|lesser)\b.*\b(?:larger|largest|greater|bigger)\b", re.DOTALL
)
_LARGER_FIRST = re.compile(
    r"\b(?:larger|largest|greater|bigger)\b.*\b(?:smaller|smallest|lesser)\b", re.DOTALL
)
_FIRST_AND_SECOND = re.compile(r"\bfirst\b.*\bsecond\b", re.DOTALL)
_INDEXED = re.compile(r"\\?[A-Za-z]+_\{?(?P<index>\d)\}?")


def _first_asked(question: str, given: list[Named], answer: str) -> str | None:
    """Of several values the one that the question, which asks for all of them, asks for first."""
    text = asking(question)
    if len(given) == 2 and bool(_SMALLER_FIRST.search(text)) != bool(_LARGER_FIRST.search(text)):
        values = [(found, each.value) for each in given if (found := value(each.value)) is not None]
        if len(values) == 2:
            return (min if _SMALLER_FIRST.search(text) else max)(values)[1]
    indices = [found["index"] for each in given if (found := _INDEXED.fullmatch(bare(each.name)))]
    if len(indices) == len(given) > 1 and indices[0] == "1" and _FIRST_AND_SECOND.search(text):
        return given[0].value
    things = labelled_values(answer)
    ordered = in_order_of(text, things) if things else None
    return ordered[0].value if ordered else None


def _last_numbered(sides: Sides) -> str | None:
    """The last of numbered parts, if the question has as many, and the gold is no part of its own."""
    answers = numbered_parts(sides.answer)
    if numbered_parts(sides.gold):
        return None
    if not answers:
        return numbered_part(sides.answer, _count(sides.question))
    return answers[-1] if _count(sides.question) == len(answers) else None


def _count(question: str) -> int:
    """The highest number of a part of a question."""
    numbers = []
    for digit, circled, dotted, letter in _NUMBERS.findall(question):
        numbers.append(
            int(digit or dotted or 0) or (ord(circled) - 0x245F if circled else ord(letter) - 0x60)
        )
    return max(numbers, default=0)


def _pairs(side: str, wanted: tuple[str, ...]) -> list[Named]:
    """Names with their values; what else stands between them counts for nothing, but no reservation may."""
    text = plain(side).text
    if HEDGES & set(words(text)) - {"square", "base", "minus"}:
        return []
    whole = labelled(text)
    if whole and whole.name.startswith("("):
        names, values = elements(whole.name), elements(whole.value)
        return [Named(*pair) for pair in zip(names, values, strict=True)] if len(names) == len(values) else []
    found = [_pair(part.strip(" )."), wanted) for part in _PART.split(text) if part.strip(" ).")]
    return [each for each in found if each] if all(found) else []


def _pair(part: str, wanted: tuple[str, ...]) -> Named | None:
    name, sign, value = part.partition("=")
    if sign and "=" not in value and bare(name) in wanted:
        return Named(name.strip(), value.strip())
    return labelled(part)


def _asked(given: list[Named], question: str) -> Named | None:
    """The only one that the question wants the value of."""
    if len({bare(each.name) for each in given}) != len(given):
        return None
    unknowns = unknowns_asked(question)
    wanted = [
        each for each in given if bare(each.name) in unknowns or bare(each.name) in formulas_asked(question)
    ]
    if not wanted:
        text = bare(asking(question))
        wanted = [each for each in given if _is_named(each.name, question, text)]
    if not wanted:
        wanted = [each for each in given if not names_another(question, each.name)]
        if len(wanted) == len(given):
            return None
    return wanted[0] if len(wanted) == 1 else None


def _is_named(name: str, question: str, text: str) -> bool:
    if said := set(stems(name)):
        return said <= set(stems(asking(question)))
    return len(bare(name)) > 1 and bare(name) in text
