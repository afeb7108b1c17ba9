"""5.3: numbers, yes and no in words, the letter of a choice; a reservation is heard, an ordinal no count."""

from tests.proofs.cases import unproved, wrongly_proved

LISTED = r"How many? $\textbf{(A)}\ 5 \qquad\textbf{(B)}\ 7 \qquad\textbf{(C)}\ 9$"
LINES = "Which one is it?\nA. a circle\nB. an ellipse\nC. a line"
SMALL = "Which is the closest to -1?  (a) -3/4  (b) -1/2  (c) 2"

SAME = [
    ("", "21", "twenty-one", "5.3", ""),
    ("", "one thousand, nine hundred and thirty-six", "1936", "5.3", ""),
    ("", "-5", "negative five", "5.3", ""),
    ("", "third", "3rd", "5.3", ""),
    ("", r"11^{\text{th}}", "eleventh", "5.3", ""),
    ("", "Eight", "8", "5.3", ""),
    ("", "eight/8", "8", "5.3", ""),
    ("", "in 1977/1977", "1977", "5.3", ""),
    ("", "9 seasons/9", "nine", "5.3", ""),
    ("", "Yes", "Yes, because it is prime.", "5.3", ""),
    ("", r"\text{No}", "False", "5.3", ""),
    ("", "True", "**Yes**", "5.3", ""),
    (LISTED, "B", "7", "5.3", "choice"),
    (LISTED, "7", r"\textbf{(B)}", "5.3", "choice"),
    (LISTED, "B", "(B) 7", "5.3", "choice"),
    (LISTED, r"\text{(B)}", "option B", "5.3", "choice"),
    (LISTED, "7", "B: 7", "5.3", "choice"),
    (LINES, "B", "an ellipse", "5.3", "choice"),
    (SMALL, "-0.75", "a", "5.3", "choice"),
]

OTHER = [
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
    ("", "July 1977/1977", "1977"),
    ("", "eight/9", "9"),
    ("", "eight/8", "9"),
    ("", "in 1977/1977", "1978"),
    ("", "9 seasons/9", "eight"),
    ("", "km/h", "km"),
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


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved."""
    assert wrongly_proved(OTHER) == []
