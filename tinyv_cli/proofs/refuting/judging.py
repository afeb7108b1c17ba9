"""Whether two readings can be the same: a judge for each two types that can be compared at all."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import pi
from typing import Any, TypeAlias

from tinyv_cli.maths.choices import choices
from tinyv_cli.maths.questions import wants_a_tuple
from tinyv_cli.maths.reading import Node
from tinyv_cli.maths.readings import readings
from tinyv_cli.maths.readings.numbers import DEGREE
from tinyv_cli.maths.readings.records import (
    About,
    Assignment,
    Based,
    Choice,
    Clock,
    Complex,
    Conditioned,
    Congruence,
    Counted,
    Equation,
    Expression,
    Family,
    Inequality,
    Matrix,
    Number,
    Percent,
    Quantity,
    Ratio,
    Reading,
    Reals,
    Several,
    Statement,
    Unclear,
    Words,
)
from tinyv_cli.proofs.refuting import formulas, quantities
from tinyv_cli.proofs.refuting.asked import Asked
from tinyv_cli.proofs.refuting.classes import words_apart
from tinyv_cli.proofs.refuting.sets import reals_apart

Readings: TypeAlias = Sequence[Reading]
Judge = Callable[[Any, Any, Asked], str | None]


def apart(golds: Readings, answers: Readings, asked: Asked) -> str | None:
    """Why nothing that the gold can be is anything that the answer can be; None where that isn't shown.

    What both can be read as is compared in the like readings only: of `(1, 2)` and `(1, 3)` pair with pair.
    """
    if asked.intervals and (own := [_sets(golds), _sets(answers)]) and all(own):
        golds, answers = own
    if len(golds) > 1 and [*map(type, golds)] == [
        *map(type, answers)
    ]:  # in two ways, but in the same on both sides
        reasons = [judged(gold, answer, asked) for gold, answer in zip(golds, answers, strict=True)]
        return reasons[0] if all(reasons) else None
    types = {type(each) for each in golds} & {type(each) for each in answers}
    reason = None
    for gold in golds:
        for answer in answers:
            if _is_crossed(gold, answer, types):
                continue
            why = judged(gold, answer, asked)
            if why is None:
                return None
            reason = reason or why
    return reason


def _sets(readings: Readings) -> Readings:
    return [each for each in readings if isinstance(each, Reals)]


def _is_crossed(gold: Reading, answer: Reading, types: set[type]) -> bool:
    """Whether the one is compared with another reading, of its own type; what is unclear leaves all open."""
    if type(gold) is type(answer) or Unclear in (type(gold), type(answer)):
        return False
    return type(gold) in types or type(answer) in types


def judged(gold: Reading, answer: Reading, asked: Asked) -> str | None:
    """Why one reading cannot be another."""
    for side, other, turned in ((gold, answer, False), (answer, gold, True)):
        within = _within(side)
        if within is not None:
            if isinstance(side, About):
                asked = asked.having(rough=True)
            if isinstance(side, Conditioned):
                asked = asked.having(whole=False)
            return apart([other], within, asked) if turned else apart(within, [other], asked)
    judge = _JUDGES.get((type(gold), type(answer)))
    return judge(gold, answer, asked) if judge else None


def _within(reading: Reading) -> Readings | None:
    """What is compared of a reading that only says something of others."""
    if isinstance(reading, Conditioned):
        return reading.value
    return [reading.value] if isinstance(reading, About) else None


def _numbers(gold: Number, answer: Number, asked: Asked) -> str | None:
    return not_this(gold.text, answer.text) if quantities.apart(gold, answer, asked) else None


def not_this(gold: str, answer: str) -> str:
    """The sentence for two that cannot be the same."""
    return f"{answer} is not {gold}, however it is rounded"


def _quantities(gold: Quantity, answer: Quantity, asked: Asked) -> str | None:
    why = quantities.quantities_apart(gold, answer, asked)
    return why if why != "" else f"{_shown(answer)} is not {_shown(gold)}"


def _shown(quantity: Quantity) -> str:
    return f"{quantity.number.text} {quantity.spelt}"


def _quantity_and_number(gold: Quantity, answer: Number, asked: Asked) -> str | None:
    if not _apart_in(gold, answer, gold, asked):
        return None
    return not_this(_shown(gold), answer.text)


def _number_and_quantity(gold: Number, answer: Quantity, asked: Asked) -> str | None:
    return not_this(gold.text, _shown(answer)) if _apart_in(answer, gold, answer, asked) else None


def _apart_in(quantity: Quantity, number: Number, unit: Quantity, asked: Asked) -> bool:
    """Whether a number without a unit is none of those that a quantity comes to in the question's units."""
    units = frozenset(name for name, _ in unit.unit)
    ways = (quantity.number, _in_radians(quantity))
    return all(quantities.apart(number, way, asked, units=units) for way in ways)


