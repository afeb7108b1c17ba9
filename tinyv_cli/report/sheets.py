"""The figures of a summary as sheets with their charts: the short summary, the report and its page pick."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from tinyv_cli.console import visible
from tinyv_cli.figures.orders import number_of
from tinyv_cli.figures.records import Share, share_of
from tinyv_cli.figures.series import Bars, Chart, Charts, Entry, Line, bar_swatch, line_swatch, readable
from tinyv_cli.figures.sheets import NAME_CHARS, Column, Sheet
from tinyv_cli.figures.spelling import count, decimal, kind, many, numbers, percent_if_known, percents
from tinyv_cli.report.accepts import SuspectAccepts
from tinyv_cli.report.categories import Categories
from tinyv_cli.report.groups import MAX_GROUPS, STEP, Group, Groups
from tinyv_cli.report.lines import called, commonest
from tinyv_cli.report.listing import ConfidentExample, ProvedExample, named_kind
from tinyv_cli.report.noise import Noise
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
    "incorrect": "wrong",
    "undecided": "undecided",
}
PROBLEMS = {
    "unparsable": "the rule cannot read it",
    "unequal": "the rule rejects an answer that is spelled alike",
}
TIMES = "times"  # how often a question has this gold and answer
CAPTIONS = {
    "Score": "Of all responses the share that is right.",
    "Prompt efficiency": "Of the questions with several responses the share of which some pass and some do "
    "not: from the others a policy learns nothing.",
}
LOST = "Of all responses that are right in the end the share that the rule did not accept."
NONE_ACCEPTED = "Of the questions with several responses: some are right, and the rule accepts none of them."
PAPER_DISAGREES = (
    "the paper's figure gives them shares that are not the sums of those that it gives their leaves"
)
HOW_KNOWN = "of what is proved the proof shows its kind, of what is only likely it is the likeliest"
QUESTION = Column("question", literal=True, one_line=True, most=QUESTION_CHARS)

IN_SHORT = (
    Column("", number=True, one_line=True),
    Column("", least=19, one_line=True),
    Column("", literal=True, one_line=True, most=ANSWER_CHARS),
    Column("", literal=True, one_line=True, most=ANSWER_CHARS),
)


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
                called(rule.name),
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
    """Where that goes which the rule did not accept."""
    rejected, undecided = not_accepted.reject, not_accepted.undecided
    total = rejected.count + undecided.count
    rows = []
    for fate, said in FATES.items():
        count, beside = getattr(rejected, fate), getattr(undecided, fate)
        rows.append((said, f"{count + beside:,}", *_shares(share_of(count + beside, total)), f"{beside:,}"))
    return Sheet(
        f"what became of the {total:,} that the rule did not accept",
        (Column(""), *numbers("responses", "share", "95% interval", "the rule undecided")),
        rows,
        heading="What was not accepted",
    )


def kinds(found: Categories) -> Iterator[Sheet]:
    """The kinds that occur, the commonest first, and their categories, beside the paper's shares."""
    if not found.named:
        return
    yield Sheet(
        f"kinds of false negatives, of the {found.named:,} that have one{_without(found)}; {HOW_KNOWN}",
        (Column("kind"), *numbers("count", "proved", "likely", "share", "95% interval", "paper")),
        [
            (
                kind(leaf.leaf),
                *(f"{count:,}" for count in (leaf.count, leaf.proved, leaf.likely)),
                *_shares(leaf.found),
                percent_if_known(leaf.paper),
            )
            for leaf in commonest(found)
        ],
        heading="Why they were not accepted",
        charts=_beside_the_paper(
            "The commonest kinds",
            [(kind(leaf.leaf), leaf.found, leaf.paper) for leaf in commonest(found)[:MAX_DRAWN]],
        ),
    )
    yield Sheet(
        f"their categories; {PAPER_DISAGREES}",
        (Column("category"), *numbers("count", "share", "95% interval", "paper", "its leaves in the paper")),
        [
            (
                f"{each.category} {each.name}",
                f"{each.count:,}",
                *_shares(each.found),
                percent_if_known(each.paper),
                percent_if_known(each.paper_leaves),
            )
            for each in found.categories
        ],
        charts=_beside_the_paper(
            "Categories",
            [(f"{each.category} {each.name}", each.found, each.paper) for each in found.categories],
        ),
    )


