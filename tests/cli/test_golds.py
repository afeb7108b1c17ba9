"""`tinyv golds`: golds with a problem are counted, shown, written, and can fail a build."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import SAMPLE, Tinyv, write_lines
from tinyv_cli.golds.ledger import COLUMNS

Row = dict[str, Any]

# One row or more for each problem, and sound ones beside them.
ROWS: list[Row] = [
    {"id": 0, "question": "1+1?", "gold": "2"},
    {"id": 1, "question": "1+2?", "gold": "3"},
    {"id": 2, "question": "1+2?", "gold": "33"},
    {"id": 3, "question": "Half?", "gold": "0.5"},
    {"id": 4, "question": "Half?", "gold": "1/2"},
    {"id": 5, "question": "Show it.", "gold": "proof"},
    {"id": 6, "question": "Show that.", "gold": "Not Found"},
    {"id": 7, "question": "Nothing?", "gold": None},
    {"id": 8, "question": "Larger?", "gold": ">"},
    {"id": 9, "question": "0/0?", "gold": r"\frac{0}{0}"},
    {"id": 10, "question": "1+1?", "gold": "2"},
    {"id": 11, "question": " 1+1? ", "gold": " 2"},
]
PROBLEMS = [None, "tie", "tie", None, None, "sentinel", "sentinel", "sentinel", "unreadable"]
PROBLEMS += ["undecided", None, None]
GOOD = ROWS[0]
EXACT = ("--rule", "exact")  # where it does not matter which, the one that starts at once


def rows_file(folder: Path, rows: list[Row], name: str = "rows.jsonl") -> Path:
    return write_lines(folder / name, *map(json.dumps, rows))


def figures(done: "subprocess.CompletedProcess[str]") -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_json(tinyv: Tinyv, tmp_path: Path) -> None:
    """All figures, and nothing else on standard output."""
    found = figures(tinyv("golds", rows_file(tmp_path, ROWS), "--json"))
    twelfth = {n: {"count": n, "share": n / 12} for n in range(12)}
    examples, conflicts = found.pop("examples"), found["conflicts"].pop("examples")
    assert found == {
        "schema_version": 2,
        "rule_name": "math-verify",
        "rows": 12,
        "bad": twelfth[4],
        "unusable": twelfth[0],
        "to_look_at": twelfth[2],
        "problems": {
            "sentinel": twelfth[3],
            "unreadable": twelfth[1],
            "conflict": twelfth[0],
            "unparsable": twelfth[0],
            "unequal": twelfth[0],
            "partial": twelfth[0],
            "tie": twelfth[2],
            "outvoted": twelfth[0],
            "undecided": twelfth[1],
        },
        "reasons": {"gold_unparsable": 1, "no_gold": 1, "error:ValueError": 1},
        "questions": {"rows": 12, "distinct": 8, "repeats": 2, "most_copies": 3},
        "conflicts": {"questions": 1, "ties": 1, "pairs": 2, "undecided_pairs": 0},
        "outvoted": None,
        "by": [],
        "variants": None,
        "file": None,
        "clean_file": None,
    }
    told = {"row": 1, "gold": "3", "copies": 1, "other_row": 2, "other_gold": "33", "other_copies": 1}
    assert conflicts == [{"question": "1+2?", "tie": True, **told}]
    assert [(each["problem"], each["rows"], each["row"], each["gold"]) for each in examples] == [
        ("sentinel", 1, 5, "proof"),
        ("sentinel", 1, 6, "Not Found"),
        ("sentinel", 1, 7, None),
        ("unreadable", 1, 8, ">"),
        ("undecided", 1, 9, r"\frac{0}{0}"),
    ]
    expected = {"problem", "rows", "row", "gold", "taken", "rule", "rule_reason", "question"}
    assert set(examples[0]) == expected


def test_table(tinyv: Tinyv, tmp_path: Path) -> None:
    """What there is to know, in words, and nothing of a response."""
    done = tinyv("golds", rows_file(tmp_path, ROWS))
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    for part in (
        "12 rows, 8 questions",
        "bad golds 4 (33.3%), for everybody",
        "sentinel 3 (25.0%): nothing, or a word",
        "unreadable 1 (8.3%): neither the rule nor tinyv can read them",
        "unusable 0 (0.0%), for math-verify",
        "to look at 2 (16.7%)",
        "tie 2 (16.7%): copies of the question have other golds",
        "undecided 1 (8.3%): the rule failed",
        "repeats 2 (16.7%) repeat the question and gold of an earlier one; most copies: 3×",
        "2 pairs of the same question: 1 question with a conflict, 1 of them a tie",
        "sentinel 1 Not Found Show that.",
        "error:ValueError 1 \\frac{0}{0} 0/0?",
        "3 1 33 1 1+2?",
    ):
        assert part in said
    assert "unequal" not in said, "what there is none of is not listed"
    assert "the question is 'question', the right answer (gold) is 'gold'\n" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["rows.jsonl"], "nothing is written unless told to"


def test_parquet_out(tinyv: Tinyv, tmp_path: Path) -> None:
    """The rows with a problem keep all their columns and types; ours stand behind them."""
    table = pa.Table.from_pylist(ROWS).append_column("small", pa.array(range(12), pa.int8()))
    pq.write_table(table.append_column("tinyv_problem", pa.array(["old"] * 12)), tmp_path / "rows.parquet")
    done = tinyv("golds", "rows.parquet", "-o", "bad.parquet")
    assert done.returncode == 0, done.stderr
    assert "written: bad.parquet" in done.stdout
    bad = pq.read_table(tmp_path / "bad.parquet")
    expected = [i for i, problem in enumerate(PROBLEMS) if problem is not None]
    assert bad.select(table.column_names) == table.take(expected).replace_schema_metadata(None)
    assert bad.column_names == [*table.column_names, *COLUMNS]
    assert bad["tinyv_row"].to_pylist() == expected
    assert bad["tinyv_problem"].to_pylist() == [PROBLEMS[i] for i in expected]
    assert bad["tinyv_rule"].to_pylist() == ["accept"] * 4 + ["undecided"] * 3
    assert bad["tinyv_rule_reason"].to_pylist() == [
        *(None, None, None, None, "no_gold", "gold_unparsable", "error:ValueError")
    ]
    assert bad["tinyv_gold"].to_pylist() == [ROWS[i]["gold"] for i in expected]
    metadata = json.loads(pq.read_metadata(tmp_path / "bad.parquet").metadata[b"tinyv"])
    assert metadata["rule"]["name"] == "math-verify"
    assert metadata["mapping"]["gold"] == "gold"
    assert metadata["counts"] == {"rows": 12, "bad": 4, "unusable": 0}


def test_lines_in_lines_out(tinyv: Tinyv, tmp_path: Path) -> None:
    """Standard input is read as JSON lines, and -o x.jsonl writes them as they were."""
    rows = [row | {"extra": {"n": n}} if n % 2 else row for n, row in enumerate(ROWS)]
    done = tinyv("golds", "-", "-o", "bad.jsonl", "--json", stdin="\n".join(map(json.dumps, rows)))
    assert figures(done)["file"] == "bad.jsonl"
    lines = [json.loads(line) for line in (tmp_path / "bad.jsonl").read_text().splitlines()]
    theirs = [{k: v for k, v in line.items() if not k.startswith("tinyv_")} for line in lines]
    assert theirs == [row for row, problem in zip(rows, PROBLEMS, strict=True) if problem is not None]


def test_nothing_bad(tinyv: Tinyv, tmp_path: Path) -> None:
    """Good golds give an empty file with the columns, which --overwrite lets the next run replace."""
    for _ in range(2):
        found = figures(
            tinyv("golds", rows_file(tmp_path, [GOOD]), "-o", "bad.parquet", "--overwrite", "--json", *EXACT)
        )
        assert found["bad"] == {"count": 0, "share": 0.0}
        assert found["examples"] == found["conflicts"]["examples"] == []
        assert pl.read_parquet(tmp_path / "bad.parquet").shape == (0, len(GOOD) + len(COLUMNS))


@pytest.mark.parametrize(
    ("limit", "code"), [("0", 1), ("49.9", 1), ("50", 0), ("50.1", 0), ("100", 0), (None, 0)]
)
def test_fail_over(tinyv: Tinyv, tmp_path: Path, limit: str | None, code: int) -> None:
    """Half of the golds is bad: exit 1 above the limit, not at it."""
    options = [] if limit is None else ["--fail-over", limit]
    done = tinyv("golds", rows_file(tmp_path, [GOOD, ROWS[5]]), *EXACT, *options)
    assert done.returncode == code, done.stderr
    assert ("1 of 2 golds are bad or unusable" in done.stderr) == (code == 1)
    assert "bad golds" in done.stdout


def test_failing_still_writes(tinyv: Tinyv, tmp_path: Path) -> None:
    """A build that fails leaves what it failed over; --quiet says not a word."""
    source = rows_file(tmp_path, [GOOD, ROWS[5]])
    done = tinyv("golds", source, "--fail-over", "1", "--quiet", "-o", "bad.parquet", *EXACT)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert pl.read_parquet(tmp_path / "bad.parquet")["tinyv_problem"].to_list() == ["sentinel"]


def test_undecided_is_not_bad(tinyv: Tinyv, tmp_path: Path) -> None:
    """Where the rule failed, the gold is shown and written, but no build fails over it."""
    done = tinyv("golds", rows_file(tmp_path, [ROWS[9]]), "--fail-over", "0", "-o", "bad.jsonl")
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "bad.jsonl").read_text())["tinyv_problem"] == "undecided"


def test_without_questions(tinyv: Tinyv, tmp_path: Path) -> None:
    """Golds alone are checked alone, which is said."""
    rows = [{"gold": "2"}, {"gold": "2"}, {"gold": "proof"}]
    done = tinyv("golds", rows_file(tmp_path, rows), "--json", *EXACT)
    assert "no question column found: conflicts and repeats are not looked for" in done.stderr
    found = figures(done)
    assert found["questions"] == {"rows": 0, "distinct": 0, "repeats": 0, "most_copies": 0}
    assert found["bad"]["count"] == 1


def test_sources_of_several_kinds(tinyv: Tinyv, tmp_path: Path) -> None:
    """Rows are numbered through, compared across files, and found in chats and structs."""
    chat = {"prompt": [{"role": "user", "content": "1+1?"}], "reward_model": {"ground_truth": "5"}}
    rows_file(tmp_path, [GOOD, GOOD], "a.jsonl")
    rows_file(tmp_path, [chat], "b.jsonl")
    found = figures(tinyv("golds", "a.jsonl", "b.jsonl", "--json", "-o", "bad.parquet", *EXACT))
    told = {"row": 0, "gold": "2", "copies": 2, "other_row": 2, "other_gold": "5", "other_copies": 1}
    assert found["conflicts"]["examples"] == [{"question": "1+1?", "tie": False, **told}]
    bad = pl.read_parquet(tmp_path / "bad.parquet")
    assert bad["tinyv_row"].to_list() == [2] and bad["tinyv_majority_gold"].to_list() == ["2"]


def test_named_fields_and_limit(tinyv: Tinyv, tmp_path: Path) -> None:
    """--question and --gold take dotted paths; --limit counts rows."""
    rows = [{"gold": "wrong column", "meta": {"q": "1+1?", "a": gold}} for gold in ("2", "3", "proof")]
    found = figures(
        tinyv(
            *("golds", rows_file(tmp_path, rows), "--question", "meta.q", "--gold", "meta.a"),
            *("--limit", "2", "--json"),
            *EXACT,
        )
    )
    assert found["rows"] == 2
    assert found["problems"]["tie"]["count"] == 2


def test_hundred_copies(tinyv: Tinyv, tmp_path: Path) -> None:
    """DAPO-17k repeats each prompt a hundred times: that is counted, and is no fault of the golds."""
    rows = [{"prompt": f"{n} + 1?", "solution": str(n + 1)} for n in range(5)] * 100
    found = figures(tinyv("golds", rows_file(tmp_path, rows), "--json", *EXACT))
    assert found["questions"] == {"rows": 500, "distinct": 5, "repeats": 495, "most_copies": 100}
    assert found["bad"]["count"] == 0


def test_rollouts_are_a_source_too(tinyv: Tinyv) -> None:
    """The sample's golds are sound; of some the replies think otherwise."""
    found = figures(tinyv("golds", SAMPLE / "rollouts.parquet", "--json"))
    assert (found["rows"], found["questions"]["distinct"], found["bad"]["count"]) == (240, 60, 0)
    assert found["outvoted"]["questions"] == 60


