r"""Answers in words: names, dates, yes and no, choices, no solution; the same otherwise, and others of their kind."""

import re
from collections.abc import Sequence
from random import Random

from tinyv_cli.proofs.choices import choices
from training.generate.common import capitalised, in_sentence, is_bare, last_sentence
from training.generate.nearby import another_value, differ
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

_PROSE = re.compile(r"[^\W\d_]{2,}[^\\=^{}<>≤≥|]*|\d{1,4}(?:s|th|nd|rd|st)?\b[^\\=^{}<>≤≥|]*[^\W\d_]{3,}[^\\=^{}<>≤≥|]*")
_PER = frozenset("h hr hour hours s sec second seconds min minute minutes day days week month year kg g mol m cm l".split())


def alternatives(gold: str) -> tuple[str, ...]:
    """The answers that a gold in words allows, between strokes: `1995/September 1995`; else the gold alone."""
    parts = tuple(part.strip() for part in gold.split("/"))
    if len([part for part in parts if len(part) > 2]) < 2 or "\\" in gold or "=" in gold:
        return (gold,)
    if not parts[-1] or not any(re.search(r"[^\W\d_]{3,}", part) for part in parts) or parts[-1].lower().split()[0] in _PER:
        return (gold,)
    return tuple(dict.fromkeys(parts))


def in_prose(gold: str) -> bool:
    """Whether it is an answer in words, and no formula."""
    return len(gold) < 2000 and bool(_PROSE.fullmatch(gold.replace("\n", " "))) and not _UNIT_ONLY.fullmatch(gold)


_UNIT_ONLY = re.compile(r"[\d., ]+[a-z]+(?: [a-z]+)?")


def _one(task: Task, rng: Random) -> str | None:
    """One of the answers that a gold in words allows."""
    if not in_prose(task.gold):
        return None
    fitting = [each for each in alternatives(task.gold) if len(each) > 2 and not re.search(r"[%:]|\(dis|\w{40}", each)]
    return rng.choice(fitting or [task.gold])


def _is_another(other: str, task: Task) -> bool:
    """Whether a text in words is none of the accepted answers, nor part of one, nor the other way round."""
    said = _folded(other)
    return all(
        said != (gold := _folded(each)) and not _within(said, gold) and not _within(gold, said)
        for each in alternatives(task.gold)
    )


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).removeprefix("the ").strip()


def _within(part: str, whole: str) -> bool:
    return bool(part) and bool(re.search(rf"\b{re.escape(part)}", whole))


# The same in words


@same("5.3")
def text_alternative(task: Task, rng: Random) -> str | None:
    """One of the answers that the gold lists."""
    return _one(task, rng) if in_prose(task.gold) and len(alternatives(task.gold)) > 1 else None


@same("7.4")
def text_case(task: Task, rng: Random) -> str | None:
    """Small letters, capitals, or a capital at the beginning."""
    text = _one(task, rng)
    if text is None or len(text) < 3:
        return None
    return rng.choice((text.lower(), text.lower(), text.upper(), capitalised(text), text.title() if "'" not in text else text))


@same("5.1")
def text_article(task: Task, rng: Random) -> str | None:
    """`the` before it, or no longer."""
    text = _one(task, rng)
    if text is None or len(text) > 60 or re.match(r"(?:in|on|at|by|to|no|not|yes|none|true|false|all|any|every|if|when)\b", text, re.I):
        return None
    if found := re.match(r"(?:the|an?) (?=\w{3})", text, re.IGNORECASE):
        return text[found.end() :]
    return f"{rng.choice(('the', 'The'))} {text}" if re.match(r"[a-z]{3,}s?(?: [a-z]+)*\Z", text) else None


@same("5.3")
def text_gloss_dropped(task: Task, rng: Random) -> str | None:
    """Without what stands in brackets to tell it from others: `Rangers (baseball)`."""
    text = _one(task, rng)
    if text is None or "(" not in text:
        return None
    bare = re.sub(r"\s*\([A-Za-z ]+\)\Z", "", text)
    return bare if bare != text and len(bare) > 2 else None


