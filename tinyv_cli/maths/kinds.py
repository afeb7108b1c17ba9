r"""What kind of answer a gold is, told from how it is written: deterministic, and without parsing it.

A form can serve several kinds; the order of the table decides. `x = 2, x = 3` is a set before it is an
equation, `(-\infty, 2)` an interval before it is a pair, and `2\sqrt{3}` an expression and no number: a
number is what stands there without anything left to compute.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from tinyv_cli.maths.mixed import VULGAR_SIGN
from tinyv_cli.maths.signs import GROUP, MATRIX, MINUS_PLUS, PLUS_MINUS, grouped
from tinyv_cli.maths.words import NUMBER_WORDS, word_set


class Kind(StrEnum):
    """Kinds of answers, named as they are shown."""

    NUMBER = "number"
    EXPRESSION = "expression"
    EQUATION = "equation"
    INTERVAL = "interval"
    SET = "set"
    MATRIX = "matrix"
    TEXT = "text"
    CHOICE = "choice"
    UNIT = "with unit"


# A gold is told by its beginning: what is longer is a worked solution or a proof.
MOST_CHARS = 400
MOST_DEPTH = 12
WORDS_SHARE = 0.55  # of its characters that are letters of words: then it is text, whatever symbols it holds

CONNECTIVES = word_set("and or with for in if when where to mod else then")

_FRACTION = (
    r"\\[dtc]?frac\s*(?:\{\s*[-+]?\d+\s*\}\s*\{\s*\d+\s*\}|\d\s*\d|\d\s*\{\s*\d+\s*\}|\s\d+\s*\{\s*\d+\s*\})"
)
_GROUPED_BY_COMMAS, _GROUPED_BY_SPACES = grouped(r",\s?"), grouped(r"\s")
_NUMBER = (
    rf"[-+−]?\s*(?:(?:\d+\s*)?{_FRACTION}|(?:\d+\s+)?\d+\s*/\s*\d+"
    rf"|{_GROUPED_BY_COMMAS}(?:\.\d+)?|{_GROUPED_BY_SPACES}|\d+(?:\.\d*)?|\.\d+)"
    r"(?:(?:\s*(?:\\times|\\cdot|[×x·*])\s*|\s+)10\s*(?:\^|\*\*)\s*(?:\{\s*[-+−]?\d+\s*\}|\(?[-+−]?\d+\)?)|[eE][-+]?\d+)?"
)
_OTHER_NUMBER = (
    rf"[-+]?\s*(?:\\infty|∞|infinity|\d*{VULGAR_SIGN}"
    r"|\d+(?:\s*:\s*\d+)+|[\dA-F]+_\s*\{?\(?\d+\)?\}?|\d*\.\d*\\(?:overline|dot|bar)\s*\{?\d+\}?)"
)
_UNIT = (  # abbreviated; a single letter only behind a space or inside \text: `2m` is a product
    r"(?:[kcmdnµμ]m|[kmµμn]?g|[mµμn]s|[kmMG](?:Pa|Hz|eV|W|V|N|J|A)|Pa|Hz|eV|[md]?[lL]|mol|lbs?|oz|ft|in|yd|mi"
    r"|hrs?|min|sec|mph|kph|rad|deg|k?cal|kWh|amu|atm|torr|bar|dB|a\.?m\.?|p\.?m\.?|\s[msgLNJWVKA])(?![A-Za-z])"
)
_POWER = r"(?:\s*\^?\s*\{?-?\d\}?|[²³])?"
_UNIT_WORDS = r"\(?\s*[A-Za-z.'’-]{3,}(?:[\s/^\d²³-]+[A-Za-z.'’]+){0,5}[²³\d^]*\s*\)?"

_UNDONE = re.compile(  # stands around an answer or between its parts; says nothing of its kind
    r"\\(?:left|right|displaystyle|limits|q?quad|[bB]igg?)(?![A-Za-z])"
    r"|\\[!,;: ]|~|(?<!\\)\$|\\[()\[\]]|\\\\?\Z"
)
_LIST_OF_ONE = re.compile(r"\['([^']*)'\]")  # as Python writes it
_BOX = re.compile(r"\\(?:boxed|fbox)\s*\{(.*)\}[\s.]*\Z", re.DOTALL)
_TEXT_COMMAND = re.compile(
    r"\\(?:text(?:bf|it|rm|sf|tt|normal)?|math(?:rm|bf|it|sf)|[mh]box|operatorname|rm)\s*\{([^{}]*)\}"
)
_COMMAND = re.compile(r"\\[A-Za-z]+")
_GROUP = re.compile(r"[({\[][^(){}\[\]]*[)}\]]")
_WORD = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*")
_MONTH = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b(?=.?\s*\d)|\d\s+(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december)\b",
    re.IGNORECASE,
)
_FUNCTIONS = re.compile(
    r"(?:arc|a)?(?:sin|cos|tan|cot|sec|csc|cosec)h?|log|lg|ln|exp|sqrt|cbrt|abs|diff|int|sum|lim|max|min|gcd"
    r"|lcm|det|pi|alpha|beta|gamma|theta|lambda|phi|oo|inf|infinity|choose|floor|ceil|union|intersection|mod",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Form:
    """A gold without what stands around it: with LaTeX's text as such, without, and outside of brackets."""

    marked: str
    flat: str
    top: str