NESTED: Row = {"question": "2+2?", "answer": "5", "responses": [r"It is \boxed{4}"] * 4, "scores": [0] * 4}


def test_outvoted_rows(tinyv: Tinyv, tmp_path: Path) -> None:
    """Golds that most replies contradict are rows to look at, written once with all their replies."""
    agreeing = {**NESTED, "answer": "8/2"}
    few = {**NESTED, "question": "3+1?", "responses": [r"\boxed{4}"] * 2, "scores": [0] * 2}
    source = rows_file(tmp_path, [agreeing | {"question": "2*2?"}, few, NESTED])
    found = figures(
        tinyv("golds", source, "--json", "-o", "bad.jsonl", "--keep", "clean.jsonl", "--overwrite")
    )
    outvoted = found["outvoted"]
    assert (found["rows"], found["to_look_at"]["count"], found["bad"]["count"]) == (3, 1, 0)
    assert (outvoted["questions"], outvoted["count"], outvoted["examples"][0]["answer"]) == (2, 1, "4")
    [bad] = [json.loads(line) for line in (tmp_path / "bad.jsonl").read_text().splitlines()]
    assert {name: value for name, value in bad.items() if not name.startswith("tinyv_")} == NESTED
    assert (bad["tinyv_problem"], bad["tinyv_agreed_answer"]) == ("outvoted", "4")
    clean = [json.loads(line) for line in (tmp_path / "clean.jsonl").read_text().splitlines()]
    assert clean == [agreeing | {"question": "2*2?"}, few]


