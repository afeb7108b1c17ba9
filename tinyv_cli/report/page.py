"""The figures of an audited file as a page: the parts of the report, and the examples to search and sort."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from tinyv_cli.console import visible
from tinyv_cli.documents.metadata import models_in
from tinyv_cli.figures.page import Headline, rendered, script, sheet_page, write_page
from tinyv_cli.figures.records import Share, share_of
from tinyv_cli.figures.series import part_swatch
from tinyv_cli.figures.sheets import Lines, Part
from tinyv_cli.figures.spelling import count, kind, listed, many, percent, percents
from tinyv_cli.report import sheets
from tinyv_cli.report.estimate import Estimate
from tinyv_cli.report.examples import Example, example
from tinyv_cli.report.groups import MAX_GROUPS
from tinyv_cli.report.lines import (
    at_least,
    commonest,
    costs,
    found,
    judged,
    left_open,
    not_known,
    of_found,
    points,
    proved_and_likely,
    recorded_field,
)
from tinyv_cli.report.listing import ListedExample
from tinyv_cli.report.records import Reasons, Summary
from tinyv_cli.words import NONE

PACKAGE = "tinyv_cli.report"

FIRST, FIRST_REASONS = 10, 3  # what stands at the beginning
LIST_BYTES = 2_400_000  # of the listed examples; the rest of a page needs less than 600,000
MAX_COLUMNS = 5  # by which groups are shown
NAME_CHARS, TEXT_CHARS, MAX_NAMES = 80, 600, 10
FIELDS = ("question", "gold", "response", "label", "by")
IDENTITY = ("file", "sha256", "prompt", "prompt_sha256")

FOUND, ACCEPTED, UNDECIDED, OTHER = 0, 2, 4, 5  # numbers of colours
NOTE = (
    "A false negative is an answer that the rule did not accept and that was found right: proved by named "
    "steps, or likely by the model, whose p is at least the threshold. What could not be decided is counted "
    "apart and never as wrong. Intervals are 95%: Wilson's for shares. "
    f"{sheets.FEW} marks groups of which fewer than 20 were rejected: their share says little."
)


def write_report(path: Path, summary: Summary, *, overwrite: bool) -> None:
    """Write the page where `--html` says. Raises SinkError, also where a file would be replaced unasked."""
    write_page(path, report_page(summary), overwrite=overwrite)


def report_page(summary: Summary) -> str:
    """The page of these figures, with examples listed."""
    column = visible(summary.by[0].column, NAME_CHARS) if summary.by else None
    rows = list(_rows(summary.listing, column))
    examples, markup = [one for one, _ in rows], [row for _, row in rows]
    causes = commonest(summary.categories)
    return sheet_page(
        f"Correct answers that {visible(summary.rule_name, NAME_CHARS)} rejected",
        _parts(summary),
        command="tinyv report",
        about=summary.file,
        lede=_lede(summary),
        headlines=list(_headlines(summary)),
        made=list(_made(summary)),
        note=NOTE,
        package=PACKAGE,
        template="report.html",
        fates=_fates(summary),
        cause=kind(causes[0].leaf) if causes else None,
        said=[*of_found(summary), *not_known(summary)],
        first=examples[:FIRST],
        false_negatives=summary.false_negatives.count,
        rows=markup,
        column=column,
        filters=_filters(examples, column),
        script=script(PACKAGE, "report.js"),
    )


def _parts(summary: Summary) -> Iterator[Part]:
    """The report, but for what stands at the beginning of the page and for its examples at the end."""
    yield Lines([*judged(summary), *found(summary), *left_open(summary)], heading="What was judged")
    yield from sheets.compared_rules(summary.rules)
    yield sheets.fates(summary.not_accepted)
    yield from sheets.leaves(summary.categories)
    for by in summary.by[:MAX_COLUMNS]:
        yield sheets.groups(by, most=MAX_GROUPS)
        yield from sheets.group_costs(by)
    if lost := list(costs(summary.questions)):
        yield Lines(lost, heading="What it costs RL")
    yield from sheets.pass_rates(summary.questions)
    yield from sheets.p_histogram(summary)
    yield from sheets.suspect_accepts(summary.suspect_accepts)
    yield from sheets.suspects(summary.suspect_golds)


def _lede(summary: Summary) -> str:
    read = summary.read
    said = f"{summary.file}: {many(read.examples, 'answer')} to {many(read.rows, 'row')}."
    if summary.only is None:
        return said
    return f"{said} The file holds only those that --only {summary.only} keeps; all figures are of these."


def _headlines(summary: Summary) -> Iterator[Headline]:
    found, estimate = summary.false_negatives, summary.estimate
    yield from _score(summary)
    by_whom = " and ".join(["proofs", *_models(summary)])
    yield _headline(
        percent(found.found.value),
        f"of the {count(found.rejected)} rejected answers are right, as far as {by_whom} tell",
        found.found,
    )
    if estimate is not None and estimate.reason is None:
        yield _headline(at_least(estimate), f"are right, estimated from {_source(estimate)}", estimate.right)


def _score(summary: Summary) -> Iterator[Headline]:
    scored = summary.score.scored
    if scored.before.value is not None:
        name = visible(recorded_field(summary) or summary.rule_name, NAME_CHARS)
        said = f"score after recovery, {percent(scored.before.value)} by {name}, {points(scored.gain)}"
        yield _headline(percent(scored.after.value), said, scored.after)


def _headline(figure: str, said: str, share: Share) -> Headline:
    return Headline(figure, said, f"95% interval {percents(share.interval)}" if share.interval else "")


def _source(estimate: Estimate) -> str:
    return "labels by hand" if estimate.by == "labels" else "how often the model erred elsewhere"


def _models(summary: Summary) -> list[str]:
    """Who found what is not proved."""
    if summary.model_name in (None, NONE):
        return []
    several = summary.models or summary.cascade
    names = [summary.model_name] if several is None else [each.name for each in several.each]
    return [visible(name, NAME_CHARS) for name in names]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of some of all answers: a part of the bar at the beginning."""

    name: str
    colour: int
    count: int
    share: Share
    how: str = ""

    @property
    def swatch(self) -> Markup:
        """What stands for it in the legend."""
        return part_swatch(self.colour)