@same("5.3")
def text_punctuation(task: Task, rng: Random) -> str | None:
    """Hyphens, dots and accents, which people write or leave out."""
    text = _one(task, rng)
    if text is None or re.search(r"\d", text):
        return None
    changed = rng.choice(_SPELT)(text)
    return changed if changed != text else None


_ACCENTS = str.maketrans("áàâäãåéèêëíìîïóòôöõúùûüçñÁÉÍÓÖÜ", "aaaaaaeeeeiiiiooooouuuucnAEIOOU")
_SPELT = (
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
    text = _one(task, rng)
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
    text = _one(task, rng)
    command = rng.choice(("text", "text", "textbf", "mathrm", "mbox", "textit"))
    return rf"\{command}{{{text}}}" if text and len(text) < 60 and not re.search(r"[{}\\%&#]", text) else None


@same("5.3")
def person_by_surname(task: Task, rng: Random) -> str | None:
    """The surname alone, where a person is asked for; or the surname first."""
    text = _one(task, rng)
    if text is None or not _asks_for_person(task.question) or not _is_person(text):
        return None
    first, _, last = text.rpartition(" ")
    initials = " ".join(f"{name[0]}." for name in first.split())
    return rng.choice((last, last, f"{last}, {first}", f"{initials} {last}"))


def _is_person(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Z][a-zé]+(?: [A-Z][a-zé]*\.?)?(?: [A-Z][a-zé]+)", text))


def _asks_for_person(question: str) -> bool:
    return bool(
        re.search(
            r"\b(?:who|whom|whose)\b|\b(?:actor|actress|author|singer|president|painter|composer|king|queen|player)\b",
            question,
            re.IGNORECASE,
        )
    )


_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_NUMBERS += " seventeen eighteen nineteen twenty"
_DIGITS = {word: str(value) for value, word in enumerate(_NUMBERS.split())}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
_ORDINALS += " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
_ORDINAL_DIGITS = {
    word: f"{at}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(at, 'th') }".replace(" ", "")
    for at, word in enumerate(_ORDINALS.split(), start=1)
}


@same("5.3")
def number_in_text(task: Task, rng: Random) -> str | None:
    """Figures for a number word in a text, or the other way round: `two parties`, `2 parties`."""
    text = _one(task, rng)
    if text is None or len(text) > 80:
        return None
    for word, figure in (*_ORDINAL_DIGITS.items(), *_DIGITS.items()):
        if re.search(rf"\b{word}\b", text, re.IGNORECASE) and (word != "one" or text.casefold() == "one"):
            return re.sub(rf"\b{word}\b", figure, text, flags=re.IGNORECASE)
        if re.search(rf"(?<![\d.,$-]){figure}(?![\d.,%/:-]| ?[a-z]{{1,2}}\b)", text) and not _DATE.search(text):
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
    return int(found["day"] or found["day2"]), found["month"] or found["month2"], found["year"] or found["year2"]


@same("5.3")
def date_written(task: Task, rng: Random) -> str | None:
    """A day in another order: `18 May 2018`, `2018-05-18`."""
    text = _one(task, rng) or ""
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
            f"{day} {month[:3]}. {year}",
            f"on {month} {day}, {year}",
        )
    )


@same("5.1")
def year_placed(task: Task, rng: Random) -> str | None:
    """`in 1995`, where it asks when."""
    if not re.fullmatch(r"(?:in )?(?:1[5-9]|20)\d\d", task.gold) or not re.search(r"\bwhen\b|\byear\b", task.question, re.I):
        return None
    year = task.gold[-4:]
    return rng.choice((f"in {year}", f"In {year}", f"the year {year}", f"in the year {year}", f"{year}.", f"It was {year}"))


