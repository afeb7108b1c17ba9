"""Where a proof may end: both sides are the same text, or expressions with the same values."""

import re
from functools import lru_cache

from tinyv_cli.maths.domains import ANYWHERE, Domain, domain_of
from tinyv_cli.maths.equality import UNKNOWN, Comparison, Outcome, compare
from tinyv_cli.maths.plain import normalised, plain
from tinyv_cli.maths.reading import Node, read
from tinyv_cli.maths.rows import in_a_row
from tinyv_cli.maths.signs import NO_PRODUCT
from tinyv_cli.maths.values import exponent, rational
from tinyv_cli.records import Step

Letters = re.Pattern[str]  # by which it is known that a name is one of them

# The leaf of numbers that are one number in two forms.
EXACTLY_THE_SAME = "4.2"

_NO_PRODUCT = re.compile(NO_PRODUCT)
_TRANSCENDENTAL = re.compile(r"(?:arc)?(?:sin|cos|tan|cot|sec|csc)h?|ln|log|lg|exp")
_EXPONENTS = frozenset({"sqrt", "root", "broken power", "negative power"})
_ALGEBRAIC = frozenset("number variable constant add subtract multiply divide negative power".split())
# What dropping space and folding characters would lose: 2 1/2 is not 21/2, 2⁵ not 25, 0.3... not 0.3.
_LOST = re.compile(r"\d(?=(?:\s|\\[,;:! ]|~)+\d)|[⁰¹²³⁴-⁹⁻½¼¾⅐-⅞①-⑳]|\.\.+|…|\A\s*~")


def ending(
    gold: str, answer: str, *, question: str = "", form_asked: bool = False, ordered: Letters | None = None
) -> tuple[Step, ...] | None:
    """What there is to say of two sides that are the same as they stand; None where that is not shown.

    Where the question asks for a form, values show nothing of what has variables. What it says of the letters
    holds: for x < 5, |x - 5| is 5 - x. Of products of `ordered` letters values say nothing either.
    """
    if same_text(gold, answer):
        return ()
    first, second = read(gold), read(answer)
    if first is None or second is None:
        return None
    letters = first.variables() | second.variables()
    if form_asked and letters:
        return None
    nodes = (*first.walk(), *second.walk())
    if first != second and any(map(_is_nothing_of, (first, second))):
        return None
    if (
        first != second
        and _COMPLEX.search(question)
        and letters
        and any(node.kind == "abs" for node in nodes)
    ):
        return None  # what holds of real numbers need not hold of these
    if ordered and first != second and any(_is_product(node, ordered) for node in nodes):
        return None
    domain = domain_of(question) if letters else ANYWHERE
    found = compared(gold, answer, domain)
    return (_step(first, second, domain, found),) if found.outcome is Outcome.SAME else None


_OF_MATRICES = re.compile(
    r"matri(?:x|ces)|\boperators?\b|linear (?:map|transformation)|quaternion|permutation", re.I
)
_OF_VECTORS = re.compile(r"\\(?:vec|mathbf|boldsymbol|bm|hat|overrightarrow)(?![A-Za-z])")
_CROSS = re.compile(r"\\times(?![A-Za-z])|×")


_DOT = re.compile(r"\\cdot(?![A-Za-z])|[·⋅]")
_VECTOR = re.compile(rf"{_OF_VECTORS.pattern}|\\nabla|∇")


def is_another_product(question: str, gold: str, answer: str) -> bool:
    """Whether of vectors one side has a cross, the other a dot between them."""
    crossed = _CROSS.search(gold), _CROSS.search(answer)
    dotted = _DOT.search(gold), _DOT.search(answer)
    if not ((crossed[0] and dotted[1]) or (crossed[1] and dotted[0])) or (crossed[0] and crossed[1]):
        return False
    return bool(_VECTOR.search(gold + answer) or re.search("vector", question, re.IGNORECASE))


_OF_SETS = re.compile(r"\bsets?\b|cartesian|\blogical\b", re.IGNORECASE)
_PRODUCT_OF_SETS = re.compile(r"[A-Z]\s*(?:\\times|×)\s*[A-Z]")
_ANY, _CAPITAL = re.compile(""), re.compile("[A-Z]")


def ordered_letters(question: str, gold: str, answer: str) -> Letters | None:
    """Which letters may stand for matrices or vectors, whose products are others in another order."""
    if any(_CROSS.search(side) and _OF_VECTORS.search(side) for side in (gold, answer)):
        return _ANY
    if _OF_SETS.search(question) and any(map(_PRODUCT_OF_SETS.search, (gold, answer))):
        return _CAPITAL
    return _CAPITAL if _OF_MATRICES.search(question) else None


_COMPLEX = re.compile(
    r"\bcomplex\b|\bimaginary\b|\\mathbb\s*\{?C|复数|\\overline\s*\{?\s*[zw]", re.IGNORECASE
)


