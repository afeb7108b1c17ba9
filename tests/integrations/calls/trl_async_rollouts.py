"""Rollouts of TRL's asynchronous GRPO, scored in a process that its worker spawns; prints what each came to.

The rest of that trainer wants a GPU. vLLM, which does too, is a server on this machine that says a word.
"""

import json
import random
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from threading import Thread
from typing import Any

from accelerate import PartialState
from datasets import Dataset
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast
from trl.experimental.async_grpo import async_rollout_worker

from tinyv_cli.integrations.trl import TinyvReward

SAID = (r"\boxed{5}", r"\boxed{7}")
WORDS = [
    "[PAD]",
    "<|im_end|>",
    "[UNK]",
    "<|im_start|>",
    "user",
    "assistant",
    *"What is 2 + 3 ?".split(),
    *SAID,
]


class Server(BaseHTTPRequestHandler):
    """As much of vLLM as is asked for: a word, then the end."""

    def do_POST(self) -> None:
        """A completion."""
        self.rfile.read(int(self.headers["Content-Length"]))
        ids = [WORDS.index(random.choice(SAID)), 1]
        choice = {"token_ids": ids, "logprobs": {"token_logprobs": [-1.0] * len(ids)}}
        content = json.dumps({"choices": [choice]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


GOLDS = ("5", "proof")
GROUPS, OF = 4, 4


def main() -> None:
    """Have a few groups generated and scored."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    Thread(target=server.serve_forever, daemon=True).start()
    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="[PAD]",
        eos_token="<|im_end|>",
        unk_token="[UNK]",
        additional_special_tokens=["<|im_start|>"],
    )
    fast.chat_template = (files("trl") / "chat_templates" / "qwen2_5.jinja").read_text()
    question = [{"role": "user", "content": "What is 2 + 3 ?"}]
    PartialState()  # which a trainer makes
    async_rollout_worker.is_vllm_available = lambda: True
    worker = async_rollout_worker.AsyncRolloutWorker(
        model_name="policy",
        dataset=Dataset.from_list([{"prompt": question, "solution": gold} for gold in GOLDS]),
        reward_funcs=[TinyvReward(model="none", deadline=60, no_cache=True)],
        processing_class=fast,
        eos_token_ids=[1],
        num_generations=OF,
        max_inflight_tasks=OF,
        vllm_server_url=f"http://127.0.0.1:{server.server_port}",
    )
    worker.start()
    samples = [worker.rollout_buffer.get(timeout=120) for _ in range(GROUPS * OF)]
    worker.stop()
    found = [
        (each.completion[0]["content"], each.metrics["rewards/tinyv"], each.advantage) for each in samples
    ]
    print(json.dumps(found))


if __name__ == "__main__":
    main()
