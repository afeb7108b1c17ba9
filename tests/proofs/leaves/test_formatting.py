"""What the leaves of category 1 show, and what they must not: markup, symbols, units, integers."""

import pytest

from tinyv_cli.proofs import prove

MARKUP = [
    (r"\text{(E)}", "(E)", "1.3", "fonts"),
    ("Yes", "**Yes**", "1.3", "bold marks"),
    (r"(\cfrac{1}{2}, 3]", r"(\frac{1}{2}, 3]", "1.3", "kinds of fraction"),
    ("odd", r"\textbf{odd}.", "1.3", "the stop at the end"),
    (r"(-∞,-3)∪(3,+∞)", r"(-\infty,-3)\cup(3,\infty)", "1.2", "symbols"),
    (r"x \le 3", "x ≤ 3", "1.2", "symbols"),
    (r"60^\circ 42'", r"60^\textcirc 42'", "1.2", "degree signs"),
    (r"(１, \text{no}]", "(1, no]", "1.2", "full-width"),
    (r"[0, \sqrt{5})", "[0, √5)", "1.2", "roots"),
    (r"x^2 \neq y", "x² != y", "1.2", "superscripts"),
    ("(-inf, 2)", r"(-\infty, 2)", "1.2", "infinity"),
    ("(\x0crac{1}{2}, 1]", r"(\frac{1}{2}, 1]", "1.6", "damaged command"),
    ("(24, 3{,}200]", "(24, 3,200]", "1.3", "thin spaces"),
]
NOT_MARKUP = [
    ("(-∞,-3)∪(3,+∞)", r"(-\infty,-3)\cup[3,\infty)"),
    ("(-∞,-3)∪(3,+∞)", r"(-\infty,-3)\cap(3,\infty)"),
    ("(-∞,-3)", r"(\infty,-3)"),
    (r"x \le 3", "x < 3"),
    (r"x^2 \neq y", "x³ != y"),
    (r"x \le 3", "x ≥ 3"),
    ("2**3", "23"),
    ("2⁵", "25"),
    ("2₅", "2⁵"),
    ("2 1/2", "21/2"),
    ("0.333...", "0.333"),
    ("5", "~5"),
    ("No", "**Yes**"),
    ("(1, 2)", r"\{1, 2\}"),
    (r"\sqrt{5}+1", "√(5+1)"),
    (r"60^\circ 42'", r"60^\textcirc 24'"),
]

AREA = "A square has side 3 cm. What is its area?"
METRES = "What is the distance in metres?"
APPLES = "Tom has 12 apples and eats 5. How many apples remain?"
UNITS = [
    (AREA, "9", r"9 \text{ cm}^2", "1.4", "unit 'cm ^2'"),
    (AREA, "9 square centimetres", "9", "1.4", "given once"),
    (METRES, "5", "5 meters", "1.4", "meters"),
    (METRES, r"\frac{5}{2}", r"2.5\,\mathrm{m}", "1.4", "given once"),
    ("Find the angle.", r"18.8^\circ", "18.8", "1.4", "given once"),
    ("How fast is the car, in km/h, after 2 hours?", "60", "60 kilometers per hour", "1.4", "given once"),
    ("The pen costs \\$2. What do 3 pens cost?", "6", r"\$6", "1.4", "given once"),
    (
        "Give the answer in units of $\\mathrm{g}\\mathrm{~cm}^{-3}$.",
        r"7.6 $\mathrm{~g} \mathrm{~cm}^{-3}$",
        "7.6",
        "1.4",
        "given once",
    ),
    ("How many metres is it long?", "5", "5 m", "1.4", "given once"),
    ("", r"\frac{1}{2} \text{ hours}", "0.5 hr", "1.4", "both in"),
    ("", "5 A", "5000 mA", "1.4", "1 'mA' is 1/1000 'A'"),
    ("", "9.8 N", "9.8 kg m / s^2", "1.4", "is 1 'N'"),
    ("", "9.8 J/m", "9.8 kg m / s^2", "1.4", "is 1 'J/m'"),
    ("", "90 minutes", "1.5 h", "1.4", "is 60 'minutes'"),
    (APPLES, "7", "7 apples", "1.4", "what is counted"),
    ("What is the number of degrees in the largest angle?", "110", r"110^\circ", "1.4", "given once"),
    ("He walks 30 minutes. How long do both ways take?", r"2.5 \text{ hours}", "2.5", "1.4", "given once"),
    ("The area in square decimeters ($dm^2$)?", r"8dm^{2}", "8", "1.4", "given once"),
    ("How old is he?", "8 years", "8 years old", "1.4", "both in"),
    ("How many ways are there?", r"240\text{ ways.}", "240", "1.4", "what is counted"),
    ("How many seasons are there?", "9", "nine seasons", "1.4", "what is counted"),
]
NO_UNITS = [
    (METRES, "5", "5 cm"),
    (METRES, "5 m", "5 cm"),
    (AREA, "9", "9 m^2"),
    (AREA, "9 cm^2", "9 cm"),
    ("A rod of 50 cm is cut from one of 2 m. What is left?", "150", "150 m"),
    ("How long is it, in minutes?", "2.5 hours", "2.5"),
    ("How many minutes does the second of 3 hours take?", "60 minutes", "60 hours"),
    ("Find the angle in radians.", "1", r"1^\circ"),
    ("Angle A is 90°. What is the area of ABC?", "30", "30°"),
    ("Find the angle in radians.", r"1^\circ", "1"),
    ("Find the angle.", r"\frac{\pi}{3}", r"\frac{\pi}{3}^\circ"),
    ("", r"\sin 30^\circ", r"\sin 30"),
    ("How many cents is that?", "50", "50 dollars"),
    ("", "5 A", "500 mA"),
    ("", "5 A", "5000 mV"),
    ("", "0 ^\\circ C", "32 ^\\circ F"),
    ("", "5m", "5"),
    ("Simplify 2m + 3m.", "5m", "5"),
    ("Simplify 2 m + 3 m.", "5 m", "5"),
    ("A square has a side of $m$ metres. What is its perimeter?", "4 m", "4"),
    ("", "7 tenths", "7"),
    ("", "3 tens", "3"),
    ("", r"9 N/m \cdot s", "9"),
    (APPLES, "7", "7 pears"),
    (APPLES, "7", "8 apples"),
    ("Tom has 3 pears and 4 apples. How many pears are there?", "7", "7 apples"),
    ("", "7 apples", "7 pears"),
    ("", "3 million", "3"),
    ("", "5 dozen", "5"),
    ("What is the time?", "5 pm", "5 am"),
    ("Where is it?", "90 degrees north", "90 degrees south"),
    ("", "5 apples", "5 cm"),
    ("Which fruit is the most frequent? Each weighs 800 grams.", "150", "150°"),
    ("How many cuts are needed for ribbons of 2 meters?", "120", "120 meters"),
    ("What is the ratio of the lengths, in meters?", "3:1", "3:1 m"),
    (r"How many numbers can be written as $m \cdot n$?", "35", r"35 \text{ m}"),
]

