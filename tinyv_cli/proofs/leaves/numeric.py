"""Category 4 of the taxonomy, numeric: the same number in another form, or rounded."""

import re
from fractions import Fraction

import mpmath

from tinyv_cli.maths.decimals import Decimal, decimal
from tinyv_cli.maths.forms import number, outline, unwrapped
from tinyv_cli.maths.questions import (
    base_of,
    says_how_precise,
    speaks_of_money,
    wants_it_exact,
    wants_it_rounded,
    wants_percent,
)
from tinyv_cli.maths.reading import VULGAR, read
from tinyv_cli.maths.values import rational
from tinyv_cli.maths.words import SCALES
from tinyv_cli.proofs.search import Prove, Sides, after, rewritten
from tinyv_cli.records import Proof

FEWEST_DIGITS = 3  # what rounding must leave: with two, 0.33 would be 1/3, and also 0.334 and 0.3251


def rounds_to(value: Fraction, rounded: Decimal) -> bool:
    """Whether the value, rounded to the last digit that is written, is that; a tie goes up or to even."""
    beyond, half = abs(value) - abs(rounded.value), rounded.unit / 2
    if (value < 0) != rounded.negative or abs(beyond) > half:
        return False
    return abs(beyond) < half or beyond < 0 or int(rounded.digits) % 2 == 0


def exact(text: str) -> Fraction | None:
    """The value of an expression that is one real number, to 40 digits where it is not rational."""
    node = read(text)
    if node is None:
        return None
    value = rational(node)
    if value is None and (real := number(text)) is not None:
        numerator, denominator = mpmath.libmp.to_rational(real._mpf_)
        value = Fraction(int(numerator), int(denominator))
    return value


_ABOUT = re.compile(r"(?:\\(?:approx|simeq|thickapprox)(?![A-Za-z])|≈|≃)\s*")


def rounded(sides: Sides, prove: Prove) -> Proof | None:
    """4.1 and 4.3: one side is the other, rounded to the digits that are written, three of them at least."""
    if "." not in sides.gold + sides.answer and not wants_it_rounded(sides.question):
        return None
    gold_text, answer_text = sides.each(_without_about)
    gold, answer = decimal(gold_text), decimal(answer_text)
    if gold and answer:
        return _less_precise(sides.question, gold, answer, prove)
    if answer and _may_be_rounded(answer, sides.question) and not wants_it_exact(sides.question):
        value = exact(gold_text)
        if value is not None and rounds_to(value, answer):
            return after("4.1", f"{gold_text} rounds to {answer_text}", prove(answer_text, answer_text))
    if gold and _keeps_enough(gold) and gold.has_point:
        value = exact(answer_text)
        if value is not None and rounds_to(value, gold):
            return after("4.1", f"{answer_text} rounds to {gold_text}", prove(gold_text, gold_text))
    return None


def _less_precise(question: str, gold: Decimal, answer: Decimal, prove: Prove) -> Proof | None:
    """Both are written out. The answer may be the less precise one only if nobody asked for more."""
    coarse, fine = (gold, answer) if gold.last >= answer.last else (answer, gold)
    if answer.last > gold.last and (says_how_precise(question) or speaks_of_money(question)):
        return None
    if not (coarse.has_point and fine.has_point and _keeps_enough(coarse) and rounds_to(fine.value, coarse)):
        return None
    return after("4.3", f"{fine.text} rounds to {coarse.text}", prove(coarse.text, coarse.text))


def _without_about(text: str) -> str:
    text = outline(text)
    found = _ABOUT.match(text)
    return text[found.end() :] if found else text


def _keeps_enough(number: Decimal) -> bool:
    return number.significant >= FEWEST_DIGITS


def _may_be_rounded(number: Decimal, question: str) -> bool:
    """Enough digits, and decimals, unless a whole number was asked for by rounding."""
    return _keeps_enough(number) and (number.has_point or wants_it_rounded(question))


def exact_and_about(sides: Sides, prove: Prove) -> Proof | None:
    r"""4.1: `\frac{600}{7} \approx 85.71`, where the one rounds to the other, says either."""
    gold, answer = sides.each(_value_and_about)
    if gold is None and answer is None:
        return None
    if gold and answer:
        pairs = [(gold[0], answer[0])]
    elif gold:
        pairs = [(each, sides.answer) for each in _comparable(gold, sides.answer)]
    else:
        pairs = [(sides.gold, each) for each in _comparable(answer, sides.gold)]
    proof = next((proof for pair in pairs if (proof := prove(*pair)) is not None), None)
    return after("4.1", "a number and what it rounds to are one answer", proof)


