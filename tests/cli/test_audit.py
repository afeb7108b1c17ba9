"""`tinyv audit` on real files with the real rule and the real embedded verifier."""

import gzip
import json
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import SAMPLE, Tinyv, write_lines
from tinyv_cli.documents.columns import COLUMNS

ROWS = [
    {"source": "easy", "question": "What is 2 + 2?", "gold": "4", "response": r"It is \boxed{4}."},
    {"source": "easy", "question": "What is 2 + 2?", "gold": "4", "response": r"It is \boxed{5}."},
    {"source": "hard", "question": "Solve (x-2)(x-3)=0.", "gold": r"\{2, 3\}", "response": "Two and three"},
    {"source": "hard", "question": "Solve (x-2)(x-3)=0.", "gold": r"\{2, 3\}", "response": ""},
]


def rows_file(folder: Path, rows: list[dict[str, Any]], name: str = "rows.jsonl") -> Path:
    """The rows as JSON lines."""
    return write_lines(folder / name, *(json.dumps(row) for row in rows))


def test_sample_end_to_end(tinyv: Tinyv, tmp_path: Path) -> None:
    """The README's promise: a file goes in, an annotated file and a summary come out."""
    done = tinyv("audit", SAMPLE / "rollouts.parquet")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("score")
    assert "written: rollouts.audited.parquet" in done.stdout
    for command in ("review", "report", "export"):
        assert f"next: tinyv {command} rollouts.audited.parquet" in done.stdout
    assert "the right answer (gold) is 'answer', the model's response is 'response'" in done.stderr

    before, after = (
        pl.read_parquet(SAMPLE / "rollouts.parquet"),
        pl.read_parquet(tmp_path / "rollouts.audited.parquet"),
    )
    assert after.select(before.columns).equals(before), "the input's columns stay untouched"
    assert after.columns == [*before.columns, *COLUMNS]
    found = after.filter("tinyv_false_negative")
    assert len(found) >= 20
    assert found["truth"].sum() >= 0.6 * len(found), (
        "well above the share of right answers among what was rejected"
    )
    assert set(found["tinyv_evidence"]) <= {"model", "proof", "rounds"}
    assert (found.filter(tinyv_evidence="model")["tinyv_p"] >= 0.5).all()
    assert found["tinyv_category"].count() >= 0.85 * len(found)
    assert found["tinyv_lost_in"].is_not_null().all() and after["tinyv_lost_in"].count() == len(found)
    proved = found.filter(tinyv_evidence="proof")
    assert proved["truth"].all() and proved["tinyv_p"].is_null().all()
    assert proved["tinyv_proof"].is_not_null().all() and proved["tinyv_category"].is_not_null().all()
    accepted = after.filter(pl.col("tinyv_rule") == "accept")
    assert accepted["truth"].all(), "Math-Verify accepts nothing wrong here"
    assert accepted["tinyv_p"].is_null().all(), "the model is asked only when the rule did not accept"


def test_annotated_schema_and_metadata(tinyv: Tinyv, tmp_path: Path) -> None:
    """Types are those of the design, and the file says how every verdict came about."""
    source = rows_file(tmp_path, ROWS)
    assert tinyv("audit", source, "-o", "out.parquet", "--threshold", "0.55", "--proofs=off").returncode == 0
    file = pq.ParquetFile(tmp_path / "out.parquet")
    types = {field.name: field.type for field in file.schema_arrow}
    assert {name: types[name] for name in COLUMNS} == {name: column.type for name, column in COLUMNS.items()}
    metadata = json.loads(file.metadata.metadata[b"tinyv"])
    assert metadata["schema_version"] == 1
    assert metadata["rule"]["name"] == "math-verify"
    assert metadata["rule"]["versions"]["math-verify"].startswith("0.9")
    assert metadata["model"]["name"] == "nano"
    assert len(metadata["model"]["sha256"]) == len(metadata["model"]["prompt_sha256"]) == 64
    assert metadata["threshold"] == 0.55
    assert metadata["mapping"]["gold"] == "gold"
    assert metadata["sources"][0]["size"] == source.stat().st_size
    assert metadata["proofs"] is None
    assert metadata["counts"] == {
        "examples": 4,
        "false_negatives": 1,
        "proved": 0,
        "proofs_broken_off": 0,
        "model_asked": 2,
        "question_cut": 0,
    }


