"""1.4: a unit may be left out where the question means it, and two must convert to the same value."""

from tests.proofs.cases import unproved, wrongly_proved

AREA = "A square has side 3 cm. What is its area?"
METRES = "What is the distance in metres?"
APPLES = "Tom has 12 apples and eats 5. How many apples remain?"

SAME = [
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
    ("How old is he?", "8 years", "8 years old", "5.3", "the same words"),
    ("How many ways are there?", r"240\text{ ways.}", "240", "1.4", "what is counted"),
    ("How many seasons are there?", "9", "nine seasons", "1.4", "what is counted"),
    (METRES, "r^2/3", r"\frac{r^2}{3} \text{ meters}", "1.4", "given once"),
    (
        "A circle has radius r cm. What is its area?",
        r"4\pi r^2",
        r"\pi (2r)^2 \text{ cm}^2",
        "1.4",
        "given once",
    ),
    ("", r"3x^2 \text{ hours}", r"x(x+2x) \text{ hr}", "1.4", "both in"),
    ("", r"\frac{x}{60} \text{ hours}", r"(x) \text{ minutes}", "1.4", "is 1/60"),
]

OTHER = [
    ("The part costs $150. How much did he pay?", "300", "300 cents"),
    (r"Give the answer in units of $10^{-15} \mathrm{~J}$.", "E ≈ 2 × 10^{-15} J", "2 J"),
    (METRES, "5", "5 cm"),
    (METRES, "r^2/3", r"\frac{r^2}{3} \text{ cm}"),
    (METRES, "r^2/3", r"\frac{r^2}{4} \text{ meters}"),
    ("A circle has radius r cm. What is its area?", r"4\pi r^2", r"4\pi r^2 \text{ cm}"),
    ("", r"3x^2 \text{ hours}", r"x(x+2x) \text{ min}"),
    ("", r"\frac{x}{60} \text{ hours}", r"(x) \text{ seconds}"),
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


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved."""
    assert wrongly_proved(OTHER) == []
