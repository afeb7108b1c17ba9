"""Choices of multiple-choice rows, as a part of the question."""

from collections.abc import Sequence
from string import ascii_uppercase
from typing import Any

from tinyv_cli.sources.chat import Question, question_of, said
from tinyv_cli.sources.names import Sense, sense_of

LETTERS = tuple("ABCDEFGHIJ")


def joined_question(paths: Sequence[str], values: Sequence[Any]) -> Question:
    """One question of several fields; choices among them stand under their letters."""
    parts = [_part(path, value) for path, value in zip(paths, values, strict=True)]
    text = "\n".join(part.text for part in parts if part.text)
    return Question(text, any(part.cut for part in parts))


def _part(path: str, value: Any) -> Question:
    name = path.split(".")[-1]
    if name in LETTERS:
        return Question(f"{name}. {said(value)}" if said(value) else "", False)
    if sense_of(name) is Sense.CHOICES:
        return Question("\n".join(f"{letter}. {text}" for letter, text in lettered(value)), False)
    return question_of(value)


def lettered(value: Any) -> list[tuple[str, str]]:
    """The choices with their letters: of a list, of lists of letters and texts, or by letters as keys."""
    if isinstance(value, dict):
        lists = [each for each in value.values() if isinstance(each, list)]
        if isinstance(value.get("text"), list):
            letters = next((each for each in lists if each is not value["text"]), ascii_uppercase)
            return _pairs(letters, value["text"])
        return _pairs(list(value), list(value.values()))
    return _pairs(ascii_uppercase, value) if isinstance(value, list) else []


def _pairs(letters: Sequence[Any], texts: Sequence[Any]) -> list[tuple[str, str]]:
    found = [(str(letter), said(text)) for letter, text in zip(letters, texts, strict=False)]
    return [(letter, text) for letter, text in found if text is not None]
