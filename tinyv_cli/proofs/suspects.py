r"""Why an answer that a rule accepted may be wrong all the same.

Math-Verify compares what it can read of an answer. What it cannot read as LaTeX it reads by its last number,
on both sides: `X**9/4 + C` and `X**9 + C`. What stands in \text{} behind a value it leaves out: `7 \text{ is
wrong}`. Words are products of their letters, units are dropped, sets have no order, and numbers are the same
that are so to six decimals (math-verify 0.9.0: `parser.lazy_expr_regex`, `grader.sympy_numeric_eq`).
"""

import re
from collections.abc import Callable
from math import gcd

from tinyv_cli.maths.brackets import split
from tinyv_cli.maths.denials import denied, without_denied
from tinyv_cli.maths.forms import outline
from tinyv_cli.maths.plain import normalised, plain
from tinyv_cli.maths.readings import bare, readings
from tinyv_cli.maths.readings.records import (
    Assignment,
    Based,
    Choice,
    Congruence,
    Counted,
    Expression,
    Number,
    Percent,
    Quantity,
    Reading,
    Several,
    Statement,
    Unclear,
    Words,
)
from tinyv_cli.maths.readings.relations import is_name
from tinyv_cli.maths.repeating import repeats_expression
from tinyv_cli.maths.units import Unit
from tinyv_cli.proofs import prove
from tinyv_cli.proofs.policy import Policy
from tinyv_cli.proofs.refuting import apart, refute
from tinyv_cli.proofs.refuting.asked import Asked, asked_of
from tinyv_cli.proofs.refuting.quantities import dimension

MOST_CHARS = 600
MOST_BESIDE = 6  # signs beside the gold, in what is denied
MOST_SIDES = 4  # of an equation
SHORT = 100  # a longer answer tells a story, in which not every word is about the answer

Suspicion = Callable[[Asked, str, str], str | None]


def suspect(question: str, gold: str, answer: str) -> str | None:
    """Why this answer, which the rule accepted, is doubtful; None where nothing speaks against it.

    Of what kind that is stands in front: `another value: read as a whole, …`.
    """
    if normalised(gold) == normalised(answer) or max(len(gold), len(answer)) > MOST_CHARS:
        return None
    asked, answer = asked_of(question), bare(answer)
    for kind, tests in _SUSPICIONS.items():
        why = next((why for test in tests if (why := test(asked, gold, answer)) is not None), None)
        if why is not None:
            read = read_by_rule(answer)
            return f"{kind}: {why}; {read}" if read else f"{kind}: {why}"
    return None


_STARRED = re.compile(r"\*\*|\b(?:asin|acos|atan|exp|log|sqrt)\(")
_NUMBERS = re.compile(r"(?:^|\s|=)[$€£¥]?(-?\d[\d,]*(?:\.\d+)?)")
_TEXT_BEHIND = re.compile(r"(?P<read>.*\d.*?)\s*\\(?:text|mathrm|mbox)\s*\{(?P<text>[^{}]*)\}[\s.]*")


def read_by_rule(answer: str) -> str | None:
    """What Math-Verify reads of an answer where that is a part of it."""
    if "\\" not in answer and _STARRED.search(answer):
        numbers = _NUMBERS.findall(answer)
        return f"Math-Verify reads only the last number of it, {numbers[-1]}" if numbers else None
    if behind := _TEXT_BEHIND.fullmatch(answer):
        return f"Math-Verify leaves out '{behind['text'].strip()}'"
    return None


def _is_denied(asked: Asked, gold: str, answer: str) -> str | None:
    text, wanted = plain(answer).text.lower(), _letters(plain(gold).text.lower())
    parts = denied(text)
    if not wanted or not parts or denied(plain(gold).text.lower()):
        return None
    is_it = any(
        wanted in _letters(part) and len(_letters(part)) <= len(wanted) + MOST_BESIDE for part in parts
    )
    if is_it and wanted not in _letters(without_denied(text)):
        return "the answer says that this is not it"
    return None


def _letters(text: str) -> str:
    return "".join(each for each in text.replace("\\boxed", "") if each.isalnum() or each in "-:")


