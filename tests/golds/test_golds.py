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
from tinyv_cli.golds.agreement import find_outvoted
from tinyv_cli.golds.checks import CheckedGold, Judges, Problem, check_golds
from tinyv_cli.golds.conflicts import Conflicts, find_conflicts
from tinyv_cli.golds.ledger import COLUMNS, Ledger, opened_ledger, question_key
from tinyv_cli.golds.settled import settled_notes, write_rows
from tinyv_cli.proofs.policy import DEFAULT
from tinyv_cli.proofs.stage import ProofStage, proofs_for
from tinyv_cli.records import Example
from tinyv_cli.rules import opened_rule
from tinyv_cli.sources.explode import Window, explode
from tinyv_cli.sources.mapping import Mapping
from tinyv_cli.sources.rows import ArrowRows, DictRows
from tinyv_cli.sources.sentinels import is_sentinel

LIMITS: dict[str, Any] = {"workers": 1, "timeout": 10.0, "memory": 4 << 30}
MAPPING = Mapping(question="question", gold="gold")


@pytest.fixture(scope="module")
def prover() -> Iterator[ProofStage]:
    """The search for proofs as tinyv calls it."""
    with proofs_for(DEFAULT, **LIMITS) as opened:
        assert opened is not None
        yield opened


@pytest.fixture(scope="module")
def judges(prover: ProofStage) -> Iterator[Judges]:
    """Math-Verify as tinyv calls it, with proofs."""
    with opened_rule("math-verify", **LIMITS) as opened:
        yield Judges(opened, prover)


def windows(rows: list[tuple[str, Any]], *, size: int = 256) -> list[Window]:
    """Windows of rows that have a question and a gold."""
    records = [{"question": question, "gold": gold} for question, gold in rows]
    parts = [records[start : start + size] for start in range(0, len(records), size)]
    return [explode(DictRows(part), MAPPING, first_row=i * size) for i, part in enumerate(parts)]


def checked(judges: Judges, gold: Any, question: str = "q") -> CheckedGold:
    [(_, [found])] = check_golds(windows([(question, gold)]), judges)
    return found


def noted(ledger: Ledger, judges: Judges, rows: list[tuple[str, Any]], *, size: int = 256) -> Ledger:
    """The ledger with all that is found of these rows."""
    for window, found in check_golds(windows(rows, size=size), judges):
        ledger.write(window, found)
    ledger.close()
    return ledger


def conflicts(judges: Judges, rows: list[tuple[str, Any]], *, size: int = 256) -> Conflicts:
    """What comes of comparing the golds of these rows."""
    with opened_ledger(keep_rows=False) as ledger:
        return find_conflicts(noted(ledger, judges, rows, size=size), judges, lambda *_: None)


def problems(judges: Judges, rows: list[tuple[str, Any]]) -> list[str | None]:
    """The problem of each row in the end."""
    with opened_ledger(keep_rows=False) as ledger:
        found = find_conflicts(noted(ledger, judges, rows, size=2), judges, lambda *_: None)
        settled = settled_notes(ledger, found, find_outvoted(ledger, judges)).sort("tinyv_row").collect()
    return settled["tinyv_problem"].to_list()


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
        ("x +* = (", Problem.UNREADABLE),
        (">", Problem.UNREADABLE),
        ("https://x.y", Problem.UNPARSABLE),
        ("X**9/4 - 10*X**3 + C", Problem.PARTIAL),
        (r"\{x \mid -1 \leqslant x \lt 1\}", Problem.PARTIAL),
        ("2122_5", Problem.PARTIAL),
        (r"1620 \mathrm{~mm}^{2}", None),
        (r"x^2 + 3x - 10", None),
        (r"\frac{3}{4}", None),
        (r"\frac{0}{0}", Problem.UNDECIDED),
        (["2"], None),
        (["proof", "2"], None),
        ([">", "2"], None),
        (["proof", ""], Problem.SENTINEL),
        ([], Problem.SENTINEL),
        ([">", "proof"], Problem.UNREADABLE),
        ('["2", "3"]', None),
    ],
)
def test_problems(judges: Judges, gold: Any, problem: Problem | None) -> None:
    """A gold that matches itself is no problem; of several in a row, one that does is enough."""
    assert checked(judges, gold).problem is problem


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
def test_what_the_rule_said(judges: Judges, gold: Any, outcome: str, reason: str | None) -> None:
    """The rule's word is kept beside the problem; of several golds, that on the one which matches itself."""
    said = checked(judges, gold).rule
    assert (said.outcome, said.reason) == (outcome, reason)


