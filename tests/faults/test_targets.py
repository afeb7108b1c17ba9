"""Where a run may write: regular files alone, each once, and never what is read or what another run makes."""

import json
import os
import socket
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import Tinyv, write_lines
from tinyv_cli.documents.outputs import Output, open_sink
from tinyv_cli.errors import SinkError
from tinyv_cli.running.disk import Part
from tinyv_cli.running.targets import write_text

QUICK = ("--rule", "exact", "--model", "none", "--proofs", "off", "--quiet")
ROW = {"question": "2+2?", "gold": "4", "response": "4"}


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "r.jsonl", json.dumps(ROW))


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(path))  # a socket's name must be short


KINDS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a pipe": (os.mkfifo, "is a pipe; name a file with"),
    "a folder": (Path.mkdir, "is a folder; name a file in it with"),
    "a socket": (_socket, "is a socket"),
    "a device": (lambda path: path.symlink_to("/dev/null"), "is a device"),
    "a link to itself": (lambda path: path.symlink_to(path.name), "is a link that leads in a circle"),
    "a link into nowhere": (lambda path: path.symlink_to("no/where"), "does not exist; make it first"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("option", "name"), [("-o", "x.parquet"), ("-o", "x.jsonl"), ("-o", "x.csv"), ("--html", "x.html")]
)
def test_what_is_no_file_stays(
    tinyv: Tinyv, tmp_path: Path, rows: Path, kind: str, option: str, name: str
) -> None:
    """It is neither replaced nor written to, not even with --overwrite."""
    make, said = KINDS[kind]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        make(tmp_path / name)
    before = (tmp_path / name).lstat()
    done = tinyv("audit", rows, *QUICK, option, name, "--overwrite")
    assert done.returncode == 2 and said in done.stderr and name in done.stderr
    after = (tmp_path / name).lstat()
    assert (after.st_ino, after.st_mode, after.st_size) == (before.st_ino, before.st_mode, before.st_size)


@pytest.mark.parametrize("command", ["audit", "golds", "eval", "report", "export"])
def test_devices_are_safe_from_every_command(tinyv: Tinyv, tmp_path: Path, rows: Path, command: str) -> None:
    """As root, whoever renames a file over /dev/null has none any more."""
    (tmp_path / "null.jsonl").symlink_to("/dev/null")
    assert tinyv("audit", rows, *QUICK, "-o", "a.parquet").returncode == 0
    arguments = {
        "audit": (str(rows), *QUICK, "--html"),
        "golds": (str(rows), "--rule", "exact", "-o"),
        "eval": (str(rows), "--rule", "exact", "--model", "none", "--label", "gold", "--html"),
        "report": ("a.parquet", "--html"),
        "export": ("a.parquet", "--as", "rewards", "-o"),
    }[command]
    done = tinyv(command, *arguments, "null.jsonl", "--overwrite")
    assert done.returncode == 2 and "null.jsonl: is a device" in done.stderr
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("name", ["o.parquet", "o.jsonl", "o.csv"])
def test_a_link_leads_to_the_file(tinyv: Tinyv, tmp_path: Path, rows: Path, name: str) -> None:
    """What is written is where the link leads, whether anything was there or not; the link stays."""
    (tmp_path / "there").mkdir()
    link = tmp_path / name
    link.symlink_to(Path("there") / name)
    for overwrite in ([], ["--overwrite"]):
        assert tinyv("audit", rows, *QUICK, "-o", name, *overwrite).returncode == 0
        assert link.is_symlink() and not (tmp_path / "there" / name).is_symlink()
    assert [path.name for path in (tmp_path / "there").iterdir()] == [name]


