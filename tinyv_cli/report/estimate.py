"""How many of the rejected answers are really right: what was found, corrected for the verifier's errors.

What was proved is right. Of the rest the model flags some: how many of these are right, and how many right
ones it misses, is known from a calibration file (the share found is corrected by Rogan and Gladen's formula),
or from labels by hand of examples of this very file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import polars as pl

from tinyv_cli.documents.calibration import Calibration, OperatingPoint, before_models
from tinyv_cli.documents.labels import HandLabel
from tinyv_cli.errors import SourceError, UsageError
from tinyv_cli.figures.queries import FOUND, PROVED, REJECTED, collect, one, was_asked
from tinyv_cli.figures.records import BESIDE, UNKNOWN_SHARE, Count, Share, record, share_of, told
from tinyv_cli.figures.statistics import (
    Interval,
    clipped,
    combined,
    lang_reiczigel,
    rogan_gladen,
    weighted_share,
)
from tinyv_cli.records import Evidence


@record
class LabelledGroup:
    """Rejected examples that were found in one way, and what labels by hand say of some of them."""

    size: Count
    labelled: Count
    right: Count
    found: Share = told("Of the group, that is right: of the flagged, the precision.", beside=BESIDE)


@record
class LabelledGroups:
    """What labels by hand say of the rejected."""

    count: Count = told("Labels of rejected examples.")
    drawn: bool = told("Whether they are of a random sample; what was looked at worst first says less.")
    proved: LabelledGroup
    likely: LabelledGroup
    unflagged: LabelledGroup


@record
class Estimate:
    """How many of the rejected are really right: the share found, corrected for the verifier's errors."""

    by: Literal["calibration", "labels"] = told("What the errors are known from.", name="from")
    file: str | None = told("Where that stands.")
    right: Share = told(
        "Of the rejected; what is undecided is taken to be like the rest. From a calibration the interval is "
        "Lang and Reiczigel's, with what was proved taken as right and what was refuted as wrong; it carries "
        "the uncertainty of the share found, of sensitivity and of specificity. From labels it is that of a "
        "stratified sample.",
        beside=BESIDE,
    )
    count: Count | None = told("So many of the rejected.")
    reason: (
        Literal[
            "measured_behind_another",
            "errs_otherwise",
            "no_better_than_chance",
            "nothing_decided",
            "no_labels_of_flagged",
        ]
        | None
    ) = told(
        "Why there is no share. errs_otherwise: the model flags so many, or so few, as it could not if it "
        "erred here as where that was measured."
    )
    clipped: bool = told(
        "The formula gave less than none or more than all of what the model was asked about; the nearest end "
        "was taken."
    )
    complete: bool = told("False where nothing is known of what was not flagged: the share is a lower bound.")
    operating_point: OperatingPoint | None = told(
        "Labelled pairs on which the model was measured, at the threshold (for calibrated p) nearest to the "
        "audit's."
    )
    sensitivity: Share | None = told("Of the right ones among those pairs, the share flagged.")
    specificity: Share | None = told("Of the wrong ones among those pairs, the share not flagged.")
    measured_behind: str | None = told(
        "What had left those pairs to the model; after another rule the model may be right more or less "
        "often, so there is no share then."
    )
    behind: str | None = told("What left the rejected of this file to the model.")
    labels: LabelledGroups | None = told("What labels by hand say, where they are what it is known from.")


# The groups of rejected examples of which labels are taken apart.
GROUP = (
    pl.when(PROVED).then(pl.lit("proved")).when(FOUND).then(pl.lit("likely")).otherwise(pl.lit("unflagged"))
)

# What is taken for right, and what nothing is known of, where nobody has labelled any of it.
NONE_OF_THEM: tuple[float, Interval] = (0.0, (0.0, 0.0))
ASSUMED = {"proved": (1.0, (1.0, 1.0)), "likely": NONE_OF_THEM, "unflagged": NONE_OF_THEM}

# A stratum: its size, how many of its labels say right, and how many labels it has.
Part = tuple[float, int, int]


# The one value of a group that holds all examples.
WHOLE = pl.lit("")


@dataclass(frozen=True, slots=True)
class Seen:
    """How many examples there are, how many were rejected, and what came of these: so many `found` right.

    What no proof or refutation settled is `left`, also what a guard refused, as it is where a calibration is
    made. Of these so many are `likely`, and so many the model could not decide.
    """

    examples: int = 0
    rejected: int = 0
    found: int = 0
    proved: int = 0
    left: int = 0
    likely: int = 0
    undecided: int = 0


