"""The figures of an audited file as a page."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from markupsafe import Markup

from tinyv_cli.console import visible
from tinyv_cli.figures.charts import Bars, bar_swatch, bars_chart, counts_chart, part_swatch, stacked_chart
from tinyv_cli.figures.page import Chart, Entry, rendered, script, write_page
from tinyv_cli.figures.queries import Figures, share_of
from tinyv_cli.figures.spelling import count, kind, listed, many
from tinyv_cli.report.examples import Example, example
from tinyv_cli.report.tables import NOT_KNOWN, PROBLEMS, estimated, known_by, rates
from tinyv_cli.words import NONE

PACKAGE = "tinyv_cli.report"

FIRST, FIRST_CAUSES, FIRST_REASONS = 10, 3, 3  # what stands at the beginning
LIST_BYTES = 2_400_000  # of the listed examples; the rest of a page needs less than 600,000
MAX_DRAWN, MAX_LISTED = 12, 60  # kinds and groups
MAX_COLUMNS = 5  # by which groups are shown
NAME_CHARS, TEXT_CHARS, MAX_NAMES = 80, 600, 10
FIELDS = ("question", "gold", "response", "label", "by")
IDENTITY = ("file", "sha256", "prompt", "prompt_sha256")

FOUND, ACCEPTED, UNDECIDED, OTHER = 0, 2, 4, 5  # numbers of colours


def write_report(path: Path, figures: Figures, *, overwrite: bool) -> None:
    """Write the page where `--html` says. Raises SinkError, also where a file would be replaced unasked."""
    write_page(path, report_page(figures), overwrite=overwrite)


def report_page(figures: Figures) -> str:
    """The page of these figures, which are as `tinyv report --json` has them, with examples listed."""
    column = visible(figures["by"][0]["column"], NAME_CHARS) if figures["by"] else None
    rows = list(_rows(figures["listing"], column))
    examples, markup = [one for one, _ in rows], [row for _, row in rows]
    context = {
        **figures,
        "rule_name": visible(figures["rule_name"], NAME_CHARS),
        "model_name": _model(figures),
        "really": _really(figures),
        "fates": _fates(figures),
        "causes": _commonest(figures["categories"]["leaves"])[:FIRST_CAUSES],
        "first": examples[:FIRST],
        "kinds": _kinds(figures["categories"]) if figures["categories"]["with"] else None,
        "groups": [_groups(by, f"by-{n}") for n, by in enumerate(figures["by"][:MAX_COLUMNS])],
        "spread": _spread(figures) if figures["p_histogram"] else None,
        "passing": _passing(figures["questions"]) if figures["questions"] else None,
        "rows": markup,
        "column": column,
        "filters": _filters(examples, column),
        "problems": PROBLEMS,
        "made": dict(_made(figures)),
        "script": script(PACKAGE, "report.js"),
    }
    return rendered(PACKAGE, "report.html", **context)


def _rows(listing: Iterable[Figures], column: str | None) -> Iterator[tuple[Example, Markup]]:
    """The examples for which there is room: how much of it one takes is known only once it is markup."""
    left = LIST_BYTES
    for one in map(example, listing):
        row = Markup(rendered(PACKAGE, "example.html", one=one, column=column))
        left -= len(row.encode())
        if left < 0:
            return
        yield one, row


def _model(figures: Figures) -> str | None:
    """Who found what is not proved."""
    if figures["model_name"] in (None, NONE):
        return None
    models = figures["models"]
    names = [figures["model_name"]] if models is None else [each["name"] for each in models["each"]]
    return " and ".join(visible(name, NAME_CHARS) for name in names)


def _really(figures: Figures) -> str | None:
    """How it is known how many of the rejected are really right, or what would tell; None without any."""
    estimate = figures["estimate"]
    if estimate is None:
        return NOT_KNOWN if figures["false_negatives"]["rejected"] else None
    return estimated(estimate) if estimate["share"] is None else known_by(estimate)


def _fates(figures: Figures) -> Figures:
    """What became of all answers, as one bar and in words."""
    found, ends = figures["false_negatives"], figures["not_accepted"].values()
    how = f"{count(found['proved'])} proved, {count(found['likely'])} likely" if found["count"] else ""
    parts = [
        ("accepted by the rule", ACCEPTED, figures["rule"]["accept"], ""),
        ("recovered", FOUND, found["count"], how),
        ("rejected in the end", OTHER, sum(end["incorrect"] for end in ends), ""),
        ("undecided", UNDECIDED, sum(end["undecided"] for end in ends), _reasons(figures["undecided"])),
    ]
    title = "Where the answers go: " + ", ".join(f"{name} {count(number)}" for name, _, number, _ in parts)
    drawn = [(colour, number) for _, colour, number, _ in parts]
    return {
        "chart": stacked_chart(drawn, key="fates", title=title),
        "parts": [
            {"name": name, "swatch": part_swatch(colour), "count": number, "how": how}
            | share_of(number, figures["read"]["examples"])
            for name, colour, number, how in parts
        ],
    }


def _reasons(undecided: Figures) -> str:
    """Why, the commonest reasons first."""
    first = dict(list(undecided["reasons"].items())[:FIRST_REASONS])
    return visible(listed(first).removeprefix(": "), TEXT_CHARS)


def _commonest(leaves: Iterable[Figures]) -> list[Figures]:
    found = (leaf | {"name": kind(leaf["leaf"])} for leaf in leaves if leaf["count"])
    return sorted(found, key=lambda leaf: (-leaf["count"], leaf["leaf"]))


def _kinds(categories: Figures) -> Figures:
    """The categories and the leaves of the taxonomy beside the paper's shares."""
    leaves = _commonest(categories["leaves"])
    named = [each | {"name": f"{each['category']} {each['name']}"} for each in categories["categories"]]
    without = f"; {count(categories['without'])} more have none" if categories["without"] else ""
    return {
        "caption": f"Of the {count(categories['with'])} that have a kind{without}.",
        "legend": [Entry(bar_swatch(FOUND), "here"), Entry(bar_swatch(OTHER), "in the paper, on Big-Math")],
        "charts": [
            _beside_paper(named, "Categories", key="categories"),
            _beside_paper(leaves[:MAX_DRAWN], "The commonest kinds", key="leaves"),
        ],
        "rows": leaves[:MAX_LISTED],
    }


