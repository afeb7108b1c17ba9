r"""Choices: `(B)`, `Option B`, `B. 12`, the text of a choice for its letter; and the choice of another."""

import re
from random import Random

from tinyv_cli.maths.choices import choices
from tinyv_cli.proofs.ends import same as same_as
from training.generate.common import folded
from training.generate.transformation import Task, same, wrong

# Choices

_LETTER = re.compile(r"(?:\\text(?:bf)?\{)?\(?([A-J])\)?\}?[.):]?")


def letter_of(gold: str) -> str | None:
    """The letter of a choice, where the gold is no more than that."""
    found = _LETTER.fullmatch(gold.strip())
    return found and found[1]


def listed_choices(question: str) -> dict[str, str]:
    """The choices that a question lists, those with a short text."""
    listed = {letter: text.lstrip(" &$").rstrip(r" &\$") for letter, text in choices(question).items()}
    whole = all(0 < len(text) < 120 and text.count("$") % 2 == 0 for text in listed.values())
    return {letter: re.sub(r"^\$([^$]*)\$$", r"\1", text) for letter, text in listed.items()} if whole else {}


_WITH_TEXT = (
    "{l}) {t}",
    "({l}) {t}",
    "{l}. {t}",
    "{l}: {t}",
    "Option {l}: {t}",
    "{l} ({t})",
    "**{l}. {t}**",
    "{l} - {t}",
)
_ALONE = (
    *(
        "({l})",
        "{l}.",
        "{l})",
        "Option {l}",
        "option {l}",
        "choice {l}",
        "Choice ({l})",
        r"\text{{{l}}}",
        r"\textbf{{({l})}}",
    ),
    *(
        "[{l}]",
        "**{l}**",
        "{l}",
        r"\text{{({l})}}",
        "The correct option is {l}",
        "Answer: {l}",
        "选{l}",
        "I choose {l}.",
    ),
    *(
        "The correct choice is ({l}).",
        r"\mathrm{{{l}}}",
        r"\boxed{{{l}}}",
        r"\textbf{{{l}}}",
        "letter {l}",
        "{l} is correct",
    ),
)


@same("5.3")
def choice_written(task: Task, rng: Random) -> str | None:
    """`(B)`, `Option B`, `B.`"""
    letter = letter_of(task.gold)
    if letter is None or (letter in "I" and not listed_choices(task.question)):
        return None
    return rng.choice(_ALONE).format(l=letter)


@same("5.3")
def choice_with_text(task: Task, rng: Random) -> str | None:
    """The letter with the text that the question gives it, or that text alone."""
    listed, letter = listed_choices(task.question), letter_of(task.gold)
    if letter is None or letter not in listed:
        return None
    text, texts = listed[letter], list(listed.values())
    alone = ("{t}",) if texts.count(text) == 1 else ()
    return rng.choice(_WITH_TEXT + alone * 3).format(l=letter, t=text)


@same("5.3")
def choice_letter_for_text(task: Task, rng: Random) -> str | None:
    """The letter of the choice whose text the gold is."""
    fitting = [
        letter
        for letter, text in listed_choices(task.question).items()
        if folded(text) == folded(task.gold) and text.strip("$ ") == task.gold.strip("$ ")
    ]
    if len(fitting) != 1:
        return None
    return rng.choice(_ALONE + _WITH_TEXT).format(l=fitting[0], t=task.gold)


@wrong()
def choice_another(task: Task, rng: Random) -> str | None:
    """Another letter, often the one next to it, alone or with its own text."""
    letter, listed = _chosen(task)
    if letter is None:
        return None
    other = _other_letter(letter, listed, rng)
    text = listed.get(other, "")
    if text and same_as(text, listed.get(letter, "")):
        return None
    return rng.choice(_WITH_TEXT + _ALONE if text else _ALONE).format(l=other, t=text)


@wrong()
def choice_text_of_another(task: Task, rng: Random) -> str | None:
    """Letter and text of two different choices, or the text of another alone."""
    letter, listed = _chosen(task)
    if letter is None or letter not in listed or len(set(listed.values())) < len(listed):
        return None
    other = _other_letter(letter, listed, rng)
    if other not in listed or same_as(listed[letter], listed[other]):
        return None
    return rng.choice(
        (
            rng.choice(_WITH_TEXT).format(l=letter, t=listed[other]),
            rng.choice(_WITH_TEXT).format(l=other, t=listed[letter]),
            listed[other],
        )
    )


@wrong()
def choice_several(task: Task, rng: Random) -> str | None:
    """Two letters where one is asked for, or none of them."""
    letter, listed = _chosen(task)
    if letter is None:
        return None
    other = _other_letter(letter, listed, rng)
    both = sorted((letter, other))
    said = (
        "{} and {}",
        "{} or {}",
        "{}, {}",
        "Either ({}) or ({})",
        "both {} and {}",
        "{}/{}",
        "({})({})",
        "{} & {}",
    )
    none = ("None of the above", "none of these", "All of the above", "no option is correct")
    return rng.choice(said).format(*both) if rng.random() < 0.75 else rng.choice(none)


def _chosen(task: Task) -> tuple[str | None, dict[str, str]]:
    """The letter of the gold, or of the choice whose text it is, and the choices."""
    listed = listed_choices(task.question)
    letter = letter_of(task.gold)
    if letter is None:
        fitting = [each for each, text in listed.items() if text.strip("$ ") == task.gold.strip("$ ")]
        letter = fitting[0] if len(fitting) == 1 else None
    return letter, listed


def _other_letter(letter: str, listed: dict[str, str], rng: Random) -> str:
    letters = (
        list(listed)
        if letter in listed
        else [chr(code) for code in range(ord("A"), max(ord("E"), ord(letter) + 1))]
    )
    if rng.random() < 0.5:
        at = letters.index(letter) if letter in letters else 0
        beside = [letters[near] for near in (at - 1, at + 1) if 0 <= near < len(letters)]
        return rng.choice(beside)
    return rng.choice([each for each in letters if each != letter])
