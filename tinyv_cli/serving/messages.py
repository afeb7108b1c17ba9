"""What is sent to the server: the fields of each request, which are checked, and its limits."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

MOST_AT_ONCE = 1024  # answers in one request

Text = str | list[dict[str, Any]]  # a text, or a chat
Gold = str | int | float | list[str | int | float]
Texts = Annotated[list[str], Field(min_length=1, max_length=MOST_AT_ONCE)]


class Pair(BaseModel):
    """An answer to verify: of several golds any counts. The question may be left out."""

    model_config = ConfigDict(extra="forbid")

    gold: Gold
    response: Text
    question: Text = ""


Pairs = Annotated[list[Pair], Field(max_length=MOST_AT_ONCE)]


class Rewards(BaseModel):
    """OpenRLHF: `query` holds prompts with their responses, special tokens and all."""

    query: Texts
    prompts: Texts
    labels: Annotated[list[Gold], Field(max_length=MOST_AT_ONCE)]

    @model_validator(mode="after")
    def _of_one_length(self) -> "Rewards":
        if not len(self.query) == len(self.prompts) == len(self.labels):
            raise ValueError("query, prompts and labels must be of one length")
        return self

    def pairs(self) -> list[Pair]:
        """What is to be verified."""
        return [
            Pair(question=prompt, gold=label, response=query.removeprefix(prompt))
            for query, prompt, label in zip(self.query, self.prompts, self.labels, strict=True)
        ]


class Sample(BaseModel):
    """slime: one response to a prompt."""

    prompt: Text
    response: str
    label: Gold


class State(BaseModel):
    """What a decision is about."""

    question: Text
    response: Text
    answer: Gold


class Decision(BaseModel):
    """The `decision` judge of verifiers: questions by name, each of which wants a score."""

    state: State
    questions: Annotated[dict[str, Any], Field(min_length=1)]
    model: str | None = None
