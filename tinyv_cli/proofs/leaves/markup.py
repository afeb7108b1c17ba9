"""1.1, 1.2, 1.3 and 1.6: what is only for the eye, or was damaged on its way."""

import re

from tinyv_cli.maths.calls import spelt_out
from tinyv_cli.maths.plain import DAMAGED, MARKUP, SPACING, SYMBOLS, plain
from tinyv_cli.maths.reading import read
from tinyv_cli.proofs.search import Prove, after, rewritten
from tinyv_cli.proofs.sides import Pair, Sides, compact, halved
from tinyv_cli.records import Proof


def markup(sides: Sides, prove: Prove) -> Proof | None:
    r"""1.1, 1.2, 1.3, 1.6: `\dfrac`, `\text{}`, `**`, ∞ for `\infty`, a stop at the end: only for the eye."""
    gold, answer = sides.each(plain)
    if (gold.text, answer.text) == (sides.gold, sides.answer):
        return None
    proof = prove(gold.text, answer.text)
    if proof is None:
        return None
    changed = set(gold.rewritten) ^ set(answer.rewritten) or {*gold.rewritten, (SPACING, "spacing")}
    leaf = next(leaf for leaf in (DAMAGED, SYMBOLS, MARKUP, SPACING) if leaf in dict(changed))
    return after(leaf, f"the same but for {', '.join(sorted({name for _, name in changed}))}", proof)


def printed(sides: Sides, prove: Prove) -> Proof | None:
    r"""1.6: `\\frac{1}{2}` is `\frac{1}{2}` as a program prints it."""
    return rewritten("1.6", "backslashes as a program prints them", sides, prove, halved)


def calls(sides: Sides, prove: Prove) -> Proof | None:
    """3.4: `oo(1, 3)`, `sum(k^2, k, 1, 3)` and `lg(8, 2)` are calls of a program of algebra."""
    return rewritten("3.4", "calls of a program of algebra, spelt out", sides, prove, spelt_out)


def looks_like_spacing(pair: Pair) -> bool:
    """1.1: `f(x) = 2 x` and `f(x)=2x`."""
    gold, answer = (_SPACE.sub("", side) for side in pair.given)
    return pair.same(compact) and gold == answer


def looks_like_symbols(pair: Pair) -> bool:
    r"""1.2: `(3,+\infty)` and `(3,∞)`."""
    return pair.same(compact) and SYMBOLS in pair.rewritten


def looks_like_markup(pair: Pair) -> bool:
    r"""1.3: `\frac{32}{9}` and `\dfrac{32}{9}`, `x^{2}` and `x^2`, `\sqrt{2}` and `sqrt(2)`."""
    if pair.same(compact):
        return True
    return read(pair.gold) is not None and pair.same(read) and not pair.one(_SET.search)


def looks_like_damage(pair: Pair) -> bool:
    r"""1.6: `60^\textcirc 42'` and `60^\circ 42'`: a command that was spoilt on its way."""
    return pair.same(compact) and DAMAGED in pair.rewritten


_SET = re.compile(r"\\\{")
_SPACE = re.compile(r"\s|(?<!\\)\\[,;:! ]|~|\\q?quad(?![A-Za-z])")
_LEFT_OVER = re.compile(
    r"(?:\\(?:begin|end|box|fbox|hbox|text|math|hline|large|bf|rm)[A-Za-z]*|[{}()\[\]|$\\&~\"'.,;:#`*])+"
)


def looks_like_leftovers(pair: Pair) -> bool:
    r"""1.6: `\beginboxed{8}` and `8`: the one, and what is left of a command or of brackets around it."""
    longer, shorter = sorted(pair.each(compact), key=len, reverse=True)
    before, found, after = longer.partition(shorter)
    return bool(found and _LEFT_OVER.fullmatch(before + after))