def _in_radians(quantity: Quantity) -> Number:
    """The number that an angle in degrees is, in radians; of anything else the number itself."""
    if quantity.unit != DEGREE:
        return quantity.number
    degrees, step = quantity.number, quantity.number.step or 1.0
    return Number(f"{degrees.text}.", degrees.value * pi / 180, None, step * pi / 180)


def _percents(gold: Percent, answer: Percent, asked: Asked) -> str | None:
    apart = quantities.apart(gold.number, answer.number, asked, units=None)
    return not_this(f"{gold.number.text}%", f"{answer.number.text}%") if apart else None


def _number_and_percent(gold: Number, answer: Percent, asked: Asked) -> str | None:
    ways = (answer.number, quantities.scaled(answer.number, 0.01), quantities.scaled(answer.number, 100))
    if any(not quantities.apart(gold, way, asked) for way in ways):
        return None
    return not_this(gold.text, f"{answer.number.text}%")


def _percent_and_number(gold: Percent, answer: Number, asked: Asked) -> str | None:
    return _number_and_percent(answer, gold, asked) and not_this(f"{gold.number.text}%", answer.text)


def _complexes(gold: Complex | Number, answer: Complex | Number, asked: Asked) -> str | None:
    rounded = "." in gold.text or "." in answer.text
    off = abs(gold.value - answer.value) / max(abs(gold.value), abs(answer.value), 1e-12)
    return not_this(gold.text, answer.text) if off > (0.05 if rounded else 1e-6) else None


def _based(gold: Based, answer: Based, asked: Asked) -> str | None:
    return (
        f"{answer.text} is {answer.value}, and {gold.text} is {gold.value}"
        if gold.value != answer.value
        else None
    )


def _based_and_number(gold: Based, answer: Number, asked: Asked) -> str | None:
    return f"{answer.text} is not {gold.text}" if _other_digits(gold, answer) else None


def _number_and_based(gold: Number, answer: Based, asked: Asked) -> str | None:
    return f"{answer.text} is not {gold.text}" if _other_digits(answer, gold) else None


def _other_digits(based: Based, number: Number) -> bool:
    """Whether a number is neither its value nor its digits."""
    return number.exact is not None and based.value != number.exact and number.text.strip() not in based.text


def _ratios(gold: Ratio, answer: Ratio, asked: Asked) -> str | None:
    if len(gold.parts) != len(answer.parts):
        return None
    pairs = list(zip(gold.parts, answer.parts, strict=True))
    same = all(
        abs(one.value * other_low.value - other.value * one_low.value)
        <= 0.02 * max(abs(one.value * other_low.value), abs(other.value * one_low.value))
        for (one, other), (one_low, other_low) in pairwise(pairs)
    )
    shown = (":".join(part.text for part in side.parts) for side in (gold, answer))
    return None if same else "{1} is another ratio than {0}".format(*shown)


def _ratio_and_number(gold: Ratio, answer: Number, asked: Asked) -> str | None:
    return _of_ratio(gold, answer, asked)


