"""5.1: what a sentence or a calculation says around the answer."""

import re

from tinyv_cli.maths.asked import alternatives, is_rival, names_another
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.prose import ANSWERS, GOES_ON, heading, introduced, only_value
from tinyv_cli.maths.reading import read
from tinyv_cli.maths.words import NUMBER_WORDS, VERBS, cardinal, stems, word_set, words
from tinyv_cli.proofs.ends import same_values
from tinyv_cli.proofs.leaves.assignments import MOST_PARTS, has_an_equals_sign
from tinyv_cli.proofs.leaves.phrasing import belies_its_letter
from tinyv_cli.proofs.search import Prove, after
from tinyv_cli.proofs.sides import Pair, Sides, compact, said
from tinyv_cli.records import Proof


def explained(sides: Sides, prove: Prove) -> Proof | None:
    """5.1: the value that a sentence names, where it names only one and does not hedge."""
    gold, answer = _stated(sides), _said(sides.answer) or only_value(sides.answer, sides.question, sides.gold)
    if (gold is None and answer is None) or (gold and says_else(*sides.given)):
        return None
    if answer and speaks_of_another(sides.answer, answer, sides.question):
        return None
    if sides.either(lambda side: belies_its_letter(side, sides.question) or _lists_lines(side)):
        return None
    rest = prove(gold or sides.gold, answer or sides.answer)
    named = " and ".join(f"'{value}'" for value in (gold, answer) if value)
    return after("5.1", f"what is said around {named} explains", rest)


LINES, WORDS_A_LINE = 3, 4  # so many lines of so few words are a list, not a sentence


def _lists_lines(side: str) -> bool:
    lines = [line for line in side.split("\n") if line.strip()]
    return len(lines) >= LINES and all(len(line.split()) <= WORDS_A_LINE for line in lines)


# Words that take nothing back of a value. Of others, gold and answer may not each have their own.
_NEUTRAL = (
    GOES_ON
    | ANSWERS
    | VERBS
    | set(NUMBER_WORDS)
    | word_set("a an it its of we so therefore hence final year")
)


def says_else(gold: str, answer: str) -> bool:
    """Whether around the same value it may say the opposite: decreased by 21 of increased, odd of even."""
    ours, theirs = (set(stems(plain(side).text)) - _NEUTRAL for side in (gold, answer))
    return bool(ours - theirs and theirs - ours)


_OF_EACH = re.compile(r"\b(?:per|each|apiece|every)\b", re.IGNORECASE)  # of one of them, and not of all
_NAMED = re.compile(r"(?P<name>\S+)\s+(?:is|equals?|=)\s*(?:\$|\\\()?\Z")
_POINTS = re.compile(r"(?<![A-Za-z\\])[A-Z]{2,4}(?![A-Za-z])")


def speaks_of_another(text: str, value: str, question: str) -> bool:
    """Whether what is said around a value is of another quantity than the question's, or of other points."""
    if not question.strip():
        return False
    before, _, after = text.partition(value)
    around = f"{before} {after}"
    told = frozenset(stems(around))
    if _OF_EACH.search(after) and not _OF_EACH.search(question):
        return True
    if is_rival(question, around) or told & alternatives(question):
        return True
    if _POINTS.search(question) and any(points[0] not in question for points in _POINTS.finditer(around)):
        return True
    named = _NAMED.search(before)
    return named is not None and names_another(question, named["name"].strip("$"))


def _stated(sides: Sides) -> str | None:
    """What a gold states. A value in it counts only if it is a sentence, not a name such as `Apollo 11`."""
    if stated := _said(sides.gold):
        return stated
    if not VERBS & set(words(sides.gold)) or words(plain(sides.answer).text):
        return None
    return only_value(sides.gold, sides.question, sides.answer)


def _said(side: str) -> str | None:
    return introduced(side) or heading(side) if " " in side else None


def chain(sides: Sides, prove: Prove) -> Proof | None:
    """5.1: of `sin 30 = 1/2` or `3+4 = 7` the last, where all members have the same value.

    In a gold the last has to be the shortest too: `2015 = 1551 + 464` may want just this sum.
    """
    gold, answer = sides.each(_last_member)
    if gold and len(gold) > min(map(len, sides.gold.split("="))):
        return None
    if gold is None and answer is None:
        return None
    rest = prove(gold or sides.gold, answer or sides.answer)
    return after("5.1", "all members of the equation have the same value", rest)


_NO_CHAIN = re.compile(r"[<>!:]|\\[lg]eq|\\neq|,")


def _last_member(side: str) -> str | None:
    members = [member.strip() for member in side.split("=")]
    if not 1 < len(members) <= MOST_PARTS or _NO_CHAIN.search(side):
        return None
    return members[-1] if all(same_values(member, members[-1]) for member in members[:-1]) else None


A_SENTENCE = 8  # so many more words are one, whatever it says
MANY_WORDS = 5  # more than the other side has can be nothing else
# So many more words than the other side has are an explanation, and not only another phrase: beside figures
# alone, beside words with figures, beside words alone.
MORE_WORDS = (1, 2, 4)
_PLACED = re.compile(r"\A(?:in|on|at|by|it is|it was|is|=)\s+")
_MONTHS = word_set("january february march april may june july august september october november december")
_STATES = re.compile(r"\b(?:is|are|was|were|equals?)\s+\Z")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_SAYS_NOTHING = word_set(
    "the and was were are for that this from with which has have had its his her their answer"
)


def looks_like_a_chain(pair: Pair) -> bool:
    """5.1: of `3 + 4 = 7` and `7` the one says how it was found; an equation of unknowns says more."""
    longer, shorter = sorted(pair.each(compact), key=has_an_equals_sign, reverse=True)
    members = longer.split("=")
    if len(members) < 2 or shorter not in members:
        return False
    return not any(node.variables() for member in members if member != shorter and (node := read(member)))


def looks_like_a_long_explanation(pair: Pair) -> bool:
    """5.1: a value or a phrase, and a long sentence that has it in it."""
    gold, answer = pair.each(said)
    return abs(len(gold) - len(answer)) >= MANY_WORDS and looks_like_an_explanation(pair)


def looks_like_an_explanation(pair: Pair) -> bool:
    """5.1: `-2,-1,0` and `Sequence 1: -2, -1, 0`; a value, and the sentence that names it."""
    if pair.one(_PLACED.match) and pair.same(lambda side: _PLACED.sub("", side)):
        return True
    longer, shorter = sorted(pair.each(str), key=lambda side: len(said(side)), reverse=True)
    if set(said(longer)) <= _MONTHS:
        return False  # 8 September 2010, of which 2010 is only the shorter form
    if (rest := heading(longer)) and _told(rest) & _told(shorter):
        return True
    before, found, _ = longer.rpartition(shorter)
    if found and _STATES.search(before):
        return True
    more = len(said(longer)) - len(said(shorter))
    with_figures, in_words = bool(_DIGITS.search(shorter)), bool(said(shorter))
    if more < MORE_WORDS[in_words + (in_words and not with_figures)]:
        return False
    return more >= A_SENTENCE or bool(_told(longer) & _told(shorter)) or compact(shorter) in compact(longer)


def _told(side: str) -> set[str]:
    """The figures in it, and the words that say something."""
    figures = {figure.replace(",", "") for figure in _DIGITS.findall(side)}
    spelt = {str(cardinal(word)) for word in said(side) if word in NUMBER_WORDS}
    return figures | spelt | (set(stems(side)) - _SAYS_NOTHING)