# Yes and no, and the answers that name no value

_YES, _NO = ("yes", "true"), ("no", "false")
_BECAUSE = ("as shown above", "all conditions are met", "by the criterion", "which can be checked directly")


def _truth(text: str) -> bool | None:
    word = re.sub(r"\\text\{|[}.\s]", "", text).casefold()
    return True if word in _YES else False if word in _NO else None


def _saying(value: bool, question: str, rng: Random) -> str:
    """Yes or no in any of its forms, some of them with a verb of the question, or a reason."""
    word = rng.choice(("Yes", "True") if value else ("No", "False"))
    yes = "Yes" if value else "No"
    verb = re.match(r"(is|are|does|do|can|was|were|will|did|could|should|has|have)\b", last_sentence(question), re.I)
    verb_said = (verb[1].lower() if verb else "is") + ("" if value else " not")
    pronoun = rng.choice(("it", "this", "that")) if verb_said.split()[0] in {"is", "does", "was", "will", "has", "did"} else "they"
    return rng.choice(
        (
            *(word, word.lower(), word.upper(), f"{word}.", f"\\text{{{word}}}", f"{yes}, {pronoun} {verb_said}."),
            *(f"{yes}, because {rng.choice(_BECAUSE[1:2])}." if value else f"{yes}, since a condition fails.",),
            *(f"{yes}, {rng.choice(_BECAUSE)}.", f"The statement is {str(value).lower()}.", f"It is {str(value).lower()}"),
            *(f"**{word}**", f"The answer is {yes.lower()}.", f"$\\text{{{word}}}$"),
        )
    )


@same("5.3")
def truth_said(task: Task, rng: Random) -> str | None:
    """`True`, `yes`, `Yes, it is.`"""
    value = _truth(task.gold)
    return None if value is None else _saying(value, task.question, rng)


@wrong()
def truth_turned(task: Task, rng: Random) -> str | None:
    """The other one of yes and no, or neither."""
    value = _truth(task.gold)
    if value is None:
        return None
    undecided = ("It depends.", "Maybe", "Sometimes", "Yes and no", "Not always", "cannot be determined", "Either", "partially true")
    return _saying(not value, task.question, rng) if rng.random() < 0.8 else rng.choice(undecided)


# Groups of ways to say one thing; the groups exclude each other.
_STATED: dict[str, tuple[str, ...]] = {
    "none": (
        *("no solution", "No solution", r"\text{no solution}", "no solutions", "There is no solution", r"\emptyset"),
        *(r"\varnothing", "∅", "the empty set", "There are no solutions.", "The equation has no solution", r"\{\}"),
        *("No solutions exist.", r"\text{No solution}", "It has no solutions", "no solution exists", "NO SOLUTION"),
    ),
    "dne": (
        *("DNE", "does not exist", r"\text{DNE}", "The limit does not exist.", "It does not exist", "Does not exist"),
        *(r"\text{does not exist}", "the limit does not exist", "dne", "doesn't exist"),
    ),
    "infinity": (
        *(r"\infty", "∞", "infinity", r"+\infty", "+∞", "Infinity", r"\text{infinity}", "oo", "positive infinity"),
        *("inf", "$\\infty$", "+ infinity"),
    ),
    "minus infinity": (r"-\infty", "-∞", "-infinity", "negative infinity", "minus infinity", "-oo", "- \\infty"),
    "reals": (
        *(r"\mathbb{R}", "all real numbers", "ℝ", r"(-\infty, \infty)", "(-∞, ∞)", r"x \in \mathbb{R}", "R"),
        *("all reals", "the set of all real numbers", r"\text{all real numbers}", r"(-\infty, +\infty)", "every real number"),
        *("All real numbers", "(-inf, inf)", r"-\infty < x < \infty"),
    ),
    "many": (
        *("infinitely many", "infinitely many solutions", "Infinitely many solutions", "There are infinitely many."),
        *(r"\text{infinitely many}", "an infinite number of solutions", "infinite solutions", "infinitely many of them"),
    ),
    "open": (
        *("cannot be determined", "It cannot be determined", "Cannot be determined from the information given"),
        *("not enough information", "cannot be determined.", r"\text{cannot be determined}", "can't be determined"),
    ),
    "integers": (
        *(r"\mathbb{Z}", "all integers", "ℤ", "the set of integers", r"\text{all integers}", "every integer"),
    ),
}
_MISTAKEN = {
    "none": ("0", "x = 0", "1", "all real numbers", "infinitely many solutions", r"\{0\}", "x = 1", r"\mathbb{R}", r"\{\emptyset\}"),
    "dne": ("0", r"\infty", "1", "-1", r"-\infty", r"\frac{1}{2}", "The limit is 0", "2"),
    "infinity": (r"-\infty", "0", "1", "does not exist", "e", "2", "-∞", "negative infinity"),
    "minus infinity": (r"\infty", "0", "infinity", "-1", "does not exist", "∞"),
    "reals": (r"x \neq 0", r"(0, \infty)", "no solution", "x > 0", "all integers", r"\mathbb{R} \setminus \{0\}", r"[0, \infty)", r"\mathbb{Q}"),
    "many": ("no solution", "one solution", "exactly two", "1", "2", "0", "none", "finitely many"),
    "open": ("0", "1", "12", "yes", "no solution", "They are equal.", "36", r"\frac{1}{2}"),
    "integers": (r"\mathbb{N}", "all real numbers", r"\mathbb{R}", "all positive integers", "0", r"\mathbb{Q}", "all even integers"),
}