def test_keep(tinyv: Tinyv, tmp_path: Path) -> None:
    """What is not written as bad is kept, column for column, and a second look finds nothing in it."""
    pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / "rows.parquet")
    done = tinyv("golds", "rows.parquet", "-o", "bad.parquet", "--keep", "clean.parquet")
    assert "written: bad.parquet, clean.parquet" in done.stdout, done.stderr
    expected = [i for i, problem in enumerate(PROBLEMS) if problem is None]
    clean = pq.read_table(tmp_path / "clean.parquet")
    assert clean == pa.Table.from_pylist(ROWS).take(expected).replace_schema_metadata(None)
    again = figures(tinyv("golds", "clean.parquet", "--json"))
    assert [again[name]["count"] for name in ("bad", "unusable", "to_look_at")] == [0, 0, 0]


def test_by(tinyv: Tinyv, tmp_path: Path) -> None:
    """What is bad in each source."""
    rows = [row | {"meta": {"source": "even" if n % 2 == 0 else None}} for n, row in enumerate(ROWS)]
    source = rows_file(tmp_path, rows)
    found = figures(tinyv("golds", source, "--by", "meta.source", "--json", "--variants", *EXACT))
    [by] = found["by"]
    assert (by["column"], by["count"]) == ("meta.source", 2)
    counts = {each["value"]: [each["rows"], each["bad"], each["to_look_at"]] for each in by["groups"]}
    assert counts == {"even": [6, 1, 1], "(none)": [6, 2, 1]}
    assert {each["value"] for each in found["variants"]["by"]} == {"even", "(none)"}


