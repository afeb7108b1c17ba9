r"""Matrices and vectors: `pmatrix`, rows in brackets, columns as tuples, `ai + bj`; right and wrong."""

import re
from collections.abc import Callable
from random import Random

from tinyv_cli.maths.brackets import inside, split
from training.generate.nearby import another_value, differ
from training.generate.transformation import Task, same, wrong

LONGEST = 400
Rows = list[list[str]]

_ENVIRONMENT = re.compile(
    r"(?:\\left\s*[(\[|])?\s*\\begin\{(?P<kind>[bpvBV]?(?:small)?matrix|array)\}(?:\{[^{}]*\})?(?P<body>.*)"
    r"\\end\{(?P=kind)\}\s*(?:\\right\s*[)\]|])?",
    re.DOTALL,
)
_SPEAKS_OF_VECTORS = re.compile(
    r"\bvectors?\b|\\(?:mathbf|vec|overrightarrow|bold)|projection|cross product", re.IGNORECASE
)


# As Maxima writes it, a function of its rows; and as Python does.
_CALLED = re.compile(r"matrix\((?P<rows>\[[^\[\]]*\](?: *, *\[[^\[\]]*\])*)\)")
_NESTED = re.compile(r"\[(?P<rows>\[.*\])\]", re.DOTALL)


def rows_of(text: str) -> Rows | None:
    """The entries of a matrix, row by row; None for any other text."""
    if len(text) > LONGEST or "&&" in text:
        return None
    if found := _ENVIRONMENT.fullmatch(text.strip()):
        rows = [
            [entry.strip() for entry in row.split("&")]
            for row in re.split(r"\\\\(?:\[[^\]]*\])?", found["body"])
            if row.strip()
        ]
    elif found := _CALLED.fullmatch(text) or _NESTED.fullmatch(text):
        rows = [split(inside(row) or "", ",") or [] for row in split(found["rows"], ",") or []]
    else:
        return None
    whole = (
        rows and all(len(row) == len(rows[0]) and all(row) for row in rows) and len(rows) * len(rows[0]) > 1
    )
    return (
        rows
        if whole
        and not any(re.search(r"dots|\\hline|\\begin|\\[-\d]|\([^)]*,", "".join(row)) for row in rows)
        else None
    )


def environment(rows: Rows, kind: str) -> str:
    """As LaTeX writes it, in an environment such as `pmatrix`."""
    body = r" \\ ".join(" & ".join(row) for row in rows)
    return rf"\begin{{{kind}}} {body} \end{{{kind}}}"


def in_brackets(rows: Rows, between: str = ", ") -> str:
    """As Python writes it: `[[1, 2], [3, 4]]`."""
    return f"[{between.join('[' + ', '.join(row) + ']' for row in rows)}]"


def as_called(rows: Rows) -> str:
    """As Maxima writes it: `matrix([1,2],[3,4])`."""
    return f"matrix({','.join('[' + ','.join(row) + ']' for row in rows)})"


@same("2.4")
def matrix_written(task: Task, rng: Random) -> str | None:
    """A matrix in another environment, or as a programme writes it."""
    rows = rows_of(task.gold)
    if rows is None or re.search(r"\{[vV]matrix", task.gold):
        return None
    columns = "c" * len(rows[0])
    array = environment(rows, "array").replace(r"\begin{array}", rf"\begin{{array}}{{{columns}}}")
    lines = "; ".join(" ".join(row) for row in rows)
    simple = all(re.fullmatch(r"-?[\w./]+", entry) for row in rows for entry in row)
    plain: tuple[str, ...] = (
        (f"[{lines}]", f"Matrix({in_brackets(rows)})", f"np.array({in_brackets(rows)})") if simple else ()
    )
    return rng.choice(
        (
            *(
                environment(rows, "pmatrix"),
                environment(rows, "bmatrix"),
                environment(rows, "bmatrix"),
                in_brackets(rows),
            ),
            *(
                rf"\left[{array}\right]",
                rf"\left( {array} \right)",
                in_brackets(rows, ","),
                environment(rows, "Bmatrix").replace("Bmatrix", "bmatrix"),
            ),
            *(
                as_called(rows),
                in_brackets(rows).replace(" ", ""),
                rf"\left[{environment(rows, 'matrix')}\right]",
                *plain,
            ),
        )
    )


@same("2.4")
def column_as_tuple(task: Task, rng: Random) -> str | None:
    r"""A column as `(a, b, c)`, `⟨a, b, c⟩`, `a\mathbf{i} + b\mathbf{j}`."""
    rows = rows_of(task.gold)
    if rows is None or len(rows[0]) != 1 or len(rows) > 5:
        return None
    entries = [row[0] for row in rows]
    joined = ", ".join(entries)
    forms = (
        f"({joined})",
        f"({joined})",
        rf"\langle {joined} \rangle",
        f"[{joined}]",
        f"<{joined}>",
        f"({','.join(entries)})",
        f"({joined})^T",
        f"⟨{joined}⟩",
        rf"\left({joined}\right)",
        f"[{joined}]^T",
    )
    sums = _as_sum(entries, rng) if len(entries) < 4 else None
    return rng.choice((*forms, sums, sums) if sums else forms)