def test_verdicts_of_each_stage(tinyv: Tinyv, tmp_path: Path) -> None:
    """Rule, model and guard each settle what is theirs."""
    tinyv("audit", rows_file(tmp_path, ROWS), "-o", "out.parquet", "--proofs=off")
    out = pl.read_parquet(tmp_path / "out.parquet")
    assert out["tinyv_rule"].to_list() == ["accept", "reject", "reject", "undecided"]
    assert out["tinyv_rule_reason"].to_list() == [None, None, None, "no_answer"]
    assert out["tinyv_verdict"].to_list() == ["correct", "incorrect", "correct", "incorrect"]
    assert out["tinyv_evidence"].to_list() == ["rule", "model", "model", "guard"]
    assert out["tinyv_model_reason"].to_list() == [None, None, None, "guard:no_answer"]
    assert out["tinyv_false_negative"].to_list() == [False, False, True, False]
    assert out["tinyv_reward"].to_list() == [1.0, 0.0, 1.0, 0.0]
    assert out["tinyv_answer"].to_list() == ["4", "5", "Two and three", None]
    assert out["tinyv_answer_how"].to_list() == ["boxed", "boxed", "whole", "none"]


def test_rule_only(tinyv: Tinyv, tmp_path: Path) -> None:
    """Without proofs and model, the rule's rejection is incorrect and nothing is a false negative."""
    done = tinyv("audit", rows_file(tmp_path, ROWS), "--model", "none", "--proofs=off")
    out = pl.read_parquet(tmp_path / "rows.audited.parquet")
    assert out["tinyv_verdict"].to_list() == ["correct", "incorrect", "incorrect", "incorrect"]
    assert out["tinyv_evidence"].to_list() == ["rule", "rule", "rule", "guard"]
    assert not out["tinyv_false_negative"].any()
    assert "false negatives" not in done.stdout


PROVABLE = [
    {"question": "Find f(n).", "gold": "f(n) = 2n+1", "response": r"\boxed{f(m) = 2m+1}"},
    {"question": "Find f(n).", "gold": "f(n) = 2n+1", "response": r"\boxed{f(m) = 2m-1}"},
    {"question": "What is 2 + 2?", "gold": "4", "response": r"\boxed{4}"},
    {"question": "What is 2 + 2?", "gold": "4", "response": r"\boxed{19}"},
]


def test_proofs_only(tinyv: Tinyv, tmp_path: Path) -> None:
    """A proof settles what the rule rejected, says how and by which leaf, and no model is there."""
    done = tinyv("audit", rows_file(tmp_path, PROVABLE), "--model=none")
    assert done.returncode == 0, done.stderr
    out = pl.read_parquet(tmp_path / "rows.audited.parquet")
    assert out["tinyv_evidence"].to_list() == ["proof", "rule", "rule", "disproof"]
    assert out["tinyv_verdict"].to_list() == ["correct", "incorrect", "correct", "incorrect"]
    assert out["tinyv_proof"].to_list() == [
        "'f(m)' for 'f(n)'",
        None,
        None,
        "19 is not 4, however it is rounded",
    ]
    assert out["tinyv_category"].to_list() == ["7.1", None, None, None]
    assert out["tinyv_lost_in"].to_list() == ["comparison", None, None, None]
    assert out["tinyv_false_negative"].to_list() == [True, False, False, False]
    metadata = json.loads(pq.ParquetFile(tmp_path / "rows.audited.parquet").metadata.metadata[b"tinyv"])
    assert metadata["model"] == {"name": "none"} and metadata["counts"]["proved"] == 1
    assert metadata["proofs"] | {"version": ""} == {
        "version": "",
        "rounds": True,
        "within": None,
        "any_form": False,
    }
    shown = " ".join(done.stdout.split())
    assert "not accepted 3 of 4 responses: 1 right (33.3%" in shown and "1 proved, 0 likely" in shown
    assert "7.1 letters" in shown
    assert (
        "proved right, an example of each kind: gold, and answer 1 7.1 letters f(n) = 2n+1 f(m) = 2m+1"
        in shown
    )


