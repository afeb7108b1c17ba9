"""What the leaves of category 5 show: sentences, labels, number words, choices. And what they must not."""

import pytest

from tinyv_cli.proofs import prove

SENTENCES = [
    ("", "7", "The answer is 7"),
    ("", "7", "Answer: 7."),
    ("", "B", "The correct answer is **B**."),
    ("", "120", "The volume of $ABCDEFGH$ is 120"),
    ("", "34", "The largest $n$ is 34"),
    ("", "x != 3", r"We find that $x \neq 3$"),
    ("", "-2,-1,0", "Sequence 1: -2, -1, 0"),
    ("", r"\frac{1}{2}", r"So the probability is $\frac12$, as wanted."),
    ("", "2x+1", "Therefore the derivative is 2x + 1."),
    ("Tom has 12 apples and eats 5 apples. How many remain?", "7", "After this 7 apples remain."),
    ("How many episodes are in season 4?", "23", "There are 23 episodes in season 4."),
    ("How many seasons are there?", "9", "There are a total of nine seasons of it"),
    ("What is the distance in metres?", "5", "The distance is 5 metres."),
    ("", "The area is 12.", "12"),
    ("", "The area is 12.", "So its area equals $12$."),
    ("", "Solution is: 3", "3"),
]
NO_SENTENCES = [
    ("", "5", "different from 5"),
    ("", "5", "Es ist nicht 5."),
    ("", "5", "Ce n'est pas 5."),
    ("", "5", "5 is ruled out."),
    ("How tall is it?", "60 inches", "It is far from 60 inches."),
    ("", "7", "The answer is 8"),
    ("", "7", "The answer is not 7"),
    ("Is h odd or even?", "h(t) is even for all t.", "h(t) is odd for all t."),
    ("", "The price is increased by 21.", "The price is decreased by 21."),
    ("", "Men: 5", "Women: 5"),
    ("", "7", "It isn't 7"),
    ("", "7", "The answer is about 7"),
    ("", "7", "It is at least 7"),
    ("", "7", "The answer is 7 or 8"),
    ("", "7", "The answer is either 7"),
    ("", "7", "It has 7 of 8 parts"),
    ("", "7", "It is less than 7"),
    ("", "-7", "The temperature is 7"),
    ("", "7", "The result is minus 7"),
    ("", "7", "It is 7 percent"),
    ("", "7", "It is 7 million"),
    ("", "7", "The value is $-7$"),
    ("What is the distance in metres?", "5", "The distance is 5 centimetres."),
    ("How many pears are there beside 3 apples?", "7", "There are 7 apples."),
    ("", "Home Alone 4", "It is Die Hard 4"),
    ("", "Apollo 11", "11"),
    ("", "odd", "The number is not odd"),
    ("", "7", "I would guess 7"),
    ("", "-2,-1,0", "Sequence 1: -2, -1, 1"),
    ("", "3", "Sequence 3"),
    ("", "3", r"The ratio of $\pi$ to its third is 3"),
    ("", "3", "The slope is $m$ with an intercept of 3"),
    ("", "5", "5. Soil and its nutrients"),
    ("When was the bridge built?", "1989", "The film came out in 1989."),
]

