r"""Several answers in one: lists, sets, tuples, points, `±`; in how many ways they stand; right and wrong."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tinyv_cli.maths.brackets import inside, split
from tinyv_cli.maths.forms import outline
from tinyv_cli.maths.questions import (
    has_several_unknowns,
    unknowns_asked,
    wants_a_tuple,
    wants_all_tuples,
    wants_one_set,
    wants_order,
)
from training.generate.nearby import another_value, differ
from training.generate.number_words import english
from training.generate.transformation import Task, same, wrong

LONGEST, MOST = 300, 40
IN_WORDS = 0.4  # of the lists of small numbers
_SMALL_NUMBER = re.compile(r"-?\d{1,3}")


@dataclass(frozen=True, slots=True)
class Several:
    """The elements, and the brackets around them: `{}`, `()`, `[]` or none."""

    brackets: str
    elements: tuple[str, ...]
    label: str = ""  # `x = ` of `x = 1, 3`

    def written(self, elements: Sequence[str], separator: str = ", ") -> str:
        """Other elements in the same brackets."""
        joined = separator.join(elements)
        return self.label + _BRACKETS[self.brackets].replace("@", joined)


_BRACKETS = {"": "@", "{}": r"\{@\}", "()": "(@)", "[]": "[@]"}
_NO_LIST = re.compile(
    r"[<>≤≥≠]|\\(?:[lg]eq?(?:slant|q)?|neq?|in|cup|cap|mid|begin|infty|mathbb|to|equiv|setminus|pmod)(?![A-Za-z])|∞|[$'\"|:]|\.{2}|dots|\.\s"
)
# One list of several, as in `1, 2 or 3, 4`, and the rows of a matrix.
_NESTED = re.compile(r"\b(?:and|or)\b.*,|,.*;|;.*,(?! )")
_COMMAND = re.compile(r"\\[A-Za-z]+")
_NAME_IN_LIST = re.compile(r"[^\W\d_][^\W\d_'-]+(?: [^\W\d_'-]+){0,2}")


def several(text: str) -> Several | None:
    """The answer as several; None where it is one, an interval, an inequality or prose."""
    if len(text) > LONGEST or _NO_LIST.search(text):
        return None
    bare = re.sub(r"\\text(?:bf|rm)?\{ *(,? *(?:and|or),?) *\}", r" \1 ", outline(_spaced(text)))
    if _NESTED.search(re.sub(r"\([^()]*\)", "", bare)):
        return None
    bare = re.sub(r",? +(?:and|or) +", ", ", bare)
    if re.search(r"\d,\d{3}(?!\d)", bare):  # may be one number, 1,234
        return None
    within = inside(bare)
    brackets = "" if within is None else bare[0] + bare[-1]
    inner = bare if within is None else within
    elements = split(inner, ";") or []
    elements = elements if len(elements) > 1 and not re.search(r"\d,\d", inner) else split(inner, ",") or []
    if brackets not in _BRACKETS or not 1 < len(elements) <= MOST or not all(map(_is_element, elements)):
        return None
    if re.search(r"[^\W\d_]{3,}", _COMMAND.sub(" ", bare)) and not _are_names(elements):
        return None
    return _labelled(brackets, elements)


def _are_names(elements: Sequence[str]) -> bool:
    """Whether they are names or things, three or more: two may be a name and its title."""
    return len(elements) > 2 and all(map(_NAME_IN_LIST.fullmatch, elements))


def _labelled(brackets: str, elements: Sequence[str]) -> Several | None:
    """With the name before the first as that of them all; none where some have one and some do not."""
    named = [_NAMED.fullmatch(each) for each in elements]
    unnamed = [each for each in elements if "=" not in each]
    if len(unnamed) == len(elements) or all(named):
        return Several(brackets, tuple(elements))
    if named[0] is None or brackets or len(unnamed) < len(elements) - 1:
        return None
    return Several("", (named[0]["value"].strip(), *unnamed), f"{named[0]['name']} = ")


def _spaced(text: str) -> str:
    return re.sub(r"\\[,;:]", " ", text.replace(r"\!", ""))


def _is_element(text: str) -> bool:
    """Whether it may be an answer of its own, and no half of one."""
    return bool(text.strip()) and text.count("{") == text.count("}") and text.count("=") < 2


def _is_tuple(found: Several, question: str) -> bool:
    """Whether its order counts and its brackets belong to it."""
    if found.brackets == "()":
        return len(found.elements) != 2 or wants_a_tuple(question)
    return found.brackets == "[]" and len(found.elements) > 2


def _is_free(found: Several, question: str) -> bool:
    """Whether its order says nothing."""
    if re.search(r"顺序|递增|递减|依次", question):
        return False
    if found.brackets == "{}":
        return not has_several_unknowns(question)
    if found.brackets:
        return False
    if _names(found) and len(set(_names(found))) == len(found.elements):
        return True
    if all(each.startswith("(") for each in found.elements):
        return wants_all_tuples(question) or not wants_order(question)
    return wants_one_set(question)


_NAMED = re.compile(r"(?P<name>\\?[A-Za-z]+(?:_\{?\w+\}?)?) ?= ?(?P<value>[^=]+)")


def _names(found: Several) -> list[str]:
    """The names of its elements, `x` and `y` of `x = 1, y = 2`; empty where one has none."""
    named = [_NAMED.fullmatch(each) for each in found.elements]
    return [each["name"] for each in named if each] if all(named) else []


def _values(found: Several) -> list[str]:
    return [each.partition("=")[2].strip() or each for each in found.elements]


def _latex(elements: Sequence[str]) -> bool:
    return "\\" in "".join(elements)


# The same


@same("6.1")
def list_reordered(task: Task, rng: Random) -> str | None:
    """The elements of a set in another order."""
    found = several(task.gold)
    if found is None or not _is_free(found, task.question) or len(set(found.elements)) == 1:
        return None
    elements = list(found.elements)
    if rng.random() < 0.4:
        elements.reverse()
    else:
        rng.shuffle(elements)
    return found.written(elements)


@same("5.4")
def list_joined(task: Task, rng: Random) -> str | None:
    """`1 and 3` for `1, 3`; semicolons, lines, `or`."""
    found = several(task.gold)
    if found is None or found.brackets or _tuple_like(found):
        return None
    *others, last = found.elements
    joint = rng.choice(_joints(found))
    between = joint if joint in _ANYWHERE or (len(others) == 1) else ", "
    return found.label + between.join(others) + joint + last


def _joints(found: Several) -> tuple[str, ...]:
    if _are_names(found.elements):  # `red or blue` may leave a choice
        return " and ", ", and ", "; ", "\n", ","
    return (*_JOINTS, *_JOINTS_LATEX) if _latex(found.elements) else _JOINTS


def _tuple_like(found: Several) -> bool:
    return any("..." in each or "dots" in each for each in found.elements)


_ANYWHERE = (
    "; ",
    ",",
    " , ",
    "\n",
    r",\ ",
    r", \quad ",
    r",\; ",
    ";",
    "、",
    "，",
    " or ",
    " and ",
    r" \text{ or } ",
    r"\text{ and }",
)
_JOINTS = (
    " and ",
    " and ",
    " or ",
    "; ",
    ",",
    "\n",
    ", and ",
    " , ",
    ", or ",
    ";",
    "、",
    "，",
    " & ",
    " 和 ",
    " et ",
    " y ",
    " und ",
    " и ",
)
_JOINTS_LATEX = (
    r" \text{ and } ",
    r" \text{ or } ",
    r",\ ",
    r", \quad ",
    r"\text{ and }",
    r",\; ",
    r" \quad\text{or}\quad ",
    r" \lor ",
)


@same("6.2")
def list_in_braces(task: Task, rng: Random) -> str | None:
    """A list in the brackets of a set or of a programme, or without them."""
    found = several(task.gold)
    if (
        found is None
        or found.brackets not in ("", "{}")
        or _names(found)
        or has_several_unknowns(task.question)
    ):
        return None
    joined = ", ".join(found.elements)
    forms: tuple[str, ...] = (
        r"\{@\}",
        "{@}",
        r"\left\{ @ \right\}",
        r"\{ @ \}",
        "@",
        "@",
        "{ @ }",
        r"\lbrace @ \rbrace",
        r"S = \{@\}",
        "[@]",
    )
    if not _is_free(found, task.question):  # braces would say that their order means nothing
        forms = ("[@]", "[ @ ]", "[@]")
    return rng.choice([form for form in forms if form != _BRACKETS[found.brackets]]).replace("@", joined)


@same("6.1")
def set_listed(task: Task, rng: Random) -> str | None:
    """`3 and 2` or `three, two` for `{2, 3}`: no brackets, any order."""
    found = several(task.gold)
    if found is None or found.brackets != "{}" or found.label or not _is_free(found, task.question):
        return None
    elements = rng.sample(found.elements, len(found.elements))
    if rng.random() < IN_WORDS and all(map(_SMALL_NUMBER.fullmatch, elements)):
        elements = [english(int(each)) for each in elements]
    *others, last = elements
    joint = rng.choice((", ", *_joints(found)))
    between = joint if joint in _ANYWHERE or len(others) == 1 else ", "
    return between.join(others) + joint + last


@same("6.3")
def list_delimiters(task: Task, rng: Random) -> str | None:
    """Semicolons, or other space between the elements, in whatever brackets."""
    found = several(task.gold)
    if found is None or not found.brackets:
        return None
    separator = rng.choice(
        (",", " , ", "; ", ";", r",\ ", r",\,", r"\,,\,", ",  ")
        if _latex(found.elements)
        else (",", " , ", "; ", ";", ",  ")
    )
    text = found.written(found.elements, separator)
    return text if rng.random() < 0.6 else text.replace("(", "( ", 1) if text.startswith("(") else text


@same("6.4")
def list_itemised(task: Task, rng: Random) -> str | None:
    """One element a line, with bullets or numbers."""
    found = several(task.gold)
    if found is None or found.brackets not in ("", "{}") or len(found.elements) > 12:
        return None
    if found.label:
        return None
    mark = rng.choice(("- {}", "* {}", "• {}", "{at}. {}", "({at}) {}", "{at}) {}"))
    return "\n".join(mark.format(each, at=at) for at, each in enumerate(found.elements, start=1))


@same("5.2")
def list_named(task: Task, rng: Random) -> str | None:
    """`x = 1 or x = 3` for all values of the one unknown."""
    found = several(task.gold)
    asked = sorted(unknowns_asked(task.question))
    if (
        found is None
        or found.label
        or len(asked) != 1
        or found.brackets not in ("", "{}")
        or _names(found)
        or not wants_one_set(task.question)
    ):
        return None
    if any(re.search(r"[=(]|[A-Za-z]{3}", re.sub(r"\\[A-Za-z]+", "", each)) for each in found.elements):
        return None
    name = asked[0]
    form = rng.choice(("each", "each", "first", "numbered", "in", "numbered plain"))
    if form == "first":
        return f"{name} = {', '.join(found.elements)}"
    if form == "in":
        return rf"{name} \in \{{{', '.join(found.elements)}\}}"
    if form.startswith("numbered"):
        index = "_{}" if form == "numbered" else "{}"
        return ", ".join(
            f"{name}{index.format(at)} = {each}" for at, each in enumerate(found.elements, start=1)
        )
    return rng.choice((", ", " or ", " and ", r" \text{ or } ", "; ", "\n")).join(
        f"{name} = {each}" for each in found.elements
    )


@same("5.2")
def list_unnamed(task: Task, rng: Random) -> str | None:
    """`1, 3` for `x = 1, x = 3`; pairs for values with two names."""
    found = several(task.gold)
    names = _names(found) if found else []
    if found is None or not names or found.brackets:
        return None
    values = _values(found)
    if len(set(names)) == 1 and len(names) > 1:
        return rng.choice((", ", " or ", " and ", "; ")).join(values)
    if len(set(names)) < len(names) or len(names) > 4 or any(len(name) > 1 for name in names):
        return None
    values = [value for _, value in sorted(zip(names, values, strict=True))]
    letters = ", ".join(sorted(names))
    return rng.choice(
        (f"({letters}) = ({', '.join(values)})", f"({','.join(sorted(names))})=({','.join(values)})")
    )


@same("5.2")
def tuple_named(task: Task, rng: Random) -> str | None:
    """`x = 1, y = 2` for `(1, 2)`, where the question asks for `(x, y)`."""
    found = several(task.gold)
    if found is None or found.brackets != "()" or not _is_tuple(found, task.question):
        return None
    names = _tuple_asked(task.question, len(found.elements))
    if names is None or any("=" in each for each in found.elements):
        return None
    pairs = [f"{name} = {value}" for name, value in zip(names, found.elements, strict=True)]
    if rng.random() < 0.3:
        pairs = [pair.replace(" ", "") if "\\" not in pair else pair for pair in pairs]
    if rng.random() < 0.2:
        rng.shuffle(pairs)
    whole = (
        f"({', '.join(names)}) = ({', '.join(found.elements)})",
        f"({','.join(names)}) = ({','.join(found.elements)})",
    )
    joined = [joint.join(pairs) for joint in (", ", " and ", "; ", "\n", r", \quad ", r" \text{ and } ")]
    return rng.choice((*joined, *whole, *whole))


def _tuple_asked(question: str, length: int) -> list[str] | None:
    """The names between the brackets of the last tuple of letters in a question."""
    found = re.findall(r"\(\s*([A-Za-z](?:\s*,\s*[A-Za-z])+)\s*(?:\\right)?\)", question)
    names = [re.split(r"\s*,\s*", each) for each in found]
    fitting = [each for each in names if len(each) == length and len(set(each)) == length]
    return fitting[-1] if fitting else None


@same("6.2")
def tuple_written(task: Task, rng: Random) -> str | None:
    r"""A tuple in larger or pointed brackets, as a point, or bare."""
    found = several(task.gold)
    if found is None or found.brackets != "()" or not _is_tuple(found, task.question):
        return None
    joined = ", ".join(found.elements)
    forms = [
        r"\left(@\right)",
        r"\left( @ \right)",
        "( @ )",
        "(@)",
        r"\big(@\big)",
        "the point (@)",
        "the ordered pair (@)",
        "((@))",
        "[@]",
    ]
    if len(found.elements) > 2:
        forms = [form.replace("pair", "tuple") for form in forms if "point" not in form]
    if re.search(r"\bvectors?\b|\\(?:mathbf|vec|overrightarrow)", task.question):
        forms += [r"\langle @ \rangle", "⟨@⟩", "<@>", r"\langle @ \rangle"]
    if not re.search(r"=", joined) and wants_a_tuple(task.question):
        forms += ["@"]
    return rng.choice(forms).replace("@", joined)


@same("2.3")
def plus_minus_apart(task: Task, rng: Random) -> str | None:
    r"""Both values for `±`: `1 + \sqrt{2}, 1 - \sqrt{2}`."""
    text = task.gold.replace("±", r"\pm ")
    if (
        len(re.findall(r"\\pm(?![a-z])", text)) != 1
        or re.search(r"[,;]|\bor\b|\band\b|\\text|\\mp|[<>≠]|\\neq", text)
        or len(text) > 120
    ):
        return None
    name, sign, value = (
        text.rpartition("=") if "=" in text and r"\pm" in text.rpartition("=")[2] else ("", "", text)
    )
    both = [re.sub(r"\A\s*\+ ?", "", re.sub(r"\\pm\s*", each, value)).strip() for each in ("+ ", "- ")]
    both = [re.sub(r"\A- ", "-", re.sub(r"([({]) ?\+ ", r"\1", each)) for each in both]
    if rng.random() < 0.3:
        both.reverse()
    is_bare = not sign or (rng.random() < 0.4 and not re.search(r"(?<![A-Za-z\\])[a-z](?![a-z])", value))
    label = "" if is_bare else f"{name.strip()} = "
    return rng.choice((", ", " and ", " or ", "; ", r" \text{ or } ")).join(label + each for each in both)


@same("2.3")
def plus_minus_together(task: Task, rng: Random) -> str | None:
    r"""`\pm 3` for `3, -3`."""
    found = several(task.gold)
    if found is None or len(found.elements) != 2 or found.brackets not in ("", "{}") or _names(found):
        return None
    first, second = (each.replace(" ", "") for each in found.elements)
    larger, smaller = (first, second) if second.startswith("-") else (second, first)
    if smaller == f"-{larger}" and not re.search(r"[+\-,]", larger):
        return rng.choice((r"\pm @", "±@", "± @", "+/- @", r"\pm{@}")).replace("@", larger)
    if smaller.replace("-", "+") == larger and larger.count("+") == 1:
        return larger.replace("+", rng.choice((r" \pm ", "±", r"\pm ")))
    return None


# Wrong


@wrong()
def list_element_dropped(task: Task, rng: Random) -> str | None:
    """One of several left out."""
    found = several(task.gold)
    if found is None or len(set(found.elements)) < len(found.elements) or _tuple_like(found):
        return None
    elements = list(found.elements)
    del elements[rng.randrange(len(elements))]
    alone = len(elements) == 1 and found.brackets in ("()", "[]")
    return elements[0] if alone else found.written(elements)


@wrong()
def list_only_first(task: Task, rng: Random) -> str | None:
    """Only one of several: the first, the last, the positive one."""
    found = several(task.gold)
    if found is None or found.brackets in ("()", "[]") or _tuple_like(found):
        return None
    kept = rng.choice((found.elements[0], found.elements[-1], found.elements[0]))
    return kept if any(differ(kept, each) for each in found.elements) else None


@wrong()
def list_element_added(task: Task, rng: Random) -> str | None:
    """One too many, near to one of the others."""
    found = several(task.gold)
    if found is None or _tuple_like(found):
        return None
    added = _outsider(found, rng)
    if added is None:
        return None
    elements = list(found.elements)
    elements.insert(rng.randint(0, len(elements)) if rng.random() < 0.4 else len(elements), added)
    return found.written(elements)


@wrong()
def list_element_changed(task: Task, rng: Random) -> str | None:
    """One of them another value, somewhere in the list."""
    found = several(task.gold)
    if found is None or _tuple_like(found):
        return None
    elements = list(found.elements)
    at = rng.randrange(len(elements))
    changed = _changed(elements[at], rng)
    others = elements[:at] + elements[at + 1 :]
    if changed is None or elements[at] in others or _is_member(changed, found.elements):
        return None
    elements[at] = changed
    return found.written(elements)


@wrong()
def list_signs_changed(task: Task, rng: Random) -> str | None:
    """All of them with the other sign."""
    found = several(task.gold)
    if (
        found is None
        or _names(found)
        or not all(
            re.match(r"-?(?:\d|\\(?:frac|sqrt|dfrac))(?!.*\\pm)[^-+,±]*\Z", each) for each in found.elements
        )
    ):
        return None
    turned = [
        each[1:] if each.startswith("-") else each if each == "0" else f"-{each}" for each in found.elements
    ]
    if not any(_outside(each, found.elements) for each in turned):
        return None
    return found.written(turned)


@wrong()
def list_one_for_several(task: Task, rng: Random) -> str | None:
    """Several answers where the gold is one: it and its negative, it and zero, it and a neighbour."""
    if several(task.gold) or not re.fullmatch(
        r"-?(?:\d{1,6}(?:\.\d+)?|\\d?frac\{\d+\}\{\d+\}|\d*\\sqrt\{\d+\})", task.gold
    ):
        return None
    if task.gold.strip("-0.") == "":
        return None
    bare = task.gold.lstrip("-")
    other = another_value(task.gold, rng)
    forms = (
        f"\\pm {bare}",
        f"±{bare}",
        f"{task.gold}, 0",
        f"0, {task.gold}",
        f"{task.gold}, {other}",
        f"{other} and {task.gold}",
        f"\\{{{task.gold}, {other}\\}}",
        f"-{bare}, {bare}",
        f"x = {task.gold} or x = {other}",
    )
    return rng.choice(forms if other else forms[:4])


@wrong()
def tuple_swapped(task: Task, rng: Random) -> str | None:
    """Two coordinates in each other's place."""
    found = several(task.gold)
    if found is None or found.brackets != "()" or _names(found):
        return None
    return _swapped(found, rng)