def _without(found: Categories) -> str:
    """What has no leaf: the same text, which the rule did not see or cannot read, and what none fits."""
    same, others = found.same_text, found.without - found.same_text
    unseen = f", which the rule did not see in {found.unseen:,}" if found.unseen else ""
    said = [f"{same:,} more are the gold to the letter{unseen}"] if same else []
    said += [f"{others:,} more have none"] if others else []
    return "".join(f"; {each}" for each in said)


def _beside_the_paper(title: str, shares: Sequence[tuple[str, Share, float | None]]) -> Charts:
    """Shares here and in the paper."""
    paper = "in the paper (arXiv 2505.14625), on Big-Math"
    legend = [Entry(bar_swatch(FOUND), "here"), Entry(bar_swatch(OTHER), paper)]
    return Charts([_two_shares(title, shares)], legend)


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


def groups_in_short(by: Groups, *, most: int) -> Sheet:
    """The score of each value of a column, and how much of what was not accepted is right."""
    shown = by.groups[:most]
    return Sheet(
        f"{_by(by, most)}; of what was not accepted the share that is right{_few(shown)}",
        (_value(by), *numbers("count", "score %", "not accepted", "right", "95% interval")),
        [
            (
                group.value,
                f"{group.examples:,}",
                _before_and_after(group.scored, in_short=True),
                f"{group.not_accepted:,}",
                *_right(group),
            )
            for group in shown
        ],
    )


def groups(by: Groups, *, most: int) -> Sheet:
    """The false negatives of each value of a column: numbers as curves, others as bars."""
    shown = by.groups[:most]
    return Sheet(
        f"{_by(by, most)}{_few(shown)}",
        (
            _value(by),
            *numbers("responses", "score %", "not accepted", "proved", "likely", "right of these"),
            *numbers("95% interval"),
        ),
        [_group(group) for group in shown],
        heading=f"By {shown_column(by)}",
        charts=curves(by) if by.numeric and len(shown) > 1 else _bars_of(by, shown),
    )


def shown_column(by: Groups) -> str:
    """What the column is called where people read it: ours that says the step is `step`."""
    return "step" if by.column == STEP else visible(by.column, NAME_CHARS)


def _value(by: Groups) -> Column:
    return Column(shown_column(by), literal=True, least=LEAST_NAME, most=NAME_CHARS)


def curves(by: Groups) -> Charts:
    """How the figures go as the numbers of the column grow, before recovery and after."""
    groups = [(number, group) for group in by.groups if (number := number_of(group.value)) is not None]
    asked = [(number, group.questions) for number, group in groups if group.questions is not None]
    before_and_after = (
        ("Score", [(x, group.scored.before.value, group.scored.after.value) for x, group in groups]),
        (
            "Prompt efficiency",
            [(x, each.prompt_efficiency_before, each.prompt_efficiency_after) for x, each in asked],
        ),
    )
    one = (
        ("Right answers lost", LOST, [(x, group.lost.value) for x, group in groups]),
        (
            "Questions of which every right answer is rejected",
            NONE_ACCEPTED,
            [(x, each.every_right_rejected / each.count) for x, each in asked],
        ),
    )
    across = shown_column(by)
    charts = [
        _curve(title, across, {OTHER: [(x, b) for x, b, _ in found], FOUND: [(x, a) for x, _, a in found]})
        for title, found in before_and_after
    ]
    charts += [_curve(title, across, {FOUND: found}, caption) for title, caption, found in one]
    kept = [chart for chart in charts if chart is not None]
    return Charts(
        kept, [Entry(line_swatch(OTHER), "by the rule"), Entry(line_swatch(FOUND), "after recovery")]
    )


