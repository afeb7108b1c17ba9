"""Words of answers and questions: numbers in words, words that turn a meaning round, stems."""

import re
from functools import lru_cache


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_CARDINALS = {word: n for n, word in enumerate(_UNITS.split())}
_CARDINALS |= {word: 10 * n for n, word in enumerate(_TENS.split(), 2)}
_ODD_ORDINALS = {
    "first": "one",
    "second": "two",
    "third": "three",
    "fifth": "five",
    "eighth": "eight",
    "ninth": "nine",
    "twelfth": "twelve",
}
NUMBER_WORDS = frozenset(_CARDINALS) | frozenset(SCALES)


def in_words(number: int) -> str:
    """A number from 0 to 100 in English words, as `cardinal` reads it."""
    if number == 100:
        return "one hundred"
    tens, units = divmod(number, 10)
    names = {value: word for word, value in _CARDINALS.items()}
    return names[number] if number in names else f"{names[10 * tens]}-{names[units]}"


_PART = re.compile(
    r"(?:(?<=thousand),|(?<=illion),|(?:(?<=hundred)|(?<=thousand)|(?<=illion))[ -]and)?[ -]*([a-z]+)"
)


def cardinal(text: str) -> int | None:
    """The number that these English words are: `one thousand, nine hundred and thirty-six` is 1936."""
    text = " ".join(text.casefold().split())
    total, group, last, at = 0, 0, 10**15, 0
    while part := _PART.match(text, at):
        word, at = part[1], part.end()
        if word == "hundred" and 0 < group < 100 and group % 10:
            group *= 100
        elif word in SCALES and word != "hundred" and group and last > SCALES[word]:
            total, group, last = total + group * SCALES[word], 0, SCALES[word]
        elif word in _CARDINALS and _follows(group, _CARDINALS[word]):
            group += _CARDINALS[word]
        else:
            return None
        if word == "zero":
            break
    return total + group if text and at == len(text) else None


def _follows(group: int, value: int) -> bool:
    """Whether a number may be said after a group: `twenty one` and `hundred twelve`, not `one two`."""
    rest = group % 100
    return rest == 0 or (rest % 10 == 0 and rest >= 20 and 0 < value < 10)


_ORDINAL_FIGURES = re.compile(r"(\d{1,9})\s*(?:\^\s*\{?\s*)?(st|nd|rd|th)\s*\}?")


def ordinal(text: str) -> int | None:
    """The number that an ordinal is: `twenty-first`, `21st` and `21^{st}` are 21."""
    text = text.strip().casefold()
    if figures := _ORDINAL_FIGURES.fullmatch(text):
        return int(figures[1])
    last = text[len(text.rstrip("abcdefghijklmnopqrstuvwxyz")) :]
    before = text.removesuffix(last)
    if last in _ODD_ORDINALS:
        return cardinal(before + _ODD_ORDINALS[last])
    if last.endswith("ieth"):
        return cardinal(before + last[:-4] + "y")
    return cardinal(before + last[:-2]) if last.endswith("th") else None


# Words after a number that make another number or another thing of it.
QUALIFYING = word_set(
    "and or not less more fewer below above under over than percent per cent hundred thousand million "
    "billion trillion dozen half halve quarter third fourth fifth tenth pair score gross squared cubed "
    "square cubic factorial times time mod modulo base remainder plus minus divided north south "
    "east west northeast northwest southeast southwest up down left right forward backward ahead behind "
    "loss profit gain increase decrease deficit surplus debt early late earlier later older younger bce "
    "ago negative positive st nd rd th to through between from of in by choose permutation "
    "combination repeating recurring"
)

# Words that turn a statement round, weaken it, or put something beside it.
HEDGES = word_set(
    "not no never none nothing nor neither cannot without unable impossible incorrect wrong false unlikely "
    "unknown unclear untrue about around approximately approx roughly nearly almost circa estimated "
    "estimate estimates least most less fewer more than over under above below up exceed exceeds or "
    "between either maybe perhaps possibly probably could may might would should if unless except but "
    "however although though instead rather actually originally versus minus negative plus times half "
    "twice double triple dozen percent squared cubed square root mod modulo base remainder only some "
    "several many other another every alternatively initially previously formerly language sorry doubt "
    "guess assume assuming suppose supposing assumed different differs differ far opposite "
    "contrary excluding excludes excluded eliminated ruled rejected discarded dismissed invalid mistake "
    "mistaken somewhere ou oder entweder soit nicht kein keine keinen pas jamais nunca tampoco"
)

# What makes a sentence of words.
VERBS = word_set("is are was were has have had equals equal needs need gets costs takes will can makes gives")

_PLURALS = (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("xes", "x"), ("s", ""))
_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}")


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, without commands of LaTeX."""
    return tuple(word.casefold() for word in _WORD.findall(text))


@lru_cache(maxsize=1024)
def stems(text: str) -> tuple[str, ...]:
    """Its words in the singular, so that `apple` and `apples` are one."""
    return tuple(_singular(word) for word in words(text))


def _singular(word: str) -> str:
    if word.endswith(("ss", "us", "is")):
        return word
    if len(word) == 4 and word.endswith("ies"):  # lies, ties
        return word[:-1]
    return next((word[: -len(many)] + one for many, one in _PLURALS if word.endswith(many)), word)
