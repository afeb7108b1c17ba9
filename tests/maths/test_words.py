"""What stands behind the leaves: numbers in words, units, choices, elements, plain text."""

from tests.tables import otherwise
from tinyv_cli.maths.brackets import elements, parts
from tinyv_cli.maths.choices import choices
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.prose import only_value
from tinyv_cli.maths.units import Unit, measured, unit_of, units_asked, units_in
from tinyv_cli.maths.words import cardinal, in_words, ordinal

NUMBERS = [
    ("zero", 0),
    ("Forty two", 42),
    ("one-hundred-and-two", 102),
    ("nineteen hundred", 1900),
    ("one thousand, nine hundred and thirty-six", 1936),
    ("two hundred five million", 205_000_000),
    ("two million three thousand", 2_003_000),
    ("one two", None),
    ("twenty zero", None),
    ("twenty and five", None),
    ("thirty, four", None),
    ("twenty hundred", None),
    ("five thousand thousand", None),
    ("hundred", None),
    ("and", None),
    ("", None),
]


def test_numbers_in_words() -> None:
    """Only what is one number is read; two numbers in a row are none."""
    assert otherwise(NUMBERS, cardinal) == []


def test_in_words() -> None:
    """What is written in words is read as the same number again."""
    assert [cardinal(in_words(number)) for number in range(101)] == list(range(101))
    assert in_words(42) == "forty-two"


ORDINALS = [
    ("first", 1),
    ("twenty-first", 21),
    ("thirtieth", 30),
    ("two hundred thirty-second", 232),
    ("21st", 21),
    ("11^{ th }", 11),
    ("worth", None),
    ("both", None),
    ("th", None),
    ("21", None),
]


def test_ordinals() -> None:
    """Ordinals in words and in figures; words that only end like one are none."""
    assert otherwise(ORDINALS, ordinal) == []


UNITS: list[tuple[str, Unit | None]] = [
    ("cm", (("centimeter", 1),)),
    ("square centimetres", (("centimeter", 2),)),
    ("kg m / s^2", (("kilogram", 1), ("meter", 1), ("second", -2))),
    ("feet per second squared", (("foot", 1), ("second", -2))),
    ("mph", (("hour", -1), ("mile", 1))),
    ("degrees Celsius", (("degree_Celsius", 1),)),
    (r"\mu T", (("microtesla", 1),)),
    ("apples", None),
    ("cm apples", None),
    ("", None),
]


def test_units() -> None:
    """Units in all spellings have one name; what is not wholly a unit is none."""
    assert otherwise(UNITS, unit_of) == []


MEASURED = [
    (r"2\sqrt{3} \text{ cm}^2", r"2\sqrt{3}"),
    ("-$5", "-5"),
    (r"18.8^\circ", "18.8"),
    ("25 years old", "25"),
    ("5m", None),
    ("5\\%", None),
    ("5 per cent", None),
    ("3:1 m", None),
    ("2x+1", None),
]


def test_measured_values() -> None:
    """A value is taken from its unit; a letter after a figure is a variable, and percent no unit."""
    assert otherwise(MEASURED, lambda text: (found := measured(text)) and found.value) == []


UNITS_OF_QUESTIONS: list[tuple[str, set[Unit], set[str]]] = [
    ("How many hours does it take in the second room?", {(("hour", 1),)}, {"hour"}),
    (
        "The perimeter is $60cm$. What is the area, in square meters?",
        {(("meter", 2),)},
        {"centimeter", "meter"},
    ),
    ("It costs $5 and has $x$.", set(), set()),
    (r"It costs \$5.", set(), {"dollar"}),
    ("Find $m$ in $3m + 2$.", set(), set()),
]


def test_units_of_a_question() -> None:
    """What unit a question asks for, and which it speaks of; letters of formulas are none."""
    assert otherwise([(question, asked) for question, asked, _ in UNITS_OF_QUESTIONS], units_asked) == []
    assert otherwise([(question, spoken) for question, _, spoken in UNITS_OF_QUESTIONS], units_in) == []


LISTED: list[tuple[str, dict[str, str]]] = [
    (r"$\textbf{(A)}\ 5 \qquad\textbf{(B)}\ 7 \qquad\textbf{(C)}\ 9$", {"A": "5", "B": "7", "C": "9"}),
    ("Which?\nA) $\\frac12$\nB) 2\nC) 3", {"A": r"\frac12", "B": "2", "C": "3"}),
    ("Which? (a) -3/4  (b) 1  (c) 2.", {"A": "-3/4", "B": "1", "C": "2"}),
    ("A. a circle\nB. a line\nC. a point", {"A": "a circle", "B": "a line", "C": "a point"}),
    ("From vertex A, he walks to B. What is C?", {}),
    ("Find f(a), f(b) and f(c).", {}),
    ("(A) 1 (C) 2 (D) 3", {}),
]


def test_choices_of_a_question() -> None:
    """Choices are listed from A on, each letter after the other; letters elsewhere are no choices."""
    assert otherwise(LISTED, choices) == []


def test_elements() -> None:
    """Lists are taken apart outside of brackets, tuples within theirs; 1,020 is one number."""
    assert parts("(1, 2), {3; 4} and 5") == ("(1, 2)", "{3; 4}", "5")
    assert elements("(1, (2, 3))") == ("1", "(2, 3)")
    assert elements("(1, 2), (3, 4)") == ("(1, 2)", "(3, 4)")
    assert parts("1,020") == ("1,020",)
    assert parts("band, orchid") == ("band", "orchid")


def test_plain_text_is_plain() -> None:
    """What is plain already stays as it is, and rewriting once is enough."""
    for text in (r"\left(１, ∞\right)", r"\boxed{\boxed{\frac{1}{2}}}", "**x_1** ", r"{60}^{\circ}"):
        once = plain(text)
        assert once.rewritten
        assert plain(once.text) == type(once)(once.text, ())


ONLY_VALUES = [
    ("There are 23 episodes in season 4.", "23"),
    ("The film had 23 episodes in season 5.", None),
    ("There are nine seasons", "nine"),
    ("There are 23 dogs", None),
    ("There are about 23 episodes", None),
    ("Of 30 episodes there are 23", None),
]


def test_the_only_value() -> None:
    """What the question tells is no answer; of two values neither is."""
    question = "How many episodes and seasons are in season 4?"
    assert otherwise(ONLY_VALUES, lambda text: only_value(text, question, "")) == []
