"""Matrices and vectors: the entries of a table, in whatever brackets and signs it is written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tinyv_cli.maths.brackets import inside, split
from tinyv_cli.maths.forms import collection, number, outline
from tinyv_cli.maths.signs import MATRIX

_MATRIX = re.compile(
    rf"[\[(]?\s*\\begin\{{(?P<kind>{MATRIX})\}}\s*(?:\{{[lcr| ]*\}})?"
    r"(?P<body>.*)\\end\{(?P=kind)\}\s*[\])]?",
    re.DOTALL,
)
_SCALED = re.compile(
    r"(?P<factor>[^A-Z&]{1,40}?)(?:\\cdot|\*)?\s*[\[(]?\s*\\begin\{(?P<kind>[pbB]matrix)\}"
    r"(?P<body>.*)\\end\{(?P=kind)\}\s*[\])]?",
    re.DOTALL,
)
_TERM = re.compile(r"[-+]?(?:[^-+(){}]|\([^()]*\)|\{(?:[^{}]|\{[^{}]*\})*\})+")
_TRANSPOSED = re.compile(r"\^\s*\{?\s*(?:T|\\top|\\intercal|\\mathrm\{T\})\s*\}?$")
# Rows as programs write them: [5 -7; -2 3].
_ROWS = re.compile(r"\[([^\[\],]*;[^\[\],]*)\]")
_POINTED = re.compile(r"<([^<>=]*,[^<>=]*)>")
_COLUMN = re.compile(r"\\[dt]?binom\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_DIAGONAL = re.compile(r"(?:\\(?:operatorname|mathrm|text)\s*\{\s*)?diag(?:\s*\})?\s*\(([^()]*)\)")
_IDENTITY = re.compile(
    r"(?P<factor>[^A-Za-z]*?)\s*\*?\s*(?:\\(?:mathbf|mathrm|mathbb|boldsymbol|bm)\s*)?\{?\s*I\s*\}?"
    r"(?:_\s*\{?\s*(?P<size>\d)\s*\}?)?"
)
_UNIT_VECTOR = re.compile(
    r"\\(?:hat|widehat|vec|mathbf|boldsymbol|bm|mathrm)\s*\{?\s*(?:\\(?:hat|mathbf|boldsymbol|bm)\s*\{?\s*)?"
    r"\\?(?P<name>[ijk])(?:math)?(?![A-Za-z])\s*\}{0,2}|(?P<roof>[îĵ]|k̂)"
)
_PLACES = {"i": 0, "j": 1, "k": 2, "î": 0, "ĵ": 1, "k̂": 2}
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
    if transposed := _TRANSPOSED.search(text):
        table = table_of(text[: transposed.start()])
        return table and Table(tuple(zip(*table.rows, strict=True)), flat=False)
    if found := _MATRIX.fullmatch(text):
        return _written_out(found["body"])
    if found := _SCALED.fullmatch(text):
        return _scaled(found["factor"], _written_out(found["body"]))
    if found := _ROWS.fullmatch(text):
        rows = [row.split() for row in found[1].split(";")]
        if max(map(len, rows)) > 1:
            return _rectangle(rows)
    if found := _POINTED.fullmatch(text):
        text = f"⟨{found[1]}⟩"
    if found := _DIAGONAL.fullmatch(text):
        return _diagonal(split(found[1], ",") or [])
    several = collection(text)
    if several is None or several.brackets not in ("()", "[]", "⟨⟩"):
        return _by_unit_vectors(text)
    if several.brackets == "[]" and all(element[0] == "[" for element in several.elements):
        return _rectangle(split(inside(element) or "", ",") or [] for element in several.elements)
    return Table((several.elements,), flat=True)


def column_of(text: str) -> Table | None:
    r"""`\binom{1}{2}` as a column, which it is where vectors are written so."""
    found = _COLUMN.fullmatch(outline(text))
    return _rectangle([[found[1].strip()], [found[2].strip()]]) if found else None


def multiple_of_one(text: str, size: int) -> Table | None:
    """`-4I` as a matrix of so many rows; None for anything else."""
    found = _IDENTITY.fullmatch(outline(text))
    if found is None or int(found["size"] or size) != size:
        return None
    factor = found["factor"].strip().rstrip("*").strip()
    return _diagonal([{"": "1", "-": "-1"}.get(factor, factor)] * size)


def _diagonal(entries: list[str]) -> Table | None:
    size = len(entries)
    return _rectangle([entries[n] if m == n else "0" for m in range(size)] for n in range(size))


def _scaled(factor: str, table: Table | None) -> Table | None:
    """A number times a matrix."""
    factor = {"": "1", "-": "-1"}.get(factor.strip(), factor.strip())
    if table is None or number(factor) is None:
        return None
    return Table(tuple(tuple(f"({factor})({cell})" for cell in row) for row in table.rows), flat=False)


def _by_unit_vectors(text: str) -> Table | None:
    r"""`2\mathbf{i} - 3\mathbf{j}`; what is not there is 0."""
    if not _UNIT_VECTOR.search(text):
        return None
    found: dict[int, str] = {}
    for term in _TERM.findall(text.replace(" ", "")):
        units = list(_UNIT_VECTOR.finditer(term))
        place = _PLACES[units[0]["name"] or units[0]["roof"]] if len(units) == 1 else None
        if place is None or place in found:
            return None
        found[place] = _UNIT_VECTOR.sub("(1)", term).removeprefix("+")
    entries = tuple(found.get(place, "0") for place in range(3 if 2 in found else 2))
    return Table((entries,), flat=True)


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
