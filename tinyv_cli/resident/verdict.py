"""What a caller is told of an answer, and how that travels: a record of plain values."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from tinyv_cli import records
from tinyv_cli.records import Evidence, Judged, RuleOutcome

DEADLINE, QUEUE_FULL, LOST = "deadline", "queue_full", "resident_lost"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one answer, in the words of the annotated file's columns `tinyv_…`.

    `reward` is None where there is no verdict to reward, and `reason` then says why: `deadline`, say. `rule`
    is what the rule alone said, if it came to that. `seconds` is how long the caller waited.
    """

    verdict: str
    reward: float | None = None
    p: float | None = None
    evidence: str | None = None
    proof: str | None = None
    category: str | None = None
    suspect: str | None = None
    reason: str | None = None
    rule: str | None = None
    answer: str | None = None
    seconds: float = 0.0

    @property
    def rule_reward(self) -> float:
        """What the rule alone would have given: 1 where it accepts, 0 where it does not or says nothing."""
        return float(self.rule == RuleOutcome.ACCEPT)

    @property
    def false_negative(self) -> bool:
        """The rule did not accept what was found correct."""
        return self.verdict == records.Verdict.CORRECT and self.rule != RuleOutcome.ACCEPT

    def as_dict(self) -> dict[str, Any]:
        """By the names of its fields, for JSON."""
        return asdict(self)


def undecided(reason: str, *, rule: str | None = None, seconds: float = 0.0) -> Verdict:
    """No verdict, and why."""
    return Verdict(records.Verdict.UNDECIDED.value, reason=reason, rule=rule, seconds=seconds)


BY_RULE = {
    RuleOutcome.ACCEPT: records.Verdict.CORRECT,
    RuleOutcome.REJECT: records.Verdict.INCORRECT,
    RuleOutcome.UNDECIDED: records.Verdict.UNDECIDED,
}


def by_rule(outcome: str, seconds: float) -> Verdict:
    """What the rule alone said, and its reward: 0 also where it failed, as without tinyv."""
    verdict = Verdict(BY_RULE[RuleOutcome(outcome)].value, rule=outcome, seconds=seconds)
    return replace(verdict, reward=verdict.rule_reward, evidence=Evidence.RULE.value)


def told(judged: Judged) -> dict[str, Any]:
    """The fields of the verdict on an example that went through all stages."""
    is_open = judged.verdict is records.Verdict.UNDECIDED
    return {
        "verdict": judged.verdict,
        "reward": judged.reward,
        "p": judged.p,
        "evidence": judged.evidence,
        "proof": judged.shown.sentence,
        "category": judged.category,
        "suspect": judged.suspect,
        "reason": judged.reason or (judged.rule.reason if is_open else None),
        "rule": judged.rule.outcome,
        "answer": judged.answer.text,
    }
