r"""Numbers and quantities of the generator: the same ones written otherwise, and others that are near."""

from random import Random

import pytest

from tinyv_cli.proofs import prove
from training.generate import moments, near_numbers, number_words, numeric, quantities
from training.generate.number_words import chinese
from training.generate.numerals import read_number, scientific, significant, slots, with_places
from training.generate.transformation import TRANSFORMATIONS, Effect, Task, Transformation

MODULES = {each.__name__ for each in (moments, near_numbers, number_words, numeric, quantities)}
OURS = {name: each for name, each in TRANSFORMATIONS.items() if each.make.__module__ in MODULES}
SEEDS = 20

CHANCE = "What is the probability that both are red?"
PERCENT = "What percent of the birds are geese?"
GOLDS = [
    ("", "7"),
    ("", "-12"),
    ("", "36"),
    ("", "120"),
    ("", "1024"),
    ("", "20"),
    ("", "3500000"),
    ("", "12,345"),
    ("", r"41,\!250"),
    ("", "0.75"),
    ("", "3.14"),
    ("", "12.34567"),
    ("", "5.0"),
    ("", "0.0004"),
    ("", "3{,}14"),
    (CHANCE, r"\frac{3}{4}"),
    (CHANCE, r"\frac{2}{3}"),
    (CHANCE, "0.35"),
    ("", r"-\frac{5}{6}"),
    ("", r"\frac{600}{7}"),
    ("", "7/2"),
    ("", r"\frac{6}{8}"),
    ("", r"2\frac{1}{3}"),
    ("", "1 1/2"),
    ("", r"2\sqrt{3}"),
    ("", r"\sqrt{2}"),
    ("", r"40\pi"),
    ("What is the angle between the lines?", r"\frac{\pi}{3}"),
    ("", r"6.2 \times 10^{-7}"),
    ("", "2.5e6"),
    ("", r"0.1\overline{6}"),
    ("", "(2, -5)"),
    ("", "1, 2, 3"),
    ("", "x = 4"),
    ("", r"\{1, \frac{1}{2}\}"),
    ("Tom has 12 apples and buys 7 more. How many apples are there?", "19"),
    ("How many apples are left?", "12 apples"),
    ("How long is it, in cm?", r"15 \text{ cm}"),
    ("How long is it, in cm?", "15"),
    ("", r"2.5 \text{ hours}"),
    ("", r"9.6 \mathrm{~m} / \mathrm{s}^2"),
    ("", r"120\text{ cm}^2"),
    ("", "50 miles per hour"),
    ("", "5 N"),
    ("", r"25\%"),
    (PERCENT, r"25\%"),
    (PERCENT, "25"),
    ("", r"45^\circ"),
    ("", r"22.5^\circ"),
    ("", r"20^\circ\text{C}"),
    ("How many dollars did he pay?", r"\$5.50"),
    ("", "$12"),
    ("Anna earns $12 an hour. How much money does she earn in 3 hours?", "36"),
    ("What is the ratio of boys to girls?", "3:4"),
    ("Find the ratio AB:CD.", r"\frac{3}{5}"),
    ("", "3:30 PM"),
    ("What time is it?", "17:45"),
    ("", "2 hours 30 minutes"),
    ("", r"\text{May 17}"),
    ("", "June 5, 2003"),
    ("", "1987"),
    ("", r"\text{Friday}"),
    ("", "1011_2"),
    ("", "seventeen"),
    ("", "There are 5 cats."),
    ("", "3 million"),
    ("", "10^{3}"),
    ("", "5!"),
    ("", r"\binom{6}{3}"),
    ("Round the mean of 3, 4.5 and 8 to two decimals.", "5.17"),
]

