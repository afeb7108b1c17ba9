r"""Numbers that are nearly the gold: units, scales, shares, roundings, times, and numerals of all kinds.

A family makes a question, a gold, answers that say the same (equivalents) and answers that do not (near
misses): another prefix, a scale that nobody asked for, one digit, a tie, a point that is a comma. Of the
equivalents nearly all should be proved; of the near misses none. The same seed makes the same pairs.

    python -m benchmarks.near_misses_numbers [--count 20000] [--seed 0] [--show] [--json FILE] [--check]
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from tinyv_cli.proofs import prove


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its gold, what says the same, and what does not. `turned`: either may be the gold."""

    question: str
    gold: str
    same: tuple[str, ...]
    other: tuple[str, ...]
    turned: bool = False


Family = Callable[[random.Random], Case]


def _fixed(value: Fraction, places: int) -> str:
    """Rounded to so many places, as Python does."""
    digits = round(abs(value) * 10**places)
    text = str(digits).rjust(places + 1, "0")
    sign = "-" if value < 0 and digits else ""
    return f"{sign}{text[:-places]}.{text[-places:]}" if places else f"{sign}{text}"


def _beside(value: Fraction, places: int) -> Fraction:
    """The value, a unit or two of the last place away."""
    return value + Fraction(2, 10**places)


def _no_tie(rng: random.Random, low: int = 3) -> Fraction:
    """A fraction that does not end after a few places."""
    return Fraction(rng.randint(100, 9999) * 7 + rng.randint(1, 6), 7 * rng.choice((1, 3, 9)) * low)


def rounded_with_unit(rng: random.Random) -> Case:
    """A fraction of seconds, and decimals of it."""
    value = _no_tie(rng)
    if _fixed(value, 3)[-1] == "5":
        return rounded_with_unit(rng)
    question = "A ball falls from a tower, for some seconds. How long is that?"
    answer = rf"\frac{{{value.numerator}}}{{{value.denominator}}}"
    other = value + Fraction(1, 10)
    return Case(
        question,
        _fixed(value, 2),
        (rf"{answer}\text{{ seconds}}", f"{_fixed(value, 3)} s", f"about {_fixed(value, 2)} seconds"),
        (
            rf"\frac{{{other.numerator}}}{{{other.denominator}}}\text{{ seconds}}",
            f"{_fixed(_beside(value, 2), 2)} s",
            f"{_fixed(value, 2)} m",
            f"{_fixed(value, 2)} minutes",
        ),
    )


PREFIXES = {"f": -15, "p": -12, "n": -9, "μ": -6, "m": -3, "k": 3, "M": 6, "G": 9, "T": 12}


def prefixes(rng: random.Random) -> Case:
    """A unit with a prefix, and a power of ten."""
    unit = rng.choice(("eV", "Hz", "J", "V", "W", "Pa"))
    letter, other = rng.sample(sorted(PREFIXES), 2)
    digits = f"{rng.randint(1, 9)}.{rng.randint(11, 99)}"
    power = PREFIXES[letter]
    return Case(
        "",
        rf"{digits} \text{{ {letter}{unit}}}",
        (
            rf"{digits} \times 10^{{{power}}} \text{{ {unit}}}",
            f"{digits}e{power} {unit}",
            f"{digits}{rng.randint(1, 4)} {letter}{unit}",
        ),
        (
            rf"{digits} \times 10^{{{power + rng.choice((-3, -1, 1, 3))}}} \text{{ {unit}}}",
            rf"{digits} \text{{ {other}{unit}}}",
            rf"{digits} \text{{ {unit}}}",
            f"{digits} {letter}{unit}^2",
        ),
        turned=True,
    )


WORDS = {"thousand": 3, "million": 6, "billion": 9}


def scale_asked(rng: random.Random) -> Case:
    """An amount in the scale that the question gives."""
    word, other = rng.sample(sorted(WORDS), 2)
    amount = f"{rng.randint(2, 989)}.{rng.randint(1, 9)}"
    value = Fraction(amount) * 10 ** WORDS[word]
    return Case(
        f"The table gives all amounts in {word}s. What was the profit?",
        amount,
        (f"${amount} {word}", f"{amount} {word} dollars", f"${value.numerator:,}", f"€{amount} {word}"),
        (
            f"${amount} {other}",
            f"-${amount} {word}",
            f"${_fixed(Fraction(amount) * 10, 1)} {word}",
            f"${value.numerator * 10:,}",
        ),
    )


