r"""The steps of proofs taken backwards: the forms in which somebody may write an answer.

Where a proof drops `x =`, here it is put in front; where one reads 1.5 as \frac{3}{2}, that is written here.
Nothing made here is known to be equal: whoever uses it has it proved, and leaves the rest.
"""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from tinyv_cli.maths.brackets import inside, parts, split
from tinyv_cli.maths.readings import bare, readings
from tinyv_cli.maths.readings.records import Number
from tinyv_cli.maths.words import in_words

Form = Callable[[str], Iterator[str]]

MOST_CHARS = 200  # what is longer is a worked solution
MOST_WORDS = 100  # numbers up to this are written in words
GROUPED_FROM = 1000
MOST_DECIMALS = 6

_RELATION = re.compile(r"(?<![<>=\\])=(?!=)")
_NAMED = re.compile(r"\s*[A-Za-z]\w*(?:_\{?\w+\}?)?(?:\([A-Za-z]\))?\s*=(?!=)\s*(?P<value>[^=]+)")
_CHOICE = re.compile(r"\(?([A-H])\)?\.?")
_WORDS = re.compile(r"[^\W\d_]{2,}(?: [^\W\d_]+){0,4}")
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_WITH_UNIT = re.compile(
    r"(?P<number>[-\d.,{}\\/ a-z]*?\d\}?)\s*(?:\\[ ,;!]\s*)*"
    r"(?P<unit>\\(?:text|mathrm|rm)\s*\{[\s~]*(?P<name>[A-Za-z ./]+)\}"
    r"|(?:\^\s*\{?\\circ\}?|°)|\\?%|(?<=[\d ])[A-Za-z][A-Za-z /]*)"
)
_INTERVAL = re.compile(
    r"(?P<opens>[(\[])\s*(?P<low>[^,;()\[\]]+),\s*(?P<high>[^,;()\[\]]+?)\s*(?P<closes>[)\]])"
)
_HALF_LINE = re.compile(r"(?P<name>[a-z])\s*(?P<sign><|>|\\leq?|\\geq?|≤|≥)\s*(?P<end>-?[\w\\{}/.]+)")
_SPOKEN = {"circ": "degrees", "°": "degrees", "%": "percent"}
_INFINITE = re.compile(r"\s*[-+]?\s*(?:\\infty|∞|\\?infty)\s*")

_PLAIN = {
    r"\cdot": "*",
    r"\times": "*",
    r"\pi": "pi",
    r"\infty": "oo",
    r"\left": "",
    r"\right": "",
    "^": "**",
    "{": "(",
    "}": ")",
}
_SIGNS = {
    r"\pi": "π",
    r"\infty": "∞",
    r"\leqslant": "≤",
    r"\geqslant": "≥",
    r"\leq": "≤",
    r"\geq": "≥",
    r"\le": "≤",
    r"\ge": "≥",
    r"\cup": "∪",
    r"\cap": "∩",
    r"\emptyset": "∅",
    r"\varnothing": "∅",
    r"\theta": "θ",
    r"\alpha": "α",
    r"\pm": "±",
    r"\times": "×",
    r"\cdot": "·",
    r"^\circ": "°",
    r"^{\circ}": "°",
    r"\%": "%",
    "-": "−",
    "^2": "²",
    "^{2}": "²",
    "^3": "³",
    "^{3}": "³",
}


def variants(answer: str) -> Iterator[tuple[str, str]]:
    """The name of a form, and the answer in it; each text once, none that is the answer's own."""
    seen = {answer.strip()}
    for name, form in FORMS.items() if len(answer) <= MOST_CHARS else ():
        for made in map(str.strip, form(answer.strip())):
            if made and made not in seen:
                seen.add(made)
                yield name, made


def _in_dollars(answer: str) -> Iterator[str]:
    if "$" not in answer:
        yield f"${answer}$"


def _named(answer: str) -> Iterator[str]:
    """With a name in front, unless it has one, or is a relation."""
    if not re.search(r"[=<>≤≥]|\\[lg]eq?|\\ne", answer):
        yield f"x = {answer}"


def _unnamed(answer: str) -> Iterator[str]:
    if named := _NAMED.fullmatch(answer):
        yield named["value"]


