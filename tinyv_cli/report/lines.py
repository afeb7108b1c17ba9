"""The figures of a summary in a line each: the words in which all that shows them tells them."""

from collections.abc import Iterator

from tinyv_cli.console import visible
from tinyv_cli.figures.records import Share
from tinyv_cli.figures.sheets import NAME_CHARS
from tinyv_cli.figures.spelling import (
    count,
    duration,
    kind,
    listed,
    many,
    part_of,
    percent,
    percent_if_known,
    points_between,
)
from tinyv_cli.figures.spelling import points as in_points
from tinyv_cli.report.accepts import SuspectAccepts
from tinyv_cli.report.categories import Categories, Leaf
from tinyv_cli.report.estimate import Estimate
from tinyv_cli.report.noise import Noise
from tinyv_cli.report.questions import Questions
from tinyv_cli.report.records import (
    Cascade,
    Cut,
    FalseNegatives,
    LabelSays,
    LostIn,
    Summary,
    SuspectGolds,
)
from tinyv_cli.report.score import Gain
from tinyv_cli.words import COLUMN, NONE

Line = tuple[str, str]

SHOWN_KINDS = 3
LEAST_SHARE = 0.01  # of the time, that is worth saying
LEAST_SECONDS = 0.05  # which are told as 0.0
NOTICED = {
    "no_gold": "without a gold",
    "sentinel_gold": "with a gold that only says that there is none",
    "no_response": "without a response",
    "copies": "the same as an earlier one",
    "question_cut": "with a chat template or instructions around the question, cut off",
}
DECIDES = {"all": "correct is what all find correct", "any": "correct is what any of them finds correct"}
NO_ESTIMATE = {
    "errs_otherwise": (
        "the verifier flags more or fewer than it could if it erred here as where that was measured"
    ),
    "no_better_than_chance": "the verifier was no better than chance on the pairs that it was measured on",
    "nothing_decided": "nothing was rejected and decided",
    "no_labels_of_flagged": "none of the likely ones has a label",
}
NOT_KNOWN = (
    "not known; give --labels FILE with labels by hand (of 'tinyv review'), "
    "or --calibration FILE of the model (of 'tinyv eval --calibrate')"
)


def answer(summary: Summary, *, in_short: bool = False) -> Iterator[Line]:
    """What was asked for: the score, what became of what the rule did not accept, and why it was lost."""
    yield from _score(summary)
    if _looked(summary):
        yield "not accepted", _not_accepted(summary)
        if summary.estimate is not None:
            yield "really right", estimated(summary.estimate, in_short=in_short)
        yield from where_lost(summary)
        if summary.categories.named:
            yield "kinds", _kinds(summary.categories)
    yield from _of_the_label(summary)


def where_lost(summary: Summary) -> Iterator[Line]:
    """Whether the rule had not seen the answers, or compared them wrongly, as far as that is known."""
    if summary.lost_in is not None and summary.false_negatives.count:
        yield "lost in", _lost_in(summary.lost_in)


def how_sure(summary: Summary) -> Iterator[Line]:
    """What was missed as a share of what, how much is really right, and what the user's own labels say."""
    if summary.false_negatives.not_accepted:
        yield "missed", _missed(summary.false_negatives)
    if summary.estimate is not None:
        yield "really right", estimated(summary.estimate)
    yield from _of_the_label(summary)


def _of_the_label(summary: Summary) -> Iterator[Line]:
    if summary.label is not None:
        yield f"label {visible(summary.label.column, NAME_CHARS)}", _by_label(summary.label)


def doubts(summary: Summary) -> Iterator[Line]:
    """What is to be looked at, and what nobody could decide."""
    if summary.suspect_accepts is not None and summary.suspect_accepts.count:
        yield "suspect accepts", _suspect_accepts(summary.suspect_accepts)
    if suspects := _suspect_golds(summary.suspect_golds):
        yield "suspect golds", suspects
    undecided = summary.undecided
    if undecided.count:
        yield "undecided", f"{undecided.count:,} in the end{listed(undecided.reasons)}"