@wrong()
def list_point_changed(task: Task, rng: Random) -> str | None:
    """In a list of points one with its coordinates swapped, or one coordinate changed."""
    found = several(task.gold)
    if found is None or found.brackets not in ("", "{}"):
        return None
    at = rng.randrange(len(found.elements))
    point = several(found.elements[at])
    if point is None or point.brackets != "()":
        return None
    changed = _swapped(point, rng) if rng.random() < 0.5 else _changed(found.elements[at], rng)
    if changed is None or _squeezed(changed) in map(_squeezed, found.elements):
        return None
    return found.written([*found.elements[:at], changed, *found.elements[at + 1 :]])


def _without_number(name: str) -> str:
    return re.sub(r"_?\{?\d+\}?\Z", "", name)


@wrong()
def names_swapped(task: Task, rng: Random) -> str | None:
    """`x = 2, y = 1` for `x = 1, y = 2`."""
    found = several(task.gold)
    names = _names(found) if found else []
    if found is None or len(set(names)) < 2 or len(set(names)) < len(names):
        return None
    if len(set(map(_without_number, names))) == 1 and not any(name in task.question for name in names):
        return None  # the solutions of one unknown, numbered as one likes
    values = _values(found)
    first, second = rng.sample(range(len(names)), 2)
    if not differ(values[first], values[second]):
        return None
    values[first], values[second] = values[second], values[first]
    return found.written([f"{name} = {value}" for name, value in zip(names, values, strict=True)])


