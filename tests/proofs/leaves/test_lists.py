"""Sets and lists: any order where values of one kind are asked for; what is a tuple keeps its order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.proofs.cases import unproved, wrongly_proved
from tinyv_cli.maths.brackets import inside, split
from tinyv_cli.maths.forms import collection, number, outline
from tinyv_cli.proofs import prove

PAIRS = "Find all ordered pairs (x, y) of real numbers."
ALL_N = r"$f(x+y) = f(x) + y$ for all $x$ and $y$. Find all integers $n$ such that $f(n) = n$."
SOLVE = "Solve for $x$: $x^2-4x+3=0$."

SAME = [
    ("What are the prime factors of f(7)?", "[2, 3]", "2, 3", "6.2", "brackets"),
    (PAIRS, "(6,3),(9,3)", "(9,3),(6,3)", "6.1", "whatever order"),
    (SOLVE, "1, 3", "3, 1", "6.1", "whatever order"),
    (SOLVE, r"\frac12, 3", "3, 0.5", "6.1", "whatever order"),
    ("", r"\{1,3\}", r"\{3,1\}", "6.1", "whatever order"),
    ("", r"\{\frac12, \sqrt{4}, 5\}", "{5, 2, 0.5}", "6.1", "whatever order"),
    ("", "x=1 or x=3", r"\{3,1\}", "6.1", "whatever order"),
    ("", r"x=1 \text{ or } x=3", "x=3, x=1", "6.1", "whatever order"),
    ("Solve the equation.", "x=-7, x=1", "1, -7", "6.1", "whatever order"),
    ("", "(1,2),(3,4)", r"\{(1,2),(3,4)\}", "6.2", "brackets none and {}"),
    ("", r"\{1,3,5\}", "1, 3, 5", "6.2", "brackets {} and none"),
    ("", "(1,2,3)", "[1,2,3]", "6.2", "brackets () and []"),
    ("Give the coordinates of the point.", "(1,2)", "1, 2", "6.2", "brackets () and none"),
    ("", "(1,2,3)", "(1;2;3)", "6.3", "';' stand between"),
    ("", "1, 2", "1; 2", "5.4", "';' stand for commas"),
    ("", r"\left(\frac12; 3\right)", "(0.5, 3)", "6.3", "';' and ','"),
    ("", "(1,2)", "((1,2))", "6.4", "dropped"),
    ("", r"\{(1,2)\}", "(1,2)", "6.4", "dropped"),
    ("", "[(1,2),(3,4)]", "([(1,2),(3,4)])", "6.4", "dropped"),
    ("List the prime factors of 40.", "[2, 5]", r"2^3 \times 5", "6.2", "prime factors"),
    ("List the prime factors of 40.", "2, 5", "2**3*5", "6.2", "prime factors"),
    ("List the prime factors of 40 with repetition.", "2, 2, 2, 5", r"2^3 \cdot 5", "6.2", "prime factors"),
    ("", r"\frac{v}{2}, \frac{v}{2}, \frac{4}{v}", r"\frac{v}{2}, \frac{4}{v}", "6.4", "counts once"),
    ("", "y = 2x, y = 2x", "y = 2x", "6.4", "counts once"),
    ("", "a+b; a+b; c", "a+b; c", "6.4", "counts once"),
    (ALL_N, "1,-2", "-2, 1", "6.1", "whatever order"),
]

OTHER = [
    ("Which interval is it?", "[2, 3]", "2, 3"),
    ("What are the prime factors of f(7)?", "[2, 3]", "2, 5"),
    ("What are the prime factors of f(7)?", "[2, 3]", "2"),
    (PAIRS, "(6,3),(9,3)", "(3,9),(6,3)"),
    (PAIRS, "(6,3),(9,3)", "(9,3),(6,4)"),
    (PAIRS, "(6,3),(9,3)", "(9,3)"),
    (SOLVE, "1, 3", "3, 2"),
    (SOLVE, "1, 3", "3, 1, 1"),
    (SOLVE, "1, 1, 3", "1, 3, 3"),
    (SOLVE, "1, 3", "3, -1"),
    ("", "1, 3", "3, 1"),
    ("Find all $a$ and $b$, respectively.", "1, 3", "3, 1"),
    ("Solve: list the roots in ascending order.", "1, 3", "3, 1"),
    ("Find x and y, the solutions of both equations.", "1, 3", "3, 1"),
    ("Solve the system of equations.", "1, 3", "3, 1"),
    ("Solve the system of equations.", r"\{1, 3\}", r"\{3, 1\}"),
    ("Solve: $x+y=3$, $x-y=1$.", r"\{2, 1\}", r"\{1, 2\}"),
    ("Write the first three terms of the sequence.", r"\{1, 2, 4\}", r"\{1, 4, 2\}"),
    (SOLVE, "(1,3)", "(3,1)"),
    ("", "(1,2)", "[1,2]"),
    ("", "(1,2)", "[1,2)"),
    ("", "(1,2)", "1, 2"),
    ("", "[1,3]", r"\{1,3\}"),
    ("", r"\{1,2\}", "(1,2)"),
    ("Find the interval that contains the point.", "(1,2)", "[1,2]"),
    ("", "(1,2,3)", "(1,3,2)"),
    ("", "(1;2;3)", "(1,2,4)"),
    ("", "(1,2),(3,4)", "(1,2,3,4)"),
    ("", r"\{\{1,2\}\}", r"\{1,2\}"),
    ("", r"\{\emptyset\}", r"\emptyset"),
    ("", "((1,2))", "(2,1)"),
    ("", "x=1 or x=3", "y=1 or y=3"),
    ("", "(x,y)=(1,2),(3,4)", "(y,x)=(2,1),(3,4)"),
    (PAIRS, "(x,y)=(1,2),(3,4)", "(y,x)=(2,1),(3,4)"),
    ("", r"(1 \pm \sqrt2, 1 \mp \sqrt2)", r"(1 \mp \sqrt2, 1 \pm \sqrt2)"),
    ("", "100,200", "100200.5"),
    ("", r"\{3,5\}", "x=3, y=5"),
    (SOLVE, "3, 5", "y=5, x=3"),
    ("How old are Tom and Ann?", "Tom: 5, Ann: 7", "Ann: 5, Tom: 7"),
    ("How much does each of them get?", "5, 7", "Ann: 5, Tom: 7"),
    ("", r"6,500,000 \mathrm{m}^3", r"6,500,000 \mathrm{m}^9"),
    ("", r"0 \text{ or } \frac98", r"0 \text{ or } \frac92"),
    ("", "0 or 9/8", "0 or 9/2"),
    ("List the prime factors of 40.", "[2, 5]", r"2^3 \times 7"),
    ("List the prime factors of 40.", "2, 5", "2**3"),
    ("Write 40 as a product.", "2, 5", r"2^3 \times 5"),
    ("List the prime factors of 40 with repetition.", "2, 2, 2, 5", r"2^2 \cdot 5"),
    ("List the prime factors of 40.", "[4, 5]", r"4 \times 5"),
    ("", r"\frac{v}{2}, \frac{v}{2}, \frac{4}{v}", r"\frac{v}{2}"),
    ("", "y = 2x, y = 2x", "y = 3x"),
    ("", "a+b; a+b; c", "a+b; c; c"),
    (ALL_N, "1,-2", "-2, 2"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved, whichever of the two is the gold."""
    assert wrongly_proved(OTHER, turned=True) == []