def judged(summary: Summary) -> Iterator[Line]:
    """What was read, what rule and model said of it, and what that cost."""
    read = summary.read
    noticed = [f"{count:,} {what}" for name, what in NOTICED.items() if (count := getattr(read, name))]
    yield "read", "; ".join([f"{many(read.examples, 'response')} in {many(read.rows, 'row')}", *noticed])
    if summary.selection:
        chosen = (f"{name} {visible(str(value))}" for name, value in summary.selection.items())
        yield "selected by", ", ".join(chosen)
    if summary.only:
        yield "only these", f"{summary.only}: the file holds no others, and all figures are of them"
    yield from _rules(summary)
    if summary.model_name != NONE:
        yield from _models(summary)
    if cost := _cost(summary):
        yield "cost", cost


def _rules(summary: Summary) -> Iterator[Line]:
    """What the rule says, and beside it the others; of a recorded verdict with how they differ from it."""
    rule, examples = summary.rule, summary.read.examples
    open_still = f"undecided {rule.undecided:,}{listed(rule.reasons)}"
    if recorded := recorded_field(summary):
        said = _beside_the_recorded(summary, recorded)
        yield called(summary.rule_name), f"{said}; {open_still}" if rule.undecided else said
        return
    accepts = part_of(rule.accept, examples)
    yield f"rule {called(summary.rule_name)}", f"accepts {accepts}, rejects {rule.reject:,}, {open_still}"
    for other in (summary.rules or [])[1:]:
        accepts = part_of(other.accept, examples)
        found = part_of(other.false_negatives_accepted, summary.false_negatives.count)
        differs = f"{other.accepts_more:,} more and {other.accepts_less:,} not of the audited rule's"
        yield f"rule {called(other.name)}", f"accepts {accepts}, {differs}; of those found right {found}"


def called(rule: str | None) -> str:
    """What a rule is called where people read it; a recorded verdict by its field."""
    name = visible(rule, NAME_CHARS)
    return f"recorded {name.removeprefix(COLUMN)}" if name.startswith(COLUMN) else name


def _cost(summary: Summary) -> str:
    """How long the run took, and each stage that took some of it, with its share; they go on side by side."""
    seconds = dict(summary.provenance.get("seconds") or {})
    whole = seconds.pop("all", None)
    if not whole:
        return ""
    took = {name: spent for name, spent in seconds.items() if spent >= LEAST_SECONDS or name == "model"}
    stages = (f"{name} {_spent(name, spent, whole, summary)}" for name, spent in took.items())
    return f"{duration(whole)}: {', '.join(stages)}"


def _spent(stage: str, seconds: float, whole: float, summary: Summary) -> str:
    share = [f"{seconds / whole:.0%}"] if seconds / whole >= LEAST_SHARE else []
    asked = [f"asked {summary.model.asked:,} of {summary.read.examples:,}"] if stage == "model" else []
    inside = ", ".join([*share, *asked])
    return f"{duration(seconds)} ({inside})" if inside else duration(seconds)


def recorded_field(summary: Summary) -> str | None:
    """The field of the data whose verdicts are audited; None where a rule is."""
    name = summary.rule_name or ""
    return name.removeprefix(COLUMN) if name.startswith(COLUMN) else None


def _beside_the_recorded(summary: Summary, recorded: str) -> str:
    """What the data recorded beside what other rules say, both ways."""
    of, rules = summary.read.examples, summary.rules or []
    said = f"your recorded '{visible(recorded, NAME_CHARS)}' accepts {part_of(summary.rule.accept, of)}"
    for rule in rules[1:]:
        said += (
            f"; {visible(rule.name, NAME_CHARS)} {part_of(rule.accept, of)}, "
            f"{rule.accepts_more:,} of them not accepted there, and lacks {rule.accepts_less:,} that are"
        )
    return f"{said}; audited: {visible(recorded, NAME_CHARS)}"


