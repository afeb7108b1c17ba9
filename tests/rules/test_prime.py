"""verl's PRIME scorer, the paper's rule verifier, audited as it is: it starts processes and sets alarms."""

import json
import multiprocessing
import shutil
import time
from importlib.util import find_spec
from pathlib import Path

import psutil
import pytest

from tests.conftest import Tinyv
from tests.standins import prime_math

pytestmark = pytest.mark.skipif(
    multiprocessing.get_all_start_methods()[0] != "fork",
    reason="without fork its decorated functions cannot be sent to a child, by verl itself neither",
)

MODULE = "scorers.prime_math:compute_score"
FILE = "scorers/prime_math/__init__.py:compute_score"
VERL = pytest.param(
    "verl.utils.reward_score.prime_math:compute_score",
    marks=pytest.mark.skipif(find_spec("verl") is None, reason="verl is not installed"),
)

# Gold, response, and whether PRIME's scorer accepts: checked with verl 0.9.1.
CASES = [
    ("5", r"So it is \boxed{5}.", True),
    ("5", r"So it is \boxed{6}.", False),
    ("7", "The answer is 7.", True),
    ("5", r"\boxed{5.0}", True),
    ("1000", r"\boxed{1,000}", True),
    (r"50\%", r"\boxed{50}", True),
    (r"26.6^\circ", r"\boxed{26.6}", True),
    (r"40 \text{ cm}^2", r"\boxed{40}", True),
    ("3", r"\boxed{x = 3}", True),
    # settled by sympy, in a child process
    (r"\frac{25}{2}", r"\boxed{12\frac{1}{2}}", True),
    (r"\frac{39}{2}", r"\boxed{19.5}", True),
    ("x^2-1", r"\boxed{(x-1)(x+1)}", True),
    (r"2\sqrt{2}", r"\boxed{\sqrt{8}}", True),
    (r"(1, \frac{1}{2})", r"\boxed{(1, 0.5)}", True),
    # settled by a number for pi, in the stand-in under an alarm
    (r"\pi", r"\boxed{3.14159}", True),
    # right, and rejected
    (r"\frac{3}{14}", r"\boxed{\frac{6}{28}}", False),
    ("5", r"\boxed{\frac{10}{2}}", False),
    ("3, 8", r"\boxed{8, 3}", False),
    ("(1, 2), (3, 4)", r"\boxed{\{(3, 4), (1, 2)\}}", False),
    (r"(-\infty, 4)", r"\boxed{x < 4}", False),
    (r"(-\infty, -2)", r"\boxed{x \in (-\infty, -2)}", False),
    ("3:5", r"\boxed{3/5}", False),
    ("5", r"\boxed{\text{five}}", False),
    ("2", r"\boxed{\{2\}}", False),
]
HANGING = ("x", r"\boxed{x+99999999!}")


@pytest.fixture
def scorers(tmp_path: Path) -> None:
    """A folder of somebody's scorers, with the stand-in among them."""
    shutil.copytree(Path(prime_math.__file__).parent, tmp_path / "scorers" / "prime_math")


def judged(tinyv: Tinyv, rule: str, pairs: list[tuple[str, str]], *, seconds: int) -> list[str]:
    """What `tinyv audit` says of each pair: the reason why the rule is undecided, or else its outcome."""
    rows = [{"question": "?", "gold": gold, "response": response} for gold, response in pairs]
    done = tinyv(
        *("audit", "-", "--rule", rule, "--model", "none", "--workers", "2"),
        stdin="".join(f"{json.dumps(row)}\n" for row in rows),
        set={"TINYV_RULE_TIMEOUT": str(seconds)},
    )
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return [line["tinyv_rule_reason"] or line["tinyv_rule"] for line in lines]


@pytest.mark.usefixtures("scorers")
@pytest.mark.parametrize("rule", [MODULE, FILE, VERL])
def test_audited_as_it_is(tinyv: Tinyv, rule: str) -> None:
    """In our workers it says what it says anywhere, whether named by module or by file."""
    said = judged(tinyv, rule, [(gold, response) for gold, response, _ in CASES], seconds=60)
    expected = ["accept" if accepted else "reject" for _, _, accepted in CASES]
    assert dict(zip(CASES, said, strict=True)) == dict(zip(CASES, expected, strict=True))


@pytest.mark.usefixtures("scorers")
@pytest.mark.parametrize("rule", [MODULE, VERL])
def test_its_children_end_with_it(tinyv: Tinyv, tmp_path: Path, rule: str) -> None:
    """What takes it longer than we allow is a time-out, and the child that hangs is not left behind."""
    said = judged(tinyv, rule, [("5", "5"), HANGING, ("6", "6"), ("6", "7")], seconds=2)
    assert said == ["accept", "timeout", "accept", "reject"]
    deadline = time.monotonic() + 5
    while left := [p for p in psutil.process_iter(["cwd"]) if p.info["cwd"] == str(tmp_path)]:
        assert time.monotonic() < deadline, left
        time.sleep(0.1)
