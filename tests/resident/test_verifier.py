"""`Verifier`: from wherever trainers may call it, with an audit's verdicts, through deaths and delays."""

import asyncio
import logging
import os
import pickle
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import psutil
import pytest

from tests.conftest import SAMPLE, Tinyv
from tests.resident.conftest import residents, workers
from tinyv_cli import Verifier
from tinyv_cli.documents.parts import EXAMPLES
from tinyv_cli.errors import UsageError
from tinyv_cli.resident import client
from tinyv_cli.resident.verdict import Verdict
from tinyv_cli.verifier import _arguments

CASES = {  # gold and response: verdict, evidence, reward
    ("5", r"so \boxed{5}"): ("correct", "rule", 1.0),
    ("270 minutes", "4 h 30 min"): ("correct", "proof", 1.0),
    ("7", r"\boxed{8}"): ("incorrect", "disproof", 0.0),
    ("the author of Faust", r"\boxed{:}"): ("incorrect", "guard", 0.0),
    ("proof", r"\boxed{8}"): ("undecided", None, None),
}
COLUMNS = ["verdict", "evidence", "proof", "category", "suspect", "rule", "answer"]
SCRIPT = """
import threading
from tinyv_cli import Verifier
verifier = Verifier(no_cache=True, deadline=60)
found = []
thread = threading.Thread(target=lambda: found.append(verifier.verify(gold="7", response="x = 7")))
thread.start(); thread.join()
print(found[0].verdict, found[0].evidence)
"""


def came_to(verdict: Verdict) -> tuple[str, str | None, float | None]:
    return verdict.verdict, verdict.evidence, verdict.reward


@pytest.mark.parametrize("case", CASES)
def test_verdicts(verifier: Verifier, case: tuple[str, str]) -> None:
    """Each stage settles what is its own; what has no gold is undecided, and no reward is 0 for that."""
    gold, response = case
    assert came_to(verifier.verify(gold=gold, response=response)) == CASES[case]


def test_reasons(verifier: Verifier) -> None:
    """Why there is no verdict, and what the rule said by itself."""
    found = verifier.verify(gold="n/a", response="5")
    assert (found.reason, found.rule, found.rule_reward) == ("sentinel_gold", "undecided", 0.0)
    found = verifier.verify(gold=["4", "5"], response="5")
    assert (found.verdict, found.rule, found.rule_reward, found.false_negative) == (
        "correct",
        "accept",
        1,
        False,
    )


def test_chats(verifier: Verifier) -> None:
    """What trainers hold in hand is read as it is read from their files: chats, and a template's tokens."""
    question = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is 2 + 3?"}]
    answer = [{"role": "assistant", "content": r"\boxed{5}<|im_end|>"}]
    assert verifier.verify(question=question, gold=5, response=answer).evidence == "rule"


@pytest.mark.parametrize("proofs", [True, False])
def test_as_an_audit(verifier: Verifier, tinyv: Tinyv, tmp_path: Path, *, proofs: bool) -> None:
    """The sample's rows, row for row; without proofs half of them are put to the model."""
    switch = "on" if proofs else "off"
    done = tinyv("audit", SAMPLE / "rollouts.jsonl", "--no-cache", "--proofs", switch, "-o", "out.parquet")
    assert done.returncode == 0, done.stderr
    audited = pl.read_parquet(tmp_path / "out.parquet")
    rows = audited.select("question", "response", gold="answer").to_dicts()
    with Verifier(no_cache=True, deadline=60, proofs=proofs) as other:
        found = other.verify_many(rows)
    for name in COLUMNS:
        assert [getattr(each, name) for each in found] == audited[f"tinyv_{name}"].to_list(), name
    assert [each.reward for each in found] == audited["tinyv_reward"].to_list()
    assert [each.p for each in found] == pytest.approx(audited["tinyv_p"].to_list(), abs=1e-6, nan_ok=True)
    asked = [each.p for each in found if each.p is not None]
    assert len(asked) > (100 if not proofs else 0)


@pytest.mark.parametrize("by", ["file", "stdin"])
def test_no_guard(verifier: Verifier, tmp_path: Path, by: str) -> None:
    """A script without `if __name__ == "__main__"`, and one that is read from standard input, do not hang."""
    script = tmp_path / "train.py"
    script.write_text(SCRIPT)
    command = [sys.executable, str(script)] if by == "file" else [sys.executable]
    done = subprocess.run(command, input=SCRIPT, capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.stderr) == ("correct rule\n", "")


