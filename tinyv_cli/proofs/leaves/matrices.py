"""2.4: vectors and matrices, in whatever brackets they are written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tinyv_cli.maths.brackets import inside, split
from tinyv_cli.maths.forms import collection, outline
from tinyv_cli.proofs.leaves.plus_minus import PLUS_MINUS
from tinyv_cli.proofs.search import Prove, each_proved, together
from tinyv_cli.proofs.sides import Pair, Sides
from tinyv_cli.records import Proof

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
    if gold is None or answer is None or not _same_shape(gold, answer) or PLUS_MINUS.search(sides.gold):
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
        return _table_of(found["body"])
    several = collection(text)
    if several is None or several.brackets not in ("()", "[]", "⟨⟩"):
        return None
    if several.brackets == "[]" and all(element[0] == "[" for element in several.elements):
        return _rectangle(split(inside(element) or "", ",") or [] for element in several.elements)
    return Table((several.elements,), flat=True)


def _table_of(body: str) -> Table | None:
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


_LIKE_A_MATRIX = re.compile(
    r"\\begin\s*\{?(?:small|[pbBvV])?(?:matrix|array)\}?|\\langle|\\vec|\\overrightarrow|\bmatrix\(|\[\s*\["
    r"|\\(?:hat|mathbf|bm|boldsymbol)\s*\{?\s*\\?[ijk]|⟨|\^\{?(?:T|\\top)\}?\Z"
)
_UNIT_VECTORS = re.compile(r"(?<![A-Za-z\\_])i\b.*(?<![A-Za-z\\_])j\b")


def looks_like_vectors(pair: Pair) -> bool:
    r"""2.4: `\begin{pmatrix} 1 \\ 2 \end{pmatrix}` and `(1, 2)`, `i + 2j`."""
    gold, answer = ({*_LIKE_A_MATRIX.findall(side), *_UNIT_VECTORS.findall(side)} for side in pair.written)
    return gold != answer
