"""Several values with words beside each: `7 goats and 4 helicopters`, `Rice: 34 tons, flour: 61 tons`."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from tinyv_cli.maths.asked import asking
from tinyv_cli.maths.brackets import parts
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.units import unit_of
from tinyv_cli.maths.words import HEDGES, NUMBER_WORDS, QUALIFYING, stems, word_set

MOST_PARTS, MOST_CHARS = 12, 400
_AMOUNT = r"[^A-Za-z:=\d]{0,9}\d[^A-Za-z:=]{0,24}?|-?\\frac\{-?\d+\}\{\d+\}"
_LABEL_FIRST = re.compile(
    rf"(?P<label>(?:the )?[A-Za-z][A-Za-z _'’-]*?(?:_\w+)*)\s*(?:[:=]|\b(?:is|are|has|have|gets?|was"
    rf"|were)\b(?: now)?|(?<=[a-z])\s)\s*"
    rf"(?P<value>{_AMOUNT})(?P<more>\s[A-Za-z][A-Za-z ]*)?",
)
_VALUE_FIRST = re.compile(
    rf"(?:there (?:were|are) )?(?P<value>{_AMOUNT})\s*(?:[-–—]|\()?\s*(?P<label>[A-Za-z][A-Za-z '’-]*)\)?",
    re.IGNORECASE,
)
_HEAD = re.compile(r"(?:[A-Za-z][A-Za-z ]*: )(?=\d)")
_SAYS_NOTHING = word_set(
    "the an of for in on at to with by from and are is has have gets get was were now each per old "
    "there respectively only "
    "shorter longer smaller larger greater lesser bigger first second third one other two three both"
)
_MARK = re.compile(
    r"(?:\A|(?<=[\s;,；，.。]))(?:\((?P<digit>[1-9])\)|(?P<circled>[①-⑨])|\((?P<letter>[a-f])\)|(?P<closed>[a-f])\)|(?P<dotted>[1-9])\.(?=\s))\s*"
)


class Labelled(NamedTuple):
    """A value and the words beside it, in the singular."""

    label: frozenset[str]
    value: str


@lru_cache(maxsize=1024)
def labelled_values(text: str) -> tuple[Labelled, ...]:
    """The values of a list of two or more, each with words of its own; empty where any has none."""
    text = plain(text).text
    text = _HEAD.sub("", text, count=1) if _HEAD.match(text) and text.count(":") == 1 else text
    said = parts(text) if len(text) <= MOST_CHARS else ()
    if not 1 < len(said) <= MOST_PARTS:
        return ()
    found = [_labelled(part) for part in said]
    if not all(found):
        return ()
    values = tuple(each for each in found if each)
    return values if not any(HEDGES & each.label for each in values) else ()


def _labelled(part: str) -> Labelled | None:
    found = _VALUE_FIRST.fullmatch(part) or _LABEL_FIRST.fullmatch(part)
    if found is None:
        return None
    more = (found.groupdict().get("more") or "").strip()
    label = frozenset(stems(found["label"].replace("_", " "))) | frozenset(stems(more))
    label = _one_word_for_each(label) - _SAYS_NOTHING - NUMBER_WORDS
    return Labelled(label, found["value"].strip(" -–—(")) if label else None


_EXTREMES = {
    **dict.fromkeys(("min", "minimum", "smallest", "least", "lowest", "minimal"), "minimum"),
    **dict.fromkeys(("max", "maximum", "largest", "greatest", "highest", "maximal"), "maximum"),
}


def _one_word_for_each(said: Iterable[str]) -> frozenset[str]:
    return frozenset(_EXTREMES.get(word, word) for word in said)


def own_words(values: tuple[Labelled, ...]) -> list[frozenset[str]] | None:
    """Of each the words that no other has; None where one has none."""
    own = [
        each.label - frozenset().union(*(other.label for at, other in enumerate(values) if at != place))
        for place, each in enumerate(values)
    ]
    return own if all(own) else None


@lru_cache(maxsize=1024)
def tells_things_apart(text: str) -> bool:
    """Whether a list is of different things, `7 goats and 4 helicopters`, and not of two units."""
    values = tuple(
        Labelled(frozenset(word for word in each.label if unit_of(word) is None), each.value)
        for each in labelled_values(text)
    )
    return bool(values) and own_words(values) is not None


def in_order_of(question: str, values: tuple[Labelled, ...]) -> list[Labelled] | None:
    """The values in the order in which it is asked for them; None where it is not said for each.

    Where it asks without names, they have to stand already as the question tells of them before.
    """
    own = own_words(values)
    if own is None or any(_changes_its_value(word, question) for each in values for word in each.label):
        return None
    order = _order(own, _told(asking(question)))
    if order is None and _order(own, _told(question)) == sorted(range(len(values))):
        return list(values)
    return None if order is None else [values[at] for at in order]


def _told(text: str) -> tuple[str, ...]:
    return tuple(_EXTREMES.get(word, word) for word in stems(text))


def _order(own: list[frozenset[str]], told: tuple[str, ...]) -> list[int] | None:
    """In which order a text has the words of each; None where it has not those of all."""
    places = [min((told.index(word) for word in words if word in told), default=-1) for words in own]
    if -1 in places or len(set(places)) < len(places):
        return None
    return sorted(range(len(own)), key=places.__getitem__)


def _changes_its_value(word: str, question: str) -> bool:
    """Whether a word beside a number makes another of it, dozen or kilometres, that the question has not."""
    return word not in stems(question) and (word in QUALIFYING or unit_of(word) is not None)


def by_label(
    golds: tuple[Labelled, ...], answers: tuple[Labelled, ...]
) -> list[tuple[Labelled, Labelled]] | None:
    """Each value of the gold with the one whose words it shares, where this is told for sure."""
    if len(golds) != len(answers) or own_words(golds) is None or own_words(answers) is None:
        return None
    pairs, left = [], list(answers)
    for gold, own in zip(golds, own_words(golds) or [], strict=True):
        sharing = [each for each in answers if own & each.label]
        if len(sharing) != 1 or sharing[0] not in left:
            return None
        left.remove(sharing[0])
        pairs.append((gold, sharing[0]))
    return pairs


@lru_cache(maxsize=1024)
def numbered_parts(text: str) -> tuple[str, ...]:
    """What stands behind `(1)`, `(2)` …, without a gap; empty where it is not so numbered."""
    text = plain(text).text
    marks = list(_MARK.finditer(text))
    if len(marks) < 2 or marks[0].start() != 0:
        return ()
    numbers = [_number(found) for found in marks]
    if numbers != list(range(1, len(numbers) + 1)):
        return ()
    ends = [found.start() for found in marks[1:]] + [len(text)]
    return tuple(text[found.end() : end].strip(" ;,.") for found, end in zip(marks, ends, strict=True))


def numbered_part(text: str, number: int) -> str | None:
    """What stands behind `(2)`, if this is its only number, and it is this one."""
    text = plain(text).text
    marks = list(_MARK.finditer(text))
    if len(marks) != 1 or marks[0].start() != 0 or number < 2 or _number(marks[0]) != number:
        return None
    return text[marks[0].end() :]


def _number(found: re.Match[str]) -> int:
    if found["circled"]:
        return ord(found["circled"]) - 0x245F
    if letter := found["letter"] or found["closed"]:
        return ord(letter) - 0x60
    return int(found["digit"] or found["dotted"])
