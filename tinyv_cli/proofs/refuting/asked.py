"""What a question leaves open: which differences between two answers to it may mean nothing."""

import re
from collections.abc import Callable
from functools import cached_property, lru_cache

from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.questions import (
    base_of,
    form_asked,
    is_discrete,
    wants_a_tuple,
    wants_all_tuples,
    wants_one_set,
)
from tinyv_cli.maths.units import Unit, units_asked, units_in

MOST_CHARS = 6000


def _says(*patterns: str) -> Callable[[str], bool]:
    searched = re.compile("|".join(patterns), re.IGNORECASE).search
    return lambda question: searched(question) is not None


_speaks_of_parts = _says(r"%|percent|probabilit|\brate\b|fraction|proportion|\bchance|\bshare\b|百分|率")
_speaks_of_scales = _says(
    r"\\\$|\$\d[\d,.]*(?=[\s,.?)])(?![^$]*\$)|dollar|million|billion|thousand|\bscale\b|hundred|\bprice|cost|money|scientific|\be\+?-?\d|euro|£|€|¥"
    r"|basis point|\|[^|]*\|[^|]*\|.*\n|10\s*\^|\bunits?\b|[万亿元米吨克升秒时分]"
)
_speaks_of_change = _says(
    r"decreas|\bloss|\blose|\blost|\bdrop|reduc|deficit|\bdebt|below|declin|\bchange|differen|\bfall|less\b"
    r"|\bwork\b|downward|\bwest\b|\bsouth\b|(?<!\\)\bleft\b|displace|force|accelerat|charge|potential|voltage|current"
    r"|magnetic|electric|\bheat\b|energy|momentum|\bfield\b|focal|magnif|shift|\bsign\b|torque|deflect|net\b"
)
_is_rough = _says(r"estimate|order[- ]of[- ]magnitude|roughly|\babout how|approximate|numerically|\bsketch")
_wants_magnitude = _says(r"order[- ]of[- ]magnitude|orders of magnitude|\bestimate|数量级|roughly")
_wants_one_of_many = _says(
    r"\b(?:one|an?) (?:possible|example|such|solution|choice)|\bany (?:one|of|such|value)|an example"
    r"|\bpossible\b"
    r"|could be|\bfind an?\b|\bgive an?\b|at least one|such that|\bconstruct|\bexist|for example"
)
_NAMES_IN_A_ROW = re.compile(
    r"(?:values? of|[Ff]ind|[Ss]olve for|[Dd]etermine|[Cc]ompute) (?<![A-Za-z\\])\$?[a-z]\$?"
    r"(?:,?\s*(?:and|,)?\s*\$?[a-z]\$?(?![A-Za-z(]))+"
)
_is_ordered = _says(
    r"\b(?:respectively|ascending|descending|alphabetical|arranged?|sort(?:ed)?|rank(?:ed|ing)?)\b",
    r"\b(?:in|increasing|decreasing|this|that|following|same|given|spiral|correct) order\b",
    r"\b(?:smallest|least|lowest|shortest) to (?:the )?(?:largest|greatest|highest|longest)",
    r"\b(?:largest|greatest|highest|longest) to (?:the )?(?:smallest|least|lowest|shortest)",
    r"\bfill in|\bblanks\b|\bnext (?:\w+ )?terms",
)
_has_parts = _says(r"\([a-c1-3]\)|\(i{1,3}\)")
_asks_radians = _says(r"\bradian|弧度")
_asks_slope = _says(r"\bslope of\b")
_is_open = _says(
    r"up to|within (?:a|an additive|a multiplicative) |proportional|multiplicative constant"
    r"|\bscales? (?:as|like)"
)
_is_relative = _says(
    r"multiples? of|fraction of|in units of|relative to|compared (?:to|with)|ratio|how many times|percent"
)
_speaks_of_intervals = _says(
    r"\bintervals?\b|inequalit|\bdomain\b|\brange\b|solution set|取值范围|解集|定义域|值域"
)
_is_of_factors = _says(r"\bprime factor|factori[sz]|\bfactors\b")
_is_of_monotony = _says(r"creas|monoton|concav|convex|continu|单调|增区间|减区间")
_is_differential = _says(
    r"differential equation|general solution|\bODE\b|satisf\w+ the equation|family of|通解"
)
_is_an_integral = _says(r"integra|antiderivative|primitive|\\int|∫|potential|积分")


