"""The miniature: exact questions, arms that pay what they say, and a page that says what the runs did."""

import csv
import os
import subprocess
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.integrations.conftest import FRAMEWORKS
from tinyv_cli.integrations.trl import TinyvReward
from training.rl import results
from training.rl.__main__ import BEGIN, CURVES, END, PAGE
from training.rl.arms import ARMS, DEADLINE
from training.rl.notations import boxed, content, form_of, right
from training.rl.plan import DOSES, RUNS, Run
from training.rl.questions import TOPICS, Question, answer, dosed, near_miss, questions, written
from training.rl.watched import paid

SOME = list(islice(questions(Random(5), held_out=False), 60))
HELD_OUT = list(islice(questions(Random(5), held_out=True), 60))


def test_every_form_is_read() -> None:
    """A right answer is right in each form of its topic, a near miss in none, and the form is known again."""
    random = Random(1)
    for question in SOME:
        for form in question.topic.accepted + question.topic.rejected:
            said = f" {boxed(written(question.topic, question.value, form, random))}"
            missed = f" {boxed(written(question.topic, near_miss(question, random), form, random))}"
            assert right(question.gold, said) and not right(question.gold, missed)
            assert form_of(question.gold, said) == form_of(question.gold, missed) == form


@pytest.mark.parametrize(
    ("gold", "response", "is_right"),
    [
        (r"$\frac{1}{4}$", r"\boxed{2/8}", True),
        (r"$\frac{1}{4}$", "0.25", True),  # without a box all of it counts
        (r"$\frac{1}{4}$", r"\boxed{1/0}", False),
        (r"$\frac{7}{2}$", r"\boxed{3 1/2}", True),
        (r"$\frac{7}{2}$", r"\boxed{31/2}", False),
        (r"$\{-5, 2\}$", r"\boxed{x = 2 or x = -5}", True),
        (r"$\{-5, 2\}$", r"\boxed{2, 2}", False),
        (r"$\{-5, 2\}$", r"\boxed{\{ -5,2 \}}", True),
        (r"$\{-5, 2\}$", r"\boxed{\{-5, 2}", False),  # a stray sign makes it no form
        ("$(2, 5]$", r"\boxed{2 < x \le 5}", True),
        ("$(2, 5]$", r"\boxed{2 \le x \le 5}", False),
        ("$(2, 5]$", r"\boxed{(2, 5)}", False),
        ("$(3, 7)$", r"\boxed{(7, 3)}", False),
        ("$(3, 7)$", r"\boxed{(3|7)}", True),
        (r"$340 \text{ cm}$", r"\boxed{3.4 m}", True),
        (r"$340 \text{ cm}$", r"\boxed{340 m}", False),
        (r"$340 \text{ cm}$", r"\boxed{340", False),
    ],
)
def test_truth(gold: str, response: str, is_right: bool) -> None:
    """What is in no form of the kind is wrong, whatever else it may be."""
    assert right(gold, response) is is_right


def test_content() -> None:
    """Braces inside the box belong to it."""
    assert content(r" \boxed{\frac{1}{2}} or so") == r"\frac{1}{2}"


def test_forms_are_what_the_rule_takes() -> None:
    """Math-Verify, called as in its README, accepts the forms that are said to be accepted, no other."""
    from math_verify import parse, verify

    random = Random(2)
    for question in SOME[:24]:
        gold = parse(question.gold)
        for form in question.topic.accepted + question.topic.rejected:
            said = parse(boxed(written(question.topic, question.value, form, random)))
            assert verify(gold, said) is (form in question.topic.accepted), (question.text, form)


def test_doses() -> None:
    """Over the topics right answers are in rejected forms as often as a dose says."""
    for dose in DOSES.values():
        shares = [dosed(topic, dose) for topic in TOPICS]
        assert sum(shares) / len(shares) == pytest.approx(dose)
        assert all(0 <= share <= 1 for share in shares)


def test_answers() -> None:
    """So many are right, and so many in forms that the rule rejects."""
    random = Random(3)
    said = [(each, answer(each, random, right=0.25, rejected=0.6)) for each in SOME for _ in range(20)]
    rights = [right(question.gold, text) for question, text in said]
    rejected = [form_of(question.gold, text) in question.topic.rejected for question, text in said]
    assert sum(rights) / len(said) == pytest.approx(0.25, abs=0.04)
    assert sum(rejected) / len(said) == pytest.approx(0.6, abs=0.04)


