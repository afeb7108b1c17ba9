"""The format of weights by what the processor has: which is chosen, by whom it is overruled, and that both agree."""

import re
import sys
from pathlib import Path

import pytest

from tinyv_cli.models import processor
from tinyv_cli.models.processor import fast_format, usable_flags

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
