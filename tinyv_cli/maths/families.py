r"""Families of numbers with an integer parameter: `\frac{\pi}{4} + k\pi`, `n = 4k+2 or 4k+3`, `2, 3 \pmod 4`.

A family is an offset and a period; a union of them is what it covers of one period that all share. Offsets
are sums of rational multiples of 1, π and other constants, compared term by term: nothing is rounded.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm

from tinyv_cli.maths.brackets import inside, split
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.reading import Node, read
from tinyv_cli.maths.signs import PLUS_MINUS
from tinyv_cli.maths.solving import written
from tinyv_cli.maths.values import rational

MOST_PARTS, MOST_RESIDUES = 24, 720
PARAMETERS = frozenset("jklmnt")
ONE, PI = "1", "pi"
Amount = Mapping[str, Fraction]  # rational multiples of constants, by their texts, none of them 0


class NoFamilyError(Exception):
    """The text is no family that can be read here."""


@dataclass(frozen=True, slots=True)
class Linear:
    """`offset + step · parameter`."""

    offset: tuple[tuple[str, Fraction], ...]
    step: tuple[tuple[str, Fraction], ...] = ()


@dataclass(frozen=True, slots=True)
class Families:
    """A union of families.

    `letter` is the parameter, empty of congruences; `said`: that it is an integer is said. `name` is the
    unknown, where it has one.
    """

    lines: tuple[Linear, ...]
    letter: str = ""
    name: str = ""
    said: bool = False

    @property
    def unit(self) -> str:
        """The constant of which the periods are multiples."""
        return self.lines[0].step[0][0]


def covered(lines: Sequence[Linear], period: Fraction) -> frozenset[tuple[tuple[str, Fraction], ...]] | None:
    """What families cover of a period that is a multiple of each of theirs; None where that is too much."""
    found = set()
    for line in lines:
        [(unit, step)] = line.step
        times = period / abs(step)
        if times.denominator != 1 or times > MOST_RESIDUES:
            return None
        offset = dict(line.offset)
        for n in range(int(times)):
            place = (offset.get(unit, Fraction(0)) + n * abs(step)) % period
            found.add(_ordered({**offset, unit: place}))
    return frozenset(found)


def common_period(lines: Iterable[Linear]) -> Fraction:
    """The least period of which all steps are divisors."""
    steps = [abs(step) for line in lines for _, step in line.step]
    low = lcm(*(step.denominator for step in steps))
    return Fraction(lcm(*((step * low).numerator for step in steps)), low)


def _ordered(amount: Amount) -> tuple[tuple[str, Fraction], ...]:
    return tuple(sorted((text, value) for text, value in amount.items() if value))


# Reading.

_INTEGERS = r"(?:\\mathbb\{Z\}|Z(?![A-Za-z]))"
_WORDS = r"(?:(?:where|for|with|and|as|any|all|every|each|some|here|when) )*"
_SAID = re.compile(  # in plain text; `k = 0, \pm 1, \pm 2, \ldots` are all integers, too
    rf"[,;:]? ?\(? ?{_WORDS}"
    rf"(?:(?P<first>[j-nt]) ?(?:\\in ?{_INTEGERS}"
    r"|(?: ?(?:is|are|being))?(?: ?(?:an|any|some|arbitrary))* integers?(?: number)?"
    r"|= ?0, ?\\pm ?1, ?\\pm ?2, ?\\ldots)|(?:an )?integers? (?P<second>[j-nt]))(?: ?\)|[ .])*\Z"
)
_SAID_BEFORE = re.compile(rf"(?:[:|,]|\\mid) ?(?P<first>[j-nt]) ?\\in ?{_INTEGERS}(?P<second>) ?(?=\\?\}}\Z)")
# In front of a closing brace.
_SAID_INSIDE = re.compile(
    rf"(?:,|\(| ) ?\(?(?P<first>[j-nt]) ?(?:\\in ?{_INTEGERS}|(?:is )?(?:an|any) integer)(?P<second>)"
    r" ?\)?(?= ?\\?\})"
)
_BESIDE = re.compile(r"(?:\\pi ?|\\circ ?|\d)([j-nt])(?![A-Za-z])")
_SET_OF_INTEGERS = re.compile(r"\\mathbb ?Z(?![A-Za-z])")
_NAME = re.compile(r"\\?[A-Za-z]+(?:_\{?\w\}?)?")
_OR = re.compile(r",|;|(?<![A-Za-z\\])(?:or|and)(?![A-Za-z])|\\(?:lor|cup)(?![A-Za-z])|∨")
_OTHER_SETS = re.compile(r"\\mathbb\{[NQRC]|[<>]|\\[lg]eq|natural|positive|negative|real")


@lru_cache(maxsize=1024)
def families(text: str) -> Families | None:
    """The union of families that a text is; None for anything else."""
    spelt = _spelt(text)
    try:
        return _congruence(spelt) or _families(spelt)
    except NoFamilyError:
        return None


def congruent(text: str) -> tuple[frozenset[int], int] | None:
    """The remainders, and modulo what, of `all odd integers` and the like; None for anything else."""
    try:
        found = _congruence(_spelt(text))
    except NoFamilyError:
        return None
    if found is None:
        return None
    moduli = {dict(line.step).get(ONE) for line in found.lines}
    modulus = moduli.pop()
    if moduli or modulus is None:
        return None
    return frozenset(int(dict(line.offset).get(ONE, 0) % modulus) for line in found.lines), int(modulus)


def _spelt(text: str) -> str:
    return _SET_OF_INTEGERS.sub(r"\\mathbb{Z}", plain(text).text)


@dataclass(frozen=True, slots=True)
class Track:
    """Points with one integer parameter, by their coordinates, and the names of these, if they have any."""

    lines: tuple[Linear, ...]
    names: tuple[str, ...]
    letter: str
    said: bool


@lru_cache(maxsize=1024)
def track(text: str) -> Track | None:
    """The points that a text is, `(7t+2, 5t+1)` or `x = 7t+2, y = 5t+1`; None for anything else."""
    try:
        return _track(_spelt(text))
    except NoFamilyError:
        return None


def same_track(first: Track, second: Track) -> bool:
    """Whether two have the same points: their steps are the same or opposite, and one meets the other."""
    if len(first.lines) != len(second.lines):
        return False
    return any(_steps_meet(first, second, sign) for sign in (1, -1))


def _steps_meet(first: Track, second: Track, sign: int) -> bool:
    """Whether the second begins a whole number of steps from where the first does, and goes the same way."""
    times: set[Fraction] = set()
    for one, other in zip(first.lines, second.lines, strict=True):
        if tuple((text, sign * value) for text, value in one.step) != other.step:
            return False
        apart = _ordered(_sum(dict(other.offset), dict(one.offset), -1))
        if [text for text, _ in apart] not in ([], [text for text, _ in one.step]) or len(one.step) > 1:
            return False
        if one.step:
            times.add((apart[0][1] if apart else Fraction(0)) / one.step[0][1])
    return len(times) == 1 and times.pop().denominator == 1


def _sum(first: Amount, second: Amount, sign: int) -> Amount:
    texts = {*first, *second}
    return {text: first.get(text, Fraction(0)) + sign * second.get(text, Fraction(0)) for text in texts}


def _track(text: str) -> Track | None:
    said = _SAID.search(text) or _SAID_BEFORE.search(text)
    letter = (said["first"] or said["second"]) if said else ""
    body = _unbraced((text[: said.start()] + text[said.end() :] if said else text).strip(" ,;:"))
    if _OTHER_SETS.search(body):
        return None
    names: tuple[str, ...] = ()
    if found := re.fullmatch(r"\((?P<names>[a-z](?:, ?[a-z])+)\) ?(?:=|\\in) ?(?P<rest>\(.*\))", body):
        names, body = tuple(re.split(", ?", found["names"])), found["rest"]
    within = inside(body) if body[:1] == "(" and body[-1:] == ")" else None
    parts = split(within or body, ",") or []
    if within is None:
        pairs = [re.fullmatch(r"(?P<name>[a-z]) ?=(?P<value>[^=]+)", part.strip()) for part in parts]
        if len(pairs) < 2 or not all(pairs):
            return None
        named = sorted((pair["name"], pair["value"]) for pair in pairs if pair)
        names, parts = tuple(name for name, _ in named), [value for _, value in named]
    nodes = [_node(part) for part in parts]
    letters = frozenset().union(*(node.variables() for node in nodes))
    if not letter:
        [letter] = letters if len(letters) == 1 else [""]
    if not 2 <= len(nodes) <= 6 or letters != {letter} or letter not in PARAMETERS or letter in names:
        return None
    return Track(tuple(linear(node, letter) for node in nodes), names, letter, said is not None)


def without_integer(text: str) -> tuple[str, str, bool]:
    """A text without what says that a letter is an integer, the letter, and whether anything said so.

    Where nothing does, the letter is the one that stands beside a multiple of π or degrees.
    """
    spelt = _spelt(text)
    said = _SAID.search(spelt) or _SAID_INSIDE.search(spelt)
    if said:
        return spelt[: said.start()] + spelt[said.end() :], said["first"] or said["second"], True
    beside = {*_BESIDE.findall(spelt)}
    return spelt, (beside.pop() if len(beside) == 1 else ""), False


def _families(text: str) -> Families | None:
    said = _SAID.search(text) or _SAID_BEFORE.search(text)
    letter = (said["first"] or said["second"]) if said else ""
    body = text[: said.start()] + text[said.end() :] if said else text
    if _OTHER_SETS.search(body):
        return None
    body = _unbraced(body)
    parts = [part.strip() for part in _OR.split(body) if part.strip()]
    if not 0 < len(parts) <= MOST_PARTS:
        return None
    names, values = _named(parts)
    nodes = [_node(value) for part in values for value in _both_signs(part)]
    letters = frozenset().union(*(node.variables() for node in nodes))
    if not letter:
        [letter] = letters if len(letters) == 1 else [""]
    if letters != {letter} or letter not in PARAMETERS or letter in names or len(names) > 1:
        return None
    lines = tuple(line for node in nodes for line in _lines(node, letter))
    if any(len(line.step) != 1 for line in lines) or len({line.step[0][0] for line in lines}) != 1:
        return None
    return Families(lines, letter, "".join(names), said is not None)


def _unbraced(text: str) -> str:
    r"""What stands in `\{ … \}`, perhaps behind `x \in` or before a stroke."""
    found = re.fullmatch(r"(?:(?P<name>[A-Za-z\\]+) ?(?:=|\\in) ?)?\\?\{(?P<within>.*?)\\?\}", text.strip())
    if found is None:
        return text.strip(" ,;:")
    within = found["within"].strip(" ,;:|").removesuffix("\\mid").strip()
    return re.sub(r"\A[a-z] ?(?:[|:]|\\mid(?![A-Za-z])) ?", "", within)


def _named(parts: Sequence[str]) -> tuple[frozenset[str], list[str]]:
    """The unknown before the values, where it is named, and these."""
    names, values = set(), []
    for part in parts:
        name, sign, value = part.rpartition("=")
        if sign and not _NAME.fullmatch(name.strip()):
            raise NoFamilyError
        names.add(name.strip())
        values.append(value if sign else part)
    return frozenset(names - {""}), values


_CHOICE = re.compile(PLUS_MINUS)


def _both_signs(text: str) -> list[str]:
    signs = _CHOICE.findall(text)
    if len(signs) > 1:
        raise NoFamilyError
    return [_CHOICE.sub(sign, text) for sign in "+-"] if signs else [text]


def _node(text: str) -> Node:
    node = read(text)
    if node is None:
        raise NoFamilyError
    return node


def _lines(node: Node, letter: str) -> list[Linear]:
    """One family; or two, where (-1)^k makes another of the odd numbers."""
    sign = next((each for each in node.walk() if _alternates(each)), None)
    if sign is None:
        return [linear(node, letter)]
    parameter = Node("variable", letter)
    double = Node("multiply", parts=(Node("number", "2"), parameter))
    odd = Node("add", parts=(double, Node("number", "1")))
    return [
        linear(_put(_put(node, sign, value), parameter, place), letter)
        for place in (double, odd)
        for value in [_sign_at(sign, parameter, place)]
    ]


def _alternates(node: Node) -> bool:
    return node.kind == "power" and rational(node.parts[0]) == -1 and bool(node.parts[1].variables())


def _sign_at(sign: Node, parameter: Node, place: Node) -> Node:
    """1 or -1: (-1)^k for all even or all odd k."""
    exponent = _put(sign.parts[1], parameter, _put(place, parameter, Node("number", "0")))
    value = rational(exponent)
    if value is None or value.denominator != 1:
        raise NoFamilyError
    one = Node("number", "1")
    return Node("negative", parts=(one,)) if value % 2 else one


def _put(node: Node, old: Node, new: Node) -> Node:
    if node == old:
        return new
    return Node(node.kind, node.text, tuple(_put(part, old, new) for part in node.parts))


def linear(node: Node, letter: str) -> Linear:
    """An expression as offset and step. Raises NoFamilyError."""
    form = _form(node, letter)
    if any(power > 1 for power in form):
        raise NoFamilyError
    return Linear(_ordered(form.get(0, {})), _ordered(form.get(1, {})))


_Form = dict[int, dict[str, Fraction]]  # by the power of the parameter


def _form(node: Node, letter: str) -> _Form:
    if node == Node("variable", letter):
        return {1: {ONE: Fraction(1)}}
    if node.variables() - {letter}:
        raise NoFamilyError
    if not node.variables():
        exact = rational(node)
        if exact is not None:
            return {0: {ONE: exact}}
        if node.kind == "constant":
            of_pi = {"pi": Fraction(1), "tau": Fraction(2), "degree": Fraction(1, 180)}.get(node.text)
            return {0: {PI: of_pi} if of_pi else {node.text: Fraction(1)}}
        if node.kind not in ("add", "subtract", "multiply", "divide", "negative"):
            return {0: {written(node): Fraction(1)}}
    parts = [_form(part, letter) for part in node.parts]
    if node.kind == "negative":
        return _scaled(parts[0], Fraction(-1))
    if node.kind == "add":
        return _added(*parts)
    if node.kind == "subtract":
        return _added(parts[0], _scaled(parts[1], Fraction(-1)))
    if node.kind == "multiply":
        return _multiplied(*parts)
    if node.kind == "divide":
        divisor = _number(parts[1])
        if not divisor:
            raise NoFamilyError
        return _scaled(parts[0], 1 / divisor)
    raise NoFamilyError


def _number(form: _Form) -> Fraction | None:
    """The rational number that a form is."""
    amount = {text: value for text, value in form.get(0, {}).items() if value}
    return amount.get(ONE, Fraction(0)) if set(form) <= {0} and set(amount) <= {ONE} else None


def _scaled(form: _Form, by: Fraction) -> _Form:
    return {power: {text: value * by for text, value in amount.items()} for power, amount in form.items()}


def _added(first: _Form, second: _Form) -> _Form:
    found: _Form = {power: dict(amount) for power, amount in first.items()}
    for power, amount in second.items():
        into = found.setdefault(power, {})
        for text, value in amount.items():
            into[text] = into.get(text, Fraction(0)) + value
    return found


def _multiplied(first: _Form, second: _Form) -> _Form:
    """One of both must be rational, or one the parameter and the other a constant."""
    for one, other in ((first, second), (second, first)):
        if (number := _number(one)) is not None:
            return _scaled(other, number)
    found: _Form = {}
    for power, amount in first.items():
        for other_power, other_amount in second.items():
            for text, value in amount.items():
                for other_text, other_value in other_amount.items():
                    if value and other_value and ONE not in (text, other_text):
                        raise NoFamilyError
                    into = found.setdefault(power + other_power, {})
                    name = other_text if text == ONE else text
                    into[name] = into.get(name, Fraction(0)) + value * other_value
    return found


# Congruences.

_MODULUS = r"\(?\s*(?:\\p?mod|\\bmod|mod(?:ulo)?)\s*\{?\s*(?P<modulus>\d{1,4})\s*\}?\s*\)?"
_RESIDUES = r"(?P<residues>-?\d+(?:(?:\s*,\s*|\s*,?\s*\b(?:or|and)\b\s*)-?\d+)*|\\pm ?\d+)"
_CONGRUENT = (
    re.compile(
        rf"(?:(?P<name>[A-Za-z]) ?(?:\\equiv|≡) ?|(?P<bare>))(?:\\equiv|≡)?{_RESIDUES}\s*,?\s*{_MODULUS}"
    ),
    re.compile(rf"(?P<name>[A-Za-z]) ?{_MODULUS} ?(?:=|\\in|∈) ?(?:\\\{{ ?)?{_RESIDUES}(?: ?\\\}})?"),
    re.compile(
        r"(?:(?:all|the) )?(?:integers? |numbers? |(?:any|every) integer )?(?:(?P<name>[A-Za-z]) )?"
        r"(?:that |which )?(?:leaves?|leaving|gives?|has|have|with)(?: (?:a|the))? remainders? (?:of )?"
        rf"{_RESIDUES} (?:(?:on|upon|after) division by|when (?:it is )?divided by|modulo|mod) "
        r"(?P<modulus>\d{1,4})"
    ),
)
_KINDS = (
    (re.compile(r"(?:all |any |the |every )?(?:multiples? of (?P<of>\d{1,4}))"), 0),
    (
        re.compile(
            r"(?:all |any )?(?:integers? |numbers? )?(?:(?P<name>[a-z]) )?(?:is |are |that are )?"
            r"(?:divisible by|a multiple of) (?P<of>\d{1,4})"
        ),
        0,
    ),
    (
        re.compile(
            r"(?:all |any |every |the )?(?:(?P<name>[a-z]) (?:is |must be |has to be )?(?:an )?)?"
            r"(?P<parity>odd|even)(?: (?:integers?|numbers?|n))?"
        ),
        1,
    ),
)


def _congruence(text: str) -> Families | None:
    """`n \\equiv 1, 2 \\pmod 6` and the like, with an integer parameter that has no name."""
    if not re.search(r"mod|remainder|odd|even|multiple|divisible", text):
        return None
    body = _unbraced(re.sub(r"(?P<name>[A-Za-z]) ?\\in ?\\mathbb\{Z\} ?(?:[:|]|\\mid) ?", "", text)).strip(
        " ."
    )
    body = re.sub(r"\A(?P<name>[A-Za-z]) ?(?:[:|]|\\mid) ?(?=(?P=name))", "", body)
    lines, names = list[Linear](), set[str]()
    for part in re.split(r"(?<=[)}]) ?(?:,|,? ?or|\\lor|∨)(?![A-Za-z]) ?|,? or (?=[a-z] ?\\equiv)", body):
        found, name = _congruent(part.strip(" ,"))
        lines += found
        names.add(name)
    if len(names - {""}) > 1:
        return None
    return Families(tuple(lines), "", "".join(names), said=True) if lines else None


def _congruent(text: str) -> tuple[list[Linear], str]:
    for pattern in _CONGRUENT:
        if found := pattern.fullmatch(text):
            residues = [int(each) for each in re.findall(r"-?\d+", found["residues"])]
            residues += [-each for each in residues] if "pm" in found["residues"] else []
            return [_line(each, int(found["modulus"])) for each in residues], found["name"] or ""
    for pattern, _ in _KINDS:
        if found := pattern.fullmatch(text.casefold()):
            groups = found.groupdict()
            odd = groups.get("parity") == "odd"
            return [_line(int(odd), int(groups.get("of") or 2))], groups.get("name") or ""
    raise NoFamilyError


def _line(residue: int, modulus: int) -> Linear:
    if modulus == 0:
        raise NoFamilyError
    return Linear(_ordered({ONE: Fraction(residue)}), ((ONE, Fraction(modulus)),))
