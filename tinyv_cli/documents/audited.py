"""An audited file as its readers find it: that it is one, and what it says of itself."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from tinyv_cli.documents.columns import COLUMNS
from tinyv_cli.errors import SourceError
from tinyv_cli.words import METADATA_KEY, NONE

# Columns that files of earlier runs lack.
LATER = {name: column for name, column in COLUMNS.items() if column.later}
# Of two p the one that speaks for the verdict, by who must find an answer correct.
SPEAKS = {"all": pl.min_horizontal, "any": pl.max_horizontal}
NEEDED = [name for name in COLUMNS if name not in LATER]


@dataclass(frozen=True, slots=True)
class Audited:
    """A Parquet file that `tinyv audit` wrote. `metadata` is what it says of how it was made."""

    path: Path
    metadata: dict[str, Any]
    columns: tuple[str, ...]

    @property
    def frame(self) -> pl.LazyFrame:
        """The examples, not read yet; columns that the file is too old for are null."""
        missing = [name for name in LATER if name not in self.columns]
        frame = pl.scan_parquet(self.path, glob=False)  # a name may hold what a pattern is made of
        types = pl.DataFrame({name: pa.nulls(0, LATER[name].type) for name in missing}).schema
        return frame.with_columns(pl.lit(None, types[name]).alias(name) for name in missing)

    def collect(self, frame: pl.LazyFrame) -> pl.DataFrame:
        """What was asked of `frame`, computed as a stream. Raises SourceError where the file is damaged."""
        with read_errors(self.path):
            return frame.collect(engine="streaming")

    @property
    def threshold(self) -> float:
        """From which p on an answer counted as correct."""
        return float(self.metadata["threshold"])

    @property
    def agree(self) -> str | None:
        """Of two models, who had to find an answer correct; None where there was one at most."""
        second = self.metadata.get("second_model")
        return second and str(second["agree"])

    @property
    def models(self) -> list[str]:
        """The names of the models that were asked, in the order of their columns."""
        said = [self.metadata.get(key) or {"name": NONE} for key in ("model", "second_model")]
        return [model["name"] for model in said if model["name"] != NONE]

    def of_models(self, column: str) -> list[str]:
        """The columns that hold this of each model: `tinyv_p` and `tinyv_p_2` of `tinyv_p`."""
        return [column if number == 1 else f"{column}_{number}" for number, _ in enumerate(self.models, 1)]

    @property
    def p(self) -> pl.Expr:
        """The model's p; of two models the one that speaks for the verdict."""
        p = pl.col("tinyv_p")
        return p if self.agree is None else SPEAKS[self.agree](p, "tinyv_p_2")


def open_audited(path: Path) -> Audited:
    """Check that the file is what `tinyv audit` writes as Parquet. Raises SourceError."""
    if not path.exists():
        raise SourceError(f"{path}: no such file; check the path (it is taken from {Path.cwd()})")
    try:
        file = pq.read_metadata(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise SourceError(f"{path}: is no Parquet file; name one that 'tinyv audit' has written") from error
    columns = file.schema.to_arrow_schema().names
    missing = [name for name in NEEDED if name not in columns]
    if missing == NEEDED:
        raise SourceError(f"{path}: was not written by 'tinyv audit'; audit it, and name what that writes")
    if missing:
        raise SourceError(
            f"{path}: lacks {', '.join(missing)}; name the file as 'tinyv audit' has written it"
        )
    return Audited(path, _metadata(path, file), tuple(columns))


def _metadata(path: Path, file: pq.FileMetaData) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((file.metadata or {})[METADATA_KEY.encode()])
    except (KeyError, ValueError) as error:
        raise SourceError(
            f"{path}: has lost what 'tinyv audit' has written into its metadata (key {METADATA_KEY}); name "
            "the file as it was before another program wrote it anew"
        ) from error
    return found


@contextmanager
def read_errors(path: Path) -> Iterator[None]:
    """Translate what libraries say of an audited file that is damaged into one line: SourceError."""
    try:
        yield
    except (OSError, pa.ArrowInvalid, pl.exceptions.ComputeError) as error:
        reason = str(error).splitlines()[0]
        raise SourceError(f"{path}: is damaged ({reason}); make it again with 'tinyv audit'") from error
