"""The calibration file: what makes a probability of a model's p, and how often the model is right.

It is fitted on labelled pairs by `tinyv eval --calibrate` and belongs to one model, asked in one way.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from tinyv_cli.errors import SourceError, UsageError
from tinyv_cli.records import ModelResult, Query
from tinyv_cli.running.disk import regular
from tinyv_cli.running.targets import write_text
from tinyv_cli.words import PROOFS

FORMAT, FORMAT_KEY = 1, "tinyv_calibration"
METHOD = "platt"
LARGEST_FILE = 1 << 22
# How near to 0 and 1 a p is taken at its word. Servers that reply in words give 0 and 1 themselves, and p
# kept in 32 bits is 1 from 1 - 3e-8 on: their logits would be infinite.
NEAREST = 1e-6
# Of what a model says of itself, what decides its p. A server has no sha256: it goes by its name.
DECIDES = ("sha256", "prompt_sha256", "think", "p_from")
HOW = "'tinyv eval --calibrate FILE' makes one"

Asking = Callable[[Sequence[Query]], list[ModelResult]]


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """What came out at a threshold for calibrated p, of the labelled pairs that the rule did not accept."""

    threshold: float
    tp: int
    fn: int
    fp: int
    tn: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt's map for one model, and its operating points.

    `model` is what the model says of itself (`Verifier.described()`). The map was fitted on pairs from
    `sources` that `rule` (with proofs, if it says so) left and the model was asked about: so many `correct`
    and `wrong` ones. `ece` is the expected calibration error before, `ece_calibrated` after, on pairs that
    were held out. The operating points rise by threshold. `file` is where it was read from.
    """

    model: Mapping[str, Any]
    rule: str
    slope: float
    intercept: float
    temperature: float | None
    ece: float
    ece_calibrated: float
    correct: int
    wrong: int
    sources: tuple[str, ...]
    operating_points: tuple[OperatingPoint, ...]
    tinyv: str
    date: str
    file: str | None = field(default=None, compare=False)

    def fits(self, model: Mapping[str, Any]) -> bool:
        """Whether it was fitted for this model, asked in this way."""
        decides = DECIDES if self.model["sha256"] else ("name", *DECIDES)
        return all(self.model.get(key) == model.get(key) for key in decides)

    def at(self, threshold: float) -> OperatingPoint:
        """The operating point that is nearest to the threshold."""
        return min(self.operating_points, key=lambda point: abs(point.threshold - threshold))

    def described(self, threshold: float, *, maps_p: bool = True) -> dict[str, Any]:
        """What an annotated file says of it, beside the model: whether it `maps_p`, or only tells of errors.

        The threshold is of p as it stands in the file.
        """
        at = self.at(threshold if maps_p else calibrated(self, threshold))
        kept = ("file", "slope", "intercept", "correct", "wrong", "rule", "sources", "tinyv", "date")
        return {
            "method": METHOD,
            "maps_p": maps_p,
            **{name: getattr(self, name) for name in kept},
            "operating_point": asdict(at),
        }


def calibrated(calibration: Calibration, p: float) -> float:
    """The probability that p stands for."""
    inside = min(max(p, NEAREST), 1 - NEAREST)
    logit = math.log(inside / (1 - inside))
    return (1 + math.tanh((calibration.slope * logit + calibration.intercept) / 2)) / 2


def calibrating(ask: Asking, calibration: Calibration | None) -> Asking:
    """Ask, and map what is said; without a calibration it stays as it is."""
    if calibration is None:
        return ask

    def answer(queries: Sequence[Query]) -> list[ModelResult]:
        said = ask(queries)
        return [
            result if result.p is None else replace(result, p=calibrated(calibration, result.p))
            for result in said
        ]

    return answer


def assigned(
    calibrations: Sequence[Calibration], models: Sequence[Mapping[str, Any]]
) -> list[Calibration | None]:
    """For each model, described as it does itself, its calibration or None.

    Raises UsageError for a calibration that fits none of them, and for two that fit the same.
    """
    for calibration in calibrations:
        if not any(map(calibration.fits, models)):
            raise UsageError(
                f"{calibration.file}: is the calibration of {_named(calibration.model)}, and this run asks "
                f"{' and '.join(map(_named, models)) or 'no model'}; leave --calibration out, or fit one for "
                "this model: 'tinyv eval --calibrate FILE'"
            )
    return [_only([each for each in calibrations if each.fits(model)]) for model in models]


def check_sure(models: Sequence[Mapping[str, Any]], calibrations: Sequence[Calibration | None]) -> None:
    """Raise UsageError for a model that must be sure, and of whose p nobody knows what it means."""
    for model, calibration in zip(models, calibrations, strict=False):
        if calibration is None:
            raise UsageError(
                f"{model['name']}: has no calibration, so in a cascade it can be sure of nothing; give one "
                f"with --calibration FILE ({HOW}), or name it last"
            )


