"""Whatever a machine or a file lacks is told in one line that names it and the next step."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import Tinyv, write_lines
from tinyv_cli.errors import lacking

QUICK = ("--rule", "exact", "--model", "none", "--proofs", "off", "--quiet")
ROW = {"question": "2+2?", "gold": "4", "response": "5"}
READERS = (
    ("report", "a.parquet"),
    ("report", "a.parquet", "--json"),
    ("report", "a.parquet", "--labels", "l.jsonl"),
    ("export", "a.parquet", "--as", "recovered"),
    ("export", "a.parquet", "--as", "pytest"),
    ("eval", "a.parquet", "--labels", "l.jsonl", "--rule", "exact", "--model", "none", "--proofs", "off"),
)


def is_told(done: "subprocess.CompletedProcess[str]", *parts: str) -> bool:
    """Whether it failed with one line that says so."""
    lines = done.stderr.splitlines()
    complaint = lines[-1] if lines else ""
    assert done.returncode == 2, done.stderr
    assert complaint.startswith("tinyv: ") and "unexpected" not in complaint
    assert sum(line.startswith("tinyv: ") for line in lines) == 1 and "Traceback" not in done.stderr
    return all(part in complaint for part in parts)


@pytest.fixture
def audited(tinyv: Tinyv, tmp_path: Path) -> Path:
    """An audited file, and labels of it."""
    write_lines(tmp_path / "r.jsonl", *[json.dumps(ROW | {"gold": str(n)}) for n in range(5)])
    write_lines(tmp_path / "l.jsonl", '{"tinyv_row": 0, "tinyv_rollout": 0, "label": true}')
    assert tinyv("audit", "r.jsonl", *QUICK, "-o", "a.parquet").returncode == 0
    return tmp_path / "a.parquet"


NAMES = {"long": "n" * 244, "no UTF-8": "caf\udce9", "signs": "a b [1] 50%\n'\"", "long in bytes": "ü" * 122}


@pytest.mark.parametrize("stem", NAMES.values(), ids=NAMES)
def test_names_of_inputs(tinyv: Tinyv, tmp_path: Path, stem: str) -> None:
    """A file may be named as it likes; what its name is not in UTF-8 is told and kept as an escape."""
    write_lines(tmp_path / f"{stem}.jsonl", json.dumps(ROW))
    done = tinyv("audit", f"{stem}.jsonl", *QUICK, "-o", "o.parquet", "--html", "o.html")
    assert done.returncode == 0, done.stderr
    kept = os.fsencode(f"{stem}.jsonl").decode("utf-8", "backslashreplace")
    assert pl.read_parquet(tmp_path / "o.parquet")["tinyv_file"].to_list() == [kept]
    assert tinyv("report", "o.parquet", "--json").returncode == 0


@pytest.mark.parametrize("extension", [".parquet", ".jsonl", ".csv"])
def test_long_names_of_outputs(tinyv: Tinyv, tmp_path: Path, extension: str) -> None:
    """A name as long as a name may be is written; one that is longer is refused before the work."""
    write_lines(tmp_path / "r.jsonl", json.dumps(ROW))
    longest = "n" * (255 - len(extension)) + extension
    assert tinyv("audit", "r.jsonl", *QUICK, "-o", longest).returncode == 0
    assert is_told(tinyv("audit", "r.jsonl", *QUICK, "-o", f"n{longest}"), "too long", "shorter name")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([longest, "r.jsonl"])


def test_names_that_arrow_cannot_open(tinyv: Tinyv, tmp_path: Path, audited: Path) -> None:
    """Of outputs, and of audited files."""
    name = "caf\udce9.parquet"
    assert is_told(tinyv("audit", "r.jsonl", *QUICK, "-o", name), "caf", "not UTF-8", "another name")
    audited.rename(tmp_path / name)
    assert is_told(tinyv("report", name), "caf", "not UTF-8")


@pytest.mark.parametrize("command", [("audit",), ("golds",), *READERS[:5]], ids=" ".join)
@pytest.mark.parametrize("name", ["a.parquet", "a.labels.jsonl", "l.jsonl"])
def test_links_in_a_circle(
    tinyv: Tinyv, tmp_path: Path, audited: Path, name: str, command: tuple[str, ...]
) -> None:
    """They lead to no file, and the line says so; where nobody needs one, nobody asks where it leads."""
    (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / name).symlink_to(name)
    named = command if len(command) > 1 else (*command, name)
    done = tinyv(*named)
    assert done.returncode == 0 if name not in named else is_told(done, name)


@pytest.mark.parametrize("command", ["audit", "report", "golds", "export"])
def test_names_that_cannot_be(tinyv: Tinyv, command: str) -> None:
    """Longer than any file's name may be."""
    more = ("--as", "jsonl") if command == "export" else ()
    assert is_told(tinyv(command, f"{'x' * 300}.parquet", *more), "too long")


