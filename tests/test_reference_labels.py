"""Reference labels: servers reason about answers, and what all of them say becomes labels."""

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.conftest import Tinyv, write_lines
from tests.faulty import Faulty, Question, Reply, served
from training.pool import rows as rows_of_pool

# Of each answer, what three annotators say of it, and the label that follows.
SAID: Mapping[str, tuple[bool | None, bool | None, bool | None, bool | None]] = {
    "half": (True, True, True, True),
    "a half": (True, True, True, True),
    "a third": (False, False, False, False),
    "two": (False, False, False, False),
    "one of two": (True, False, False, None),
    "three": (None, True, True, None),
    "zero": (False, False, None, None),
}
TEST = (True, True, True)  # what they say of the test question


def annotator(number: int) -> Faulty:
    """A server that reasons, and says what stands above."""

    def chat(question: Question) -> Reply:
        verdict = SAID.get(question.answer, TEST)[number]
        said = {"reasoning": f"{number} of {question.answer}", "verdict": verdict}
        text = "I cannot say." if verdict is None else json.dumps(said)
        return Reply({"choices": [{"message": {"content": text}, "finish_reason": "stop"}]})

    return Faulty(chat=chat)


@contextmanager
def annotators() -> Iterator[list[str]]:
    """The options that name all of them."""
    servers = [annotator(number) for number in range(3)]
    with ExitStack() as stack:
        for server in servers:
            stack.enter_context(served(server))
        yield [*(f"--model={server.url}" for server in servers), "--prompt", "annotator"]


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """One that the rule accepts, one that the guard refuses, and those above, each a few times."""
    answers = ["0.5", "", *SAID]
    told = [
        {
            "question": f"What is {n}/{2 * n}?",
            "gold": "0.5",
            "response": f"\\boxed{{{answer}}}" if answer else "",
            "source": "halves",
            "license": "MIT",
        }
        for n in range(1, 9)
        for answer in answers
    ]
    return write_lines(tmp_path / "rows.jsonl", *map(json.dumps, told))


def labelled(rows: Path, tinyv: Tinyv, *more: str) -> tuple[Path, Path]:
    """The audited file, and the labels that come of it."""
    with annotators() as models:
        done = tinyv("audit", rows, *models, "--proofs=off", *more)
    assert done.returncode == 0, done.stderr
    audited = rows.parent / "rows.audited.parquet"
    done = tinyv("export", audited, "--as", "labels", "-o", "labels.parquet")
    assert done.returncode == 0, done.stderr
    return audited, rows.parent / "labels.parquet"


def test_labels(rows: Path, tinyv: Tinyv) -> None:
    """A label where all say the same, none where they differ or one is silent; the reasons stand beside."""
    audited, path = labelled(rows, tinyv)
    asked = pl.read_parquet(audited).filter(pl.col("tinyv_p").is_not_null())
    assert set(asked["tinyv_reasoning"]) == {
        f"0 of {text}" for text, said in SAID.items() if said[0] is not None
    }
    labels = pl.read_parquet(path)
    assert len(labels) == 8 * len(SAID), "neither what the rule accepts nor what the guard refuses"
    found = {row["response"]: row["label"] for row in labels.iter_rows(named=True)}
    assert found == {f"\\boxed{{{answer}}}": label for answer, (*_, label) in SAID.items()}
    [first] = labels.filter(pl.col("response") == r"\boxed{half}", tinyv_row=2).to_dicts()
    assert (first["question"], first["gold"]) == ("What is 1/2?", "0.5")
    assert (first["source"], first["license"]) == ("halves", "MIT")
    assert first["reasoning"] == ["0 of half", "1 of half", "2 of half"]
    assert [name.endswith("#small") for name in first["reviewer"].split(", ")] == [True] * 3
    [silent] = labels.filter(pl.col("response") == r"\boxed{three}", tinyv_row=7).to_dicts()
    assert silent["reasoning"] == ["I cannot say.", "1 of three", "2 of three"]


def test_what_takes_them(rows: Path, tinyv: Tinyv, tmp_path: Path) -> None:
    """They are read as labelled rows by `eval` and by training, and as labels of audits of the same rows."""
    _, labels = labelled(rows, tinyv)
    done = tinyv("eval", labels, "--model", "none", "--json")
    assert done.returncode == 0, done.stderr
    figures: dict[str, Any] = json.loads(done.stdout)
    assert {key: figures["read"][key] for key in ("pairs", "correct", "wrong", "unlabelled")} == {
        "pairs": 32,
        "correct": 16,
        "wrong": 16,
        "unlabelled": 24,
    }
    assert (figures["label"], figures["by"]) == ("label", "source")
    kept = list(rows_of_pool(labels, ("halves",), labelled=True))
    assert sum(bool(row.correct) for row in kept) == 16 and len(kept) == 32

    done = tinyv("audit", rows, "--model", "none", "-o", "other.parquet")
    assert done.returncode == 0, done.stderr
    told = json.loads(tinyv("report", "other.parquet", "--labels", labels, "--json").stdout)
    assert (told["estimate"]["from"], told["estimate"]["labels"]["count"]) == ("labels", 32)
    heard = json.loads(tinyv("eval", "other.parquet", "--labels", labels, "--model", "none", "--json").stdout)
    assert heard["read"]["pairs"] == 32
    again = tinyv("export", "other.parquet", "--as", "rewards", "--labels", labels)
    assert again.returncode == 0, again.stderr


def test_calibration(rows: Path, tinyv: Tinyv, tmp_path: Path) -> None:
    """A small model's p is mapped by what the large ones said."""
    _, labels = labelled(rows, tinyv)
    done = tinyv("eval", labels, "--proofs=off", "--calibrate", "mine.json")
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "mine.json").read_text())["correct"] == 16


def test_by_hand(rows: Path, tinyv: Tinyv) -> None:
    """What a person says of an example comes before the models, also where these were not asked."""
    audited, _ = labelled(rows, tinyv)
    write_lines(
        audited.with_suffix(".labels.jsonl"),
        json.dumps({"tinyv_row": 6, "tinyv_rollout": 0, "label": True, "reviewer": "me"}),
        json.dumps({"tinyv_row": 1, "tinyv_rollout": 0, "label": False, "reviewer": "me"}),
    )
    done = tinyv("export", audited, "--as", "labels")
    by_place = {line["tinyv_row"]: line for line in map(json.loads, done.stdout.splitlines())}
    assert [(by_place[row]["label"], by_place[row]["reviewer"]) for row in (6, 1)] == [
        (True, "hand"),
        (False, "hand"),
    ]


def test_nobody_was_asked(rows: Path, tinyv: Tinyv) -> None:
    """Without a model there are no labels of models: one line says what to do."""
    assert tinyv("audit", rows, "--model", "none").returncode == 0
    done = tinyv("export", "rows.audited.parquet", "--as", "labels", "-o", "labels.parquet")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "no model was asked" in done.stderr and not (rows.parent / "labels.parquet").exists()
