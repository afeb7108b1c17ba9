"""5.3: the same in other words: numbers in words, yes for true, the letter of a choice."""

import re
from dataclasses import replace
from functools import lru_cache, partial

from tinyv_cli.maths.choices import choices, letter_said, letters_taken
from tinyv_cli.maths.numerals import counted_in_figures, in_figures, quotient, ratio
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.questions import ranks, wants_a_ratio, wants_a_share
from tinyv_cli.maths.words import cardinal, ordinal, word_set, words
from tinyv_cli.proofs.ends import same
from tinyv_cli.proofs.search import Prove, after
from tinyv_cli.proofs.sides import MOST_CHARS, Pair, Sides, said
from tinyv_cli.records import Proof, Step

MOST_WAYS = 6


_LETTER = re.compile(r"(?<!\\)\b[^\W\d_]{2}")


def number_words(sides: Sides, prove: Prove) -> Proof | None:
    """5.3: `twenty-one` is 21, and `third` is 3rd; an ordinal is never a number."""
    gold, answer = sides.each(lambda side: plain(side).text)
    if not any(map(_LETTER.search, (gold, answer))):
        return None
    numbers = ordinal(gold), ordinal(answer)
    if None not in numbers:
        return after("5.3", f"'{answer}' is '{gold}'", prove(*map(str, numbers)))
    spell = partial(_spelt_out, question=sides.question)
    figures = spell(gold), spell(answer)
    if figures == (None, None):
        return None
    spelt = [f"'{text}' is {figure}" for text, figure in zip((gold, answer), figures, strict=True) if figure]
    return after("5.3", ", ".join(spelt), prove(figures[0] or gold, figures[1] or answer))


def _spelt_out(text: str, question: str) -> str | None:
    """The figures for a number in words; for two numbers only where a share or a ratio is asked for."""
    if (number := in_figures(text) or counted_in_figures(text)) is not None:
        return number
    if wants_a_share(question) and (share := quotient(text)) is not None:
        return share
    return ratio(text) if wants_a_ratio(question) else None


_TRUE = word_set(
    "yes true correct right oui ja sí si да verdadero vrai richtig wahr 是 是的 对 对的 正确 可以 能 会 верно"
)
_FALSE = word_set(
    "no false incorrect wrong non nein нет falso faux falsch 否 不 不是 不对 错 错误 不可以 不能 "
    "不会 неверно "
    "нельзя"
)
_TRUTH = dict.fromkeys(_TRUE, True) | dict.fromkeys(_FALSE, False)
_FIRST_WORD = re.compile(
    rf"(?P<word>{'|'.join(sorted(map(re.escape, _TRUTH), key=len, reverse=True))})"
    r"(?:\s*(?:[,.;:!，。；：！–—-]|(?=\())\s*(?P<rest>.*)|\s+(?P<because>(?:because|since|as)\b.*))?",
    re.IGNORECASE | re.DOTALL,
)
_RESERVES = word_set("but however unless if only except depends although though sometimes maybe")


def truth(sides: Sides, prove: Prove) -> Proof | None:
    """5.3: `Yes`, `True` and `Yes, because ...` are one answer."""
    gold = _FIRST_WORD.fullmatch(plain(sides.gold).text)
    answer = gold and _FIRST_WORD.fullmatch(plain(sides.answer).text)
    if gold is None or answer is None or gold["rest"] or gold["because"]:
        return None
    claimed, meant = _TRUTH[answer["word"].lower()], _TRUTH[gold["word"].lower()]
    rest = set(words(answer["rest"] or answer["because"] or ""))
    if claimed is not meant or rest & _RESERVES or _contradicts(rest, meant=meant):
        return None
    return after("5.3", f"'{answer['word']}' is '{gold['word']}'", prove(gold["word"], gold["word"]))


def _contradicts(said: set[str], *, meant: bool) -> bool:
    return bool(said & {"no", "false"} if meant else said & {"yes", "true"})