def test_the_summary_fits_a_screen(tinyv: Tinyv) -> None:
    """At 80 columns the sample is told in 40 lines, the answer first, and no line but a command is longer."""
    done = tinyv("audit", SAMPLE / "rollouts.parquet", "--model=none", set={"COLUMNS": "80"})
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    assert len(lines) <= 40
    assert [line for line in lines if len(line) > 80 and not line.startswith("next:")] == []
    names = [line.split("  ")[0] for line in lines]
    wanted = ["score", "its parts", "not accepted", "lost in", "kinds", "read", "cost"]
    assert [name for name in names if name in wanted] == wanted


def test_the_gold_that_the_rule_did_not_see(tinyv: Tinyv, tmp_path: Path) -> None:
    """Nothing differs, so that it has no kind: it was lost in extraction, and the summary says so."""
    said = {"question": "What is 2 + 2?", "gold": "4", "response": r"So it is \boxed{4}.", "score": 0}
    other = {"question": "Solve x + 1 = 4.", "gold": "3", "response": r"\boxed{x = 3.0}", "score": 0}
    done = tinyv("audit", rows_file(tmp_path, [said, said, other]), "--model=none", "-o", "out.parquet")
    out = pl.read_parquet(tmp_path / "out.parquet")
    assert out["tinyv_category"].to_list()[:2] == [None, None]
    assert out["tinyv_categories"].to_list()[:2] == [[], []]
    assert out["tinyv_lost_in"].to_list()[:2] == ["extraction", "extraction"]
    assert "2 are the gold to the letter" in " ".join(done.stdout.split())
    assert out["tinyv_category"][2] in out["tinyv_categories"][2]


def test_rounding_is_a_policy(tinyv: Tinyv, tmp_path: Path) -> None:
    """What one side rounds to is told apart from what is equal; how far it may be off the user says."""
    rows = rows_file(
        tmp_path,
        [
            {"question": "How long?", "gold": r"\frac{2}{3}", "response": r"\boxed{0.667}"},
            {"question": "How long?", "gold": "20.2", "response": r"\boxed{20.31}"},
            {"question": "Find f(n).", "gold": "f(n) = 2n+1", "response": r"\boxed{f(m) = 2m+1}"},
        ],
    )
    for rounding, expected in (
        ("shown", ["rounds", "rule", "proof"]),
        ("none", ["rule", "rule", "proof"]),
        ("1%", ["rounds", "rounds", "proof"]),
    ):
        done = tinyv("audit", rows, "--model=none", "--rule=exact", f"--rounding={rounding}", "--json")
        assert done.returncode == 0, done.stderr
        out = pl.read_parquet(tmp_path / "rows.audited.parquet")
        assert out["tinyv_evidence"].to_list() == expected
        found = json.loads(done.stdout)["false_negatives"]
        counted = found["proved"], found["rounded"], found["likely"]
        assert counted == (sum(each != "rule" for each in expected), expected.count("rounds"), 0)
    refused = tinyv("audit", rows, "--rounding=about")
    assert refused.returncode == 2 and "'none', 'shown' or a percentage such as 1%" in refused.stderr


def test_form(tinyv: Tinyv, tmp_path: Path) -> None:
    """What is equal in another form than was asked for is not proved, with that reason; nor is it refuted."""
    rows = rows_file(
        tmp_path,
        [{"question": "Factor $x^2+2x+1$.", "gold": "(x+1)^2", "response": r"\boxed{x(x+2)+1}"}],
    )
    for form, evidence, reason in (("asked", "rule", "form"), ("ignore", "proof", None)):
        assert tinyv("audit", rows, "--model=none", "--rule=exact", f"--form={form}").returncode == 0
        out = pl.read_parquet(tmp_path / "rows.audited.parquet")
        assert out.select("tinyv_evidence", "tinyv_proof_reason").row(0) == (evidence, reason)


