"""Put golds to a rule as answers, and see what it takes for them besides."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from tinyv_cli.golds.near import near
from tinyv_cli.maths.readings import readings
from tinyv_cli.maths.readings.records import is_unclear
from tinyv_cli.records import Answer, Example, How, RuleOutcome, RuleResult, Shown
from tinyv_cli.sources.explode import Window
from tinyv_cli.sources.sentinels import is_sentinel
from tinyv_cli.stages import Prover, Rule, Trial, judged_by


class Problem(StrEnum):
    """What is wrong with the gold of a row, or to be looked at; a row has the first that applies.

    Undecided: the rule failed, so no fault of the gold is shown.
    """

    SENTINEL = "sentinel"
    UNREADABLE = "unreadable"
    CONFLICT = "conflict"
    UNPARSABLE = "unparsable"
    UNEQUAL = "unequal"
    PARTIAL = "partial"
    TIE = "tie"
    OUTVOTED = "outvoted"
    UNDECIDED = "undecided"


# Bad for everybody, whatever verifies; of no use with this rule; and what a person should look at.
BAD = (Problem.SENTINEL, Problem.UNREADABLE, Problem.CONFLICT)
UNUSABLE = (Problem.UNPARSABLE, Problem.UNEQUAL, Problem.PARTIAL)
TO_LOOK_AT = (Problem.TIE, Problem.OUTVOTED)


@dataclass(frozen=True, slots=True)
class Judges:
    """Whoever is asked about golds: the rule that is to be used with them, and what searches for proofs."""

    rule: Rule
    prover: Prover

    def shown(self, trials: Sequence[Trial]) -> list[Shown]:
        """What can be shown of each answer."""
        return self.prover.submit([example for example, _ in trials], [answer for _, answer in trials])()


@dataclass(frozen=True, slots=True)
class CheckedGold:
    """A row's gold against itself: what the rule said, and the problem that this is, if it is one.

    `comparable` are those of the row's golds that others can be compared with: what the rule matches with
    itself (`sound`), or else what can be read. `taken` is another answer that the rule takes for the gold, as
    it reads that in part only; `majority` is what most copies of the question have for gold, and `agreed`
    what most replies say.
    """

    example: Example
    rule: RuleResult
    problem: Problem | None
    comparable: tuple[str, ...] = ()
    sound: bool = False
    taken: str | None = None
    majority: str | None = None
    agreed: str | None = None


UNPARSABLE_REASONS = frozenset({"gold_unparsable", "answer_unparsable"})
NO_GOLD = RuleResult(RuleOutcome.UNDECIDED, "no_gold")


@dataclass(frozen=True, slots=True)
class _Said:
    """What the rule said of one gold, and which answers near it it takes for it as well."""

    example: Example
    gold: str
    rule: RuleResult
    accepted: tuple[str, ...]


def check_golds(windows: Iterable[Window], judges: Judges) -> Iterator[tuple[Window, list[CheckedGold]]]:
    """Put each gold, and what may be taken for it, to the rule, window by window.

    Of several golds in a row any counts as right, so one that the rule accepts is enough for the row.
    """
    batches = ((window, [*_trials(window)]) for window in windows)
    for window, results in judged_by(judges.rule, batches):
        said = [_said(each, gold, results) for each in window.examples for gold in each.golds]
        judged = zip(said, _no_golds(judges, said), strict=True)
        yield window, [_checked(each, [*islice(judged, len(each.golds))]) for each in window.examples]


def trial(example: Example, golds: tuple[str, ...], answer: str) -> Trial:
    """The answer as a response puts it: in a box, which every rule finds."""
    return replace(example, golds=golds, response=f"\\boxed{{{answer}}}"), Answer(answer, How.BOXED)


def _trials(window: Window) -> Iterator[Trial]:
    for example in window.examples:
        for gold in example.golds:
            yield from (trial(example, (gold,), answer) for answer in (gold, *near(gold)))


def _said(example: Example, gold: str, results: Iterator[RuleResult]) -> _Said:
    """What the rule said, whose results come in the order of the trials."""
    own, others = next(results), [(answer, next(results).outcome) for answer in near(gold)]
    return _Said(example, gold, own, tuple(each for each, outcome in others if outcome is RuleOutcome.ACCEPT))


def _no_golds(judges: Judges, said: Sequence[_Said]) -> Iterator[str | None]:
    """For each gold the first of the accepted answers that is shown to be another."""
    # Without the question, which may leave open what the gold says.
    trials = [
        trial(replace(each.example, question=""), (each.gold,), answer)
        for each in said
        for answer in each.accepted
    ]
    shown = iter(judges.shown(trials))
    for each in said:
        refuted = [answer for answer in each.accepted if next(shown).disproof]
        yield refuted[0] if refuted else None


def _checked(example: Example, judged: Sequence[tuple[_Said, str | None]]) -> CheckedGold:
    """The first of the row's golds without a problem speaks for it, or else its first gold."""
    if not judged:
        return CheckedGold(example, NO_GOLD, Problem.SENTINEL)
    problems = [_problem(*each) for each in judged]
    chosen = problems.index(None) if None in problems else 0
    sound = _those_with(problems, judged, (None,))
    said, taken = judged[chosen]
    return CheckedGold(
        example,
        said.rule,
        problems[chosen],
        comparable=sound or _those_with(problems, judged, (*UNUSABLE, Problem.UNDECIDED)),
        sound=bool(sound),
        taken=taken if problems[chosen] is Problem.PARTIAL else None,
    )


def _those_with(
    problems: Sequence[Problem | None],
    judged: Sequence[tuple[_Said, str | None]],
    these: Collection[Problem | None],
) -> tuple[str, ...]:
    return tuple(said.gold for problem, (said, _) in zip(problems, judged, strict=True) if problem in these)


def _problem(said: _Said, taken: str | None) -> Problem | None:
    if is_sentinel(said.gold):  # whatever the rule says: some read `proof` as a product of letters
        return Problem.SENTINEL
    if said.rule.outcome is RuleOutcome.ACCEPT:
        return None if taken is None else Problem.PARTIAL
    if said.rule.outcome is RuleOutcome.REJECT:
        return Problem.UNEQUAL
    if said.rule.reason not in UNPARSABLE_REASONS:
        return Problem.UNDECIDED
    return Problem.UNPARSABLE if _is_readable(said) else Problem.UNREADABLE


def _is_readable(said: _Said) -> bool:
    """Whether at least we know what it says."""
    return not is_unclear(readings(said.gold, said.example.question))
