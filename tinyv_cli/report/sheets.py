"""The figures of a summary as sheets with their charts: the short summary, the report and its page pick."""

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from tinyv_cli.console import visible
from tinyv_cli.figures.records import UNKNOWN_SHARE, Share, share_of
from tinyv_cli.figures.series import Bars, Chart, Charts, Entry, bar_swatch
from tinyv_cli.figures.sheets import NAME_CHARS, Column, Sheet
from tinyv_cli.figures.spelling import kind, many, numbers, percent_if_known, percents
from tinyv_cli.report.accepts import SuspectAccepts
from tinyv_cli.report.categories import Categories
from tinyv_cli.report.groups import MAX_GROUPS, Group, Groups
from tinyv_cli.report.lines import commonest
from tinyv_cli.report.listing import ConfidentExample
from tinyv_cli.report.questions import PassRates, Questions
from tinyv_cli.report.records import Bin, ComparedRule, NotAccepted, Summary, SuspectGolds
from tinyv_cli.report.score import Scored
from tinyv_cli.report.suspects import OutvotedGold, UnmatchableGold

QUESTION_CHARS, ANSWER_CHARS, PROOF_CHARS = 60, 36, 100
FEW = "†"
BAR_CHARS = 30
LEAST_NAME = 8
MAX_DRAWN = 12  # kinds and groups
FOUND, OTHER = 0, 5  # numbers of colours: what was found, and what stands beside it
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
QUESTION = Column("question", literal=True, one_line=True, most=QUESTION_CHARS)


def maths(name: str, *, least: int = 12) -> Column:
    """A column of golds or answers."""
    return Column(name, literal=True, maths=True, least=least, most=ANSWER_CHARS)


def compared_rules(rules: Sequence[ComparedRule] | None) -> Iterator[Sheet]:
    """The rules side by side, where there are several, and a matrix of how far they agree."""
    if rules is None:
        return
    yield Sheet(
        "rules compared: what they accept, of all examples and of the false negatives",
        (Column("", number=True), Column("rule"), *numbers("accepts", "rejects", "undecided", "false neg.")),
        [
            (
                str(number),
                visible(rule.name, NAME_CHARS),
                *(f"{count:,}" for count in (rule.accept, rule.reject, rule.undecided)),
                f"{rule.false_negatives_accepted:,}" if number > 1 else "",
            )
            for number, rule in enumerate(rules, 1)
        ],
        heading="Rules compared",
    )
    yield Sheet(
        "agreement: the share of examples on which two rules say the same",
        numbers("", *map(str, range(1, len(rules) + 1))),
        [
            (str(number), *map(percent_if_known, rule.agreement.values()))
            for number, rule in enumerate(rules, 1)
        ],
    )


def fates(not_accepted: NotAccepted) -> Sheet:
    """Where the rejections go."""
    rejected, undecided = not_accepted.reject, not_accepted.undecided
    rows = []
    for fate, said in FATES.items():
        count, beside = getattr(rejected, fate), getattr(undecided, fate)
        rows.append((said, f"{count:,}", *_shares(share_of(count, rejected.count)), f"{beside:,}"))
    return Sheet(
        "what became of what the rule did not accept",
        (Column(""), *numbers("rejected", "share", "95% interval", "undecided by the rule")),
        rows,
        heading="Where the rejections go",
    )


def leaves(categories: Categories) -> Iterator[Sheet]:
    """The kinds that occur, the commonest first, beside the paper's shares."""
    if not categories.named:
        return
    without = f"; {categories.without:,} more have none" if categories.without else ""
    yield Sheet(
        f"kinds of false negatives, of the {categories.named:,} that have one{without}",
        (Column("kind"), *numbers("count", "proved", "likely", "share", "95% interval", "paper")),
        [
            (
                kind(leaf.leaf),
                *(f"{count:,}" for count in (leaf.count, leaf.proved, leaf.likely)),
                *_shares(leaf.found),
                percent_if_known(leaf.paper),
            )
            for leaf in commonest(categories)
        ],
        heading="Kinds of false negatives",
        charts=_beside_the_paper(categories),
    )


def _beside_the_paper(categories: Categories) -> Charts:
    """The shares of the categories and of the commonest leaves, here and in the paper."""
    paper = "in the paper (arXiv 2505.14625), on Big-Math"
    named = [(f"{each.category} {each.name}", each.found, each.paper) for each in categories.categories]
    drawn = [(kind(leaf.leaf), leaf.found, leaf.paper) for leaf in commonest(categories)[:MAX_DRAWN]]
    return Charts(
        [_two_shares("Categories", named), _two_shares("The commonest kinds", drawn)],
        [Entry(bar_swatch(FOUND), "here"), Entry(bar_swatch(OTHER), paper)],
    )


def _two_shares(title: str, shares: Sequence[tuple[str, Share, float | None]]) -> Chart:
    names, here = [name for name, _, _ in shares], [found for _, found, _ in shares]
    paper = [Share(share, None) for _, _, share in shares]
    caption = "The share of each, with its 95% interval as a line."
    return _bars(title, names, [Bars(FOUND, here), Bars(OTHER, paper)], caption)


