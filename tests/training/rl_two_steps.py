"""Two steps of the miniature in a folder, with one layer of the base; asked for again, nothing is done."""

import sys
from itertools import islice
from pathlib import Path
from random import Random

from training.rl import measure
from training.rl.plan import Run
from training.rl.policy import cut_base, keep
from training.rl.questions import answer, questions
from training.rl.run import train
from training.rl.warmup import warm_folder

folder = Path(sys.argv[1])
measure.ASKED = 6
random = Random(1)
asked = list(islice(questions(random, held_out=False), 300))
texts = [
    text for each in asked for text in (each.prompt, f" {answer(each, random, right=1.0, rejected=0.5)}")
]
keep(*cut_base(texts, layers=1), warm_folder("some", folder / "states"))
for _ in range(2):
    train(Run("some", "proofs", 1), states=folder / "states", folder=folder / "curves", steps=2, every=2)
