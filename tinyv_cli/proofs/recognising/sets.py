"""Category 6, sets and lists: how several answers stand beside each other."""

from tinyv_cli.maths.forms import outline
from tinyv_cli.proofs.recognising.pair import Listed, Pair, listed


def same_elements(pair: Pair) -> tuple[Listed, Listed] | None:
    """Both sides, where both are several answers and the same ones, in whatever order."""
    gold, answer = pair.each(listed)
    if gold is None or answer is None or sorted(gold.keys) != sorted(answer.keys):
        return None
    return gold, answer


def order(pair: Pair) -> bool:
    """6.1: `(6,3),(9,3)` and `(9,3),(6,3)`."""
    lists = same_elements(pair)
    return lists is not None and lists[0].keys != lists[1].keys


def brackets(pair: Pair) -> bool:
    r"""6.2: `(1,2),(3,4)` and `\{(1,2),(3,4)\}`."""
    lists = same_elements(pair)
    return lists is not None and lists[0].brackets != lists[1].brackets


def separators(pair: Pair) -> bool:
    """6.3: `(1,2,3)` and `(1;2;3)`."""
    lists = same_elements(pair)
    return lists is not None and lists[0].marks != lists[1].marks


def other(pair: Pair) -> bool:
    r"""6.4: `(1,2)` and `((1,2))`, `\{5\}` and `5`, an element that is given twice."""
    gold, answer = pair.each(_flat)
    if gold == answer != "" and pair.one(_is_wrapped):
        return True
    first, second = pair.each(listed)
    if first is None or second is None or len(first.keys) == len(second.keys):
        return False
    return set(first.keys) == set(second.keys)


def _is_wrapped(side: str) -> bool:
    """Whether brackets stand around brackets, or braces around one element."""
    return outline(side)[:2] in ("((", "[[", "{{", "{(") or (side.startswith("\\{") and listed(side) is None)


def _flat(side: str) -> str:
    return "".join(char for char in outline(side) if char not in "()[]{} ")
