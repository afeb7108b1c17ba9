"""Replies that are one JSON object of reasoning and verdict: what counts as one, and what as none."""

import json

import pytest

from tinyv_cli.models.written import MOST_REASONING, Said, object_in

WHOLE = '{"reasoning": "the same", "verdict": true}'


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (WHOLE, Said(True, "the same")),
        ('{"verdict": false}', Said(False)),
        ('{"verdict": false, "reasoning": "after it"}', Said(False, "after it")),
        ('{"reasoning": "a", "verdict": "True"}', Said(True, "a")),
        ('{"reasoning": "a", "verdict": " false. "}', Said(False, "a")),
        ('{"reasoning": ["a"], "verdict": true, "confidence": 0.9}', Said(True)),
        (f"\n```json\n{WHOLE}\n```\n", Said(True, "the same")),
        (f"```{WHOLE}", Said(True, "the same")),
        (f"<think>{{1, 2}} it is</think>\n{WHOLE}", Said(True, "the same")),
        (f'<think>{{"verdict": false}}</think>{WHOLE}', Said(True, "the same")),
        # formulas as models write them into JSON
        (
            r'{"reasoning": "\frac{1}{2} \text{x} \(5\)", "verdict": false}',
            Said(False, r"\frac{1}{2} \text{x} \(5\)"),
        ),
        (r'{"reasoning": "\\frac{1}{2} is \"half\"", "verdict": true}', Said(True, r'\frac{1}{2} is "half"')),
        (r'{"reasoning": "\{\u0031\} \unit \right)", "verdict": true}', Said(True, r"\{1\} \unit \right)")),
        ('{"reasoning": "two\nlines\tand a tab", "verdict": true}', Said(True, "two\nlines\tand a tab")),
        # no verdict
        ("", None),
        ("true", None),
        ("[true]", None),
        (f"[{WHOLE}]", None),
        ('{"reasoning": "the same"}', None),
        ('{"reasoning": "the same", "verdict": null}', None),
        ('{"reasoning": "the same", "verdict": 1}', None),
        ('{"reasoning": "the same", "verdict": "yes"}', None),
        ('{"reasoning": "the same", "verdict": "true or false"}', None),
        ('{"reasoning": "the same", "Verdict": true}', None),
        ('{"verdict": true, "verdict": false}', None),
        ('{"reasoning": {"verdict": true}}', None),
        (f"The two are the same. {WHOLE}", None),
        (f"{WHOLE} I am sure.", None),
        (f"{WHOLE}{WHOLE}", None),
        (f"<think>{WHOLE}", None),
        ('{"reasoning": "the same", "verdict": tr', None),
        ("{" * 100_000, None),
        ('{"verdict": ' + "[" * 100_000, None),
    ],
)
def test_object_in(reply: str, said: Said | None) -> None:
    """One object, and nothing beside it; a verdict is `true` or `false` and never anything like it."""
    assert object_in(reply) == said


@pytest.mark.parametrize("start", range(len(WHOLE)))
def test_no_part_of_a_reply_is_one(start: int) -> None:
    """However much of it has come: the verdict is there when the object is whole, and not before."""
    assert object_in(WHOLE[:start]) is None


def test_reasoning_is_bounded() -> None:
    """Of a reply that never ends a part is kept."""
    said = object_in(json.dumps({"reasoning": "x" * 10 * MOST_REASONING, "verdict": True}))
    assert said is not None and len(said.reasoning or "") == MOST_REASONING