_WITHDRAWN = re.compile(
    r"\b(?:wait|scratch that|correction|on second thought|i mean|sorry|let me (?:re|double)|mistake"
    r"|no, (?:it|that|the))\b",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"(?:\A|[,;.(]\s*|\bor |\bit is |\banswer is )(?:maybe|perhaps|possibly|probably|either|i guess|else)\b"
    r"|\b(?:it|answer) (?:could|might|may) be\b|\bnot sure\b|\bunsure\b",
    re.IGNORECASE,
)


def _is_withdrawn(asked: Asked, gold: str, answer: str) -> str | None:
    if len(answer) > SHORT:
        return None
    answer = plain(answer).text
    if _WITHDRAWN.search(answer) and not _WITHDRAWN.search(gold):
        return "the answer takes back what it says"
    if _HEDGED.search(answer) and not _HEDGED.search(gold):
        return "the answer commits itself to nothing"
    return None


def _is_refuted(asked: Asked, gold: str, answer: str) -> str | None:
    why = refute(asked.question, gold, answer)
    return why and f"read as a whole, {why}"


_LONG_WORD = re.compile(r"(?<![A-Za-z\\])(?!sin|cos|tan|cot|sec|log|exp|sqrt|inf|and|mod|cup)[A-Za-z]{3,}")
# What is compared in ways of its own, or cannot be.
_OTHERWISE = (Words, Statement, Unclear, Quantity, Congruence, Based, Counted)


def _is_set_equal(asked: Asked, gold: str, answer: str) -> str | None:
    """An equation one side of which is the gold, where nothing shows that the other is."""
    sides = split(outline(answer).replace("\\\\", " "), "=") or []
    if len(sides) < 2 or "=" in gold or len(sides) > MOST_SIDES or _LONG_WORD.search(plain(answer).text):
        return None
    if any(len(split(side, ",") or ()) > 1 for side in sides) and len(split(outline(gold), ",") or ()) < 2:
        return None  # several equations beside each other
    wanted = normalised(outline(plain(gold).text))
    others = [side for side in sides if normalised(side) != wanted]
    if not others or len(others) == len(sides):
        return None
    golds = readings(gold)
    for other in others:
        if (
            not is_name(other)
            and _is_comparable(golds, readings(other))
            and not prove("", gold, other, Policy(any_form=True))  # whatever is asked for, a step on the way
        ):
            return f"an equation: nothing shows that {other} is {gold}"
    return None


def _is_comparable(golds: tuple[Reading, ...], others: tuple[Reading, ...]) -> bool:
    """Whether one is a value as the other is one, so that it could be shown if it were the same."""
    if any(isinstance(each, _OTHERWISE) for each in (*golds, *others)):
        return False
    if any(isinstance(each, Expression) and not _is_formula(each) for each in golds):
        return False
    letters = {letter for each in golds if isinstance(each, Expression) for letter in each.letters}
    return all(not isinstance(each, Expression) or each.letters <= letters for each in others)


def _repeats(asked: Asked, gold: str, answer: str) -> str | None:
    if repeats_expression(asked.question, gold, answer):
        return "it only repeats the expression of the question"
    return None


_REDUCES = re.compile(r"\b(?:simplify|reduce|simplified)\b|lowest terms|irreducible", re.IGNORECASE)
_FRACTION = re.compile(r"-?(?:\\[dt]?frac\s*\{?\s*(-?\d+)\s*\}?\s*\{?\s*(\d+)\s*\}?|(-?\d+)\s*/\s*(\d+))")
_DECIMAL_FRACTION = re.compile(r"\\[dt]?frac\s*\{[^{}]*\.\d[^{}]*\}\s*\{[^{}]*\}")


def _is_unreduced(asked: Asked, gold: str, answer: str) -> str | None:
    """A fraction that can be reduced, where that was the task, and the gold's cannot."""
    if not _REDUCES.search(asked.question):
        return None
    text = plain(answer).text.rpartition("=")[2].strip(" .")
    found, wanted = _FRACTION.fullmatch(text), _FRACTION.fullmatch(plain(gold).text)
    if found and _common(found) > 1 and not (wanted and _common(wanted) > 1):
        return f"{text} is not in lowest terms"
    return f"{text} is no fraction of integers" if _DECIMAL_FRACTION.fullmatch(text) else None


def _common(found: re.Match[str]) -> int:
    return gcd(int(found[1] or found[3]), int(found[2] or found[4]))


