"""What is made of an audited file, batch by batch."""

import ast
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tests.annotated import audited, example
from tinyv_cli.documents.audited import Audited, open_audited
from tinyv_cli.errors import SourceError, UsageError
from tinyv_cli.exports import EXPORTS, exported
from tinyv_cli.exports.recovered import imploded, recovered, whole_rows
from tinyv_cli.exports.regression import opened_judge, python_file, rule_to_test
from tinyv_cli.exports.request import Request
from tinyv_cli.exports.writing import limited
from tinyv_cli.models.prompts import chat_prompt
from tinyv_cli.records import Query
from tinyv_cli.words import ExportAs

HOSTILE = '"""\' + \\ \n\x1b[31m é\u202e {rule} """'


def rows(
    what: ExportAs, file: Audited, labels: dict[tuple[int, int], bool] | None = None, **more: Any
) -> list[dict[str, Any]]:
    tables = list(exported(what, Request(file, labels or {}, **more)))
    return list(pa.concat_tables(tables).to_pylist())


def texts(row: int, p: float | None, gold: str, answer: str | None, **more: Any) -> dict[str, object]:
    return example(row, p, **more) | {"tinyv_gold": gold, "tinyv_answer": answer}


def lines(counts: list[int]) -> pa.Table:
    """As many lines of each row as it has responses; one without a response where it has none."""
    places = [(row, rollout) for row, count in enumerate(counts) for rollout in range(max(count, 1))]
    said = [f"{row}.{rollout}" if counts[row] else None for row, rollout in places]
    return pa.table(
        {
            "id": [f"row {row}" for row, _ in places],
            "response": said,
            "tinyv_row": [row for row, _ in places],
            "tinyv_response": said,
            "tinyv_verdict": ["correct"] * len(places),
            "tinyv_false_negative": [False] * len(places),
            "tinyv_reward": [1.0] * len(places),
        }
    )


@pytest.mark.parametrize("counts", [[3, 1, 0, 2], [1], [0], [5], [1, 1, 1], [2] * 40])
@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_rows_are_put_together_again(counts: list[int], size: int) -> None:
    """Wherever a batch ends, each row comes back once, with all its responses in order."""
    table = lines(counts)
    tables = [table.slice(start, size) for start in range(0, len(table), size)]
    lists = frozenset({"response", "tinyv_verdict", "tinyv_false_negative", "tinyv_reward"})
    found = [row for piece in whole_rows(tables) for row in imploded(piece, lists).to_pylist()]
    assert [row["id"] for row in found] == [f"row {i}" for i in range(len(counts))]
    assert [row["response"] for row in found] == [
        [f"{i}.{j}" for j in range(n)] for i, n in enumerate(counts)
    ]
    assert [len(row["tinyv_verdict"]) for row in found] == counts


def test_a_response_that_is_missing_among_others_stays(tmp_path: Path) -> None:
    """Only a row without any response has an empty list: a gap keeps the others in their places."""
    table = lines([2, 1])
    gap = pa.array([None, "0.1", "1.0"])
    for name in ("response", "tinyv_response"):
        table = table.set_column(table.column_names.index(name), name, gap)
    assert imploded(table, frozenset({"response"})).column("response").to_pylist() == [[None, "0.1"], ["1.0"]]


def test_no_rows() -> None:
    """A file without examples gives a table without rows."""
    assert [
        imploded(piece, frozenset({"response"})).num_rows for piece in whole_rows([lines([1]).slice(1)])
    ] == [0]


def test_rows_that_are_not_whole(tmp_path: Path) -> None:
    """A file with some responses alone cannot give back rows."""
    file = audited(tmp_path, example(0, 0.9), only="false-negatives", exploded=["response"])
    with pytest.raises(UsageError, match="holds the false-negatives ones alone"):
        next(recovered(Request(file)))


def test_rows_of_earlier_runs(tmp_path: Path) -> None:
    """A file that does not say which columns held lists cannot give them back, and is not guessed at."""
    with pytest.raises(UsageError, match="by an earlier tinyv"):
        next(recovered(Request(audited(tmp_path, example(0, 0.9)))))