def scale_not_asked(rng: random.Random) -> Case:
    """A word of scale that the question does not have must multiply."""
    word, other = rng.sample(sorted(WORDS), 2)
    amount = rng.randint(2, 989)
    written = amount * 10 ** WORDS[word]
    letter = {"thousand": "k", "million": "M", "billion": "B"}
    return Case(
        "How many people live there?",
        f"{written}",
        (f"{amount} {word}", f"{written:,}", f"{amount}{letter[word]}"),
        (
            f"{amount}",
            f"{amount} {other}",
            f"{amount + 1} {word}",
            f"{amount}{letter[other]}",
            f"{amount} dozen",
        ),
    )


def figures(rng: random.Random) -> Case:
    """So many significant figures of a power."""
    value = Fraction(rng.randint(10**12, 10**13 - 1), 10 ** rng.randint(3, 20))
    shown = f"{float(value):.2e}"
    mantissa, _, exponent = shown.partition("e")
    if abs(
        abs(Fraction(f"{value.numerator}/{value.denominator}") / Fraction(10) ** (int(exponent) - 2) % 1)
        - Fraction(1, 2)
    ) < Fraction(1, 1000):
        return figures(rng)
    beside = f"{float(mantissa) + 0.01:.2f}" if mantissa != "9.99" else "9.98"
    return Case(
        "Compute the power. Give your answer correct to 3 significant figures.",
        repr(float(value)),
        (shown, rf"{mantissa} \times 10^{{{int(exponent)}}}", f"{mantissa}E{int(exponent)}"),
        (
            f"{beside}e{exponent}",
            f"{mantissa}e{int(exponent) + 1}",
            f"-{shown}",
            f"{mantissa[:3]}e{int(exponent) - 1}",
        ),
    )


def percents(rng: random.Random) -> Case:
    """A share where the question asks for percent, and where it does not."""
    share = f"{rng.randint(11, 98)}.{rng.randint(1, 9)}"
    part = _fixed(Fraction(share) / 100, 3)
    if rng.random() < 0.5:
        return Case(
            "What percent of them are blue?",
            share,
            (rf"{share}\%", f"{share} percent"),
            (part, f"{share[:-1]}0%", f"0.{share}%"),
        )
    return Case(
        "What part of them is blue?",
        part,
        (rf"{share}\%", f"{part} or {share}%", f"{part} (i.e. {share}%)"),
        (share, f"{share} basis points", rf"{part}\%", f"{part} or 9{share}%"),
    )


def basis_points(rng: random.Random) -> Case:
    """A spread in basis points."""
    points = rng.randint(11, 98)
    return Case(
        "What is the spread in basis points?",
        f"{points}.0",
        (f"0.{points}%", f"{points} bp", f"{points} basis points"),
        (f"0.0{points}%", f"{points}0 bp", f"{points + 1} bp"),
    )


def times(rng: random.Random) -> Case:
    """Hours and minutes."""
    hours, minutes = rng.randint(2, 11), rng.choice((12, 15, 18, 24, 30, 36, 45))
    total = 60 * hours + minutes
    decimal = f"{total / 60:g}"
    return Case(
        "",
        f"{decimal} hours",
        (
            f"{hours} h {minutes} min",
            f"{hours} hours and {minutes} minutes",
            f"{total} minutes",
            f"{hours}:{minutes:02}",
        ),
        (
            f"{hours} h {minutes + 7} min",
            f"{minutes} h {hours} min",
            f"{total + 7} minutes",
            f"{hours + 1}:{minutes:02}",
            f"{decimal} min",
            f"{hours}.{minutes} h",
        ),
    )


def lengths(rng: random.Random) -> Case:
    """Feet and inches."""
    feet, inches = rng.randint(2, 9), rng.randint(1, 11)
    total = 12 * feet + inches
    return Case(
        "",
        f"{feet} ft {inches} in",
        (f"{total} inches", f"{feet} feet {inches} inches", f"{feet}'{inches}\""),
        (
            f"{total + 1} inches",
            f"{inches} ft {feet} in" if inches != feet else "1 ft 1 in",
            f"{total} feet",
            f"{feet} ft {inches % 11 + 1} in",
        ),
    )


