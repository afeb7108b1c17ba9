"""Made-up questions whose answers are exact by construction, and answers: right ones and near misses."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from random import Random

from training.rl.notations import FRACTION, INTERVAL, LENGTH, POINT, SET, Kind, Value, boxed

HELD_OUT = 0.2  # of all questions, by a hash of their text


@dataclass(frozen=True, slots=True)
class Topic:
    """What is asked about: draws a text and its value, and values that are nearly right."""

    name: str
    kind: Kind
    ask: Callable[[Random], tuple[str, Value]]
    miss: Callable[[Value, Random], Value]
    accepted: tuple[str, ...]  # forms that Math-Verify accepts
    rejected: tuple[str, ...]  # those that it does not
    leaning: float  # the share of the latter where half of all right answers are rejected


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its value, by the topic that it is of."""

    topic: Topic
    text: str
    value: Value

    @property
    def gold(self) -> str:
        """As datasets for Math-Verify write it."""
        return f"${self.topic.kind.written(self.value, self.topic.kind.gold_form)}$"

    @property
    def prompt(self) -> str:
        """What the policy goes on from."""
        return f"Q: {self.text}\nA:"

    @property
    def is_held_out(self) -> bool:
        """Whether no training may see it."""
        return int(sha256(self.text.encode()).hexdigest()[:8], 16) / 16**8 < HELD_OUT


def questions(random: Random, *, held_out: bool) -> Iterator[Question]:
    """Questions without end, the topics by turns."""
    while True:
        for topic in TOPICS:
            made = Question(topic, *topic.ask(random))
            while made.is_held_out is not held_out:
                made = Question(topic, *topic.ask(random))
            yield made


def answer(question: Question, random: Random, *, right: float, rejected: float) -> str:
    """A response: right with that probability, in a form that the rule rejects with the other."""
    topic = question.topic
    value = question.value if random.random() < right else near_miss(question, random)
    forms = topic.rejected if random.random() < rejected else topic.accepted
    return boxed(written(topic, value, random.choice(forms), random))


def near_miss(question: Question, random: Random) -> Value:
    """A value that is wrong."""
    while (value := question.topic.miss(question.value, random)) == question.value:
        pass
    return value


def dosed(topic: Topic, dose: float) -> float:
    """How often an answer to this topic is in a rejected form, so that it is `dose` of all on average."""
    return topic.leaning * dose / 0.5


def written(topic: Topic, value: Value, form: str, random: Random) -> str:
    """The value in this form; what is in no order in any."""
    if isinstance(value, frozenset):
        value = random.sample(sorted(value), 2)
    return topic.kind.written(value, form)


def _parts(random: Random) -> tuple[str, Value]:
    b = random.choice((4, 5, 8, 10))
    a = random.randint(1, b - 1)
    who = random.choice(("Ann", "Ben"))
    said = random.choice(("ate {a} of {b} equal slices", "took {a} of {b} equal parts"))
    return f"{who} {said.format(a=a, b=b)}. Which part is left?", Fraction(b - a, b)


def _share(random: Random) -> tuple[str, Value]:
    b = random.choice((2, 4, 5))
    a = random.choice([a for a in range(b + 1, 4 * b) if a % b])
    what = random.choice(("litres of milk", "litres of tea", "kilos of rice", "kilos of flour"))
    return f"{a} {what} are shared by {b} people. How much does each get?", Fraction(a, b)


def _miss_fraction(value: Value, random: Random) -> Value:
    a, b = value.as_integer_ratio()
    near = (
        Fraction(a + 1, b),
        Fraction(a - 1, b),
        Fraction(a, b + 1),
        abs(1 - value),
        1 / value,
        value + 1,
        value / 2,
        (value + 1) / 2,
    )
    return random.choice([each for each in near if _is_like(value, each)])


def _is_like(value: Fraction, other: Fraction) -> bool:
    """Whether what can be written of the one can be written of the other: less than 1, or a mixed number."""
    return (
        other > 0 and other.denominator > 1 and 1000 % other.denominator == 0 and (other > 1) == (value > 1)
    )