def test_suspect_accepts(tinyv: Tinyv, tmp_path: Path) -> None:
    """What speaks against an answer that the rule accepts is said; it counts as incorrect if one wants."""
    rows = rows_file(
        tmp_path,
        [
            {"question": "Which ratio?", "gold": "7:4", "response": r"\boxed{7:4 \text{ is wrong}}"},
            {"question": "Which ratio?", "gold": "7:4", "response": r"\boxed{7:4}"},
        ],
    )
    for suspects, verdict, evidence in (
        ("correct", "correct", "rule"),
        ("incorrect", "incorrect", "suspect"),
    ):
        done = tinyv("audit", rows, "--model=none", f"--suspects={suspects}", "--json")
        assert done.returncode == 0, done.stderr
        out = pl.read_parquet(tmp_path / "rows.audited.parquet")
        assert out["tinyv_rule"].to_list() == ["accept", "accept"]
        assert out["tinyv_verdict"].to_list() == [verdict, "correct"]
        assert out["tinyv_evidence"].to_list() == [evidence, "rule"]
        assert out["tinyv_suspect"].is_null().to_list() == [False, True]
        accepts = json.loads(done.stdout)["suspect_accepts"]
        assert (accepts["count"], accepts["accepted"], len(accepts["examples"])) == (1, 2, 1)
    said = " ".join(tinyv("report", tmp_path / "rows.audited.parquet").stdout.split())
    assert "suspect accepts 1 of the 2 that the rule accepts" in said


def test_no_proofs(tinyv: Tinyv, tmp_path: Path) -> None:
    """Without proofs the model is asked about all that the rule did not accept."""
    assert tinyv("audit", rows_file(tmp_path, PROVABLE), "--proofs=off").returncode == 0
    out = pl.read_parquet(tmp_path / "rows.audited.parquet")
    assert out["tinyv_evidence"].to_list() == ["model", "model", "rule", "model"]
    assert out["tinyv_proof"].is_null().all()


def _jsonl(path: Path) -> None:
    write_lines(path, *(json.dumps(row) for row in ROWS))


def _gzip(path: Path) -> None:
    path.write_bytes(gzip.compress("\n".join(json.dumps(row) for row in ROWS).encode()))


def _zstd(path: Path) -> None:
    with pa.CompressedOutputStream(str(path), "zstd") as stream:
        stream.write("\n".join(json.dumps(row) for row in ROWS).encode())


def _array(path: Path) -> None:
    path.write_text(json.dumps(ROWS, indent=1))


def _csv(path: Path) -> None:
    pl.DataFrame(ROWS).write_csv(path)


def _tsv(path: Path) -> None:
    pl.DataFrame(ROWS).write_csv(path, separator="\t")


def _parquet(path: Path) -> None:
    pl.DataFrame(ROWS).write_parquet(path)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("rows.jsonl", _jsonl),
        ("rows.ndjson", _jsonl),
        ("rows.jsonl.gz", _gzip),
        ("rows.jsonl.zst", _zstd),
        ("rows.json", _array),
        ("lines.json", _jsonl),
        ("rows.csv", _csv),
        ("rows.tsv", _tsv),
        ("rows.parquet", _parquet),
    ],
)
def test_every_format_gives_the_same_verdicts(tinyv: Tinyv, tmp_path: Path, name: str, write: Any) -> None:
    """What is read does not depend on how it was written."""
    write(tmp_path / name)
    done = tinyv("audit", name, "-o", "out.parquet", "--model", "none")
    assert done.returncode == 0, done.stderr
    out = pl.read_parquet(tmp_path / "out.parquet")
    assert out["tinyv_rule"].to_list() == ["accept", "reject", "reject", "undecided"]
    assert out["source"].to_list() == ["easy", "easy", "hard", "hard"]


def test_lists_of_responses_are_exploded(tinyv: Tinyv, tmp_path: Path) -> None:
    """One output row for each rollout; the list's column holds that rollout's response."""
    row = {"id": 7, "problem": "1+1?", "answer": 2, "generations": [r"\boxed{2}", r"\boxed{3}", "two: 2"]}
    write_lines(tmp_path / "wide.jsonl", json.dumps(row))
    assert tinyv("audit", "wide.jsonl", "--model", "none").returncode == 0
    out = pl.read_parquet(tmp_path / "wide.audited.parquet")
    assert out["tinyv_row"].to_list() == [0, 0, 0]
    assert out["tinyv_rollout"].to_list() == [0, 1, 2]
    assert out["generations"].to_list() == row["generations"]
    assert out["id"].to_list() == [7, 7, 7]
    assert out["tinyv_gold"].to_list() == ["2", "2", "2"]


