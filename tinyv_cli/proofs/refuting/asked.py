"""What a question leaves open: which differences between two answers to it may mean nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.questions import (
    base_of,
    is_discrete,
    wants_all_tuples,
    wants_one_set,
    wants_order,
)
from tinyv_cli.maths.units import Unit, units_asked, units_in

MOST_CHARS = 6000


def _says(*patterns: str) -> Callable[[str], bool]:
    searched = re.compile("|".join(patterns), re.IGNORECASE).search
    return lambda question: searched(question) is not None


_speaks_of_parts = _says(r"%|percent|probabilit|\brate\b|fraction|proportion|\bchance|\bshare\b|百分|率")
_speaks_of_scales = _says(
    r"\$|dollar|million|billion|thousand|\bscale\b|hundred|\bprice|cost|money|scientific|\be\+?-?\d|euro|£|€|¥"
    r"|basis point|\|[^|]*\|[^|]*\|.*\n|10\s*\^|\bunits?\b|[万亿元米吨克升秒时分]"
)
_speaks_of_change = _says(
    r"decreas|\bloss|\blose|\blost|\bdrop|reduc|deficit|\bdebt|below|declin|\bchange|differen|\bfall|less\b"
    r"|\bwork\b|downward|\bwest\b|\bsouth\b|\bleft\b|displace|force|accelerat|charge|potential|voltage|current"
    r"|magnetic|electric|\bheat\b|energy|momentum|\bfield\b|focal|magnif|shift|\bsign\b|torque|deflect|net\b"
)
_is_rough = _says(r"estimate|order[- ]of[- ]magnitude|roughly|\babout how|approximate|numerically|\bsketch")
_wants_magnitude = _says(r"order[- ]of[- ]magnitude|orders of magnitude|\bestimate|数量级|roughly")
_wants_one_of_many = _says(
    r"\b(?:one|an?) (?:possible|example|such|solution|choice)|\bany (?:one|of|such|value)|an example|\bpossible\b"
    r"|could be|\bfind an?\b|\bgive an?\b|at least one|such that|\bconstruct|\bexist|for example"
)
_is_open = _says(r"up to|within (?:a|an additive|a multiplicative) |proportional|multiplicative constant|\bscales? (?:as|like)")
_is_of_monotony = _says(r"creas|monoton|concav|convex|continu|单调|增区间|减区间")
_is_differential = _says(r"differential equation|general solution|\bODE\b|satisf\w+ the equation|family of|通解")
_is_an_integral = _says(r"integra|antiderivative|primitive|\\int|∫|potential|积分")


@dataclass(frozen=True, slots=True)
class Asked:
    """The question, and what may differ: `tens` a power of ten, `signs` the sign, and so on."""

    question: str
    tens: bool
    percents: bool
    signs: bool
    rough: bool
    magnitude: bool
    ordered: bool
    whole: bool  # all answers of one kind are asked for
    one_of_many: bool
    scalable: bool
    monotony: bool
    differential: bool
    integral: bool
    discrete: bool
    base: int | None
    unit: Unit | None
    units: frozenset[str]
    letters: frozenset[str]

    def defines(self, letter: str) -> bool:
        """Whether the question says what a letter is, so that it may stand for that."""
        return _defines(self.question, letter)


_MATHS = re.compile(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])|\\[A-Za-z]+")


@lru_cache(maxsize=512)
def asked_of(question: str) -> Asked:
    """What the question leaves open. Of one that is not there nothing is known, and everything may be."""
    question = question[:MOST_CHARS]
    unknown = not question.strip()
    units, wanted = units_in(question), units_asked(question)
    return Asked(
        question,
        tens=unknown or bool(units) or _speaks_of_scales(question) or _speaks_of_parts(question),
        percents=unknown or _speaks_of_parts(question),
        signs=unknown or _speaks_of_change(question),
        rough=_is_rough(question),
        magnitude=_wants_magnitude(question),
        ordered=wants_order(question),
        whole=not unknown and (wants_one_set(question) or wants_all_tuples(question)),
        one_of_many=_wants_one_of_many(question),
        scalable=_is_open(question),
        monotony=_is_of_monotony(question),
        differential=_is_differential(question),
        integral=_is_an_integral(question),
        discrete=is_discrete(question),
        base=base_of(question),
        unit=next(iter(wanted)) if len(wanted) == 1 else None,
        units=units,
        letters=frozenset(each.lstrip("\\") for each in _MATHS.findall(plain(question).text)),
    )


@lru_cache(maxsize=2048)
def _defines(question: str, letter: str) -> bool:
    bare = re.escape(letter.partition("_")[0])
    return (
        re.search(
            rf"(?<![A-Za-z(\\])\\?{bare}(?:_\{{?\w+\}}?)?\s*(?:=|:=|\\equiv|\\approx|\bis\s+\d|\bis defined)"
            rf"|(?:let|denote|define)\s+\$?\\?{bare}(?![A-Za-z(])",
            question,
            re.IGNORECASE if len(letter) > 1 else 0,
        )
        is not None
    )