@dataclass(frozen=True, slots=True)
class AllFates:
    """What became of all answers, as one bar and in words."""

    parts: Sequence[Fate]

    @property
    def chart(self) -> Markup:
        """The bar."""
        from tinyv_cli.figures.charts import stacked_chart

        told = ", ".join(f"{part.name} {count(part.count)}" for part in self.parts)
        drawn = [(part.colour, part.count) for part in self.parts]
        return stacked_chart(drawn, key="fates", title=f"Where the answers go: {told}")


def _fates(summary: Summary) -> AllFates:
    found, ends = summary.false_negatives, (summary.not_accepted.reject, summary.not_accepted.undecided)
    how = proved_and_likely(found) if found.count else ""
    why = _commonest_reasons(summary.undecided.reasons)

    def fate(name: str, colour: int, number: int, how: str = "") -> Fate:
        return Fate(name, colour, number, share_of(number, summary.read.examples), how)

    return AllFates(
        [
            fate("accepted by the rule", ACCEPTED, summary.rule.accept),
            fate("recovered", FOUND, found.count, how),
            fate("rejected in the end", OTHER, sum(end.incorrect for end in ends)),
            fate("undecided", UNDECIDED, sum(end.undecided for end in ends), why),
        ]
    )


def _commonest_reasons(reasons: Reasons) -> str:
    first = dict(list(reasons.items())[:FIRST_REASONS])
    return visible(listed(first).removeprefix(": "), TEXT_CHARS)


def _rows(listing: Iterable[ListedExample], column: str | None) -> Iterator[tuple[Example, Markup]]:
    """The examples for which there is room: how much of it one takes is known only once it is markup."""
    left = LIST_BYTES
    for one in map(example, listing):
        row = Markup(rendered(PACKAGE, "example.html", one=one, column=column))
        left -= len(row.encode())
        if left < 0:
            return
        yield one, row


@dataclass(frozen=True, slots=True)
class Filter:
    """By what the examples can be filtered: its name in the table, what it is called, its values."""

    name: str
    label: str
    choices: Sequence[str]


def _filters(examples: Sequence[Example], column: str | None) -> list[Filter]:
    found = [Filter("kind", "kind", sorted({one.kind for one in examples}))]
    if column is not None:
        found.append(Filter("group", column, sorted({one.group for one in examples})))
    return [each for each in found if len(each.choices) > 1]


def _made(summary: Summary) -> Iterator[tuple[str, str]]:
    """How the audited file came about, as far as it says."""
    made, read = summary.provenance, summary.read
    versions = made.get("versions") or {}
    yield "read", f"{many(read.rows, 'row')}, {many(read.examples, 'answer')}"
    for name, value in {
        "from": _names(source["name"] for source in made.get("sources") or []),
        "fields": _pairs(made.get("mapping") or {}, FIELDS, sign=" = "),
        "selected by": _pairs(summary.selection, summary.selection),
        "rule": _named(made.get("rule") or {}),
        "proofs": (made.get("proofs") or {}).get("version"),
        "model": _named(made.get("model") or {}),
        **{f"model {number}": _named(model) for number, model in enumerate(models_in(made)[1:], 2)},
        "threshold": summary.threshold,
        "with": _pairs(versions, versions),
    }.items():
        if value not in (None, ""):
            yield name, visible(str(value), TEXT_CHARS)


def _names(names: Iterable[str]) -> str:
    first = list(names)
    more = f" and {count(len(first) - MAX_NAMES)} more" if len(first) > MAX_NAMES else ""
    return ", ".join(first[:MAX_NAMES]) + more


def _pairs(values: Mapping[str, Any], names: Iterable[str], *, sign: str = " ") -> str:
    return ", ".join(f"{name}{sign}{values[name]}" for name in names if values.get(name) not in (None, ""))


def _named(stage: Mapping[str, Any]) -> str:
    """A rule or a model: its name and what tells exactly which it is."""
    exactly = _pairs(stage.get("versions") or stage, stage.get("versions") or IDENTITY)
    return f"{stage.get('name', '')} ({exactly})" if exactly else str(stage.get("name", ""))