INTEGERS = [
    (r"x = \frac{\pi}{4} + k\pi, k \in \mathbb{Z}", r"x = \frac{\pi}{4} + k\pi"),
    (r"k\pi", r"k\pi, \text{ where } k \text{ is an integer}"),
    (r"(2k\pi, 2k\pi + \pi), \text{ where } k\in \mathbb{Z}.", r"(2k\pi, 2k\pi + \pi) (k ∈ ℤ)"),
    (r"3n \text{ for any integer } n", "3n"),
]
NOT_INTEGERS = [
    (r"-3 < n < 5, n \in \mathbb{Z}", "-3 < n < 5"),
    (r"k\pi, k \in \mathbb{Z}", r"k\pi, k \in \mathbb{N}"),
    (r"k\pi, k \in \mathbb{Z}", r"2k\pi, k \in \mathbb{Z}"),
    (r"2n < 8, n \in \mathbb{Z}", "2n < 8"),
    (r"x = \frac{\pi}{4} + k\pi, k \in \mathbb{Z}", r"x = \frac{\pi}{3} + k\pi"),
    (r"x = \frac{\pi}{4} + k\pi, k \in \mathbb{Z}", r"x = \frac{\pi}{4} + 2k\pi"),
    (r"3n \text{ for any integer } n", "3n + 1"),
    (r"k\pi, k \in \mathbb{Z}", r"\pi"),
]


@pytest.mark.parametrize(("gold", "answer", "leaf", "said"), MARKUP)
def test_markup_says_nothing(gold: str, answer: str, leaf: str, said: str) -> None:
    """What is only for the eye is rewritten on both sides, and named."""
    proof = prove("", gold, answer)
    assert proof is not None
    assert proof.leaf == leaf
    assert said in proof.sentence


@pytest.mark.parametrize(("gold", "answer"), NOT_MARKUP)
def test_signs_that_mean_something_stay(gold: str, answer: str) -> None:
    """A bracket, a relation, a power, a gap between figures is never taken for markup."""
    assert prove("", gold, answer) is None
    assert prove("", answer, gold) is None


@pytest.mark.parametrize(("question", "gold", "answer", "leaf", "said"), UNITS)
def test_a_unit_that_is_meant(question: str, gold: str, answer: str, leaf: str, said: str) -> None:
    """A unit may be left out where the question means it; two units must convert to the same value."""
    proof = prove(question, gold, answer)
    assert proof is not None
    assert proof.leaf in (leaf, "1.3", "1.2")
    assert said in proof.sentence


@pytest.mark.parametrize(("question", "gold", "answer"), NO_UNITS)
def test_a_unit_that_is_another(question: str, gold: str, answer: str) -> None:
    """A unit that the question does not mean, a scale, a direction or a variable is no unit to leave out."""
    assert prove(question, gold, answer) is None


@pytest.mark.parametrize(("gold", "answer"), INTEGERS)
def test_an_index_is_an_integer(gold: str, answer: str) -> None:
    """Nobody takes the k of 2kπ for anything else."""
    proof = prove("", gold, answer)
    assert proof is not None
    assert "1.5" in [step.leaf for step in proof.steps]


@pytest.mark.parametrize(("gold", "answer"), NOT_INTEGERS)
def test_a_condition_on_the_unknown_counts(gold: str, answer: str) -> None:
    """Where the letter is the unknown itself, or the sets differ, the condition is part of the answer."""
    assert prove("", gold, answer) is None