def test_a_certificate_file_that_is_not_there(tinyv: Tinyv, tmp_path: Path) -> None:
    """The line names the variable."""
    missing = {"SSL_CERT_FILE": str(tmp_path / "missing.pem")}
    done = tinyv("check", "-g", "1", "2", "--model", "http://192.0.2.1:9/v1", "--rule", "exact", set=missing)
    assert is_told(done, "SSL_CERT_FILE")


def whole(path: Path) -> pa.Table:
    """A file with its metadata, of which Arrow reads only what it knew at its beginning."""
    return pq.read_table(path).replace_schema_metadata({"tinyv": pq.read_metadata(path).metadata[b"tinyv"]})


METADATA: dict[str, Any] = {
    "threshold": [None, "0.5", True, 7, [], {}],
    "rule": [None, "exact", {}, {"name": 3}],
    "model": [None, [], {}, {"name": None}, {"name": "x", "calibration": {}}],
    "second_model": [None, {}, {"name": "x", "agree": "perhaps"}],
    "other_rules": [None, [3], [{"name": "x"}], {}],
    "counts": [None, [], {"examples": "many"}],
    "mapping": [3, [], {"label": []}],
    "selection": [None, []],
    "exploded": [None, {}, [None]],
    "only": [3, []],
}


@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key, values in METADATA.items() for value in values]
)
def test_damaged_metadata(tinyv: Tinyv, audited: Path, key: str, value: Any) -> None:
    """Whoever reads the file is told which of what it says of itself cannot be."""
    table = whole(audited)
    said = json.loads(table.schema.metadata[b"tinyv"]) | {key: value}
    pq.write_table(table.replace_schema_metadata({"tinyv": json.dumps(said)}), audited)
    for command in READERS[:5]:
        assert is_told(tinyv(*command), "a.parquet", f"'{key}' must be", "name the file as 'tinyv audit'")


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '"x"', "[" * 100_000])
def test_metadata_that_are_none(tinyv: Tinyv, audited: Path, content: str) -> None:
    """What is no object in JSON."""
    table = whole(audited)
    pq.write_table(table.replace_schema_metadata({"tinyv": content}), audited)
    for command in READERS[:5]:
        assert is_told(tinyv(*command), "a.parquet", "metadata")


@pytest.mark.parametrize(
    "name", ["tinyv_row", "tinyv_p", "tinyv_verdict", "tinyv_false_negative", "tinyv_reward"]
)
def test_columns_of_another_type(tinyv: Tinyv, audited: Path, name: str) -> None:
    """Our columns hold what an audit writes into them; wider types are as good."""
    table = whole(audited)
    place, others = table.column_names.index(name), pa.array([[1]] * len(table))
    pq.write_table(table.set_column(place, name, others), audited)
    for command in READERS[:5]:
        assert is_told(tinyv(*command), "a.parquet", name, "list<")


def test_columns_of_wider_types(tinyv: Tinyv, audited: Path) -> None:
    """As pandas and polars write them."""
    table = whole(audited)
    wide = {pa.string(): pa.large_string(), pa.float32(): pa.float64(), pa.int32(): pa.int64()}
    wide |= {pa.list_(pa.string()): pa.large_list(pa.large_string())}
    fields = [field.with_type(wide.get(field.type, field.type)) for field in table.schema]
    pq.write_table(table.cast(pa.schema(fields, table.schema.metadata)), audited)
    for command in READERS:
        done = tinyv(*command)
        assert done.returncode == 0, done.stderr