def test_variants(tinyv: Tinyv, tmp_path: Path) -> None:
    """How a rule treats the same answer in other forms, and what it rejects."""
    rows = [{"question": "?", "gold": gold} for gold in (r"\frac{3}{2}",)] + [GOOD]
    found = figures(tinyv("golds", rows_file(tmp_path, rows), "--variants", "--json", *EXACT))["variants"]
    assert found["golds"] == 2 and found["by"] == []
    assert found["tried"] == sum(form["tried"] for form in found["forms"])
    assert found["rejected"] == sum(form["rejected"] for form in found["forms"]) >= 10
    shown = {each["variant"] for form in found["forms"] for each in form["examples"]}
    assert {"1.5", "3/2", r"x = \frac{3}{2}", "two"} <= shown
    done = tinyv("golds", "rows.jsonl", "--variants")
    assert "each proved to be equal, the rule rejects" in " ".join(done.stdout.split())


def flipped(rows: int, wrong: int) -> tuple[list[Row], set[int]]:
    """Rows whose questions come three times, and the numbers of those whose gold is another."""
    random = Random(5)
    numbers = set(random.sample(range(rows), wrong))
    golds = [str((n // 3) % 1000) for n in range(rows)]
    made = [
        {
            "question": f"question {n // 3}",
            "gold": str(int(gold) + random.randint(1, 9)) if n in numbers else gold,
        }
        for n, gold in enumerate(golds)
    ]
    return made, numbers


@pytest.mark.parametrize(("rows", "wrong"), [(3000, 12), pytest.param(99_999, 385, marks=pytest.mark.long)])
def test_flipped_golds_are_named(tinyv: Tinyv, tmp_path: Path, rows: int, wrong: int) -> None:
    """Of a question with a spoiled copy that copy alone is bad; where two are spoiled there may be a tie."""
    made, numbers = flipped(rows, wrong)
    Random(6).shuffle(order := list(range(rows)))
    source = rows_file(tmp_path, [made[n] | {"n": n} for n in order])
    found = figures(tinyv("golds", source, "--json", "-o", "bad.parquet", *EXACT))
    assert abs(found["bad"]["count"] - wrong) <= 5
    bad = pl.read_parquet(tmp_path / "bad.parquet")
    named = set(bad.filter(pl.col("tinyv_problem") == "conflict")["n"])
    assert len(named ^ numbers) <= 0.03 * wrong
    right = [str((n // 3) % 1000) for n in bad.filter(pl.col("n").is_in(named & numbers))["n"]]
    assert bad.filter(pl.col("n").is_in(named & numbers))["tinyv_majority_gold"].to_list() == right


def test_own_reward_function(tinyv: Tinyv, tmp_path: Path) -> None:
    """A reward function of one's own is asked of `\\boxed{gold}`; what it refuses is unequal."""
    (tmp_path / "mine.py").write_text(
        "def score(gold, response):\n    return response == '\\\\boxed{2}' and gold == '2'\n"
    )
    source = rows_file(tmp_path, [GOOD, ROWS[1]])
    found = figures(tinyv("golds", source, "--rule", "mine.py:score", "--json"))
    assert found["problems"]["unequal"]["count"] == 1
    assert found["examples"][0]["gold"] == "3"


def test_markdown_and_page(tinyv: Tinyv, tmp_path: Path) -> None:
    """The same tables, to be pasted elsewhere, and a page beside them, also where nothing is to be said."""
    source = rows_file(tmp_path, ROWS)
    done = tinyv(
        "golds", source, "--markdown", "--html", "golds.html", "-o", "bad.parquet", *EXACT, "--quiet"
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "- **read**: 12 rows, 8 questions"
    assert "| `3` | 1 | `33` | 1 | `1+2?` |" in lines
    assert done.stderr == "" and "written" not in done.stdout
    page = (tmp_path / "golds.html").read_text("utf-8")
    assert "rows.jsonl" in page and "bad.parquet" in page and "Golds that spoil training" in page


def test_hostile_golds(tinyv: Tinyv, tmp_path: Path) -> None:
    """Golds that hang, fill the memory or speak to the terminal change nothing but their own row."""
    golds = ["10^{(5^{5^{5^5}})}", "9" * 20_000, "\x1b[31m[red]>", "{" * 5000, "\x00"]
    rows = [GOOD, *({"question": f"[bold]{n}\x1b[2J", "gold": gold} for n, gold in enumerate(golds)), GOOD]
    done = tinyv("golds", rows_file(tmp_path, rows), "-o", "bad.jsonl", set={"TINYV_RULE_TIMEOUT": "2"})
    assert done.returncode == 0, done.stderr
    assert not any(c in done.stdout + done.stderr for c in "\x1b\x00")
    bad = [json.loads(line) for line in (tmp_path / "bad.jsonl").read_text().splitlines()]
    assert {row["tinyv_row"] for row in bad} <= {1, 2, 3, 4, 5}
    assert all(row["gold"] == golds[row["tinyv_row"] - 1] for row in bad)


Make = Callable[[Path], object]
LINE = json.dumps(GOOD)
COMPLAINTS: dict[str, tuple[Make, list[str], list[str]]] = {
    "no gold column": (
        lambda folder: write_lines(folder / "a.jsonl", '{"question": "q", "id": 1}'),
        ["a.jsonl"],
        ["a.jsonl: no gold column found; it has question, id", "--gold COLUMN"],
    ),
    "gold that is not there": (
        lambda folder: write_lines(folder / "a.jsonl", LINE),
        ["a.jsonl", "--gold", "anser"],
        ["no column 'anser' for --gold", "id, question, gold"],
    ),
    "malformed line": (
        lambda folder: write_lines(folder / "a.jsonl", LINE, "{"),
        ["a.jsonl", "-o", "bad.parquet"],
        ["a.jsonl, line 2: not valid JSON"],
    ),
    "no such file": (lambda folder: None, ["a.jsonl"], ["a.jsonl: no such file"]),
    "recorded verdicts": (
        lambda folder: write_lines(folder / "a.jsonl", LINE),
        ["a.jsonl", "--rule", "column:score"],
        ["the rule 'column:score' reads verdicts on responses", "another --rule"],
    ),
    "unknown rule": (
        lambda folder: write_lines(folder / "a.jsonl", LINE),
        ["a.jsonl", "--rule", "math"],
        ["no rule is named 'math'; there are: math-verify"],
    ),
    "the input as output": (
        lambda folder: write_lines(folder / "a.jsonl", LINE),
        ["a.jsonl", "-o", "./a.jsonl", "--overwrite"],
        ["is one of the inputs"],
    ),
    "the input as page": (
        lambda folder: write_lines(folder / "a.jsonl", LINE),
        ["a.jsonl", "--html", "a.jsonl", "--overwrite"],
        ["is one of the inputs"],
    ),
    "no place for the page": (
        lambda folder: write_lines(folder / "a.jsonl", LINE),
        ["a.jsonl", "--html", "no/page.html"],
        ["the folder 'no' does not exist"],
    ),
    "one file for two things": (
        lambda folder: write_lines(folder / "a.jsonl", LINE),
        ["a.jsonl", "-o", "b.jsonl", "--keep", "./b.jsonl"],
        ["is named by -o and by --keep"],
    ),
    "what others wrote, to keep": (
        lambda folder: (write_lines(folder / "a.jsonl", LINE), write_lines(folder / "mine.jsonl", "mine")),
        ["a.jsonl", "--keep", "mine.jsonl"],
        ["mine.jsonl: exists; choose another --keep", "--overwrite"],
    ),
    "no such column": (
        lambda folder: write_lines(folder / "a.jsonl", LINE),
        ["a.jsonl", "--by", "nothing"],
        ["no column 'nothing' for --by"],
    ),
    "two forms": (
        lambda folder: write_lines(folder / "a.jsonl", LINE),
        ["a.jsonl", "--json", "--markdown"],
        ["give one of them"],
    ),
    "what others wrote": (
        lambda folder: (write_lines(folder / "a.jsonl", LINE), write_lines(folder / "mine.jsonl", "mine")),
        ["a.jsonl", "-o", "mine.jsonl"],
        ["mine.jsonl: exists; choose another -o", "--overwrite"],
    ),
    "unknown extension": (
        lambda folder: write_lines(folder / "a.jsonl", LINE),
        ["a.jsonl", "-o", "bad.xml"],
        ["unknown extension '.xml' for an output"],
    ),
    "no share": (
        lambda folder: write_lines(folder / "a.jsonl", LINE),
        ["a.jsonl", "--fail-over", "101"],
        ["--fail-over"],
    ),
}


@pytest.mark.parametrize("case", COMPLAINTS)
def test_one_line_and_exit_2(tinyv: Tinyv, tmp_path: Path, case: str) -> None:
    """What is wrong is said in one line, and nothing is written."""
    make, arguments, expected = COMPLAINTS[case]
    make(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    done = tinyv("golds", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    [complaint] = [line for line in done.stderr.splitlines() if line.startswith("tinyv: ")]
    assert all(part in complaint for part in expected), complaint
    assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("seconds", [0.0, 2.0])
def test_interrupt(started: "Callable[..., subprocess.Popen[bytes]]", tmp_path: Path, seconds: float) -> None:
    """Ctrl-C: exit 130, no output, no process left behind."""
    rows_file(
        tmp_path, [{"question": f"{n}?", "gold": rf"\sqrt{{{n}}} + \frac{{1}}{{{n}}}"} for n in range(9999)]
    )
    process = started("golds", "rows.jsonl", "-o", "bad.parquet", "--no-cache", "--workers", "1")
    deadline = time.monotonic() + 30
    while not any(tmp_path.glob(".*.tinyv-part")):
        assert time.monotonic() < deadline, "it did not begin"
        time.sleep(0.05)
    time.sleep(seconds)
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, b"")
    assert err.decode().splitlines()[-1].startswith("tinyv: interrupted")
    assert "Traceback" not in err.decode()
    assert [path.name for path in tmp_path.iterdir()] == ["rows.jsonl"]
    _, alive = psutil.wait_procs(family, timeout=10)
    assert not alive
