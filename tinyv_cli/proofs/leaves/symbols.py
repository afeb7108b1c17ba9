"""Category 7 of the taxonomy, symbols: another letter for what the question does not name."""

import re
from collections.abc import Iterator

from tinyv_cli.proofs.reading import ALIASES, CONSTANTS, FUNCTIONS, GREEK
from tinyv_cli.proofs.search import Prove, Sides, after
from tinyv_cli.records import Proof

# f(x) = …, a_n = …, a_{n} = …, y = …
_HEAD = re.compile(
    r"\s*(?P<name>[A-Za-z])(?:\s*\(\s*(?P<argument>[A-Za-z])\s*\)|_\{?(?P<index>[A-Za-z])\}?)?\s*:?="
    r"(?P<body>[^=<>]+)"
)
_LETTERS = re.compile(r"\\?[A-Za-z]+")
_WORDS = frozenset({*FUNCTIONS, *CONSTANTS, *ALIASES, *GREEK, "and", "or", "for", "all", "any"} - {"e", "i"})
_LONGEST_PRODUCT = 3
# Letters that stand for any integer, and those that stand for any constant; units look like them: 5 m.
_INDICES, _CONSTANTS = frozenset("klmn"), frozenset("CcKk")
_PERIOD_OR_SUM = re.compile(r"π|\\?pi(?![a-z])|\\circ|\S\s*[-+]")
_ALL = r"\\mathbb\s?\{?\s?Z\s?\}?|\\mathbf\s?\{?\s?Z\s?\}?|\\Z(?![A-Za-z])|ℤ|Z(?![A-Za-z])"
_INTEGER = re.compile(
    rf"(?<![A-Za-z\\])(?P<letter>[klmn])\$?\s?(?:\\in\s?\$?\s?(?:{_ALL})|∈\s?(?:{_ALL})"
    r"|(?:\\text\s?\{)?\s?(?:is\s)?(?:an|any)\sinteger)[\s.$)}]*\Z"
    r"|\b(?:any|every|all|an)?\s?integers?\s\}?\s?\$?(?P<last>[klmn])[\s.$)}]*\Z"
)
_LEADING_IN = re.compile(
    r"(?:\\text\s?\{\s?(?:(?:where|with|for|and)\s?\}?)?|where|with|for|and|any|all|\\q?quad|\\[ ,])\Z"
)
_MOST_LEADING_IN = 20
_RELATION = re.compile(r"[<>≤≥≠]|\\(?:n?[lg]e|[lg]t|[lg]eq|neq?)(?:slant)?(?![A-Za-z])|\\mid|\|")
_SUBSCRIPT = re.compile(r"(?<![A-Za-z\\])([A-Za-z])_(?:\{(\d)\}|(\d)(?!\d))")
_DIGIT_BEHIND = re.compile(r"(?<![A-Za-z\\])([A-Za-z])(\d)(?![\d.])")


def head(sides: Sides, prove: Prove) -> Proof | None:
    """7.1, 7.4: `f(n) = 2n+1` is `g(m) = 2m+1`: what a function and its argument are called."""
    gold, answer = _HEAD.fullmatch(sides.gold), _HEAD.fullmatch(sides.answer)
    if gold is None or answer is None or not _name_the_same(gold, answer):
        return None
    ours, theirs, body = _bound(gold), _bound(answer), answer["body"]
    fresh = {each for each in (answer["name"], theirs) if each} - {gold["name"], ours}
    if not fresh or any(_in_question(letter, sides.question) for letter in fresh):
        return None
    another = answer["name"].lower() != gold["name"].lower() and "y" not in (gold["name"], answer["name"])
    if another and not sides.question:
        return None  # which may be about both functions
    if ours and theirs and ours != theirs:
        if ours in _letters(body):
            return None
        body = _renamed(body, theirs, ours)
    case_only = gold["name"] != answer["name"] and gold["name"].lower() == answer["name"].lower()
    called = f"'{_called(answer)}' for '{_called(gold)}'"
    return after("7.4" if case_only else "7.1", called, prove(gold["body"], body))


def _bound(found: re.Match[str]) -> str | None:
    """The letter that a function or a sequence is defined by."""
    return found["argument"] or found["index"]