def _score(summary: Summary) -> Iterator[Line]:
    """The first figure: how many are right, by the rule and after recovery, and what that is made of."""
    score = summary.score
    before, after, gain = score.scored.before, score.scored.after, score.scored.gain
    if before.value is None or after.value is None:
        return
    name = visible(recorded_field(summary) or summary.rule_name, NAME_CHARS)
    by_rule = f"{before.value:.1%} by {name}"
    if not _looked(summary):
        yield "score", by_rule + _in_brackets(before)
        return
    yield "score", f"{by_rule}, {after.value:.1%} after recovery{_in_brackets(after)}, {points(gain)}"
    made = [f"{100 * score.proved:+.1f} proved", f"{100 * score.likely:+.1f} likely"]
    if score.trusted is not None and score.trusted.value != after.value:
        made.append(f"{percent_if_known(score.trusted.value)} if the suspect accepts are wrong")
    if score.undecided:
        made.append(f"{score.undecided:,} undecided count as wrong")
    yield "its parts", ", ".join([by_rule, *made])
    if (corrected := score.scored.corrected) is not None:
        known = f", by {summary.estimate.by}" if summary.estimate else ""
        yield "corrected", f"{percent_if_known(corrected.value)}{_in_brackets(corrected)}{known}"


def points(gain: Gain) -> str:
    """`+11.0 points (8.9 to 13.3)`."""
    ends = (
        "" if gain.interval is None else " ({:.1f} to {:.1f})".format(*(100 * end for end in gain.interval))
    )
    return f"{100 * gain.value:+.1f} points{ends}"


def _in_brackets(found: Share) -> str:
    """` (95% 36.1 to 43.0)`."""
    return "" if found.interval is None else f" ({_between(found).removeprefix(', ')})"


def _between(found: Share) -> str:
    """`, 95% 36.1 to 43.0`."""
    if found.interval is None:
        return ""
    low, high = found.interval
    return f", 95% {100 * low:.1f} to {100 * high:.1f}"


def _models(summary: Summary) -> Iterator[Line]:
    if summary.cascade is not None:
        yield from _in_turn(summary.cascade)
    else:
        yield from _by_all(summary)
    if summary.model.close:
        yield "close", f"{many(summary.model.close, 'verdict')} whose p lies within 0.01 of the threshold"
    if summary.model.cut.examples:
        yield "cut for the model", _cut(summary.model.cut)


def _in_turn(cascade: Cascade) -> Iterator[Line]:
    for model in cascade.each:
        settled = f"settled {model.settled:,} ({model.correct:,} as correct)"
        yield f"model {visible(model.name, NAME_CHARS)}", f"asked about {model.asked:,}; {settled}"
    yield "models in turn", f"one settles what it is sure of, with p >= {cascade.sure:g} of right or of wrong"


def _cut(cut: Cut) -> str:
    """What a model did not see whole, part by part."""
    parts = {"answer": cut.answer, "gold": cut.gold, "question": cut.question}
    named = ", ".join(f"the {name} of {count:,}" for name, count in parts.items() if count)
    return f"{many(cut.examples, 'example')}, longer than what it reads: {named}"


def _by_all(summary: Summary) -> Iterator[Line]:
    asked, models = f"asked about {summary.model.asked:,}", summary.models
    if models is None:
        found = f"{asked}, finds {summary.false_negatives.likely:,} of them right"
        yield f"model {visible(summary.model_name, NAME_CHARS)}", found
        return
    for model in models.each:
        alone = f"likely false negatives by it alone: {model.false_negatives:,}"
        yield f"model {visible(model.name, NAME_CHARS)}", f"{asked}; {alone}"
    alike = "" if models.share is None else f": {models.share:.1%}"
    beyond_chance = "" if models.kappa is None else f" (Cohen's kappa {models.kappa:.2f})"
    yield (
        "models agree",
        f"on {models.same:,} of the {models.scored_by_all:,} that all decided{alike}{beyond_chance}; "
        f"{DECIDES[models.agree]}",
    )


def _looked(summary: Summary) -> bool:
    """Whether a model or proofs looked at what the rule did not accept."""
    return summary.model_name != NONE or summary.provenance.get("proofs") is not None


def not_known(summary: Summary) -> Iterator[Line]:
    """What would tell how many are really right, where nothing does."""
    if summary.estimate is None and summary.false_negatives.rejected:
        yield "really right", NOT_KNOWN