@pytest.mark.parametrize(
    ("gold", "comparable", "sound"),
    [
        ("2", ("2",), True),
        (["proof", "2", ">", "3"], ("2", "3"), True),
        ("https://x.y", ("https://x.y",), False),
        ("proof", (), False),
        (">", (), False),
        (None, (), False),
    ],
)
def test_comparable_golds(judges: Judges, gold: Any, comparable: tuple[str, ...], sound: bool) -> None:
    """Of a row's golds those are compared that match themselves, or else those that we can read."""
    found = checked(judges, gold)
    assert (found.comparable, found.sound) == (comparable, sound)


def test_another_answer_that_is_taken_for_it(judges: Judges) -> None:
    """That a gold is read in part only is shown by an answer which is not the gold, and is accepted."""
    assert checked(judges, "X**9/4 - 10*X**3 + C", "Integrate.").taken == "X**10/4 - 10*X**3 + C"
    assert checked(judges, "2").taken is None


def test_the_rule_decides(prover: ProofStage) -> None:
    """Called as its README does, Math-Verify does not read a bare pair, and rejects it as its own answer."""
    with opened_rule("math-verify/default", **LIMITS) as rule:
        assert checked(Judges(rule, prover), "(1, 2)").problem is Problem.UNEQUAL
        assert checked(Judges(rule, prover), "2").problem is None


LAST_NUMBER = """
import re

def last_number(gold, response):
    "Compares the last digits of both, as many reward functions do."
    return re.findall(r"\\d+", gold)[-1:] == re.findall(r"\\d+", response)[-1:]
"""


def test_a_rule_that_looks_at_the_last_number(tmp_path: Path, prover: ProofStage) -> None:
    """Of any rule it is seen that it reads a part only: of a fraction the denominator, say."""
    (tmp_path / "mine.py").write_text(LAST_NUMBER)
    with opened_rule(f"{tmp_path}/mine.py:last_number", **LIMITS) as rule:
        judges = Judges(rule, prover)
        assert [checked(judges, gold).problem for gold in ("7", "3/4", "x = 5", "(1, 2)")] == [
            *(None, Problem.PARTIAL, None, Problem.PARTIAL)
        ]


