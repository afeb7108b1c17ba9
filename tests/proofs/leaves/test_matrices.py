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
    (
        "",
        r"\begin{pmatrix} 15 \\ 12 \\ -21 \end{pmatrix}",
        r"15\mathbf{i}+12\mathbf{j}-21\mathbf{k}",
        "2.4",
        "vector",
    ),
    ("", "(2,0,-1)", r"2\hat{i} - \hat{k}", "2.4", "vector"),
    ("", r"\begin{pmatrix} 2.4 \\ 3.2 \end{pmatrix}", "<12/5, 16/5>", "2.4", "vector"),
    ("", r"\begin{pmatrix} 5 & -7 \\ -2 & 3 \end{pmatrix}", "[5 -7; -2 3]", "2.4", "matrix"),
    ("", r"\begin{pmatrix} -4 & 0 \\ 0 & -4 \end{pmatrix}", "-4I", "2.4", "matrix"),
    ("", r"\begin{pmatrix} 2 & 0 \\ 0 & 3 \end{pmatrix}", "diag(2, 3)", "2.4", "matrix"),
    (
        "",
        r"\begin{pmatrix} 1/2 & 1 \\ 0 & 3/2 \end{pmatrix}",
        r"\frac{1}{2}\begin{pmatrix} 1 & 2 \\ 0 & 3 \end{pmatrix}",
        "2.4",
        "matrix",
    ),
    ("Find the vector.", r"\begin{pmatrix} 5 \\ 2 \end{pmatrix}", r"\binom{5}{2}", "2.4", "vector"),
    (
        r"Find the $2 \times 2$ matrix.",
        "-4I",
        r"\begin{pmatrix} -4 & 0 \\ 0 & -4 \end{pmatrix}",
        "2.4",
        "matrix",
    ),
]

OTHER = [
    ("", r"\begin{pmatrix}-7\\16\\5\end{pmatrix}", "(-7,5,16)"),
    ("", r"\begin{pmatrix}1\\2\end{pmatrix}", r"\begin{pmatrix}1&2\end{pmatrix}"),
    ("", r"\begin{bmatrix}1&2\\3&4\end{bmatrix}", "[[1,3],[2,4]]"),
    ("", r"\begin{bmatrix}1&2\\3&4\end{bmatrix}", r"\begin{vmatrix}1&2\\3&4\end{vmatrix}"),
    ("", r"\begin{pmatrix} 0 \\ -5 \end{pmatrix}", r"\begin{pmatrix} \\ -5 \end{pmatrix}"),
    ("", r"\begin{pmatrix} 15 \\ 12 \\ -21 \end{pmatrix}", r"15\mathbf{i}+12\mathbf{j}+21\mathbf{k}"),
    ("", "(2,0,-1)", r"2\hat{i} - \hat{j}"),
    ("", "(2,3)", r"3\hat{i} + 2\hat{j}"),
    ("", "(2,3,1)", r"2\hat{i} + 3\hat{j}"),
    ("", r"\begin{pmatrix} 5 & -7 \\ -2 & 3 \end{pmatrix}", "[5 -2; -7 3]"),
    ("", r"\begin{pmatrix} -4 & 0 \\ 0 & -4 \end{pmatrix}", "4I"),
    ("", r"\begin{pmatrix} -4 & 0 \\ 0 & -4 \end{pmatrix}", "-4I_3"),
    ("", r"\begin{pmatrix} -4 & 0 \\ 0 & -3 \end{pmatrix}", "-4I"),
    (
        "",
        r"\begin{pmatrix} 1/2 & 1 \\ 0 & 3/2 \end{pmatrix}",
        r"\frac{1}{3}\begin{pmatrix} 1 & 2 \\ 0 & 3 \end{pmatrix}",
    ),
    ("How many ways are there?", r"\binom{5}{2}", "(5, 2)"),
    (r"Find the $3 \times 3$ matrix.", "-4I", r"\begin{pmatrix} -4 & 0 \\ 0 & -4 \end{pmatrix}"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved, whichever of the two is the gold."""
    sized = [row for row in OTHER if row[1] == "-4I"]  # an answer is as large as the gold, whatever is asked
    assert wrongly_proved([row for row in OTHER if row not in sized], turned=True) == []
    assert wrongly_proved(sized) == []
