"""Training data for a verifier: what the paper's models are asked, and True or False (arXiv 2505.14625)."""

from collections.abc import Iterable, Iterator

import pyarrow as pa

from tinyv_cli.errors import UsageError
from tinyv_cli.exports.batches import HAND, Line, judged_lines
from tinyv_cli.models.prompts import chat_prompt
from tinyv_cli.records import SHOWN_EQUAL, Evidence, Query, Verdict
from tinyv_cli.sources.explode import gold_texts

# Who may teach: not the rule, whose mistakes are to be mended; nor guards: no model sees what they refuse.
TEACHERS = (HAND, *SHOWN_EQUAL, Evidence.DISPROOF, Evidence.MODEL)
MESSAGE = pa.struct([("role", pa.string()), ("content", pa.string())])
SCHEMA = pa.schema(
    [
        ("messages", pa.list_(MESSAGE)),
        ("row", pa.int64()),
        ("rollout", pa.int32()),
        ("evidence", pa.string()),
        ("p", pa.float32()),
    ]
)
REPLIES = {Verdict.CORRECT: "True", Verdict.INCORRECT: "False"}


def sft(tables: Iterable[pa.Table], prompt: str) -> Iterator[pa.Table]:
    """A chat for each different question, gold and answer that the rule did not accept and somebody judged.

    `evidence` says who did: hand, proof, rounds, disproof or model. Of several golds a wrong answer differs
    from each; which of them a right one equals is not known, so it is left out.

    Raises UsageError for a prompt that wants more than the word.
    """
    asked, seen = chat_prompt(prompt), set[int]()
    if asked.in_json:
        raise UsageError(f"--prompt {prompt}: wants JSON back, and the chats of sft end in one word")
    for table in tables:
        chats = []
        for judged in judged_lines(table, TEACHERS):
            for query in _queries(judged):
                if (key := hash(query)) not in seen:  # of a million 64 bits each, where texts would not fit
                    seen.add(key)
                    chats.append(_chat(asked.message(query), judged))
        yield pa.Table.from_pylist(chats, SCHEMA)


def _queries(judged: Line) -> list[Query]:
    golds = gold_texts(judged["gold"])
    if len(golds) > 1 and judged["verdict"] == Verdict.CORRECT:
        return []
    return [Query(judged["question"] or "", gold, judged["answer"]) for gold in golds]


def _chat(message: str, judged: Line) -> Line:
    reply = REPLIES[judged["verdict"]]
    return {
        "messages": [{"role": "user", "content": message}, {"role": "assistant", "content": reply}],
        **{name: judged[name] for name in ("row", "rollout", "evidence", "p")},
    }
