"""A step of SkyRL's environment for each pair; prints the rewards."""

import json
import sys

import skyrl_gym

skyrl_gym.register(id="tinyv", entry_point="tinyv_cli.integrations.skyrl:TinyvEnv")
found = []
for gold, said in json.loads(sys.argv[1]):
    env = skyrl_gym.make("tinyv", env_config={}, extras={"reward_spec": {"ground_truth": gold}})
    env.init([{"role": "user", "content": "How long?"}])
    step = env.step(said)
    found.append([step["reward"], step["done"], step["metadata"]["verdict"]])
print(json.dumps(found))
