"""Audited files as their readers find them: that they are such, and what they say of themselves.

Several are read as one: as if one audit had read all that they were made of.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from polars.datatypes import DataTypeClass

from tinyv_cli.documents.checking import check_columns, read_metadata
from tinyv_cli.documents.columns import COLUMNS, opinion_names
from tinyv_cli.documents.joining import check_alike, first_rows, joined_metadata
from tinyv_cli.documents.metadata import agree_in, models_in, sure_in
from tinyv_cli.errors import SourceError
from tinyv_cli.running.disk import check_name, resolved
from tinyv_cli.sources.files import check_file, file_errors
from tinyv_cli.sources.rows import merged_schema
from tinyv_cli.sources.urls import expanded, in_order, is_url

# Columns that files of earlier runs lack.
LATER = {name: column for name, column in COLUMNS.items() if column.later}
# Of two p the one that speaks for the verdict, by who must find an answer correct.
SPEAKS = {"all": pl.min_horizontal, "any": pl.max_horizontal}
P_COLUMN = re.compile(r"tinyv_p(_\d+)?")
NEEDED = [name for name in COLUMNS if name not in LATER]
ROW = "tinyv_row"
WHICH = "tinyv_which"  # of several files the one that an example stands in, by its position


@dataclass(frozen=True, slots=True)
class AuditedFile:
    """A Parquet file that `tinyv audit` wrote. `metadata` is what it says of how it was made.

    `first_row` is added to the numbers of its rows where several files are read as one.
    """

    path: Path
    metadata: dict[str, Any]
    schema: pa.Schema
    first_row: int = 0

    @property
    def frame(self) -> pl.LazyFrame:
        """The examples as they stand there, not read yet."""
        return pl.scan_parquet(self.path, glob=False)  # a name may hold what a pattern is made of


@dataclass(frozen=True, slots=True)
class Audited:
    """What `tinyv audit` wrote, in one file or in several that were judged alike.

    `metadata` is what all of them say of how they were made, together. `schema` has the columns of all.
    """

    files: tuple[AuditedFile, ...]
    metadata: dict[str, Any]
    schema: pa.Schema

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        first, *others = self.files
        return f"{first.path} and {len(others)} more" if others else str(first.path)

    @property
    def frame(self) -> pl.LazyFrame:
        """The examples, not read yet. A column that a file lacks is null there.

        What holds texts in one file and lists in another, say, is left out.
        """
        frames = [_numbered(file, which) for which, file in enumerate(self.files)]
        unlike = _unlike([frame.collect_schema() for frame in frames])
        return pl.concat([frame.drop(unlike, strict=False) for frame in frames], how="diagonal_relaxed")

    def has(self, column: str) -> bool:
        """Whether each file has this column of ours."""
        return all(column in file.schema.names for file in self.files)

    def collect(self, frame: pl.LazyFrame) -> pl.DataFrame:
        """What was asked of `frame`, computed as a stream. Raises SourceError where a file is damaged."""
        with self.read_errors():
            return frame.collect(engine="streaming")

    @contextmanager
    def read_errors(self) -> Iterator[None]:
        """Translate what libraries say of a damaged file into one line: SourceError, which names it."""
        try:
            yield
        except (OSError, pa.ArrowInvalid, pl.exceptions.ComputeError) as error:
            reason = str(error).splitlines()[0]
            raise SourceError(
                f"{self._damaged()}: is damaged ({reason}); make it again with 'tinyv audit'"
            ) from error

    def _damaged(self) -> str:
        """The first file that cannot be read to its end."""
        return next((str(file.path) for file in self.files if not _is_readable(file.path)), self.name)

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
        return agree_in(self.metadata)

    @property
    def sure(self) -> float | None:
        """How sure a model of a cascade had to be to settle an answer; None where there was no cascade."""
        return sure_in(self.metadata)

    @property
    def p(self) -> pl.Expr:
        """The model's p; of several models the one that speaks for the verdict."""
        said = [pl.col(p) for p, _ in self.opinions]
        return SPEAKS[self.agree](said) if self.agree else pl.coalesce(reversed(said))


def _numbered(file: AuditedFile, which: int) -> pl.LazyFrame:
    """The file's examples, numbered among those of all files, with the columns that it is too old for."""
    missing = [name for name in LATER if name not in file.schema.names]
    types = pl.DataFrame({name: pa.nulls(0, LATER[name].type) for name in missing}).schema
    return file.frame.with_columns(
        *(pl.lit(None, types[name]).alias(name) for name in missing),
        *(_probability(name) for name in file.schema.names if P_COLUMN.fullmatch(name)),
        pl.col(ROW) + file.first_row,
        pl.lit(which, pl.UInt32).alias(WHICH),
    )


