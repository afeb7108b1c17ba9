r"""Statements of logic in signs or words, `p \land \neg q`, `p and not q`, compared by their truth tables."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

MOST_LETTERS, MOST_CHARS = 6, 120
NOT, AND, OR, XOR, IF, IFF = "¬", "∧", "∨", "⊕", "→", "↔"
TRUE, FALSE = "⊤", "⊥"
_SPELLED = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        (r"\\(?:left|right|[,;:! ]|quad|text|mathrm)(?![A-Za-z])|[{}$]", " "),
        (
            r"\bif and only if\b|\biff\b|\\iff\b|\\(?:left|Left|long|Longleft)rightarrow\b|\\equiv\b"
            r"|<=?->?|⇔|⟺|<=>",
            IFF,
        ),
        (r"\\leftrightarrow(?![a-z])|\\Leftrightarrow(?![a-z])", IFF),
        (
            r"\bimplies\b|\\implies\b|\\(?:long)?rightarrow\b|\\(?:Long)?[rR]ightarrow\b|\\to\b|[⇒⟹⊃]|=>|->|\\supset\b",
            IF,
        ),
        (r"\\(?:neg|lnot|sim)(?![A-Za-z])|[~!]|\bnot\b|\bNOT\b", NOT),
        (r"\\(?:land|wedge)(?![A-Za-z])|&&?|\band\b|\bAND\b|\\cap(?![A-Za-z])", AND),
        (r"\\(?:lor|vee)(?![A-Za-z])|\|\|?|\bor\b|\bOR\b", OR),
        (r"\\oplus(?![A-Za-z])|\bxor\b|\bXOR\b|⊻", XOR),
        (r"\\odot(?![A-Za-z])|\bxnor\b|\bXNOR\b", IFF),
        (r"\\top(?![A-Za-z])|\btrue\b", TRUE),
        (r"\\bot(?![A-Za-z])|\bfalse\b", FALSE),
    )
)
# Signs, not words alone: `A and B` may be two answers.
_SIGN = re.compile(
    r"\\(?:neg|lnot|land|lor|wedge|vee|implies|iff|oplus|(?:long|Long)?(?:left)?[rR]ightarrow|leftrightarrow|Leftrightarrow|to)(?![A-Za-z])"
    r"|[¬∧∨→⇒⇔↔⊕]|\b(?:not|implies|xnor|xor|iff)\b|\b(?:and|or) ?\((?=[A-Za-z] )|(?<= [A-Za-z])\) ?(?:and|or)\b|if and only if|=>|->"
)
_TOKEN = re.compile(rf"\s*([A-Za-z]|[()\[\]{TRUE}{FALSE}{NOT}{AND}{OR}{XOR}{IF}{IFF}])")
_IF_THEN = re.compile(r"\bif\b(?! and only)(.+?),?\s*\bthen\b(.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """An operation on statements, or a letter."""

    sign: str
    parts: tuple["Statement", ...] = ()

    def letters(self) -> frozenset[str]:
        """Those that it is about."""
        if not self.parts:
            return frozenset({self.sign}) - {TRUE, FALSE}
        return frozenset().union(*(part.letters() for part in self.parts))

    def holds(self, where: dict[str, bool]) -> bool:
        """Whether it is true where its letters are so."""
        if not self.parts:
            return self.sign == TRUE or where.get(self.sign, False)
        values = [part.holds(where) for part in self.parts]
        return {
            NOT: lambda: not values[0],
            AND: lambda: values[0] and values[1],
            OR: lambda: values[0] or values[1],
            XOR: lambda: values[0] != values[1],
            IF: lambda: not values[0] or values[1],
            IFF: lambda: values[0] == values[1],
        }[self.sign]()


def may_be_logic(text: str) -> bool:
    """Whether a sign of logic stands in it, or a word that is one."""
    return bool(_SIGN.search(text))


@lru_cache(maxsize=512)
def statement(text: str) -> Statement | None:
    """The statement that a text is; None for anything else."""
    if len(text) > MOST_CHARS:
        return None
    if found := _IF_THEN.fullmatch(text.strip(" .$")):
        text = f"({found[1]}) → ({found[2]})"
    for pattern, sign in _SPELLED:
        text = pattern.sub(f" {sign} ", text)
    tokens, at = [], 0
    text = text.strip(" .")
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None or (token[1].isalpha() and text[token.end() : token.end() + 1].isalpha()):
            return None
        tokens.append({"[": "(", "]": ")"}.get(token[1], token[1]))
        at = token.end()
    read, rest = _read(tokens, 0, 0)
    return read if read is not None and rest == len(tokens) else None


_LOOSEST = ((IFF,), (IF,), (OR, XOR), (AND,))


def _read(tokens: list[str], at: int, level: int) -> tuple[Statement | None, int]:
    """What binds at least as tightly as a level, from a place on; implications are read from the right."""
    if level == len(_LOOSEST):
        return _single(tokens, at)
    left, at = _read(tokens, at, level + 1)
    while left is not None and at < len(tokens) and tokens[at] in _LOOSEST[level]:
        sign = tokens[at]
        right, at = _read(tokens, at + 1, level if sign == IF else level + 1)
        left = Statement(sign, (left, right)) if right is not None else None
    return left, at


def _single(tokens: list[str], at: int) -> tuple[Statement | None, int]:
    if at >= len(tokens):
        return None, at
    if tokens[at] == NOT:
        inner, at = _single(tokens, at + 1)
        return (Statement(NOT, (inner,)) if inner is not None else None), at
    if tokens[at] == "(":
        inner, at = _read(tokens, at + 1, 0)
        closed = at < len(tokens) and tokens[at] == ")"
        return (inner, at + 1) if closed else (None, at)
    return (Statement(tokens[at]), at + 1) if tokens[at].isalpha() or tokens[at] in (TRUE, FALSE) else (None, at)


def same_table(first: Statement, second: Statement) -> bool:
    """Whether two are true for the same values of their letters; not known of many letters."""
    letters = sorted(first.letters() | second.letters())
    if len(letters) > MOST_LETTERS:
        return False
    rows = (dict(zip(letters, values, strict=True)) for values in product((True, False), repeat=len(letters)))
    return all(first.holds(row) == second.holds(row) for row in rows)


def same_form(first: Statement, second: Statement) -> bool:
    """Whether two differ only in the order of what `and` and `or` join."""
    return _form(first) == _form(second)


def _form(each: Statement) -> tuple[object, ...]:
    if not each.parts:
        return (each.sign,)
    parts = [_form(part) for part in each.parts]
    return (each.sign, *(sorted(parts, key=repr) if each.sign in (AND, OR, XOR, IFF) else parts))