# What proofs cannot read at all, or not in all its styles; each is checked by rows of SAME below.
UNPROVED = {
    *("fraction_in_other_marks", "vulgar_fraction", "fraction_as_mixed_number", "other_minus"),
    *("fraction_as_repeating_decimal", "rounded_and_marked", "exact_and_rounded", "first_digits"),
    *("points_in_groups", "power_of_ten", "scale_word", "as_factorial", "as_binomial", "worked_out"),
    *("decimal_of_fraction_after_it", "base_named", "number_in_words", "number_in_foreign_words"),
    *("number_in_chinese", "digits_and_words", "fraction_in_words", "decimal_in_words"),
    *("unit_in_other_style", "unit_converted", "cents_shown", "dollars_and_cents", "dollar_sign_added"),
    *("degrees_in_radians", "radians_in_degrees", "degrees_and_minutes", "time_in_words"),
    *(
        "span_in_other_style",
        "span_in_one_unit",
        "span_in_two_units",
        "date_in_other_style",
        "full_width_digits",
    ),
    *("temperature_in_other_style", "counted_things_left_out", "unit_derived"),
}


def answers(transformation: Transformation, question: str, gold: str) -> set[str]:
    """All that a transformation makes of a gold, by twenty seeds."""
    made = (transformation.make(Task(question, gold), Random(seed)) for seed in range(SEEDS))
    return {answer for answer in made if answer is not None}


@pytest.mark.parametrize("transformation", OURS.values(), ids=list(OURS))
def test_each_has_an_effect_and_keeps_its_promise(transformation: Transformation) -> None:
    """Every one finds something to do; no wrong answer is proved, and the same ones are."""
    made = [(q, gold, answer) for q, gold in GOLDS for answer in sorted(answers(transformation, q, gold))]
    assert made
    if transformation.effect is Effect.WRONG:
        assert [each for each in made if prove(*each)] == []
    elif transformation.name not in UNPROVED:
        assert [each for each in made if not prove(*each)] == []


def test_a_seed_makes_the_same_answers() -> None:
    """Twice the same seed, twice the same answers."""

    def run() -> list[str | None]:
        rng = Random(5)
        return [each.make(Task(*gold), rng) for each in OURS.values() for gold in GOLDS]

    assert run() == run()


SAME = [
    ("fraction_in_other_marks", "", r"\frac{2}{3}", {"2/3", r"\dfrac{2}{3}", r"{2 \over 3}"}),
    ("vulgar_fraction", "", r"2\frac{1}{3}", {"2⅓"}),
    ("fraction_as_mixed_number", "", "7/2", {"3 1/2", r"3\frac{1}{2}", "3 and 1/2"}),
    ("fraction_as_repeating_decimal", "", "5/6", {r"0.8\overline{3}", "0.8(3)", "0.83333..."}),
    ("fraction_as_repeating_decimal", "", r"-\frac{1}{7}", {r"-0.\overline{142857}"}),
    ("rounded_and_marked", "", r"\frac{600}{7}", {r"\approx 85.71", "about 85.714"}),
    ("exact_and_rounded", "", r"40\pi", {r"40\pi \approx 125.66"}),
    ("first_digits", "", r"\sqrt{2}", {"1.4142...", r"1.414\ldots"}),
    ("points_in_groups", "", "3500000", {"3.500.000"}),
    ("power_of_ten", "", "0.0004", {r"4 \times 10^{-4}", "4e-4"}),
    ("scale_word", "", "3500000", {"3.5 million", "350万"}),
    ("as_factorial", "", "120", {"5!", "factorial(5)"}),
    ("as_binomial", "", "20", {r"\binom{6}{3}", "6C3", "6 choose 3"}),
    ("other_minus", "", "-12", {"negative 12", "−12"}),
    ("decimal_of_fraction_after_it", "", "7/2", {"7/2 = 3.5", "7/2 (3.5)"}),
    ("base_named", "Write 11 in base 2.", "1011_2", {"1011", "1011 base 2"}),
    ("number_in_words", "", "12 apples", {"twelve apples"}),
    ("number_in_foreign_words", "", "17", {"dix-sept", "siebzehn", "diecisiete"}),
    ("number_in_chinese", "", "-12", {"负十二"}),
    ("digits_and_words", "", "7", {"7 (seven)", "seven (7)"}),
    ("fraction_in_words", "", r"-\frac{5}{6}", {"negative five sixths"}),
    ("fraction_in_words", "", "1.5", {"one and a half"}),
    ("decimal_in_words", "", "3.14", {"three point one four"}),
    ("full_width_digits", "", "120", {"１２０"}),
    ("unit_in_other_style", "", r"120\text{ cm}^2", {"120 cm²", "120 square centimeters"}),
    ("unit_converted", "", r"120\text{ cm}^2", {"0.012 square meters", "12000 mm²"}),
    ("unit_derived", "", "5 N", {r"5\text{ kg·m/s}^2"}),
    ("counted_things_left_out", "How many apples are left?", "12 (apples)", {"12"}),
    ("cents_shown", "", "$12", {r"\$12.00", "12.00 dollars"}),
    ("dollars_and_cents", "", r"\$5.50", {"5 dollars and 50 cents", "550 cents"}),
    ("dollar_sign_added", "It costs $3. What is the price of 12?", "36", {"$36", r"\$36", "36 dollars"}),
    ("degrees_in_radians", "", r"45^\circ", {r"\frac{\pi}{4}", "pi/4"}),
    ("radians_in_degrees", "Find the angle.", r"\frac{2\pi}{3}", {r"120^\circ", "120 degrees"}),
    ("degrees_and_minutes", "", r"22.5^\circ", {r"22^\circ 30'"}),
    ("temperature_in_other_style", "", r"20^\circ\text{C}", {"20 degrees Celsius", "20°C"}),
    ("time_in_words", "", "3:30 PM", {"3:30 in the afternoon"}),
    ("time_of_24_hours", "", "12:05 AM", {"00:05"}),
    ("span_in_other_style", "", "2 hours 30 minutes", {"2 h 30 min", "2 hours and 30 minutes"}),
    ("span_in_one_unit", "", "2 hours 30 minutes", {"150 minutes", "2.5 hours"}),
    ("span_in_two_units", "", "90 minutes", {"1 hour and 30 minutes"}),
    ("date_in_other_style", "", "June 5, 2003", {"5 June 2003", "2003-06-05", "June 5th, 2003"}),
    ("worked_out", "", "x = 4", {"x = 2^2 = 4"}),
]