def _as_sum(entries: list[str], rng: Random) -> str | None:
    """`2i - 3j`, for entries that are simple numbers."""
    if not all(re.fullmatch(r"-?\d+", entry) for entry in entries) or all(entry == "0" for entry in entries):
        return None
    unit = rng.choice((r"\mathbf{@}", r"\vec{@}", "@", r"\hat{@}"))
    terms = [
        _term(entry, unit.replace("@", letter))
        for entry, letter in zip(entries, "ijk", strict=False)
        if entry != "0"
    ]
    return " + ".join(terms).replace("+ -", "- ")


def _term(entry: str, unit: str) -> str:
    return {"1": unit, "-1": f"-{unit}"}.get(entry, f"{entry}{unit}")


@same("2.4")
def tuple_as_column(task: Task, rng: Random) -> str | None:
    """A vector as a column, where the question speaks of vectors."""
    found = inside(task.gold) if task.gold.startswith("(") else None
    entries = split(found, ",") if found else None
    if (
        not entries
        or not 1 < len(entries) < 6
        or not _SPEAKS_OF_VECTORS.search(task.question)
        or re.search(r"infty|=", task.gold)
    ):
        return None
    if re.search(r"ordered (?:pair|triple)|\bpoints?\b|\bcoordinates\b", task.question):
        return None
    joined = ", ".join(entries)
    column = [[entry] for entry in entries]
    sums = _as_sum(entries, rng) if len(entries) < 4 else None
    forms = (
        environment(column, "pmatrix"),
        environment(column, "bmatrix"),
        rf"\langle {joined} \rangle",
        f"<{joined}>",
        f"[{joined}]",
    )
    return rng.choice((*forms, sums) if sums else forms)


# Wrong


@wrong()
def matrix_entry_changed(task: Task, rng: Random) -> str | None:
    """One entry another value."""
    rows = rows_of(task.gold)
    if rows is None:
        return None
    row, column = rng.randrange(len(rows)), rng.randrange(len(rows[0]))
    other = another_value(rows[row][column], rng)
    if other is None:
        return None
    rows[row][column] = other
    return _like(task.gold, rows)


@wrong()
def matrix_entries_exchanged(task: Task, rng: Random) -> str | None:
    """Two entries exchanged, the matrix transposed, its rows or columns in another order."""
    rows = rows_of(task.gold)
    if rows is None:
        return None
    changed = rng.choice(_REORDERED)(rows)
    differs = len(changed) != len(rows) or any(
        differ(one, other)
        for first, second in zip(rows, changed, strict=True)
        for one, other in zip(first, second, strict=False)
    )
    same_column = 1 in (len(rows), len(rows[0])) and len(changed) != len(
        rows
    )  # a row for a column says the same
    return _like(task.gold, changed) if differs and not same_column else None


_REORDERED: tuple[Callable[[Rows], Rows], ...] = (
    lambda rows: [list(column) for column in zip(*rows, strict=True)],
    lambda rows: rows[::-1],
    lambda rows: [row[::-1] for row in rows],
    lambda rows: [rows[-1], *rows[1:-1], rows[0]],
)


@wrong()
def matrix_scaled(task: Task, rng: Random) -> str | None:
    """All entries with the other sign, or a row too few."""
    rows = rows_of(task.gold)
    if rows is None:
        return None
    if rng.random() < 0.4 and len(rows) > 2:
        return _like(task.gold, rows[:-1])
    changed = [[_negated(entry) for entry in row] for row in rows]
    return (
        _like(task.gold, changed)
        if any(
            differ(a, b)
            for old, new in zip(rows, changed, strict=True)
            for a, b in zip(old, new, strict=True)
        )
        else None
    )


def _negated(entry: str) -> str:
    if entry.strip("-0") == "":
        return entry
    return (
        entry[1:].strip()
        if entry.startswith("-") and not re.search(r"[-+]", entry[1:])
        else f"-({entry})"
        if re.search(r"[-+]", entry)
        else f"-{entry}"
    )


def _like(gold: str, rows: Rows) -> str:
    """Written in the environment of the gold."""
    if found := re.search(r"\\begin\{([bpvBV]?(?:small)?matrix)\}", gold):
        return environment(rows, found[1])
    if gold.startswith("matrix("):
        return as_called(rows)
    return in_brackets(rows) if gold.startswith("[[") else environment(rows, "bmatrix")
