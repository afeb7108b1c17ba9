r"""Mixed numbers, `1 1/2` and `2\frac{1}{3}`: a whole number and a proper fraction that is added to it."""

import re

from tinyv_cli.maths.reading import VULGAR

VULGAR_SIGN = f"[{''.join(VULGAR)}]"
_MIXED = re.compile(
    r"(?<![\w.,^}/)\]])(?P<whole>\d+)(?:"
    r"(?:\s|\\[,;:! ]|~)*\\[dt]?frac\s*"
    r"(?:\{\s*(?P<top>\d+)\s*\}\s*\{\s*(?P<low>\d+)\s*\}|(?P<one>\d)\s*(?P<digit>\d))"
    rf"|(?:\s|\\[,;: ]|~)+(?P<over>\d+)\s*/\s*(?P<under>\d+)|\s?(?P<vulgar>{VULGAR_SIGN}))(?![\d^!])"
)


def with_sums(text: str) -> str:
    """The text with each mixed number written as a sum, `(1+1/2)`."""
    return _MIXED.sub(_as_sum, text)


def _as_sum(found: re.Match[str]) -> str:
    if found["vulgar"]:
        top, low = VULGAR[found["vulgar"]]
    else:
        top = found["top"] or found["one"] or found["over"]
        low = found["low"] or found["digit"] or found["under"]
    return f"({found['whole']}+{top}/{low})" if 0 < int(top) < int(low) else found[0]
