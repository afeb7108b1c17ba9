r"""Read an expression as people write it, in LaTeX or in plain text, into a tree that can be evaluated.

Both spellings lead to the same tree: `\frac{1}{2}x^2`, `1/2 x^2` and `0.5*x**2`. Nothing is simplified and
nothing executed; what is not understood is no expression. Time is linear in the length of the text.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

MOST_CHARS, MOST_TOKENS, MOST_DEPTH = 1000, 240, 60
MOST_LETTERS, MOST_EXPONENT_CHARS = 24, 5
LEAST_CHOSEN_FROM = 3

CONSTANTS = {"pi": "pi", "π": "pi", "e": "e", "i": "i", "tau": "tau"}
FUNCTIONS = frozenset(
    """
    sin cos tan cot sec csc arcsin arccos arctan arccot arcsec arccsc sinh cosh tanh coth sech csch
    arcsinh arccosh arctanh ln log lg exp sqrt abs floor ceil binom gcd lcm max min root Integral
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
    "Abs": "abs",
    "Max": "max",
    "Min": "min",
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
    | {
        "√": r"\sqrt ",
        "⌊": r"\lfloor ",
        "⌋": r"\rfloor ",
        "⌈": r"\lceil ",
        "⌉": r"\rceil ",
        "∂": r"\partial ",
    }
    | {sign: rf"\frac{{{top}}}{{{low}}}" for sign, (top, low) in VULGAR.items()}
    | {digit: f"^{n}" for n, digit in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
    | {letter: f" {name} " for letter, name in GREEK_LETTERS.items()}
)
_UPRIGHT_D = re.compile(
    r"(?:\\(?:mathrm|text|rm|operatorname|mathop))?\s*\{\s*(?:\\rm\s*)?d\s*\}\s*(?=[A-Za-z\\^])"
)
_UNSEEN = re.compile(
    r"\\(?:left|right|[bB]ig[lrg]?|[bB]igg[lr]?|displaystyle|textstyle|limits"
    r"|mathrm|operatorname\*?|rm|bf|it|quad|qquad|,|;|:|!| )(?![A-Za-z])"
    r"|\$|(?<!^)~"
)
_SPELLED = (  # commands that have a plain spelling
    (re.compile(r"\\(?:cdot|times|ast)(?![a-z])"), "*"),
    (re.compile(r"\\(?:div)(?![A-Za-z])"), "/"),
    (re.compile(r"\\[dct]frac(?![A-Za-z])"), r"\\frac"),
    (re.compile(r"\\[dt]binom(?![A-Za-z])"), r"\\binom"),
    (re.compile(r"\\(?:lvert|rvert|vert|mid)(?![A-Za-z])"), "|"),
    (re.compile(r"\\\{"), "["),
    (re.compile(r"\\\}"), "]"),
    (re.compile(r"\*\*"), "^"),
    (
        re.compile(r"\^\s*(?:\\prime(?![A-Za-z])|\{\s*((?:\\prime\s*)+)\})"),
        lambda found: "'" * found[0].count("prime"),
    ),
    (re.compile(r"\{\s*([^{}\s]+)\s*\\choose(?![A-Za-z])\s*([^{}\s]+)\s*\}"), r"\\binom{\1}{\2}"),
    (re.compile(r"\\(?:b?mod)(?![A-Za-z])"), " mod "),
    (re.compile("根号"), r"\\sqrt "),
)
# Words that would else be products: 0 or 9/8 is not 0, `m per s` not `s per m`.
_WORDS = frozenset(
    """
    and or to is if for of no not yes all the per over by than then vs with from into onto each any both none
    are was has had can who how why when what this that but one two four five six nine ten zero even odd half
    up down left out off red blue pink gray true day week year hour men boy girl cat dog win lose tie area
    base side mean mode sum more less most only also same day odds east west
    """.split()
)
# What shows at once that a text is no expression; all that follows would find it out, later.
_PROSE = re.compile(r"(?<![A-Za-z\\])(?:the|is|are|of|and|that)(?![A-Za-z])|[、。，；：]|[一-鿿]{3}")
# A derivative is no quotient: of dy/dx nothing can be cancelled.
_VARIABLE = r"(?:\\[A-Za-z]+|[A-Za-z])(?:_(?:\{[^{}]*\}|\w))?"
_TIMES = r"(?:\s*\^\s*(?:\{\s*\d+\s*\}|\d))?"
_DERIVATIVE = re.compile(
    rf"\\frac\s*\{{\s*(?P<d>d|\\partial){_TIMES}\s*{_VARIABLE}\s*\}}\s*\{{\s*(?P=d)\s*{_VARIABLE}{_TIMES}\s*"
    rf"(?:(?P=d)\s*{_VARIABLE}{_TIMES}\s*)?\}}"
    rf"|(?<![A-Za-z\\])(?P<e>d|\\partial){_TIMES}\s*{_VARIABLE}\s*/"
    rf"\s*(?P=e)\s*{_VARIABLE}(?![A-Za-z]){_TIMES}"
)
_OPERATOR = re.compile(
    rf"\\frac\s*\{{\s*(?:d|\\partial){_TIMES}\s*\}}|(?<![A-Za-z\\])d\s*/\s*d[a-z](?![A-Za-z])"
)
_DIFFERENTIAL = re.compile(r"d[r-z]")
# A day of a year, which no arithmetic is: 2020-03-04.
_DATE = re.compile(r"\d{4}([-/])\d{1,2}\1\d{1,2}|\d{1,2}([-/])\d{1,2}\2\d{4}")
# 1.(3) repeats its last digit, and 2.5(4) may or may not; as a product nobody writes it.
_REPEATING = re.compile(r"\d\.\d*\s*\(\s*\d+\s*\)")
# Letters one after another, or joined by hyphens, are a sequence (R L L), an order or a code.
_CYCLE = re.compile(r"\(\s*([A-Za-z]+(?:\s+[A-Za-z]+)+)\s*\)")
_SEQUENCE = re.compile(r"[A-Z]+(?:\s*-\s*[A-Z]+)+")
# Of letters alone these are units far more often than products.
_UNITS = frozenset("mm cm dm km mg kg mL ml cL cl ms Hz kHz Pa kPa kJ kW mA ft min".split())
_TOKEN = re.compile(
    r"""\s* (?:
        (?P<number> (?: \d+ (?:\.\d*)? | \.\d+ ) (?:[eE][-+]\d+)? )
        | (?P<command> \\[A-Za-z]+ )
        | (?P<name> [A-Za-z]+ )
        | \x01(?P<derivative> [^\x01]* )\x01
        | (?P<sign> [-+*/^()\[\]{}|!,_'] )
    )""",
    re.VERBOSE,
)


