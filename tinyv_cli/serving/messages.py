"""What is sent to the server: the fields of each request, which are checked, and its limits."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tinyv_cli.integrations.openrlhf import pairs

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
        return [Pair(**each) for each in pairs(self.query, self.prompts, self.labels)]


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


class Scored(BaseModel):
    """A question that wants a score: which level is reached, of these, from the worst to the best."""

    criteria: list[str] = ["Incorrect", "Correct"]

    @property
    def most(self) -> int:
        """The score of the best."""
        return len(self.criteria) - 1


class Decision(BaseModel):
    """The `decision` judge of verifiers: questions by name, each of which wants a score."""

    state: State
    questions: Annotated[dict[str, Scored], Field(min_length=1)]
    model: str | None = None
