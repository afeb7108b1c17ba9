"""Calibration: the error, the map, the file that keeps it, and audits that apply it."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from functools import partial
from math import nan
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import expit, log_expit, logit

from tests.conftest import SAMPLE, Tinyv, new_cache, write_lines
from tinyv_cli.documents.calibration import (
    NEAREST,
    Calibration,
    OperatingPoint,
    assigned,
    calibrated,
    calibrating,
    read_calibration,
    remarks,
    write_calibration,
)
from tinyv_cli.errors import SinkError, SourceError, UsageError
from tinyv_cli.evaluation.calibrating import calibrated_scores, expected_calibration_error, fit_calibration
from tinyv_cli.evaluation.thresholds import Wanted, operating_points, threshold_for
from tinyv_cli.figures.records import UNKNOWN_ESTIMATE, Estimate
from tinyv_cli.figures.resampling import Bools, Floats
from tinyv_cli.models import ModelOptions, choose_models
from tinyv_cli.records import ModelResult, Query
from tinyv_cli.words import Requantize

NANO = {"name": "nano", "sha256": "a" * 64, "prompt": "nano", "prompt_sha256": "b" * 64, "think": False}
SERVER = {"name": "http://h/v1#m", "sha256": None, "prompt_sha256": "c" * 64, "p_from": "logprobs"}
POINTS = (OperatingPoint(0.25, 30, 10, 20, 40, 3), OperatingPoint(0.5, 25, 15, 8, 52, 3))
CALIBRATION = Calibration(
    model=NANO,
    rule="math-verify",
    slope=0.5,
    intercept=-1.25,
    temperature=1.8,
    ece=0.21,
    ece_calibrated=0.04,
    correct=40,
    wrong=60,
    sources=("höhe.jsonl",),
    operating_points=POINTS,
    tinyv="0.1.0",
    date="2026-11-24",
)


def labelled(n: int, slope: float, intercept: float, *, seed: int = 0) -> tuple[Bools, Floats]:
    """Pairs of a model whose p has to be mapped so to be a probability."""
    generator = np.random.default_rng(seed)
    p = expit(generator.normal(size=n) * 2)
    return generator.random(n) < expit(slope * logit(p) + intercept), p


def ends(found: Estimate) -> tuple[float, float]:
    """The interval of an estimate that has one."""
    assert found.interval is not None
    return found.interval


@pytest.mark.parametrize(("slope", "intercept"), [(1.0, 0.0), (0.5, -1.0), (2.0, 0.5)])
def test_recovers_a_known_map(slope: float, intercept: float) -> None:
    """On many pairs the map is the one that they were made by, and the error is gone after it."""
    found = fit_calibration(*labelled(10_000, slope, intercept))
    assert found.reason is None
    assert (found.map.slope, found.map.intercept) == pytest.approx((slope, intercept), abs=0.1)
    assert (found.ece_calibrated.value or 1) < 0.02
    if slope != 1:
        assert ends(found.ece)[0] > 0.03 > ends(found.ece_calibrated)[1]
    if intercept == 0:
        assert found.map.temperature == pytest.approx(1 / slope, abs=0.08)


def test_is_platts_fit() -> None:
    """Slope and intercept minimise Platt's likelihood, found here by another optimiser."""
    label, p = labelled(200, 0.7, -0.4)
    target = np.where(label, (label.sum() + 1) / (label.sum() + 2), 1 / ((~label).sum() + 2))

    def loss(line: Floats) -> float:
        x = line[0] * logit(p) + line[1]
        return float(-(target * log_expit(x) + (1 - target) * log_expit(-x)).sum())

    found = fit_calibration(label, p)
    assert (found.map.slope, found.map.intercept) == pytest.approx(minimize(loss, np.ones(2)).x, abs=1e-4)
    alone = minimize(lambda slope: loss(np.array([slope[0], 0])), np.ones(1)).x[0]
    assert found.map.temperature == pytest.approx(1 / alone, abs=1e-4)


