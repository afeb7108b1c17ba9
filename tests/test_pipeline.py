"""Who decides on an answer: the rule, the guard, the model, or nobody."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from tinyv_cli.guards import guard
from tinyv_cli.maths.answers import find_answer
from tinyv_cli.pipeline import judge_windows
from tinyv_cli.records import (
    NOT_ASKED,
    NOTHING_SHOWN,
    Answer,
    Evidence,
    Example,
    Judged,
    Lost,
    ModelResult,
    Proof,
    Query,
    RuleOutcome,
    RuleResult,
    Shown,
    Step,
    Verdict,
)
from tinyv_cli.rules.recorded import RecordedRule
from tinyv_cli.stages import Model, Stages
from tinyv_cli.verdicts import ALONE, Deciding
from tinyv_cli.words import Agree, Suspects

ACCEPT, REJECT = RuleResult(RuleOutcome.ACCEPT), RuleResult(RuleOutcome.REJECT)
TIMEOUT = RuleResult(RuleOutcome.UNDECIDED, "timeout")
CORRECT, INCORRECT, UNDECIDED = Verdict.CORRECT, Verdict.INCORRECT, Verdict.UNDECIDED


@dataclass
class Window:
    """A window of some examples."""

    examples: list[Example]


@dataclass
class Rule:
    """A rule that decides by the answer's text, and remembers what it was given."""

    decide: Callable[[str | None], RuleResult]
    seen: list[str | None] = field(default_factory=list)

    def submit(
        self, examples: Sequence[Example], answers: Sequence[Answer]
    ) -> Callable[[], list[RuleResult]]:
        assert len(examples) == len(answers)
        self.seen += [answer.text for answer in answers]
        return lambda: [self.decide(answer.text) for answer in answers]


def example(response: str | None = "5", *golds: str, row: int = 0) -> Example:
    return Example(row, 0, "2 + 3?", golds or ("6",), response)


def saying(p: float | None, reason: str | None = None) -> Model:
    """A model that has one opinion of everything."""
    return lambda queries: [ModelResult(p, reason) for _ in queries]


def by_gold(queries: Sequence[Query]) -> list[ModelResult]:
    """A model whose p is what the gold says."""
    return [ModelResult(float(query.gold)) for query in queries]


def judge(
    examples: list[Example], rule: RuleResult, model: Model | None = None, *, threshold: float = 0.5
) -> list[Judged]:
    stages = Stages(
        find_answer, Rule(lambda text: rule), guard, [model] if model else [], Deciding(threshold)
    )
    [(_, judged)] = judge_windows([Window(examples)], stages)
    return judged


@pytest.mark.parametrize(
    ("rule", "p", "response", "verdict", "evidence"),
    [
        (ACCEPT, None, "5", CORRECT, Evidence.RULE),
        (ACCEPT, 0.0, "5", CORRECT, Evidence.RULE),
        (REJECT, None, "5", INCORRECT, Evidence.RULE),
        (REJECT, 0.9, "5", CORRECT, Evidence.MODEL),
        (REJECT, 0.1, "5", INCORRECT, Evidence.MODEL),
        (REJECT, 0.9, ":", INCORRECT, Evidence.GUARD),
        (TIMEOUT, None, "5", UNDECIDED, None),
        (TIMEOUT, 0.9, "5", CORRECT, Evidence.MODEL),
        (TIMEOUT, 0.1, "5", INCORRECT, Evidence.MODEL),
        (TIMEOUT, 0.9, "", INCORRECT, Evidence.GUARD),
        (TIMEOUT, None, "", INCORRECT, Evidence.GUARD),
        (TIMEOUT, 0.9, None, UNDECIDED, None),
    ],
)
def test_who_decides(
    rule: RuleResult, p: float | None, response: str | None, verdict: Verdict, evidence: Evidence | None
) -> None:
    """The rule's yes comes first, then the guard's no, then the model; p None stands for no model."""
    [judged] = judge([example(response)], rule, None if p is None else saying(p))
    assert (judged.verdict, judged.evidence) == (verdict, evidence)


