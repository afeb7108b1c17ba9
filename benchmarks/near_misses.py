r"""Answers that are nearly the gold, made from golds by rule: how many of them the proofs show all the same.

Each gold is rewritten in a way that leaves its meaning as it is (a label, a unit spelt otherwise, an interval
for an inequality): an equivalent. A near miss is the same rewriting of a gold in which one thing that matters
was changed before (a digit, a sign, a bracket, an element, a direction, a unit), or the rewriting with
such a change after it. Of the equivalents many should be proved, which shows that the near misses come close;
of the near misses none. Either side may be the gold: what is rewritten stands now here, now there.

Without files the golds are made up, with the kinds that are rare in data more often. Files are read as
`tinyv golds` reads them, without responses. The same seed makes the same pairs.

    python -m benchmarks.near_misses [FILE…] [--count 5000] [--seed 0] [--show] [--json FILE] [--check]
    python -m benchmarks.near_misses --all --count 20000 --check
"""

import argparse
import json
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from itertools import chain, count
from pathlib import Path

from benchmarks.rule_stage import made_golds, placeholders
from tinyv_cli.proofs import prove
from tinyv_cli.sources import open_sources, read_windows
from tinyv_cli.sources.mapping import Overrides

Rewrite = Callable[[str], str | None]
Change = Callable[[str, random.Random], str | None]

GENERATORS = (
    "near_misses", "near_misses_words", "near_misses_sets", "near_misses_numbers", "near_misses_asked",
    "near_expressions",
)  # fmt: skip
EACH = 4  # rewritings of one gold: those that were used least so far
MOST_ALIKE = 0.05  # of the equivalents may be of one rewriting
LONGEST_GOLD = 150

INTEGER, DECIMAL = re.compile(r"-?\d+"), re.compile(r"-?\d+\.\d+")
FRACTION = re.compile(r"(-?)\\[dt]?frac\{(\d+)\}\{([1-9]\d*)\}|(-?)(\d+)/([1-9]\d*)")
INTERVAL = re.compile(r"([(\[]) ?([^,()\[\]]+), ?([^,()\[\]]+?) ?([)\]])")
PAIR = re.compile(r"\(([^(),]+), ?([^(),]+)\)")


# Rewritings: of any gold, what each says of it; None where it has nothing to rewrite.


def latex(gold: str) -> str | None:
    """Other commands for the same look."""
    return gold.replace(r"\frac", r"\dfrac").replace("(", r"\left(").replace(")", r"\right)")


SIGNS = {r"\infty": "∞", r"\cup": "∪", r"\le": "≤", r"\ge": "≥", r"\pi": "π", r"\ne": "≠", r"^{\circ}": "°"}


def signs(gold: str) -> str | None:
    """Unicode for commands."""
    return re.sub(r"\\(?:infty|cup|leq?|geq?|pi|neq?)(?![a-z])|\^\{\\circ\}", _sign, gold)


def _sign(found: re.Match[str]) -> str:
    return SIGNS.get(found[0]) or SIGNS[found[0].removesuffix("q")]


def plainly(gold: str) -> str | None:
    """Fractions and roots without LaTeX."""
    text = re.sub(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))", gold)
    return re.sub(r"\\sqrt\{([^{}]*)\}", r"sqrt(\1)", text)


UNITS = {
    "cm": "centimeters",
    "km": "kilometers",
    "m": "meters",
    "kg": "kilograms",
    "hours": "h",
    "minutes": "min",
}
WITH_UNIT = re.compile(rf"(.*\d) ?(?:\\text\{{ ?|\\mathrm\{{ ?)?({'|'.join(UNITS)})\}}?(\^\{{?[23]\}}?)?")


def spelt_unit(gold: str) -> str | None:
    """The unit in a word."""
    found = WITH_UNIT.fullmatch(gold)
    return found and f"{found[1]} \\text{{ {UNITS[found[2]]}}}{found[3] or ''}"


def without_unit(gold: str) -> str | None:
    """A centimetre that the question has asked for."""
    found = re.fullmatch(r"(.*\d) ?\\text\{ ?cm\}", gold)
    return found and found[1]


def in_millimetres(gold: str) -> str | None:
    """A smaller unit."""
    found = re.fullmatch(r"(\d+) ?\\text\{ ?cm\}", gold)
    return found and f"{found[1]}0 mm"


def of_integer(template: str) -> Rewrite:
    """A whole number, but not 0, in a text."""
    return lambda gold: template.format(gold) if re.fullmatch(r"-?[1-9]\d*", gold) else None


def of_value(template: str) -> Rewrite:
    """A gold without labels, relations and words in a text."""
    return lambda gold: None if re.search(r"[=<>:]|\\[lgn]e|\\in|[A-Za-z]{3,} |%", gold) else template % gold


def qualified(gold: str) -> str | None:
    """That the index is an integer is said."""
    found = re.search(r"\d([kn])\\pi|\\pi ?([kn])(?![a-z])", gold)
    return found and rf"{gold}, {found[1] or found[2]} \in \mathbb{{Z}}"


