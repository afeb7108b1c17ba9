"""The figures of an evaluation as tables for the terminal."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tinyv_cli.console import megabytes, visible
from tinyv_cli.evaluation.attacks import BARE, GUARDED
from tinyv_cli.figures.queries import Figures
from tinyv_cli.figures.sheets import NAME_CHARS, named_lines
from tinyv_cli.figures.spelling import interval, many, part_of

MEASURES = {
    "recall": "recall",
    "fpr": "false pos.",
    "precision": "precision",
    "accuracy": "accuracy",
    "balanced_accuracy": "balanced",
    "f1": "F1",
    "auc": "AUC",
    "average_precision": "avg. prec.",
}
RATES = frozenset({"recall", "fpr", "precision", "accuracy", "balanced_accuracy"})
FEW = "†"
MAX_GROUPS = 30
COLUMNS = 3
WANTED = {"max_fpr": "false positives at most", "min_recall": "recall at least"}

# A verifier's name, its measures, and how many pairs a second it judged.
Column = tuple[str, Figures, float | None]


def evaluation_tables(figures: Figures) -> RenderableType:
    """Everything that the figures say, with text from the data made harmless."""
    return Group(*_parts(figures))


def _parts(figures: Figures) -> Iterator[RenderableType]:
    yield named_lines(_lines(figures))
    if figures["read"]["pairs"]:
        for title, table in _tables(figures):
            yield Text(f"\n{title}", style="italic")
            yield table
        yield Text("")
        yield named_lines([*_calibration(figures), *_thresholds(figures)])
    if figures["attack"] is not None:
        yield Text("")
        yield attack_tables(figures["attack"])


def _tables(figures: Figures) -> Iterator[tuple[str, Table]]:
    """Each table and what stands above it."""
    yield from _verifiers(figures)
    yield from _left(figures)
    yield from _groups(figures, "kinds", "kind")
    if figures["by"] is not None:
        yield from _groups(figures, "by", figures["by"])
    if figures["ladder"]:
        rule = visible(figures["guards"]["rule"], NAME_CHARS)
        yield (
            f"formats, on the pairs that {rule} leaves; agreement is with the largest of a model",
            _ladder(figures["ladder"]),
        )
    if figures["comparisons"]:
        yield (
            "compared pair by pair: how many the one alone has right (McNemar's exact test)",
            _comparisons(figures["comparisons"]),
        )


def _lines(figures: Figures) -> Iterator[tuple[str, str]]:
    read, guards = figures["read"], figures["guards"]
    missing = {"unlabelled": "without a label that says true or false", "no_gold": "without a gold"}
    left_out = "; ".join(f"{read[name]:,} {what}" for name, what in missing.items() if read[name])
    yield "read", f"{many(read['examples'], 'example')}{f', {left_out}' if left_out else ''}"
    if not read["pairs"]:
        return
    yield (
        "pairs",
        f"{read['pairs']:,} by the label '{visible(figures['label'], NAME_CHARS)}': "
        f"{part_of(read['correct'], read['pairs'])} correct, {part_of(read['wrong'], read['pairs'])} wrong",
    )
    for warning in figures["warnings"]:
        yield "beware", warning
    for verifier in figures["verifiers"]:
        if verifier["reasons"]:
            reasons = ", ".join(f"{visible(name)} {count:,}" for name, count in verifier["reasons"].items())
            yield f"{visible(verifier['name'], NAME_CHARS)} undecided", reasons
    if figures["models"] and guards["refused"]:
        wrong = guards["refused"] - guards["refused_correct"]
        yield (
            "guards",
            f"refuse {wrong:,} wrong and {guards['refused_correct']:,} correct of the {guards['pairs']:,} "
            f"({guards['correct']:,} correct) that {visible(guards['rule'])} leaves",
        )


def _verifiers(figures: Figures) -> Iterator[tuple[str, Table]]:
    title = f"on all {figures['read']['pairs']:,} pairs, threshold {figures['threshold']:g} (95% interval)"
    columns = [(each["name"], each["all"], each["per_second"]) for each in figures["verifiers"]]
    for some in _side_by_side(columns):
        yield title, _measures(some)


def _left(figures: Figures) -> Iterator[tuple[str, Table]]:
    """Where proofs and models work. There a rule and a model say what the model says."""
    for rule in figures["rules"]:
        columns: list[Column] = [
            (_after(each["name"], rule), each["not_accepted"][rule], None)
            for each in figures["verifiers"]
            if each["not_accepted"] and ((each["rule"] == rule and each["proofs"]) or each["rule"] is None)
        ]
        for some in _side_by_side(columns):
            title = f"on the {some[0][1]['pairs']:,} of them that {visible(rule, NAME_CHARS)} does not accept"
            yield title, _measures(some)


def _after(name: str, rule: str) -> str:
    """The name without the rule, which has said no."""
    return name.removeprefix(f"{rule} + ")


def _side_by_side(columns: list[Column]) -> Iterator[list[Column]]:
    """As many at a time as a terminal has room for."""
    for start in range(0, len(columns), COLUMNS):
        yield columns[start : start + COLUMNS]


def _measures(columns: list[Column]) -> Table:
    """A row for each measure, a column for each verifier with its measures and its speed."""
    table = _table()
    table.add_column("")
    for name, _, _ in columns:
        table.add_column(Text(visible(name, NAME_CHARS)), overflow="fold")
    table.add_row("undecided", *(f"{measures['undecided']:,}" for _, measures, _ in columns))
    for key, name in MEASURES.items():
        table.add_row(name, *(_value(measures[key], share=key in RATES) for _, measures, _ in columns))
    if any(speed for _, _, speed in columns):
        table.add_row("pairs/s", *("" if speed is None else f"{speed:,.0f}" for _, _, speed in columns))
    return table


def _value(found: Figures, *, share: bool) -> str:
    """The value and its interval."""
    if found["value"] is None:
        return "–"
    form = "{:.1%}" if share else "{:.3f}"
    return form.format(found["value"]) + _ends(found["interval"], share=share)


def _ends(ends: Any, *, share: bool) -> str:
    if ends is None:
        return ""
    low, high = (f"{100 * end:.1f}" if share else f"{end:.3f}" for end in ends)
    return f" ({low}–{high})"


def _groups(figures: Figures, key: str, name: str) -> Iterator[tuple[str, Table]]:
    """What each rule does in each group, and what a model makes of it."""
    chains = [each for each in figures["verifiers"] if each["rule"] is not None]
    if len(chains[0][key]) < 2:
        return
    groups = chains[0][key]
    more = f" (the {MAX_GROUPS} largest of {len(groups):,})" if len(groups) > MAX_GROUPS else ""
    few = f"; {FEW} few pairs" if any(group["small"] for group in groups) else ""
    title = f"by {visible(name, NAME_CHARS)}: recall / false positives{more}{few}"
    for start in range(0, len(chains), COLUMNS):
        yield title, _by_group(chains[start : start + COLUMNS], key, name)


def _by_group(verifiers: list[Figures], key: str, name: str) -> Table:
    table = _table()
    _name_column(table, name)
    for name in ("pairs", "correct", *(visible(each["name"], NAME_CHARS) for each in verifiers)):
        table.add_column(Text(name), justify="right")
    for row in list(zip(*(each[key] for each in verifiers), strict=True))[:MAX_GROUPS]:
        first = row[0]
        table.add_row(
            Text(visible(first["value"], NAME_CHARS) + (f" {FEW}" if first["small"] else "")),
            f"{first['pairs']:,}",
            f"{first['correct']:,}",
            *(f"{_share(group['recall'])} / {_share(group['fpr'])}" for group in row),
        )
    return table


def _share(found: Figures) -> str:
    return "–" if found["value"] is None else f"{found['value']:.1%}"


def _ladder(rungs: Sequence[Figures]) -> Table:
    table = _table()
    _name_column(table, "model")
    table.add_column("format")
    for name in ("size", "agreement", "max Δp", "recall", "false pos.", "AUC", "pairs/s"):
        table.add_column(name, justify="right")
    for rung in rungs:
        table.add_row(
            Text(visible(rung["model"], NAME_CHARS)),
            rung["format"],
            megabytes(rung["bytes"]),
            _share(rung["agreement"]),
            "–" if rung["max_p_difference"] is None else f"{rung['max_p_difference']:.3f}",
            _share(rung["recall"]),
            _share(rung["fpr"]),
            "–" if rung["auc"]["value"] is None else f"{rung['auc']['value']:.3f}",
            "" if rung["per_second"] is None else f"{rung['per_second']:,.0f}",
        )
    return table


def _comparisons(comparisons: Sequence[Figures]) -> Table:
    table = _table()
    for name in ("first", "second"):
        _name_column(table, name)
    for name in ("1st : 2nd", "p", "accuracy, 2nd - 1st"):
        table.add_column(name, justify="right", no_wrap=True)
    for each in comparisons:
        difference = each["accuracy_difference"]
        table.add_row(
            Text(visible(each["first"], NAME_CHARS)),
            Text(visible(each["second"], NAME_CHARS)),
            f"{each['only_first_right']:,} : {each['only_second_right']:,}",
            "–" if each["mcnemar_p"] is None else f"{each['mcnemar_p']:.2g}",
            "–"
            if difference["value"] is None
            else f"{difference['value']:+.1%}{_signed(difference['interval'])}",
        )
    return table


def _signed(found: Any) -> str:
    return "" if found is None else f" ({100 * found[0]:+.1f} to {100 * found[1]:+.1f})"


def _calibration(figures: Figures) -> Iterator[tuple[str, str]]:
    for each in figures["calibration"]:
        if each["ece"]["value"] is None:
            continue
        after = each["ece_calibrated"]
        improved = "" if after["value"] is None else f", {_ece(after)} after Platt scaling"
        yield (
            f"calibration of {visible(each['model'], NAME_CHARS)}",
            f"expected calibration error {_ece(each['ece'])}{improved} "
            f"({each['pairs']:,} pairs that {visible(each['rule'])} leaves)",
        )


def _ece(found: Figures) -> str:
    return f"{found['value']:.3f}{_ends(found['interval'], share=False)}"


def _thresholds(figures: Figures) -> Iterator[tuple[str, str]]:
    for each in figures["thresholds"]:
        name = f"threshold of {visible(each['model'], NAME_CHARS)}"
        wanted = f"{WANTED[each['wanted']]} {each['limit']:.1%}"
        value, ends = each["threshold"]["value"], each["threshold"]["interval"]
        if value is None:
            yield name, f"none gives {wanted}"
            continue
        yield (
            name,
            f"{value:.4f}{_ends(ends, share=False)} gives {wanted}: recall {_with_interval(each['recall'])}, "
            f"false positives {_with_interval(each['fpr'])}",
        )


def _with_interval(found: Figures) -> str:
    return f"{_share(found)} ({interval(found['interval'])})"


def _table() -> Table:
    return Table(box=None, padding=(0, 2, 0, 0))


def _name_column(table: Table, name: str) -> None:
    table.add_column(Text(visible(name, NAME_CHARS)), overflow="fold")


LEAST_WIDTH = 9
PATTERN_CHARS = 34


def attack_tables(figures: Figures) -> RenderableType:
    """A row for each pattern, under its group, and what fools each verifier most often."""
    title = Text(
        f"how often a wrong response counts as correct ({many(figures['sampled'], 'example')}; "
        "models without → with guards)",
        style="italic",
    )
    return Group(title, _patterns(figures["patterns"]), Text(""), named_lines(_worst(figures["worst"])))


def _patterns(patterns: list[Figures]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("pattern", no_wrap=True, overflow="ellipsis", max_width=PATTERN_CHARS)
    table.add_column("tried", justify="right", no_wrap=True)
    columns = list(_columns(patterns))
    for name, _ in columns:
        table.add_column(Text(name), justify="right", overflow="fold", min_width=LEAST_WIDTH)
    for group, members in groupby(patterns, key=lambda pattern: pattern["group"]):
        table.add_row(Text(group, style="bold"))
        for pattern in members:
            cells = (f"  {visible(pattern['name'])}", f"{pattern['tried']:,}")
            table.add_row(*map(Text, cells), *(Text(shown(pattern)) for _, shown in columns))
    return table


def _columns(patterns: list[Figures]) -> Iterator[tuple[str, Callable[[Figures], str]]]:
    """The name of each column, and what it shows of a pattern; undecided where a model was."""
    first = patterns[0] if patterns else {"rules": {}, "models": {}}
    for rule in first["rules"]:
        yield visible(rule, NAME_CHARS), partial(_of_rule, rule)
    for model in first["models"]:
        yield visible(model, NAME_CHARS), partial(_of_model, model)
        if any(pattern["models"][model][BARE]["undecided"] for pattern in patterns):
            yield "undecided", partial(_undecided, model)


def _of_rule(name: str, pattern: Figures) -> str:
    return _rate_share(pattern["rules"][name])


def _of_model(name: str, pattern: Figures) -> str:
    model = pattern["models"][name]
    return f"{_rate_share(model[BARE])} → {_rate_share(model[GUARDED])}"


def _undecided(name: str, pattern: Figures) -> str:
    return f"{pattern['models'][name][BARE]['undecided']:,}"


def _rate_share(rate: Figures) -> str:
    return "-" if rate["share"] is None else f"{rate['share']:.0%}"


def _worst(worst: Figures) -> Iterator[tuple[str, str]]:
    for name, rate in worst["rules"].items():
        yield f"fools {visible(name, NAME_CHARS)} most", _most(rate)
    for name, model in worst["models"].items():
        yield (
            f"fools {visible(name, NAME_CHARS)} most",
            f"without guards {_most(model[BARE])}; with guards {_most(model[GUARDED])}",
        )


def _most(rate: Figures | None) -> str:
    if rate is None:
        return "nothing"
    low, high = rate["interval"]
    return f"{visible(rate['pattern'])}, {rate['share']:.1%} ({low:.1%} to {high:.1%})"
