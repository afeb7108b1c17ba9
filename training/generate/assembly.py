"""From a question and its gold to a group of answers: transformations put one behind the other.

Right answers are the gold in other words; wrong ones are another answer in other words, or say nothing, or
are the answer to another question. Both go through the same ways of writing, so that form does not tell them
apart.
What is used is balanced: of the transformations that apply, those used least so far come first.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from tinyv_cli.maths.answers import find_answer
from tinyv_cli.maths.kinds import Kind, kind_of
from tinyv_cli.proofs import prove
from training.generate.transformation import TRANSFORMATIONS, Effect, Task, Transformation
from training.groups import Answer, Group
from training.pool import Row

LOG = logging.getLogger(__name__)

ANSWERS = 8  # of a group
TRIES = 3  # for each answer, before a group stays smaller
FEWEST = 3  # of either label
MOST_CHARS = 400  # of an answer
MOST_GOLD_CHARS = 150
HOW_MANY_WAYS = (0.15, 0.5, 0.35)  # the chances of 0, 1 and 2 other ways to write it
HOW_MANY_DRESSES = (0.5, 0.4, 0.1)
SECOND_WRITING = 0.25  # of the golds that are shown are in other words themselves
DELIMITED = 0.2  # of the others stand between dollars
FILLERS, OTHER_GOLDS = 0.12, 0.12  # of the wrong answers
FOUND = 0.7  # of the answers are what tinyv finds in them, as when it asks; the others stay whole
REPEATED_CHANGE = 0.1  # of the wrong answers are changed twice

# How often each kind is drawn: what verifiers are asked about are the kinds that rules find hard.
KINDS: Mapping[Kind, float] = {
    Kind.NUMBER: 0.3,
    Kind.EXPRESSION: 0.24,
    Kind.EQUATION: 0.1,
    Kind.SET: 0.1,
    Kind.INTERVAL: 0.07,
    Kind.UNIT: 0.07,
    Kind.TEXT: 0.06,
    Kind.MATRIX: 0.03,
    Kind.CHOICE: 0.03,
}
_AROUND = re.compile(
    r"\s*(?:\$\$(.*)\$\$|\$([^$]*)\$|\\\((.*)\\\)|\\\[(.*)\\\]|\\boxed\{(.*)\})\s*\.?\s*", re.DOTALL
)
_MEANINGLESS = re.compile(r"[\s$.{}]|\\(?:left|right|,|;|!)|(?<=\\)[dt](?=frac)")


def clean(gold: str) -> str:
    """The gold without what stands around it."""
    while (found := _AROUND.fullmatch(gold)) and (inner := next(filter(None, found.groups()), "")):
        gold = inner
    return gold.strip()


@dataclass(slots=True)
class Generator:
    """Makes groups; it remembers what it has used, and has golds of each kind for wrong answers."""

    rng: Random
    others: Mapping[Kind, Sequence[str]]
    answers: int = ANSWERS
    used: Counter[str] = field(default_factory=Counter)

    def group(self, row: Row) -> Group | None:
        """Some right and some wrong answers, or None where not both could be made."""
        gold = clean(row.gold)
        if not gold or len(gold) > MOST_GOLD_CHARS:
            return None
        task = Task(row.question, gold)
        shown = self._shown(task, row.gold)
        made: dict[str, Answer] = {}
        wanted = self.rng.randint(FEWEST, self.answers - FEWEST)
        for _ in range(TRIES * self.answers):
            right = sum(answer.correct for answer in made.values())
            if len(made) == self.answers:
                break
            correct = right < wanted and (
                len(made) - right >= self.answers - wanted or self.rng.random() < 0.5
            )
            answer = self._right(task) if correct else self._wrong(task, shown)
            if answer and answer.text and len(answer.text) <= MOST_CHARS:
                made.setdefault(_bare(answer.text), answer)
        answers = tuple(made.values())
        if len({answer.correct for answer in answers}) < 2:
            return None
        return Group(row.source, row.question, shown, answers)

    def _shown(self, task: Task, original: str) -> str:
        if self.rng.random() < SECOND_WRITING:
            return self._rewritten(task, 1)[0]
        return f"${task.gold}$" if self.rng.random() < DELIMITED and "$" not in task.gold else original

    def _right(self, task: Task) -> Answer:
        text, ways = self._rewritten(task, self._number(HOW_MANY_WAYS))
        return self._dressed(task, text, True, ways)

    def _wrong(self, task: Task, shown: str) -> Answer | None:
        chance = self.rng.random()
        if chance < FILLERS:
            text, name = self._applied(task, Effect.FILLER)
            return Answer(text, False, name) if text else None
        if chance < FILLERS + OTHER_GOLDS and (others := self.others.get(task.kind or Kind.TEXT)):
            text, name = self.rng.choice(others), "other_gold"
        else:
            text, name = self._applied(task, Effect.WRONG)
            if text and self.rng.random() < REPEATED_CHANGE:
                again, second = self._applied(Task(task.question, text), Effect.WRONG)
                text, name = (again, f"{name}+{second}") if again else (text, name)
        if not text or self._is_right(task, shown, text):
            return None
        text, ways = self._rewritten(Task(task.question, text), self._number(HOW_MANY_WAYS))
        answer = self._dressed(task, text, False, [name, *ways])
        return None if self._is_right(task, shown, answer.text) else answer

    def _is_right(self, task: Task, shown: str, text: str) -> bool:
        """Whether what should be wrong can be shown to be right after all."""
        return (
            _bare(text) in {_bare(shown), _bare(task.gold)}
            or prove(task.question, task.gold, text) is not None
        )

    def _rewritten(self, task: Task, times: int) -> tuple[str, list[str]]:
        names: list[str] = []
        for _ in range(times):
            text, name = self._applied(task, Effect.SAME, without=names)
            if text:
                task = Task(task.question, text)
                names.append(name)
        return task.gold, names

    def _dressed(self, task: Task, text: str, correct: bool, names: list[str]) -> Answer:
        undressed = text
        for _ in range(self._number(HOW_MANY_DRESSES)):
            said, name = self._applied(Task(task.question, text), Effect.DRESSED, without=names)
            if said:
                text, names = said, [*names, name]
        found = find_answer(text).text or ""
        if self.rng.random() < FOUND and _bare(undressed) in _bare(found):
            text = found
        return Answer(text.strip(), correct, "+".join(names) or "as it is")

    def _applied(self, task: Task, effect: Effect, without: Sequence[str] = ()) -> tuple[str, str]:
        """The text that a transformation of this effect makes, and its name; else two empty ones."""
        order = sorted(_of(effect), key=lambda each: (1 + self.used[each.name]) * self.rng.random())
        for each in order:
            if each.name not in without and (text := self._made(each, task)) and text != task.gold:
                self.used[each.name] += 1
                return text, each.name
        return "", ""

    def _made(self, transformation: Transformation, task: Task) -> str | None:
        """What it makes; nothing where it fails, as some golds are written as nobody foresaw."""
        try:
            return transformation.make(task, self.rng)
        except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
            LOG.warning("%s fails on %r: %r", transformation.name, task.gold, error)
            return None

    def _number(self, chances: Sequence[float]) -> int:
        return self.rng.choices(range(len(chances)), chances)[0]


def _of(effect: Effect) -> list[Transformation]:
    return [each for each in TRANSFORMATIONS.values() if each.effect is effect]


def _bare(text: str) -> str:
    return _MEANINGLESS.sub("", text)


def groups_from(rows: Iterable[Row], count: int, rng: Random, answers: int = ANSWERS) -> Iterator[Group]:
    """So many groups; rows are drawn by the kind of their gold, half of the numbers are integers."""
    by_kind: dict[Kind, list[Row]] = {}
    for row in rows:
        by_kind.setdefault(kind_of(clean(row.gold)), []).append(row)
    by_kind = {kind: by_kind[kind] for kind in KINDS if kind in by_kind}
    for kind, those in by_kind.items():
        rng.shuffle(those)
        if kind is Kind.NUMBER:
            by_kind[kind] = _half_integers(those)
    others = {kind: [clean(row.gold) for row in those] for kind, those in by_kind.items()}
    generator, places = Generator(rng, others, answers), Counter[Kind]()
    kinds, weights = list(by_kind), [KINDS[kind] for kind in by_kind]
    made = 0
    while made < count:
        kind = rng.choices(kinds, weights)[0]
        row = by_kind[kind][places[kind] % len(by_kind[kind])]
        places[kind] += 1
        if group := generator.group(row):
            made += 1
            yield group


def _half_integers(rows: list[Row]) -> list[Row]:
    """As many integers as other numbers, in turn."""
    integers = [row for row in rows if re.fullmatch(r"-?\d+", clean(row.gold))]
    others = [row for row in rows if not re.fullmatch(r"-?\d+", clean(row.gold))]
    return [row for pair in zip(integers, others, strict=False) for row in pair]
