"""Which quantity a question asks for, and whether a name in an answer is that of another one.

`d = 3` is no radius, `P = 12` no area, `f(3) = 7` not f(2), a median no mean, a maximum no minimum. A name
says nothing against an answer where it is a letter that stands for anything (x, n), or what the question asks
for.
"""

import re
from functools import lru_cache

from tinyv_cli.maths.equality import Outcome, compare
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.questions import unknowns_asked
from tinyv_cli.maths.reading import read
from tinyv_cli.maths.words import stems, word_set

_SENTENCE = re.compile(r"(?<=[.?!;:])\s+(?=\S)|\n+|(?<=[。？！])")
_ASKS = re.compile(
    r"\?|\b(?:find|what|which|who|whose|whom|where|when|why|how|determine|compute|calculate|evaluate|express|give|"
    r"solve|simplify|write|state|name|prove|show|estimate|derive|list|identify)\b|_{2,}|\\_|[？什哪谁何几多求]",
    re.IGNORECASE,
)
_MOST_CHARS = 4000


def _lines(*lines: str) -> tuple[tuple[frozenset[str], ...], ...]:
    return tuple(tuple(map(word_set, line.split("|"))) for line in lines)


# Each line is a choice between quantities: whoever asks for one does not want another of the same line.
# These a question has by name if it asks for them.
_QUANTITIES = _lines(
    "maximum max largest greatest highest biggest most maximal longest upper maximize maximized"
    "|minimum min smallest least lowest fewest minimal shortest lower minimize minimized",
    "mean average expected|median|mode|variance|deviation",
    "area|perimeter circumference|volume",
    "radius radii|diameter",
    "numerator|denominator",
)
# These may describe what is asked for in other words, unless it is described by the opposite.
_OPPOSITES = _lines(
    "sum total|difference|product|ratio|quotient|remainder",
    "length|width breadth|height|depth",
    "sine sin|cosine cos|tangent tan|cotangent cot",
    "first|second|third|fourth|fifth|sixth",
    "initial|final",
    "before|after",
    "increase gain profit|decrease loss",
    "speed velocity|acceleration|distance|time",
    "slope gradient|intercept",
    "odd|even",
    "positive|negative",
    "real|imaginary",
    "permutation|combination",
    "mass|weight|density",
    "energy|power|force|momentum",
    "cost|revenue|profit",
    "boy|girl",
    "men man|women woman",
    "north|south|east|west",
    "left|right",
    "inside inner|outside outer",
    "earliest|latest",
    "frequency|period|wavelength|amplitude",
    "inradius|circumradius",
    "focus foci|directrix|vertex vertices",
    "modulus|argument",
    "determinant|trace|rank|nullity",
    "interest|principal",
    "domain|range",
    "base|height",
    "hypotenuse|leg",
    "term|ratio",
    "term|difference",
    "older elder oldest|younger youngest",
    "win won|loss lost lose losing",
    "supremum sup|infimum inf",
    "gcd gcf|lcm",
    "success|failure",
    "discount|price",
    "gross|net",
    "edge|vertex vertices|face",
    "row|column",
    "inner interior|outer exterior",
    "acute|obtuse|reflex",
    "input|output",
    "numerator top|denominator bottom",
    "dividend|divisor|quotient|remainder",
    "debit|credit",
    "arrival arrive|departure depart",
    "theoretical|experimental",
    "absolute|relative",
    "upstream|downstream",
    "morning|afternoon|evening",
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    "red|blue|green|yellow|white|black",
    "adult|child children",
    "teacher|student",
    "daily|weekly|monthly|yearly annual",
    "transverse|conjugate",
    "major|minor",
    "series|parallel",
    "kinetic|potential",
    "convergent converge|divergent diverge",
    "injective|surjective",
    "theta|phi",
)
# Before these nouns a word or a letter says of which one is spoken.
_OF_KINDS = re.compile(
    r"(?P<which>[A-Za-z']+|\$[a-z]\$)[-\s](?P<noun>intercept|coordinate|axis|component|digit|price|radius|rate"
    r"|angle|term|side|root|distance|speed|temperature|age|weight|score|length|cost)s?\b",
    re.IGNORECASE,
)
_ANY_KIND = word_set(
    "the a an its their his her this that these those of and or is are was be as each every any all only one"
    " total final required desired resulting given same new correct overall exact possible answer unknown"
    " whole numerical actual such single unique approximate what which find my our your no"
    " integer real number constant in"
)
_RIVALS = frozenset().union(*(each for line in (*_QUANTITIES, *_OPPOSITES) for each in line))
_BY_NAME = word_set(
    "most least longest shortest upper lower"
)  # these may stand in phrases: at most, lower bound


