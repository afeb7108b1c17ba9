"""Made-up questions of general knowledge whose answers are numbers and dates, with answers in sentences.

Labelled outputs of models have few of these, and mathematics has none: the answer stands somewhere in a
sentence that repeats the question, often beside other numbers, more precise than the gold or in other words.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from training.groups import Answer, Group

MONTHS = """
January February March April May June July August September October November December
""".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
FIRST = """
Amara Boris Clara Dario Elif Fatima Goran Hanna Ivo Jamila Kenji Lucia Marek Nadia Oskar Priya
Quentin Rosa Samir Tamsin Ulrich Vera Wanda Xavier Yusuf Zelda
""".split()
LAST = """
Abara Bellweather Castellan Dunmore Eriksdotter Falkner Grieve Holloway Ibarra Jankowski Karras
Lindqvist Mbeki Novotny Oyelaran Petrosyan Quillfeather Rask Sandoval Thorne Ueda Vance Whitlock
Yilmaz Zoric
""".split()
PLACES = """
Ardenfell Brackwater Corvale Dunhaven Eastmere Farrowgate Glenmarsh Hollin Iverness Jarrow Kestrel-
Bay Lowmoor Marlby Northwick Ostrava-Heights Pinecrest Quarrytown Redcliffe Saltburn Thornbury
Upwell Vantry Westhope Yarrow
""".split()
ADJECTIVES = """
Silent Crimson Golden Broken Hidden Distant Iron Emerald Frozen Wandering Hollow Burning Midnight
Paper Velvet
""".split()
NOUNS = """
River Garden Tower Signal Harvest Lantern Orchard Mirror Compass Sparrow Kingdom Engine Harbor
Winter Crown Letter
""".split()
UNITS = (
    "metres",
    "feet",
    "miles",
    "kilometres",
    "seats",
    "pages",
    "bytes",
    "acres",
    "tonnes",
    "minutes",
    "days",
)
DAY = re.compile(r"\b\d{1,2}(?:th|st|nd|rd|,|\b(?! ?(?:am|pm)))(?!\d)")
SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()


@dataclass(frozen=True, slots=True)
class Value:
    """A value in the ways in which it can be written, the first of them the plainest.

    `finer` are more precise ones that hold it. All are the same answer to a question.
    """

    ways: tuple[str, ...]
    finer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A question, what a sentence begins with that answers it, and how its values are made."""

    question: str
    says: str
    value: Callable[[Random, int], Value]
    low: int
    high: int


def _year(rng: Random, year: int) -> Value:
    month, day = rng.choice(MONTHS), rng.randint(1, 28)
    full = f"{month} {day}, {year}", f"{day} {month} {year}", f"{month} {year}"
    return Value((str(year), f"the year {year}", f"in {year}"), full)


def _date(rng: Random, year: int) -> Value:
    month, day = rng.choice(MONTHS), rng.randint(1, 28)
    short = month[:3]
    return Value(
        (
            f"{month} {day}, {year}",
            f"{day} {month} {year}",
            f"{month} {_ordinal(day)}, {year}",
            f"the {_ordinal(day)} of {month} {year}",
            f"{short} {day}, {year}",
            f"{day} {month}, {year}",
            f"{year}-{MONTHS.index(month) + 1:02}-{day:02}",
        ),
        (
            f"{rng.choice(WEEKDAYS)}, {month} {day}, {year}",
            f"{month} {day}, {year}, at {rng.randint(1, 9)} pm",
        ),
    )


def _month(rng: Random, year: int) -> Value:
    month, day = rng.choice(MONTHS), rng.randint(1, 28)
    finer = f"{month} {day}, {year}", f"{day} {month} {year}"
    return Value((f"{month} {year}", f"{month} of {year}", f"{month[:3]} {year}"), finer)


def _decade(rng: Random, year: int) -> Value:
    begin = year // 10 * 10
    part = rng.choice(("", "", "early ", "late ", "mid-"))
    return Value((f"the {part}{begin}s", f"{part}{begin}s", f"{part}{begin}'s"))