def test_p_of_0_and_1() -> None:
    """A server's words are p = 0 and 1; the map makes of them how often they are right."""
    label = np.array([True] * 80 + [False] * 20 + [True] * 10 + [False] * 90)
    found = fit_calibration(label, np.array([1.0] * 100 + [0.0] * 100))
    said = calibrated_scores(
        np.array([1.0, 0.0]), slope=found.map.slope or 0, intercept=found.map.intercept or 0
    )
    assert said == pytest.approx([0.8, 0.1], abs=0.01)
    assert found.ece.value == pytest.approx(0.15)


def test_separable_pairs_have_a_finite_map() -> None:
    """A model that is right of all pairs does not become infinitely sure."""
    label = np.array([True, False] * 30)
    found = fit_calibration(label, np.where(label, 0.9, 0.2))
    assert found.reason is None
    assert 0 < (found.map.slope or 0) < 5


COIN = np.array([True, False] * 20)


@pytest.mark.parametrize(
    ("label", "p", "reason"),
    [
        (COIN[:0], [], "few_pairs"),
        (COIN[:18], [0.2, 0.8] * 9, "few_pairs"),
        (np.ones(40, bool), [0.2, 0.8] * 20, "few_pairs"),
        (COIN, [nan] * 30 + [0.2, 0.8] * 5, "few_pairs"),
        (COIN, [0.5] * 40, "one_p"),
        (COIN, [0.2, 0.8] * 20, "not_rising"),
        (COIN, [0.8] * 39 + [0.7], None),
    ],
)
def test_no_map(label: Bools, p: list[float], reason: str | None) -> None:
    """Where there is nothing to fit, that is said instead of a map."""
    found = fit_calibration(label, np.array(p))
    assert found.reason == reason
    if reason:
        assert (found.map.slope, found.map.intercept, found.map.temperature) == (None, None, None)
        assert found.ece_calibrated == UNKNOWN_ESTIMATE
    assert (found.ece.value is None) == (len(p) == 0)


def test_settled_pairs_are_left_out() -> None:
    """What the rule accepted, a guard refused or the model left open is no matter of calibration."""
    label, p = labelled(300, 0.5, 0)
    more = np.array([2.0, -1.0, nan] * 50)
    mixed = fit_calibration(np.append(label, [True] * 150), np.append(p, more))
    assert mixed == fit_calibration(label, p)
    kept = calibrated_scores(more, slope=0.5, intercept=1.0)
    np.testing.assert_array_equal(kept, more)


def test_calibration_error() -> None:
    """Mean gap between p and the share of correct answers, over bins of equally many pairs."""
    label, p = labelled(600, 0.4, -1)
    order = np.argsort(p)
    bins = [(label[part].mean(), p[part].mean()) for part in np.split(order, 15)]
    expected = np.mean([abs(share - mean) for share, mean in bins])
    found = expected_calibration_error(label, p)
    assert found.value == pytest.approx(expected)
    low, high = ends(found)
    assert 0 < low < expected < high


@pytest.mark.parametrize(
    ("p", "error"), [([0.5] * 40, 0.0), ([0.8] * 40, 0.3), ([1.0] * 40, 0.5), ([1.0, 0.0] * 20, 0.0)]
)
def test_calibration_error_of_ties(p: list[float], error: float) -> None:
    """Pairs of the same p are in the same bin."""
    found = expected_calibration_error(COIN, np.array(p))
    assert found.value == pytest.approx(error)
    assert ends(found)[0] <= error <= ends(found)[1]


def test_calibration_error_coverage() -> None:
    """Of p that are probabilities the interval holds 0; of others the true error, nearly as often as 95%."""
    held = [ends(expected_calibration_error(*labelled(200, 1, 0, seed=i)))[0] == 0 for i in range(60)]
    assert np.mean(held) >= 0.9
    p = labelled(100_000, 0.5, -0.5)[1]
    true = np.abs(p - expit(0.5 * logit(p) - 0.5)).mean()
    intervals = [ends(expected_calibration_error(*labelled(400, 0.5, -0.5, seed=i))) for i in range(60)]
    assert np.mean([low <= true <= high for low, high in intervals]) >= 0.85


