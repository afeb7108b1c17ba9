"""What is not whole yet: it takes its place when it is, and goes when its run is gone."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from tinyv_cli.running.disk import PART, Part, made_once, scratch

# A run that has begun a file and a folder, says so, and waits to be killed.
RUN = """
import sys, time
from pathlib import Path
from tinyv_cli.running.disk import Part, scratch
with scratch() as folder:
    (folder / "half").write_text("x" * 1000)
    Part(Path(sys.argv[1])).path.write_text("half")
    print("begun", flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files, which this test has to itself."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def begun(target: Path) -> "subprocess.Popen[bytes]":
    """A process that has begun to write."""
    process = subprocess.Popen([sys.executable, "-c", RUN, str(target)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"begun\n"
    return process


def killed(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_part_takes_its_place(tmp_path: Path) -> None:
    """It lies beside its target under a name that nobody takes for the target, until it is whole."""
    target = tmp_path / "x[1].parquet"
    target.write_text("old")
    part = Part(target)
    assert part.path.parent == tmp_path and part.path.name.startswith(".") and part.path.name.endswith(PART)
    part.path.write_text("new")
    assert target.read_text() == "old"
    part.replace()
    part.remove()
    assert names(tmp_path) == ["tmp", "x[1].parquet"]
    assert target.read_text() == "new"


def test_a_part_is_removed(tmp_path: Path) -> None:
    """Given up, it leaves nothing; twice is once."""
    part = Part(tmp_path / "x")
    part.remove()
    part.remove()
    assert names(tmp_path) == ["tmp"]


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_permissions(tmp_path: Path) -> None:
    """A part may be read by those who may read any new file here."""
    (tmp_path / "other").touch()
    part = Part(tmp_path / "x")
    assert stat.S_IMODE(part.path.stat().st_mode) == stat.S_IMODE((tmp_path / "other").stat().st_mode)
    part.remove()


def test_what_a_killed_run_left_is_removed(tmp_path: Path, temporary: Path) -> None:
    """The next run removes the file and the folder of one that was killed, and nothing else."""
    bystanders = [
        tmp_path / f".y.parquet.12345678{PART}",
        tmp_path / ".x.parquet.tmp",
        temporary / "tinyv-data",
    ]
    bystanders[2].mkdir()
    for file in bystanders[:2]:
        file.touch()
    killed(begun(tmp_path / "x.parquet"))
    left = [*tmp_path.glob(f".x.parquet.*{PART}"), *temporary.glob(f"tinyv-*{PART}")]
    assert len(left) == 2
    with scratch():
        Part(tmp_path / "x.parquet").remove()
    assert not any(path.exists() for path in left)
    assert all(path.exists() for path in bystanders)


def test_what_a_living_run_holds_stays(tmp_path: Path, temporary: Path) -> None:
    """Runs that write to the same place at the same time do not take each other's files away."""
    process = begun(tmp_path / "x.parquet")
    try:
        part = Part(tmp_path / "x.parquet")
        with scratch() as folder:
            assert len(list(tmp_path.glob(f".x.parquet.*{PART}"))) == 2
            assert len(list(temporary.glob(f"tinyv-*{PART}"))) == 2
            assert [(each / "half").exists() for each in temporary.iterdir() if each != folder] == [True]
        part.remove()
    finally:
        killed(process)


def test_many_at_once(tmp_path: Path, temporary: Path) -> None:
    """A file or folder is nobody's to remove between the moments in which it is made and locked."""

    def run(number: int) -> bool:
        part = Part(tmp_path / "x")
        with scratch() as folder:
            here = part.path.exists() and folder.exists()
            (folder / "a").write_text("a")
            part.path.write_text(str(number))
        part.remove()
        return here

    with ThreadPoolExecutor(8) as runs:
        assert all(runs.map(run, range(200)))
    assert names(tmp_path) == ["tmp"] and names(temporary) == []


DIGEST = sha256(b"whole").hexdigest()


@pytest.mark.parametrize(
    ("content", "digest", "makes"),
    [
        (None, None, 1),
        (b"whole", DIGEST, 0),
        (b"who", DIGEST, 1),
        (b"whale", DIGEST, 1),
        (b"whole", None, 1),
        (b"whole", "0" * 64, 1),
    ],
    ids=["not there", "whole", "truncated", "changed", "no digest", "another digest"],
)
def test_made_once(tmp_path: Path, content: bytes | None, digest: str | None, makes: int) -> None:
    """What is there as it was written is taken; half a file, or one without its digest, is made again."""
    path, made = tmp_path / "models" / "x.gguf", list[Path]()
    path.parent.mkdir()
    if content is not None:
        path.write_bytes(content)
    if digest is not None:
        path.with_suffix(".sha256").write_text(f"{digest}\n")

    def make(part: Path) -> None:
        made.append(part)
        part.write_bytes(b"whole")

    for _ in range(2):
        assert made_once(path, make) == path and path.read_bytes() == b"whole"
    assert len(made) == makes
    assert names(path.parent) == ["x.gguf", "x.sha256"]