def costs_in_short(questions: Questions | None) -> Iterator[Line]:
    """What the lost answers cost RL: the two figures that decide what can be learned from."""
    if questions is not None:
        rates = _changed(questions.pass_rate_before, questions.pass_rate_after)
        yield "pass rate", f"{rates} (mean over {many(questions.count, 'question')})"
        efficiency = _changed(questions.prompt_efficiency_before, questions.prompt_efficiency_after)
        yield "prompt efficiency", f"{efficiency} (questions some of whose responses pass)"


def costs(questions: Questions | None, noise: Noise | None) -> Iterator[Line]:
    """What the lost answers cost RL, and whether they are lost by chance."""
    yield from costs_in_short(questions)
    if questions is None or noise is None:
        return
    mixed, right = questions.all_wrong_to_mixed, questions.mixed_to_all_right
    yield "questions moved", f"{mixed:,} from all wrong to mixed, {right:,} from mixed to all right"
    none = part_of(questions.every_right_rejected, questions.count)
    by_chance = count(noise.none_accepted_expected)
    yield (
        "none accepted",
        f"in {none} questions the rule rejects every right answer; by chance in {by_chance}",
    )
    yield "lost by chance?", _by_chance(noise)
    rollouts = many(questions.rollouts, "rollout")
    yield "advantages (GRPO)", f"change by {questions.advantage_change:.3f} (mean over {rollouts})"


def _by_chance(noise: Noise) -> str:
    """What the theory says of the rule's rates of errors, beside what is observed."""
    rates = f"f {percent(noise.false_negative_rate.value)}, g {percent(noise.false_positive_rate.value)}"
    between = points_between(noise.difference.interval)
    return (
        f"{noise.mixed_expected:.1%} of the questions would be mixed ({rates}), "
        f"{noise.mixed_observed:.1%} are: {in_points(noise.difference.value)} points"
        + (f" ({between})" if between else "")
    )


def _not_accepted(summary: Summary) -> str:
    """What became of what the rule did not accept, with shares of that; what is undecided stands apart."""
    found, ends = summary.false_negatives, summary.not_accepted
    not_accepted = found.not_accepted
    said = f"{not_accepted:,} of {many(summary.read.examples, 'response')}"
    if not not_accepted:
        return said
    said += f": {found.count:,} right{_share(found.of_not_accepted)}"
    if found.count:
        said += f", {proved_and_likely(found)}"
    wrong, undecided = (
        getattr(ends.reject, end) + getattr(ends.undecided, end) for end in ("incorrect", "undecided")
    )
    open_still = f", {part_of(undecided, not_accepted)} undecided" if undecided else ""
    return f"{said}; {part_of(wrong, not_accepted)} wrong{open_still}"


def _missed(found: FalseNegatives) -> str:
    """The right answers that were not accepted, as shares of all that they can be held against."""
    missed, share = many(found.count, "right answer"), found.of_not_accepted
    said = f"{missed}: {share.value:.1%} of the {found.not_accepted:,} not accepted{_in_brackets(share)}"
    if found.among_undecided and found.rejected:
        said += (
            f", {found.among_rejected:,} of them {found.found.value:.1%} of the {found.rejected:,} rejected"
        )
    return f"{said}, {found.lost.value:.1%} of all {found.right:,} that are right" if found.right else said


def proved_and_likely(found: FalseNegatives) -> str:
    """How many of the false negatives are proved, and how many only likely."""
    rounded = f" ({found.rounded:,} by rounding)" if found.rounded else ""
    return f"{found.proved:,} proved{rounded}, {found.likely:,} likely"


def _by_label(label: LabelSays) -> str:
    missed = f"{label.right_not_accepted:,} to find"
    if not label.flagged:
        return missed
    said = f"{label.flagged_right:,} of {label.flagged:,} found are right{_share(label.right)}"
    if 0 < label.proved < label.flagged:
        said += f", of the proved {label.proved_right:,} of {label.proved:,}"
    return f"{said}; {missed}"


