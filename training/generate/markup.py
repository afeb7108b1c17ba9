r"""The same look by other marks: LaTeX commands, spaces, braces, Unicode signs, HTML; nothing is computed.

These are changes of text, so that they work on answers of any kind, also those that nobody can read as
mathematics.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from random import Random

from training.generate.transformation import Make, Task, same

_TEXT = re.compile(r"(\\(?:text|mathrm|mbox|operatorname)\s*\{[^{}]*\})")
_NO_NUMBERS = r"\\text|\\vec|\\mathbf|\\overrightarrow|\\boldsymbol|\\mathrm"
_BRACED = r"\{([^{}]*)\}"
_LETTERS = r"(?![A-Za-z])"


def _outside_text(text: str, pattern: str, by: str) -> str | None:
    r"""A replacement everywhere but in \text{…}; None where there is nothing to replace."""
    parts = _TEXT.split(text)
    changed = "".join(part if _TEXT.fullmatch(part) else re.sub(pattern, by, part) for part in parts)
    return changed if changed != text else None


def _marks(leaf: str) -> Callable[[Make], Make]:
    """Register another way to write the same, of texts whose backslashes are not doubled."""
    register = same(leaf)

    def decorate(make: Make) -> Make:
        @wraps(make)
        def guarded(task: Task, rng: Random) -> str | None:
            doubled = _DOUBLED.search(task.gold) and r"\begin" not in task.gold
            return None if doubled else make(task, rng)

        return register(guarded)

    return decorate


# As a program prints its strings.
_DOUBLED = re.compile(r"\\\\(?=[A-Za-z])")


# Spaces (1.1)


@_marks("1.1")
def spaces_dropped(task: Task, rng: Random) -> str | None:
    """No spaces where none are needed."""
    if re.search(r"[A-Za-z]{2,}\s+[A-Za-z]", re.sub(r"\\[A-Za-z]+", "", task.gold)) or re.search(
        r"\d\s+\d|\\ ", task.gold
    ):
        return None
    return _outside_text(task.gold, r"(?<![A-Za-z\\])\s+|\s+(?![A-Za-z\s])", "")


@_marks("1.1")
def spaces_around_signs(task: Task, rng: Random) -> str | None:
    """Spaces around relations, plus and minus."""
    if "\\begin" in task.gold or re.search(r"\d[eE][-+]", task.gold):
        return None
    return _outside_text(
        task.gold, r"(?<=[\w)}\]])\s*([=<>+]|-(?=[\w\\(]))\s*(?=[\w\\({-])(?![^{]*\}\s*\\?infty)", r" \1 "
    )


@_marks("1.1")
def spaces_in_latex(task: Task, rng: Random) -> str | None:
    r"""Spaces by command: \, and \; between what stands side by side."""
    space = rng.choice((r"\,", r"\, ", r"\;", r"\ ", "~"))
    return _outside_text(
        task.gold,
        r"(?<=[\w})]) (?=[A-Za-z\\(])|(?<=\d)(?=\\(?:sqrt|pi|frac|sin|cos|ln)(?![A-Za-z]))",
        _to_the_letter(space),
    )


@_marks("1.1")
def spaces_in_braces(task: Task, rng: Random) -> str | None:
    r"""Spaces inside braces, as formatters set them: \frac { a } { 10 }."""
    if _TEXT.search(task.gold) or "\\begin" in task.gold or "\\{" in task.gold:
        return None
    spaced = " ".join(re.sub(r"([{}])", r" \1 ", task.gold).split())
    return spaced if spaced != task.gold else None


@_marks("1.1")
def spaces_behind_commas(task: Task, rng: Random) -> str | None:
    """A space behind commas, or none."""
    if re.search(r"\d,\d{3}(?!\d)|\{,\}", task.gold):
        return None
    if ", " in task.gold:
        return _outside_text(task.gold, r"(?<!\\), +(?![A-Za-z])", ",")
    return _outside_text(task.gold, r"(?<!\\),(?=[^\s\d])", ", ")


def _to_the_letter(text: str) -> str:
    """A text as a template of `re.sub`, taken to the letter."""
    return text.replace("\\", r"\\")


# Commands (1.3)

# What looks the same or nearly so, in groups: one command for another of its group.
_ALIKE: Sequence[Sequence[str]] = (
    (r"\frac", r"\dfrac", r"\tfrac", r"\cfrac"),
    (r"\le", r"\leq", r"\leqslant"),
    (r"\ge", r"\geq", r"\geqslant"),
    (r"\ne", r"\neq", r"\not="),
    (r"\cdot", r"\times"),
    (r"\to", r"\rightarrow"),
    (r"\emptyset", r"\varnothing"),
    (r"\lbrace", r"\{"),
    (r"\binom", r"\dbinom", r"\tbinom"),
    (r"\ldots", r"\dots", r"\cdots"),
    (r"\land", r"\wedge"),
    (r"\lor", r"\vee"),
    (r"\quad", r"\qquad", r"\ \ "),
    (r"\mathbb{R}", r"\mathbf{R}", r"\Bbb R", r"\R", "ℝ"),
    (r"\mathbb{Z}", r"\mathbf{Z}", r"\Bbb Z", r"\Z", "ℤ"),
    (r"\mid", r"|", r":"),
)
_ALIKE_OF: Mapping[str, Sequence[str]] = {
    command: group for group in _ALIKE for command in group if command.startswith("\\")
}
_KNOWN = re.compile(
    "|".join(
        re.escape(command) + (_LETTERS if command[-1].isalpha() else "")
        for command in sorted(_ALIKE_OF, key=len, reverse=True)
    )
)


@_marks("1.3")
def command_of_same_look(task: Task, rng: Random) -> str | None:
    r"""\dfrac for \frac, \leq for \le and the like: one kind of command everywhere."""
    found = [command for command in _KNOWN.findall(task.gold) if command != r"\{"]
    if not found:
        return None
    old = rng.choice(found)
    if (
        old == r"\lbrace"
        or (old == r"\mid" and "\\{" not in task.gold)
        or (old in (r"\times", r"\cdot") and re.search(_NO_NUMBERS, task.gold))
    ):
        return None
    new = rng.choice([each for each in _ALIKE_OF[old] if each != old])
    spaced = new + " " if new[-1].isalpha() and old[-1].isalpha() and new.startswith("\\") else new
    pattern = re.escape(old) + (_LETTERS if old[-1].isalpha() else "")
    changed = re.sub(pattern + r"(?=\s*[A-Za-z])", lambda _: spaced, task.gold)
    return re.sub(pattern, lambda _: new, changed)


@_marks("1.3")
def braces_dropped(task: Task, rng: Random) -> str | None:
    r"""x^2 for x^{2}, \sqrt2 for \sqrt{2}, a_1 for a_{1}."""
    return _outside_text(
        task.gold, r"(?:(?<=[\^_])|(?<=\\sqrt))\{(\d)\}(?!\d)|(?<=[\^_])\{([A-Za-z])\}", r"\1\2"
    )


@_marks("1.3")
def braces_added(task: Task, rng: Random) -> str | None:
    r"""x^{2} for x^2, \frac{1}{2} for \frac12."""
    text = re.sub(r"(\\[dtc]?frac)\s*(\d)\s*(\d)(?!\d)", r"\1{\2}{\3}", task.gold)
    text = re.sub(r"(\\sqrt)\s*(\d)(?!\d)", r"\1{\2}", text)
    return _outside_text(text, r"(?<=[\^_])([0-9A-Za-z])(?![0-9A-Za-z]*\})", r"{\1}") or (
        text if text != task.gold else None
    )


@_marks("1.3")
def fraction_braces_dropped(task: Task, rng: Random) -> str | None:
    r"""\frac12 for \frac{1}{2}."""
    return _outside_text(task.gold, r"(\\[dt]?frac)\{(\d)\}\{(\d)\}", r"\1\2\3")


@_marks("1.3")
def fraction_over(task: Task, rng: Random) -> str | None:
    r"""{a \over b} for \frac{a}{b}."""
    return _outside_text(task.gold, rf"\\[dt]?frac{_BRACED}{_BRACED}", r"{\1 \\over \2}")


@_marks("1.3")
def brackets_grow(task: Task, rng: Random) -> str | None:
    r"""\left( and \right) for ( and ), or \big( and the like, where they match."""
    if (
        re.search(r"\\left|sqrt\s*[(\[]", task.gold)
        or re.search(r"[(\[][^()\[\]]*[(\[]", task.gold)
        or not _paired(task.gold)
    ):
        return None
    left, right = rng.choice(
        ((r"\\left", r"\\right"), (r"\\left", r"\\right"), (r"\\big", r"\\big"), (r"\\Big", r"\\Big"))
    )
    changed = re.sub(r"(?<!\\)(?<!sqrt)([(\[])", rf"{left}\1", task.gold)
    return re.sub(r"(?<!\\)([)\]])", rf"{right}\1", changed)


def _paired(text: str) -> bool:
    """Whether round and square brackets open and close in turn, outside of roots and texts."""
    signs = re.findall(r"[()\[\]]", text)
    opening = all(sign in "([" for sign in signs[::2]) and all(sign in ")]" for sign in signs[1::2])
    return bool(signs) and len(signs) % 2 == 0 and opening and r"\sqrt[" not in text and r"\text" not in text


@_marks("1.3")
def brackets_shrink(task: Task, rng: Random) -> str | None:
    r"""( and ) for \left( and \right)."""
    if re.search(r"\\(?:left|right)\s*\.", task.gold):
        return None
    return _outside_text(task.gold, r"\\(?:left|right)(?![A-Za-z])\s*", "")


@_marks("1.3")
def bars_by_command(task: Task, rng: Random) -> str | None:
    r"""\lvert x \rvert for |x|, or the other way."""
    if (
        task.gold.count("|") == 2
        and "\\left" not in task.gold
        and not re.search(r"\\\{|\{\s*\w+\s*\|", task.gold)
    ):
        return re.sub(r"\|([^|]*)\|", r"\\lvert \1 \\rvert", task.gold)
    return _outside_text(task.gold, r"\\[lr]vert\s?|\\(?:left|right)\|", "|")


@_marks("1.3")
def upright_letters(task: Task, rng: Random) -> str | None:
    r"""e, i, d and π upright or bold: \mathrm{e}^{x}."""
    if re.search(r"(?<![A-Za-z\\_{])e\^", task.gold):
        return re.sub(r"(?<![A-Za-z\\_{])e(?=\^)", r"\\mathrm{e}", task.gold)
    if "\\" in task.gold and re.search(r"(?<![A-Za-z\\])i(?![A-Za-z])", task.gold) and "_" not in task.gold:
        return _outside_text(task.gold, r"(?<![A-Za-z\\])i(?![A-Za-z])", r"\\mathrm{i}")
    return None


@_marks("1.3")
def upright_letters_leaned(task: Task, rng: Random) -> str | None:
    r"""e for \mathrm{e}."""
    return (
        re.sub(r"\\mathrm\s*\{([eid])\}", r"\1", task.gold)
        if re.search(r"\\mathrm\s*\{[eid]\}", task.gold)
        else None
    )


@_marks("1.3")
def function_by_operatorname(task: Task, rng: Random) -> str | None:
    r"""\operatorname{sin} or \text{sin} for \sin."""
    command = rng.choice(("operatorname", "operatorname", "text", "mathrm"))
    return _outside_text(
        task.gold,
        rf"\\(sin|cos|tan|ln|log|arctan|arcsin|arccos|cot|sec|csc|gcd|lcm|max|min){_LETTERS}",
        rf"\\{command}{{\1}}",
    )


@_marks("1.3")
def style_command(task: Task, rng: Random) -> str | None:
    r"""\displaystyle in front, bold or coloured, or a group around it all."""
    if not re.search(r"\\[A-Za-z]|\^", task.gold) or "\\text" in task.gold or "\\begin" in task.gold:
        return None
    ways = (
        r"\displaystyle %s",
        r"\displaystyle{%s}",
        r"{%s}",
        r"\mathbf{%s}",
        r"\boldsymbol{%s}",
        r"\textstyle %s",
        r"\color{blue}{%s}",
    )
    return rng.choice(ways) % task.gold.replace("%", "%")


@_marks("1.3")
def style_command_dropped(task: Task, rng: Random) -> str | None:
    r"""No \displaystyle, no \mathbf."""
    return _outside_text(
        task.gold,
        r"\\(?:displaystyle|textstyle|limits)(?![A-Za-z])\s*|\\math(?:bf|it)\{([A-Za-z0-9])\}",
        r"\1",
    )


@_marks("1.3")
def backslashes_doubled(task: Task, rng: Random) -> str | None:
    r"""\\frac for \frac, as a program prints its string."""
    if r"\\" in task.gold or not re.search(r"\\[A-Za-z]{2}", task.gold):
        return None
    return re.sub(r"\\(?=[A-Za-z{}])", lambda _: "\\\\", task.gold)


@_marks("1.3")
def signs_of_html(task: Task, rng: Random) -> str | None:
    """<sup> and <sub> for powers and indices."""
    if "\\" in task.gold or not re.search(r"[\^_]", task.gold):
        return None
    text = re.sub(
        r"\^(?:\{([^{}]*)\}|\(([^()]*)\)|(\d+|[A-Za-z]))",
        lambda found: f"<sup>{found[found.lastindex or 0]}</sup>",
        task.gold,
    )
    return re.sub(
        r"_(?:\{([^{}]*)\}|(\d+|[A-Za-z]))", lambda found: f"<sub>{found[found.lastindex or 0]}</sub>", text
    )


@_marks("1.3")
def exponential_by_name(task: Task, rng: Random) -> str | None:
    r"""\exp(x) for e^{x}."""
    call = r"\\exp(\1)" if "\\" in task.gold or rng.random() < 0.5 else r"exp(\1)"
    return _outside_text(task.gold, r"(?<![A-Za-z\\_])e\^(?:\{([^{}]*)\}(?![{(]))", call)


@_marks("1.3")
def product_sign(task: Task, rng: Random) -> str | None:
    r"""\cdot between a number and what follows, or none."""
    if re.search(_NO_NUMBERS, task.gold):
        return None
    shown = re.search(
        r"\\cdot(?![A-Za-z])\s*(?=[A-Za-z](?!\()|\\(?:sqrt|pi|sin|cos|ln|log)(?![A-Za-z]))", task.gold
    )
    if shown:
        return re.sub(
            r"\s*\\cdot(?![A-Za-z])\s*(?=[A-Za-z](?!\()|\\(?:sqrt|pi|sin|cos|ln|log)(?![A-Za-z]))",
            " ",
            task.gold,
        )
    sign = rng.choice((r" \\cdot ", r"\\cdot ", r" \\times "))
    return (
        _outside_text(task.gold, r"(?<=\d)\s?(?=\\(?:sqrt|pi)(?![A-Za-z]))", sign)
        if "^{" not in task.gold
        else None
    )


# Signs (1.2)

_UNICODE: Mapping[str, str] = {
    r"\infty": "∞", r"\cup": "∪", r"\cap": "∩", r"\leq": "≤", r"\le": "≤", r"\leqslant": "⩽", r"\geq": "≥",
    r"\ge": "≥", r"\geqslant": "⩾", r"\neq": "≠", r"\ne": "≠", r"\pi": "π", r"\pm": "±", r"\times": "×",
    r"\cdot": "·", r"\in": "∈", r"\approx": "≈", r"\to": "→", r"\emptyset": "∅", r"\varnothing": "∅",
    r"\alpha": "α", r"\beta": "β", r"\gamma": "γ", r"\theta": "θ", r"\lambda": "λ", r"\mu": "μ",
    r"\sigma": "σ", r"\omega": "ω", r"\phi": "φ", r"\rho": "ρ", r"\Delta": "Δ", r"\sum": "∑", r"\int": "∫",
    r"\angle": "∠", r"\triangle": "△", r"\perp": "⊥", r"\div": "÷", r"\notin": "∉", r"\subset": "⊂",
    r"\subseteq": "⊆", r"\forall": "∀", r"\exists": "∃", r"\neg": "¬", r"\equiv": "≡", r"\mathbb{R}": "ℝ",
    r"\mathbb{Z}": "ℤ", r"\mathbb{N}": "ℕ", r"\mathbb{Q}": "ℚ", r"\mathbb{C}": "ℂ", r"^\circ": "°",
    r"^{\circ}": "°", r"\degree": "°", r"\ell": "ℓ",
}  # fmt: skip
_LATEX_OF = {sign: command for command, sign in reversed(list(_UNICODE.items()))}
_COMMANDS = re.compile(r"\s?(?:\^\\circ|\^\{\\circ\}|\\mathbb\{[RZNQC]\}|\\[A-Za-z]+)\s?")
_SIGNS = re.compile("[" + "".join(_LATEX_OF) + "]")


@_marks("1.2")
def unicode_for_commands(task: Task, rng: Random) -> str | None:
    r"""∞ for \infty, ≤ for \le, also where fractions stay LaTeX."""
    changed = _COMMANDS.sub(lambda found: _signed(found[0]), task.gold)
    return changed if changed != task.gold else None


def _signed(command: str) -> str:
    sign = _UNICODE.get(command.strip())
    if sign is None:
        return command
    if sign in "∪∩≤≥≠∈≈→⩽⩾≡∉⊂⊆×÷±·":
        return command.replace(command.strip(), sign)
    return (" " if command[0].isspace() else "") + sign


@_marks("1.2")
def commands_for_unicode(task: Task, rng: Random) -> str | None:
    r"""\infty for ∞."""
    return (
        _SIGNS.sub(lambda found: _LATEX_OF[found[0]] + " ", task.gold).strip()
        if _SIGNS.search(task.gold)
        else None
    )


@_marks("1.2")
def minus_of_unicode(task: Task, rng: Random) -> str | None:
    """The minus sign, or a dash, for the hyphen."""
    if not re.search(r"-\s*[\d\\a-zA-Z(]", task.gold) or re.search(
        r"[A-Za-z]-[A-Za-z]{2}|\d[eE]-|\d-\d", task.gold
    ):
        return None
    return _outside_text(task.gold, "-", rng.choice("−−–"))


@_marks("1.2")
def infinity_in_words(task: Task, rng: Random) -> str | None:
    r"""infinity, inf, oo or +∞ for \infty."""
    if "infty" not in task.gold:
        return None
    word = rng.choice(("∞", "infinity", "inf", "oo"))
    return re.sub(r"\+?\\infty(?![A-Za-z])", word, task.gold)


@_marks("1.2")
def infinity_signed(task: Task, rng: Random) -> str | None:
    r"""+\infty for \infty, or the other way."""
    if re.search(r"\+\s?(?:\\infty|∞)", task.gold):
        return re.sub(r"\+\s?(\\infty|∞)", r"\1", task.gold)
    return _outside_text(task.gold, r"(?<![-+\w])(\\infty|∞)(?=\s*(?:\\right)?[)\]])", r"+\1")


@_marks("1.2")
def relation_in_ascii(task: Task, rng: Random) -> str | None:
    r"""<= for \le or ≤, != for \ne."""
    text = re.sub(r"\s*(?:\\leq?(?:slant)?(?![A-Za-z])|[≤⩽])\s*", " <= ", task.gold)
    text = re.sub(r"\s*(?:\\geq?(?:slant)?(?![A-Za-z])|[≥⩾])\s*", " >= ", text)
    text = re.sub(r"\s*(?:\\neq?(?![A-Za-z])|≠)\s*", " != ", text).strip()
    return text if text != task.gold else None


@_marks("1.2")
def digits_raised(task: Task, rng: Random) -> str | None:
    """x² for x^2, x₁ for x_1."""
    high, low = (str.maketrans("0123456789-n", each) for each in ("⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ", "₀₁₂₃₄₅₆₇₈₉₋ₙ"))
    text = re.sub(
        r"(?<=[\w)}])\^(?:\{(-?\d+|n)\}|(\d)(?!\d))",
        lambda found: (found[1] or found[2]).translate(high),
        task.gold,
    )
    if "log" not in text:
        text = re.sub(
            r"(?<=[A-Za-z])_(?:\{(\d+|n)\}|(\d)(?!\d))",
            lambda found: (found[1] or found[2]).translate(low),
            text,
        )
    return text if text != task.gold else None


@_marks("1.6")
def degree_sign(task: Task, rng: Random) -> str | None:
    r"""^\circ in another spelling: ^{\circ}, °, \degree, \textdegree."""
    found = re.search(r"\s*(?:\^\s*\{?\s*\\circ\s*\}?|°|\\degree)", task.gold)
    if not found or r"\circ " in task.gold:  # which is a composition
        return None
    others = (r"^{\circ}", "°", r"^\circ", r"\degree", "^{o}", r"{}^{\circ}")
    return task.gold.replace(found[0], rng.choice([each for each in others if each != found[0]]))


@_marks("1.6")
def union_in_letters(task: Task, rng: Random) -> str | None:
    r"""U or "union" for \cup."""
    return (
        re.sub(r"\s*(?:\\cup(?![A-Za-z])|∪)\s*", rng.choice((" U ", " u ", " union ")), task.gold)
        if re.search(r"\\cup|∪", task.gold)
        else None
    )
