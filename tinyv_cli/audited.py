"""An audited file as its readers find it: that it is one, and what it says of itself."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from tinyv_cli.errors import SourceError
from tinyv_cli.words import METADATA_KEY

NEEDED = ("tinyv_row", "tinyv_rollout", "tinyv_rule", "tinyv_verdict", "tinyv_false_negative")
# Columns that files of earlier runs lack.
LATER = {"tinyv_lost_in": pl.String}


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
        return frame.with_columns(pl.lit(None, LATER[name]).alias(name) for name in missing)

    @property
    def threshold(self) -> float:
        """From which p on an answer counted as correct."""
        return float(self.metadata["threshold"])

    @property
    def agree(self) -> str | None:
        """Of two models, who had to find an answer correct; None where there was one at most."""
        second = self.metadata.get("second_model")
        return second and str(second["agree"])


def open_audited(path: Path) -> Audited:
    """Check that the file is what `tinyv audit` writes as Parquet. Raises SourceError."""
    if not path.exists():
        raise SourceError(f"{path}: no such file; check the path (it is taken from {Path.cwd()})")
    try:
        file = pq.read_metadata(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise SourceError(f"{path}: is no Parquet file; name one that 'tinyv audit' has written") from error
    metadata, columns = (file.metadata or {}).get(METADATA_KEY.encode()), file.schema.to_arrow_schema().names
    if metadata is None or not set(NEEDED) <= set(columns):
        raise SourceError(f"{path}: was not written by 'tinyv audit'; audit it, and name what that writes")
    return Audited(path, json.loads(metadata), tuple(columns))