def _is_in_another_order(asked: Asked, gold: str, answer: str) -> str | None:
    for one in readings(gold):
        for other in readings(answer):
            if isinstance(one, Several) and isinstance(other, Several) and _order_matters(one, other, asked):
                texts = [[normalised(each) for each in side.texts] for side in (one, other)]
                if texts[0] != texts[1] and sorted(texts[0]) == sorted(texts[1]):
                    return "the same in another order, which counts here"
    return None


def _order_matters(gold: Several, answer: Several, asked: Asked) -> bool:
    if "{}" in (gold.brackets, answer.brackets) or (asked.whole and not asked.ordered):
        return False
    return (
        asked.ordered or gold.brackets == answer.brackets == "()" or asked.names_in_a_row == len(gold.texts)
    )


_ANGLE = re.compile(r"\\angle\s*([A-Z])([A-Z])([A-Z])")
_FORMULA = re.compile(r"(?:[A-Z][a-z]?_?\{?\d*\}?){2,}")


def _has_other_letters(asked: Asked, gold: str, answer: str) -> str | None:
    """Letters are a product to the rule, in any order and of either size."""
    one, other = _ANGLE.fullmatch(plain(gold).text.strip()), _ANGLE.fullmatch(plain(answer).text.strip())
    if one and other:
        same = one[2] == other[2] and {one[1], one[3]} == {other[1], other[3]}
        return None if same else f"{other[0]} is another angle than {one[0]}"
    bare = [re.sub(r"[\s_{}$]|\\(?:text|mathrm|ce)", "", side) for side in (gold, answer)]
    if all(map(_FORMULA.fullmatch, bare)) and bare[0] != bare[1] and any(map(str.isdigit, bare[0])):
        return f"{bare[1]} is another formula than {bare[0]}"
    if (
        len(bare[0]) == 1 == len(bare[1])
        and bare[0].isalpha()
        and bare[0] != bare[1]
        and bare[0].lower() not in "abcdefghij"
    ):
        return f"{bare[1]} is another letter than {bare[0]}"
    return None


_RELATIONS = {
    "\\in": "∈", "\\notin": "∉", "\\subset": "⊂", "\\subseteq": "⊆", "=": "=", "<": "<", ">": ">",
    "\\leq": "≤", "\\geq": "≥", "\\neq": "≠", "\\perp": "⊥", "\\parallel": "∥",
}  # fmt: skip
_RELATION = re.compile(r"\\(?:in|notin|subseteq|subset|leq|geq|neq|perp|parallel)(?![A-Za-z])|[<>=]")
_JOINS = re.compile(r"\b(and|or)\b|\\(land|lor|cup|cap)(?![A-Za-z])")
_AND = frozenset({"and", "land", "cap"})


def _says_another_relation(asked: Asked, gold: str, answer: str) -> str | None:
    texts = [plain(side).text for side in (gold, answer)]
    signs = [_RELATION.findall(text) for text in texts]
    if (
        len(signs[0]) == len(signs[1]) == 1
        and signs[0] != signs[1]
        and not {"<", ">", "\\leq", "\\geq"} & {*signs[0], *signs[1]}
    ):
        return f"it says {_RELATIONS[signs[1][0]]} where the gold says {_RELATIONS[signs[0][0]]}"
    joins = [{(one or other) in _AND for one, other in _JOINS.findall(text)} for text in texts]
    ordered = [any(each in "<>\\leq\\geq" for each in own) for own in signs]
    denies = any("not" in text for text in texts)
    if all(ordered) and not denies and len(joins[0]) == len(joins[1]) == 1 and joins[0] != joins[1]:
        return "it joins by 'and' what the gold joins by 'or', or the other way round"
    return None


