"""Category 5 of the taxonomy, language: what is said around the answer."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tinyv_cli.maths.brackets import elements, parts
from tinyv_cli.maths.choices import choices
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.prose import ANSWERS, GOES_ON, heading, introduced, only_value
from tinyv_cli.maths.questions import unknowns_asked
from tinyv_cli.maths.reading import GREEK
from tinyv_cli.maths.words import HEDGES, NUMBER_WORDS, VERBS, cardinal, ordinal, stems, word_set, words
from tinyv_cli.proofs.ends import same, same_values
from tinyv_cli.proofs.search import Prove, Sides, after, each_proved, together
from tinyv_cli.records import Proof, Step

MOST_PARTS, MOST_WAYS = 12, 6


def explained(sides: Sides, prove: Prove) -> Proof | None:
    """5.1: the value that a sentence names, where it names only one and does not hedge."""
    gold, answer = _stated(sides), _said(sides.answer) or only_value(sides.answer, sides.question, sides.gold)
    if (gold is None and answer is None) or (gold and _says_else(*sides.whole)):
        return None
    if any(sides.each(lambda side: _belies_its_letter(side, sides.question))):
        return None
    said = " and ".join(f"'{value}'" for value in (gold, answer) if value)
    return after(
        "5.1", f"what is said around {said} explains", prove(gold or sides.gold, answer or sides.answer)
    )


# Words that take nothing back of a value. Of others, gold and answer may not each have their own.
_NEUTRAL = (
    GOES_ON
    | ANSWERS
    | VERBS
    | set(NUMBER_WORDS)
    | word_set("a an it its of we so therefore hence final year")
)


def _says_else(gold: str, answer: str) -> bool:
    """Whether around the same value it may say the opposite: decreased by 21 of increased, odd of even."""
    ours, theirs = (set(stems(plain(side).text)) - _NEUTRAL for side in (gold, answer))
    return bool(ours - theirs and theirs - ours)


def _stated(sides: Sides) -> str | None:
    """What a gold states. A value in it counts only if it is a sentence, not a name such as `Apollo 11`."""
    if said := _said(sides.gold):
        return said
    if not VERBS & set(words(sides.gold)) or words(plain(sides.answer).text):
        return None
    return only_value(sides.gold, sides.question, sides.answer)


def _said(side: str) -> str | None:
    return introduced(side) or heading(side) if " " in side else None


_GREEK = "|".join(sorted(GREEK, key=len, reverse=True))
_SUBSCRIPT = r"(?:_\{? ?\w+ ?\}?|_\\?\w+)?"
_NAME = (
    rf"(?:[A-Za-z]|\\(?:{_GREEK}|ell) ?){_SUBSCRIPT}'{{0,2}}(?: ?\([\w, ]{{1,12}}\))?"  # x_1, f(3)
    r"|[A-Za-z]{2,6} ?\([\w, ]{1,12}\)"  # dim(W)
    r"|(?:m ?)?\\(?:angle|triangle) ?[A-Z]{1,4}"
    r"|[A-Z]{2,4}|\|[A-Z]{2}\||\\overline\{[A-Z]{2}\}|\[[A-Z]{3,5}\]"  # AB
    r"|[A-Z]?[a-z]{2,}(?: [A-Za-z]{2,}){0,5}"  # Area of ABC
)
_LABEL = re.compile(rf"(?P<name>{_NAME}|\([a-zA-Z](?:, ?[a-zA-Z]){{1,5}}\)) ?= ?(?P<value>[^=<>]+)")
_WANTED = ("find", "valueof", "compute", "calculate", "determine", "evaluate", "express", "whatis")


def label(sides: Sides, prove: Prove) -> Proof | None:
    """5.2: `x = 7` is 7, where only one side names the unknown, or both name the same."""
    if "=" not in sides.gold and "=" not in sides.answer:
        return None
    gold, answer = _labelled(sides.gold, sides.question), _labelled(sides.answer, sides.question)
    if gold and answer:
        if not _same_name(gold[0], answer[0]):
            return None
        rest = prove(gold[1], answer[1])
        if rest and rest.steps and _bare(gold[0]) == _bare(answer[0]):
            return rest  # what both name alike is no difference
        return _after_the_label(gold[0], rest)
    named, other = gold or answer, sides.answer if gold else sides.gold
    if named is None or "=" in other or _asks_for_another(sides.question, named[0]):
        return None
    return _after_the_label(named[0], prove(named[1], other) if gold else prove(other, named[1]))


def _after_the_label(name: str, rest: Proof | None) -> Proof | None:
    """The step before the proof, but behind one by algebra: a label rules drop by themselves."""
    said = f"'{name} =' dropped"
    if rest and rest.leaf and rest.leaf.startswith("3."):
        return replace(rest, steps=(*rest.steps, Step("5.2", said)))
    return after("5.2", said, rest)


def _same_name(gold: str, answer: str) -> bool:
    """Whether two names are one, or `y` and `f(x)`, which name the same value of a function."""
    names = {_bare(gold), _bare(answer)}
    return len(names) == 1 or names == {"y", "f(x)"}


def _labelled(side: str, question: str) -> tuple[str, str] | None:
    """A name and its value. The name may be any expression that the question wants in so many words."""
    text = plain(side).text
    if found := _LABEL.fullmatch(text):
        return None if HEDGES & set(words(found["name"])) else (found["name"], found["value"])
    name, sign, value = text.partition("=")
    if not sign or re.search(r"[<>=]|\\(?:[lg]eq|neq|approx)", name + value):
        return None
    wanted = _bare(plain(question).text).casefold()
    return (name, value) if any(verb + _bare(name).casefold() in wanted for verb in _WANTED) else None


def _bare(text: str) -> str:
    return re.sub(r"[\s{}]", "", text)


def _asks_for_another(question: str, name: str) -> bool:
    """Whether the question names the unknown that it wants, and this is not it."""
    if len(name) > 1 or not name.isalpha():
        return False
    asked = unknowns_asked(question)
    return bool(asked) and name not in asked


_NAMES_VALUES = re.compile(r"=|:|\b(?:is|has|gets)\b")
_BELONGING = re.compile(
    r"(?P<name>[A-Z][a-z]+(?: [a-z]{2,}){0,2})(?: ?:| is| has| gets) (?P<value>[^=<>:]*\d[^=<>:]*)"
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
    parts = each_proved(prove, map(dict(given).__getitem__, order), values)
    return together("5.2", f"the values of {', '.join(order)} in this order", parts)


def _assigned(side: str) -> list[tuple[str, str]] | None:
    """Two or more names with their values: `x=1, y=2`, `(x,y)=(1,2)`, or `Ann: 1, Bob: 2`."""
    text = plain(side).text
    if (found := _LABEL.fullmatch(text)) and found["name"].startswith("("):
        names, values = elements(found["name"]), elements(found["value"])
        return list(zip(names, values, strict=True)) if len(names) == len(values) else None
    each = elements(text)[: MOST_PARTS + 1]
    if not 1 < len(each) <= MOST_PARTS or HEDGES & set(words(text)):
        return None
    found_all = [_LABEL.fullmatch(part) or _BELONGING.fullmatch(part) for part in each]
    named = [(_tidy(found["name"]), found["value"].strip()) for found in found_all if found]
    return named if len(named) == len(each) else None


def _tidy(name: str) -> str:
    return name if name.replace(" ", "").isalpha() else _bare(name)


def _by_name(gold: list[tuple[str, str]], answer: list[tuple[str, str]], prove: Prove) -> Proof | None:
    named, others = dict(gold), dict(answer)
    if named.keys() != others.keys():
        return None
    if len(named) == 1:
        listed = (", ".join(value for _, value in side) for side in (gold, answer))
        return after("5.2", f"all are values of '{gold[0][0]}'", prove(*listed))
    if len(named) != len(gold) or len(others) != len(answer):
        return None
    parts = each_proved(prove, named.values(), map(others.__getitem__, named))
    return together("5.2", "compared by name", parts)


def _one_unknown(names: Sequence[str], question: str) -> bool:
    """Whether all are values of one unknown: x and x, or x_1 and x_2 where the question has no such names."""
    if len(set(names)) == 1:
        return True
    return len({name.split("_")[0] for name in names}) == 1 and not any(
        name in _bare(question) for name in names
    )


def _order(names: Sequence[str], question: str) -> list[str] | None:
    """Names in the order in which the question has them; letters that it has not in that of the alphabet."""
    if len(set(names)) != len(names):
        return None
    people = any(len(name) > 2 and name[1:].replace(" ", "").isalpha() for name in names)
    text = question if people else plain(" ".join(_FORMULA.findall(question)) or question).text
    at = {name: re.search(rf"(?<![a-z\\]){re.escape(name)}(?![a-z])", text) for name in names}
    found = {name: match.start() for name, match in at.items() if match}
    if len(found) == len(names):
        return sorted(names, key=lambda name: found[name])
    return None if found or people else sorted(names)


_FORMULA = re.compile(r"\$[^$]+\$|\\\(.+?\\\)|\\\[.+?\\\]")


def chain(sides: Sides, prove: Prove) -> Proof | None:
    """5.1: of `sin 30 = 1/2` or `3+4 = 7` the last, where all members have the same value.

    In a gold the last has to be the shortest too: `2015 = 1551 + 464` may want just this sum.
    """
    gold, answer = sides.each(_last_member)
    if gold and len(gold) > min(map(len, sides.gold.split("="))):
        return None
    if gold is None and answer is None:
        return None
    said = "all members of the equation have the same value"
    return after("5.1", said, prove(gold or sides.gold, answer or sides.answer))


_NO_CHAIN = re.compile(r"[<>!:]|\\[lg]eq|\\neq|,")


def _last_member(side: str) -> str | None:
    members = [member.strip() for member in side.split("=")]
    if not 1 < len(members) <= MOST_PARTS or _NO_CHAIN.search(side):
        return None
    return members[-1] if all(same_values(member, members[-1]) for member in members[:-1]) else None


_AND, _OR = (
    re.compile(r"(?<![A-Za-z\\])(?:and|AND)(?![A-Za-z])"),
    re.compile(r"(?<![A-Za-z\\])(?:or|OR)(?![A-Za-z])"),
)
_DANGLING = re.compile(r"\A ?(?:and|or)\b|\b(?:and|or) ?\Z", re.IGNORECASE)
_RELATION = re.compile(r"[<>]|\\(?:leq|geq|neq|in)(?![A-Za-z])|\\not")
_LETTERS = re.compile(r"(?<![A-Za-z\\])(?:[A-Z](?![A-Za-z])|(?!or|OR)[A-Za-z]{2,})")


def separators(sides: Sides, prove: Prove) -> Proof | None:
    """5.4: `1 and 3` is `1, 3`. Between inequalities these words mean more, and `A or B` is no list."""
    both = sides.gold + sides.answer
    if not (_AND.search(both) or _OR.search(both) or ";" in both):
        return None
    texts = [plain(side).text for side in (sides.gold, sides.answer)]
    if any(_RELATION.search(text) or _DANGLING.search(text) for text in texts) or _chooses(*texts):
        return None
    gold, answer = (", ".join(parts(text)) for text in texts)
    if (gold, answer) == (sides.gold, sides.answer) or len(parts(gold)) != len(parts(answer)):
        return None
    return after("5.4", "'and', 'or' and ';' stand for commas", prove(gold, answer))


def _chooses(gold: str, answer: str) -> bool:
    """Whether `or` could leave a choice: where the other side has `and`, or between names and words."""
    if not (_OR.search(gold) or _OR.search(answer)):
        return False
    return bool(_AND.search(gold) or _AND.search(answer) or _LETTERS.search(gold + answer))


_SPELT_OUT = re.compile(
    r"(?:(?P<sign>minus|negative) )?(?P<words>[A-Za-z]{3,}(?:[ ,-]+[A-Za-z]{3,})*)", re.IGNORECASE
)


def number_words(sides: Sides, prove: Prove) -> Proof | None:
    """5.3: `twenty-one` is 21, and `third` is 3rd; an ordinal is never a number."""
    gold, answer = sides.each(lambda side: plain(side).text)
    if not any(text[:1].isalpha() or text[-1:].isalpha() or "th" in text for text in (gold, answer)):
        return None
    numbers = ordinal(gold), ordinal(answer)
    if None not in numbers:
        return after("5.3", f"'{answer}' is '{gold}'", prove(*map(str, numbers)))
    figures = _figures(gold), _figures(answer)
    if figures == (None, None):
        return None
    spelt = [f"'{text}' is {figure}" for text, figure in zip((gold, answer), figures, strict=True) if figure]
    return after("5.3", ", ".join(spelt), prove(figures[0] or gold, figures[1] or answer))


def _figures(text: str) -> str | None:
    found = _SPELT_OUT.fullmatch(text)
    number = cardinal(found["words"]) if found else None
    return None if found is None or number is None else ("-" if found["sign"] else "") + str(number)


_TRUTH = {"yes": True, "true": True, "no": False, "false": False}
_FIRST_WORD = re.compile(r"(yes|no|true|false)(?:\s*[,.;:!-]\s*(?P<rest>.*))?", re.IGNORECASE | re.DOTALL)
_RESERVES = word_set("but however unless if only except depends although though sometimes maybe")


def truth(sides: Sides, prove: Prove) -> Proof | None:
    """5.3: `Yes`, `True` and `Yes, because ...` are one answer."""
    gold = _FIRST_WORD.fullmatch(plain(sides.gold).text)
    answer = gold and _FIRST_WORD.fullmatch(plain(sides.answer).text)
    if gold is None or answer is None or gold["rest"]:
        return None
    said, meant = _TRUTH[answer[1].lower()], _TRUTH[gold[1].lower()]
    rest = set(words(answer["rest"] or ""))
    if said is not meant or rest & _RESERVES or any(_TRUTH.get(word, said) is not said for word in rest):
        return None
    return after("5.3", f"'{answer[1]}' is '{gold[1]}'", prove(gold[1], gold[1]))


_CHOICE = re.compile(
    r"(?:(?:option|choice|answer) )?(?P<open>\()?(?P<letter>[A-Ja-j])(?:\)|[.:])?(?P<text>(?<=[).:]) ?\S.*)?",
    re.IGNORECASE | re.DOTALL,
)


def choice(sides: Sides, prove: Prove) -> Proof | None:
    """5.3: the letter of a choice is its text, as the question lists them, and no other choice's."""
    if not sides.either(_as_choice):
        return None
    listed = choices(sides.question)
    gold, answer = sides.each(lambda side: _chosen(_as_choice(side), listed))
    if gold and answer:
        return after("5.3", f"both are choice {gold}", prove(gold, gold)) if gold == answer else None
    letter = gold or answer
    if letter is None:
        return None
    text, other = listed[letter], sides.answer if gold else sides.gold
    if any(same(other, rival) for each, rival in listed.items() if each != letter):
        return None
    return after("5.3", f"choice {letter} is '{text}'", prove(text, other) if gold else prove(other, text))


