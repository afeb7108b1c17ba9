"""Category 6: how several answers stand beside each other: their order, brackets, marks."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isqrt

from tinyv_cli.maths.brackets import inside, split
from tinyv_cli.maths.forms import (
    NAME,
    Collection,
    collection,
    number,
    outline,
    shown,
    unwrapped,
)
from tinyv_cli.maths.labelled import tells_things_apart
from tinyv_cli.maths.naming import asks_for_another
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.questions import (
    asks_for_factors,
    has_several_unknowns,
    wants_a_tuple,
    wants_all_tuples,
    wants_one_set,
    wants_order,
)
from tinyv_cli.maths.signs import MINUS_PLUS, PLUS_MINUS
from tinyv_cli.proofs.ends import same_text
from tinyv_cli.proofs.search import Prove, after, each_proved, together
from tinyv_cli.proofs.sides import Listed, Pair, Sides, listed
from tinyv_cli.records import Proof
from tinyv_cli.taxonomy import deepest

MOST_ELEMENTS = 20
MOST_PRIME = 10**10  # which takes a few milliseconds to try
SET, LIST, PAIR, BARE = "{}", "[]", "()", ""
_CHOICE = re.compile(f"{PLUS_MINUS}|{MINUS_PLUS}")
_OR = re.compile(r"\s(?:or|,\s*or)\s|\\lor\b|\\vee\b")
_LABELLED = re.compile(r"[^\W\d_]\}?\s*:")  # Tom: 5, Ann: 7
_ONE_OF = re.compile(rf"(?P<name>{NAME})\s*\\in\s*(?P<values>\{{[^{{}}|:]*,[^{{}}|:]*\}})")  # x in {1, 2}
_SAME_NAME = re.compile(rf"(?P<name>{NAME})\s*=\s*(?P<value>[^=]+)")


def redundant_brackets(sides: Sides, prove: Prove) -> Proof | None:
    """6.4: brackets around what already stands in brackets: `((1,2))` is `(1,2)`."""
    gold, answer = sides.each(_without_outer)
    if gold is None and answer is None:
        return None
    rest = prove(gold or sides.gold, answer or sides.answer)
    return after("6.4", "brackets around the whole dropped", rest)


def _without_outer(text: str) -> str | None:
    """What stands in brackets that add nothing; a set that holds a set is not what it holds."""
    if text[-1:] not in ")]}$.":
        return None
    text = outline(text)
    within = inside(text)
    if not within or inside(within) is None or text[0] == "⟨":
        return None
    kind = text[0] + text[-1]
    return within if kind == PAIR or (kind in (SET, LIST) and within[0] + within[-1] == PAIR) else None


def one_by_one(sides: Sides, prove: Prove) -> Proof | None:
    """6.2 and 6.3: as many elements in the same order, in other brackets or with other marks between them."""
    pair = _collections(sides.gold, sides.answer)
    if pair is None or _is_tuple_with_choice(pair[0]) or not _same_brackets(sides.question, *pair):
        return None
    gold, answer = pair
    parts = each_proved(prove, gold.elements, answer.elements)
    return together(*_difference(gold, answer, parts), parts) if parts else None


def _is_tuple_with_choice(several: Collection) -> bool:
    """Whether it is a pair with ±, whose signs may belong together: (±1, ∓1) is two pairs, not four."""
    return several.brackets not in (SET, BARE) and any(
        _CHOICE.search(element) for element in several.elements
    )


def _difference(gold: Collection, answer: Collection, parts: Sequence[Proof]) -> tuple[str, str]:
    """The leaf and the sentence for what two collections in the same order do not share."""
    if gold.brackets != answer.brackets:
        return (
            "6.2",
            f"brackets {gold.brackets or 'none'} and {answer.brackets or 'none'} hold the same elements",
        )
    if gold.delimiter != answer.delimiter:
        return "6.3", f"'{gold.delimiter}' and '{answer.delimiter}' stand between the same elements"
    leaf = deepest(part.leaf for part in parts)
    return leaf or "3.4", f"element by element the same: {shown(answer.elements)}"


def other_order(sides: Sides, prove: Prove) -> Proof | None:
    """6.1: the same values in whatever order, where it is values of one kind that were asked for."""
    gold, answer = sides.each(values_of_one_name)
    if gold and answer and gold.name != answer.name:
        return None
    named = gold or answer
    if named and not (gold and answer) and asks_for_another(sides.question, named.name):
        return None
    pair = _collections(gold.values if gold else sides.gold, answer.values if answer else sides.answer)
    repeated = any(each and each.times > 1 for each in (gold, answer))
    if pair is None or not _is_unordered(sides.question, *pair, repeated=repeated):
        return None
    first, second = (each.elements for each in pair)
    said = f"the same elements in whatever order: {shown(second)}"
    return together("6.1", said, matched(first, second, prove))


_FACTORS = re.compile(r"(?P<base>\d+)(?:\s*(?:\^|\*\*)\s*\{?\(?(?P<power>\d+)\)?\}?)?")
_TIMES = re.compile(r"\s*(?:\\cdot|\\times|[*×·])\s*(?!\*)")


def prime_factors(sides: Sides, prove: Prove) -> Proof | None:
    r"""6.2: `2^2 \cdot 7` has the prime factors `2, 7`, where these are asked for."""
    if not asks_for_factors(sides.question):
        return None
    gold, answer = sides.each(_primes)
    if (gold is None) == (answer is None):
        return None
    given, other = gold or answer or [], sides.answer if gold else sides.gold
    listed = collection(other)
    numbers = [other.strip("[] ")] if listed is None else list(listed.elements)
    if len(numbers) == len(set(numbers)):
        given = list(dict.fromkeys(given))
    pair = (given, numbers) if gold else (numbers, given)
    return together("6.2", "the product of these prime factors", matched(*pair, prove))


def _primes(side: str) -> list[str] | None:
    """The factors of a product of powers of primes, each as often as it stands there."""
    found = [_FACTORS.fullmatch(each) for each in _TIMES.split(plain(side).text.replace("**", "^"))]
    if not all(found) or (len(found) == 1 and not (found[0] and found[0]["power"])):
        return None
    factors = [(int(each["base"]), int(each["power"] or 1)) for each in found if each and len(each[0]) < 18]
    if len(factors) < len(found) or not all(_is_prime(base) and power < 99 for base, power in factors):
        return None
    return [str(base) for base, power in factors for _ in range(power)]


def _is_prime(number: int) -> bool:
    return number > 1 and number < MOST_PRIME and all(number % each for each in range(2, isqrt(number) + 1))


_FORMULA = re.compile(r"[A-Za-z]")


def repeated(sides: Sides, prove: Prove) -> Proof | None:
    """6.4: a gold that gives a formula twice gives it once."""
    several = collection(sides.gold)
    if several is None or not all(map(_FORMULA.search, several.elements)):
        return None
    once = list(dict.fromkeys(several.elements))
    if len(once) == len(several.elements):
        return None
    listed = f"{several.opening}{f'{several.delimiter} '.join(once)}{several.closing}"
    return after(
        "6.4",
        "what the gold says twice counts once",
        prove(listed if len(once) > 1 else once[0], sides.answer),
    )


@dataclass(frozen=True, slots=True)
class Named:
    """Values of one unknown, with commas between, and how often it is named."""

    name: str
    values: str
    times: int


def values_of_one_name(text: str) -> Named | None:
    """What the unknown is in `x = 1 or x = 3`, `x=1, x=3` and `x = 1, 3`."""
    if found := _ONE_OF.fullmatch(outline(text).replace("∈", "\\in ")):
        return Named(found["name"], found["values"], 2)
    if "=" not in text:
        return None
    elements = split(_OR.sub(", ", unwrapped(text)), ",")
    if elements is None or len(elements) < 2 or not all(elements):
        return None
    each_named = [_SAME_NAME.fullmatch(element) for element in elements]
    names = {each["name"].strip() for each in each_named if each}
    if each_named[0] is None or len(names) > 1:
        return None
    values = [
        each["value"].strip() if each else element for element, each in zip(elements, each_named, strict=True)
    ]
    if "=" in "".join(values):
        return None
    return Named(names.pop(), ", ".join(values), sum(map(bool, each_named)))


def matched(golds: Sequence[str], answers: Sequence[str], prove: Prove) -> list[Proof] | None:
    """A proof for each gold with an answer of its own, in whatever order; None unless all have found one.

    What is the same text is taken first, so that only what differs in form is searched for.
    """
    if len(golds) != len(answers) or len(golds) > MOST_ELEMENTS:
        return None
    golds, answers, found = list(golds), list(answers), []
    for shows in (same_as_written, near_by(prove)):
        for gold in tuple(golds):
            proof, twin = _first(shows, gold, answers)
            if proof is not None:
                golds.remove(gold)
                answers.remove(twin)
                found.append(proof)
    return None if golds else found


def _first(shows: Prove, gold: str, answers: Sequence[str]) -> tuple[Proof | None, str]:
    """The first proof that one of the answers is the gold, and of which."""
    return next(((proof, answer) for answer in answers if (proof := shows(gold, answer))), (None, ""))


def same_as_written(gold: str, answer: str) -> Proof | None:
    """A proof where both are the same text."""
    return Proof((), gold, answer) if same_text(gold, answer) else None


def near_by(prove: Prove) -> Prove:
    """The search, but not for two numbers that no rounding makes the same."""

    def search(gold: str, answer: str) -> Proof | None:
        first, second = number(gold), number(answer)
        if first is not None and second is not None and abs(first - second) > abs(first) / 100:
            return None
        return prove(gold, answer)

    return search


def _collections(gold: str, answer: str) -> tuple[Collection, Collection] | None:
    """Both sides as collections of as many elements; values with a name each are no values of one kind."""
    if ("=" in gold) != ("=" in answer) or _LABELLED.search(gold) or _LABELLED.search(answer):
        return None
    if tells_things_apart(gold) or tells_things_apart(answer):
        return None
    first = collection(gold)
    second = collection(answer) if first else None
    if first is None or second is None or not len(first.elements) == len(second.elements) <= MOST_ELEMENTS:
        return None
    return (first, second) if _name_of_all(first) == _name_of_all(second) else None


def _name_of_all(several: Collection) -> str:
    """What stands before the first element alone: `(x,y) = (1,2), (3,4)` names the two in both pairs."""
    named = ["=" in element for element in several.elements]
    return "".join(several.elements[0].partition("=")[0].split()) if named[0] and sum(named) == 1 else ""


def _same_brackets(question: str, gold: Collection, answer: Collection) -> bool:
    """Whether the brackets mean the same: (1,2), [1,2] and 1,2 may be an interval or not, (1,2,3) can't."""
    kinds = {gold.brackets, answer.brackets}
    if len(kinds) == 1:
        return True
    if not kinds <= {SET, LIST, PAIR, BARE, "⟨⟩"}:
        return False
    if kinds == {LIST, BARE} and asks_for_factors(question):
        return True
    if kinds == {SET, BARE} or _holds_collections(gold) or len(gold.elements) > 2:
        return True
    return SET not in kinds and wants_a_tuple(question)


