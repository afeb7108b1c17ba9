"""One reviewer's way through a queue: where they are, what they have said, and how exact that is."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import polars as pl

from tinyv_cli.documents.audited import Audited
from tinyv_cli.documents.labels import Draw, Label, Place, example_id
from tinyv_cli.figures.records import UNKNOWN_SHARE, Share
from tinyv_cli.figures.statistics import weighted_share

TEXTS = ("question", "gold", "response", "answer", "rule", "rule_reason", "evidence", "proof", "lost_in")


@dataclass(frozen=True, slots=True)
class Item:
    """An example as a reviewer sees it. Of several audited files it is in the one at position `which`.

    It stands for all its `copies`, which have the same question, gold and answer.
    """

    place: Place
    which: int
    question: str
    gold: str
    response: str
    answer: str | None
    rule: str
    rule_reason: str | None
    evidence: str | None
    proof: str | None
    lost_in: str | None
    p: float | None
    category: str | None
    copies: int

    @property
    def id(self) -> str:
        """What ties a label to this example."""
        return example_id(self.question, self.gold, self.response)


# Of a stratum: its size, how many of its labels say right, and how many labels it has.
Part = tuple[int, int, int]
Save = Callable[[Label, Item], None]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a queue are labelled, and how; what was found so far, None where too little is known.

    `precision` is the share of the right among what was flagged, `missed` among what was not; `rate` the
    share of the right among all that the rule rejected. Only a sample can tell the latter two.
    """

    total: int
    right: int
    wrong: int
    unsure: int
    precision: Share
    missed: Share = UNKNOWN_SHARE
    rate: Share = UNKNOWN_SHARE

    @property
    def done(self) -> int:
        """How many have an answer, be it `unsure`."""
        return self.right + self.wrong + self.unsure


class Session:
    """Where a reviewer stands in a queue; what they say is handed to `save` at once.

    What they said in earlier sessions is not asked again, unless they go back to it. Nothing more is asked
    once the interval is narrower than `until_width`, a share.
    """

    def __init__(
        self,
        audited: Audited,
        queue: pl.DataFrame,
        labels: Iterable[Label],
        *,
        reviewer: str,
        save: Save,
        until_width: float | None = None,
    ) -> None:
        self.reviewer, self._save, self._until_width = reviewer, save, until_width
        self._audited, self._queue = audited, queue
        self._own = {label.place: label for label in labels if label.reviewer == reviewer}
        self._places: list[Place] = list(queue.select("row", "rollout").iter_rows())
        numbers = {place: number for number, place in enumerate(self._places)}
        self._visited = [numbers[place] for place in self._own if place in numbers]
        for position in sorted(self._visited):
            self._take_over(position)
        self._position = self._next(0)

    @property
    def is_sample(self) -> bool:
        """Whether the queue was drawn at random."""
        return self._queue["stratum"].dtype == pl.String

    @property
    def item(self) -> Item | None:
        """What is to be labelled now; None where nothing more is."""
        return None if self._position == len(self._places) else self._item(self._position)

    @property
    def said(self) -> Label | None:
        """What the reviewer has said of it already."""
        return None if self._position == len(self._places) else self._own.get(self._places[self._position])

    def label(self, truth: bool | None) -> None:
        """Say of this one whether it is right, None where that is not clear, and go on. Raises SinkError."""
        if (item := self.item) is not None:
            self._label(self._position, item, truth)
            for position in self._others_drawn(self._position):
                self._label(position, self._item(position), truth)
            self.skip()

    def _label(self, position: int, item: Item, truth: bool | None) -> None:
        earlier = self._own.get(item.place)
        draw = self._draw(position) or (None if earlier is None else earlier.draw)
        self._keep(Label(item.place, truth, self.reviewer, item.id, draw), item)

    def _others_drawn(self, position: int) -> list[int]:
        """Copies of an example that were drawn as well: nobody is asked the same again."""
        pair = self._queue["pair"]
        same = (pair == pair[position]).arg_true().to_list()
        return [other for other in same if other != position]

    def skip(self) -> None:
        """Go on without a word: the next session asks again."""
        if self._position < len(self._places):
            self._visited.append(self._position)
            self._position = self._next(self._position + 1)

    def back(self) -> None:
        """Go back to what was shown before, or labelled in earlier sessions."""
        if self._visited:
            self._position = self._visited.pop()

    def progress(self) -> Progress:
        """Counts and figures of this reviewer's labels in this queue."""
        said = Counter(self._own[place].truth for place in self._places if place in self._own)
        counts = (len(self._places), said[True], said[False], said[None])
        if not self.is_sample:
            return Progress(*counts, _estimate([(1, said[True], said[True] + said[False])]))
        flagged, others = self._parts(flagged=True), self._parts(flagged=False)
        return Progress(*counts, _estimate(flagged), _estimate(others), _estimate(flagged + others))

    @property
    def narrow_enough(self) -> bool:
        """Whether the interval that this review is for is as narrow as was asked for."""
        progress = self.progress()
        estimate = progress.rate if self.is_sample else progress.precision
        if self._until_width is None or estimate.interval is None:
            return False
        low, high = estimate.interval
        return high - low < self._until_width

    def _next(self, start: int) -> int:
        """The first from there on without a label; the end where there is none, or none is needed."""
        if self.narrow_enough:
            return len(self._places)
        rest = range(start, len(self._places))
        return next((i for i in rest if self._places[i] not in self._own), len(self._places))

    def _parts(self, *, flagged: bool) -> list[Part]:
        """What is labelled of each stratum of what was flagged, or was not."""
        truths = [label.truth if (label := self._own.get(place)) else None for place in self._places]
        labelled = self._queue.with_columns(truth=pl.Series(truths, dtype=pl.Boolean))
        counted = labelled.filter(pl.col("flagged") == flagged).group_by("stratum", "stratum_size")
        parts = counted.agg(right=pl.col("truth").sum(), labelled=pl.col("truth").count())
        return list(parts.sort("stratum").drop("stratum").iter_rows())

    def _take_over(self, position: int) -> None:
        """A label that was given before the sample was drawn, or drawn larger, counts in it as well."""
        label, draw = self._own[self._places[position]], self._draw(position)
        if draw is not None and label.draw != draw:
            item = self._item(position)
            self._keep(replace(label, example=item.id, draw=draw), item)

    def _keep(self, label: Label, item: Item) -> None:
        self._save(label, item)
        self._own[item.place] = label

    def _draw(self, position: int) -> Draw | None:
        stratum, size, drawn = self._queue.select("stratum", "stratum_size", "stratum_drawn").row(position)
        return None if stratum is None else Draw(stratum, size, drawn)

    def _item(self, position: int) -> Item:
        row, rollout = self._places[position]
        here = (pl.col("tinyv_row") == row) & (pl.col("tinyv_rollout") == rollout)
        columns = {name: f"tinyv_{name}" for name in ("which", *TEXTS)}
        texts = self._audited.frame.filter(here).select(**columns)
        told = self._queue.select("p", "category", "copies").row(position, named=True)
        return Item((row, rollout), **self._audited.collect(texts).row(0, named=True), **told)


def _estimate(parts: list[Part]) -> Share:
    """The share of all; not known while there is a stratum of which nothing is."""
    if not parts or any(labelled == 0 for _, _, labelled in parts):
        return UNKNOWN_SHARE
    return Share(*weighted_share(parts))
