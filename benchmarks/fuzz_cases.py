"""What `benchmarks.fuzz` draws: sound commands, and the faults that are put into them."""

import gzip
import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

ROWS = [
    {"question": "What is 2+2?", "gold": "4", "response": "\\boxed{4}", "source": "a", "score": 1},
    {"question": "What is 2+2?", "gold": "4", "response": "The answer is 5.", "source": "a", "score": 0},
    {
        "question": "Solve x^2=4.",
        "gold": "\\{-2, 2\\}",
        "response": "x = 2 or x = -2",
        "source": "b",
        "score": 0,
    },
    {
        "question": "How many?",
        "gold": "{}",
        "response": "\\boxed{\\text{there are none}}",
        "source": "b",
        "score": 0,
    },
    {"question": "", "gold": "1,000", "response": "1000 ½ …", "source": "ü", "score": 1},
]
ODD: tuple[Any, ...] = (
    *(None, True, -1, 10**30, 1.5, float("nan"), float("inf"), "", " ", "\x00", "a\x1b[31m", "½", "\ud800"),
    *(
        [],
        {},
        [None],
        [[[]]],
        {"a": {"b": []}},
        ["a", 1],
        {"": 1},
        "x" * 3000,
        "$$",
        "{}",
        "\\quad",
        "-",
        "[b]x",
    ),
)
TEXTS = (
    "",
    "0",
    "-1",
    "1e400",
    "nan",
    "999999999999999999999",
    "a.b",
    "*",
    "x" * 400,
    "½",
    "../x",
    "a'b",
    "=",
    ":@",
)
VARIABLES = (
    "RULE",
    "MODEL",
    "THRESHOLD",
    "WORKERS",
    "RULE_TIMEOUT",
    "RULE_MEMORY",
    "CACHE_DIR",
    "DEBUG",
    "PROMPT",
)
QUICK = ("--rule", "exact", "--model", "none", "--proofs", "off")


@dataclass
class Draft:
    """A command that is sound until faults are put into it.

    `read` are the files that it reads, `writes` is the option that names its output and the file, `streams`
    what is wrong with a standard stream, by its number.
    """

    folder: Path
    kept: Path
    rng: random.Random
    arguments: list[str] = field(default_factory=list)
    read: list[Path] = field(default_factory=list)
    writes: dict[str, Path] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    stdin: bytes = b""
    streams: dict[int, str] = field(default_factory=dict)
    encoding: str = "utf-8"
    limits: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, name: str, content: bytes) -> Path:
        """A file that is read."""
        path = self.folder / name
        path.write_bytes(content)
        self.read.append(path)
        return path

    def audited(self) -> Path:
        """An audited file, with labels beside it."""
        lines = [{"tinyv_row": n, "tinyv_rollout": 0, "label": n % 2 == 0, "reviewer": "a"} for n in range(3)]
        path = self.add("x.audited.parquet", (self.kept / "audited.parquet").read_bytes())
        self.add("x.labels.jsonl", "".join(f"{json.dumps(line)}\n" for line in lines).encode())
        return path

    def command(self) -> list[str]:
        """The arguments of the command line."""
        return [
            *self.arguments,
            *(each for option, path in self.writes.items() for each in (option, str(path))),
        ]