NUMBERS = st.lists(st.integers(-99, 99), min_size=2, max_size=6)


@settings(deadline=None)
@given(NUMBERS, st.data())
def test_a_set_has_no_order(numbers: list[int], data: st.DataObject) -> None:
    """Every order of the solutions is proved."""
    shuffled = data.draw(st.permutations(numbers))
    gold, answer = (", ".join(map(str, each)) for each in (numbers, shuffled))
    assert prove(SOLVE, gold, answer) is not None


@settings(deadline=None)
@given(NUMBERS, st.data())
def test_one_other_element(numbers: list[int], data: st.DataObject) -> None:
    """One number changed, doubled or dropped is never proved."""
    at = data.draw(st.integers(0, len(numbers) - 1))
    changed = [*numbers[:at], numbers[at] + data.draw(st.sampled_from([-10, -1, 1, 10])), *numbers[at + 1 :]]
    for other in (changed, [*numbers, numbers[at]], numbers[:at] + numbers[at + 1 :]):
        for form in ("{}", r"\{{{}\}}", "({})"):
            gold, answer = (form.format(", ".join(map(str, each))) for each in (numbers, other))
            assert prove(SOLVE, gold, answer) is None


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=5, unique=True))
def test_a_tuple_keeps_its_order(numbers: list[int]) -> None:
    """Turned round it is another, also among several, whatever the question says."""
    turned = numbers[::-1]
    gold, answer = (f"({', '.join(map(str, each))})" for each in (numbers, turned))
    assert prove(SOLVE, gold, answer) is None
    assert prove(PAIRS, f"{gold}, (0,0)", f"(0,0), {answer}") is None


def test_taking_apart() -> None:
    """Brackets of any kind hold what stands between them; a row of a matrix stays one."""
    assert split("a, f(b, c), [d, e)", ",") == ["a", "f(b, c)", "[d, e)"]
    assert split("a), (b", ",") is None
    assert inside("(a), (b)") is None and inside("[a, b)") == "a, b"
    assert outline(r"$\left\{ 1,\, 2 \right\}$.") == "{ 1, 2 }"
    assert outline(r"1 \\ -2") == r"1 \\ -2"


def test_no_list() -> None:
    """Digits in groups are one number, and an empty place is no element."""
    assert collection("1,234") is None and collection(r"5,\!040") is None
    assert collection("1,,2") is None and collection("7") is None


def test_number() -> None:
    """A closed expression has a value, one with a letter or of an imaginary number none."""
    assert number(r"\sqrt{16}") == 4
    assert number("x") is None and number("i") is None and number("1/0") is None