def _number_and_ratio(gold: Number, answer: Ratio, asked: Asked) -> str | None:
    return _of_ratio(answer, gold, asked)


def _of_ratio(ratio: Ratio, number: Number, asked: Asked) -> str | None:
    top, low = ratio.parts[0], ratio.parts[-1]
    if len(ratio.parts) != 2 or not low.value or not top.value:
        return None
    ways = [Number(f"{top.text}/{low.text}.", top.value / low.value), *ratio.parts]
    if any(not quantities.apart(way, number, asked) for way in ways):
        return None
    return f"{number.text} is not {top.text}:{low.text}"


def _clocks(gold: Clock, answer: Clock, asked: Asked) -> str | None:
    half = 12 * 3600
    return f"{answer.text} is not {gold.text}" if (gold.seconds - answer.seconds) % half else None


def _expressions(gold: Expression, answer: Expression, asked: Asked) -> str | None:
    return formulas.apart(gold, answer, asked)


def _number_and_expression(gold: Number | Complex, answer: Expression, asked: Asked) -> str | None:
    return f"{answer.text} depends on a letter" if formulas.depends(answer, asked) else None


def _expression_and_number(gold: Expression, answer: Number | Complex, asked: Asked) -> str | None:
    return f"{gold.text} depends on a letter" if formulas.depends(gold, asked) else None


def _families(gold: Family, answer: Family, asked: Asked) -> str | None:
    return "they go through other values" if formulas.families_apart(gold, answer) else None


def _congruences(gold: Congruence, answer: Congruence, asked: Asked) -> str | None:
    if gold.modulus != answer.modulus or gold.remainders == answer.remainders:
        return None
    return f"other remainders modulo {gold.modulus}"


def _by_name(gold: Several, answer: Several, asked: Asked) -> str | None:
    """Two lists of names and values: for one name another value."""
    names = [
        {
            _bare(value.name): value
            for each in side.elements
            for value in each
            if isinstance(value, Assignment)
        }
        for side in (gold, answer)
    ]
    if len(names[0]) != len(gold.elements) or names[0].keys() != names[1].keys():
        return None
    reasons = (_assignments(own, names[1][name], asked) for name, own in names[0].items())
    return next(filter(None, reasons), None)


def _assignments(gold: Assignment, answer: Assignment, asked: Asked) -> str | None:
    if _bare(gold.name) != _bare(answer.name):
        return None
    return apart(gold.value, answer.value, asked)


def _bare(name: str) -> str:
    return "".join(name.split()).strip("\\").casefold()


def _value_of_gold(gold: Assignment, answer: Reading, asked: Asked) -> str | None:
    return apart(gold.value, [answer], asked)


def _value_of_answer(gold: Reading, answer: Assignment, asked: Asked) -> str | None:
    return apart([gold], answer.value, asked)


def _equations(gold: Equation, answer: Equation, asked: Asked) -> str | None:
    both = _difference(gold), _difference(answer)
    if both[0] is None or both[1] is None:
        return apart(gold.sides[-1], answer.sides[-1], asked) if _are_chains(gold, answer) else None
    if not formulas.equations_apart(both[0], both[1], asked):
        return None
    return f"{' = '.join(answer.texts)} has other solutions than {' = '.join(gold.texts)}"


def _are_chains(gold: Equation, answer: Equation) -> bool:
    """Whether neither says anything of a letter."""
    return not any(
        isinstance(reading, Expression) for each in (gold, answer) for side in each.sides for reading in side
    )


def _difference(equation: Equation) -> Node | None:
    """The one side of an equation in letters minus the other."""
    nodes = [_node(side) for side in equation.sides]
    if len(nodes) != 2 or nodes[0] is None or nodes[1] is None:
        return None
    difference = Node("subtract", parts=(nodes[0], nodes[1]))
    return difference if difference.variables() else None


def _node(side: Readings) -> Node | None:
    found = [reading for reading in side if isinstance(reading, Expression)]
    if found:
        return found[0].node
    numbers = [reading for reading in side if isinstance(reading, Number)]
    return Node("number", str(numbers[0].value)) if numbers and numbers[0].value >= 0 else None