@given(st.floats(0, 1), st.floats(0.01, 50), st.floats(-20, 20))
def test_applied_as_fitted(p: float, slope: float, intercept: float) -> None:
    """An audit maps p as eval does, ends included; the map stays within 0 to 1."""
    calibration = replace(CALIBRATION, slope=slope, intercept=intercept)
    said = calibrated(calibration, p)
    assert 0 <= said <= 1
    assert said == pytest.approx(
        float(calibrated_scores(np.array([p]), slope=slope, intercept=intercept)[0]), abs=1e-12
    )
    inside = min(max(p, NEAREST), 1 - NEAREST)
    assert said == pytest.approx(float(expit(slope * logit(inside) + intercept)), abs=1e-9)


def test_thresholds_hold_after_calibration() -> None:
    """A threshold found on the calibrated scale gives the same counts when p is mapped one by one."""
    label, p = labelled(500, 0.5, -1)
    calibration = replace(CALIBRATION, slope=0.5, intercept=-1.0)
    scores = calibrated_scores(p, slope=0.5, intercept=-1.0)
    threshold = threshold_for(label, scores, Wanted.MAX_FPR, 0.05).threshold.value
    assert threshold is not None
    said = np.array([calibrated(calibration, each) >= threshold for each in p.tolist()])
    np.testing.assert_array_equal(said, scores >= threshold)


def test_calibrating() -> None:
    """What is undecided stays so, and notes stay; without a calibration nothing is touched."""

    def ask(queries: Any) -> list[ModelResult]:
        return [ModelResult(0.9, "question_cut"), ModelResult(None, "too_long")]

    queries = [Query("", "1", "2"), Query("", "1", "3")]
    mapped, undecided = calibrating(ask, CALIBRATION)(queries)
    assert mapped == ModelResult(calibrated(CALIBRATION, 0.9), "question_cut")
    assert undecided == ModelResult(None, "too_long")
    assert calibrating(ask, None) is ask


def test_round_trip(tmp_path: Path) -> None:
    """What is read is what was written, and knows its file."""
    path = tmp_path / "c.json"
    for calibration in (CALIBRATION, replace(CALIBRATION, model=SERVER, temperature=None)):
        write_calibration(path, calibration, overwrite=True)
        found = read_calibration(path)
        assert found == calibration
        assert found.file == str(path)
    assert list(tmp_path.iterdir()) == [path]


def test_operating_points_are_kept(tmp_path: Path) -> None:
    """The points that the findings compute are those that a file holds."""
    label, p = labelled(100, 1, 0)
    points = tuple(operating_points(label, p))
    write_calibration(tmp_path / "c.json", replace(CALIBRATION, operating_points=points))
    assert read_calibration(tmp_path / "c.json").operating_points == points


def test_unwritable(tmp_path: Path) -> None:
    """A file is replaced only when that is allowed, and a place that is none is named."""
    path = write_lines(tmp_path / "c.json", "mine")
    with pytest.raises(SinkError, match=r"c\.json: exists; .*--overwrite"):
        write_calibration(path, CALIBRATION)
    assert path.read_text() == "mine\n"
    with pytest.raises(SinkError, match=r"nowhere/c\.json: the folder .*nowhere' does not exist"):
        write_calibration(tmp_path / "nowhere" / "c.json", CALIBRATION)
    with pytest.raises(SinkError, match="is a folder"):
        write_calibration(tmp_path, CALIBRATION, overwrite=True)
    assert list(tmp_path.iterdir()) == [path]


def changed(**changes: Any) -> str:
    """The text of a calibration file in which some fields are others; `...` takes one out."""
    fields = {name: getattr(CALIBRATION, name) for name in CALIBRATION.__slots__ if name != "file"}
    points = [{name: getattr(point, name) for name in point.__slots__} for point in POINTS]
    content = {"tinyv_calibration": 1, "method": "platt", **fields, "operating_points": points, **changes}
    return json.dumps({name: value for name, value in content.items() if value is not ...})


