"""2.3, 2.5 and 7.1: families with an integer parameter, and congruences."""

import re
from functools import lru_cache

from tinyv_cli.maths.families import ONE, Families, common_period, covered, families, same_track, track
from tinyv_cli.maths.periodic import repeated, same_repeated
from tinyv_cli.proofs.search import Prove
from tinyv_cli.proofs.sides import Sides
from tinyv_cli.records import Proof, Step

_HINT = re.compile(
    r"(?<![A-Za-z\\])\d*[j-nt](?![A-Za-z])|\\pi ?[j-nt]|π[j-nt]"
    r"|mod|remainder|\bodd\b|\beven\b|multiple|divisible"
)


LONGEST = 200


@lru_cache(maxsize=1024)
def _may_be_a_family(side: str) -> bool:
    return len(side) <= LONGEST and _HINT.search(side) is not None


def family(sides: Sides, prove: Prove) -> Proof | None:
    r"""2.3: `\frac{\pi}{4}+k\pi` is `45° + 180°n`, `\pm 1+2k\pi` two of them; `4k+2` is `2 (mod 4)`."""
    if not sides.both(_may_be_a_family):
        return None
    gold, answer = sides.each(families)
    if gold is None or answer is None or not _may_be_the_same(sides.question, gold, answer):
        return None
    if any(_is_shared(*both) for both in zip(sides.given, (gold.letter, answer.letter), strict=True)):
        return None
    period = common_period((*gold.lines, *answer.lines))
    ours, theirs = (covered(each.lines, period) for each in (gold, answer))
    if ours is None or ours != theirs:
        return None
    return Proof((Step(*_difference(gold, answer)),), sides.gold, sides.answer)


def points(sides: Sides, prove: Prove) -> Proof | None:
    """7.1: `(7t+2, 5t+1)` is `x = 7k-5, y = 5k-4`: the same points, however their parameter counts."""
    if not sides.both(_may_be_a_family):
        return None
    gold, answer = sides.each(track)
    if gold is None or answer is None or (gold.names and answer.names and gold.names != answer.names):
        return None
    if not (gold.said or answer.said) or any(
        not each.said and _names(sides.question, each.letter) for each in (gold, answer)
    ):
        return None
    if not same_track(gold, answer):
        return None
    said = f"'{answer.letter}' for '{gold.letter}', which are any integers: the same points"
    return Proof((Step("7.1", said),), sides.gold, sides.answer)


def periodic(sides: Sides, prove: Prove) -> Proof | None:
    r"""2.1: `[2k\pi, \pi + 2k\pi]` is `0 + 360°n \le x \le 180° + 360°n`: an interval that repeats."""
    if not sides.both(_may_be_a_family):
        return None
    gold, answer = sides.each(repeated)
    if gold is None or answer is None or (gold.name and answer.name and gold.name != answer.name):
        return None
    if not (gold.said or answer.said):
        return None
    if gold.except_ and answer.except_:
        lines = (*gold.except_.lines, *answer.except_.lines)
        ours, theirs = (
            covered(each.except_.lines, common_period(lines)) for each in (gold, answer) if each.except_
        )
        same = gold.except_.unit == answer.except_.unit and ours is not None and ours == theirs
    else:
        same = same_repeated(gold, answer)
    return Proof((Step("2.1", "the same set, which repeats"),), sides.gold, sides.answer) if same else None


def _difference(gold: Families, answer: Families) -> tuple[str, str]:
    """The leaf, and what to say."""
    if not gold.letter or not answer.letter:
        return "2.5", "the same remainders"
    if len(gold.lines) != len(answer.lines):
        return "2.3", "the same families of numbers"
    other_letter = "7.1" if gold.letter != answer.letter else "3.4"
    leaf = other_letter if gold.said == answer.said else "1.5"
    return leaf, f"'{answer.letter}' for '{gold.letter}', which are any integers: the same family of numbers"


def _may_be_the_same(question: str, gold: Families, answer: Families) -> bool:
    """Multiples of one constant, of one unknown, with parameters that stand for any integer."""
    if gold.unit != answer.unit or (gold.name and answer.name and gold.name != answer.name):
        return False
    if any(each.letter and not each.said and _names(question, each.letter) for each in (gold, answer)):
        return False
    return gold.said or answer.said or (gold.unit != ONE and bool(_GENERAL.search(question)))


# Where nothing says that a letter is an integer, it may be the variable of a function: \pi t + \pi.
_GENERAL = re.compile(
    r"\bsolve|\bsolutions?\b|\broots?\b|\bzeros?\b|asymptote|\bperiod"
    r"|\ball (?:real |possible |the )?(?:values|angles|points|\$?\\?[a-z])",
    re.IGNORECASE,
)


_TUPLE = re.compile(r"\([^()]*,[^()]*\)")
_NAMED = re.compile(r"(\w+)\s*=([^=,;]*)")


def _is_shared(given: str, letter: str) -> bool:
    """Whether two coordinates, or two unknowns, have one parameter: (2k, 3k) is not (2n, 3m)."""
    if not letter:
        return False
    tuples = ([_names(part, letter) for part in found.split(",")] for found in _TUPLE.findall(given))
    named = {name for name, value in _NAMED.findall(given) if _names(value, letter)}
    return len(named) > 1 or any(sum(each) > 1 for each in tuples)


def _names(question: str, letter: str) -> bool:
    return re.search(rf"(?<![A-Za-z\\]){letter}(?![A-Za-z])", question.replace("\\pi", "\\pi ")) is not None
