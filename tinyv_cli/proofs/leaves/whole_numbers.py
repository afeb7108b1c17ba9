"""2.1: whole numbers by a condition, or one after another."""

import re
from dataclasses import dataclass
from math import ceil

import mpmath

from tinyv_cli.maths.brackets import inside, split
from tinyv_cli.maths.forms import outline
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.questions import wants_order
from tinyv_cli.maths.realsets import RealSet, real_set
from tinyv_cli.proofs.search import Prove
from tinyv_cli.proofs.sides import Sides
from tinyv_cli.records import Proof, Step

MOST, LONGEST = 60, 200
_CONDITION = re.compile(r"[<>≤≥]|\\[lg](?:eq?|t)|\bintegers?\b")
_WHOLE = re.compile(
    r"\bintegers?\b|\\(?:mathbb|mathbf|Bbb|bf)\s*\{?\s*[ZN]\b|\\[ZN](?![A-Za-z])|[ℤℕ]|natural"
)
# In plain text.
_MEMBER = re.compile(
    r"(?P<name>[A-Za-z]) ?\\in ?\\mathbb ?\{?(?P<of>[ZN])\}?(?![A-Za-z])"
    r"(?P<positive>[_^](?:[+*]|\{ ?(?:[+*]|> ?0) ?\}))?"
)
_SAID = re.compile(
    r"\b(?:exactly |precisely )?(?:all |the |any )?(?P<kind>positive |non-?negative |natural )?"
    r"(?:integers?|natural numbers?)(?: [a-z](?= (?:with|such|where|for|satisf|[<>=\\])))?"
    r"(?: (?:with|such that|where|for which|satisfying))?",
    re.IGNORECASE,
)
_LETTER_IS = re.compile(
    r"\b(?:where|with|and|for)?\s*\$?(?P<name>[a-z])\$?\s+(?:is\s+)?(?:an?|any)\s+integer\b", re.IGNORECASE
)
_FROM_TO = re.compile(
    r"(?:all |the )?integers? from (?P<low>-?\d+) (?:to|through) (?P<high>-?\d+)(?:,? inclusive)?",
    re.IGNORECASE,
)
_RELATION = re.compile(r"[<>≤≥]|\\(?:[lg]eq?(?:slant|q)?|[lg]t)(?![A-Za-z])")
Runs = tuple[tuple[float, float], ...]


def whole_numbers(sides: Sides, prove: Prove) -> Proof | None:
    r"""2.1: `-2 \le n < 2, n \in \mathbb{Z}` is `-2, -1, 0, 1`, and `n > 3` is `n \ge 4` of whole numbers."""
    if not sides.either(_CONDITION.search) or max(map(len, sides.each(str))) > LONGEST:
        return None
    if not sides.either(_WHOLE.search) and not _WHOLE.search(sides.question):
        return None
    gold, answer = sides.each(_runs)
    if (gold is None and answer is None) or wants_order(sides.question):
        return None
    said = [each.said if each else None for each in (gold, answer)]
    if None in said and False in said:
        return None  # a list is not all that lies between
    if False in said and not _are_whole(sides.question, gold.name if gold else ""):
        return None
    ours = gold.runs if gold else _listed(sides.gold)
    theirs = answer.runs if answer else _listed(sides.answer)
    if not ours or ours != theirs:
        return None
    return Proof((Step("2.1", f"both are the whole numbers {_shown(ours)}"),), sides.gold, sides.answer)


def _are_whole(question: str, name: str) -> bool:
    """Whether a question speaks of whole numbers that are called so."""
    named = rf"(?:integers?|natural numbers?)\s+\$?\\?{re.escape(name)}(?![A-Za-z])"
    return name != "" and re.search(named, question) is not None


def _shown(runs: Runs) -> str:
    return ", ".join(f"{low:g}" if low == high else f"{low:g} to {high:g}" for low, high in runs)


@dataclass(frozen=True, slots=True)
class Whole:
    """Whole numbers in runs, the letter for them, and whether they are said to be whole."""

    runs: Runs
    name: str
    said: bool


def _runs(side: str) -> Whole | None:
    """The whole numbers of a condition."""
    text = plain(side).text
    if found := _FROM_TO.fullmatch(text.strip(" .")):
        low, high = int(found["low"]), int(found["high"])
        return Whole(((low, high),), "", said=True) if low < high else None
    rest, least = _without_the_kind(text)
    condition = real_set(rest) if _RELATION.search(rest) else None
    runs = condition and _inside(condition, least)
    return Whole(runs, condition.name, said=rest != text) if condition and runs else None


def _without_the_kind(text: str) -> tuple[str, float]:
    """The condition alone, and from where on numbers are meant; the letter stays where braces bind it."""
    least = -mpmath.inf
    if found := _MEMBER.search(text):
        least = 1 if found["positive"] else 0.5 if found["of"] == "N" else least
        between = text[found.end() :].lstrip()
        binds = between[:1] in ("|", ":") or between.startswith("\\mid")
        text = text[: found.start()] + (found["name"] if binds else "") + text[found.end() :]
    elif found := _LETTER_IS.search(text):
        text = text[: found.start()] + text[found.end() :]
    elif found := _SAID.search(text):
        kind = (found["kind"] or "").strip().casefold()
        least = {"": least, "positive": 1, "natural": 0.5}.get(kind, 0)
        text = text[: found.start()] + text[found.end() :]
    return re.sub(
        r"^\s*(?:,|with|such that|and|where)\s*|\s*(?:,|with|such that|and|where)\s*$", "", text.strip()
    ), least


def _inside(found: RealSet, least: float) -> Runs | None:
    """The whole numbers in a set, as first and last of each run; None where 0 may be one or not."""
    runs: list[tuple[float, float]] = []
    for each in found.intervals:
        low, high = _first(each.low.value, each.low.closed), -_first(-each.high.value, each.high.closed)
        if least == 0.5 and low <= 0 <= high:
            return None
        low = max(low, ceil(least) if mpmath.isfinite(least) else low)
        if low > high:
            continue
        if runs and runs[-1][1] + 1 >= low:
            runs[-1] = (runs[-1][0], high)
        else:
            runs.append((low, high))
    return tuple(runs)


def _first(value: mpmath.mpf, closed: bool) -> float:
    """The first whole number from a low end on."""
    if not mpmath.isfinite(value):
        return float(value)
    whole = int(mpmath.ceil(value))
    return whole + 1 if whole == value and not closed else whole


def _listed(side: str) -> Runs | None:
    """Whole numbers one after another, whatever their order, as runs."""
    text = outline(side)
    if "=" in text and (found := re.fullmatch(r"[A-Za-z]\s*=([^=]+)", text)):
        text = found[1].strip()
    within = inside(text) if text[:1] == "{" else text
    parts = split(within or "", ",") or []
    if not 1 < len(parts) <= MOST or not all(re.fullmatch(r"[-−]?\s*\d+", part) for part in parts):
        return None
    numbers = sorted(int(re.sub(r"\s", "", part.replace("−", "-"))) for part in parts)
    if len({*numbers}) < len(numbers):
        return None
    runs: list[tuple[float, float]] = []
    for number in numbers:
        if runs and runs[-1][1] + 1 == number:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return tuple(runs)
