"""5.3: numbers, yes and no in words, the letter of a choice; a reservation is heard, an ordinal no count."""

from tests.proofs.cases import unproved, wrongly_proved

LISTED = r"How many? $\textbf{(A)}\ 5 \qquad\textbf{(B)}\ 7 \qquad\textbf{(C)}\ 9$"
LINES = "Which one is it?\nA. a circle\nB. an ellipse\nC. a line"
SMALL = "Which is the closest to -1?  (a) -3/4  (b) -1/2  (c) 2"

SEVERAL = "Which are true? (A) one (B) two (C) three (D) four"
WAYS_TO_SAY_B = [
    "The correct option is B.",
    "Option (B) is correct",
    "B is the right choice",
    "I choose B",
    "I would pick B.",
    "B because the sum of the distances is constant",
    "So the answer is (B)",
    "It is B.",
    "The best answer is B",
    "选B",
    "答案是B",
    "故选B",
    "答案：B",
]

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
    *((LINES, "B", way, "5.3", "choice B") for way in WAYS_TO_SAY_B),
    (LISTED, "B", r"\textbf{(B)}\ 7", "5.3", "choice B"),
    (LISTED, "7", "The answer is 7, option B", "5.3", "choice B"),
    (LINES, "B", "B, an ellipse", "5.3", "choice B"),
    (LINES, "(B)", "B. Ellipse, because the sum is constant", "5.3", "choice B"),
    (
        "Which of the statements hold?\n(A) one (B) two (C) three",
        "a",
        "(a) True, (b) False, (c) False",
        "5.3",
        "",
    ),
    (SEVERAL, "ACD", "A, C, D", "5.3", "both take A, C, D"),
    (SEVERAL, "ACD", "C, A and D", "5.3", "both take"),
    (SEVERAL, "A, C", "AC", "5.3", "both take"),
    ("Which of ①②③ hold?", "①③", "(1)(3)", "5.3", "both take 1, 3"),
    ("Which of ①②③ hold?", "①③", "①和③", "5.3", "both take 1, 3"),
    ("", r"\frac{4}{5}", "four fifths", "5.3", "4/5"),
    ("", r"-\frac{3}{2}", "minus three halves", "5.3", "-3/2"),
    ("", "4.25", "four and a quarter", "5.3", ""),
    ("", r"\frac{7}{99}", "seven ninety-ninths", "5.3", ""),
    ("", "30/42", "四十二分之三十", "5.3", ""),
    ("", "Yes", "Oui", "5.3", ""),
    ("", "No", "Нет, это невозможно", "5.3", ""),
    ("", "正确", "Yes", "5.3", ""),
    ("", r"a < \frac{3}{2}", "a is less than 3/2", "5.3", "in words"),
    ("", r"15 < a \leq 18", "a is greater than 15 and at most 18", "5.3", "in words"),
    ("", "k > -3", "all real k greater than −3", "5.3", "in words"),
    ("", "1 < S < 2", "S lies strictly between 1 and 2", "5.3", "in words"),
    ("", r"b \geq 1", "all real b not less than 1", "5.3", "in words"),
    ("What is the probability?", "1/44", "1 in 44", "5.3", "1/44"),
    ("What is the ratio?", "2:3", "two to three", "5.3", "2:3"),
    ("How many dollars did she earn?", "2,600", "two thousand six hundred dollars", "5.3", "2600 dollars"),
]

NOT_B = [
    "not B",
    "B is wrong",
    "B or C",
    "Either B or C",
    "I choose C, not B",
    "选C",
    "不选B",
    "All but B",
    "A and B",
    "Option B is not correct",
    "B or maybe D",
    "Option B, the circle",
    "B. a dot",
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
    *((LINES, "B", way) for way in NOT_B),
    (LISTED, "B", "B: 8"),
    (LISTED, "B", "Option B, i.e. 9"),
    (SEVERAL, "ACD", "AC"),
    (SEVERAL, "ACD", "A, B and D"),
    (SEVERAL, "AC", "A, C, D"),
    ("In which order do they come in? A. one B. two C. three", "ABC", "C, B, A"),
    ("Which of ①②③ hold?", "①③", "(1)(2)"),
    ("Which of ①②③ hold?", "①③", "(1)(2)(3)"),
    ("Which of ①②③ hold?", "①③", "(3)"),
    ("", "(1)(3)(4)", "(3)(4)"),
    ("", r"\frac{4}{5}", "five fourths"),
    ("", "5", "fifth"),
    ("", "2", "two seconds"),
    ("", "Yes", "Non"),
    ("", "No", "Да"),
    ("", "正确", "不正确"),
    ("", r"a < \frac{3}{2}", "a is at most 3/2"),
    ("", r"15 < a \leq 18", "a is at least 15 and at most 18"),
    ("", "k > -3", "all real k less than −3"),
    ("", "1 < S < 2", "S lies between 1 and 2, inclusive"),
    ("", r"b \geq 1", "all real b not greater than 1"),
    ("What is the probability?", "1/44", "1 in 43"),
    ("What is the ratio?", "2:3", "three to two"),
    ("How many dollars did she earn?", "2,600", "two thousand six dollars"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved."""
    assert wrongly_proved(OTHER) == []
