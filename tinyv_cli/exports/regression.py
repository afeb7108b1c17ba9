"""Regression cases for a rule: pairs of gold and answer of which it is known whether they are the same.

They become a file for pytest. What the rule gets wrong today fails there until the rule is better.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from tinyv_cli import __version__
from tinyv_cli.console import visible
from tinyv_cli.documents.audited import Audited
from tinyv_cli.errors import UsageError
from tinyv_cli.exports.known import each_once, is_right
from tinyv_cli.exports.request import Line, Request
from tinyv_cli.maths.answers import find_answer
from tinyv_cli.records import Evidence, Example, RuleOutcome
from tinyv_cli.rules import opened_rule, recorded_fields
from tinyv_cli.sources.explode import gold_texts
from tinyv_cli.words import DEFAULT_RULE_MEMORY_MB, DEFAULT_RULE_TIMEOUT

NAME_CHARS = 100
SCHEMA = pa.schema(
    [
        ("gold", pa.string()),
        ("answer", pa.string()),
        ("expected", pa.bool_()),
        ("evidence", pa.string()),
        ("name", pa.string()),
    ]
)
# The cases stand apart from the test, whose source pytest shows with each failure.
HEADER = '''"""Regression cases for a rule verifier: whether an answer is the same as its gold.

Exported by tinyv {version} from {file}. Another rule is tested with TINYV_RULE=module:function, or
file.py:function, in the environment.
"""

import os
from collections.abc import Callable, Iterator

import pytest

from tinyv_cli.exports.regression import opened_judge

RULE = os.environ.get("TINYV_RULE", {rule!a})
CASES = [
'''
FOOTER = ''']


@pytest.fixture(scope="module")
def accepts() -> Iterator[Callable[[str, str], bool]]:
    """Whether the rule accepts an answer to a question that has this gold."""
    with opened_judge(RULE) as accepts:
        yield accepts


@pytest.mark.parametrize(("gold", "answer", "expected"), CASES)
def test_rule(accepts: Callable[[str, str], bool], gold: str, answer: str, expected: bool) -> None:
    """The rule accepts what is the same, and nothing else."""
    assert accepts(gold, answer) is expected
'''


def regression_cases(request: Request) -> Iterator[pa.Table]:
    """Each different pair of which it is known what a rule should say."""
    for batch in each_once(request, lambda line: [(line["gold"], line["answer"])]):
        yield pa.Table.from_pylist([_case(line) for _, line in batch], SCHEMA)


def _case(line: Line) -> Line:
    said = {name: line[name] for name in ("gold", "answer", "evidence")}
    return {**said, "expected": is_right(line), "name": _name(line)}


def _name(line: Line) -> str:
    """What pytest shows of a case: where it is from, and what speaks for it."""
    said = line["proof"] if line["evidence"] not in (Evidence.MODEL, Evidence.RULE) else None
    return f"row {line['row']}, rollout {line['rollout']}, {line['evidence']}" + (f": {said}" if said else "")


def rule_to_test(audited: Audited, rule: str | None) -> str:
    """The rule that the cases are for: that of the audit, unless another is named. Raises UsageError."""
    rule = rule or audited.metadata["rule"]["name"]
    if recorded_fields([rule]):
        raise UsageError(
            f"the rule '{rule}' of {audited.name} only reads recorded verdicts, so it cannot be tested; name "
            "yours with --rule"
        )
    return rule


def python_file(tables: Iterable[pa.Table], audited: Audited, rule: str) -> Iterator[bytes]:
    """The file for pytest, piece by piece. Text of the data stands in it as literals of ASCII alone."""
    name = visible(Path(audited.name).name).replace("\\", "/").replace('"', "'")
    yield HEADER.format(version=__version__, file=name, rule=rule).encode("utf-8", "replace")
    for table in tables:
        for case in table.to_pylist():
            values = ", ".join(ascii(case[name]) for name in ("gold", "answer", "expected"))
            yield f"    pytest.param({values}, id={visible(case['name'], NAME_CHARS)!a}),\n".encode()
    yield FOOTER.encode()


@contextmanager
def opened_judge(rule: str) -> Iterator[Callable[[str, str], bool]]:
    """Whether the rule accepts an answer, for as long as it is needed; undecided is no yes.

    The answer is boxed, for rules that look for it themselves. Raises UsageError for an unknown rule.
    """
    memory = DEFAULT_RULE_MEMORY_MB << 20
    with opened_rule(rule, workers=1, timeout=DEFAULT_RULE_TIMEOUT, memory=memory) as stage:

        def accepts(gold: str, answer: str) -> bool:
            response = f"\\boxed{{{answer}}}"
            example = Example(0, 0, "", gold_texts(gold), response)
            [result] = stage.submit([example], [find_answer(response)])()
            return result.outcome is RuleOutcome.ACCEPT

        yield accepts