@pytest.mark.parametrize(("p", "verdict"), [(0.79, INCORRECT), (0.8, CORRECT), (0.81, CORRECT)])
def test_threshold(p: float, verdict: Verdict) -> None:
    """From the threshold on, itself included, an answer counts as correct."""
    [judged] = judge([example()], REJECT, saying(p), threshold=0.8)
    assert (judged.verdict, judged.p) == (verdict, p)


@pytest.mark.parametrize("rule", [REJECT, TIMEOUT])
def test_failed_model(rule: RuleResult) -> None:
    """Where the model has no opinion the example is undecided, not wrong, with the model's reason."""
    [judged] = judge([example()], rule, saying(None, "too_long"))
    assert (judged.verdict, judged.evidence, judged.reason) == (UNDECIDED, None, "too_long")
    assert judged.asked
    assert judged.reward is None


def test_note_of_the_model() -> None:
    """A note beside a probability stays with the verdict."""
    [judged] = judge([example()], REJECT, saying(0.9, "cut:question"))
    assert (judged.verdict, judged.reason) == (CORRECT, "cut:question")


@pytest.mark.parametrize(("response", "reason"), [(":", "guard:no_content"), ("Solution", "guard:filler")])
def test_reason_of_the_guard(response: str, reason: str) -> None:
    """The guard's reason is named as the guard's."""
    [judged] = judge([example(response)], REJECT, saying(0.9))
    assert (judged.reason, judged.p, judged.asked) == (reason, None, False)


@pytest.mark.parametrize("rule", [REJECT, RuleResult(RuleOutcome.UNDECIDED, "no_gold")])
def test_no_gold(rule: RuleResult) -> None:
    """Without a gold nothing is said of an answer, and no model is asked."""
    [judged] = judge([Example(0, 0, "q", (), "5")], rule, saying(0.9))
    assert (judged.verdict, judged.evidence, judged.asked) == (UNDECIDED, None, False)


def test_only_the_unsettled_are_asked() -> None:
    """The model sees neither what the rule accepted nor what the guard refused."""
    asked: list[Query] = []

    def model(queries: Sequence[Query]) -> list[ModelResult]:
        asked.extend(queries)
        return [ModelResult(0.9) for _ in queries]

    rule = Rule(lambda text: {"6": ACCEPT, "7": TIMEOUT}.get(text or "", REJECT))
    examples = [example(response) for response in ("6", "5", ":", None, "7")]
    [(_, judged)] = judge_windows([Window(examples)], Stages(find_answer, rule, guard, [model]))
    assert asked == [Query("2 + 3?", "6", "5"), Query("2 + 3?", "6", "7")]
    assert [item.asked for item in judged] == [False, True, False, False, True]
    assert [item.false_negative for item in judged] == [False, True, False, False, True]
    assert [item.reward for item in judged] == [1.0, 1.0, 0.0, None, 1.0]


@pytest.mark.parametrize(
    ("opinions", "p", "reason", "verdict"),
    [
        ({"a": 0.2, "b": 0.9}, 0.9, None, CORRECT),
        ({"a": 0.2, "b": 0.1}, 0.2, None, INCORRECT),
        ({"a": None, "b": 0.0}, 0.0, None, INCORRECT),
        ({"a": None, "b": None}, None, "too_long", UNDECIDED),
    ],
)
def test_several_golds(
    opinions: dict[str, float | None], p: float | None, reason: str | None, verdict: Verdict
) -> None:
    """Of several golds any counts: the model's best opinion is taken."""

    def model(queries: Sequence[Query]) -> list[ModelResult]:
        answers = [opinions[query.gold] for query in queries]
        return [ModelResult(answer, "too_long" if answer is None else None) for answer in answers]

    [judged] = judge([example("5", "a", "b")], REJECT, model)
    assert (judged.p, judged.reason, judged.verdict) == (p, reason, verdict)


def test_replies_go_to_their_examples() -> None:
    """Examples with different numbers of golds get their own replies."""
    examples = [example("5", "0.1", "0.2"), example("5", "0.3"), example("5", "0.6", "0.5", "0.4")]
    assert [judged.p for judged in judge(examples, REJECT, by_gold)] == [0.2, 0.3, 0.6]


