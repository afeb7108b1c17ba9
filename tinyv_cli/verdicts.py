"""Who decides: what rule, proofs, guard and models said becomes one verdict."""

from collections.abc import Sequence

from tinyv_cli.records import (
    NO_VERDICT,
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
)
from tinyv_cli.words import Agree, Suspects

# The first of these that a model says is what the models say together. Where all must agree a single no
# settles it, where any will do a single yes; otherwise one that is undecided leaves it open.
PRECEDENCE = {
    Agree.ALL: (Verdict.INCORRECT, Verdict.UNDECIDED, Verdict.CORRECT),
    Agree.ANY: (Verdict.CORRECT, Verdict.UNDECIDED, Verdict.INCORRECT),
}


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
    threshold: float,
    agree: Agree,
    suspects: Suspects,
) -> Judged:
    """Who decides: the rule's yes, what was shown, the guard's no, the models; without any, the rule's no.

    Of the rule's yes nothing is taken back, however suspect it is, unless `suspects` count as incorrect.
    """

    def judged(verdict: Verdict, evidence: Evidence | None, refusal: str | None = None) -> Judged:
        return Judged(example, answer, rule, verdict, evidence, opinions, refusal, shown=shown)

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
    verdict = verdict_of(opinions, threshold=threshold, agree=agree)
    return judged(verdict, None if verdict is Verdict.UNDECIDED else Evidence.MODEL)


def verdict_of(opinions: Sequence[ModelResult], *, threshold: float, agree: Agree) -> Verdict:
    """What models say together of an answer; one alone is heard as it is."""
    return min((_said(opinion, threshold) for opinion in opinions), key=PRECEDENCE[agree].index)


def _said(opinion: ModelResult, threshold: float) -> Verdict:
    if opinion.p is None:
        return Verdict.UNDECIDED
    return Verdict.CORRECT if opinion.p >= threshold else Verdict.INCORRECT