class Asked:
    """A question, and what it leaves open, each looked for when it is first asked after.

    Of a question that is not there nothing is known, and everything may be.
    """

    def __init__(self, question: str) -> None:
        self.question = question[:MOST_CHARS]

    def having(self, **known: bool) -> "Asked":
        """The same question, of which some things are known from elsewhere."""
        other = Asked(self.question)
        other.__dict__.update(self.__dict__ | known)
        return other

    @cached_property
    def as_it_stands(self) -> "Asked":
        """For what is said to be equal: no sign, no unit and no power of ten is left out there."""
        other = self.having(tens=False, signs=False)
        other.__dict__["units"] = frozenset()
        return other

    @cached_property
    def unknown(self) -> bool:
        return not self.question.strip()

    @cached_property
    def tens(self) -> bool:
        """A power of ten may be lost: with a unit, a percent sign, a word for a scale."""
        if form_asked(self.question).scientific and not self.units:  # the power is part of what is asked for
            return False
        said = _speaks_of_scales(self.question) or _speaks_of_parts(self.question)
        return self.unknown or said or bool(self.units)

    @cached_property
    def signs(self) -> bool:
        """The sign may be a convention, or be said in words."""
        return _speaks_of_change(self.question)

    @cached_property
    def rough(self) -> bool:
        """It asks for no exact number."""
        return _is_rough(self.question)

    @cached_property
    def magnitude(self) -> bool:
        """It asks only for the order of magnitude."""
        return _wants_magnitude(self.question)

    @cached_property
    def ordered(self) -> bool:
        """Several answers are to stand in an order."""
        return _is_ordered(self.question)

    @cached_property
    def whole(self) -> bool:
        """All answers of one kind are asked for."""
        return not self.unknown and (wants_one_set(self.question) or wants_all_tuples(self.question))

    @cached_property
    def names_in_a_row(self) -> int:
        """How many things are asked for one after another: three of `x, y, and z`."""
        found = _NAMES_IN_A_ROW.findall(self.question)
        return max((len(re.findall(r"(?<![a-z])[a-z](?![a-z])", each)) for each in found), default=0)

    @cached_property
    def parts(self) -> bool:
        """It has parts that are marked."""
        return _has_parts(self.question)

    @cached_property
    def radians(self) -> bool:
        """An angle in radians is asked for."""
        return _asks_radians(self.question)

    @cached_property
    def slope(self) -> bool:
        """The slope of a line is asked for."""
        return _asks_slope(self.question)

    @cached_property
    def percents_said(self) -> bool:
        """It speaks of percent, of shares or of probabilities."""
        return _speaks_of_parts(self.question)

    @cached_property
    def one_of_many(self) -> bool:
        """There are other right answers."""
        return _wants_one_of_many(self.question)

    @cached_property
    def scalable(self) -> bool:
        """A factor or a constant is left open."""
        return _is_open(self.question)

    @cached_property
    def intervals(self) -> bool:
        """A set of real numbers is asked for, and no pair."""
        return _speaks_of_intervals(self.question) and not wants_a_tuple(self.question)

    @cached_property
    def factors(self) -> bool:
        """It asks for factors, which powers may stand for."""
        return _is_of_factors(self.question)

    @cached_property
    def monotony(self) -> bool:
        """Intervals on which a function grows or falls may have their ends or not."""
        return _is_of_monotony(self.question)

    @cached_property
    def differential(self) -> bool:
        """Its solutions have constants that may be written in many ways."""
        return _is_differential(self.question) and not _HAS_INITIAL_VALUES.search(self.question)

    @cached_property
    def integral(self) -> bool:
        """A constant may be added."""
        return self.unknown or _is_an_integral(self.question)

    @cached_property
    def discrete(self) -> bool:
        """It speaks of whole numbers only."""
        return is_discrete(self.question)

    @cached_property
    def base(self) -> int | None:
        """The base in which a number is wanted."""
        return base_of(self.question)

    @cached_property
    def unit(self) -> Unit | None:
        """The one unit in which it wants the answer."""
        wanted = units_asked(self.question)
        return next(iter(wanted)) if len(wanted) == 1 else None

    @cached_property
    def units(self) -> frozenset[str]:
        """All units that it speaks of."""
        return units_in(self.question)

    @cached_property
    def letters(self) -> frozenset[str]:
        """All letters that stand alone in it."""
        return frozenset(each.lstrip("\\") for each in _MATHS.findall(plain(self.question).text))

    @cached_property
    def wanted_letters(self) -> frozenset[str]:
        """The letters in terms of which it wants the answer."""
        told = _IN_TERMS_OF.search(self.question)
        return (
            frozenset(each.replace("{", "").replace("}", "") for each in _LETTERS.findall(told[1]))
            if told
            else frozenset()
        )

    @cached_property
    def relative(self) -> bool:
        """A number is wanted of something that may be named beside it or not."""
        return _is_relative(self.question)

    def describes(self, letter: str) -> bool:
        """Whether the question says in words what a letter is, whose value may stand for it."""
        bare = re.escape(letter.partition("_")[0])
        said = rf"(?<![A-Za-z\\])\\?{bare}\$?\s+(?:is|are|be|equals|denotes?)\b"
        return re.search(said, self.question) is not None

    def defines(self, letter: str) -> bool:
        """Whether the question says what a letter is, so that it may stand for that."""
        return _defines(self.question, letter)


# With these the solution of a differential equation has no constant left.
_HAS_INITIAL_VALUES = re.compile(r"(?<![A-Za-z\\])[a-zA-Z]'*\s*\(\s*-?\d[^()]{0,8}\)\s*&?\s*=")
_IN_TERMS_OF = re.compile(
    r"(?:in terms of|as a function of)\s((?:(?!\.\s|[?:;]|\bwhere\b|\bfor\b).){1,120})", re.IGNORECASE
)
_LETTERS = re.compile(r"(?<![A-Za-z\\{])[A-Za-z](?:_\{?\w+\}?)?(?![A-Za-z])")
_MATHS = re.compile(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])|\\[A-Za-z]+")
asked_of = lru_cache(maxsize=512)(Asked)


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
