"""How many of the rejected answers are really right: what was found, corrected for the verifier's errors.

What was proved is right. Of the rest the model flags some: how many of these are right, and how many right
ones it misses, is known from a calibration file (the share found is corrected by Rogan and Gladen's formula),
or from labels by hand of examples of this very file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import polars as pl

from tinyv_cli.calibration import Calibration, OperatingPoint, calibrated
from tinyv_cli.errors import SourceError, UsageError
from tinyv_cli.findings.measures import share
from tinyv_cli.findings.queries import FOUND, LIKELY, PROVED, REJECTED, Figures, collect, one
from tinyv_cli.findings.statistics import (
    Interval,
    clipped,
    combined,
    lang_reiczigel,
    rogan_gladen,
    weighted_share,
)
from tinyv_cli.records import HandLabel

UNKNOWN: Figures = {
    "from": None,
    "file": None,
    "share": None,
    "interval": None,
    "count": None,
    "reason": None,
    "clipped": False,
    "complete": True,
    "operating_point": None,
    "sensitivity": None,
    "specificity": None,
    "measured_behind": None,
    "labels": None,
}

# The groups of rejected examples of which labels are taken apart.
GROUPS = ("proved", "likely", "unflagged")
GROUP = (
    pl.when(PROVED).then(pl.lit("proved")).when(FOUND).then(pl.lit("likely")).otherwise(pl.lit("unflagged"))
)


def by_calibration(
    frame: pl.LazyFrame, metadata: Mapping[str, Any], calibration: Calibration | None = None
) -> Figures | None:
    """The estimate by a calibration file, or by the one that the run itself used; None without either.

    Raises UsageError for a file of another model than the one that was asked.
    """
    used = metadata.get("model", {}).get("calibration")
    if calibration is not None:
        _check(calibration, metadata)
        threshold = metadata["threshold"]
        at = calibration.at(threshold if used else calibrated(calibration, threshold))
        return _corrected(frame, at, file=calibration.file, behind=calibration.rule)
    if used is None or "second_model" in metadata:
        return None
    return _corrected(
        frame, OperatingPoint(**used["operating_point"]), file=used["file"], behind=used["rule"]
    )


def _check(calibration: Calibration, metadata: Mapping[str, Any]) -> None:
    if "second_model" in metadata:
        raise UsageError(
            f"{calibration.file}: tells how often one model is right, and in this file two decide together; "
            "leave --calibration out, or give --labels"
        )
    if not calibration.fits(metadata.get("model", {})):
        raise UsageError(
            f"{calibration.file}: is the calibration of {calibration.model['name']}, and this file was made "
            f"with {metadata.get('model', {}).get('name')}, or asked in another way; "
            "leave --calibration out, or give --labels"
        )


def _corrected(frame: pl.LazyFrame, point: OperatingPoint, *, file: str | None, behind: str) -> Figures:
    seen = _seen(frame)
    left = seen["rejected"] - seen["proved"]
    correct, wrong = point.tp + point.fn, point.fp + point.tn
    figures = UNKNOWN | {
        "from": "calibration",
        "file": file,
        "operating_point": asdict(point),
        "sensitivity": share(point.tp, correct),
        "specificity": share(point.tn, wrong),
        "measured_behind": behind,
    }
    decided = left - seen["undecided"]
    if not seen["rejected"] or (left and not decided):
        return figures | {"reason": "nothing_decided"}
    if not correct or not wrong or point.tp * wrong <= point.fp * correct:
        return figures | {"reason": "no_better_than_chance"}
    found, between = _share_left(seen["likely"], decided, point) if left else (0.0, (0.0, 0.0))
    true, interval = combined(
        [seen["proved"], left], [1.0, clipped(found)], [(1.0, 1.0), _holding(clipped(found), between)]
    )
    return figures | _of_rejected(true, interval, seen["rejected"]) | {"clipped": found != clipped(found)}


def _share_left(likely: int, decided: int, point: OperatingPoint) -> tuple[float, Interval]:
    """Of what no proof settled, the share that is right. What is undecided is taken to be like the rest."""
    found = rogan_gladen(
        likely / decided,
        sensitivity=point.tp / (point.tp + point.fn),
        specificity=point.tn / (point.fp + point.tn),
    )
    return found, lang_reiczigel(likely, decided, tp=point.tp, fn=point.fn, fp=point.fp, tn=point.tn)


def _holding(value: float, interval: Interval) -> Interval:
    """The interval, widened where it does not hold the value: it is built around another, shrunken one."""
    return min(value, interval[0]), max(value, interval[1])


def _seen(frame: pl.LazyFrame) -> Figures:
    return one(
        frame.filter(REJECTED),
        rejected=pl.len(),
        proved=PROVED.sum(),
        likely=LIKELY.sum(),
        undecided=(pl.col("tinyv_verdict") == "undecided").sum(),
    )


def _of_rejected(true: float, interval: Interval, rejected: int) -> Figures:
    return {"share": true, "interval": list(interval), "count": round(true * rejected)}


def by_labels(frame: pl.LazyFrame, labels: Sequence[HandLabel], *, file: str) -> Figures:
    """The estimate by labels of examples of this file; those of a stratified sample count by their weights.

    Where labels tell their stratum, the others are left out: they were picked to be looked at, not drawn.
    Where none is of a group, what is proved is taken for right, and of what was not flagged nothing is added:
    then the estimate is not `complete`, and a lower bound. Raises SourceError for labels of another file.
    """
    drawn = [label for label in labels if label.stratum is not None]
    seen, cells = _seen(frame), _cells(frame, drawn or labels, file)
    groups = {name: list(_parts(cells.filter(pl.col("group") == name))) for name in GROUPS}
    sizes = {"proved": seen["proved"], "likely": seen["likely"]}
    sizes["unflagged"] = seen["rejected"] - sum(sizes.values())
    known = {name: weighted_share(parts) for name, parts in groups.items() if parts}
    figures = UNKNOWN | {
        "from": "labels",
        "file": file,
        "labels": {
            "count": sum(trials for parts in groups.values() for _, _, trials in parts),
            "drawn": bool(drawn),
            **{
                name: {
                    "size": sizes[name],
                    "labelled": sum(trials for _, _, trials in parts),
                    "right": sum(right for _, right, _ in parts),
                    "share": known[name][0] if parts else None,
                    "interval": list(known[name][1]) if parts else None,
                }
                for name, parts in groups.items()
            },
        },
    }
    if not seen["rejected"] or (sizes["likely"] and "likely" not in known):
        return figures | {"reason": "no_labels_of_flagged"}
    assumed: dict[str, tuple[float, Interval]] = {
        "proved": (1.0, (1.0, 1.0)),
        "likely": (0.0, (0.0, 0.0)),
        "unflagged": (0.0, (0.0, 0.0)),
    }
    shares, intervals = zip(*({**assumed, **known}[name] for name in GROUPS), strict=True)
    true, interval = combined([sizes[name] for name in GROUPS], shares, intervals)
    complete = "unflagged" in known or not sizes["unflagged"]
    return figures | _of_rejected(true, interval, seen["rejected"]) | {"complete": complete}


def _cells(frame: pl.LazyFrame, labels: Sequence[HandLabel], file: str) -> pl.DataFrame:
    """Of each group and stratum, the labels of rejected examples: how many, how many right, for how many."""
    places = frame.select(row="tinyv_row", rollout="tinyv_rollout", rejected=REJECTED, group=GROUP)
    schema = {name: places.collect_schema()[name] for name in ("row", "rollout")}
    labelled = pl.DataFrame(
        [(each.row, each.rollout, each.right, each.stratum, each.stratum_size) for each in labels],
        schema={**schema, "right": pl.Boolean, "stratum": pl.String, "size": pl.Int64},
        orient="row",
    )
    found = collect(places.join(labelled.lazy(), on=["row", "rollout"]))
    if not len(found):
        raise SourceError(
            f"{file}: none of its {len(labelled):,} labels is of this file; give its own --labels"
        )
    stands_for = (pl.col("size") / pl.len().over("stratum")).fill_null(1.0)
    return (
        found.with_columns(stands_for=stands_for)
        .filter("rejected")
        .group_by("group", "stratum")
        .agg(size=pl.col("stands_for").sum(), right=pl.col("right").sum(), labelled=pl.len())
        .sort("group", "stratum")
    )


def _parts(cells: pl.DataFrame) -> Iterator[tuple[float, int, int]]:
    yield from cells.select("size", "right", "labelled").iter_rows()
