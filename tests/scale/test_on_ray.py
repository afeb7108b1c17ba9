"""An audit on real clusters of Ray: what one machine says, whatever dies meanwhile."""

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any

import httpx2
import polars as pl
import psutil
import pytest

from benchmarks.made_up import graded
from tests.conftest import REPOSITORY, SAMPLE, Tinyv
from tests.scale.conftest import RAY, Cluster
from tinyv_cli.scale.folder import JOB, MANIFEST

pytestmark = [pytest.mark.ray, pytest.mark.timeout(150)]

Begun = Callable[..., "subprocess.Popen[str]"]
Ended = Callable[..., "subprocess.CompletedProcess[str]"]

ROWS = 1500
PLAIN = ("--model", "none", "--no-cache")
# A rule that takes its time, and notes whatever it judges.
NOTING = """
import time
from pathlib import Path

NOTES = Path({notes!r})


def reward(gold, response):
    time.sleep(0.005)
    with NOTES.open("a") as notes:
        notes.write(response + "\\n")
    return float(gold == response)
"""


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two files, in two formats, of questions with several responses."""
    folder = tmp_path_factory.mktemp("rows") / "rollouts"
    folder.mkdir()
    made = pl.DataFrame(
        [
            {"question": each.question, "answer": each.gold, "response": f"It is \\boxed{{{each.answer}}}."}
            for each in graded(ROWS, Random(24))
        ]
    )
    made[: ROWS // 2].write_ndjson(folder / "step_1.jsonl")
    made[ROWS // 2 :].write_parquet(folder / "step_2.parquet", row_group_size=300)
    return folder


def read(folder: Path) -> pl.DataFrame:
    """The examples of a folder of parts, in the order in which its parts are named."""
    return pl.concat(map(pl.read_parquet, parts(folder)), how="diagonal_relaxed")


def parts(folder: Path) -> list[Path]:
    """The parts that are there by now."""
    return sorted(folder.glob("part-*.parquet"))


def wait_for_parts(folder: Path, count: int, process: "subprocess.Popen[str]") -> None:
    """Wait until so many are there."""
    while len(parts(folder)) < count:
        assert process.poll() is None, process.stderr and process.stderr.read()
        time.sleep(0.05)


def timeless(figures: dict[str, Any]) -> dict[str, Any]:
    """The figures without times and names."""
    kept = {name: value for name, value in figures.items() if name not in ("file", "provenance", "about")}
    provenance = {
        name: value for name, value in figures["provenance"].items() if name not in ("date", "seconds")
    }
    return {**kept, "provenance": provenance, "about": figures["about"] | {"date": None}}


def test_the_sample_on_this_machine(tmp_path: Path, tinyv: Tinyv, ended: Ended) -> None:
    """With proofs and the embedded model: every column and every figure is as an audit has it."""
    sample = SAMPLE / "rollouts.parquet"
    here = tinyv("audit", sample, "--no-cache", "-o", "here.parquet", "--json")
    there = ended("audit", sample, "--no-cache", "--ray", "-o", "there", "--json")
    assert (here.returncode, there.returncode) == (0, 0), there.stderr
    one, many = pl.read_parquet(tmp_path / "here.parquet"), read(tmp_path / "there")
    assert many.drop("tinyv_p").equals(one.drop("tinyv_p"), null_equal=True)
    assert many["tinyv_p"].to_list() == pytest.approx(one["tinyv_p"].to_list(), abs=0.01)
    assert timeless(json.loads(there.stdout)) == timeless(json.loads(here.stdout))


def test_a_node_that_is_killed(
    tmp_path: Path, tinyv: Tinyv, begun: Begun, cluster: Cluster, rows: Path
) -> None:
    """It costs some parts another try: nothing is lost, nothing is there twice."""
    assert tinyv("audit", rows, *PLAIN, "-o", "here.parquet", "--quiet").returncode == 0
    process = begun(
        *("audit", rows, *PLAIN, "--ray", "-o", "there", "--json"),
        address=cluster.address,
        TINYV_PART_EXAMPLES="100",
    )
    wait_for_parts(tmp_path / "there", 2, process)
    cluster.tell("kill")
    out, err = process.communicate(timeout=110)
    assert process.returncode == 0, err
    cluster.tell("add")
    assert "2 nodes, 2 actors with 1 CPU each" in err
    one, many = pl.read_parquet(tmp_path / "here.parquet"), read(tmp_path / "there")
    assert many.select(one.columns).equals(one, null_equal=True)
    assert json.loads(out)["read"]["examples"] == ROWS


def test_a_command_that_is_killed_and_given_again(
    tmp_path: Path, begun: Begun, cluster: Cluster, rows: Path
) -> None:
    """Finished parts are not judged again, though an actor is killed, too."""
    notes = tmp_path / "notes.txt"
    (tmp_path / "noting.py").write_text(NOTING.format(notes=str(notes)))
    lines = [json.dumps({"question": "?", "answer": "1", "response": f"{i}"}) for i in range(ROWS)]
    (tmp_path / "rows.jsonl").write_text("\n".join(lines))
    command = (
        "audit",
        "rows.jsonl",
        *PLAIN,
        "--proofs",
        "off",
        "--rule",
        "noting.py:reward",
        "--ray",
        "-o",
        "out",
    )
    folder = tmp_path / "out"

    def start() -> "subprocess.Popen[str]":
        return begun(*command, address=cluster.address, TINYV_PART_EXAMPLES="100")

    first = start()
    wait_for_parts(folder, 2, first)
    first.send_signal(signal.SIGKILL)
    first.wait()
    time.sleep(1)  # until the cluster has heard of it
    finished = {part: part.stat().st_mtime_ns for part in parts(folder)}
    again = start()
    wait_for_parts(folder, len(finished) + 2, again)
    kill_an_actor()
    _, err = again.communicate(timeout=110)
    assert again.returncode == 0, err
    assert f"{len(finished):,} parts are there already" in err
    assert {part: part.stat().st_mtime_ns for part in finished} == finished
    assert sorted(read(folder)["tinyv_row"]) == list(range(ROWS))
    judged = Counter(notes.read_text().split())
    told = pl.concat([pl.read_parquet(part, columns=["response"]) for part in finished])["response"]
    assert set(judged) == set(map(str, range(ROWS))) and {judged[each] for each in told} == {1}
    assert json.loads((folder / MANIFEST).read_text())["examples"] == ROWS


def kill_an_actor() -> None:
    """One of those that judge."""
    [actor, *_] = [
        process
        for process in psutil.process_iter(["cmdline"])
        if "_Judging" in "".join(process.info["cmdline"] or ()) and process.ppid()
    ]
    os.kill(actor.pid, signal.SIGKILL)


def test_an_object_store(tmp_path: Path, ended: Ended, ray_environment: Mapping[str, str]) -> None:
    """Parts are put there and found again: what is whole is not judged once more."""
    access = {
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "y",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    with object_store(ray_environment) as url:
        command = ("audit", SAMPLE / "rollouts.parquet", *PLAIN, "--ray", "-o", "s3://runs/one", "--json")
        first, again = (ended(*command, AWS_ENDPOINT_URL=url, **access) for _ in range(2))
    assert (first.returncode, again.returncode) == (0, 0), first.stderr + again.stderr
    assert "holds all parts already" not in first.stderr and "holds all parts already" in again.stderr
    assert json.loads(first.stdout) == json.loads(again.stdout)
    assert json.loads(first.stdout)["read"]["examples"] == 240


@contextmanager
def object_store(environment: Mapping[str, str]) -> Iterator[str]:
    """The address of a server that speaks as S3 does, with a bucket."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(RAY), "-m", "moto.server", "-p", str(port)]
    nowhere = subprocess.DEVNULL
    with subprocess.Popen(command, env=dict(environment), stdout=nowhere, stderr=nowhere) as server:
        try:
            for _ in range(200):
                with suppress(httpx2.HTTPError):
                    httpx2.put(f"http://127.0.0.1:{port}/runs").raise_for_status()
                    break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()


