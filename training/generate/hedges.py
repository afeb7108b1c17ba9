r"""Answers that name the gold and do not give it: denied, one of several offered, given up, gone on from."""

import re
from random import Random

from training.generate.choosing import letter_of
from training.generate.common import in_sentence, is_bare
from training.generate.nearby import another_value, differ
from training.generate.statements import stated, truth
from training.generate.transformation import Task, wrong
from training.generate.words import asks_for_person, in_prose, is_another, one_of, somebody, something


@wrong()
def denied(task: Task, rng: Random) -> str | None:
    """That it is anything but the gold."""
    text = one_of(task, rng) if in_prose(task.gold) else task.gold
    if re.search(
        r"\b(?:not|cannot|can't|exclu\w+|undefined|except|never|domain)\b", task.question, re.IGNORECASE
    ):
        return None
    if (
        text is None
        or not is_bare(text)
        or len(text) > 80
        or truth(task.gold) is not None
        or re.search(r"\bno[tn]?e?\b|\bDNE\b|empty", text, re.I)
    ):
        return None
    return rng.choice(_DENIALS).format(in_sentence(text, rng))


_DENIALS = (
    *(
        "not equal to {}",
        "It can't be {}.",
        "cannot be {}",
        "never {}",
        "The answer is something other than {}.",
    ),
    *(
        "x is not equal to {}",
        r"\neq {}",
        "≠ {}",
        "!= {}",
        "certainly not {}",
        "{} is incorrect.",
        "{} would be wrong",
    ),
    *(
        "{} is ruled out",
        "{} does not work",
        "We can exclude {}.",
        "any value except {}",
        "everything but {}",
        "far from {}",
    ),
    *(
        "different from {}",
        "It was not {}.",
        "{} is not a solution",
        "no, not {}",
        "The claim that it is {} is false.",
    ),
    *(
        "Ce n'est pas {}.",
        "No es {}",
        "Es ist nicht {}.",
        "Это не {}",
        "答案不是 {}。",
        "{} ではない",
        "Não é {}",
        "Non è {}",
    ),
    *(
        "not {} but something else",
        "neither {} nor its opposite",
        "anything else than {}",
        "less than {}",
        "more than {}",
    ),
    *(
        "at least {}, maybe more",
        "slightly more than {}",
        "almost {}, but not quite",
        "not exactly {}",
        "the opposite of {}",
    ),
)


@wrong()
def several_offered(task: Task, rng: Random) -> str | None:
    """More than one answer where there is one: `5 or 6`, `either 5 or 7`."""
    text, other = _pair(task, rng)
    if text is None or other is None:
        return None
    first, second = (text, other) if rng.random() < 0.5 else (other, text)
    return rng.choice(_OFFERS).format(in_sentence(first, rng), in_sentence(second, rng))


_OFFERS = (
    *(
        "{} or {}",
        "either {} or {}",
        "{}, or maybe {}",
        "{} or possibly {}",
        "It could be {} or {}.",
        "{}; {}",
    ),
    *(
        "{}, {}",
        "Perhaps {}, perhaps {}.",
        "{} and {}",
        "I think {}, but it might be {}.",
        "{} (or {})",
        "{}, alternatively {}",
    ),
    *(
        "The answer is {} or {}",
        "Answer 1: {}\nAnswer 2: {}",
        "between {} and {}",
        "{} oder {}",
        "{} ou {}",
        "{}或{}",
        "{} или {}",
    ),
    *(
        "somewhere from {} to {}",
        "{} ... no, {} ... not sure which",
        r"\boxed{{{}}} \text{{ or }} \boxed{{{}}}",
        "{}? {}?",
    ),
    *(
        "Option one is {}, option two is {}.",
        "Hard to say: {} or {}",
        "both {} and {} work",
        r"{} \text{{ or }} {}",
    ),
)


