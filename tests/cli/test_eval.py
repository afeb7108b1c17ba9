"""`tinyv eval` on real files with the real rule and the real embedded verifier."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy.stats import binomtest
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    balanced_accuracy_score,
    f1_score,
    precision_score,
    recall_score,
    roc_auc_score,
)

from tests.conftest import SAMPLE, Tinyv, write_lines

ROLLOUTS = SAMPLE / "rollouts.parquet"
CHAIN, PROVED = "math-verify + nano", "math-verify + proofs + nano"
Figures = dict[str, Any]


def figures(done: "subprocess.CompletedProcess[str]") -> Figures:
    assert done.returncode == 0, done.stderr
    found: Figures = json.loads(done.stdout)
    return found


def verifier(found: Figures, name: str) -> Figures:
    [meant] = [each for each in found["verifiers"] if each["name"] == name]
    return dict(meant)


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory: pytest.TempPathFactory, run_in: Tinyv) -> tuple[Figures, pl.DataFrame]:
    """The sample measured with two rules and the embedded verifier: the figures, and what they come from."""
    folder = tmp_path_factory.mktemp("eval")
    rules = ("--rule", "math-verify", "--rule", "exact")
    limits = ("--max-fpr", "0.05", "--min-recall", "0.9")
    done = run_in(folder, "eval", ROLLOUTS, *rules, *limits, "-o", "scores.parquet", "--json")
    return figures(done), pl.read_parquet(folder / "scores.parquet")


def scores_of(pairs: pl.DataFrame, name: str) -> tuple[Any, Any]:
    """Labels and scores as anyone would compute them from the file; undecided pairs left out."""
    rule, *stages = name.split(" + ")
    score = pl.lit(None, pl.Float64)
    if "nano" in name:
        score = pl.when(pl.col("guard").is_not_null()).then(0.0).otherwise(pl.col("p nano"))
    if rule != "nano":
        said = pl.col(f"rule {rule}")
        otherwise = score if "nano" in stages else pl.when(said == "reject").then(0.0)
        proved, refuted = (
            pl.col(name).is_not_null() & pl.lit("proofs" in stages) for name in ("proof", "disproof")
        )
        score = pl.when((said == "accept") | proved).then(1.0).when(refuted).then(0.0).otherwise(otherwise)
    decided = pairs.select("label", score=score).drop_nulls()
    return decided["label"].to_numpy(), decided["score"].to_numpy()


@pytest.mark.parametrize("name", ["math-verify", "exact", "nano", CHAIN, "exact + proofs", PROVED])
def test_agrees_with_scikit_learn(evaluated: tuple[Figures, pl.DataFrame], name: str) -> None:
    """Every figure is what scikit-learn computes from the raw scores."""
    found, pairs = evaluated
    label, score = scores_of(pairs, name)
    said = score >= 0.5
    measures = verifier(found, name)["all"]
    assert measures["pairs"] == len(pairs) and measures["undecided"] == len(pairs) - len(label)
    for figure, expected in {
        "accuracy": accuracy_score(label, said),
        "recall": recall_score(label, said),
        "fpr": said[~label].mean(),
        "precision": precision_score(label, said),
        "f1": f1_score(label, said),
        "balanced_accuracy": balanced_accuracy_score(label, said),
        "auc": roc_auc_score(label, score),
        "average_precision": average_precision_score(label, score),
    }.items():
        assert measures[figure]["value"] == pytest.approx(expected), figure
        low, high = measures[figure]["interval"]
        assert low - 1e-9 <= expected <= high + 1e-9, figure
    low, high = binomtest(int(said[label].sum()), int(label.sum())).proportion_ci(method="wilson")
    assert measures["recall"]["interval"] == pytest.approx([low, high])


def test_groups_are_parts_of_all(evaluated: tuple[Figures, pl.DataFrame]) -> None:
    """Kinds and groups divide the pairs, and each is measured as a file of its own would be."""
    found, pairs = evaluated
    chain = verifier(found, CHAIN)
    for groups in (chain["kinds"], chain["by"]):
        assert sum(group["pairs"] for group in groups) == len(pairs)
        assert sum(group["tp"] for group in groups) == chain["all"]["tp"]
    for group in chain["by"]:
        label, score = scores_of(pairs.filter(pl.col("group") == group["value"]), CHAIN)
        assert group["recall"]["value"] == pytest.approx((score >= 0.5)[label].mean())
        left = pairs.filter((pl.col("group") == group["value"]) & (pl.col("rule math-verify") != "accept"))
        assert group["not_accepted"]["math-verify"]["pairs"] == len(left)
    assert found["by"] == "source" and len(chain["by"]) == 6


def left_to_models(pairs: pl.DataFrame) -> pl.DataFrame:
    """What neither the first rule accepts nor a proof or disproof settles."""
    shown = pl.col("proof").is_not_null() | pl.col("disproof").is_not_null()
    return pairs.filter((pl.col("rule math-verify") != "accept") & ~shown)


def test_what_a_rule_leaves(evaluated: tuple[Figures, pl.DataFrame]) -> None:
    """The models are also measured where they work: on the pairs that each rule does not accept."""
    found, pairs = evaluated
    nano = verifier(found, "nano")
    for rule in ("math-verify", "exact"):
        left = pairs.filter(pl.col(f"rule {rule}") != "accept")
        measures = nano["not_accepted"][rule]
        assert measures["pairs"] == len(left) and measures["correct"] == left["label"].sum()
        assert measures["auc"]["value"] == pytest.approx(roc_auc_score(*scores_of(left, "nano")))
    assert verifier(found, "math-verify")["not_accepted"] is None


def test_thresholds_do_what_they_promise(tinyv: Tinyv, tmp_path: Path) -> None:
    """The threshold that is found, applied to the scores, gives the rates that are told."""
    limits = ("--max-fpr", "0.05", "--min-recall", "0.9")
    found = figures(tinyv("eval", ROLLOUTS, "--proofs=off", *limits, "-o", "scores.parquet", "--json"))
    label, score = scores_of(left_to_models(pl.read_parquet(tmp_path / "scores.parquet")), "nano")
    for each in found["thresholds"]:
        said = score >= each["threshold"]["value"]
        assert each["fpr"]["value"] == pytest.approx(said[~label].mean())
        assert each["recall"]["value"] == pytest.approx(said[label].mean())
    strict, generous = found["thresholds"]
    assert strict["wanted"] == "max_fpr" and strict["fpr"]["value"] <= 0.05
    assert generous["wanted"] == "min_recall" and generous["recall"]["value"] >= 0.9


def test_comparisons(evaluated: tuple[Figures, pl.DataFrame]) -> None:
    """What nano adds to each rule is compared with the rule alone, pair by pair."""
    found, pairs = evaluated
    both = {(each["first"], each["second"]) for each in found["comparisons"]}
    assert {
        ("math-verify", "exact"),
        ("math-verify", "math-verify + proofs"),
        ("math-verify", CHAIN),
        (CHAIN, PROVED),
        ("exact", "exact + nano"),
        (CHAIN, "exact + nano"),
    } <= both
    assert ("nano", CHAIN) not in both and ("exact", CHAIN) not in both
    [added] = [
        each for each in found["comparisons"] if (each["first"], each["second"]) == ("math-verify", CHAIN)
    ]
    decided = pairs.filter(pl.col("rule math-verify") != "undecided")
    label, score = scores_of(decided, CHAIN)
    accepted = (decided["rule math-verify"] == "accept").to_numpy()
    assert added["only_first_right"] == ((accepted == label) & ((score >= 0.5) != label)).sum()
    assert added["only_second_right"] == ((accepted != label) & ((score >= 0.5) == label)).sum()


def test_says_what_an_audit_says(
    evaluated: tuple[Figures, pl.DataFrame], tinyv: Tinyv, tmp_path: Path
) -> None:
    """A rule followed by a model decides each pair as `tinyv audit` decides it."""
    done = tinyv("audit", ROLLOUTS, "--quiet")
    assert done.returncode == 0, done.stderr
    audited = pl.read_parquet(tmp_path / "rollouts.audited.parquet")
    _, pairs = evaluated
    joined = pairs.join(audited, on=["tinyv_row", "tinyv_rollout"])
    accepted, p = joined["rule math-verify"] == "accept", joined["p nano"].fill_null(-1)
    left = joined["guard"].is_null() & joined["disproof"].is_null()
    correct = accepted | joined["proof"].is_not_null() | (left & (p >= 0.5))
    assert len(joined) == len(audited)
    assert correct.equals((joined["tinyv_verdict"] == "correct").rename(correct.name))
    asked = joined.filter(pl.col("tinyv_p").is_not_null())
    assert np.abs((asked["p nano"] - asked["tinyv_p"]).to_numpy()).max() < 0.05


def test_tables(tinyv: Tinyv) -> None:
    """The same for people: every verifier, its measures, kinds, groups, and what was left out."""
    done = tinyv("eval", ROLLOUTS, "--max-fpr", "0.05")
    assert done.returncode == 0, done.stderr
    for words in ("on all 240 pairs", CHAIN, "recall", "AUC", "by kind", "by source", "intervals"):
        assert words in done.stdout
    assert "McNemar" in done.stdout and "expected calibration error" in done.stdout
    assert "gives false positives at most 5.0%" in done.stdout
    assert "the truth of each is 'truth'" in done.stderr


def test_a_second_run_asks_nobody(tinyv: Tinyv) -> None:
    """Verdicts are kept: the same command again finds all of them, and says so where speed is told."""
    command = ("eval", ROLLOUTS, "--limit", "24", "--json")
    first, again = figures(tinyv(*command)), figures(tinyv(*command))
    for name in ("math-verify", "nano"):
        assert verifier(again, name)["from_cache"] > 0
        assert verifier(again, name)["per_second"] is None
        assert verifier(again, name)["all"] == verifier(first, name)["all"]
    fresh = figures(tinyv(*command, "--no-cache"))
    assert verifier(fresh, "nano")["per_second"] > 0


@pytest.mark.long
def test_formats_of_a_model(tinyv: Tinyv) -> None:
    """The same weights with fewer bits are measured one after the other, the largest first."""
    found = figures(
        tinyv("eval", ROLLOUTS, "--limit", "40", "--proofs=off", "--quants", "Q4_0,F16", "--json")
    )
    largest, smallest = found["ladder"]
    assert (largest["format"], smallest["format"]) == ("F16", "Q4_0")
    assert largest["bytes"] > 2 * smallest["bytes"]
    assert largest["agreement"]["value"] == 1 and largest["max_p_difference"] == 0
    assert 0.5 <= smallest["agreement"]["value"] <= 1 and smallest["max_p_difference"] > 0
    left = found["guards"]
    assert (largest["pairs"], largest["correct"]) == (left["pairs"], left["correct"])


def test_rules_alone(tinyv: Tinyv) -> None:
    """Without a model the rules are measured by themselves."""
    found = figures(tinyv("eval", ROLLOUTS, "--model", "none", "--rule", "exact", "--proofs=off", "--json"))
    assert [each["name"] for each in found["verifiers"]] == ["exact"]
    assert found["calibration"] == [] and found["comparisons"] == []
    assert found["rules"] == ["exact"]
    assert "exact" in tinyv("eval", ROLLOUTS, "--model", "none", "--rule", "exact").stdout


def test_markdown(tinyv: Tinyv) -> None:
    """The same tables and more, to be pasted elsewhere; nothing else stands on standard output."""
    done = tinyv("eval", ROLLOUTS, *ALONE, "--limit", "60", "--markdown", "--quiet")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "- **read**: 60 examples"
    assert "| | exact |" in [re.sub(" +", " ", line) for line in lines]
    assert "### by source: recall / false positives" in done.stdout
    assert any(line.startswith("| correct accepted | ") for line in lines)


def rows(*labels: Any) -> list[str]:
    """A right and a wrong answer in turn, with these labels."""
    return [
        json.dumps(
            {"question": f"1+{n}?", "gold": str(n + 1), "response": f"{n + 1 + n % 2}", "label": label}
        )
        for n, label in enumerate(labels)
    ]


ALONE = ("--model", "none", "--rule", "exact", "--proofs=off")


def test_unlabelled_rows_are_left_out(tinyv: Tinyv, tmp_path: Path) -> None:
    """Labels may be spelled in several ways; what says neither true nor false is counted and left out."""
    path = write_lines(tmp_path / "r.jsonl", *rows(True, "false", 1, 0, None, "yes", "No", "right", "wrong"))
    found = figures(tinyv("eval", path, *ALONE, "--json"))
    assert found["read"]["pairs"] == 8 and found["read"]["unlabelled"] == 1
    assert found["read"]["correct"] == 4


@pytest.mark.parametrize(
    ("labels", "warning"),
    [
        ([True, False] * 6, "12 pairs are too few"),
        ([True] * 24, "all pairs are correct by their labels"),
        ([False] * 24, "all pairs are wrong by their labels"),
    ],
)
def test_warnings(tinyv: Tinyv, tmp_path: Path, labels: list[bool], warning: str) -> None:
    """Too few pairs, or all of one kind, are told; the figures that there are are given nevertheless."""
    path = write_lines(tmp_path / "r.jsonl", *rows(*labels))
    done = tinyv("eval", path, *ALONE)
    assert done.returncode == 0, done.stderr
    assert warning in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("lines", "arguments", "words"),
    [
        (['{"question": "q", "gold": "1", "response": "1"}'], [], ["no label column", "--label COLUMN"]),
        (rows("maybe", "good"), [], ["--label label needs true or false", "'maybe'", "another column"]),
        (rows(True), ["--label", "question"], ["--label question needs true or false"]),
        (rows(None, None), ["--label", "label"], ["none of the 2 examples", "--label COLUMN"]),
        (rows(True), ["--quants", "Q9_9", "--model", "nano"], ["no format is named 'Q9_9'", "Q4_K_M"]),
        (rows(True), ["--quants", "Q8_0"], ["--quants", "name one with --model"]),
        (rows(True), ["-o", "scores.csv"], ["scores.csv", ".parquet"]),
        (rows(True), ["--json", "--markdown"], ["--json and --markdown", "give one of them"]),
        (rows(True), ["--rule", "exact"], ["--rule exact is given twice"]),
        (rows(True), ["--labels", "nothing.jsonl"], ["nothing.jsonl", "no such file"]),
    ],
)
def test_bad_input(
    tinyv: Tinyv, tmp_path: Path, lines: list[str], arguments: list[str], words: list[str]
) -> None:
    """One line that names the file, the field and the next step."""
    path = write_lines(tmp_path / "r.jsonl", *lines)
    done = tinyv(
        "eval", path.name, *ALONE[2:], *(arguments if "--model" in arguments else [*ALONE[:2], *arguments])
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) <= 2 and "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def test_labels_by_hand(tinyv: Tinyv, tmp_path: Path) -> None:
    """Labels in a file beside an audited one count for its examples; the last word on each holds."""
    assert tinyv("audit", ROLLOUTS, "--limit", "30", "--model", "none", "-o", "a.parquet").returncode == 0
    audited = pl.read_parquet(tmp_path / "a.parquet")
    said = [
        {"tinyv_row": row, "tinyv_rollout": rollout, "label": "right" if truth else "wrong"}
        for row, rollout, truth in audited.select("tinyv_row", "tinyv_rollout", "truth").head(25).iter_rows()
    ]
    said.append({**said[0], "label": "unsure"})
    said.append({**said[1], "label": not audited["truth"][1]})
    labels = write_lines(tmp_path / "labels.jsonl", *map(json.dumps, said))
    found = figures(tinyv("eval", "a.parquet", "--labels", labels, *ALONE, "--json"))
    assert found["read"]["pairs"] == 24 and found["read"]["unlabelled"] == 6
    right = audited["truth"][2:25].sum() + (not audited["truth"][1])
    assert found["read"]["correct"] == right


def test_labels_need_an_audited_file(tinyv: Tinyv, tmp_path: Path) -> None:
    """Rows that no audit has numbered cannot be meant by a file of labels."""
    labels = write_lines(tmp_path / "l.jsonl", '{"tinyv_row": 0, "tinyv_rollout": 0, "label": true}')
    done = tinyv("eval", ROLLOUTS, "--labels", labels, *ALONE)
    assert done.returncode == 2 and "'tinyv audit'" in done.stderr and "tinyv_row" in done.stderr
    broken = write_lines(
        tmp_path / "b.jsonl", '{"tinyv_row": 0, "tinyv_rollout": 0, "label": true}', '{"tinyv_row": 1}'
    )
    done = tinyv("eval", ROLLOUTS, "--labels", broken, *ALONE)
    assert done.returncode == 2 and "b.jsonl: row 1" in done.stderr


def test_two_pairs_a_row(tinyv: Tinyv, tmp_path: Path) -> None:
    """Where the format knows which of a row's two outputs is right, both are pairs."""
    row = {"question": "1+1?", "answer": "2", "fn_output": r"It is \boxed{2}.", "tn_output": r"\boxed{3}"}
    path = write_lines(tmp_path / "hard.jsonl", *[json.dumps(row)] * 3)
    found = figures(tinyv("eval", path, *ALONE, "--json"))
    assert (found["read"]["correct"], found["read"]["wrong"]) == (3, 3)
    assert found["label"] == "truth"
    assert verifier(found, "exact")["all"]["accuracy"]["value"] == 1


