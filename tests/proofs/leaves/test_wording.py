"""5.3: the same words, yes or no, substance; never one of two names that the question has."""

from tests.proofs.cases import unproved, wrongly_proved
from tinyv_cli.maths.wording import same_words

ACIDS = "Each polypeptide has a linear sequence of which acids?"
QUADRANT = "In which quadrant does the image $P$ lie?"
GUILTY = "Who of the Hatter and the Dormouse is guilty, if someone stole the pepper?"
SNAPS = "Would you expect the steel cable to snap? Why?"
INVERSE = "Determine if the functions f and g are inverses."
BOXES = "Which is likelier: a green ball from the red box or a red ball from the green box?"
WIRE = "A wire of 7 m gets 10 cm longer. How long is it?"
POSSIBLE = "Can the table be filled in like this?"

SAME = [
    ("", "Ceftriaxone", "ceftriaxone", "5.3", "the same words"),
    ("", r"\text{ellipse}", "an ellipse", "5.3", "the same words"),
    ("", "right-angled triangle", "Right angled triangles", "5.3", "the same words"),
    ("", "Maria'class", r"\text{Maria's class}", "5.3", "the same words"),
    ("", "point 12", "Point12", "5.3", "the same words"),
    ("For which $n$?", "odd $n$", r"n \text{ is odd}", "5.3", "in another order"),
    (ACIDS, "amino", r"\text{amino acids}", "5.3", "beside those of the question"),
    (QUADRANT, "The image P lies in the first quadrant.", "First quadrant", "5.3", "beside"),
    (QUADRANT, "The image P lies in the first quadrant.", "1st quadrant", "5.3", "beside"),
    (GUILTY, "Dormouse", "The Dormouse is guilty", "5.1", ""),
    (
        SNAPS,
        r"\text{The steel cable will not snap.}",
        r"\text{No, the cable would not snap.}",
        "5.3",
        "say no",
    ),
    (SNAPS, r"\text{The steel cable will not snap.}", "No", "5.3", "say no"),
    (INVERSE, "Yes", "They are inverse functions", "5.3", "say yes"),
    (INVERSE, "No", "The functions $f$ and $g$ are not inverses.", "5.3", "say no"),
    (POSSIBLE, "No", "It is impossible.", "5.3", "say no"),
    ("", "MgSO4", r"\ce{MgSO_{4}}", "1.3", "chemical"),
    ("", "Rb3Sb", "Rb_3Sb", "1.3", "chemical"),
    ("", "Fe2+", "Fe^{2+}", "1.3", "chemical"),
]

OTHER = [
    ("", "Ceftriaxone", "cefotaxime"),
    ("", r"\text{ellipse}", "a circle"),
    ("", "odd", "even"),
    ("", "3 mW", "3 MW"),
    ("", "5 mm", "5 Mm"),
    ("", "AB", "ab"),
    ("", "3xy", "3XY"),
    ("Which of the two is it?", "Co", "CO"),
    ("Which gas is it?", "the gas CO", "Co"),
    ("", "not odd", "odd"),
    ("", "1 or 3", "1 or -3"),
    ("", "0, 1 and 4", "0, -1 and -4"),
    ("For which $n$?", "odd $n$", r"n \text{ is even}"),
    (ACIDS, "amino", "fatty acids"),
    (QUADRANT, "The image P lies in the first quadrant.", "Second quadrant"),
    (QUADRANT, "The image P lies in the first quadrant.", "quadrant"),
    (GUILTY, "Dormouse", "The Hatter"),
    (GUILTY, "Dormouse", "The Hatter stole the Dormouse"),
    (BOXES, "a green ball from the red box", "red box"),
    (BOXES, "a green ball from the red box", "a red ball from the green box"),
    (SNAPS, r"\text{The steel cable will not snap.}", "Yes"),
    (SNAPS, r"\text{The steel cable will not snap.}", "The steel cable would snap"),
    (SNAPS, r"\text{The steel cable will not snap.}", "No, it would not snap unless it is thin"),
    (INVERSE, "Yes", "They are not inverse functions"),
    (INVERSE, "Yes", "Yes or no, depending on x"),
    (INVERSE, "No", "The maps f and g are inverses of each other."),
    (POSSIBLE, "No", "It is possible."),
    (
        "Does it always have two distinct roots?",
        "It always has two distinct roots.",
        "It always has two equal roots.",
    ),
    ("", "MgSO4", "MgSO3"),
    ("", "Rb3Sb", "RbSb_3"),
    ("", "Fe2+", "Fe3+"),
    (WIRE, r"710 \text{ cm}", "7, 10 cm"),
    (WIRE, "710 cm", "7; 10 cm"),
    (WIRE, "710 cm", "7 10 cm"),
    (WIRE, "710 cm", "7, 1 0 cm"),
    ("", "type 12", "type 1 2"),
    ("", "12 dogs and 3 cats", "1 and 23 dogs cats"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved, whichever of the two is the gold."""
    assert wrongly_proved(OTHER, turned=True) == []


def test_what_denies_stands_alone() -> None:
    """A blank may be missing between two words, but not behind one that denies the other."""
    assert same_words("ice cream", "icecream", "")
    assert not same_words("notable", "not able", "") and not same_words("no where", "nowhere", "")
