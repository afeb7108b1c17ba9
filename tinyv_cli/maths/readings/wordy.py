"""Letters of choices, and words."""

import re
from collections.abc import Callable, Iterable
from fractions import Fraction

from tinyv_cli.maths.readings.numbers import number
from tinyv_cli.maths.readings.records import Choice, Number, Reading, Statement, Unclear, Words
from tinyv_cli.maths.units import units_in
from tinyv_cli.maths.words import NUMBER_WORDS, cardinal, stems, word_set

PartsOf = Callable[[str], tuple[Reading, ...]]

_CHOICE = re.compile(
    r"(?:(?:the )?(?:correct )?(?:option|choice|answer)s?(?: is)?:? )?"
    r"(?:\(?[A-J]\)?\.?(?:\s*(?:,|and|&|;)?\s*\(?[A-J]\)?)*|\([a-j]\))",
    re.IGNORECASE,
)
_LETTER = re.compile(r"(?<![A-Za-z])[A-Ja-j](?![a-z])|[A-J]")
_WITH_TEXT = re.compile(r"\(?(?P<letter>[A-J])[).:](?!\d)\)?\s*\S.*", re.DOTALL)


def choice(text: str, parts_of: PartsOf) -> Iterable[Reading]:
    """Letters of choices, alone or with the text of the choice behind."""
    if _CHOICE.fullmatch(text) and not text.islower():
        bare = re.sub(r"(?i)(?:the )?(?:correct )?(?:option|choice|answer)s?(?: is)?:?|and", " ", text)
        letters = frozenset(each.upper() for each in _LETTER.findall(bare))
        if letters:
            yield Choice(letters)
    elif re.fullmatch(r"[a-j]\.?|\([a-j]\)", text):
        yield Choice(frozenset(text.strip("(.)").upper()))
    elif found := _WITH_TEXT.fullmatch(text):
        yield Choice(frozenset(found["letter"]))


