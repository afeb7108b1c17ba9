"""Models in turn: nano settles what it is sure of, a server is asked the rest, and the file says who."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq
import pytest

from tests.conftest import Tinyv, write_lines
from tests.faulty import Faulty, Question, Reply, completion, error, served
from tinyv_cli.documents.columns import COLUMNS, SETTLED_BY, opinion_columns

SURE = 0.98
# What nano is sure of, and what not; one that the rule accepts; an empty one.
ANSWERS = {
    "150 \\text{ minutes}": [
        "150 \\text{ minutes}",
        "150\\text{ min}",
        "two and a half hours",
        "450 minutes",
        "",
    ],
    "(9, 6)": ["x = 9, y = 6", "(9, -6)", "y = -6, x = 9"],
    "(-\\infty, -7)": ["all real numbers less than -7", "x < -7", "(-7, \\infty)"],
}
ROWS = [
    {
        "question": "What is it?",
        "gold": gold,
        "response": f"\\boxed{{{answer}}}",
        "right": answer[:1] not in "4(",
    }
    for gold, answers in ANSWERS.items()
    for answer in answers
]
ASKED = len(ROWS) - 2


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """The rows, of which the rule `exact` accepts the first and the guards refuse the empty one."""
    return write_lines(tmp_path / "rows.jsonl", *map(json.dumps, ROWS))


def chat(question: Question) -> Reply:
    """A server for which every answer with an equals sign or a word in it is right."""
    right = any(character.isalpha() or character == "=" for character in question.answer)
    return Reply(completion(-0.2, -1.8) if right else completion(-1.8, -0.2, text="False"))


@pytest.fixture
def server() -> Iterator[Faulty]:
    """A real server on loopback."""
    with served(running := Faulty(chat=chat)):
        yield running


def frame_of(path: Path) -> tuple[pl.DataFrame, dict[str, Any]]:
    return pl.read_parquet(path), json.loads(pq.read_metadata(path).metadata[b"tinyv"])


def command(rows: Path, server: Faulty, *more: str) -> tuple[str | Path, ...]:
    return "audit", rows, "--rule=exact", "--proofs=off", "--model", f"nano,{server.url}", *more


def test_audit(rows: Path, tinyv: Tinyv, tmp_path: Path, server: Faulty) -> None:
    """Nano's calibrated p settles what lies outside of the band; the server alone decides on the rest."""
    done = tinyv(*command(rows, server, "--json"))
    assert done.returncode == 0, done.stderr
    out, metadata = frame_of(tmp_path / "rows.audited.parquet")
    assert [name for name in out.columns if name.startswith("tinyv_")] == [
        *COLUMNS,
        *opinion_columns(2),
        *SETTLED_BY,
    ]
    asked = out.filter(pl.col("tinyv_p").is_not_null())
    assert len(asked) == ASKED
    is_sure = (asked["tinyv_p"] >= SURE) | (asked["tinyv_p"] <= 1 - SURE)
    assert 0 < is_sure.sum() < ASKED, "some of each"
    assert (asked["tinyv_p_2"].is_null() == is_sure).all()
    assert asked["tinyv_settled_by"].to_list() == [1 if sure else 2 for sure in is_sure]
    decides = asked["tinyv_p"].zip_with(is_sure, asked["tinyv_p_2"].fill_null(0))
    assert ((asked["tinyv_verdict"] == "correct") == (decides >= 0.5)).all()
    assert out.filter(pl.col("tinyv_p").is_null())["tinyv_settled_by"].is_null().all()

    [other] = metadata["other_models"]
    assert (metadata["model"]["name"], other["name"]) == ("nano", f"{server.url}#small")
    assert metadata["model"]["calibration"]["file"] == "nano" and metadata["model"]["calibration"]["maps_p"]
    assert metadata["sure"] == SURE and "agree" not in metadata

    found = json.loads(done.stdout)
    assert found["models"] is None
    nano, last = found["cascade"]["each"]
    assert (nano["asked"], last["asked"]) == (ASKED, int((~is_sure).sum()))
    assert (nano["settled"], last["settled"]) == (int(is_sure.sum()), last["asked"])
    assert nano["correct"] + last["correct"] == found["false_negatives"]["likely"]
    assert sum(each["count"] for each in found["p_histogram"]) == ASKED
    shown = " ".join(tinyv("report", "rows.audited.parquet").stdout.split())
    assert f"model nano asked about {ASKED}; settled {nano['settled']}" in shown
    assert f"asked about {last['asked']}; settled {last['settled']} ({last['correct']} as correct)" in shown


