"""2.4: vectors and matrices, entry by entry."""

from tests.proofs.cases import unproved, wrongly_proved

SAME = [
    ("", r"\begin{pmatrix*} 1 \\ 2 \end{pmatrix*}", "(1, 2)", "2.4", "vector"),
    ("", r"\begin{pmatrix}-7\\16\\5\end{pmatrix}", "(-7,16,5)", "2.4", "vector"),
    (
        "",
        r"\begin{pmatrix} 1/2 \\ -1 \end{pmatrix}",
        r"\left[\begin{array}{r}0.5\\-1\end{array}\right]",
        "2.4",
        "vector",
    ),
    ("", r"\begin{bmatrix}1&2\\3&4\end{bmatrix}", "[[1,2],[3,4]]", "2.4", "matrix"),
    ("", r"\begin{pmatrix}1\\2\end{pmatrix}", r"\langle 1, 2 \rangle", "2.4", "vector"),
    ("", r"(1,2,3)^T", r"\begin{pmatrix}1\\2\\3\end{pmatrix}", "2.4", "vector"),
]

OTHER = [
    ("", r"\begin{pmatrix}-7\\16\\5\end{pmatrix}", "(-7,5,16)"),
    ("", r"\begin{pmatrix}1\\2\end{pmatrix}", r"\begin{pmatrix}1&2\end{pmatrix}"),
    ("", r"\begin{bmatrix}1&2\\3&4\end{bmatrix}", "[[1,3],[2,4]]"),
    ("", r"\begin{bmatrix}1&2\\3&4\end{bmatrix}", r"\begin{vmatrix}1&2\\3&4\end{vmatrix}"),
    ("", r"\begin{pmatrix} 0 \\ -5 \end{pmatrix}", r"\begin{pmatrix} \\ -5 \end{pmatrix}"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved, whichever of the two is the gold."""
    assert wrongly_proved(OTHER, turned=True) == []
