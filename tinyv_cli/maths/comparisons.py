"""Inequalities in words: `a is less than 3/2`, `at least -1 and negative`, `all real k greater than -3`."""

import re
from functools import lru_cache

from tinyv_cli.maths.plain import plain

_BOUND = r"(?P<bound>-?[^\s,;<>=A-Za-z]*(?:\\[a-z]+[^\s,;<>=]*)?[^\s,;<>=A-Za-z]|-?\\[a-z]+[^,;<>=]*?)"
_SIGNS = (
    (r"(?:strictly |always )?(?:less|smaller|lower|fewer|below) than or equal to", r"\leq"),
    (r"(?:strictly |always )?(?:greater|larger|more|bigger|higher) than or equal to", r"\geq"),
    (r"(?:not|no) (?:less|smaller|lower|fewer) than|at least", r"\geq"),
    (r"(?:not|no) (?:greater|larger|more|bigger|higher) than|at most", r"\leq"),
    (r"(?:strictly |always )?(?:less|smaller|lower|fewer) than|(?:strictly )?below", "<"),
    (r"(?:strictly |always )?(?:greater|larger|more|bigger|higher) than|(?:strictly )?above", ">"),
)
_ALONE = {
    "positive": "> 0",
    "negative": "< 0",
    "nonnegative": r"\geq 0",
    "non-negative": r"\geq 0",
    "nonpositive": r"\leq 0",
}
_SUBJECT = re.compile(
    r"(?:(?P<letter>[A-Za-z]) (?:is|must be|has to be|lies|can be|may be|should be)(?: (?:any|a"
    r"|all))?(?: (?:real )?numbers?)?"
    r"|(?:all|any|every) (?:real )?(?:numbers? |values? )?(?:of )?(?P<of>[A-Za-z])(?: (?:that are"
    r"|which are|is|are|that is))?"
    r"|(?P<bare>[A-Za-z]))\s+(?P<said>.+)"
)
_BETWEEN = re.compile(
    r"(?P<strict>strictly )?between (?P<low>\S+) and (?P<high>\S+?)(?P<how>,? (?:inclusive|exclusive"
    r"|both included|both excluded))?"
)
_CONJUNCTION = re.compile(r"\s*(?:,\s*)?\b(?:and|but)\s+")


@lru_cache(maxsize=1024)
def in_signs(text: str) -> str | None:
    """The inequality that a text says in words; None where it says anything else."""
    text = " ".join(plain(text).text.split()).rstrip(".")
    found = _SUBJECT.fullmatch(text)
    if found is None:
        return None
    letter, said = found["letter"] or found["of"] or found["bare"], found["said"]
    if between := _BETWEEN.fullmatch(said):
        how = between["how"] or ""
        if not between["strict"] and not how:
            return None  # which may hold its ends or not
        sign = r"\leq" if "incl" in how else "<"
        return f"{between['low']} {sign} {letter} {sign} {between['high']}"
    bounds = [_bound(part) for part in _CONJUNCTION.split(said)]
    if not all(bounds) or len(bounds) > 2:
        return None
    if len(bounds) == 1:
        return f"{letter} {bounds[0]}"
    below = [each for each in bounds if (each and each[0] in "<") or (each and each.startswith(r"\leq"))]
    above = [each for each in bounds if each and each not in below]
    if len(below) != 1 or len(above) != 1:
        return None
    sign, _, low = above[0].partition(" ")
    return f"{low} {'<' if sign == '>' else chr(92) + 'leq'} {letter} {below[0]}"


def _bound(said: str) -> str | None:
    said = (
        said.strip().removeprefix("strictly ")
        if said.strip().removeprefix("strictly ") in _ALONE
        else said.strip()
    )
    if said in _ALONE:
        return _ALONE[said]
    for words, sign in _SIGNS:
        if found := re.fullmatch(rf"(?:{words}) {_BOUND}", said):
            return f"{sign} {found['bound']}"
    return None