# Of a logarithm `\log x`: to the base 10, 2 or e, as the book has it. Programs that write log(x) mean e.
ANY_BASE = "any base"


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
    if len(text) > MOST_CHARS or _PROSE.search(text):
        raise NotUnderstoodError
    text = _UNSEEN.sub(" ", _UPRIGHT_D.sub("d", text.translate(_SAME)))
    for pattern, plain in _SPELLED:
        text = pattern.sub(plain, text)
    text = _DERIVATIVE.sub(_as_one, text).strip()
    if _DATE.fullmatch(text) or _REPEATING.search(text) or _OPERATOR.search(text) or _is_sequence(text):
        raise NotUnderstoodError
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
    if len(tokens) > MOST_TOKENS:
        raise NotUnderstoodError
    return tokens


def _as_one(found: re.Match[str]) -> str:
    """A derivative as a letter of its own, by the text it has."""
    return " \x01" + re.sub(r"\\frac|[\s{}]", "", found[0].replace("}{", "/").replace("} {", "/")) + "\x01 "


def _is_sequence(text: str) -> bool:
    """Whether nothing but words and letters stand there, none of them a function, Greek or a constant."""
    words = _CYCLE.sub(r"\1", text).split()
    if len(words) > 1 and all(map(str.isalpha, words)):
        return not any(
            word in known for word in words for known in (FUNCTIONS, ALIASES, GREEK, {"pi", "mod"})
        )
    return _SEQUENCE.fullmatch(text) is not None and len(text) > len("A-B")