def test_threads(verifier: Verifier) -> None:
    """Many threads at a time, each with answers of its own."""
    found: dict[int, bool] = {}

    def ask(number: int) -> None:
        said = [verifier.verify(gold=str(number), response=str(number + off)).verdict for off in (0, 1)]
        found[number] = said == ["correct", "incorrect"]

    threads = [threading.Thread(target=ask, args=[number]) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == dict.fromkeys(range(40), True)


def test_asyncio(verifier: Verifier) -> None:
    """Many at once in a loop, which goes on meanwhile."""

    async def ask() -> tuple[list[Verdict], int]:
        ticks = 0
        calls = [asyncio.ensure_future(verifier.averify(gold=g, response=r)) for g, r in CASES]
        while not all(call.done() for call in calls):
            await asyncio.sleep(0.001)
            ticks += 1
        return [await call for call in calls], ticks

    found, ticks = asyncio.run(ask())
    assert [came_to(each) for each in found] == list(CASES.values()) and ticks > 0


@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_fork(verifier: Verifier) -> None:
    """A forked process has a line of its own, and its parent keeps theirs."""
    child = os.fork()
    if child == 0:
        found = verifier.verify(gold="7", response="x = 7").verdict
        os._exit(0 if found == "correct" else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert verifier.verify(gold="7", response="x = 7").verdict == "correct"


def test_pickled(verifier: Verifier) -> None:
    """What comes out of a pickle is made as the first was, and asks the same process."""
    before = residents()
    other = pickle.loads(pickle.dumps(verifier))
    assert other.verify(gold="7", response="x = 7").verdict == "correct"
    assert residents() == before
    other.close()


def test_one_for_all_processes(verifier: Verifier) -> None:
    """Processes that ask for the same share one resident."""
    before = residents()
    running = [subprocess.Popen([sys.executable, "-c", SCRIPT], stdout=subprocess.PIPE) for _ in range(3)]
    seen = {process.pid for process in residents()}
    for process in running:
        out, _ = process.communicate(timeout=120)
        assert out == b"correct rule\n"
        seen |= {process.pid for process in residents()}
    assert seen == {process.pid for process in before} and len(before) >= 1


def test_its_workers_wait_for_nobody(verifier: Verifier) -> None:
    """A training waits for them: they are as nice as whoever started the verifier, no more."""
    verifier.verify(gold="7", response="x = 7")
    all_workers = [worker for resident in residents() for worker in workers(resident)]
    assert {worker.nice() for worker in all_workers} == {psutil.Process().nice()}


def test_statistics(verifier: Verifier) -> None:
    """Counts by stage, why others are undecided, and quantiles of seconds."""
    with Verifier(no_cache=True, deadline=60) as other:
        other.verify_many({"gold": gold, "response": response} for gold, response in CASES)
        told = other.stats()
    assert told["calls"] == len(CASES)
    assert told["by_stage"] == {"rule": 1, "proof": 1, "disproof": 1, "guard": 1}
    assert told["undecided"] == {"sentinel_gold": 1}
    assert 0 < told["seconds"]["all"]["p50"] <= told["seconds"]["all"]["p99"] < 60


OWN_RULE = """
import time

def judge(solution_str, ground_truth, **_):
    if "sleep" in solution_str:
        time.sleep(60)
    return float(solution_str == ground_truth)
"""


@pytest.fixture
def own(as_a_user: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The options for a resident of the test's own that starts at once: a rule that may sleep, no more."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.py").write_text(OWN_RULE)
    yield {"rule": "mine.py:judge", "model": "none", "proofs": False, "no_cache": True, "workers": 3}


def test_deadline(own: dict[str, Any]) -> None:
    """What hangs is undecided at its deadline, and what is asked beside it is answered."""
    found: list[tuple[str | None, float]] = []
    with Verifier(**own, deadline=4) as verifier:
        hung = [threading.Thread(target=_timed, args=[verifier, found]) for _ in range(2)]
        for thread in hung:
            thread.start()
        assert verifier.verify(gold="5", response="5").evidence == "rule"
        for thread in hung:
            thread.join()
    assert all(reason == "deadline" and 4 <= seconds < 4.5 for reason, seconds in found), found


def _timed(verifier: Verifier, found: list[tuple[str | None, float]]) -> None:
    began = time.monotonic()
    verdict = verifier.verify(gold=str(threading.get_ident()), response="sleep")
    assert (verdict.verdict, verdict.reward) == ("undecided", None)
    found.append((verdict.reason, time.monotonic() - began))


@pytest.mark.parametrize("killed", ["resident", "workers"])
def test_kill(own: dict[str, Any], killed: str, caplog: pytest.LogCaptureFixture) -> None:
    """What is killed midway is replaced, and every call has its answer."""
    before = residents()
    with Verifier(**own, deadline=60) as verifier:
        [resident] = (each for each in residents() if each not in before)
        for process in [resident] if killed == "resident" else workers(resident):
            threading.Timer(0.05, process.kill).start()
        rows = [{"gold": str(n), "response": str(n + n % 2)} for n in range(2000)]
        found = verifier.verify_many(rows)
        assert [each.reward for each in found] == [float(n % 2 == 0) for n in range(2000)]
        gone = "the resident verifier is gone; starting it again" in caplog.messages
        assert gone is (killed == "resident") and (resident not in residents()) is gone


def test_ends_with_the_last(own: dict[str, Any]) -> None:
    """It is there for as long as anybody is connected, and leaves no process behind."""
    before = residents()
    first, second = Verifier(**own).open(), Verifier(**own).open()
    [resident] = (each for each in residents() if each not in before)
    below = resident.children(recursive=True)
    first.close()
    assert second.verify(gold="5", response="5").reward == 1
    second.close()
    resident.wait(30)
    deadline = time.monotonic() + 30
    while any(process.is_running() for process in below) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(process.is_running() for process in below)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"rule": "nobody"}, "no rule is named 'nobody'"),
        ({"rule": "column:score"}, "reads a verdict from a file"),
        ({"mode": "only", "model": "none"}, "name a --model"),
        ({"colour": "red"}, "--colour"),
        ({"model": "nowhere.gguf"}, "nowhere.gguf"),
    ],
)
def test_what_cannot_be(as_a_user: None, options: dict[str, Any], said: str) -> None:
    """What the command line would refuse is an error in its words, when it is opened and when it is used."""
    verifier = Verifier(**options)
    with pytest.raises(UsageError, match=said):
        verifier.open()
    with pytest.raises(UsageError, match=said):
        verifier.verify(gold="5", response="5")