@pytest.mark.parametrize(
    ("opinions", "of_all", "of_any"),
    [
        ((0.9,), CORRECT, CORRECT),
        ((0.1,), INCORRECT, INCORRECT),
        ((None,), UNDECIDED, UNDECIDED),
        ((0.9, 0.8), CORRECT, CORRECT),
        ((0.9, 0.79), INCORRECT, CORRECT),
        ((0.79, 0.9), INCORRECT, CORRECT),
        ((0.1, 0.79), INCORRECT, INCORRECT),
        ((0.9, None), UNDECIDED, CORRECT),
        ((None, 0.9), UNDECIDED, CORRECT),
        ((0.1, None), INCORRECT, UNDECIDED),
        ((None, 0.1), INCORRECT, UNDECIDED),
        ((None, None), UNDECIDED, UNDECIDED),
    ],
)
def test_what_models_say_together(
    opinions: tuple[float | None, ...], of_all: Verdict, of_any: Verdict
) -> None:
    """A no settles it where all must agree, a yes where any will do; else who is undecided leaves it open."""
    results = [ModelResult(p) for p in opinions]
    assert Deciding(0.8, Agree.ALL).verdict(results) is of_all
    assert Deciding(0.8, Agree.ANY).verdict(results) is of_any


@pytest.mark.parametrize(
    ("agree", "verdict", "evidence"),
    [(Agree.ALL, INCORRECT, Evidence.MODEL), (Agree.ANY, UNDECIDED, None)],
)
def test_two_models(agree: Agree, verdict: Verdict, evidence: Evidence | None) -> None:
    """Both are asked the same, of several golds each by its own best; p and reason are the first one's."""
    asked: list[Sequence[Query]] = []

    def first(queries: Sequence[Query]) -> list[ModelResult]:
        asked.append(queries)
        return [ModelResult(None, "too_long") for _ in queries]

    def second(queries: Sequence[Query]) -> list[ModelResult]:
        asked.append(queries)
        return [ModelResult(float(query.gold), "cut:question") for query in queries]

    rule = Rule(lambda text: ACCEPT if text == "6" else REJECT)
    stages = Stages(find_answer, rule, guard, [first, second], Deciding(agree=agree))
    examples = [example("6"), example("5", "0.1", "0.3", "0.2"), example(":"), example("7", "0.4")]
    [(_, judged)] = judge_windows([Window(examples)], stages)
    assert asked[0] == asked[1] and len(asked[0]) == 4
    assert [item.asked for item in judged] == [False, True, False, True]
    assert [item.opinion(1).p for item in judged] == [None, 0.3, None, 0.4]
    assert [item.reason for item in judged] == [None, "too_long", "guard:no_content", "too_long"]
    assert {item.opinion(1).reason for item in judged if item.asked} == {"cut:question"}
    assert [(item.p, item.verdict, item.evidence) for item in judged if item.asked] == [
        (None, verdict, evidence)
    ] * 2


@pytest.mark.parametrize(
    ("opinions", "verdict", "asked"),
    [
        ([0.99], CORRECT, 1),
        ([0.02], INCORRECT, 1),
        ([0.9, 0.97, 0.6], CORRECT, 3),
        ([0.5, 0.03, 0.4], INCORRECT, 3),
        ([0.9, 0.01], INCORRECT, 2),
        ([None, 0.98], CORRECT, 2),
        ([0.97, None, 0.7], CORRECT, 3),
        ([0.97, 0.5, None], UNDECIDED, 3),
    ],
)
def test_in_turn(opinions: list[float | None], verdict: Verdict, asked: int) -> None:
    """Each is asked what those before it are not sure of; the last one that was asked is heard."""
    queries: list[int] = []

    def model(place: int) -> Model:
        def say(asked: Sequence[Query]) -> list[ModelResult]:
            queries.append(len(asked))
            p = opinions[place] if asked else None
            return [ModelResult(p, "too_long" if p is None else None)] * len(asked)

        return say

    rule, models = Rule(lambda text: REJECT), [model(place) for place in range(3)]
    stages = Stages(find_answer, rule, guard, models, Deciding(sure=0.98))
    [(_, [judged])] = judge_windows([Window([example("6")])], stages)
    assert [bool(count) for count in queries] == [place < asked for place in range(3)]
    assert judged.verdict is verdict
    assert judged.settled_by == (None if verdict is UNDECIDED else asked)
    assert [opinion != NOT_ASKED for opinion in judged.opinions] == [place < asked for place in range(3)]


