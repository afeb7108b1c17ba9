"""The figures of a summary as tables for the terminal."""

import shlex
from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tinyv_cli.console import visible
from tinyv_cli.findings.queries import Figures
from tinyv_cli.words import LEAF_NAMES

QUESTION_CHARS, ANSWER_CHARS, PROOF_CHARS, NAME_CHARS = 60, 36, 100, 40
NEXT_COMMAND_CHARS = 240
NOTICED = {
    "no_gold": "without a gold",
    "sentinel_gold": "with a gold that only says that there is none",
    "no_response": "without a response",
    "copies": "repeating an earlier one to the letter, judged once",
    "question_cut": "with a chat template or instructions around the question, cut off",
}
DECIDES = {"all": "correct is what both find correct", "any": "correct is what either finds correct"}


def tables(summary: Figures) -> RenderableType:
    """Everything that a summary says, with text from the data made harmless."""
    return Group(*_parts(summary))


def next_command(summary: Figures) -> str:
    """A command worth trying after an audit: a false negative looked at by itself."""
    for example in [*summary["examples"], *summary["proved_examples"]]:
        texts = [example["question"] or "", example["gold"], example["answer"]]
        if sum(map(len, texts)) <= NEXT_COMMAND_CHARS and all(map(str.isprintable, texts)):
            question, gold, answer = map(shlex.quote, texts)
            return f"tinyv check -q {question} -g {gold} -- {answer}"
    return "tinyv check --help"


def _parts(summary: Figures) -> Iterator[RenderableType]:
    yield named_lines(_lines(summary))
    if summary["rules"] is not None:
        yield Text("")
        yield _rules(summary["rules"])
        yield Text("")
        yield _agreement(summary["rules"])
    if summary["by"] is not None and summary["by"]["count"] > 1:
        yield Text("")
        yield _groups(summary["by"])
    if summary["proved_examples"]:
        yield Text("")
        yield _proofs(summary["proved_examples"])
    if summary["examples"]:
        yield Text("")
        rules = [rule["name"] for rule in summary["rules"] or []]
        yield _examples(summary["examples"], rules, two_models=summary["models"] is not None)


def named_lines(lines: Iterable[tuple[str, str]]) -> Table:
    """A line for each thing that is said, its name in front."""
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold", overflow="fold", max_width=NAME_CHARS)  # a rule may be a long path
    table.add_column(overflow="fold")
    for name, said in lines:
        table.add_row(Text(name), Text(said))
    return table


def _lines(summary: Figures) -> Iterator[tuple[str, str]]:
    read, rule = summary["read"], summary["rule"]
    yield "read", f"{many(read['rows'], 'row')}, {many(read['examples'], 'example')}"
    if summary["selection"]:
        yield (
            "selected by",
            ", ".join(f"{name} {visible(str(value))}" for name, value in summary["selection"].items()),
        )
    noticed = [f"{read[name]:,} {what}" for name, what in NOTICED.items() if read[name]]
    if noticed:
        yield "of these", "; ".join(noticed)
    said = {name: part_of(rule[name], read["examples"]) for name in ("accept", "reject", "undecided")}
    yield (
        f"rule {visible(summary['rule_name'])}",
        f"accepts {said['accept']}, rejects {said['reject']}, "
        f"undecided {said['undecided']}{listed(rule['reasons'])}",
    )
    if summary["model_name"] != "none":
        yield from _model_lines(summary)
    if summary["model_name"] != "none" or summary["proofs"] is not None:
        yield "false negatives", _false_negatives(summary["false_negatives"])
    if summary["label"] is not None:
        yield f"label {visible(summary['label']['column'], NAME_CHARS)}", _by_label(summary["label"])
    if summary["questions"] is not None:
        yield from _question_lines(summary["questions"])
    undecided = summary["undecided"]
    if undecided["count"]:
        yield "undecided in the end", f"{undecided['count']:,}{listed(undecided['reasons'])}"


def _model_lines(summary: Figures) -> Iterator[tuple[str, str]]:
    asked, models = f"asked about {summary['model']['asked']:,}", summary["models"]
    if models is None:
        yield f"model {visible(summary['model_name'], NAME_CHARS)}", asked
        return
    for model in models["each"]:
        alone = f"likely false negatives by it alone: {model['false_negatives']:,}"
        yield f"model {visible(model['name'], NAME_CHARS)}", f"{asked}; {alone}"
    alike = "" if models["share"] is None else f": {models['share']:.1%}"
    beyond_chance = "" if models["kappa"] is None else f" (Cohen's kappa {models['kappa']:.2f})"
    yield (
        "models agree",
        f"on {models['same']:,} of the {models['both_scored']:,} that both decided{alike}{beyond_chance}; "
        f"{DECIDES[models['agree']]}",
    )


def _false_negatives(found: Figures) -> str:
    said = f"{found['among_rejected']:,} of the {found['rejected']:,} that the rule rejected{_share(found)}"
    if found["among_undecided"]:
        said += f", and {found['among_undecided']:,} on which it was undecided"
    return f"{said}; {found['proved']:,} proved, {found['likely']:,} likely" if found["count"] else said


def _by_label(label: Figures) -> str:
    missed = f"{label['right_not_accepted']:,} that the rule did not accept are right"
    if not label["flagged"]:
        return missed
    found = f"{label['flagged_right']:,} of the {label['flagged']:,} flagged are right{_share(label)}"
    if label["proved"]:
        found += f", of those proved {label['proved_right']:,} of {label['proved']:,}"
    return f"{found}; {missed}"