def test_several_sources_number_their_rows_through(tinyv: Tinyv, tmp_path: Path) -> None:
    """tinyv_row is unique across all inputs of a run, and columns of either input are kept."""
    rows_file(tmp_path, ROWS[:2], "a.jsonl")
    rows_file(tmp_path, [{"problem": "1+1?", "answer": "2", "output": "2", "step": 3}], "b.jsonl")
    assert tinyv("audit", "a.jsonl", "b.jsonl", "--model", "none", "-o", "out.parquet").returncode == 0
    out = pl.read_parquet(tmp_path / "out.parquet")
    assert out["tinyv_row"].to_list() == [0, 1, 2]
    assert out["step"].to_list() == [None, None, 3]
    assert out["source"].to_list() == ["easy", "easy", None]


def test_dotted_paths_overrule_the_usual_names(tinyv: Tinyv, tmp_path: Path) -> None:
    """--gold reward_model.ground_truth reaches into a struct; the mapping that was chosen is printed."""
    rows: list[dict[str, Any]] = [
        {
            "prompt": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "2+3?"}],
            "reward_model": {"ground_truth": "5", "style": "rule"},
            "answer": "wrong column",
            "out": {"texts": [r"\boxed{5}"]},
        }
    ]
    rows_file(tmp_path, rows)
    done = tinyv(
        "audit",
        "rows.jsonl",
        "--gold",
        "reward_model.ground_truth",
        "--response",
        "out.texts.0",
        "--model",
        "none",
    )
    assert done.returncode == 0, done.stderr
    assert "'reward_model.ground_truth', the model's response is 'out.texts.0'" in done.stderr
    out = pl.read_parquet(tmp_path / "rows.audited.parquet")
    assert out["tinyv_question"].to_list() == ["2+3?"]
    assert out["tinyv_rule"].to_list() == ["accept"]


def test_nulls_and_golds_of_any_type(tinyv: Tinyv, tmp_path: Path) -> None:
    """A null is undecided and counted; a gold may be a number or a list of which any counts."""
    rows: list[dict[str, Any]] = [
        {"question": "a", "gold": None, "response": r"\boxed{1}"},
        {"question": "b", "gold": "1", "response": None},
        {"question": "c", "gold": 5, "response": r"\boxed{5}"},
        {"question": "d", "gold": 0.5, "response": r"\boxed{\frac{1}{2}}"},
        {"question": "e", "gold": ["4", "5"], "response": r"\boxed{5}"},
        {"question": "f", "gold": '["2"]', "response": r"\boxed{2}"},
        {"question": "g", "gold": "", "response": r"\boxed{2}"},
    ]
    done = tinyv("audit", rows_file(tmp_path, rows), "--model", "none", "--json")
    assert done.returncode == 0, done.stderr
    out = pl.read_parquet(tmp_path / "rows.audited.parquet")
    assert out["tinyv_rule"].to_list() == ["undecided"] * 2 + ["accept"] * 4 + ["undecided"]
    assert out["tinyv_rule_reason"].to_list() == ["no_gold", "no_response", None, None, None, None, "no_gold"]
    assert out["tinyv_verdict"].to_list()[:2] == ["undecided", "undecided"]
    assert out["tinyv_reward"].to_list()[:2] == [None, None]
    assert out["gold"].to_list()[4] == '["4", "5"]'
    summary = json.loads(done.stdout)
    assert summary["undecided"] == {"count": 3, "reasons": {"no_gold": 2, "no_response": 1}}


