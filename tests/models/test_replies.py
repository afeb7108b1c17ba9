"""Replies of servers: what counts as a verdict, what as none, and what as a lie."""

import json
import math
from typing import Any

import pytest

from tinyv_cli.models.replies import BAD_REPLY, gives_logprobs, p_of_words, read_reply, word_in
from tinyv_cli.models.written import UNPARSABLE


def at(token: str, **top: Any) -> dict[str, Any]:
    """A position of OpenAI's `logprobs`: the chosen token, and the likeliest ones."""
    listed = [{"token": name, "logprob": value} for name, value in top.items()]
    return {"token": token, "logprob": -1.0, "top_logprobs": listed}


def reply(text: object, *positions: Any) -> dict[str, Any]:
    return {"choices": [{"message": {"content": text}, "logprobs": {"content": list(positions)}}]}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("True", True),
        ("False", False),
        (" true\n", True),
        ('"False".', False),
        ("**TRUE**", True),
        ("<think>\n\n</think>\n\nTrue", True),
        ("", None),
        ("...", None),
        ("True or False", None),
        ("True, because", None),
        ("not true", None),
        ("Untrue", None),
        ("\\boxed{True}", None),
        ("<think>it is True</think> False", None),
        ("1", None),
    ],
)
def test_words(text: str, word: bool | None) -> None:
    """One of the two words and marks around it; a word within other words is no verdict."""
    assert word_in(text) is word


@pytest.mark.parametrize(
    ("logprobs", "p"),
    [
        ({"True": math.log(0.6), "False": math.log(0.2), "The": math.log(0.1)}, 0.75),
        # all spellings of a word count
        (
            {"True": math.log(0.3), " True": math.log(0.2), "true": math.log(0.1), "False": math.log(0.2)},
            0.75,
        ),
        ({"True": math.log(0.1), "False": math.log(0.3), '"False': math.log(0.1)}, 0.2),
        # the missing one is at most as likely as the last of the list …
        ({"True": math.log(0.3), "The": math.log(0.2), "A": math.log(0.1)}, 0.75),
        # … and as what is left over
        ({"True": math.log(0.8), "The": math.log(0.15)}, 0.8 / 0.85),
        ({"False": math.log(0.7)}, 0.3),
        ({"True": 0.0}, 1.0),
        ({"True": -math.inf, "False": math.log(0.5)}, 0.0),
        ({"The": -0.1, "A": -3.0}, None),
        ({}, None),
    ],
)
def test_p(logprobs: dict[str, float], p: float | None) -> None:
    """The share of True's mass in that of both words; never surer than the list allows."""
    assert p_of_words(logprobs) == (p if p is None else pytest.approx(p))


VERDICT = at("True", true=-0.1, false=-3.0)
SURE = 1 / (1 + math.exp(-2.9))


@pytest.mark.parametrize(
    ("positions", "text", "p"),
    [
        ([VERDICT, at(".", **{".": -0.1})], "True.", SURE),
        ([at("The", The=-0.1, true=-1.0, false=-3.0)], "The", 1 / (1 + math.exp(-2))),
        ([at(" ", The=-0.1), VERDICT], " True", SURE),
        ([at('"', The=-0.1), VERDICT, at('"')], '"True"', SURE),
        (
            [at("<think>"), at("\n\n"), at("</think>"), at("\n\n"), VERDICT],
            "<think>\n\n</think>\n\nTrue",
            SURE,
        ),
        # the likeliest tokens are not listed: there is only what was chosen
        ([{"token": "True", "logprob": math.log(0.9), "top_logprobs": []}], "True", 0.9),
        ([{"token": "False", "logprob": math.log(0.9), "top_logprobs": None}], "False", 0.1),
        # a vocabulary that has no token for the word
        ([at("Tr", Tr=-0.1, The=-3.0), at("ue", ue=-0.1)], "True", 1.0),
        ([at("F", F=-0.1), at("alse", alse=-0.1)], "False", 0.0),
        ([at("True", true=0.005, false=-9.0)], "True", 1 / (1 + math.exp(-9))),
    ],
)
def test_p_of_a_reply(positions: list[Any], text: str, p: float) -> None:
    """From the first token that says something, or from the text where a word has no token."""
    assert read_reply(reply(text, *positions), logprobs=True).p == pytest.approx(p)


@pytest.mark.parametrize(
    ("text", "positions"),
    [("The answer", [at("The", The=-0.1)]), ("", [at("", The=-0.1)]), ("", []), ("Sure: True", [at("Sure")])],
)
def test_no_verdict(text: str, positions: list[Any]) -> None:
    """A sound reply that says something else is the model's failure."""
    assert read_reply(reply(text, *positions), logprobs=True) == UNPARSABLE


@pytest.mark.parametrize(("text", "p"), [("True", 1.0), ("false.", 0.0), ("Well", None)])
def test_text(text: str, p: float | None) -> None:
    """Without log-probabilities p is 1 or 0 for exactly one of the words, else there is none."""
    said = read_reply({"choices": [{"message": {"content": text}}]}, logprobs=False)
    assert (said.p, said.reason) == (p, None if p is not None else "unparsable_reply")


LIES: list[Any] = [
    None,
    "True",
    7,
    [],
    {},
    {"choices": None},
    {"choices": []},
    {"choices": {}},
    {"choices": ["True"]},
    {"choices": [{}]},
    {"choices": [{"message": None}]},
    {"choices": [{"message": {"content": None}, "logprobs": {"content": [VERDICT]}}]},
    reply(["True"], VERDICT),
    reply(7, VERDICT),
]
LOGPROB_LIES: list[Any] = [
    {"choices": [{"message": {"content": "True"}}]},
    {"choices": [{"message": {"content": "True"}, "logprobs": None}]},
    {"choices": [{"message": {"content": "True"}, "logprobs": {"content": None}}]},
    {"choices": [{"message": {"content": "True"}, "logprobs": [VERDICT]}]},
    reply("True", None),
    reply("True", "True"),
    reply("True", {**VERDICT, "token": None}),
    reply("True", {**VERDICT, "token": ["True"]}),
    reply("True", {"token": "True", "logprob": -0.1}),
    reply("True", {"token": "True", "logprob": None, "top_logprobs": None}),
    reply("True", at("True", true=None)),
    reply("True", at("True", true=[-1])),
    reply("True", {**VERDICT, "top_logprobs": {"True": -0.1}}),
    reply("True", at("True", true=0.7)),
    reply("True", at("True", true=math.nan)),
    reply("True", at("True", true=-(10**400))),
]


@pytest.mark.parametrize("lie", LIES, ids=json.dumps)
@pytest.mark.parametrize("logprobs", [True, False])
def test_lies(lie: Any, logprobs: bool) -> None:
    """A reply of another shape is the server's failure, whatever was asked for."""
    assert read_reply(lie, logprobs=logprobs) == BAD_REPLY


@pytest.mark.parametrize("lie", LOGPROB_LIES, ids=lambda lie: json.dumps(lie)[:200])
def test_lies_about_logprobs(lie: Any) -> None:
    """Log-probabilities that are missing or impossible are not made up for by the text."""
    assert read_reply(lie, logprobs=True) == BAD_REPLY
    assert not gives_logprobs(lie)
    assert read_reply(lie, logprobs=False).p == 1.0


def test_gives_logprobs() -> None:
    """A sound reply gives them, also where it holds no verdict."""
    assert gives_logprobs(reply("True", VERDICT))
    assert gives_logprobs(reply("Hello", at("Hello", Hello=-0.1)))
