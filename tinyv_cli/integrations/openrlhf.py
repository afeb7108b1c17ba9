"""OpenRLHF: `--reward.remote_url` is the path of this file, or of `tinyv serve` http://HOST:PORT/get_reward.

Options are settings: `TINYV_RULE`, `TINYV_MODEL` and so on. What has no verdict is null.
"""

from collections.abc import Sequence
from typing import Any

from tinyv_cli.integrations.shared import shared
from tinyv_cli.resident.verdict import Verdict


def reward_func(
    queries: Sequence[str], prompts: Sequence[str], labels: Sequence[Any], **_: Any
) -> dict[str, Any]:
    """The rewards of queries, each of which is its prompt and the response to it."""
    return reply(shared().verify_many(pairs(queries, prompts, labels)))


def pairs(queries: Sequence[str], prompts: Sequence[str], labels: Sequence[Any]) -> list[dict[str, Any]]:
    """What is to be verified."""
    return [
        {"question": prompt, "gold": label, "response": query.removeprefix(prompt)}
        for query, prompt, label in zip(queries, prompts, labels, strict=True)
    ]


def reply(found: Sequence[Verdict]) -> dict[str, Any]:
    """As OpenRLHF reads it: where the one query that it asks about has no verdict, there is no reward."""
    rewards = [verdict.reward for verdict in found]
    said = None if rewards == [None] else rewards
    undecided = [float(reward is None) for reward in rewards]
    recovered = [float(verdict.false_negative) for verdict in found]
    logs = {"tinyv_undecided": undecided, "tinyv_recovered": recovered}
    return {"rewards": said, "scores": said, "extra_logs": logs}
