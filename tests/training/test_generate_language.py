"""What stands around an answer, and the responses without one, as `training/generate` writes them."""

import pytest

import training.generate.fillers
import training.generate.language
import training.generate.rewording
from tests.generated import GOLDS, made_by, results
from tinyv_cli.evaluation.patterns import PATTERNS
from tinyv_cli.proofs import prove
from training.generate.transformation import TRANSFORMATIONS, Effect

DRESSINGS = [
    name
    for name, each in TRANSFORMATIONS.items()
    if each.make.__module__ in (training.generate.language.__name__, training.generate.rewording.__name__)
    and each.effect is Effect.DRESSED
]
FILLERS = [
    name
    for name, each in TRANSFORMATIONS.items()
    if each.make.__module__ == training.generate.fillers.__name__
]
LEFT = "Tom has 30 marbles. He gives 12 to Ann. How many marbles are left?"


@pytest.mark.parametrize(
    ("name", "question", "gold", "expected"),
    [
        ("question_answered", LEFT, "18", "There are 18 marbles left."),
        ("question_answered", LEFT, "18", "The number of marbles left is 18."),
        ("question_answered", "How many pens did Ann buy?", "6", "Ann bought 6 pens."),
        ("question_answered", "What is the value of $x$?", "6", "The value of $x$ is 6."),
        ("question_answered", "Find the area of the square.", "6", "The area of the square is 6."),
        ("question_answered", "who painted the old chapel", "Mia Rossi", "Mia Rossi painted the old chapel."),
        ("question_answered", "Who was the first mayor?", "Mia Rossi", "The first mayor was Mia Rossi."),
        ("question_answered", "where was the mill built", "Larne", "The mill was built in Larne."),
        ("question_before_answer", LEFT, "18", "How many marbles are left? -> 18"),
        ("blank_filled", r"The sum of all roots is \_\_\_\_.", "6", "The sum of all roots is 6."),
        ("assigned", "What is the value of $k$?", "6", "k = 6"),
        ("assigned_in_sentence", "What is the value of $k$?", "6", "The value of $k$ is 6."),
        ("lead_in_short", LEFT, "18", "**Answer:** 18"),
        ("lead_in_foreign", LEFT, "18", "Die Antwort ist 18"),
        ("lead_in_chinese", LEFT, "18", "答案是18"),
        ("formula_delimiters", LEFT, "18", r"\[18\]"),
        ("boxed", LEFT, "18", r"The final answer is \boxed{18}"),
        ("in_json", LEFT, "a/2", '{"answer": "a/2"}'),
        ("rejected_before", LEFT, "18", "It is 18, not 17."),
        ("label_dropped", "", "f(x) = x^2", "x^2"),
        ("label_dropped", "", "x = 18", "18"),
        ("equation_turned", "", "x = 18", "18 = x"),
    ],
)
def test_dressings_are_what_models_write(name: str, question: str, gold: str, expected: str) -> None:
    """A sentence comes up for the question that it answers."""
    assert expected in results(name, question, gold, seeds=500)


@pytest.mark.parametrize(
    ("name", "question", "gold"),
    [
        ("label_dropped", "", "y = 2x + 3"),  # the equation of a line
        ("label_dropped", "", r"x = \pm 3"),
        ("assigned", "What is $m + n$?", "6"),
        ("assigned", "What is the value of $k$?", "6, 7"),
        ("question_answered", LEFT, "The answer is 18."),
        ("lead_in_english", LEFT, r"\boxed{18}"),
        ("refusal", "", "no solution"),
        ("truth_word", "", "True"),
        ("order_to_judge", "", "yes"),
        ("order_with_wrong_number", "", "x = 2"),
    ],
)
def test_what_does_not_apply_makes_nothing(name: str, question: str, gold: str) -> None:
    """There is nothing rather than something whose label is in doubt."""
    assert not results(name, question, gold)


def test_a_filler_is_not_the_gold() -> None:
    """`x` is a placeholder, unless it is the answer."""
    assert "x" in results("placeholder", "", "1800", seeds=800)
    assert "x" not in results("placeholder", "", "x", seeds=800)


@pytest.mark.parametrize("name", DRESSINGS)
def test_dressings_keep_the_answer(name: str) -> None:
    """The answer stands in what is made of it, as it is, or with a capital at the beginning."""
    made = [(gold, text) for question, gold in GOLDS for text in results(name, question, gold)]
    assert made
    for gold, text in made:
        escaped = text.replace("\\\\", "\\")  # in JSON
        assert gold in escaped or gold[:1].upper() + gold[1:] in text


@pytest.mark.parametrize("name", FILLERS)
def test_fillers_answer_nothing(name: str) -> None:
    """No filler is shown to be the gold, and none is a response that tinyv attacks verifiers with."""
    tested = {text.strip() for each in PATTERNS for text in each.make("", "", "")}
    made = [
        (question, gold, text) for question, gold in GOLDS for text in results(name, question, gold, seeds=5)
    ]
    assert made
    assert not tested & {text.strip() for _, _, text in made}
    shown = [(gold, text) for question, gold, text in made[:40] if prove(question, gold, text)]
    assert not shown


def test_the_same_seed_makes_the_same() -> None:
    """What is made depends on the task and the random numbers alone."""
    names = [*DRESSINGS, *FILLERS]
    assert made_by(names, GOLDS[:20]) == made_by(names, GOLDS[:20])