def angles(rng: random.Random) -> Case:
    """Degrees, minutes and seconds."""
    degrees, minutes, seconds = rng.randint(2, 89), rng.randint(1, 58), rng.randint(1, 58)
    return Case(
        "",
        rf"{degrees}^{{\circ}}{minutes}'{seconds}''",
        (
            f"{degrees}°{minutes}′{seconds}″",
            rf"{degrees}^\circ {minutes}^{{\prime}} {seconds}^{{\prime\prime}}",
        ),
        (
            f"{degrees}°{minutes}′{seconds + 1}″",
            f"{degrees}°{minutes + 1}′{seconds}″",
            f"{minutes}°{degrees}′{seconds}″" if minutes != degrees else "1°1′1″",
        ),
        turned=True,
    )


def repeating(rng: random.Random) -> Case:
    """Digits that come again, in brackets and under a bar."""
    whole, again = rng.randint(1, 9), rng.choice([n for n in range(10, 99) if n % 11])
    value = Fraction(whole * 99 + again, 99)
    return Case(
        "",
        rf"\frac{{{value.numerator}}}{{{value.denominator}}}",
        (f"{whole}.({again})", rf"{whole}.\overline{{{again}}}"),
        (f"{whole}.({again + 1})", f"{whole}.0({again})", f"{whole * again}"),
        turned=True,
    )


def products(rng: random.Random) -> Case:
    """Digits in brackets multiply nothing."""
    first, second = rng.randint(2, 9), rng.randint(2, 9)
    return Case(
        "",
        f"{first * second}",
        (),
        (f"{first}.({second})", f"({first})({second})", f"{first}.0({second})"),
        turned=True,
    )


def errors(rng: random.Random) -> Case:
    """A value, and how far it may be off."""
    value = f"{rng.randint(10, 99)}.{rng.randint(11, 99)}"
    return Case(
        "Which accuracy was reached?",
        value,
        (rf"{value} \pm 0.0{rng.randint(1, 9)}", f"{value}±0.{rng.randint(11, 49)}"),
        (
            rf"{_fixed(Fraction(value) + Fraction(3, 100), 2)} \pm 0.05",
            rf"{value} \pm {value}",
            f"-{value} ± 0.05",
        ),
    )


def digit_marks(rng: random.Random) -> Case:
    """Points and commas that group digits, and those that do not."""
    number, rest = rng.randint(1001, 999_999), rng.randint(1, 9)
    grouped = f"{number:,}".replace(",", ".")
    return Case(
        "",
        f"{number}.{rest}",
        (f"{grouped},{rest}", f"{number:,}.{rest}"),
        (f"{number + 1}.{rest}", f"{grouped},{rest % 9 + 1}", f"{number}{rest}", f"{number:,}{rest}"),
    )


def two_numbers(rng: random.Random) -> Case:
    """Two numbers with a comma between are no decimal."""
    first, second = rng.randint(2, 98), rng.randint(2, 98)
    question = rng.choice(
        ("What are the two numbers?", "How many of each are needed?", "Find all values of x.")
    )
    return Case(
        question,
        f"{first},{second}",
        (f"{first}, {second}",),
        (f"{first}.{second}", f"{first}{second}", f"{first},{second + 1}"),
    )


def noise(rng: random.Random) -> Case:
    """What floating-point arithmetic leaves, and small differences that are more."""
    value = rng.randint(101, 998)
    gold = f"0.{value}00000000000{rng.randint(1, 9)}"
    return Case("", gold, (f"0.{value}",), (f"0.{value + 1}", f"0.{value}00001"))


def large_integers(rng: random.Random) -> Case:
    """Whole numbers of many digits are what they are to the last."""
    number = rng.randint(10**14, 10**21)
    return Case(
        "How many are there?",
        f"{number}",
        (f"{number:,}",),
        (f"{number + 1}", f"{number + 10:,}", f"{number}.5"),
        turned=True,
    )