def _question_lines(questions: Figures) -> Iterator[tuple[str, str]]:
    before, after = questions["pass_rate_before"], questions["pass_rate_after"]
    yield (
        "pass rate",
        f"{before:.1%} by the rule, {after:.1%} after recovery ({many(questions['count'], 'question')})",
    )
    before, after = questions["prompt_efficiency_before"], questions["prompt_efficiency_after"]
    yield "prompt efficiency", f"{before:.1%} by the rule, {after:.1%} after recovery"


def _rules(rules: list[Figures]) -> Table:
    table = _table("rules compared: what they accept, of all examples and of the false negatives")
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("rule", overflow="fold")
    for name in ("accepts", "rejects", "undecided", "false neg."):
        table.add_column(name, justify="right")
    for number, rule in enumerate(rules, 1):
        recovers = f"{rule['false_negatives_accepted']:,}" if number > 1 else ""
        counts = (f"{rule[outcome]:,}" for outcome in ("accept", "reject", "undecided"))
        table.add_row(str(number), Text(visible(rule["name"], NAME_CHARS)), *counts, recovers)
    return table


def _agreement(rules: list[Figures]) -> Table:
    """A matrix whose rows and columns are the rules by their numbers."""
    table = _table("agreement: the share of examples on which two rules say the same")
    for heading in ("", *map(str, range(1, len(rules) + 1))):
        table.add_column(heading, justify="right", no_wrap=True)
    for number, rule in enumerate(rules, 1):
        table.add_row(str(number), *(f"{share:.1%}" for share in rule["agreement"].values()))
    return table


def _groups(by: Figures) -> Table:
    more = by["count"] - len(by["groups"])
    title = f"by {visible(by['column'], NAME_CHARS)}" + (f" (the largest; {more:,} more)" if more else "")
    table = _table(title)
    table.add_column(Text(visible(by["column"], NAME_CHARS)), overflow="fold")
    for name in ("examples", "rejected", "proved", "likely", "of rejected", "95% interval"):
        table.add_column(name, justify="right")
    for group in by["groups"]:
        table.add_row(
            Text(visible(group["value"], NAME_CHARS)),
            f"{group['examples']:,}",
            f"{group['rejected']:,}",
            f"{group['proved']:,}",
            f"{group['likely']:,}",
            "" if group["share"] is None else f"{group['share']:.1%}",
            interval(group["interval"]),
        )
    return table


def _examples(examples: list[Figures], rules: list[str], *, two_models: bool) -> Table:
    """Those of the highest p; where rules were compared, with the numbers of those that accept them."""
    table = _table("most confident of the likely false negatives")
    columns = ["p", "p_2"] if two_models else ["p"]
    for name in columns:
        table.add_column(name.replace("_", " "), justify="right", no_wrap=True)
    for name in ("gold", "answer"):
        table.add_column(name, overflow="fold", min_width=16)
    if rules:
        table.add_column("rules", no_wrap=True)
    table.add_column("question", no_wrap=True, overflow="ellipsis")
    for example in examples:
        table.add_row(
            *("" if example[name] is None else f"{example[name]:.3f}" for name in columns),
            Text(visible(example["gold"], ANSWER_CHARS)),
            Text(visible(example["answer"], ANSWER_CHARS)),
            *([",".join(str(1 + rules.index(name)) for name in example["accepted_by"])] if rules else []),
            Text(visible(example["question"], QUESTION_CHARS)),
        )
    return table


def _proofs(leaves: list[Figures]) -> Table:
    """Which leaves of the taxonomy were proved how often, with an example of each."""
    table = _table("false negatives proved, by kind, with an example of each")
    table.add_column("", justify="right", no_wrap=True)
    for name in ("kind", "gold", "answer", "proof"):
        table.add_column(name, overflow="fold", min_width=12)
    for leaf in leaves:
        kind = f"{leaf['leaf']} {LEAF_NAMES.get(leaf['leaf'], '')}"
        texts = (kind, visible(leaf["gold"], ANSWER_CHARS), visible(leaf["answer"], ANSWER_CHARS))
        table.add_row(f"{leaf['count']:,}", *map(Text, texts), Text(visible(leaf["proof"], PROOF_CHARS)))
    return table


def _table(title: str) -> Table:
    return Table(title=Text(title), title_justify="left", box=None, padding=(0, 2, 0, 0))


def many(count: int, noun: str) -> str:
    """`1 row`, `2 rows`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def part_of(count: int, total: int) -> str:
    """The count with its share of all."""
    return f"{count:,} ({count / total:.1%})" if total else f"{count:,}"


def _share(figures: Figures) -> str:
    if figures["share"] is None:
        return ""
    return f": {figures['share']:.1%} (95% interval {interval(figures['interval'])})"


def interval(ends: Any) -> str:
    """Both ends as percentages."""
    return "" if ends is None else f"{ends[0]:.1%} to {ends[1]:.1%}"


def listed(reasons: dict[str, int]) -> str:
    """How often each reason occurs, to stand behind a total."""
    return (
        ": " + ", ".join(f"{visible(name)} {count:,}" for name, count in reasons.items()) if reasons else ""
    )
