"""All figures of a report as tables: more than fits a screen, for the terminal and as Markdown."""

from collections.abc import Iterator

from rich.console import RenderableType

from tinyv_cli.console import visible
from tinyv_cli.findings.groups import MAX_GROUPS
from tinyv_cli.findings.queries import Figures, share_of
from tinyv_cli.findings.sheets import NAME_CHARS, Column, Lines, Part, Sheet, as_markdown, as_rich
from tinyv_cli.findings.tables import (
    ANSWER_CHARS,
    QUESTION_CHARS,
    compared_rules,
    group_title,
    groups,
    interval,
    kind,
    lines,
    most_confident,
    numbers,
    percent,
    proofs,
)
from tinyv_cli.words import LEAF_NAMES

BAR_CHARS = 30
LEAST_NAME = 8
FATES = {
    "proved": "right after all, proved",
    "likely": "likely right, by the model",
    "incorrect": "still rejected",
    "undecided": "undecided",
}
PROBLEMS = {
    "unparsable": "the rule cannot read it",
    "unequal": "the rule rejects an answer that is spelled alike",
}
NOT_KNOWN = (
    "not known; give --labels FILE with labels by hand (of 'tinyv review'), "
    "or --calibration FILE of the model (of 'tinyv eval --calibrate')"
)


def report_tables(figures: Figures) -> RenderableType:
    """Everything that the figures say, with text from the data made harmless."""
    return as_rich(_parts(figures))


def report_markdown(figures: Figures) -> str:
    """The same as Markdown."""
    return as_markdown(_parts(figures))


def _parts(figures: Figures) -> Iterator[Part]:
    yield Lines([*lines(figures), *_not_known(figures)])
    yield from compared_rules(figures)
    yield _fates(figures["not_accepted"])
    yield from _leaves(figures["categories"])
    for by in figures["by"]:
        yield groups(by, most=MAX_GROUPS)
        yield from _costs(by)
    if figures["questions"] is not None:
        yield _pass_rates(figures["questions"])
    if figures["p_histogram"]:
        yield _histogram(figures["p_histogram"], figures["threshold"])
    yield from _suspects(figures["suspect_golds"])
    yield from proofs(figures, most=len(LEAF_NAMES))
    yield from most_confident(figures)


def _not_known(figures: Figures) -> Iterator[tuple[str, str]]:
    if figures["estimate"] is None and figures["false_negatives"]["rejected"]:
        yield "how many really", NOT_KNOWN


def _fates(not_accepted: Figures) -> Sheet:
    """Where the rejections go."""
    rejected, undecided = not_accepted["reject"], not_accepted["undecided"]
    rows = []
    for fate, said in FATES.items():
        of_rejected = share_of(rejected[fate], rejected["count"])
        rows.append(
            (
                said,
                f"{rejected[fate]:,}",
                percent(of_rejected["share"]),
                interval(of_rejected["interval"]),
                f"{undecided[fate]:,}",
            )
        )
    return Sheet(
        "what became of what the rule did not accept",
        (Column(""), *numbers("rejected", "share", "95% interval", "undecided by the rule")),
        rows,
    )


def _leaves(categories: Figures) -> Iterator[Sheet]:
    """The kinds that occur, the commonest first, beside the paper's shares."""
    if not categories["with"]:
        return
    found = [leaf for leaf in categories["leaves"] if leaf["count"]]
    without = f"; {categories['without']:,} more have none" if categories["without"] else ""
    yield Sheet(
        f"kinds of false negatives, of the {categories['with']:,} that have one{without}",
        (Column("kind"), *numbers("count", "proved", "likely", "share", "95% interval", "paper")),
        [
            (
                kind(leaf["leaf"]),
                *(f"{leaf[name]:,}" for name in ("count", "proved", "likely")),
                percent(leaf["share"]),
                interval(leaf["interval"]),
                percent(leaf["paper"]),
            )
            for leaf in sorted(found, key=lambda leaf: (-leaf["count"], leaf["leaf"]))
        ],
    )


def _costs(by: Figures) -> Iterator[Sheet]:
    """What the lost answers cost RL, for each value of a column."""
    shown = [group for group in by["groups"] if group["questions"] is not None]
    if not shown:
        return
    yield Sheet(
        f"what that costs RL, {group_title(by, MAX_GROUPS)}; before → after recovery",
        (
            Column(visible(by["column"], NAME_CHARS), literal=True, least=LEAST_NAME),
            *numbers("questions", "pass rate %", "efficiency %"),
            *numbers("to mixed", "to right", "GRPO ±"),
        ),
        [(visible(group["value"], NAME_CHARS), *_cost(group["questions"])) for group in shown],
    )


def _cost(questions: Figures) -> Iterator[str]:
    yield f"{questions['count']:,}"
    for figure in ("pass_rate", "prompt_efficiency"):
        before, after = (questions[f"{figure}_{when}"] for when in ("before", "after"))
        yield f"{100 * before:.1f} → {100 * after:.1f}"
    yield f"{questions['all_wrong_to_mixed']:,}"
    yield f"{questions['mixed_to_all_right']:,}"
    yield f"{questions['advantage_change']:.3f}"


def _pass_rates(questions: Figures) -> Sheet:
    return Sheet(
        "questions by their pass rate",
        (Column("pass rate"), *numbers("by the rule", "after recovery")),
        [(rates(part), f"{part['before']:,}", f"{part['after']:,}") for part in questions["pass_rates"]],
    )


def rates(part: Figures) -> str:
    """Which pass rates a part of the questions has."""
    if part["state"] != "mixed":
        return str(part["state"]).replace("_", " ")
    ends = ", below" if part["up_to"] == 1 else " to"
    return f"above {part['above']:.0%}{ends} {part['up_to']:.0%}"


def _histogram(bins: list[Figures], threshold: float) -> Sheet:
    most = max(each["count"] for each in bins)
    return Sheet(
        f"the model's p; it counts as correct from {threshold:g} on",
        (*numbers("from", "to", "count"), Column("")),
        [
            (
                f"{each['from']:.2f}",
                f"{each['to']:.2f}",
                f"{each['count']:,}",
                "█" * -(-each["count"] * BAR_CHARS // most),
            )
            for each in bins
        ],
    )


def _suspects(suspects: Figures) -> Iterator[Sheet]:
    outvoted, unmatchable = suspects["outvoted"], suspects["unmatchable"]
    texts = [Column("gold", literal=True, least=12), Column("question", literal=True, one_line=True)]
    if outvoted is not None and outvoted["count"]:
        yield Sheet(
            f"golds that most rollouts contradict: {outvoted['count']:,} "
            f"of {outvoted['questions']:,} questions with enough rollouts",
            (*numbers("agree", "of", "mean p"), Column("answer", literal=True, least=12), *texts),
            [
                (
                    f"{each['agreeing']:,}",
                    f"{each['rollouts']:,}",
                    "" if each["p"] is None else f"{each['p']:.3f}",
                    visible(each["answer"], ANSWER_CHARS),
                    visible(each["gold"], ANSWER_CHARS),
                    visible(each["question"], QUESTION_CHARS),
                )
                for each in outvoted["examples"]
            ],
        )
    if unmatchable["count"]:
        yield Sheet(
            f"golds that the rule cannot match with themselves, of {unmatchable['count']:,} questions",
            (*numbers("examples"), Column("problem"), *texts),
            [
                (
                    f"{each['examples']:,}",
                    PROBLEMS[each["problem"]],
                    visible(each["gold"], ANSWER_CHARS),
                    visible(each["question"], QUESTION_CHARS),
                )
                for each in unmatchable["examples"]
            ],
        )
