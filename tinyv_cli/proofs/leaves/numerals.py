r"""5.3 and 6.2: numerals that are no figures: `two and a half`, `7 out of 27`, `15th Day`, ①③④."""

import re

from tinyv_cli.maths.mixed import spoken_fraction
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.questions import wants_order
from tinyv_cli.maths.words import stems
from tinyv_cli.proofs.search import Prove, after
from tinyv_cli.proofs.sides import Sides
from tinyv_cli.records import Proof

_PART = re.compile(
    r"[a-z]\s?(?:hal(?:f|ves)|thirds?|quarters?|[a-z]ths?)\b|\A\W*half|\w (?:over|out of|in) \w",
    re.IGNORECASE,
)


def fraction_words(sides: Sides, prove: Prove) -> Proof | None:
    """5.3: `two thirds` is 2/3, `two and a half` is 5/2, `7 out of 27` is 7/27."""
    if not sides.either(_PART.search):
        return None
    gold, answer = sides.each(lambda side: spoken_fraction(plain(side).text))
    if gold is None and answer is None:
        return None
    said = [f"'{text}' is {part}" for text, part in ((sides.gold, gold), (sides.answer, answer)) if part]
    return after("5.3", ", ".join(said), prove(gold or sides.gold, answer or sides.answer))


_ENDS_AS_ORDINAL = re.compile(r"\d\W*(?:st|nd|rd|th)\b", re.IGNORECASE)
_ORDINAL = re.compile(
    r"(?:the )?(?P<number>\d{1,6}) ?(?:\^ ?\{? ?)?(?:st|nd|rd|th) ?\}?"
    r"(?: (?P<noun>[A-Za-z]{2,}(?: [A-Za-z]{2,}){0,2}))?",
    re.IGNORECASE,
)


_HOW_MANY = re.compile(r"\bhow (?:many|much)\b", re.IGNORECASE)  # the 24th is one of them, not so many


def ordinal_figures(sides: Sides, prove: Prove) -> Proof | None:
    """5.3: `15th Day` is 15 where the question speaks of days: which one it is, its number says."""
    if not sides.either(_ENDS_AS_ORDINAL.search) or _HOW_MANY.search(sides.question):
        return None
    gold, answer = sides.each(lambda side: _ORDINAL.fullmatch(plain(side).text))
    if gold is None and answer is None:
        return None
    nouns = [set(stems(found["noun"] or "")) for found in (gold, answer) if found]
    if len(nouns) == 2 and nouns[0] and nouns[1] and nouns[0] != nouns[1]:
        return None
    if not all(noun <= set(stems(sides.question)) for noun in nouns):
        return None
    numbers = (gold["number"] if gold else sides.gold), (answer["number"] if answer else sides.answer)
    if not all(number.strip().isdigit() for number in numbers):
        return None
    return after("5.3", "the number of an ordinal", prove(*numbers))


_CIRCLED = {sign: str(number) for number, sign in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 1)}
_SIGN = f"[{''.join(_CIRCLED)}]"
_ENUMERATED = re.compile(rf"(?:{_SIGN}|\(\d{{1,2}}\))(?:(?:\s|,|、|;|和|与|and)*(?:{_SIGN}|\(\d{{1,2}}\)))*")
_NUMBERS = re.compile(r"\d{1,2}(?:(?:\s*(?:,|、|;|和|与|and)\s*)+\d{1,2})*")
_ONE = re.compile(rf"{_SIGN}|\d{{1,2}}")


def statements(sides: Sides, prove: Prove) -> Proof | None:
    """6.2: `①③④`, `(1)(3)(4)` and `1, 3, 4` name the same statements, where one side has such signs."""
    if not sides.either(_enumerated):
        return None
    gold, answer = sides.each(_named)
    if gold is None or answer is None or sorted(gold) != sorted(answer):
        return None
    if gold != answer and wants_order(sides.question):
        return None
    return after("6.2", f"both name {', '.join(map(str, gold))}", prove(str(gold), str(gold)))


def _enumerated(text: str) -> bool:
    """Whether there are signs of statements, and more than one where these are figures in brackets."""
    return any(sign in text for sign in _CIRCLED) or text.count(")(") > 0


def _named(text: str) -> tuple[int, ...] | None:
    """The numbers of the statements in their order; None for any other text, or where one is named twice."""
    text = text.strip().strip("$").strip().removesuffix(".")
    if not (_ENUMERATED.fullmatch(text) or _NUMBERS.fullmatch(text)):
        return None
    found = [int(_CIRCLED.get(each, each)) for each in _ONE.findall(text)]
    return tuple(found) if len(set(found)) == len(found) else None