def ties(rng: random.Random) -> Case:
    """Half between two neighbours, which is neither."""
    number = rng.randint(1001, 9998)
    return Case(
        "", f"{number / 1000:.3f}5", (), (f"{number / 1000:.3f}", f"{(number + 1) / 1000:.3f}"), turned=True
    )


def coarse_golds(rng: random.Random) -> Case:
    """A gold of two digits shows little beside data of five."""
    gold = f"0.{rng.randint(11, 98)}"
    return Case(
        "The masses are 12.345 kg and 6.789 kg. What is the ratio?",
        gold,
        (gold + "0",),
        (f"{gold}3", f"{_fixed(Fraction(gold) - Fraction(4, 1000), 3)}", f"{gold}41"),
    )


def worked_out(rng: random.Random) -> Case:
    """Coefficients that one side has computed."""
    a, b, c = rng.randint(2, 9), rng.randint(11, 97), rng.randint(3, 9)
    value = _fixed(Fraction(b, a * c * 7), 10)
    other = _fixed(Fraction(b + 1, a * c * 7), 10)
    gold = rf"I(x) \approx {value} e^{{{a}x}}"
    made = rf"I(x) \approx \frac{{{b}}}{{{a} \cdot {c} \cdot 7}} e^{{{a}x}}"
    wrong = (rf"I(x) \approx {other} e^{{{a}x}}", rf"I(x) \approx {value} e^{{{a + 1}x}}")
    turned = (rf"I(x) \approx \frac{{{b}}}{{{a} \cdot {c} \cdot 7}} e^{{-{a}x}}",)
    return Case("Find a formula for $I(x)$ in the limit of large $x$.", gold, (made,), (*wrong, *turned))


def money(rng: random.Random) -> Case:
    """Dollars and cents."""
    cents = rng.choice([cents for cents in range(101, 999) if cents % 100])
    dollars = f"{cents // 100}.{cents % 100:02}"
    return Case(
        "How much does it cost?",
        rf"\${dollars}",
        (f"{cents} cents", f"{dollars} dollars", f"USD {dollars}"),
        (f"{cents} dollars", f"{cents + 1} cents", f"${dollars[:-2]}", f"€{dollars}"),
    )


def speeds(rng: random.Random) -> Case:
    """Metres a second and kilometres an hour."""
    speed = 5 * rng.randint(2, 40)
    return Case(
        "",
        f"{speed} m/s",
        (f"{speed * 18 // 5} km/h", f"{speed} meters per second", rf"{speed}\ \mathrm{{m\,s^{{-1}}}}"),
        (
            f"{speed} km/h",
            f"{speed * 5 / 18:.4g} km/h",
            f"{speed} m/s^2",
            f"{speed} m",
            f"{speed * 18 // 5 + 1} km/h",
        ),
        turned=True,
    )


def extents(rng: random.Random) -> Case:
    """Areas in square units."""
    area = rng.randint(11, 999)
    return Case(
        "A field is 20 m long. What is its area?",
        f"{area}",
        (f"{area} m^2", f"{area} square meters", f"{area}m²"),
        (f"{area} m", f"{area} m^3", f"{area} cm^2", f"{area + 1} m^2"),
    )


ONES = "one two three four five six seven eight nine".split()
PARTS = {3: "third", 5: "fifth", 7: "seventh", 8: "eighth", 9: "ninth"}


def fractions_in_words(rng: random.Random) -> Case:
    """Thirds and ninths in words, with and without a whole number."""
    low = rng.choice(sorted(PARTS))
    top, whole = rng.randint(2, low - 1), rng.randint(1, 9)
    said = f"{ONES[top - 1]} {PARTS[low]}s"
    wrong = ONES[top] if top + 1 < 9 else "one"
    if rng.random() < 0.5:
        return Case(
            "",
            rf"\frac{{{top}}}{{{low}}}",
            (said, f"{top} out of {low}", f"{top} over {low}"),
            (f"{low} out of {top}", f"{wrong} {PARTS[low]}s", PARTS[low], f"{top} out of {low + 1}"),
        )
    value = whole + Fraction(top, low)
    return Case(
        "",
        f"{value.numerator}/{value.denominator}",
        (f"{ONES[whole - 1]} and {said}",),
        (said, f"{ONES[whole - 1]} {said}", f"{ONES[whole % 9]} and {said}"),
    )