def _stated(gold: str) -> str | None:
    text = gold.strip().rstrip(".").casefold()
    for group, ways in _STATED.items():
        if any(text == way.rstrip(".").casefold() for way in ways if way != "R"):
            return group
    return None


@same("5.3")
def stated_otherwise(task: Task, rng: Random) -> str | None:
    """No solution, infinity, all real numbers and their like, in other words or signs."""
    group = _stated(task.gold)
    if group is None:
        return None
    interval = [way for way in _STATED[group] if group != "reals" or way != "R"]
    return rng.choice(interval)


@wrong()
def stated_another(task: Task, rng: Random) -> str | None:
    """For no solution a solution, for infinity the other one."""
    group = _stated(task.gold)
    return None if group is None else rng.choice(_MISTAKEN[group])


@wrong()
def stated_none(task: Task, rng: Random) -> str | None:
    """That there is none, where there is one."""
    if _stated(task.gold) or _truth(task.gold) is not None or re.search(r"\A\W*(?:0|zero)\b|\b(?:no|not|none|never|empty)\b|emptyset|varnothing", task.gold, re.I):
        return None
    return rng.choice(("none", *_STATED[rng.choice(("none", "dne", "many", "open"))])) if rng.random() < 0.5 else None


# Choices

_LETTER = re.compile(r"(?:\\text(?:bf)?\{)?\(?([A-J])\)?\}?[.):]?")


def _letter(gold: str) -> str | None:
    found = _LETTER.fullmatch(gold.strip())
    return found and found[1]


def _listed(question: str) -> dict[str, str]:
    """The choices that a question lists, those with a short text."""
    listed = {letter: text.strip(r" &\$") for letter, text in choices(question).items()}
    whole = all(0 < len(text) < 120 and text.count("$") % 2 == 0 for text in listed.values())
    return {letter: re.sub(r"^\$([^$]*)\$$", r"\1", text) for letter, text in listed.items()} if whole else {}


