"""Text out of chats: messages, their parts, prompts that a chat template has rendered, and instructions.

Trainers and evaluators log the prompt as the model saw it. The question is what the user asked, without the
system's words, the template's tokens and the sentence that says how to write the answer.
"""

import json
import math
import re
from typing import Any, NamedTuple

from tinyv_cli.sources.written import written_in

USER = frozenset({"user", "human"})
ASSISTANT = frozenset({"assistant", "gpt", "bot", "model"})
# Where messages keep their author (OpenAI, ShareGPT) and their text (OpenAI, ShareGPT, OpenCompass,
# Gemini).
ROLE_KEYS = ("role", "from")
CONTENT_KEYS = ("content", "value", "prompt", "parts")
# How they begin where they are written in a text.
_CHAT_BEGINS = ("[{", '{"role"', "{'role'", '{"content"', "{'content'")
_PART_KEYS = frozenset({"text", "type"})
THOUGHTS = frozenset({"reasoning", "thinking", "redacted_thinking", "cot"})
# Where objects keep their text: messages, the replies of APIs and pipelines, rows of platforms.
_TEXT_KEYS = ("content", "text", "generated_text", "output_text", "value")
_INNER_KEYS = (
    "message",
    "body",
    "choices",
    "generations",
    "outputs",
    "response",
    "output",
    "completion",
    "answer",
)
_MAX_OBJECTS = 8

# The user's turn as chat templates render it: ChatML (Qwen), Llama 3, Gemma, gpt-oss, DeepSeek, Phi and
# Zephyr, Mistral, evalscope's reviews, and the prompt that R1-Zero gives to base models.
_TURNS = [
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r"<\|im_start\|>user\n(.*?)(?:<\|im_end\|>|\Z)",
        r"<\|start_header_id\|>user<\|end_header_id\|>(.*?)(?:<\|eot_id\|>|\Z)",
        r"<start_of_turn>user\n(.*?)(?:<end_of_turn>|\Z)",
        r"<\|start\|>user<\|message\|>(.*?)(?:<\|end\|>|\Z)",
        r"<｜User｜>(.*?)(?:<｜Assistant｜>|\Z)",
        r"<\|user\|>(.*?)(?:<\|(?:end|assistant|endoftext)\|>|</s>|\Z)",
        r"\[INST\](.*?)(?:\[/INST\]|\Z)",
        r"\A\*\*User\*\*: ?\n(.*?)(?:\n\s*\*\*Assistant\*\*:|\Z)",
        r"\AA conversation between User and Assistant\..*?\bUser: (.*?)(?:\bAssistant:|\Z)",
    )
]
_TEMPLATE_SIGNS = (
    "<|",
    "<｜",
    "<start_of_turn>",
    "[INST]",
    "**User**:",
    "A conversation between User and Assistant.",
)
# The same where the special tokens were dropped: the names of the roles stay, on lines of their own (ChatML)
# or before an empty line, glued to what stood before it (Llama 3).
_ROLES_LEFT = (("\nuser\n", "\nassistant\n"), ("user\n\n", "assistant\n\n"))
_FIRST_ROLE = re.compile(r"\s*(?:system|user)\n")
_TURN_END = re.compile(
    r"(?:\s*(?:<\|(?:im_end|eot_id|endoftext|end_of_text|end|return|end_of_solution)\|>|<end_of_turn>"
    r"|<｜end▁of▁sentence｜>|<eos>|</s>))+\s*\Z"
)
MAX_TURN_END_CHARS = 200

# What is written around questions to say how to answer: by DAPO, simple-evals, lighteval and NeMo-RL before
# them, by verl, Qwen, OpenCompass and DAPO behind them. Behind them only the last sentences are instructions,
# and only if they name a form. The bounds and possessive quantifiers keep hostile texts from taking long.
_BEFORE = re.compile(
    r"\A\s*(?:"
    r"Solve the following math problem [^\n.]{0,60}\.\s+"
    r"The last line of your response should be [^\n]{0,400}\n\s*"
    r"|Solve the following math problem\.[^\n]{0,40}\bMake sure to put the answer[^\n]{0,80}\\boxed\{\}\.\s*"
    r"|Please reason step by step, and put your final answer within \\boxed\{\}\.\s+"
    r")"
)
_AFTER = re.compile(
    r"(?<!\s)\s++(?:(?:(?:Let's|Let us|Please) (?:think|reason|solve \w+)|Think|Reason) step by step"
    r"|(?:(?:Please|Remember to|Make sure to|You must) [a-z]+"
    r"|Put|Box|Present|Give|Return|Enclose|Write|Output)"
    r" (?:your|the)(?: final)? (?:answer|response|result))\b"
    r"(?:(?!\.\s+[A-Z])[^\n?]){0,300}+\s*+\Z"
)
_MARKS = ("step by step", "boxed", "####", "Answer:")
_SENTENCES_CUT = 3


class Question(NamedTuple):
    """A question, and whether a template or an instruction had to be cut off it."""

    text: str
    cut: bool