def _form(gold: str) -> _Form:
    marked = gold[:MOST_CHARS].strip()
    if only := _LIST_OF_ONE.fullmatch(marked):
        marked = only[1].replace("\\\\", "\\").removesuffix("\\n")
    if boxed := _BOX.match(marked):
        marked = boxed[1]
    if marked.count("$") == 1:  # money, not maths
        marked = marked.replace("$", r"\$").replace(r"\\$", r"\$")
    marked = " ".join(_UNDONE.sub(" ", marked.replace("{,}", ",").replace(",\\!", ",")).split())
    marked = marked.rstrip(" .。,;")
    flat = marked
    for _ in range(2):  # \textbf{\text{A}}
        flat = " ".join(_TEXT_COMMAND.sub(r" \1 ", flat).split())
    flat = re.sub(r"\A(?:\\approx|≈|~|about|approximately|approx\.?)\s*", "", flat).rstrip(" .")
    return _Form(marked, flat, _outside_brackets(flat))


def _outside_brackets(text: str) -> str:
    for _ in range(MOST_DEPTH):
        text, before = _GROUP.sub("", text), text
        if text == before:
            break
    return text


_MATRIX = re.compile(rf"\\begin\s*\{{{MATRIX}\}}|\A(?:matrix\s*\(|\[\s*\[|\[[^\[\];]*;[^\[\]]*\]\Z)")
_CHOICE = re.compile(
    r"\(?[A-J]\)?[.):]?|\([a-j]\)|\((?:i{1,3}|iv|v)\)|\([A-J]\).*|[A-E]\)\s*\S.*"
    r"|[A-E][.:](?!\d)\s*[-\d\\$({].*|[A-E]:(?!\d)\s*[^=]*"
    r"|(?:option|choice|answer)\s+\(?[A-Ja-j]\)?"
    r"|\(?[A-J]\)?(?:\s*(?:,|and|&)\s*\(?[A-J]\)?)+",
    re.DOTALL,
)
_NUMBER_FORM = re.compile(rf"{_NUMBER}|{_OTHER_NUMBER}")
_WITH_UNIT = re.compile(
    rf"(?:{_NUMBER}|{_OTHER_NUMBER})(?:\s*(?:{_UNIT}{_POWER}[\s/·*.]*)+|\s*-?\s*{_UNIT_WORDS})"
    r"|(?:about\s+)?[-+]?\s*(?:\\\$|US\$|[$€£¥₹])\s*[-+]?[\d.].*"
)
_ENDS_IN_UNIT = re.compile(
    r"(?:\^\s*\{?\s*\\circ\s*\}?|\\degree|°)\s*[CFK]?\Z|\\?%\Z"
    r"|\\(?:text|mathrm|mbox|rm|operatorname)\s*\{\s*[^{}]*[A-Za-zµΩ][^{}]*\}(?:\s*\^?\s*\{?-?\d\}?)?\s*\)?\Z"
)
_FUNCTION_COMMAND = re.compile(r"\\(?:sin|cos|tan|cot|sec|csc)")
_INEQUALITY = re.compile(
    r"(?:[^=]*?|.*?\b(?:or|and)\b.*?)(?:[<>≤≥≠⩽⩾]|!=|\\(?:[lg](?:eq?|t|eqslant|eqq)|neq?|not\s*=)(?![A-Za-z]))",
    re.DOTALL,
)
_INTERVAL = re.compile(
    r"\[[^\[\]()=]*,[^\[\]()=]*\)|(?<![A-Za-z])\([^\[\]()=]*,[^\[\]()=]*\]"
    r"|[(\[\]][^()\[\]=]*,[^()\[\]=]*(?:\\infty|∞|\binfinity|\boo\b)\s*[)\]\[]"
    r"|[(\[\]]\s*-\s*(?:\\infty|∞|infinity|oo\b)\s*,"
    r"|\A(?:[A-Za-z]\s*\\in\s*)?\[[^\[\],'\"]+,[^\[\],'\"]+\]\Z"
    r"|\\(?:cup|cap)(?![A-Za-z])[^A-Za-z]*[(\[]"
)
_SEPARATOR = re.compile(
    rf"[;、，；]|{PLUS_MINUS}|{MINUS_PLUS}|,(?!{GROUP})|(?<=\d),(?=\d{{3}}\b.*,\s)"
    r"|\b(?:and|or|oder|und|et|ou)\b|[或和]|\\(?:lor|vee)(?![A-Za-z])"
)
_WHOLE_SET = re.compile(
    r"\\\{.*\\\}|\{[^{}]*[,:|][^{}]*\}|\[.*\]|\([^()]*[,;].*\)|\\langle.*\\rangle"
    r"|\\(?:varnothing|emptyset)|[∅ℝℤℚℕ]|\{\}|\\mathbb\s*\{?[A-Z]\}?.*|.*\\setminus.*",
    re.DOTALL,
)
_BY_CASES = re.compile(r"[^,;]{0,40}=\s*\\begin\s*\{(?:cases|array|aligned)\}")
_EQUATION = re.compile(
    r"[=≡→⇒]|\\(?:equiv|(?:long)?[rR]ightarrow|to|iff|approx)(?![A-Za-z])|\\begin\{cases\}"
)


