"""What is wrong is said in one line that names the thing and the next step; nothing half-written stays."""

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SAMPLE, Tinyv, write_lines

GOOD = '{"question": "1+1?", "gold": "2", "response": "2"}'
Make = Callable[[Path], object]


def _truncated(path: Path, whole: bytes) -> None:
    path.write_bytes(whole[: len(whole) // 2])


CASES: dict[str, tuple[Make, list[str], list[str]]] = {
    "no such file": (
        lambda folder: None,
        ["nosuch.parquet"],
        ["nosuch.parquet", "no such file", "check the path"],
    ),
    "empty file": (lambda folder: (folder / "e.jsonl").touch(), ["e.jsonl"], ["e.jsonl", "empty"]),
    "no rows": (lambda folder: (folder / "e.json").write_text("[]"), ["e.json"], ["e.json", "no rows"]),
    "only blank lines": (lambda folder: (folder / "b.jsonl").write_text("\n\n"), ["b.jsonl"], ["no rows"]),
    "CSV with a header only": (
        lambda folder: write_lines(folder / "h.csv", "question,gold,response"),
        ["h.csv"],
        ["no rows"],
    ),
    "malformed line": (
        lambda folder: write_lines(folder / "m.jsonl", GOOD, '{"question": "1+1?" "gold"'),
        ["m.jsonl"],
        ["m.jsonl, line 2", "not valid JSON", '{"question": "1+1?" "gold"', "mend or remove"],
    ),
    "a line that is no object": (
        lambda folder: write_lines(folder / "m.jsonl", GOOD, "[1, 2]"),
        ["m.jsonl"],
        ["m.jsonl, line 2", "not an object"],
    ),
    "malformed array": (
        lambda folder: (folder / "m.json").write_text(f"[{GOOD}, {{]"),
        ["m.json"],
        ["m.json, after element 1", "not valid JSON"],
    ),
    "invalid UTF-8": (
        lambda folder: (folder / "u.jsonl").write_bytes(GOOD.encode() + b'\n{"question": "caf\xe9"}\n'),
        ["u.jsonl"],
        ["u.jsonl, line 2", "not valid UTF-8", r"caf\xe9", "convert"],
    ),
    "invalid UTF-8 in CSV": (
        lambda folder: (folder / "u.csv").write_bytes(b"question,gold,response\ncaf\xe9,1,1\n"),
        ["u.csv"],
        ["u.csv", "not valid UTF-8", "convert"],
    ),
    "CSV line with too many fields": (
        lambda folder: write_lines(folder / "c.csv", "question,gold,response", "a,1,1", "a,1,2,3"),
        ["c.csv"],
        ["c.csv, line 3", "4 fields under a header of 3"],
    ),
    "unknown extension": (
        lambda folder: write_lines(folder / "r.xml", "<a/>"),
        ["r.xml"],
        ["r.xml", "unknown extension '.xml'", ".parquet .arrow"],
    ),
    "no gold column": (
        lambda folder: write_lines(folder / "n.jsonl", '{"question": "q", "response": "1", "other": 3}'),
        ["n.jsonl"],
        ["n.jsonl", "no gold column", "question, response, other", "--gold COLUMN"],
    ),
    "a named column that is not there": (
        lambda folder: write_lines(folder / "n.jsonl", GOOD),
        ["n.jsonl", "--response", "reply"],
        ["n.jsonl", "no column 'reply' for --response", "question, gold, response"],
    ),
    "truncated Parquet": (
        lambda folder: _truncated(folder / "t.parquet", (SAMPLE / "rollouts.parquet").read_bytes()),
        ["t.parquet"],
        ["t.parquet", "not readable as a Parquet file", "written to the end"],
    ),
    "truncated gzip": (
        lambda folder: _truncated(
            folder / "t.jsonl.gz", gzip.compress((SAMPLE / "rollouts.jsonl").read_bytes())
        ),
        ["t.jsonl.gz"],
        ["t.jsonl.gz", "gzip"],
    ),
    "a folder that is no dataset": (
        lambda folder: (folder / "d").mkdir(),
        ["d"],
        ["d: a folder that holds no dataset"],
    ),
    "output folder that does not exist": (
        lambda folder: write_lines(folder / "g.jsonl", GOOD),
        ["g.jsonl", "-o", "nodir/out.parquet"],
        ["nodir/out.parquet", "does not exist", "make it first"],
    ),
    "output that cannot be written": (
        lambda folder: write_lines(folder / "g.jsonl", GOOD),
        ["g.jsonl", "-o", "/proc/out.parquet"],
        ["/proc/out.parquet", "cannot be written", "-o"],
    ),
    "output of unknown kind": (
        lambda folder: write_lines(folder / "g.jsonl", GOOD),
        ["g.jsonl", "-o", "out.docx"],
        ["out.docx", "unknown extension"],
    ),
    "output that is an input": (
        lambda folder: write_lines(folder / "g.jsonl", GOOD),
        ["g.jsonl", "-o", "g.jsonl"],
        ["g.jsonl", "is one of the inputs"],
    ),
    "model that is no GGUF": (
        lambda folder: (write_lines(folder / "g.jsonl", GOOD), write_lines(folder / "x.gguf", "no")),
        ["g.jsonl", "--model", "x.gguf"],
        ["x.gguf", "not a GGUF file", "--model takes"],
    ),
    "model that is not there": (
        lambda folder: write_lines(folder / "g.jsonl", GOOD),
        ["g.jsonl", "--model", "big"],
        ["big: no such model", "--model takes"],
    ),
    "broken GGUF": (
        lambda folder: (
            write_lines(folder / "g.jsonl", GOOD),
            (folder / "x.gguf").write_bytes(b"GGUF" + bytes(range(256))),
        ),
        ["g.jsonl", "--model", "x.gguf"],
        ["x.gguf", "cannot read this GGUF"],
    ),
    "unknown prompt": (
        lambda folder: (
            write_lines(folder / "g.jsonl", GOOD),
            write_lines(folder / "tinyv.toml", "prompt = 'mine'"),
        ),
        ["g.jsonl"],
        ["mine: no such prompt", "there are tinyv, tinyv-qwen3, annotator, or name a file"],
    ),
    "prompt without an answer": (
        lambda folder: (
            write_lines(folder / "g.jsonl", GOOD),
            write_lines(folder / "mine.txt", "{{QUESTION}} {{GROUND_TRUTH_ANSWER}}"),
        ),
        ["g.jsonl", "--model", "http://127.0.0.1:1/v1", "--prompt", "mine.txt"],
        ["mine.txt: a prompt holds", "lacks {{MODEL_ANSWER}}"],
    ),
    "prompt for nano": (
        lambda folder: write_lines(folder / "g.jsonl", GOOD),
        ["g.jsonl", "--model", "nano", "--prompt", "annotator"],
        ["--prompt is for models that chat", "name another --model"],
    ),
    "unknown rule": (
        lambda folder: write_lines(folder / "g.jsonl", GOOD),
        ["g.jsonl", "--rule", "mine"],
        ["no rule is named 'mine'", "math-verify"],
    ),
    "threshold out of range": (
        lambda folder: write_lines(folder / "g.jsonl", GOOD),
        ["g.jsonl", "--threshold", "7"],
        ["--threshold", "less than or equal to 1"],
    ),
    "lines and summary on one stream": (
        lambda folder: write_lines(folder / "g.jsonl", GOOD),
        ["g.jsonl", "--json", "-o", "-"],
        ["--json", "-o"],
    ),
    "no source": (lambda folder: None, [], ["SOURCE"]),
}


@pytest.mark.parametrize("case", CASES)
def test_one_line_and_exit_2(tinyv: Tinyv, tmp_path: Path, case: str) -> None:
    """File, place and next step are named; no traceback, no output, nothing beside it."""
    make, arguments, expected = CASES[case]
    make(tmp_path)
    before = sorted(tmp_path.iterdir())
    done = tinyv("audit", *arguments)
    assert done.returncode == 2, done.stderr
    complaint = done.stderr.splitlines()[-1]
    assert complaint.startswith("tinyv: ")
    for part in expected:
        assert part in complaint
    assert sum(line.startswith("tinyv: ") for line in done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write and read anything")
def test_permissions(tinyv: Tinyv, tmp_path: Path) -> None:
    """A folder that may not be written and a file that may not be read are told apart from missing ones."""
    source = write_lines(tmp_path / "g.jsonl", GOOD)
    (tmp_path / "locked").mkdir(mode=0o555)
    done = tinyv("audit", "g.jsonl", "-o", "locked/out.parquet")
    assert done.returncode == 2
    assert "cannot be written (Permission denied)" in done.stderr
    source.chmod(0)
    done = tinyv("audit", "g.jsonl")
    assert done.returncode == 2
    assert "may not be read" in done.stderr


def test_cache_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the embedded verifier cannot be kept, the error says which variable to set."""
    from tinyv_cli.errors import ModelError
    from tinyv_cli.models.nano import nano_gguf

    monkeypatch.setenv("TINYV_CACHE_DIR", "/proc/tinyv")
    with pytest.raises(ModelError, match="TINYV_CACHE_DIR"):
        nano_gguf()


def test_debug_shows_the_traceback(tinyv: Tinyv) -> None:
    """--debug before the command, or as a setting, is for those who mend tinyv."""
    told = tinyv("--debug", "audit", "nosuch.parquet"), tinyv("audit", "x", set={"TINYV_DEBUG": "1"})
    assert all(done.returncode != 0 and "Traceback" in done.stderr for done in told)


def test_what_was_judged_before_a_broken_line_is_handed_on(tinyv: Tinyv) -> None:
    """In a pipe, the rows before a malformed line have been written when the error comes."""
    done = tinyv("audit", "-", "--model", "none", stdin=f"{GOOD}\n{GOOD}\n{{broken\n")
    assert done.returncode == 2
    assert "standard input, line 3" in done.stderr
    assert len(done.stdout.splitlines()) == 2
