"""Broken and hostile inputs, drawn by a seed, given to the real commands: none may surprise the program.

A case is a command line in a folder of its own, of which some files, options, labels, metadata, kept
verdicts, variables, streams or limits are broken (`benchmarks/fuzz_cases.py`). It fails where the program
says `unexpected …` or shows a traceback, is killed, ends with an exit code that is not documented, does not
say what is wrong, takes too long, or ends with 0 and without its output. Each runs in a process of its own,
forked from one that has loaded the libraries. The command of each failure is printed; `--only N --keep
FOLDER` repeats one. POSIX only.

    python -m benchmarks.fuzz [--seed 1] [--cases 200] [--only N] [--keep FOLDER] [--seconds 120]
"""

import argparse
import atexit
import importlib
import os
import random
import resource
import shlex
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fuzz_cases import ROWS, Draft, drawn, rows_as
from tinyv_cli import __main__ as program

CODES = {0, 1, 2, 3, program.EXIT_READER_LEFT}  # 1 and 3 are verdicts of check, and what --fail-over asks for
SURPRISES = ("tinyv: unexpected ", "Traceback (most recent call last)", "Exception ignored", "panicked at")
LOADED = (
    *("audit", "golds", "eval", "report", "export", "check", "cache", "config", "formats", "dry_run"),
    *("reading", "stages", "printing"),
)
LIBRARIES = ("polars", "pyarrow.csv", "pyarrow.parquet", "ijson", "matplotlib.figure", "httpx2", "rich.table")
ROOMS = (
    "documents.outputs",
    "report.page",
    "report.tables",
    "golds.tables",
    "evaluation.page",
    "exports.writing",
)
POLL_SECONDS = 0.02
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a command: its exit code, None where it took too long, and what it said."""

    code: int | None
    out: str
    err: str


def load() -> None:
    """Import what commands import, so that it is done once."""
    for name in LIBRARIES:
        importlib.import_module(name)
    for name in (*(f"cli.{each}" for each in LOADED), *ROOMS):
        importlib.import_module(f"tinyv_cli.{name}")


def run(draft: Draft, seconds: float) -> Ended:
    """The command in a process of its own, which is killed with all its children when it takes too long."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as given:
        given.write(draft.stdin)
        given.seek(0)
        child = os.fork()
        if child == 0:
            _become(draft, (given.fileno(), out.fileno(), err.fileno()))
        code = _waited(child, seconds)
        said = []
        for stream in (out, err):
            stream.seek(0)
            said.append(stream.read().decode("utf-8", "replace"))
        return Ended(code, *said)


def _become(draft: Draft, descriptors: tuple[int, int, int]) -> None:
    """Be the program, with its own streams, environment, folder and limits; does not return."""
    os.setsid()
    os.chdir(draft.folder)
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("TINYV_", "TMP", "SSL_"))
    }
    own = {
        "PYTHONDONTWRITEBYTECODE": "1",
        "TINYV_CACHE_DIR": str(draft.folder / "cache"),
        "TMPDIR": str(draft.folder / "tmp"),
        "HF_HUB_OFFLINE": "1",
    }
    os.environ.clear()
    os.environ.update(kept | own | draft.environment)
    tempfile.tempdir = None
    sys.dont_write_bytecode = True  # of a limited size Python would keep halves
    for number, descriptor in enumerate(descriptors):
        _connect(number, descriptor, draft.streams.get(number, "plain"), draft.encoding)
    for name, value in draft.limits.items():
        resource.setrlimit(getattr(resource, name), (value, value))
    if "RLIMIT_AS" in draft.limits:  # of which what is loaded has taken too much already
        os.environ["PYTHONPATH"] = str(ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "tinyv_cli", *draft.command()])
    sys.argv = ["tinyv", *draft.command()]
    os._exit(_ended())


def _ended() -> int:
    """The exit code of the program, after what Python does at its end."""
    try:
        program.main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return 120
    return code


def _connect(number: int, descriptor: int, fault: str, encoding: str) -> None:
    name = ("stdin", "stdout", "stderr")[number]
    if fault == "closed":
        os.close(number)
        setattr(sys, name, None)
        return
    if fault == "full":
        descriptor = os.open("/dev/full", os.O_WRONLY)
    elif fault == "left":
        reading, descriptor = os.pipe()
        os.close(reading)
    os.dup2(descriptor, number)
    setattr(sys, name, open(number, "r" if number == 0 else "w", encoding=encoding, closefd=False))  # noqa: SIM115


