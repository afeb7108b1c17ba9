"""The figures of an audited file as a page: the parts of the report, and the examples to search and sort."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
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
from tinyv_cli.report.categories import Categories
from tinyv_cli.report.estimate import Estimate
from tinyv_cli.report.examples import Example, example
from tinyv_cli.report.groups import MAX_GROUPS, Groups
from tinyv_cli.report.lines import (
    called,
    commonest,
    costs,
    doubts,
    how_sure,
    judged,
    points,
    proved_and_likely,
    where_lost,
)
from tinyv_cli.report.listing import WORST, ListedExample
from tinyv_cli.report.records import Reasons, Summary
from tinyv_cli.words import NONE, Only

PACKAGE = "tinyv_cli.report"

FIRST_REASONS = 3  # that stand at the beginning
LIST_BYTES = 2_400_000  # of the listed examples; the rest of a page needs less than 600,000
MAX_COLUMNS = 5  # by which groups are shown
NAME_CHARS, TEXT_CHARS, MAX_NAMES = 80, 600, 10
FIELDS = ("question", "gold", "response", "label", "by")
IDENTITY = ("file", "sha256", "prompt", "prompt_sha256")

FOUND, ACCEPTED, UNDECIDED, OTHER = 0, 2, 4, 5  # numbers of colours
NOTE = (
    "Right after all is an answer that the rule did not accept and that is the right one all the same: "
    "proved by named steps, each of which can be followed by hand, or likely by a small model, whose p is at "
    "least the threshold. What could not be decided counts as wrong in the score and is counted apart "
    "everywhere else. "
    "Intervals are 95%: of scores clustered by question, of other shares Wilson's. "
    f"{sheets.FEW} marks groups of which fewer than 20 were not accepted: their share says little."
)
NOT_KNOWN = "nobody has labelled any by hand, and how often the model errs on these was not measured"
ONLY = {
    Only.FALSE_NEGATIVES: "what was found right though the rule did not accept it",
    Only.REJECTED: "what the rule rejected",
    Only.CORRECT: "what is right in the end",
    Only.INCORRECT: "what is wrong in the end",
    Only.UNDECIDED: "what could not be decided",
}
# Causes that are no kind: nothing differs.
UNSEEN = "the rule did not see the answer"
SAME_TEXT = "answers that are the right one to the letter"


def write_report(path: Path, summary: Summary, *, title: str | None = None, overwrite: bool) -> None:
    """Write the page where `--html` says. Raises SinkError, also where a file would be replaced unasked."""
    write_page(path, report_page(summary, title=title), overwrite=overwrite)


def report_page(summary: Summary, *, title: str | None = None) -> str:
    """The page of these figures, with examples listed."""
    column = sheets.shown_column(summary.by[0]) if summary.by else None
    rows = list(_rows(summary.listing, column))
    examples, markup = [one for one, _ in rows], [row for _, row in rows]
    return sheet_page(
        title or _title(summary),
        _parts(summary),
        about=" → ".join(_scores(summary)),
        lede=_lede(summary),
        facts=list(_facts(summary)),
        headlines=list(_headlines(summary)),
        made=list(_made(summary)),
        note=NOTE,
        package=PACKAGE,
        template="report.html",
        fates=_fates(summary),
        cause=_cause(summary.categories),
        said=list(where_lost(summary)),
        first=examples[:WORST],
        lost=summary.false_negatives.count,
        rows=markup,
        column=column,
        filters=_filters(examples, column),
        script=script(PACKAGE, "report.js"),
    )


def _parts(summary: Summary) -> Iterator[Part]:
    """The report, but for what stands at the beginning of the page and for its examples at the end."""
    numeric = [by for by in summary.by[:MAX_COLUMNS] if by.numeric]
    for by in numeric:
        yield from _split(by)
    yield sheets.fates(summary.not_accepted)
    if sure := [*how_sure(summary), *_not_known(summary)]:
        yield Lines(sure)
    yield from sheets.kinds(summary.categories)
    for by in summary.by[:MAX_COLUMNS]:
        if by not in numeric:
            yield from _split(by)
    if lost := list(costs(summary.questions, summary.noise)):
        yield Lines(lost, heading="What it costs a training")
    yield from sheets.pass_rates(summary.questions)
    yield from sheets.none_accepted(summary.noise)
    yield from sheets.p_histogram(summary)
    if doubted := list(doubts(summary)):
        yield Lines(doubted, heading="What is in doubt")
    yield from sheets.suspect_accepts(summary.suspect_accepts)
    yield from sheets.suspects(summary.suspect_golds)
    yield from sheets.compared_rules(summary.rules)


def _split(by: Groups) -> Iterator[Part]:
    yield sheets.groups(by, most=MAX_GROUPS)
    yield from sheets.group_costs(by)


def _title(summary: Summary) -> str:
    """Whose responses to what, as far as that is known; else the name of the file."""
    about = summary.about
    known = [visible(each, NAME_CHARS) for each in (about.model, about.task) if each]
    return " on ".join(known) or visible(Path(summary.file).name.split(".")[0], NAME_CHARS)


def _lede(summary: Summary) -> str:
    """The findings in a sentence, and what the first shares are of."""
    of_all = many(summary.read.examples, "response")
    said = f"{count(summary.false_negatives.count)} of {of_all} were right and not accepted."
    if summary.read.examples:
        said += f" Scores and shares up here are of all {of_all}."
    kept = "" if summary.only is None else f" Of all responses the file holds only {_only(summary.only)}."
    return said + kept


def _only(name: str) -> str:
    return ONLY[Only(name)] if name in [*Only] else visible(name, NAME_CHARS)


def _facts(summary: Summary) -> Iterator[tuple[str, str]]:
    """What a reader has to know who was not there."""
    about, read, questions = summary.about, summary.read, summary.score.questions
    yield "Task", visible(about.task, NAME_CHARS) if about.task else _sources(summary)
    if about.model:
        yield "Responses of", visible(about.model, NAME_CHARS)
    if about.date:
        yield "Date", _day(about.date)
    yield "Judged by", called(summary.rule_name)
    looked = " and ".join(["proofs", *_models(summary)])
    again = count(summary.false_negatives.not_accepted)
    yield (
        "What was run",
        f"of {many(read.examples, 'response')} to {many(questions, 'question')} the {again} that were not "
        f"accepted were compared once more, by {looked}",
    )


def _sources(summary: Summary) -> str:
    names = [_without_folders(str(source["name"])) for source in summary.provenance.get("sources") or []]
    return visible(_names(names) or summary.file, TEXT_CHARS)


def _without_folders(name: str) -> str:
    """Of a file its name alone: where it lies tells others nothing. The hub's and URLs stay whole."""
    return name if ":" in name else Path(name).name


