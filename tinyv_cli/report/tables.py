"""The figures of a summary as tables, a screenful of them: what stands at the end of an audit."""

import shlex
from collections.abc import Iterator

from rich.console import RenderableType

from tinyv_cli.console import visible
from tinyv_cli.figures.queries import Figures, share_of
from tinyv_cli.figures.sheets import NAME_CHARS, Column, Lines, Part, Sheet, as_markdown, as_rich
from tinyv_cli.figures.spelling import interval, kind, listed, many, numbers, part_of, percent_if_known
from tinyv_cli.report.groups import MAX_GROUPS
from tinyv_cli.taxonomy import LEAF_NAMES
from tinyv_cli.words import NONE

QUESTION_CHARS, ANSWER_CHARS, PROOF_CHARS = 60, 36, 100
NEXT_COMMAND_CHARS = 240
SHOWN_GROUPS, SHOWN_LEAVES, SHOWN_KINDS = 10, 8, 4
FEW = "†"
NOTICED = {
    "no_gold": "without a gold",
    "sentinel_gold": "with a gold that only says that there is none",
    "no_response": "without a response",
    "copies": "repeating an earlier one to the letter, judged once",
    "question_cut": "with a chat template or instructions around the question, cut off",
}
DECIDES = {"all": "correct is what both find correct", "any": "correct is what either finds correct"}
NO_ESTIMATE = {
    "no_better_than_chance": "the verifier was no better than chance on the pairs that it was measured on",
    "nothing_decided": "nothing was rejected and decided",
    "no_labels_of_flagged": "none of the likely ones has a label",
}


def tables(summary: Figures) -> RenderableType:
    """What a summary says, in short, with text from the data made harmless."""
    return as_rich(_parts(summary))


def next_command(summary: Figures) -> str:
    """A command worth trying after an audit: a false negative looked at by itself."""
    for example in [*summary["examples"], *summary["proved_examples"]]:
        texts = [example["question"] or "", example["gold"], example["answer"]]
        if sum(map(len, texts)) <= NEXT_COMMAND_CHARS and all(map(str.isprintable, texts)):
            question, gold, answer = map(shlex.quote, texts)
            return f"tinyv check -q {question} -g {gold} -- {answer}"
    return "tinyv check --help"


def _parts(summary: Figures) -> Iterator[Part]:
    yield Lines(list(lines(summary)))
    yield from compared_rules(summary)
    for by in summary["by"]:
        if by["count"] > 1:
            yield groups(by, most=SHOWN_GROUPS)
    yield from proofs(summary, most=SHOWN_LEAVES)
    yield from most_confident(summary)


def lines(summary: Figures) -> Iterator[tuple[str, str]]:
    """What is said in a line each."""
    read, rule = summary["read"], summary["rule"]
    yield "read", f"{many(read['rows'], 'row')}, {many(read['examples'], 'example')}"
    if summary["selection"]:
        yield (
            "selected by",
            ", ".join(f"{name} {visible(str(value))}" for name, value in summary["selection"].items()),
        )
    if summary["only"]:
        yield "written with", f"--only {summary['only']}: all figures are of these alone"
    noticed = [f"{read[name]:,} {what}" for name, what in NOTICED.items() if read[name]]
    if noticed:
        yield "of these", "; ".join(noticed)
    said = {name: part_of(rule[name], read["examples"]) for name in ("accept", "reject", "undecided")}
    yield (
        f"rule {visible(summary['rule_name'])}",
        f"accepts {said['accept']}, rejects {said['reject']}, "
        f"undecided {said['undecided']}{listed(rule['reasons'])}",
    )
    if summary["model_name"] != NONE:
        yield from _model_lines(summary)
    if summary["model_name"] != NONE or summary["provenance"].get("proofs") is not None:
        yield from _found_lines(summary)
    if summary["label"] is not None:
        yield f"label {visible(summary['label']['column'], NAME_CHARS)}", _by_label(summary["label"])
    if summary["questions"] is not None:
        yield from _question_lines(summary["questions"])
    if suspects := _suspect_golds(summary["suspect_golds"]):
        yield "suspect golds", suspects
    undecided = summary["undecided"]
    if undecided["count"]:
        yield "undecided in the end", f"{undecided['count']:,}{listed(undecided['reasons'])}"