def _assigned_equation(assignment: Assignment) -> Equation | None:
    letter = readings(assignment.name)
    if not (len(letter) == 1 and isinstance(letter[0], Expression)):
        return None
    return Equation((letter, assignment.value), (assignment.name, assignment.text.partition("=")[2].strip()))


def _assignment_and_equation(gold: Assignment, answer: Equation, asked: Asked) -> str | None:
    own = _assigned_equation(gold)
    return _equations(own, answer, asked) if own and _difference(answer) else None


def _equation_and_assignment(gold: Equation, answer: Assignment, asked: Asked) -> str | None:
    own = _assigned_equation(answer)
    return _equations(gold, own, asked) if own and _difference(gold) else None


def _and_equation(gold: Reading, answer: Equation, asked: Asked) -> str | None:
    """A gold that is no equation, and an equation: a false one, or none of its sides the gold."""
    if isinstance(gold, Expression):
        return _of_formulas(gold, answer, asked)
    constant = [side for side in answer.sides if not any(isinstance(each, Expression) for each in side)]
    if len(constant) < 2:
        return None
    as_it_stands = asked.as_it_stands
    for one, other in pairwise(constant):
        if apart(one, other, as_it_stands) or clash(one, other):
            return f"{' = '.join(answer.texts)} is false"
    reasons = [apart([gold], side, asked) for side in answer.sides]
    return reasons[-1] if all(reasons) else None


def _of_formulas(gold: Expression, answer: Equation, asked: Asked) -> str | None:
    """Whether formulas in the gold's letters are said to be equal that never are, one of them the gold."""
    sides = [each for side in answer.sides for each in side if isinstance(each, Expression | Number)]
    nodes = [Node("number", str(each.value)) if isinstance(each, Number) else each.node for each in sides]
    if len(sides) != len(answer.sides) or any(node.variables() - gold.letters for node in nodes):
        return None
    is_gold = [formulas.same(gold.node, node) for node in nodes]
    if any(is_gold) and any(
        formulas.never_same(gold, node, each.text) for node, each in zip(nodes, sides, strict=True)
    ):
        return f"{' = '.join(answer.texts)} is false"
    return None


_VALUES = (Number, Quantity, Percent, Ratio, Based, Complex, Counted)
_STRUCTURES = (Several, Reals, Matrix)


def clash(first: Readings, second: Readings) -> bool:
    """Whether one is a number, and the other several of them: no equation makes these the same."""
    return any(
        all(isinstance(each, _VALUES) for each in one)
        and all(isinstance(each, _STRUCTURES) and _has_many(each) for each in other)
        for one, other in ((first, second), (second, first))
        if one and other
    )


def _has_many(reading: Reading) -> bool:
    return not isinstance(reading, Several) or (
        reading.brackets not in ("", "{}") and len(reading.elements) > 1
    )


def _matrices(gold: Matrix, answer: Matrix, asked: Asked) -> str | None:
    entries = [[entry for row in side.rows for entry in row] for side in (gold, answer)]
    if len(entries[0]) != len(entries[1]):
        return "a matrix of another shape"
    if len(gold.rows) != len(answer.rows) and 1 not in (len(gold.rows), len(gold.rows[0])):
        return "a matrix of another shape"
    reasons = (apart(one, other, asked) for one, other in zip(*entries, strict=True))
    return next((f"in one entry, {why}" for why in reasons if why), None)


def _matrix_and_several(gold: Matrix, answer: Several, asked: Asked) -> str | None:
    return _entrywise(gold, answer, asked)


def _several_and_matrix(gold: Several, answer: Matrix, asked: Asked) -> str | None:
    return _entrywise(answer, gold, asked)


def _entrywise(matrix: Matrix, several: Several, asked: Asked) -> str | None:
    entries = [entry for row in matrix.rows for entry in row]
    if len(entries) != len(several.elements) or several.brackets == "{}":
        return None
    reasons = (apart(one, other, asked) for one, other in zip(entries, several.elements, strict=True))
    return next(filter(None, reasons), None)