def _as_choice(side: str) -> re.Match[str] | None:
    return _CHOICE.fullmatch(plain(side).text)


def _belies_its_letter(side: str, question: str) -> bool:
    """Whether it gives the letter of a listed choice and the text of none, or of another."""
    listed, found = choices(question), _as_choice(side)
    return bool(found and found["letter"].upper() in listed and not _chosen(found, listed))


def _chosen(found: re.Match[str] | None, listed: dict[str, str]) -> str | None:
    """The letter of a listed choice. If its text is given too, the two must agree."""
    letter = found and found["letter"].upper()
    if found is None or not letter or letter not in listed:
        return None
    text = (found["text"] or "").strip()
    return letter if not text or same(listed[letter], text) else None


def alternatives(sides: Sides, prove: Prove) -> Proof | None:
    """5.3: a gold such as `1977/in 1977`, where all between the strokes is shown to be the same."""
    if "/" not in sides.gold or not words(sides.gold):
        return None
    ways = [way.strip() for way in sides.gold.split("/")]
    shortest = min(ways, key=len)
    if not 1 < len(set(ways)) <= MOST_WAYS:
        return None
    if not all(shortest == way or prove(way, shortest) for way in ways):
        return None
    rest = prove(shortest, sides.answer)
    said = Step("5.3", f"the gold says '{shortest}' in {len(ways)} ways")
    # What is said around one of the ways explains more than that there are several.
    return rest and replace(rest, steps=(*rest.steps, said))