def _curve(
    title: str, across: str, found: Mapping[int, Sequence[tuple[float, float | None]]], caption: str = ""
) -> Chart | None:
    """A chart of shares against numbers; None where there is nothing to draw."""
    lines = [
        Line(number, [(x, y) for x, y in points if y is not None], None) for number, points in found.items()
    ]
    if not any(line.points for line in lines):
        return None

    def draw(**named: str) -> Markup:
        from tinyv_cli.figures.charts import curve_chart

        return curve_chart(lines, across=across, **named)

    return Chart(title, draw, caption or CAPTIONS[title])


def _bars_of(by: Groups, shown: Sequence[Group]) -> Charts:
    drawn = shown[:MAX_DRAWN]
    cut = f" The first {MAX_DRAWN} of {by.count:,} are drawn." if by.count > MAX_DRAWN else ""
    return Charts(
        [
            _bars(
                "Right, of what the rule did not accept",
                [group.value for group in drawn],
                [Bars(FOUND, [group.of_not_accepted for group in drawn])],
                f"The share found, with its 95% interval as a line.{cut}",
            )
        ]
    )


def _group(group: Group) -> tuple[str, ...]:
    return (
        group.value,
        f"{group.examples:,}",
        _before_and_after(group.scored),
        *(f"{count:,}" for count in (group.not_accepted, group.proved, group.likely)),
        *_right(group),
    )


def _right(group: Group) -> tuple[str, str]:
    """Of what was not accepted the share that is right, and its interval."""
    share, between = _shares(group.of_not_accepted)
    return f"{share}{FEW if share and group.small else ''}", between


def _before_and_after(scored: Scored, *, in_short: bool = False) -> str:
    """`28.5→39.5`; where that is known what it really is, too: `(corrected 41.2%, 35.0% to 47.1%)`."""
    before, after, corrected = scored.before.value, scored.after.value, scored.corrected
    if before is None or after is None:
        return ""
    known = (
        "" if corrected is None or in_short else f" (corrected {', '.join(filter(None, _shares(corrected)))})"
    )
    return f"{100 * before:.1f}→{100 * after:.1f}{known}"


def _by(by: Groups, most: int) -> str:
    """By which column, and how many values are not shown."""
    more = by.count - len(by.groups[:most])
    which = "some evenly" if by.numeric else "the largest"
    return f"by {shown_column(by)}" + (f" ({which}; {more:,} more)" if more else "")


def _few(shown: Sequence[Group]) -> str:
    small = any(group.small and group.not_accepted for group in shown)
    return f"; {FEW} few: see how wide the interval is" if small else ""


def group_costs(by: Groups) -> Iterator[Sheet]:
    """What the lost answers cost RL, for each value of a column."""
    shown = [(group.value, group.questions) for group in by.groups if group.questions is not None]
    if not shown:
        return
    yield Sheet(
        f"what that costs RL, {_by(by, MAX_GROUPS)}; before → after recovery",
        (
            _value(by),
            *numbers("questions", "pass rate %", "efficiency %"),
            *numbers("none accepted", "to mixed", "to right", "GRPO ±"),
        ),
        [(value, *_cost(questions)) for value, questions in shown],
    )


def _cost(questions: Questions) -> tuple[str, ...]:
    efficiency = (questions.prompt_efficiency_before, questions.prompt_efficiency_after)
    return (
        f"{questions.count:,}",
        f"{100 * questions.pass_rate_before:.1f} → {100 * questions.pass_rate_after:.1f}",
        " → ".join(f"{100 * share:.1f}" for share in efficiency),
        f"{questions.every_right_rejected:,}",
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


def none_accepted(noise: Noise | None) -> Iterator[Sheet]:
    """Questions of which the rule rejects every right answer, those first that chance explains least."""
    if noise is None or not noise.examples:
        return
    yield Sheet(
        f"questions of which the rule accepts no right answer: {noise.none_accepted:,}, "
        f"by chance {count(noise.none_accepted_expected)}",
        (*numbers("right", "of", "by chance"), maths("gold"), maths("a right answer"), QUESTION),
        [
            (
                f"{each.right:,}",
                f"{each.rollouts:,}",
                f"{each.chance:.1%}",
                each.gold,
                each.answer,
                each.question,
            )
            for each in noise.examples
        ],
        heading="Lost by question, not by chance",
    )


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
        f"{_torn(bins)}"
    )
    yield Sheet(
        f"the model's p; it counts as correct from {threshold:g} on",
        (*numbers("from", "to", "count"), Column("")),
        [_bin(each, most) for each in bins],
        heading="How sure the model is",
        charts=Charts([Chart("How p is spread", draw, caption)]),
        instead=True,
    )