def _fraction_of(answer: str) -> Fraction | None:
    """The number that it is, if it is an exact one, and nothing else."""
    found = readings(answer)
    number = found[0] if len(found) == 1 and isinstance(found[0], Number) else None
    return None if number is None else number.exact


def _as_fraction(answer: str) -> Iterator[str]:
    value = _fraction_of(answer)
    if value is None or value.denominator == 1:
        return
    sign, top, low = "-" if value < 0 else "", abs(value.numerator), value.denominator
    yield rf"{sign}\frac{{{top}}}{{{low}}}"
    yield f"{sign}{top}/{low}"
    yield rf"{sign}\dfrac{{{top}}}{{{low}}}"
    if max(top, low) < 10:
        yield rf"{sign}\frac{top}{low}"


def _as_decimal(answer: str) -> Iterator[str]:
    value = _fraction_of(answer)
    if value is not None and (value * 10**MOST_DECIMALS).denominator == 1:
        digits = f"{float(value):.{MOST_DECIMALS}f}".rstrip("0")
        yield digits + "0" if digits.endswith(".") else digits


def _as_mixed_number(answer: str) -> Iterator[str]:
    value = _fraction_of(answer)
    if value is not None and value > 1 and value.denominator != 1:
        whole, rest = divmod(value.numerator, value.denominator)
        yield rf"{whole}\frac{{{rest}}}{{{value.denominator}}}"
        yield f"{whole} {rest}/{value.denominator}"


def _whole(answer: str) -> int | None:
    value = _fraction_of(answer)
    return None if value is None or value.denominator != 1 else value.numerator


def _in_groups(answer: str) -> Iterator[str]:
    if (value := _whole(answer)) is not None and abs(value) >= GROUPED_FROM:
        yield f"{value:,}"
        yield f"{value:,}".replace(",", "{,}")
        yield f"{value:,}".replace(",", r"\,")


def _in_words(answer: str) -> Iterator[str]:
    if (value := _whole(answer)) is not None and 0 <= value <= MOST_WORDS:
        yield in_words(value)


def _plainly(answer: str) -> Iterator[str]:
    r"""As it is typed without LaTeX: `sqrt(2)/2` for \frac{\sqrt{2}}{2}."""
    if "\\" not in answer and "^" not in answer:
        return
    flat = _FRACTION.sub(r"(\1)/(\2)", answer)
    flat = re.sub(r"\\(sqrt|sin|cos|tan|log|ln|exp)(?![a-z])", r"\1", flat)
    for sign, typed in _PLAIN.items():
        flat = flat.replace(sign, typed)
    if "\\" not in flat:
        yield flat


def _with_signs(answer: str) -> Iterator[str]:
    """With the characters that there are for it: π, ≤, ², −."""
    for sign, character in _SIGNS.items():
        answer = re.sub(re.escape(sign) + r"(?![A-Za-z])", character, answer)
    yield answer


def _without_unit(answer: str) -> Iterator[str]:
    if measured := _WITH_UNIT.fullmatch(answer):
        yield measured["number"]


def _with_unit_beside(answer: str) -> Iterator[str]:
    """The unit as plain text, with a space and without."""
    if (measured := _WITH_UNIT.fullmatch(answer)) is None:
        return
    number, unit = measured["number"], (measured["name"] or measured["unit"]).strip()
    if word := next((word for sign, word in _SPOKEN.items() if sign in unit), None):
        yield f"{number} {word}"
    else:
        yield from (f"{number} {unit}", f"{number}{unit}", rf"{number}\text{{ {unit}}}")


def _listed(answer: str) -> tuple[str, list[str], str] | None:
    """The brackets of a list, and its elements; None of what is no list."""
    text = bare(answer)
    braced = text.startswith(r"\{") and text.endswith(r"\}")
    opens, within, closes = (r"\{", text[2:-2], r"\}") if braced else ("", text, "")
    if not braced and (held := inside(text)) is not None:
        opens, within, closes = text[0], held, text[-1]
    found = parts(within)
    return (opens, list(found), closes) if len(found) > 1 and split(within, "=") is not None else None


