"""p is a property of the pair, and a number from 0 to 1 or none: a failure never becomes a grade."""

import json
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import gguf
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import Tinyv, write_lines
from tinyv_cli.models import ModelOptions, Verifier, choose_models
from tinyv_cli.models.engine import EngineOptions
from tinyv_cli.models.llama import NO_NUMBER
from tinyv_cli.models.nano import nano_gguf
from tinyv_cli.models.requantize import quantised
from tinyv_cli.records import ModelResult, Query
from tinyv_cli.running.disk import sha256_of

AS_IT_IS = {"TINYV_REQUANTIZE": "off"}
QUERIES = [
    Query(f"A shop sells {n} apples a day. How many in {n + 3} days?", str(n * (n + 3)), answer)
    for n in (4, 5)
    for answer in (str(n * (n + 3)), f"{n * (n + 3)}.0", f"about {n} dozen", f"x = {n}", f"{n * n} apples")
]
"""Few, and of two questions: they share beginnings of many lengths, and some are cut off by a full batch."""


@pytest.fixture(scope="module", autouse=True)
def _cache(cache_folder: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TINYV_CACHE_DIR", str(cache_folder))
        yield


def _in_batches(model: Verifier, queries: Sequence[Query], size: int) -> dict[Query, float | None]:
    said: dict[Query, float | None] = {}
    for start in range(0, len(queries), size):
        some = queries[start : start + size]
        said |= {query: result.p for query, result in zip(some, model(some), strict=True)}
    return said


@pytest.mark.parametrize("weights", ["nano", pytest.param("Q4_0", marks=pytest.mark.long)])
def test_neighbours_move_nothing(weights: str) -> None:
    """Alone, in batches of any size, in any order, in trees of any size: to the last bit the same p."""
    path = nano_gguf()
    name = weights if weights == "nano" else str(quantised(path, sha256_of(path), weights))
    shuffled = random.Random(5).sample(QUERIES, len(QUERIES))
    with choose_models([name], ModelOptions(engine=EngineOptions(threads=1))).opened() as [model]:
        alone = _in_batches(model, QUERIES, 1)
        assert None not in alone.values() and len(set(alone.values())) > 5
        for queries, size in ((QUERIES, 100), (shuffled, 3), (QUERIES[::-1], 7)):
            assert _in_batches(model, queries, size) == alone
    small = ModelOptions(engine=EngineOptions(threads=1, batch_tokens=96))
    with choose_models([name], small).opened() as [model]:
        assert _in_batches(model, shuffled, 100) == alone


def _damaged(path: Path, base: Path, tensor: str, value: float) -> Path:
    """A copy of a model, one of whose tensors holds nothing but this value."""
    [found] = [each for each in gguf.GGUFReader(base).tensors if each.name == tensor]
    data = bytearray(base.read_bytes())
    begin = int(found.data_offset)
    data[begin : begin + found.n_bytes] = np.full(found.n_elements, value, np.float32).tobytes()
    path.write_bytes(data)
    return path


def _asking(model: Path) -> tuple[str, ...]:
    return ("--rule", "exact", "--proofs", "off", "--model", str(model))


@pytest.mark.parametrize("own", [AS_IT_IS, {}], ids=["as they are", "to be converted"])
def test_damaged_weights_end_the_run(
    tinyv: Tinyv, tmp_path: Path, base_gguf: Path, own: Mapping[str, str]
) -> None:
    """What is no number among them is seen before anything is judged; our line comes last, after ggml's."""
    model = _damaged(tmp_path / "nan.gguf", base_gguf, "output_norm.weight", math.nan)
    done = tinyv("check", "-q", "1 + 1", "-g", "2", "3 apples", *_asking(model), set=own)
    assert (done.returncode, done.stdout) == (2, "")
    *_, line = done.stderr.splitlines()
    assert line.startswith("tinyv: ") and "is it whole" in line and "undamaged" in line


def test_sums_beyond_all_numbers_are_undecided(tinyv: Tinyv, tmp_path: Path, base_gguf: Path) -> None:
    """Weights may be numbers and give none: no grade comes of it, and the next run asks again."""
    model = _damaged(tmp_path / "huge.gguf", base_gguf, "blk.3.attn_norm.weight", 3e38)
    rows = write_lines(tmp_path / "rows.jsonl", '{"question": "1 + 1", "gold": "2", "response": "3 apples"}')
    command = ("audit", rows, "-o", "out.parquet", "--overwrite", *_asking(model))
    for _ in range(2):
        done = tinyv(*command, set=AS_IT_IS)
        assert done.returncode == 0, done.stderr
        [row] = pq.read_table(tmp_path / "out.parquet").to_pylist()
        assert (row["tinyv_verdict"], row["tinyv_p"], row["tinyv_reward"]) == ("undecided", None, None)
        assert row["tinyv_model_reason"] == NO_NUMBER.reason
    report = tinyv("report", "out.parquet", "--json")
    assert json.loads(report.stdout)["undecided"] == {"count": 1, "reasons": {NO_NUMBER.reason: 1}}


@pytest.mark.parametrize("p", [math.nan, math.inf, -0.01, 1.01])
def test_no_result_holds_what_is_no_probability(p: float) -> None:
    """Neither a model's, nor a server's, nor one that was kept."""
    with pytest.raises(ValueError, match="no probability"):
        ModelResult(p)


def test_what_an_earlier_version_wrote_breaks_no_report(tinyv: Tinyv, tmp_path: Path) -> None:
    """It is read as what it is: not known."""
    write_lines(tmp_path / "rows.jsonl", '{"question": "1 + 1", "gold": "2", "response": "3"}')
    assert (
        tinyv("audit", "rows.jsonl", "-o", "out.parquet", "--rule", "exact", "--model", "none").returncode
        == 0
    )
    table = pq.read_table(tmp_path / "out.parquet")
    place = table.schema.get_field_index("tinyv_p")
    with_nan = table.set_column(place, table.schema.field(place), pa.array([math.nan], pa.float32()))
    made = {b"tinyv": pq.read_metadata(tmp_path / "out.parquet").metadata[b"tinyv"]}
    pq.write_table(with_nan.replace_schema_metadata(made), tmp_path / "out.parquet")
    report = tinyv("report", "out.parquet", "--json")
    assert (report.returncode, json.loads(report.stdout)["model"]["scored"]) == (0, 0)