def test_json_summary(tinyv: Tinyv, tmp_path: Path) -> None:
    """--json prints what the tables say, and nothing else, on standard output."""
    done = tinyv("audit", rows_file(tmp_path, ROWS), "--json", "--by", "source")
    summary = json.loads(done.stdout)
    assert summary["schema_version"] == 2
    assert summary["file"] == "rows.audited.parquet"
    assert summary["read"] == {
        "rows": 4,
        "examples": 4,
        "no_gold": 0,
        "sentinel_gold": 0,
        "no_response": 0,
        "no_answer": 1,
        "copies": 0,
        "question_cut": 0,
    }
    assert summary["false_negatives"]["count"] == 1
    assert summary["false_negatives"]["rejected"] == 2
    assert summary["false_negatives"]["share"] == 0.5
    low, high = summary["false_negatives"]["interval"]
    assert 0.09 < low < 0.1 and 0.9 < high < 0.91
    assert {group["value"]: group["false_negatives"] for group in summary["by"][0]["groups"]} == {
        "easy": 0,
        "hard": 1,
    }
    assert summary["questions"]["pass_rate_before"] == 0.25
    assert summary["questions"]["pass_rate_after"] == 0.5
    assert summary["questions"]["prompt_efficiency_before"] == 0.5
    assert summary["questions"]["prompt_efficiency_after"] == 1.0
    assert [example["answer"] for example in summary["examples"]] == ["Two and three"]


def test_limit_stops_early(tinyv: Tinyv, tmp_path: Path) -> None:
    """--limit is in examples."""
    assert tinyv("audit", rows_file(tmp_path, ROWS), "--limit", "3", "--model", "none").returncode == 0
    assert len(pl.read_parquet(tmp_path / "rows.audited.parquet")) == 3


def test_quiet_says_nothing(tinyv: Tinyv, tmp_path: Path) -> None:
    """--quiet writes the file and not a word."""
    done = tinyv("audit", rows_file(tmp_path, ROWS), "--model", "none", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "rows.audited.parquet").exists()


def test_what_tinyv_wrote_may_be_replaced_and_audited_again(tinyv: Tinyv, tmp_path: Path) -> None:
    """A second run replaces its own output; an annotated file is a source like any other."""
    rows_file(tmp_path, ROWS)
    for _ in range(2):
        assert tinyv("audit", "rows.jsonl", "--model", "none").returncode == 0
    again = tinyv("audit", "rows.audited.parquet", "--model", "none", "-o", "again.parquet")
    assert again.returncode == 0, again.stderr
    first, second = (pl.read_parquet(tmp_path / f"{name}.parquet") for name in ("rows.audited", "again"))
    where = ["tinyv_file", "tinyv_line"]  # the second was read from another file
    assert second.drop(where).equals(first.drop(where))


def test_what_tinyv_did_not_write_is_kept(tinyv: Tinyv, tmp_path: Path) -> None:
    """A file that is named with -o is replaced with --overwrite only."""
    rows_file(tmp_path, ROWS)
    (tmp_path / "mine.parquet").write_bytes(b"mine")
    refused = tinyv("audit", "rows.jsonl", "--model", "none", "-o", "mine.parquet")
    assert refused.returncode == 2
    assert "--overwrite" in refused.stderr
    assert (tmp_path / "mine.parquet").read_bytes() == b"mine"
    assert (
        tinyv("audit", "rows.jsonl", "--model", "none", "-o", "mine.parquet", "--overwrite").returncode == 0
    )


def test_jsonl_output(tinyv: Tinyv, tmp_path: Path) -> None:
    """-o out.jsonl writes annotated lines; the summary is the same."""
    done = tinyv("audit", rows_file(tmp_path, ROWS), "--model", "none", "-o", "out.jsonl")
    assert "prompt efficiency" in done.stdout
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [line["tinyv_rule"] for line in lines] == ["accept", "reject", "reject", "undecided"]
    assert [{k: v for k, v in line.items() if not k.startswith("tinyv_")} for line in lines] == ROWS


def test_saved_dataset_folder(tinyv: Tinyv, tmp_path: Path) -> None:
    """A folder that datasets has saved is read through datasets."""
    from datasets import Dataset

    Dataset.from_list(ROWS).save_to_disk(str(tmp_path / "saved"))
    done = tinyv("audit", "saved", "--model", "none")
    assert done.returncode == 0, done.stderr
    assert pl.read_parquet(tmp_path / "saved.audited.parquet")["tinyv_rule"].to_list()[0] == "accept"


