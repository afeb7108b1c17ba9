"""5.4: words between several answers."""

import re

from tinyv_cli.maths.brackets import AND, OR, elements, parts
from tinyv_cli.maths.labelled import tells_things_apart
from tinyv_cli.maths.plain import plain
from tinyv_cli.proofs.leaves.lists import same_elements_but
from tinyv_cli.proofs.search import Prove, after
from tinyv_cli.proofs.sides import Pair, Sides
from tinyv_cli.records import Proof

_AND, _OR = re.compile(AND), re.compile(OR)
_DANGLING = re.compile(rf"\A ?(?:{AND}|{OR})|(?:{AND}|{OR}) ?\Z", re.IGNORECASE)
_RELATION = re.compile(r"[<>]|\\(?:leq|geq|neq|in)(?![A-Za-z])|\\not")
_LETTERS = re.compile(r"(?<![A-Za-z\\])(?:[A-Z](?![A-Za-z])|(?!or|OR|oder|ou)[A-Za-z]{2,})")


def separators(sides: Sides, prove: Prove) -> Proof | None:
    """5.4: `1 and 3`, `1 und 3`, `1和3` are `1, 3`; not between inequalities, and `A or B` is no list."""
    both = sides.gold + sides.answer
    if not (_AND.search(both) or _OR.search(both) or ";" in both):
        return None
    texts = [plain(side).text for side in (sides.gold, sides.answer)]
    if any(_RELATION.search(text) or _DANGLING.search(text) for text in texts) or _chooses(*texts):
        return None
    if sum(map(tells_things_apart, texts)) == 1:
        return None
    gold, answer = (", ".join(parts(text)) for text in texts)
    if (gold, answer) == (sides.gold, sides.answer) or len(parts(gold)) != len(parts(answer)):
        return None
    return after("5.4", "'and', 'or' and ';' stand for commas", prove(gold, answer))


_NUMBER = r"-?(?:\d+(?:\.\d+)?|\d+/\d+)"
_SPACED = re.compile(rf"\[?\s*(?P<first>{_NUMBER})(?P<rest>(?:\s+{_NUMBER})+)\s*\]?")


def spaced(sides: Sides, prove: Prove) -> Proof | None:
    """6.3: `6 4 0` is `6, 4, 0`: numbers beside each other are as many as the other side lists."""
    found = [_SPACED.fullmatch(plain(side).text) for side in (sides.gold, sides.answer)]
    if sum(each is not None for each in found) != 1:
        return None
    given = found[0] or found[1]
    assert given is not None
    listed = (given["first"] + given["rest"]).split()
    other = elements(plain(sides.answer if found[0] else sides.gold).text.strip("[]"))
    if len(other) != len(listed):
        return None
    joined = ", ".join(listed), ", ".join(other)
    gold, answer = joined if found[0] else joined[::-1]
    return after("6.3", "space between numbers stands for commas", prove(gold, answer))


def _chooses(gold: str, answer: str) -> bool:
    """Whether `or` could leave a choice: where the other side has `and`, or between names and words."""
    if not (_OR.search(gold) or _OR.search(answer)):
        return False
    return bool(_AND.search(gold) or _AND.search(answer) or _LETTERS.search(gold + answer))


def looks_like_joining_words(pair: Pair) -> bool:
    """5.4: `1,3` and `1 and 3`."""
    return same_elements_but(pair, lambda several: several.marks & {"and", "or"})