def ordinals(rng: random.Random) -> Case:
    """The number of a day."""
    day = rng.randint(4, 19)
    return Case(
        "On which day does he arrive?",
        f"{day}",
        (f"{day}th day", f"{day}th", rf"{day}^{{th}}"),
        (f"{day + 1}th day", f"{day}th hour", f"1/{day}th"),
    )


def statements(rng: random.Random) -> Case:
    """Statements by their numbers."""
    numbers = sorted(rng.sample(range(1, 7), 3))
    circled = ["①②③④⑤⑥"[number - 1] for number in numbers]
    rest = [number for number in range(1, 7) if number not in numbers]
    other = [numbers[0], numbers[1], rest[0]]
    return Case(
        "Which statements are true?",
        "".join(circled),
        ("".join(f"({n})" for n in numbers), ", ".join(map(str, numbers)), "、".join(circled)),
        (
            "".join(f"({n})" for n in numbers[1:]),
            ", ".join(map(str, other)),
            "".join(map(str, numbers)),
            "".join(circled[:2]),
        ),
        turned=True,
    )


FAMILIES: tuple[Family, ...] = (
    rounded_with_unit, prefixes, scale_asked, scale_not_asked, figures, percents, basis_points, times,
    lengths, angles, repeating, products, errors, digit_marks, two_numbers, noise, large_integers, ties,
    coarse_golds, worked_out, money, speeds, extents, fractions_in_words, ordinals, statements,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """An answer beside a gold, of which family, and whether it says the same."""

    family: str
    question: str
    gold: str
    answer: str
    same: bool


def pairs(near_misses: int, rng: random.Random) -> Iterator[Pair]:
    """Pairs of all families in turn, until there are so many near misses."""
    made = 0
    while made < near_misses:
        for family in FAMILIES:
            case = family(rng)
            for answer, same in [
                *((each, True) for each in case.same),
                *((each, False) for each in case.other),
            ]:
                turned = case.turned and rng.random() < 0.5
                sides = (answer, case.gold) if turned else (case.gold, answer)
                made += not same
                yield Pair(family.__name__, case.question, *sides, same)


@dataclass(slots=True)
class Result:
    """How many of both kinds were made and proved, by family; the near misses that were, and the rest."""

    counts: dict[str, Counter[str]]
    wrong: list[dict[str, str]]
    missed: list[dict[str, str]]


def measured(near_misses: int, seed: int) -> Result:
    """Search for a proof of each pair."""
    result = Result({family.__name__: Counter() for family in FAMILIES}, [], [])
    for pair in pairs(near_misses, random.Random(seed)):
        proof = prove(pair.question, pair.gold, pair.answer)
        kind = "equivalents" if pair.same else "near misses"
        result.counts[pair.family].update({kind: 1, f"{kind} proved": proof is not None})
        row = {"family": pair.family, "question": pair.question, "gold": pair.gold, "answer": pair.answer}
        if proof is not None and not pair.same:
            result.wrong.append({**row, "proof": proof.sentence})
        if proof is None and pair.same:
            result.missed.append(row)
    return result


def main() -> None:
    """Print the table; with --check exit with 1 where any near miss is proved."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=20_000, help="near misses to make")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="what is proved wrongly, and what is not proved")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--check", action="store_true", help="exit with 1 where a near miss is proved")
    arguments = parser.parse_args()
    result = measured(arguments.count, arguments.seed)
    if arguments.show:
        for row in (*result.wrong[:60], *result.missed[:60]):
            print(row)
    kinds = ("equivalents", "equivalents proved", "near misses", "near misses proved")
    print(f"{'':20}" + "".join(f"{kind:>20}" for kind in kinds))
    everything = Counter[str]()
    for name, counted in result.counts.items():
        print(f"{name:20}" + "".join(f"{counted[kind]:20,}" for kind in kinds))
        everything += counted
    print(f"{'all':20}" + "".join(f"{everything[kind]:20,}" for kind in kinds))
    if arguments.json:
        figures = {name: dict(counted) for name, counted in result.counts.items()}
        arguments.json.write_text(json.dumps({"families": figures, "wrong": result.wrong}, indent=2))
    if arguments.check and result.wrong:
        sys.exit(1)


if __name__ == "__main__":
    main()
