"""An audited file as its readers find it: that it is one, and what it says of itself."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from tinyv_cli.documents.columns import COLUMNS, opinion_names
from tinyv_cli.errors import SourceError
from tinyv_cli.words import METADATA_KEY

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
    def models(self) -> list[dict[str, Any]]:
        """What is said of each model, in the order of their numbers."""
        return models_in(self.metadata)

    @property
    def opinions(self) -> list[tuple[str, str]]:
        """The columns of what each model said: p and the reason."""
        return [opinion_names(number) for number in range(1, len(self.models) + 1)]

    @property
    def agree(self) -> str | None:
        """Of two models, who had to find an answer correct; None where no two were asked about everything."""
        agree = (self.metadata.get("second_model") or self.metadata).get("agree")
        return agree and str(agree)

    @property
    def sure(self) -> float | None:
        """How sure a model of a cascade had to be to settle an answer; None where there was no cascade."""
        return self.metadata.get("sure")

    @property
    def p(self) -> pl.Expr:
        """The model's p; of several models the one that speaks for the verdict."""
        said = [pl.col(p) for p, _ in self.opinions]
        return SPEAKS[self.agree](said) if self.agree else pl.coalesce(reversed(said))


def models_in(metadata: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a file says of each model, in the order of their numbers; `none` is one too."""
    second = metadata.get("second_model")  # so version 0.1 wrote it, with `agree` inside
    return [metadata.get("model") or {}, *([second] if second else metadata.get("other_models") or [])]


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
