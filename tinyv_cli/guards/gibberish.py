"""Answers that are no number, no formula and no word that could be one."""

import re
import unicodedata
from itertools import pairwise
from string import ascii_lowercase

from tinyv_cli.guards.claim import Claim

# How usual a letter (the row) is before another (the column), where 4.5 is mere chance and 0 hardly ever, in
# English questions and answers with their names of people and places.
_ROWS = """
25663454625768151877554353 63116001500500600531500030 70406007506500700536500030
61137132600322510551422040 74676453503768453886354552 50005400500400500514300010
51016035500414500542401030 71017000600323600424401040 64766451214658751677351314
40004000200000400000400000 50006002500213300241201030 73357321703731620154531060
75207000600141650140400030 62677372624325510267432042 44554453414668650766656332
60106005500510650644400020 00000000000000000000500000 74458342704455730566532050
62527106604443652167503030 72408107700422710665513052 54545240402656240666020121
50007000600000400100000010 61005004500204400330000010 20103000300000130003000010
41324010300433330242201000 30004000300100200100000002
"""
_USUAL = dict(zip(ascii_lowercase, _ROWS.split(), strict=True))
_LETTERS = re.compile(r"[a-z]+")
_LATIN = re.compile(r"[a-z]+", re.IGNORECASE)
_COMMAND = re.compile(r"\\[a-z]+")
_FORMULA = re.compile(r"[\d+*/^=_\\<>(]")
_PRODUCT_LETTERS = 4  # in a formula as many letters side by side are variables, or the name of a function
_MIXED = re.compile(r"[a-z\d]{6,}")
_SWITCH = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")
_MOST_SWITCHES = 4
_DURATION = re.compile(r"(?:\d+(?:hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s|days?|d))+")
_SYMBOLS = re.compile(r"[!@#$%^&*;:?<>|~`\"']{3,}")
_NO_MATHS = frozenset("@#~?`;&!%:\"'")
_ANY_SYMBOL = _NO_MATHS | set("$|<>*^")
# Of which symbols how many different ones, and what share of the text, are too many.
_MANY_SYMBOLS = ((_NO_MATHS, 3, 0.35), (_ANY_SYMBOL, 5, 0.5))
_REPEATS = 5
_FEW_CHARS = 8


def is_repetition(claim: Claim) -> bool:
    """The same word over and over, or the same few letters; a gold may be a list of equal numbers."""
    words = claim.words
    if len(words) >= _REPEATS and len(set(words)) == 1:
        return not any(gold.split().count(words[0]) > 1 for gold in claim.asked.gold_words)
    run = "".join(words)
    return (
        len(run) >= _FEW_CHARS
        and (run * 2).find(run, 1) * (_REPEATS - 1) <= len(run)
        and run.isalpha()
        and not claim.asked.holds(claim.normal)
    )


def is_gibberish(claim: Claim) -> bool:
    """Letters, digits or symbols at random."""
    return _has_random_letters(claim) or _has_random_digits(claim) or _has_random_symbols(claim)


def _has_random_letters(claim: Claim) -> bool:
    """Whether letters follow one another as in no word. Words of the gold and the question are words."""
    text = claim.bare
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        if any(c.isalpha() and not c.isascii() for c in text):  # another script
            return False
    letters = _COMMAND.sub(" ", text) if "\\" in text else text
    shortest = _PRODUCT_LETTERS + 1 if _FORMULA.search(text) else 1
    words = [word for word in _LETTERS.findall(letters) if len(word) >= shortest]
    if not words or _usual(words, frozenset()) or any(acronym(word) for word in _LATIN.findall(claim.text)):
        return False
    return not _usual(words, claim.asked.vocabulary)


def acronym(word: str) -> bool:
    """Whether it is written as one, in capitals and short, or as the points of a figure, in their order."""
    return word.isupper() and len(word) > 1 and (len(word) <= 5 or list(word) == sorted(set(word)))


def _usual(words: list[str], known: frozenset[str]) -> bool:
    """Whether they look like words: the more letters there are, the surer it is."""
    total = pairs = 0
    for word in words:
        pairs += len(word) - 1
        if word in known:
            total += 9 * (len(word) - 1)
        else:
            total += sum(int(_USUAL[a][ord(b) - 97]) for a, b in pairwise(word))
    return pairs < 4 or total / pairs > min(5.0, 6.1 - 13 / pairs)


def _has_random_digits(claim: Claim) -> bool:
    return any(
        len(_SWITCH.findall(mixed)) >= _MOST_SWITCHES
        and not _DURATION.fullmatch(mixed)
        and not claim.asked.holds(mixed)
        for mixed in _MIXED.findall(claim.normal)
    )


def _has_random_symbols(claim: Claim) -> bool:
    """A row of symbols that mean nothing together, or many of them between letters and digits."""
    text = claim.normal
    between = [c for c in text if c in _ANY_SYMBOL]
    kinds = set(between)
    if not kinds.isdisjoint(_NO_MATHS) and any(
        len(kinds & of) >= different and len(between) >= share * len(text)
        for of, different, share in _MANY_SYMBOLS
    ):
        return not claim.asked.holds(text)
    return any(
        len(set(run)) >= 3 and not _NO_MATHS.isdisjoint(run) and not claim.asked.holds(run)
        for run in _SYMBOLS.findall(text)
    )
