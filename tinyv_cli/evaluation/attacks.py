"""Whether verifiers can be fooled: every pattern on examples whose gold is known, with and without guards.

Of each pattern an example gets one response, the patterns' variants in turn: so that the trials are
independent of one another, as the intervals of their shares suppose.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from random import Random
from typing import Any

from tinyv_cli.evaluation.patterns import PATTERNS, TO_THE_JUDGE, Pattern
from tinyv_cli.guards import guard
from tinyv_cli.guards.claim import normalised, words_of
from tinyv_cli.guards.orders import asks_whether, says_verdict
from tinyv_cli.maths.answers import find_answer
from tinyv_cli.maths.kinds import Kind, kind_of
from tinyv_cli.records import Answer, Example, RuleOutcome
from tinyv_cli.running.progress import Advance
from tinyv_cli.stages import Rule, Says


@dataclass(frozen=True, slots=True)
class Fooled:
    """How often a verifier found correct what is wrong; `undecided` is none of these."""

    count: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Attacked:
    """What rules and models said of the wrong responses that one pattern makes, `tried` of them.

    `bare` are the models without guards, `guarded` with them; `refused` says how often a guard did, and why.
    """

    pattern: str
    group: str
    source: str
    tried: int
    refused: Mapping[str, int]
    rules: Mapping[str, Fooled]
    bare: Mapping[str, Fooled]
    guarded: Mapping[str, Fooled]


NEVER = -1.0  # below any threshold
MOST_CANDIDATES = 6
# Wrong answers for kinds of which the examples have no second gold; none of them is a likely gold.
MADE_UP = {
    Kind.NUMBER: ("7919", "-48611"),
    Kind.EXPRESSION: (r"7919\sqrt{97}", "w^{23}-7919"),
    Kind.EQUATION: ("w = 7919", "7919w + 97 = 0"),
    Kind.INTERVAL: ("(7919, 7927)", "w > 48611"),
    Kind.SET: (r"\{7919, 7927\}", "(48611, 97)"),
    Kind.MATRIX: (r"\begin{pmatrix} 7919 \\ 97 \end{pmatrix}", r"\begin{pmatrix} 97 & 7919 \end{pmatrix}"),
    Kind.TEXT: ("a lamp post in Narnia", "the second Tuesday of the month"),
    Kind.CHOICE: ("J", "I"),
    Kind.UNIT: (r"7919 \text{ parsecs}", r"48611 \text{ fortnights}"),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """A wrong response to an example, the answer found in it, and why a guard refuses that, if one does."""

    example: Example
    answer: Answer
    refusal: str | None


class Attack:
    """Every pattern tried on some examples, a hundred or so, and what verifiers said of that.

    The first of the `rules` sees to it that what is meant to be wrong is; undecided is counted apart.
    """

    def __init__(self, examples: Sequence[Example], rules: Mapping[str, Rule], threshold: float) -> None:
        known = [example for example in examples if example.golds]
        wrong = wrong_answers(known, next(iter(rules.values()), None))
        self._trials = {pattern: list(trials(pattern, known, wrong)) for pattern in PATTERNS}
        self._threshold = threshold
        self._attacked = {pattern: _untouched(pattern, tried) for pattern, tried in self._trials.items()}

    def on_rule(self, name: str, rule: Rule, advance: Advance) -> None:
        """Try to fool a rule."""

        def fooled(tried: Sequence[Trial]) -> dict[str, dict[str, Fooled]]:
            return {"rules": {name: _of_rule(_outcomes(rule, tried))}}

        self._all(fooled, advance)

    def on_model(self, name: str, model: Says, advance: Advance) -> None:
        """Try to fool a model, without guards and with them."""

        def fooled(tried: Sequence[Trial]) -> dict[str, dict[str, Fooled]]:
            scores = _scores(model, tried)
            guarded = [NEVER if trial.refusal else p for trial, p in zip(tried, scores, strict=True)]
            return {
                "bare": {name: _of_model(scores, self._threshold)},
                "guarded": {name: _of_model(guarded, self._threshold)},
            }

        self._all(fooled, advance)

    def outcome(self) -> list[Attacked]:
        """What came of it, pattern by pattern."""
        return list(self._attacked.values())

    def _all(
        self, fooled: Callable[[Sequence[Trial]], dict[str, dict[str, Fooled]]], advance: Advance
    ) -> None:
        for number, (pattern, tried) in enumerate(self._trials.items(), 1):
            attacked = self._attacked[pattern]
            said: dict[str, Any] = {
                way: {**getattr(attacked, way), **by_name} for way, by_name in fooled(tried).items()
            }
            self._attacked[pattern] = replace(attacked, **said)
            advance(len(tried), 0, number / len(self._trials))


def _untouched(pattern: Pattern, tried: Sequence[Trial]) -> Attacked:
    refused = Counter(trial.refusal for trial in tried if trial.refusal)
    return Attacked(
        pattern.name, pattern.group, pattern.source, len(tried), refused, rules={}, bare={}, guarded={}
    )


def trials(pattern: Pattern, examples: Sequence[Example], wrong: Sequence[str]) -> Iterator[Trial]:
    """One response for each example, the pattern's variants in turn, save those right by accident."""
    for number, (example, other) in enumerate(zip(examples, wrong, strict=True)):
        if responses := pattern.make(example.question, example.golds[0], other):
            trial = tried_on(example, responses[number % len(responses)])
            if not may_be_right(pattern, trial):
                yield trial


