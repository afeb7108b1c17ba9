"""What a question asks for: one set of values, an order, a share in percent, a rounded number.

Each of these is a few words that are looked for. Where none is found nothing is known, and the leaves that
need to know take no step.
"""

import re
from functools import lru_cache

_ORDERED = re.compile(
    r"\b(?:respectively|ascending|descending|increasing order|decreasing order|alphabetical|(?:in|the) order"
    r"|ordered (?!pair|triple|quadruple|tuple)|(?:this|that|following|same|given) order|arrange|sort(?:ed)?|rank(?:ed|ing)?|sequence"
    r"|(?:smallest|least|lowest|shortest) to|(?:largest|greatest|highest|longest) to|progression|consecutive terms|next (?:\w+ )?terms"
    r"|first (?:\w+ )?terms|fill in|blanks?|each of the following|(?:\(1\)|\(a\)|\(i\)|①))"
    r"|(?:\\?_){3,}[^_]+(?:\\?_){3,}",  # two blanks
    re.IGNORECASE,
)
_ONE_SET = re.compile(
    r"\b(?:solutions?|solve|roots?|zeros|zeroes|all (?:the |possible |ordered |real |positive |negative |integer |complex |rational |prime |distinct |such |nonnegative )*"
    r"(?:values?|numbers?|integers?|solutions?|primes?|roots?|zeros|pairs|triples|quadruples|tuples|angles|functions|polynomials|points|x|n)"
    r"|possible values?|separated by commas?|separate (?:\w+ )+with commas?|comma-separated|eigenvalues|elements of|divisors|factors of"
    r"|prime factors|points? of intersection|intersection points?|intersect|set of)\b"
    r"|\\cap|\\cup|[∩∪]",
    re.IGNORECASE,
)
_SEVERAL_UNKNOWNS = re.compile(
    r"\bsystem\b|\bsimultaneous|\beach\b|\bhow (?:many|much|long|old|far|fast)\b"
    r"|\b(?:and|or)\s+the\b(?!\s+(?:number|sum|product) of)"
    r"|\$?\\?[A-Za-z]\w?\$?\s*(?:,\s*\$?[A-Za-z]\$?\s*)?,?\s*and\s+\$?[A-Za-z]\w?\$?(?![\w'])",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"\b(?:ordered|pairs?|triples?|quadruples?|tuples?|coordinates?|points?|vectors?|vertex|vertices|cent(?:er|re)|foc(?:us|i)|system)\b",
    re.IGNORECASE,
)
_INTERVAL = re.compile(
    r"\b(?:intervals?|inequalit|domain|range|increas|decreas|values of)|\\le|\\ge|[<>≤≥]", re.IGNORECASE
)
_DISCRETE = re.compile(
    r"\b(?:integers?|natural numbers?|whole numbers?)\b|\\mathbb\s*\{?\s*[ZN]|[ℤℕ]", re.IGNORECASE
)
_RATIO = re.compile(r"\b(?:ratios?|proportions?|scale)\b", re.IGNORECASE)
_REDUCED = re.compile(
    r"simpl|lowest|reduced|whole number|integers?\b|coprime|relatively prime|\bform\b|score|won|clock|o'clock",
    re.IGNORECASE,
)
_EXACT = re.compile(
    r"\bexact|fraction|in terms of|radical|\bsurd|simpl|lowest terms|mixed number|rational number|\bform\b|integers?\b|how many"
    r"|m\s*\+\s*n|relatively prime|coprime",
    re.IGNORECASE,
)
_ROUNDED = re.compile(
    r"\bround|\bnearest\b|approximat|decimal place|significant|\bestimate|decimal", re.IGNORECASE
)
_PRECISION = re.compile(
    r"\bnearest\b|decimal place|significant|\bround(?:ed)? to|accura|precis", re.IGNORECASE
)
_TOLERANCE = re.compile(r"error|uncertain|toleranc|measure|confidence|interval", re.IGNORECASE)
_PERCENT = re.compile(r"\bpercent|\bwhat\s+\\?%|units? of \$?\\?%|as an? \\?%", re.IGNORECASE)
_GIVEN_PERCENT = re.compile(r"\d\s*-?\s*(?:\\?%|percent)", re.IGNORECASE)
_BASE = re.compile(
    r"\bbase[\s-]*\$?\{?(?P<base>\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|sixteen)\b|(?P<name>\bbinary|\boctal|\bternary)",
    re.IGNORECASE,
)
_BASES = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
} | {
    "twelve": 12,
    "sixteen": 16,
    "binary": 2,
    "octal": 8,
    "ternary": 3,
}
_SENTENCE_END = re.compile(r"[.?!]\s+(?=\S)")


@lru_cache(maxsize=512)
def wants_one_set(question: str) -> bool:
    """Whether it asks for all values of one kind, so that their order says nothing."""
    return bool(_ONE_SET.search(question)) and not (_ORDERED.search(question) or names_several(question))


@lru_cache(maxsize=512)
def names_several(question: str) -> bool:
    """Whether it asks for several things, each of which has its own answer."""
    return bool(_SEVERAL_UNKNOWNS.search(question))


@lru_cache(maxsize=512)
def wants_all_tuples(question: str) -> bool:
    """Whether it asks for all pairs, points or solutions, so that their order says nothing."""
    return bool(_ONE_SET.search(question)) and not _ORDERED.search(question)


@lru_cache(maxsize=512)
def wants_order(question: str) -> bool:
    """Whether it says in which order it wants the answers."""
    return bool(_ORDERED.search(question))


def wants_a_tuple(question: str) -> bool:
    """Whether two values in brackets are a pair, and no interval."""
    return bool(_PAIR.search(question)) and not _INTERVAL.search(question)


def is_discrete(question: str) -> bool:
    """Whether it speaks of whole numbers, among which a range is no interval."""
    return bool(_DISCRETE.search(question))


def wants_a_ratio(question: str) -> bool:
    """Whether it asks for a ratio."""
    return bool(_RATIO.search(question))


def wants_it_reduced(question: str) -> bool:
    """Whether 4:2 may be another answer than 2:1, as in the score of a game."""
    return bool(_REDUCED.search(question))


def wants_it_exact(question: str) -> bool:
    """Whether a rounded number may be no answer to it."""
    return bool(_EXACT.search(question)) and not _ROUNDED.search(question)


def wants_it_rounded(question: str) -> bool:
    """Whether it asks for a rounded number."""
    return bool(_ROUNDED.search(question))


def says_how_precise(question: str) -> bool:
    """Whether it says to how many digits."""
    return bool(_PRECISION.search(question))


def speaks_of_errors(question: str) -> bool:
    """Whether a number behind ± may be how far a measurement can be off."""
    return bool(_TOLERANCE.search(question))


def wants_percent(question: str) -> bool:
    """Whether its last sentence asks for a share in percent, and gives none."""
    last = _SENTENCE_END.split(question.strip())[-1]
    return bool(_PERCENT.search(last)) and not _GIVEN_PERCENT.search(last)


@lru_cache(maxsize=512)
def base_of(question: str) -> int | None:
    """The base in which it wants a number written: the last that it names."""
    found = None
    for found in _BASE.finditer(question):
        pass
    if found is None:
        return None
    name = (found["base"] or found["name"]).lower()
    return _BASES.get(name) or int(name)