def test_the_output_is_never_replaced_unasked(tinyv: Tinyv, tmp_path: Path) -> None:
    """A file of scores that is there stays, unless it may be overwritten."""
    there = write_lines(tmp_path / "s.parquet", "mine")
    refused = tinyv("eval", ROLLOUTS, *ALONE, "-o", there)
    assert refused.returncode == 2 and "--overwrite" in refused.stderr and there.read_text() == "mine\n"
    assert tinyv("eval", ROLLOUTS, *ALONE, "-o", there, "--overwrite").returncode == 0
    assert len(pl.read_parquet(there)) == 240
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s.parquet"]


def test_a_calibration_for_audits(tinyv: Tinyv, tmp_path: Path) -> None:
    """What eval writes, audit applies: to the model that was measured, and to no other."""
    done = tinyv("eval", ROLLOUTS, "--proofs=off", "--calibrate", "nano.json", "--json")
    [fitted] = figures(done)["calibration"]
    kept = json.loads((tmp_path / "nano.json").read_text())
    assert kept["slope"] == fitted["slope"] and kept["rule"] == "math-verify"
    point = next(each for each in kept["operating_points"] if each["threshold"] == 0.5)
    left = figures(done)["guards"]
    assert point["tp"] + point["fn"] == left["correct"]
    assert point["fp"] + point["tn"] == left["pairs"] - left["correct"]

    audited = tinyv("audit", ROLLOUTS, "--proofs=off", "--calibration", "nano.json", "--json")
    assert audited.returncode == 0, audited.stderr
    found = pl.read_parquet(tmp_path / "rollouts.audited.parquet")
    flagged = found.filter(pl.col("tinyv_false_negative") & (pl.col("tinyv_evidence") == "model"))
    assert flagged["truth"].sum() == point["tp"] and len(flagged) == point["tp"] + point["fp"]


