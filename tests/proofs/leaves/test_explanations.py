"""5.1: a sentence or a calculation around one value; no reservation, no second value."""

from tests.proofs.cases import unproved, wrongly_proved

SAME = [
    ("", r"\text{all odd integers}", r"\text{The set is all odd integers}", "1.3", "explains"),
    ("", "-3", "The root is -3", "5.1", "explains"),
    ("", "7", "The answer is 7", "5.1", "explains"),
    ("", "7", "Answer: 7.", "5.1", "explains"),
    ("", "yes", "The correct answer is **yes**.", "5.1", ""),
    ("", "120", "The volume of $ABCDEFGH$ is 120", "5.1", "explains"),
    ("", "34", "The largest $n$ is 34", "5.1", "explains"),
    ("", "x != 3", r"We find that $x \neq 3$", "5.1", "explains"),
    ("", "-2,-1,0", "Sequence 1: -2, -1, 0", "5.1", "explains"),
    ("", r"\frac{1}{2}", r"So the probability is $\frac12$, as wanted.", "5.1", "explains"),
    ("", "2x+1", "Therefore the derivative is 2x + 1.", "5.1", "explains"),
    (
        "Tom has 12 apples and eats 5 apples. How many remain?",
        "7",
        "After this 7 apples remain.",
        "5.1",
        "explains",
    ),
    ("How many episodes are in season 4?", "23", "There are 23 episodes in season 4.", "5.1", "explains"),
    ("How many seasons are there?", "9", "There are a total of nine seasons of it", "5.1", "explains"),
    ("What is the distance in metres?", "5", "The distance is 5 metres.", "5.1", "explains"),
    ("", "The area is 12.", "12", "5.1", "explains"),
    ("", "The area is 12.", "So its area equals $12$.", "5.1", "explains"),
    ("", "Solution is: 3", "3", "5.1", "explains"),
    ("", r"\frac{\sqrt{2}}{2}", r"\sin(3\pi/4) = \frac{\sqrt 2}{2}", "5.1", ""),
    ("", "7", "3 + 4 = 7", "5.1", ""),
    ("", "7", "14/2 = 7", "5.1", ""),
]

OTHER = [
    ("", r"\text{all even integers}", r"\text{The set is all odd integers}"),
    ("", "-3", "The root is 3"),
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
    ("", "7", "3 + 4 = 8 = 7"),
    ("", "7", "3 + 4 = 8"),
    ("", "7", "3 + 5 = 7"),
    ("", r"\frac{\sqrt{2}}{2}", r"\sin(5\pi/4) = \frac{\sqrt 2}{2}"),
    ("", "2015 = 1551 + 464", "2015 = 7 + 1605 + 403"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved."""
    assert wrongly_proved(OTHER) == []
