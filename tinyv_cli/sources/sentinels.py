"""Golds that only say that there is none."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from tinyv_cli.records import Example
from tinyv_cli.sources.explode import Window

# What stands where a gold is missing, in lower case and without punctuation: the words of NuminaMath (proof,
# notfound) and OpenMathReasoning (n/a), of programs, of people, and 证明 (proof) and 略 (left out).
SENTINELS = frozenset(
    {
        "proof",
        "notfound",
        "n/a",
        "none",
        "null",
        "nan",
        "noanswer",
        "notavailable",
        "notapplicable",
        "unknown",
        "tbd",
        "证明",
        "证明略",
        "略",
    }
)
_WRAPPED = re.compile(r"\\(?:text\w*|math\w*|mbox|boxed|fbox)\s*\{([^{}]*)\}")
_FILLING = " \t\n$-–—_.…?*"


def withhold_sentinels(windows: Iterable[Window]) -> Iterator[Window]:
    """The same windows, in which no sentinel counts as a gold: no rule and no model is asked about one."""
    for window in windows:
        yield replace(window, examples=list(map(without_sentinels, window.examples)))


def without_sentinels(example: Example) -> Example:
    """The same example, in which no sentinel counts as a gold."""
    golds, sentinels = _parted(example.golds)
    return replace(example, golds=golds, sentinels=sentinels) if sentinels else example


@lru_cache(maxsize=1024)
def _parted(golds: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    sentinels = tuple(gold for gold in golds if is_sentinel(gold))
    return tuple(gold for gold in golds if gold not in sentinels), sentinels


def is_sentinel(gold: str) -> bool:
    """Whether the gold only says that there is none, however it spells that."""
    bare = _WRAPPED.sub(r"\1", gold).strip(_FILLING)
    return not bare or "".join(c for c in bare.lower() if c.isalnum() or c == "/") in SENTINELS