_WITH_TEXT = ("{l}) {t}", "({l}) {t}", "{l}. {t}", "{l}: {t}", "Option {l}: {t}", "{l} ({t})", "**{l}. {t}**", "{l} - {t}")
_ALONE = (
    *("({l})", "{l}.", "{l})", "Option {l}", "option {l}", "choice {l}", "Choice ({l})", r"\text{{{l}}}", r"\textbf{{({l})}}"),
    *("[{l}]", "**{l}**", "{l}", r"\text{{({l})}}", "The correct option is {l}", "Answer: {l}", "选{l}", "I choose {l}."),
    *("The correct choice is ({l}).", r"\mathrm{{{l}}}", r"\boxed{{{l}}}", r"\textbf{{{l}}}", "letter {l}", "{l} is correct"),
)


@same("5.3")
def choice_written(task: Task, rng: Random) -> str | None:
    """`(B)`, `Option B`, `B.`"""
    letter = _letter(task.gold)
    if letter is None or (letter in "I" and not _listed(task.question)):
        return None
    return rng.choice(_ALONE).format(l=letter)


@same("5.3")
def choice_with_text(task: Task, rng: Random) -> str | None:
    """The letter with the text that the question gives it, or that text alone."""
    listed, letter = _listed(task.question), _letter(task.gold)
    if letter is None or letter not in listed:
        return None
    text, texts = listed[letter], list(listed.values())
    alone = ("{t}",) if texts.count(text) == 1 else ()
    return rng.choice(_WITH_TEXT + alone * 3).format(l=letter, t=text)


@same("5.3")
def choice_letter_for_text(task: Task, rng: Random) -> str | None:
    """The letter of the choice whose text the gold is."""
    fitting = [letter for letter, text in _listed(task.question).items() if _folded(text) == _folded(task.gold) and text.strip("$ ") == task.gold.strip("$ ")]
    if len(fitting) != 1:
        return None
    return rng.choice(_ALONE + _WITH_TEXT).format(l=fitting[0], t=task.gold)


@wrong()
def choice_another(task: Task, rng: Random) -> str | None:
    """Another letter, often the one next to it, alone or with its own text."""
    letter, listed = _chosen(task)
    if letter is None:
        return None
    other = _other_letter(letter, listed, rng)
    text = listed.get(other, "")
    if text and text == listed.get(letter):
        return None
    return rng.choice(_WITH_TEXT + _ALONE if text else _ALONE).format(l=other, t=text)


@wrong()
def choice_text_of_another(task: Task, rng: Random) -> str | None:
    """The right letter with the text of another choice, or another letter with the right text, or that text alone."""
    letter, listed = _chosen(task)
    if letter is None or letter not in listed or len(set(listed.values())) < len(listed):
        return None
    other = _other_letter(letter, listed, rng)
    if other not in listed:
        return None
    return rng.choice(
        (
            rng.choice(_WITH_TEXT).format(l=letter, t=listed[other]),
            rng.choice(_WITH_TEXT).format(l=other, t=listed[letter]),
            listed[other],
        )
    )


@wrong()
def choice_several(task: Task, rng: Random) -> str | None:
    """Two letters where one is asked for, or none of them."""
    letter, listed = _chosen(task)
    if letter is None:
        return None
    other = _other_letter(letter, listed, rng)
    both = sorted((letter, other))
    said = ("{} and {}", "{} or {}", "{}, {}", "Either ({}) or ({})", "both {} and {}", "{}/{}", "({})({})", "{} & {}")
    none = ("None of the above", "none of these", "All of the above", "no option is correct")
    return rng.choice(said).format(*both) if rng.random() < 0.75 else rng.choice(none)


def _chosen(task: Task) -> tuple[str | None, dict[str, str]]:
    """The letter of the gold, or of the choice whose text it is, and the choices."""
    listed = _listed(task.question)
    letter = _letter(task.gold)
    if letter is None:
        fitting = [each for each, text in listed.items() if text.strip("$ ") == task.gold.strip("$ ")]
        letter = fitting[0] if len(fitting) == 1 else None
    return letter, listed


