"""Several audited files read as one: whether they can be, how rows are numbered, what they say together.

Shards of one input keep the numbers of its rows, so that together they are what one audit of it would have
written. The rows of other inputs are numbered behind each other, as one audit of all inputs numbers them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl

from tinyv_cli.documents.metadata import Metadata, agree_in, models_in, sure_in
from tinyv_cli.errors import SourceError, UsageError

WHOLE = "all"
STDIN = "standard input"  # of which two may have the same name, and hold other rows


def _identity(described: Metadata) -> Any:
    """What identifies a rule or a model."""
    return {name: described.get(name) for name in ("name", "sha256", "prompt_sha256", "think")}


def _policy(metadata: Metadata) -> Any:
    """How proofs were searched for, by whatever version."""
    policy = metadata.get("proofs")
    return policy and {name: value for name, value in policy.items() if name != "version"}


# What has to be the same for figures of several files to mean anything, as it is called.
ALIKE: Mapping[str, Callable[[Metadata], Any]] = {
    "rule": lambda metadata: _identity(metadata.get("rule") or {}),
    "compared rules": lambda metadata: [rule["name"] for rule in metadata.get("other_rules", [])],
    "model": lambda metadata: _identity(models_in(metadata)[0]),
    "choice of further models": lambda metadata: [*map(_identity, models_in(metadata)[1:])],
    "--agree": agree_in,
    "--sure": sure_in,
    "calibration": lambda metadata: (metadata.get("model") or {}).get("calibration"),
    "threshold": lambda metadata: metadata.get("threshold"),
    "--rounding and --form": _policy,
    "--mode": lambda metadata: metadata.get("mode", "addon"),
    "--weight": lambda metadata: metadata.get("weight", 1.0),
    "--suspects": lambda metadata: metadata.get("suspects", "correct"),
    "--only": lambda metadata: metadata.get("only"),
}


def check_alike(told: Mapping[Path, Metadata]) -> None:
    """Raise UsageError for files that were judged differently: no figure would be of all of them."""
    (first, ours), *others = told.items()
    for path, theirs in others:
        for what, of in ALIKE.items():
            if of(ours) != of(theirs):
                raise UsageError(
                    f"{path}: was made with another {what} ({_shown(of(theirs))}) than {first} "
                    f"({_shown(of(ours))}); compare them: tinyv report {first} --against {path}"
                )


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(str(each) for each in value.values() if each is not None) or "none"
    if isinstance(value, list):
        return ", ".join(value) or "none"
    return "none" if value is None else str(value)


def first_rows(told: Mapping[Path, Metadata], rows: Mapping[Path, pl.LazyFrame]) -> dict[Path, int]:
    """What to add to the row numbers of each file. Raises SourceError where two hold the same rows.

    `rows` are the row numbers that each has, as a column.
    """
    numbers, start = dict[Path, int](), 0
    for paths in _of_same_input(told):
        numbers |= dict.fromkeys(paths, start)
        start += _last_row([(path, rows[path]) for path in paths]) + 1
    return numbers


def _of_same_input(told: Mapping[Path, Metadata]) -> list[list[Path]]:
    """The files by what was read for them, in the order in which they were named."""
    groups = dict[Any, list[Path]]()
    for path, metadata in told.items():
        read = tuple((source["name"], source["size"]) for source in metadata.get("sources", []))
        known = read and (STDIN not in dict(read) or "shard" in metadata.get("selection", {}))
        groups.setdefault(read if known else path, []).append(path)
    return [*groups.values()]


def _last_row(files: Sequence[tuple[Path, pl.LazyFrame]]) -> int:
    """The highest number of a row in these files; -1 where there is none. Raises SourceError."""
    held = pl.concat(
        rows.select(pl.first().alias("row"), pl.lit(number).alias("file"))
        for number, (_, rows) in enumerate(files)
    )
    spans = held.group_by("file").agg(first=pl.col("row").min(), last=pl.col("row").max())
    found = spans.drop_nulls().sort("first").select("first", "last").collect(engine="streaming").rows()
    # Parts of one run follow one another; only where files lie among each other each row has to be looked at.
    if any(following <= last for (_, last), (following, _) in pairwise(found)):
        _refuse_twice(held, [path for path, _ in files])
    return max((int(last) for _, last in found), default=-1)


def _refuse_twice(held: pl.LazyFrame, paths: Sequence[Path]) -> None:
    """Raise SourceError where two files hold the same row."""
    by_row = held.unique().group_by("row").agg(pl.col("file").sort())
    twice = by_row.filter(pl.col("file").list.len() > 1).sort("row").head(1).collect(engine="streaming")
    for number, found in twice.iter_rows():
        one, other = (paths[each] for each in found[:2])
        raise SourceError(f"{one} and {other}: both hold row {number} of the same input; leave one out")


def joined_metadata(told: Sequence[Metadata]) -> dict[str, Any]:
    """What the files say of how they were made, as the one audit would say it that would have made them all.

    What is said once, of all of them, is as the first has it: see `ALIKE`.
    """
    counts, seconds = Counter[str](), defaultdict[str, float](float)
    for metadata in told:
        counts.update(metadata.get("counts", {}))
        for stage, spent in (metadata.get("seconds") or {}).items():
            seconds[stage] += spent
    sources = {
        (source["name"], source["size"]): source
        for metadata in told
        for source in metadata.get("sources", [])
    }
    joined = {
        **told[0],
        "sources": [*sources.values()],
        "selection": _selection([metadata.get("selection", {}) for metadata in told]),
        "counts": dict(counts),
    }
    if seconds:
        joined["seconds"] = {stage: round(spent, 3) for stage, spent in seconds.items()}
    lists = [metadata["exploded"] for metadata in told if "exploded" in metadata]
    if len(lists) == len(told):
        joined["exploded"] = [*dict.fromkeys(name for names in lists for name in names)]
    else:  # one does not say which columns were lists
        joined.pop("exploded", None)
    return joined


def _selection(selections: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Which part of the input was audited; what differs is told of each, and all shards are no selection."""
    told = dict[str, Any]()
    for name in dict.fromkeys(name for selection in selections for name in selection):
        values = [*dict.fromkeys(selection.get(name, WHOLE) for selection in selections)]
        if not (name == "shard" and _is_whole(values)):
            told[name] = values[0] if len(values) == 1 else ", ".join(map(str, values))
    return told


def _is_whole(shards: Iterable[str]) -> bool:
    """Whether these shards are all that there are."""
    parts = {tuple(each.split("/")) for each in shards if each != WHOLE}
    counts = {count for _, count in parts}
    return len(counts) == 1 and len(parts) == int(counts.pop())
