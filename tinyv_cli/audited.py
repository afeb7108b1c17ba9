"""An audited file as its readers find it: that it is one, and what it says of itself."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tinyv_cli.errors import SourceError
from tinyv_cli.sinks import METADATA_KEY

NEEDED = ("tinyv_row", "tinyv_rollout", "tinyv_rule", "tinyv_verdict", "tinyv_false_negative")


@dataclass(frozen=True, slots=True)
class Audited:
    """A Parquet file that `tinyv audit` wrote. `metadata` is what it says of how it was made."""

    path: Path
    metadata: dict[str, Any]
    columns: tuple[str, ...]

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
