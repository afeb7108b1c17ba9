"""Rewrite an answer in plain LaTeX: one spelling for each symbol, without what is only for the eye.

Nothing is dropped that could mean something: words stay, brackets stay, `**` between numbers is a power.
Each rewriting has a name and the leaf of the taxonomy that it belongs to: a proof can tell what it did. What
comes out is an answer still; `normalising.normalised` only makes of a text what can be compared with another.
Every pattern is linear: 1,000 characters of anything are rewritten in well under a millisecond.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from tinyv_cli.maths.brackets import inside
from tinyv_cli.maths.reading import GREEK_LETTERS, VULGAR

SPACING, SYMBOLS, MARKUP, DAMAGED = "1.1", "1.2", "1.3", "1.6"


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in plain LaTeX, and what was rewritten: pairs of a leaf and a name."""

    text: str
    rewritten: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Rewriting:
    leaf: str
    name: str
    pattern: re.Pattern[str]
    by: str | Callable[[re.Match[str]], str]


# What stands in a text that can be rewritten at all; most answers are plain numbers.
_ANYTHING = re.compile(
    r"[\\$*`{}\"^_;~\x00-\x1f]|[^\x00-\x7f]|[<>!=]=|inf|oo|[.,]\s*\Z|\A['\"]|</?[a-z\d]|<\s*[-+.\d][^<>]*>|[\[,]\s*'",
    re.IGNORECASE,
)

_SYMBOLS = {
    r"\infty": "∞",
    r"\cup": "∪ ⋃",
    r"\cap": "∩ ⋂",
    r"\leq": r"≤ ⩽ ≦ <= =< \le \leqslant \leqq",
    r"\geq": r"≥ ⩾ ≧ >= \ge \geqslant \geqq",
    r"\neq": r"≠ != \ne \not=",
    r"\pm": "±",
    r"\in": "∈",
    r"\notin": "∉",
    r"\emptyset": r"∅ \varnothing",
    r"\setminus": r"∖ \backslash \smallsetminus",
    r"\subset": "⊂",
    r"\subseteq": "⊆",
    r"\land": r"∧ \wedge",
    r"\lor": r"∨ \vee",
    r"\to": r"→ \rightarrow \longrightarrow",
    r"\mathbb{R}": r"ℝ \R \Bbb{R} \mathbf{R}",
    r"\mathbb{Z}": r"ℤ \Z \Bbb{Z} \mathbf{Z}",
    r"\mathbb{N}": r"ℕ \N \Bbb{N} \mathbf{N}",
    r"\mathbb{Q}": r"ℚ \Q \Bbb{Q} \mathbf{Q}",
    r"\mathbb{C}": r"ℂ \Bbb{C} \mathbf{C}",
    r"\angle": "∠",
    r"\triangle": "△ ∆",
    r"\perp": "⊥",
    r"\parallel": "∥",
    r"\approx": "≈",
    r"\equiv": "≡",
    r"\mapsto": "↦",
    r"\sim": "∼",
    r"\cdot": r"· ⋅ ∙ \times ×",
    r"\div": "÷",
    r"\ldots": r"… ... \dots \cdots",
    r"\pi": "π 𝜋",
    r"\tau": "τ",
    **{f"\\{name}": letter for letter, name in GREEK_LETTERS.items()},
    **{rf"\frac{{{top}}}{{{low}}}": sign for sign, (top, low) in VULGAR.items()},
    "-": "− – ﹣",
    "'": r"′ ’ \prime",
    ",": "、",
    ".": "。",
}
_SPELLINGS = {spelling: symbol for symbol, all_of_it in _SYMBOLS.items() for spelling in all_of_it.split()}
_ENDS_IN_LETTER = re.compile(r"\\[A-Za-z]+\Z")


def _spelt() -> re.Pattern[str]:
    """Longest first; a command ends where its letters end."""
    spellings = sorted(_SPELLINGS, key=len, reverse=True)
    return re.compile(
        "|".join(
            re.escape(s) + ("(?![A-Za-z])" if s[-1:].isascii() and s[-1:].isalpha() else "")
            for s in spellings
        )
    )