def test_full(own: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond so many calls under way a further one is refused, undecided, and at once."""
    monkeypatch.setattr(client, "MOST_CALLS", 1)
    with Verifier(**own, deadline=1) as verifier:
        first = threading.Thread(target=verifier.verify, kwargs={"gold": "1", "response": "sleep"})
        first.start()
        time.sleep(0.2)
        found = verifier.verify(gold="5", response="5")
        first.join()
    assert (found.verdict, found.reason, found.reward) == ("undecided", "queue_full", None)


def test_shadow(as_a_user: None, run_in: Tinyv, tmp_path: Path) -> None:
    """Rewards stay the rule's, also where it fails; what would have been said is reported from the folder."""
    folder = tmp_path / "shadow"
    with Verifier(model="none", no_cache=True, deadline=60, shadow=folder) as verifier:
        for step in (1, 2):
            rows = ({"gold": gold, "response": response, "step": step} for gold, response in CASES)
            found = verifier.verify_many(rows)
            assert [each.reward for each in found] == [1, 0, 0, 0, 0]
            assert {each.evidence for each in found} == {"rule"}
    deadline = time.monotonic() + 30
    while not list(folder.glob("*.parquet")) and time.monotonic() < deadline:
        time.sleep(0.1)
    done = run_in(tmp_path, "report", "shadow", "--json")
    assert done.returncode == 0, done.stderr
    [part] = folder.glob("*.parquet")
    written = pl.read_parquet(part)
    assert sorted(written["tinyv_step"]) == [1] * 5 + [2] * 5
    assert written["tinyv_false_negative"].sum() == 2 and written["tinyv_evidence"].n_unique() == 5


def test_shadow_that_is_lost(own: dict[str, Any], tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Where it cannot be written the training's log is told, once; rewards go on."""
    folder, rows = tmp_path / "shadow", [{"gold": str(n), "response": str(n)} for n in range(EXAMPLES)]
    with Verifier(**own, deadline=60, shadow=folder) as verifier:
        shutil.rmtree(folder)
        deadline = time.monotonic() + 60
        while not caplog.messages and time.monotonic() < deadline:
            assert [each.reward for each in verifier.verify_many(rows)] == [1.0] * EXAMPLES
        verifier.verify_many(rows)
        time.sleep(1)
        verifier.verify_many(rows)
    assert [str(folder) in said and "cannot be written" in said for said in caplog.messages] == [True]


def test_options() -> None:
    """What is given is on the command line, a 0 too; what is left out is not."""
    given = {
        "rule": ["a", "b"],
        "model": None,
        "weight": 0.0,
        "no_cache": True,
        "quiet": False,
        "threshold": 1,
    }
    assert list(_arguments(given)) == "--rule a --rule b --weight 0.0 --no-cache --threshold 1".split()


def test_closed(own: dict[str, Any]) -> None:
    """Who has let go is told so."""
    verifier = Verifier(**own)
    verifier.close()
    with pytest.raises(ValueError, match="closed"):
        verifier.verify(gold="5", response="5")


def test_it_logs(own: dict[str, Any], caplog: pytest.LogCaptureFixture, capfd: Any) -> None:
    """What the command line would say is logged; nothing is printed."""
    caplog.set_level(logging.INFO, "tinyv")
    with Verifier(**own):
        pass
    assert capfd.readouterr() == ("", "")
