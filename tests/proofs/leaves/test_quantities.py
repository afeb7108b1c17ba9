r"""1.4, 4.2 and 4.4: numbers with units, scales, shares and errors, and what rounds to them."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.proofs.cases import point, unproved, wrongly_proved
from tinyv_cli.proofs import prove

PERCENT = "Some birds fly. What percent of the birds are geese?"
LENGTH = "A rod of 12.5 m is heated. How long is it, in seconds, until it glows?"
FORCE = r"What is the force? Give the answer in units of $10^2 \mathrm{~N}$."
MILLIONS = "The table gives all amounts in millions. What was the loss?"
FIGURES = "Compute the power. Give your answer correct to 3 significant figures."
TRAIN = "A train 350 m in length passes in 15 seconds. What is its speed?"
ENERGY = r"Give the answer in units of $10^{-17} \mathrm{~J} / \beta \text {-particle}$."
CHANGE = "Her candy costs 54 cents. She pays with $1.00. How much change does she get?"

SAME = [
    (
        "Sales grew by 7 percent. What is the average in 2019? (answer scale: thousand)",
        "670",
        "$670 thousand",
        "4.4",
        "multiples",
    ),
    ("The bond yields 0.63%. What is the spread?", "0.37", "0.37%", "4.4", "in percent"),
    ("", "35400000", "3.54e7", "4.2", "exactly the same"),
    ("", "(2100, 3)", "(2.1e3, 3)", "4.2", "exactly the same"),
    ("", r"3.54 \times 10^{-7}", "3.54 x 10^-7", "4.2", "exactly the same"),
    ("", r"2\times10^{5}", "2 x 10^5", "4.2", "exactly the same"),
    ("", r"25\%", "0.25", "4.4", "hundredths"),
    ("", r"\frac14", "25%", "4.4", "hundredths"),
    ("", r"\frac13", r"33.3\%", "4.4", "hundredths"),
    (PERCENT, r"25\%", "25", "4.4", "asks for percent"),
    (PERCENT, "25", "25 percent", "4.4", "asks for percent"),
    (PERCENT, r"12.5\%", r"12\frac12\%", "4.4", "in percent"),
    ("", "3 million", "3000000", "4.4", "power of ten in digits"),
    ("", r"2.5 \text{ billion}", "2,500,000,000", "4.4", "power of ten in digits"),
    ("", "12 thousand", "12000", "4.4", "power of ten in digits"),
    (LENGTH, "180.67", r"\frac{542}{3}\text{ seconds}", "1.4", "rounds to 180.67"),
    ("", "4.07 fm", "4.0655*10^-15 m", "1.4", "rounds to 4.07"),
    ("", "260 TeV", "2.6*1e5 GeV", "1.4", "1/1000"),
    ("", "1000 m/s", r"$\approx 10^3\ \mathrm{m\,s^{-1}}$", "1.4", "both in"),
    (FORCE, r"5.1 $10^2 \mathrm{~N}$", "510 N", "1.4", "exactly"),
    (FORCE, r"5.1 $10^2 \mathrm{~N}$", "5.1", "4.4", "multiples of 100"),
    (MILLIONS, "-27.4", "-£27.4 million", "4.4", "multiples of 10^6"),
    (MILLIONS, "-27.4", "-27,400,000", "4.4", "multiples of 10^6"),
    ("The value in dollars?", "52631.579", "C$52,631.58", "1.4", "rounds to 52631.58"),
    (FIGURES, "-281474976.71", "-2.81e+08", "4.3", "rounds to"),
    (FIGURES, "4213402.402603328", "4.21e6", "4.3", "rounds to"),
    (FIGURES, "0.0015899355805800814", "1.59e-3", "4.3", "rounds to"),
    ("The growth was 3% and 5%. What is the growth rate?", "14.3", "14.3%", "4.4", "counts in percent"),
    ("What is the spread?", "42.0", "0.42%", "4.4", "basis points"),
    (CHANGE, "0.46", r"46 \text{ cents}", "1.4", "100 cents"),
    ("", "150 min", "2 h 30 min", "1.4", "both in"),
    ("", "2.5 hours", "2:30", "1.4", "is 1/60"),
    ("", "5 ft 3 in", "63 inches", "1.4", "both in"),
    ("", "32°16'48\"", r"$32^{\circ}16^{\prime}48^{\prime\prime}$", "1.4", "both in"),
    ("", "69 days, 15:19:00", "69D 15:19:00", "1.4", "both in"),
    ("", "9 days", "9D", "1.4", "stands for"),
    ("How many parameters does it have?", "6 billion", r"$6\text{B}$", "4.4", "'B' for 10^9"),
    ("", "5000", "5k", "4.4", "'k' for 1000"),
    ("Which accuracy, in percent?", "88.55", r"$\mathbf{88.55\pm0.04}$ percent", "4.4", "the error of 0.04"),
    ("Its mass in kg?", "1.0079", r"1.0079 \pm 0.0002 \text{ kg}", "1.4", "the error of 0.0002"),
    ("", "0.14300000000000002", "0.143", "4.3", "noise"),
    ("", "5.45", "about 5.45", "4.3", "to the last digit"),
    ("", "0.0037", "0.0037 or 0.37%", "4.4", "are one number"),
    ("", "0.37%", "0.0037, i.e. 0.37%", "5.1", "the sentence states"),
    ("", "0.144", "14.4% (or 0.144)", "4.4", "are one number"),
    ("", r"\frac{7}{20}", "35% (7/20)", "4.4", "are one number"),
    ("", "900m", "0.9 km", "1.4", "is 1000"),
    ("Find the angle in degrees.", r"9^\circ", "nine degrees", "1.4", "both in"),
    (TRAIN, "23.33", "84 km/h", "1.4", "rounds to 23.33"),
    (ENERGY, r"1.3 $10^{-17} \mathrm{~J} / \beta \text {-particle}$", "1.3", "4.4", "multiples of 10^-17"),
    ("", r"60^\circ", r"\frac{\pi}{3} \text{ rad}", "1.4", "in radians"),
    ("", r"15^{\circ}", "pi/12 radians", "1.4", "in radians"),
    ("", "π/4 rad", "45°", "1.4", "in radians"),
    ("Find the angle.", r"\frac{\pi}{6}", "≈ 0.5236 rad", "1.4", "in radians"),
    ("It falls at 16 km/hr for 200 m. How fast is that?", "20.86", "20.86 km/hr", "1.4", "given once"),
    ("The price?", "318.52", "about 318 dollars and 52 cents", "1.4", "100 cents"),
    ("", "16 mg", "about 16 milligrams", "1.4", "to the last digit"),
    ("Find c.", r"4\sqrt{2}", r"c \approx 5.657", "4.1", "rounds to 5.657"),
    ("Find E.", "1.3e-18", "E ≈ 1.3e-18", "5.2", "'E ≈' dropped"),
    ("Find t.", "t = 10.065778", r"t \approx 10.0658", "4.3", "rounds to 10.0658"),
]

OTHER = [
    ("What percent is it?", "0.83", "0.83%"),
    (
        "Sales, in thousands, grew by 7 percent. What is the average? (answer scale: thousand)",
        "670",
        "$670 million",
    ),
    ("", "35400000", "3.54e6"),
    ("", "35400000", "3.54e-7"),
    ("", "(2100, 3)", "(2.1e2, 3)"),
    ("", r"2\times10^{5}", "2 x 10^4"),
    ("", r"3.54 \times 10^{-7}", "3.54 x 10^7"),
    ("", r"3.54 \times 10^{-7}", "3.55 x 10^-7"),
    ("", r"25\%", "25"),
    ("", r"25\%", "2.5"),
    ("", r"25\%", "0.26"),
    (PERCENT, r"25\%", "0.25"),
    (PERCENT, r"25\%", "75"),
    ("What is the price after a discount of 20%?", "40", r"40\%"),
    ("", "3 million", "3 billion"),
    ("", "3 million", "300000"),
    ("", "3 million", "3"),
    (LENGTH, "180.67", r"\frac{541}{3}\text{ seconds}"),
    (LENGTH, "180.67", "180.67 m"),
    ("", "4.07 fm", "4.0655*10^-14 m"),
    ("", "4.07 fm", "4.07 pm"),
    ("", "260 TeV", "2.6*1e5 MeV"),
    (FORCE, r"5.1 $10^2 \mathrm{~N}$", "5.1 N"),
    (FORCE, r"5.1 $10^2 \mathrm{~N}$", "51 N"),
    (MILLIONS, "-27.4", "-£27.4 billion"),
    (MILLIONS, "653718000", "$654 million"),
    (MILLIONS, "-27.4", "£27.4 million"),
    ("What was the loss?", "27.4", "27.4 million"),
    ("The value in dollars?", "52631.579", "C$52,631.57"),
    (FIGURES, "-281474976.71", "-2.8e+08"),
    (FIGURES, "-281474976.71", "-2.82e+08"),
    ("How likely is it? The chances are 3% and 5%.", "14.3", "14.3%"),
    ("What is the spread?", "42.0", "4.2%"),
    (CHANGE, "0.46", "46 dollars"),
    ("", "150 min", "2 h 31 min"),
    ("", "2.5 hours", "2:50"),
    ("", "5 ft 3 in", "53 inches"),
    ("", "32°16'48\"", "21°14'25\""),
    ("", "9 days", "9M"),
    ("", "40m", "40 m^2"),
    ("", "6 billion", "6 m"),
    ("", "5000", "5M"),
    ("Find both numbers.", r"88.55\pm0.04", "88.59"),
    ("", "5", r"5 \pm 1"),
    ("", "0.1430000002", "0.143000001"),
    ("", "5", "about 5"),
    ("", "0.0037", "0.0037 or 0.38%"),
    ("", "0.37%", "0.0037, i.e. 37%"),
    ("", "0.144", "14.4% (or 0.145)"),
    ("", r"\frac{7}{20}", "35% (7/21)"),
    ("多少张？", "9", "9MB"),
    ("", "900m", "0.9 cm"),
    ("", r"60^\circ", r"\frac{\pi}{6} \text{ rad}"),
    ("", r"15^{\circ}", "15 radians"),
    ("", "π/4 rad", "46°"),
    ("Find the angle.", r"\frac{\pi}{6}", "≈ 0.5263 rad"),
    ("It falls at 16 km/hr and 5 m/s. How fast is that?", "20.86", "20.86 km/hr"),
    ("The price?", "318.52", "about 318 dollars and 25 cents"),
    ("Find the angle in radians.", "9", "nine degrees"),
    (TRAIN, "23.33", "85 km/h"),
    (ENERGY, r"1.3 $10^{-17} \mathrm{~J} / \beta \text {-particle}$", "13"),
    ("Find c.", r"4\sqrt{2}", r"c \approx 5.567"),
    ("Find E.", "1.3e-18", "E ≈ 1.3e-17"),
    ("Find t.", "t = 10.065778", r"s \approx 10.0658"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved."""
    assert wrongly_proved(OTHER) == []


@settings(deadline=None)
@given(st.integers(-(10**6), 10**6), st.integers(0, 3))
def test_percent(digits: int, places: int) -> None:
    """So many percent are a hundredth of that, and not that."""
    share = f"{Fraction(digits, 10**places)}" if places == 0 else point(digits, places)
    value = Fraction(digits, 10**places) / 100
    assert prove("", f"{value.numerator}/{value.denominator}", rf"{share}\%") is not None
    assert digits == 0 or prove("", rf"{share}\%", share) is None
