"""Category 5, language: what is said around the answer, or instead of it."""

import re

from tinyv_cli.maths.choices import choices
from tinyv_cli.maths.prose import heading
from tinyv_cli.maths.reading import read
from tinyv_cli.maths.words import NUMBER_WORDS, cardinal, ordinal, stems, word_set
from tinyv_cli.proofs.recognising.pair import MOST_CHARS, Pair, alike, compact, said
from tinyv_cli.proofs.recognising.sets import same_elements

A_SENTENCE = 8  # so many more words are one, whatever it says
MANY_WORDS = 5  # more than the other side has can be nothing else
# So many more words than the other side has are an explanation, and not only another phrase: beside figures
# alone, beside words with figures, beside words alone.
MORE_WORDS = (1, 2, 4)

_NAME = (
    r"(?:\\?[A-Za-z]+'*(?:_(?:\{\w+\}|\w+))?(?: ?\([\w, ]{1,12}\))?|[A-Za-z][A-Za-z ]{0,40}"
    r"|\\(?:angle|overline|triangle) ?\{?[A-Z]+\}?|\|[A-Z]{2}\||\([a-z](?:, ?[a-z])+\))"
)
_START = r"(?:\A|(?<=[,;(])|(?<=\\\{)|\b(?:and|or)\b)\s*"
_LABEL = re.compile(
    rf"{_START}{_NAME}\s*(?:=|(?<=\A[A-Za-z]):(?=\s)|(?<=\b[A-Za-z] )(?:is|equals)\b)\s*(?=\S)"
)
_BELONGING = re.compile(rf"{_START}{_NAME}\s*:\s+")
_WORDS = re.compile(r"(?<![A-Za-z\\])[A-Za-z]{2,}")
_OTHER_SCRIPT = re.compile("[\u0400-\u04ff\u3040-\u9fff\uac00-\ud7af]")  # Cyrillic, Chinese, Japanese, Korean
_SIGN = re.compile(r"\A(?:negative|minus)\s+")
_PLACED = re.compile(r"\A(?:in|on|at|by|it is|it was|is|=)\s+")
_YEAR = re.compile(r"[12]\d{3}")
_MONTHS = word_set("january february march april may june july august september october november december")
_STATES = re.compile(r"\b(?:is|are|was|were|equals?)\s+\Z")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_SAYS_NOTHING = word_set(
    "the and was were are for that this from with which has have had its his her their answer"
)


def assignment(pair: Pair) -> bool:
    """5.2: `16, 3, 1` and `w=16, d=3, a=1`, `7` and `x = 7`."""
    bare = pair.each(_unlabelled)
    if pair.both(_labels) or pair.both(_has_relation):
        return compact(bare[0]) == compact(bare[1]) != compact(pair.gold)
    return pair.one(_labels) and alike(*bare) and bool(said(bare[0])) == bool(said(bare[1]))


def _labels(side: str) -> bool:
    """Whether it names a value with `=`, or several with a colon; a single colon stands behind a heading."""
    return bool(_LABEL.search(side)) or len(_BELONGING.findall(side)) > 1


def _unlabelled(side: str) -> str:
    return _BELONGING.sub(" ", _LABEL.sub(" ", side)).strip("(){}\\ ")


def _has_relation(side: str) -> bool:
    return "=" in side


def chain(pair: Pair) -> bool:
    """5.1: of `3 + 4 = 7` and `7` the one says how it was found; an equation of unknowns says more."""
    longer, shorter = sorted(pair.each(compact), key=_has_relation, reverse=True)
    members = longer.split("=")
    if len(members) < 2 or shorter not in members:
        return False
    return not any(node.variables() for member in members if member != shorter and (node := read(member)))


def joined_by_words(pair: Pair) -> bool:
    """5.4: `1,3` and `1 and 3`."""
    lists = same_elements(pair)
    return lists is not None and bool({"and", "or"} & (lists[0].marks ^ lists[1].marks))


def in_words(pair: Pair) -> bool:
    """5.3: `21` and `twenty-one`, `third` and `3rd`."""
    return pair.same(_figures) and not pair.same(str.casefold)


def _figures(side: str) -> str:
    """A number that is spelt in words by its figures, anything else as it is."""
    spelt, sign = _SIGN.subn("", side.casefold())
    if (number := cardinal(spelt)) is not None:
        return f"{'-' * sign}{number}"
    number = ordinal(spelt)
    return f"{'-' * sign}{spelt}" if number is None else f"{number}th"


def choice(pair: Pair) -> bool:
    """5.3: the letter of a choice and its text."""
    letters = choices(pair.question)
    return bool(letters) and pair.one(lambda side: side.strip("(). ").upper() in letters)


def ways(gold: str) -> list[str]:
    """The phrases of a gold that gives several, `1977/in 1977`; none of a quotient."""
    each = [way.strip() for way in gold[:MOST_CHARS].split("/")]
    several = len(each) > 1 and (any(map(_WORDS.search, each)) or all(map(_YEAR.fullmatch, each)))
    return each if several else []


def alternative(pair: Pair) -> bool:
    """5.3: one of several phrases that the gold gives, `1977/in 1977`."""
    return pair.written[1].casefold() in map(str.casefold, ways(pair.written[0]))


def told_at_length(pair: Pair) -> bool:
    """5.1: a value or a phrase, and a long sentence that has it in it."""
    return abs(len(said(pair.gold)) - len(said(pair.answer))) >= MANY_WORDS and explained(pair)


def explained(pair: Pair) -> bool:
    """5.1: `-2,-1,0` and `Sequence 1: -2, -1, 0`; a value, and the sentence that names it."""
    if pair.one(_PLACED.match) and pair.same(lambda side: _PLACED.sub("", side)):
        return True
    longer, shorter = sorted(pair.each(str), key=lambda side: len(said(side)), reverse=True)
    if set(said(longer)) <= _MONTHS:
        return False  # 8 September 2010, of which 2010 is only the shorter form
    if (rest := heading(longer)) and _told(rest) & _told(shorter):
        return True
    before, found, _ = longer.rpartition(shorter)
    if found and _STATES.search(before):
        return True
    more = len(said(longer)) - len(said(shorter))
    with_figures, in_words = bool(_DIGITS.search(shorter)), bool(said(shorter))
    if more < MORE_WORDS[in_words + (in_words and not with_figures)]:
        return False
    return more >= A_SENTENCE or bool(_told(longer) & _told(shorter)) or compact(shorter) in compact(longer)


def _told(side: str) -> set[str]:
    """The figures in it, and the words that say something."""
    figures = {figure.replace(",", "") for figure in _DIGITS.findall(side)}
    spelt = {str(cardinal(word)) for word in said(side) if word in NUMBER_WORDS}
    return figures | spelt | (set(stems(side)) - _SAYS_NOTHING)


def phrasing(pair: Pair) -> bool:
    """5.3: `odd` and `any odd number of participants`, `Yes` and `True`: the same in other words."""
    return any(said(side) or _OTHER_SCRIPT.search(side) for side in (pair.gold, pair.answer))