def points(**changes: Any) -> list[dict[str, Any]]:
    """One operating point, changed."""
    return [{"threshold": 0.5, "tp": 1, "fn": 1, "fp": 1, "tn": 1, "undecided": 0, **changes}]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", r"no calibration file \(not JSON\); 'tinyv eval --calibrate FILE' makes one"),
        ("PAR1\x00", r"not JSON"),
        ("[" * 100_000, r"not JSON"),
        ("[1]", r"no 'tinyv_calibration'"),
        ('{"slope": 1}', r"no 'tinyv_calibration'"),
        (changed(tinyv_calibration=2), r"format 2, method platt; this tinyv reads format 1, method platt"),
        (changed(method="isotonic"), r"method isotonic"),
        (changed(slope=...), r"'slope' must be a number above 0, and is missing"),
        (changed(slope=-0.5), r"'slope' must be a number above 0, and is -0\.5"),
        (changed(slope=True), r"'slope' must .* is true"),
        (changed(slope="1"), r"'slope' must .* is \"1\""),
        (changed(intercept=float("inf")), r"'intercept' must be a number, and is Infinity"),
        (changed(temperature=0), r"'temperature' must be null or a number above 0"),
        (changed(ece=1.5), r"'ece' must be a number from 0 to 1"),
        (changed(ece_calibrated=nan), r"'ece_calibrated' must be a number from 0 to 1, and is NaN"),
        (changed(correct=-1), r"'correct' must be a count"),
        (changed(wrong=1.5), r"'wrong' must be a count"),
        (changed(model="nano"), r"'model' must be a model with name"),
        (changed(model={"name": "nano", "sha256": 1, "prompt_sha256": "b"}), r"'model' must"),
        (changed(model={"name": "nano"}), r"'model' must"),
        (changed(rule=None), r"'rule' must be a text, and is null"),
        (changed(sources="a.jsonl"), r"'sources' must be a list of texts"),
        (changed(sources=[1]), r"'sources' must"),
        (changed(operating_points=[]), r"'operating_points' must be counts of the same pairs by rising"),
        (changed(operating_points=points(tp=-1)), r"'operating_points' must"),
        (changed(operating_points=points(threshold=2)), r"'operating_points' must"),
        (changed(operating_points=points(more=1)), r"'operating_points' must"),
        (changed(operating_points=[*points(), *points()]), r"'operating_points' must"),
        (changed(operating_points=[*points(), *points(threshold=0.6, tp=2)]), r"'operating_points' must"),
    ],
)
def test_broken_files(tmp_path: Path, content: str, said: str) -> None:
    """Whatever is wrong with a file, one line names it and what is wrong."""
    path = tmp_path / "c.json"
    path.write_text(content)
    with pytest.raises(SourceError, match=said) as raised:
        read_calibration(path)
    assert str(raised.value).startswith(f"{path}: ")
    assert "\n" not in str(raised.value)


def test_unreadable(tmp_path: Path) -> None:
    """No file, a folder, bytes that are no text."""
    for path, said in (
        (tmp_path / "no.json", "No such file"),
        (tmp_path, "neither a file nor a link to one"),
    ):
        with pytest.raises(SourceError, match=said):
            read_calibration(path)
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    with pytest.raises(SourceError, match="not JSON"):
        read_calibration(tmp_path / "bytes")


MINE, OTHERS = replace(CALIBRATION, file="a.json"), replace(CALIBRATION, model=SERVER, file="b.json")


@pytest.mark.parametrize(
    ("calibrations", "models", "expected"),
    [
        ([], [NANO, SERVER], [None, None]),
        ([MINE], [NANO], [MINE]),
        ([MINE], [{**NANO, "name": "copy.gguf", "file": "copy.gguf"}], [MINE]),  # the weights count
        ([OTHERS, MINE], [NANO, SERVER], [MINE, OTHERS]),
        ([MINE], [SERVER, NANO], [None, MINE]),
        ([MINE], [], r"a\.json: .* nano \(sha256 aaaaaaaa, prompt bbbbbbbb\), and this run asks no model"),
        ([MINE], [SERVER], r"a\.json: .* asks http://h/v1#m \(prompt cccccccc, p from logprobs\)"),
        ([MINE], [{**NANO, "sha256": "d" * 64}], "sha256 dddddddd"),
        ([MINE], [{**NANO, "prompt_sha256": "d" * 64}], "prompt dddddddd"),
        ([MINE], [{**NANO, "think": True}], "think True"),
        ([OTHERS], [{**SERVER, "name": "http://h/v1#n"}], "asks http://h/v1#n"),
        ([OTHERS], [{**SERVER, "p_from": "text"}], "p from text"),
        ([MINE, MINE], [NANO], r"a\.json and a\.json: both are calibrations of nano"),
    ],
)
def test_assigned(
    calibrations: list[Calibration], models: list[dict[str, Any]], expected: list[Any] | str
) -> None:
    """A file belongs to the model that it was fitted for, asked in the same way; else it is refused."""
    if isinstance(expected, str):
        with pytest.raises(UsageError, match=expected):
            assigned(calibrations, models)
    else:
        assert assigned(calibrations, models) == expected


