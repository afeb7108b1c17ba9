"""Several answers in one: lists, sets, tuples, matrices, `±`."""

import re
from collections.abc import Callable, Iterable

from tinyv_cli.maths.brackets import inside, parts, split
from tinyv_cli.maths.forms import outline
from tinyv_cli.maths.matrices import table_of
from tinyv_cli.maths.readings.records import Matrix, Reading, Reals, Several, Uncertain, Unclear
from tinyv_cli.maths.realsets import real_set

PartsOf = Callable[[str], tuple[Reading, ...]]

MOST_ELEMENTS, MOST_WORDS = 60, 4  # of a list, and of one element of it that is no sentence

_TABLE = re.compile(r"\\begin\s*\{\w*matrix\*?\}|\\begin\s*\{array\}")
_OTHER_TABLE = re.compile(r"\\begin\s*\{")


def matrix(text: str, parts_of: PartsOf) -> Iterable[Reading]:
    """The entries of a matrix; what else stands in a table is not read here."""
    if not _OTHER_TABLE.search(text):
        return
    table = table_of(text) if _TABLE.search(text) else None
    if table is None or table.flat or len(table.entries) > MOST_ELEMENTS:
        yield Unclear(text)
        return
    yield Matrix(tuple(tuple(map(parts_of, row)) for row in table.rows))


_PM, _MP = r"\pm", r"\mp"


def plus_minus(text: str, parts_of: PartsOf) -> Iterable[Reading]:
    """Two values in one, and a value with its error where both sides are numbers."""
    if _PM not in text and _MP not in text:
        return
    if "," in text or ";" in text or _MP in text or text.count(_PM) > 1:
        yield Unclear(text)
        return
    value, _, error = text.partition(_PM)
    both = text.replace(_PM, "+"), text.replace(_PM, "-")
    yield Several("{}", tuple(map(parts_of, both)), both)
    if (
        value.strip()
        and len(first := parts_of(value.strip())) == 1
        and len(off := parts_of(error.strip())) == 1
    ):
        yield Uncertain(first[0], off[0])


_SPACED = re.compile(r"[-+]?\d+(?:\.\d+)?(?: [-+]?\d+(?:\.\d+)?)+")
_QUOTED = re.compile(r"\A['\"](.*)['\"]\Z")
_BARE_WORDS = re.compile(r"(?<![A-Za-z\\])[A-Za-z]{3,}")
_CONCLUDES = re.compile(r"\b(?:so|thus|hence|therefore|because|since|which|where|i\.e\.|namely|but|not)\b")
_WORD_BETWEEN = re.compile(r"(?<![A-Za-z\\])(?:and|or)(?![A-Za-z])")
_MEMBERS_IF = re.compile(r"[|:<>]|\\mid")
_OF_INTERVALS = ("()", "[]", "[)", "(]")
_JOINED = re.compile(r"[,;]|(?<![A-Za-z\\])(?:and|or)(?![A-Za-z])")


def collection(text: str, parts_of: PartsOf) -> Iterable[Reading]:
    """Elements between commas, semicolons, `and`, `or`, in brackets or not; numbers with spaces between."""
    if _SPACED.fullmatch(text):
        spaced = tuple(text.split())
        yield Several("", tuple(map(parts_of, spaced)), spaced)
        return
    flat = outline(text)
    within = inside(flat)
    if within is None and not _JOINED.search(flat):
        return
    bare, brackets = (flat, "") if within is None else (within, flat[0] + flat[-1])
    own = tuple(_QUOTED.sub(r"\1", part) for part in _elements(bare))
    if not own or (len(own) < 2 and brackets not in ("{}", "[]")) or len(own) > MOST_ELEMENTS:
        return
    if _CONCLUDES.search(bare) or (brackets == "{}" and _MEMBERS_IF.search(own[0])):
        yield Unclear(text)  # a conclusion, or members that are said by a condition
        return
    numbers = real_set(flat) if len(own) == 2 and brackets in _OF_INTERVALS else None
    if numbers is None and brackets in _OF_INTERVALS and "\\infty" in flat:
        yield Unclear(text)
        return
    if numbers is None or brackets in ("()", "[]"):
        yield Several(brackets, tuple(map(parts_of, own)), own, _WORD_BETWEEN.search(bare) is not None)
    if numbers is not None:
        yield Reals(numbers)


def _elements(text: str) -> tuple[str, ...]:
    """The parts of a list; of a sentence none, which only has commas."""
    semicolons = split(text, ";")
    if semicolons and len(semicolons) > 1 and not any("," in each and "(" not in each for each in semicolons):
        return tuple(each for each in semicolons if each)
    own = parts(text)
    return () if any(len(_BARE_WORDS.findall(each)) > MOST_WORDS for each in own) else own
