"""`tinyv serve`: a real server on this machine, asked as trainers ask it."""

import json
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import polars as pl
import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Browser

from tests.conftest import SAMPLE, Tinyv

RULE = """
import time

def judge(solution_str, ground_truth, **_):
    if "sleep" in solution_str:
        time.sleep(float(solution_str.split()[1]))
    return float(solution_str == ground_truth)
"""
BARE = ("--rule", "mine.py:judge", "--model", "none", "--no-cache", "--workers", "3")
RIGHT = {"gold": "270 minutes", "response": "4 h 30 min"}
STARTED = re.compile(r"running on (http://\S+)")

Serve = Callable[..., Any]


@contextmanager
def serving(
    folder: Path, environment: Mapping[str, str], *options: str
) -> Iterator[tuple[httpx2.Client, "subprocess.Popen[str]"]]:
    """A server on a free port, and a client that asks it."""
    (folder / "mine.py").write_text(RULE)
    process = subprocess.Popen(
        [sys.executable, "-m", "tinyv_cli", "serve", "--port", "0", *options],
        cwd=folder,
        env=dict(environment),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    lines: list[str] = []
    for line in process.stderr:
        lines.append(line)
        if found := STARTED.search(line):
            break
    else:
        pytest.fail("".join(lines))
    heard = threading.Thread(target=lines.extend, args=[process.stderr], daemon=True)
    heard.start()
    try:
        with httpx2.Client(base_url=found[1], timeout=60) as client:
            yield client, process
    finally:
        process.terminate()
        process.wait(60)
        heard.join()
        process.stderr.close()


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, environment: Mapping[str, str]
) -> Iterator[httpx2.Client]:
    """One with proofs and nano, for all tests that change nothing of it."""
    with serving(tmp_path_factory.mktemp("served"), environment, "--no-cache", "--deadline", "60") as (
        client,
        _,
    ):
        yield client


def test_one(server: httpx2.Client) -> None:
    """The verdict on one answer, with what it rests on."""
    reply = server.post("/verify", json=RIGHT)
    assert reply.status_code == 200
    found = reply.json()
    assert (found["verdict"], found["evidence"], found["reward"], found["rule"]) == (
        "correct",
        "proof",
        1,
        "reject",
    )
    assert "minutes" in found["proof"] and found["category"] == "1.4"


def test_many(server: httpx2.Client) -> None:
    """The verdicts on several, in their order; what has none is told so, and is no 0."""
    pairs = [RIGHT, {"gold": "7", "response": r"\boxed{8}"}, {"gold": "n/a", "response": "5"}]
    found = server.post("/verify", json=pairs).json()
    assert [each["reward"] for each in found] == [1, 0, None]
    assert found[2]["reason"] == "sentinel_gold"
    assert server.post("/verify", json=[]).json() == []


def test_as_an_audit(server: httpx2.Client, tinyv: Tinyv, tmp_path: Path) -> None:
    """The sample's rows, row for row."""
    done = tinyv("audit", SAMPLE / "rollouts.jsonl", "--no-cache", "-o", "out.parquet")
    assert done.returncode == 0, done.stderr
    audited = pl.read_parquet(tmp_path / "out.parquet")
    pairs = audited.select("question", "response", gold="answer").to_dicts()
    found = server.post("/verify", json=pairs).json()
    for name in ("verdict", "evidence", "reward", "proof", "category", "suspect", "rule"):
        assert [each[name] for each in found] == audited[f"tinyv_{name}"].to_list(), name


def test_openrlhf(server: httpx2.Client) -> None:
    """Prompts with their responses, special tokens and all; null where there is no verdict."""
    prompt = "<|im_start|>user\nHow long?<|im_end|>\n<|im_start|>assistant\n"
    queries = [f"{prompt}It is \\boxed{{{answer}}}<|im_end|>" for answer in ("4 h 30 min", "2 h", "5")]
    labels = ["270 minutes", "270 minutes", "proof"]
    asked = {"query": queries, "prompts": [prompt] * 3, "labels": labels}
    found = server.post("/get_reward", json=asked).json()
    assert found["rewards"] == found["scores"] == [1, 0, None]
    one = server.post("/get_reward", json={name: each[2:] for name, each in asked.items()}).json()
    assert one["rewards"] is None and one["scores"] is None  # which trainers know; [null] they do not
    assert found["extra_logs"] == {"tinyv_undecided": [0, 0, 1], "tinyv_recovered": [1, 0, 0]}