def _interval(random: Random) -> tuple[str, Value]:
    low = random.randint(-9, 7)
    high = random.randint(low + 1, 9)
    with_low, with_high = random.choice(((True, True), (True, False), (False, True)))
    above = random.choice(("at least", "no less than") if with_low else ("more than", "above"))
    below = random.choice(("at most", "no more than") if with_high else ("less than", "below"))
    return f"x is {above} {low} and {below} {high}. Where is x?", (low, with_low, high, with_high)


def _miss_interval(value: Value, random: Random) -> Value:
    low, with_low, high, with_high = value
    return random.choice(
        (
            (low, not with_low, high, not with_high),
            (low, not with_low, high, with_high),
            (low, with_low, high, not with_high),
            (low + random.choice((-1, 1)), with_low, high, with_high),
            (low, with_low, high + random.choice((-1, 1)), with_high),
            (-low, with_low, high, with_high),
        )
    )


def _roots(random: Random) -> tuple[str, Value]:
    x, y = random.sample([root for root in range(-9, 10) if root], 2)
    factors = "".join(f"(x {'-' if root > 0 else '+'} {abs(root)})" for root in (x, y))
    return random.choice((f"Solve {factors} = 0.", f"Where is {factors} zero?")), frozenset({x, y})


def _miss_roots(value: Value, random: Random) -> Value:
    x, y = random.sample(sorted(value), 2)
    near = [frozenset(pair) for pair in ((-x, -y), (-x, y), (x + random.choice((-1, 1)), y))]
    return random.choice([each for each in near if len(each) == 2])


def _length(random: Random) -> tuple[str, Value]:
    m, cm = random.randint(1, 9), 10 * random.randint(1, 9)
    what = random.choice(("rope", "wire", "ribbon", "pipe"))
    said = random.choice(("A {what} of {m} m gets {cm} cm longer", "{cm} cm are added to a {what} of {m} m"))
    return f"{said.format(what=what, m=m, cm=cm)}. How long is it?", 100 * m + cm


def _miss_length(value: Value, random: Random) -> Value:
    m, cm = divmod(value, 100)
    return random.choice(
        (value + 10, value - 10, value + 100, 100 * m - cm, 100 * m + cm // 10, 10 * (m + cm // 10))
    )


def _point(random: Random) -> tuple[str, Value]:
    x, y = random.sample([each for each in range(-9, 10) if each], 2)
    mirror, reached = random.choice(
        (
            ("in the x-axis", (x, -y)),
            ("in the y-axis", (-x, y)),
            ("in the origin", (-x, -y)),
            ("in the line y = x", (y, x)),
        )
    )
    said = random.choice(("({x}, {y}) is mirrored {mirror}", "We mirror ({x}, {y}) {mirror}"))
    return f"{said.format(x=x, y=y, mirror=mirror)}. Where does it go?", reached


def _miss_point(value: Value, random: Random) -> Value:
    x, y = value
    return random.choice(((y, x), (-x, y), (x, -y), (-x, -y), (x + random.choice((-1, 1)), y)))


TOPICS = (
    Topic(
        "parts",
        FRACTION,
        _parts,
        _miss_fraction,
        ("latex", "slash", "decimal", "percent"),
        ("of", "out of"),
        0.25,
    ),
    Topic(
        "shares",
        FRACTION,
        _share,
        _miss_fraction,
        ("latex", "decimal", "latex mixed"),
        ("plain mixed", "spoken mixed"),
        0.5,
    ),
    Topic(
        "intervals",
        INTERVAL,
        _interval,
        _miss_interval,
        ("brackets", "element"),
        ("inequality", "two inequalities"),
        0.95,
    ),
    Topic("roots", SET, _roots, _miss_roots, ("braces", "list", "or"), ("disjunction", "either"), 0.15),
    Topic(
        "lengths",
        LENGTH,
        _length,
        _miss_length,
        ("latex", "centimetres"),
        ("metres", "both", "millimetres"),
        0.75,
    ),
    Topic("points", POINT, _point, _miss_point, ("brackets", "equations"), ("bar", "words"), 0.4),
)