def _comparable(both: tuple[str, str] | None, other: str) -> tuple[str, ...]:
    """What of a value and its rounding another may be: the rounding only if it has no more digits itself."""
    if both is None:
        return ()
    about, written = decimal(both[1]), decimal(_without_about(outline(other)))
    return both if about and written and written.last >= about.last else both[:1]


def _value_and_about(text: str) -> tuple[str, str] | None:
    found = _ABOUT.search(text)
    if found is None:
        return None
    text = outline(text)
    parts = [part.strip() for part in _ABOUT.split(text)]
    if len(parts) != 2:
        return None
    value, about = exact(parts[0]), decimal(parts[1])
    return (parts[0], parts[1]) if value is not None and about and rounds_to(value, about) else None


_SPELLED_POWER = re.compile(r"\d\s*(?:[eE][-+]?\d|x\s*10)")


def scientific(sides: Sides, prove: Prove) -> Proof | None:
    """4.2: `3.54e7` and `3.54 x 10^7`, with a letter for the sign of multiplication."""
    if not sides.either(_SPELLED_POWER.search):
        return None
    return rewritten("4.2", "a number with a power of ten", sides, prove, _spelled_power)


def _spelled_power(text: str) -> str:
    found = decimal(outline(text))
    if found is None or read(text) is not None:
        return text
    return f"{'-' if found.negative else ''}{found.digits}*10^({found.last})"


_REPEATED = re.compile(r"\\(?:overline|bar|dot)\s*(?:\{(?P<again>\d+)\}|(?P<digit>\d))")
_REPEATING = re.compile(rf"(?P<sign>[-+]?)(?<![\d.])(?P<whole>\d*)\.(?P<once>\d*){_REPEATED.pattern}")


def repeating(sides: Sides, prove: Prove) -> Proof | None:
    r"""4.2: `0.\overline{3}` is a third."""
    if not sides.either(_REPEATED.search):
        return None
    return rewritten("4.2", "a repeating decimal as a fraction", sides, prove, _without_repetition)


def _without_repetition(text: str) -> str:
    return _REPEATING.sub(_as_fraction, text)


def _as_fraction(found: re.Match[str]) -> str:
    again = found["again"] or found["digit"]
    once = int((found["whole"] or "0") + found["once"])
    whole = once * 10 ** len(again) + int(again) - once
    return f"{found['sign']}({whole}/{(10 ** len(again) - 1) * 10 ** len(found['once'])})"


_VULGAR = f"[{''.join(VULGAR)}]"
_FRACTION = re.compile(rf"/|frac|{_VULGAR}")
_MIXED = re.compile(
    r"(?<![\w.,^}/)\]])(?P<whole>\d+)(?:"
    r"(?:\s|\\[,;:! ]|~)*\\[dt]?frac\s*"
    r"(?:\{\s*(?P<top>\d+)\s*\}\s*\{\s*(?P<low>\d+)\s*\}|(?P<one>\d)\s*(?P<digit>\d))"
    r"|(?:\s|\\[,;: ]|~)+(?P<over>\d+)\s*/\s*(?P<under>\d+)|\s?(?P<vulgar>[½⅓⅔¼¾⅕⅛]))(?![\d^!])"
)


def mixed_number(sides: Sides, prove: Prove) -> Proof | None:
    """4.4: `1 1/2` is one and a half, where a proper fraction stands behind a whole number."""
    if not sides.either(_FRACTION.search):
        return None
    return rewritten("4.4", "a mixed number as a sum", sides, prove, _without_mixed)


def _without_mixed(text: str) -> str:
    return _MIXED.sub(_as_sum, text)


def _as_sum(found: re.Match[str]) -> str:
    if found["vulgar"]:
        top, low = VULGAR[found["vulgar"]]
    else:
        top = found["top"] or found["one"] or found["over"]
        low = found["low"] or found["digit"] or found["under"]
    return f"({found['whole']}+{top}/{low})" if 0 < int(top) < int(low) else found[0]


_PERCENT = re.compile(r"(?P<share>.+?)\s*(?:\\?%|\bper\s?cent)")