@pytest.mark.parametrize(("label", "reward"), [("5", 1), ("6", 0), ("proof", 0)])
def test_slime(server: httpx2.Client, label: str, reward: float) -> None:
    """A bare number; where there is no verdict, what the rule alone says."""
    reply = server.post("/reward", json={"prompt": "2 + 3?", "response": r"\boxed{5}", "label": label})
    assert (reply.status_code, reply.json()) == (200, reward)


@pytest.mark.parametrize(("gold", "status", "score"), [("5", 200, 1), ("6", 200, 0), ("proof", 422, None)])
def test_decision(server: httpx2.Client, gold: str, status: int, score: float | None) -> None:
    """As the judge of verifiers asks; what has no verdict is an error."""
    grade = {"type": "score", "instructions": "Grade it.", "criteria": ["Incorrect", "Correct"]}
    state = {"question": "2 + 3?", "response": r"\boxed{5}", "answer": gold}
    reply = server.post("/decision", json={"model": "any", "state": state, "questions": {"grade": grade}})
    assert reply.status_code == status
    if score is None:
        assert "sentinel_gold" in reply.json()["detail"]
    else:
        assert reply.json() == {"answers": {"grade": {"score": score}}}


def test_asked_as_a_model(server: httpx2.Client, tinyv: Tinyv, tmp_path: Path) -> None:
    """The other direction: an audit whose model is such a server; where that has no verdict it has none."""
    pairs = (("5 km", "5000 m"), ("5", "7"), ("5", "5"))
    rows = [{"answer": gold, "response": said} for gold, said in pairs]
    (tmp_path / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    model = f"decision+{str(server.base_url).rstrip('/')}/decision"
    options = ("--rule", "exact", "--proofs", "off", "--no-cache", "-o", "out.parquet")
    done = tinyv("audit", "rows.jsonl", "--model", model, *options)
    assert done.returncode == 0, done.stderr
    written = pl.read_parquet(tmp_path / "out.parquet")
    assert written["tinyv_p"].to_list() == [1, 0, None] and written["tinyv_reward"].to_list() == [1, 0, 1]
    assert (
        json.loads(pq.read_metadata(tmp_path / "out.parquet").metadata[b"tinyv"])["model"]["name"]
        == f"{model}#tinyv"
    )
    refused = tinyv("check", "-g", "5", "--model", f"{model}s", "6")
    assert (refused.returncode, "cannot be asked" in refused.stderr) == (2, True)


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/verify", {"response": "5"}, "gold"),
        ("/verify", {"gold": "5", "response": "5", "colour": "red"}, "colour"),
        ("/verify", [{"gold": "5"}], "response"),
        ("/get_reward", {"query": ["a"], "prompts": ["a"]}, "labels"),
        ("/get_reward", {"query": ["a"], "prompts": [], "labels": ["1"]}, "prompts"),
        ("/reward", {"prompt": "a", "label": "1"}, "response"),
        ("/decision", {"state": {"question": "", "answer": "1"}, "questions": {"g": {}}}, "response"),
        ("/verify", [RIGHT] * 1025, "1024"),
    ],
)
def test_bad_input(server: httpx2.Client, path: str, body: Any, field: str) -> None:
    """What cannot be is refused, and the field is named."""
    reply = server.post(path, json=body)
    assert (reply.status_code, field in reply.text) == (422, True)


def test_hostile(server: httpx2.Client) -> None:
    """No body that can be sent is an error of the server's."""
    for body in (b"", b"{", b"\xff\xfe", b"[[[[", b'{"gold": "\\ud800", "response": "5"}', b"null", b"1e999"):
        reply = server.post("/verify", content=body, headers={"Content-Type": "application/json"})
        assert reply.status_code in (200, 422), body
    assert server.post("/verify", content=b"x" * (17 << 20)).status_code == 413
    assert server.get("/nothing").status_code == 404


