"""How a rule will treat right answers that are not spelled like the gold, before any model writes one.

Golds are put into other forms, each of which is proved to be equal to its gold; then the rule is asked.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from tinyv_cli.figures.queries import collect
from tinyv_cli.golds.checks import Judges, trial
from tinyv_cli.golds.figures import MAX_GROUPS, FormExample, FormFigures, GroupOfVariants, VariantFigures
from tinyv_cli.golds.ledger import Ledger, Note, asked_of
from tinyv_cli.records import RuleOutcome, RuleResult
from tinyv_cli.running.progress import Advance
from tinyv_cli.stages import Trial, Vary, judged_by

MOST_GOLDS = 1000  # in all; of so many the share is known to about a point
FEWEST_OF_A_GROUP = 20
GOLDS_AT_ONCE = 16
SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Tried:
    """A gold in another form that was proved to be equal."""

    note: Note
    form: str
    gold: str
    variant: str

    @property
    def trial(self) -> Trial:
        return trial(asked_of(self.note), (self.gold,), self.variant)


@dataclass(slots=True)
class _Count:
    """Counts forms, and remembers some that the rule did not accept."""

    golds: set[int] = field(default_factory=set)
    tried: int = 0
    rejected: int = 0
    examples: list[FormExample] = field(default_factory=list)

    def add(self, tried: _Tried, said: RuleResult) -> None:
        """Count one."""
        self.golds.add(tried.note["tinyv_row"])
        self.tried += 1
        if said.outcome is RuleOutcome.ACCEPT:
            return
        self.rejected += 1
        if len(self.examples) < SHOWN and tried.gold not in {each.gold for each in self.examples}:
            self.examples.append(
                FormExample(
                    tried.gold, tried.variant, said.outcome, said.reason, tried.note["tinyv_question"]
                )
            )


def try_variants(ledger: Ledger, judges: Judges, vary: Vary, on_progress: Advance) -> VariantFigures:
    """Put golds into other forms and the forms to the rule; of many golds, of a sample of each group."""
    chosen = _chosen(ledger)
    portions = [chosen[start : start + GOLDS_AT_ONCE] for start in range(0, len(chosen), GOLDS_AT_ONCE)]
    whole, forms, groups = _Count(), defaultdict[str, _Count](_Count), defaultdict[str | None, _Count](_Count)
    with ledger.reader() as note:
        batches = (_proved(judges, vary, [note(row) for row in rows]) for rows in portions)
        asked = ((batch, [each.trial for each in batch]) for batch in batches)
        for done, (batch, results) in enumerate(judged_by(judges.rule, asked), 1):
            rejected = whole.rejected
            for tried, said in zip(batch, results, strict=True):
                for count in (whole, forms[tried.form], groups[tried.note["group"]]):
                    count.add(tried, said)
            on_progress(len(batch), whole.rejected - rejected, done / len(portions))
    return VariantFigures(
        golds=len(whole.golds),
        tried=whole.tried,
        rejected=whole.rejected,
        share=_share(whole),
        forms=_forms(forms),
        by=[] if None in groups else _groups(groups),
    )


def _chosen(ledger: Ledger) -> list[int]:
    """For each gold to try the number of a row that has it: of each group as many, at random."""
    sound = ledger.notes().filter(pl.col("sound") & pl.col("tinyv_problem").is_null())
    golds = collect(sound.group_by("group", "gold_key").agg(row=pl.col("tinyv_row").min()))
    groups = golds.group_by("group").len().sort("len", "group", descending=[True, False]).head(MAX_GROUPS)
    most = max(FEWEST_OF_A_GROUP, MOST_GOLDS // max(1, len(groups)))
    known = golds.join(groups.drop("len"), on="group", nulls_equal=True)
    # A key is a hash: in its order golds come at random, and the same ones each time.
    some = known.sort("gold_key").group_by("group", maintain_order=True).head(most)
    return some["row"].sort().to_list()


def _proved(judges: Judges, vary: Vary, notes: Sequence[Note]) -> list[_Tried]:
    """The forms of these golds that are proved to be equal, without rounding."""
    tried = [
        _Tried(note, form, gold, variant)
        for note in notes
        for gold in note["comparable"][:1]
        for form, variant in vary(gold)
    ]
    shown = judges.shown([each.trial for each in tried])
    return [each for each, said in zip(tried, shown, strict=True) if said.proof and not said.proof.rounds]


def _share(count: _Count) -> float | None:
    return count.rejected / count.tried if count.tried else None


def _forms(counts: Mapping[str, _Count]) -> list[FormFigures]:
    ranked = sorted(counts.items(), key=lambda each: (-each[1].rejected, -each[1].tried, each[0]))
    return [FormFigures(form, each.tried, each.rejected, each.examples) for form, each in ranked]


def _groups(counts: Mapping[str | None, _Count]) -> list[GroupOfVariants]:
    ranked = sorted(counts.items(), key=lambda each: (-each[1].tried, str(each[0])))
    return [
        GroupOfVariants(str(value), len(each.golds), each.tried, each.rejected, _share(each))
        for value, each in ranked
    ]
