"""What the annotated file says of how it was made, so that every verdict can be explained later."""

import platform
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as MappingOf
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from tinyv_cli import __version__
from tinyv_cli.documents.columns import SCHEMA_VERSION
from tinyv_cli.proofs.policy import Policy
from tinyv_cli.proofs.stage import proofs_version
from tinyv_cli.records import FORM, SHOWN_EQUAL, Judged
from tinyv_cli.rules import rule_columns, rule_versions
from tinyv_cli.sources import Source
from tinyv_cli.sources.mapping import Mapping
from tinyv_cli.sources.selection import EVERYTHING, Selection
from tinyv_cli.verdicts import ADDON, Rewarding
from tinyv_cli.words import NONE, Only, Suspects


class Tally:
    """Counts while the run goes on, for the metadata; `mappings` are told as the sources are read."""

    def __init__(self, mappings: dict[str, Mapping] | None = None) -> None:
        self.counts: Counter[str] = Counter()
        self.mappings = {} if mappings is None else mappings
        self.exploded: dict[str, None] = {}

    def add(self, judged: list[Judged], exploded: Iterable[str]) -> int:
        """Count the examples of a window; returns how many of them are false negatives.

        `exploded` are the columns whose lists were spread over the examples.
        """
        self.exploded |= dict.fromkeys(exploded)
        found = sum(item.false_negative for item in judged)
        self.counts["examples"] += len(judged)
        self.counts["false_negatives"] += found
        self.counts["proved"] += sum(item.evidence in SHOWN_EQUAL for item in judged)
        self.counts["proofs_broken_off"] += sum(item.shown.reason not in (None, FORM) for item in judged)
        self.counts["model_asked"] += sum(item.asked for item in judged)
        self.counts["question_cut"] += sum(item.example.question_cut for item in judged)
        return found


def provenance(
    *,
    tally: Tally,
    sources: list[Source],
    rules: list[str],
    models: Sequence[dict[str, Any]],
    threshold: float,
    together: dict[str, Any] | None = None,
    policy: Policy | None = None,
    suspects: Suspects = Suspects.CORRECT,
    rewarding: Rewarding = ADDON,
    selection: Selection = EVERYTHING,
    only: Only | None = None,
    seconds: MappingOf[str, float] | None = None,
) -> dict[str, Any]:
    """The metadata of a run: when, versions, rules, proofs, models, prompts, threshold, fields, counts.

    `together` says how several models decide, `seconds` how long the run took, in `all` and each stage.
    """
    first, *others = models or [{"name": NONE}]
    return {
        "schema_version": SCHEMA_VERSION,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        **origin(
            tally.mappings,
            sources=sources,
            rule=rules[0],
            libraries=("llama-cpp-python",),
            selection=selection,
        ),
        "only": only,
        "other_rules": [
            {"name": name, "column": column, "versions": rule_versions(name)}
            for name, column in [*rule_columns(rules).items()][1:]
        ],
        "proofs": None if policy is None else {"version": proofs_version(), **policy.described()},
        "suspects": suspects,
        "model": first,
        **({"other_models": others} | (together or {}) if others else {}),
        "threshold": threshold,
        **rewarding.described(),
        "exploded": list(tally.exploded),
        "counts": dict(tally.counts),
        "seconds": dict(seconds or {}),
    }


def origin(
    mappings: dict[str, Mapping],
    *,
    sources: list[Source],
    rule: str,
    libraries: Sequence[str] = (),
    selection: Selection = EVERYTHING,
) -> dict[str, Any]:
    """What every file that tinyv writes says: versions, rule, fields, sources, and what of them was read."""
    return {
        "versions": {
            "tinyv": __version__,
            "python": platform.python_version(),
            **dict(_versions(libraries)),
        },
        "rule": {"name": rule, "versions": rule_versions(rule)},
        "mapping": asdict(next(iter(mappings.values()))) if mappings else None,
        "sources": [
            {
                "name": source.name,
                "size": source.size,
                "mapping": asdict(mappings[source.name]) if source.name in mappings else None,
            }
            for source in sources
        ],
        "selection": selection.described(),
    }


def _versions(libraries: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Of those that are installed: what runs models is an extra."""
    for library in libraries:
        with suppress(PackageNotFoundError):
            yield library, version(library)