def tried_on(example: Example, response: str) -> Trial:
    """The example with this response instead of its own; verdicts that were recorded were on its own."""
    attacked = replace(example, response=response, recorded={})
    answer = find_answer(response)
    return Trial(attacked, answer, guard(attacked, answer))


def may_be_right(pattern: Pattern, trial: Trial) -> bool:
    """Whether the response says the gold by accident, such as "Solution" where that is the gold.

    Where it is asked whether something holds, an order to say that the answer is true may be an answer.
    """
    said = _words(trial.answer.text or "")
    golds = list(map(_words, trial.example.golds))
    if pattern.uses_gold:
        return said in golds
    if pattern.group == TO_THE_JUDGE:
        if any(says_verdict(set(gold.split())) for gold in golds):
            return True
        if asks_whether(trial.example.question):
            return any(kind_of(gold) in (Kind.TEXT, Kind.CHOICE) for gold in trial.example.golds)
    return any(gold.strip() and gold in said for gold in golds)


def _words(text: str) -> str:
    return f" {' '.join(words_of(normalised(text)))} "


def wrong_answers(examples: Sequence[Example], rule: Rule | None) -> list[str]:
    """For each example the gold of another one of its kind that the rule does not accept, or one made up."""
    candidates = [_candidates(example, _by_kind(examples)) for example in examples] if examples else []
    chosen = [own[-1] for own in candidates]
    open_ones = list(range(len(examples)))
    for turn in range(MOST_CANDIDATES):
        tried = [i for i in open_ones if turn < len(candidates[i])]
        accepted = _accepted(rule, [(examples[i], candidates[i][turn]) for i in tried])
        for i, right in zip(tried, accepted, strict=True):
            if not right:
                chosen[i] = candidates[i][turn]
        open_ones = [i for i, right in zip(tried, accepted, strict=True) if right]
    return chosen


def _by_kind(examples: Sequence[Example]) -> dict[Kind, list[str]]:
    golds: dict[Kind, dict[str, None]] = defaultdict(dict)
    for example in examples:
        golds[kind_of(example.golds[0])][_answer(example.golds[0])] = None
    return {kind: list(known) for kind, known in golds.items()}


def _answer(gold: str) -> str:
    """What a gold says as an answer: one in a box would be all that is found in any response."""
    return (find_answer(gold).text or gold).rstrip("\\")


def _candidates(example: Example, golds: Mapping[Kind, list[str]]) -> list[str]:
    """Others' golds in an order of the example's own, then those made up; none that says its own gold."""
    kind, own = kind_of(example.golds[0]), list(map(_words, example.golds))
    others = golds[kind]
    start = Random(f"{example.question}\n{example.golds[0]}").randrange(len(others))
    turned = [*others[start:], *others[:start]]
    told_apart = [text for text in [*turned, *MADE_UP[kind]] if not _says_any(text, own)]
    return [
        *told_apart[: MOST_CANDIDATES - 1],
        MADE_UP[kind][0] if not _says_any(MADE_UP[kind][0], own) else MADE_UP[kind][1],
    ]


def _says_any(text: str, golds: list[str]) -> bool:
    said = _words(text)
    return any(gold in said or said in gold for gold in golds)


def _accepted(rule: Rule | None, pairs: list[tuple[Example, str]]) -> list[bool]:
    if rule is None:
        return [False] * len(pairs)
    tried = [tried_on(example, f"\\boxed{{{text}}}") for example, text in pairs]
    return [outcome is RuleOutcome.ACCEPT for outcome in _outcomes(rule, tried)]


def _outcomes(rule: Rule, tried: Sequence[Trial]) -> list[RuleOutcome]:
    results = rule.submit([trial.example for trial in tried], [trial.answer for trial in tried])()
    return [result.outcome for result in results]


def _of_rule(outcomes: list[RuleOutcome]) -> Fooled:
    return Fooled(outcomes.count(RuleOutcome.ACCEPT), outcomes.count(RuleOutcome.UNDECIDED))


def _of_model(scores: list[float | None], threshold: float) -> Fooled:
    decided = [p for p in scores if p is not None]
    return Fooled(sum(p >= threshold for p in decided), len(scores) - len(decided))


def _scores(model: Says, tried: Sequence[Trial]) -> list[float | None]:
    """p for each trial, as in an audit; None where there is none."""
    return [opinion.p for opinion in model([(trial.example, trial.answer) for trial in tried])]


# Of each pattern every example gets one response: of a hundred the 95% interval of "none" ends at 3.7%.
MOST_TARGETS = 100


class Targets:
    """Those whose hashes are smallest: a random sample, the same in whatever order the rows come."""

    def __init__(self, most: int = MOST_TARGETS) -> None:
        self._most = most
        self._kept: dict[bytes, Example] = {}

    def add(self, examples: Iterable[Example]) -> None:
        """Consider these; examples without a gold cannot be attacked."""
        for example in examples:
            if example.golds:
                self._kept.setdefault(_key(example), example)
        smallest = sorted(self._kept)[: self._most]
        self._kept = {key: self._kept[key] for key in smallest}

    def __len__(self) -> int:
        return len(self._kept)

    def examples(self) -> list[Example]:
        """The sample."""
        return [self._kept[key] for key in sorted(self._kept)]


def _key(example: Example) -> bytes:
    text = "\x00".join((example.question, *example.golds))
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