def _found_lines(summary: Figures) -> Iterator[tuple[str, str]]:
    """What was found after the rule: how much, how much of it is so, of what kind, and lost where."""
    yield "false negatives", _false_negatives(summary["false_negatives"])
    if summary["estimate"] is not None:
        yield "how many really", estimated(summary["estimate"])
    if summary["categories"]["with"]:
        yield "kinds", _kinds(summary["categories"])
    if summary["lost_in"] is not None and summary["false_negatives"]["count"]:
        yield "lost in", _lost_in(summary["lost_in"])


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


def estimated(estimate: Figures) -> str:
    """How many of the rejected are really right, and how that is known."""
    if estimate["share"] is None:
        return f"not known: {NO_ESTIMATE[estimate['reason']]}"
    bound = "" if estimate["complete"] else "at least "
    said = f"{bound}{estimate['share']:.1%} of the rejected, {estimate['count']:,}"
    said += f" (95% interval {interval(estimate['interval'])})"
    if estimate["clipped"]:
        said += ", the nearest that there can be"
    return f"{said}; {known_by(estimate)}"


def known_by(estimate: Figures) -> str:
    """What an estimate rests on: labels by hand, or how the model did elsewhere."""
    if estimate["from"] == "labels":
        labels = estimate["labels"]
        shares = ((labels[name]["share"], said) for name, said in LABELLED.items())
        known = ", ".join(f"{share:.1%} of {said}" for share, said in shares if share is not None)
        how = "" if labels["drawn"] else " (no random sample)"
        return f"by {many(labels['count'], 'label')}{how}, right are {known}"
    found, kept = estimate["sensitivity"]["value"], estimate["specificity"]["value"]
    pairs = f"pairs that {visible(estimate['measured_behind'], NAME_CHARS)} had left"
    return (
        f"if the model errs here as on {pairs}, it finds {found:.1%} of what is right "
        f"and flags {1 - kept:.1%} of what is wrong"
    )


LABELLED = {"proved": "what is proved", "likely": "what the model flags", "unflagged": "the rest"}


def _kinds(categories: Figures) -> str:
    found = sorted(categories["leaves"], key=lambda leaf: -int(leaf["count"]))
    shown = (
        f"{kind(leaf['leaf'])} {leaf['share']:.1%} (paper {percent_if_known(leaf['paper'])})"
        for leaf in found[:SHOWN_KINDS]
        if leaf["count"]
    )
    without = f"; {categories['without']:,} without a kind" if categories["without"] else ""
    return f"{', '.join(shown)}{without}"


def _lost_in(lost: Figures) -> str:
    unknown = f", not known {lost['unknown']:,}" if lost["unknown"] else ""
    return (
        f"extraction {lost['extraction']:,} (the rule did not find the answer), "
        f"comparison {lost['comparison']:,}{unknown}"
    )


def _suspect_golds(suspects: Figures) -> str:
    outvoted, unmatchable = suspects["outvoted"], suspects["unmatchable"]
    said = []
    if outvoted is not None and outvoted["count"]:
        said.append(f"in {many(outvoted['count'], 'question')} most rollouts agree on another answer")
    if unmatchable["count"]:
        said.append(f"in {many(unmatchable['count'], 'question')} the rule cannot match the gold with itself")
    return "; ".join(said)


def _question_lines(questions: Figures) -> Iterator[tuple[str, str]]:
    changed = {name: _changed(questions, name) for name in ("pass_rate", "prompt_efficiency")}
    mixed, right = questions["all_wrong_to_mixed"], questions["mixed_to_all_right"]
    yield "pass rate", f"{changed['pass_rate']} ({many(questions['count'], 'question')})"
    yield (
        "prompt efficiency",
        f"{changed['prompt_efficiency']}: {many(mixed, 'question')} from all wrong to mixed, "
        f"{right:,} from mixed to all right",
    )
    rollouts = many(questions["rollouts"], "rollout")
    yield "advantages (GRPO)", f"change by {questions['advantage_change']:.3f} on average ({rollouts})"


def _changed(questions: Figures, figure: str) -> str:
    before, after = questions[f"{figure}_before"], questions[f"{figure}_after"]
    return f"{before:.1%} by the rule, {after:.1%} after recovery"