LABELS = [
    ("", "7", "x = 7", "5.2"),
    ("", "x_1 = 7", "7", "5.2"),
    ("", "2n+1", "f(n) = 2n + 1", "5.2"),
    ("", "y = 2x + 3", "f(x) = 2x + 3", "5.2"),
    ("", r"y = \sin^2 x", r"y = 1 - \cos^2 x", "3.3"),
    ("", r"BC = 15 \text{ cm}", r"15 \text{ cm}", "5.2"),
    ("", r"\angle ABC = 60", "60", "5.2"),
    ("", "12", "Area of ABC = 12", "5.2"),
    ("Find $x+y$.", "12", "x + y = 12", "5.2"),
    ("Solve for w, d, a and b.", "16,3,1,2", "w=16, d=3, a=1, b=2", "5.2"),
    ("Solve for $x$ and $y$.", "(3, 5)", "y = 5, x = 3", "5.2"),
    ("", "x=3, y=5", "y=5, x=3", "5.2"),
    ("How much do Tom and Ann get?", "5, 7", "Ann gets 7 and Tom gets 5", "5.2"),
    ("How old are Tom and Ann?", "Tom: 5, Ann: 7", "Ann: 7, Tom: 5", "5.2"),
    ("", "(x, y) = (3, 5)", r"x = 3 \text{ and } y = 5", "5.2"),
    ("", "(m, n) = (0, 1)", "(0, 1)", "5.2"),
    ("", "5, 7", "n = 5 or n = 7", "6.1"),
    ("", "5, 7", "x_1 = 5, x_2 = 7", "5.2"),
    ("Compute $3+4$.", "7", "3 + 4 = 7", "5.2"),
    ("", r"\frac{\sqrt{2}}{2}", r"\sin(3\pi/4) = \frac{\sqrt 2}{2}", "5.1"),
    ("", "7", "3 + 4 = 7", "5.1"),
    ("", "7", "14/2 = 7", "5.1"),
]
NO_LABELS = [
    ("", "7", "x = 8"),
    ("", "x = 7", "y = 7"),
    ("", "y = 2x + 3", "g(t) = 2x + 3"),
    ("", "7", "x > 7"),
    ("Find $y$.", "7", "$x = 7$"),
    ("Solve $2x = 10$ for $x$.", "10", "2x = 10"),
    ("Solve $x^2 = 9$.", "9", "x^2 = 9"),
    ("Solve for $x$ and $y$.", "(3, 5)", "y = 3, x = 5"),
    ("", "x=3, y=5", "x=5, y=3"),
    ("How much do Tom and Ann get?", "5, 7", "Ann gets 5 and Tom gets 7"),
    ("How much do they get?", "5, 7", "Ann: 5, Tom: 7"),
    ("How much do Tom and Ann get?", "5, 7", "Ann gets 7 or Tom gets 6"),
    ("How old are Tom and Ann?", "Tom: 5, Ann: 7", "Ann: 5, Tom: 7"),
    ("", "x=3, y=5", "x=3, z=5"),
    ("", "5, 7", "n = 5 or n = 8"),
    ("", "5, 7", "n = 5"),
    ("Find $x_1$ and $x_2$.", "(5, 7)", "x_1 = 7, x_2 = 5"),
    ("", "7", "3 + 4 = 8 = 7"),
    ("", "7", "3 + 4 = 8"),
    ("", "7", "3 + 5 = 7"),
    ("", r"\frac{\sqrt{2}}{2}", r"\sin(5\pi/4) = \frac{\sqrt 2}{2}"),
    ("", "2015 = 1551 + 464", "2015 = 7 + 1605 + 403"),
    ("", "7", "not x = 7"),
    ("", r"\{3, 5\}", "x=3, y=5"),
]

WORDS = [
    ("", "21", "twenty-one", "5.3"),
    ("", "one thousand, nine hundred and thirty-six", "1936", "5.3"),
    ("", "-5", "negative five", "5.3"),
    ("", "third", "3rd", "5.3"),
    ("", r"11^{\text{th}}", "eleventh", "5.3"),
    ("", "Eight", "8", "5.3"),
    ("", "eight/8", "8", "5.3"),
    ("", "in 1977/1977", "1977", "5.3"),
    ("", "9 seasons/9", "nine", "5.3"),
    ("", "Yes", "Yes, because it is prime.", "5.3"),
    ("", r"\text{No}", "False", "5.3"),
    ("", "True", "**Yes**", "5.3"),
    ("", r"1 \text{ and } 3", "1, 3", "5.4"),
    ("", "1; 3", "1, 3", "5.4"),
    ("", r"2, 3, \text{ and } 4", "2, 3, 4", "5.4"),
    ("", "(2,4,8) and (3,5,15)", "(2, 4, 8), (3, 5, 15)", "5.4"),
]
NO_WORDS = [
    ("", "21", "twenty-two"),
    ("", "25", "twenty and five"),
    ("", "34", "thirty, four"),
    ("", "3", "third"),
    ("", "4th", "fifth"),
    ("", "5", "negative five"),
    ("", "Yes", "No, because it is prime."),
    ("", "Yes", "Yes, but only if n is even"),
    ("", "Yes", "Yes, no"),
    ("", "1", "Yes"),
    ("", "1, 3", "1 and 4"),
    ("", "(2,4,8) and (3,5,15)", "(2, 4, 8), (3, 15, 5)"),
    ("", "(1, 3)", "1; 3; 5"),
    ("", "x > 2 and x < 5", "x > 2 or x < 5"),
    ("", "13", "1 and 3"),
    ("", "1", "1 or"),
    ("", "July 1977/1977", "1977"),
    ("", "eight/9", "9"),
    ("", "eight/8", "9"),
    ("", "in 1977/1977", "1978"),
    ("", "9 seasons/9", "eight"),
    ("", "km/h", "km"),
]