@wrong()
def many_offered(task: Task, rng: Random) -> str | None:
    """A list of guesses with the gold among them."""
    text, other = _pair(task, rng)
    if text is None or other is None:
        return None
    guesses = [text, other]
    while len(guesses) < rng.randint(3, 6):
        guess = _guess(task, text, rng)
        if guess is None:
            break
        if guess not in guesses:
            guesses.append(guess)
    if len(guesses) < 3:
        return None
    rng.shuffle(guesses)
    joined = rng.choice((", ", " or ", "; ", "\n", ", or ")).join(guesses)
    return rng.choice(
        ("{}", "one of {}", "possible answers: {}", "It is one of the following: {}", "Try {}")
    ).format(joined)


def _pair(task: Task, rng: Random) -> tuple[str | None, str | None]:
    """The gold or one of its alternatives, and a guess that is another answer."""
    if letter_of(task.gold) or truth(task.gold) is not None or stated(task.gold) or not is_bare(task.gold):
        return None, None
    if re.search(r"\\pm|±| (?:or|and) |\\text\{ ?(?:or|and)|;|[<>≤≥]|\\[lg]eq?|\\cup|\\in\b|, ", task.gold):
        return None, None
    text = one_of(task, rng) if in_prose(task.gold) else task.gold
    return text, _guess(task, text, rng) if text else None


def _guess(task: Task, text: str, rng: Random) -> str | None:
    if not in_prose(task.gold):
        return another_value(text, rng)
    other = somebody(text, rng) if asks_for_person(task.question) else something(task.question, text, rng)
    return other if is_another(other, task) else None


@wrong()
def given_up(task: Task, rng: Random) -> str | None:
    """The gold is named, and another answer is given in its place."""
    text, other = _pair(task, rng)
    if text is None or other is None:
        return None
    return rng.choice(_TURNED_FROM).format(gold=in_sentence(text, rng), other=in_sentence(other, rng))


_TURNED_FROM = (
    "At first it looks like {gold}, but the correct answer is {other}.",
    "Not {gold} but {other}.",
    "I first got {gold}; that was a mistake. The answer is {other}.",
    "{gold} is often named, but it is {other}.",
    "{gold}? No. It is {other}.",
    "One might think of {gold}. Checking again gives {other}.",
    "It is {other}, not {gold}.",
    "Wait, {gold} is wrong. The final answer is {other}",
    "{other} instead of {gold}",
    "My earlier answer of {gold} was incorrect; the right one is {other}.",
    "Correction: the answer is {other} instead of {gold}.",
)


@wrong()
def went_on(task: Task, rng: Random) -> str | None:
    """The gold as a step on the way, and a calculation that goes on to another number."""
    if not re.fullmatch(r"-?\d{1,7}", task.gold):
        return None
    value, step = int(task.gold), rng.randint(2, 12)
    ends = (
        (f"{value} + {step}", value + step),
        (f"{value} \\times {step}", value * step),
        (f"{value} - {step}", value - step),
    )
    said, end = rng.choice(ends)
    if not differ(str(value), str(end)):
        return None
    return rng.choice(_WENT_ON).format(value=value, said=said, end=end)


_WENT_ON = (
    "{said} = {end}",
    "We get {value}. Then {said} = {end}, so the answer is {end}.",
    "First there are {value}. After that, ${said} = {end}$. Answer: {end}",
    "{value} → {end}",
    "There were {value}, and in the end there are {end}.",
    "So far {value}; the final result is ${said} = {end}$.",
    "The answer is {end}, because {said} = {end}.",
    "${said} = \\boxed{{{end}}}$",
    "{end} (from {said})",
)


@wrong()
def other_unknown(task: Task, rng: Random) -> str | None:
    """The value of another unknown than the one asked for: `y = 5` for `x = 5`."""
    found = re.fullmatch(r"([a-z]) ?= ?([^=<>]+)", task.gold)
    if found is None:
        return None
    letters = [
        each
        for each in sorted(set(re.findall(r"(?<![A-Za-z\\])[a-z](?![A-Za-z])", task.question)))
        if each not in (found[1], "a", "i", "e")
    ]
    if not letters or re.search(r"[A-Za-z]", found[2]):
        return None
    return f"{rng.choice(letters)} = {found[2]}"
