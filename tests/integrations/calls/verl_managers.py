"""verl's naive, dapo and remote managers, and ours, over one sample each; prints what they log."""

import asyncio
import json
import sys
from types import SimpleNamespace

import numpy as np
import ray
import torch
from omegaconf import OmegaConf
from verl import DataProto
from verl.experimental.reward_loop.reward_manager import get_reward_manager_cls
from verl.trainer.ppo.reward import get_custom_reward_fn
from verl.utils.import_utils import load_extern_object

NAIVE, DAPO, REMOTE = map(get_reward_manager_cls, ("naive", "dapo", "remote"))
SYNC, ASYNC = "compute_score", "compute_score_async"
ROWS = json.load(sys.stdin)
ADAPTERS = "pkg://tinyv_cli.integrations"


def sample(question: str, gold: str, response: str) -> DataProto:
    """One response of as many tokens as it has characters."""
    ids = torch.tensor([[ord(letter) for letter in response]])
    prompt = [{"role": "user", "content": question}]
    return DataProto.from_dict(
        tensors={
            "prompts": ids[:, :1],
            "responses": ids,
            "attention_mask": torch.ones(1, ids.shape[1] + 1, dtype=torch.long),
        },
        non_tensors={
            "data_source": np.array(["any"], dtype=object),
            "reward_model": np.array([{"ground_truth": gold}], dtype=object),
            "extra_info": np.array([{}], dtype=object),
            "raw_prompt": np.array([prompt], dtype=object),
        },
    )


def config(name: str) -> object:
    """As a training's, with this function."""
    function = {"path": f"{ADAPTERS}.verl", "name": name, "reward_kwargs": {"deadline": 60}}
    reward = {"custom_reward_function": function, "reward_kwargs": {}, "num_workers": 1}
    return OmegaConf.create({"reward": reward, "reward_model": {}, "data": {}})


async def main() -> list[object]:
    """Each manager, with both kinds of function; the remote one, in an actor of Ray's, knows one."""
    decode = SimpleNamespace(decode=lambda ids, **_: "".join(map(chr, ids.tolist())), eos_token="")
    ours = load_extern_object(f"{ADAPTERS}.verl_manager", "RewardManager")
    found: list[object] = []
    for manager in (REMOTE, NAIVE, DAPO, ours):
        for name in (SYNC,) if manager is REMOTE else (SYNC, ASYNC):
            made = manager(config(name), decode, get_custom_reward_fn(config(name)))
            for row in ROWS:
                found.append(await made.run_single(sample(*row)))
    return found


ray.init("local", num_cpus=1, include_dashboard=False, log_to_driver=False, configure_logging=False)
print(json.dumps(asyncio.run(main())))
ray.shutdown()
