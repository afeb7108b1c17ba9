"""What the rule accepted and is doubtful, and what of it is not."""

from tests.tables import slow
from tinyv_cli.proofs.suspects import read_by_rule, suspect

REDUCE = r"Simplify the fraction $\frac{18}{24}$ to its lowest terms."
WIDE = "How wide is the track, in feet?"

# A question, the gold, the answer, and what is said.
SUSPECTS = [
    # What the answer says of itself.
    ("", "7:4", r"7:4 \text{ is wrong}", "not it"),
    ("", "5", "not 5", "not it"),
    ("", "3, 7", r"3, 7 \text{ is incorrect}", "not it"),
    ("", "5", "5, wait, it is 6", "takes back"),
    ("", "5", r"5 \text{ or maybe } 6", "commits itself"),
    ("What is it?", "5", "5 or 8", "stands beside it"),
    ("", "B", "A = B", "names A"),
    # False, or not seen to hold.
    ("", "(2, -2)", "7:4 = (2, -2)", "is false"),
    ("", "x^2+1", "x^2+2 = x^2+1", "is false"),
    ("", r"\{1, 2\}", r"\{1, 3\} = \{1, 2\}", "is"),
    # What Math-Verify reads only in part.
    ("Integrate. Write X.", "X**9/4 - 10*X**3 + C", "X**9 - 10*X**3 + C", "the last number of it, 10"),
    ("", "0x1aaf16b9", "0x1c48a85", "0x1c48a85 is"),
    (
        r"Find $\frac{x}{2}+1$.",
        r"\frac{x}{2} + 1",
        "So the sum of both is what we need, and that is 1",
        "a formula",
    ),
    # Not done, or not in the order.
    (REDUCE, r"\frac{3}{4}", r"\frac{9}{12}", "not in lowest terms"),
    (REDUCE, r"\frac{3}{4}", r"\frac{1.5}{2}", "no fraction of integers"),
    (r"Expand $(x+2)(x+5)$.", "x^2+7x+10", "(x+2)(x+5)", "repeats"),
    ("Sort these numbers in ascending order.", "1, 4, 9", "4, 1, 9", "order"),
    ("Find $(x, y)$.", "(19, 1)", "(1, 19)", "order"),
    (r"Name the two parts: (a) and (b).", "3, 7", "7", "one part of 2"),
    # Other letters, relations and units.
    ("Which angle is it?", r"\angle ABC", r"\angle ACB", "another angle"),
    ("Which compound is it?", "C3H6O", "C6H3O", "another formula"),
    ("Which letter?", "k", "K", "another letter"),
    ("How are they related?", r"2 \in A", r"2 \subset A", "it says"),
    ("", r"x > 2 \text{ or } x < -2", r"x > 2 \text{ and } x < -2", "joins by"),
    (WIDE, "5", "5 inches", "another unit"),
    ("What is its area, in square units?", "15", "15 units", "something else"),
    ("How warm is it?", r"350 \text{ K}", r"350^\circ C", "where the gold is in"),
    ("How many trees are there?", "6", r"6\%", "in percent"),
    ("Find the radian measure of the angle.", r"\frac{1}{2}", r"0.5^\circ", "radians"),
    ("How much did he pay for 3 hats of 100 dollars?", "300", "300 cents", "cents"),
    (r"At what $x$-value is the asymptote?", r"\frac{7}{5}", r"y = \frac{7}{5}", "a value of y"),
    ("这根绳子长多少米?", "12", "12厘米", "where"),
]

NO_SUSPECTS = [
    ("", "5", "5"),
    ("", "5", "x = 5"),
    ("", "5", "2 + 3 = 5"),
    ("", "5", "5, not 6"),
    ("", "x = 3", r"x = 3 \text{ (} x = -1 \text{ is not a solution)}"),
    ("", "no", "no"),
    ("", r"\frac{1}{2}", "0.5"),
    ("", r"\frac{1}{2}", r"50\%"),
    ("Express it as a common fraction.", r"\frac{3}{4}", r"\frac{6}{8}"),
    ("Simplify $2x + 3x$.", "5x", "5 x"),
    ("Compute $1/6 + 1/6$.", r"\frac{1}{3}", "1/3"),
    ("Find all solutions.", "1, 3", "3, 1"),
    ("Find the speed of each car.", "20", "20 km/h, 35 km/h"),
    ("Find all values of $a$.", r"\pm 2", "a = 2 or a = -2"),
    ("Find the coordinates of $D$.", "(1, -2)", "D = (1, -2)"),
    (WIDE, "5", "5 feet"),
    ("How long is the tube? It is 3 m high.", "12.5", "12.5 cm"),
    ("Which is it?", "1908/1907", "1908"),
    ("", "f(x) = x^2 + 1", "x^2 + 1"),
    ("", r"\angle ABC", r"\angle CBA"),
    ("When did it come out?", "1974", "It isn't known who sang it first, but it came out in 1974"),
]


def test_suspects() -> None:
    """Each way in which a rule is taken in is seen, and its reason said."""
    found = [(row, suspect(*row[:3])) for row in SUSPECTS]
    assert [(row, said) for row, said in found if row[3] not in (said or "")] == []


def test_no_suspects() -> None:
    """Right answers in other clothes are no suspects."""
    assert [(row, said) for row in NO_SUSPECTS if (said := suspect(*row)) is not None] == []


def test_read_by_rule() -> None:
    """What Math-Verify cannot read as LaTeX it reads by its last number; words in LaTeX it leaves out."""
    assert "the last number of it, 10" in (read_by_rule("X**9/4 - 10*X**3 + C") or "")
    assert "'is wrong'" in (read_by_rule(r"7:4 \text{ is wrong}") or "")
    assert read_by_rule(r"\frac{1}{2}") is None


def test_hostile_texts() -> None:
    """No accepted answer takes long."""
    texts = ["(1,2)," * 80, "is not " * 80, "= " * 290, "or " * 190, "1/2 " * 140, r"\text{not }" * 50]
    assert slow(texts, 1.0, lambda text: suspect("Simplify it.", "5", text)) == []