def _bars(title: str, names: Sequence[str], bars: Sequence[Bars], caption: str) -> Chart:
    def draw(**named: str) -> Markup:
        from tinyv_cli.figures.charts import bars_chart

        return bars_chart(names, bars, **named)

    return Chart(title, draw, caption)


def groups(by: Groups, *, most: int) -> Sheet:
    """The false negatives of each value of a column."""
    shown = by.groups[:most]
    drawn = shown[:MAX_DRAWN]
    cut = f" The first {MAX_DRAWN} of {by.count:,} are drawn." if by.count > MAX_DRAWN else ""
    corrected = ["corrected %"] if any(group.scored.corrected for group in shown) else []
    return Sheet(
        f"{_by(by, most)}{_few(shown)}",
        (
            Column(visible(by.column, NAME_CHARS), literal=True, most=NAME_CHARS),
            *numbers("count", "score %", *corrected),
            *numbers("rejected", "proved", "likely", "of rejected", "95% interval"),
        ),
        [_group(group, corrected=bool(corrected)) for group in shown],
        heading=f"By {visible(by.column, NAME_CHARS)}",
        charts=Charts(
            [
                _bars(
                    "Right, of what the rule rejected",
                    [group.value for group in drawn],
                    [Bars(FOUND, [group.found for group in drawn])],
                    f"The share found, with its 95% interval as a line.{cut}",
                )
            ]
        ),
    )


def _group(group: Group, *, corrected: bool) -> tuple[str, ...]:
    share, between = _shares(group.found)
    counts = (group.rejected, group.proved, group.likely)
    few = FEW if share and group.small else ""
    return (
        group.value,
        f"{group.examples:,}",
        _before_and_after(group.scored),
        *([_corrected(group.scored.corrected)] if corrected else []),
        *(f"{count:,}" for count in counts),
        f"{share}{few}",
        between,
    )


def _before_and_after(scored: Scored) -> str:
    before, after = scored.before.value, scored.after.value
    return "" if before is None or after is None else f"{100 * before:.1f}→{100 * after:.1f}"


def _corrected(score: Share | None) -> str:
    """Nothing where too little is known of the group."""
    share, between = _shares(score or UNKNOWN_SHARE)
    return f"{share} ({between})" if between else share


def _by(by: Groups, most: int) -> str:
    """By which column, and how many values are not shown."""
    more = by.count - len(by.groups[:most])
    return f"by {visible(by.column, NAME_CHARS)}" + (f" (the largest; {more:,} more)" if more else "")


def _few(shown: Sequence[Group]) -> str:
    small = any(group.small and group.rejected for group in shown)
    return f"; {FEW} few were rejected: see how wide the interval is" if small else ""


def group_costs(by: Groups) -> Iterator[Sheet]:
    """What the lost answers cost RL, for each value of a column."""
    shown = [(group.value, group.questions) for group in by.groups if group.questions is not None]
    if not shown:
        return
    yield Sheet(
        f"what that costs RL, {_by(by, MAX_GROUPS)}; before → after recovery",
        (
            Column(visible(by.column, NAME_CHARS), literal=True, least=LEAST_NAME, most=NAME_CHARS),
            *numbers("questions", "pass rate %", "efficiency %"),
            *numbers("to mixed", "to right", "GRPO ±"),
        ),
        [(value, *_cost(questions)) for value, questions in shown],
    )


def _cost(questions: Questions) -> tuple[str, ...]:
    efficiency = (questions.prompt_efficiency_before, questions.prompt_efficiency_after)
    return (
        f"{questions.count:,}",
        f"{100 * questions.pass_rate_before:.1f} → {100 * questions.pass_rate_after:.1f}",
        " → ".join(f"{100 * share:.1f}" for share in efficiency),
        f"{questions.all_wrong_to_mixed:,}",
        f"{questions.mixed_to_all_right:,}",
        f"{questions.advantage_change:.3f}",
    )


def pass_rates(questions: Questions | None) -> Iterator[Sheet]:
    """How the pass rates of the questions are distributed, before and after."""
    if questions is None:
        return
    parts = questions.pass_rates or []
    of = f"{many(questions.count, 'question')} with {many(questions.rollouts, 'rollout')}"
    title = "Questions by their pass rate"
    before = Bars(OTHER, [Share(part.before / questions.count, None) for part in parts])
    after = Bars(FOUND, [Share(part.after / questions.count, None) for part in parts])
    yield Sheet(
        "questions by their pass rate",
        (Column("pass rate"), *numbers("by the rule", "after recovery")),
        [(_rates(part), f"{part.before:,}", f"{part.after:,}") for part in parts],
        charts=Charts(
            [_bars(title, [_rates(part) for part in parts], [before, after], f"The share of {of}.")],
            [Entry(bar_swatch(OTHER), "by the rule"), Entry(bar_swatch(FOUND), "after recovery")],
        ),
    )


def _rates(part: PassRates) -> str:
    """Which pass rates a part of the questions has."""
    if part.state != "mixed":
        return part.state.replace("_", " ")
    ends = ", below" if part.up_to == 1 else " to"
    return f"above {part.above:.0%}{ends} {part.up_to:.0%}"


