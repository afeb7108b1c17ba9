"""Golds against themselves and against each other: what is a problem, and what is none."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import write_lines
from tinyv_cli.documents.sinks import JsonLinesFileSink, ParquetSink
from tinyv_cli.golds.checks import CheckedGold, Problem, check_golds
from tinyv_cli.golds.conflicts import Conflicts, find_conflicts, settled_notes, write_bad_rows
from tinyv_cli.golds.ledger import COLUMNS, Ledger, opened_ledger, question_key
from tinyv_cli.records import Example
from tinyv_cli.rules import opened_rule
from tinyv_cli.sources.explode import Window, explode
from tinyv_cli.sources.mapping import Mapping
from tinyv_cli.sources.rows import ArrowRows, DictRows
from tinyv_cli.sources.sentinels import is_sentinel
from tinyv_cli.stages import Rule

LIMITS: dict[str, Any] = {"workers": 1, "timeout": 10.0, "memory": 4 << 30}
MAPPING = Mapping(question="question", gold="gold")


@pytest.fixture(scope="module")
def rule() -> Iterator[Rule]:
    """Math-Verify as tinyv calls it."""
    with opened_rule("math-verify", **LIMITS) as opened:
        yield opened


def windows(rows: list[tuple[str, Any]], *, size: int = 256) -> list[Window]:
    """Windows of rows that have a question and a gold."""
    records = [{"question": question, "gold": gold} for question, gold in rows]
    parts = [records[start : start + size] for start in range(0, len(records), size)]
    return [explode(DictRows(part), MAPPING, first_row=i * size) for i, part in enumerate(parts)]


def checked(rule: Rule, gold: Any) -> CheckedGold:
    [(_, [found])] = check_golds(windows([("q", gold)]), rule)
    return found


def noted(ledger: Ledger, rule: Rule, rows: list[tuple[str, Any]], *, size: int = 256) -> Ledger:
    """The ledger with all that is found of these rows."""
    for window, found in check_golds(windows(rows, size=size), rule):
        ledger.write(window, found)
    ledger.close()
    return ledger


def conflicts(rule: Rule, rows: list[tuple[str, Any]], *, size: int = 256) -> Conflicts:
    """What comes of comparing the golds of these rows."""
    with opened_ledger(keep_rows=False) as ledger:
        return find_conflicts(noted(ledger, rule, rows, size=size), rule, lambda *_: None)


@pytest.mark.parametrize(
    "gold",
    [
        *("proof", "Proof.", "PROOF", "**proof**", "$proof$", r"\text{proof}", r"\mathrm{Proof}", "(proof)"),
        *("notfound", "not found", "Not Found", "not_found", "not-found", "NotFound!", r"\textbf{Not found}"),
        *("none", "None", "NONE.", "<none>", "n/a", "N/A", "N / A", "null", "NaN", "nan", "unknown", "TBD"),
        *("no answer", "Not available", "not applicable", "证明", "证明略。", "略"),
        *("", " ", "-", "—", "?", "...", "____", "$$", r"\text{}", r"\boxed{}"),
    ],
)
def test_sentinels(gold: str) -> None:
    """What stands for a missing gold is known however it is spelled."""
    assert is_sentinel(gold)


@pytest.mark.parametrize(
    "gold",
    [
        *("0", "-3", "Na", "n", "na", "a/n", "no", "No solution", "undefined", r"\text{DNE}", "infinity"),
        *(r"\emptyset", r"\varnothing", "∅", r"\{\}", "{}", r"\infty", ">", "=", "√", "x", "proof of work"),
        *("80 proof", "none of the above", "无解", r"\text{proof} = 5", "5?"),
    ],
)
def test_no_sentinels(gold: str) -> None:
    """What may be an answer is none, though it looks like one."""
    assert not is_sentinel(gold)


@pytest.mark.parametrize(
    ("gold", "problem"),
    [
        ("2", None),
        (7, None),
        (r"\frac{1}{2}", None),
        ("(1, 2)", None),
        ("No solution", None),
        ("proof", Problem.SENTINEL),
        ("Not Found", Problem.SENTINEL),
        (None, Problem.SENTINEL),
        ("", Problem.SENTINEL),
        (float("nan"), Problem.SENTINEL),
        ("x +* = (", Problem.UNPARSABLE),
        (">", Problem.UNPARSABLE),
        (r"\frac{0}{0}", Problem.UNDECIDED),
        (["2"], None),
        (["proof", "2"], None),
        ([">", "2"], None),
        (["proof", ""], Problem.SENTINEL),
        ([], Problem.SENTINEL),
        ([">", "proof"], Problem.UNPARSABLE),
        ('["2", "3"]', None),
    ],
)
def test_problems(rule: Rule, gold: Any, problem: Problem | None) -> None:
    """A gold that matches itself is no problem; of several in a row, one that does is enough."""
    assert checked(rule, gold).problem is problem


@pytest.mark.parametrize(
    ("gold", "outcome", "reason"),
    [
        ("2", "accept", None),
        ("proof", "accept", None),
        (None, "undecided", "no_gold"),
        (">", "undecided", "gold_unparsable"),
        (r"\frac{0}{0}", "undecided", "error:ValueError"),
        ([">", "2"], "accept", None),
    ],
)
def test_what_the_rule_said(rule: Rule, gold: Any, outcome: str, reason: str | None) -> None:
    """The rule's word is kept beside the problem; of several golds, that on the one which matches itself."""
    said = checked(rule, gold).rule
    assert (said.outcome, said.reason) == (outcome, reason)


