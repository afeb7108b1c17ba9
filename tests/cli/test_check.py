"""`tinyv check`: one example, explained, with an exit code for scripts."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Tinyv


@pytest.mark.parametrize(
    ("arguments", "code", "verdict", "evidence"),
    [
        (["-g", "4", r"so \boxed{4}"], 0, "correct", "rule"),
        (
            ["-q", "Solve x^2-5x+6=0", "-g", r"\{2,3\}", "Two and three", "--proofs=off"],
            0,
            "correct",
            "model",
        ),
        (["-g", "f(n)=2n+1", "f(m)=2m+1"], 0, "correct", "proof"),
        (["-g", "4", "19"], 1, "incorrect", "disproof"),
        (["-q", "What is 2+2?", "-g", "4", r"\boxed{7}", "--proofs=off"], 1, "incorrect", "model"),
        (["-g", "4", "..."], 1, "incorrect", "guard"),
        (["-g", "12\\pi", "Solution"], 1, "incorrect", "guard"),
        (["-g", "4", r"\boxed{5}", "--model", "none", "--proofs=off"], 1, "incorrect", "rule"),
        (["-g", "", "5"], 3, "undecided", None),
        (["-g", "1", "-g", "2", "2", "--model", "none"], 0, "correct", "rule"),
        (["-g", "-3", "--model", "none", "--", "-3"], 0, "correct", "rule"),
    ],
)
def test_exit_code_and_json(
    tinyv: Tinyv, arguments: list[str], code: int, verdict: str, evidence: str | None
) -> None:
    """0 correct, 1 incorrect, 3 undecided; --json says who settled it."""
    done = tinyv("check", "--json", *arguments)
    assert done.returncode == code, done.stderr
    said = json.loads(done.stdout)
    assert (said["verdict"], said["evidence"]) == (verdict, evidence)
    assert said["schema_version"] == 2
    assert said["seconds"] > 0
    assert (said["p"] is not None) == (evidence == "model")


def test_explanation(tinyv: Tinyv) -> None:
    """The extracted answer and how, the rule's verdict, p, the verdict and the time."""
    done = tinyv("check", "-q", "What is 2+3?", "-g", "5", "The answer is five.", "--proofs=off")
    said = {line.split("  ")[0].strip(): line for line in done.stdout.splitlines()}
    assert "five" in said["answer"] and "(answer_is)" in said["answer"]
    assert "reject" in said["rule math-verify"]
    assert re.search(r"p = [01]\.\d{3}, threshold 0.5", said["model nano"])
    assert "likely false negative" in said["verdict"]
    assert said["time"].rstrip().endswith("s")


def test_the_proof_is_shown(tinyv: Tinyv) -> None:
    """A proof in words, and in JSON step by step with the pair that was left."""
    arguments = ["check", "-g", "f(n)=2n+1", "f(m)=1+2m", "--model=none"]
    said = {line.split("  ")[0].strip(): line for line in tinyv(*arguments).stdout.splitlines()}
    assert "'f(m)' for 'f(n)'; equal in value as polynomials, exactly" in said["proof"]
    assert "by the proof; a proved false negative" in said["verdict"]
    assert json.loads(tinyv(*arguments, "--json").stdout)["proof"] == {
        "leaf": "7.1",
        "steps": [
            {"leaf": "7.1", "sentence": "'f(m)' for 'f(n)'", "rounds": False},
            {"leaf": "3.1", "sentence": "equal in value as polynomials, exactly", "rounds": False},
        ],
        "gold": "2n+1",
        "answer": "1+2n",
    }


def test_kind_of_a_false_negative(tinyv: Tinyv) -> None:
    """Its leaf of the taxonomy, also where only a model found it, and where the rule lost it."""
    arguments = ["check", "-q", "Solve x^2-5x+6=0", "-g", r"\{2,3\}", "Two and three", "--proofs=off"]
    shown = tinyv(*arguments).stdout.splitlines()
    said = {line.split("  ")[0].strip(): line for line in shown}
    assert "5.3 phrasing" in said["kind"] and "comparison" in said["lost in"]
    found = json.loads(tinyv(*arguments, "--json").stdout)
    assert (found["category"], found["lost_in"]) == ("5.3", "comparison")
    accepted = tinyv("check", "-g", "4", "4", "--model", "none")
    assert "kind" not in accepted.stdout and "lost in" not in accepted.stdout


def test_answer_lost_before_it_was_compared(tinyv: Tinyv) -> None:
    """A rule that takes the answer out of the response by itself may take something else."""
    response = r"\boxed{2}. Wait, that is not all: \boxed{3}"
    arguments = ("check", "-g", "3", response, "--rule", "math-verify/default", "--model=none", "--json")
    found = json.loads(tinyv(*arguments).stdout)
    assert (found["rule"], found["answer"], found["lost_in"]) == ("reject", "3", "extraction")


def test_response_from_standard_input(tinyv: Tinyv) -> None:
    """A response of - is read from standard input."""
    done = tinyv("check", "-g", "4", "-", "--model", "none", stdin="long reasoning\nso \\boxed{4}\n")
    assert done.returncode == 0


def test_a_hanging_rule_is_undecided(tinyv: Tinyv) -> None:
    """A timeout is undecided, not wrong."""
    tower = r"\boxed{10^{(5^{5^{5^5}})}}"
    done = tinyv("check", "-g", "4", tower, "--model", "none", "--json", set={"TINYV_RULE_TIMEOUT": "1"})
    assert done.returncode == 3
    assert json.loads(done.stdout)["rule_reason"] in {"timeout", "memory", "crash"}


@pytest.mark.parametrize("arguments", [["5"], ["-g", "5"], ["-g", "5", "5", "--threshold", "x"]])
def test_usage_errors(tinyv: Tinyv, arguments: list[str]) -> None:
    """What is missing or malformed is usage: exit 2, one line."""
    done = tinyv("check", *arguments)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("tinyv: ")


def test_terminal_escapes_are_shown_not_obeyed(tinyv: Tinyv, tmp_path: Path) -> None:
    """Neither escapes nor rich markup of a response reach the terminal as such."""
    done = tinyv("check", "-g", "5", "\\boxed{\x1b[31m[red]6[/red]\x07}", "--model", "none")
    assert "\x1b" not in done.stdout and "\x07" not in done.stdout
    assert "[red]6[/red]" in done.stdout
