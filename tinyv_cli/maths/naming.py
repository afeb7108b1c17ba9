r"""Names that stand before values: `x = 7`, `N_{\max} = 7`, `\frac{dI}{d\Omega} = 7`, `Area of ABC = 7`."""

import re
from functools import lru_cache
from typing import NamedTuple

from tinyv_cli.maths.asked import bare, extreme_fits, names_another
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.questions import unknowns_asked
from tinyv_cli.maths.reading import GREEK, read
from tinyv_cli.maths.words import HEDGES, words

_GREEK = "|".join(sorted(GREEK, key=len, reverse=True))
_LETTER = rf"(?:\\(?:{_GREEK}|ell|hbar)(?![A-Za-z])|[A-Za-z])"
_INDEX = r"(?: ?_ ?(?:\{[^{}=<>]{1,24}\}|\\?[A-Za-z0-9]+|[-+*]))?"
_ARGUMENT = r"(?: ?\([^()=<>]{1,16}\))?"
_MARKED = r"\\(?:dot|ddot|vec|hat|bar|overline|tilde|overrightarrow|widehat) ?\{ ?[^{}=<>]{1,12}\}"
_DERIVATIVE = (
    rf"\\frac ?\{{ ?(?:d|\\partial)[^{{}}=<>]{{0,30}}\}} ?\{{ ?(?:d|\\partial)[^{{}}=<>]{{1,30}}\}}"
    rf"|d ?{_LETTER}{_INDEX} ?/ ?d ?{_LETTER}"
)
NAME = (
    rf"(?:\\Delta ?)?(?:{_LETTER}|{_MARKED})'{{0,2}}{_INDEX}'{{0,2}}(?:\^\{{-1\}})?{_ARGUMENT}"  # x_1, f(3)
    rf"|[A-Za-z]{{2,6}} ?\([\w, ]{{1,12}}\)"  # dim(W)
    rf"|(?:m ?)?\\(?:angle|triangle) ?[A-Z]{{1,4}}"
    rf"|(?:[A-Z]{{2,4}}|\|[A-Z]{{2}}\||\[[A-Z]{{3,5}}\]){_INDEX}"  # AB
    rf"|{_DERIVATIVE}|\( ?(?:{_DERIVATIVE}) ?\){_INDEX}"
    rf"|\([^()=<>]{{1,20}}\) ?_ ?\{{ ?\\?(?:min|max)[^{{}}]*\}}"  # (m+n)_{min}
    rf"|[A-Z]?[a-z]{{2,}}(?: [A-Za-z]{{2,}}){{0,5}}"  # Area of ABC
)
TUPLE = r"\([A-Za-z](?:_\{?\w\}?)?(?:, ?[A-Za-z](?:_\{?\w\}?)?){1,5}\)"
_ABOUT = r"\\(?:approx|simeq|sim)(?![A-Za-z])"
_SIGN = rf" ?(?:(?:=|\\equiv(?![A-Za-z])) ?(?P<about>{_ABOUT})?|(?P<close>{_ABOUT})) ?"
_LABEL = re.compile(rf"(?P<name>{NAME}|{TUPLE}){_SIGN}(?P<value>[^=<>]+(?:=[^=<>]+)*)")
_ANOTHER = re.compile(rf"[,;] ?(?:and )?(?:{_LETTER}){_INDEX}{_ARGUMENT} ?=")  # x = 1, y = 2 is no value of x
_ELEMENT_OF = re.compile(rf"(?P<name>{NAME}) ?\\in ?(?P<value>\\?\{{[^|:]+\}})")
_MAPS = re.compile(r"(?:(?P<function>[A-Za-z]) ?: ?)?(?P<argument>[A-Za-z]) ?\\mapsto (?P<value>[^=<>]+)")
_NO_NAME = re.compile(r"[<>]|\\(?:[lg]eq|neq|approx)")
_WANTED = ("find", "valueof", "compute", "calculate", "determine", "evaluate", "express", "whatis")
# What is written out to be evaluated; the other side of the equation is its value.
_EVALUATED = re.compile(r"\s*\\(?:lim|int|iint|sum|prod|det|begin ?\{[vV]matrix\})(?![A-Za-z])")
_LIMIT = re.compile(r"\s*\\lim ?(?:_ ?\{[^{}]*\})?")
_FORMULA = re.compile(r"[$\\\d]")
_QUOTIENT = re.compile(r"\\frac ?\{([^{}]*)\} ?\{([^{}]*)\}")
_EXTREME = re.compile(r"_\{?\\?(?P<which>min|max)(?:imum)?\}?\Z")