def p_histogram(summary: Summary) -> Iterator[Sheet]:
    """How the model's p is spread."""
    bins, threshold = summary.p_histogram, summary.threshold
    if not bins or threshold is None:
        return
    counts = [each.count for each in bins]
    scored, most = sum(counts), max(counts)

    def draw(**named: Any) -> Markup:
        from tinyv_cli.figures.charts import counts_chart

        return counts_chart(counts, threshold=threshold, number=FOUND, **named)

    caption = (
        f"The p of the {many(scored, 'answer')} that the model judged. What lies right of the threshold "
        "counts as correct; the more there is in the middle, the more depends on where it lies."
    )
    yield Sheet(
        f"the model's p; it counts as correct from {threshold:g} on",
        (*numbers("from", "to", "count"), Column("")),
        [_bin(each, most) for each in bins],
        heading="How sure the model is",
        charts=Charts([Chart("How p is spread", draw, caption)]),
        instead=True,
    )


def _bin(part: Bin, most: int) -> tuple[str, ...]:
    bar = "█" * -(-part.count * BAR_CHARS // most)
    return f"{part.low:.2f}", f"{part.high:.2f}", f"{part.count:,}", bar


def suspect_accepts(accepts: SuspectAccepts | None) -> Iterator[Sheet]:
    """Answers that the rule accepts though something speaks against them."""
    if accepts is None or not accepts.count:
        return
    yield Sheet(
        f"what speaks against {accepts.count:,} of the {accepts.accepted:,} that the rule accepts",
        (Column("why", literal=True, least=12, most=PROOF_CHARS), maths("gold"), maths("answer"), QUESTION),
        [(each.reason, each.gold, each.answer, each.question) for each in accepts.examples],
        heading="Accepted, and suspect",
    )


def suspects(golds: SuspectGolds) -> Iterator[Sheet]:
    """Golds that may be wrong."""
    outvoted, unmatchable, heading = golds.outvoted, golds.unmatchable, "Golds that may be wrong"
    if outvoted is not None and outvoted.count:
        yield Sheet(
            f"golds that most rollouts contradict: {outvoted.count:,} "
            f"of {outvoted.questions:,} questions with enough rollouts",
            (*numbers("agree", "of", "mean p"), maths("answer"), maths("gold"), QUESTION),
            [_outvoted(each) for each in outvoted.examples],
            heading=heading,
        )
        heading = ""
    if unmatchable.count:
        yield Sheet(
            f"golds that the rule cannot match with themselves, of {unmatchable.count:,} questions",
            (*numbers("examples"), Column("problem"), maths("gold"), QUESTION),
            [_unmatchable(each) for each in unmatchable.examples],
            heading=heading,
        )


def _outvoted(each: OutvotedGold) -> tuple[str | None, ...]:
    p = "" if each.p is None else f"{each.p:.3f}"
    return (f"{each.agreeing:,}", f"{each.rollouts:,}", p, each.answer, each.gold, each.question)


def _unmatchable(each: UnmatchableGold) -> tuple[str | None, ...]:
    return (f"{each.examples:,}", PROBLEMS[each.problem], each.gold, each.question)


def proofs(summary: Summary, *, most: int) -> Iterator[Sheet]:
    """Which leaves of the taxonomy were proved how often, with an example of each."""
    proved = summary.proved_examples
    if not proved:
        return
    more = f" ({len(proved) - most:,} more kinds)" if len(proved) > most else ""
    yield Sheet(
        f"false negatives proved, by kind, with an example of each{more}",
        (
            Column("", number=True),
            Column("kind", least=12),
            maths("gold"),
            maths("answer"),
            Column("proof", literal=True, least=12, most=PROOF_CHARS),
        ),
        [
            (f"{one.count:,}", kind(visible(one.leaf)), one.gold, one.answer, one.proof)
            for one in proved[:most]
        ],
    )


def most_confident(summary: Summary) -> Iterator[Sheet]:
    """Those of the highest p; where rules were compared, with the numbers of those that accept them."""
    if not summary.examples:
        return
    rules = [rule.name for rule in summary.rules or []]
    yield Sheet(
        "most confident of the likely false negatives",
        (
            *numbers(*(["p"] if summary.models is None else ["p", "p 2"])),
            maths("gold", least=16),
            maths("answer", least=16),
            *([Column("rules", one_line=True)] if rules else []),
            QUESTION,
        ),
        [_confident(example, rules) for example in summary.examples],
    )


def _confident(example: ConfidentExample, rules: Sequence[str]) -> tuple[str | None, ...]:
    scores = [example.p] if example.second is None else [example.p, example.second.p]
    accepting = [str(1 + rules.index(name)) for name in example.accepted_by or []]
    return (
        *("" if p is None else f"{p:.3f}" for p in scores),
        example.gold,
        example.answer,
        *([",".join(accepting)] if rules else []),
        example.question,
    )


def _shares(found: Share) -> tuple[str, str]:
    """The share and its interval, a column each."""
    return percent_if_known(found.value), percents(found.interval)
