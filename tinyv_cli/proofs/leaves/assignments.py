"""5.2: the names that stand before values: of an unknown, or of whom a value belongs to."""

import re
from collections.abc import Sequence

from tinyv_cli.maths.asked import asking, bare, names_another
from tinyv_cli.maths.brackets import OR, elements
from tinyv_cli.maths.naming import Named, asks_for_another, is_equation, labelled, named, same_name
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.reading import GREEK, read
from tinyv_cli.maths.statements import is_subject
from tinyv_cli.maths.words import HEDGES, words
from tinyv_cli.proofs.policy import Policy
from tinyv_cli.proofs.search import Prove, after, each_proved, together
from tinyv_cli.proofs.sides import Pair, Sides, alike, compact, said
from tinyv_cli.records import Proof

MOST_PARTS = 12
LONGEST_SYMBOL = 3  # max, dim
_SIGNS = re.compile(r"=|\\mapsto|↦|\\equiv|\\approx|\\in(?![a-z])|≈|≡|∈")


def label(sides: Sides, prove: Prove) -> Proof | None:
    """5.2: `x = 7` is 7, where only one side names what is asked for, or both name the same."""
    if not sides.either(_SIGNS.search):
        return None
    gold, answer = sides.each(lambda side: named(side, sides.question))
    if gold and answer:
        if not same_name(gold.name, answer.name, sides.question):
            if not _both_name_what_is_asked(gold, answer, sides.question):
                return None
            return after(
                "7.3",
                f"'{gold.name}' and '{answer.name}' name the one thing that is asked for",
                prove(gold.value, answer.value),
            )
        rest, rounds = prove(gold.value, answer.value), gold.is_about != answer.is_about
        if rest and rest.steps and bare(gold.name) == bare(answer.name) and (rest.rounds or not rounds):
            return rest  # what both name alike is no difference
        return _after_the_label(gold.name, rest, sides.policy, rounds=rounds)
    given, other = gold or answer, sides.answer if gold else sides.gold
    if given is None or "=" in other or asks_for_another(sides.question, given.name):
        return None
    if is_equation(given, sides.question) or _is_one_of_several(sides, given.name):
        return None
    if not _may_be_meant(given.name, sides.question):
        return None
    if given.name.startswith("(") and _is_permuted(given.name, sides.question):
        return None
    rest = prove(given.value, other) if gold else prove(other, given.value)
    return _after_the_label(given.name, rest, sides.policy, rounds=given.is_about)


def _is_one_of_several(sides: Sides, name: str) -> bool:
    """Whether it is a part of a list whose values have names of their own: f(x) = 1 or g(x) = -1."""
    return any(bare(name) != bare(other) for side in sides.given for other in _names(side))


def _may_be_meant(name: str, question: str) -> bool:
    """Whether the words of a name are the question's: `trapezoid = 12` says nothing of a triangle."""
    spoken = name.replace(" ", "").isalpha() and len(name) > LONGEST_SYMBOL and name not in GREEK
    return not spoken or not question.strip() or is_subject(name, question)


def _names(side: str) -> list[str]:
    """The names of the values of a list each of which has one."""
    found = [labelled(part) for part in elements(plain(side).text)[:MOST_PARTS]] if "=" in side else []
    return [each.name for each in found if each] if len(found) > 1 and all(found) else []


_LETTER = re.compile(r"\\?[A-Za-z]+(?:_\{?\w+\}?)?")
_SEVERAL_TASKS = re.compile(r"\([b-f2-6]\)|\band (?:find|determine|calculate|the)\b|\?.+\?", re.DOTALL)
FEWEST_LETTERS = 2  # of a formula that is no other quantity's by chance


def _both_name_what_is_asked(gold: Named, answer: Named, question: str) -> bool:
    """Whether two letters stand for the only thing that is asked for: neither is the question's for another.

    They have to be formulas in letters: two numbers may be the same by chance.
    """
    if not (_LETTER.fullmatch(bare(gold.name)) and _LETTER.fullmatch(bare(answer.name))):
        return False
    if _SEVERAL_TASKS.search(asking(question)) or not question.strip():
        return False
    nodes = read(plain(gold.value).text), read(plain(answer.value).text)
    if any(node is None or len(node.variables()) < FEWEST_LETTERS for node in nodes):
        return False
    text = plain(question).text
    spoken = [
        name
        for name in (gold.name, answer.name)
        if re.search(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])", text) and name not in _ARTICLES
    ]
    return len(spoken) < 2 and not any(names_another(question, each.name) for each in (gold, answer))