def _other_letter(letter: str, listed: dict[str, str], rng: Random) -> str:
    letters = list(listed) if letter in listed else [chr(code) for code in range(ord("A"), max(ord("E"), ord(letter) + 1))]
    if rng.random() < 0.5:
        at = letters.index(letter) if letter in letters else 0
        beside = [letters[near] for near in (at - 1, at + 1) if 0 <= near < len(letters)]
        return rng.choice(beside)
    return rng.choice([each for each in letters if each != letter])


# Wrong in words


@wrong()
def text_another_of_kind(task: Task, rng: Random) -> str | None:
    """Another month, city, shape or colour for the one in the text."""
    text = _one(task, rng)
    if text is None or len(text) > 80:
        return None
    for things in THINGS.values():
        for thing in things:
            if found := re.search(rf"\b{re.escape(thing)}\b", text, re.IGNORECASE if text.casefold() == thing else 0):
                other = rng.choice([each for each in things if each != thing])
                other = capitalised(other) if found[0][0].isupper() else other
                changed = text[: found.start()] + other + text[found.end() :]
                return changed if _is_another(changed, task) else None
    return None


@wrong()
def text_opposite(task: Task, rng: Random) -> str | None:
    """Even for odd, increasing for decreasing."""
    text = task.gold if not in_prose(task.gold) else _one(task, rng)
    if text is None or len(text) > 160:
        return None
    found = [each for each in re.finditer(r"[A-Za-z]+", text) if each[0].lower() in OPPOSITES]
    if text.casefold().startswith(("no ", "yes ", "not ")):
        return None
    if not found or re.match(r"\\(?:left|right)", text[max(0, found[0].start() - 1) :]) or _paired(found):
        return None
    place = rng.choice(found)
    other = OPPOSITES[place[0].lower()]
    changed = text[: place.start()] + (capitalised(other) if place[0][0].isupper() else other) + text[place.end() :]
    return changed if "\\" in changed or _is_another(changed, task) else None


def _paired(found: Sequence[re.Match[str]]) -> bool:
    """Whether both of a pair stand there, so that the change of one could be mended by the other."""
    said = {each[0].lower() for each in found}
    return any(OPPOSITES[word] in said for word in said)


@wrong()
def text_another_name(task: Task, rng: Random) -> str | None:
    """Another person, place or thing, by what the question asks for."""
    text = _one(task, rng)
    if text is None or _truth(task.gold) is not None or _stated(task.gold) or re.search(r"\d", text):
        return None
    other = _somebody(text, rng) if _asks_for_person(task.question) else _something(task.question, text, rng)
    return other if _is_another(other, task) else None


def _somebody(name: str, rng: Random) -> str:
    first, _, last = name.rpartition(" ")
    made = f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"
    near = (f"{rng.choice(FIRST_NAMES)} {last}", f"{first} {rng.choice(LAST_NAMES)}") if _is_person(name) else (made,)
    return rng.choice((*near, *near, made, made, rng.choice(FAMOUS), rng.choice(FAMOUS)))


def _something(question: str, name: str, rng: Random) -> str:
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
    if not in_prose(task.gold) or _truth(task.gold) is not None or _listed(task.question) or re.match(r"\d", task.gold):
        return None
    asked = last_sentence(task.question)
    if re.search(r"\bor\b", asked):
        return None
    names = [each for each in re.findall(r"(?<=[a-z,] )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*", asked) if len(each) > 2]
    names += re.findall(r"(?:the|of|in) ([a-z]{4,} [a-z]{4,})(?= |\?|\Z)", asked)
    fitting = [name for name in names if _is_another(name, task)]
    return rng.choice(fitting) if fitting else None


@wrong()
def text_word_changed(task: Task, rng: Random) -> str | None:
    """One word of several exchanged for a name or a thing of another."""
    text = _one(task, rng)
    if text is None or len(text) > 80 or len(text.split()) < 2 or _stated(task.gold) or _is_person(text):
        return None
    words = text.split()
    places = [at for at, word in enumerate(words) if len(word) > 3 and word.isalpha()]
    if not places:
        return None
    at = rng.choice(places)
    pool = FIRST_NAMES + LAST_NAMES if words[at][0].isupper() else _COMMON
    words[at] = rng.choice(pool)
    changed = " ".join(words)
    return changed if _is_another(changed, task) else None


