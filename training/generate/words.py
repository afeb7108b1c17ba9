r"""Answers in words: names, things, dates, numbers in a text; right and wrong."""

import re
from collections.abc import Callable, Sequence
from random import Random

from training.generate.choosing import listed_choices
from training.generate.common import capitalised, folded, last_sentence
from training.generate.statements import stated, truth
from training.generate.transformation import Task, same, wrong
from training.generate.vocabulary import (
    FAMOUS,
    FIRST_NAMES,
    LAST_NAMES,
    OPPOSITES,
    SYNONYMS,
    THINGS,
    THINGS_AT_LARGE,
)

# What is asked in words

_PROSE = re.compile(
    r"[^\W\d_]{2,}[^\\=^{}<>≤≥|]*|\d{1,4}(?:s|th|nd|rd|st)?\b[^\\=^{}<>≤≥|]*[^\W\d_]{3,}[^\\=^{}<>≤≥|]*"
)
_PER = frozenset(
    "h hr hour hours s sec second seconds min minute minutes day days week month year kg g mol m cm l".split()
)


# Where a stroke divides: `sqrt(3)/(2*pi)`, `matrix([1/2,3])`, `1/2 sin x`.
_OF_FORMULAS = re.compile(r"[\\=*^\[\]{}$]|\w\(|/\s*\(|\)\s*/|\d\s*/\s*\d")


def alternatives(gold: str) -> tuple[str, ...]:
    """The answers that a gold in words allows, between strokes: `1995/May 1995`; or the gold alone."""
    parts = tuple(part.strip() for part in gold.split("/"))
    if len([part for part in parts if len(part) > 2]) < 2 or _OF_FORMULAS.search(gold):
        return (gold,)
    if (
        not parts[-1]
        or not any(re.search(r"[^\W\d_]{3,}", part) for part in parts)
        or parts[-1].lower().split()[0] in _PER
    ):
        return (gold,)
    return tuple(dict.fromkeys(parts))


def in_prose(gold: str) -> bool:
    """Whether it is an answer in words, and no formula."""
    return (
        len(gold) < 2000
        and bool(_PROSE.fullmatch(gold.replace("\n", " ")))
        and not _UNIT_ONLY.fullmatch(gold)
    )


_UNIT_ONLY = re.compile(r"[\d., ]+[a-z]+(?: [a-z]+)?")


def one_of(task: Task, rng: Random) -> str | None:
    """One of the answers that a gold in words allows."""
    if not in_prose(task.gold):
        return None
    fitting = [
        each
        for each in alternatives(task.gold)
        if len(each) > 2 and not re.search(r"[%:]|\(dis|\w{40}", each)
    ]
    return rng.choice(fitting or [task.gold])


def is_another(other: str, task: Task) -> bool:
    """Whether a text in words is none of the accepted answers, nor part of one, nor the other way round."""
    said = folded(other)
    return all(
        said != (gold := folded(each)) and not _within(said, gold) and not _within(gold, said)
        for each in alternatives(task.gold)
    )


def _within(part: str, whole: str) -> bool:
    return bool(part) and bool(re.search(rf"\b{re.escape(part)}", whole))


# The same in words


@same("5.3")
def text_alternative(task: Task, rng: Random) -> str | None:
    """One of the answers that the gold lists."""
    return one_of(task, rng) if in_prose(task.gold) and len(alternatives(task.gold)) > 1 else None


@same("7.4")
def text_case(task: Task, rng: Random) -> str | None:
    """Small letters, capitals, or a capital at the beginning."""
    text = one_of(task, rng)
    if text is None or len(text) < 3:
        return None
    return rng.choice(
        (
            text.lower(),
            text.lower(),
            text.upper(),
            capitalised(text),
            text.title() if "'" not in text else text,
        )
    )


@same("5.1")
def text_article(task: Task, rng: Random) -> str | None:
    """`the` before it, or no longer."""
    text = one_of(task, rng)
    if (
        text is None
        or len(text) > 60
        or re.match(r"(?:in|on|at|by|to|no|not|yes|none|true|false|all|any|every|if|when)\b", text, re.I)
    ):
        return None
    if found := re.match(r"(?:the|an?) (?=\w{3})", text, re.IGNORECASE):
        return text[found.end() :]
    is_thing = re.fullmatch(r"[A-Z][a-z]+(?: [A-Z][a-z]+)+", text) and not asks_for_person(task.question)
    return f"{rng.choice(('the', 'The'))} {text}" if is_thing and not stated(text) else None