def _name_the_same(gold: re.Match[str], answer: re.Match[str]) -> bool:
    """Whether both define a function, or both a sequence, or one calls y what the other calls f(x)."""
    if _bound(gold) and _bound(answer):
        return bool(gold["argument"]) == bool(answer["argument"])
    bare, function = (answer, gold) if gold["argument"] else (gold, answer)
    return _bound(bare) is None and bare["name"] == "y" and function["argument"] is not None


def _called(found: re.Match[str]) -> str:
    return found[0].partition("=")[0].rstrip(": ").lstrip()


def index(sides: Sides, prove: Prove) -> Proof | None:
    """7.1: another letter for any integer or constant: `k\\pi` is `n\\pi`, if the question has neither."""
    for alike in (_INDICES, _CONSTANTS):
        gold, answer = (_letters(side) & alike for side in (sides.gold, sides.answer))
        # In the whole answer too: in a part of it alone, (2n, 3m) would be (2k, 3k).
        whole = [_letters(side) & alike for side in sides.whole]
        if not (len(gold - answer) == len(answer - gold) == len(whole[0] - whole[1]) == 1):
            continue
        [ours], [theirs] = gold - answer, answer - gold
        if len(whole[1] - whole[0]) != 1 or not all(map(_PERIOD_OR_SUM.search, (sides.gold, sides.answer))):
            continue
        if not any(_in_question(letter, sides.question) for letter in (ours, theirs)):
            renamed = _renamed(sides.answer, theirs, ours)
            return after("7.1", f"'{theirs}' for '{ours}'", prove(sides.gold, renamed))
    return None


def any_integer(sides: Sides, prove: Prove) -> Proof | None:
    """5.1: what is said of an index, that it is an integer, where both say it or one leaves it to be seen."""
    pair = sides.gold, sides.answer
    if not any("Z" in side or "ℤ" in side or "integer" in side for side in pair):
        return None
    if any(map(_RELATION.search, pair)):
        return None  # of n < 5 it is a condition
    found = [_INTEGER.search(side) for side in pair]
    if found == [None, None]:
        return None
    letters = [said and (said["letter"] or said["last"]) for said in found]
    rests = [_before(side, said) if said else side for side, said in zip(pair, found, strict=True)]
    if any(letter and letter not in _letters(rest) for letter, rest in zip(letters, rests, strict=True)):
        return None
    named = " and ".join(f"'{letter}'" for letter in dict.fromkeys(filter(None, letters)))
    return after("5.1", f"that {named} is an integer left out", prove(rests[0], rests[1]))


def _before(side: str, said: re.Match[str]) -> str:
    """What stands before it, without the words that lead to it."""
    rest = side[: said.start()].rstrip(" ,;($")
    while leading := _LEADING_IN.search(rest[-_MOST_LEADING_IN:]):
        rest = rest.removesuffix(leading[0]).rstrip(" ,;($")
    return rest


def subscript(sides: Sides, prove: Prove) -> Proof | None:
    """7.2: `x_1` is `x1` where one side writes subscripts and the other does not."""
    in_gold = "_" in sides.gold
    if in_gold == ("_" in sides.answer):
        return None
    marked, plain = (sides.gold, sides.answer) if in_gold else (sides.answer, sides.gold)
    names = {found[1] + (found[2] or found[3]) for found in _SUBSCRIPT.finditer(marked)}
    if not names or names != {found[0] for found in _DIGIT_BEHIND.finditer(plain)}:
        return None
    rewritten = _DIGIT_BEHIND.sub(r"\1_\2", plain)
    pair = (marked, rewritten) if in_gold else (rewritten, marked)
    return after("7.2", "subscripts written as such", prove(*pair))


def _in_question(letter: str, question: str) -> bool:
    return re.search(rf"(?<![A-Za-z\\]){letter}(?![A-Za-z])", question) is not None


def _runs(text: str) -> Iterator[re.Match[str]]:
    """Letters in a row that are a product of variables, and no command, function or word."""
    for run in _LETTERS.finditer(text):
        if len(run[0]) <= _LONGEST_PRODUCT and not run[0].startswith("\\") and run[0] not in _WORDS:
            yield run


def _letters(text: str) -> set[str]:
    return {letter for run in _runs(text) for letter in run[0]}


def _renamed(text: str, old: str, new: str) -> str:
    parts, at = [], 0
    for run in _runs(text):
        parts += [text[at : run.start()], run[0].replace(old, new)]
        at = run.end()
    return "".join(parts) + text[at:]