@wrong()
def plus_minus_one_sign(task: Task, rng: Random) -> str | None:
    r"""Only one branch of `±`."""
    text = task.gold.replace("±", r"\pm ")
    if len(re.findall(r"\\pm(?![a-z])", text)) != 1 or re.search(r"\\mp|\\pm\s*0", text):
        return None
    kept = re.sub(r"\\pm\s*", rng.choice(("+ ", "- ")), text)
    kept = re.sub(r"([({=,]\s*|\A)\+ ", r"\1", kept)
    return re.sub(r"([({=,]\s*|\A)- ", r"\1-", kept)


@wrong()
def tuple_as_sum(task: Task, rng: Random) -> str | None:
    """One number for a tuple of integers: a coordinate, or their sum."""
    found = several(task.gold)
    if (
        found is None
        or found.brackets not in ("()", "")
        or not all(re.fullmatch(r"-?\d{1,6}", each) for each in found.elements)
    ):
        return None
    numbers = [int(each) for each in found.elements]
    return (
        str(rng.choice((sum(numbers), numbers[0], numbers[-1], max(numbers))))
        if len(set(numbers)) > 1
        else None
    )


def _swapped(found: Several, rng: Random) -> str | None:
    elements = list(found.elements)
    first, second = rng.sample(range(len(elements)), 2)
    if not differ(elements[first], elements[second]):
        return None
    elements[first], elements[second] = elements[second], elements[first]
    return found.written(elements)


def _changed(element: str, rng: Random) -> str | None:
    """Another value for an element, under its name, or at one of its coordinates."""
    point = several(element)
    if point:
        at = rng.randrange(len(point.elements))
        other = another_value(point.elements[at], rng)
        return other and point.written([*point.elements[:at], other, *point.elements[at + 1 :]])
    if named := _NAMED.fullmatch(element):
        other = another_value(named["value"], rng)
        return other and f"{named['name']} = {other}"
    return another_value(element, rng)


def _outsider(found: Several, rng: Random) -> str | None:
    """A value that is none of the elements."""
    near = _changed(rng.choice(found.elements), rng)
    plain = not _names(found) and not any("(" in each for each in found.elements)
    added = rng.choice((near, "0")) if plain and rng.random() < 0.3 else near
    return added if added and _outside(added, found.elements) else None


def _outside(value: str, elements: Sequence[str]) -> bool:
    bare = value.rpartition("=")[2].strip()
    return all(differ(bare, each.rpartition("=")[2].strip()) for each in elements)


def _is_member(value: str, elements: Sequence[str]) -> bool:
    return _squeezed(value) in map(_squeezed, elements)


def _squeezed(text: str) -> str:
    return "".join(text.split())
