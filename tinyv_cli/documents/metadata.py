"""What the metadata of an audited file say of its models, in whichever version they were written."""

from collections.abc import Mapping
from typing import Any

Metadata = Mapping[str, Any]


def models_in(metadata: Metadata) -> list[dict[str, Any]]:
    """What is said of each model, in the order of their numbers; `none` is one too."""
    second = metadata.get("second_model")  # so version 0.1 wrote it, with `agree` inside
    return [metadata.get("model") or {}, *([second] if second else metadata.get("other_models") or [])]


def agree_in(metadata: Metadata) -> str | None:
    """Of two models, who had to find an answer correct; None where no two were asked about everything."""
    agree = (metadata.get("second_model") or metadata).get("agree")
    return agree and str(agree)


def sure_in(metadata: Metadata) -> float | None:
    """How sure a model of a cascade had to be to settle an answer; None where there was no cascade."""
    return metadata.get("sure")
