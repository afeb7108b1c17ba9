r"""Letters that may be others: indices of solutions, constants of integration, subscripts, variables."""

import re
from random import Random

from tinyv_cli.maths.forms import number
from tinyv_cli.maths.reading import read
from training.generate.nearby import differ
from training.generate.transformation import Task, same, wrong

# The index of a family of solutions, `k` in `\frac{\pi}{3} + 2\pi k, k \in \mathbb{Z}`

_INTEGER_SETS = r"(?:\\mathbb\s*\{?\s*Z\s*\}?|\\mathbf\{Z\}|\\Z\b|ℤ|Z\b)"
_QUALIFIED = re.compile(
    rf"[,;]?\s*(?:\\q?quad|\\ |\\,|~)*\s*\(?\s*(?:\\text\{{\s*)?(?:where|for(?: any| all)?|with)?\s*\}}?"
    rf"\s*\$?(?P<index>[kmn])\s*"
    rf"(?:\\in|∈)\s*{_INTEGER_SETS}\$?\s*\)?\s*\.?\Z"
)
_FREE_INDEX = re.compile(r"(?:\d|\\pi|π|\s|[({+-])([kn])(?![A-Za-z(_^])|(?<![A-Za-z\\])([kn])\s*(?:\\pi|π)")


def _family(task: Task) -> tuple[str, str] | None:
    """A family of solutions without its condition, and the letter of its index."""
    if found := _QUALIFIED.search(task.gold):
        family = task.gold[: found.start()].strip().rstrip("\\").strip()
        is_one = _has_letter(family, found["index"]) and not _has_letter(task.question, found["index"])
        return (family, found["index"]) if is_one and not re.search(r"\\text|[$|]|\\mid", family) else None
    found = _FREE_INDEX.search(task.gold)
    if (
        found is None
        or not re.search(r"\\pi|π|\^\\circ|°", task.gold)
        or len(task.gold) > 160
        or re.search(r"\\in(?![a-z])|∈|integer|\\text|[$;|]|\\mid|\\bigc|\\sum|\\prod", task.gold)
    ):
        return None
    if _has_letter(task.question, found[1] or found[2]):
        return None
    return task.gold.rstrip(" ."), found[1] or found[2]


def _has_letter(text: str, letter: str) -> bool:
    return bool(re.search(rf"(?<![A-Za-z\\]){letter}(?![A-Za-z])", text))


def _renamed(text: str, old: str, new: str) -> str:
    return re.sub(rf"(?<![A-Za-z\\]){old}(?![A-Za-z])", new, text)


_CONDITIONS = (
    *(
        r", @ \in \mathbb{Z}",
        r", \quad @ \in \mathbb{Z}",
        r" (@ \in \mathbb{Z})",
        ", where @ is an integer",
        " for any integer @",
    ),
    *(
        r", @ \in Z",
        r" \text{ for } @ \in \mathbb{Z}",
        ", @ ∈ ℤ",
        r" \text{ where } @ \text{ is an integer}",
        " for all integers @",
    ),
    *(
        r",\; @\in\mathbb{Z}",
        " (@ an integer)",
        ", with @ any integer",
        r", @ \in \{0, \pm 1, \pm 2, \ldots\}",
    ),
)


@same("7.1")
def index_renamed(task: Task, rng: Random) -> str | None:
    """Another letter for the integer: `n` for `k`, with its condition."""
    family = _family(task)
    if family is None:
        return None
    text, index = family
    letters = [each for each in "knm" if each != index and not _has_letter(text + task.question, each)]
    if not letters:
        return None
    letter = rng.choice(letters)
    condition = rng.choice(_CONDITIONS).replace("@", letter) if rng.random() < 0.75 else ""
    return _renamed(text, index, letter) + condition


@same("1.5")
def index_condition(task: Task, rng: Random) -> str | None:
    """The condition that the index is an integer, said otherwise, or left out."""
    family = _family(task)
    if family is None:
        return None
    text, index = family
    said = text + rng.choice((*_CONDITIONS, "", "", "")).replace("@", index)
    return said if said != task.gold else None


@wrong()
def index_period_changed(task: Task, rng: Random) -> str | None:
    r"""The double of the period or the half of it: `k\pi` for `2k\pi`."""
    family = _family(task)
    if family is None:
        return None
    text, index = family
    period = re.search(rf"(?P<n>\d*)\s*(?:{index}\s*\\pi|\\pi\s*{index}|\\pi\s*\\cdot\s*{index})", text)
    if period is None:
        return None
    count = int(period["n"] or 1)
    other = rng.choice([each for each in (1, 2, 3, 4, 2 * count) if each != count])
    number = "" if other == 1 else str(other)
    changed = text[: period.start()] + number + period[0][len(period["n"]) :].lstrip() + text[period.end() :]
    return changed + task.gold[len(text) :] if task.gold.startswith(text) else changed


