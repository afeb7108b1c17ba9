"""How a verifier model is asked: from a query to the tokens after which it says True or False.

Text from a dataset is data: it is tokenised without special tokens, so a response that holds
`<|im_end|>` cannot end its turn, and placeholders are filled in one pass.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import ClassVar, Protocol

from tinyv_cli.errors import ModelError, did_you_mean
from tinyv_cli.models.written import VERDICT
from tinyv_cli.records import Query
from tinyv_cli.words import CUT, PROMPT_NAMES

MARK = " […] "
PLACEHOLDERS = ("QUESTION", "GROUND_TRUTH_ANSWER", "MODEL_ANSWER")
_PLACEHOLDER = re.compile(rf"\{{\{{({'|'.join(PLACEHOLDERS)})\}}\}}")
_LIKE_PLACEHOLDERS = re.compile(r"\{\{[A-Z_]+\}\}")
# How models spell their control tokens: <|im_end|>, <｜User｜>, </s>, <start_of_turn>, [/INST].
_CONTROL = re.compile(r"<(?=[|｜]|/?\w+>)|\[(?=/?[A-Z_]{3,}\])")


class Tokenizer(Protocol):
    """A model's tokeniser, and the chat template that it was trained with."""

    def tokens(self, text: str, *, special: bool = False, start: bool = False) -> list[int]:
        """Tokens of the text; `special` reads control tokens, `start` adds what begins every prompt."""

    def chat(self, message: str) -> str:
        """The model's own chat template around one user message, up to where its reply begins."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """The tokens of one prompt; `note` says what had to be done to make it fit."""

    tokens: list[int]
    note: str | None = None


class PromptMaker(Protocol):
    """A way of asking."""

    @property
    def name(self) -> str: ...

    @property
    def sha256(self) -> str: ...

    @property
    def in_json(self) -> bool:
        """Whether the reply is to be a JSON object of reasoning and verdict, and no single word."""

    @property
    def verdict_words(self) -> tuple[tuple[str, str], ...]:
        """How True and False may be spelled right after the prompt."""

    def make(self, query: Query, tokenizer: Tokenizer, *, limit: int) -> Prompt | None:
        """The prompt in at most `limit` tokens, or None where gold and answer alone are too long."""


@dataclass(frozen=True, slots=True)
class NanoPrompt:
    """The form on which the embedded verifier was trained: no chat template, short, question and gold first.

    The limits are those of its training: the last 64 tokens of the question, 112 of the gold, 112 of the
    answer (its first quarter and its end).
    """

    name: str = "nano"
    in_json: ClassVar[bool] = False
    verdict_words: tuple[tuple[str, str], ...] = ((" True", " False"),)
    question_tokens: int = 64
    gold_tokens: int = 112
    answer_tokens: int = 112

    @property
    def sha256(self) -> str:
        """Of everything that the form consists of."""
        return sha256(repr(self).encode()).hexdigest()

    def make(self, query: Query, tokenizer: Tokenizer, *, limit: int) -> Prompt | None:
        """The prompt; it always fits."""
        encode = tokenizer.tokens
        question = " ".join(query.question.split())
        whole = {
            "question": encode(f" {question}") if question else [],
            "gold": encode(f" {query.gold.strip()}"),
            "answer": encode(f" {query.answer.strip()}"),
        }
        kept = {
            "question": whole["question"][-self.question_tokens :],
            "gold": whole["gold"][: self.gold_tokens],
            "answer": _without_middle(whole["answer"], self.answer_tokens),
        }
        prefix = [*encode("Question:"), *kept["question"], *encode("\n")] if question else []
        reference = [*encode("Reference:"), *kept["gold"], *encode("\n")]
        tokens = [*prefix, *reference, *encode("Answer:"), *kept["answer"], *encode("\nEquivalent:")]
        return Prompt(tokens, cut_note(name for name in whole if len(kept[name]) < len(whole[name])))


def cut_note(parts: Iterable[str]) -> str | None:
    """The note that the model does not see these parts of the query whole, such as `cut:gold+answer`."""
    named = "+".join(parts)
    return f"{CUT}{named}" if named else None


def _without_middle(tokens: list[int], limit: int) -> list[int]:
    if len(tokens) <= limit:
        return tokens
    head = limit // 4
    return tokens[:head] + tokens[head - limit :]


@dataclass(frozen=True, slots=True)
class ChatPrompt:
    """A template inside the model's own chat template: one of the paper's (arXiv 2505.14625), or another.

    One that shows the key of the verdict, `"verdict"`, wants JSON back.
    """

    name: str
    template: str
    verdict_words: tuple[tuple[str, str], ...] = (("True", "False"), (" True", " False"))

    @property
    def sha256(self) -> str:
        """Of the template's text."""
        return sha256(self.template.encode()).hexdigest()

    @property
    def in_json(self) -> bool:
        """Whether the reply is to be a JSON object of reasoning and verdict, and no single word."""
        return f'"{VERDICT}"' in self.template

    def message(self, query: Query) -> str:
        """The prompt as text, for a server, which puts the chat template around it and tokenises by itself.

        Servers read control tokens wherever they stand, so in the data these are broken by a space.
        """
        data = {
            "QUESTION": query.question,
            "GROUND_TRUTH_ANSWER": query.gold,
            "MODEL_ANSWER": query.answer,
        }
        return _PLACEHOLDER.sub(lambda found: _as_characters(data[found[1]]), self.template)

    def make(self, query: Query, tokenizer: Tokenizer, *, limit: int) -> Prompt | None:
        """The prompt; where it is too long, the question's middle gives way to a visible mark."""
        parts = _PLACEHOLDER.split(self.template)
        # Names that no template holds and no tokeniser sees stand for the data while the chat is rendered.
        sentinels = {name: f"\x02{name}\x03" for name in parts[1::2]}
        chat = tokenizer.chat("".join(sentinels.get(part, part) for part in parts))
        pieces = re.split("\x02(\\w+)\x03", chat)
        if pieces[1::2] != parts[1::2]:
            raise ModelError("the model's chat template changes the prompt; it cannot be used as a verifier")
        data = {
            "QUESTION": tokenizer.tokens(query.question),
            "GROUND_TRUTH_ANSWER": tokenizer.tokens(query.gold),
            "MODEL_ANSWER": tokenizer.tokens(query.answer),
        }
        fixed = [
            tokenizer.tokens(piece, special=True, start=position == 0)
            for position, piece in enumerate(pieces[::2])
        ]
        excess = sum(map(len, fixed)) + sum(map(len, data.values())) - limit
        note = None
        if excess > 0:
            shortened = _with_mark(data["QUESTION"], excess, tokenizer.tokens(MARK))
            if shortened is None:
                return None
            data["QUESTION"], note = shortened, cut_note(["question"])
        tokens = list(fixed[0])
        for name, after in zip(pieces[1::2], fixed[1:], strict=True):
            tokens += data[name] + after
        return Prompt(tokens, note)


