"""5.3: the same in other words: numbers in words, yes for true, the letter of a choice."""

import re
from dataclasses import replace

from tinyv_cli.maths.choices import choices
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.words import cardinal, ordinal, word_set, words
from tinyv_cli.proofs.ends import same
from tinyv_cli.proofs.search import Prove, after
from tinyv_cli.proofs.sides import MOST_CHARS, Pair, Sides, said
from tinyv_cli.records import Proof, Step

MOST_WAYS = 6
_SPELT_OUT = re.compile(
    r"(?:(?P<sign>minus|negative) )?(?P<words>[A-Za-z]{3,}(?:[ ,-]+[A-Za-z]{3,})*)", re.IGNORECASE
)


def number_words(sides: Sides, prove: Prove) -> Proof | None:
    """5.3: `twenty-one` is 21, and `third` is 3rd; an ordinal is never a number."""
    gold, answer = sides.each(lambda side: plain(side).text)
    if not any(text[:1].isalpha() or text[-1:].isalpha() or "th" in text for text in (gold, answer)):
        return None
    numbers = ordinal(gold), ordinal(answer)
    if None not in numbers:
        return after("5.3", f"'{answer}' is '{gold}'", prove(*map(str, numbers)))
    figures = _figures(gold), _figures(answer)
    if figures == (None, None):
        return None
    spelt = [f"'{text}' is {figure}" for text, figure in zip((gold, answer), figures, strict=True) if figure]
    return after("5.3", ", ".join(spelt), prove(figures[0] or gold, figures[1] or answer))


def _figures(text: str) -> str | None:
    found = _SPELT_OUT.fullmatch(text)
    number = cardinal(found["words"]) if found else None
    return None if found is None or number is None else ("-" if found["sign"] else "") + str(number)


_TRUTH = {"yes": True, "true": True, "no": False, "false": False}
_FIRST_WORD = re.compile(r"(yes|no|true|false)(?:\s*[,.;:!-]\s*(?P<rest>.*))?", re.IGNORECASE | re.DOTALL)
_RESERVES = word_set("but however unless if only except depends although though sometimes maybe")


def truth(sides: Sides, prove: Prove) -> Proof | None:
    """5.3: `Yes`, `True` and `Yes, because ...` are one answer."""
    gold = _FIRST_WORD.fullmatch(plain(sides.gold).text)
    answer = gold and _FIRST_WORD.fullmatch(plain(sides.answer).text)
    if gold is None or answer is None or gold["rest"]:
        return None
    claimed, meant = _TRUTH[answer[1].lower()], _TRUTH[gold[1].lower()]
    rest = set(words(answer["rest"] or ""))
    if claimed is not meant or rest & _RESERVES or any(_TRUTH.get(word, meant) is not meant for word in rest):
        return None
    return after("5.3", f"'{answer[1]}' is '{gold[1]}'", prove(gold[1], gold[1]))


_CHOICE = re.compile(
    r"(?:(?:option|choice|answer) )?(?P<open>\()?(?P<letter>[A-Ja-j])(?:\)|[.:])?(?P<text>(?<=[).:]) ?\S.*)?",
    re.IGNORECASE | re.DOTALL,
)


def choice(sides: Sides, prove: Prove) -> Proof | None:
    """5.3: the letter of a choice is its text, as the question lists them, and no other choice's."""
    if not sides.either(_as_choice):
        return None
    listed = choices(sides.question)
    gold, answer = sides.each(lambda side: _chosen(_as_choice(side), listed))
    if gold and answer:
        return after("5.3", f"both are choice {gold}", prove(gold, gold)) if gold == answer else None
    letter = gold or answer
    if letter is None:
        return None
    text, other = listed[letter], sides.answer if gold else sides.gold
    if any(same(other, rival) for each, rival in listed.items() if each != letter):
        return None
    return after("5.3", f"choice {letter} is '{text}'", prove(text, other) if gold else prove(other, text))


def _as_choice(side: str) -> re.Match[str] | None:
    return _CHOICE.fullmatch(plain(side).text)


def belies_its_letter(side: str, question: str) -> bool:
    """Whether it gives the letter of a listed choice and the text of none, or of another."""
    listed, found = choices(question), _as_choice(side)
    return bool(found and found["letter"].upper() in listed and not _chosen(found, listed))


def _chosen(found: re.Match[str] | None, listed: dict[str, str]) -> str | None:
    """The letter of a listed choice. If its text is given too, the two must agree."""
    letter = found and found["letter"].upper()
    if found is None or not letter or letter not in listed:
        return None
    text = (found["text"] or "").strip()
    return letter if not text or same(listed[letter], text) else None


def alternatives(sides: Sides, prove: Prove) -> Proof | None:
    """5.3: a gold such as `1977/in 1977`, where all between the strokes is shown to be the same."""
    if "/" not in sides.gold or not words(sides.gold):
        return None
    phrases = [phrase.strip() for phrase in sides.gold.split("/")]
    shortest = min(phrases, key=len)
    if not 1 < len(set(phrases)) <= MOST_WAYS:
        return None
    if not all(shortest == phrase or prove(phrase, shortest) for phrase in phrases):
        return None
    rest = prove(shortest, sides.answer)
    step = Step("5.3", f"the gold says '{shortest}' in {len(phrases)} ways")
    # What is said around one of the phrases explains more than that there are several.
    return rest and replace(rest, steps=(*rest.steps, step))


_WORDS = re.compile(r"(?<![A-Za-z\\])[A-Za-z]{2,}")
_OTHER_SCRIPT = re.compile("[\u0400-\u04ff\u3040-\u9fff\uac00-\ud7af]")  # Cyrillic, Chinese, Japanese, Korean
_SIGN = re.compile(r"\A(?:negative|minus)\s+")
_YEAR = re.compile(r"[12]\d{3}")


def looks_like_number_words(pair: Pair) -> bool:
    """5.3: `21` and `twenty-one`, `third` and `3rd`."""
    return pair.same(_in_figures) and not pair.same(str.casefold)


def _in_figures(side: str) -> str:
    """A number that is spelt in words by its figures, anything else as it is."""
    spelt, sign = _SIGN.subn("", side.casefold())
    if (number := cardinal(spelt)) is not None:
        return f"{'-' * sign}{number}"
    number = ordinal(spelt)
    return f"{'-' * sign}{spelt}" if number is None else f"{number}th"


def looks_like_a_choice(pair: Pair) -> bool:
    """5.3: the letter of a choice and its text."""
    letters = choices(pair.question)
    return bool(letters) and pair.one(lambda side: side.strip("(). ").upper() in letters)


def ways(gold: str) -> list[str]:
    """The phrases of a gold that gives several, `1977/in 1977`; none of a quotient."""
    each = [way.strip() for way in gold[:MOST_CHARS].split("/")]
    several = len(each) > 1 and (any(map(_WORDS.search, each)) or all(map(_YEAR.fullmatch, each)))
    return each if several else []


def looks_like_an_alternative(pair: Pair) -> bool:
    """5.3: one of several phrases that the gold gives, `1977/in 1977`."""
    return pair.given[1].casefold() in map(str.casefold, ways(pair.given[0]))


def looks_like_phrasing(pair: Pair) -> bool:
    """5.3: `odd` and `any odd number of participants`, `Yes` and `True`: the same in other words."""
    return pair.either(said) or pair.either(_OTHER_SCRIPT.search)