@wrong()
def index_dropped(task: Task, rng: Random) -> str | None:
    """One solution of the family, or the family for natural numbers only."""
    family = _family(task)
    if family is None:
        return None
    text, index = family
    if rng.random() < 0.3:
        return (
            text
            + rf", {index} \in "
            + rng.choice((r"\mathbb{N}", r"\mathbb{R}", r"\mathbb{N}^*", r"\mathbb{Q}"))
        )
    one = re.sub(
        rf"\s*[-+]\s*(?:\d*\s*{index}\s*\\pi|\d*\s*\\pi\s*{index}|\\frac\{{\d*{index}\\pi\}}\{{\d+\}})(?![A-Za-z])",
        "",
        text,
    )
    return one if one != text and not _has_letter(one, index) else None


# Constants of integration and of general solutions

_PLUS_C = re.compile(r"\+\s*C(?:_\{?1\}?)?(?![A-Za-z_])")


@same("7.1")
def constant_renamed(task: Task, rng: Random) -> str | None:
    """Another name for the constant of integration."""
    if len(_PLUS_C.findall(task.gold)) != 1 or re.search(r"(?<![A-Za-z\\])[CK](?![A-Za-z])", task.question):
        return None
    constants = (
        "+ C",
        "+ c",
        "+ K",
        "+ C_1",
        r"+ \text{const}",
        r"+ \text{constant}",
        "+ k",
        "+C",
        "+ C_0",
        "+c",
    )
    return _PLUS_C.sub(lambda found: rng.choice(constants), task.gold)


_CONSTANT = re.compile(r"(?<![A-Za-z])[cC]_(?:([1-3])(?!\d)|\{([1-3])\})")


@same("7.1")
def constants_renamed(task: Task, rng: Random) -> str | None:
    """`A` and `B` for `c_1` and `c_2` of a general solution."""
    digits = sorted({each[0] or each[1] for each in _CONSTANT.findall(task.gold)})
    if (
        not digits
        or digits != list("123")[: len(digits)]
        or re.search(r"[cC]_\{?(?:\d\d|[04-9])", task.gold)
        or ("c_" in task.gold and "C_" in task.gold)
        or re.search(r"(?<!\\)\b[A-Za-z]{4,}", task.gold)
        or re.search(r"[cC]_\{?1|(?<![A-Za-z\\])[AB](?![A-Za-z])", task.question)
        or re.search(r"(?<![A-Za-z\\])[AB](?![A-Za-z])", task.gold)
    ):
        return None
    style = rng.choice(
        (
            "ABD",
            ("C_1", "C_2", "C_3"),
            ("c_{1}", "c_{2}", "c_{3}"),
            ("C_{1}", "C_{2}", "C_{3}"),
            ("k_1", "k_2", "k_3"),
            ("c_1", "c_2", "c_3"),
        )
    )
    to = {digit: f"{name} " if name.isalpha() else name for digit, name in zip(digits, style, strict=False)}
    return _CONSTANT.sub(lambda found: to[found[1] or found[2]], task.gold).replace("  ", " ").strip()


# Subscripts, Greek letters, cases


@same("7.2")
def subscript_written(task: Task, rng: Random) -> str | None:
    """`x_{1}`, `x_1`, `x₁`, `x1`."""
    if not re.search(r"[A-Za-z]_(?:\d|\{\d+\})", task.gold) or "log" in task.gold:
        return None
    style = rng.choice(("{}_{{{}}}", "{}_{}", "{}{sub}", "{}{}"))

    def write(found: re.Match[str]) -> str:
        digits = found[2] or found[3]
        if style == "{}_{}" and len(digits) > 1:
            return f"{found[1]}_{{{digits}}}"
        return style.format(found[1], digits, sub=digits.translate(_LOW))

    if style == "{}{}" and re.search(r"_\{?\d+\}?\s*[\d^]|\d\s*[A-Za-z]_", task.gold):
        return None
    return re.sub(r"([A-Za-z])_(?:(\d)|\{(\d+)\})", write, task.gold)


_LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_GREEK = {
    r"\alpha": ("α", "alpha"),
    r"\beta": ("β", "beta"),
    r"\gamma": ("γ", "gamma"),
    r"\theta": ("θ", "theta"),
    r"\lambda": ("λ", "lambda"),
    r"\mu": ("μ", "mu"),
    r"\omega": ("ω", "omega"),
    r"\phi": ("φ", "phi"),
    r"\varphi": ("φ", r"\phi"),
    r"\epsilon": ("ε", r"\varepsilon", "epsilon"),
    r"\varepsilon": ("ε", r"\epsilon"),
    r"\rho": ("ρ", "rho"),
    r"\sigma": ("σ", "sigma"),
    r"\Delta": ("Δ",),
}