LISTED = r"How many? $\textbf{(A)}\ 5 \qquad\textbf{(B)}\ 7 \qquad\textbf{(C)}\ 9$"
LINES = "Which one is it?\nA. a circle\nB. an ellipse\nC. a line"
SMALL = "Which is the closest to -1?  (a) -3/4  (b) -1/2  (c) 2"
CHOICES = [
    (LISTED, "B", "7"),
    (LISTED, "7", r"\textbf{(B)}"),
    (LISTED, "B", "(B) 7"),
    (LISTED, r"\text{(B)}", "option B"),
    (LISTED, "7", "B: 7"),
    (LINES, "B", "an ellipse"),
    (SMALL, "-0.75", "a"),
]
NO_CHOICES = [
    (LISTED, "B", "9"),
    (LISTED, "7", "(C)"),
    (LISTED, "B", "(B) 9"),
    (LISTED, "B", "C"),
    (LISTED, "B", "(C) 7"),
    (LISTED, "B", "Option C: 7"),
    (LINES, "B", "a circle"),
    (SMALL, "-0.75", "b"),
    ("How many are there?", "B", "7"),
    ("Which? (A) 1/2 (B) 0.5 (C) 3", "A", "0.5"),
]


@pytest.mark.parametrize(("question", "gold", "answer"), SENTENCES)
def test_a_sentence_around_one_value(question: str, gold: str, answer: str) -> None:
    """A sentence that names one value, and has no reservation, is this value."""
    proof = prove(question, gold, answer)
    assert proof is not None
    assert any(step.leaf == "5.1" and "explains" in step.sentence for step in proof.steps)


@pytest.mark.parametrize(("question", "gold", "answer"), NO_SENTENCES)
def test_a_sentence_that_says_more(question: str, gold: str, answer: str) -> None:
    """Two values, a negation, a hedge, another unit or another thing: no proof."""
    assert prove(question, gold, answer) is None


@pytest.mark.parametrize(("question", "gold", "answer", "leaf"), LABELS)
def test_a_label_names_the_unknown(question: str, gold: str, answer: str, leaf: str) -> None:
    """Labels are dropped, and several are put in the order of the question or compared by name."""
    proof = prove(question, gold, answer)
    assert proof is not None
    assert leaf in [step.leaf for step in proof.steps]


@pytest.mark.parametrize(
    ("gold", "answer", "leaf"),
    [
        (r"\frac{p(r/q)^{5/3}}{r}", r"s = \frac{p r^{2/3}}{q^{5/3}}", "3.2"),
        ("(a+b)^2", "s = a^2 + 2ab + b^2", "3.1"),
        (r"\frac{1}{2}", "s = 0.5", "5.2"),
    ],
)
def test_a_label_beside_algebra(gold: str, answer: str, leaf: str) -> None:
    """Rules drop a label by themselves, so a formula in another form is what they failed at."""
    proof = prove("", gold, answer)
    assert proof is not None and proof.leaf == leaf
    assert "'s =' dropped" in [step.sentence for step in proof.steps]


@pytest.mark.parametrize(("question", "gold", "answer"), NO_LABELS)
def test_a_label_of_something_else(question: str, gold: str, answer: str) -> None:
    """Another unknown, another order, a relation or an equation to be solved is no label."""
    assert prove(question, gold, answer) is None


@pytest.mark.parametrize(("question", "gold", "answer", "leaf"), WORDS)
def test_the_same_in_words(question: str, gold: str, answer: str, leaf: str) -> None:
    """Numbers, ordinals, yes and no, and the words between elements may be spelt out."""
    proof = prove(question, gold, answer)
    assert proof is not None
    assert leaf in [step.leaf for step in proof.steps]


@pytest.mark.parametrize(("question", "gold", "answer"), NO_WORDS)
def test_other_words(question: str, gold: str, answer: str) -> None:
    """An ordinal is no count, two numbers are not one, and a reservation after yes is heard."""
    assert prove(question, gold, answer) is None


@pytest.mark.parametrize(("question", "gold", "answer"), CHOICES)
def test_a_choice_is_its_text(question: str, gold: str, answer: str) -> None:
    """The letter and the text of a listed choice are one answer."""
    proof = prove(question, gold, answer)
    assert proof is not None
    assert "choice" in proof.sentence


@pytest.mark.parametrize(("question", "gold", "answer"), NO_CHOICES)
def test_another_choice(question: str, gold: str, answer: str) -> None:
    """Another letter, a letter that contradicts its text, or a text that two choices have."""
    assert prove(question, gold, answer) is None
