"""Which examples are reviewed, in which order, and what a sample is drawn from."""

from pathlib import Path
from random import Random

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.annotated import audited, example
from tinyv_cli.documents.audited import Audited, open_audited
from tinyv_cli.errors import SourceError, UsageError
from tinyv_cli.figures.statistics import weighted_share
from tinyv_cli.review.queue import KINDS, sampled, worst_first


def many(folder: Path, seed: int = 0) -> tuple[Audited, dict[int, bool]]:
    """A thousand rejected examples of all kinds, and whether each is right: as likely as its kind says."""
    random = Random(seed)
    examples = [example(row, random.betavariate(0.3, 0.5)) for row in range(800)]
    examples += [example(row, None, evidence="proof", found=True) for row in range(800, 900)]
    examples += [example(row, None, evidence="guard", found=False) for row in range(900, 1000)]
    chances = {"proof": KINDS["proved"], "guard": KINDS["refused by a guard"]}
    right = {
        row: random.random() < chances.get(str(each["tinyv_evidence"]), each["tinyv_p"])  # type: ignore[arg-type]
        for row, each in enumerate(examples)
    }
    return audited(folder, *examples), right


def test_worst_first(tmp_path: Path) -> None:
    """Of what was flagged, low p before high p, and proofs last; nothing else."""
    file = audited(
        tmp_path,
        example(0, 0.9),
        example(1, None, evidence="proof", found=True),
        example(2, 0.51),
        example(3, 0.49),
        example(4, 0.7, rule="undecided"),
        example(5, None, evidence="rule", found=True, rule="accept"),
    )
    assert worst_first(file)["row"].to_list() == [2, 4, 0, 1]


def test_each_pair_once(tmp_path: Path) -> None:
    """What has the same question, gold and answer is asked once, and how often it stands there is known."""
    same = {"tinyv_question": "q", "tinyv_answer": "2"}
    copies = [example(row, p) | same for row, p in enumerate((0.9, 0.6, 0.8))]
    file = audited(tmp_path, *copies, example(3, 0.7))
    queue = worst_first(file)
    assert queue.select("row", "copies").rows() == [(1, 3), (3, 1)]


def test_nothing_flagged(tmp_path: Path) -> None:
    """Where there is nothing to go through, the error says what else can be done."""
    with pytest.raises(SourceError, match="no false negatives; --sample N"):
        worst_first(audited(tmp_path, example(0, 0.1)))


def test_strata(tmp_path: Path) -> None:
    """What can be told apart before anyone has looked is drawn apart; what nobody can judge is not drawn."""
    file = audited(
        tmp_path,
        example(0, 0.95),
        example(1, 0.6),
        example(2, 0.2),
        example(3, 0.01),
        example(4, None, evidence="proof", found=True),
        example(5, None, evidence="disproof", found=False),
        example(6, None, evidence="guard", found=False),
        example(7, None, evidence="rule", found=False),
        example(8, None, evidence=None, found=False),
        example(9, None, evidence=None, found=False, rule="undecided", reason="no_gold"),
        example(10, 0.95, rule="undecided"),
        example(11, None, evidence="rule", found=True, rule="accept"),
    )
    queue = sampled(file, 100, seed=0).sort("row")
    assert dict(queue.select("row", "stratum").iter_rows()) == {
        0: "likely, p 0.9 to 1",
        1: "likely, p 0.5 to 0.9",
        2: "rejected by the model, p 0.1 to 0.5",
        3: "rejected by the model, p 0 to 0.1",
        4: "proved",
        5: "disproved",
        6: "refused by a guard",
        7: "rejected by the rule alone",
        8: "undecided",
    }
    assert queue["flagged"].to_list() == [True, True, False, False, True, False, False, False, False]


def test_sample_is_what_was_asked_for(tmp_path: Path) -> None:
    """So many in all, some of each stratum, which knows its size; the first ones are one of each."""
    file, _ = many(tmp_path)
    queue = sampled(file, 60, seed=0)
    assert len(queue) == 60 == len(queue.unique(["row", "rollout"]))
    strata = queue.group_by("stratum").agg(
        pl.len().alias("drawn"), pl.col("stratum_drawn", "stratum_size").first()
    )
    assert strata.filter(pl.col("drawn") != pl.col("stratum_drawn")).is_empty()
    assert strata.filter(pl.col("drawn") < 2).is_empty() and strata["stratum_size"].sum() == 1000
    assert queue["stratum"][: len(strata)].is_unique().all()


def test_larger_sample_holds_the_smaller(tmp_path: Path) -> None:
    """Labels of a sample that turned out too small are not lost; another seed draws others."""
    file, _ = many(tmp_path)
    small, large, other = (
        set(sampled(file, size, seed=seed)["row"]) for size, seed in ((50, 0), (200, 0), (50, 1))
    )
    assert small < large
    assert small != other


def test_sample_of_everything(tmp_path: Path) -> None:
    """A sample larger than what there is takes all of it."""
    file, _ = many(tmp_path)
    assert set(sampled(file, 5000, seed=0)["row"]) == set(range(1000))


def test_too_small(tmp_path: Path) -> None:
    """A sample that cannot see every stratum twice is refused, with the least that does."""
    file, _ = many(tmp_path)
    with pytest.raises(UsageError, match=r"--sample 5: .* take at least 12"):
        sampled(file, 5, seed=0)
    assert len(sampled(file, 12, seed=0)) == 12


def test_the_estimate_is_unbiased(tmp_path: Path) -> None:
    """Over many seeds the weighted share is the true one on average, and its interval mostly holds it."""
    file, right = many(tmp_path)
    truth = sum(right.values()) / len(right)
    shares, held = [], 0
    for seed in range(60):
        queue = sampled(file, 60, seed=seed)
        said = queue.with_columns(right=pl.col("row").replace_strict(right))
        parts = said.group_by("stratum", "stratum_size").agg(pl.col("right").sum(), pl.len()).drop("stratum")
        share, (low, high) = weighted_share(list(parts.iter_rows()))
        shares.append(share)
        held += low <= truth <= high
    assert abs(sum(shares) / len(shares) - truth) < 0.02
    assert held >= 54


def test_what_is_no_audited_file(tmp_path: Path) -> None:
    """Each way not to be one is told."""
    table = pq.read_table(audited(tmp_path, example(0, 0.9)).files[0].path)
    described = table.schema.metadata
    (tmp_path / "text.parquet").write_text("no")
    for name, other in {
        "other": pa.table({"a": [1]}),
        "narrow": table.drop_columns(["tinyv_p", "tinyv_gold"]).replace_schema_metadata(described),
        "bare": table.replace_schema_metadata(None),
        "garbled": table.replace_schema_metadata({"tinyv": "{"}),
    }.items():
        pq.write_table(other, tmp_path / f"{name}.parquet")
    for name, said in (
        ("missing", "no such file"),
        ("text", "no Parquet"),
        ("other", "not written by"),
        ("narrow", r"narrow\.parquet: lacks tinyv_gold, tinyv_p;"),
        ("bare", r"has lost what 'tinyv audit' has written into its metadata"),
        ("garbled", r"has lost what 'tinyv audit' has written into its metadata"),
    ):
        with pytest.raises(SourceError, match=said):
            open_audited(tmp_path / f"{name}.parquet")
