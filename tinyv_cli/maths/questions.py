"""What a question asks for: one set of values, an order, a share in percent, a rounded number, a count.

Each of these is a few words that are looked for. Where none is found nothing is known, and the leaves that
need to know take no step. The units that a question speaks of are read in `units`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, takewhile

from tinyv_cli.maths.words import cardinal, stems, word_set


def _says(*patterns: str) -> Callable[[str], bool]:
    """Whether one of the patterns is found; kept for the answers to the same question."""
    searched = re.compile("|".join(patterns), re.IGNORECASE).search
    return lru_cache(maxsize=512)(lambda question: searched(question) is not None)


_RANKS = (
    r"\b(?:respectively|ascending|descending|alphabetical|arranged?|sort(?:ed)?|rank(?:ed|ing)?|sequence)\b",
    r"\b(?:in|the|increasing|decreasing|this|that|following|same|given) order\b",
    r"\bordered (?!pair|triple|quadruple|tuple)",
    r"\b(?:smallest|least|lowest|shortest|largest|greatest|highest|longest) to\b",
)
# It says in which order it wants the answers.
ranks = _says(*_RANKS)
# Or it asks for several one after another.
wants_order = _says(
    *_RANKS,
    r"\b(?:progression|consecutive terms|(?:next|first) (?:\w+ )?terms|fill in|blanks?|of the following)\b",
    r"(?<![A-Za-z\\}])\((?:1|a|i)\)|①",
    r"(?<![_\\])(?:\\?_){3,}[^_]+(?:\\?_){3,}",  # two blanks to fill
)
_KINDS = r"(?:(?:the|possible|ordered|real|positive|negative|integer|complex|rational|prime|distinct|such) )*"
_names_one_set = _says(
    r"\b(?:solutions?|solve|roots?|zeros|zeroes|possible values?|eigenvalues|divisors|factors of)\b",
    rf"\ball {_KINDS}(?:values?|numbers?|integers?|primes?|angles|points|x|n)\b",
    rf"\ball {_KINDS}(?:functions|polynomials|pairs|triples|quadruples|tuples)\b",
    r"\b(?:separated? (?:\w+ ){0,4}(?:by|with) commas?|comma-separated|elements of|set of)\b",
    r"\b(?:points? of intersection|intersection points?|intersect)\b|\\c[au]p\b|[∩∪]",
)
# All values of one letter, whatever other letters there are.
_names_one_letter = _says(
    rf"\ball {_KINDS}(?:values?|numbers?|integers?|primes?|angles)(?: of)? \$?\\?[A-Za-z]\$? (?:such"
    rf"|for|that|which|with)\b",
)
_names_several_things = _says(
    r"\b(?:simultaneous|each|how (?:many|much|long|old|far|fast))\b",
    r"\b(?:and|or) the\b(?! (?:number|sum|product) of)",
    r"(?<![A-Za-z])[A-Za-z]\w?\$?,? and \$?[A-Za-z]\w?\$?(?![\w'])",
)
_has_a_system = _says(
    r"\bsystems?\b|\bsimultaneous|\\begin\s*\{(?:cases|array|aligned?)\*?\}|[a-z]_\{?2\}?(?!\w)",
)
# No interval, whatever brackets stand around the numbers.
asks_for_factors = _says(r"\bprime (?:factors|divisors)\b|\bprime factori[sz]ation|质因数|素因数")
_speaks_of_sets = _says(r"\bsets?\b|\\c[au]p\b|[∩∪]")
_speaks_of_tuples = _says(
    r"\b(?:ordered|pairs?|triples?|quadruples?|tuples?|coordinates?|points?|vectors?|system)\b",
    r"\b(?:vertex|vertices|cent(?:er|re)|foc(?:us|i))\b",
)
_speaks_of_intervals = _says(
    r"\bintervals?\b|inequalit|\b(?:domain|range)\b|creas|\bvalues of\b|\\[lg]e|[<>≤≥]"
)
_speaks_of_integers = _says(r"\b(?:integers?|natural numbers?|whole numbers?)\b|\\mathbb\s*\{?\s*[ZN]|[ℤℕ]")
_speaks_of_reals = _says(r"\b(?:real|range of|interval|domain)\b|\\mathbb\s*\{?\s*R|ℝ")
_names_percent = _says(r"(?<!\d)(?<!\d[ -])\bpercent|\bwhat\s+\\?%|units of \$?\\?%|as an? \\?%")

# A ratio is asked for, so that 2:1 is no time of the day, and no score.
wants_a_ratio = _says(r"\b(?:ratios?|proportions?|scale)\b")
# A part of a whole is asked for, so that `1 in 44` is a fraction.
wants_a_share = _says(
    r"\b(?:probability|probabilities|chances?|fraction|likel(?:y|ihood)|what (?:part|share|portion)|odds)\b"
)
# 4:2 may be another answer than 2:1.
wants_it_reduced = _says(
    r"simpl|lowest|reduced|whole number|integers?\b|coprime|relatively prime|\bform\b|score"
)


@dataclass(frozen=True, slots=True)
class Form:
    """In which forms a question wants its answer; what is equal in another form is none."""

    factored: bool = False
    expanded: bool = False
    fraction: bool = False
    reduced: bool = False
    mixed: bool = False
    scientific: bool = False
    unreduced: bool = False


_FORMS = {
    "factored": _says(r"\bfactor(?:$|[ei](?!al)|\s+(?!of\b|in\b|is\b)|\W)|\bfactored form"),
    "expanded": _says(r"\bexpand(?:ed)?\b|\bmultiply out\b|standard form|general form"),
    "fraction": _says(
        r"\bas an? (?:\w+ )?(?:common |simplified |reduced |improper )?fraction\b(?! or)|\bcommon fraction"
    ),
    "reduced": _says(
        r"\bsimplif|\breduced? (?:the |this |each |following )*(?:fraction|radical|expression)"
        r"|\breduced fraction"
        r"|\b(?:lowest|simplest) (?:terms?|form)|simplest radical form"
    ),
    "mixed": _says(r"\bas an? mixed (?:number|fraction|numeral)"),
    "unreduced": _says(r"\boriginal fraction|\bequivalent fraction|原来?的?分数"),
    "scientific": _says(r"\bscientific notation|\bstandard notation of"),
}


@lru_cache(maxsize=512)
def form_asked(question: str) -> Form:
    """The forms that it names, read once: which steps may be taken depends on them."""
    return Form(**{name: found for name, says in _FORMS.items() if (found := says(question))})


# Of formulas that are equal not every one is an answer: x^2-1 is none whose gold is (x-1)(x+1).
wants_a_form = _says(
    r"\b(?:factor(?:[ei]|$|\W)|expand|partial fraction|complet\w+ the square)",
    r"\b(?:standard|vertex|slope-intercept|point-slope|general|factored|expanded|normal) form",
)
# One that no form here tells.
wants_its_own_form = _says(
    r"\b(?:partial fraction|complet\w+ the square)",
    r"\b(?:vertex|slope-intercept|point-slope|normal) form",
)
# What stands behind ± may be how far a measurement can be off.
speaks_of_errors = _says(r"error|uncertain|toleranc|measure|confidence|interval")

_UNKNOWN = re.compile(r"(?<![A-Za-z\\])[xyz](?![A-Za-z])")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=\S)")
_FIGURE = re.compile(r"\[asy\].*?(?:\[/asy\]|\Z)", re.DOTALL)
_BASES = {
    word: cardinal(word) for word in "two three four five six seven eight nine ten twelve sixteen".split()
}
_BASES |= {"binary": 2, "ternary": 3, "octal": 8}
_BASE = re.compile(
    rf"\bbase[\s-]*\$?\{{?(\d+|{'|'.join(_BASES)})\b|\b(binary|ternary|octal)\b", re.IGNORECASE
)


def wants_all_tuples(question: str) -> bool:
    """Whether it asks for all pairs, points or solutions, so that their order says nothing."""
    return _names_one_set(question) and not wants_order(question)


def wants_one_set(question: str) -> bool:
    """Whether it asks for all values of one kind, so that their order says nothing."""
    if not wants_all_tuples(question):
        return False
    one_kind = not _names_several_things(question) and not has_several_unknowns(question)
    return one_kind or _names_one_letter(question)


@lru_cache(maxsize=512)
def has_several_unknowns(question: str) -> bool:
    """Whether it has several unknowns, and does not speak of sets: braces may then hold one value of each."""
    several = _has_a_system(question) or len(set(_UNKNOWN.findall(question))) > 1
    return several and not _speaks_of_sets(question)


def wants_a_tuple(question: str) -> bool:
    """Whether two values in brackets are a pair, and no interval."""
    return _speaks_of_tuples(question) and not _speaks_of_intervals(question)


def is_discrete(question: str) -> bool:
    """Whether it speaks of whole numbers only, among which a range is no interval."""
    return _speaks_of_integers(question) and not _speaks_of_reals(question)


@lru_cache(maxsize=512)
def wants_percent(question: str) -> bool:
    """Whether its last sentence, or the last with a question mark, asks for a share in percent."""
    sentences = _SENTENCE_END.split(_FIGURE.sub("", question).strip())
    asking = [sentence for sentence in sentences if sentence.endswith("?")]
    return any(map(_names_percent, (sentences[-1], *asking[-1:])))


@lru_cache(maxsize=512)
def base_of(question: str) -> int | None:
    """The base in which it wants a number written: the last that it names."""
    names = _BASE.findall(question)
    if not names:
        return None
    name = "".join(names[-1]).lower()
    return _BASES.get(name) or int(name)


_UNKNOWN_ASKED = re.compile(
    r"(?:find|value of|values of|solve for|determine|compute|for|is)\s+(\$?)([A-Za-z])(?:\$|(?=[?.,])|\Z)",
    re.IGNORECASE,
)


# A letter that may be a word is none where it is reckoned with.
_BESIDE_A_SIGN = r"(?<![A-Za-z]){0}\s*[-+*/=^]|[-+*/=^]\s*{0}(?![A-Za-z])"


def unknowns_asked(question: str) -> frozenset[str]:
    """The letters that it wants the values of; `a`, `A` and `I` are words unless they stand in a formula."""
    found = _UNKNOWN_ASKED.findall(question)
    return frozenset(
        letter
        for dollar, letter in found
        if dollar or letter not in "aAI" or re.search(_BESIDE_A_SIGN.format(letter), question)
    )


_HOW_MANY = re.compile(r"(?:how many|number of|amount of)\s+((?:\S+\s+){0,5}\S+)", re.IGNORECASE)
_THINGS_END = word_set(
    "are is was were be do does did will would can could should must has have had to that which who there "
    "in on for with from beside besides than if when at by you he she they we it remain left"
)


def counts(question: str, noun: tuple[str, ...]) -> bool:
    """Whether a question counts these things; where it does not say what it counts, whether it has them."""
    asked = _asked_for(question)
    return set(noun) <= set(stems(question)) and (not asked or bool(asked & set(noun)))


@lru_cache(maxsize=512)
def _asked_for(question: str) -> frozenset[str]:
    """The words after `how many` that name things: `red apples` of `how many red apples are there`."""
    phrases = (
        takewhile(lambda stem: stem not in _THINGS_END, stems(found)) for found in _HOW_MANY.findall(question)
    )
    return frozenset(chain.from_iterable(phrases))