@same("5.3")
def text_gloss_dropped(task: Task, rng: Random) -> str | None:
    """Without what stands in brackets to tell it from others: `Rangers (baseball)`."""
    text = one_of(task, rng)
    if text is None or "(" not in text:
        return None
    bare = re.sub(r"\s*\([A-Za-z ]+\)\Z", "", text)
    return bare if bare != text and len(bare) > 2 else None


@same("5.3")
def text_punctuation(task: Task, rng: Random) -> str | None:
    """Hyphens, dots and accents, which people write or leave out."""
    text = one_of(task, rng)
    if text is None or re.search(r"\d", text):
        return None
    changed = rng.choice(_SPELT)(text)
    return changed if changed != text else None


_ACCENTS = str.maketrans("áàâäãåéèêëíìîïóòôöõúùûüçñÁÉÍÓÖÜ", "aaaaaaeeeeiiiiooooouuuucnAEIOOU")
_SPELT: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace("-", " "),
    lambda text: text.translate(_ACCENTS),
    lambda text: re.sub(r"(?<=\b[A-Z])\.", "", text),
    lambda text: text.replace(" & ", " and "),
    lambda text: text.replace(" and ", " & "),
    lambda text: text.replace("'", "’"),
    lambda text: text.rstrip(".") + ".",
    lambda text: f"“{text}”",
    lambda text: f'"{text}"',
)


@same("5.3")
def text_synonym(task: Task, rng: Random) -> str | None:
    """Another name of the same: `USA`, `the United States`."""
    text = one_of(task, rng)
    if text is None:
        return None
    for ways in SYNONYMS:
        for way in ways:
            if (text == way) or (len(way) > 4 and re.search(rf"(?<!\w){re.escape(way)}(?!\w)", text)):
                return text.replace(way, rng.choice([each for each in ways if each != way]))
    return None


@same("1.3")
def text_upright(task: Task, rng: Random) -> str | None:
    r"""In `\text{…}` and the like, or out of it."""
    if found := re.fullmatch(r"\\(?:text|mathrm|textbf|mbox)\{([^{}\\]+)\}", task.gold):
        return found[1].strip()
    text = one_of(task, rng)
    command = rng.choice(("text", "text", "textbf", "mathrm", "mbox", "textit"))
    return rf"\{command}{{{text}}}" if text and len(text) < 60 and not re.search(r"[{}\\%&#]", text) else None


@same("5.3")
def person_by_surname(task: Task, rng: Random) -> str | None:
    """The surname alone, where a person is asked for; or the surname first."""
    text = one_of(task, rng)
    if text is None or not asks_for_person(task.question) or not _is_person(text):
        return None
    first, _, last = text.rpartition(" ")
    initials = " ".join(f"{name[0]}." for name in first.split())
    return rng.choice((last, last, f"{last}, {first}", f"{initials} {last}"))


def _is_person(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Z][a-zé]+(?: [A-Z][a-zé]*\.?)?(?: [A-Z][a-zé]+)", text))


def asks_for_person(question: str) -> bool:
    """Whether a question asks who."""
    return bool(
        re.search(
            r"\b(?:who|whom|whose)\b|\b(?:actor|actress|author|singer|president|painter|composer|king|queen|player)\b",
            question,
            re.IGNORECASE,
        )
    )


_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
)
_NUMBERS += " seventeen eighteen nineteen twenty"
_DIGITS = {word: str(value) for value, word in enumerate(_NUMBERS.split())}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
)
_ORDINALS += " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
_ORDINAL_DIGITS = {
    word: f"{at}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(at, 'th') }".replace(" ", "")
    for at, word in enumerate(_ORDINALS.split(), start=1)
}