LABELS = {
    "no JSON": "{",
    "no object": "[1]",
    "no place": '{"label": true}',
    "a place that is no number": '{"tinyv_row": "a", "tinyv_rollout": 0, "label": true}',
    "a place that is not whole": '{"tinyv_row": 0.5, "tinyv_rollout": 0, "label": true}',
    "a place that is too large": '{"tinyv_row": 1e30, "tinyv_rollout": 0, "label": true}',
    "a place that is infinite": '{"tinyv_row": 1e999, "tinyv_rollout": 0, "label": true}',
    "a place that is negative": '{"tinyv_row": -1, "tinyv_rollout": 0, "label": true}',
    "a place that is a list": '{"tinyv_row": [0], "tinyv_rollout": 0, "label": true}',
    "another example": '{"tinyv_row": 0, "tinyv_rollout": 0, "label": true, "example": 7}',
    "a stratum without its size": '{"tinyv_row": 0, "tinyv_rollout": 0, "label": true, "stratum": "likely"}',
    "a stratum of text": '{"tinyv_row": 0, "tinyv_rollout": 0, "stratum": "x", "stratum_size": "y"}',
    "no UTF-8": '{"tinyv_row": 0, "tinyv_rollout": 0, "label": "caf\udce9"}',
}


@pytest.mark.parametrize("line", LABELS.values(), ids=LABELS)
def test_damaged_labels(tinyv: Tinyv, tmp_path: Path, audited: Path, line: str) -> None:
    """The file and the line are named, whoever reads them."""
    (tmp_path / "l.jsonl").write_bytes(line.encode("utf-8", "surrogateescape") + b"\n")
    for command in (READERS[2], (*READERS[3], "--labels", "l.jsonl")):
        assert is_told(tinyv(*command), "l.jsonl")


@pytest.mark.parametrize("reviewer", ["null", "7", "[1]", '{"a": 1}'])
def test_reviewers_of_any_kind(tinyv: Tinyv, tmp_path: Path, audited: Path, reviewer: str) -> None:
    """Who says it is only a name."""
    write_lines(
        tmp_path / "l.jsonl", f'{{"tinyv_row": 0, "tinyv_rollout": 0, "label": true, "reviewer": {reviewer}}}'
    )
    assert tinyv(*READERS[2]).returncode == 0


def limited(limits: str, *arguments: str) -> tuple[str, ...]:
    """The program, started by a shell that has lowered a limit."""
    return ("sh", "-c", f'ulimit {limits} && exec "$@"', "sh", sys.executable, "-m", "tinyv_cli", *arguments)


@pytest.mark.parametrize(
    ("limits", "said"), [("-n 6", "open files"), ("-f 1", "ulimit -f"), ("-v 1500000", "(ulimit -v)")]
)
def test_limits(tmp_path: Path, environment: Mapping[str, str], limits: str, said: str) -> None:
    """It says which limit to raise, and leaves nothing behind."""
    rows = [json.dumps(ROW | {"response": f"{n} " * 400}) for n in range(60)]
    write_lines(tmp_path / "r.jsonl", *rows)
    command = limited(limits, "audit", "r.jsonl", *QUICK, "-o", "o.jsonl")
    # Python 3.11 keeps compiled files for all that it can write of them, be it less than the whole.
    own = {**environment, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=own, capture_output=True, encoding="utf-8", timeout=120)
    assert is_told(done, said)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.jsonl"]


@pytest.mark.parametrize("files", [5, 9, 20])
def test_no_file_left_to_open(tmp_path: Path, environment: Mapping[str, str], files: int) -> None:
    """As Python begins, or the work would: one line, and nothing stays behind."""
    write_lines(tmp_path / "r.jsonl", json.dumps(ROW))
    (tmp_path / "tmp").mkdir()
    own = {**environment, "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(tmp_path / "tmp")}
    command = limited(f"-n {files}", "golds", "r.jsonl", "--rule", "exact", "-o", "bad.jsonl")
    done = subprocess.run(command, cwd=tmp_path, env=own, capture_output=True, encoding="utf-8", timeout=120)
    assert is_told(done, "open files", "ulimit -n")
    assert [*(tmp_path / "tmp").iterdir()] == []


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.EMFILE, "Too many open files"),
        OSError("Failed to open local file '/x'. Detail: [errno 24] Too many open files"),
        OSError("Too many open files (os error 24): /x"),
    ],
    ids=["Python", "Arrow", "polars"],
)
def test_what_libraries_say_of_the_system(error: OSError) -> None:
    """However they say it, the next step is told."""
    assert (lacking(error) or "").endswith("; allow more open files (ulimit -n)")


