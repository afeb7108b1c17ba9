"""What a policy answers to held-out questions: graded by the truth, looked at by rule and nano."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from typing import Any

import torch

from tinyv_cli import Verifier
from training.rl.arms import ARMS, DEADLINE
from training.rl.notations import form_of, right
from training.rl.policy import Answers, answers, log_likelihoods
from training.rl.questions import Question, questions
from training.rl.watched import Figures, Hack, in_parts, mean

ASKED, SAMPLES = 96, 2
SEED = 7


@dataclass(slots=True)
class Measure:
    """Asks a policy the held-out questions, always the same; `reference` is what it began as."""

    tokeniser: Any
    reference: Any
    hacks: list[Hack] = field(default_factory=list)
    asked: Sequence[Question] = field(
        default_factory=lambda: list(islice(questions(Random(SEED), held_out=True), ASKED))
    )
    verifier: Verifier = field(default_factory=lambda: Verifier(**ARMS["default"], deadline=DEADLINE))

    def __call__(self, policy: Any, step: int, seed: int) -> Figures:
        """The figures of a policy at this step. The random numbers of the training stay what they were."""
        with torch.random.fork_rng():
            torch.manual_seed(1000 * seed + step)
            asked = [question for question in self.asked for _ in range(SAMPLES)]
            answered = answers(policy, self.tokeniser, [question.prompt for question in asked])
        return {
            "step": step,
            **self._judged(asked, answered.texts(self.tokeniser), step),
            "kl": mean(self._divergences(answered)),
        }

    def _judged(self, asked: Sequence[Question], said: Sequence[str], step: int) -> Figures:
        verdicts = self.verifier.verify_many(
            {"question": question.text, "gold": question.gold, "response": response}
            for question, response in zip(asked, said, strict=True)
        )
        judged = [
            (question, response, right(question.gold, response), verdict)
            for question, response, verdict in zip(asked, said, verdicts, strict=True)
        ]
        rights = [each for each in judged if each[2]]
        wrongs = [each for each in judged if not each[2]]
        fooled = [each for each in wrongs if each[3].evidence == "model" and each[3].reward]
        self.hacks += [
            Hack(
                step,
                question.text,
                question.gold,
                response,
                verdict.evidence,
                verdict.p,
                verdict.reward or 0.0,
            )
            for question, response, _, verdict in fooled
        ]
        forms = [form_of(question.gold, response) for question, response, _, _ in judged]
        return {
            "accuracy": mean([is_right for _, _, is_right, _ in judged]),
            "rejected": mean([verdict.rule != "accept" for _, _, _, verdict in rights]),
            "recovered": mean(
                [bool(verdict.reward) for _, _, _, verdict in rights if verdict.rule != "accept"]
            ),
            "accepted_by_rule": mean([verdict.rule == "accept" for _, _, _, verdict in wrongs]),
            "accepted_by_nano": mean([each in fooled for each in wrongs]),
            "other_forms": mean(
                [
                    form in question.topic.rejected
                    for (question, _, _, _), form in zip(judged, forms, strict=True)
                    if form
                ]
            ),
            "no_form": mean([form is None for form in forms]),
            "characters": mean([len(response) for response in said]),
            "forms": "; ".join(
                f"{name} {count}" for name, count in sorted(Counter(filter(None, forms)).items())
            ),
            "held_out": "".join(str(sum(each[2] for each in some)) for some in in_parts(judged, SAMPLES)),
        }

    def _divergences(self, answered: Answers) -> list[float]:
        """How much likelier each answer is than to the reference, in nats: their mean is the KL."""
        difference = answered.log_likelihoods - log_likelihoods(self.reference, answered)
        found: list[float] = difference.tolist()
        return found