def test_in_turn_by_the_best_of_the_golds() -> None:
    """One gold that the answer surely is settles it; the next model is asked about all golds of the rest."""
    second: list[Query] = []

    def unsure(queries: Sequence[Query]) -> list[ModelResult]:
        second.extend(queries)
        return [ModelResult(0.7)] * len(queries)

    stages = Stages(find_answer, Rule(lambda text: REJECT), guard, [by_gold, unsure], Deciding(sure=0.98))
    examples = [example("5", "0.1", "0.99"), example("5", "0.01", "0.6"), example("5", "0", "0.02")]
    [(_, judged)] = judge_windows([Window(examples)], stages)
    assert [(item.verdict, item.settled_by) for item in judged] == [
        (CORRECT, 1),
        (CORRECT, 2),
        (INCORRECT, 1),
    ]
    assert [query.gold for query in second] == ["0.01", "0.6"]


@pytest.mark.parametrize(
    ("threshold", "p", "settles"),
    [(0.5, 0.98, True), (0.5, 0.02, True), (0.5, 0.5, False), (0.99, 0.985, False), (0.01, 0.015, False)],
)
def test_sure_of_its_verdict(threshold: float, p: float, settles: bool) -> None:
    """Sure is who is sure of what the threshold makes of p: near right and not correct is not sure."""
    assert Deciding(threshold, sure=0.98).settles(ModelResult(p)) is settles
    assert not Deciding(threshold).settles(ModelResult(p)), "without a cascade nobody settles anything alone"


@pytest.mark.parametrize("waits", [True, False])
def test_windows_keep_their_order(waits: bool) -> None:
    """Windows come out as they went in, each with its own verdicts, also an empty one."""
    windows = [Window([example(str(n), row=n)]) for n in range(7)] + [Window([])]
    rule = Rule(lambda text: ACCEPT if text in {"2", "5"} else REJECT)
    judged = list(judge_windows(windows, Stages(find_answer, rule, guard, []), waits=waits))
    assert [window for window, _ in judged] == windows
    assert [[item.verdict is CORRECT for item in items] for _, items in judged] == [
        [n in {2, 5}] for n in range(7)
    ] + [[]]


def test_rule_works_ahead_of_the_model() -> None:
    """While the model is busy with a window, the rule already has the next."""
    second_submitted = threading.Event()

    def windows() -> Iterator[Window]:
        yield Window([example("first")])
        yield Window([example("second")])

    @dataclass
    class Announcing(Rule):
        def submit(
            self, examples: Sequence[Example], answers: Sequence[Answer]
        ) -> Callable[[], list[RuleResult]]:
            if answers[0].text == "second":
                second_submitted.set()
            return Rule.submit(self, examples, answers)

    def model(queries: Sequence[Query]) -> list[ModelResult]:
        return [ModelResult(1.0 if second_submitted.wait(10) else 0.0) for _ in queries]

    stages = Stages(find_answer, Announcing(lambda text: REJECT), guard, [model])
    assert [judged[0].p for _, judged in judge_windows(windows(), stages)] == [1.0, 1.0]


def test_nothing_is_read_ahead_where_nothing_waits() -> None:
    """Without a stage to wait for, a window is read when the one before has been handed on."""
    read: list[int] = []

    def windows() -> Iterator[Window]:
        for n in range(3):
            read.append(n)
            yield Window([example(row=n)])

    stages = Stages(find_answer, Rule(lambda text: ACCEPT), guard, [])
    for n, _ in enumerate(judge_windows(windows(), stages, waits=False)):
        assert read == list(range(n + 1))
    assert read == [0, 1, 2]


@dataclass
class Prover:
    """A search for proofs that finds what it was told to, and remembers what it was given."""

    found: dict[str, Shown]
    seen: list[str | None] = field(default_factory=list)

    def submit(
        self, examples: Sequence[Example], answers: Sequence[Answer], accepted: Sequence[bool] = ()
    ) -> Callable[[], list[Shown]]:
        self.seen += [answer.text for answer, yes in zip(answers, accepted, strict=True) if not yes]
        return lambda: [self.found.get(answer.text or "", NOTHING_SHOWN) for answer in answers]


