"""The columns that an annotated file has beside those of the input: all that is known of each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Any

import pyarrow as pa

from tinyv_cli.records import How, Judged

SCHEMA_VERSION = 1
OURS = "tinyv_"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of ours: its Arrow type, where its value comes from in what was found, and what it says.

    Files of earlier runs may lack one that came `later`: it is null there.
    """

    type: pa.DataType
    value: Callable[[Any], Any]
    description: str = ""
    later: bool = False


Columns = Mapping[str, Column]  # of a file, by their names


# The annotated file. Where a value is just there, `attrgetter` finds it at a third of a function's price.
COLUMNS: Columns = {
    "tinyv_row": Column(
        pa.int64(),
        attrgetter("example.row"),
        "the row that the response came from; its number is unique over all inputs",
    ),
    "tinyv_rollout": Column(pa.int32(), attrgetter("example.rollout"), "which of the row's responses it is"),
    "tinyv_file": Column(
        pa.string(), attrgetter("example.file"), "the file that the row stands in", later=True
    ),
    "tinyv_line": Column(
        pa.int64(), attrgetter("example.line"), "its line there, where the file has lines", later=True
    ),
    "tinyv_step": Column(
        pa.int64(),
        attrgetter("example.step"),
        "the step of training, where the name of the file or of its folder says one",
        later=True,
    ),
    "tinyv_question": Column(
        pa.string(),
        attrgetter("example.question"),
        "the question as it was read, without chat templates and instructions on how to answer",
    ),
    "tinyv_gold": Column(pa.string(), attrgetter("example.gold"), "the right answer as it was read"),
    "tinyv_response": Column(
        pa.string(),
        attrgetter("example.response"),
        "the response as it was read, without tokens that end a turn",
    ),
    "tinyv_answer": Column(pa.string(), attrgetter("answer.text"), "the final answer in the response"),
    "tinyv_answer_how": Column(
        pa.string(),
        attrgetter("answer.how"),
        f"how that was found: {', '.join(How)}",
    ),
    "tinyv_rule": Column(pa.string(), attrgetter("rule.outcome"), "accept, reject or undecided"),
    "tinyv_rule_reason": Column(
        pa.string(),
        attrgetter("rule.reason"),
        "why the rule was undecided: timeout, crash, memory, gold_unparsable, …",
    ),
    "tinyv_p": Column(
        pa.float32(),
        attrgetter("p"),
        "the model's probability that the answer is correct, mapped by `--calibration` where one is given, "
        "and in a cascade; null where it was not asked",
    ),
    "tinyv_model_reason": Column(
        pa.string(),
        attrgetter("reason"),
        "why the model said no p, or a note beside the p: `cut:answer`, `cut:question+gold` is what was "
        "longer than what the model reads of it",
    ),
    "tinyv_close": Column(
        pa.bool_(),
        attrgetter("close"),
        "a p that decided lies within 0.01 of the threshold: another processor may decide otherwise",
        later=True,
    ),
    "tinyv_reasoning": Column(
        pa.string(),
        attrgetter("reasoning"),
        "what the model wrote before its verdict, where its prompt lets it reason; what it wrote instead of "
        "one, where it gave none",
        later=True,
    ),
    "tinyv_verdict": Column(
        pa.string(), attrgetter("verdict"), "correct, incorrect or undecided, after all stages"
    ),
    "tinyv_evidence": Column(
        pa.string(),
        attrgetter("evidence"),
        "who settled it: rule, proof, rounds (a proof that rests on rounding), disproof, guard (what cannot "
        "be an answer is never shown to a model), model; suspect with `--suspects incorrect`",
    ),
    "tinyv_proof": Column(
        pa.string(),
        attrgetter("shown.sentence"),
        "the steps of the proof or disproof, in words: `'x =' dropped; the same elements in another order`",
    ),
    "tinyv_proof_reason": Column(
        pa.string(),
        attrgetter("shown.reason"),
        "why nothing was shown: `form` where the answer is equal to the gold in another form than the "
        "question asks for, timeout, memory",
        later=True,
    ),
    "tinyv_suspect": Column(
        pa.string(),
        attrgetter("suspect"),
        "of what the rule accepts, what speaks against it, in words: it is denied, another value, one part",
        later=True,
    ),
    "tinyv_false_negative": Column(
        pa.bool_(), attrgetter("false_negative"), "the rule did not accept it, and it is correct"
    ),
    "tinyv_category": Column(
        pa.string(),
        attrgetter("category"),
        "of a false negative, the leaf of the paper's taxonomy (`6.1` is the order of elements): that of the "
        "proof, or the likeliest where only the model found it; null where none fits",
    ),
    "tinyv_categories": Column(
        pa.list_(pa.string()),
        attrgetter("categories"),
        "all leaves that the steps of the proof belong to, in their order; `tinyv_category` is the one of "
        "them that goes deepest",
        later=True,
    ),
    "tinyv_lost_in": Column(
        pa.string(),
        attrgetter("lost_in"),
        "where the rule lost it: `extraction` if it accepts the answer when it is given that alone, else "
        "`comparison`; null where it cannot be asked",
        later=True,
    ),
    "tinyv_reward": Column(
        pa.float32(),
        attrgetter("reward"),
        "1 if the verdict is correct, 0 if it is incorrect, or what `--mode` and `--weight` make of rule and "
        "model; null while undecided",
    ),
}


# What a run with a cascade of models has besides.
SETTLED_BY: Columns = {
    "tinyv_settled_by": Column(
        pa.int32(),
        attrgetter("settled_by"),
        "which of the models settled it: 1 is the first, whose p is `tinyv_p`, 2 that of `tinyv_p_2`; null "
        "where none did",
    )
}


def opinion_names(number: int) -> tuple[str, str]:
    """The columns of what the model of this number, from 1 on, said: its p, and its reason."""
    end = "" if number == 1 else f"_{number}"
    return f"tinyv_p{end}", f"tinyv_model_reason{end}"


def reasoning_name(number: int) -> str:
    """The column of what that model wrote before its verdict."""
    return "tinyv_reasoning" if number == 1 else f"tinyv_reasoning_{number}"


def opinion_columns(number: int) -> Columns:
    """What a run with several models has besides for each after the first."""
    p, reason = opinion_names(number)
    return {
        p: Column(
            pa.float32(),
            lambda judged: judged.opinion(number - 1).p,
            "the p of the second model, of the third and so on; null where it was not asked",
        ),
        reason: Column(
            pa.string(),
            lambda judged: judged.opinion(number - 1).reason,
            "why it said no p, or a note beside the p",
        ),
        reasoning_name(number): Column(
            pa.string(),
            lambda judged: judged.opinion(number - 1).reasoning,
            "what it wrote before its verdict",
        ),
    }


def columns_with(others: Sequence[str], *, models: int, in_turn: bool = False) -> Columns:
    """The columns of a run in which further rules were compared, whose outcomes stand in `others`.

    Of several models, what each said stands beside what the first one did.
    """
    columns = dict(COLUMNS)
    for number in range(2, models + 1):
        columns |= opinion_columns(number)
    columns |= SETTLED_BY if in_turn else {}
    for i, name in enumerate(others):
        columns[name] = Column(pa.string(), partial(_other_outcome, i), "what another rule said")
        columns[f"{name}_reason"] = Column(pa.string(), partial(_other_reason, i), "why that was undecided")
    return columns


def _other_outcome(i: int, judged: Judged) -> str:
    return judged.others[i].outcome.value


def _other_reason(i: int, judged: Judged) -> str | None:
    return judged.others[i].reason
