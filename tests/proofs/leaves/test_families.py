"""2.3, 2.5, 7.1: families with an integer parameter: the same numbers, whatever the parameter is called."""

from tests.proofs.cases import unproved, wrongly_proved

SAME = [
    (
        "Solve the equation.",
        r"\frac{\pi}{4}+k\pi, k \in \mathbb{Z}",
        "x = 45° + 180°n",
        "1.5",
        "the same family",
    ),
    ("Solve the equation.", r"\frac{k\pi}{2}", r"k\pi, \frac{\pi}{2}+k\pi", "2.3", "the same families"),
    (
        "",
        r"x = \pm\frac{3\pi}{4}+2k\pi, k \in \mathbb{Z}",
        r"\frac{3\pi}{4}+2n\pi \text{ or } \frac{5\pi}{4}+2n\pi, n \in \mathbb{Z}",
        "7.1",
        "the same family",
    ),
    (
        "",
        r"x = k\pi + (-1)^k\frac{\pi}{6}, k \in \mathbb{Z}",
        r"\frac{\pi}{6}+2n\pi, \frac{5\pi}{6}+2n\pi",
        "1.5",
        "the same family",
    ),
    (
        "",
        r"x=\frac{(2k+1)\pi}{2}, k \in \mathbb{Z}",
        r"x=\frac{\pi}{2}+n\pi, n \in \mathbb{Z}",
        "7.1",
        "the same family",
    ),
    ("", "n = 4k+2 or n = 4k+3, k an integer", "n ≡ 2, 3 (mod 4)", "2.5", "the same remainders"),
    (
        "",
        r"n \equiv 1 \pmod{8} \text{ or } n \equiv 2 \pmod{8}",
        "n leaves remainder 1 or 2 when divided by 8",
        "2.5",
        "the same remainders",
    ),
    ("", r"x \equiv 3 \pmod 7", "x = 7k - 4", "2.5", "the same remainders"),
    ("", r"n = 2k+1, k \in \mathbb{Z}", "n is odd", "2.5", "the same remainders"),
    ("", r"\{3k \mid k \in \mathbb{Z}\}", "multiples of 3", "2.5", "the same remainders"),
    (
        "",
        r"x = 7t - 11, y = 5t - 9, t \in \mathbb{Z}",
        "x = 7k + 3, y = 5k + 1, k ∈ Z",
        "7.1",
        "the same points",
    ),
    (
        "",
        r"x = 7t - 11, y = 5t - 9, t \in \mathbb{Z}",
        "(x, y) = (3 - 7n, 1 - 5n) for any integer n",
        "7.1",
        "the same points",
    ),
    (
        "",
        r"(3k+1, 2k), k \in \mathbb{Z}",
        r"\{(3n - 2, 2n - 2) : n \in \mathbb{Z}\}",
        "7.1",
        "the same points",
    ),
    (
        "",
        r"[-\frac{\pi}{5}+2k\pi, \frac{3\pi}{5}+2k\pi], k \in \mathbb{Z}",
        r"2n\pi-\frac{\pi}{5} \le x \le 2n\pi+\frac{3\pi}{5}, n \in \mathbb{Z}",
        "2.1",
        "which repeats",
    ),
    (
        "",
        r"[-\frac{\pi}{5}+2k\pi, \frac{3\pi}{5}+2k\pi], k \in \mathbb{Z}",
        "[-36° + 360°k, 108° + 360°k], k an integer",
        "2.1",
        "which repeats",
    ),
    (
        "",
        r"[-\frac{\pi}{5}+2k\pi, \frac{3\pi}{5}+2k\pi], k \in \mathbb{Z}",
        r"\{x \mid 2k\pi + \frac{9\pi}{5} \le x \le 2k\pi + \frac{13\pi}{5}, k \in \mathbb{Z}\}",
        "2.1",
        "which repeats",
    ),
    (
        "",
        r"\{x \mid x \ne \frac{k\pi}{2} - \frac{\pi}{8}, k \in \mathbb{Z}\}",
        "x ≠ 3π/8 + kπ/2, k an integer",
        "2.1",
        "which repeats",
    ),
    (
        "",
        r"\{x \mid x \ne \frac{k\pi}{2} - \frac{\pi}{8}, k \in \mathbb{Z}\}",
        "every real x except x = (4m-1)π/8, m ∈ ℤ",
        "2.1",
        "which repeats",
    ),
]