def _holds_collections(several: Collection) -> bool:
    return all(element[0] in "([{" and inside(element) and "," in element for element in several.elements)


def _is_unordered(question: str, gold: Collection, answer: Collection, *, repeated: bool) -> bool:
    """Whether the form or the question says that these are values of one kind. Pairs keep their order."""
    if wants_order(question):
        return False
    if _holds_collections(gold):
        return gold.brackets == SET or wants_all_tuples(question)
    if not {gold.brackets, answer.brackets} <= _unordered_brackets(len(gold.elements)):
        return False
    if gold.brackets == SET and not has_several_unknowns(question):
        return True
    return repeated or wants_one_set(question)


def _unordered_brackets(count: int) -> set[str]:
    """A list of two may be an interval."""
    return {SET, BARE, LIST} if count > 2 else {SET, BARE}


def same_elements_but(pair: Pair, seen: Callable[[Listed], object]) -> bool:
    """Whether both are the same answers, several and in whatever order, of which this is seen to differ."""
    gold, answer = pair.each(listed)
    if gold is None or answer is None or sorted(gold.keys) != sorted(answer.keys):
        return False
    return seen(gold) != seen(answer)


def looks_like_order(pair: Pair) -> bool:
    """6.1: `(6,3),(9,3)` and `(9,3),(6,3)`."""
    return same_elements_but(pair, lambda several: several.keys)


def looks_like_brackets(pair: Pair) -> bool:
    r"""6.2: `(1,2),(3,4)` and `\{(1,2),(3,4)\}`."""
    return same_elements_but(pair, lambda several: several.brackets)


def looks_like_separators(pair: Pair) -> bool:
    """6.3: `(1,2,3)` and `(1;2;3)`."""
    return same_elements_but(pair, lambda several: several.marks)


def looks_like_wrapping(pair: Pair) -> bool:
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