def percent(sides: Sides, prove: Prove) -> Proof | None:
    """4.4: `25%` is 0.25; but where a share in percent is asked for it is the bare 25, and 0.25 says less."""
    gold, answer = sides.each(_share)
    if gold and answer:
        return after("4.4", "both are in percent", prove(gold, answer))
    if gold is None and answer is None:
        return None
    if wants_percent(sides.question):
        return after(
            "4.4", "the question asks for percent", prove(gold or sides.gold, answer or sides.answer)
        )
    values = (_hundredth(gold) if gold else sides.gold, _hundredth(answer) if answer else sides.answer)
    return after("4.4", "percent are hundredths", prove(*values))


def _share(text: str) -> str | None:
    if "%" not in text and "cent" not in text:
        return None
    found = _PERCENT.fullmatch(unwrapped(text))
    return found["share"].strip() if found else None


def _hundredth(share: str) -> str:
    """As a decimal where it is one, so that it can still be seen how far it was rounded."""
    found = decimal(share)
    if found is None or found.last >= 2:
        return f"({share})/100"
    places = 2 - found.last
    digits = found.digits.rjust(places + 1, "0")
    return f"{'-' if found.negative else ''}{digits[:-places]}.{digits[-places:]}"


_IN_BASE = re.compile(r"(?P<digits>[0-9A-F]+)\s*_\s*(?:\{\s*(?P<long>\d{1,2})\s*\}|(?P<short>\d))")
_DIGITS = re.compile(r"[0-9A-F]+")


def base(sides: Sides, prove: Prove) -> Proof | None:
    """4.4: `1011_2` is eleven; where base two is asked for it is the bare 1011."""
    if "_" not in sides.gold + sides.answer:
        return None
    gold, answer = sides.each(lambda side: _IN_BASE.fullmatch(unwrapped(side)))
    if gold is None and answer is None:
        return None
    asked = base_of(sides.question)
    values = [_in_base(found, side, asked) for found, side in ((gold, sides.gold), (answer, sides.answer))]
    if None in values:
        return None
    return after("4.4", "the base written out", prove(str(values[0]), str(values[1])))


def _in_base(found: re.Match[str] | None, text: str, asked: int | None) -> int | None:
    """The value; digits without a base are in the one that was asked for, else in base ten."""
    digits = found["digits"] if found else text
    radix = int(found["long"] or found["short"]) if found else (asked or 10)
    if asked is not None and radix != asked:
        return None
    if not _DIGITS.fullmatch(digits) or not 2 <= radix <= 16:
        return None
    try:
        return int(digits, radix)
    except ValueError:  # a digit that this base does not have
        return None


_CLOCK = re.compile(
    r"(?P<hour>[01]?\d|2[0-3])(?::(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?)?\s*(?P<half>[ap]\.?\s?m\.?)?",
    re.IGNORECASE,
)


def clock(sides: Sides, prove: Prove) -> Proof | None:
    """4.4: `8:34 PM` is 20:34."""
    if ":" not in sides.gold + sides.answer:
        return None
    gold, answer = sides.each(_time)
    if gold is None or gold != answer:
        return None
    return after("4.4", f"both are {gold}", prove(gold, gold))


def _time(text: str) -> str | None:
    """The time of a day of 24 hours; None where it is not said which half of the day it is."""
    found = _CLOCK.fullmatch(unwrapped(text))
    if found is None or not (found["minute"] or found["half"]):
        return None
    hour, minute, second = int(found["hour"]), found["minute"] or "00", found["second"] or "00"
    if found["half"] is None:
        return f"{hour:02}:{minute}:{second}" if hour > 12 else None
    if not 1 <= hour <= 12:
        return None
    return f"{hour % 12 + 12 * (found['half'][0] in 'pP'):02}:{minute}:{second}"


_SCALE = re.compile("|".join(SCALES), re.IGNORECASE)
_SCALED = re.compile(
    rf"(?<![\d,.])(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<word>{_SCALE.pattern})s?(?![A-Za-z])", re.IGNORECASE
)


def scale_word(sides: Sides, prove: Prove) -> Proof | None:
    """4.4: `3 million` is 3,000,000."""
    if not sides.either(_SCALE.search):
        return None
    return rewritten("4.4", "the word for a power of ten in digits", sides, prove, _without_scale_word)


def _without_scale_word(text: str) -> str:
    bare = unwrapped(text)
    written_out = _SCALED.sub(_written_out, bare)
    return text if written_out == bare else written_out


def _written_out(found: re.Match[str]) -> str:
    value = Fraction(found["number"].replace(",", "")) * SCALES[found["word"].lower()]
    return str(value.numerator) if value.denominator == 1 else found[0]
