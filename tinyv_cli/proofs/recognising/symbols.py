"""Category 7, symbols: other letters for the same things."""

import re
from collections import Counter

from tinyv_cli.maths.reading import CONSTANTS, FUNCTIONS, GREEK
from tinyv_cli.proofs.recognising.pair import Pair, compact, said

_TOKEN = re.compile(r"\\[A-Za-z]+|\S")
_NAMES = "|".join(sorted(GREEK | FUNCTIONS | {"pi"}, key=len, reverse=True))
_NAMED = re.compile(rf"(?<![A-Za-z\\])(?:{_NAMES})(?![a-z])")
_FIXED = frozenset(CONSTANTS) | FUNCTIONS
_SCRIPT = re.compile(r"(?<=[A-Za-z])[_^]?(\d)")


def letters(pair: Pair) -> bool:
    r"""7.1: `\frac{\pi}{4}+\pi k` and `\frac{\pi}{4}+n\pi`, `f(x)=2x` and `g(t)=2t`."""
    gold, answer = pair.each(_tokens)
    ours, theirs = _letters(gold) - _letters(answer), _letters(answer) - _letters(gold)
    if not ours or len(ours) != len(theirs) or any(map(said, (pair.gold, pair.answer))):
        return False
    return _without(ours, gold) == _without(theirs, answer)


def own_symbols(pair: Pair) -> bool:
    r"""7.3: `\alpha, \beta` and `a, b`."""
    return letters(pair) and pair.one(lambda side: GREEK & {token.lstrip("\\") for token in _tokens(side)})


def scripts(pair: Pair) -> bool:
    """7.2: `x_1` and `x^1` or `x1`."""
    gold, answer = pair.each(compact)
    return gold != answer and _SCRIPT.sub(r"_\1", gold) == _SCRIPT.sub(r"_\1", answer)


def case(pair: Pair) -> bool:
    """7.4: `P(x)` and `p(x)`."""
    return pair.same(lambda side: compact(side).casefold())


def _tokens(side: str) -> list[str]:
    r"""Its signs, letters and commands; `alpha` is one of these, too."""
    found = _TOKEN.findall(_NAMED.sub(lambda found: f"\\{found[0]} ", side))
    return [token for token in found if token not in ("{", "}", "*", "\\cdot")]


def _letters(tokens: list[str]) -> set[str]:
    return {token for token in tokens if token not in _FIXED and (token.isalpha() or token[1:] in GREEK)}


def _without(letters: set[str], tokens: list[str]) -> Counter[str]:
    """How often each token is there, whatever these letters are; their order may have changed with them."""
    return Counter("" if token in letters else token for token in tokens)
