"""The words of tinyv as frozen records: what passes from one stage to the next."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tinyv_cli.taxonomy import deepest

_INTEGER = re.compile("0|-?[1-9][0-9]{0,14}")


class How(StrEnum):
    """By which convention the final answer was found in a response."""

    BOXED = "boxed"
    ANSWER_TAG = "answer_tag"
    JSON = "json"
    HASH_MARK = "hash_mark"
    ANSWER_IS = "answer_is"
    LAST_LINE = "last_line"
    WHOLE = "whole"
    NONE = "none"


class RuleOutcome(StrEnum):
    """What the symbolic rule said. Undecided is a failure with a reason, never a rejection."""

    ACCEPT = "accept"
    REJECT = "reject"
    UNDECIDED = "undecided"


class Verdict(StrEnum):
    """What all stages together say of an answer."""

    CORRECT = "correct"
    INCORRECT = "incorrect"
    UNDECIDED = "undecided"


class Lost(StrEnum):
    """Where a rule lost a right answer: it compared something else, or it compared this and saw no match."""

    EXTRACTION = "extraction"
    COMPARISON = "comparison"


class Evidence(StrEnum):
    """Which stage settled a verdict."""

    RULE = "rule"
    SUSPECT = "suspect"
    PROOF = "proof"
    ROUNDS = "rounds"
    DISPROOF = "disproof"
    GUARD = "guard"
    MODEL = "model"


# What settles that an answer is right without a model; of the second, one side rounds to the other.
SHOWN_EQUAL = (Evidence.PROOF, Evidence.ROUNDS)


@dataclass(frozen=True, slots=True)
class Example:
    """One (question, gold, response) triple: what is verified.

    `golds` holds every answer that counts as right (any of them); empty when the row has none.
    `response` is None where the row has none, which is not the same as an empty response. `recorded` holds
    verdicts that stand in the data, as they stand there, by the field that a rule reads. `question_cut`: a
    template or an instruction around the question was cut off. `sentinels` are golds that only say that there
    is none; they count for nothing. `file`, `line` (from 1; of a file without lines, the row) and `step` (of
    a training, as the file's name tells it) say where it came from.
    """

    row: int
    rollout: int
    question: str
    golds: tuple[str, ...]
    response: str | None
    recorded: Mapping[str, Any] = field(default_factory=dict)
    question_cut: bool = False
    sentinels: tuple[str, ...] = ()
    file: str | None = None
    line: int | None = None
    step: int | None = None

    @property
    def gold(self) -> str | None:
        """The gold as people read it: itself, or a JSON list where there are several."""
        golds = self.golds + self.sentinels
        if len(golds) <= 1:
            return golds[0] if golds else None
        return json.dumps(golds, ensure_ascii=False)

    @property
    def lacks(self) -> str:
        """The reason why nothing can be verified where there are no `golds`."""
        return "sentinel_gold" if self.sentinels else "no_gold"


@dataclass(frozen=True, slots=True)
class Answer:
    """The final answer of a response, and how it was found. `text` is None when there is none."""

    text: str | None
    how: How


# The reason of a rule that was asked and said nothing, or of a verdict that stands in no data.
NO_VERDICT = "no_verdict"


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What the rule said of one example; `reason` tells why it is undecided."""

    outcome: RuleOutcome
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a proof: a leaf of the paper's taxonomy (arXiv 2505.14625), and what was done, in words.

    The same text belongs to no leaf, as nothing differs. `rounds`: what is left is not equal to what was
    there, but what it rounds to.
    """

    leaf: str | None
    sentence: str
    rounds: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """How an answer was shown to be the gold: the steps, and the pair that was left and found the same.

    Without steps both are the same as they stand.
    """

    steps: tuple[Step, ...]
    gold: str
    answer: str

    @property
    def leaf(self) -> str | None:
        """The leaf that explains most: of all steps the one that goes deepest, of equals the first."""
        return deepest(self.leaves)

    @property
    def leaves(self) -> tuple[str, ...]:
        """The leaves of all steps, each once."""
        return tuple(dict.fromkeys(step.leaf for step in self.steps if step.leaf is not None))

    @property
    def rounds(self) -> bool:
        """Whether it rests on rounding anywhere: then both are not equal, but one rounds to the other."""
        return any(step.rounds for step in self.steps)

    @property
    def sentence(self) -> str:
        """All steps in words."""
        return "; ".join(step.sentence for step in self.steps)


FORM = "form"  # the reason of what is equal to the gold and not in the form that was asked for


@dataclass(frozen=True, slots=True)
class Shown:
    """What the search for a proof came to: a proof, a sentence that says why there can be none, or nothing.

    `reason` tells why the search was broken off, or that only the `form` is another. Of what the rule
    accepted it is not searched for proofs: `suspect` says why it may be wrong all the same.
    """

    proof: Proof | None = None
    disproof: str | None = None
    reason: str | None = None
    suspect: str | None = None

    @property
    def equal(self) -> bool:
        """Whether both sides were shown to be equal, in whatever form."""
        return self.proof is not None or self.reason == FORM

    @property
    def sentence(self) -> str | None:
        """What was shown, in words."""
        return self.proof.sentence if self.proof else self.disproof

    @property
    def leaf(self) -> str | None:
        """The leaf of the taxonomy to which a proof belongs."""
        return self.proof.leaf if self.proof else None


NOTHING_SHOWN = Shown()


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule sees of an example; equal cases get equal results, so they are judged once.

    `text` is the extracted answer, found by `how`, or the whole response for a rule that extracts by itself
    (`how` is None). `question` is empty unless the rule looks at it. `accepted`: the rule has accepted it,
    which is what is to be looked at.
    """

    golds: tuple[str, ...]
    text: str
    how: How | None = None
    question: str = ""
    accepted: bool = False

    @property
    def is_of_integers(self) -> bool:
        """Whether the answer and all golds are integers in their one spelling, as most of most data are."""
        return all(map(_INTEGER.fullmatch, (self.text, *self.golds)))


@dataclass(frozen=True, slots=True)
class Query:
    """What the model is asked: is `answer` the same as `gold`, as an answer to `question`?"""

    question: str
    gold: str
    answer: str


@dataclass(frozen=True, slots=True)
class ModelResult:
    """The model's probability that the answer is correct; None with a reason where it has none.

    A `reason` beside a probability is a note, such as that the question had to be shortened. `reasoning` is
    what the model wrote before its verdict, if it was let do so. Raises ValueError for a p that is none.
    """

    p: float | None
    reason: str | None = None
    reasoning: str | None = None

    def __post_init__(self) -> None:
        if self.p is not None and not 0 <= self.p <= 1:
            raise ValueError(f"{self.p} is no probability")


NOT_ASKED = ModelResult(None)


def last_asked(opinions: Sequence[ModelResult]) -> int:
    """Which of models that are asked in turn was the last to be: its place, -1 where none was."""
    return max((place for place, said in enumerate(opinions) if said != NOT_ASKED), default=-1)


@dataclass(frozen=True, slots=True)
class Judged:
    """An example after all stages; `opinions` are those of the models, none where they were not asked.

    Of models that are asked in turn, those that it did not come to have the opinion NOT_ASKED.

    `refusal` is the guard's reason, where that settled it. `others` is what further rules say, which are
    compared with the rule and decide nothing. `shown` is what the search for a proof came to.

    Of a false negative, `guess` is the leaf of the taxonomy that it looks like if only a model found it, and
    `lost_in` says where the rule lost it; each is None where that is not known. `close` is a verdict of
    models whose p lies next to the threshold. `reward` is None where no verdict stands behind it.
    """

    example: Example
    answer: Answer
    rule: RuleResult
    verdict: Verdict
    evidence: Evidence | None
    opinions: tuple[ModelResult, ...] = ()
    refusal: str | None = None
    others: tuple[RuleResult, ...] = ()
    shown: Shown = NOTHING_SHOWN
    guess: str | None = None
    lost_in: Lost | None = None
    close: bool = False
    reward: float | None = None

    @property
    def category(self) -> str | None:
        """The leaf of the taxonomy: of the proof, or else the likeliest."""
        return self.shown.leaf or self.guess

    @property
    def categories(self) -> list[str] | None:
        """All leaves of the proof, or else the likeliest; None of what is no false negative."""
        if not self.false_negative:
            return None
        found = self.shown.proof.leaves if self.shown.proof else (self.guess,)
        return [leaf for leaf in found if leaf is not None]

    @property
    def asked(self) -> bool:
        """Whether a model was asked."""
        return bool(self.opinions)

    @property
    def p(self) -> float | None:
        """The first model's probability; None where it was not asked or is undecided."""
        return self.opinion(0).p

    @property
    def suspect(self) -> str | None:
        """Why the rule should perhaps not have accepted it."""
        return self.shown.suspect

    @property
    def reason(self) -> str | None:
        """The first model's reason, or the guard's, named as such."""
        return self.opinion(0).reason if self.refusal is None else f"guard:{self.refusal}"

    @property
    def reasoning(self) -> str | None:
        """What the first model wrote before its verdict."""
        return self.opinion(0).reasoning

    def opinion(self, number: int) -> ModelResult:
        """What that one of the models said; nothing where they were not asked."""
        return self.opinions[number] if self.opinions else NOT_ASKED

    @property
    def settled_by(self) -> int | None:
        """Of models that are asked in turn the number of the one that settled it, from 1 on."""
        return last_asked(self.opinions) + 1 if self.evidence is Evidence.MODEL else None

    @property
    def false_negative(self) -> bool:
        """The rule did not accept what a later stage found correct."""
        return self.verdict is Verdict.CORRECT and self.rule.outcome is not RuleOutcome.ACCEPT
