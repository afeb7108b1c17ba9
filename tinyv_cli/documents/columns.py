"""The columns that an annotated file has beside those of the input, and where their values come from."""

from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

import pyarrow as pa

from tinyv_cli.records import Judged

SCHEMA_VERSION = 1


OURS = "tinyv_"


# Our columns of a file: name, Arrow type, and where its value comes from in what was found of an example.
Columns = dict[str, tuple[pa.DataType, Callable[[Any], Any]]]


# The annotated file. Where a value is just there, `attrgetter` finds it at a third of a function's price.
COLUMNS: dict[str, tuple[pa.DataType, Callable[[Judged], Any]]] = {
    "tinyv_row": (pa.int64(), attrgetter("example.row")),
    "tinyv_rollout": (pa.int32(), attrgetter("example.rollout")),
    "tinyv_file": (pa.string(), attrgetter("example.file")),
    "tinyv_line": (pa.int64(), attrgetter("example.line")),
    "tinyv_step": (pa.int64(), attrgetter("example.step")),
    "tinyv_question": (pa.string(), attrgetter("example.question")),
    "tinyv_gold": (pa.string(), attrgetter("example.gold")),
    "tinyv_response": (pa.string(), attrgetter("example.response")),
    "tinyv_answer": (pa.string(), attrgetter("answer.text")),
    "tinyv_answer_how": (pa.string(), attrgetter("answer.how")),
    "tinyv_rule": (pa.string(), attrgetter("rule.outcome")),
    "tinyv_rule_reason": (pa.string(), attrgetter("rule.reason")),
    "tinyv_p": (pa.float32(), attrgetter("p")),
    "tinyv_model_reason": (pa.string(), attrgetter("reason")),
    "tinyv_verdict": (pa.string(), attrgetter("verdict")),
    "tinyv_evidence": (pa.string(), attrgetter("evidence")),
    "tinyv_proof": (pa.string(), attrgetter("shown.sentence")),
    "tinyv_false_negative": (pa.bool_(), attrgetter("false_negative")),
    "tinyv_category": (pa.string(), attrgetter("category")),
    "tinyv_lost_in": (pa.string(), attrgetter("lost_in")),
    "tinyv_reward": (pa.float32(), attrgetter("reward")),
}


# What a run with two models has besides.
SECOND_MODEL: dict[str, tuple[pa.DataType, Callable[[Judged], Any]]] = {
    "tinyv_p_2": (pa.float32(), lambda judged: judged.opinion(1).p),
    "tinyv_model_reason_2": (pa.string(), lambda judged: judged.opinion(1).reason),
}


def columns_with(others: Sequence[str], *, second_model: bool) -> Columns:
    """The columns of a run in which further rules were compared, whose outcomes stand in `others`.

    Where a second model was asked too, what it said stands beside what the first one did.
    """
    columns: Columns = {**COLUMNS, **(SECOND_MODEL if second_model else {})}
    for i, name in enumerate(others):
        columns[name] = (pa.string(), partial(_other_outcome, i))
        columns[f"{name}_reason"] = (pa.string(), partial(_other_reason, i))
    return columns


def _other_outcome(i: int, judged: Judged) -> str:
    return judged.others[i].outcome.value


def _other_reason(i: int, judged: Judged) -> str | None:
    return judged.others[i].reason