def _in_another_order(answer: str) -> Iterator[str]:
    if listed := _listed(answer):
        opens, elements, closes = listed
        yield f"{opens}{', '.join(reversed(elements))}{closes}"


def _with_words_between(answer: str) -> Iterator[str]:
    if (listed := _listed(answer)) and listed[0] in ("", r"\{"):
        *others, last = listed[1]
        yield f"{', '.join(others)} and {last}"
        yield f"{', '.join(others)} or {last}"


def _in_other_brackets(answer: str) -> Iterator[str]:
    if listed := _listed(answer):
        opens, elements, _ = listed
        joined = ", ".join(elements)
        yield joined if opens else rf"\{{{joined}\}}"
        yield f"({joined})"
        yield f"[{joined}]"


def _as_inequality(answer: str) -> Iterator[str]:
    if interval := _INTERVAL.fullmatch(bare(answer)):
        low, high = interval["low"].strip(), interval["high"].strip()
        above = r"\le" if interval["opens"] == "[" else "<"
        below = r"\le" if interval["closes"] == "]" else "<"
        if _INFINITE.fullmatch(low):
            yield f"x {below} {high}"
        elif _INFINITE.fullmatch(high):
            yield f"x {above.replace('<', '>').replace('le', 'ge')} {low}"
        else:
            yield f"{low} {above} x {below} {high}"


def _as_interval(answer: str) -> Iterator[str]:
    if half := _HALF_LINE.fullmatch(bare(answer)):
        end, sign = half["end"], half["sign"]
        closed = sign not in ("<", ">")
        if sign[:2] in ("<", r"\l", "≤"):
            yield rf"(-\infty, {end}{']' if closed else ')'}"
        else:
            yield rf"{'[' if closed else '('}{end}, \infty)"


def _with_sides_swapped(answer: str) -> Iterator[str]:
    sides = _RELATION.split(answer)
    if len(sides) == 2 and all(map(str.strip, sides)):
        left, right = map(str.strip, sides)
        yield f"{right} = {left}"
        yield f"{left} - ({right}) = 0"


def _with_terms_swapped(answer: str) -> Iterator[str]:
    terms = split(bare(answer), "+") if "=" not in answer else None
    if terms and len(terms) == 2 and all(terms) and not terms[1].startswith("-"):
        yield f"{terms[1]} + {terms[0]}"


def _as_another_matrix(answer: str) -> Iterator[str]:
    for name, other in (("pmatrix", "bmatrix"), ("bmatrix", "pmatrix")):
        if f"{{{name}}}" in answer:
            yield answer.replace(f"{{{name}}}", f"{{{other}}}")


def _as_choice(answer: str) -> Iterator[str]:
    if choice := _CHOICE.fullmatch(bare(answer)):
        letter = choice[1]
        yield from (letter, f"({letter})", f"{letter}.", rf"\text{{{letter}}}", rf"\textbf{{({letter})}}")


def _as_text(answer: str) -> Iterator[str]:
    words = re.sub(r"\\text\s*\{([^{}]*)\}", r"\1", answer).strip()
    if _WORDS.fullmatch(words):
        yield words
        yield rf"\text{{{words}}}"
        yield words.lower()
        yield words.capitalize()


# By the name of each form what makes it; in this order they are told where the rule treats them alike.
FORMS: dict[str, Form] = {
    "in dollars": _in_dollars,
    "with a name in front": _named,
    "without its name": _unnamed,
    "as a fraction": _as_fraction,
    "as a decimal": _as_decimal,
    "as a mixed number": _as_mixed_number,
    "with groups of digits": _in_groups,
    "in words": _in_words,
    "without LaTeX": _plainly,
    "with other characters": _with_signs,
    "without its unit": _without_unit,
    "with the unit spelt otherwise": _with_unit_beside,
    "in another order": _in_another_order,
    "with words between": _with_words_between,
    "in other brackets": _in_other_brackets,
    "as an inequality": _as_inequality,
    "as an interval": _as_interval,
    "with sides swapped": _with_sides_swapped,
    "with terms swapped": _with_terms_swapped,
    "as another matrix": _as_another_matrix,
    "as a letter": _as_choice,
    "as text": _as_text,
}
