"""2.5 and 6.2: functions in pieces, and the lines of an environment."""

from tests.proofs.cases import unproved, wrongly_proved

SAME = [
    ("", "-3, 8", r"x_1 = -3 \\ x_2 = 8", "6.2", "one after another"),
    (
        "",
        r"\begin{cases} 2x, & x > 0 \\ 0, & x \le 0 \end{cases}",
        "f(x) = 2x for x > 0, 0 otherwise",
        "2.5",
        "the same pieces",
    ),
    (
        "",
        r"f(x)=\begin{cases} 2x, & x > 0 \\ 0, & x \le 0 \end{cases}",
        r"f(x) = \begin{cases} 0 & \text{if } x \le 0 \\ 2x & \text{if } 0 < x \end{cases}",
        "2.5",
        "the same pieces",
    ),
    (
        "",
        r"\begin{cases} 2x, & x > 0 \\ 0, & x \le 0 \end{cases}",
        "2x if x > 0, and 0 if x ≤ 0",
        "2.5",
        "the same pieces",
    ),
    (
        "",
        r"a_n = \begin{cases} 1, & n = 1 \\ 2n, & n \ge 2 \end{cases}",
        "a_n = 2n for n ≥ 2, a_n = 1 for n = 1",
        "2.5",
        "the same pieces",
    ),
    ("", "x=1, y=2", r"\begin{cases} x=1 \\ y=2 \end{cases}", "6.2", "the lines"),
    ("", "x=1, y=2", r"\left\{\begin{array}{l} x=1 \\ y=2 \end{array}\right.", "6.2", "the lines"),
    ("Solve for x and y.", "(1, 2)", r"\begin{aligned} x &= 1 \\ y &= 2 \end{aligned}", "6.2", "the lines"),
    (
        "What is the field inside and outside the sphere?",
        r"E = \frac{Q}{r^2}, E = \frac{Qr}{R^3}",
        r"\begin{cases} \frac{Qr}{R^3} & r < R \\ \frac{Q}{r^2} & r > R \end{cases}",
        "1.5",
        "left out",
    ),
]

OTHER = [
    ("", "-3, 8", r"x_1 = -3 \\ x_2 = -8"),
    ("", "-3", r"x_1 = -3 \\ x_2 = 8"),
    ("", r"\begin{cases} 2x, & x > 0 \\ 0, & x \le 0 \end{cases}", "f(x) = 2x for x ≥ 0, 0 otherwise"),
    ("", r"\begin{cases} 2x, & x > 0 \\ 0, & x \le 0 \end{cases}", "f(x) = 0 for x > 0, 2x otherwise"),
    ("", r"\begin{cases} 2x, & x > 0 \\ 0, & x \le 0 \end{cases}", "2x if x > 1, and 0 if x ≤ 1"),
    ("", r"\begin{cases} 2x, & x > 0 \\ 0, & x \le 0 \end{cases}", "2x if x > 0, and 1 if x ≤ 0"),
    ("", r"\begin{cases} 2x, & x > 0 \\ 0, & x \le 0 \end{cases}", "2x"),
    (
        "",
        r"f(x)=\begin{cases} 2x, & x > 0 \\ 0, & x \le 0 \end{cases}",
        r"g(x)=\begin{cases} 3x, & x > 0 \\ 0, & x \le 0 \end{cases}",
    ),
    ("", "x=1, y=2", r"\begin{cases} x=2 \\ y=1 \end{cases}"),
    ("", "x=1, y=2", r"\begin{cases} x=1 \\ y=3 \end{cases}"),
    ("Solve for x and y.", "(1, 2)", r"\begin{aligned} x &= 2 \\ y &= 1 \end{aligned}"),
    (
        "What is the field inside and outside the sphere?",
        r"E = \frac{Q}{r^2}, E = \frac{Qr}{R^3}",
        r"\begin{cases} \frac{Qr}{R^2} & r < R \\ \frac{Q}{r^2} & r > R \end{cases}",
    ),
    (
        "What is $f$?",
        r"E = \frac{Q}{r^2}, E = \frac{Qr}{R^3}",
        r"\begin{cases} \frac{Qr}{R^3} & r < R \\ \frac{Q}{r^2} & r > R \end{cases}",
    ),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved, whichever of the two is the gold."""
    assert wrongly_proved(OTHER, turned=True) == []