@pytest.mark.parametrize(
    ("gold", "sound"), [("2", ("2",)), (["proof", "2", ">", "3"], ("2", "3")), ("proof", ()), (None, ())]
)
def test_sound_golds(rule: Rule, gold: Any, sound: tuple[str, ...]) -> None:
    """Those of a row's golds that match themselves are told from the others."""
    assert checked(rule, gold).sound == sound


def test_the_rule_decides() -> None:
    """Called as its README does, Math-Verify does not read a bare pair, and rejects it as its own answer."""
    with opened_rule("math-verify/default", **LIMITS) as rule:
        assert checked(rule, "(1, 2)").problem is Problem.UNEQUAL
        assert checked(rule, "2").problem is None


@pytest.mark.parametrize(
    ("rows", "questions", "pairs"),
    [
        ([("q", "0.5"), ("q", r"\frac{1}{2}")], 0, 1),
        ([("q", "2"), ("q", "3")], 1, 1),
        ([("q", "2"), ("q", "3"), ("q", "2"), ("q", "4")], 1, 2),
        ([("q", "2"), ("q", "2.0"), ("q", "3")], 1, 2),
        ([("p", "2"), ("q", "3")], 0, 0),
        ([("q", "2"), ("q", " 2 ")], 0, 0),
        ([("Solve\n x", "x  + 1"), (" Solve x ", "x + 1")], 0, 0),
        ([("Solve\n x", "2"), (" Solve x ", "3")], 1, 1),
        ([("q", "2"), ("q", "3"), ("p", "2"), ("p", "3")], 2, 2),
        ([("", "2"), ("", "3")], 0, 0),
        ([(" ", "2"), (" ", "3")], 0, 0),
        ([("q", "proof"), ("q", "2")], 0, 0),
        ([("q", ">"), ("q", "2"), ("q", None)], 0, 0),
        ([("q", ["1", "2"]), ("q", "2")], 0, 1),
        ([("q", ["1", "2"]), ("q", ["2", "1"])], 0, 1),
        ([("q", ["1", "2"]), ("q", ["3", "4"])], 1, 1),
        ([("q", ["1", "2"]), ("q", "1 2")], 1, 1),
        ([("q", ["proof", "1"]), ("q", ["proof", "2"])], 1, 1),
    ],
)
def test_conflicts(rule: Rule, rows: list[tuple[str, Any]], questions: int, pairs: int) -> None:
    """Golds of one question conflict when the rule takes none of them for the other."""
    found = conflicts(rule, rows)
    assert (len(found.questions), found.pairs, found.undecided) == (questions, pairs, 0)


def test_conflicts_across_windows(rule: Rule) -> None:
    """Rows that are far from each other are compared like neighbours, each with the first of its question."""
    rows = [(f"question {n % 7}", str(n % 7)) for n in range(40)]
    rows[25] = ("question 4", "44")
    rows[38] = ("question 3", "33")
    found = conflicts(rule, rows, size=3)
    assert found.questions == {question_key(Example(0, 0, f"question {n}", (), None)) for n in (3, 4)}
    assert [(pair.row, pair.other_row) for pair in found.figures().examples] == [(3, 38), (4, 25)]
    golds = [(pair.gold, pair.other_gold) for pair in found.figures().examples]
    assert golds == [("3", "33"), ("4", "44")]


ONE_WAY = """
def to_the_smaller(gold, response):
    "Accepts what is not larger than the gold, and fails on what it does not know."
    answer = response.removeprefix("\\\\boxed{").removesuffix("}")
    return True if answer == gold else int(answer) <= int(gold)
"""


@pytest.mark.parametrize(
    ("golds", "questions", "undecided"),
    [(("2", "3"), 0, 0), (("3", "2"), 0, 0), (("2", "two"), 0, 1), (("two", "2", "3"), 0, 2)],
)
def test_undecided_pairs(tmp_path: Path, golds: tuple[str, ...], questions: int, undecided: int) -> None:
    """A pair is asked both ways round; one on which the rule fails is no conflict, and counted apart."""
    (tmp_path / "one_way.py").write_text(ONE_WAY)
    with opened_rule(f"{tmp_path}/one_way.py:to_the_smaller", **LIMITS) as rule:
        found = conflicts(rule, [("q", gold) for gold in golds])
    assert (len(found.questions), found.undecided) == (questions, undecided)