def _several(gold: Several, answer: Several, asked: Asked) -> str | None:
    if _is_nested(gold) != _is_nested(answer) or asked.factors:
        return None
    if why := _by_name(gold, answer, asked):
        return why
    golds, answers = gold.elements, answer.elements
    of_each = asked.having(whole=False) if _is_nested(gold) else asked  # all are asked for, not all of one
    table = [[apart(one, other, of_each) for one in golds] for other in answers]
    for at, row in enumerate(table):
        if all(row):
            return f"{answer.texts[at]} is none of {', '.join(gold.texts[:6])}"
    if len(golds) == len(answers):
        if _in_order(gold, answer, asked):
            why = next((table[at][at] for at in range(len(golds)) if table[at][at]), None)
            return why and f"in that order: {why}"
        missing = next((at for at in range(len(golds)) if all(row[at] for row in table)), None)
        if missing is not None:
            return f"{gold.texts[missing]} is missing"
        return None if _matched(table) else "no way to match one with the other"
    if len(golds) > len(answers) and asked.whole and not asked.one_of_many:
        missing = next((at for at in range(len(golds)) if all(row[at] for row in table)), None)
        return None if missing is None else f"{gold.texts[missing]} is missing"
    return None


def _is_nested(several: Several) -> bool:
    return any(isinstance(each, Several) for each in several.elements[0])


def _in_order(gold: Several, answer: Several, asked: Asked) -> bool:
    """Whether the order is part of what is said: in pairs and points, and where one is asked for."""
    labelled = any(isinstance(each, Counted | Statement | Words) for side in gold.elements for each in side)
    tuples = gold.brackets == answer.brackets == "()" and not _is_nested(gold)
    if labelled or "{}" in (gold.brackets, answer.brackets):
        return False
    if asked.whole and not asked.ordered and not (tuples and wants_a_tuple(asked.question)):
        return False
    if gold.brackets == answer.brackets == "()":
        return not _is_nested(gold)
    return asked.ordered and not _is_nested(gold) and not (gold.joined or answer.joined)


def _matched(table: list[list[str | None]]) -> bool:
    """Whether each element can be another one of the gold (augmenting paths)."""
    partner: dict[int, int] = {}

    def found(row: int, seen: set[int]) -> bool:
        for column, why in enumerate(table[row]):
            if why or column in seen:
                continue
            seen.add(column)
            if column not in partner or found(partner[column], seen):
                partner[column] = row
                return True
        return False

    return all(found(row, set()) for row in range(len(table)))


def _several_and_one(gold: Several, answer: Reading, asked: Asked) -> str | None:
    if asked.factors or _digits("".join(gold.texts)) == _digits(getattr(answer, "text", "")):
        return None
    reasons = [apart(element, [answer], asked) for element in gold.elements]
    if all(reasons):
        return f"it is none of {', '.join(gold.texts[:6])}"
    if (
        asked.whole
        and not asked.one_of_many
        and not isinstance(answer, Expression)
        and _distinct(gold, asked)
    ):
        return f"it is only one of {', '.join(gold.texts[:6])}"
    return None


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _distinct(several: Several, asked: Asked) -> bool:
    return len(several.elements) > 1 and all(
        apart(one, other, asked) for at, one in enumerate(several.elements) for other in several.elements[:at]
    )


def _one_and_several(gold: Reading, answer: Several, asked: Asked) -> str | None:
    if asked.factors or _digits("".join(answer.texts)) == _digits(getattr(gold, "text", "")):
        return None
    if isinstance(gold, Complex):
        return None  # its parts may stand there
    if isinstance(gold, Expression) and any(
        isinstance(each, Assignment) for element in answer.elements for each in element
    ):
        return None  # its coefficients may
    if all(apart([gold], element, asked) for element in answer.elements):
        return f"none of {', '.join(answer.texts[:6])} is the gold"
    return None