def before_models(rule: str, *, proofs: bool) -> str:
    """What is asked before a model is; it decides which share of what comes to the model is correct."""
    return f"{rule} + {PROOFS}" if proofs else rule


def remarks(calibrations: Sequence[Calibration], *, rule: str) -> list[str]:
    """What the user should know of calibrations that can be used, but were made for something else."""
    return [
        f"{calibration.file}: was fitted on what {calibration.rule} left; of what {rule} leaves another "
        "share may be correct, and p be too high or too low"
        for calibration in calibrations
        if calibration.rule != rule
    ]


def _named(model: Mapping[str, Any]) -> str:
    shown = {"sha256": "sha256", "prompt_sha256": "prompt", "think": "think", "p_from": "p from"}
    parts = (f"{shown[key]} {str(model[key])[:8]}" for key in DECIDES if model.get(key))
    return f"{model['name']} ({', '.join(parts)})"


def _only(fitting: list[Calibration]) -> Calibration | None:
    if len(fitting) > 1:
        raise UsageError(
            f"{fitting[0].file} and {fitting[1].file}: both are calibrations of {fitting[0].model['name']}; "
            "give one of them"
        )
    return fitting[0] if fitting else None


def write_calibration(path: Path, calibration: Calibration, *, overwrite: bool = False) -> None:
    """Write the file, which appears when it is whole. Raises SinkError where it cannot or must not be."""
    content = {FORMAT_KEY: FORMAT, "method": METHOD, **asdict(calibration)}
    del content["file"]
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    write_text(path, text, option="--calibrate", overwrite=overwrite)


def read_calibration(path: Path, *, called: str | None = None) -> Calibration:
    """The calibration in a file, which may be `called` by another name than that of the file.

    Raises SourceError, which names the file and what is wrong in it.
    """
    content = _content(path)
    for name, (is_fit, wanted) in FIELDS.items():
        if not is_fit(content.get(name)):
            found = json.dumps(content[name], ensure_ascii=False)[:80] if name in content else "missing"
            raise SourceError(f"{path}: '{name}' must be {wanted}, and is {found}; {HOW}")
    known = {each.name: content[each.name] for each in fields(Calibration) if each.name in FIELDS}
    points = tuple(OperatingPoint(**point) for point in content["operating_points"])
    return Calibration(
        **known
        | {"sources": tuple(content["sources"]), "operating_points": points, "file": called or str(path)}
    )


def _content(path: Path) -> dict[str, Any]:
    try:
        with regular(path).open("rb") as file:
            content = json.loads(file.read(LARGEST_FILE).decode("utf-8"))
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}); correct --calibration") from error
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{path}: is no calibration file (not JSON); {HOW}") from error
    if not isinstance(content, dict) or FORMAT_KEY not in content:
        raise SourceError(f"{path}: is no calibration file (no '{FORMAT_KEY}'); {HOW}")
    if (content[FORMAT_KEY], content.get("method")) != (FORMAT, METHOD):
        raise SourceError(
            f"{path}: is a calibration of format {content[FORMAT_KEY]}, method {content.get('method')}; "
            f"this tinyv reads format {FORMAT}, method {METHOD}; {HOW}"
        )
    return content


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, float | int) and not isinstance(value, bool) and math.isfinite(value)


def _is_positive(value: Any) -> bool:
    return _is_number(value) and value > 0


def _is_share(value: Any) -> bool:
    return _is_number(value) and 0 <= value <= 1


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_model(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and _is_text(value.get("name"))
        and _is_text(value.get("prompt_sha256"))
        and (value.get("sha256") is None or _is_text(value["sha256"]))
    )


def _are_points(value: Any) -> bool:
    if not isinstance(value, list) or not value or not all(map(_is_point, value)):
        return False
    thresholds = [point["threshold"] for point in value]
    sizes = {(each["tp"] + each["fn"], each["fp"] + each["tn"], each["undecided"]) for each in value}
    return thresholds == sorted(set(thresholds)) and len(sizes) == 1


def _is_point(value: Any) -> bool:
    names = {each.name for each in fields(OperatingPoint)}
    return (
        isinstance(value, dict)
        and set(value) == names
        and _is_share(value["threshold"])
        and all(_is_count(value[name]) for name in names - {"threshold"})
    )


FIELDS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "model": (_is_model, "a model with name, sha256 and prompt_sha256"),
    "rule": (_is_text, "a text"),
    "slope": (_is_positive, "a number above 0"),
    "intercept": (_is_number, "a number"),
    "temperature": (lambda value: value is None or _is_positive(value), "null or a number above 0"),
    "ece": (_is_share, "a number from 0 to 1"),
    "ece_calibrated": (_is_share, "a number from 0 to 1"),
    "correct": (_is_count, "a count"),
    "wrong": (_is_count, "a count"),
    "sources": (lambda value: isinstance(value, list) and all(map(_is_text, value)), "a list of texts"),
    "operating_points": (_are_points, "counts of the same pairs by rising threshold"),
    "tinyv": (_is_text, "a text"),
    "date": (_is_text, "a text"),
}