class Named(NamedTuple):
    """A name and its value, or about what that is."""

    name: str
    value: str
    is_about: bool = False


_OF_DERIVATIVE = re.compile(
    r"\(? ?(?:\\frac ?\{ ?(?:d|\\partial) ?(?P<of>\\?[A-Za-z]+)|d ?(?P<plain>\\?[A-Za-z]+))"
)
_OF_EQUATIONS = re.compile(r"equation|\bODE\b|\bmodel", re.IGNORECASE)


def is_equation(given: Named, question: str) -> bool:
    r"""Whether what looks like a name is a side of an equation: `a = -a`, or of a derivative `dy/dx = 2y`.

    That of a derivative, where no equation is asked for, is what it is called.
    """
    found = re.match(_DERIVATIVE, given.name.lstrip("( "))
    body = read(given.value)
    letters = body.variables() if body else frozenset[str]()
    if found is None:
        itself = read(given.name)
        return itself is not None and itself.kind == "variable" and itself.text in letters
    of = _OF_DERIVATIVE.match(given.name)
    name = ((of["of"] or of["plain"]) if of else "").lstrip("\\")
    return name in letters or not question.strip() or _OF_EQUATIONS.search(question) is not None


@lru_cache(maxsize=2048)
def named(side: str, question: str) -> Named | None:
    """What a side calls its value, if it does; any expression that the question wants may be a name."""
    text = plain(side).text
    if found := _MAPS.fullmatch(text):
        return Named(f"{found['function'] or 'f'}({found['argument']})", found["value"])
    if found := _LABEL.fullmatch(text) or _ELEMENT_OF.fullmatch(text):
        name, value = found["name"].strip(), found["value"].strip()
        is_about = found.re is _LABEL and bool(found["about"] or found["close"])
        if HEDGES & set(words(name)) or _ANOTHER.search(value):
            return None
        return Named(name, value, is_about)
    name, sign, value = text.partition("=")
    if not sign or _NO_NAME.search(name + value):
        return None
    if _is_wanted(name, question) or (_EVALUATED.match(name) and _is_told(name, question)):
        return Named(name.strip(), value.strip())
    return None


def _is_wanted(expression: str, question: str) -> bool:
    wanted = bare(plain(question).text).casefold()
    return any(verb + bare(expression).casefold() in wanted for verb in _WANTED)


def _is_told(expression: str, question: str) -> bool:
    """Whether what is evaluated is the question's, or the question has no formula of its own."""
    within = bare(plain(_LIMIT.sub("", expression)).text)
    return within in bare(plain(question).text) or not _FORMULA.search(question)


def labelled(text: str) -> Named | None:
    """A name and one value in plain LaTeX, as one of several."""
    found = _LABEL.fullmatch(text)
    return Named(found["name"], found["value"].strip()) if found and "=" not in found["value"] else None


def same_name(gold: str, answer: str, question: str) -> bool:
    """Whether two names are one: `T` and `T_f`, `N` and `N(n)`, `y` and `f(x)`. T_1 is not T_2."""
    names = {_without_extreme(bare(_QUOTIENT.sub(r"\1/\2", each))) for each in (gold, answer)}
    if len(names) == 1 or names == {"y", "f(x)"}:
        return True
    shorter, longer = sorted(names, key=len)
    more = longer.removeprefix(shorter)
    if (
        more == longer
        or re.search(r"\d", more)
        or not re.fullmatch(r"_\w+|\([A-Za-z]\)|_\w+\([A-Za-z]\)", more)
    ):
        return False
    return len(shorter.lstrip("\\")) > 1 or not re.search(
        rf"(?<![A-Za-z\\]){re.escape(shorter)}_", bare(question)
    )


def asks_for_another(question: str, name: str) -> bool:
    """Whether the question wants the value of something else than what is called so."""
    if extreme := _EXTREME.search(bare(name)):
        return not extreme_fits(question, extreme["which"])
    if len(name) == 1 and name.isalpha():
        asked = unknowns_asked(question)
        if asked:
            return name not in asked
    return names_another(question, name)


def _without_extreme(name: str) -> str:
    return _EXTREME.sub("", name)