# The letters by which quantities go. A letter that is not here may name anything.
_LETTERS = {
    "area": "A S K T F a s",
    "surface": "A S",
    "perimeter": "P p L l U C",
    "circumference": "C c L l U",
    "volume": "V v",
    "radius": "R r \\rho a",
    "diameter": "D d",
    "length": "L l s d x a b c h",
    "width": "w W b x",
    "height": "h H y z",
    "distance": "d D s S x r R l L",
    "speed": "v V u c s r w",
    "velocity": "v V u w c",
    "acceleration": "a A g",
    "time": "t T \\tau",
    "mass": "m M \\mu",
    "force": "F f N T R",
    "energy": "E U K T W e Q H",
    "power": "P p n k W",
    "pressure": "P p",
    "temperature": "T t \\theta \\tau",
    "probability": "P p q Pr",
    "slope": "m k a",
    "perimeters": "P p",
    "sum": "S s \\sum",
    "mean": "\\mu \\bar{x} M m \\overline{x}",
    "median": "M m",
    "charge": "q Q e",
    "voltage": "V U v \\varepsilon",
    "current": "I i j J",
    "resistance": "R r",
    "capacitance": "C c",
    "frequency": "f \\nu \\omega F n",
    "wavelength": "\\lambda",
    "eccentricity": "e \\varepsilon",
    "remainder": "r R",
    "angle": "\\theta \\alpha \\beta \\gamma \\phi \\varphi A B C x \\angle",
}
_MEANINGS = {letter for letters in _LETTERS.values() for letter in letters.split()}
_ANYTHING = frozenset("x y z n N k X")
_HEAD = re.compile(r"\\?[A-Za-z]+")
_NAME = re.compile(
    r"(?P<head>\\?[A-Za-z]+)'{0,2}(?:_\{?(?P<index>[^{}()]*)\}?)?'{0,2}(?:\((?P<argument>[^()]*)\))?"
)
_ASKED_FORMULA = re.compile(
    r"(?:find|value of|values of|compute|determine|evaluate|calculate|what is|what's|求)\s*"
    r"(?:\$([^$]{1,60})\$|\\\((.{1,60}?)\\\)|([A-Za-z]\w*(?:\s*[-+*/^]\s*\w+|\(\w+\))+))",
    re.IGNORECASE,
)
_EXTREMES = {
    "min": word_set(
        "minimum min smallest least lowest fewest minimal shortest earliest minimize minimized best"
    ),
    "max": word_set(
        "maximum max largest greatest highest biggest most maximal longest maximize maximized best"
    ),
}


@lru_cache(maxsize=512)
def asking(question: str) -> str:
    """The sentences that ask for something; the whole where none is seen to."""
    sentences = _SENTENCE.split(question[-_MOST_CHARS:])
    return " ".join(each for each in sentences if _ASKS.search(each)) or question


@lru_cache(maxsize=512)
def asked_stems(question: str) -> frozenset[str]:
    """The words of these sentences in the singular."""
    return frozenset(stems(asking(question)))


def is_rival(question: str, text: str) -> bool:
    """Whether a text speaks of another quantity than the one that is asked for."""
    if not question.strip():
        return False
    said = frozenset(stems(text.replace("-", " ")))
    if _is_turned(question, text):
        return True
    return (bool(said & _RIVALS) and _is_of_a_line(question, said)) or _is_of_another_kind(question, text)


_RATIO = re.compile(r"\bratio of (?:the )?(?P<one>[\w $\\{}-]{1,40}?) to (?:the )?(?P<two>[\w $\\{}-]{1,40})", re.IGNORECASE)