def _century(rng: Random, year: int) -> Value:
    century = _ordinal(year // 100 + 1)
    return Value((f"the {century} century", f"{century} century", f"{century}-century"))


def _span(rng: Random, year: int) -> Value:
    end = year + rng.randint(2, 30)
    ways = f"{year} to {end}", f"{year}-{end}", f"{year}–{end}", f"from {year} to {end}"
    return Value((*ways, f"from {year} until {end}", f"between {year} and {end}"))


def _count(rng: Random, count: int) -> Value:
    ways = [str(count)]
    if count >= 1000:
        ways.append(f"{count:,}")
    if count <= 12:
        ways += [SMALL[count], SMALL[count].capitalize()]
    return Value((*ways, f"a total of {count}", f"exactly {count}"))


def _measure(rng: Random, count: int) -> Value:
    unit = rng.choice(UNITS)
    return Value((f"{count} {unit}", f"{count:,} {unit}", f"a total of {count} {unit}"))


def _percent(rng: Random, count: int) -> Value:
    return Value((f"{count}%", f"{count} percent", f"{count} per cent"))


def _millions(rng: Random, count: int) -> Value:
    amount = f"{count / 10:.1f}"
    figures = f"{count * 100_000:,}"
    return Value((f"{amount} million", figures, f"about {amount} million", f"roughly {amount} million"))


def _money(rng: Random, count: int) -> Value:
    amount = f"{count / 10:.1f}"
    return Value((f"${amount} million", f"{amount} million dollars", f"US${amount} million"))


def _nth(rng: Random, count: int) -> Value:
    return Value((_ordinal(count), f"the {_ordinal(count)}", f"number {count}"))


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


FACTS = (
    Fact("when did {work} come out", "{work} came out {on}", _date, 1930, 2022),
    Fact("when did {work} come out", "{work} came out {on}", _year, 1930, 2022),
    Fact(
        "when was {work} first released in {place}",
        "{work} was first released in {place} {on}",
        _month,
        1950,
        2022,
    ),
    Fact(
        "when does season {small} of {work} start", "Season {small} of {work} starts {on}", _date, 2008, 2024
    ),
    Fact("what year was the {place} museum built", "The {place} museum was built {on}", _year, 1750, 2015),
    Fact("when was {person} born", "{person} was born {on}", _date, 1700, 1999),
    Fact("In which year did {person} die?", "{person} died {on}", _year, 1700, 2020),
    Fact(
        "when did the {place} railway stop running",
        "The {place} railway stopped running {on}",
        _year,
        1880,
        2015,
    ),
    Fact(
        "when was the bridge of {place} opened", "The bridge of {place} was opened {on}", _month, 1870, 2015
    ),
    Fact("In which decade was {place} founded?", "{place} was founded in {it}", _decade, 1650, 1960),
    Fact(
        "when did people begin to settle in {place}",
        "People began to settle in {place} in {it}",
        _century,
        1100,
        1900,
    ),
    Fact("when did {person} rule {place}", "The rule of {person} over {place}: {it}", _span, 1400, 1900),
    Fact(
        "how many episodes are in season {small} of {work}",
        "There are {it} episodes in season {small} of {work}",
        _count,
        6,
        30,
    ),
    Fact("how many people live in {place}", "{it} people live in {place}", _count, 900, 90_000),
    Fact("what is the population of {place}", "The population of {place} is {it}", _millions, 11, 99),
    Fact(
        "how many games did {person} win for {place}", "{person} won {it} games for {place}", _count, 3, 150
    ),
    Fact("how many children did {person} have", "{person} had {it} children", _count, 1, 12),
    Fact(
        "how old was {person} when {work} was written",
        "{person} was {it} years old when {work} was written",
        _count,
        19,
        90,
    ),
    Fact("how long is the tunnel of {place}", "The tunnel of {place} is {it} long", _measure, 12, 900),
    Fact("how high is the tower of {place}", "The tower of {place} is {it} high", _measure, 20, 400),
    Fact(
        "what is the minimum size of a {place} frame",
        "The minimum size of a {place} frame is {it}",
        _measure,
        4,
        90,
    ),
    Fact("how much did {work} make at the box office", "{work} made {it} at the box office", _money, 11, 990),
    Fact("what share of {place} is forest", "{it} of {place} is covered by forest", _percent, 3, 95),
    Fact("what number president was {person}", "{person} was {it} president", _nth, 2, 45),
    Fact(
        "In which position did {place} finish the season?",
        "{place} finished the season in {it} place",
        _nth,
        1,
        20,
    ),
    Fact(
        "What is the atomic number of {place}ium?", "The atomic number of {place}ium is {it}", _count, 3, 118
    ),
)

AFTERWARDS = (
    "It was well received in {place}.",
    "It was directed by {person} and ran for {other} weeks.",
    "{person}, who was {other} at the time, was also involved.",
    "This was {other} years after the first plans were made.",
    "The project had begun {other} years earlier in {place}.",
    "Before that, the record had stood at {other}.",
    "However, some sources give other figures.",
    "It remained popular for many years.",
    "At that time, {place} had about {other} inhabitants.",
    "It was the most discussed event of that kind in {place}.",
)
UNKNOWING = (
    "I could not find any information about this.",
    "There is no official information on that; as an assistant I have no access to current data.",
    "It is not known for certain.",
    "I'm sorry, but I don't have enough context to say. Could you tell me more?",
    "That depends on which {place} you mean.",
    "{work} is a well known work by {person}. It tells the story of {place}.",
    "The answer varies from source to source.",
    "{person} is best known for work in {place}.",
    "No date has been announced so far.",
    "As of my last update this has not been settled.",
)


def fact_groups(count: int, rng: Random, answers: int = 8) -> Iterator[Group]:
    """So many groups about made-up facts; the same generator state makes the same ones."""
    for _ in range(count):
        fact = rng.choice(FACTS)
        names = _names(rng)
        number = rng.randint(fact.low, fact.high)
        value = fact.value(rng, number)
        made: dict[str, Answer] = {}
        for _ in range(answers):
            correct = rng.random() < 0.5
            answer = _right(fact, value, names, rng) if correct else _wrong(fact, value, number, names, rng)
            if answer is not None and answer.text not in made:
                made[answer.text] = answer
        if len(made) > 1:
            yield Group("facts", fact.question.format(**names), _gold(value, rng), tuple(made.values()))


def _names(rng: Random) -> dict[str, str]:
    return {
        "work": rng.choice(("The {} {}", "{} {}", "A {} {}")).format(
            rng.choice(ADJECTIVES), rng.choice(NOUNS)
        ),
        "person": f"{rng.choice(FIRST)} {rng.choice(LAST)}",
        "place": rng.choice(PLACES),
        "small": str(rng.randint(1, 9)),
    }


def _gold(value: Value, rng: Random) -> str:
    ways = rng.sample(
        value.ways[:-1] or value.ways, min(rng.choice((1, 1, 1, 2, 3)), len(value.ways[:-1]) or 1)
    )
    return "/".join(ways)


def _right(fact: Fact, value: Value, names: dict[str, str], rng: Random) -> Answer:
    said = rng.choice(value.ways + value.finer if rng.random() < 0.5 else value.ways)
    return Answer(_said(fact, said, names, rng), True, f"fact:{fact.value.__name__[1:]}")


def _wrong(fact: Fact, value: Value, number: int, names: dict[str, str], rng: Random) -> Answer | None:
    kind = fact.value.__name__[1:]
    if rng.random() < 0.12:
        return Answer(rng.choice(UNKNOWING).format(**names), False, "fact:unknowing")
    near = number + rng.choice((-1, 1)) * rng.choice((1, 1, 2, 3, 5, 10, 20, 100))
    other = fact.value(rng, number if kind in ("date", "month") and rng.random() < 0.4 else max(near, 1))
    said = rng.choice(other.ways + other.finer)
    if set(other.ways) & set(value.ways) or any(way in said for way in value.ways):
        return None
    return Answer(_said(fact, said, names, rng), False, f"fact:other {kind}")


def _said(fact: Fact, said: str, names: dict[str, str], rng: Random) -> str:
    """The value alone, or in a sentence, which may go on."""
    if rng.random() < 0.3:
        return said
    text = fact.says.format(**names, it=said, on=f"{_preposition(said)}{said}")
    text = text[0].upper() + text[1:] + "."
    if rng.random() < 0.35:
        other = _names(rng)
        later = rng.choice(AFTERWARDS).format(**other, other=rng.randint(2, 60))
        text = f"{text} {later}" if rng.random() < 0.8 else f"{later} {text}"
    return text


def _preposition(said: str) -> str:
    """On a day, in a year or a month."""
    if said.startswith(("in ", "from ", "between ")):
        return ""
    return "on " if DAY.search(said) else "in "