def seen_by(frame: pl.LazyFrame, group: pl.Expr, threshold: float) -> dict[str, Seen]:
    """What came of the examples of each value of a group.

    `likely` and `undecided` are what the first model alone came to: of a second opinion, or of a cascade, the
    others do not count.
    """
    p = pl.col("tinyv_p")
    refuted = (pl.col("tinyv_evidence") == Evidence.DISPROOF).fill_null(value=False)
    left = ~PROVED & ~refuted
    among = {
        "found": FOUND,
        "proved": PROVED,
        "left": left,
        # As exact as the column is. Where a reward is the model's, it is asked about what is proved, too.
        "likely": left & (p >= pl.lit(threshold, pl.Float32)).fill_null(value=False),
        "undecided": left & p.is_null() & was_asked("tinyv_p", "tinyv_model_reason"),
    }
    counted = frame.group_by(group.alias("value")).agg(
        examples=pl.len(),
        rejected=REJECTED.sum(),
        **{name: (REJECTED & each).sum() for name, each in among.items()},
    )
    return {row.pop("value"): Seen(**row) for row in collect(counted).iter_rows(named=True)}


def by_calibration(
    frame: pl.LazyFrame, metadata: Mapping[str, Any], calibration: Calibration | None = None
) -> Estimate | None:
    """The estimate by a calibration file, or by the one that the run itself knew of; None without either.

    Of several models it rests on the first, which was asked about all that came to any. There is no share
    where the model's errors were measured behind another rule than this file's. Raises UsageError for a
    calibration of another model.
    """
    model = metadata.get("model", {})
    known = model.get("calibration")
    if calibration is not None:
        _check(calibration, model)
        maps_p = known is not None and known.get("maps_p", True)  # in files of 0.1 it always does
        known = calibration.described(metadata["threshold"], maps_p=maps_p)
    if known is None:
        return None
    point = OperatingPoint(**known["operating_point"])
    seen = seen_by(frame, WHOLE, metadata["threshold"]).get("", Seen())
    found = replace(
        by_point(seen, point),
        file=known["file"],
        measured_behind=known["rule"],
        behind=before_models(metadata.get("rule", {}).get("name"), proofs=metadata.get("proofs") is not None),
    )
    if found.measured_behind == found.behind:
        return found
    return replace(found, right=UNKNOWN_SHARE, count=None, reason="measured_behind_another", clipped=False)


def _check(calibration: Calibration, model: Mapping[str, Any]) -> None:
    if not calibration.fits(model):
        raise UsageError(
            f"{calibration.file}: is the calibration of {calibration.model['name']}, and the first model "
            f"that this file was made with is {model.get('name')}, or was asked in another way; "
            "leave --calibration out, or give --labels"
        )


def by_point(seen: Seen, point: OperatingPoint) -> Estimate:
    """The estimate by how often the model was right on labelled pairs, which something had left to it."""
    nothing = Estimate(
        by="calibration",
        file=None,
        right=UNKNOWN_SHARE,
        count=None,
        reason=None,
        clipped=False,
        complete=True,
        operating_point=point,
        sensitivity=share_of(point.tp, point.tp + point.fn),
        specificity=share_of(point.tn, point.fp + point.tn),
        measured_behind=None,
        behind=None,
        labels=None,
    )
    decided = seen.left - seen.undecided
    if not seen.rejected or (seen.left and not decided):
        return replace(nothing, reason="nothing_decided")
    if not _tells(point):
        return replace(nothing, reason="no_better_than_chance")
    found, (low, high) = _share_left(seen.likely, decided, point) if seen.left else NONE_OF_THEM
    if seen.left and low == high:  # no share that there can be fits
        return replace(nothing, reason="errs_otherwise")
    nearest = clipped(found)
    true, *ends = (
        (seen.proved + seen.left * share) / seen.rejected
        for share in (nearest, min(low, nearest), max(high, nearest))
    )
    return _of_rejected(nothing, true, (ends[0], ends[1]), seen.rejected, clipped=found != nearest)


def _tells(point: OperatingPoint) -> bool:
    """Whether right answers are flagged oftener than wrong ones, also with the pairs that intervals add."""
    correct, wrong = point.tp + point.fn, point.fp + point.tn
    return all(
        (point.tp + more) * (wrong + 2 * more) > (point.fp + more) * (correct + 2 * more) for more in (0, 1)
    )


