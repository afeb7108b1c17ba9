r"""Answers that state something: yes and no, no solution, infinity, all real numbers; right and wrong."""

import re
from random import Random

from training.generate.common import last_sentence
from training.generate.transformation import Task, same, wrong

# Yes and no, and the answers that name no value

_YES, _NO = ("yes", "true"), ("no", "false")
_BECAUSE = ("as shown above", "all conditions are met", "by the criterion", "which can be checked directly")


def truth(text: str) -> bool | None:
    """Whether it says yes or no, where it says no more."""
    word = re.sub(r"\\text\{|[}.\s]", "", text).casefold()
    return True if word in _YES else False if word in _NO else None


def _saying(value: bool, question: str, rng: Random) -> str:
    """Yes or no in any of its forms, some of them with a verb of the question, or a reason."""
    word = rng.choice(("Yes", "True") if value else ("No", "False"))
    yes = "Yes" if value else "No"
    verb = re.match(
        r"(is|are|does|do|can|was|were|will|did|could|should|has|have)\b", last_sentence(question), re.I
    )
    verb_said = (verb[1].lower() if verb else "is") + ("" if value else " not")
    pronoun = (
        rng.choice(("it", "this", "that"))
        if verb_said.split()[0] in {"is", "does", "was", "will", "has", "did"}
        else "they"
    )
    return rng.choice(
        (
            *(
                word,
                word.lower(),
                word.upper(),
                f"{word}.",
                f"\\text{{{word}}}",
                f"{yes}, {pronoun} {verb_said}.",
            ),
            *(
                f"{yes}, because {rng.choice(_BECAUSE[1:2])}."
                if value
                else f"{yes}, since a condition fails.",
            ),
            *(
                f"{yes}, {rng.choice(_BECAUSE)}.",
                f"The statement is {str(value).lower()}.",
                f"It is {str(value).lower()}",
            ),
            *(f"**{word}**", f"The answer is {yes.lower()}.", f"$\\text{{{word}}}$"),
        )
    )


@same("5.3")
def truth_said(task: Task, rng: Random) -> str | None:
    """`True`, `yes`, `Yes, it is.`"""
    value = truth(task.gold)
    return None if value is None else _saying(value, task.question, rng)


@wrong()
def truth_turned(task: Task, rng: Random) -> str | None:
    """The other one of yes and no, or neither."""
    value = truth(task.gold)
    if value is None:
        return None
    undecided = (
        "It depends.",
        "Maybe",
        "Sometimes",
        "Yes and no",
        "Not always",
        "cannot be determined",
        "Either",
        "partially true",
    )
    return _saying(not value, task.question, rng) if rng.random() < 0.8 else rng.choice(undecided)


