"""A step of SkyRL's environment for each row; prints the rewards."""

import json
import sys

import skyrl_gym

skyrl_gym.register(id="tinyv", entry_point="tinyv_cli.integrations.skyrl:TinyvEnv")
found = []
for question, gold, said in json.load(sys.stdin):
    env = skyrl_gym.make("tinyv", env_config={}, extras={"reward_spec": {"ground_truth": gold}})
    env.init([{"role": "user", "content": question}])
    step = env.step(said)
    found.append([step["reward"], step["done"], step["metadata"]["verdict"]])
print(json.dumps(found))
