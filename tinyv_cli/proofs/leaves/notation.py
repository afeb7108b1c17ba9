"""Category 2 of the taxonomy, notation: the same thing in other signs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from tinyv_cli.maths.brackets import inside, split
from tinyv_cli.maths.forms import collection, number, outline, shown, unwrapped
from tinyv_cli.maths.questions import (
    is_discrete,
    speaks_of_errors,
    wants_a_ratio,
    wants_a_tuple,
    wants_it_reduced,
    wants_one_set,
)
from tinyv_cli.maths.reading import read
from tinyv_cli.maths.realsets import End, RealSet, in_one_spelling, may_be_a_set, real_set
from tinyv_cli.proofs.leaves.sets import BARE, SET, matched
from tinyv_cli.proofs.search import Prove, Sides, after, each_proved, first_leaf, rewritten, together
from tinyv_cli.records import Proof


def interval(sides: Sides, prove: Prove) -> Proof | None:
    """2.1: an inequality, an interval, a set by its condition or a union, whose ends are the same."""
    if not sides.either(may_be_a_set):
        return None
    gold, answer = sides.each(real_set)
    if gold is None or answer is None or not _may_be_the_same(sides.question, gold, answer):
        return None
    parts = each_proved(partial(_same_end, prove), gold.ends, answer.ends)
    if not parts:
        return None
    leaf = _leaf_within_a_notation(sides, parts) or "2.1"
    proof = together(leaf, f"both are the set {answer}", parts)
    return proof and replace(proof, gold=str(gold), answer=str(answer))


_RELATION = re.compile("[<>≤≥≠]")
_BRACKETED = re.compile(r"[\[(][^\[\]()]*[,;][^\[\]()]*[\])]")
_OF_SETS = re.compile(r"\\\{|[∪∈∖ℝ|:]")


def _leaf_within_a_notation(sides: Sides, parts: Sequence[Proof]) -> str | None:
    """What differs where both are conditions, or both intervals; None where the notation does."""
    gold, answer = ("".join(text.split()) for text in sides.each(in_one_spelling))
    both_conditions = _is_condition(gold) and _is_condition(answer)
    if not both_conditions and not (_are_intervals(gold) and _are_intervals(answer)):
        return None
    if gold == answer:
        return "1.2"
    if both_conditions and _RELATION.findall(gold) != _RELATION.findall(answer):
        return "3.4"
    if sorted(gold.split("∪")) == sorted(answer.split("∪")):
        return "6.1"
    return first_leaf(parts)


def _is_condition(text: str) -> bool:
    return bool(_RELATION.search(text)) and not _OF_SETS.search(text) and not _BRACKETED.search(text)


def _are_intervals(text: str) -> bool:
    return all(map(_BRACKETED.fullmatch, text.split("∪")))


def _may_be_the_same(question: str, gold: RealSet, answer: RealSet) -> bool:
    """As many intervals, of one unknown; none that may be a pair, or stand for the whole numbers in it."""
    if len(gold.intervals) != len(answer.intervals) or (
        gold.name and answer.name and gold.name != answer.name
    ):
        return False
    if gold.is_bounded and wants_a_tuple(question):
        return False
    may_be_whole = gold.name and not answer.name and gold.has_whole_ends
    return not (may_be_whole and is_discrete(question))


def _same_end(prove: Prove, gold: End, answer: End) -> Proof | None:
    if gold.closed != answer.closed:
        return None
    if "∞" in gold.text or "∞" in answer.text:
        return Proof((), gold.text, answer.text) if gold.value == answer.value else None
    return prove(gold.text, answer.text)


_TO = re.compile(r"\s+(?:is\s+)?to\s+")
_COLON = re.compile(r"\\(?:colon|ratio)(?![A-Za-z])|∶")


def ratio(sides: Sides, prove: Prove) -> Proof | None:
    """2.2: where a ratio is asked for, `2:1` is `2 to 1`, `2/1` and, unless it is to be reduced, `4:2`."""
    if not wants_a_ratio(sides.question):
        return None
    gold, answer = sides.each(_ratio)
    if gold and answer:
        return _same_ratio(sides.question, gold, answer, prove)
    terms, other = (gold, sides.answer) if gold else (answer, sides.gold)
    if terms is None or len(terms) != 2:
        return None
    if wants_it_reduced(sides.question) and not _is_fraction(other, terms):
        return None
    quotient = "({})/({})".format(*terms)
    rest = prove(quotient, other) if gold else prove(other, quotient)
    return after("2.2", f"the ratio {':'.join(terms)} as a quotient", rest)


def _same_ratio(question: str, gold: list[str], answer: list[str], prove: Prove) -> Proof | None:
    """Term by term, or up to a factor that all terms share."""
    if len(gold) != len(answer) or _letters(gold) != _letters(answer):
        return None
    by_term = together("2.2", f"both are the ratio {':'.join(answer)}", each_proved(prove, gold, answer))
    if by_term or wants_it_reduced(question):
        return by_term
    quotients = ([f"({terms[0]})/({term})" for term in terms[1:]] for terms in (gold, answer))
    sentence = f"{':'.join(gold)} and {':'.join(answer)} are the same ratio"
    return together("2.2", sentence, each_proved(prove, *quotients))


@lru_cache(maxsize=1024)
def _ratio(text: str) -> list[str] | None:
    """The terms of a ratio, each of them an expression."""
    if ":" not in text and "to" not in text and _COLON.search(text) is None:
        return None
    terms = split(_COLON.sub(":", _TO.sub(":", unwrapped(text))), ":")
    if terms is None or not 2 <= len(terms) <= 5 or None in map(read, terms):
        return None
    return terms


def _letters(terms: Sequence[str]) -> set[str]:
    """The variables of all terms; what would be one may be a unit, of which a ratio has none."""
    return {name for term in terms if (node := read(term)) for name in node.variables()}


def _is_fraction(text: str, terms: Sequence[str]) -> bool:
    """Whether it is a fraction of just these terms."""
    node = read(text)
    return node is not None and node.kind == "divide" and node.parts == tuple(map(read, terms))


_PLUS_MINUS = re.compile(r"\\pm(?![A-Za-z])|±")


def plus_minus(sides: Sides, prove: Prove) -> Proof | None:
    """2.3: `1 ± √19` is the two values, in whatever order."""
    if not sides.either(_PLUS_MINUS.search):
        return None
    gold, answer = sides.each(_expanded)
    if gold is None or answer is None or speaks_of_errors(sides.question):
        return None
    said = f"± written out, in whatever order: {shown(answer)}"
    parts = matched(gold, answer, prove)
    leaf = "2.3"
    if parts and all(sides.each(_PLUS_MINUS.search)):  # so that this is no difference
        leaf = first_leaf(parts) or leaf
    return together(leaf, said, parts)


def _expanded(text: str) -> list[str] | None:
    """The values, two for each element with one ±; None for brackets in which order matters."""
    several = collection(text)
    if several is not None and several.brackets not in (SET, BARE):
        return None
    whole = outline(text)
    values: list[str] = []
    for element in several.elements if several else (inside(whole) if whole[:1] == "{" else whole,):
        times = len(_PLUS_MINUS.findall(element or ""))
        if not element or times > 1 or "mp" in element or "∓" in element:
            return None
        values += [_PLUS_MINUS.sub(sign, element) for sign in "+-"] if times else [element]
    return values


_MATRIX = re.compile(
    r"[\[(]?\s*\\begin\{(?P<kind>[pbB]?matrix|smallmatrix|array)\}\s*(?:\{[lcr| ]*\})?"
    r"(?P<body>.*)\\end\{(?P=kind)\}\s*[\])]?",
    re.DOTALL,
)
_TRANSPOSED = re.compile(r"\^\s*\{?\s*(?:T|\\top|\\intercal|\\mathrm\{T\})\s*\}?$")
_ROW_END = re.compile(r"\\\\")
_HINT = re.compile(r"\\begin|\[\s*\[|⟨|\\langle|[\])}]\s*\^")


@dataclass(frozen=True, slots=True)
class Table:
    """The entries of a matrix, row by row; a vector that is no matrix is one row, and `flat`."""

    rows: tuple[tuple[str, ...], ...]
    flat: bool

    @property
    def entries(self) -> list[str]:
        """All of them, row by row."""
        return [entry for row in self.rows for entry in row]

    @property
    def is_vector(self) -> bool:
        """Whether it is one row or one column."""
        return len(self.rows) == 1 or len(self.rows[0]) == 1


def matrix(sides: Sides, prove: Prove) -> Proof | None:
    """2.4: a column is the vector in brackets; a matrix is its rows, however they are written."""
    if not sides.either(_HINT.search):
        return None
    gold, answer = sides.each(_table)
    if gold is None or answer is None or not _same_shape(gold, answer) or _PLUS_MINUS.search(sides.gold):
        return None
    said = f"the same {'vector' if gold.is_vector else 'matrix'}, entry by entry"
    return together("2.4", said, each_proved(prove, gold.entries, answer.entries))


def _same_shape(gold: Table, answer: Table) -> bool:
    """As many rows and columns; but a flat vector may be written as a row or as a column."""
    if gold.flat or answer.flat:
        return gold.is_vector and answer.is_vector and len(gold.entries) == len(answer.entries)
    return [*map(len, gold.rows)] == [*map(len, answer.rows)]


def _table(text: str) -> Table | None:
    text = outline(text)
    transposed = _TRANSPOSED.search(text)
    if transposed:
        table = _table(text[: transposed.start()])
        return table and Table(tuple(zip(*table.rows, strict=True)), flat=False)
    found = _MATRIX.fullmatch(text)
    if found:
        return _written_out(found["body"])
    several = collection(text)
    if several is None or several.brackets not in ("()", "[]", "⟨⟩"):
        return None
    if several.brackets == "[]" and all(element[0] == "[" for element in several.elements):
        return _rectangle(split(inside(element) or "", ",") or [] for element in several.elements)
    return Table((several.elements,), flat=True)


def _written_out(body: str) -> Table | None:
    if r"\begin" in body:
        return None
    rows = [row.split("&") for row in _ROW_END.split(body)]
    return _rectangle([cell.strip() for cell in row] for row in rows if any(map(str.strip, row)))


def _rectangle(rows: Iterable[list[str]]) -> Table | None:
    """As many entries in each row, none of them empty."""
    table = tuple(map(tuple, rows))
    if not table or len({len(row) for row in table}) != 1 or not all(all(row) for row in table):
        return None
    return Table(table, flat=False)


_COMMA = re.compile(r"(?P<whole>[-+]?\d+)(?:,|\{,\})(?P<rest>\d{1,2}|\d{4,})")
_MAY_BE_COMMA = re.compile(r"\d(?:,|\{,\})\d")
_POINT = re.compile(r"[-+]?\d+\.\d+")


def decimal_comma(sides: Sides, prove: Prove) -> Proof | None:
    """2.5: `3,14` is 3.14, where the other side is such a number and so no list of two."""
    if not sides.either(_MAY_BE_COMMA.search):
        return None
    gold, answer = sides.each(outline)
    if (found := _COMMA.fullmatch(answer)) and number(gold) is not None:
        rest = prove(gold, f"{found['whole']}.{found['rest']}")
    elif (found := _COMMA.fullmatch(gold)) and _POINT.fullmatch(answer) and not wants_one_set(sides.question):
        rest = prove(f"{found['whole']}.{found['rest']}", answer)
    else:
        return None
    return after("2.5", f"the comma in {found[0]} as a decimal point", rest)


# A thin space or a comma in braces only groups digits; a bare comma does so where nothing else is listed.
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:(?:\{,\}|,?\\[,!:; ]|,\\!|'|[\u00a0\u2009\u202f])\d{3})+(?!\d)")
_GROUPED_WHOLE = re.compile(
    r"(?P<sign>[-+]?\s*\\?\$?\s*)(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(?P<tail>[^\d,;][^,;]*)?"
)
_MAY_BE_GROUPED = re.compile(r"\d(?:[ ,'\u00a0\u2009\u202f]|\{,\}|,?\\.)\d{3}(?!\d)")
_MARKS = re.compile(r"\\[,!:; ]|\D")


def grouped_digits(sides: Sides, prove: Prove) -> Proof | None:
    """2.5: `1,234` and `1 234` are 1234."""
    if not sides.either(_MAY_BE_GROUPED.search):
        return None
    return rewritten("2.5", "digits no longer in groups of three", sides, prove, _without_groups)


def _without_groups(text: str) -> str:
    text = _GROUPED.sub(lambda found: _MARKS.sub("", found[0]), text)
    whole = _GROUPED_WHOLE.fullmatch(text.strip().removeprefix("$").removesuffix("$"))
    if whole is None:
        return text
    return f"{whole['sign']}{_MARKS.sub('', whole['digits'])}{whole['tail'] or ''}"
