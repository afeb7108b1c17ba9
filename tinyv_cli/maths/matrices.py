"""Matrices and vectors: the entries of a table, in whatever brackets and signs it is written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tinyv_cli.maths.brackets import inside, split
from tinyv_cli.maths.forms import collection, outline
from tinyv_cli.maths.signs import MATRIX

_MATRIX = re.compile(
    rf"[\[(]?\s*\\begin\{{(?P<kind>{MATRIX})\}}\s*(?:\{{[lcr| ]*\}})?"
    r"(?P<body>.*)\\end\{(?P=kind)\}\s*[\])]?",
    re.DOTALL,
)
_TRANSPOSED = re.compile(r"\^\s*\{?\s*(?:T|\\top|\\intercal|\\mathrm\{T\})\s*\}?$")
_ROW_END, _CELL_END = re.compile(r"\\\\"), re.compile(r"&|\\\\")
_ANY_TABLE = re.compile(r"\\begin\s*\{\w+\}(.*)\\end", re.DOTALL)


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


def table_of(text: str) -> Table | None:
    """The matrix, or the vector in brackets, that the text is; None for anything else."""
    text = outline(text)
    transposed = _TRANSPOSED.search(text)
    if transposed:
        table = table_of(text[: transposed.start()])
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


def cells_in(text: str) -> tuple[str, ...]:
    """Whatever stands in the cells of a table somewhere in the text; none where there is no table."""
    found = _ANY_TABLE.search(text)
    return tuple(cell.strip() for cell in _CELL_END.split(found[1])) if found else ()