def _reals(gold: Reals, answer: Reals, asked: Asked) -> str | None:
    return reals_apart(gold.numbers, answer.numbers, asked)


def _choices(gold: Choice, answer: Choice, asked: Asked) -> str | None:
    if gold.letters == answer.letters:
        return None
    if len(gold.letters) == len(answer.letters) or asked.question:
        return f"{_letters(answer)} is not {_letters(gold)}"
    return None


def _letters(choice: Choice) -> str:
    return ", ".join(sorted(choice.letters))


def _choice_and_other(gold: Choice, answer: Reading, asked: Asked) -> str | None:
    text = _text_of(gold, asked)
    return apart(text, [answer], asked) if text else None


def _other_and_choice(gold: Reading, answer: Choice, asked: Asked) -> str | None:
    text = _text_of(answer, asked)
    return apart([gold], text, asked) if text else None


def _text_of(choice: Choice, asked: Asked) -> Readings | None:
    """What the question lists under the letter."""
    if len(choice.letters) != 1:
        return None
    text = choices(asked.question).get(next(iter(choice.letters)))
    return readings(text) if text else None


def _words(gold: Words, answer: Words, asked: Asked) -> str | None:
    return words_apart(gold, answer, asked)


_COMMAND = re.compile(r"\\[A-Za-z]|\^")


def _has_a_formula(reading: Reading) -> bool:
    """Whether letters are in it that stand for numbers; a number may be said in some word."""
    if isinstance(reading, Several):
        return any(_has_a_formula(each) for element in reading.elements for each in element)
    if isinstance(reading, Assignment | Conditioned):
        return any(map(_has_a_formula, reading.value))
    if isinstance(reading, About):
        return _has_a_formula(reading.value)
    return isinstance(reading, Equation | Family) or (
        isinstance(reading, Expression) and _COMMAND.search(reading.text) is not None
    )


def _is_mathematical(reading: Reading) -> bool:
    """Whether it is a value or a formula, in all its parts."""
    if isinstance(reading, Several):
        return all(each and all(map(_is_mathematical, each)) for each in reading.elements)
    if isinstance(reading, Assignment | Conditioned):
        return all(map(_is_mathematical, reading.value))
    if isinstance(reading, About):
        return _is_mathematical(reading.value)
    return isinstance(reading, _MATHEMATICAL)


_TALKS = re.compile(
    r"\b(?:you|your|me|i|let's|please)\b", re.IGNORECASE
)  # to the reader, and not of the matter


def _is_mostly_mathematical(gold: Reading) -> bool:
    """Whether half of what it lists, at least, are values or formulas."""
    if not isinstance(gold, Several):
        return False
    known = [bool(element) and all(map(_is_mathematical, element)) for element in gold.elements]
    return 2 * sum(known) >= len(known)


def _several_and_assignment(gold: Several, answer: Assignment, asked: Asked) -> str | None:
    """Of the name that an answer gives a value to, the gold has another value."""
    for element in gold.elements:
        named = [
            each
            for each in element
            if isinstance(each, Assignment) and _bare(each.name) == _bare(answer.name)
        ]
        if named:
            return (
                _assignments(named[0], answer, asked) if _names(gold).count(_bare(answer.name)) == 1 else None
            )
    return apart([gold], answer.value, asked)


def _names(several: Several) -> list[str]:
    return [
        _bare(each.name) for element in several.elements for each in element if isinstance(each, Assignment)
    ]