def assigned(gold: str) -> str | None:
    """A pair with the names of its elements, the last one first."""
    found = PAIR.fullmatch(gold)
    return found and f"y = {found[2]}, x = {found[1]}"


ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
ONES += " seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def in_words(gold: str) -> str | None:
    """A whole number below 10,000 spelt out."""
    return _words(int(gold)) if re.fullmatch(r"0|[1-9]\d{0,3}", gold) else None


def _words(number: int) -> str:
    if number < 20:
        return ONES.split()[number]
    if number < 100:
        return TENS.split()[number // 10 - 2] + (f"-{_words(number % 10)}" if number % 10 else "")
    scale, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    rest = f" {_words(number % scale)}" if number % scale else ""
    return f"{_words(number // scale)} {name}{rest}"


def truth(gold: str) -> str | None:
    """Yes and no with a reason."""
    return f"{gold}, as was shown." if gold.lower() in {"yes", "no", "true", "false"} else None


def joined(by: str) -> Rewrite:
    """Something else for the commas of a bare list."""

    def rewrite(gold: str) -> str | None:
        elements = bare_list(gold)
        return by.join(elements) if elements else None

    return rewrite


def bare_list(gold: str) -> list[str]:
    """The elements between commas, outside of all brackets; none where it is no list."""
    elements = re.split(r", ", gold)
    balanced = all(each.count("(") == each.count(")") and "{," not in each for each in elements)
    return (
        elements if len(elements) > 1 and balanced and not re.search(r"[=<>:\[\\][a-z]*in|\w =", gold) else []
    )


def a_sum(gold: str) -> str | None:
    """A chain of equations that ends with the gold."""
    return f"{int(gold) - 3} + 3 = {gold}" if INTEGER.fullmatch(gold) and int(gold) > 3 else None


def grouped(by: str) -> Rewrite:
    """The digits of a whole number in groups of three."""
    return lambda gold: f"{int(gold):,}".replace(",", by) if re.fullmatch(r"-?[1-9]\d{3,}", gold) else None


def decimal_comma(gold: str) -> str | None:
    """A comma for the point."""
    return gold.replace(".", ",") if DECIMAL.fullmatch(gold) and len(gold.partition(".")[2]) != 3 else None


def value_of(gold: str) -> Fraction | None:
    """The value of a fraction or a decimal."""
    if found := FRACTION.fullmatch(gold):
        sign, top, low = found[1] or found[4], found[2] or found[5], found[3] or found[6]
        return Fraction(int(top), int(low)) * (-1 if sign else 1)
    return Fraction(gold) if DECIMAL.fullmatch(gold) else None


def percent(gold: str) -> str | None:
    """Hundredths."""
    value = value_of(gold)
    if value is None or not 0 < value < 1 or 10000 % value.denominator:
        return None
    return f"{float(value * 100):g}\\%"


def hundredths(gold: str) -> str | None:
    """What so many percent are."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?) ?\\?%", gold)
    return found and f"{float(Fraction(found[1]) / 100):.6g}"


def power_of_ten(gold: str) -> str | None:
    """The scientific form of a great number."""
    found = re.fullmatch(r"([1-9])(\d{3,7})", gold)
    return found and f"{found[1]}.{found[2]} x 10^{len(found[2])}"


def rounded(gold: str) -> str | None:
    """To five decimals."""
    value = value_of(gold)
    if value is None or abs(value) < Fraction(1, 100) or (value * 10**6).denominator == 1:
        return None  # it comes out even, or is a tie
    return f"{float(value):.5f}"


def rounded_root(gold: str) -> str | None:
    """A multiple of a root to four decimals."""
    found = re.fullmatch(r"(\d*)\\sqrt\{(\d+)\}", gold)
    return found and f"{int(found[1] or 1) * int(found[2]) ** 0.5:.4f}"


def with_about(gold: str) -> str | None:
    """The exact value and what it rounds to."""
    if DECIMAL.fullmatch(gold):
        return None
    about = rounded(gold) or rounded_root(gold)
    return about and rf"{gold} \approx {about}"


PARTS = {3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth"}


def parts_in_words(gold: str) -> str | None:
    """A fraction of two numbers in words."""
    found = re.fullmatch(r"\\frac\{(\d)\}\{(\d)\}", gold)
    if found is None or int(found[2]) not in PARTS or found[1] == "0":
        return None
    return f"{_words(int(found[1]))} {PARTS[int(found[2])]}{'s' if found[1] != '1' else ''}"


def out_of(gold: str) -> str | None:
    """So many of so many."""
    found = re.fullmatch(r"\\frac\{(\d+)\}\{([1-9]\d*)\}", gold)
    return found and f"{found[1]} out of {found[2]}"


def circled(gold: str) -> str | None:
    """Numbers of statements in circles."""
    if not re.fullmatch(r"[1-9](, [1-9])+", gold) or len(set(gold.split(", "))) < len(gold.split(", ")):
        return None
    return "".join(chr(ord("①") + int(digit) - 1) for digit in gold.split(", "))


def in_two_forms(gold: str) -> str | None:
    """A part of one, and what it is in percent."""
    share = percent(gold)
    return share and f"{gold} or {share}"


def in_radians(gold: str) -> str | None:
    """An angle in radians."""
    found = re.fullmatch(r"([1-9]\d*)\^\\circ", gold)
    return found and rf"\frac{{{found[1]}\pi}}{{180}} \text{{ rad}}"


def mixed(gold: str) -> str | None:
    """An improper fraction as a mixed number."""
    value = value_of(gold)
    if value is None or value < 1 or value.denominator == 1 or DECIMAL.fullmatch(gold):
        return None
    whole, rest = divmod(value, 1)
    return rf"{whole}\frac{{{rest.numerator}}}{{{rest.denominator}}}"


def repeating(gold: str) -> str | None:
    """A fraction of ninths, elevenths or the like as a repeating decimal."""
    value = value_of(gold)
    if value is None or value < 0 or value.denominator == 1 or 99 % value.denominator:
        return None
    whole, rest = divmod(value, 1)
    digits = f"{int(rest * 9)}" if 9 % value.denominator == 0 else f"{int(rest * 99):02}"
    return rf"{whole}.\overline{{{digits}}}"


def in_base_ten(gold: str) -> str | None:
    """What digits in another base come to."""
    found = re.fullmatch(r"(\d+)_\{?([2-9])\}?", gold)
    return str(int(found[1], int(found[2]))) if found and max(found[1]) < found[2] else None


def of_24_hours(gold: str) -> str | None:
    """A time of the day without am and pm."""
    found = re.fullmatch(r"(\d+):(\d\d) PM", gold)
    return found and f"{int(found[1]) % 12 + 12}:{found[2]}"


def scaled(gold: str) -> str | None:
    """Thousands in a word."""
    return f"{gold[:-3]} thousand" if re.fullmatch(r"[1-9]\d*000", gold) else None


def ratio(by: str) -> Rewrite:
    """Something else for the colon."""
    return lambda gold: gold.replace(":", by) if re.fullmatch(r"\d+:\d+", gold) else None


def both_signs(gold: str) -> str | None:
    r"""Both values for `\pm`."""
    if gold.count(r"\pm") != 1 or "," in gold:
        return None
    plus, minus = re.sub(r"\\pm *", "+", gold), re.sub(r"\\pm *", "-", gold)
    return f"{plus.removeprefix('+')}, {minus}"


RELATIONS = {"(": "<", ")": "<", "[": r"\le", "]": r"\le"}


def inequality(gold: str) -> str | None:
    """Inequalities for the intervals of a union."""
    found = [INTERVAL.fullmatch(part.strip()) for part in gold.split(r"\cup")]
    said = [_between(*each.groups()) for each in found if each]
    return r" \text{ or } ".join(said) if len(said) == len(found) and any(said) else None


def _between(opening: str, low: str, high: str, closing: str) -> str:
    low = "" if "infty" in low else f"{low} {RELATIONS[opening]} "
    high = "" if "infty" in high else f" {RELATIONS[closing]} {high}"
    return f"{low}x{high}"


def interval(gold: str) -> str | None:
    """An interval for an inequality with one end or two."""
    if found := re.fullmatch(r"[a-z] ?(<|>|\\leq?|\\geq?|\\[lg]eqslant) ?([^<>=\\a-z]+)", gold):
        below, closed = found[1][:2] in {"<", r"\l"}, len(found[1]) > 1
        if below:
            return rf"(-\infty, {found[2]}{'])'[not closed]}"
        return rf"{'[('[not closed]}{found[2]}, \infty)"
    if found := re.fullmatch(r"([^<>=\\a-z]+)(<|\\leq?) ?[a-z] ?(<|\\leq?) ?([^<>=\\a-z]+)", gold):
        return f"{'[('[found[2] == '<']}{found[1].strip()}, {found[4]}{'])'[found[3] == '<']}"
    return None


def tuple_of_column(gold: str) -> str | None:
    """A column as a vector in round brackets."""
    found = re.fullmatch(r"\\begin\{[pb]matrix\}([^&]*)\\end\{[pb]matrix\}", gold)
    entries = [entry.strip() for entry in found[1].split(r"\\")] if found else []
    return f"({', '.join(entries)})" if len(entries) > 1 and all(entries) else None


def rows_in_brackets(gold: str) -> str | None:
    """A matrix as a list of its rows."""
    found = re.fullmatch(r"\\begin\{[pb]matrix\}(.*&.*)\\end\{[pb]matrix\}", gold)
    rows = [", ".join(map(str.strip, row.split("&"))) for row in found[1].split(r"\\")] if found else []
    return f"[[{'], ['.join(rows)}]]" if rows and all(rows) else None


def in_brackets(opening: str, closing: str, only: re.Pattern[str]) -> Rewrite:
    """More brackets around it."""
    return lambda gold: f"{opening}{gold}{closing}" if only.fullmatch(gold) else None


def with_semicolons(gold: str) -> str | None:
    """A tuple with semicolons."""
    return gold.replace(",", ";") if re.fullmatch(r"\([^()]+,[^()]+\)", gold) and "{," not in gold else None


def turned_round(gold: str) -> str | None:
    """A set, or a bare list of numbers, from its last element to its first."""
    found = re.fullmatch(r"\\\{(.*)\\\}", gold)
    elements = bare_list(found[1] if found else gold)
    listed = ", ".join(reversed(elements))
    return (rf"\{{{listed}\}}" if found else listed) if elements else None


def without_subscript(gold: str) -> str | None:
    """A digit behind the letter."""
    found = re.sub(r"(?<![A-Za-z\\])([a-z])_\{?(\d)\}?", r"\1\2", gold)
    return found if found != gold and "log" not in gold else None


def other_head(gold: str) -> str | None:
    """Another name for the argument of a function, or the index of a sequence."""
    found = re.fullmatch(r"([a-z](?:\(([a-z])\)|_([a-z]))) ?=(.*)", gold)
    old = found and (found[2] or found[3])
    if not found or not old or "u" in found[4] or "e^" in gold:
        return None
    named = re.compile(rf"(?<![A-Za-z\\]){old}(?![A-Za-z])")
    return f"{named.sub('u', found[1][1:]).join((found[1][0], ''))} ={named.sub('u', found[4])}"


def other_index(gold: str) -> str | None:
    """Another letter for any integer."""
    return re.sub(r"(?<=\d)k(?=\\pi)|(?<=\\pi )k|(?<=\\pi)k", "n", gold) if r"\pi" in gold else None


def rearranged(gold: str) -> str | None:
    """An equation in two unknowns with all on one side, twice."""
    found = re.fullmatch(r"y ?= ?([^=<>±]*x[^=<>±]*)", gold)
    return found and f"2({found[1]}) - 2y = 0"


def other_way_round(gold: str) -> str | None:
    """The last term of a sum first."""
    found = re.fullmatch(r"([^-+=<>(){},]+(?:\{[^{}]*\})?) \+ ([^-+=<>(){},]+(?:\{[^{}]*\})?)", gold)
    return found and f"{found[2]} + {found[1]}"


def as_quotient(gold: str) -> str | None:
    """A stroke for a fraction of numbers."""
    return FRACTION.sub(lambda f: f"{f[1]}{f[2]}/{f[3]}" if f[2] else f[0], gold)


def as_power(gold: str) -> str | None:
    """A root as a power."""
    return re.sub(r"\\sqrt\{([^{}]*)\}", r"(\1)^{1/2}", gold)


def with_another_constant(gold: str) -> str | None:
    """An antiderivative that is smaller by a number."""
    found = re.fullmatch(r"(\d)\\sin\^2 x \+ C", gold)
    return found and rf"-{found[1]}\cos^2 x + C"


def constant_renamed(gold: str) -> str | None:
    """Another letter for the arbitrary constant in front of a power."""
    return gold.replace("= Ce", "= Ae") if "= Ce" in gold else None


def derivative_named(gold: str) -> str | None:
    """What is a derivative is said to be one."""
    return rf"\frac{{dy}}{{dx}} = {gold}" if re.fullmatch(r"\d+x\^2", gold) else None


def multiplied(gold: str) -> str | None:
    """A factor that does not depend on x."""
    return f"k{gold.lstrip('0123456789')}" if re.fullmatch(r"\d+x\^2", gold) else None


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A way to say the same, the leaf that shows it, and what is asked for it instead of the question."""

    leaf: str
    rewrite: Rewrite
    ask: str = ""
    side: str = ""  # where alone it may stand, in the gold or in the answer; else on either side


SOLVE = "Solve the equation for $x$."
TUPLE, SET, BRACED = re.compile(r"\(.*,.*\)"), re.compile(r"\{.*,.*\}"), re.compile(r"\([^()]*,[^()]*\)")
REWRITINGS: Mapping[str, Rewriting] = {
    "LaTeX": Rewriting("markup", latex),
    "signs": Rewriting("markup", signs),
    "plain text": Rewriting("ending", plainly),
    "bold": Rewriting("markup", "**{}**".format),
    "unit in words": Rewriting("units", spelt_unit),
    "unit left out": Rewriting("units", without_unit, "How long is it, in cm?"),
    "unit given": Rewriting("units", of_integer(r"{} \text{{ cm}}"), "How long is it, in cm?"),
    "millimetres": Rewriting("units", in_millimetres),
    "counted": Rewriting("counted", of_integer("{} apples"), "How many apples are left?", "answer"),
    "integer index": Rewriting("qualifier", qualified),
    "label": Rewriting("label", of_value("x = %s")),
    "names": Rewriting("assignments", assigned, "Solve for $x$ and $y$."),
    "number words": Rewriting("number_words", in_words),
    "reason": Rewriting("truth", truth, side="answer"),
    "choice": Rewriting("choice", of_integer("B"), "Which? (A) 5001 (B) {} (C) 5003 (D) 5004"),
    "and": Rewriting("separators", joined(" and ")),
    "semicolons": Rewriting("separators", joined("; ")),
    "sentence": Rewriting("explained", of_value("The answer is $%s$.")),
    "apples left": Rewriting(
        "explained", of_integer("There are {} apples left."), "How many apples are left?", "answer"
    ),
    "chain": Rewriting("chain", a_sum),
    "two ways": Rewriting("alternatives", of_integer("{0} eggs/{0}"), side="gold"),
    "commas": Rewriting("grouped_digits", grouped(",")),
    "thin spaces": Rewriting("grouped_digits", grouped(r"\,")),
    "decimal comma": Rewriting("decimal_comma", decimal_comma),
    "percent": Rewriting("quantities", percent),
    "hundredths": Rewriting("quantities", hundredths, "What part of the whole is it?"),
    "power of ten": Rewriting("quantities", power_of_ten),
    "rounded": Rewriting("quantities", rounded),
    "rounded root": Rewriting("quantities", rounded_root),
    "about": Rewriting("exact_and_about", with_about),
    "mixed number": Rewriting("mixed_number", mixed),
    "repeating": Rewriting("repeating", repeating),
    "base ten": Rewriting("base", in_base_ten),
    "24 hours": Rewriting("clock", of_24_hours),
    "in words by parts": Rewriting("fraction_words", parts_in_words),
    "out of": Rewriting("fraction_words", out_of),
    "ordinal": Rewriting("ordinal_figures", of_integer("{}th day"), "On which day?", "answer"),
    "circled": Rewriting("statements", circled, "Which statements are true?"),
    "about equal": Rewriting("label", of_value(r"x \approx %s")),
    "radians": Rewriting("radians", in_radians),
    "in two forms": Rewriting("two_forms", in_two_forms, "What part of the whole is it?", "answer"),
    "thousand": Rewriting("quantities", scaled),
    "to": Rewriting("ratio", ratio(r" \text{ to } "), "What is the ratio of boys to girls?"),
    "ratio as quotient": Rewriting("ratio", ratio("/"), "What is the ratio of boys to girls?"),
    "both signs": Rewriting("plus_minus", both_signs),
    "inequality": Rewriting("interval", inequality),
    "interval": Rewriting("interval", interval),
    "column": Rewriting("matrix", tuple_of_column),
    "rows": Rewriting("matrix", rows_in_brackets),
    "brackets": Rewriting("redundant_brackets", in_brackets("(", ")", BRACED)),
    "braces": Rewriting("redundant_brackets", in_brackets(r"\{", r"\}", BRACED)),
    "tuple with semicolons": Rewriting("one_by_one", with_semicolons),
    "order": Rewriting("other_order", turned_round, SOLVE),
    "no subscript": Rewriting("subscript", without_subscript, "Express it by $x_1$, $x_2$ and $a_1$."),
    "argument": Rewriting("head", other_head, "Which function is it?"),
    "index": Rewriting("index", other_index),
    "rearranged": Rewriting("equation", rearranged),
    "another antiderivative": Rewriting(
        "antiderivative", with_another_constant, "Find the indefinite integral."
    ),
    "another constant": Rewriting(
        "constants", constant_renamed, "Solve the differential equation.", "answer"
    ),
    "derivative": Rewriting("label", derivative_named, "How does it change with x?"),
    "factor": Rewriting("up_to_factor", multiplied, "Find $f(x)$ up to a multiplicative constant."),
    "sum": Rewriting("ending", other_way_round),
    "stroke": Rewriting("ending", as_quotient),
    "power": Rewriting("ending", as_power),
}


# Changes: what makes another answer of any answer; None where there is nothing of the kind.


def _one(pattern: str, by: Callable[[re.Match[str], random.Random], str]) -> Change:
    """Something else for one of the places that a pattern finds, whichever."""
    compiled = re.compile(pattern)

    def change(text: str, rng: random.Random) -> str | None:
        found = list(compiled.finditer(text))
        if not found:
            return None
        place = rng.choice(found)
        return text[: place.start()] + by(place, rng) + text[place.end() :]

    return change


def _another_digit(found: re.Match[str], rng: random.Random) -> str:
    return rng.choice([digit for digit in "123456789" if digit != found[0]])


def _next_digit(digit: str, rng: random.Random) -> str:
    return {"0": "1", "9": "8"}.get(digit) or str(int(digit) + rng.choice((-1, 1)))


def _swapped(by: Mapping[str, str]) -> Callable[[re.Match[str], random.Random], str]:
    return lambda found, rng: by[found[0]]


def _dropped(found: re.Match[str], rng: random.Random) -> str:
    return ""


def pair_swapped(text: str, rng: random.Random) -> str | None:
    """The other order in a pair."""
    found = PAIR.search(text)
    return found and f"{text[: found.start()]}({found[2]}, {found[1]}){text[found.end() :]}"


def element_dropped(text: str, rng: random.Random) -> str | None:
    """One element of a list less."""
    elements = bare_list(text.removeprefix(r"\{").removesuffix(r"\}"))
    if not elements:
        return None
    elements.remove(rng.choice(elements))
    return rf"\{{{', '.join(elements)}\}}" if text.startswith(r"\{") else ", ".join(elements)


def element_added(text: str, rng: random.Random) -> str | None:
    """One more element, which is none yet."""
    return f"{text}, 4711" if bare_list(text) else re.sub(r",(?=[^,]*\\\}\Z)", ", 4711,", text)


BRACKETS = {"(": "[", "[": "(", ")": "]", "]": ")"}
STRICT = {"<": r" \le ", ">": r" \ge ", r"\le": "<", r"\ge": ">"}
TURNED = {"<": ">", ">": "<", r"\le": r"\ge", r"\ge": r"\le", "≤": "≥", "≥": "≤"}
OTHERS = {"cm": "m", "km": "m", "kg": "g", "hours": "minutes", "minutes": "seconds", "apples": "pears"}
OTHERS |= {"meters": "feet", "PM": "AM", "Yes": "No", "No": "Yes", "odd": "even", "even": "odd"}
OTHERS |= {"thousand": "million", "hundred": "thousand", "three": "four", "seven": "eleven"}
END = r"(?:-?[\w.]+|[^,()\[\]]*\})"
_RELATION = r"<|>|\\[lg]e(?![a-z])"
FUNCTIONS = {r"\sin": r"\cos", r"\cos": r"\sin", r"\ln": r"\log_2", r"\tan": r"\cot", r"\log": r"2\log"}
NO_COSINE = r"(?<!cos\()(?<!cos \()(?<!cos\\left\()(?<!cos \\left\()"  # which has the same value without it
MULTIPLES = r"\d*k\\pi"  # with an integer k they are the same with a minus
PERIODS = r"\d*\\pi [kmn](?![a-z])"  # which may as well be taken away
OF_ANY: Mapping[str, Change] = {
    "digit": _one(r"\d", _another_digit),
    "last digit dropped": _one(r"(?<![.,\d])[1-9]\d+(?![.,\d])", lambda found, rng: found[0][:-1]),
    "last decimal": _one(
        r"(?<=\.\d\d)\d+", lambda found, rng: found[0][:-1] + _next_digit(found[0][-1], rng)
    ),
    "sign dropped": _one(rf"{NO_COSINE}(?:(?<=[(\[{{,=<> ])|\A)-(?=[1-9\\a-z])(?!\\infty)", _dropped),
    "sign": _one(rf"(?<=[\w)}}] )[-+](?= (?!\\pm)(?!{PERIODS})[1-9\\a-z])", _swapped({"+": "-", "-": "+"})),
    "bracket": _one(
        rf"[(\[](?={END}, ?\\infty\))|(?<=\\infty, ){END}[)\]]", lambda found, rng: _turned(found[0])
    ),
    "strictness": _one(_RELATION, _swapped(STRICT)),
    "direction": _one(_RELATION + "|[≤≥]", _swapped(TURNED)),
    "other word": _one(rf"(?<![A-Za-z])(?:{'|'.join(OTHERS)})(?![A-Za-z])", _swapped(OTHERS)),
    "choice": _one(r"\AB\Z", lambda found, rng: rng.choice("ACD")),
    "function": _one(r"\\(?:sin|cos|tan|ln|log)(?![a-z])(?!.*\\pi)", _swapped(FUNCTIONS)),
    "point": _one(r"(?<=[1-9])\.(?=\d*[1-9])", _dropped),
}
OF_GOLDS: Mapping[str, Change] = {
    "negated": lambda text, rng: (
        f"-{text}"
        if re.match(r"[1-9\\]", text) and text[1:2] not in "{p[$" and not re.fullmatch(MULTIPLES, text)
        else None
    ),
    "numerator": _one(r"(?<=frac\{)\d+(?=\}\{\d)", lambda found, rng: f"{int(found[0]) + 1}"),
    "upside down": _one(r"\\frac\{\d+\}\{[1-9]\d*\}", lambda found, rng: _upside_down(found[0])),
    "exponent": _one(r"\^\{?2\}?", lambda found, rng: "^{3}"),
    "coefficient": _one(r"(?<![\w\\}{_^(])[a-z](?![a-z(_])(?=.*[-+^])", lambda found, rng: f"7{found[0]}"),
    "no pi": _one(r"(?<=\d)\\pi(?![a-z])", _dropped),
    "no root": _one(r"\\sqrt(?=\{(?!1\})\d+\})", _dropped),
    "pair swapped": pair_swapped,
    "element dropped": element_dropped,
    "element added": element_added,
    "one sign only": _one(r"\\pm", lambda found, rng: "+"),
    "intersection": _one(r"\\cup", lambda found, rng: r"\cap"),
    "no percent": _one(r"\\?%", _dropped),
}
CHANGES = {**OF_ANY, **OF_GOLDS}


def _turned(text: str) -> str:
    return BRACKETS[text] if len(text) == 1 else text[:-1] + BRACKETS[text[-1]]


def _upside_down(text: str) -> str:
    top, low = re.findall(r"\d+", text)
    return rf"\frac{{{low}}}{{{top}}}"


@dataclass(frozen=True, slots=True)
class Pair:
    """An answer made from a gold, and how. `change` is empty for an equivalent."""

    rewriting: str
    change: str
    question: str
    gold: str
    answer: str


def pairs(question: str, gold: str, names: Sequence[str], rng: random.Random) -> Iterator[Pair]:
    """For each rewriting an equivalent, a near miss changed before it, and one changed after."""
    for name in names:
        said = REWRITINGS[name].rewrite(gold)
        if not said or said == gold:
            continue
        asked = REWRITINGS[name].ask.format(gold) or question
        side = REWRITINGS[name].side or rng.choice(("answer", "gold"))

        def pair(change: str, other: str, *, asked: str = asked, side: str = side, name: str = name) -> Pair:
            sides = (gold, other) if side == "answer" else (other, gold)
            return Pair(name, change, asked, *sides)

        yield pair("", said)
        for change, other in (_changed_before(name, asked, gold, rng), _changed_after(said, rng)):
            if other and not _is_either(other, gold, said):
                yield pair(change, other)


def _is_either(other: str, gold: str, said: str) -> bool:
    return "".join(other.split()) in {"".join(each.split()) for each in (gold, said)}


def _changed_before(name: str, asked: str, gold: str, rng: random.Random) -> tuple[str, str | None]:
    said_to_be_percent = {"no percent"} if "percent" in asked else set()
    changes = {each: change for each, change in CHANGES.items() if each not in said_to_be_percent}
    change, changed = _changed(gold, changes, rng)
    return change, changed and REWRITINGS[name].rewrite(changed)


def _changed_after(said: str, rng: random.Random) -> tuple[str, str | None]:
    change, changed = _changed(said, OF_ANY, rng)
    return f"{change} after", changed


def _changed(text: str, changes: Mapping[str, Change], rng: random.Random) -> tuple[str, str | None]:
    """The text after one of the changes that apply to it, whichever."""
    made = [(name, other) for name, change in changes.items() if (other := change(text, rng))]
    return rng.choice(made) if made else ("", None)


# Kinds of golds that data have seldom, one or more for each leaf.
RARE = (
    r"%(n)d \text{ cm}",
    r"%(n)d \text{ kg}",
    r"%(a)d.%(b)d \text{ hours}",
    r"%(a)dk\pi",
    r"\frac{\pi}{%(a)d} + 2\pi k",
    "%(a)d:%(c)d9 PM",
    "1%(a)d_{9}",
    "%(a)d:%(b)d",
    "%(a)d.%(b)d\\%%",
    "(%(a)d, %(n)d)",
    "%(n)d000",
    "%(n)d%(n)d",
    r"\begin{pmatrix} %(a)d & -%(b)d \\ %(n)d & %(d)d \end{pmatrix}",
    r"%(a)d \pm \sqrt{%(b)d}",
    r"\pm %(a)d\sqrt{%(b)d}",
    r"\begin{pmatrix} -%(a)d \\ %(n)d \\ %(c)d \end{pmatrix}",
    "(%(a)d, -%(b)d, %(n)d)",
    "x_1 + %(a)dx_2",
    "%(a)da_1 - %(b)d",
    "f(x) = %(a)dx^2 - %(b)d",
    "a_n = %(a)d^n + %(n)d",
    "y = %(a)dx^2 + %(b)d",
    "y = -%(a)dx - %(n)d",
    r"\frac{%(n)d}{11}",
    r"\frac{%(n)d}{%(a)d}",
    r"%(a)d, -%(b)d, %(n)d",
    r"\{%(a)d, -%(n)d\}",
    r"x > %(a)d",
    r"-%(a)d \le x < %(n)d",
    r"(-\infty, %(a)d] \cup (%(n)d, \infty)",
    r"[-%(n)d, %(b)d)",
    "%(n)d.%(c)d",
    "0.%(n)d",
    "%(a)d, %(b)d",
    r"%(n)d^\circ",
    r"\frac{%(a)d}{%(c)d}",
    "Yes",
    r"%(a)d\sin^2 x + C",
    "%(a)dx^2",
    "y = Ce^{%(a)dx}",
)


def made_up(rng: random.Random) -> Iterator[tuple[str, str]]:
    """Golds without an end, half of them of rare kinds; the question is left to the rewriting."""
    for _ in count():
        yield "", made_golds(1, rng)[0].strip("$")
        yield "", rng.choice(RARE) % placeholders(rng)


def of_files(files: Sequence[str], rng: random.Random) -> Iterator[tuple[str, str]]:
    """Questions and golds of all rows, in any order."""
    windows = read_windows(open_sources(files), Overrides(), on_mapping=lambda *_: None, responses=False)
    examples = chain.from_iterable(window.examples for window in windows)
    found = sorted({(each.question, each.gold.strip().strip("$")) for each in examples if each.gold})
    rng.shuffle(found)
    return iter(found)


def made_pairs(golds: Iterator[tuple[str, str]], number: int, rng: random.Random) -> Iterator[Pair]:
    """Pairs until there are so many of both kinds; a gold by the rewritings that were used least so far."""
    used, made = Counter[str](), Counter[bool]()
    for question, gold in golds:
        if not 0 < len(gold) <= LONGEST_GOLD or _is_odd(gold):
            continue
        fitting = [name for name in REWRITINGS if REWRITINGS[name].rewrite(gold) not in (None, "", gold)]
        names = sorted((name for name in fitting if used[name] < number * MOST_ALIKE), key=used.__getitem__)[
            :EACH
        ]
        used.update(names)
        for pair in pairs(question, gold, names, rng):
            made[bool(pair.change)] += 1
            yield pair
        if min(made[True], made[False]) >= number:
            return


def _is_odd(gold: str) -> bool:
    r"""Whether other numbers may make the same: parts of a union that overlap, binomials, 1 in any base.

    Or the gold begins with the question, `\cos 60 = 0.5`, where a change says nothing of the answer.
    """
    if re.match(r"\d?\\(?:ln|log|sin|cos|tan|sqrt|frac).*=", gold) or gold.count("=") > 1:
        return True
    numbers = [int(number) for number in INTEGER.findall(gold)]
    if re.match(r"[01]_", gold):
        return True
    if "cup" in gold and "frac" not in gold:
        return numbers != sorted(set(numbers))
    return "binom" in gold


@dataclass(slots=True)
class Count:
    """Pairs of a rewriting, and how many of them were proved."""

    equivalents: int = 0
    equivalents_proved: int = 0
    near_misses: int = 0
    near_misses_proved: int = 0

    def add(self, pair: Pair, *, proved: bool) -> None:
        """Count it."""
        self.near_misses += bool(pair.change)
        self.near_misses_proved += bool(pair.change) and proved
        self.equivalents += not pair.change
        self.equivalents_proved += not pair.change and proved


@dataclass(slots=True)
class Result:
    """The counts by rewriting, and the near misses that were proved, with what the proof says."""

    rewritings: dict[str, Count] = field(
        default_factory=lambda: {name: Count() for name in ("all", *REWRITINGS)}
    )
    proved: list[dict[str, str]] = field(default_factory=list)

    def add(self, pair: Pair) -> None:
        """Search for a proof, and count it."""
        proof = prove(pair.question, pair.gold, pair.answer)
        for name in ("all", pair.rewriting):
            self.rewritings[name].add(pair, proved=proof is not None)
        if pair.change and proof is not None:
            self.proved.append({**asdict(pair), "proof": proof.sentence})


def main() -> None:
    """Print the table, and with --check exit with 1 where too many near misses are proved."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*")
    parser.add_argument("--count", type=int, default=5000, help="near misses and equivalents to make, each")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="the near misses that are proved")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--check", action="store_true", help="exit with 1 where any near miss is proved")
    parser.add_argument(
        "--all", action="store_true", help="the other generators too, each its share of --count"
    )
    arguments = parser.parse_args()
    if arguments.all:
        sys.exit(_of_all(arguments))
    rng = random.Random(arguments.seed)
    golds = of_files(arguments.files, rng) if arguments.files else made_up(rng)
    result = Result()
    for pair in made_pairs(golds, arguments.count, rng):
        result.add(pair)
    if arguments.show:
        for shown in result.proved:
            print(
                "{rewriting}, {change}: {gold!r} <- {answer!r}: {proof} ({question!r:.160})".format(**shown)
            )
    print(f"{'':24} {'equivalents':>12} {'proved':>8} {'near misses':>12} {'proved':>8}")
    for name, counted in result.rewritings.items():
        print("{:24} {:12,} {:8,} {:12,} {:8,}".format(name, *asdict(counted).values()))
    if arguments.json:
        figures = {name: asdict(counted) for name, counted in result.rewritings.items()}
        arguments.json.write_text(json.dumps({"rewritings": figures, "proved": result.proved}, indent=2))
    if arguments.check and result.proved:
        sys.exit(1)


def _of_all(arguments: argparse.Namespace) -> int:
    """Run every generator one after another; the worst of their exit codes."""
    options = ["--count", str(arguments.count // len(GENERATORS)), "--seed", str(arguments.seed)]
    options += [f"--{name}" for name in ("show", "check") if getattr(arguments, name)]
    codes = []
    for name in GENERATORS:
        print(f"== {name}", flush=True)
        codes.append(
            subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *options], check=False).returncode
        )
    return max(codes)


if __name__ == "__main__":
    main()