def _is_nothing_of(node: Node) -> bool:
    """Whether all of it is 0 times a letter, which may be a unit: 0 °C is not 0 K."""
    if node.kind != "multiply" or not node.parts[1].variables():
        return False
    return any(node.parts[0] == nothing for nothing in _NOTHING)


_ZERO = Node("number", "0")
_NOTHING = (_ZERO, Node("multiply", parts=(_ZERO, Node("constant", "degree"))))


def _is_product(node: Node, letters: Letters) -> bool:
    """Whether it is a product of two parts, or a power of several, that have such letters."""
    if node.kind == "power":
        return node.parts[0].kind != "variable" and _has(node.parts[0], letters)
    return node.kind in ("multiply", "divide") and all(_has(part, letters) for part in node.parts)


def _has(node: Node, letters: Letters) -> bool:
    return any(map(letters.match, node.variables()))


def same(gold: str, answer: str) -> bool:
    """Whether both are the same as they stand: to the letter but for spacing, or in value."""
    return same_text(gold, answer) or same_values(gold, answer)


def same_text(gold: str, answer: str) -> bool:
    """Spacing, delimiters of formulas and sizes of brackets say nothing."""
    return normalised(gold) == normalised(answer) != "" and _LOST.findall(gold) == _LOST.findall(answer)


def same_values(gold: str, answer: str) -> bool:
    """Whether both are shown to be expressions with the same values."""
    return compared(gold, answer).outcome is Outcome.SAME


@lru_cache(maxsize=1024)  # the search comes to a pair again with more steps left
def compared(gold: str, answer: str, domain: Domain = ANYWHERE) -> Comparison:
    """Both as expressions, over all values that their letters have; unknown where either is none."""
    # Letters alone are words, names of points, or choices; as products CAD and DAC would be the same.
    if in_a_row(gold, answer) or _NO_PRODUCT.search(gold) or _NO_PRODUCT.search(answer):
        return UNKNOWN
    first, second = read(gold), read(answer)
    return UNKNOWN if first is None or second is None else compare(first, second, domain)


def spelling_step(gold: str, answer: str) -> Step:
    """What to say of two sides that are the same text."""
    if gold == answer:
        return Step(None, "the same text")
    if "".join(gold.split()) == "".join(answer.split()):
        return Step("1.1", "the same text but for spacing")
    rewritten = set(plain(gold).rewritten) ^ set(plain(answer).rewritten)
    leaves = {leaf for leaf, _ in rewritten} & _SPELLINGS.keys()
    leaf = leaves.pop() if len(leaves) == 1 else "1.3"
    return Step(leaf, f"the same text but for {_SPELLINGS[leaf]}")


_SPELLINGS = {"1.1": "spacing", "1.2": "other signs for the same symbols", "1.3": "spacing and markup"}


def _step(gold: Node, answer: Node, domain: Domain, found: Comparison) -> Step:
    """The leaf to which expressions belong that have the same value, and how that was seen."""
    if gold == answer:
        return Step("1.3", "the same expression in other signs")
    if gold.variables() | answer.variables():
        return Step(leaf_of_algebra(gold, answer, domain), f"equal in value {found.basis}")
    if None not in (rational(gold), rational(answer)):
        return Step(EXACTLY_THE_SAME, "exactly the same number")
    leaf = leaf_of_algebra(gold, answer)
    return Step(EXACTLY_THE_SAME if leaf == "3.1" else leaf, f"the same number {found.basis}")


def leaf_of_algebra(gold: Node, answer: Node, domain: Domain = ANYWHERE) -> str:
    """The leaf of category 3 by the operations in which two expressions differ that mean the same."""
    gold, answer = _where_they_differ(gold, answer, domain)
    kinds = {_kind(node) for node in set(gold.walk()) ^ set(answer.walk())}
    if any(_TRANSCENDENTAL.fullmatch(kind) for kind in kinds):
        return "3.3"
    if kinds & _EXPONENTS:
        return "3.2"
    return "3.1" if kinds <= _ALGEBRAIC else "3.4"


def _where_they_differ(gold: Node, answer: Node, domain: Domain) -> tuple[Node, Node]:
    """The innermost parts that differ and have the same value: of √(2x+2) and √(2(x+1)) the radicands."""
    while gold.kind == answer.kind and len(gold.parts) == len(answer.parts):
        apart = [pair for pair in zip(gold.parts, answer.parts, strict=True) if pair[0] != pair[1]]
        if len(apart) != 1 or compare(*apart[0], domain).outcome is not Outcome.SAME:
            break
        gold, answer = apart[0]
    return gold, answer


def _kind(node: Node) -> str:
    """The operation; of powers it is said which are roots or quotients."""
    power = exponent(node)
    if power is None:
        return node.kind
    if power.denominator > 1:
        return "broken power"
    return "negative power" if power < 0 else "power"
