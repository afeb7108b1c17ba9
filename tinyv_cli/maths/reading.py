r"""Read an expression as people write it, in LaTeX or in plain text, into a tree that can be evaluated.

Both spellings lead to the same tree: `\frac{1}{2}x^2`, `1/2 x^2` and `0.5*x**2`. Nothing is simplified and
nothing executed; what is not understood is no expression. Time is linear in the length of the text.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

MOST_CHARS, MOST_DEPTH = 400, 60
MOST_LETTERS, MOST_EXPONENT_CHARS = 24, 5

CONSTANTS = {"pi": "pi", "π": "pi", "e": "e", "i": "i", "tau": "tau"}
FUNCTIONS = frozenset(
    """
    sin cos tan cot sec csc arcsin arccos arctan arccot arcsec arccsc sinh cosh tanh coth sech csch
    arcsinh arccosh arctanh ln log lg exp sqrt abs floor ceil binom gcd lcm max min root
    """.split()
)
ALIASES = {
    "cosec": "csc",
    "cosech": "csch",
    "ctg": "cot",
    "cotan": "cot",
    "tg": "tan",
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "arctg": "arctan",
    "sh": "sinh",
    "ch": "cosh",
    "th": "tanh",
    "asinh": "arcsinh",
    "acosh": "arccosh",
    "atanh": "arctanh",
    "arsinh": "arcsinh",
    "arcosh": "arccosh",
    "artanh": "arctanh",
    "binomial": "binom",
    "ceiling": "ceil",
}
GREEK = frozenset(
    """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi rho
    sigma phi varphi chi psi omega Gamma Delta Theta Lambda Xi Sigma Phi Psi Omega
    """.split()
)
GREEK_LETTERS = {
    letter: name
    for letters, names in (
        (
            "αβγδεζηθικλμνξρσφχψω",
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda "
            "mu nu xi rho sigma phi chi psi omega",
        ),
        ("ΓΔΘΛΞΣΦΨΩ", "Gamma Delta Theta Lambda Xi Sigma Phi Psi Omega"),
    )
    for letter, name in zip(letters, names.split(), strict=True)
}
# Fractions of one character, and their two digits; behind a number they make a mixed one, as \\frac does.
VULGAR = {
    each[0]: (each[1], each[2])
    for each in "½12 ⅓13 ⅔23 ¼14 ¾34 ⅕15 ⅖25 ⅗35 ⅘45 ⅙16 ⅚56 ⅛18 ⅜38 ⅝58 ⅞78".split()
}

_SAME = str.maketrans(
    dict(zip("−–×·⋅∗÷⁄′’（），＝＋", "--****//''(),=+", strict=True))
    | {"√": r"\sqrt "}
    | {sign: rf"\frac{{{top}}}{{{low}}}" for sign, (top, low) in VULGAR.items()}
    | {digit: f"^{n}" for n, digit in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
    | {letter: f" {name} " for letter, name in GREEK_LETTERS.items()}
)
_UNSEEN = re.compile(
    r"\\(?:left|right|[bB]ig[lrg]?|[bB]igg[lr]?|displaystyle|textstyle|limits"
    r"|mathrm|operatorname\*?|rm|bf|it|quad|qquad|,|;|:|!| )(?![A-Za-z])"
    r"|\$|(?<!^)~"
)
_SPELLED = (  # commands that have a plain spelling
    (re.compile(r"\\(?:cdot|times|ast)(?![A-Za-z])"), "*"),
    (re.compile(r"\\(?:div)(?![A-Za-z])"), "/"),
    (re.compile(r"\\[dct]frac(?![A-Za-z])"), r"\\frac"),
    (re.compile(r"\\[dt]binom(?![A-Za-z])"), r"\\binom"),
    (re.compile(r"\\(?:lvert|rvert|vert|mid)(?![A-Za-z])"), "|"),
    (re.compile(r"\\\{"), "("),
    (re.compile(r"\\\}"), ")"),
    (re.compile(r"\*\*"), "^"),
)
# Words that would else be products: 0 or 9/8 is not 0.
_WORDS = frozenset("and or to is if for of no not yes all the".split())
# Of letters alone these are units far more often than products.
_UNITS = frozenset("mm cm dm km mg kg mL ml cL cl ms Hz kHz Pa kPa kJ kW mA ft min".split())
_TOKEN = re.compile(
    r"""\s* (?:
        (?P<number> (?: \d+ (?:\.\d*)? | \.\d+ ) (?:[eE][-+]\d+)? )
        | (?P<command> \\[A-Za-z]+ )
        | (?P<name> [A-Za-z]+ )
        | (?P<sign> [-+*/^()\[\]{}|!,_'] )
    )""",
    re.VERBOSE,
)


class NotUnderstoodError(Exception):
    """The text is no expression that can be read here."""


@dataclass(frozen=True, slots=True)
class Node:
    """An operation on its operands, or a leaf: `number`, `variable`, `constant` with its text."""

    kind: str
    text: str = ""
    parts: tuple["Node", ...] = ()

    def variables(self) -> frozenset[str]:
        """The names of all variables in it."""
        if self.kind == "variable":
            return frozenset({self.text})
        return frozenset().union(*(part.variables() for part in self.parts))

    def walk(self) -> Iterator["Node"]:
        """The operation itself and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()


@lru_cache(maxsize=2048)  # a gold meets many answers, and every step of a search reads both sides again
def read(text: str) -> Node | None:
    """The expression, or None where this is none. `i` and `e` are constants, other letters variables."""
    try:
        return _Reader(_tokens(text)).whole()
    except (NotUnderstoodError, RecursionError):
        return None


def _tokens(text: str) -> list[tuple[str, str]]:
    if len(text) > MOST_CHARS:
        raise NotUnderstoodError
    text = _UNSEEN.sub(" ", text.translate(_SAME))
    for pattern, plain in _SPELLED:
        text = pattern.sub(plain, text)
    text = text.strip()
    tokens: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise NotUnderstoodError
        at = found.end()
        kind = found.lastgroup or ""
        if kind == "number" and len(found[kind].lower().partition("e")[2]) > MOST_EXPONENT_CHARS:
            raise NotUnderstoodError
        tokens += _names(found[kind]) if kind == "name" else [(kind, found[kind])]
    return tokens


def _names(letters: str) -> list[tuple[str, str]]:
    """Letters in a row: a function, a Greek letter or a constant, or else a product of letters."""
    if letters.lower() in _WORDS or letters in _UNITS:
        raise NotUnderstoodError
    known = (
        letters if letters in FUNCTIONS or letters in GREEK or letters in CONSTANTS else ALIASES.get(letters)
    )
    if known:
        return [("name", known)]
    if len(letters) > MOST_LETTERS:
        raise NotUnderstoodError
    for length in range(min(len(letters) - 1, 8), 1, -1):  # `sinx`, `xsinx`, `2pir`
        for start in range(len(letters) - length + 1):
            part = letters[start : start + length]
            if part in FUNCTIONS or part in ALIASES or (part in GREEK and length > 2) or part == "pi":
                before, after = letters[:start], letters[start + length :]
                return [*(_names(before) if before else []), *_names(part), *(_names(after) if after else [])]
    if len(letters) > 4:
        raise NotUnderstoodError  # a word
    return [("name", letter) for letter in letters]


_OPEN = {"(": ")", "[": "]", "{": "}"}
_END = ("end", "")


class _Reader:
    """Reads tokens by the precedence of operators. Implied products bind as written ones do: 1/2x is x/2."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens, self._at, self._depth = tokens, 0, 0
        self._bars = 0

    def whole(self) -> Node:
        if not self._tokens:
            raise NotUnderstoodError
        node = self._sum()
        if self._next != _END:
            raise NotUnderstoodError
        return node

    @property
    def _next(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else _END

    def _take(self, sign: str | None = None) -> tuple[str, str]:
        token = self._next
        if token == _END or (sign is not None and token != ("sign", sign)):
            raise NotUnderstoodError
        self._at += 1
        return token

    def _is(self, *signs: str) -> bool:
        kind, text = self._next
        return kind == "sign" and text in signs

    def _nested(self, read: Callable[[], Node]) -> Node:
        """What stands a level deeper; time and the stack set a limit to the levels."""
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise NotUnderstoodError
        node = read()
        self._depth -= 1
        return node

    def _sum(self) -> Node:
        return self._nested(self._terms)

    def _terms(self) -> Node:
        node = self._signed(self._product)
        while self._is("+", "-"):
            sign = self._take()[1]
            node = Node("add" if sign == "+" else "subtract", parts=(node, self._signed(self._product)))
        return node

    def _signed(self, operand: Callable[[], Node]) -> Node:
        """Signs in front: of a product the sign is that of the whole, so -2^2 is -4."""
        negative = False
        while self._is("+", "-"):
            negative ^= self._take()[1] == "-"
        node = operand()
        return Node("negative", parts=(node,)) if negative else node

    def _product(self) -> Node:
        node = self._power()
        while True:
            if self._is("*", "/"):
                sign = self._take()[1]
                node = Node("multiply" if sign == "*" else "divide", parts=(node, self._signed(self._power)))
            elif self._begins_operand():
                node = self._implied(node)
            else:
                return node

    def _implied(self, node: Node) -> Node:
        kind, text = self._next
        if kind == "number" or (text == r"\frac" and self._tokens[self._at - 1][0] == "number"):
            raise NotUnderstoodError  # `1 1/2` and `1\frac12` are mixed numbers, `2 3` is nothing
        return Node("multiply", parts=(node, self._power()))

    def _begins_operand(self) -> bool:
        kind, text = self._next
        if kind == "sign":
            return text in _OPEN or (text == "|" and not self._bars)
        return kind in ("number", "name", "command") and text not in (r"\circ", r"\%")

    def _power(self) -> Node:
        node = self._postfix(self._operand())
        if self._is("^"):
            self._take()
            if self._takes_degree():
                node = Node("multiply", parts=(node, Node("constant", "degree")))
                return self._postfix(node)
            node = Node("power", parts=(node, self._exponent()))
        return node

    def _exponent(self) -> Node:
        if self._is("{", "("):
            closing = _OPEN[self._next[1]]
            self._take()
            node = self._sum()
            self._take(closing)
            return self._postfix(node)
        return self._nested(partial(self._signed, self._power))

    def _takes_degree(self) -> bool:
        """Whether \\circ comes next, in braces or not; then it is taken."""
        circle = ("command", r"\circ")
        for sign in ([circle], [("sign", "{"), circle, ("sign", "}")]):
            if self._tokens[self._at : self._at + len(sign)] == sign:
                self._at += len(sign)
                return True
        return False

    def _postfix(self, node: Node) -> Node:
        while self._is("!"):
            self._take()
            node = Node("factorial", parts=(node,))
        return node

    def _operand(self) -> Node:
        kind, text = self._take()
        if kind == "number":
            return Node("number", text)
        if kind == "name":
            return self._named(text)
        if kind == "command":
            return self._command(text[1:])
        if text in _OPEN:
            node = self._sum()
            self._take(_OPEN[text])
            return node
        if text == "|":
            return self._absolute()
        raise NotUnderstoodError

    def _absolute(self) -> Node:
        self._bars += 1
        node = self._sum()
        self._take("|")
        self._bars -= 1
        return Node("abs", parts=(node,))

    def _named(self, name: str) -> Node:
        if name in FUNCTIONS:
            return self._function(name)
        if name in CONSTANTS and not self._is("_"):
            return Node("constant", CONSTANTS[name])
        return Node("variable", name + self._subscript())

    def _subscript(self) -> str:
        if not self._is("_"):
            return ""
        self._take()
        if not self._is("{"):
            kind, text = self._take()
            if kind not in ("number", "name"):
                raise NotUnderstoodError
            return f"_{text}"
        self._take()
        parts = []
        while not self._is("}"):
            kind, text = self._take()
            if kind not in ("number", "name") and text not in "+-,":
                raise NotUnderstoodError
            parts.append(text)
        self._take("}")
        return f"_{''.join(parts)}"

    def _command(self, name: str) -> Node:
        if name == "frac":
            return Node("divide", parts=(self._argument(), self._argument()))
        if name == "binom":
            return Node("binom", parts=(self._argument(), self._argument()))
        if name == "sqrt":
            degree = None
            if self._is("["):
                self._take()
                degree = self._sum()
                self._take("]")
            node = self._argument()
            return Node("sqrt", parts=(node,)) if degree is None else Node("root", parts=(node, degree))
        known = ALIASES.get(name, name)
        if known in FUNCTIONS or known in CONSTANTS or known in GREEK:
            return self._named(known)
        raise NotUnderstoodError

    def _argument(self) -> Node:
        """One in braces, or the next token alone: \\frac12 is a half."""
        if self._is("{"):
            self._take()
            node = self._sum()
            self._take("}")
            return node
        kind, text = self._next
        if kind == "number" and len(text) > 1:
            self._tokens[self._at : self._at + 1] = [("number", text[0]), ("number", text[1:])]
        if kind == "sign":
            return self._operand()
        kind, text = self._take()
        if kind == "number":
            return Node("number", text)
        return self._named(text) if kind == "name" else self._command(text[1:])

    def _function(self, name: str) -> Node:
        """Behind a name: perhaps a base or a power, then an argument, in brackets or not."""
        base = self._base() if name == "log" and self._is("_") else None
        power = None
        if self._is("^"):
            self._take()
            power = self._exponent()
        arguments = self._arguments()
        if base is not None:
            arguments = (*arguments, base)
        if power is not None and _is_minus_one(power):
            if name not in ("sin", "cos", "tan", "cot", "sinh", "cosh", "tanh"):
                raise NotUnderstoodError
            return Node(f"arc{name}", parts=arguments)
        node = Node(name, parts=arguments)
        return node if power is None else Node("power", parts=(node, power))

    def _base(self) -> Node:
        self._take("_")
        return self._argument()

    def _arguments(self) -> tuple[Node, ...]:
        if self._is("(", "{", "["):
            closing = _OPEN[self._take()[1]]
            parts = [self._sum()]
            while self._is(","):
                self._take()
                parts.append(self._sum())
            self._take(closing)
            return tuple(parts)
        if self._is("|"):
            self._take()
            return (self._absolute(),)
        return (self._bare_argument(),)

    def _bare_argument(self) -> Node:
        """`sin 2x cos x` is sin(2x) cos(x); what `sin x/2` is nobody knows."""
        node = self._signed(self._power)
        while self._begins_operand() and not self._is(*_OPEN) and not self._is_function():
            node = self._implied(node)
        if self._is("/"):
            raise NotUnderstoodError
        return node

    def _is_function(self) -> bool:
        name = self._next[1].lstrip("\\")
        return ALIASES.get(name, name) in FUNCTIONS


def _is_minus_one(node: Node) -> bool:
    return node == Node("negative", parts=(Node("number", "1"),))
