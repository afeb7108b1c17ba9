r"""Calls of functions as programs of algebra write them: `oo(-inf, 4)`, `sum(k^2, k, 1, n)`, `lg(27, 3)`.

Each is spelt out as people write it: an interval, a union, a sum term by term or in closed form, a logarithm
to its base. What is none of these calls stays as it is. The names are those of Maxima and its relatives.
"""

import re
from collections.abc import Callable
from fractions import Fraction

from flint import fmpq, fmpq_poly

from tinyv_cli.maths import exact
from tinyv_cli.maths.brackets import inside, split
from tinyv_cli.maths.reading import read

MOST_CALLS, MOST_TERMS, MOST_CHARS = 12, 12, 400
_LETTER = re.compile(r"[A-Za-z]")
_INTEGER = re.compile(r"-?\d{1,4}")

Spelt = Callable[[list[str]], str | None]


def _between(opening: str, closing: str) -> Spelt:
    return lambda ends: f"{opening}{ends[0]}, {ends[1]}{closing}" if len(ends) == 2 else None


def _joined(sign: str) -> Spelt:
    return lambda sets: f" {sign} ".join(map(_spelt_set, sets)) if sets else None


def _spelt_set(text: str) -> str:
    within = inside(text) if text[:1] == "{" else None
    return text if within is None else rf"\{{{within}\}}"


def _root(parts: list[str]) -> str | None:
    if not 1 <= len(parts) <= 2:
        return None
    return rf"\sqrt[{parts[1]}]{{{parts[0]}}}" if len(parts) == 2 else rf"\sqrt{{{parts[0]}}}"


def _logarithm(parts: list[str]) -> str | None:
    return rf"\log_{{{parts[1]}}}({parts[0]})" if len(parts) == 2 else None


def _term_by_term(sign: str) -> Callable[[str, str, int, int], str]:
    def terms(body: str, letter: str, low: int, high: int) -> str:
        index = re.compile(rf"(?<![A-Za-z\\]){letter}(?![A-Za-z])")
        return "(" + sign.join(f"({index.sub(f'({n})', body)})" for n in range(low, high + 1)) + ")"

    return terms


def _repeated(sign: str) -> Spelt:
    """A sum or a product, term by term where both ends are numbers; a sum to a letter in closed form."""
    terms = _term_by_term(sign)

    def spelt(parts: list[str]) -> str | None:
        if len(parts) != 4 or not _LETTER.fullmatch(parts[1]) or read(parts[0]) is None:
            return None
        body, letter, *ends = parts
        if all(map(_INTEGER.fullmatch, ends)):
            low, high = map(int, ends)
            return terms(body, letter, low, high) if low <= high < low + MOST_TERMS else None
        return _closed(body, letter, *ends) if sign == "+" else None

    return spelt


def _closed(body: str, letter: str, low: str, high: str) -> str | None:
    """The sum of a polynomial up to a letter: the polynomial that grows by its value from each to the next."""
    node = read(body)
    polynomial = exact.polynomial_along(node, letter, {}) if node and node.variables() <= {letter} else None
    if polynomial is None or read(low) is None or read(high) is None or letter in low + high:
        return None
    growing = _growing(polynomial)
    return f"({_at(growing, high)} - ({_at(growing, f'{low} - 1')}))"


def _growing(polynomial: fmpq_poly) -> fmpq_poly:
    """F with F(0) = 0 and F(k) - F(k-1) as given, by interpolation through as many sums as it has terms."""
    places, sums = [fmpq(0)], [fmpq(0)]
    for k in range(1, polynomial.degree() + 2):
        places.append(fmpq(k))
        sums.append(sums[-1] + polynomial(fmpq(k)))
    found = fmpq_poly([0])
    for here, value in zip(places, sums, strict=True):
        basis = fmpq_poly([1])
        for other in places:
            if other != here:
                basis *= fmpq_poly([-other, 1]) / (here - other)
        found += basis * value
    return found


def _at(polynomial: fmpq_poly, place: str) -> str:
    coefficients = (Fraction(int(each.p), int(each.q)) for each in polynomial.coeffs())
    return " + ".join(f"({each})*({place})^{power}" for power, each in enumerate(coefficients) if each) or "0"


_CALLS: dict[str, Spelt] = {
    "oo": _between("(", ")"),
    "oc": _between("(", "]"),
    "co": _between("[", ")"),
    "cc": _between("[", "]"),
    "union": _joined(r"\cup"),
    "intersection": _joined(r"\cap"),
    "root": _root,
    "lg": _logarithm,
    "sum": _repeated("+"),
    "product": _repeated("*"),
}
_CALL = re.compile(rf"(?<![A-Za-z\\])'?(?P<name>{'|'.join(_CALLS)})(?=\()")
_MINUS_INFINITY = re.compile(r"(?<![A-Za-z\\])minf(?=\s*[,<≤])|(?<=[>≥]) ?minf(?![A-Za-z])")


def spelt_out(text: str) -> str:
    """The text with every such call as people write it, the innermost first."""
    if len(text) > MOST_CHARS:
        return text
    if text.strip() == "all":
        return r"\mathbb{R}"
    text = _MINUS_INFINITY.sub(r"-\\infty", text)
    for _ in range(MOST_CALLS):
        found = _last_call(text)
        if found is None:
            break
        start, end, spelt = found
        text = text[:start] + spelt + text[end:]
    return text


def _last_call(text: str) -> tuple[int, int, str] | None:
    """Where the last call stands that can be spelt out, and what it is then; none stands in its brackets."""
    for call in reversed(list(_CALL.finditer(text))):
        end = _closing(text, call.end())
        parts = split(text[call.end() + 1 : end - 1], ",") if end else None
        spelt = _CALLS[call["name"]](parts) if parts else None
        if spelt is not None:
            return call.start(), end, spelt
    return None


def _closing(text: str, start: int) -> int:
    """Behind the bracket that closes the one that opens here; 0 where none does."""
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] in "([{") - (text[at] in ")]}")
        if depth == 0:
            return at + 1
    return 0