# Groups of ways to say one thing; the groups exclude each other.
_STATED: dict[str, tuple[str, ...]] = {
    "none": (
        *(
            "no solution",
            "No solution",
            r"\text{no solution}",
            "no solutions",
            "There is no solution",
            r"\emptyset",
        ),
        *(
            r"\varnothing",
            "∅",
            "the empty set",
            "There are no solutions.",
            "The equation has no solution",
            r"\{\}",
        ),
        *(
            "No solutions exist.",
            r"\text{No solution}",
            "It has no solutions",
            "no solution exists",
            "NO SOLUTION",
        ),
    ),
    "dne": (
        *(
            "DNE",
            "does not exist",
            r"\text{DNE}",
            "The limit does not exist.",
            "It does not exist",
            "Does not exist",
        ),
        *(r"\text{does not exist}", "the limit does not exist", "dne", "doesn't exist"),
    ),
    "infinity": (
        *(
            r"\infty",
            "∞",
            "infinity",
            r"+\infty",
            "+∞",
            "Infinity",
            r"\text{infinity}",
            "oo",
            "positive infinity",
        ),
        *("inf", "$\\infty$", "+ infinity"),
    ),
    "minus infinity": (
        r"-\infty",
        "-∞",
        "-infinity",
        "negative infinity",
        "minus infinity",
        "-oo",
        "- \\infty",
    ),
    "reals": (
        *(r"\mathbb{R}", "all real numbers", "ℝ", r"(-\infty, \infty)", "(-∞, ∞)", r"x \in \mathbb{R}", "R"),
        *(
            "all reals",
            "the set of all real numbers",
            r"\text{all real numbers}",
            r"(-\infty, +\infty)",
            "every real number",
        ),
        *("All real numbers", "(-inf, inf)", r"-\infty < x < \infty"),
    ),
    "many": (
        *(
            "infinitely many",
            "infinitely many solutions",
            "Infinitely many solutions",
            "There are infinitely many.",
        ),
        *(
            r"\text{infinitely many}",
            "an infinite number of solutions",
            "infinite solutions",
            "infinitely many of them",
        ),
    ),
    "open": (
        *(
            "cannot be determined",
            "It cannot be determined",
            "Cannot be determined from the information given",
        ),
        *(
            "not enough information",
            "cannot be determined.",
            r"\text{cannot be determined}",
            "can't be determined",
        ),
    ),
    "integers": (
        *(r"\mathbb{Z}", "all integers", "ℤ", "the set of integers", r"\text{all integers}", "every integer"),
    ),
}
_MISTAKEN = {
    "none": (
        "0",
        "x = 0",
        "1",
        "all real numbers",
        "infinitely many solutions",
        r"\{0\}",
        "x = 1",
        r"\mathbb{R}",
        r"\{\emptyset\}",
    ),
    "dne": ("0", r"\infty", "1", "-1", r"-\infty", r"\frac{1}{2}", "The limit is 0", "2"),
    "infinity": (r"-\infty", "0", "1", "does not exist", "e", "2", "-∞", "negative infinity"),
    "minus infinity": (r"\infty", "0", "infinity", "-1", "does not exist", "∞"),
    "reals": (
        r"x \neq 0",
        r"(0, \infty)",
        "no solution",
        "x > 0",
        "all integers",
        r"\mathbb{R} \setminus \{0\}",
        r"[0, \infty)",
        r"\mathbb{Q}",
    ),
    "many": ("no solution", "one solution", "exactly two", "1", "2", "0", "none", "finitely many"),
    "open": ("0", "1", "12", "yes", "no solution", "They are equal.", "36", r"\frac{1}{2}"),
    "integers": (
        r"\mathbb{N}",
        "all real numbers",
        r"\mathbb{R}",
        "all positive integers",
        "0",
        r"\mathbb{Q}",
        "all even integers",
    ),
}


def stated(gold: str) -> str | None:
    """The group of statements to which a gold belongs, `none` for `no solution`."""
    text = gold.strip().rstrip(".").casefold()
    for group, ways in _STATED.items():
        if any(text == way.rstrip(".").casefold() for way in ways if way != "R"):
            return group
    return None


@same("5.3")
def stated_otherwise(task: Task, rng: Random) -> str | None:
    """No solution, infinity, all real numbers and their like, in other words or signs."""
    group = stated(task.gold)
    if group is None:
        return None
    interval = [way for way in _STATED[group] if group != "reals" or way != "R"]
    return rng.choice(interval)


@wrong()
def stated_another(task: Task, rng: Random) -> str | None:
    """For no solution a solution, for infinity the other one."""
    group = stated(task.gold)
    return None if group is None else rng.choice(_MISTAKEN[group])


@wrong()
def stated_none(task: Task, rng: Random) -> str | None:
    """That there is none, where there is one."""
    if (
        stated(task.gold)
        or truth(task.gold) is not None
        or re.search(
            r"\A\W*(?:0|zero)\b|\b(?:no|not|none|never|empty)\b|emptyset|varnothing", task.gold, re.I
        )
    ):
        return None
    return (
        rng.choice(("none", *_STATED[rng.choice(("none", "dne", "many", "open"))]))
        if rng.random() < 0.5
        else None
    )
