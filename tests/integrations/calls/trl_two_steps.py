"""Two steps of TRL's GRPOTrainer with a tiny random model; prints the rewards that each step was given."""

import json
import pickle
import sys
from pathlib import Path

from datasets import Dataset
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast
from trl import GRPOConfig, GRPOTrainer

from tinyv_cli.integrations.trl import TinyvReward

WORDS = ["[PAD]", "[EOS]", "[UNK]", "What", "is", "2", "+", "3", "?", "5", "x", "=", "minutes"]
tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
fast = PreTrainedTokenizerFast(
    tokenizer_object=tokenizer, pad_token="[PAD]", eos_token="[EOS]", unk_token="[UNK]"
)
model = LlamaForCausalLM(
    LlamaConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        intermediate_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
    )
)
rows = Dataset.from_list([{"prompt": "What is 2 + 3 ?", "solution": gold} for gold in ("5", "proof")] * 4)
reward = pickle.loads(pickle.dumps(TinyvReward(model="none", deadline=60, no_cache=True)))
settings = GRPOConfig(
    output_dir=sys.argv[1],
    max_steps=2,
    num_generations=4,
    per_device_train_batch_size=4,
    max_completion_length=4,
    logging_steps=1,
    log_completions=True,
    report_to=[],
    use_cpu=True,
    save_strategy="no",
)
trainer = GRPOTrainer(model, reward_funcs=[reward], args=settings, train_dataset=rows, processing_class=fast)
trainer.train()
logged = [entry for entry in trainer.state.log_history if "rewards/tinyv/mean" in entry]
tables = sorted(map(str, Path(sys.argv[1]).rglob("completions_*.parquet")))
print(json.dumps({"steps": len(logged), "keys": sorted(logged[0]), "tables": tables}))