def _as_characters(text: str) -> str:
    """The text with a space in whatever could be a control token; what UTF-8 cannot hold becomes `?`."""
    return _CONTROL.sub(r"\g<0> ", text).encode("utf-8", "replace").decode("utf-8")


def _with_mark(tokens: list[int], excess: int, mark: list[int]) -> list[int] | None:
    """The tokens shorter by `excess`, a mark in their middle; None where too few would be left."""
    kept = len(tokens) - excess - len(mark)
    if kept < 2:
        return None
    return tokens[: kept // 2] + mark + tokens[-(kept - kept // 2) :]


def chat_prompt(name: str) -> ChatPrompt:
    """A template that ships with tinyv, or one in a file. Raises ModelError for what is neither."""
    if name in PROMPT_NAMES:
        return ChatPrompt(name, files(__package__).joinpath(f"{name}.txt").read_text("utf-8"))
    return ChatPrompt(name, _template_in(Path(name)))


def _template_in(path: Path) -> str:
    """The text of a template of the user's, in which all is that is asked about."""
    try:
        template = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise ModelError(f"{path}: is no text in UTF-8, as a prompt must be") from error
    except OSError as error:
        near = did_you_mean(str(path), PROMPT_NAMES)
        raise ModelError(
            f"{path}: no such prompt ({error.strerror}); there are {', '.join(PROMPT_NAMES)}, "
            f"or name a file that holds one{near}"
        ) from error
    known = [f"{{{{{name}}}}}" for name in PLACEHOLDERS]
    if missing := [name for name in known if name not in template]:
        raise ModelError(f"{path}: a prompt holds {', '.join(known)}; it lacks {', '.join(missing)}")
    if unknown := [name for name in _LIKE_PLACEHOLDERS.findall(template) if name not in known]:
        raise ModelError(f"{path}: {unknown[0]} is no placeholder; a prompt holds {', '.join(known)}")
    return template