@pytest.mark.parametrize("what", ["sft", "recovered", "benchmark"])
def test_numbers_beyond_all_counts(tinyv: Tinyv, audited: Path, what: str) -> None:
    """What no library can count to is refused, and as many as they can are as good as all."""
    most = 2**63 - 1
    command = ("export", audited, "--as", what, "--limit")
    assert tinyv(*command, str(most)).returncode == 0
    assert is_told(tinyv(*command, str(most + 1)), "--limit", str(most))


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system with 64 kB of room."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root can make a small file system, and not everywhere")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Rows that do not fit into it, whatever they are compressed to."""
    rows = [json.dumps(ROW | {"response": os.urandom(400).hex(), "label": 1}) for _ in range(1200)]
    return write_lines(tmp_path / "r.jsonl", *rows)


@pytest.mark.parametrize(
    "arguments",
    [
        ("audit", "r.jsonl", *QUICK, "-o", "o.jsonl", "--fail-over", "9"),
        ("audit", "r.jsonl", *QUICK, "-o", "o.csv"),
        ("golds", "r.jsonl", "--rule", "exact", "-o", "bad.jsonl", "--quiet"),
        ("eval", "r.jsonl", "--rule", "exact", "--model", "none", "--proofs", "off", "--quiet"),
    ],
    ids=lambda arguments: " ".join(arguments[:1]),
)
def test_no_room_for_temporary_files(
    tinyv_process: Tinyv, tmp_path: Path, tiny: Path, many: Path, arguments: tuple[str, ...]
) -> None:
    """The line names the folder and TMPDIR; nothing is left in it, and no output."""
    done = tinyv_process(*arguments, set={"TMPDIR": str(tiny)})
    assert is_told(done, str(tiny), "No space left", "let TMPDIR name a folder with room")
    assert [*tiny.iterdir()] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.jsonl", "tiny"]


@pytest.mark.parametrize("name", ["o.parquet", "o.jsonl", "o.csv"])
def test_no_room_for_the_output(tinyv: Tinyv, tiny: Path, many: Path, name: str) -> None:
    """The line names the file and -o; nothing is left in the folder."""
    done = tinyv("audit", many, *QUICK, "-o", tiny / name)
    assert is_told(done, name, "No space left", "choose another place with -o")
    assert [*tiny.iterdir()] == []


SETTINGS: list[Callable[[Path], object]] = [
    lambda path: path.write_text('cache_dir = "a\\u0000b"'),
    lambda path: path.write_bytes(b"\xff\xfe"),
    lambda path: path.write_text("cache_dir = []"),
    lambda path: path.mkdir(),
    os.mkfifo,
]


@pytest.mark.parametrize("make", SETTINGS)
def test_settings_that_cannot_be(tinyv: Tinyv, tmp_path: Path, make: Callable[[Path], object]) -> None:
    """A file of settings that says nothing usable is named; what is no file is none."""
    write_lines(tmp_path / "r.jsonl", json.dumps(ROW))
    make(tmp_path / "tinyv.toml")
    done = tinyv("audit", "r.jsonl", *QUICK, "-o", "o.csv")
    if (tmp_path / "tinyv.toml").is_file():
        assert is_told(done, "tinyv.toml")
    else:
        assert done.returncode == 0, done.stderr


def test_a_response_that_is_no_text(tinyv: Tinyv) -> None:
    """Bytes on standard input that are no UTF-8; on the command line they become question marks."""
    assert is_told(tinyv("check", "-g", "4", *QUICK[:-1], "--", "-", stdin=b"\xff4"), "not valid UTF-8")
    assert tinyv("check", "-g", "4\udcff", "-q", "\udcff", *QUICK[:-1], "--json", "4\udcff").returncode == 0