_COMMON = tuple(
    """water house number animal light power paper system family public energy metal sound river market music winter
    body market leader plant machine science school garden building report council engine""".split()
)


@wrong()
def text_year_changed(task: Task, rng: Random) -> str | None:
    """Another year or number in a text or date."""
    text = _one(task, rng) or (task.gold if re.fullmatch(r"(?:1[0-9]|20)\d\d", task.gold) else None)
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
    return changed if _is_another(changed, task) else None


@wrong()
def denied(task: Task, rng: Random) -> str | None:
    """That it is anything but the gold."""
    text = _one(task, rng) if in_prose(task.gold) else task.gold
    if re.search(r"\b(?:not|cannot|can't|exclu\w+|undefined|except|never|domain)\b", task.question, re.IGNORECASE):
        return None
    if text is None or not is_bare(text) or len(text) > 80 or _truth(task.gold) is not None or re.search(r"\bno[tn]?e?\b|\bDNE\b|empty", text, re.I):
        return None
    return rng.choice(_DENIALS).format(in_sentence(text, rng))


_DENIALS = (
    *("not equal to {}", "It can't be {}.", "cannot be {}", "never {}", "The answer is something other than {}."),
    *("x is not equal to {}", r"\neq {}", "≠ {}", "!= {}", "certainly not {}", "{} is incorrect.", "{} would be wrong"),
    *("{} is ruled out", "{} does not work", "We can exclude {}.", "any value except {}", "everything but {}", "far from {}"),
    *("different from {}", "It was not {}.", "{} is not a solution", "no, not {}", "The claim that it is {} is false."),
    *("Ce n'est pas {}.", "No es {}", "Es ist nicht {}.", "Это не {}", "答案不是 {}。", "{} ではない", "Não é {}", "Non è {}"),
    *("not {} but something else", "neither {} nor its opposite", "anything else than {}", "less than {}", "more than {}"),
    *("at least {}, maybe more", "slightly more than {}", "almost {}, but not quite", "not exactly {}", "the opposite of {}"),
)


@wrong()
def several_offered(task: Task, rng: Random) -> str | None:
    """More than one answer where there is one: `5 or 6`, `either 5 or 7`."""
    text, other = _pair(task, rng)
    if text is None or other is None:
        return None
    first, second = (text, other) if rng.random() < 0.5 else (other, text)
    return rng.choice(_OFFERS).format(in_sentence(first, rng), in_sentence(second, rng))


_OFFERS = (
    *("{} or {}", "either {} or {}", "{}, or maybe {}", "{} or possibly {}", "It could be {} or {}.", "{}; {}"),
    *("{}, {}", "Perhaps {}, perhaps {}.", "{} and {}", "I think {}, but it might be {}.", "{} (or {})", "{}, alternatively {}"),
    *("The answer is {} or {}", "Answer 1: {}\nAnswer 2: {}", "between {} and {}", "{} oder {}", "{} ou {}", "{}或{}", "{} или {}"),
    *("somewhere from {} to {}", "{} ... no, {} ... not sure which", r"\boxed{{{}}} \text{{ or }} \boxed{{{}}}", "{}? {}?"),
    *("Option one is {}, option two is {}.", "Hard to say: {} or {}", "both {} and {} work", r"{} \text{{ or }} {}"),
)


