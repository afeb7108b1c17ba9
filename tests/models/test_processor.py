"""The format of weights by what the processor has: which is chosen, what overrules it, that both agree."""

import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import SAMPLE, Tinyv
from tinyv_cli.models import ModelOptions, choose_models, processor
from tinyv_cli.models.nano import nano_path
from tinyv_cli.models.processor import fast_format, usable_flags
from tinyv_cli.records import Query
from tinyv_cli.words import Requantize

ZEN_3 = "flags\t\t: fpu avx avx2 fma f16c sha_ni\n"
ZEN_5 = "flags\t\t: fpu avx avx2 fma f16c avx512f avx512_bf16 avx512_vnni\n"
NEOVERSE = "Features\t: fp asimd bf16 i8mm\n"
BUILT_FOR_ALL = b"CPU : SSE3 = 1 | AVX = 1 | AVX2 = 1 | OPENMP = 1 | "
BUILT_FOR_ZEN_5 = b"CPU : AVX2 = 1 | AVX512 = 1 | AVX512_VNNI = 1 | AVX512_BF16 = 1 | "


@pytest.mark.parametrize(
    ("flags", "expected"),
    [(["avx2", "avx512_bf16"], "BF16"), (["avx2", "avx512f"], "Q8_0"), ([], "Q8_0")],
)
def test_by_its_flags(flags: list[str], expected: str) -> None:
    """BF16 is fast with the instructions for it, and slow without."""
    assert fast_format(flags) == expected


@pytest.mark.parametrize(
    ("cpuinfo", "built", "expected"),
    [
        (ZEN_5, BUILT_FOR_ZEN_5, "BF16"),
        (ZEN_5, BUILT_FOR_ALL, "Q8_0"),
        (ZEN_3, BUILT_FOR_ALL, "Q8_0"),
        (NEOVERSE, BUILT_FOR_ALL, "Q8_0"),
        (None, BUILT_FOR_ZEN_5, "BF16"),
        (None, BUILT_FOR_ALL, "Q8_0"),
    ],
)
def test_both_must_have_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cpuinfo: str | None, built: bytes, expected: str
) -> None:
    """The processor has it and llama.cpp was built for it; a system that does not say goes by the latter."""
    path = tmp_path / "cpuinfo"
    if cpuinfo is not None:
        path.write_text(f"processor\t: 0\n{cpuinfo}bugs\t\t: spectre_v1\n\n")
    monkeypatch.setattr(processor, "_CPUINFO", path)
    monkeypatch.setattr(processor, "built_with", lambda: built)
    assert fast_format() == expected


@pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux says of its processor")
def test_this_machine() -> None:
    """What is found here is a part of what the system says, and there is something."""
    said = set(re.findall(r"\w+", Path("/proc/cpuinfo").read_text()))
    assert usable_flags() <= said
    assert fast_format() == ("BF16" if "avx512_bf16" in usable_flags() else "Q8_0")


def test_each_format_has_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """nano's merged file is named after its format, which is this processor's unless another is wanted."""
    assert nano_path() == nano_path(fast_format())
    assert nano_path("BF16") != nano_path("Q8_0")
    monkeypatch.setattr(processor, "usable_flags", lambda: frozenset({"avx512_bf16"}))
    assert nano_path() == nano_path("BF16")


@pytest.mark.parametrize("requantize", [Requantize.OFF, Requantize.Q8_0])
def test_the_setting_overrules(
    monkeypatch: pytest.MonkeyPatch, requantize: Requantize, nano_folder: Path
) -> None:
    """Where the setting says so it is Q8_0 on a processor with the instructions, too; metadata say which."""
    monkeypatch.setenv("TINYV_CACHE_DIR", str(nano_folder.parent))
    monkeypatch.setattr(processor, "usable_flags", lambda: frozenset({"avx512_bf16"}))
    with choose_models(["nano"], ModelOptions(requantize=requantize)).opened() as [nano]:
        assert nano.described()["format"] == "Q8_0"


@pytest.mark.long
def test_both_say_the_same(tinyv: Tinyv) -> None:
    """Of real pairs nano orders as many rightly in BF16 as in Q8_0 (AUC within 0.002), and decides alike."""
    pairs = ("eval", SAMPLE / "rollouts.parquet", "--rule=exact", "--proofs=off", "--json", "--model=nano")
    done = tinyv(*pairs, "--quants", "BF16,Q8_0")
    assert done.returncode == 0, done.stderr
    rungs = {rung["format"]: rung for rung in json.loads(done.stdout)["ladder"]}
    assert rungs["Q8_0"]["agreement"]["value"] >= 0.975  # of 49 pairs one may lie at the threshold
    assert rungs["BF16"]["bytes"] > 1.7 * rungs["Q8_0"]["bytes"]
    first, second = (rungs[name]["auc"]["value"] for name in ("BF16", "Q8_0"))
    assert abs(first - second) <= 0.002


@pytest.mark.long
def test_verdicts_of_each_are_kept_apart(monkeypatch: pytest.MonkeyPatch, nano_folder: Path) -> None:
    """The format is a part of the key, as they differ by a hair; a calibration is for both."""
    monkeypatch.setenv("TINYV_CACHE_DIR", str(nano_folder.parent))
    queries = [Query("What is 2+3?", "5", answer) for answer in ("five", "6", "5.0", "2+3")]
    said = []
    for requantize in (Requantize.BF16, Requantize.Q8_0):
        with choose_models(["nano"], ModelOptions(requantize=requantize)).opened() as [nano]:
            said.append((nano.identity, nano.described(), [result.p for result in nano(queries)]))
    (bf16, of_bf16, p), (q8_0, of_q8_0, other) = said
    assert (of_bf16["format"], of_q8_0["format"]) == ("BF16", "Q8_0") and bf16 != q8_0
    assert of_bf16["sha256"] == of_q8_0["sha256"]
    assert np.abs(np.array(p) - np.array(other)).max() < 0.05