@pytest.mark.parametrize(("name", "question", "gold", "some"), SAME)
def test_same(name: str, question: str, gold: str, some: set[str]) -> None:
    """Among what it makes are these."""
    made = {OURS[name].make(Task(question, gold), Random(seed)) for seed in range(150)}
    assert some <= made


WRONG = [
    ("complement", "", r"\frac{3}{4}", {r"\frac{1}{4}"}),
    ("inverse", "", r"\frac{2}{3}", {r"\frac{3}{2}"}),
    ("part_for_whole", "", r"\frac{3}{4}", {r"\frac{3}{7}", r"\frac{1}{4}", r"\frac{7}{4}"}),
    ("mixed_number_misread", "", r"2\frac{1}{3}", {r"\frac{2}{3}", "7", r"\frac{1}{3}", r"\frac{8}{3}"}),
    ("point_moved", "", "12,345", {"12.345"}),
    ("pi_forgotten", "", r"\frac{2\pi}{3}", {r"\frac{2}{3}"}),
    ("factorial_off", "", "5!", {"4!", "6!", r"2 \cdot 5!", r"\frac{5!}{2}"}),
    ("percent_lost", "", r"25\%", {"25"}),
    ("unit_exchanged", "", "3 hours", None),
    ("temperature_on_other_scale", "", "20°C", {"20°F"}),
    ("ratio_turned_round", "", "2:1", {"1:2", "1 : 2", "1 to 2", r"1 \text{ to } 2", r"1\colon 2", "1/2"}),
    ("repetition_missed", "", r"0.\overline{3}", {"0.3"}),
]


@pytest.mark.parametrize(("name", "question", "gold", "all_of_them"), WRONG)
def test_wrong(name: str, question: str, gold: str, all_of_them: set[str] | None) -> None:
    """It makes these and no others; or something at all."""
    made = {OURS[name].make(Task(question, gold), Random(seed)) for seed in range(150)} - {None}
    assert made == all_of_them if all_of_them else made


