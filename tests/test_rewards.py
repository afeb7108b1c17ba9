"""What a reward is made of: the rule, the model, or a mixture, as in the code of the paper's authors."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import Tinyv, write_lines
from tests.test_pipeline import ACCEPT, REJECT, TIMEOUT, Rule, Window, example, saying
from tinyv_cli.guards import guard
from tinyv_cli.maths.answers import find_answer
from tinyv_cli.pipeline import judge_windows
from tinyv_cli.records import Judged, ModelResult, Query, RuleResult, Verdict
from tinyv_cli.stages import Stages
from tinyv_cli.verdicts import Rewarding
from tinyv_cli.words import Mode

ADDON, ONLY, MIXED = Mode
WEIGHTS = (0.0, 0.25, 1.0)


def judged(rewarding: Rewarding, rule: RuleResult, p: float | None, response: str | None = "5") -> Judged:
    """What becomes of an answer of which the rule and a model say this."""
    stages = Stages(find_answer, Rule(lambda _: rule), guard, [saying(p)], rewarding=rewarding)
    [(_, [item])] = judge_windows([Window([example(response)])], stages)
    return item


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("accepts", [True, False])
@pytest.mark.parametrize("yes", [True, False])
@pytest.mark.parametrize("mode", Mode)
def test_formulas(mode: Mode, *, accepts: bool, yes: bool, weight: float) -> None:
    """Each mode by its formula, of a rule and a model that both say yes or no."""
    expected = {
        ADDON: 1 if accepts else weight * yes,
        ONLY: yes,
        MIXED: weight * yes + (1 - weight) * accepts,
    }
    found = judged(Rewarding(mode, weight), ACCEPT if accepts else REJECT, 0.9 if yes else 0.1)
    assert found.reward == expected[mode]
    assert found.verdict is (Verdict.CORRECT if accepts or yes else Verdict.INCORRECT)


@pytest.mark.parametrize(
    ("mode", "rule", "p", "response", "reward"),
    [
        (ADDON, ACCEPT, None, "6", 1),
        (ADDON, REJECT, None, "5", None),
        (ADDON, TIMEOUT, 0.9, "5", 0.5),
        (ONLY, ACCEPT, None, "6", None),
        (MIXED, ACCEPT, None, "6", None),
        (MIXED, TIMEOUT, 0.9, "5", 0.5),
        (ONLY, REJECT, 0.9, ":", 0),
        (MIXED, REJECT, 0.9, None, None),
    ],
)
def test_failures(
    mode: Mode, rule: RuleResult, p: float | None, response: str | None, reward: float | None
) -> None:
    """A model that says nothing leaves open what rests on it; what a guard refuses is none of its yeses."""
    assert judged(Rewarding(mode, 0.5), rule, p, response).reward == reward


def test_who_is_asked() -> None:
    """Where the reward is the model's, it is asked about what the rule accepts too."""
    asked: list[str] = []

    def model(queries: Sequence[Query]) -> list[ModelResult]:
        asked.extend(query.answer for query in queries)
        return [ModelResult(0.9) for _ in queries]

    rule = Rule(lambda text: ACCEPT if text == "6" else REJECT)
    examples = [example(response) for response in ("6", "5", ":", None)]
    for mode in (ADDON, ONLY):
        asked.clear()
        stages = Stages(find_answer, rule, guard, [model], rewarding=Rewarding(mode))
        list(judge_windows([Window(examples)], stages))
        assert asked == (["5"] if mode is ADDON else ["6", "5"])


def test_of_an_audit(tmp_path: Path, tinyv: Tinyv) -> None:
    """`--mode` and `--weight` change the rewards and who is asked, and no verdict; the file says so."""
    row = '{"question": "2 + 3?", "answer": "5", "response": "\\\\boxed{%s}"}'
    write_lines(tmp_path / "rollouts.jsonl", *(row % answer for answer in ("5", "5.0", "7")))
    tables = {}
    for mode, weight in ((ADDON, 1.0), (MIXED, 0.25)):
        options = ("--mode", mode, "--weight", str(weight), "-o", f"{mode}.parquet")
        done = tinyv("audit", "rollouts.jsonl", "--rule", "exact", *options)
        assert done.returncode == 0, done.stderr
        tables[mode] = pl.read_parquet(tmp_path / f"{mode}.parquet")
    addon, mixed = tables[ADDON], tables[MIXED]
    assert addon["tinyv_verdict"].to_list() == mixed["tinyv_verdict"].to_list()
    assert addon["tinyv_reward"].to_list() == [1, 1, 0] and addon["tinyv_p"].is_null().all()
    assert mixed["tinyv_p"].is_not_null().to_list() == [True, True, False]
    yes = [p is not None and p >= 0.5 for p in mixed["tinyv_p"]]
    assert mixed["tinyv_reward"].to_list() == [
        0.25 * y + 0.75 * r for y, r in zip(yes, (1, 1, 0), strict=True)
    ]
    assert tinyv("report", "addon.parquet", "mixed.parquet").returncode == 2  # one column of two kinds


def test_nobody_to_reward(tinyv: Tinyv) -> None:
    """A reward that is a model's needs one."""
    done = tinyv("check", "-g", "5", "--mode", "only", "--model", "none", "5")
    assert (done.returncode, "name a --model" in done.stderr) == (2, True)