def _probability(column: str) -> pl.Expr:
    """Null where it is none, as an earlier version wrote of damaged weights."""
    return pl.when(pl.col(column).is_between(0, 1)).then(pl.col(column))


def _unlike(schemas: Sequence[pl.Schema]) -> list[str]:
    """The columns that hold in some files what fits no type that they could have in all."""
    names = dict.fromkeys(name for schema in schemas for name in schema)
    kinds = {name: {schema[name]: None for schema in schemas if name in schema} for name in names}
    return [name for name, found in kinds.items() if len(found) > 1 and not _share_a_type(found)]


def _share_a_type(types: Iterable[pl.DataType]) -> bool:
    """Whether polars can put values of these types into one column."""
    try:
        pl.concat(
            [pl.DataFrame({"": [_specimen(each)]}, {"": each}) for each in types], how="vertical_relaxed"
        )
    except pl.exceptions.PolarsError:
        return False
    return True


def _specimen(data_type: pl.DataType | DataTypeClass) -> Any:
    """A value of the type with all that it is nested of: whether that can be cast shows only with values."""
    if isinstance(data_type, pl.Struct):
        return {name: _specimen(kind) for name, kind in dict(data_type).items()}
    return [_specimen(data_type.inner)] if isinstance(data_type, pl.List) else None


def _is_readable(path: Path) -> bool:
    try:
        with pq.ParquetFile(path, pre_buffer=False) as file:
            return all(True for _ in file.iter_batches())
    except (OSError, pa.ArrowInvalid):
        return False


def open_audited(*specs: str | Path) -> Audited:
    """Check that these files are what `tinyv audit` writes as Parquet, and that they can be read as one.

    A folder stands for the audited files in it, a pattern for those that it matches. Raises SourceError, also
    where two hold the same rows, and UsageError for files that were judged differently.
    """
    files = [_opened(path) for path in _named(specs)]
    first, *others = files
    if not others:
        return Audited((first,), first.metadata, first.schema)
    told = {file.path: file.metadata for file in files}
    check_alike(told)
    schema = reduce(merged_schema, (file.schema for file in files))
    together = Audited(tuple(files), joined_metadata([*told.values()]), schema)
    with together.read_errors():
        numbers = first_rows(told, {file.path: file.frame.select(ROW) for file in files})
    numbered = (replace(file, first_row=numbers[file.path]) for file in files)
    return replace(together, files=tuple(numbered))


def _named(specs: Iterable[str | Path]) -> list[Path]:
    """The files that are meant, each once however often it is named."""
    named = (path for spec in specs for path in _meant(str(spec)))
    return [*{resolved(path): path for path in named}.values()]


def _meant(spec: str) -> list[Path]:
    path = Path(spec)
    if not path.is_dir():
        return [path] if is_url(spec) else [Path(name) for name in expanded(spec)]
    found = [inner for inner in path.rglob("*.parquet") if _is_audited(inner)]
    if not found:
        raise SourceError(f"{spec}: a folder that holds no file of 'tinyv audit'; name one, or audit first")
    return sorted(found, key=lambda inner: in_order(str(inner)))


def _is_audited(path: Path) -> bool:
    try:
        return set(NEEDED) <= set(pq.read_schema(path).names)
    except (OSError, pa.ArrowInvalid):
        return False


def _opened(path: Path) -> AuditedFile:
    check_file(path)
    with file_errors(path, "a Parquet file"):
        check_name(path)
    try:
        file = pq.read_metadata(path)
        schema = file.schema.to_arrow_schema()
    except (OSError, pa.ArrowInvalid) as error:
        raise SourceError(f"{path}: is no Parquet file; name one that 'tinyv audit' has written") from error
    missing = [name for name in NEEDED if name not in schema.names]
    if missing == NEEDED:
        raise SourceError(f"{path}: was not written by 'tinyv audit'; audit it, and name what that writes")
    if missing:
        raise SourceError(
            f"{path}: lacks {', '.join(missing)}; name the file as 'tinyv audit' has written it"
        )
    metadata = read_metadata(path, file.metadata)
    check_columns(path, schema, metadata)
    return AuditedFile(path, metadata, schema.remove_metadata())