def _symbol(found: re.Match[str]) -> str:
    symbol = _SPELLINGS[found[0]]
    return f"{symbol} " if _ENDS_IN_LETTER.search(symbol) else symbol


def _unboxed(found: re.Match[str]) -> str:
    """What is in a box, if the box holds everything; boxes may stand in boxes."""
    text = found[0].strip()
    while text.startswith((r"\boxed", r"\fbox")):
        within = inside(text[text.find("{") :])
        if within is None:
            break
        text = within
    return text


_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀₁₂₃₄₅₆₇₈₉", "0123456789+-n0123456789")
_FULL_WIDTH = {0xFEE0 + code: chr(code) for code in range(0x21, 0x7F)}
_CONTROLS = {"\x0c": "f", "\t": "t", "\x08": "b", "\x07": "a", "\x0b": "v", "\r": "r"}

_CIRCLE = r"\\circ(?![A-Za-z])|°|\\textcirc|\\text\s*\{\s*(?:\\circ|o)\s*\}|\\degree|o(?=\})"
_WORDS = (
    r"text(?:rm|bf|it|sf|tt|normal|up|sc)?|math(?:rm|bf|it|sf|tt|normal)|[mh]box|operatorname\*?"
    r"|boldsymbol|bm|emph"
)
_REWRITINGS = tuple(
    _Rewriting(leaf, name, re.compile(pattern), by)
    for leaf, name, pattern, by in (
        (
            DAMAGED,
            "a damaged command",  # an escape that was taken for a control character: \frac, \text
            r"[\x0c\x08\x07\x0b\r](?=[a-z]{2})|\t(?=ext\s*\{|imes\b|heta\b|frac\b|riangle\b|o\b)",
            lambda found: "\\" + _CONTROLS[found[0]],
        ),
        (DAMAGED, "a damaged command", r"\A(?=rac\s*\{)", r"\\f"),
        (SYMBOLS, "full-width characters", "[！-～]+", lambda found: found[0].translate(_FULL_WIDTH)),
        (
            MARKUP,
            "sizes",
            r"\\(?:left|right|middle|[bB]igg?[lrm]?|displaystyle|textstyle|limits)(?![A-Za-z])",
            "",
        ),
        (MARKUP, "tags", r"\A(?:\s*<[a-z_]{2,16}>)+|(?:</[a-z_]{1,16}>?\s*)+\Z", " "),
        (
            MARKUP,
            "tags",
            r"\A\s*<\s*([-+]?\.?\d[^<>,;|]*)>\s*\Z",
            r"\1",
        ),  # <612>, a value in place of its name
        (MARKUP, "tags", r"\A\s*=?\s*([^<>]+?)\s*</\s*\1\s*>\s*\Z", r"\1"),
        (MARKUP, "tags", r"\A([a-z_]{2,16})>\s*([^<>]+?)\s*</\1>?\s*\Z", r"\2"),
        (MARKUP, "boxes", r"(?<![A-Za-z\\])boxed(?=\s*\{)", r"\\boxed"),
        (
            MARKUP,
            "quotation marks",  # around the members of a list
            r"(?<=[\[,])(\s*)(['\"])([^'\"\[\]]*?)\2(?=\s*(?:,|\]|\Z))",
            r"\1\3",
        ),
        (MARKUP, "bold marks", r"(?<![^\s(])\*\*(?=\S)([^*]+)\*\*(?![\w*])", r"\1"),
        (MARKUP, "quotation marks", r"\A(?:``?|[\"“'])([^\"“”'`]*)(?:``?|''?|[\"”])\Z", r"\1"),
        (MARKUP, "delimiters", r"\\[()\[\]]|(?<!\\)\$\$", " "),
        (MARKUP, "thin spaces", r"\\!|\{(?=,\})|(?<=\{,)\}", ""),
        (
            MARKUP,
            "spaces",
            r"(?<!\\)\\[,;: ]|(?<=.)~|\\q?quad(?![A-Za-z])|(?<=\\\\)\s+|[\xa0\u2000-\u200a\u202f]",
            " ",
        ),
        (
            SYMBOLS,
            "degree signs",
            rf"\^\s*\{{?\s*(?:{_CIRCLE})\s*\}}?|\^\s*o(?![A-Za-z])"
            r"|\\text\s*\{\s*°\s*\}|[°º]|\\(?:text)?degree(?![A-Za-z])",
            r"^\\circ ",
        ),
        (SYMBOLS, "superscripts", "[⁰¹²³⁴-⁹⁺⁻ⁿ]+", lambda found: f"^{{{found[0].translate(_RAISED)}}}"),
        (SYMBOLS, "subscripts", "[₀-₉]+", lambda found: f"_{{{found[0].translate(_RAISED)}}}"),
        (SYMBOLS, "symbols", _spelt().pattern, _symbol),
        (
            SYMBOLS,
            "infinity",
            r"(?<![A-Za-z\\])(?:[Ii]nf(?:inity)?|oo)(?![A-Za-z])",
            r"\\infty ",
        ),
        (SYMBOLS, "the sign of infinity", r"(\A|[(\[,;=<>{]|\\(?:to|leq|geq) )\s*\+\s*(?=\\infty)", r"\1"),
        (
            SYMBOLS,
            "roots",
            r"√\s*(?:\(([^()]*)\)|\{([^{}]*)\}|(\d+(?:\.\d+)?|[A-Za-z]))",
            lambda found: f"\\sqrt{{{found[1] or found[2] or found[3]}}}",
        ),
        (MARKUP, "fonts", rf"\\(?:{_WORDS})\s*\{{([^{{}}]*)\}}", r" \1 "),
        (MARKUP, "fonts", r"\\(?:rm|bf|it|tt)(?![A-Za-z])", " "),
        (MARKUP, "boxes", r"\A(?:\s*\\(?:boxed|fbox)\s*\{)+.*\}\s*\Z", _unboxed),
        (MARKUP, "kinds of fraction", r"\\[dtc]frac(?![A-Za-z])", r"\\frac"),
        (MARKUP, "kinds of fraction", r"\\[dt]binom(?![A-Za-z])", r"\\binom"),
        (MARKUP, "braces", r"(?<=[\^_])\{([A-Za-z0-9])\}|(?<=_)\{([-+])\}", r"\1\2"),
        (MARKUP, "braces", r"\A\s*\{([^{},]*)\}\s*\Z", r"\1"),
        (MARKUP, "braces", r"(?<=[\d\s])\{([A-Za-z ]+)\}\s*\Z", r" \1"),
        (MARKUP, "the stop at the end", r"(?<![.,])[.,;](?:\s|\\)*\Z|(?<=[^\\\s])\s*\\+\s*\Z", ""),
    )
)
_DOLLAR = re.compile(r"(?<!\\)\$")