@same("5.3")
def number_in_text(task: Task, rng: Random) -> str | None:
    """Figures for a number word in a text, or the other way round: `two parties`, `2 parties`."""
    text = one_of(task, rng)
    if text is None or len(text) > 80:
        return None
    for word, figure in (*_ORDINAL_DIGITS.items(), *_DIGITS.items()):
        if re.search(rf"\b{word}\b", text, re.IGNORECASE) and (word != "one" or text.casefold() == "one"):
            return re.sub(rf"\b{word}\b", figure, text, flags=re.IGNORECASE)
        if re.search(rf"(?<![\d.,$-]){figure}(?![\d.,%/:-]| ?[a-z]{{1,2}}\b)", text) and not _DATE.search(
            text
        ):
            return re.sub(rf"(?<![\d.,$-]){figure}(?![\d.,%/:-])", word, text)
    return None


_MONTHS = THINGS["month"]
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"
_DATE = re.compile(
    rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? (?P<month2>{'|'.join(_MONTHS)}),? (?P<year2>\d{{4}})"
)


def _date(text: str) -> tuple[int, str, str] | None:
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    return (
        int(found["day"] or found["day2"]),
        found["month"] or found["month2"],
        found["year"] or found["year2"],
    )


@same("5.3")
def date_written(task: Task, rng: Random) -> str | None:
    """A day in another order: `18 May 2018`, `2018-05-18`."""
    text = one_of(task, rng) or ""
    if (date := _date(text)) is None:
        return None
    day, month, year = date
    at, ending = _MONTHS.index(month) + 1, {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
    return rng.choice(
        (
            f"{day} {month} {year}",
            f"{month} {day}, {year}",
            f"{month} {day}{ending.get(day, 'th')}, {year}",
            f"the {day}{ending.get(day, 'th')} of {month} {year}",
            f"{year}-{at:02}-{day:02}",
            f"{month[:3]} {day}, {year}",
            f"{day} {month[:3]} {year}",
            f"on {month} {day}, {year}",
        )
    )


@same("5.1")
def year_placed(task: Task, rng: Random) -> str | None:
    """`in 1995`, where it asks when."""
    if not re.fullmatch(r"(?:in )?(?:1[5-9]|20)\d\d", task.gold) or not re.search(
        r"\bwhen\b|\byear\b", task.question, re.I
    ):
        return None
    year = task.gold[-4:]
    return rng.choice(
        (f"in {year}", f"In {year}", f"the year {year}", f"in the year {year}", f"{year}.", f"It was {year}")
    )


# Wrong in words


@wrong()
def text_another_of_kind(task: Task, rng: Random) -> str | None:
    """Another month, city, shape or colour for the one in the text."""
    text = one_of(task, rng)
    if text is None or len(text) > 80:
        return None
    for things in THINGS.values():
        for thing in things:
            if found := re.search(
                rf"\b{re.escape(thing)}\b", text, re.IGNORECASE if text.casefold() == thing else 0
            ):
                other = rng.choice([each for each in things if each != thing])
                other = capitalised(other) if found[0][0].isupper() else other
                changed = text[: found.start()] + other + text[found.end() :]
                return changed if is_another(changed, task) else None
    return None


@wrong()
def text_opposite(task: Task, rng: Random) -> str | None:
    """Even for odd, increasing for decreasing."""
    text = task.gold if not in_prose(task.gold) else one_of(task, rng)
    if text is None or len(text) > 160:
        return None
    found = [each for each in re.finditer(r"[A-Za-z]+", text) if each[0].lower() in OPPOSITES]
    if text.casefold().startswith(("no ", "yes ", "not ")):
        return None
    if not found or re.match(r"\\(?:left|right)", text[max(0, found[0].start() - 1) :]) or _paired(found):
        return None
    place = rng.choice(found)
    other = OPPOSITES[place[0].lower()]
    changed = (
        text[: place.start()] + (capitalised(other) if place[0][0].isupper() else other) + text[place.end() :]
    )
    return changed if "\\" in changed or is_another(changed, task) else None


def _paired(found: Sequence[re.Match[str]]) -> bool:
    """Whether both of a pair stand there, so that the change of one could be mended by the other."""
    said = {each[0].lower() for each in found}
    return any(OPPOSITES[word] in said for word in said)


@wrong()
def text_another_name(task: Task, rng: Random) -> str | None:
    """Another person, place or thing, by what the question asks for."""
    text = one_of(task, rng)
    if text is None or truth(task.gold) is not None or stated(task.gold) or re.search(r"\d", text):
        return None
    other = somebody(text, rng) if asks_for_person(task.question) else something(task.question, text, rng)
    return other if is_another(other, task) else None


def somebody(name: str, rng: Random) -> str:
    """Another person, often one who shares a name with the first."""
    first, _, last = name.rpartition(" ")
    made = f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"
    near: tuple[str, ...] = (
        (f"{rng.choice(FIRST_NAMES)} {last}", f"{first} {rng.choice(LAST_NAMES)}")
        if _is_person(name)
        else (made,)
    )
    return rng.choice((*near, *near, made, made, rng.choice(FAMOUS), rng.choice(FAMOUS)))


def something(question: str, name: str, rng: Random) -> str:
    """A place, a day or a thing, by what the question asks for and how the name is written."""
    if re.search(r"\bwhere\b|\b(?:city|country|state|place|capital|located)\b", question, re.IGNORECASE):
        return rng.choice(THINGS[rng.choice(("city", "country", "state", "city"))])
    if re.search(r"\bwhen\b|\b(?:year|date|month)\b", question, re.IGNORECASE):
        return f"{rng.choice(_MONTHS)} {rng.randint(1, 28)}, {rng.randint(1800, 2022)}"
    if name[:1].isupper() and rng.random() < 0.6:
        return rng.choice((*FAMOUS, *THINGS["city"], *THINGS["country"]))
    return rng.choice(THINGS_AT_LARGE)


@wrong()
def text_name_of_question(task: Task, rng: Random) -> str | None:
    """A name that the question mentions, which is not the answer."""
    if (
        not in_prose(task.gold)
        or truth(task.gold) is not None
        or listed_choices(task.question)
        or re.match(r"\d", task.gold)
    ):
        return None
    asked = last_sentence(task.question)
    if re.search(r"\bor\b", asked):
        return None
    names = [
        each for each in re.findall(r"(?<=[a-z,] )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*", asked) if len(each) > 2
    ]
    names += re.findall(r"(?:the|of|in) ([a-z]{4,} [a-z]{4,})(?= |\?|\Z)", asked)
    fitting = [name for name in names if is_another(name, task)]
    return rng.choice(fitting) if fitting else None


@wrong()
def text_word_changed(task: Task, rng: Random) -> str | None:
    """One word of several exchanged for a name or a thing of another."""
    text = one_of(task, rng)
    if text is None or len(text) > 80 or len(text.split()) < 2 or stated(task.gold) or _is_person(text):
        return None
    if re.search(r"[\d\[(]", text):  # a value may stand there, and the words mean nothing
        return None
    words = text.split()
    places = [at for at, word in enumerate(words) if len(word) > 3 and word.isalpha()]
    if not places:
        return None
    at = rng.choice(places)
    pool = FIRST_NAMES + LAST_NAMES if words[at][0].isupper() else _COMMON
    words[at] = rng.choice(pool)
    changed = " ".join(words)
    return changed if is_another(changed, task) else None


_COMMON = tuple(
    """water house number light power paper system family public energy metal sound river market music winter
    body market leader plant machine science school garden building report council engine""".split()
)


@wrong()
def text_year_changed(task: Task, rng: Random) -> str | None:
    """Another year or number in a text or date."""
    text = one_of(task, rng) or (task.gold if re.fullmatch(r"(?:1[0-9]|20)\d\d", task.gold) else None)
    if text is None or "/" in text:
        return None
    found = list(re.finditer(r"(?<![\d.])\d{1,4}(?![\d.])", text))
    if not found or len(found) > 4:
        return None
    place = rng.choice(found)
    other = int(place[0]) + rng.choice((1, -1, 2, -2, 10, -10, 3, 5, 100))
    if other < 1 or (int(place[0]) <= 31 and other > 31 and _DATE.search(text)):
        return None
    changed = text[: place.start()] + str(other) + text[place.end() :]
    return changed if is_another(changed, task) else None
