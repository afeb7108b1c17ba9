"""Answers in a JSON object at the end of the reply."""

import pytest

from tinyv_cli.guards import guard
from tinyv_cli.maths.answers import find_answer
from tinyv_cli.records import Answer, Example, How

OBJECTS = [
    ('{"answer": 42}', "42"),
    ('{"answer": 0.10}', "0.10"),
    ('{"answer": 12345678901234567890123}', "12345678901234567890123"),
    ('```json\n{\n  "explanation": "half of 84",\n  "answer": "42"\n}\n```', "42"),
    ('We halve it.\n\n{"explanation": "half of 84", "answer": 42}', "42"),
    ('We halve it: {"answer": 42}', "42"),
    ('{"answer": 42}\n\nLet me know if you need the steps.', "42"),
    (r'{"answer": "\frac{3}{5}"}', r"\frac{3}{5}"),
    (r'{"answer": "\\frac{3}{5}"}', r"\frac{3}{5}"),
    (r'{"answer": "\\boxed{7}"}', "7"),
    (r'{"steps": "one\ntwo", "answer": "2 \times 3"}', r"2 \times 3"),
    ('{"final_answer": "x > 2", "answer": "see above"}', "x > 2"),
    ('{"Final Answer": "Evelyn"}', "Evelyn"),
    ('{"answer": {"value": 3, "unit": "m"}}', "3"),
    ('{"answer": [1, 2]}', "1, 2"),
    ("{'answer': '5'}", "5"),
    ('{"reasoning": "the box is \\\\boxed{3}", "answer": 4}', "4"),
]


@pytest.mark.parametrize(("response", "answer"), OBJECTS)
def test_objects(response: str, answer: str) -> None:
    """The field that says answer is read, as it is written, and no guard takes it for anything else."""
    found = find_answer(response)
    assert found == Answer(answer, How.JSON)
    assert guard(Example(0, 0, "How much is it?", (answer,), response), found) is None


@pytest.mark.parametrize(
    ("response", "how"),
    [
        ('{"answer": null}', How.NONE),
        ('{"answer": ""}', How.NONE),
        (r"The set is \{1, 2\}", How.WHOLE),
        (r"It is \boxed{5}", How.BOXED),
        ('{"name": "Evelyn"}', How.WHOLE),
        ('{"answer": 4}\nBut that was wrong.\n\\boxed{5}', How.BOXED),
    ],
)
def test_others(response: str, how: How) -> None:
    """What is empty is none; formulas, objects without an answer, and others further up are not read."""
    assert find_answer(response).how is how
