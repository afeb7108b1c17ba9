"""Who decides: what rule, proofs, guard and models said becomes one verdict."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tinyv_cli.records import (
    NO_VERDICT,
    SHOWN_EQUAL,
    Answer,
    Evidence,
    Example,
    Judged,
    Lost,
    ModelResult,
    RuleOutcome,
    RuleResult,
    Shown,
    Verdict,
    last_asked,
)
from tinyv_cli.words import DEFAULT_THRESHOLD, DEFAULT_WEIGHT, Agree, Mode, Suspects

# The sums of two processors, or of two formats of the weights, are rarely further apart.
CLOSE = 0.01

RIGHT_WITHOUT_MODEL = (Evidence.RULE, *SHOWN_EQUAL)

# The first of these that a model says is what the models say together. Where all must agree a single no
# settles it, where any will do a single yes; otherwise one that is undecided leaves it open.
PRECEDENCE = {
    Agree.ALL: (Verdict.INCORRECT, Verdict.UNDECIDED, Verdict.CORRECT),
    Agree.ANY: (Verdict.CORRECT, Verdict.UNDECIDED, Verdict.INCORRECT),
}


@dataclass(frozen=True, slots=True)
class Deciding:
    """How models decide: from which p on an answer is correct, and who of several is heard.

    All are, and `agree` says whom it takes. With `sure` they are a cascade: asked in turn, each about what
    those before it were not sure of, and the last one that was asked is heard.
    """

    threshold: float = DEFAULT_THRESHOLD
    agree: Agree = Agree.ALL
    sure: float | None = None

    def settles(self, opinion: ModelResult) -> bool:
        """Whether the model is sure of the verdict that its p means, so that no further one is asked."""
        if self.sure is None or opinion.p is None:
            return False
        return (opinion.p if opinion.p >= self.threshold else 1 - opinion.p) >= self.sure

    def heard(self, opinions: Sequence[ModelResult]) -> Sequence[ModelResult]:
        """The opinions that count."""
        return opinions if self.sure is None else (opinions[last_asked(opinions)],)

    def verdict(self, opinions: Sequence[ModelResult]) -> Verdict:
        """What models say together of an answer; one alone is heard as it is."""
        return min(map(self._said, self.heard(opinions)), key=PRECEDENCE[self.agree].index)

    def is_close(self, opinions: Sequence[ModelResult]) -> bool:
        """Whether a p that counts is so near to the threshold that another processor may decide otherwise."""
        heard = (opinion.p for opinion in self.heard(opinions))
        return any(p is not None and abs(p - self.threshold) <= CLOSE for p in heard)

    def described(self) -> dict[str, Any]:
        """How several models decide together, as files and `check --json` say it."""
        return {"agree": self.agree.value} if self.sure is None else {"sure": self.sure}

    def _said(self, opinion: ModelResult) -> Verdict:
        if opinion.p is None:
            return Verdict.UNDECIDED
        return Verdict.CORRECT if opinion.p >= self.threshold else Verdict.INCORRECT


ALONE = Deciding()  # of one model


@dataclass(frozen=True, slots=True)
class Rewarding:
    """What a reward is made of, in the modes of the paper's own code; what is proved counts like the rule.

    `addon` is 1 where the rule accepts, else the model's yes times the weight. `only` is the model's yes.
    `mixed` is weight · model + (1 - weight) · rule.
    """

    mode: Mode = Mode.ADDON
    weight: float = DEFAULT_WEIGHT

    @property
    def asks_all(self) -> bool:
        """Whether models are also asked about what is settled to be right."""
        return self.mode is not Mode.ADDON

    def described(self) -> dict[str, Any]:
        """As a file says it; a weight of 1 goes without saying."""
        return {"mode": self.mode} | ({} if self.weight == DEFAULT_WEIGHT else {"weight": self.weight})

    def reward(self, *, rule: bool, model: Verdict) -> float | None:
        """None where it would depend on a model that said nothing."""
        if self.mode is Mode.ADDON and rule:
            return 1.0
        if model is Verdict.UNDECIDED:
            return None
        yes = float(model is Verdict.CORRECT)
        match self.mode:
            case Mode.ADDON:
                return self.weight * yes
            case Mode.ONLY:
                return yes
            case Mode.MIXED:
                return self.weight * yes + (1 - self.weight) * rule


ADDON = Rewarding()  # the paper's


def lost_in(item: Judged, alone: RuleResult) -> Lost | None:
    """By what the rule says of the answer alone. Where it says nothing, only the gold's own text is sure.

    A failure, such as a timeout, is one of comparing too: nothing was left to extract.
    """
    if alone.outcome is RuleOutcome.ACCEPT:
        return Lost.EXTRACTION
    if alone.reason != NO_VERDICT:
        return Lost.COMPARISON
    return Lost.EXTRACTION if item.answer.text in item.example.golds else None


def settle(
    example: Example,
    answer: Answer,
    rule: RuleResult,
    shown: Shown,
    refusal: str | None,
    opinions: tuple[ModelResult, ...],
    *,
    deciding: Deciding,
    suspects: Suspects,
    rewarding: Rewarding = ADDON,
) -> Judged:
    """Who decides: the rule's yes, what was shown, the guard's no, the models; without any, the rule's no.

    Of the rule's yes nothing is taken back, however suspect it is, unless `suspects` count as incorrect. How
    it is rewarded changes no verdict.
    """

    def judged(verdict: Verdict, evidence: Evidence | None, refusal: str | None = None) -> Judged:
        is_right = evidence in RIGHT_WITHOUT_MODEL and verdict is Verdict.CORRECT
        said = deciding.verdict(opinions) if opinions else _unasked(verdict)
        reward = rewarding.reward(rule=is_right, model=said)
        return Judged(example, answer, rule, verdict, evidence, opinions, refusal, shown=shown, reward=reward)

    if rule.outcome is RuleOutcome.ACCEPT:
        if shown.suspect is not None and suspects is Suspects.INCORRECT:
            return judged(Verdict.INCORRECT, Evidence.SUSPECT)
        return judged(Verdict.CORRECT, Evidence.RULE)
    if not example.golds or example.response is None:
        return judged(Verdict.UNDECIDED, None)
    if shown.proof is not None:
        return judged(Verdict.CORRECT, Evidence.ROUNDS if shown.proof.rounds else Evidence.PROOF)
    if shown.disproof is not None:
        return judged(Verdict.INCORRECT, Evidence.DISPROOF)
    if refusal is not None:
        return judged(Verdict.INCORRECT, Evidence.GUARD, refusal)
    if not opinions:
        rejected = rule.outcome is RuleOutcome.REJECT
        return judged(Verdict.INCORRECT, Evidence.RULE) if rejected else judged(Verdict.UNDECIDED, None)
    verdict = deciding.verdict(opinions)
    said = judged(verdict, None if verdict is Verdict.UNDECIDED else Evidence.MODEL)
    return replace(said, close=deciding.is_close(opinions))


def _unasked(verdict: Verdict) -> Verdict:
    """What models count as having said that were not asked: what nobody could judge they could not either."""
    return Verdict.UNDECIDED if verdict is Verdict.UNDECIDED else Verdict.INCORRECT
