"""OpenRLHF's own fetching of rewards, from a file and from a server; prints what comes back."""

import asyncio
import json
import sys

from openrlhf.utils.agent import SingleTurnAgentExecutor

executor = SingleTurnAgentExecutor(remote_rm_url=[sys.argv[1]])
fetch = executor._fetch_rewards_via_func if executor.reward_func else executor._fetch_rewards_via_http
found = [
    asyncio.run(fetch([f"{question} {said}"], [f"{question} "], [gold]))
    for question, gold, said in json.load(sys.stdin)
]
print(json.dumps([one for [one] in found]))