def compared_rules(summary: Figures) -> Iterator[Sheet]:
    """The rules side by side, where there are several, and a matrix of how far they agree."""
    rules = summary["rules"]
    if rules is None:
        return
    yield Sheet(
        "rules compared: what they accept, of all examples and of the false negatives",
        (Column("", number=True), Column("rule"), *numbers("accepts", "rejects", "undecided", "false neg.")),
        [
            (
                str(number),
                visible(rule["name"], NAME_CHARS),
                *(f"{rule[outcome]:,}" for outcome in ("accept", "reject", "undecided")),
                f"{rule['false_negatives_accepted']:,}" if number > 1 else "",
            )
            for number, rule in enumerate(rules, 1)
        ],
    )
    yield Sheet(
        "agreement: the share of examples on which two rules say the same",
        numbers("", *map(str, range(1, len(rules) + 1))),
        [
            (str(number), *(f"{share:.1%}" for share in rule["agreement"].values()))
            for number, rule in enumerate(rules, 1)
        ],
    )


def groups(by: Figures, *, most: int) -> Sheet:
    """The false negatives of each value of a column."""
    shown = by["groups"][:most]
    return Sheet(
        f"{group_title(by, most)}{_few(shown)}",
        (
            Column(visible(by["column"], NAME_CHARS), literal=True),
            *numbers("examples", "rejected", "proved", "likely", "of rejected", "95% interval"),
        ),
        [
            (
                visible(group["value"], NAME_CHARS),
                *(f"{group[name]:,}" for name in ("examples", "rejected", "proved", "likely")),
                "" if group["share"] is None else f"{group['share']:.1%}{FEW if group['small'] else ''}",
                interval(group["interval"]),
            )
            for group in shown
        ],
    )


def group_title(by: Figures, most: int) -> str:
    """By which column, and how many values are not shown."""
    more = by["count"] - len(by["groups"][:most])
    return f"by {visible(by['column'], NAME_CHARS)}" + (f" (the largest; {more:,} more)" if more else "")


def _few(shown: list[Figures]) -> str:
    small = any(group["small"] and group["share"] is not None for group in shown)
    return f"; {FEW} few were rejected: see how wide the interval is" if small else ""


def proofs(summary: Figures, *, most: int) -> Iterator[Sheet]:
    """Which leaves of the taxonomy were proved how often, with an example of each."""
    leaves = summary["proved_examples"]
    if not leaves:
        return
    more = len(leaves) - len(leaves[:most])
    yield Sheet(
        "false negatives proved, by kind, with an example of each"
        + (f" ({more:,} more kinds)" if more else ""),
        (
            Column("", number=True),
            Column("kind", least=12),
            Column("gold", literal=True, least=12),
            Column("answer", literal=True, least=12),
            Column("proof", literal=True, least=12),
        ),
        [
            (
                f"{leaf['count']:,}",
                kind(leaf["leaf"]),
                visible(leaf["gold"], ANSWER_CHARS),
                visible(leaf["answer"], ANSWER_CHARS),
                visible(leaf["proof"], PROOF_CHARS),
            )
            for leaf in leaves[:most]
        ],
    )


def most_confident(summary: Figures) -> Iterator[Sheet]:
    """Those of the highest p; where rules were compared, with the numbers of those that accept them."""
    if not summary["examples"]:
        return
    rules = [rule["name"] for rule in summary["rules"] or []]
    scores = ["p"] if summary["models"] is None else ["p", "p_2"]
    yield Sheet(
        "most confident of the likely false negatives",
        (
            *numbers(*(name.replace("_", " ") for name in scores)),
            Column("gold", literal=True, least=16),
            Column("answer", literal=True, least=16),
            *([Column("rules", one_line=True)] if rules else []),
            Column("question", literal=True, one_line=True),
        ),
        [
            (
                *("" if example[name] is None else f"{example[name]:.3f}" for name in scores),
                visible(example["gold"], ANSWER_CHARS),
                visible(example["answer"], ANSWER_CHARS),
                *([",".join(str(1 + rules.index(name)) for name in example["accepted_by"])] if rules else []),
                visible(example["question"], QUESTION_CHARS),
            )
            for example in summary["examples"]
        ],
    )


def _share(figures: Figures) -> str:
    if figures["share"] is None:
        return ""
    return f": {figures['share']:.1%} (95% interval {interval(figures['interval'])})"


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
    return as_rich(_report_parts(figures))


def report_markdown(figures: Figures) -> str:
    """The same as Markdown."""
    return as_markdown(_report_parts(figures))


def _report_parts(figures: Figures) -> Iterator[Part]:
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
                percent_if_known(of_rejected["share"]),
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
                percent_if_known(leaf["share"]),
                interval(leaf["interval"]),
                percent_if_known(leaf["paper"]),
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