_ARTICLES = frozenset("aAI")


def _is_permuted(name: str, question: str) -> bool:
    """Whether letters in brackets stand in another order than in the question, or in the alphabet."""
    names = list(elements(name))
    order = _order(names, question)
    return order is not None and order != names


def _after_the_label(name: str, rest: Proof | None, policy: Policy, *, rounds: bool) -> Proof | None:
    """The step before the proof."""
    if rest is None or (rounds and not policy.rounds):
        return None
    said = f"'{name} {'≈' if rounds else '='}' dropped"
    # A name for another name says nothing of a value.
    leaf = "1.5" if rest.gold.isalpha() and len(rest.gold) == 1 else "5.2"
    return after(leaf, said, rest, rounds=rounds)


_NAMES_VALUES = re.compile(r"=|:|\b(?:is|has|gets)\b")
_BELONGING = re.compile(
    r"(?:(?P<name>[A-Z][a-z]+(?: [a-z]{2,}){0,2})(?: ?:| is| has| gets)|(?P<letter>[A-Za-z]) is)"
    r" (?P<value>[^=<>:]*\d[^=<>:]*)"
)


def assignments(sides: Sides, prove: Prove) -> Proof | None:
    """5.2: `w=16, d=3` is `16, 3` where the question has w before d; two such lists are compared by name."""
    if not sides.either(_NAMES_VALUES.search):
        return None
    gold, answer = sides.each(_assigned)
    if gold and answer:
        return _by_name(gold, answer, prove)
    if gold:
        return _by_place(gold, sides.answer, sides.question, prove)
    if answer:
        return _by_place(answer, sides.gold, sides.question, lambda named, bare: prove(bare, named))
    return None


def _by_place(given: list[tuple[str, str]], bare: str, question: str, prove: Prove) -> Proof | None:
    """Values with names, and values without, in the order in which the question has the names."""
    names = [name for name, _ in given]
    if _one_unknown(names, question):
        listed = ", ".join(value for _, value in given)
        return after("5.2", f"all are values of '{names[0]}'", prove(listed, bare))
    order, values = _order(names, question), elements(plain(bare).text)
    if order is None or len(values) != len(given):
        return None
    if _has_a_name(bare) or _EITHER.search(plain(bare).text):
        return None
    parts = each_proved(prove, map(dict(given).__getitem__, order), values)
    return together("5.2", f"the values of {', '.join(order)} in this order", parts)


def _has_a_name(bare: str) -> bool:
    """Whether values that should have none have names after all, which may be in another order."""
    return any(labelled(each) or _belonging(each) for each in elements(plain(bare).text))


def _assigned(side: str) -> list[tuple[str, str]] | None:
    """Two or more names with their values: `x=1, y=2`, `(x,y)=(1,2)`, or `Ann: 1, Bob: 2`."""
    text = plain(side).text
    if (found := labelled(text)) and found.name.startswith("("):
        names, values = elements(found.name), elements(found.value)
        return list(zip(names, values, strict=True)) if len(names) == len(values) else None
    each = elements(text)[: MOST_PARTS + 1]
    if not 1 < len(each) <= MOST_PARTS or HEDGES & set(words(text)):
        return None
    found_all = [labelled(part) or _belonging(part) for part in each]
    given = [(_tidy(found.name), found.value) for found in found_all if found]
    if _EITHER.search(text) and len({name for name, _ in given}) > 1:
        return None  # a = 0 or b = 0 says nothing of both
    return given if len(given) == len(each) else None


_EITHER = re.compile(OR)


def _belonging(part: str) -> Named | None:
    found = _BELONGING.fullmatch(part)
    return found and Named(found["name"] or found["letter"], found["value"].strip())


def _tidy(name: str) -> str:
    return name if name.replace(" ", "").isalpha() else bare(name)