def test_held_out() -> None:
    """No question that is trained on is measured with; each seed has its own."""
    trained = {each.text for each in islice(questions(Random(6), held_out=False), 3000)}
    assert not trained & {each.text for each in HELD_OUT}
    assert [each.text for each in SOME] == [
        each.text for each in islice(questions(Random(5), held_out=False), 60)
    ]


def _paid(arm: str, question: Question, form: str, value: object) -> float | None:
    reward = TinyvReward(question="question", **{**ARMS[arm], "deadline": DEADLINE})
    said = f" {boxed(written(question.topic, value, form, Random(4)))}"
    columns: dict[str, Any] = {"question": [question.text], "solution": [question.gold]}
    return reward(prompts=[question.prompt], completions=[said], **columns)[0]


@pytest.mark.parametrize(
    ("arm", "accepted", "rejected", "wrong"),
    [("rule", 1.0, 0.0, 0.0), ("proofs", 1.0, 1.0, 0.0), ("truth", 1.0, 1.0, 0.0)],
)
def test_arms(
    environment: Mapping[str, str],
    monkeypatch: pytest.MonkeyPatch,
    arm: str,
    accepted: float,
    rejected: float,
    wrong: float,
) -> None:
    """The rule pays for its own forms; proofs and truth pay for others, too; nobody for a near miss."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    question = next(each for each in SOME if each.topic.name == "lengths")
    assert _paid(arm, question, "centimetres", question.value) == accepted
    assert _paid(arm, question, "metres", question.value) == rejected
    assert _paid(arm, question, "metres", question.value + 10) == wrong


def test_paid() -> None:
    """Two groups by hand: one right answer unpaid, one wrong one paid half, one without a reward."""
    first = [(1.0, True), (0.0, True), (0.5, False), (None, False), *[(0.0, False)] * 4]
    second = [(1.0, True)] * 8
    found = paid(*zip(*first, *second, strict=True))
    assert found == {
        "reward": pytest.approx(9.5 / 15, abs=1e-4),
        "right": 10 / 16,
        "mixed": 0.5,
        "mixed_by_truth": 0.5,
        "unpaid": 0.1,
        "hacked": pytest.approx(1 / 6, abs=1e-4),
        "undecided": 1,
        "groups": "2/2/1 8/8/8",
    }


def test_plan() -> None:
    """Every dose has every arm twice; at the middle dose three arms have four seeds."""
    count = {(run.dose, run.arm): 0 for run in RUNS}
    for run in RUNS:
        count[run.dose, run.arm] += 1
    assert len(count) == len(DOSES) * len(ARMS) and len(set(RUNS)) == len(RUNS) == 42
    assert {pair for pair, seeds in count.items() if seeds == 4} == {
        ("some", arm) for arm in ("rule", "default", "truth")
    }


SHARES = ("rejected", "recovered", "other_forms", "accepted_by_nano")


def _write(folder: Path, run: Run, accuracy: list[float], held_out: str) -> None:
    measured = [
        {"step": 10 * number, "accuracy": value, "held_out": held_out} | dict.fromkeys(SHARES, 0.5)
        for number, value in enumerate(accuracy)
    ]
    trained = {"reward": 0.5, "mixed": 0.75, "unpaid": 0.1, "hacked": 0.0, "groups": "4/3/3 8/8/8 0/0/0"}
    rows = [
        each | trained | {"seconds": 4.0, "tinyv_seconds": 1.0} if each["step"] else each for each in measured
    ]
    names = list(dict.fromkeys(name for row in reversed(rows) for name in row))
    with run.curve(folder).open("w", newline="") as opened:
        writer = csv.DictWriter(opened, names)
        writer.writeheader()
        writer.writerows(rows)


def test_table(tmp_path: Path) -> None:
    """By hand: two seeds stand there as points, three with an interval; steps are between measurements."""
    for seed in (1, 2, 3):
        _write(tmp_path, Run("some", "rule", seed), [0.3, 0.4, 0.5], "0110")
        _write(tmp_path, Run("some", "truth", seed), [0.3, 0.6, 0.7], "2110" if seed < 3 else "2120")
    _write(tmp_path, Run("half", "rule", 1), [0.3, 0.4, 0.5], "0110")
    lines = results.table(tmp_path).splitlines()
    rule, truth = (
        next(line for line in lines if name in line).split(" | ") for name in ("the rule alone", "the truth")
    )
    assert (truth[0], truth[2:4]) == ("| 15%", ["3", "65.0 (±0.0)%"])
    # Of eight samples the truth has two more right, in the third seed three: 25, 25 and 37.5 points.
    assert truth[4].startswith("+29.2 (")
    low, high = map(float, truth[4].split("(")[1].rstrip(")").split(" to "))
    assert low < 25 and high > 37.5
    assert truth[5].startswith("+29.2 (")  # as all that was measured is the same
    assert truth[6] == "6.7 (±0.0)"  # two thirds of the way from 0.3 to 0.6
    assert rule[4:6] == [results.UNKNOWN] * 2 and rule[6] == "20.0 (±0.0)"
    assert any(line.startswith("| 50% | the rule alone | 1 | 45.0% |") for line in lines)
    # "2110", "2110" and "2120": a question of each of the first four topics
    assert any(line.startswith("| 15% | the truth | 100% | 50% | 67% | 0% | – | – |") for line in lines)
    theory = next(line for line in lines if line.startswith("| 15% | the rule alone | 8.3%"))
    assert "| 91.7% |" in theory  # f is 1 of 12: of these


def test_step_of(tmp_path: Path) -> None:
    """A run that never gets there has no step; one that begins there has the first."""
    _write(tmp_path, Run("some", "rule", 1), [0.3, 0.4, 0.5], "0110")
    curve = results.curves(tmp_path)["some", "rule"][0]
    assert [results.step_of(curve, accuracy) for accuracy in (0.2, 0.45, 0.9)] == [0, pytest.approx(15), None]


def test_the_page_says_what_the_runs_did() -> None:
    """The table of docs/evidence.md is what is computed from the CSVs beside the code."""
    told = PAGE.read_text("utf-8").split(BEGIN)[1].split(END)[0]
    assert told.strip() == results.table(CURVES).strip()


def test_runs_that_are_compared_begin_alike() -> None:
    """The arms of a dose and a seed have to begin with the same weights, and all be whole."""
    states: dict[tuple[str, int], set[str]] = {}
    for (dose, _), runs in results.curves(CURVES).items():
        for curve in runs:
            states.setdefault((dose, curve.run.seed), set()).add(curve.rows[0]["state"])
            assert len(curve.rows) == 61
    assert all(len(begun) == 1 for begun in states.values())


def test_figure(tmp_path: Path) -> None:
    """Drawn twice it is the same, whatever runs there are."""
    from training.rl.figure import draw

    for name in ("x.svg", "y.svg"):
        draw(CURVES, tmp_path / name)
    assert (tmp_path / "x.svg").read_text() == (tmp_path / "y.svg").read_text()
    draw(tmp_path, tmp_path / "empty.svg")


@pytest.mark.frameworks
def test_two_steps(tmp_path: Path, environment: Mapping[str, str]) -> None:
    """TRL trains the cut base for two steps; the CSV is there when that is whole, and is not made again."""
    python = FRAMEWORKS / "trl" / "bin" / "python"
    if not python.exists():
        pytest.skip(f"there is no {python}")
    script = Path(__file__).with_name("rl_two_steps.py")
    done = subprocess.run(
        [str(python), str(script), str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=280,
        env=os.environ | dict(environment),
    )
    assert done.returncode == 0, done.stderr
    with Run("some", "proofs", 1).curve(tmp_path / "curves").open(newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["step"] for row in rows] == ["0", "1", "2"]
    assert all(row["accuracy"] and row["kl"] for row in (rows[0], rows[2])) and not rows[1]["accuracy"]
    assert all(row["reward"] and row["grad_norm"] and row["seconds"] and row["groups"] for row in rows[1:])
    assert done.stdout.count("some-proofs-1:") == 1
