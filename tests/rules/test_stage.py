"""The rule stage says what a plain call of the same rule says, and asks each question once."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from tinyv_cli.maths.answers import find_answer
from tinyv_cli.records import Example, RuleOutcome, RuleResult
from tinyv_cli.rules import RULES, opened_rule
from tinyv_cli.running.cache import VerdictCache, opened_cache
from tinyv_cli.stages import Rule

# Long enough that nothing here runs into it, however busy the machine is.
LIMITS: Any = {"workers": 2, "timeout": 60.0, "memory": 4 << 30}

GOLDS = (
    "4",
    "-3",
    "0",
    "1,152",
    "0.25",
    "3.0",
    r"\frac{1}{2}",
    r"-\frac{10}{4}",
    "$3/7$",
    r"3\frac{3}{8}",
    r"2\sqrt{3}",
    r"\frac{3 + \sqrt{5}}{2}",
    r"\frac{5\pi}{12}",
    "2^{10}",
    "12x + 5",
    "x^2 - 3x + 2",
    "x = 3",
    "y = 2x - 1",
    r"x \ge 2",
    "(1, -2)",
    "[0, 1)",
    r"(-\infty, 1] \cup [4, \infty)",
    r"\{1, 2, 3\}",
    "24, -3",
    r"1 \text{ or } -1",
    r"50\%",
    r"75^\circ",
    r"3 \text{ cm}^2",
    "2:1",
    "33_4",
    r"\begin{pmatrix} 1 & 0 \\ 0 & 3 \end{pmatrix}",
    r"\text{odd}",
    "No solution",
    "7:00",
    r"\frac{1}{0}",
    r"\geqslant",
    r"\frac{",
    "C",
    "∅",
    "",
)

MUTATIONS: tuple[Callable[[str], str], ...] = (
    lambda text: f"  {text} ",
    lambda text: text.replace(" ", ""),
    lambda text: text.replace(r"\frac", r"\dfrac"),
    lambda text: re.sub(r"\\frac\{(\d)\}\{(\d)\}", r"\\frac\1\2", text),
    lambda text: re.sub(r"\\frac\{(.*?)\}\{(.*?)\}", r"(\1)/(\2)", text),
    lambda text: f"{{{text}}}",
    lambda text: rf"\left({text}\right)",
    lambda text: rf"\text{{{text}}}",
    lambda text: rf"\mathbf{{{text}}}",
    lambda text: f"${text}$",
    lambda text: rf"\boxed{{{text}}}",
    lambda text: f"{text}.",
    lambda text: f"{text}.0",
    lambda text: rf"{text}\%",
    lambda text: rf"{text} \text{{ cm}}",
    lambda text: f"{text} apples",
    lambda text: f"x = {text}",
    lambda text: f"-{text}",
    lambda text: f"+{text}",
    lambda text: text.replace("-", "−"),
    lambda text: text.replace("-", ""),
    lambda text: ", ".join(reversed(text.split(", "))),
    lambda text: text.replace("(", "[").replace(")", "]"),
    lambda text: f"{text}, {text}",
    lambda text: rf"{text} \text{{ or }} 7",
    lambda text: re.sub(r"\d+", lambda number: str(int(number[0]) + 1), text, count=1),
    lambda text: text[: len(text) * 2 // 3],
    lambda text: text[1:],
    lambda text: text.upper(),
    lambda text: f"{text} }}{{ \\frac{{ 🙂\0",
)

RESPONSES = (
    "We add them up. So the answer is $\\boxed{%s}$.",
    "<think>Is it 5? Or \\boxed{6}?</think>\n\nThus \\[ \\boxed{%s} \\]",
    "\\boxed{2}. Wait, that is wrong. In fact it is \\boxed{%s}",
    "Add three to it.\n#### %s",
    "The final answer is: %s.",
    "Some steps, with $a = 4$ on the way,\nand then it must be %s",
    "%s",
)


def answers(golds: Sequence[str]) -> st.SearchStrategy[str]:
    """One of these golds, spelled in other ways or gone wrong."""
    return st.builds(_mutated, st.sampled_from(golds), st.lists(st.sampled_from(MUTATIONS), max_size=3))


def _mutated(text: str, mutations: Sequence[Callable[[str], str]]) -> str:
    for mutate in mutations:
        text = mutate(text)
    return text


@st.composite
def questions(draw: st.DrawFn) -> list[Example]:
    """Rollouts of one question: few answers in several forms, some missing; of several golds any counts."""
    golds = draw(st.lists(st.sampled_from(GOLDS), min_size=1, max_size=2))
    few = draw(st.lists(answers(golds) | answers(GOLDS), min_size=2, max_size=3, unique=True))
    responses = st.builds(lambda form, text: form % text, st.sampled_from(RESPONSES), st.sampled_from(few))
    rollouts = draw(st.lists(responses | st.none(), min_size=6, max_size=10))
    return [Example(0, rollout, "", tuple(golds), response) for rollout, response in enumerate(rollouts)]


@st.composite
def windows(draw: st.DrawFn) -> list[list[Example]]:
    """The rollouts of some questions, cut into windows anywhere."""
    examples = [
        example for question in draw(st.lists(questions(), min_size=4, max_size=8)) for example in question
    ]
    size = draw(st.integers(1, 30))
    return [examples[start : start + size] for start in range(0, len(examples), size)]


def judged(stage: Rule, windows: Sequence[Sequence[Example]]) -> list[RuleResult]:
    """All windows are handed over before the first result is asked for, as the pipeline may do."""
    pending = [
        stage.submit(window, [find_answer(example.response or "") for example in window])
        for window in windows
    ]
    return [result for results in pending for result in results()]


@cache
def called(name: str, golds: tuple[str, ...], response: str | None) -> RuleResult:
    """What the rule says when its function is simply called."""
    rule = RULES[name]
    case = rule.sees(Example(0, 0, "", golds, response), find_answer(response or ""))
    if isinstance(case, str):
        return RuleResult(RuleOutcome.UNDECIDED, case)
    try:
        return rule.judge(case)
    except BaseException as error:  # noqa: BLE001 - what a rule raises is its verdict's reason
        return RuleResult(RuleOutcome.UNDECIDED, f"error:{type(error).__name__}")


@pytest.fixture(scope="module", params=list(RULES))
def named_stage(request: pytest.FixtureRequest) -> Iterator[tuple[str, Rule]]:
    """Each rule with its workers, one after the other."""
    with opened_rule(request.param, **LIMITS) as stage:
        yield request.param, stage


# The same text found in two ways, and the same golds in two orders: not the same cases.
SAME_TEXT = [
    Example(0, 0, "", ("12",), "\\boxed{It costs 12 dollars}"),
    Example(0, 1, "", ("12",), "Let me see.\nIt costs 12 dollars"),
]
SAME_GOLDS = [
    Example(0, 0, "", ("7:00", "4"), "\\boxed{4}"),
    Example(0, 1, "", ("4", "7:00"), "\\boxed{4}"),
    Example(0, 2, "", ("4",), "\\boxed{4}"),
]


@given(windows=windows())
@example(windows=[SAME_TEXT, SAME_GOLDS])
@example(windows=[SAME_GOLDS[::-1] + SAME_TEXT[::-1]])
@settings(derandomize=True, max_examples=20, phases=[Phase.explicit, Phase.generate])
def test_the_verdict_of_a_plain_call(named_stage: tuple[str, Rule], windows: list[list[Example]]) -> None:
    """Workers, shared golds, duplicates, windows: nothing of it changes a verdict or a reason.

    What differs is shown as it is: to shrink a run of many examples takes longer than to read this.
    """
    name, stage = named_stage
    examples = [example for window in windows for example in window]
    differing = [
        (example.golds, example.response, result, expected)
        for example, result in zip(examples, judged(stage, windows), strict=True)
        if result != (expected := called(name, example.golds, example.response))
    ]
    assert differing == []


@pytest.mark.parametrize("name", RULES)
def test_a_kept_verdict_is_the_same(name: str, tmp_path: Path) -> None:
    """A second run, which finds every verdict in the cache, says what the first one said."""
    each_gold = [[Example(0, 0, "", (gold,), f"\\boxed{{{gold}}}")] for gold in GOLDS]
    said = []
    for _ in range(2):
        with (
            closing(VerdictCache(tmp_path / "verdicts", on_failure=pytest.fail)) as cache,
            opened_rule(name, cache=cache, **LIMITS) as stage,
        ):
            said.append(judged(stage, each_gold))
    assert said[0] == said[1]
    assert {result.outcome for result in said[0]} >= {RuleOutcome.ACCEPT}


def counting(gold: str, response: str) -> bool:
    """A rule that notes each of its calls in the file that the gold names."""
    with Path(gold).open("a") as calls:
        calls.write(f"{response}\n")
    return response == "right"


def answering(gold: Path, *responses: str) -> list[Example]:
    """A window of examples with this gold."""
    return [Example(0, rollout, "", (str(gold),), response) for rollout, response in enumerate(responses)]


@pytest.mark.parametrize("where", [__name__, __file__])
def test_once_in_a_window(where: str, tmp_path: Path) -> None:
    """Rollouts that say the same are judged once, also by a function of which no version is known."""
    ours, others = tmp_path / "ours", tmp_path / "others"
    window = answering(ours, "right", "wrong", "right", "right", "wrong") + answering(
        others, "right", "right"
    )
    with opened_rule(f"{where}:counting", **LIMITS) as stage:
        results = judged(stage, [window])
    assert [result.outcome is RuleOutcome.ACCEPT for result in results] == [1, 0, 1, 1, 0, 1, 1]
    assert sorted(ours.read_text().split()) == ["right", "wrong"]
    assert others.read_text().split() == ["right"]


def test_once_in_a_run(tmp_path: Path) -> None:
    """With --no-cache too, what one window asked is known to those after it, whether it is done or not."""
    gold = tmp_path / "gold"
    first, second = answering(gold, "right", "wrong", "wrong"), answering(gold, "wrong", "other", "right")
    third = answering(gold, "other", "right", "new")
    with (
        opened_cache(enabled=False, on_failure=pytest.fail) as cache,
        opened_rule(f"{__file__}:counting", cache=cache, **LIMITS) as stage,
    ):
        results = judged(stage, [first, second]) + judged(stage, [third])
    assert [result.outcome is RuleOutcome.ACCEPT for result in results] == [1, 0, 0, 0, 0, 1, 0, 1, 0]
    assert sorted(gold.read_text().split()) == ["new", "other", "right", "wrong"]
