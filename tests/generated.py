"""Questions with golds of all kinds, made up, and what the functions of the generator make of them."""

from collections.abc import Iterable, Sequence
from random import Random

from training.generate.transformation import TRANSFORMATIONS, Task


def results(name: str, question: str, gold: str, seeds: int = 20) -> list[str]:
    """Everything that a function makes of a gold with so many seeds, each text once."""
    make, task = TRANSFORMATIONS[name].make, Task(question, gold)
    made = (make(task, Random(seed)) for seed in range(seeds))
    return list(dict.fromkeys(text for text in made if text is not None))


def made_by(names: Iterable[str], golds: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str | None]:
    """What each of these functions makes of each gold with the same seed, by its name and the gold."""
    return {
        (name, gold): TRANSFORMATIONS[name].make(Task(question, gold), Random(3))
        for name in names
        for question, gold in golds
    }


GOLDS: tuple[tuple[str, str], ...] = (
    ("What is the value of $x$ if $2x + 3 = 39$?", "18"),
    ("How many marbles are left?", "18"),
    ("How many apples did Ann buy in total?", "7"),
    ("How many eggs does the hen lay, and how many pens can a pupil buy?", "24"),
    ("Find the area of triangle $ABC$.", r"\frac{15}{4}"),
    ("Find the value of $y$.", r"-3\sqrt{2}"),
    ("Compute $p(3)$.", "-0.75"),
    ("Simplify the expression.", "x^2 - 2x + 1"),
    ("Expand $(x-y)(2x+y)$ where $x$ and $y$ are real.", "2x^2 - xy - y^2"),
    ("The maximum of $f$ on the interval is ____.", r"2\pi"),
    ("Find all solutions of $x^2 = 9$, separated by commas.", "3, -3"),
    ("Solve for $x$: $x^3 - 6x^2 + 11x = 6$. Find all possible values of $x$.", "1, 2, 3"),
    ("Find all roots.", r"\{-1, \frac{1}{2}, 4\}"),
    ("Solve the quadratic equation. What are all possible values of $z$?", r"1 \pm \sqrt{19}"),
    ("Find all values of $a$.", r"\pm 5"),
    ("Solve the equation for all real solutions.", "x = 2, x = 7"),
    ("Solve the system for $x$ and $y$.", "x = 2, y = -1"),
    ("Enter the ordered pair $(m, n)$.", "(4, -7)"),
    ("Find the point where the lines meet.", "(2, 5)"),
    ("Find the coordinates of the point.", r"\left(\frac{1}{2}, -3, 6\right)"),
    ("Find all ordered pairs of integers that satisfy it.", "(1, 2), (3, 4), (5, 6)"),
    ("Find the two numbers.", "12 and 20"),
    ("Name the three colours.", "red, blue, green"),
    ("Find the unit vector $\\mathbf{v}$.", "(3, -4, 12)"),
    ("Find the vector $\\mathbf{v}$.", r"\begin{pmatrix} -7 \\ 16 \\ 5 \end{pmatrix}"),
    ("Find the matrix $A$.", r"\begin{pmatrix} 1 & 2 \\ -3 & 4 \end{pmatrix}"),
    ("Find the range of values of $k$.", r"(-\infty, -5)"),
    ("Find the domain of the function. Use interval notation.", r"[-2, 3)"),
    ("Solve the inequality for real $x$.", r"x \geq 4"),
    ("Solve the inequality for real $x$.", r"-1 < x \leq \frac{7}{2}"),
    ("Determine the solution set of the inequality.", r"(-\infty, 1) \cup [3, \infty)"),
    ("What is the domain of the function?", r"(-\infty, 3) \cup (3, \infty)"),
    ("Solve the inequality.", r"\{x \mid x < -2\}"),
    ("Find all angles.", r"\frac{\pi}{3} + 2k\pi, k \in \mathbb{Z}"),
    ("Solve the equation for $t$.", r"\frac{\pi}{4} + \pi n"),
    ("Find the antiderivative.", "x^3 - x + C"),
    ("Solve the differential equation.", "y = c_1 e^{x} + c_2 e^{-x}"),
    ("Express the sum in terms of the sequence.", "a_{1} + 2a_3"),
    ("Find the angle.", r"\alpha + \beta"),
    ("Find all functions.", "f(x) = x^2 + 1"),
    ("Find the polynomial.", "P(x) = x^2 - 3x"),
    ("Find the value of $x$ and $y$ in the system. What is $x$?", "x = 5"),
    ("Solve the equation.", "no solution"),
    ("Evaluate the limit.", "DNE"),
    ("Evaluate the limit.", r"\infty"),
    ("What is the domain?", "all real numbers"),
    ("Is the matrix invertible?", "Yes"),
    ("Does the series converge? Answer True or False.", "False"),
    ("Which one? (A) 5 (B) 7 (C) 9 (D) 11", "B"),
    ("Which one?\nA. red\nB. green\nC. blue\nD. white", "C"),
    ("Which one? (A) 5 (B) 7 (C) 9 (D) 11", "9"),
    ("Is the function even, odd, or neither?", "even"),
    ("Is it rising? Describe the graph of the function.", "increasing and convex"),
    ("who painted the ceiling of the old chapel in Riverton", "Marco Bellini"),
    ("Who wrote the hymn?", "Anna K. Larsen/Larsen/Anna Larsen (poet)"),
    ("What is the capital of the country?", "Lisbon/the city of Lisbon"),
    ("where is the oldest lighthouse of Northern Ireland", "Larne harbour"),
    ("when did the mill burn down", "May 18, 1923"),
    ("In which year was the bridge opened?", "1931"),
    ("What colour is the flag?", "dark blue"),
    ("What kind of animal guards the gate of the museum in Old Harbour?", "the lion"),
    ("Which team plays there?", "Rovers (football)"),
    ("How many parties sign it?", "two parties"),
    ("What country is it?", "United States"),
    ("Which ballads does Clara-Jo sing?", "Blue & Grey-Green"),
)
