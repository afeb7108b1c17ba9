"""The figures of an audited file as records: what each of them means stands beside it."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from tinyv_cli.figures.records import BESIDE, Count, Proportion, Share, record, told
from tinyv_cli.report.about import About
from tinyv_cli.report.accepts import SuspectAccepts
from tinyv_cli.report.categories import Categories
from tinyv_cli.report.estimate import Estimate
from tinyv_cli.report.groups import Groups
from tinyv_cli.report.listing import ConfidentExample, ListedExample, ProvedExample
from tinyv_cli.report.noise import Noise
from tinyv_cli.report.questions import Questions
from tinyv_cli.report.score import Score
from tinyv_cli.report.suspects import OutvotedGolds, UnmatchableGolds

Reasons = Mapping[str, Count]


@record
class Read:
    """What was read, and what of it says nothing: an example may stand there without a gold, or again."""

    rows: Count
    examples: Count = told("Responses; a row may have several.")
    no_gold: Count = told("Examples without a gold.")
    sentinel_gold: Count = told("Golds that only say that there is none.")
    no_response: Count = told("Examples without a response.")
    no_answer: Count = told("Responses without a final answer.")
    copies: Count = told("Examples that repeat an earlier one to the letter.")
    question_cut: Count = told("Questions from which a template was cut off.")


@record
class RuleSaid:
    """What the rule said of the examples."""

    accept: Count
    reject: Count
    undecided: Count
    reasons: Reasons = told("Why the rule was undecided.")


@record
class Cut:
    """What is longer than what a model reads of it, so that it saw a part only."""

    examples: Count
    question: Count
    gold: Count
    answer: Count


@record
class ModelSaid:
    """What the model was asked, and how often it had an opinion."""

    asked: Count = told("Examples that came to it.")
    scored: Count = told("Examples with a p.")
    close: Count = told("Verdicts whose p lies within 0.01 of the threshold.")
    reasons: Reasons = told("Why there is no p, or notes beside one.")
    cut: Cut = told("Examples of which a model did not see all, as they are longer than what it reads.")


@record
class OneOfSeveral:
    """A model by itself, where several were asked."""

    name: str
    scored: Count = told("Examples with a p.")
    false_negatives: Count = told("Likely ones by this model alone.")
    alone: Count = told("Of what all decided, what no other model finds correct.")
    reasons: Reasons = told("Why there is no p, or notes beside one.")


@record
class Opinions:
    """Several models side by side."""

    agree: Literal["all", "any"] = told("Who must find an answer correct.")
    each: Sequence[OneOfSeveral] = told("Each by itself.")
    scored_by_all: Count = told("Examples that all decided: all that follows is of these.")
    all_yes: Count = told("Those that all find correct.")
    all_no: Count = told("Those that none does.")
    same: Count = told("Those on which all agree.")
    share: Proportion | None = told("Of what all decided, on which they agree.")
    kappa: float | None = told("Cohen's, of more than two models its mean over all pairs of them.")


@record
class OneInTurn:
    """A model of a cascade."""

    name: str
    asked: Count = told("Examples that those before it left to it.")
    settled: Count = told("Those whose verdict is its own.")
    correct: Count = told("Of the settled, those it finds correct.")
    reasons: Reasons = told("Why there is no p, or notes beside one.")


@record
class Cascade:
    """Models that were asked in turn, each about what those before it were not sure of."""

    sure: Proportion = told("The probability of right or of wrong from which on a model was sure.")
    each: Sequence[OneInTurn] = told("The models in their order.")


@record
class ComparedRule:
    """One of several rules, on all examples."""

    name: str
    accept: Count
    reject: Count
    undecided: Count
    accepts_more: Count = told("What the audited rule does not accept.")
    accepts_less: Count = told("What the audited rule accepts, and this one does not.")
    false_negatives_accepted: Count = told("Of the audited rule's false negatives.")
    agreement: Mapping[str, Proportion | None] = told(
        "With each rule, the share of examples on which both say the same."
    )


@record
class Fates:
    """What became of the examples of which the rule said one thing."""

    count: Count
    proved: Count
    rounded: Count = told("Of the proved, those that rest on rounding.")
    likely: Count
    incorrect: Count
    undecided: Count


@record
class NotAccepted:
    """What became of what the rule rejected, and of that on which it was undecided."""

    reject: Fates
    undecided: Fates


@record
class Undecided:
    """What no stage could decide."""

    count: Count
    reasons: Reasons = told("Those of the last stage that was asked.")


@record
class LabelSays:
    """The verdicts beside the labels that the input itself has."""

    column: str
    flagged: Count = told("False negatives with a label that says true or false.")
    flagged_right: Count = told("Those that are right by it.")
    proved: Count = told("Of the flagged.")
    proved_right: Count = told("Of the flagged.")
    right_not_accepted: Count = told("How many there were to find.")
    right: Share = told("Of the flagged, that are right.", beside=BESIDE)


@record
class FalseNegatives:
    """What was found, as it was found: the headline."""

    count: Count
    proved: Count
    rounded: Count = told("Of the proved, those that rest on rounding.")
    likely: Count
    among_rejected: Count = told("Those that the rule rejected.")
    among_undecided: Count = told("Those on which the rule was undecided.")
    rejected: Count = told("All that the rule rejected.")
    found: Share = told("among_rejected of rejected.", beside=BESIDE)
    not_accepted: Count = told("All that the rule rejected, or was undecided about.")
    of_not_accepted: Share = told("count of not_accepted.")
    right: Count = told("All that is right in the end.")
    lost: Share = told("count of right.")


@record
class LostIn:
    """Whether the rule had the answer before it."""

    extraction: Count = told("False negatives whose answer the rule accepts when it is given that alone.")
    comparison: Count = told("Those that it rejects then, too.")
    unknown: Count = told("Those of which it is not known.")


@record
class Bin:
    """A part of the range of p."""

    low: Proportion = told("Where it begins; p of this value belong to it.", name="from")
    high: Proportion = told("Where it ends; of all, the last one holds p = 1, too.", name="to")
    count: Count


@record
class SuspectGolds:
    """Golds that may be wrong."""

    outvoted: OutvotedGolds | None = told(
        "Questions most of whose rollouts agree on another answer. Null where no model was asked."
    )
    unmatchable: UnmatchableGolds


@record
class Summary:
    """All figures of an audited file."""

    schema_version: Literal[2] = told("It rises when a figure changes its meaning or place, or is dropped.")
    about: About
    rule_name: str | None
    model_name: str | None = told("'none' where no model was asked.")
    threshold: float | None = told("From which p on an answer counts as correct.")
    selection: Mapping[str, Any] = told(
        "Which part of the input was audited: where, sample, seed, shard, limit."
    )
    only: str | None = told("What --only kept of the examples; all figures are of these alone.")
    score: Score = told("Of all responses, how many are right, before and after recovery: the first figure.")
    read: Read
    rule: RuleSaid
    model: ModelSaid
    models: Opinions | None = told("Several models side by side; null where there was one at most.")
    cascade: Cascade | None = told("Models that were asked in turn; null where none were.")
    rules: Sequence[ComparedRule] | None = told(
        "Several rules side by side, the audited one first; null where there was one."
    )
    verdicts: Mapping[str, Count] = told("How often each verdict was given in the end.")
    not_accepted: NotAccepted
    undecided: Undecided
    label: LabelSays | None = told(
        "The verdicts beside the labels that the input itself has; null where it has none."
    )
    false_negatives: FalseNegatives = told(
        "What was found, as it was found: the headline. The share is among_rejected of rejected."
    )
    categories: Categories = told("The false negatives by the paper's taxonomy (arXiv 2505.14625).")
    lost_in: LostIn | None = told("Null for files that are too old to say it.")
    questions: Questions | None = told(
        "What lost answers cost RL, over questions with several rollouts; null where there are none."
    )
    noise: Noise | None = told(
        "How many questions the rule's errors would leave mixed if they struck by chance, and how many they "
        "leave; null where no question has several rollouts."
    )
    p_histogram: Sequence[Bin] = told(
        "How many examples have their p in each of equally wide parts of [0, 1]; empty where no model was "
        "asked."
    )
    suspect_golds: SuspectGolds
    suspect_accepts: SuspectAccepts | None = told(
        "What the rule accepts though something speaks against it; null where nobody looked."
    )
    estimate: Estimate | None = told(
        "How many of the rejected are really right: the share found, corrected for the verifier's errors. "
        "Null where nothing is known of these."
    )
    by: Sequence[Groups] = told("The figures of each column by which they are split.")
    examples: Sequence[ConfidentExample] = told("The likely ones of the highest p, ten at most.")
    proved_examples: Sequence[ProvedExample] = told(
        "The first one proved of each leaf, the commonest leaf first."
    )
    listing: Sequence[ListedExample] = told(
        "False negatives in full: first the ten that were lost most often, then of each kind by turns the "
        "surest; at most 200 in a report, or in an audit with --html; else none. Long texts lack their "
        "middle."
    )
    provenance: Mapping[str, Any] = told(
        "The metadata of the audited file: versions, rule, model, prompt, sources, fields."
    )
    file: str = told("The audited file.")