_LATEX = re.compile(r"\\[a-z]+|[\^_<>{}]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_RELATION = re.compile(r"[<>=]|\\(?:[lg]eq|neq|approx|in|notin|subset(?:eq)?|perp|parallel)")
FEWEST_WORDS = 3  # of a sentence

# What may say a number and is none that is read here.
_OTHER_NUMBERS = re.compile(
    r"\\(?:frac|sqrt|pi|binom|sum|int|log|ln|sin|cos|tan|infty)|\^|!|√|π|∞|[*×÷+]|\d\s*[-/:–]\s*\d|_\{?\d"
    r"|\d (?:to|in|of|out of|and|or) \d|\b(?:option|choice)\b|(?-i:\b[IVXLC]{2,}\b)|\w+(?:th|rd)s\b|\w+ieth\b"
    r"|\b(?:half|pi|halves|thirds?|quarters?|fifths?|dozens?|twice|once|double|triple|pair|both|none|nobody|all|every"
    r"|single|zero|first|second|infinit\w*|percent|hundreds|thousands|score|e-?\d)\b",
    re.IGNORECASE,
)
# Words by which numbers beside them come to another, and amounts in two units.
_RECKONS = re.compile(
    r"\b(?:times|root|squared?|cubed?|minus|plus|over|divided|multiplied|product|sum|total|less|more|negative"
    r"|\w+(?:th|rd))\b|\d\s*(?:h|hrs?|hours?|min|minutes?|feet|ft|foot|yards?|degrees?|°)\b[^.]{0,8}\d",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"-?\\frac\s*\{\d+\}\s*\{\d+\}|(?<![\w./])-?\d+/\d+(?![\w./])")
# What a sentence is that gives a result; another may only lead to one.
_CONCLUDES = re.compile(
    r"\A(?:\W|\d+\.)*(?:\[?final|thus|therefore|so|hence|consequently|finally|in (?:total|conclusion))\b"
    r"|####|\banswers?\b|(?:\b(?:is|are|equals|costs?|be|was|were)|[=:])\s(?:only |about )?"
    r"\W*[-\d.,]+\W*(?:[a-z]+ ?){0,2}\W*\Z",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(?<![\w.])[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[-+]?\d+)?(?![\d])")
_REFUSES = re.compile(
    r"\b(?:no (?:real |valid |possible |integer |such )?(?:solutions?|answers?|values?|roots?)"
    r"|does not exist|DNE"
    r"|inconsistent|(?:can ?not|can't|unable to|impossible to|not possible to) (?:be )?"
    r"(?:determine|calculat|comput|find|found|answer|provid|solv)\w*|not (?:enough|sufficient) information"
    r"|insufficient (?:information|data)|impossible to (?:provide|tell|say|know|give|calculate|find|solve)"
    r"|(?:can ?not|can't|unable to|not able to) (?:be )?"
    r"(?:provide|see|view|interpret|access|solved|calculated|found)\b"
    r"|(?:need|require)s? (?:to know|more (?:specific |detailed )?(?:information|details|context|data))"
    r"|(?:not|n't) provide (?:any|enough|sufficient|specific)"
    r"|without (?:any|that|this|the|more|further|specific)(?: \w+){0,3} (?:information|data|context|details)"
    r"|needs? (?:more|additional|further) (?:information|details|context|data)|please provide|you provide"
    r"|more information (?:is|about)|don't have (?:real-time|access|enough)"
    r"|haven't (?:been )?(?:provided|given)|(?:was|is|were|are) not (?:provided|given))\b|无解|不存在|无法",
    re.IGNORECASE,
)


def words_of(text: str) -> Iterable[Reading]:
    """Words, or a sentence with whatever else stands in it."""
    if _RELATION.fullmatch(text):
        yield Words((text,), text)
        return
    said = _WORD.findall(re.sub(r"\\[A-Za-z]+", " ", text))
    if _REFUSES.search(text) or (len(said) >= FEWEST_WORDS and (_FIGURES.search(text) or _RUN.search(text))):
        yield _statement(text)
    elif _LATEX.search(text) or not said:
        yield Unclear(text)
    else:
        yield Words(stems(text), " ".join(text.split()))


_TRUTH = re.compile(r"(?:yes|no|true|false)\b[,.;:!]\s+\D*", re.IGNORECASE)


def truth(text: str, parts_of: PartsOf) -> Iterable[Reading]:
    """A yes or a no with what explains it."""
    if _TRUTH.fullmatch(text):
        yield Words(stems(text), text)


_BEGINS = re.compile(
    r"\A(?:\W|\d+\.|step \d+:)*(?:\[?final\b|thus\b|therefore\b|so\b|hence\b|consequently\b|finally\b"
    r"|in (?:total|conclusion)\b)",
    re.IGNORECASE,
)
_VERB = re.compile(r"\b(?:is|are|was|were|will|would|has|have|equals?|costs?|spent|spends?)\b", re.IGNORECASE)
MANY_WORDS = 6


def sentence(text: str, parts_of: PartsOf) -> Iterable[Reading]:
    """A sentence that gives a result, or a long one; its commas and signs are those of the sentence."""
    text = _ITEM.sub("", text)
    if _is_empty(text):
        yield Statement(text, (), (), frozenset(), complete=False, refuses=False, empty=True)
        return
    said = _WORD.findall(re.sub(r"\\[A-Za-z]+", " ", text))
    if len(said) < FEWEST_WORDS - 1:
        return
    if _BEGINS.match(text) or "####" in text or (len(said) >= MANY_WORDS and _VERB.search(text)):
        yield _statement(text)


_ITEM = re.compile(r"\A\W*(?:step )?\d+[.:)]\s+", re.IGNORECASE)
_MARKED = re.compile(r"####\s*\S*\d[^#]*\Z")  # the result, as a data set marks it
_PROSE = re.compile(r"[A-Za-z\s.,;:!?'\"’“”()-]+")
_VALUE_WORDS = NUMBER_WORDS | word_set(
    """
    no none nothing nobody never nor neither not zero nil null all every any both half halves third thirds
    quarter quarters double twice triple thrice pair dozen infinite infinity infinitely unbounded undefined
    impossible certain certainly always equal equals same identical single only once first second last unity
    constant empty exist exists diverge diverges converges vanish vanishes real reals positive negative
    greater less more than least most between even odd integer integers prime rational product sum times
    plus minus difference quotient square squared root cube cubed power over divided multiplied proportional
    inverse inversely reciprocal ratio percent fraction yes true false correct increases decreases unchanged
    doubled halved
    """
)
FEWEST_OF_PROSE = 5


def _is_empty(text: str) -> bool:
    """Whether it is prose none of whose words can be a value, or one in words."""
    if _PROSE.fullmatch(text) is None:
        return False
    said = [word.lower() for word in re.findall(r"[A-Za-z]+", text)]
    letters = [word for word in said if len(word) == 1 and word not in "ais"]
    return (
        len(said) >= FEWEST_OF_PROSE
        and not letters
        and _VALUE_WORDS.isdisjoint(said)
        and not _REFUSES.search(text)
    )


# Behind what the result of a sentence stands.
_RESULT = re.compile(
    r"(?:.*\b(?:is|are|was|were|be|equals?|costs?|total of|approximately|about|spent|spends?|spend|[a-z]+s)\b"
    r"|.*[=:]|.*####)"
    r"\s*(?:approximately |about |only |just |equal to )*",
    re.IGNORECASE | re.DOTALL,
)


def _statement(text: str) -> Statement:
    text = _ITEM.sub("", text.replace("−", "-"))
    if marked := _MARKED.search(text):
        text = marked[0]
    before = _RESULT.match(text)
    tail = text[before.end() :] if before else ""
    if not any(map(str.isdigit, tail)):
        tail = text
    numbers, result = _numbers_in(text), _numbers_in(tail)
    rest = _FIGURES.sub(" ", _FRACTION.sub(" ", tail))
    concludes = _CONCLUDES.search(text) is not None
    if not concludes:  # whichever of its numbers is meant
        tail, result, rest = text, numbers, _FIGURES.sub(" ", _FRACTION.sub(" ", text))
    complete = (
        not any(map(str.isdigit, rest))
        and not _OTHER_NUMBERS.search(_FRACTION.sub("0", tail))
        and (concludes or (len(_WORD.findall(text)) >= MANY_WORDS and not _RECKONS.search(text)))
    )
    return Statement(text, numbers, result, units_in(text), complete, bool(_REFUSES.search(text)))


def _numbers_in(text: str) -> tuple[Number, ...]:
    written = _FIGURES.findall(_FRACTION.sub(" ", text))
    found = [number(each.replace(",", "")) for each in (*written, *_FRACTION.findall(text))]
    said = [value for run in _runs(text) if (value := cardinal(run)) is not None]
    return (
        *(each for each in found if isinstance(each, Number)),
        *(Number(str(value), float(value), Fraction(value)) for value in said),
    )


_NUMBER_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_RUN = re.compile(rf"\b(?:{_NUMBER_WORDS})(?:[ -](?:and )?(?:{_NUMBER_WORDS}))*\b", re.IGNORECASE)


def _runs(text: str) -> list[str]:
    """Number words that stand side by side."""
    return _RUN.findall(text)