_CHOICE = re.compile(
    r"(?:(?:option|choice|answer) )?(?P<open>\()?(?P<letter>[A-Ja-j])(?:\)|[.:])?(?P<text>(?<=[).:]) ?\S.*)?",
    re.IGNORECASE | re.DOTALL,
)
_DENIED_RIVAL = re.compile(
    r",?\s*(?:(?:and )?not (?:option |choice )?\(?[A-J]\)?|(?:rather|instead)? ?than \(?[A-J]\)?"
    r"|，?而?不是\s*\(?[A-J]\)?)[.。]?\Z"
)
_GOES_ON = re.compile(r"\s*[,;](?=\s)|\s+(?=\()|\s+(?:because|since|as|so|--|—|–|-)\s+")


def choice(sides: Sides, prove: Prove) -> Proof | None:
    """5.3: the letter of a choice is its text, as the question lists them, and no other choice's."""
    gold, answer = sides.each(lambda side: chosen(side, sides.question))
    if gold and answer:
        return after("5.3", f"both are choice {gold}", prove(gold, gold)) if gold == answer else None
    letter = gold or answer
    listed = choices(sides.question)
    if letter is None or letter not in listed:
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
    return bool(found and found["letter"].upper() in listed and not chosen(side, question))


@lru_cache(maxsize=2048)
def chosen(side: str, question: str) -> str | None:
    """The letter of the choice that a side takes. If it gives a text too, it must be of this choice."""
    listed, found = choices(question), _as_choice(side)
    text = ((found and found["text"]) or "").strip()
    if found is None and (shorter := _DENIED_RIVAL.sub("", plain(side).text)) != plain(side).text:
        return chosen(shorter, question)
    if found and not text:
        letter = found["letter"].upper()
        return letter if letter in listed or (not listed and found["letter"].isupper()) else None
    if found and (letter := found["letter"].upper()) in listed and _is_text_of(text, letter, listed):
        return letter
    said = letter_said(side, question)
    return said if said and not _has_text_of_another(side, said, listed) else None


def _is_text_of(text: str, letter: str, listed: dict[str, str]) -> bool:
    """Whether it is the text of a choice, or begins with it and goes on to explain."""
    own = listed[letter]
    if _is(own, text):
        return True
    begun = _GOES_ON.split(plain(text).text, maxsplit=1)
    return len(begun) > 1 and _is(own, begun[0]) and not _has_text_of_another(text, letter, listed)


def _is(own: str, text: str) -> bool:
    return same(own, text) or squeezed(own) == squeezed(text) != ""


def _has_text_of_another(side: str, letter: str, listed: dict[str, str]) -> bool:
    """Whether a sentence names the text of a choice that it does not take."""
    said, own = f" {_tokens(side)} ", f" {_tokens(listed.get(letter, ''))} "
    rivals = (f" {_tokens(text)} " for each, text in listed.items() if each != letter)
    return any(rival.strip() and rival in said and rival not in own for rival in rivals)


def _tokens(text: str) -> str:
    text = _ARTICLES.sub(" ", plain(text).text.casefold())
    return " ".join(re.findall(r"\\?[A-Za-z]+|\d+(?:\.\d+)*|[^\s$\w]", plain(text).text.casefold())).rstrip(
        " ."
    )


_ARTICLES = re.compile(r"(?<![\w\\])(?:an?|the)\s+(?=[a-z]{2})")
_NOT_SAID = re.compile(r"[\W_]+")


def squeezed(text: str) -> str:
    """The letters and figures of a text of words in small letters; nothing of a formula."""
    text = plain(text).text
    return (
        "" if re.search(r"[\\+*/^=<>|]|\d-", text) else _NOT_SAID.sub("", _ARTICLES.sub(" ", text.casefold()))
    )


def several_choices(sides: Sides, prove: Prove) -> Proof | None:
    """5.3: `ACD` is `C, A and D`: the same choices, each taken once."""
    gold, answer = sides.each(letters_taken)
    if gold is None or answer is None or sorted(gold) != sorted(answer) or len(gold) < 2:
        return None
    in_order = gold == tuple(sorted(gold)) and answer == gold
    if not in_order and (ranks(sides.question) or not set(gold) <= set(choices(sides.question))):
        return None
    joined = ", ".join(gold)
    return after("5.3", f"both take {joined}", prove(joined, joined))


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
    return pair.same(_spelt) and not pair.same(str.casefold)


def _spelt(side: str) -> str:
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