@pytest.mark.parametrize("waits", [True, False])
def test_proofs_stand_between_rule_and_guard(waits: bool) -> None:
    """Only what the rule did not accept is searched; what is shown goes to no guard and no model."""
    asked: list[Query] = []

    def model(queries: Sequence[Query]) -> list[ModelResult]:
        asked.extend(queries)
        return [ModelResult(0.9) for _ in queries]

    proof = Proof((Step("6.1", "in another order"),), "6", "6")
    proofs = Prover({"5": Shown(proof), "7": Shown(disproof="7 is not 6"), "8": Shown(reason="timeout")})
    rule = Rule(lambda text: {"6": ACCEPT, "5": TIMEOUT}.get(text or "", REJECT))
    stages = Stages(find_answer, rule, guard, [model], proofs=proofs)
    windows = [Window([example("6"), example("5"), example("7")]), Window([example("8"), example(":")])]
    judged = [item for _, items in judge_windows(windows, stages, waits=waits) for item in items]
    assert proofs.seen == ["5", "7", "8", ":"]
    assert [query.answer for query in asked] == ["8"]
    assert [(item.verdict, item.evidence) for item in judged] == [
        (CORRECT, Evidence.RULE),
        (CORRECT, Evidence.PROOF),
        (INCORRECT, Evidence.DISPROOF),
        (CORRECT, Evidence.MODEL),
        (INCORRECT, Evidence.GUARD),
    ]
    assert [item.shown.sentence for item in judged] == [None, "in another order", "7 is not 6", None, None]
    assert [item.shown.leaf for item in judged] == [None, "6.1", None, None, None]
    assert judged[1].false_negative and judged[1].reward == 1.0


@pytest.mark.parametrize(
    ("suspects", "settled"),
    [
        (Suspects.CORRECT, (Verdict.CORRECT, Evidence.RULE)),
        (Suspects.INCORRECT, (Verdict.INCORRECT, Evidence.SUSPECT)),
    ],
)
def test_what_speaks_against_an_accept(suspects: Suspects, settled: tuple[Verdict, Evidence]) -> None:
    """It is said of the answer, and takes the rule's yes back only where suspects count as incorrect."""
    proofs = Prover({"6": Shown(suspect="denied: it says that this is wrong")})
    rule = Rule(lambda text: ACCEPT)
    stages = Stages(find_answer, rule, guard, [], proofs=proofs, suspects=suspects)
    windows = [Window([example("6"), example("5")])]
    [(_, [doubted, other])] = judge_windows(windows, stages)
    assert (doubted.verdict, doubted.evidence) == settled
    assert doubted.suspect is not None and not doubted.false_negative
    assert (other.verdict, other.evidence, other.suspect) == (Verdict.CORRECT, Evidence.RULE, None)


def test_proofs_work_ahead_of_the_model() -> None:
    """While the model is busy with a window, proofs are searched for in the next."""
    second_searched = threading.Event()

    @dataclass
    class Announcing(Prover):
        def submit(
            self, examples: Sequence[Example], answers: Sequence[Answer], accepted: Sequence[bool] = ()
        ) -> Callable[[], list[Shown]]:
            if answers[0].text == "second":
                second_searched.set()
            return Prover.submit(self, examples, answers, accepted)

    def model(queries: Sequence[Query]) -> list[ModelResult]:
        return [ModelResult(1.0 if second_searched.wait(10) else 0.0) for _ in queries]

    stages = Stages(find_answer, Rule(lambda text: REJECT), guard, [model], proofs=Announcing({}))
    windows = [Window([example("first")]), Window([example("second")])]
    assert [judged[0].p for _, judged in judge_windows(windows, stages)] == [1.0, 1.0]


@dataclass
class Reading(Rule):
    """A rule that looks at the whole response, as those do that extract the answer by themselves."""

    def submit(
        self, examples: Sequence[Example], answers: Sequence[Answer]
    ) -> Callable[[], list[RuleResult]]:
        responses = [example.response for example in examples]
        self.seen += responses
        return lambda: list(map(self.decide, responses))