# What is asked for, by its noun, and the power of a length that this is.
_ASKED_FOR = tuple(
    (re.compile(pattern, re.IGNORECASE), power)
    for pattern, power in (
        (r"\bareas?\b|square|面积|平方", 2),
        (r"\bvolumes?\b|cubic|体积|立方", 3),
        (r"\b(?:perimeter|length|distance|height|radius|diameter|circumference)\b|周长|多少米", 1),
        (r"\bhow (?:far|wide|tall|high)\b", 1),
    )
)
_LAST = re.compile(
    r"(?:.*(?:what|find|compute|calculate|determine|\bhow|求))?(?P<asked>[^.?!。？]*[.?!。？]?\s*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_CHINESE = r"平方[厘分千]?米|立方[厘分千]?米|千米|厘米|分米|毫米|公里|千克|小时|分钟|[\u4e00-\u9fff]"
_COUNTED_IN = re.compile(rf"-?[\d.,/]+\s*({_CHINESE})")
_ASKED_IN = re.compile(rf"(?:多少|几)\s*({_CHINESE})")


def _has_another_unit(asked: Asked, gold: str, answer: str) -> str | None:
    for one in readings(gold):
        for other in readings(answer):
            if isinstance(one, Quantity) and isinstance(other, Quantity) and _is_other(one.unit, other.unit):
                return f"in '{other.spelt}', where the gold is in '{one.spelt}'"
            if (
                isinstance(one, Number)
                and isinstance(other, Quantity)
                and (why := _measures_another(asked, other))
            ):
                return why
            if isinstance(other, Percent) and isinstance(one, Number | Quantity) and not asked.percents_said:
                number = one if isinstance(one, Number) else one.number
                if number.exact is not None and number.exact == other.number.exact and not asked.unknown:
                    return "in percent, of which nothing speaks"
    own, wanted = _COUNTED_IN.fullmatch(answer), _ASKED_IN.findall(asked.question)
    if own and wanted and own[1] not in (wanted[-1], "个") and wanted[-1] != "个" and own[1] not in gold:
        return f"{own[1]}, where {wanted[-1]} is asked for"
    return None


def _is_other(wanted: Unit, given: Unit) -> bool:
    """Whether units of the same thing differ that have no fixed factor, or measure different things."""
    one, other = dimension(wanted), dimension(given)
    return wanted != given and (
        one != other or {name for name, _ in wanted} & _DEGREES != {name for name, _ in given} & _DEGREES
    )


_DEGREES = frozenset({"kelvin", "degree_Celsius", "degree_Fahrenheit"})


def _measures_another(asked: Asked, quantity: Quantity) -> str | None:
    """Whether a bare number is given in a unit that measures something else, or that nobody spoke of."""
    measured, names = dimension(quantity.unit) or (), {name for name, _ in quantity.unit}
    if asked.unknown:
        return None
    last = _LAST.search(asked.question)
    nouns = [
        (found.start(), wanted)
        for noun, wanted in _ASKED_FOR
        if last and (found := noun.search(last["asked"]))
    ]
    asked_for = min(nouns)[1] if nouns else None
    power = dict(quantity.unit).get("unit")
    if power is None and {name for name, _ in measured} == {"length"}:
        power = dict(measured)["length"]
    if asked_for and power and power != asked_for:
        return f"'{quantity.spelt}' measures something else than is asked for"
    if names == {"degree"} and asked.radians:
        return "in degrees, where radians are asked for"
    if asked.unit and dimension(asked.unit) == measured and not names & {name for name, _ in asked.unit}:
        return f"in '{quantity.spelt}', which is another unit than the one that is asked for"
    if names == {"cent"} and not re.search(r"cent|¢", asked.question, re.IGNORECASE):
        return "in cents, of which the question does not speak"
    return _in_unspoken(asked, quantity)


_PREFIX = re.compile(r"\A(?:pico|nano|micro|milli|centi|deci|kilo|mega|giga)")


def _in_unspoken(asked: Asked, quantity: Quantity) -> str | None:
    """Whether the question has another unit of the kind, and not this one with any prefix."""
    names = {_PREFIX.sub("", name) for name, _ in quantity.unit}
    spoken = {_PREFIX.sub("", name) for name in asked.units}
    kinds = {dimension(((name, 1),)) for name in names}
    alike = {name for name in spoken if dimension(((name, 1),)) in kinds}
    if alike and not names & spoken:
        return f"in '{quantity.spelt}', where the question speaks of {', '.join(sorted(alike))}"
    return None


def _names_another(asked: Asked, gold: str, answer: str) -> str | None:
    """`y = 7/5`, where a value of x is asked for."""
    for reading in readings(answer):
        if isinstance(reading, Assignment) and len(reading.name) == 1:
            wanted = re.findall(
                r"\b([a-z])\$?-(?:value|coordinate|intercept)|what is \$([a-z])\$\?", asked.question
            )
            letters = {one or other for one, other in wanted}
            if (
                letters
                and reading.name not in letters
                and not any(isinstance(each, Assignment) for each in readings(gold))
            ):
                return f"a value of {reading.name}, where {', '.join(letters)} is asked for"
            if (
                asked.slope
                and reading.name == "y"
                and any(isinstance(each, Number) for each in readings(gold))
            ):
                return "an equation of a line, where its slope is asked for"
    return None


_OR = re.compile(r"(?<![A-Za-z])or(?![A-Za-z])|\\lor|\bvs\b", re.IGNORECASE)


def _is_another_choice(asked: Asked, gold: str, answer: str) -> str | None:
    """`A = D`, where D is the gold."""
    golds = readings(gold)
    for reading in readings(answer):
        if isinstance(reading, Assignment) and all(isinstance(each, Choice) for each in golds):
            named = [each for each in readings(reading.name) if isinstance(each, Choice)]
            if named and any(named[0].letters != each.letters for each in golds if isinstance(each, Choice)):
                return f"it names {reading.name}, too"
    return None


def _is_beside_others(asked: Asked, gold: str, answer: str) -> str | None:
    """One value is the gold, and with `or` another stands beside it."""
    golds = readings(gold)
    if not _OR.search(plain(answer).text) or not all(
        isinstance(each, Number | Expression | Quantity) for each in golds
    ):
        return None
    for reading in readings(answer):
        if isinstance(reading, Several):
            others = [at for at, each in enumerate(reading.elements) if apart(golds, each, asked)]
            if others and len(others) < len(reading.elements):
                return f"{reading.texts[others[0]]} stands beside it"
    return None


_MANY = re.compile(r"[,;]|(?<![A-Za-z])(?:or|and)(?![A-Za-z])|\\pm|±|\\begin|\\\\|[、，；或和]")


def _is_one_of_several(asked: Asked, gold: str, answer: str) -> str | None:
    golds, answers = readings(gold), readings(answer)
    many = [each for each in golds if isinstance(each, Several) and len(set(each.texts)) > 1]
    if not many or len(many) < len(golds) or not all(map(_is_value, many[0].elements)):
        return None
    if _MANY.search(answer):
        return None
    if asked.one_of_many and not asked.parts:
        return None
    if any(isinstance(each, Number | Expression | Quantity | Assignment | Words) for each in answers):
        return f"it is at most one part of {len(many[0].texts)}"
    return None


def _is_value(element: tuple[Reading, ...]) -> bool:
    return any(isinstance(each, Number | Expression | Quantity | Assignment) for each in element)


_OPERATOR, _MATHS = re.compile(r"[-+^/(]|\\[a-z]"), re.compile(r"[\d\\^]")


def _is_a_sentence(asked: Asked, gold: str, answer: str) -> str | None:
    """A sentence that does not say the formula that is asked for."""
    if normalised(gold) in normalised(answer) or not all(map(_is_formula, readings(gold))):
        return None
    if any(isinstance(reading, Statement) for reading in readings(answer)):
        return "a sentence, of which a number is read, where a formula is asked for"
    return None


def _is_formula(reading: Reading) -> bool:
    return (
        isinstance(reading, Expression)
        and _OPERATOR.search(reading.text) is not None
        and _MATHS.search(reading.text) is not None
    )


_UNREAD = re.compile(r"\\(?:int|sum|prod|lim|oint|iint)(?![A-Za-z])|\|[^|]*\\rangle|\\langle")


def _is_read_in_part(asked: Asked, gold: str, answer: str) -> str | None:
    """Both have an operation that is compared by its look, and other signs in it."""
    texts = [plain(side).text for side in (gold, answer)]
    if all(map(_UNREAD.search, texts)):
        signs = [sorted(re.findall(r"\d+|[A-Za-z]", re.sub(r"\\[A-Za-z]+", "", text))) for text in texts]
        numbers = [sorted(re.findall(r"[\^_]\{?[^{}\s]+", text)) for text in texts]
        if signs[0] != signs[1] or numbers[0] != numbers[1]:
            return "another formula of the same look"
    return None


# In this order: what the answer says of itself first.
_SUSPICIONS: dict[str, tuple[Suspicion, ...]] = {
    "denied": (_is_denied, _is_withdrawn),
    "not done": (_repeats, _is_unreduced),
    "another value": (_is_refuted, _is_set_equal),
    "another order": (_is_in_another_order,),
    "another name": (_has_other_letters, _says_another_relation),
    "another unit": (_has_another_unit,),
    "another quantity": (_names_another, _is_another_choice),
    "beside others": (_is_beside_others,),
    "in part": (_is_one_of_several, _is_a_sentence, _is_read_in_part),
}
