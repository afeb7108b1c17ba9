"""Times of the day, spans of time and dates, in other ways and wrongly."""

import re
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from training.generate.numerals import plain_decimal
from training.generate.transformation import Task, same, wrong

MONTHS = "January February March April May June July August September October November December".split()
LONGEST = 60

_TIME = re.compile(
    r"(?:\\text\s*\{\s*)?(\d{1,2})(?::|\\!:\\!)([0-5]\d)\s*(?:\\text\s*\{\s*)?(?:([ap])\.?\s?m\.?)?\s*\}?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Time:
    """A time of the day; `half` is a, p or empty where the clock has 24 hours or nobody says."""

    hour: int
    minute: int
    half: str

    @property
    def minutes(self) -> int:
        """Since midnight."""
        return (self.hour % 12 + 12 * (self.half == "p") if self.half else self.hour) * 60 + self.minute


def _time(text: str) -> Time | None:
    found = _TIME.fullmatch(text.strip()) if len(text) < LONGEST else None
    if found is None:
        return None
    hour, half = int(found[1]), (found[3] or "").lower()
    fits = 1 <= hour <= 12 if half else hour < 24
    return Time(hour, int(found[2]), half) if fits else None


def _written(minutes: int, *, halves: bool, rng: Random) -> str:
    """A time with am or pm, or on a clock of 24 hours."""
    hour, minute = divmod(minutes % 1440, 60)
    if not halves:
        return f"{hour:02}:{minute:02}"  # 3:30 alone could be in the afternoon
    half = "ap"[hour >= 12]
    styles = (
        "{}:{} {h}m",
        "{}:{}{h}m",
        "{}:{} {h}.m.",
        "{}:{} {H}M",
        "{}:{} {H}M",
        r"{}:{} \text{{ {h}.m.}}",
    )
    return rng.choice((*styles, r"{}:{} \text{{ {H}M}}", "{}:{} {H}.M.")).format(
        (hour - 1) % 12 + 1, f"{minute:02}", h=half, H=half.upper()
    )


_SPEAKS_OF_TIME = re.compile(r"what time|\bwhen\b|o'clock|a\.m|p\.m|\bclock|\b[AP]M\b|\d ?[ap]m\b")


@same("4.4")
def time_in_other_style(task: Task, rng: Random) -> str | None:
    """`3:30 p.m.` for 3:30 PM."""
    time = _time(task.gold)
    return _written(time.minutes, halves=True, rng=rng) if time and time.half else None


@same("4.4")
def time_of_24_hours(task: Task, rng: Random) -> str | None:
    """`15:30` for 3:30 PM, and the other way round where the hour is past noon."""
    time = _time(task.gold)
    if time is None or (not time.half and (time.hour < 13 or not _SPEAKS_OF_TIME.search(task.question))):
        return None
    return _written(time.minutes, halves=not time.half, rng=rng)


@same("5.4")
def time_in_words(task: Task, rng: Random) -> str | None:
    """`3:30 in the afternoon`, `half past three` beside it."""
    time = _time(task.gold)
    if time is None or not time.half:
        return None
    hour = time.minutes // 60
    part = "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
    return f"{time.hour}:{time.minute:02} in the {part}" if 5 <= hour < 22 and hour != 12 else None


@wrong()
def time_off(task: Task, rng: Random) -> str | None:
    """An hour, a few minutes or half a day too early or too late."""
    time = _time(task.gold)
    if time is None or not (time.half or _SPEAKS_OF_TIME.search(task.question)):
        return None
    steps = (-120, -60, 60, 120, -30, -15, -10, -5, -1, 1, 5, 10, 15, 20, 30)
    step = rng.choice((*steps, 720, 720) if time.half else steps)
    return _written(time.minutes + step, halves=bool(time.half), rng=rng)


@wrong()
def time_of_other_half(task: Task, rng: Random) -> str | None:
    """`3:30 AM` for 3:30 PM, `5:30` for 15:30."""
    time = _time(task.gold)
    if time is None or (not time.half and time.hour < 13):
        return None
    if time.half:
        return _written(time.minutes + 720, halves=True, rng=rng)
    return f"{time.hour - 10}:{time.minute:02}"


# Spans of time


SECONDS = {"day": 86_400, "hour": 3600, "minute": 60, "second": 1}
_SHORT = {"day": "d", "hour": "h", "minute": "min", "second": "s"}
_UNIT = r"(day|hour|hr|minute|min|second|sec)s?"
_SPAN = re.compile(
    rf"(\d+)\s*(?:\\text\s*\{{\s*)?{_UNIT}\}}?(?:,? and|,|\\text\{{ and \}})?\s*"
    rf"(\d+)\s*(?:\\text\s*\{{\s*)?{_UNIT}\.?\s*\}}?"
)
_FULL = {"hr": "hour", "min": "minute", "sec": "second"}


def _span(text: str) -> tuple[int, str, int, str] | None:
    """Two numbers with their units, the greater one first, the second less than one of the first."""
    flat = re.sub(r"\\text\s*\{([^{}]*)\}", r" \1 ", text) if len(text) < 2 * LONGEST else ""
    found = _SPAN.fullmatch(" ".join(flat.split()))
    if found is None:
        return None
    high, low = _FULL.get(found[2], found[2]), _FULL.get(found[4], found[4])
    if SECONDS[low] >= SECONDS[high] or int(found[3]) * SECONDS[low] >= SECONDS[high]:
        return None
    return int(found[1]), high, int(found[3]), low


def _said(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _both(first: int, high: str, second: int, low: str, rng: Random) -> str:
    shorts = f"{first} {_SHORT[high]} {second} {_SHORT[low]}"
    joints = (" and ", " ", ", ")
    longs = rng.choice(joints).join((_said(first, high), _said(second, low)))
    latex = rf"{first} \text{{ {high}s and }} {second} \text{{ {low}s}}"
    return rng.choice((longs, longs, shorts, shorts.replace(" ", ""), latex))


@same("1.4")
def span_in_other_style(task: Task, rng: Random) -> str | None:
    """`2 h 30 min` for 2 hours and 30 minutes."""
    span = _span(task.gold)
    return _both(*span, rng) if span else None


@same("1.4")
def span_in_one_unit(task: Task, rng: Random) -> str | None:
    """`2.5 hours`, `150 minutes` for 2 hours and 30 minutes."""
    return _in_one_unit(task, rng, Fraction(1))


def _in_one_unit(task: Task, rng: Random, factor: Fraction) -> str | None:
    span = _span(task.gold)
    if span is None:
        return None
    first, high, second, low = span
    seconds = factor * (first * SECONDS[high] + second * SECONDS[low])
    unit = rng.choice((high, low))
    value = plain_decimal(seconds / SECONDS[unit], 4)
    return f"{value} {unit}s" if value else None


@same("1.4")
def span_in_two_units(task: Task, rng: Random) -> str | None:
    """`2 hours 30 minutes` for 2.5 hours or 150 minutes."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(?:\\text\s*\{\s*)?(hour|minute|day)s?\s*\}?", task.gold.strip())
    if found is None or re.search(rf"how many {found[2]}|in {found[2]}", task.question):
        return None
    seconds = Fraction(found[1]) * SECONDS[found[2]]
    units = list(SECONDS)
    at = units.index(found[2]) if "." in found[1] else units.index(found[2]) - 1
    high, low = units[at], units[at + 1]
    whole, rest = divmod(seconds, SECONDS[high])
    second = rest / SECONDS[low]
    return (
        _both(int(whole), high, int(second), low, rng)
        if whole and second and second.denominator == 1
        else None
    )


@wrong()
def span_falsely_added(task: Task, rng: Random) -> str | None:
    """`2.3 hours` or 230 minutes for 2 hours and 30 minutes; one of both off."""
    span = _span(task.gold)
    if span is None:
        return None
    first, high, second, low = span
    step = rng.choice((-20, -15, -10, -5, -1, 1, 5, 10, 15))
    others = [_both(first + rng.choice((1, 2)), high, second, low, rng)] * 2
    if 0 < second + step < SECONDS[high] // SECONDS[low]:
        others += [_both(first, high, second + step, low, rng)] * 2
    if 0 < second < 100 and high != "day" and second * SECONDS[low] * 100 != second * SECONDS[high]:
        others += [f"{first}.{second:02} {high}s", f"{first * 100 + second} {low}s"]
    others += [_said(first, high)] if second else []
    return rng.choice(others)


@wrong()
def span_in_false_unit(task: Task, rng: Random) -> str | None:
    """In one unit, and doubled, halved or ten times."""
    return _in_one_unit(task, rng, rng.choice((Fraction(2), Fraction(1, 2), Fraction(10), Fraction(5, 4))))


# Dates


@dataclass(frozen=True, slots=True)
class Date:
    """A day of a month, and perhaps the year, or 0."""

    day: int
    month: int
    year: int


_NAMES = "|".join(f"{name}|{name[:3]}\\.?" for name in MONTHS)
_YEAR = r"(?:,?\s+(\d{4}))?"
_MONTH_FIRST = re.compile(rf"({_NAMES})\s+(\d{{1,2}})(?:st|nd|rd|th)?{_YEAR}\.?")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?\s+({_NAMES}){_YEAR}\.?")


def _date(text: str) -> Date | None:
    flat = re.sub(r"\\text\s*\{([^{}]*)\}", r"\1", text).strip() if len(text) < LONGEST else ""
    if found := _MONTH_FIRST.fullmatch(flat):
        name, day, year = found[1], found[2], found[3]
    elif found := _DAY_FIRST.fullmatch(flat):
        day, name, year = found[1], found[2], found[3]
    else:
        return None
    month = next(number for number, full in enumerate(MONTHS, 1) if full.startswith(name.rstrip(".")[:3]))
    return Date(int(day), month, int(year or 0)) if 1 <= int(day) <= 31 else None


def _ordinal(day: int) -> str:
    return f"{day}{'th' if day in {11, 12, 13} else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def _dated(date: Date, rng: Random) -> str:
    name, day = MONTHS[date.month - 1], date.day
    short = name[:3]
    styles = [f"{name} {day}", f"{name} {_ordinal(day)}", f"{day} {name}", f"the {_ordinal(day)} of {name}"]
    styles += [f"{short} {day}", f"{short}. {day}", f"{day} {short}", f"{_ordinal(day)} {name}"]
    style = rng.choice(styles)
    if not date.year:
        return rng.choice((style, style, rf"\text{{{style}}}"))
    iso = f"{date.year}-{date.month:02}-{day:02}"
    comma = ", " if style[-1].isdigit() or style.endswith(("st", "nd", "rd", "th")) else " "
    return rng.choice((f"{style}{comma}{date.year}", f"{style}{comma}{date.year}", iso))


@same("5.3")
def date_in_other_style(task: Task, rng: Random) -> str | None:
    """`17 May`, `Sep. 17`, `2003-06-05`."""
    date = _date(task.gold)
    return _dated(date, rng) if date else None


@wrong()
def date_off(task: Task, rng: Random) -> str | None:
    """A day, a week, a month or a year too early or too late."""
    date = _date(task.gold)
    if date is None:
        return None
    others = [Date(date.day + step, date.month, date.year) for step in (-7, -2, -1, 1, 2, 7, 10)]
    others += [Date(date.day, date.month + step, date.year) for step in (-1, 1, 2)]
    others += [Date(date.day, date.month, date.year + step) for step in (-10, -1, 1, 10) if date.year]
    return _dated(
        rng.choice([each for each in others if 1 <= each.day <= 28 and 1 <= each.month <= 12] or others[:1]),
        rng,
    )


@wrong()
def date_in_part(task: Task, rng: Random) -> str | None:
    """Only the month, the day or the year."""
    date = _date(task.gold)
    if date is None or re.search(r"\byear|\bmonth|\bday of", task.question):
        return None
    return rng.choice((MONTHS[date.month - 1], _ordinal(date.day), str(date.year or date.day)))


_YEAR_ALONE = re.compile(r"(1[0-9]\d\d|20[0-4]\d)")


@wrong()
def year_off(task: Task, rng: Random) -> str | None:
    """Another year, by one, ten, a hundred or by digits that changed places."""
    found = _YEAR_ALONE.fullmatch(task.gold.strip())
    if found is None:
        return None
    year = found[1]
    swapped = int(year[:2] + year[3] + year[2])
    steps = (-100, -20, -10, -4, -2, -1, 1, 2, 3, 10, 100)
    return str(
        rng.choice(
            [other for other in (*(int(year) + step for step in steps), swapped) if other != int(year)]
        )
    )


_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


@wrong()
def other_day_or_month(task: Task, rng: Random) -> str | None:
    """Another day of the week, or month."""
    for names in (_DAYS, MONTHS):
        found = [name for name in names if re.search(rf"\b{name}\b", task.gold)]
        if len(found) == 1 and len(task.gold) < LONGEST and not _date(task.gold):
            at = names.index(found[0])
            other = names[(at + rng.choice((-2, -1, 1, 1, 2, 3))) % len(names)]
            return task.gold.replace(found[0], other)
    return None