@pytest.mark.parametrize(
    ("threshold", "nearest"), [(0.0, 0.25), (0.25, 0.25), (0.3, 0.25), (0.45, 0.5), (1.0, 0.5)]
)
def test_described(threshold: float, nearest: float) -> None:
    """An annotated file tells the map, what it was fitted on, and the nearest operating point, as JSON."""
    said = json.loads(json.dumps(MINE.described(threshold)))
    assert said["operating_point"]["threshold"] == nearest
    assert (said["file"], said["slope"], said["intercept"]) == ("a.json", 0.5, -1.25)
    assert (said["correct"], said["wrong"], said["rule"], said["method"]) == (40, 60, "math-verify", "platt")


def test_remarks() -> None:
    """A calibration for what another rule does not accept can be used, and that is said."""
    assert remarks([MINE], rule="math-verify") == []
    [said] = remarks([MINE], rule="exact")
    assert said.startswith("a.json: was fitted on what math-verify left")


@pytest.fixture
def make(tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Write a calibration for a real model."""
    monkeypatch.setenv("TINYV_CACHE_DIR", str(cache_folder))

    def write(name: str, weights: str = "nano", **changes: Any) -> Path:
        with choose_models([weights], ModelOptions(requantize=Requantize.OFF)).opened() as [verifier]:
            fitted = replace(CALIBRATION, **{"model": verifier.described(), **changes})
        write_calibration(tmp_path / name, fitted)
        return Path(name)

    return write


def audited(path: Path) -> tuple[pl.DataFrame, Mapping[str, Any]]:
    """The rows and the metadata of an annotated file."""
    return pl.read_parquet(path), json.loads(pq.read_metadata(path).metadata[b"tinyv"])


def kept(cache_folder: Path) -> int:
    """How many verdicts the cache keeps."""
    with closing(sqlite3.connect(cache_folder / "verdicts.sqlite3")) as connection:
        return int(connection.execute("SELECT count(*) FROM verdict").fetchone()[0])


def test_audit(tinyv: Tinyv, make: Callable[..., Path], tmp_path: Path, nano_folder: Path) -> None:
    """p is mapped and decides, the file says by what; what the model itself said stays in the cache."""
    own = new_cache(tmp_path / "cache", nano_folder)
    run = partial(tinyv, set={"TINYV_CACHE_DIR": str(own)})
    audit = ("audit", SAMPLE / "rollouts.parquet", "--limit", "80", "--threshold", "0.17", "--proofs=off")
    assert run(*audit, "-o", "plain.parquet").returncode == 0
    before = kept(own)
    done = run(*audit, "-o", "mapped.parquet", "--calibration", make("c.json"))
    assert done.returncode == 0, done.stderr
    assert kept(own) == before, "nothing was asked anew, and nothing else is kept"

    plain, _ = audited(tmp_path / "plain.parquet")
    mapped, metadata = audited(tmp_path / "mapped.parquet")
    expected = [None if p is None else calibrated(CALIBRATION, p) for p in plain["tinyv_p"]]
    assert mapped["tinyv_p"].to_list() == pytest.approx(expected, abs=1e-4)  # the file has 32 bits
    asked = mapped.filter(pl.col("tinyv_evidence") == "model")
    assert (asked["tinyv_false_negative"] == (asked["tinyv_p"] >= 0.17)).all()
    assert 0 < mapped["tinyv_false_negative"].sum() < plain["tinyv_false_negative"].sum()

    calibration = metadata["model"]["calibration"]
    assert (calibration["file"], calibration["slope"], calibration["intercept"]) == ("c.json", 0.5, -1.25)
    assert (calibration["correct"], calibration["wrong"]) == (40, 60)
    assert calibration["operating_point"] == {
        "threshold": 0.25,
        "tp": 30,
        "fn": 10,
        "fp": 20,
        "tn": 40,
        "undecided": 3,
    }
    assert len(metadata["model"]["sha256"]) == 64

    assert run(*audit, "-o", "again.parquet").returncode == 0
    again, metadata = audited(tmp_path / "again.parquet")
    assert again["tinyv_p"].equals(plain["tinyv_p"]), "without the file p is the model's own"
    known = metadata["model"]["calibration"]
    assert (known["file"], known["maps_p"]) == ("nano", False), "what ships with it tells of its errors alone"


@pytest.mark.long
def test_audit_two_models(tinyv: Tinyv, make: Callable[..., Path], tmp_path: Path, base_gguf: Path) -> None:
    """Each of two models has its own file, whichever comes first; one may have none."""
    models = ("--model", "nano", "--model", base_gguf)
    write_lines(tmp_path / "tinyv.toml", 'requantize = "off"')
    audit = ("audit", SAMPLE / "rollouts.parquet", "--limit", "16", "--proofs=off", *models)
    nano, base = make("nano.json"), make("base.json", str(base_gguf), slope=2.0, intercept=0.5)
    assert tinyv(*audit, "-o", "plain.parquet").returncode == 0
    assert tinyv(*audit, "-o", "one.parquet", "--calibration", base).returncode == 0
    done = tinyv(*audit, "-o", "two.parquet", "--calibration", base, "--calibration", nano)
    assert done.returncode == 0, done.stderr
    (plain, _), (one, _), (two, metadata) = (
        audited(tmp_path / f"{name}.parquet") for name in ("plain", "one", "two")
    )
    for column, by, calibration in (
        ("tinyv_p", two, CALIBRATION),
        ("tinyv_p_2", one, replace(CALIBRATION, slope=2.0, intercept=0.5)),
        ("tinyv_p_2", two, replace(CALIBRATION, slope=2.0, intercept=0.5)),
    ):
        expected = [None if p is None else calibrated(calibration, p) for p in plain[column]]
        assert by[column].to_list() == pytest.approx(expected, abs=1e-4)
        assert by[column].count() > 0
    assert one["tinyv_p"].equals(plain["tinyv_p"])
    assert metadata["model"]["calibration"]["file"] == "nano.json"
    assert metadata["other_models"][0]["calibration"]["file"] == "base.json"


def test_audit_refuses(tinyv: Tinyv, make: Callable[..., Path], tmp_path: Path) -> None:
    """Another model's file, a broken one and none at all end the run before anything is judged."""
    other = make("c.json", model={**NANO, "name": "other"})
    broken = write_lines(tmp_path / "broken.json", "{}")
    for file, said in (
        (
            other,
            "c.json: is the calibration of other (sha256 aaaaaaaa, prompt bbbbbbbb), and this run asks nano",
        ),
        (broken, f"{broken}: is no calibration file"),
        (Path("no.json"), "no.json: cannot be read (No such file or directory)"),
    ):
        done = tinyv("audit", SAMPLE / "rollouts.parquet", "--limit", "4", "--calibration", file)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
    assert not list(tmp_path.glob("*.parquet"))


def test_check(tinyv: Tinyv, make: Callable[..., Path]) -> None:
    """One example says that its p is calibrated, and by what; another rule's map is remarked on."""
    check = ("check", "-q", "Solve (x-2)(x-3)=0.", "-g", r"\{2, 3\}", "Two and three")
    calibration = ("--calibration", make("c.json"))
    plain = json.loads(tinyv(*check, "--json").stdout)
    mapped = json.loads(tinyv(*check, *calibration, "--json").stdout)
    assert mapped["p"] == pytest.approx(calibrated(CALIBRATION, plain["p"]))
    said = [(each["calibration"]["file"], each["calibration"]["maps_p"]) for each in (plain, mapped)]
    assert said == [("nano", False), ("c.json", True)]
    shown = tinyv(*check, *calibration, "--rule", "exact")
    assert f"p = {mapped['p']:.3f}, calibrated, threshold 0.5" in shown.stdout
    assert "c.json: was fitted on what math-verify left" in shown.stderr