def test_the_commands_of_the_page(tmp_path: Path, ended: Ended) -> None:
    """What docs/scale.md says of Ray, as far as it is about the sample, works as it stands there."""
    shutil.copytree(SAMPLE, tmp_path / "sample_data")
    page = (REPOSITORY / "docs" / "scale.md").read_text("utf-8")
    commands = re.findall(r"^tinyv ((?:audit sample_data.* --ray|report audited).*)$", page, re.MULTILINE)
    dry, *others = (ended(*shlex.split(command)) for command in commands)
    assert "Ray: 1 node, 1 actor with" in dry.stdout and "one task reads" in dry.stdout
    for done in (dry, *others):
        assert done.returncode == 0 and done.stdout, done.stderr
    assert len(others) == 2
    known = subprocess.run([RAY.with_name("ray"), "start", "--help"], capture_output=True, text=True).stdout
    for line in re.findall(r"ray start (.*?) --block", page):
        assert all(option in known for option in re.findall(r"--[\w-]+", line)) and "--block" in known


def test_a_folder_of_another_job(tmp_path: Path, ended: Ended) -> None:
    """It is not touched, and what differs is said."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / JOB).write_text(json.dumps({"tinyv": "0.0"}))
    said = ended("audit", SAMPLE / "rollouts.parquet", "--model", "none", "--ray", "-o", "out", "--quiet")
    assert said.returncode == 2 and "holds the parts of another job (another tinyv, input" in said.stderr
    assert [path.name for path in folder.iterdir()] == [JOB]


def test_no_cluster_at_the_address(ended: Ended) -> None:
    """That is said at once, in one line."""
    rollouts = SAMPLE / "rollouts.parquet"
    said = ended("audit", rollouts, "--model", "none", "--ray", "-o", "out", "--quiet", address="127.0.0.1:9")
    assert said.returncode == 2 and "127.0.0.1:9: no Ray cluster answers there" in said.stderr
    assert len(said.stderr.splitlines()) == 1