@wrong()
def many_offered(task: Task, rng: Random) -> str | None:
    """A list of guesses with the gold among them."""
    text, other = _pair(task, rng)
    if text is None or other is None:
        return None
    guesses = [text, other]
    while len(guesses) < rng.randint(3, 6):
        guess = _guess(task, text, rng)
        if guess is None:
            break
        if guess not in guesses:
            guesses.append(guess)
    if len(guesses) < 3:
        return None
    rng.shuffle(guesses)
    joined = rng.choice((", ", " or ", "; ", "\n", ", or ")).join(guesses)
    return rng.choice(("{}", "one of {}", "possible answers: {}", "It is one of the following: {}", "Try {}")).format(joined)


def _pair(task: Task, rng: Random) -> tuple[str | None, str | None]:
    """The gold or one of its alternatives, and a guess that is another answer."""
    if _letter(task.gold) or _truth(task.gold) is not None or _stated(task.gold) or not is_bare(task.gold):
        return None, None
    if re.search(r"\\pm|±| (?:or|and) |\\text\{ ?(?:or|and)|;|[<>≤≥]|\\[lg]eq?|\\cup|\\in\b|, ", task.gold):
        return None, None
    text = _one(task, rng) if in_prose(task.gold) else task.gold
    return text, _guess(task, text, rng) if text else None


def _guess(task: Task, text: str, rng: Random) -> str | None:
    if not in_prose(task.gold):
        return another_value(text, rng)
    other = _somebody(text, rng) if _asks_for_person(task.question) else _something(task.question, text, rng)
    return other if _is_another(other, task) else None


@wrong()
def given_up(task: Task, rng: Random) -> str | None:
    """The gold is named, and another answer is given in its place."""
    text, other = _pair(task, rng)
    if text is None or other is None:
        return None
    return rng.choice(_TURNED_FROM).format(gold=in_sentence(text, rng), other=in_sentence(other, rng))


_TURNED_FROM = (
    "At first it looks like {gold}, but the correct answer is {other}.",
    "Not {gold} but {other}.",
    "I first got {gold}; that was a mistake. The answer is {other}.",
    "{gold} is often named, but it is {other}.",
    "{gold}? No. It is {other}.",
    "One might think of {gold}. Checking again gives {other}.",
    "It is {other}, not {gold}.",
    "Wait, {gold} is wrong. The final answer is {other}",
    "{other} instead of {gold}",
    "My earlier answer of {gold} was incorrect; the right one is {other}.",
    "Correction: the answer is {other} instead of {gold}.",
)


@wrong()
def went_on(task: Task, rng: Random) -> str | None:
    """The gold as a step on the way, and a calculation that goes on to another number."""
    if not re.fullmatch(r"-?\d{1,7}", task.gold):
        return None
    value, step = int(task.gold), rng.randint(2, 12)
    ends = ((f"{value} + {step}", value + step), (f"{value} \\times {step}", value * step), (f"{value} - {step}", value - step))
    said, end = rng.choice(ends)
    if not differ(str(value), str(end)):
        return None
    return rng.choice(_WENT_ON).format(value=value, said=said, end=end)


_WENT_ON = (
    "{said} = {end}",
    "We get {value}. Then {said} = {end}, so the answer is {end}.",
    "First there are {value}. After that, ${said} = {end}$. Answer: {end}",
    "{value} → {end}",
    "There were {value}, and in the end there are {end}.",
    "So far {value}; the final result is ${said} = {end}$.",
    "The answer is {end}, because {said} = {end}.",
    "${said} = \\boxed{{{end}}}$",
    "{end} (from {said})",
)


@wrong()
def other_unknown(task: Task, rng: Random) -> str | None:
    """The value of another unknown than the one asked for: `y = 5` for `x = 5`."""
    found = re.fullmatch(r"([a-z]) ?= ?([^=<>]+)", task.gold)
    if found is None:
        return None
    letters = [each for each in sorted(set(re.findall(r"(?<![A-Za-z\\])[a-z](?![A-Za-z])", task.question))) if each not in (found[1], "a", "i", "e")]
    if not letters or re.search(r"[A-Za-z]", found[2]):
        return None
    return f"{rng.choice(letters)} = {found[2]}"