@pytest.mark.parametrize(
    ("rows", "questions", "pairs"),
    [
        ([("q", "0.5"), ("q", r"\frac{1}{2}")], 0, 1),
        ([("q", "2"), ("q", "3")], 1, 1),
        ([("q", "2"), ("q", "3"), ("q", "2"), ("q", "4")], 1, 3),
        ([("q", "x = 5"), ("q", "5")], 0, 1),
        ([("q", r"\{1, 2\}"), ("q", "1 and 2")], 0, 1),
        ([("q", "three"), ("q", "3")], 0, 1),
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
def test_conflicts(judges: Judges, rows: list[tuple[str, Any]], questions: int, pairs: int) -> None:
    """Golds of one question conflict unless the rule takes one for the other, or they are proved equal."""
    found = conflicts(judges, rows).figures
    assert (found.questions, found.pairs, found.undecided_pairs) == (questions, pairs, 0)


TIE, CONFLICT = "tie", "conflict"


@pytest.mark.parametrize(
    ("golds", "expected"),
    [
        (["2", "2", "3"], [None, None, CONFLICT]),
        (["3", "2", "2"], [CONFLICT, None, None]),
        (["2", "3"], [TIE, TIE]),
        (["2", "2", "3", "3"], [TIE, TIE, TIE, TIE]),
        (["2", "2", "3", "4"], [None, None, CONFLICT, CONFLICT]),
        (["2", "3", "4"], [TIE, TIE, TIE]),
        (["7", "0.5", "7", "1/2", r"\frac{1}{2}"], [CONFLICT, None, CONFLICT, None, None]),
        (["7", "7", "0.5", "1/2"], [TIE, TIE, TIE, TIE]),
        (["7", "7", "0.5", "1/2", "x = 0.5"], [CONFLICT, CONFLICT, None, None, None]),
        (["2", "2", "∴"], [None, None, "unreadable"]),
        (["2", "proof", "2", "3"], [None, "sentinel", None, CONFLICT]),
        (["2", "2", "https://x.y"], [None, None, "unparsable"]),
        ([str(n // 2) for n in range(30)], [TIE] * 30),
    ],
)
def test_the_copies_vote(judges: Judges, golds: list[str], expected: list[str | None]) -> None:
    """What most copies do not have is in conflict, however others spell it; without a majority all tie."""
    assert problems(judges, [("q", gold) for gold in golds]) == expected


def test_what_a_rule_cannot_use_is_compared_by_proofs(tmp_path: Path, prover: ProofStage) -> None:
    """Whether golds conflict is no question of the rule: equal ones that it misreads do not."""
    (tmp_path / "mine.py").write_text(LAST_NUMBER)
    with opened_rule(f"{tmp_path}/mine.py:last_number", **LIMITS) as rule:
        rows = [("q", gold) for gold in ("3/4", "1/4", "0.75", "6/8")]
        assert problems(Judges(rule, prover), rows) == ["partial", CONFLICT, "partial", "partial"]


def test_the_majority_is_told(judges: Judges) -> None:
    """With the spelling that most rows have, and how many copies there are of each."""
    [example] = conflicts(judges, [("q", gold) for gold in ("7", "0.5", "1/2", "1/2")]).figures.examples
    assert (example.tie, example.row, example.gold, example.copies) == (False, 2, "1/2", 3)
    assert (example.other_row, example.other_gold, example.other_copies) == (0, "7", 1)


def test_conflicts_across_windows(judges: Judges) -> None:
    """Rows that are far from each other are compared like neighbours, each with the first of its question."""
    rows = [(f"question {n % 7}", str(n % 7)) for n in range(40)]
    rows[25] = ("question 4", "44")
    rows[38] = ("question 3", "33")
    found = conflicts(judges, rows, size=3)
    keys = {question_key(Example(0, 0, f"question {n}", (), None)) for n in (3, 4)}
    assert set(found.golds["question_key"]) == keys
    assert [(pair.row, pair.other_row) for pair in found.figures.examples] == [(3, 38), (4, 25)]
    golds = [(pair.gold, pair.other_gold) for pair in found.figures.examples]
    assert golds == [("3", "33"), ("4", "44")]


def test_some_rows_are_left_out(judges: Judges) -> None:
    """Rows are found by their numbers though --where or --sample took others of their window away."""
    [window] = windows([(f"question {n % 3}", "9" if n == 8 else str(n % 3)) for n in range(9)])
    with opened_ledger(keep_rows=False) as ledger:
        for each in check_golds([window.picked([2, 5, 8])], judges):
            ledger.write(*each)
        ledger.close()
        [example] = find_conflicts(ledger, judges, lambda *_: None).figures.examples
    assert (example.row, example.gold, example.other_row, example.other_gold) == (2, "2", 8, "9")


ONE_WAY = """
def to_the_smaller(gold, response):
    "Accepts what is not larger than the gold, and fails on what it does not know."
    answer = response.removeprefix("\\\\boxed{").removesuffix("}")
    return True if answer == gold else int(answer) <= int(gold)
"""


@pytest.mark.parametrize(
    ("golds", "questions", "undecided"),
    [(("2", "3"), 0, 0), (("3", "2"), 0, 0), (("2", "∴"), 0, 1), (("∴", "2", "3"), 0, 2)],
)
def test_undecided_pairs(
    tmp_path: Path, prover: ProofStage, golds: tuple[str, ...], questions: int, undecided: int
) -> None:
    """A pair is asked both ways round; one on which the rule fails is no conflict, and counted apart."""
    (tmp_path / "one_way.py").write_text(ONE_WAY)
    with opened_rule(f"{tmp_path}/one_way.py:to_the_smaller", **LIMITS) as rule:
        found = conflicts(Judges(rule, prover), [("q", gold) for gold in golds]).figures
    assert (found.questions, found.undecided_pairs) == (questions, undecided)


def test_other_questions_stay_as_they_are(judges: Judges) -> None:
    """Rows of other questions, or of none, take no part in a conflict."""
    rows = [("q", "2"), ("q", "proof"), ("p", "2"), ("q", "3"), ("q", "2"), ("", "5")]
    assert problems(judges, rows) == [None, "sentinel", None, "conflict", None, None]


def test_progress_of_the_comparison(judges: Judges) -> None:
    """How many pairs are done, how many conflicts were among them, and which share of all that is."""
    told: list[tuple[int, int, float | None]] = []
    with opened_ledger(keep_rows=False) as ledger:
        noted(ledger, judges, [("q", "2"), ("q", "3"), ("p", "2"), ("p", "2.0")])
        find_conflicts(ledger, judges, lambda *args: told.append(args))
    assert told == [(2, 1, 1.0)]


RECORDS: list[dict[str, Any]] = [
    {"question": "a", "gold": "proof", "kept": {"x": [1, None]}},
    {"question": "b", "gold": "2", "only": "here"},
    {"question": "c", "gold": "3", "kept": 2**70},
    {"question": "c", "gold": "4", "tinyv_problem": "of an earlier run"},
    {"question": "c", "gold": "3.0"},
]


def test_rows_are_written_as_they_were_read(judges: Judges, tmp_path: Path) -> None:
    """No field is added, dropped or changed but ours, though rows differ in their fields; each row once."""
    sinks = {
        "bad": JsonLinesFileSink(tmp_path / "bad.jsonl", COLUMNS),
        "clean": JsonLinesFileSink(tmp_path / "clean.jsonl", {}),
    }
    with opened_ledger(keep_rows=True) as ledger:
        for window, found in check_golds([explode(DictRows(RECORDS), MAPPING, first_row=0)], judges):
            ledger.write(window, found)
        ledger.close()
        compared = find_conflicts(ledger, judges, lambda *_: None)
        write_rows(ledger, settled_notes(ledger, compared, find_outvoted(ledger, judges)), **sinks)
    for sink in sinks.values():
        sink.commit({})
    lines = [json.loads(line) for line in (tmp_path / "bad.jsonl").read_text().splitlines()]
    theirs = [{k: v for k, v in line.items() if not k.startswith("tinyv_")} for line in lines]
    assert theirs == [RECORDS[0], {"question": "c", "gold": "4"}]
    assert [(line["tinyv_problem"], line["tinyv_majority_gold"]) for line in lines] == [
        *(("sentinel", None), ("conflict", "3"))
    ]
    assert all(list(line)[-len(COLUMNS) :] == list(COLUMNS) for line in lines)
    kept = [json.loads(line) for line in (tmp_path / "clean.jsonl").read_text().splitlines()]
    assert kept == [RECORDS[1], RECORDS[2], RECORDS[4]]


def test_rows_of_parquet_are_kept(judges: Judges) -> None:
    """A table that was read is there again as it was, with its types."""
    table = pa.table({"question": ["p", "q"], "gold": [">", ">"], "small": pa.array([1, 2], pa.int8())})
    with opened_ledger(keep_rows=True) as ledger:
        window = explode(ArrowRows(table), MAPPING, first_row=0)
        for each in check_golds([window], judges):
            ledger.write(*each)
        ledger.close()
        [(again, found)] = ledger.rows()
    assert again.table() == window.table()
    assert [each.problem for each in found] == [Problem.UNREADABLE] * 2


def test_no_bad_rows(judges: Judges, tmp_path: Path) -> None:
    """A file of no rows still has the columns of the input and ours."""
    sink = ParquetSink(tmp_path / "bad.parquet", COLUMNS)
    with opened_ledger(keep_rows=True) as ledger:
        noted(ledger, judges, [("q", "2"), ("p", "3")], size=1)
        found = find_conflicts(ledger, judges, lambda *_: None)
        notes = settled_notes(ledger, found, find_outvoted(ledger, judges))
        write_rows(ledger, notes, bad=sink, clean=None)
    sink.commit({})
    table = pq.read_table(tmp_path / "bad.parquet")
    assert (table.num_rows, table.column_names) == (0, ["question", "gold", *COLUMNS])


def test_nothing_stays_behind(judges: Judges, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger's folder goes with it, also when the run ends in an error."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(KeyboardInterrupt), opened_ledger(keep_rows=True) as ledger:
        [each] = check_golds(windows([("q", "2")]), judges)
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