def _day(date: str) -> str:
    """`30 November 2026`; what is no date stays as it is."""
    try:
        day = datetime.fromisoformat(date)
    except ValueError:
        return visible(date, NAME_CHARS)
    return f"{day.day} {day:%B %Y}"


def _scores(summary: Summary) -> list[str]:
    """The score by the rule, and after recovery."""
    scored = summary.score.scored
    return [percent(share.value) for share in (scored.before, scored.after) if share.value is not None]


def _headlines(summary: Summary) -> Iterator[Headline]:
    """What was asked for, all of it of all responses."""
    found, estimate, scored = summary.false_negatives, summary.estimate, summary.score.scored
    if scored.before.value is None:
        return
    yield Headline(
        " → ".join(_scores(summary)),
        "score before and after: as it was judged, and with the right answers that were missed",
        _interval(scored.after, "the score after:"),
    )
    by_whom = " and ".join(["proofs", *_models(summary)])
    gained, *between = points(scored.gain).split(" (")
    yield Headline(
        gained,
        f"by {many(found.count, 'right answer')} that had been missed, as far as {by_whom} tell",
        f"95% {between[0].rstrip(')')}" if between else "",
    )
    if estimate is not None and scored.corrected is not None:
        said = f"is the score really, estimated from {_source(estimate)}"
        yield Headline(percent(scored.corrected.value), said, _interval(scored.corrected))


def _interval(share: Share, of: str = "") -> str:
    return f"{of} 95% {percents(share.interval)}".lstrip() if share.interval else ""


def _source(estimate: Estimate) -> str:
    return "labels by hand" if estimate.by == "labels" else "how often the model erred elsewhere"


def _cause(found: Categories) -> str | None:
    """Why most are lost: of their kinds the commonest, or that nothing differs."""
    leaves = {kind(leaf.leaf): (leaf.proved, leaf.likely) for leaf in commonest(found)}
    alike = {UNSEEN: (found.unseen, 0), SAME_TEXT: (found.same_text - found.unseen, 0)}
    causes = leaves | alike
    cause = max(causes, key=lambda name: sum(causes[name]))
    proved, likely = causes[cause]
    if not proved + likely:
        return None
    how = "" if cause in alike else f" ({proved:,} proved, {likely:,} likely)"
    return f"{cause}, {proved + likely:,} of the {found.named + found.without:,} missed{how}"


def _not_known(summary: Summary) -> Iterator[tuple[str, str]]:
    if summary.estimate is None and summary.false_negatives.rejected:
        yield "really right", f"not known: {NOT_KNOWN}"


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
            fate("right after all", FOUND, found.count, how),
            fate("wrong", OTHER, sum(end.incorrect for end in ends)),
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
    made = summary.provenance
    versions = made.get("versions") or {}
    yield from judged(summary)
    for name, value in {
        "from": _names(source["name"] for source in made.get("sources") or []),
        "file": summary.file,
        "fields": _pairs(made.get("mapping") or {}, FIELDS, sign=" = "),
        "rule, exactly": _named(made.get("rule") or {}),
        "proofs": (made.get("proofs") or {}).get("version"),
        "model, exactly": _named(made.get("model") or {}),
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
    name = called(stage["name"]) if "name" in stage else ""
    return f"{name} ({exactly})" if exactly else name