def _beside_paper(shares: list[Figures], title: str, *, key: str) -> Chart:
    here = [{"value": each["share"], "interval": each["interval"]} for each in shares]
    paper = [{"value": each["paper"], "interval": None} for each in shares]
    names = [each["name"] for each in shares]
    chart = bars_chart(names, [Bars(FOUND, here), Bars(OTHER, paper)], key=key, title=title)
    return Chart(title, chart, "The share of each, with its 95% interval as a line.")


def _groups(by: Figures, key: str) -> Figures:
    """The values of a column: which part of the data loses how much, and what that costs."""
    groups = [group | {"value": visible(group["value"], NAME_CHARS)} for group in by["groups"]]
    column, drawn = visible(by["column"], NAME_CHARS), groups[:MAX_DRAWN]
    title = "Right, of what the rule rejected"
    shares = [{"value": group["share"], "interval": group["interval"]} for group in drawn]
    bars = bars_chart([group["value"] for group in drawn], [Bars(FOUND, shares)], key=key, title=title)
    return {
        "id": key,
        "column": column,
        "chart": Chart(
            title,
            bars,
            f"The share found, with its 95% interval as a line.{_cut(by['count'], MAX_DRAWN, 'drawn')}",
        ),
        "caption": f"The largest first.{_cut(by['count'], MAX_LISTED, 'listed')}",
        "rows": groups[:MAX_LISTED],
        "costs": [group for group in groups[:MAX_LISTED] if group["questions"]],
    }


def _cut(groups: int, most: int, done: str) -> str:
    return f" The first {most} of {count(groups)} are {done}." if groups > most else ""


def _spread(figures: Figures) -> Chart:
    title, bins, threshold = "How p is spread", figures["p_histogram"], figures["threshold"]
    scored = sum(each["count"] for each in bins)
    return Chart(
        title,
        counts_chart(bins, threshold=threshold, number=FOUND, key="spread", title=title),
        f"The p of the {many(scored, 'answer')} that the model judged. What lies right of the threshold "
        "counts as correct; the more there is in the middle, the more depends on where it lies.",
    )


def _passing(questions: Figures) -> Figures:
    """The pass rates of the questions before and after."""
    title, parts = "Questions by their pass rate", questions["pass_rates"]
    of = f"{many(questions['count'], 'question')} with {many(questions['rollouts'], 'rollout')}"
    shares = [
        Bars(colour, [{"value": part[when] / questions["count"], "interval": None} for part in parts])
        for colour, when in ((OTHER, "before"), (FOUND, "after"))
    ]
    return {
        "legend": [Entry(bar_swatch(OTHER), "by the rule"), Entry(bar_swatch(FOUND), "after recovery")],
        "chart": Chart(
            title,
            bars_chart([rates(part) for part in parts], shares, key="passing", title=title),
            f"The share of {of}.",
        ),
    }


def _filters(examples: Sequence[Example], column: str | None) -> list[Figures]:
    """By what the listed examples can be filtered: its name in the table, what it is called, its values."""
    values = [("kind", "kind", {one.kind for one in examples})]
    if column is not None:
        values.append(("group", column, {one.group for one in examples}))
    return [
        {"name": name, "label": label, "values": sorted(found)}
        for name, label, found in values
        if len(found) > 1
    ]


def _made(figures: Figures) -> Iterator[tuple[str, str]]:
    """How the audited file came about, as far as it says."""
    made, read = figures["provenance"], figures["read"]
    yield "read", f"{many(read['rows'], 'row')}, {many(read['examples'], 'answer')}"
    for name, value in {
        "from": _names(source["name"] for source in made.get("sources") or []),
        "fields": _pairs(made.get("mapping") or {}, FIELDS, sign=" = "),
        "selected by": _pairs(figures["selection"], figures["selection"]),
        "rule": _named(made.get("rule") or {}),
        "proofs": (made.get("proofs") or {}).get("version"),
        "model": _named(made.get("model") or {}),
        "second model": _named(made.get("second_model") or {}),
        "threshold": figures["threshold"],
        "with": _pairs(made.get("versions") or {}, made.get("versions") or {}),
    }.items():
        if value not in (None, ""):
            yield name, visible(str(value), TEXT_CHARS)


def _names(names: Iterable[str]) -> str:
    first = list(names)
    more = f" and {count(len(first) - MAX_NAMES)} more" if len(first) > MAX_NAMES else ""
    return ", ".join(first[:MAX_NAMES]) + more


def _pairs(values: Figures, names: Iterable[str], *, sign: str = " ") -> str:
    return ", ".join(f"{name}{sign}{values[name]}" for name in names if values.get(name) not in (None, ""))


def _named(stage: Figures) -> str:
    """A rule or a model: its name and what tells exactly which it is."""
    exactly = _pairs(stage.get("versions") or stage, stage.get("versions") or IDENTITY)
    return f"{stage.get('name', '')} ({exactly})" if exactly else str(stage.get("name", ""))