def _is_turned(question: str, text: str) -> bool:
    """Whether of the ratio of boys to girls that of girls to boys is said."""
    found = _RATIO.search(question)
    if found is None:
        return False
    one, two = (stems(found[each].replace("$", "")) for each in ("one", "two"))
    said = stems(_RATIO_SIGN.sub(" to ", text.replace("$", "")))
    places = [index for index, word in enumerate(said) if word == "to"]
    return bool(one and two and one[-1] != two[0]) and any(
        said[at - 1 : at] == (two[0],) and one[-1] in said[at + 1 : at + 3] for at in places
    )


_RATIO_SIGN = re.compile(r"(?<=[A-Za-z])\s*[:/]\s*(?=[A-Za-z])")


def _is_of_another_kind(question: str, text: str) -> bool:
    """Whether of the x-intercept the y-intercept is named, of the tens digit the units digit."""
    named = _kinds(text)
    if not named:
        return False
    wanted = _kinds(asking(question))
    return any(
        noun in wanted and not which & wanted[noun] and wanted[noun] for noun, which in named.items() if which
    )


@lru_cache(maxsize=512)
def _kinds(text: str) -> dict[str, frozenset[str]]:
    """For each such noun the words before it that say which one is meant."""
    found: dict[str, frozenset[str]] = {}
    for each in _OF_KINDS.finditer(text):
        noun, which = each["noun"].casefold(), each["which"].strip("$").casefold()
        found[noun] = found.get(noun, frozenset()) | frozenset({which}) - _ANY_KIND
    return found


def _is_of_a_line(question: str, said: frozenset[str]) -> bool:
    asked, told = asked_stems(question), frozenset(stems(question))
    for line in (*_QUANTITIES, *_OPPOSITES):
        named = [each for each in line if each & said]
        wanted = [each for each in line if each & asked]
        if named and wanted and any(each not in wanted for each in named):
            return True
        if line in _QUANTITIES and any(not each & told and (each & said) - _BY_NAME for each in named):
            return True
    return False


_CHOICE = re.compile(r"((?:[\w' -]+,\s+)*[\w' -]+),?\s+or\s+([\w' -]+)")


@lru_cache(maxsize=512)
def alternatives(question: str) -> frozenset[str]:
    """The last words of what a question lets choose from: inside, boundary and outside."""
    found = set()
    for before, behind in _CHOICE.findall(asking(question)):
        phrases = [*before.split(","), behind.split(",")[0]]
        found |= {said[-1] for phrase in phrases if (said := stems(phrase))}
    return frozenset(found)


def extreme_fits(question: str, extreme: str) -> bool:
    """Whether the question asks for the least (`min`) or the greatest (`max`)."""
    return bool(asked_stems(question) & _EXTREMES[extreme])


def bare(text: str) -> str:
    """A formula without space, braces and dollars."""
    return re.sub(r"[\s{}$]|\\(?:left|right|,|;|!| )", "", text)


@lru_cache(maxsize=512)
def formulas_asked(question: str) -> tuple[str, ...]:
    """The formulas of which the question wants the value, `m+n` and `f(2)`, bare."""
    found = (bare(plain("".join(each)).text) for each in _ASKED_FORMULA.findall(asking(question)))
    return tuple(formula.partition("=")[0] for formula in found)  # of M = x + y it is M


def names_another(question: str, name: str) -> bool:
    """Whether the name before a value, `d` or `median`, is that of another quantity than is asked for."""
    if not question.strip():
        return False
    if is_rival(question, name):
        return True
    wanted = formulas_asked(question)
    written = bare(name)
    if written in wanted:
        return False
    if written in _COORDINATES and _asks_for_another_coordinate(question, written):
        return True
    if any(_is_another_value(written, each) or _is_another_formula(written, each) for each in wanted):
        return True
    if "derivative" in asked_stems(question) and _is_no_derivative(written, question):
        return True
    found = _NAME.fullmatch(written)
    if found is None:
        return False
    head, argument = found["head"], found["argument"]
    if any(len(each) > 1 and _is_part(written, each) for each in wanted):
        return True
    return (
        len(head.lstrip("\\")) == 1
        and argument is None
        and _letter_of_another(question, head, found["index"])
    )