def _names(letters: str) -> list[tuple[str, str]]:
    """Letters in a row: a function, a Greek letter or a constant, or else a product of letters."""
    if letters == "mod":
        return [("sign", letters)]
    if letters.lower() in _WORDS or letters in _UNITS:
        raise NotUnderstoodError
    if _DIFFERENTIAL.fullmatch(letters):
        return [("derivative", letters)]
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
_PRODUCTS = {"*": "multiply", "/": "divide", "mod": "mod"}
_ROUNDED = {r"\lfloor": (r"\rfloor", "floor"), r"\lceil": (r"\rceil", "ceil")}
# Functions where a bracket follows; other letters are where a single value stands in it: P(2), y(0).
_APPLIED = frozenset("f g h F G H Gamma".split())
_CHANGES = frozenset({"Delta", "delta"})  # before a letter: how much that changes, and no factor
_NO_OPERANDS = frozenset({r"\circ", r"\%", r"\rfloor", r"\rceil"})
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
            if self._is(*_PRODUCTS):
                kind = _PRODUCTS[self._take()[1]]
                node = Node(kind, parts=(node, self._signed(self._power)))
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
        return kind in ("number", "name", "command", "derivative") and text not in _NO_OPERANDS

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
        if kind == "derivative":
            return Node("variable", text)
        if text in _ROUNDED:
            return self._rounded(*_ROUNDED[text])
        if kind == "command":
            return self._command(text[1:])
        if text in _OPEN:
            plain = text != "[" or self._has_inner_brackets()
            node = self._sum()
            self._take(_OPEN[text])
            return node if plain or _is_integer(node) else Node("bracket", parts=(node,))
        if text == "|":
            return self._absolute()
        raise NotUnderstoodError

    def _absolute(self) -> Node:
        self._bars += 1
        node = self._sum()
        self._take("|")
        self._bars -= 1
        return Node("abs", parts=(node,))

    def _has_inner_brackets(self) -> bool:
        """Whether others are inside of square ones or braces; else these may round down, or be a list."""
        inner = self._tokens[self._at :]
        closing = next((at for at, token in enumerate(inner) if token == ("sign", "]")), 0)
        return ("sign", "(") in inner[:closing] or ("sign", "[") in inner[:closing]

    def _rounded(self, closing: str, kind: str) -> Node:
        node = self._sum()
        if self._next[1] != closing:
            raise NotUnderstoodError
        self._take()
        return Node(kind, parts=(node,))

    def _named(self, name: str) -> Node:
        if name in FUNCTIONS:
            return self._function(name)
        if name in CONSTANTS and not self._is("_"):
            return Node("constant", CONSTANTS[name])
        if name in _CHANGES and self._next[0] == "name" and len(self._next[1]) == 1:
            return Node("variable", f"{name} {self._take()[1]}{self._subscript()}")
        subscript = self._subscript()
        primes = self._primes()
        if name == "C" and (chosen := self._chosen(subscript)) is not None:
            return chosen
        if self._is("(", "[") and (primes or name in _APPLIED or self._is_of_values()):
            if primes:
                raise NotUnderstoodError
            return Node("apply", name + subscript, self._arguments())
        return Node("variable", name + subscript + primes)

    def _primes(self) -> str:
        found = ""
        while self._is("'"):
            found += self._take()[1]
        return found

    def _chosen(self, subscript: str) -> Node | None:
        """`C_5^2`, which is 5 over 2; `C_1^2` is the square of a constant."""
        above = subscript.removeprefix("_")
        power = self._tokens[self._at : self._at + 4]
        below = [text for _, text in power[1:] if text not in "{}"][:1]
        if power[:1] != [("sign", "^")] or not below or not above.isdigit() or not below[0].isdigit():
            return None
        if int(above) < LEAST_CHOSEN_FROM or int(below[0]) > int(above):
            return None
        self._take()
        return Node("binom", parts=(Node("number", above), self._exponent()))

    def _is_of_values(self) -> bool:
        """Whether nothing but single values stand in the bracket that is next: then it may be a function."""
        at = self._at + 1
        while True:
            at += self._tokens[at : at + 1] == [("sign", "-")]
            if self._tokens[at : at + 1] == [] or self._tokens[at][0] not in ("number", "name", "command"):
                return False
            after = self._tokens[at + 1 : at + 2]
            if after != [("sign", ",")]:
                return after in ([("sign", ")")], [("sign", "]")])
            at += 2

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
        if name == "int":
            return self._integral()
        if name == "sqrt":
            degree = None
            if self._is("["):
                self._take()
                degree = self._sum()
                self._take("]")
            node = self._argument()
            return Node("sqrt", parts=(node,)) if degree is None else Node("root", parts=(node, degree))
        if name == "log":
            return self._function(name, marked=True)
        known = ALIASES.get(name, name)
        if known in FUNCTIONS or known in CONSTANTS or known in GREEK:
            return self._named(known)
        raise NotUnderstoodError

    def _integral(self) -> Node:
        r"""`\int x \cos x\, dx`: what is before the differential."""
        if self._is("_", "^"):
            raise NotUnderstoodError
        node = self._product()
        if node.kind != "multiply" or not _DIFFERENTIAL.fullmatch(node.parts[1].text):
            raise NotUnderstoodError
        return Node("Integral", parts=(node.parts[0], Node("variable", node.parts[1].text[1:])))

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

    def _function(self, name: str, *, marked: bool = False) -> Node:
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
        node = Node(name, ANY_BASE if marked and base is None else "", arguments)
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
        while self._begins_operand() and not self._is(*_OPEN) and not self._ends_argument():
            node = self._implied(node)
        if self._is("/"):
            raise NotUnderstoodError
        return node

    def _ends_argument(self) -> bool:
        """Whether a function is next, or the differential of an integral."""
        kind, name = self._next[0], self._next[1].lstrip("\\")
        return kind == "derivative" or ALIASES.get(name, name) in FUNCTIONS


def _is_integer(node: Node) -> bool:
    """Whether a whole number is written there, of which it is no matter what brackets around it mean."""
    return node.text.isdecimal() or (node.kind == "negative" and node.parts[0].text.isdecimal())


def _is_minus_one(node: Node) -> bool:
    return node == Node("negative", parts=(Node("number", "1"),))