@same("7.3")
def greek_written(task: Task, rng: Random) -> str | None:
    r"""`α` or `alpha` for `\alpha`."""
    found = re.findall(r"\\[A-Za-z]+", task.gold)
    if not any(each in _GREEK for each in found) or {r"\phi", r"\varphi"} <= set(found) or "['" in task.gold:
        return None
    if task.gold in _GREEK:
        return rng.choice(_GREEK[task.gold])
    signs = re.sub(
        r"\\[A-Za-z]+", lambda each: _GREEK[each[0]][0] if each[0] in _GREEK else each[0], task.gold
    )
    return re.sub(r"(?<=[a-z])(?=[α-ωΔ])", " ", signs)


_DEFINED = re.compile(r"(?P<f>[a-zA-Z])\((?P<x>[a-z])\)\s*=\s*(?P<body>[^=<>,;]+)")


@same("7.1")
def bound_variable_renamed(task: Task, rng: Random) -> str | None:
    """`f(t) = t^2` for `f(x) = x^2`."""
    found = _DEFINED.fullmatch(task.gold)
    if (
        found is None
        or "\\text" in found["body"]
        or re.search(r"[A-Za-z]{4,}", re.sub(r"\\[A-Za-z]+", "", found["body"]))
        or not _has_letter(found["body"], found["x"])
    ):
        return None
    letters = [each for each in "tuxzs" if each != found["x"] and not _has_letter(task.gold, each)]
    letter = rng.choice(letters)
    body = _renamed(found["body"], found["x"], letter)
    return f"{found['f']}({letter}) = {body}"


@same("7.4")
def function_renamed(task: Task, rng: Random) -> str | None:
    """`y = x^2` or `p(x)` for `f(x)` and `P(x)`."""
    found = _DEFINED.fullmatch(task.gold)
    if found is None or _has_letter(found["body"], "y") or found["x"] == "y":
        return None
    if found["f"] == "f" and found["x"] == "x":
        return f"y = {found['body']}"
    lower = found["f"].lower()
    taken = _has_letter(found["x"] + found["body"], lower) or not found["f"].isupper() or lower == found["x"]
    return None if taken else f"{lower}({found['x']}) = {found['body']}"


# Wrong


@wrong()
def subscript_changed(task: Task, rng: Random) -> str | None:
    """Another subscript: `a_{n+1}` for `a_n`, `x_2` for `x_1`."""
    found = list(re.finditer(r"(?<=[A-Za-z]_)(?:(\d)|\{(\d)\}|([nk])(?![A-Za-z]))", task.gold))
    if (
        not found
        or "log" in task.gold
        or len(task.gold) > 200
        or "C_" in task.gold
        or "c_" in task.gold
        or task.gold.count("=") > 1
    ):
        return None
    place = rng.choice(found)
    other = f"{{{place[3]}+1}}" if place[3] else f"{{{int(place[1] or place[2]) + rng.choice((1, 2))}}}"
    if "=" in task.gold and place.start() < task.gold.index("="):
        return None  # a name
    return task.gold[: place.start()] + other + task.gold[place.end() :]


@wrong()
def variable_exchanged(task: Task, rng: Random) -> str | None:
    """Two letters in each other's place, or one for the other: `x^2 - y` for `y^2 - x`."""
    letters = sorted(set(re.findall(r"(?<![A-Za-z\\])[a-z](?![A-Za-z])", task.gold)) - set("eikn"))
    if (
        len(task.gold) > 80
        or re.search(r"\\text|\\in|[A-Za-z]{4,} [a-z]|\\begin|=|,|\([a-z]\)|boxed|\\\{|[|:]", task.gold)
        or not re.search(r"\d|\^|frac", task.gold)
    ):
        return None
    if len(letters) == 2:
        swapped = _renamed(
            _renamed(_renamed(task.gold, letters[0], "Ω"), letters[1], letters[0]), "Ω", letters[1]
        )
        return (
            swapped if number(task.gold) is None and read(task.gold) and differ(task.gold, swapped) else None
        )
    if (
        len(letters) == 1
        and _has_letter(task.question, letters[0])
        and f"({letters[0]})" not in task.question
    ):
        others = [each for each in "xyzabt" if each != letters[0] and _has_letter(task.question, each)]
        return _renamed(task.gold, letters[0], rng.choice(others)) if others else None
    return None