def is_chat(value: Any) -> bool:
    """Whether the value is a list of messages with authors."""
    return isinstance(value, list) and bool(value) and all(_role(turn) is not None for turn in value)


def is_parts(value: Any) -> bool:
    """Whether the value is the content of one message in typed parts: text, thoughts, images."""
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) and "type" in v for v in value)


def rollouts_of(value: Any) -> list[Any]:
    """The responses that one value holds: the elements of a list, in lists of lists too, or itself."""
    if not isinstance(value, list) or is_chat(value) or is_parts(value):
        return [value]
    return [rollout for each in value for rollout in rollouts_of(each)]


def question_of(value: Any) -> Question:
    """What the user asked; of a chat the user's last turn, or the last of all where the user has none."""
    value = _of_one(value)
    value = chat_written(value)
    turn = _last_turn(value, USER)
    if turn is None and is_chat(value):
        turn = _content(value[-1])
    text = said(turn) or ""
    bare = _without_template(text)
    if any(mark in bare for mark in _MARKS):
        bare = _without_instructions(bare)
    return Question(bare, bare != text) if bare else Question(text, False)


def response_of(value: Any) -> str | None:
    """The response; of a chat, the last turn of the assistant; None where there is none.

    Tokens that end a turn are dropped: behind "the answer is 5" they would belong to the answer.
    """
    value = chat_written(value)
    text = said(_last_turn(value, ASSISTANT))
    if not text or not text.rstrip().endswith(">"):
        return text
    end = _TURN_END.search(text, max(0, len(text) - MAX_TURN_END_CHARS))
    return text[: end.start()] if end else text


def said(value: Any, depth: int = 0) -> str | None:
    """The text of a value, of an object the one that it holds; None where there is none, or several."""
    if isinstance(value, dict):
        return _of_object(value, depth) if depth < _MAX_OBJECTS else None
    if isinstance(value, list) and not _are_pieces(value):
        return said(value[0], depth + 1) if len(value) == 1 and depth < _MAX_OBJECTS else None
    return text_of(value)


def _of_object(value: dict[str, Any], depth: int) -> str | None:
    for key in (*_TEXT_KEYS, *_INNER_KEYS):
        if value.get(key) not in (None, "") and (text := said(value[key], depth + 1)) is not None:
            return text
    texts = [each for each in value.values() if isinstance(each, str)]
    return text_of(texts[0]) if len(texts) == 1 else None


def _of_one(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 and not is_chat(value) else value


def chat_written(value: Any) -> Any:
    """The chat, or the one message, that is written in a text; anything else as it is."""
    if not isinstance(value, str) or not value.startswith(_CHAT_BEGINS):
        return value
    found = written_in(value)
    chat = [found] if isinstance(found, dict) else found
    return chat if is_chat(chat) else value


def text_of(value: Any) -> str | None:
    """A value as text: numbers without a needless point, the text parts of a message joined, else JSON."""
    if isinstance(value, str):
        # Half of a character pair cannot be stored.
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if value is None or (isinstance(value, float) and math.isnan(value)):  # NaN: missing, in a data frame
        return None
    if _are_pieces(value):
        return "".join(str(part["text"]) for part in value if _is_said(part))
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))  # a column of whole numbers with a gap is read as floats
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _are_pieces(value: Any) -> bool:
    """Whether the value is a message's text in pieces, typed or not."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(each, dict) and _PART_KEYS & each.keys() for each in value)
    )


def _is_said(part: dict[str, Any]) -> bool:
    return str(part.get("type")) not in THOUGHTS and part.get("text") is not None


def _role(turn: Any) -> str | None:
    if not isinstance(turn, dict):
        return None
    return next((str(turn[key]).lower() for key in ROLE_KEYS if key in turn), None)


def _content(turn: dict[str, Any]) -> Any:
    return next((turn[key] for key in CONTENT_KEYS if turn.get(key) is not None), None)


def _last_turn(value: Any, roles: frozenset[str]) -> Any:
    if not is_chat(value):
        return value
    turns = [turn for turn in value if _role(turn) in roles and str(turn.get("type")) not in THOUGHTS]
    return _content(turns[-1]) if turns else None


def _without_template(text: str) -> str:
    """The user's last turn in a prompt that a chat template has rendered; any other text as it is."""
    for turn in _TURNS if any(sign in text for sign in _TEMPLATE_SIGNS) else ():
        if found := turn.findall(text):
            return str(found[-1]).strip()
    return _between_roles(text) if _FIRST_ROLE.match(text) else text


def _between_roles(text: str) -> str:
    for user, assistant in _ROLES_LEFT:
        rendered = f"\n{text.strip()}\n\n"
        start = rendered.rfind(user)
        end = rendered.find(assistant, start + len(user) - 1)
        if 0 <= start < end:
            return rendered[start + len(user) : end].strip()
    return text


def _without_instructions(text: str) -> str:
    text = _BEFORE.sub("", text)
    for _ in range(_SENTENCES_CUT):
        found = _AFTER.search(text)
        if found is None or not any(mark in found[0] for mark in _MARKS):
            break
        text = text[: found.start()]
    return text