def _by_name(gold: list[tuple[str, str]], answer: list[tuple[str, str]], prove: Prove) -> Proof | None:
    ours, others = dict(gold), dict(answer)
    if ours.keys() != others.keys():
        return None
    if len(ours) == 1:
        listed = (", ".join(value for _, value in side) for side in (gold, answer))
        return after("5.2", f"all are values of '{gold[0][0]}'", prove(*listed))
    if len(ours) != len(gold) or len(others) != len(answer):
        return None
    parts = each_proved(prove, ours.values(), map(others.__getitem__, ours))
    return together("5.2", "compared by name", parts)


def _one_unknown(names: Sequence[str], question: str) -> bool:
    """Whether all are values of one unknown: x and x, or x_1 and x_2 where the question has no such names."""
    if len(set(names)) == 1:
        return True
    return len({name.split("_")[0] for name in names}) == 1 and not any(
        name in bare(question) for name in names
    )


def _order(names: Sequence[str], question: str) -> list[str] | None:
    """Names in the order in which the question has them; letters that it has not in that of the alphabet."""
    if len(set(names)) != len(names):
        return None
    if tuples := [each for each in _TUPLE.findall(question) if set(elements(each)) == set(names)]:
        return list(elements(tuples[-1]))
    people = any(len(name) > 2 and name[1:].replace(" ", "").isalpha() for name in names)
    text = question if people else plain(" ".join(_FORMULA.findall(question)) or question).text
    at = {name: re.search(rf"(?<![a-z\\]){re.escape(name)}(?![a-z])", text) for name in names}
    found = {name: match.start() for name, match in at.items() if match}
    if len(found) == len(names) and {*names} <= _COORDINATES:
        return sorted(names)  # whichever of them the question speaks of first
    if len(found) == len(names):
        return sorted(names, key=lambda name: found[name])
    return None if found or people else sorted(names)


_COORDINATES = frozenset("xyz")
_TUPLE = re.compile(r"\([A-Za-z](?:_\w)?(?:, ?[A-Za-z](?:_\w)?)+\)")
_FORMULA = re.compile(r"\$[^$]+\$|\\\(.+?\\\)|\\\[.+?\\\]")
_LIKE_A_NAME = (
    r"(?:\\?[A-Za-z]+'*(?:_(?:\{\w+\}|\w+))?(?: ?\([\w, ]{1,12}\))?|[A-Za-z][A-Za-z ]{0,40}"
    r"|\\(?:angle|overline|triangle) ?\{?[A-Z]+\}?|\|[A-Z]{2}\||\([a-z](?:, ?[a-z])+\))"
)
_PART_BEGINS = r"(?:\A|(?<=[,;(])|(?<=\\\{)|\b(?:and|or)\b)\s*"
_LIKE_A_LABEL = re.compile(
    rf"{_PART_BEGINS}{_LIKE_A_NAME}\s*(?:=|(?<=\A[A-Za-z]):(?=\s)|(?<=\b[A-Za-z] )(?:is|equals)\b)\s*(?=\S)"
)
_LIKE_A_HEADING = re.compile(rf"{_PART_BEGINS}{_LIKE_A_NAME}\s*:\s+")


def looks_like_assignments(pair: Pair) -> bool:
    """5.2: `16, 3, 1` and `w=16, d=3, a=1`, `7` and `x = 7`."""
    bare = pair.each(_unlabelled)
    if pair.both(_labels) or pair.both(has_an_equals_sign):
        return compact(bare[0]) == compact(bare[1]) != compact(pair.gold)
    return pair.one(_labels) and alike(*bare) and bool(said(bare[0])) == bool(said(bare[1]))


def _labels(side: str) -> bool:
    """Whether it names a value with `=`, or several with a colon; a single colon stands behind a heading."""
    return bool(_LIKE_A_LABEL.search(side)) or len(_LIKE_A_HEADING.findall(side)) > 1


def _unlabelled(side: str) -> str:
    return _LIKE_A_HEADING.sub(" ", _LIKE_A_LABEL.sub(" ", side)).strip("(){}\\ ")


def has_an_equals_sign(side: str) -> bool:
    return "=" in side
