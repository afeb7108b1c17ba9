"""open-instruct: the verifier `tinyv`, for rows of that dataset name, or `--remap_verifier math=tinyv`.

It is found by its class, once `grpo_fast.py` imports this module, after its others. Options are settings.
open-instruct has no word for "no verdict": the score is then the rule's own, and a warning is logged.
"""

import logging
from typing import Any

from open_instruct.ground_truth_utils import VerificationResult, VerifierFunction

from tinyv_cli.integrations.shared import shared
from tinyv_cli.resident.verdict import Verdict

LOG = logging.getLogger(__name__)


class TinyvVerifier(VerifierFunction):  # type: ignore[misc,unused-ignore]
    """The verdict of all stages."""

    def __init__(self, verifier_config: Any = None) -> None:
        super().__init__("tinyv", weight=1.0, verifier_config=verifier_config)

    def __call__(
        self,
        tokenized_prediction: Any,
        prediction: str,
        label: Any,
        query: str | None = None,
        *_: Any,
        **__: Any,
    ) -> Any:
        """The score of a prediction."""
        return _told(shared().verify(question=query or "", gold=label, response=prediction))

    async def async_call(
        self,
        tokenized_prediction: Any,
        prediction: str,
        label: Any,
        query: str | None = None,
        *_: Any,
        **__: Any,
    ) -> Any:
        """The same, awaited: this is what a training calls."""
        return _told(await shared().averify(question=query or "", gold=label, response=prediction))


def _told(found: Verdict) -> Any:
    if found.reward is None:
        LOG.warning("tinyv_undecided: %s", found.reason)
        return VerificationResult(score=found.rule_reward, reasoning=found.reason)
    return VerificationResult(score=found.reward, reasoning=found.proof)
