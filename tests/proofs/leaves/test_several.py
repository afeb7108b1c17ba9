"""5.2: values with nouns, names or numbers: which is asked for, and in which order."""

from tests.proofs.cases import unproved, wrongly_proved

TOYS = "How many goats and how many helicopters did she buy?"
CHANCES = "How likely is it to win by switching, and by staying?"
STOCK = "Each sack weighs the same. How many tons of rice and flour are there?"
FOR_X = "Solve the system $x+y=-3$, $x-y=11$ for $x$."
TWO_PARTS = "(1) Find the equation of the ellipse. (2) Find the slope of the line."
LENGTH = "Compute the length of segment $QB$."
SUM = "Find the value of $a + c$."

SAME = [
    ("Find the smaller number. Find the larger number.", "19", "x = 19, y = 31", "5.2", "the first"),
    ("What were the rates of the first and second storms?", "20", "r_1 = 20, r_2 = 35", "5.2", "the first"),
    (
        "How many pigs are there and how many hens are there?",
        "7",
        "Number of pigs = 7, Number of hens = 6",
        "5.2",
        "the first",
    ),
    ("Solve 0 = -a - 4*r + 20, -5*r + 16 = -a for a.", "4", "a = 4, r = 5", "5.2", "'a' is asked for"),
    (TOYS, "7, 4", "7 stuffed goats and 4 toy helicopters", "5.2", "in the order"),
    (TOYS, "7, 4", "4 toy helicopters and 7 stuffed goats", "5.2", "in the order"),
    (CHANCES, "3/4 switch, 1/4 stay", "stay: 1/4, switch: 3/4", "5.2", "matched by the words"),
    (CHANCES, "3/4 switch, 1/4 stay", "switch_to_2: 3/4, stay_with_1: 1/4", "5.2", "matched by the words"),
    (STOCK, "34, 61", "Rice: 34 tons, flour: 61 tons", "5.2", "in the order"),
    (STOCK, "34, 61", "There were 61 tons of flour and 34 tons of rice", "5.2", "in the order"),
    (FOR_X, "4", "(x, y) = (4, -7)", "5.2", "'x' is asked for"),
    (FOR_X, "4", "x = 4, y = -7", "5.2", "'x' is asked for"),
    (FOR_X, "4", "x=4 (with y=-7)", "5.2", "'x' is asked for"),
    (TWO_PARTS, r"\frac{5}{4}", "(1) x²/16 + y²/12 = 1; (2) 5/4", "5.2", "the last part"),
    (LENGTH, r"15\sqrt{2}", r"Area = 45, QB = 15\sqrt{2}", "5.2", "'QB' is asked for"),
    (SUM, "7", "a = 5; a + c = 7", "5.2", "is asked for"),
]

OTHER = [
    ("Find the smaller number. Find the larger number.", "31", "x = 19, y = 31"),
    ("What were the rates of the first and second storms?", "35", "r_1 = 20, r_2 = 35"),
    ("How many pigs are there and how many hens are there?", "6", "Number of pigs = 7, Number of hens = 6"),
    ("Solve 0 = -a - 4*r + 20, -5*r + 16 = -a for a.", "5", "a = 4, r = 5"),
    ("How many tons of rice and flour were there?", "r = 34, f = 61", "Rice: 61 tons, flour: 34 tons"),
    (TOYS, "7, 4", "4 stuffed goats and 7 toy helicopters"),
    (TOYS, "7, 4", "7 stuffed goats and 4 dozen helicopters"),
    (TOYS, "7, 4", "7 helicopters and 4 goats"),
    (CHANCES, "3/4 switch, 1/4 stay", "stay: 3/4, switch: 1/4"),
    (CHANCES, "3/4 switch, 1/4 stay", "switch: 3/4, switch: 1/4"),
    (STOCK, "34, 61", "Flour: 34 tons, rice: 61 tons"),
    ("Ann is older than Bea. How old are they?", "17, 40", "Bea is 17, Ann is 40 years"),
    (FOR_X, "4", "(x, y) = (-7, 4)"),
    (FOR_X, "-7", "(x, y) = (4, -7)"),
    (FOR_X, "-7", "x = 4, y = -7"),
    (TWO_PARTS, r"\frac{5}{4}", "(1) 5/4; (2) 3/4"),
    (TWO_PARTS, r"\frac{5}{4}", "(1) 3/4; (2) 5/4; (3) 1"),
    (LENGTH, "45", r"Area = 45, QB = 15\sqrt{2}"),
    (SUM, "5", "a = 5; a + c = 7"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved."""
    assert wrongly_proved(OTHER) == []