@pytest.mark.parametrize(
    "targets",
    [
        ["-o", "r.jsonl"],
        ["-o", "o.parquet", "--html", "r.jsonl"],
        ["-o", "link.jsonl"],
        ["-o", "hard.jsonl"],
        ["--html", "./sub/../r.jsonl"],
        ["--html", "mine.py"],
    ],
)
def test_no_input_is_written(tinyv: Tinyv, tmp_path: Path, rows: Path, targets: list[str]) -> None:
    """By whatever name it is meant; the file of a rule is an input, too."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "link.jsonl").symlink_to("r.jsonl")
    (tmp_path / "hard.jsonl").hardlink_to(rows)
    write_lines(tmp_path / "mine.py", "def same(gold, response): return gold == response")
    before = rows.read_bytes()
    rule = ("--rule", "mine.py:same", "--model", "none", "--proofs", "off", "--quiet")
    done = tinyv("audit", "r.jsonl", *rule, *targets, "--overwrite")
    assert done.returncode == 2 and "is one of the inputs" in done.stderr
    assert rows.read_bytes() == before and (tmp_path / "mine.py").stat().st_size > 0


@pytest.mark.parametrize("other", ["o.jsonl", "./o.jsonl", "link.jsonl"])
def test_no_file_is_written_twice(tinyv: Tinyv, tmp_path: Path, rows: Path, other: str) -> None:
    """Two options that name one file are an error before anything is done."""
    (tmp_path / "link.jsonl").symlink_to("o.jsonl")
    done = tinyv("audit", rows, *QUICK, "-o", "o.jsonl", "--html", other, "--overwrite")
    assert done.returncode == 2 and "is named by -o and by --html" in done.stderr
    assert not (tmp_path / "o.jsonl").exists()


def test_labels_are_an_input_of_an_export(tinyv: Tinyv, tmp_path: Path, rows: Path) -> None:
    """The labels beside the audited file are read unasked, and not written over."""
    assert tinyv("audit", rows, *QUICK, "-o", "a.parquet").returncode == 0
    write_lines(tmp_path / "a.labels.jsonl", '{"tinyv_row": 0, "tinyv_rollout": 0, "label": true}')
    done = tinyv("export", "a.parquet", "--as", "jsonl", "-o", "a.labels.jsonl", "--overwrite")
    assert done.returncode == 2 and "is one of the inputs" in done.stderr


@pytest.mark.parametrize("name", ["x.parquet", "x.jsonl"])
def test_two_runs_with_the_same_new_output(tmp_path: Path, name: str) -> None:
    """The second is told at once, and where both have begun at the same moment, the first to end has it."""
    output = Output(tmp_path / name)
    first = open_sink(output)
    with pytest.raises(SinkError, match="another run is writing it"):
        open_sink(output)
    (tmp_path / name).write_text("made meanwhile")
    with pytest.raises(SinkError, match="another run has written it meanwhile"):
        first.commit({})
    first.abort()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "made meanwhile"


def test_of_many_parts_one_takes_a_free_place(tmp_path: Path) -> None:
    """However many there are, and in whatever order they are done."""
    parts, turn = [Part(tmp_path / "x", exclusive=True) for _ in range(16)], count()

    def place(part: Part) -> int:
        part.path.write_text(str(next(turn)))
        try:
            part.replace()
        except FileExistsError:
            part.remove()
            return 0
        return 1

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(place, parts)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_two_processes_with_the_same_new_output(
    started: Callable[..., "subprocess.Popen[bytes]"], tmp_path: Path, rows: Path
) -> None:
    """Exactly one ends well, and its file is whole."""
    runs = [started("audit", "r.jsonl", *QUICK, "-o", "o.parquet") for _ in range(2)]
    said = [run.communicate(timeout=120)[1].decode() for run in runs]
    assert sorted(run.returncode for run in runs) == [0, 2], said
    assert sum("o.parquet: " in each for each in said) == 1
    assert pl.read_parquet(tmp_path / "o.parquet").height == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o.parquet", "r.jsonl"]


def test_a_page_that_came_meanwhile_stays(tmp_path: Path) -> None:
    """A text is put in place in the same way."""
    write_text(tmp_path / "x.html", "first", option="--html", overwrite=False)
    with pytest.raises(SinkError, match="exists; choose another --html"):
        write_text(tmp_path / "x.html", "second", option="--html", overwrite=False)
    write_text(tmp_path / "x.html", "third", option="--html", overwrite=True)
    assert (tmp_path / "x.html").read_text() == "third"