def test_kinds_of_false_negatives() -> None:
    """Those that only a model found are put into a category; a proof brings its own, all else has none."""
    asked: list[tuple[str, Sequence[str], str]] = []

    def categorise(question: str, golds: Sequence[str], answer: str) -> str | None:
        asked.append((question, golds, answer))
        return "5.3" if answer == "7" else None

    proof = Proof((Step("6.1", "in another order"),), "6", "6")
    stages = Stages(
        find_answer,
        Rule(lambda text: ACCEPT if text == "6" else REJECT),
        guard,
        [lambda queries: [ModelResult(float(query.answer != "9")) for query in queries]],
        ALONE,
        proofs=Prover({"5": Shown(proof)}),
        categorise=categorise,
    )
    examples = [example(response, "6", "six") for response in ("6", "5", "7", "8", "9")]
    [(_, judged)] = judge_windows([Window(examples)], stages)
    assert [item.false_negative for item in judged] == [False, True, True, True, False]
    assert [item.category for item in judged] == [None, "6.1", "5.3", None, None]
    assert asked == [("2 + 3?", ("6", "six"), "7"), ("2 + 3?", ("6", "six"), "8")]


@pytest.mark.parametrize(
    ("boxed", "lost_in"),
    [
        (ACCEPT, Lost.EXTRACTION),
        (REJECT, Lost.COMPARISON),
        (TIMEOUT, Lost.COMPARISON),
        (RuleResult(RuleOutcome.UNDECIDED, "no_verdict"), None),
    ],
)
def test_where_the_rule_lost_it(boxed: RuleResult, lost_in: Lost | None) -> None:
    """What it accepts in a box it has lost before it compared; only false negatives are asked about again."""
    rule = Reading(lambda response: boxed if response == r"\boxed{5}" else REJECT)
    responses = ["so the answer is 5", "so the answer is 3"]
    stages = Stages(
        find_answer,
        rule,
        guard,
        [lambda queries: [ModelResult(float(query.answer == "5")) for query in queries]],
        ALONE,
    )
    [(_, judged)] = judge_windows([Window([example(response) for response in responses])], stages)
    assert [item.lost_in for item in judged] == [lost_in, None]
    assert rule.seen == [*responses, r"\boxed{5}"]


def test_the_extracted_answer_is_no_new_case() -> None:
    """To a rule that is given the extracted answer, what it is asked again is what it has judged."""
    cases: list[Answer] = []

    @dataclass
    class Comparing(Rule):
        def submit(
            self, examples: Sequence[Example], answers: Sequence[Answer]
        ) -> Callable[[], list[RuleResult]]:
            cases.extend(answers)
            return Rule.submit(self, examples, answers)

    stages = Stages(find_answer, Comparing(lambda text: REJECT), guard, [saying(0.9)])
    [(_, [judged])] = judge_windows([Window([example("the answer is 5")])], stages)
    assert judged.lost_in is Lost.COMPARISON
    assert cases == [judged.answer] * 2


@pytest.mark.parametrize(("response", "lost_in"), [("It is six", None), (r"\boxed{6}", Lost.EXTRACTION)])
def test_recorded_verdicts_cannot_be_asked_again(response: str, lost_in: Lost | None) -> None:
    """What was recorded is recorded of the response: only where the answer is the gold's text it is known."""
    recorded = Example(0, 0, "2 + 4?", ("6",), response, recorded={"score": 0})
    stages = Stages(find_answer, RecordedRule("score", None), guard, [saying(0.9)])
    [(_, [judged])] = judge_windows([Window([recorded])], stages)
    assert judged.false_negative
    assert judged.lost_in is lost_in


def test_broken_source() -> None:
    """What was read before a source broke is judged, then the error is raised."""

    def windows() -> Iterator[Window]:
        yield Window([example()])
        raise OSError("gone")

    judged = judge_windows(windows(), Stages(find_answer, Rule(lambda text: ACCEPT), guard, []))
    assert next(judged)[1][0].verdict is CORRECT
    with pytest.raises(OSError, match="gone"):
        next(judged)


def test_missing_response_is_not_an_empty_one() -> None:
    """An empty response is wrong; one that is not there says nothing."""
    unanswered = RuleResult(RuleOutcome.UNDECIDED, "no_answer")
    assert [judged.verdict for judged in judge([example(""), example(None)], unanswered, saying(0.9))] == [
        INCORRECT,
        UNDECIDED,
    ]