def test_settled_notes(rule: Rule) -> None:
    """All sound golds of a question with a conflict are a problem; the others keep theirs."""
    rows = [("q", "2"), ("q", "proof"), ("p", "2"), ("q", "3"), ("q", "2"), ("", "5")]
    with opened_ledger(keep_rows=False) as ledger:
        found = find_conflicts(noted(ledger, rule, rows, size=2), rule, lambda *_: None)
        settled = settled_notes(ledger, found).sort("tinyv_row").collect()
    assert settled["tinyv_row"].to_list() == [0, 1, 2, 3, 4, 5]
    assert settled["tinyv_problem"].to_list() == ["conflict", "sentinel", None, "conflict", "conflict", None]


def test_progress_of_the_comparison(rule: Rule) -> None:
    """How many pairs are done, how many conflicts were among them, and which share of all that is."""
    told: list[tuple[int, int, float | None]] = []
    with opened_ledger(keep_rows=False) as ledger:
        noted(ledger, rule, [("q", "2"), ("q", "3"), ("p", "2"), ("p", "2.0")])
        find_conflicts(ledger, rule, lambda *args: told.append(args))
    assert told == [(2, 1, 1.0)]


RECORDS: list[dict[str, Any]] = [
    {"question": "a", "gold": "proof", "kept": {"x": [1, None]}},
    {"question": "b", "gold": "2", "only": "here"},
    {"question": "c", "gold": "3", "kept": 2**70},
    {"question": "c", "gold": "4", "tinyv_problem": "of an earlier run"},
]


def test_bad_rows_are_written_as_they_were_read(rule: Rule, tmp_path: Path) -> None:
    """No field is added, dropped or changed but ours, though rows differ in their fields."""
    sink = JsonLinesFileSink(tmp_path / "bad.jsonl", COLUMNS)
    with opened_ledger(keep_rows=True) as ledger:
        for window, found in check_golds([explode(DictRows(RECORDS), MAPPING, first_row=0)], rule):
            ledger.write(window, found)
        ledger.close()
        write_bad_rows(ledger, find_conflicts(ledger, rule, lambda *_: None), sink)
    sink.commit({})
    lines = [json.loads(line) for line in (tmp_path / "bad.jsonl").read_text().splitlines()]
    theirs = [{k: v for k, v in line.items() if not k.startswith("tinyv_")} for line in lines]
    assert theirs == [RECORDS[0], RECORDS[2], {"question": "c", "gold": "4"}]
    assert [line["tinyv_problem"] for line in lines] == ["sentinel", "conflict", "conflict"]
    assert all(list(line)[-len(COLUMNS) :] == list(COLUMNS) for line in lines)


def test_rows_of_parquet_are_kept(rule: Rule) -> None:
    """A table that was read is there again as it was, with its types."""
    table = pa.table({"question": ["p", "q"], "gold": [">", ">"], "small": pa.array([1, 2], pa.int8())})
    with opened_ledger(keep_rows=True) as ledger:
        window = explode(ArrowRows(table), MAPPING, first_row=0)
        for each in check_golds([window], rule):
            ledger.write(*each)
        ledger.close()
        [(again, found)] = ledger.rows()
    assert again.table() == window.table()
    assert [each.problem for each in found] == [Problem.UNPARSABLE] * 2


def test_no_bad_rows(rule: Rule, tmp_path: Path) -> None:
    """A file of no rows still has the columns of the input and ours."""
    sink = ParquetSink(tmp_path / "bad.parquet", COLUMNS)
    with opened_ledger(keep_rows=True) as ledger:
        write_bad_rows(noted(ledger, rule, [("q", "2"), ("p", "3")], size=1), Conflicts(), sink)
    sink.commit({})
    table = pq.read_table(tmp_path / "bad.parquet")
    assert (table.num_rows, table.column_names) == (0, ["question", "gold", *COLUMNS])


def test_nothing_stays_behind(rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger's folder goes with it, also when the run ends in an error."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(KeyboardInterrupt), opened_ledger(keep_rows=True) as ledger:
        [each] = check_golds(windows([("q", "2")]), rule)
        ledger.write(*each)
        assert len(list(tmp_path.iterdir())) == 1
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_sources_without_responses(tmp_path: Path) -> None:
    """Only gold and question are looked for, so a column of responses is neither needed nor exploded."""
    from tinyv_cli.sources import open_source, read_windows
    from tinyv_cli.sources.mapping import Overrides

    rows: list[dict[str, Any]] = [
        {"prompt": "1+1?", "answer": "2", "responses": ["2", "3"], "truth": True, "source": "a"},
        {"prompt": "1+2?", "answer": "3", "responses": [], "truth": False, "source": "a"},
    ]
    path = write_lines(tmp_path / "rows.jsonl", *map(json.dumps, rows))
    mappings: dict[str, Mapping] = {}
    [window] = read_windows(
        [open_source(str(path))],
        Overrides(),
        on_mapping=mappings.__setitem__,
        responses=False,
    )
    assert list(mappings.values()) == [Mapping(question="prompt", gold="answer")]
    assert [(example.row, example.golds, example.response) for example in window.examples] == [
        (0, ("2",), None),
        (1, ("3",), None),
    ]
    assert window.records() == rows