def estimated(estimate: Estimate, *, in_short: bool = False) -> str:
    """How many of the rejected are really right, and how that is known."""
    if estimate.reason is not None:
        return f"not known: {_why_not(estimate)}"
    said = f"{at_least(estimate)} of the rejected, {estimate.count:,}{_in_brackets(estimate.right)}"
    if estimate.clipped:
        said += ", the nearest that there can be"
    return f"{said}, by {estimate.by}" if in_short else f"{said}; {known_by(estimate)}"


def _why_not(estimate: Estimate) -> str:
    """Why nothing is said of how many of the rejected are really right."""
    if estimate.reason != "measured_behind_another":
        return NO_ESTIMATE[str(estimate.reason)]
    measured, here = (visible(each, NAME_CHARS) for each in (estimate.measured_behind, estimate.behind))
    return f"how often the model errs was measured behind {measured}, and here it is asked behind {here}"


def at_least(estimate: Estimate) -> str:
    """The share, which may be a lower bound."""
    bound = "" if estimate.complete else "at least "
    return f"{bound}{percent_if_known(estimate.right.value)}"


def known_by(estimate: Estimate) -> str:
    """What an estimate rests on: labels by hand, or how the model did elsewhere."""
    labels, point = estimate.labels, estimate.operating_point
    if labels is not None:
        groups = ((labels.proved, "what is proved"), (labels.likely, "what the model flags"))
        shares = ((group.found.value, said) for group, said in (*groups, (labels.unflagged, "the rest")))
        known = ", ".join(f"{share:.1%} of {said}" for share, said in shares if share is not None)
        how = "" if labels.drawn else " (no random sample)"
        return f"by {many(labels.count, 'label')}{how}, right are {known}"
    assert point is not None  # of a calibration
    pairs = f"pairs that {visible(estimate.measured_behind, NAME_CHARS)} had left"
    return (
        f"if the model errs here as on {pairs}, it finds {point.tp / (point.tp + point.fn):.1%} of what is "
        f"right and flags {point.fp / (point.fp + point.tn):.1%} of what is wrong (calibration "
        f"{visible(estimate.file, NAME_CHARS)})"
    )


def commonest(categories: Categories) -> list[Leaf]:
    """The kinds that occur, the commonest first."""
    there = (leaf for leaf in categories.leaves if leaf.count)
    return sorted(there, key=lambda leaf: (-leaf.count, leaf.leaf))


def _kinds(categories: Categories) -> str:
    shown = (
        f"{kind(leaf.leaf)} {percent_if_known(leaf.found.value)} (paper {percent_if_known(leaf.paper)})"
        for leaf in commonest(categories)[:SHOWN_KINDS]
    )
    same = f"; {categories.same_text:,} are the gold to the letter" if categories.same_text else ""
    others = categories.without - categories.same_text
    without = f"; {others:,} without a kind" if others else ""
    return f"{', '.join(shown)}{same}{without}"


def _lost_in(lost: LostIn) -> str:
    said = [f"comparison {lost.comparison:,}"] if lost.comparison or not lost.unknown else []
    said.append(f"extraction {lost.extraction:,} (the rule did not see the answer)")
    if lost.unknown:
        said.append(f"{lost.unknown:,} in one or the other (recorded verdicts cannot be asked again)")
    return ", ".join(said)


def _suspect_accepts(accepts: SuspectAccepts) -> str:
    said = f"{accepts.count:,} of the {accepts.accepted:,} that the rule accepts"
    return f"{said}{_share(accepts.found)}{listed(accepts.kinds)}"


def _suspect_golds(suspects: SuspectGolds) -> str:
    outvoted, unmatchable = suspects.outvoted, suspects.unmatchable
    said = []
    if outvoted is not None and outvoted.count:
        said.append(f"in {many(outvoted.count, 'question')} most rollouts agree on another answer")
    if unmatchable.count:
        said.append(f"in {many(unmatchable.count, 'question')} the rule cannot match the gold with itself")
    return "; ".join(said)


def _changed(before: float, after: float) -> str:
    return f"{before:.1%} → {after:.1%}"


def _share(found: Share) -> str:
    return "" if found.value is None else f" ({found.value:.1%}{_between(found)})"
