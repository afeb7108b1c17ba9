"""Models that think: the verdict in what they write, read strictly."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tinyv_cli.models.engine import EngineOptions
from tinyv_cli.models.llama import THINKING_SEQUENCES, LlamaModel
from tinyv_cli.models.prompts import Prompt, Tokenizer
from tinyv_cli.models.written import thought_in
from tinyv_cli.records import Query


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        ("Answer: True", True),
        ("Answer: False", False),
        ("answer: true.", True),
        ("The two are the same.\n\nAnswer: **True**", True),
        ("**Answer:** False", False),
        ("Answer:\n\nTrue", True),
        ("<think>The gold is 5.</think>True", True),
        ("<think>x</think>\n\nFalse\n", False),
        ("<think>x</think>\n\nAnswer: True", True),
        ("<think>x</think> They are the same. Answer: True", True),
        ("The opening tag is in the prompt.</think>\nFalse", False),
        ("<think>Answer: True</think>\n\nAnswer: False", False),
        ("Answer: True? No: they differ. Answer: False", False),
        ("<think>Answer: True", None),
        ("<think>Answer: True</think>", None),
        ("<think>Answer: True</think>\n\nI am not sure.", None),
        ("Answer: Truely", None),
        ("Answer: True or False", None),
        ("Answer: it is True", None),
        ("True", None),
        ("The answer is True", None),
        ("Answer:", None),
        ("", None),
    ],
)
def test_thought_in(reply: str, verdict: bool | None) -> None:
    """Only the word itself where the verdict belongs counts; anything else is no verdict."""
    said = thought_in(reply)
    assert (said and said.verdict) is verdict


@dataclass(frozen=True, slots=True)
class Continued:
    """A prompt whose text a model goes on writing: the question, repeated as it is in a list."""

    name: str = "continued"
    sha256: str = ""
    in_json: bool = False
    verdict_words: tuple[tuple[str, str], ...] = (("True", "False"), (" True", " False"))

    def make(self, query: Query, tokenizer: Tokenizer, *, limit: int) -> Prompt | None:
        """The same line a few times, so that any language model writes it once more."""
        return Prompt(tokenizer.tokens(f"{query.question}\n" * 6))


@pytest.fixture(scope="module")
def thinker(base_gguf: Path) -> Iterator[LlamaModel]:
    """A real model that may write up to 24 tokens."""
    options = EngineOptions(gpu_layers=0)
    model = LlamaModel(base_gguf, Continued(), name="x", options=options, think=True, reply_tokens=24)
    yield model
    model.close()


RIGHT, WRONG = Query("They agree. Answer: True", "", ""), Query("Answer: False", "", "")
TALKS = Query("one two three four five six seven", "", "")


def test_thoughts_end_with_the_verdict(thinker: LlamaModel) -> None:
    """Replies of different lengths grow side by side; p is how sure the model was of its word."""
    right, wrong, talks, again = thinker([RIGHT, WRONG, TALKS, RIGHT])
    assert right.p is not None and right.p > 0.5
    assert wrong.p is not None and wrong.p < 0.5
    assert (talks.p, talks.reason) == (None, "reply_too_long")
    assert talks.reasoning, "what it wrote instead of a verdict"
    assert right.reasoning == "They agree."
    assert again == right


@pytest.mark.long
def test_more_replies_than_sequences(thinker: LlamaModel) -> None:
    """They come in several rounds, in their order, and say what each says alone."""
    words = [f"{a} {b}" for a in ("red", "blue", "old", "new", "big") for b in ("cat", "hat", "sea", "sun")]
    queries = [Query(f"My {w}. Answer: {v}", "", "") for w in words for v in ("True", "False")]
    assert len(queries) > 2 * THINKING_SEQUENCES
    together = thinker(queries)
    chosen = (0, 7, THINKING_SEQUENCES, len(queries) - 1)
    alone = {n: thinker([queries[n]])[0] for n in chosen}
    assert {n: together[n].reason for n in chosen} == {n: alone[n].reason for n in chosen}
    assert all(abs((together[n].p or 0) - (alone[n].p or 0)) < 0.15 for n in chosen)
    verdicts = [result.p is not None and result.p > 0.5 for result in together]
    assert sum(v == ("True" in q.question) for v, q in zip(verdicts, queries, strict=True)) > 0.8 * len(
        queries
    )
