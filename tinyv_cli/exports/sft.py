"""Training data for a verifier: what the paper's models are asked, and True or False (arXiv 2505.14625)."""

from collections.abc import Iterator

import pyarrow as pa

from tinyv_cli.errors import UsageError
from tinyv_cli.exports.known import each_once, is_right
from tinyv_cli.exports.request import Line, Request
from tinyv_cli.models.prompts import chat_prompt
from tinyv_cli.records import Query
from tinyv_cli.sources.explode import gold_texts

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


def sft(request: Request) -> Iterator[pa.Table]:
    """A chat for each different question, gold and answer of which it is known whether it is right.

    `evidence` says from whom: hand, proof, rounds, disproof, rule or model. Of several golds a wrong answer
    differs from each; which of them a right one equals is not known, so it is left out.

    Raises UsageError for a prompt that wants more than the word.
    """
    asked = chat_prompt(request.prompt)
    if asked.in_json:
        raise UsageError(f"--prompt {request.prompt}: wants JSON back, and the chats of sft end in one word")
    for batch in each_once(request, _queries):
        chats = [_chat(asked.message(query), line) for query, line in batch]
        yield pa.Table.from_pylist(chats, SCHEMA)


def _queries(line: Line) -> list[Query]:
    golds = gold_texts(line["gold"])
    if len(golds) > 1 and is_right(line):
        return []
    return [Query(line["question"] or "", gold, line["answer"]) for gold in golds]


def _chat(message: str, line: Line) -> Line:
    reply = str(is_right(line))
    return {
        "messages": [{"role": "user", "content": message}, {"role": "assistant", "content": reply}],
        **{name: line[name] for name in ("row", "rollout", "evidence", "p")},
    }
