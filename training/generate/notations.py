r"""How one expression is written: LaTeX in its many styles, plain text, Unicode, computer algebra systems.

A notation is a table of templates; the writer knows which brackets must stand. What cannot be said in a
notation is not written at all, and neither is what could be read in another way there.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import wraps
from random import Random

from tinyv_cli.maths.reading import GREEK, GREEK_LETTERS, Node
from training.generate.pieces import pieces, readable
from training.generate.transformation import Make, Task, same
from training.generate.trees import is_same, whole

SUM, PRODUCT, POWER, ATOM = range(1, 5)
_TRIG = tuple("sin cos tan cot sec csc".split())
_ARC = tuple("arcsin arccos arctan".split())
_HYPERBOLIC = tuple("sinh cosh tanh".split())
_LOG = ("ln", "log", "lg")
_NAMED = (*_TRIG, *_ARC, *_HYPERBOLIC, *_LOG)
_E, _ONE = Node("constant", "e"), Node("number", "1")


class UnwritableError(Exception):
    """The notation has no sign for it."""


@dataclass(frozen=True, slots=True)
class Notation:
    """How operations look. `{0}`, `{1}` in templates are the operands, in the brackets that they need."""

    times: str = "*"  # between factors that may not stand side by side
    implied: str | None = None  # between those that may; None where a sign is always written
    plus: str = " {} "
    divide: str = "{0}/{1}"
    power: str = "{0}^{1}"
    latex: bool = False  # fractions and exponents are closed by braces
    flat: bool = False  # x^{1/2}, for broken exponents
    braces: bool = True  # around exponents of one sign
    brackets: str = "({0})"
    arguments: str = "({0})"
    bare: bool = False  # sin x, for functions of something short
    high: bool = False  # sin^2 x, for powers of functions
    textbook: bool = True  # powers of functions and roots need brackets
    functions: Mapping[str, str] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)  # by the kind and the number of operands
    constants: Mapping[str, str] = field(default_factory=dict)
    variable: Callable[[str], str] = str
    exponents: str = ""  # ten digits, where small exponents are written high
    signs: Mapping[str, str] = field(default_factory=dict)  # of the text around expressions


def write(node: Node, notation: Notation) -> str | None:
    """The expression in a notation; None where it cannot be said there."""
    try:
        return _Writer(notation).text(node)
    except UnwritableError:
        return None


class _Writer:
    """Writes a tree with the brackets that its operations need."""

    def __init__(self, notation: Notation) -> None:
        self._of = notation
        self._by_kind: dict[str, Callable[..., tuple[str, int]]] = {
            "add": lambda a, b: self._sum(a, "+", b),
            "subtract": lambda a, b: self._sum(a, "-", b),
            "negative": lambda a: (f"-{self._part(a, PRODUCT)}", SUM),
            "multiply": self._product,
            "divide": self._quotient,
            "power": self._power,
            "exp": lambda a: self._power(_E, a),
            "factorial": self._factorial,
        }

    def text(self, node: Node) -> str:
        return self._leveled(node)[0]

    def _leveled(self, node: Node) -> tuple[str, int]:
        """The text, and how tightly it holds together."""
        if node.kind in ("number", "variable", "constant"):
            return self._leaf(node), ATOM
        if node.kind in self._by_kind:
            return self._by_kind[node.kind](*node.parts)
        return self._function(node)

    def _part(self, node: Node, level: int) -> str:
        text, own = self._leveled(node)
        return text if own >= level else self._of.brackets.format(text)

    def _leaf(self, node: Node) -> str:
        if node.kind == "number":
            return node.text
        if node.kind == "variable":
            return self._of.variable(node.text)
        if node.text not in self._of.constants:
            raise UnwritableError
        return self._of.constants[node.text]

    def _sum(self, first: Node, sign: str, second: Node) -> tuple[str, int]:
        return f"{self._part(first, SUM)}{self._of.plus.format(sign)}{self._part(second, PRODUCT)}", SUM

    def _product(self, first: Node, second: Node) -> tuple[str, int]:
        left, right = self._part(first, PRODUCT), self._part(second, POWER)
        if self._of.bare and _OPEN.search(left):
            left = _Writer(replace(self._of, bare=False))._part(first, PRODUCT)
        if self._of.latex and second.kind == "divide":
            right = self.text(second)
        if not self._of.latex and self._of.implied is not None and first.kind == "divide":
            left = self._of.brackets.format(left)  # 1/2x could be 1/(2x)
        return f"{left}{self._between(left, right)}{right}", PRODUCT

    def _between(self, left: str, right: str) -> str:
        """The sign between factors, or none."""
        of = self._of
        if of.implied is None or right[0].isdigit() or _OPEN.search(left) or _repeats(left, right):
            return of.times
        if left[-1].isdigit() and (
            right.startswith((r"\frac", r"\dfrac", r"\tfrac", r"\cfrac", "e", "E")) or "_" in left
        ):
            return of.implied if of.latex and right[0] in "eE" else of.times
        if not of.latex and ((right[0] == "(" and left[-1].isalpha()) or _INDEX.search(left)):
            return of.times  # it would look like a function, or like a part of the index
        if left[-1].isalpha() and right[0].isalpha() and (_WORD.search(left) or _WORDS.match(right)):
            return " "
        return of.implied

    def _quotient(self, first: Node, second: Node) -> tuple[str, int]:
        if self._of.latex:
            return self._of.divide.format(self.text(first), self.text(second)), PRODUCT
        return self._of.divide.format(self._part(first, PRODUCT), self._part(second, POWER)), PRODUCT

    def _power(self, base: Node, exponent: Node) -> tuple[str, int]:
        number = whole(exponent)
        if base == _E and "exp1" in self._of.templates:
            return self._of.templates["exp1"].format(self.text(exponent)), ATOM
        if self._of.high and base.kind in _TRIG and number is not None and number > 1:
            name = self._of.functions.get(base.kind, base.kind)
            return f"{name}^{self._exponent(exponent)}{self._arguments(base)}", POWER
        if self._of.exponents and number is not None and 1 < number < 100:
            return self._part(base, ATOM) + "".join(
                self._of.exponents[int(digit)] for digit in str(number)
            ), POWER
        return self._of.power.format(self._part(base, ATOM), self._exponent(exponent)), POWER

    def _exponent(self, exponent: Node) -> str:
        if not self._of.latex:
            return self._part(exponent, ATOM)
        if (
            self._of.flat
            and exponent.kind == "divide"
            and all(part.kind == "number" for part in exponent.parts)
        ):
            return "{" + "/".join(part.text for part in exponent.parts) + "}"
        text = self.text(exponent).replace(r"\dfrac", r"\frac")
        return text if len(text) == 1 and not self._of.braces else f"{{{text}}}"

    def _function(self, node: Node) -> tuple[str, int]:
        template = self._of.templates.get(f"{node.kind}{len(node.parts)}")
        if template:
            text = _SMALL_ROOT.sub(r"√\1", template.format(*map(self.text, node.parts)))
            return text, POWER if self._of.textbook else ATOM
        if node.kind == "root":
            return self._power(node.parts[0], Node("divide", parts=(_ONE, node.parts[1])))
        if len(node.parts) != 1 or node.kind not in self._of.functions:
            raise UnwritableError
        return self._of.functions[node.kind] + self._arguments(node), POWER if self._of.textbook else ATOM

    def _arguments(self, node: Node) -> str:
        text = self.text(node.parts[0])
        if self._of.bare and _SHORT.fullmatch(text):
            return f" {text}"
        return self._of.arguments.format(text)

    def _factorial(self, node: Node) -> tuple[str, int]:
        if "factorial1" in self._of.templates:
            return self._of.templates["factorial1"].format(self.text(node)), ATOM
        return f"{self._part(node, ATOM)}!", POWER


def _repeats(left: str, right: str) -> bool:
    """Whether a letter would stand twice: xx."""
    return left == right or (left[-1].isalpha() and left[-1] == right[0] and not _WORD.search(left))


# What could go on: sin x y, 3! 2, √2x, x_1y.
_OPEN = re.compile(
    r"(?:\\|\b)(?:a?(?:rc)?(?:sin|cos|tan)h?|cot|sec|csc|ln|log|lg)(?:\^(?:\{\w+\}|\w))?(?:_\{?\w+\}?)? "
    r"[^()]*\Z|!\Z|√\w+\Z"
)
_INDEX = re.compile(r"_\w+\Z")
_SMALL_ROOT = re.compile(r"√\((\w+)\)\Z")
_WORD, _WORDS = re.compile(r"(?:\\[A-Za-z]+|[A-Za-z]{2,})\Z"), re.compile(r"[A-Za-z]{2,}")
_SHORT = re.compile(r"\d?(?:\\[A-Za-z]+|[A-Za-z])|\d+|[α-ω]")


# The notations

_LATEX_FUNCTIONS = {name: rf"\{name}" for name in _NAMED}
_LATEX_TEMPLATES = {
    "sqrt1": r"\sqrt{{{0}}}",
    "root2": r"\sqrt[{1}]{{{0}}}",
    "abs1": r"|{0}|",
    "log2": r"\log_{{{1}}}({0})",
    "floor1": r"\lfloor {0} \rfloor",
    "ceil1": r"\lceil {0} \rceil",
    "binom2": r"\binom{{{0}}}{{{1}}}",
}
_LATEX_CONSTANTS = {"pi": r"\pi", "e": "e", "i": "i", "tau": r"\tau"}
_PLAIN_TEMPLATES = {
    "sqrt1": "sqrt({0})",
    "abs1": "|{0}|",
    "log2": "log_{1}({0})",
    "floor1": "floor({0})",
    "ceil1": "ceil({0})",
    "binom2": "C({0}, {1})",
}
_PLAIN_CONSTANTS = {"pi": "pi", "e": "e", "i": "i"}
_PLAIN_FUNCTIONS = {name: name for name in (*_TRIG, *_ARC, *_HYPERBOLIC, *_LOG[:2])}
_SYSTEM_FUNCTIONS = {
    **{name: name for name in (*_TRIG, *_HYPERBOLIC)},
    **{name: name.replace("arc", "a") for name in _ARC},
    "ln": "log",
}
_CALLED = {
    "sqrt1": "sqrt({0})",
    "abs1": "abs({0})",
    "floor1": "floor({0})",
    "ceil1": "ceiling({0})",
    "binom2": "binomial({0}, {1})",
}
_UNICODE_GREEK = {name: letter for letter, name in GREEK_LETTERS.items()}


def _latex_variable(name: str) -> str:
    letter, _, index = name.partition("_")
    letter = rf"\{letter}" if letter in GREEK else letter
    return f"{letter}_{{{index}}}" if len(index) > 1 else f"{letter}_{index}" if index else letter


def _unicode_variable(name: str) -> str:
    letter, _, index = name.partition("_")
    if index and not index.isdigit():
        return f"{_UNICODE_GREEK.get(letter, letter)}_{index}"
    return _UNICODE_GREEK.get(letter, letter) + index.translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def _plain_variable(name: str) -> str:
    if not re.fullmatch(r"\w+", name):
        raise UnwritableError  # x_{n+1}
    return name


def _joined_variable(name: str) -> str:
    return _plain_variable(name).replace("_", "")


_TO_PLAIN = {
    r"\infty": "infinity", r"\cup": "U", r"\cap": "n", r"\leq": "<=", r"\le": "<=", r"\geq": ">=",
    r"\ge": ">=", r"\neq": "!=", r"\leqslant": "<=", r"\geqslant": ">=", r"\ne": "!=", r"\in": "in",
    r"\quad": " ", r"\qquad": " ", r"\pm": "+/-", r"\{": "{", r"\}": "}", r"\to": "->", r"\mid": "|",
    r"\lt": "<", r"\gt": ">", r"\pi": "pi", r"\approx": "~=",
}  # fmt: skip
_TO_UNICODE = _TO_PLAIN | {
    r"\infty": "∞", r"\cup": "∪", r"\cap": "∩", r"\leq": "≤", r"\le": "≤", r"\geq": "≥", r"\ge": "≥",
    r"\neq": "≠", r"\leqslant": "≤", r"\geqslant": "≥", r"\ne": "≠", r"\in": "∈", r"\pm": "±", r"\to": "→",
    r"\pi": "π", r"\approx": "≈", "<=": "≤", ">=": "≥", "!=": "≠",
}  # fmt: skip
_TO_LATEX = {
    "infinity": r"\infty", "∞": r"\infty", "∪": r" \cup ", "∩": r" \cap ", "≤": r" \leq ", "≥": r" \geq ",
    "≠": r" \neq ", "<=": r" \le ", ">=": r" \ge ", "!=": r" \ne ", "∈": r" \in ", "±": r"\pm ", "→": r"\to ",
    "≈": r" \approx ", "π": r"\pi ", r"\leq": r"\le", r"\le": r"\leq", r"\ge": r"\geq", r"\geq": r"\ge",
    r"\ne": r"\neq", r"\neq": r"\ne",
}  # fmt: skip

PLAIN = Notation(
    functions=_PLAIN_FUNCTIONS,
    templates=_PLAIN_TEMPLATES,
    constants=_PLAIN_CONSTANTS,
    variable=_plain_variable,
    signs=_TO_PLAIN,
)
UNICODE = replace(
    PLAIN,
    times="·",
    implied="",
    constants={"pi": "π", "e": "e", "i": "i"},
    templates={**_PLAIN_TEMPLATES, "sqrt1": "√({0})", "floor1": "⌊{0}⌋", "ceil1": "⌈{0}⌉"},
    variable=_unicode_variable,
    exponents="⁰¹²³⁴⁵⁶⁷⁸⁹",
    signs=_TO_UNICODE,
)
PYTHON = Notation(
    power="{0}**{1}",
    functions=_SYSTEM_FUNCTIONS,
    templates={**_CALLED, "log2": "log({0}, {1})", "factorial1": "factorial({0})", "exp1": "exp({0})"},
    constants={"pi": "pi", "e": "E", "i": "I"},
    variable=_joined_variable,
    textbook=False,
    signs=_TO_PLAIN | {r"\infty": "oo"},
)
NUMPY = replace(
    PYTHON,
    functions={
        name: f"np.{to}" for name, to in _SYSTEM_FUNCTIONS.items() if name in (*_TRIG[:3], *_HYPERBOLIC, "ln")
    },
    templates={
        "sqrt1": "np.sqrt({0})",
        "abs1": "np.abs({0})",
        "exp1": "np.exp({0})",
        "factorial1": "math.factorial({0})",
    },
    constants={"pi": "np.pi", "e": "np.e", "i": "1j"},
)
JAVASCRIPT = replace(
    NUMPY,
    functions={
        name: f"Math.{to}"
        for name, to in _SYSTEM_FUNCTIONS.items()
        if name in (*_TRIG[:3], *_ARC, *_HYPERBOLIC, "ln")
    },
    templates={
        "sqrt1": "Math.sqrt({0})",
        "root2": "Math.pow({0}, 1/{1})",
        "abs1": "Math.abs({0})",
        "exp1": "Math.exp({0})",
    },
    constants={"pi": "Math.PI", "e": "Math.E"},
)
MAXIMA = replace(
    PYTHON,
    power="{0}^{1}",
    plus="{}",
    constants={"pi": "%pi", "e": "%e", "i": "%i"},
    templates={**_CALLED, "log2": "(log({0})/log({1}))"},
    signs=_TO_PLAIN | {r"\infty": "inf"},
)
MAPLE = replace(
    MAXIMA,
    plus=" {} ",
    constants={"pi": "Pi", "e": "exp(1)", "i": "I"},
    functions={**_SYSTEM_FUNCTIONS, **{name: name for name in _ARC}, "ln": "ln"},
    templates={**_CALLED, "log2": "log[{1}]({0})", "exp1": "exp({0})"},
    signs=_TO_PLAIN,
)
MATHEMATICA = Notation(
    times="*",
    implied=" ",
    arguments="[{0}]",
    functions={
        **{name: name.capitalize() for name in (*_TRIG, *_HYPERBOLIC)},
        **{name: "Arc" + name[3:].capitalize() for name in _ARC},
        "ln": "Log",
    },
    templates={
        "sqrt1": "Sqrt[{0}]", "abs1": "Abs[{0}]", "log2": "Log[{1}, {0}]", "floor1": "Floor[{0}]",
        "ceil1": "Ceiling[{0}]", "binom2": "Binomial[{0}, {1}]",
    },
    constants={"pi": "Pi", "e": "E", "i": "I"},
    variable=_joined_variable,
    textbook=False,
    signs=_TO_PLAIN | {"=": "==", r"\infty": "Infinity"},
)  # fmt: skip
EXCEL = replace(
    MAXIMA,
    functions={name: to.upper() for name, to in _SYSTEM_FUNCTIONS.items() if name in (*_TRIG[:3], *_ARC)}
    | {"ln": "LN"},
    templates={
        "sqrt1": "SQRT({0})",
        "abs1": "ABS({0})",
        "exp1": "EXP({0})",
        "log2": "LOG({0},{1})",
        "factorial1": "FACT({0})",
    },
    constants={"pi": "PI()", "e": "EXP(1)"},
)
TYPST = replace(
    PLAIN,
    implied=" ",
    times=" dot ",
    templates={
        "sqrt1": "sqrt({0})", "root2": "root({1}, {0})", "abs1": "abs({0})", "log2": "log_({1})({0})",
        "binom2": "binom({0}, {1})",
        "floor1": "floor({0})", "ceil1": "ceil({0})",
    },
    signs=_TO_PLAIN | {r"\infty": "oo", r"\cup": "union"},
)  # fmt: skip
ASCIIMATH = replace(
    TYPST,
    times="*",
    templates={**_PLAIN_TEMPLATES, "root2": "root({1})({0})", "binom2": "(({0}),({1}))"},
    signs=_TO_PLAIN | {r"\infty": "oo", r"\cup": "uu"},
)


def latex(rng: Random, text: str = "") -> Notation:
    r"""A style of LaTeX, as it is in a text: `\dfrac` where there are some, spaces as there."""
    fractions = [r"\frac"] * 3 + [r"\dfrac", r"\dfrac", r"\tfrac"]
    fraction = next((each for each in (r"\dfrac", r"\tfrac", r"\frac") if each in text), None) or rng.choice(
        fractions
    )
    tall = r"\left" in text or rng.random() < 0.25
    spaced = re.search(r"\S [-+=] ?\S", text) if text else rng.random() < 0.6
    return Notation(
        times=r" \cdot " if r"\times" not in text else r" \times ",
        implied=" " if re.search(r"\d [a-z\\](?![a-z])", text) else "",
        plus=" {} " if spaced else "{}",
        divide=f"{fraction}{{{{{{0}}}}}}{{{{{{1}}}}}}",
        latex=True,
        braces="^{" in text if "^" in text else rng.random() < 0.5,
        brackets=r"\left({0}\right)" if tall else "({0})",
        arguments=rng.choice((r"\left({0}\right)" if tall else "({0})", "({0})")),
        flat=rng.random() < 0.5,
        bare=rng.random() < 0.6,
        high=rng.random() < 0.8,
        functions=_LATEX_FUNCTIONS,
        templates=_LATEX_TEMPLATES,
        constants=_LATEX_CONSTANTS,
        variable=_latex_variable,
        signs=_TO_LATEX,
    )


def plain(rng: Random, text: str = "") -> Notation:
    """A style of plain text: signs between factors or none, spaces or none, as they are in a text."""
    spaced = " + " in text or " - " in text if re.search(r"\S ?[-+]", text) else rng.random() < 0.6
    implied = "" if "*" not in text and (text or rng.random() < 0.6) else None
    base = UNICODE if re.search("[√²³πα-ω]", text) else PLAIN
    power_of = "{0}**{1}" if "**" in text else "{0}^{1}"
    return replace(base, implied=implied, plus=" {} " if spaced else "{}", power=power_of)


def unicode(rng: Random) -> Notation:
    """Unicode with roots and powers as signs."""
    return replace(UNICODE, plus=rng.choice((" {} ", "{}")), times=rng.choice("·×*"))


def like(text: str, rng: Random) -> Notation:
    """The notation that a text is in; where nothing tells, LaTeX or plain text."""
    if re.search(r"\\[A-Za-z]|\^\{|_\{", text):
        return latex(rng, text)
    if re.search(r"[*√²³⁴πα-ω]|sqrt|\^\(|\w/|\)/|[a-z]\(", text):
        return plain(rng, text)
    return latex(rng, text) if rng.random() < 0.6 else plain(rng, text)


# Whole answers in a notation


def rewritten(text: str, notation: Notation) -> str | None:
    """The whole answer in a notation, with the signs around its expressions."""
    found, made, end = pieces(text), [], 0
    for piece in found:
        around, inside = _around(text[end : piece.start], notation), write(piece.node, notation)
        if around is None or inside is None:
            return None
        made += [around, inside]
        end = piece.end
    rest = _around(text[end:], notation)
    return None if rest is None or not made else " ".join("".join((*made, rest)).split())


_SIGN = re.compile(r"\\[A-Za-z]+|\\[{}]|<=|>=|!=|==|infinity|[∞∪∩≤≥≠∈±→≈π=]")
_WORDS_AROUND = re.compile(r"\\text\s*\{([^{}]*)\}")
_UNSEEN = re.compile(r"\\(?:left|right|displaystyle|[bB]igg?[lr]?)(?![A-Za-z])|\\[,;:! ]")


def _around(text: str, notation: Notation) -> str | None:
    if not notation.latex:
        text = _UNSEEN.sub("", _WORDS_AROUND.sub(r"\1", text))
    changed = _SIGN.sub(lambda found: notation.signs.get(found[0], found[0]), text)
    return None if not notation.latex and "\\" in changed else changed


_OF_LATEX = re.compile(r"\\[A-Za-z]|[\^_]\{")


def _checked(text: str, new: str | None) -> str | None:
    """The new text, where what can be read of it says the same."""
    if not new or "".join(new.split()) == "".join(text.split()):
        return None
    before, after = pieces(text), pieces(new)
    if len(before) == len(after):
        return (
            new if all(is_same(one.node, two.node) for one, two in zip(before, after, strict=True)) else None
        )
    return None


def _in_notation(choose: Callable[[str, Random], Notation | None]) -> Make:
    """Write the whole answer in the notation that is chosen for it."""

    @wraps(choose)
    def make(task: Task, rng: Random) -> str | None:
        notation = choose(task.gold, rng)
        new = rewritten(task.gold, notation) if notation and _has_algebra(task.gold) else None
        if new is None or notation is None or notation.textbook:
            return _checked(task.gold, new)
        return new if "".join(new.split()) != "".join(task.gold.split()) else None

    return make


def _has_algebra(text: str) -> bool:
    return any(piece.worth for piece in pieces(text))


_BETWEEN = re.compile(r",|;|\\quad|\band\b|\\text\{ ?and ?\}")
_SOLUTION = re.compile(r"\s*([a-z]|\\[a-z]+)\s*=\s*([^=]+)")


@same("6.2")
def notation_solutions(task: Task, rng: Random) -> str | None:
    """Values of several letters as a system gives them: {x -> 1, y -> 2}, [x = 1, y = 2], {x: 1, y: 2}."""
    found = [_SOLUTION.fullmatch(part) for part in _BETWEEN.split(task.gold) if part.strip()]
    if len(found) < 2 or not all(found):
        return None
    notation, (around, each) = rng.choice(_SYSTEMS)
    values = [readable(part[2].strip()) for part in found if part]
    written = [write(node, notation) if node else None for node in values]
    if not all(written) or len({part[1] for part in found if part}) != len(found):
        return None
    names = [part[1].strip().lstrip("\\") for part in found if part]
    return around % ", ".join(each % pair for pair in zip(names, written, strict=True))


_SYSTEMS = (
    (MATHEMATICA, ("{%s}", "%s -> %s")),
    (MATHEMATICA, ("{{%s}}", "%s -> %s")),
    (MAXIMA, ("[%s]", "%s=%s")),
    (PYTHON, ("{%s}", "%s: %s")),
    (MAPLE, ("{%s}", "%s = %s")),
)


@same("1.2")
def notation_equation_object(task: Task, rng: Random) -> str | None:
    """An equation as SymPy has it: Eq(y, 2*x + 1)."""
    sides = [readable(side.strip()) for side in task.gold.split("=")]
    written = [write(side, PYTHON) if side else None for side in sides]
    return f"Eq({written[0]}, {written[1]})" if len(sides) == 2 and all(written) else None


_MATRIX = re.compile(r"\s*\\begin\{[pbv]?matrix\}(.*)\\end\{[pbv]?matrix\}\s*", re.DOTALL)
_ROWS = (
    (MATHEMATICA, "{%s}", "{%s}", ", "),
    (MAXIMA, "matrix(%s)", "[%s]", ","),
    (PYTHON, "Matrix([%s])", "[%s]", ", "),
    (PYTHON, "[%s]", "[%s]", ", "),
    (MAXIMA, "[%s]", "%s", "; "),
)


@same("2.4")
def notation_matrix(task: Task, rng: Random) -> str | None:
    """A matrix as a list of its rows, or as a system has it."""
    found = _MATRIX.fullmatch(task.gold)
    rows = [row.split("&") for row in re.split(r"\\\\", found[1].strip().rstrip("\\"))] if found else []
    notation, around, row_around, by = rng.choice(_ROWS)
    nodes = [[readable(entry.strip()) for entry in row] for row in rows if row]
    entries = [[write(node, notation) if node else None for node in row] for row in nodes]
    if not entries or not all(all(row) for row in entries) or len({len(row) for row in entries}) != 1:
        return None
    return around % by.join(row_around % ", ".join(entry or "" for entry in row) for row in entries)


def _foreign(text: str) -> bool:
    """Whether there are heads of functions, tuples or sets, which a system would write in its own way."""
    return bool(re.search(r"[A-Za-z]\s*\(|[()\[\]{}]", _outside(text)))


def _outside(text: str) -> str:
    for piece in reversed(pieces(text)):
        text = text[: piece.start] + text[piece.end :]
    return text


@same("1.3")
@_in_notation
def notation_latex_restyled(text: str, rng: Random) -> Notation | None:
    """LaTeX in another style, written anew from the tree."""
    return latex(rng) if _OF_LATEX.search(text) else None


@same("1.3")
@_in_notation
def notation_latex_of_plain(text: str, rng: Random) -> Notation | None:
    """LaTeX for plain text."""
    return None if _OF_LATEX.search(text) else latex(rng)


@same("1.2")
@_in_notation
def notation_plain(text: str, rng: Random) -> Notation:
    """Plain text, x^2 and sqrt(2)/2."""
    return plain(rng)


@same("1.2")
@_in_notation
def notation_unicode(text: str, rng: Random) -> Notation:
    """Unicode, x² and √(2)/2."""
    return unicode(rng)


@same("1.2")
@_in_notation
def notation_python(text: str, rng: Random) -> Notation | None:
    """Python, as SymPy prints it."""
    return PYTHON


@same("1.2")
@_in_notation
def notation_numpy(text: str, rng: Random) -> Notation | None:
    """Python with the names of a module, or JavaScript."""
    named = re.search(r"\\(?:sqrt|pi|sin|cos|tan|ln|arc)|sqrt|sin|cos|pi", text)
    return rng.choice((NUMPY, JAVASCRIPT)) if named and not _foreign(text) else None


@same("1.2")
@_in_notation
def notation_maxima(text: str, rng: Random) -> Notation | None:
    """Maxima, with %pi and %e."""
    return None if _foreign(text) else MAXIMA


@same("1.2")
@_in_notation
def notation_maple(text: str, rng: Random) -> Notation | None:
    """Maple, with Pi and exp."""
    return None if _foreign(text) else MAPLE


@same("1.2")
@_in_notation
def notation_mathematica(text: str, rng: Random) -> Notation | None:
    """Mathematica, with Sqrt[2] and E^x."""
    return None if _foreign(text) else MATHEMATICA


@same("1.2")
@_in_notation
def notation_spreadsheet(text: str, rng: Random) -> Notation | None:
    """A spreadsheet's, with SQRT and PI()."""
    return None if _foreign(text) else EXCEL


@same("1.3")
@_in_notation
def notation_markup(text: str, rng: Random) -> Notation:
    """AsciiMath or Typst."""
    return rng.choice((TYPST, ASCIIMATH))