def _torn(bins: Sequence[Bin]) -> str:
    """How high the bars are that the chart does not show in full."""
    shown = readable([each.count for each in bins])
    torn = [f"{each.count:,} from {each.low:g} to {each.high:g}" for each in bins if each.count > shown]
    return f" Torn bars go on beyond the chart: {', '.join(torn)}." if torn else ""


def _bin(part: Bin, most: int) -> tuple[str, ...]:
    bar = "█" * -(-part.count * BAR_CHARS // most)
    return f"{part.low:.2f}", f"{part.high:.2f}", f"{part.count:,}", bar


def suspect_accepts(accepts: SuspectAccepts | None) -> Iterator[Sheet]:
    """Answers that the rule accepts though something speaks against them."""
    if accepts is None or not accepts.count:
        return
    yield Sheet(
        f"what speaks against {accepts.count:,} of the {accepts.accepted:,} that the rule accepts",
        (
            *numbers(TIMES),
            Column("why", literal=True, least=12, most=PROOF_CHARS),
            maths("gold"),
            maths("answer"),
            QUESTION,
        ),
        [
            (f"{each.copies:,}", each.reason, each.gold, each.answer, each.question)
            for each in accepts.examples
        ],
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
        [(f"{one.count:,}", _kind_of(one), one.gold, one.answer, one.proof) for one in proved[:most]],
    )


def _kind_of(one: ProvedExample) -> str:
    return named_kind(one.leaf, one) or "–"


def proved_in_short(summary: Summary, *, most: int) -> Iterator[Sheet]:
    """Of the kinds proved oftenest an example each, on a line."""
    if shown := summary.proved_examples[:most]:
        yield Sheet(
            "proved right, an example of each kind: gold, and answer",
            IN_SHORT,
            [(f"{one.count:,}", _kind_of(one), one.gold, one.answer) for one in shown],
        )


def likely_in_short(summary: Summary, *, most: int) -> Iterator[Sheet]:
    """Those of the highest p, on a line each."""
    if shown := summary.examples[:most]:
        yield Sheet(
            "likely right, by the model's p: gold, and answer",
            IN_SHORT,
            [(decimal(one.p), kind(one.category or "") or "–", one.gold, one.answer) for one in shown],
        )


def most_confident(summary: Summary) -> Iterator[Sheet]:
    """Those of the highest p; where rules were compared, with the numbers of those that accept them."""
    if not summary.examples:
        return
    rules = [rule.name for rule in summary.rules or []]
    repeated = any(example.copies > 1 for example in summary.examples)
    yield Sheet(
        "most confident of the likely false negatives",
        (
            *numbers(*(["p"] if summary.models is None else ["p", "p 2"])),
            *numbers(*([TIMES] if repeated else [])),
            maths("gold", least=16),
            maths("answer", least=16),
            *([Column("rules", one_line=True)] if rules else []),
            QUESTION,
        ),
        [_confident(example, rules, repeated=repeated) for example in summary.examples],
    )


def _confident(example: ConfidentExample, rules: Sequence[str], *, repeated: bool) -> tuple[str | None, ...]:
    scores = [example.p] if example.second is None else [example.p, example.second.p]
    accepting = [str(1 + rules.index(name)) for name in example.accepted_by or []]
    return (
        *("" if p is None else f"{p:.3f}" for p in scores),
        *([f"{example.copies:,}"] if repeated else []),
        example.gold,
        example.answer,
        *([",".join(accepting)] if rules else []),
        example.question,
    )


def _shares(found: Share) -> tuple[str, str]:
    """The share and its interval, a column each."""
    return percent_if_known(found.value), percents(found.interval)