def _waited(child: int, seconds: float) -> int | None:
    deadline = time.monotonic() + seconds
    try:
        while time.monotonic() < deadline:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
            time.sleep(POLL_SECONDS)
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)


def complaints(draft: Draft, ended: Ended) -> Iterator[str]:
    """What is wrong with how a command ended."""
    if ended.code is None:
        yield "took too long"
    elif ended.code not in CODES:
        yield f"ended with {ended.code}"
    if found := [each for each in SURPRISES if each in ended.err]:
        yield f"says '{found[0].strip()}'"
    # Standard error is a file here, which may be limited too.
    heard = 2 not in draft.streams and "RLIMIT_FSIZE" not in draft.limits and draft.encoding != "utf-16"
    told = sum(line.startswith("tinyv: ") for line in ended.err.splitlines())
    if ended.code == 2 and heard and told != 1:
        yield f"failed with {told} lines that say why"
    if ended.code == 0:
        missing = [str(path) for path in draft.writes.values() if not path.is_file()]
        if missing or not (draft.writes or ended.out or 1 in draft.streams):
            yield f"ended with 0 and without {missing or 'output'}"
    left = [path.name for path in draft.folder.rglob("*.tinyv-part") if path.is_file() or path.is_dir()]
    if left and "strangers" not in draft.faults and ended.code is not None and ended.code >= 0:
        yield f"left {left[0]} behind"


def told(draft: Draft) -> str:
    """The command as a shell takes it, and what else there is to it."""
    variables = {
        "TINYV_CACHE_DIR": str(draft.folder / "cache"),
        "TMPDIR": str(draft.folder / "tmp"),
        **draft.environment,
    }
    assigned = " ".join(f"{name}={shlex.quote(value)}" for name, value in variables.items())
    more = {"streams": draft.streams, "limits": draft.limits, "encoding": {draft.encoding} - {"utf-8"}}
    beside = "".join(f"  # {name}: {each}" for name, each in more.items() if each)
    return f"cd {draft.folder} && {assigned} tinyv {shlex.join(draft.command())}{beside}"


@contextmanager
def sound_runs() -> Iterator[Path]:
    """A folder with an audited file and a cache of verdicts, as sound runs leave them."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    try:
        (folder / "tmp").mkdir()
        rows = folder / "r.jsonl"
        rows.write_bytes(rows_as(rows.name, ROWS))
        audit = Draft(
            folder, folder, random.Random(0), ["audit", str(rows), "--model", "none", "--by", "source"]
        )
        audit.writes = {"-o": folder / "audited.parquet"}
        ended = run(audit, 600)
        if ended.code != 0:
            raise SystemExit(ended.err)
        yield folder
    finally:
        shutil.rmtree(folder)


def main() -> None:
    """Run the cases, print those that fail, and end with 1 if any did."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--only", type=int)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--seconds", type=float, default=120)
    given = parser.parse_args()
    load()
    numbers = range(given.cases) if given.only is None else [given.only]
    codes: Counter[int | None] = Counter()
    failed = 0
    with sound_runs() as kept:
        for number in numbers:
            ended, wrong = one(given.seed, number, kept, given.seconds, given.keep)
            codes[ended.code] += 1
            failed += wrong
    print(f"seed {given.seed}: {failed} of {len(numbers)} failed; exit codes: {dict(codes)}")
    sys.exit(failed > 0)


def one(seed: int, number: int, kept: Path, seconds: float, keep: Path | None) -> tuple[Ended, bool]:
    """Draw a case, run it, and print it if it fails; its folder stays as `keep` if that is wanted."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    try:
        draft = drawn(folder, kept, random.Random(f"{seed}/{number}"))
        ended = run(draft, seconds)
        wrong = [*complaints(draft, ended)]
        if wrong:
            print(
                f"case {number} ({', '.join(draft.faults)}): {'; '.join(wrong)}\n  {ascii(told(draft))[1:-1]}"
            )
            print("".join(f"  | {line[:300]}\n" for line in ended.err.splitlines()[-4:]), flush=True)
        if keep is not None:
            shutil.copytree(folder, keep, symlinks=True, dirs_exist_ok=True, ignore_dangling_symlinks=True)
            print(f"{told(draft)!a}\nexit code {ended.code}\n{ended.out[-2000:]}\n{ended.err[-4000:]}")
        return ended, bool(wrong)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