def rows_as(name: str, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """A file of rows in the format of its name."""
    lines = "".join(f"{json.dumps(row)}\n" for row in rows).encode()
    table = pa.Table.from_pylist([dict(row) for row in ROWS])
    sink = pa.BufferOutputStream()
    if name.endswith(".parquet"):
        pq.write_table(table, sink)
    elif name.endswith(".csv"):
        pa_csv.write_csv(table, sink)
    elif name.endswith(".arrow"):
        with pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
    else:
        return {"gz": gzip.compress(lines), "json": json.dumps(list(rows)).encode()}.get(
            name.rsplit(".")[-1], lines
        )
    return bytes(sink.getvalue())


def _input(draft: Draft) -> str:
    name = draft.rng.choice(("r.jsonl", "r.json", "r.csv", "r.parquet", "r.arrow", "r.jsonl.gz"))
    return str(draft.add(name, rows_as(name, ROWS)))


def _audit(draft: Draft) -> None:
    draft.arguments = ["audit", _input(draft), *QUICK]
    draft.writes = {"-o": draft.folder / draft.rng.choice(("o.parquet", "o.jsonl", "o.csv"))}
    if draft.rng.random() < 0.3:
        draft.writes["--html"] = draft.folder / "o.html"


def _audit_stdin(draft: Draft) -> None:
    draft.arguments, draft.stdin = ["audit", "-", *QUICK], rows_as("r.jsonl", ROWS)


def _audit_kept(draft: Draft) -> None:
    """Of these rows the verdicts are kept: no worker is needed unless they are damaged."""
    name = draft.rng.choice(("r.jsonl", "r.csv"))
    draft.arguments = ["audit", str(draft.add(name, rows_as(name, ROWS))), "--model", "none"]
    draft.writes = {"-o": draft.folder / "o.parquet"}
    _damage_cache(draft)


def _golds(draft: Draft) -> None:
    draft.arguments = ["golds", _input(draft), "--rule", "exact"]
    draft.writes = {"-o": draft.folder / "bad.jsonl"}


def _eval(draft: Draft) -> None:
    draft.arguments = ["eval", _input(draft), "--label", "score", *QUICK]
    draft.writes = {"-o": draft.folder / "scores.parquet"}


def _eval_labels(draft: Draft) -> None:
    audited = draft.audited()
    draft.arguments = ["eval", str(audited), "--labels", str(draft.read[-1]), *QUICK]


def _report(draft: Draft) -> None:
    audited = draft.audited()
    form = draft.rng.choice(
        ([], ["--json"], ["--markdown"], ["--by", "source"], ["--labels", str(draft.read[-1])])
    )
    draft.arguments = ["report", str(audited), *form]
    if draft.rng.random() < 0.3:
        draft.writes = {"--html": draft.folder / "o.html"}


def _export(draft: Draft) -> None:
    what, name = draft.rng.choice(
        (
            ("recovered", "o.parquet"),
            ("rewards", "o.jsonl"),
            ("sft", "o.jsonl"),
            ("pytest", "o.py"),
            ("jsonl", "o.jsonl"),
        )
    )
    draft.arguments = ["export", str(draft.audited()), "--as", what]
    if draft.rng.random() < 0.6:
        draft.writes = {"-o": draft.folder / name}


def _check(draft: Draft) -> None:
    draft.arguments = ["check", "-g", "4", "-q", "2+2?", *QUICK, "--", "-"]
    draft.stdin = b"\\boxed{4}"


def _others(draft: Draft) -> None:
    draft.arguments = draft.rng.choice(
        (
            ["config"],
            ["config", "--json"],
            ["formats", "--json"],
            ["cache", "info"],
            ["cache", "clear"],
            ["--version"],
        )
    )


SOUND: tuple[Callable[[Draft], None], ...] = (
    *(
        _audit,
        _audit,
        _audit_stdin,
        _audit_kept,
        _golds,
        _eval,
        _eval_labels,
        _report,
        _report,
        _export,
        _check,
    ),
    _others,
)


def _changed_bytes(draft: Draft, content: bytes) -> bytes:
    rng = draft.rng
    at = rng.randrange(len(content) + 1)
    return rng.choice(
        (
            content[:at],
            content[:at] + rng.randbytes(rng.randint(1, 8)) + content[at + 1 :],
            content[:at]
            + rng.choice((b"\xff", b"\x00", b"\n", b'"', b"{", b",", b"\xef\xbb\xbf"))
            + content[at:],
            b"",
            rng.randbytes(200),
            content.decode("latin-1").encode("utf-16"),
            b"[" * 3000,
            content * 3,
        )
    )


def _files(draft: Draft) -> list[Path]:
    """What it reads, but for what an earlier fault has renamed or replaced."""
    return [path for path in draft.read if path.is_file() and not path.is_symlink()]


def _damage_file(draft: Draft) -> None:
    if files := _files(draft):
        path = draft.rng.choice(files)
        path.write_bytes(_changed_bytes(draft, path.read_bytes()))


def _odd_rows(draft: Draft) -> None:
    """Values of another shape, under names that are known."""
    rows: list[dict[str, Any]] = [dict(row) for row in ROWS]
    for _ in range(draft.rng.randint(1, 4)):
        row = draft.rng.choice(rows)
        row[draft.rng.choice([*row, "", "tinyv_row", "a.b"])] = draft.rng.choice(ODD)
    lines = "".join(f"{json.dumps(row)}\n" for row in rows).encode()
    if draft.stdin.startswith(b"{"):
        draft.stdin = lines
    for path in draft.read:
        if path.name == "r.jsonl":
            path.write_bytes(lines)


def _another_kind(draft: Draft) -> None:
    """Something else than a file stands where one is read."""
    if files := _files(draft):
        path = draft.rng.choice(files)
        path.unlink()
        _put(draft, path)


def _put(draft: Draft, path: Path) -> None:
    """A pipe, a folder, a link to itself, to nothing or to a device, or nothing."""
    with suppress(FileExistsError, OSError):
        draft.rng.choice(
            (
                lambda: os.mkfifo(path),
                path.mkdir,
                lambda: path.symlink_to(path.name),
                lambda: path.symlink_to("nowhere"),
                lambda: path.symlink_to("/dev/null"),
                lambda: path.symlink_to("/dev/full"),
                lambda: None,
            )
        )()


def _odd_name(draft: Draft) -> None:
    """A name that is long, or no UTF-8, or full of signs."""
    stems = ("n" * 240, "caf\udce9", "a b [1] 50%", "-x", "\n", "ü" * 110, "n" * 246)
    rng = draft.rng
    if rng.random() < 0.5 and draft.writes:
        option = rng.choice([*draft.writes])
        draft.writes[option] = draft.folder / f"{rng.choice(stems)}{draft.writes[option].suffix}"
    elif draft.read:
        old = rng.choice(draft.read)
        new = old.with_name(f"{rng.choice(stems)}{''.join(old.suffixes)}")
        with suppress(OSError):
            old.rename(new)
            draft.arguments = [str(new) if each == str(old) else each for each in draft.arguments]


def _odd_target(draft: Draft) -> None:
    """A place where nothing must be written, or nothing can be."""
    if not draft.writes:
        return
    option = draft.rng.choice([*draft.writes])
    path = draft.writes[option]
    same = [draft.read[0]] if draft.read else []
    places = (
        Path("/dev/null"),
        Path("/dev/stdout"),
        path / "in" / path.name,
        Path("/proc") / path.name,
        *same,
    )
    if draft.rng.random() < 0.5:
        _put(draft, path)
    else:
        draft.writes[option] = draft.rng.choice((*places, *draft.writes.values()))
    if draft.rng.random() < 0.5:
        draft.arguments.append("--overwrite")


def _odd_option(draft: Draft) -> None:
    names = "limit sample seed where shard by select threshold rule model format question gold response only"
    name = draft.rng.choice(
        [*names.split(), "label", "labels", "calibration", "fail-over", "rounding", "html"]
    )
    value = draft.rng.choice(
        (*TEXTS, "gold = '4'", "source", "1/2", "column:score", "x.py:f", "http://127.0.0.1:9/v1")
    )
    at = draft.arguments.index("--") if "--" in draft.arguments else len(draft.arguments)
    draft.arguments[at:at] = [f"--{name}={value}"]


def _odd_metadata(draft: Draft) -> None:
    """Another value somewhere in what an audited file says of itself, or another type of a column."""
    path = draft.folder / "x.audited.parquet"
    if path not in draft.read or not path.is_file():
        return
    with suppress(pa.ArrowException, OSError, TypeError, ValueError, LookupError):  # another fault came first
        table = pq.read_table(path)
        said = json.loads(pq.read_metadata(path).metadata[b"tinyv"])
        place: Any = said
        keys = [*place]
        while (
            isinstance(inner := place[key := draft.rng.choice(keys)], dict)
            and inner
            and draft.rng.random() < 0.6
        ):
            place, keys = inner, [*inner]
        place[key] = draft.rng.choice([value for value in ODD if value != "\ud800"])
        if draft.rng.random() < 0.2:
            del place[key]
        if draft.rng.random() < 0.3:
            name = draft.rng.choice([name for name in table.column_names if name.startswith("tinyv_")])
            values = pa.array([draft.rng.choice(("a", "1"))] * len(table))
            table = table.set_column(table.column_names.index(name), name, values)
        pq.write_table(table.replace_schema_metadata({"tinyv": json.dumps(said)}), path)


def _odd_labels(draft: Draft) -> None:
    """A line of labels with another value."""
    path = draft.folder / "x.labels.jsonl"
    if path in draft.read and path.is_file():
        keys = (
            "tinyv_row",
            "tinyv_rollout",
            "label",
            "reviewer",
            "example",
            "stratum",
            "stratum_size",
            "stratum_drawn",
        )
        line = {"tinyv_row": 1, "tinyv_rollout": 0, "label": True}
        for _ in range(draft.rng.randint(1, 3)):
            line[draft.rng.choice(keys)] = draft.rng.choice(ODD)
        path.write_bytes(path.read_bytes() + f"{json.dumps(line)}\n".encode())


def _damage_cache(draft: Draft) -> None:
    """Values, the table, the version or the bytes of the cache are others."""
    folder, rng = draft.folder / "cache", draft.rng
    file = folder / "verdicts.sqlite3"
    shutil.copyfile(draft.kept / "cache" / file.name, file)
    values = [json.dumps(value) for value in ODD] + [
        '["accept"]',
        '["maybe", null]',
        "[2.0, null]",
        "[",
        b"\xff",
        7,
        None,
    ]
    statements: list[tuple[str, tuple[Any, ...]]] = [
        ("UPDATE verdict SET value = ? WHERE random() % 3 = 0", (rng.choice(values),)),
        ("DROP TABLE verdict", ()),
        ("ALTER TABLE verdict RENAME COLUMN value TO other", ()),
        (f"PRAGMA user_version = {rng.choice((0, 2, 99))}", ()),
    ]
    if rng.random() < 0.25:
        file.write_bytes(_changed_bytes(draft, file.read_bytes()))
        return
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(*rng.choice(statements))


def _odd_environment(draft: Draft) -> None:
    rng, missing = draft.rng, str(draft.folder / "missing")
    plain = draft.folder / "plain"
    plain.write_text("plain")
    draft.environment |= rng.choice(
        (
            {"TMPDIR": missing},
            {"TMPDIR": str(plain)},
            {"TMPDIR": str(draft.folder / "t\udcff")},
            {"SSL_CERT_FILE": missing, "TINYV_MODEL": "http://192.0.2.1:9/v1"},
            {"HTTPS_PROXY": "::", "HTTP_PROXY": "a b", "TINYV_MODEL": "http://10.255.255.1:9/v1"},
            {"COLUMNS": "1", "TERM": "dumb"},
            {"HOME": missing, "XDG_CACHE_HOME": str(plain)},
            {"TINYV_CACHE_DIR": str(plain)},
            {f"TINYV_{rng.choice(VARIABLES)}": rng.choice(TEXTS)},
            {f"TINYV_{rng.choice(VARIABLES)}": rng.choice(TEXTS)},
        )
    )


def _odd_settings(draft: Draft) -> None:
    name = draft.rng.choice(VARIABLES).lower()
    values = ("1", '"x"', "[]", "{}", "nan", "-1", '"a\\u0000b"', "true", "1979-05-27", "[[1]]", '"')
    line = f"{name} = {draft.rng.choice(values)}\n"
    (draft.folder / "tinyv.toml").write_bytes(
        draft.rng.choice((line.encode(), b"\xff", b"[models]\nx = 1", b"[models.x]\nthink = 3"))
    )


def _odd_stream(draft: Draft) -> None:
    draft.streams[draft.rng.choice((1, 2))] = draft.rng.choice(("closed", "full", "left"))
    if draft.rng.random() < 0.3:
        draft.streams[0] = "closed"


def _odd_encoding(draft: Draft) -> None:
    draft.encoding = draft.rng.choice(("ascii", "latin-1", "cp1252", "utf-16", "shift_jis"))


def _odd_stdin(draft: Draft) -> None:
    if draft.stdin:
        draft.stdin = _changed_bytes(draft, draft.stdin)


def _limited(draft: Draft) -> None:
    draft.limits |= draft.rng.choice(
        (
            {"RLIMIT_NOFILE": draft.rng.randint(4, 80)},
            {"RLIMIT_FSIZE": draft.rng.choice((0, 100, 5000, 50000))},
            {"RLIMIT_AS": draft.rng.choice((500, 1500, 2500, 6000)) << 20},
        )
    )


def _strangers(draft: Draft) -> None:
    """Pipes and links where files of killed runs would be."""
    for folder in (draft.folder, draft.folder / "tmp"):
        for name in (".o.parquet.0.tinyv-part", ".o.jsonl.0.tinyv-part", "tinyv-0.tinyv-part"):
            _put(draft, folder / name)


FAULTS: tuple[Callable[[Draft], None], ...] = (
    *(_damage_file, _damage_file, _odd_rows, _odd_rows, _another_kind, _odd_name, _odd_target, _odd_target),
    *(
        _odd_option,
        _odd_option,
        _odd_metadata,
        _odd_metadata,
        _odd_labels,
        _odd_environment,
        _odd_environment,
    ),
    *(_odd_settings, _odd_stream, _odd_stream, _odd_encoding, _odd_stdin, _limited, _strangers),
)


def drawn(folder: Path, kept: Path, rng: random.Random) -> Draft:
    """A command with one to three faults, its files written into the folder.

    In `kept` are an audited file and a cache of sound runs.
    """
    draft = Draft(folder, kept, rng)
    for name in ("cache", "tmp"):
        (folder / name).mkdir()
    sound = rng.choice(SOUND)
    sound(draft)
    faults = rng.choices(FAULTS, k=rng.randint(1, 3))
    for fault in faults:
        fault(draft)
    draft.faults = [each.__name__.strip("_") for each in (sound, *faults)]
    return draft
