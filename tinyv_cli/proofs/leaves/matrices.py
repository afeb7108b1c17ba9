"""2.4: vectors and matrices, in whatever brackets they are written."""

import re

from tinyv_cli.maths.matrices import Table, column_of, multiple_of_one, table_of
from tinyv_cli.maths.signs import PLUS_MINUS
from tinyv_cli.proofs.search import Prove, each_proved, together
from tinyv_cli.proofs.sides import Pair, Sides
from tinyv_cli.records import Proof

_HINT = re.compile(
    r"\\begin|\[\s*\[|⟨|\\langle|[\])}]\s*\^|<[^<>=]*,|\\(?:hat|widehat|mathbf|boldsymbol|bm|vec)\b|[îĵ]|\bdiag\b"
)
_OF_VECTORS = re.compile(r"matrix|vector", re.IGNORECASE)


def matrix(sides: Sides, prove: Prove) -> Proof | None:
    """2.4: a column is the vector in brackets; a matrix is its rows, however they are written."""
    if not sides.either(_HINT.search) or re.search(PLUS_MINUS, sides.gold):
        return None
    gold, answer = sides.each(table_of)
    if gold is None or answer is None:
        gold, answer = _in_short(sides, gold, answer)
    if gold is None or answer is None or not _same_shape(gold, answer):
        return None
    said = f"the same {'vector' if gold.is_vector else 'matrix'}, entry by entry"
    return together("2.4", said, each_proved(prove, gold.entries, answer.entries))


def _in_short(sides: Sides, gold: Table | None, answer: Table | None) -> tuple[Table | None, Table | None]:
    r"""Both, where one is written by a multiple of the identity, or as \binom in a question of vectors."""
    table = gold or answer
    if table is None:
        return None, None
    other = sides.answer if gold else sides.gold
    size = len(table.rows)
    short = multiple_of_one(other, size) if size == len(table.rows[0]) else None
    if short and answer and "_" not in other and not _is_asked(sides.question, size):
        return None, None  # a gold that leaves open how large it is
    if short is None and not table.flat and _OF_VECTORS.search(sides.question):
        short = column_of(other)
    return (table, short) if gold else (short, table)


def _is_asked(question: str, size: int) -> bool:
    return re.search(rf"{size}\s*(?:\\times|×|x|-?by-?)\s*{size}", question) is not None


def _same_shape(gold: Table, answer: Table) -> bool:
    """As many rows and columns; but a flat vector may be written as a row or as a column."""
    if gold.flat or answer.flat:
        return gold.is_vector and answer.is_vector and len(gold.entries) == len(answer.entries)
    return [*map(len, gold.rows)] == [*map(len, answer.rows)]


_LIKE_A_MATRIX = re.compile(
    r"\\begin\s*\{?(?:small|[pbBvV])?(?:matrix|array)\}?|\\langle|\\vec|\\overrightarrow|\bmatrix\(|\[\s*\["
    r"|\\(?:hat|mathbf|bm|boldsymbol)\s*\{?\s*\\?[ijk]|⟨|\^\{?(?:T|\\top)\}?\Z"
)
_UNIT_VECTORS = re.compile(r"(?<![A-Za-z\\_])i\b.*(?<![A-Za-z\\_])j\b")


def looks_like_vectors(pair: Pair) -> bool:
    r"""2.4: `\begin{pmatrix} 1 \\ 2 \end{pmatrix}` and `(1, 2)`, `i + 2j`."""
    gold, answer = ({*_LIKE_A_MATRIX.findall(side), *_UNIT_VECTORS.findall(side)} for side in pair.given)
    return gold != answer