def _share_left(likely: int, decided: int, point: OperatingPoint) -> tuple[float, Interval]:
    """Of what no proof settled, the share that is right. What is undecided is taken to be like the rest."""
    found = rogan_gladen(
        likely / decided,
        sensitivity=point.tp / (point.tp + point.fn),
        specificity=point.tn / (point.fp + point.tn),
    )
    return found, lang_reiczigel(likely, decided, tp=point.tp, fn=point.fn, fp=point.fp, tn=point.tn)


def _of_rejected(
    nothing: Estimate, true: float, interval: Interval, rejected: int, *, clipped: bool = False
) -> Estimate:
    """The estimate, now that there is one."""
    return replace(nothing, right=Share(true, interval), count=round(true * rejected), clipped=clipped)


def by_labels(frame: pl.LazyFrame, labels: Sequence[HandLabel], *, file: str) -> Estimate:
    """The estimate by labels of examples of this file; those of a stratified sample count by their weights.

    Where labels tell their stratum, the others are left out: they were picked to be looked at, not drawn.
    Where none is of a group, what is proved is taken for right, and of what was not flagged nothing is added:
    then the estimate is not `complete`, and a lower bound. Raises SourceError for labels of another file.
    """
    counting = those_that_count(labels)
    drawn = any(label.stratum is not None for label in counting)
    labelled = _labelled(frame, counting, file)
    sizes = one(frame.filter(REJECTED), **{name: GROUP.eq(name).sum() for name in ASSUMED})
    rejected = sum(sizes.values())
    strata = {name: _strata(labelled.filter(pl.col("group") == name), size) for name, size in sizes.items()}
    known = {name: weighted_share(parts) for name, parts in strata.items() if parts}
    groups = {name: _group(sizes[name], strata[name], known.get(name)) for name in sizes}
    nothing = Estimate(
        by="labels",
        file=file,
        right=UNKNOWN_SHARE,
        count=None,
        reason=None,
        clipped=False,
        complete="unflagged" in known or not sizes["unflagged"],
        operating_point=None,
        sensitivity=None,
        specificity=None,
        measured_behind=None,
        behind=None,
        labels=LabelledGroups(len(labelled), drawn, **groups),
    )
    if not rejected or (sizes["likely"] and "likely" not in known):
        return replace(nothing, reason="no_labels_of_flagged", complete=True)
    shares, intervals = zip(*(known.get(name, ASSUMED[name]) for name in sizes), strict=True)
    true, interval = combined(list(sizes.values()), shares, intervals)
    return _of_rejected(nothing, true, interval, rejected)


def _group(size: int, strata: Sequence[Part], known: tuple[float, Interval] | None) -> LabelledGroup:
    return LabelledGroup(
        size=size,
        labelled=sum(labelled for _, _, labelled in strata),
        right=sum(right for _, right, _ in strata),
        found=Share(*known) if known else UNKNOWN_SHARE,
    )


def those_that_count(labels: Sequence[HandLabel]) -> Sequence[HandLabel]:
    """Those that were drawn, where any was: the others were picked to be looked at."""
    return [label for label in labels if label.stratum is not None] or labels


def with_labels(places: pl.LazyFrame, labels: Sequence[HandLabel]) -> pl.DataFrame:
    """Those of the examples, given by `row` and `rollout`, that have a label: `right`, `stratum`, `size`."""
    types = {name: places.collect_schema()[name] for name in ("row", "rollout")}
    told = pl.LazyFrame(
        [(each.row, each.rollout, each.right, each.stratum, each.stratum_size) for each in labels],
        schema={**types, "right": pl.Boolean, "stratum": pl.String, "size": pl.Int64},
        orient="row",
    )
    return collect(places.join(told, on=["row", "rollout"]))


def _labelled(frame: pl.LazyFrame, labels: Sequence[HandLabel], file: str) -> pl.DataFrame:
    """The rejected examples that have a label, each with its group."""
    places = frame.select(row="tinyv_row", rollout="tinyv_rollout", rejected=REJECTED, group=GROUP)
    found = with_labels(places, labels)
    if found.is_empty():
        raise SourceError(
            f"{file}: none of its {len(labels):,} labels is of this file; give its own --labels"
        )
    return found.filter("rejected")


def _strata(labelled: pl.DataFrame, size: int) -> list[Part]:
    """The strata of a group of so many examples; one without labels is taken to be like the others."""
    strata = labelled.group_by("stratum", maintain_order=True).agg(
        pl.col("size").first().fill_null(size), right=pl.col("right").sum(), labelled=pl.len()
    )
    return list(strata.select("size", "right", "labelled").iter_rows())