def _and_statement(gold: Reading, answer: Statement, asked: Asked) -> str | None:
    """A number, and a sentence: if none of the numbers in it can be that one, it says something else."""
    if answer.empty and isinstance(gold, Number) and _TALKS.search(answer.text):
        return "words, where a number is asked for"
    if answer.empty:
        return (
            "words, where a formula is asked for"
            if _has_a_formula(gold) and (_is_mathematical(gold) or _is_mostly_mathematical(gold))
            else None
        )
    number = gold if isinstance(gold, Number) else gold.number if isinstance(gold, _WITH_A_NUMBER) else None
    if number is None:
        return None
    if any(not quantities.apart(number, each, asked, units=None) for each in answer.numbers):
        return None
    if answer.refuses and number.value:
        return "it says that there is no answer, or none that can be told"
    if not answer.complete or not answer.result:
        return None
    unsigned = asked.having(signs=True, tens=True)
    if any(each.text[:-1] == number.text for each in answer.numbers):
        return None  # the mark of a footnote behind it
    if all(quantities.apart(number, each, unsigned, units=answer.units) for each in answer.result):
        return f"no number in it is {number.text}"
    return None


def _counted(gold: Counted, answer: Reading, asked: Asked) -> str | None:
    return judged(gold.number, answer, asked)


def _and_counted(gold: Reading, answer: Counted, asked: Asked) -> str | None:
    return judged(gold, answer.number, asked)


_WITH_A_NUMBER = (Quantity, Percent, Counted)
_MATHEMATICAL = (
    Number,
    Complex,
    Quantity,
    Percent,
    Counted,
    Ratio,
    Based,
    Expression,
    Equation,
    Matrix,
    Family,
    Inequality,
)
_SINGLE = (Number, Quantity, Percent, Ratio, Based, Complex, Counted, Expression)
_JUDGES: dict[tuple[type, type], Judge] = {
    (Number, Number): _numbers,
    (Quantity, Quantity): _quantities,
    (Quantity, Number): _quantity_and_number,
    (Number, Quantity): _number_and_quantity,
    (Percent, Percent): _percents,
    (Number, Percent): _number_and_percent,
    (Percent, Number): _percent_and_number,
    (Complex, Complex): _complexes,
    (Complex, Number): _complexes,
    (Number, Complex): _complexes,
    (Based, Based): _based,
    (Based, Number): _based_and_number,
    (Number, Based): _number_and_based,
    (Ratio, Ratio): _ratios,
    (Ratio, Number): _ratio_and_number,
    (Number, Ratio): _number_and_ratio,
    (Clock, Clock): _clocks,
    (Expression, Expression): _expressions,
    (Number, Expression): _number_and_expression,
    (Complex, Expression): _number_and_expression,
    (Expression, Number): _expression_and_number,
    (Expression, Complex): _expression_and_number,
    (Family, Family): _families,
    (Congruence, Congruence): _congruences,
    (Reals, Reals): _reals,
    (Matrix, Matrix): _matrices,
    (Matrix, Several): _matrix_and_several,
    (Several, Matrix): _several_and_matrix,
    (Several, Several): _several,
    (Words, Words): _words,
    **{(kind, Equation): _and_equation for kind in (*_SINGLE, Several, Reals, Matrix, Choice, Words, Family)},
    **{(Several, kind): _several_and_one for kind in _SINGLE},
    **{(kind, Several): _one_and_several for kind in _SINGLE},
    **{(Choice, kind): _choice_and_other for kind in (*_SINGLE, Several, Words)},
    **{(kind, Choice): _other_and_choice for kind in (*_SINGLE, Several, Words)},
    **{(kind, Statement): _and_statement for kind in (*_MATHEMATICAL, Several, Assignment)},
    **{(Counted, kind): _counted for kind in (Number, Quantity, Percent, Counted)},
    **{(kind, Counted): _and_counted for kind in (Number, Quantity, Percent)},
    **{(Assignment, kind): _value_of_gold for kind in (*_SINGLE, Several, Reals, Matrix, Words, Family)},
    **{(kind, Assignment): _value_of_answer for kind in (*_SINGLE, Several, Reals, Matrix, Words, Family)},
    (Several, Assignment): _several_and_assignment,
    (Assignment, Assignment): _assignments,
    (Assignment, Equation): _assignment_and_equation,
    (Equation, Assignment): _equation_and_assignment,
    (Equation, Equation): _equations,
    (Choice, Choice): _choices,
}
