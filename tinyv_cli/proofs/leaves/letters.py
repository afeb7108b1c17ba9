"""Category 7: another letter for what the question does not name."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from tinyv_cli.maths.reading import ALIASES, CONSTANTS, FUNCTIONS, GREEK
from tinyv_cli.proofs.search import Prove, after
from tinyv_cli.proofs.sides import Pair, Sides, compact, said
from tinyv_cli.records import Proof

# f(x) = …, a_n = …, a_{n} = …
_HEAD = re.compile(
    r"\s*(?P<name>[A-Za-z])(?:\s*\(\s*(?P<argument>[A-Za-z])\s*\)|_\{?(?P<index>[A-Za-z])\}?)\s*:?="
    r"(?P<body>[^=<>]+)"
)
_LETTERS = re.compile(r"\\?[A-Za-z]+")
_WORDS = frozenset({*FUNCTIONS, *CONSTANTS, *ALIASES, *GREEK, "and", "or", "for", "all", "any"} - {"e", "i"})
_LONGEST_PRODUCT = 3
# Letters that stand for any integer, and those that stand for any constant; units look like them: 5 m.
_INDICES, _CONSTANTS = frozenset("klmn"), frozenset("CcKk")
_PERIOD_OR_SUM = re.compile(r"π|\\?pi(?![a-z])|\\circ|\S\s*[-+]")
_SUBSCRIPT = re.compile(r"(?<![A-Za-z\\])([A-Za-z])_(?:\{(\d)\}|(\d)(?!\d))")
_DIGIT_BEHIND = re.compile(r"(?<![A-Za-z\\])([A-Za-z])(\d)(?![\d.])")


def head(sides: Sides, prove: Prove) -> Proof | None:
    """7.1, 7.4: `f(n) = 2n+1` is `g(m) = 2m+1`: what a function and its argument are called."""
    gold, answer = sides.each(_HEAD.fullmatch)
    if gold is None or answer is None or bool(gold["argument"]) != bool(answer["argument"]):
        return None
    ours, theirs = gold["argument"] or gold["index"], answer["argument"] or answer["index"]
    fresh = {answer["name"], theirs} - {gold["name"], ours}
    if not fresh or any(_in_question(letter, sides.question) for letter in fresh):
        return None
    case_only = gold["name"] != answer["name"] and gold["name"].lower() == answer["name"].lower()
    if gold["name"] != answer["name"] and not case_only and not sides.question:
        return None  # which may be about both functions
    if ours != theirs and ours in _letters(answer["body"]):
        return None
    body = _renamed(answer["body"], theirs, ours)
    called = f"'{_called(answer)}' for '{_called(gold)}'"
    return after("7.4" if case_only else "7.1", called, prove(gold["body"], body))


def _called(found: re.Match[str]) -> str:
    return found[0].partition("=")[0].rstrip(": ").lstrip()


def index(sides: Sides, prove: Prove) -> Proof | None:
    """7.1: another letter for any integer or constant: `k\\pi` is `n\\pi`, if the question has neither."""
    for alike in (_INDICES, _CONSTANTS):
        gold, answer = (_letters(side) & alike for side in (sides.gold, sides.answer))
        # In the whole answer too: in a part of it alone, (2n, 3m) would be (2k, 3k).
        whole = [_letters(side) & alike for side in sides.given]
        if not (len(gold - answer) == len(answer - gold) == len(whole[0] - whole[1]) == 1):
            continue
        [ours], [theirs] = gold - answer, answer - gold
        if len(whole[1] - whole[0]) != 1 or not sides.both(_PERIOD_OR_SUM.search):
            continue
        if not any(_in_question(letter, sides.question) for letter in (ours, theirs)):
            renamed = _renamed(sides.answer, theirs, ours)
            return after("7.1", f"'{theirs}' for '{ours}'", prove(sides.gold, renamed))
    return None


def subscript(sides: Sides, prove: Prove) -> Proof | None:
    """7.2: `x_1` is `x1` where one side writes subscripts, as the question does, and the other does not."""
    in_gold = "_" in sides.gold
    if in_gold == ("_" in sides.answer):
        return None
    marked, plain = (sides.gold, sides.answer) if in_gold else (sides.answer, sides.gold)
    names = {found[1] + (found[2] or found[3]) for found in _SUBSCRIPT.finditer(marked)}
    if not names or names != {found[0] for found in _DIGIT_BEHIND.finditer(plain)}:
        return None
    asked = {found[1] + (found[2] or found[3]) for found in _SUBSCRIPT.finditer(sides.question)}
    if not names <= asked:
        return None
    rewritten = _DIGIT_BEHIND.sub(r"\1_\2", plain)
    pair = (marked, rewritten) if in_gold else (rewritten, marked)
    return after("7.2", "subscripts written as such", prove(*pair))


_IDENTICAL = re.compile(
    r"(?P<name>[A-Za-z]) ?(?P<argument>\( ?[A-Za-z] ?\))? ?(?:\\equiv(?![A-Za-z])|≡)"
    r"|(?P<mapped>[A-Za-z]) ?: ?(?P<of>[A-Za-z]) ?(?:\\mapsto(?![A-Za-z])|↦)"
)
_VALUE_OF = re.compile(r"(?P<name>[A-Za-z]) ?\( ?(?P<argument>[A-Za-z]) ?\) ?=")


def identically(sides: Sides, prove: Prove) -> Proof | None:
    r"""1.2: `f \equiv 2` and `f: x \mapsto 2` are `f(x) = 2`."""
    if not sides.either(_IDENTICAL.search) or sides.either(lambda side: "mod" in side):
        return None
    gold, answer = sides.each(_as_equation)
    for given, other in ((gold, answer), (answer, gold)):
        if named := _VALUE_OF.search(given):
            bare = re.compile(rf"(?<![A-Za-z\\]){named['name']} ?=")
            if not _VALUE_OF.search(other):
                whole = f"{named['name']}({named['argument']}) ="
                gold, answer = (bare.sub(whole, side) for side in (gold, answer))
    return after("1.2", "the same for every argument", prove(gold, answer))


def _as_equation(side: str) -> str:
    def spelt(found: re.Match[str]) -> str:
        if found["mapped"]:
            return f"{found['mapped']}({found['of']}) ="
        return f"{found['name']}{found['argument'] or ''} ="

    return _IDENTICAL.sub(spelt, side)


_ARROW = re.compile(
    r"\\(?:vec|overrightarrow|mathbf|boldsymbol|bm)\s*(?:\{\s*(?P<braced>[A-Za-z]{1,2})\s*\}|(?P<bare>[A-Za-z])(?![A-Za-z]))"
)


def arrow(sides: Sides, prove: Prove) -> Proof | None:
    r"""7.2: `\vec{a} + \vec{b}` is `a + b`, where no letter is a number as well; `\vec{AB}` is one thing."""
    if not sides.either(_ARROW.search):
        return None
    gold, answer = sides.each(_without_arrows)
    if (
        gold is None
        or answer is None
        or any(
            _in_question(letter, _ARROW.sub(" ", sides.question))
            for letter in _marked(sides.gold + sides.answer)
        )
    ):
        return None
    return after("7.2", "vectors without their arrows", prove(gold, answer))


def _without_arrows(side: str) -> str | None:
    """The side with plain letters for vectors.

    None where one of them is also there without its arrow, or where two are multiplied: a × b is not b × a.
    """
    between = _ARROW.split(side)[3:-1:3]
    if "^" in side or not all(re.search("[-+=,]", text) for text in between):
        return None
    marked = _marked(side)
    if marked & (_letters(_ARROW.sub(" ", side)) | {*_CAPITALS.findall(_ARROW.sub(" ", side))}):
        return None
    name, sign, value = side.rpartition("=")
    named = _ARROW.sub(lambda found: found["braced"] or found["bare"], name)
    return named + sign + _ARROW.sub(_as_one_letter, value)


def _marked(side: str) -> set[str]:
    return {found["braced"] or found["bare"] for found in _ARROW.finditer(side)}


def _as_one_letter(found: re.Match[str]) -> str:
    name = found["braced"] or found["bare"]
    return f" {name} " if len(name) == 1 else f" v_{{{name[0]}{name[1]}}} "


_CAPITALS = re.compile(r"(?<![A-Za-z\\])[A-Z]{2}(?![A-Za-z])")


def _in_question(letter: str, question: str) -> bool:
    return re.search(rf"(?<![A-Za-z\\]){letter}(?![A-Za-z])", question) is not None


def _runs(text: str) -> Iterator[re.Match[str]]:
    """Letters in a row that are a product of variables, and no command, function or word."""
    for run in _LETTERS.finditer(text):
        if len(run[0]) <= _LONGEST_PRODUCT and not run[0].startswith("\\") and run[0] not in _WORDS:
            yield run


@lru_cache(maxsize=1024)
def _letters(text: str) -> frozenset[str]:
    return frozenset(letter for run in _runs(text) for letter in run[0])


def _renamed(text: str, old: str, new: str) -> str:
    parts, at = [], 0
    for run in _runs(text):
        parts += [text[at : run.start()], run[0].replace(old, new)]
        at = run.end()
    return "".join(parts) + text[at:]


_TOKEN = re.compile(r"\\[A-Za-z]+|\S")
_NAMES = "|".join(sorted(GREEK | FUNCTIONS | {"pi"}, key=len, reverse=True))
_NAMED = re.compile(rf"(?<![A-Za-z\\])(?:{_NAMES})(?![a-z])")
_FIXED = frozenset(CONSTANTS) | FUNCTIONS
_SCRIPT = re.compile(r"(?<=[A-Za-z])[_^]?(\d)")


def looks_like_letters(pair: Pair) -> bool:
    r"""7.1: `\frac{\pi}{4}+\pi k` and `\frac{\pi}{4}+n\pi`, `f(x)=2x` and `g(t)=2t`."""
    gold, answer = pair.each(_tokens)
    ours, theirs = (
        _letters_among(gold) - _letters_among(answer),
        _letters_among(answer) - _letters_among(gold),
    )
    if not ours or len(ours) != len(theirs) or pair.either(said):
        return False
    return _count_without(ours, gold) == _count_without(theirs, answer)


def looks_like_own_symbols(pair: Pair) -> bool:
    r"""7.3: `\alpha, \beta` and `a, b`."""
    return looks_like_letters(pair) and pair.one(
        lambda side: GREEK & {token.lstrip("\\") for token in _tokens(side)}
    )


def looks_like_scripts(pair: Pair) -> bool:
    """7.2: `x_1` and `x^1` or `x1`."""
    gold, answer = pair.each(compact)
    return gold != answer and _SCRIPT.sub(r"_\1", gold) == _SCRIPT.sub(r"_\1", answer)


def looks_like_case(pair: Pair) -> bool:
    """7.4: `P(x)` and `p(x)`."""
    return pair.same(lambda side: compact(side).casefold())


def _tokens(side: str) -> list[str]:
    r"""Its signs, letters and commands; `alpha` is one of these, too."""
    found = _TOKEN.findall(_NAMED.sub(lambda found: f"\\{found[0]} ", side))
    return [token for token in found if token not in ("{", "}", "*", "\\cdot")]


def _letters_among(tokens: list[str]) -> set[str]:
    return {token for token in tokens if token not in _FIXED and (token.isalpha() or token[1:] in GREEK)}


def _count_without(letters: set[str], tokens: list[str]) -> Counter[str]:
    """How often each token is there, whatever these letters are; their order may have changed with them."""
    return Counter("" if token in letters else token for token in tokens)