@pytest.mark.parametrize("what", ExportAs)
def test_a_damaged_file(what: ExportAs, tmp_path: Path) -> None:
    """What cannot be read is told in one line."""
    file = audited(tmp_path, example(0, 0.9) | {"id": "a"}, exploded=[], model={"name": "nano"})
    [damaged] = (each.path for each in file.files)
    content = damaged.read_bytes()
    damaged.write_bytes(content[:4] + b"\xff" * 500 + content[504:])
    with pytest.raises(SourceError, match="is damaged"):
        rows(what, file)


def test_labels_come_first(tmp_path: Path) -> None:
    """What was said by hand replaces verdict, reward and whether it is a false negative."""
    file = audited(
        tmp_path,
        example(0, 0.9),
        example(1, 0.1),
        example(2, None, evidence="rule", found=True, rule="accept"),
    )
    assert [row["reward"] for row in rows(ExportAs.REWARDS, file)] == [1.0, 0.0, 1.0]
    labels = {(0, 0): False, (1, 0): True, (2, 0): False, (7, 0): True}
    assert [row["reward"] for row in rows(ExportAs.REWARDS, file, labels)] == [0.0, 1.0, 0.0]
    [found] = rows(ExportAs.JSONL, file, labels)
    assert (found["tinyv_row"], found["tinyv_verdict"], found["tinyv_evidence"]) == (1, "correct", "hand")


RIGHT_BY_RULE = {"evidence": "rule", "found": True, "rule": "accept"}
KNOWN: list[dict[str, Any]] = [
    texts(0, 0.96, "5", "five") | {"tinyv_question": "2+3?"},
    texts(1, 0.96, "5", "five") | {"tinyv_question": "2+3?"},
    texts(2, 0.2, "5", "six<|im_end|>"),
    texts(3, None, "5", "5.0", evidence="proof", found=True) | {"tinyv_proof": "as one can see"},
    texts(4, None, "5", "", evidence="guard", found=False),
    texts(5, None, "5", "7", evidence="rule", found=False),
    texts(6, None, "5", "5", **RIGHT_BY_RULE),
    texts(7, None, "5", None, evidence=None, found=False),
    texts(8, None, '["1", "2"]', "two", evidence="proof", found=True),
    texts(9, None, '["1", "2"]', "three", evidence="disproof", found=False),
    texts(10, None, "5", "not 5", **RIGHT_BY_RULE) | {"tinyv_suspect": "denied: says not"},
    texts(11, 0.04, "5", "eight"),
]


def test_sft(tmp_path: Path) -> None:
    """Each different question, gold and answer once; nobody teaches who may be wrong, or was never asked."""
    file = audited(tmp_path, *KNOWN)
    chats = rows(ExportAs.SFT, file, {(5, 0): True, (2, 0): False})
    said = [(chat["row"], chat["messages"][1]["content"], chat["evidence"]) for chat in chats]
    assert said == [
        (2, "False", "hand"),
        (3, "True", "proof"),
        (5, "True", "hand"),
        (6, "True", "rule"),
        (9, "False", "disproof"),
        (9, "False", "disproof"),
    ]
    asked = chats[1]["messages"][0]
    assert asked == {"role": "user", "content": chat_prompt("tinyv").message(Query("question 3", "5", "5.0"))}
    assert "six<|im_end|>" not in chats[0]["messages"][0]["content"]
    assert ["<ground_truth_answer>2<" in chat["messages"][0]["content"] for chat in chats[4:]] == [
        False,
        True,
    ]


def test_p_of_a_cascade(tmp_path: Path) -> None:
    """It is that of the model that settled the example."""
    file = audited(
        tmp_path,
        texts(0, 0.6, "5", "five", found=False) | {"tinyv_p_2": 0.1, "tinyv_settled_by": 2},
        texts(1, 0.01, "5", "six") | {"tinyv_settled_by": 1},
        other_models=[{"name": "b"}],
        sure=0.98,
    )
    assert [chat["p"] for chat in rows(ExportAs.SFT, file, with_model=0.9)] == pytest.approx([0.1, 0.01])


