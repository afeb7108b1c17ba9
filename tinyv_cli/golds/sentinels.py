"""Golds that only say that there is none."""

import re

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


def is_sentinel(gold: str) -> bool:
    """Whether the gold only says that there is none, however it spells that."""
    bare = _WRAPPED.sub(r"\1", gold).strip(_FILLING)
    return not bare or "".join(c for c in bare.lower() if c.isalnum() or c == "/") in SENTINELS