NOTHING = [
    ("as_percent", "How far is it?", "0.25", "a length is no share"),
    ("percent_as_hundredths", PERCENT, r"25\%", "percent are asked for"),
    ("percent_lost", PERCENT, r"25\%", "the sign says nothing new there"),
    ("decimal_comma", "", "3.142", "it would look like thousands"),
    ("decimal_comma", "", "(2.5, 3)", "a comma parts the elements"),
    ("rounded", "Give an exact value.", r"\sqrt{2}", "rounded is no answer to it"),
    ("less_precise", "Round to five decimals.", "12.34567", "so many digits were asked for"),
    ("decimal_as_fraction", "", "85.71", "it may have been rounded"),
    ("zeros_added", "", "85.71", "it may have been rounded"),
    ("fraction_in_other_terms", "Give it in lowest terms.", r"\frac{3}{4}", "it would not be reduced"),
    ("unit_left_out", "How far is it, in meters?", "15 cm", "the number would be in meters"),
    ("unit_left_out", "How long is it?", "15 cm", "nobody spoke of centimeters"),
    ("unit_added", "How far does he run in an hour?", "15", "that is the time, and not the distance"),
    ("unit_converted", "How long is it, in cm?", "15 cm", "centimeters are asked for"),
    ("ratio_of_multiples", "What is the score?", "2:1", "it is no ratio"),
    ("off_by_one", "", r"(1, 3) \cup (2, 5)", "the parts overlap"),
    ("negated", "", r"\pm 3", "it has both signs"),
    ("digit_changed", "", r"\frac{40}{3} \approx 13.33", "the exact value stays"),
    ("off_by_one", "", "x^2 + 4x", "the numbers are part of an expression"),
]


@pytest.mark.parametrize(("name", "question", "gold", "reason"), NOTHING)
def test_nothing(name: str, question: str, gold: str, reason: str) -> None:
    """Where the label could be false, nothing is made."""
    assert not answers(OURS[name], question, gold), reason


SLOTS = [
    ("(2, 5]", ["2", "5"]),
    (r"x = -\frac{1}{2}", [r"-\frac{1}{2}"]),
    (r"2 \text{ cm}", ["2"]),
    ("There are 5 cats and 3 dogs", ["5", "3"]),
    (r"\begin{pmatrix} 1 & 2 \\ 3 & -4 \end{pmatrix}", ["1", "2", "3", "-4"]),
    ("1,200", ["1,200"]),
    ("(1,200)", []),
    ("2x + 5", []),
    ("2^5", []),
    ("3:45", []),
    ("May 17", []),
    ("3,14", []),
]


@pytest.mark.parametrize(("text", "numerals"), SLOTS)
def test_slots(text: str, numerals: list[str]) -> None:
    """A number is found where it stands by itself."""
    assert [slot.numeral.text.strip() for slot in slots(text)] == numerals
    assert all(slot.filled(slot.numeral.text) == text for slot in slots(text))


VALUES = [
    ("-1,200", "-1200"),
    (r"34,\!567", "34567"),
    ("1 1/2", "3/2"),
    (r"-2\frac13", "-7/3"),
    (r"3 \times 10^{-2}", "3/100"),
    ("2.5E3", "2500"),
    (r"0.1\overline{6}", "1/6"),
    (".5", "1/2"),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_values(text: str, value: str) -> None:
    """What numerals are worth."""
    read = read_number(text)
    assert read is not None
    assert str(read.value) == value


def test_writing() -> None:
    """Digits are rounded half away from zero, and no more zeros are shown than were asked for."""
    half = read_number("-0.125")
    assert half is not None
    assert (with_places(half.value, 2), significant(half.value, 1), scientific(half.value)) == (
        "-0.13",
        "-0.1",
        r"-1.25 \times 10^{-1}",
    )


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "零"), (10, "十"), (105, "一百零五"), (110, "一百一十"), (20005, "二万零五"), (120000, "十二万")],
)
def test_chinese(number: int, words: str) -> None:
    """Zeros inside are said once, those at the end not."""
    assert chinese(number) == words