def test_what_it_tells(server: httpx2.Client) -> None:
    """Its health, the interface, and for Prometheus what was asked and answered."""
    assert server.get("/health").json() == {"status": "ok"}
    assert {"/verify", "/get_reward", "/reward", "/decision"} <= set(
        server.get("/openapi.json").json()["paths"]
    )
    assert server.get("/docs").status_code == 200
    server.post("/verify", json=[RIGHT, {"gold": "n/a", "response": "5"}])
    told = server.get("/metrics").text
    for line in (
        'tinyv_requests_total{path="/verify",status="200"}',
        'tinyv_verdicts_total{evidence="proof",verdict="correct"}',
        'tinyv_undecided_total{reason="sentinel_gold"}',
        'tinyv_seconds_bucket{evidence="proof",le="0.01"}',
        "tinyv_queue 0.0",
    ):
        assert line in told
    stats = server.get("/stats").json()
    assert stats["calls"] >= 2 and stats["recovered"] >= 1


def test_full(tmp_path: Path, environment: Mapping[str, str]) -> None:
    """What is more than it takes gets a 429 that says when to come again; the rest is answered."""
    pair = {"gold": "1", "response": "sleep 1"}
    with (
        serving(tmp_path, environment, *BARE, "--queue", "2") as (client, _),
        ThreadPoolExecutor(8) as pool,
    ):
        found = list(pool.map(lambda _: client.post("/verify", json=pair), range(8)))
        assert {reply.status_code for reply in found} == {200, 429}
        assert all(reply.headers["Retry-After"] == "1" for reply in found if reply.status_code == 429)
        assert client.post("/verify", json=pair).json()["reward"] == 0


def test_deadline(tmp_path: Path, environment: Mapping[str, str]) -> None:
    """What takes too long is undecided, null for OpenRLHF, and for a judge an error that may pass."""
    with serving(tmp_path, environment, *BARE, "--deadline", "1") as (client, _):
        found = client.post("/verify", json={"gold": "1", "response": "sleep 9"}).json()
        assert (found["verdict"], found["reason"], found["reward"]) == ("undecided", "deadline", None)
        state = {"question": "", "response": "sleep 8", "answer": "1"}
        reply = client.post("/decision", json={"state": state, "questions": {"grade": {}}})
        assert (reply.status_code, reply.headers["Retry-After"]) == (503, "1")


def test_token(tmp_path: Path, environment: Mapping[str, str]) -> None:
    """Who does not know the token learns nothing but that the server is there."""
    with serving(tmp_path, environment, *BARE, "--token", "s3cret") as (client, _):
        assert client.get("/health").status_code == 200
        for headers in ({}, {"Authorization": "Bearer other"}, {"Authorization": "s3cret"}):
            for path in ("/metrics", "/stats", "/openapi.json"):
                assert client.get(path, headers=headers).status_code == 401
            assert client.post("/verify", json=RIGHT, headers=headers).status_code == 401
        known = {"Authorization": "Bearer s3cret"}
        assert client.post("/verify", json=RIGHT, headers=known).status_code == 200


def test_who_may_ask(tinyv: Tinyv) -> None:
    """Beyond this machine it listens only with a token."""
    done = tinyv("serve", "--host", "0.0.0.0")
    assert (done.returncode, "TINYV_SERVE_TOKEN" in done.stderr) == (2, True)


def test_graceful_stop(tmp_path: Path, environment: Mapping[str, str]) -> None:
    """A server that is told to stop first answers what it has taken, however long that takes."""
    with serving(tmp_path, environment, *BARE, "--deadline", "20") as (client, process):
        with ThreadPoolExecutor(1) as pool:
            reply = pool.submit(client.post, "/verify", json={"gold": "1", "response": "sleep 5"})
            time.sleep(1)
            process.send_signal(signal.SIGTERM)
            assert reply.result().json()["reward"] == 0
        assert process.wait(30) == 0


def test_page(server: httpx2.Client, browser: Browser) -> None:
    """One pair is tried by hand, and the rate of false negatives seen; nothing comes from elsewhere."""
    page, fetched = browser.new_page(), []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(str(server.base_url))
    page.get_by_label("Gold answer").fill(RIGHT["gold"])
    page.get_by_label("Response").fill(RIGHT["response"])
    page.get_by_role("button", name="Verify").click()
    page.wait_for_selector("dd:text-is('proof')")
    page.wait_for_selector("#rate:has-text('are right')")
    page.get_by_label("Response").fill("<b>5</b>")
    page.get_by_role("button", name="Verify").click()
    page.wait_for_selector("dd:text-is('<b>5</b>')")
    assert page.locator("dd b").count() == 0
    assert all(url.startswith(str(server.base_url)) for url in fetched)