def test_no_calibration_of_too_little(tinyv: Tinyv, tmp_path: Path) -> None:
    """Where the pairs allow no calibration, the figures are not given in vain, and no file is left."""
    done = tinyv("eval", ROLLOUTS, "--limit", "12", "--calibrate", "c.json")
    assert done.returncode == 2 and "too few pairs" in done.stderr
    assert not (tmp_path / "c.json").exists()
    two = tinyv("eval", ROLLOUTS, "--calibrate", "c.json", "--model", "none")
    assert two.returncode == 2 and "name one with --model" in two.stderr


def test_a_page(tinyv: Tinyv, tmp_path: Path) -> None:
    """The same figures as a page, which is not replaced unasked."""
    command = ("eval", ROLLOUTS, "--limit", "60", "--html", "page.html")
    done = tinyv(*command)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "page.html").read_text()
    assert CHAIN in page and "<svg" in page and "rollouts.parquet" in page
    again = tinyv(*command)
    assert again.returncode == 2 and "page.html: exists" in again.stderr


def test_an_attack(tinyv: Tinyv) -> None:
    """What fools verifiers is tried beside the measures; behind the guards nothing of the worst is left."""
    found = figures(tinyv("eval", ROLLOUTS, "--limit", "12", "--attack", "--fail-over", "70", "--json"))
    attack = found["attack"]
    assert attack["sampled"] == 3, "each question once"
    groups = {pattern["group"] for pattern in attack["patterns"]}
    assert {"master keys", "nothing said", "said to the judge"} <= groups
    for pattern in attack["patterns"]:
        assert pattern["models"]["nano"]["guarded"]["count"] <= pattern["models"]["nano"]["bare"]["count"]
        if pattern["group"] in {"master keys", "nothing said", "said to the judge"}:
            assert pattern["models"]["nano"]["guarded"]["count"] == 0, pattern["name"]
    assert found["read"]["pairs"] == 12


def test_an_attack_needs_no_labels(tinyv: Tinyv, tmp_path: Path) -> None:
    """Questions and golds are enough; the rule alone can be attacked, and fail a build."""
    golds = (json.dumps({"question": f"What is {n} + 1?", "gold": str(n + 1)}) for n in range(30))
    path = write_lines(tmp_path / "golds.jsonl", *golds)
    yes = write_lines(tmp_path / "yes.py", "def yes(gold, response):", "    return True")
    found = figures(tinyv("eval", path, "--attack", "--model", "none", "--json"))
    assert found["read"]["pairs"] == 0 and found["attack"]["sampled"] == 30
    fooled = tinyv("eval", path, "--attack", "--model", "none", "--rule", f"{yes}:yes", "--fail-over", "5")
    assert fooled.returncode == 1 and "more than the 5% of --fail-over" in fooled.stderr
    assert "master key" in fooled.stdout and "100.0%" in fooled.stdout
    alone = tinyv("eval", path, "--fail-over", "5")
    assert alone.returncode == 2 and "--attack" in alone.stderr