def test_a_clone_of_a_hub_dataset(tinyv: Tinyv, tmp_path: Path) -> None:
    """A dataset's repository on disk is a folder of data files: what is said about them is not one."""
    (tmp_path / "repo" / "data").mkdir(parents=True)
    pl.DataFrame(ROWS).write_parquet(tmp_path / "repo" / "data" / "train.parquet")
    write_lines(tmp_path / "repo" / "README.md", "Words.")
    write_lines(tmp_path / "repo" / "dataset_infos.json", "{}")
    done = tinyv("audit", "repo", "--model", "none", "-o", "out.parquet")
    assert done.returncode == 0, done.stderr
    assert pl.read_parquet(tmp_path / "out.parquet").height == len(ROWS)


@pytest.mark.parametrize("prompt", ["tinyv", "tinyv-qwen3"])
def test_any_gguf_with_the_papers_prompt(tinyv: Tinyv, tmp_path: Path, base_gguf: Path, prompt: str) -> None:
    """--model PATH.gguf asks any model in its own chat template, and the file records which."""
    rows, variables = rows_file(tmp_path, ROWS), {"TINYV_PROMPT": prompt}
    done = tinyv("audit", rows, "--model", base_gguf, "--proofs=off", set=variables)
    assert done.returncode == 0, done.stderr
    out = pl.read_parquet(tmp_path / "rows.audited.parquet")
    assert out["tinyv_p"].is_not_null().to_list() == [False, True, True, False]
    metadata = json.loads(pq.read_metadata(tmp_path / "rows.audited.parquet").metadata[b"tinyv"])
    assert metadata["model"]["name"] == str(base_gguf)
    assert metadata["model"]["prompt"] == prompt


def test_a_folder_of_steps(tinyv: Tinyv, tmp_path: Path) -> None:
    """A trainer's folder, a file a step, is audited in the order of the steps into one output."""
    (tmp_path / "rollouts").mkdir()
    for step in (9, 10, 100):
        rows_file(tmp_path / "rollouts", [{**ROWS[0], "step": step}], f"{step}.jsonl")
    for source in ("rollouts", "rollouts/*.jsonl"):
        done = tinyv(
            "audit", source, "-o", "out.parquet", "--overwrite", "--model", "none", "--rule", "exact"
        )
        assert done.returncode == 0, done.stderr
        assert pl.read_parquet(tmp_path / "out.parquet")["step"].to_list() == [9, 10, 100]
    assert tinyv("audit", "rollouts", "--model", "none", "--rule", "exact").returncode == 0
    assert (tmp_path / "rollouts.audited.parquet").exists()


def test_an_output_among_the_inputs(tinyv: Tinyv, tmp_path: Path) -> None:
    """A pattern that matches the output is refused: it would be read while it is replaced."""
    rows_file(tmp_path, ROWS)
    rows_file(tmp_path, ROWS, "out.jsonl")
    done = tinyv("audit", "*.jsonl", "-o", "out.jsonl", "--overwrite", "--model", "none")
    assert done.returncode == 2
    assert "out.jsonl: is one of the inputs" in done.stderr


@pytest.mark.parametrize("output", ["out.parquet", "out.jsonl"])
def test_select(tinyv: Tinyv, tmp_path: Path, output: str) -> None:
    """Of the input's columns only the selected ones are in the output; the summary is made all the same."""
    source = rows_file(tmp_path, [{**row, "id": n, "token_ids": [1, 2]} for n, row in enumerate(ROWS)])
    done = tinyv("audit", source, "-o", output, "--select", "id, source", "--model", "none")
    assert done.returncode == 0, done.stderr
    assert "by source" in done.stdout
    read = pl.read_parquet if output.endswith(".parquet") else pl.read_ndjson
    assert read(tmp_path / output).columns == ["source", "id", *COLUMNS]


def test_a_condition_on_a_column_that_is_not_kept(tinyv: Tinyv, tmp_path: Path) -> None:
    """--where looks at columns that --select keeps out of the output."""
    options = ("--where", "form = 'sign_slip'", "--select", "source", "--model", "none", "--rule", "exact")
    done = tinyv("audit", SAMPLE / "rollouts.parquet", *options, "-o", "some.parquet")
    assert done.returncode == 0, done.stderr
    table = pq.read_table(tmp_path / "some.parquet")
    sample = pq.read_table(SAMPLE / "rollouts.parquet", columns=["form"])["form"].to_pylist()
    assert 0 < table.num_rows == sample.count("sign_slip")
    assert [name for name in table.column_names if not name.startswith("tinyv_")] == ["source"]