def _is_number(form: _Form) -> bool:
    return all(_names_number(part) for part in _alternatives(form.flat))


def _alternatives(text: str) -> list[str]:
    """Question-answering data sets write all accepted answers in one: `six/6`."""
    return re.split(r"(?<=[^\W\d_])/|/(?=[^\W\d_])", text)


def _names_number(text: str) -> bool:
    if _NUMBER_FORM.fullmatch(text):
        return True
    words = re.split(r"[\s,-]+", text.lower())
    return words[0] in NUMBER_WORDS and all(word in NUMBER_WORDS or word == "and" for word in words)


def _has_unit(form: _Form) -> bool:
    if _WITH_UNIT.fullmatch(form.flat):
        return not _words(form.flat) & CONNECTIVES
    ending = _ENDS_IN_UNIT.search(form.marked)
    if (
        ending is None
        or _FUNCTION_COMMAND.search(form.marked)
        or _SEPARATOR.search(form.top)
        or _words(ending[0]) & CONNECTIVES
    ):
        return False
    return any(c.isdigit() or c == "π" for c in form.marked[: ending.start()]) or "\\pi" in form.marked


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(_COMMAND.sub(" ", text))}


def _is_text(form: _Form) -> bool:
    bare = _COMMAND.sub(" ", form.flat)
    words = [word for word in _WORD.findall(bare) if not _FUNCTIONS.fullmatch(word)]
    if _MONTH.search(bare):
        return True
    if "=" in bare:  # AB and BC are lengths
        words = [word for word in words if not word.isupper()]
    if all(word.lower() in CONNECTIVES for word in words):
        return False
    if len(words) == 1 and words[0].isascii() and words[0].islower() and len(words[0]) < 4:
        return words[0] in {"yes", "no", "odd", "up", "red"}  # any other is a product of variables
    return sum(map(len, words)) >= WORDS_SHARE * sum(not c.isspace() for c in form.flat)


def _is_interval(form: _Form) -> bool:
    return bool(_INEQUALITY.match(form.flat) or _INTERVAL.search(form.flat))


def _is_set(form: _Form) -> bool:
    return bool(_SEPARATOR.search(form.top) or _WHOLE_SET.fullmatch(form.flat))


RECOGNISERS: tuple[tuple[Kind, Callable[[_Form], bool]], ...] = (
    (Kind.MATRIX, lambda form: bool(_MATRIX.search(form.flat))),
    (Kind.CHOICE, lambda form: bool(_CHOICE.fullmatch(form.flat))),
    (Kind.NUMBER, _is_number),
    (Kind.UNIT, _has_unit),
    (Kind.TEXT, _is_text),
    (Kind.EQUATION, lambda form: bool(_BY_CASES.match(form.flat))),
    (Kind.INTERVAL, _is_interval),
    (Kind.SET, _is_set),
    (Kind.EQUATION, lambda form: bool(_EQUATION.search(form.flat))),
)


@lru_cache(maxsize=4096)  # the rollouts of a question share its gold
def kind_of(gold: str) -> Kind:
    """The kind of answer that this gold is, in LaTeX or plain; an expression where nothing else fits."""
    form = _form(gold)
    return next((kind for kind, fits in RECOGNISERS if fits(form)), Kind.EXPRESSION)