_COORDINATES = frozenset("xyz")
_COORDINATE = re.compile(
    r"(?<![A-Za-z])([xyz])\$?(?:[- ]|\s*\$\s*-?)(?:value|coordinate|intercept)|(slope|gradient)\b"
)


def _asks_for_another_coordinate(question: str, letter: str) -> bool:
    """Whether it asks for a slope, or for the x-value only, of a line that has y too."""
    found = _COORDINATE.findall(asking(question))
    return bool(found) and all(each != letter for each, _ in found)


_OPERATION = re.compile(r"[-+*/^]|\\(?:frac|sqrt|sin|cos|tan|log|ln)|[A-Za-z]{2}")


def _is_another_formula(name: str, wanted: str) -> bool:
    """Whether both are formulas of the same letters with other values: ab of a+b, the angle of its sine."""
    if not (_OPERATION.search(wanted) and name != wanted):
        return False
    ours, theirs = read(wanted), read(name)
    if ours is None or theirs is None or not ours.variables() & theirs.variables():
        return False
    return compare(ours, theirs).outcome is Outcome.DIFFERENT


def _is_no_derivative(name: str, question: str) -> bool:
    """Whether it is a value of the function itself, or of another derivative, or at another place."""
    found = _VALUE_OF.fullmatch(name)
    if found is None:
        return False
    place = _AT.search(question)
    if place and re.fullmatch(r"-?[\d.]+", found["argument"]) and found["argument"] != place[1]:
        return True
    orders = {"second": 2, "third": 3}
    told = stems(question)
    wanted = next((order for word, order in orders.items() if word in told), 1)
    return not re.search(r"\^|_", found["marks"]) and found["marks"].count("'") != wanted


_AT = re.compile(r"\bat (?:the point )?\$?[a-z]\s*=\s*(-?[\d.]+?)(?=\$|[\s?,]|\.?\Z|\.\s)")
_VALUE_OF = re.compile(r"(?P<head>\\?[A-Za-z])[A-Za-z]?(?P<marks>(?:_\w+|'+|\^-1|\^\{?\(?\w+\)?\}?)*)\((?P<argument>[^()]*)\)")


def _is_another_value(name: str, wanted: str) -> bool:
    """Whether both are values of functions, of another one or at another place: f(3), f'(2), g(2) of f(2)."""
    ours, theirs = _VALUE_OF.fullmatch(wanted), _VALUE_OF.fullmatch(name)
    if ours is None or theirs is None:
        return False
    if theirs["argument"] != ours["argument"]:
        return not theirs["argument"].isalpha()
    return ours["head"].casefold() != theirs["head"].casefold() or ours["marks"] != theirs["marks"]


def _is_part(name: str, wanted: str) -> bool:
    """Whether a letter is one of several things in a formula that is wanted: m in m+n."""
    return re.search(rf"(?<![A-Za-z\\_]){re.escape(name)}(?![A-Za-z_(])", wanted) is not None and bool(
        re.search(r"[-+*/^\d]|\\|[A-Za-z]{2}", wanted.replace(name, "", 1))
    )


def _letter_of_another(question: str, letter: str, index: str | None) -> bool:
    asked = unknowns_asked(question)
    if letter in asked or letter in _ANYTHING or index:
        return False
    quantities = asked_stems(question) & _LETTERS.keys()
    return (
        bool(quantities)
        and letter in _MEANINGS
        and not any(letter in _LETTERS[quantity].split() for quantity in quantities)
        and not _is_defined(question, letter)
    )


def _is_defined(question: str, letter: str) -> bool:
    """Whether a sentence that asks has the letter by itself: `the largest value $d$ of the radius`."""
    return (
        re.search(
            rf"{re.escape(letter)}\s*\$?\s*=?\s*\$?\s*(?:\\?_){{2}}|\$\s*{re.escape(letter)}\s*\$|\b{re.escape(letter)}\b(?=\s*[?.]|\Z)",
            asking(question),
        )
        is not None
    )