@lru_cache(maxsize=4096)
def plain(text: str) -> Plain:
    """The text in plain LaTeX. What is plain already comes back as it is."""
    if not _ANYTHING.search(text):
        return Plain(" ".join(text.split()), ())
    rewritten: dict[tuple[str, str], None] = {}
    for each in _REWRITINGS:
        new = each.pattern.sub(each.by, text)
        if new.split() != text.split():
            rewritten[each.leaf, each.name] = None
        text = new
    dollars = len(_DOLLAR.findall(text))
    if dollars and dollars % 2 == 0:  # an odd one is money
        text, rewritten[MARKUP, "delimiters"] = _DOLLAR.sub(" ", text), None
    return Plain(" ".join(text.split()), tuple(rewritten))


# Spacing and sizing commands, and the delimiters of a formula, say nothing of the answer.
_MARKUP = re.compile(r"\\(?:left|right|displaystyle|!|,|;|:|quad|qquad| )|\$|\\[()\[\]]")
_SAME = str.maketrans({"−": "-", "–": "-", "×": "*", "·": "*", "，": ","})


@lru_cache(maxsize=4096)  # the rollouts of a question share its gold, and often their answers
def normalised(text: str) -> str:
    """The text without white space, formula delimiters and spacing commands; one sign for each operator."""
    text = unicodedata.normalize("NFKC", text).translate(_SAME)
    text = _MARKUP.sub("", text).replace("\\dfrac", "\\frac").replace("\\tfrac", "\\frac")
    return "".join(text.split()).rstrip(".")