def test_what_each_said_is_kept(rows: Path, tinyv: Tinyv, tmp_path: Path, server: Faulty) -> None:
    """Each model's verdicts serve again: a second run asks nobody, a wider band only what it adds."""
    assert tinyv(*command(rows, server, "-o", "first.parquet")).returncode == 0
    asked = len(server.payloads)
    done = tinyv(*command(rows, server, "-o", "again.parquet"))
    tests_of_the_server = len(server.payloads) - asked
    assert done.returncode == 0 and tests_of_the_server == 1
    first, again = (frame_of(tmp_path / f"{name}.parquet")[0] for name in ("first", "again"))
    assert first.equals(again)
    done = tinyv(*command(rows, server, "-o", "all.parquet", "--sure", "1"))
    everything, metadata = frame_of(tmp_path / "all.parquet")
    settled = first.filter(pl.col("tinyv_settled_by") == 1)
    assert len(server.payloads) - asked - 2 == len(settled)
    assert everything["tinyv_settled_by"].drop_nulls().to_list() == [2] * ASKED and metadata["sure"] == 1.0


def test_a_last_model_that_fails(rows: Path, tinyv: Tinyv, tmp_path: Path) -> None:
    """What the first was not sure of stays undecided, with the reason of the one that had to say."""
    broken = Faulty(chat=lambda question: chat(question) if question.number == 0 else error(400, "no"))
    with served(broken):
        assert tinyv(*command(rows, broken, "--json")).returncode == 0
    out, _ = frame_of(tmp_path / "rows.audited.parquet")
    open_ones = out.filter(pl.col("tinyv_model_reason_2").is_not_null())
    assert 0 < len(open_ones) < ASKED
    assert set(open_ones["tinyv_verdict"]) == {"undecided"} and open_ones["tinyv_settled_by"].is_null().all()
    assert open_ones["tinyv_p"].is_not_null().all()


def test_check(tinyv: Tinyv, server: Faulty) -> None:
    """One example says which model settled it, and that the next was not asked."""
    model = ("--model", f"nano,{server.url}", "--proofs=off", "--rule=exact")
    sure = ("check", "-q", "What is it?", "-g", "150 \\text{ minutes}", "450 minutes", *model)
    said = json.loads(tinyv(*sure, "--json").stdout)
    [other] = said["other_models"]
    assert (said["settled_by"], said["sure"], other["p"], other["reason"]) == (1, SURE, None, None)
    shown = tinyv(*sure).stdout
    assert "calibrated" in shown and "not asked" in shown and "settles what it is sure of" in shown
    doubtful = tinyv(*sure, "--sure", "1", "--json")
    said = json.loads(doubtful.stdout)
    assert (said["settled_by"], said["other_models"][0]["p"] is None) == (2, False)


def test_eval(rows: Path, tinyv: Tinyv, server: Faulty) -> None:
    """A cascade is measured as one model, behind the rule as any other; each pair is asked as in an audit."""
    done = tinyv(
        "eval",
        rows,
        "--label=right",
        "--rule=exact",
        "--proofs=off",
        "--json",
        "--model",
        f"nano,{server.url}",
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    name = f"nano,{server.url}#small"
    assert found["models"] == [name]
    assert [each["name"] for each in found["verifiers"]] == ["exact", name, f"exact + {name}"]
    asked = str(server.payloads[1:])
    assert "two and a half hours" in asked and "450 minutes" not in asked, "only what nano was not sure of"
    # Alone it is also asked of the one that the rule accepts; the first payload is a test question.
    assert 0 < len(server.payloads) - 1 < ASKED + 1
    refused = tinyv("eval", rows, "--label=right", "--calibrate", "c.json", "--model", f"nano,{server.url}")
    assert refused.returncode == 2 and "of one model" in refused.stderr


def test_dry_run(rows: Path, tinyv: Tinyv, base_gguf: Path, server: Faulty) -> None:
    """The last is expected to be asked what the first leaves; a server is not called."""
    done = tinyv(*command(rows, server, "--dry-run", "--json"))
    nano, last = json.loads(done.stdout)["models"]
    assert (nano["asked"], nano["queries"]) == (ASKED, ASKED)
    assert 0 < last["asked"] < ASKED and "not on this machine" in last["unknown"]
    assert server.payloads == []


@pytest.mark.parametrize(
    ("models", "complaint"),
    [
        (["{base},nano"], "has no calibration, so in a cascade it can be sure of nothing"),
        (["nano,{base}", "--model=none"], "is a cascade, and --model given again an opinion more"),
        (["nano,nano"], "asks each model once"),
        (["nano,missing.gguf"], "missing.gguf"),
    ],
)
@pytest.mark.parametrize("begin", [("audit", "rows.jsonl", "--rule=exact"), ("check", "-g", "5", "6")])
def test_refused(
    rows: Path,
    tinyv: Tinyv,
    tmp_path: Path,
    base_gguf: Path,
    begin: tuple[str, ...],
    models: list[str],
    complaint: str,
) -> None:
    """It is said in one line before anything is judged, and nothing is written."""
    first, *more = (text.format(base=base_gguf) for text in models)
    done = tinyv(*begin, f"--model={first}", *more, set={"TINYV_REQUANTIZE": "off"})
    assert done.returncode == 2 and complaint in done.stderr.splitlines()[-1]
    assert list(tmp_path.iterdir()) == [rows]