OTHER = [
    ("Solve the equation.", r"\frac{\pi}{4}+k\pi, k \in \mathbb{Z}", "x = 45° + 360°n"),
    ("Solve the equation.", r"\frac{\pi}{4}+k\pi, k \in \mathbb{Z}", "x = -45° + 180°n"),
    ("Solve the equation.", r"\frac{k\pi}{2}", r"k\pi"),
    ("Solve the equation.", r"\frac{k\pi}{2}", r"k\pi, \frac{\pi}{3}+k\pi"),
    ("", r"x = \pm\frac{3\pi}{4}+2k\pi, k \in \mathbb{Z}", r"\frac{3\pi}{4}+2n\pi"),
    ("", r"2k\pi, k \in \mathbb{Z}", r"2k\pi, k \in \mathbb{N}"),
    ("", r"\pi t + \pi", r"\pi t"),
    ("", r"2\pi n + 2\pi", r"2\pi n"),
    ("", "n = 4k+2 or n = 4k+3, k an integer", "n ≡ 2 (mod 4)"),
    ("", "n = 4k+2 or n = 4k+3, k an integer", "n ≡ 2, 3 (mod 5)"),
    ("", "n = 4k+2 or n = 4k+3, k an integer", "n ≡ 1, 2 (mod 4)"),
    ("", r"x \equiv 3 \pmod 7", "x = 7k + 4"),
    ("", r"x \equiv 3 \pmod 7", "x = 3k + 7"),
    ("", "2n + 1", "2n - 1"),
    ("Find the n-th term.", "2n+1", "odd"),
    ("", r"n = 2k+1, k \in \mathbb{Z}", "n is even"),
    ("", r"x = 7t - 11, y = 5t - 9, t \in \mathbb{Z}", "x = 7k + 3, y = 5k + 6, k ∈ Z"),
    ("", r"x = 7t - 11, y = 5t - 9, t \in \mathbb{Z}", "x = 14k + 3, y = 10k + 1, k ∈ Z"),
    ("", r"x = 7t - 11, y = 5t - 9, t \in \mathbb{Z}", "x = -7k + 3, y = 5k + 1, k ∈ Z"),
    ("", r"x = 7t - 11, y = 5t - 9, t \in \mathbb{Z}", "y = 7k + 3, x = 5k + 1, k ∈ Z"),
    ("", r"(2k\pi, 3k\pi), k \in \mathbb{Z}", r"(2n\pi, 3m\pi), n \in \mathbb{Z}"),
    (
        "",
        r"[-\frac{\pi}{5}+2k\pi, \frac{3\pi}{5}+2k\pi], k \in \mathbb{Z}",
        r"2n\pi-\frac{\pi}{5} < x < 2n\pi+\frac{3\pi}{5}, n \in \mathbb{Z}",
    ),
    (
        "",
        r"[-\frac{\pi}{5}+2k\pi, \frac{3\pi}{5}+2k\pi], k \in \mathbb{Z}",
        "[-60° + 180°k, 120° + 180°k], k an integer",
    ),
    (
        "",
        r"[-\frac{\pi}{5}+2k\pi, \frac{3\pi}{5}+2k\pi], k \in \mathbb{Z}",
        r"[-\frac{\pi}{3}+2k\pi, \frac{5\pi}{3}+2k\pi], k \in \mathbb{Z}",
    ),
    (
        "",
        r"[-\frac{\pi}{5}+2k\pi, \frac{3\pi}{5}+2k\pi], k \in \mathbb{Z}",
        r"[-\frac{\pi}{5}+2k\pi, \frac{3\pi}{5}+4k\pi], k \in \mathbb{Z}",
    ),
    (
        "",
        r"[-\frac{\pi}{5}+2k\pi, \frac{3\pi}{5}+2k\pi], k \in \mathbb{Z}",
        r"[-\frac{\pi}{5}, \frac{3\pi}{5}]",
    ),
    ("", r"\{x \mid x \ne \frac{k\pi}{2} - \frac{\pi}{8}, k \in \mathbb{Z}\}", "x ≠ 3π/8 + kπ, k an integer"),
    (
        "",
        r"\{x \mid x \ne \frac{k\pi}{2} - \frac{\pi}{8}, k \in \mathbb{Z}\}",
        "x = 3π/8 + kπ/2, k an integer",
    ),
    (
        "",
        r"\{x \mid x \ne \frac{k\pi}{2} - \frac{\pi}{8}, k \in \mathbb{Z}\}",
        "x ≠ π/8 + kπ/2, k an integer",
    ),
    ("", r"(2k\pi, \pi + 2k\pi], k \in \mathbb{Z}", r"(2k\pi, \pi + 2k\pi), k \in \mathbb{Z}"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved, whichever of the two is the gold."""
    assert wrongly_proved(OTHER, turned=True) == []