def test_a_model_teaches_where_it_is_asked_to(tmp_path: Path) -> None:
    """From the p on that is named, and from as far below: its doubts teach nobody."""
    file = audited(tmp_path, *KNOWN)
    chats = rows(ExportAs.SFT, file, with_model=0.95)
    said = {chat["row"]: chat["messages"][1]["content"] for chat in chats if chat["evidence"] == "model"}
    assert said == {0: "True", 11: "False"}


def test_who_contradicts_whom(tmp_path: Path) -> None:
    """A pair of which both is said teaches nothing, unless a hand says one of both."""
    file = audited(
        tmp_path,
        texts(0, None, "5 m", "5", evidence="proof", found=True),
        texts(1, None, "5 m", "5", evidence="disproof", found=False),
        texts(2, None, "6", "6 m", evidence="proof", found=True),
        texts(3, None, "6", "6 m", evidence="disproof", found=False),
    )
    cases = rows(ExportAs.PYTEST, file, {(3, 0): False})
    assert [(case["answer"], case["expected"], case["evidence"]) for case in cases] == [
        ("6 m", False, "hand")
    ]


def test_cases_are_certain(tmp_path: Path) -> None:
    """A case for a rule is one of which hand, proof, the rule or a sure model says what is right."""
    file = audited(tmp_path, *KNOWN)
    cases = rows(ExportAs.PYTEST, file, {(2, 0): False}, with_model=0.95)
    assert [(case["gold"], case["answer"], case["expected"]) for case in cases] == [
        ("5", "five", True),
        ("5", "six<|im_end|>", False),
        ("5", "5.0", True),
        ("5", "5", True),
        ('["1", "2"]', "two", True),
        ('["1", "2"]', "three", False),
        ("5", "eight", False),
    ]
    assert cases[2]["name"] == "row 3, rollout 0, proof: as one can see"


def test_text_of_the_data_is_no_python(tmp_path: Path) -> None:
    """Quotes, line breaks and braces in data and file name stay inside of literals."""
    file = audited(tmp_path, texts(0, 0.95, HOSTILE, HOSTILE))
    odd = tmp_path / 'a"""b\\.parquet'
    file.files[0].path.rename(odd)
    file = open_audited(odd)
    source = b"".join(
        python_file(exported(ExportAs.PYTEST, Request(file, with_model=0.9)), file, HOSTILE)
    ).decode()
    module = ast.parse(source)
    literals = [node.value for node in ast.walk(module) if isinstance(node, ast.Constant)]
    assert literals.count(HOSTILE) == 3  # gold, answer and rule
    assert "from pathlib" not in source and source.isascii()


def test_the_rule_that_is_tested(tmp_path: Path) -> None:
    """That of the audit unless another is named; recorded verdicts cannot be tested."""
    file = audited(tmp_path, example(0, 0.9))
    assert rule_to_test(file, None) == "exact"
    assert rule_to_test(file, "math-verify") == "math-verify"
    recorded = audited(tmp_path, example(0, 0.9), rule={"name": "column:score"})
    with pytest.raises(UsageError, match=r"'column:score' .* only reads recorded verdicts"):
        rule_to_test(recorded, None)


def test_the_judge(tmp_path: Path) -> None:
    """It accepts as the rule does, of several golds any."""
    with opened_judge("exact") as accepts:
        assert accepts("5", "5") is True
        assert accepts("5", "6") is False
        assert accepts('["5", "6"]', "6") is True


@pytest.mark.parametrize(("limit", "sizes"), [(None, [3, 3]), (1, [1]), (3, [3]), (4, [3, 1]), (9, [3, 3])])
def test_limit(limit: int | None, sizes: list[int]) -> None:
    """So many rows and no more; tables behind them are not asked for."""
    table = pa.table({"a": [1, 2, 3]})
    assert [piece.num_rows for piece in limited([table, table], limit)] == sizes


def test_exports_say_what_they_are(tmp_path: Path) -> None:
    """Every table carries what the audited file says of itself, and what it was made into."""
    file = audited(tmp_path, example(0, 0.9) | {"id": "a"}, exploded=[], model={"name": "nano"})
    assert set(EXPORTS) == set(ExportAs)
    for what in ExportAs:
        [table] = exported(what, Request(file, {}, "tinyv"))
        described = json.loads(table.schema.metadata[b"tinyv"])
        assert described["export"] == what and described["threshold"] == 0.5
