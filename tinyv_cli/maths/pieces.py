r"""Several formulas in one: the pieces of a function with their conditions, the lines of an environment.

`\begin{cases} x, & x \ge 0 \\ -x, & x < 0 \end{cases}` and `x for x ≥ 0, -x otherwise` are the same pieces.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from tinyv_cli.maths.brackets import split
from tinyv_cli.maths.forms import outline, unwrapped
from tinyv_cli.maths.realsets import RealSet, complement, real_set, union

MOST_LINES = 12
_ENVIRONMENT = re.compile(
    r"(?P<lead>[^{}&]*?)(?:\\left\s*)?(?:\\?\{\s*)?"
    r"\\begin\s*\{(?P<kind>[dr]?cases\*?|aligned|align\*?|alignedat|array|gathered|split|eqnarray\*?)\}\s*"
    r"(?:\{[lcr|@{}\s\d]*\})?(?P<body>.*)\\end\s*\{(?P=kind)\}(?:\s*\\right\s*\.?|\s*\.)?\s*",
    re.DOTALL,
)
_ROW_END = re.compile(r"\\\\(?:\[[^\]]*\])?")
_HEAD = re.compile(r"(?P<name>[A-Za-z\\]+'*(?:_\{?\w+\}?)?(?:\s*\([A-Za-z\\, ]+\))?)\s*:?=\s*")
_IF = r"(?:if|for|when|where|whenever|provided(?: that)?|on|in case)"
_OTHERWISE = re.compile(r"otherwise|else|elsewhere|in all other cases", re.IGNORECASE)
_CONDITION = re.compile(
    rf"[,;:]?\s*(?:\b{_IF}\b\s*(?:all\s+|any\s+|every\s+)?|\()(?P<condition>.+?)\)?",
    re.IGNORECASE | re.DOTALL,
)
_RELATION = re.compile(
    r"[<>≤≥≠∈=]|\\(?:[lg]eq?(?:slant|q)?|[lg]t|neq?|in)(?![A-Za-z])|\\mathbb|\\mathbf|[ℝℤℕ]"
)
_BETWEEN_PIECES = re.compile(r";|,\s*(?:and\s+)?|\s+and\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A value, and when it is that; `otherwise` as such, no condition as an empty text."""

    value: str
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Lines of one environment or sentence, and what stands before their sign of equality."""

    name: str
    lines: tuple[Piece, ...]

    @property
    def have_conditions(self) -> bool:
        """Whether every line says when it holds."""
        return all(line.condition for line in self.lines)

    def sets(self) -> list[RealSet | None]:
        """The sets on which the lines hold; what holds otherwise where none of the others does."""
        found = [
            None if _OTHERWISE.fullmatch(line.condition) else real_set(line.condition) for line in self.lines
        ]
        known = [each for each in found if each is not None]
        names = {each.name for each in known if each.name}
        if len(known) != len(found) - 1 or len(names) > 1:
            return found
        rest = RealSet(complement(union(each for one in known for each in one.intervals)), "".join(names))
        return [
            rest if each is None and _OTHERWISE.fullmatch(line.condition) else each
            for each, line in zip(found, self.lines, strict=True)
        ]


@lru_cache(maxsize=512)
def pieces_of(text: str) -> Pieces | None:
    """The lines of an environment, or of a sentence in which each says when it holds; None for all else."""
    if "\\begin" in text:
        return _environment(text)
    if not re.search(rf"\b{_IF}\b", text):
        return None
    return _sentence(unwrapped(text))


def _environment(text: str) -> Pieces | None:
    found = _ENVIRONMENT.fullmatch(_unmarked(text))
    if found is None or "\\begin" in found["body"]:
        return None
    lead = found["lead"].strip()
    head = _HEAD.fullmatch(lead + " ") if lead else None
    if lead and head is None:
        return None
    rows = [row for row in _ROW_END.split(found["body"]) if row.strip(" ,;.&")]
    if not 1 < len(rows) <= MOST_LINES:
        return None
    is_cases = "cases" in found["kind"] or found["kind"] == "array"
    lines = [_line(row, is_cases=is_cases) for row in rows]
    return Pieces(head["name"] if head else "", tuple(lines))


def _unmarked(text: str) -> str:
    return re.sub(r"(?<!\\)\$|\\displaystyle(?![A-Za-z])|(?<!\\)\\[()]", "", text).strip().strip(".")


def _line(row: str, *, is_cases: bool) -> Piece:
    """A value and its condition, in two cells or in one."""
    value, mark, condition = row.partition("&")
    if mark and is_cases and not re.match(r"\s*(?:=|[<>]|\\[lg]e|\\equiv)", condition):
        bare = unwrapped(condition.replace("&", " ")).strip(" ,;.")
        found = _CONDITION.fullmatch(bare)
        return Piece(value.strip(" ,;"), (found["condition"] if found else bare).strip(" ,;."))
    line = unwrapped(row.replace("&", " ")).strip(" ,;.")
    return _with_condition(line) or Piece(line)


_OF_ONE_LINE = re.compile(
    rf"(?P<value>.+?)[,;:]?\s*(?:\b{_IF}\b\s*(?:all\s+|any\s+|every\s+)?(?P<condition>.+)|(?P<other>{_OTHERWISE.pattern}))",
    re.IGNORECASE | re.DOTALL,
)
_BRACKETED = re.compile(r"(?P<value>.+?)[,;]?\s*\((?P<condition>[^()]*(?:\([^()]*\)[^()]*)*)\)")


def _with_condition(line: str) -> Piece | None:
    found = _OF_ONE_LINE.fullmatch(line)
    if found:
        return Piece(found["value"].strip(" ,;("), (found["condition"] or found["other"]).strip(" ,;.)"))
    found = _BRACKETED.fullmatch(line)
    if found and re.search(r"[<>≤≥≠]|\\(?:[lg]eq?(?:slant|q)?|[lg]t|neq?)(?![A-Za-z])", found["condition"]):
        return Piece(found["value"].strip(" ,;"), found["condition"].strip())
    return None


def _sentence(text: str) -> Pieces | None:
    """`2x if x > 0, and 0 otherwise`."""
    head = _HEAD.match(text)
    body = text[head.end() :] if head else text
    lines: list[Piece] = []
    waiting = ""
    for part in _cut(body):
        line = _with_condition(f"{waiting}, {part}" if waiting else part)
        if line is None and lines and not waiting and _RELATION.search(part):
            lines[-1] = Piece(lines[-1].value, f"{lines[-1].condition}, {part}")
            continue
        waiting = "" if line else f"{waiting}, {part}".strip(", ")
        lines += [line] if line else []
    if waiting or not 1 < len(lines) <= MOST_LINES:
        return None
    name = head["name"] if head else ""
    if name:
        again = re.compile(rf"(?:and\s+)?{re.escape(name)}\s*=\s*")
        lines = [Piece(again.sub("", line.value), line.condition) for line in lines]
    return Pieces(name, tuple(lines))


def _cut(text: str) -> list[str]:
    """At commas and semicolons outside of brackets, and at `and` before another value."""
    marked = re.sub(r"\s*,?\s*\b(?:and|but)\b\s+", ", ", text)
    parts = split(marked.replace(";", ","), ",") or [text]
    return [part for part in parts if part]


_BREAK = re.compile(r"\s*\\\\\s+")


def _one_below_the_other(text: str) -> str | None:
    r"""`x = 1, y = 2` of `x = 1 \\ y = 2`."""
    lines = [line.strip(" ,;") for line in _BREAK.split(text.strip().strip("$"))]
    return ", ".join(lines) if len(lines) > 1 and all("=" in line for line in lines) else None


def lines_of(text: str) -> str | None:
    r"""The lines of an environment as a list: `\begin{cases} x = 1 \\ y = 2 \end{cases}` is `x = 1, y = 2`.

    None where there is none, or where lines have conditions.
    """
    if "\\begin" not in text:
        return _one_below_the_other(text)
    found = _environment(text)
    if found is None or any(line.condition for line in found.lines):
        return None
    values = [line.value for line in found.lines]
    if any(re.match(r"[=<>]|\\[lg]e|\\equiv", value) for value in values[1:]):
        return found.name + " = " * bool(found.name) + " ".join(values)
    return outline(", ".join(values))
