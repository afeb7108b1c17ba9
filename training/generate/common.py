"""What several modules of the generator ask of an answer: whether it is bare, how it stands in a sentence."""

import re
from random import Random

_LATEX = re.compile(r"\\[A-Za-z]+|[\^_]|\\\{")
_SENTENCE = re.compile(r"\w[.!?。।]\s+\w|[a-z]{2,}[.!]\Z|[。।]\Z|answer|:\s|\bis\b|\bare\b", re.IGNORECASE)
LONGEST_BARE = 160


def is_bare(text: str) -> bool:
    """Whether it is an answer alone, so that a sentence may still be made of it."""
    return (
        0 < len(text) <= LONGEST_BARE
        and not re.search(r"[\n$*`<>#]{1}.*[\n$*`#]|\\boxed|\\\(|\\\[|\n", text)
        and not _SENTENCE.search(text)
    )


def in_sentence(text: str, rng: Random) -> str:
    """The answer as it stands among words: mostly in the delimiters of a formula where it is one."""
    if "$" in text or "\\(" in text:
        return text
    if _LATEX.search(text):
        return rng.choice(("${}$", "${}$", "${}$", r"\({}\)", r"\( {} \)", r"$\boxed{{{}}}$", "{}")).format(
            text
        )
    if re.search(r"[^\W\d_]{3,}", text):
        return rng.choice(("{}", "{}", "{}", "{}", "**{}**", '"{}"')).format(text)
    return rng.choice(("{}", "{}", "{}", "{}", "${}$", "**{}**", r"\({}\)")).format(text)


def capitalised(text: str) -> str:
    """With a capital at the beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


def last_sentence(question: str) -> str:
    """What a question asks in the end, without the choices and notes after it."""
    text = " ".join(question.split())
    sentences = [
        each.strip() for each in re.split(r"(?<=[.?!。？])\s+|(?<=[。？])", text) if len(each.strip()) > 8
    ]
    asking = [each for each in sentences if each.endswith(("?", "？")) or _ORDERS.match(each)]
    return (asking or sentences or [text])[-1]


_ORDERS = re.compile(
    r"(?:find|compute|determine|calculate|evaluate|what|how|solve|simplify|give|please|provide|who|which|where|when)\b"
    r"|.*\b(?:please (?:give|provide|find|calculate)|find|calculate|determine) (?:the )?",
    re.IGNORECASE,
)


def folded(text: str) -> str:
    """The words alone, in small letters."""
    return re.sub(r"\W+", " ", text.casefold()).removeprefix("the ").strip()
