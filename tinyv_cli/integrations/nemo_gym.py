"""NeMo Gym: a resources server, whose `resources_servers/tinyv/app.py` is

    from tinyv_cli.integrations.nemo_gym import TinyvServer

    if __name__ == "__main__":
        TinyvServer.run_webserver()

Options are settings. Rows have `question` and `expected_answer`, as those of math_with_judge. What has no
verdict has the rule's reward and is masked: `mask_sample`, which releases before it only pass on.
"""

from typing import Any

from nemo_gym.base_resources_server import BaseVerifyRequest, BaseVerifyResponse, SimpleResourcesServer

from tinyv_cli.integrations.shared import shared


class TinyvRequest(BaseVerifyRequest):  # type: ignore[misc,unused-ignore]
    """A row with the model's response."""

    question: str = ""
    expected_answer: Any


class TinyvResponse(BaseVerifyResponse):  # type: ignore[misc,unused-ignore]
    """The reward; NeMo Gym has means of what is a number."""

    question: str
    expected_answer: Any
    extracted_answer: str | None
    mask_sample: bool = False
    failure_kind: str | None = None
    failure_reason: str | None = None
    tinyv_undecided: float
    tinyv_recovered: float
    tinyv_rule: float


class TinyvServer(SimpleResourcesServer):  # type: ignore[misc,unused-ignore]
    """Its `/verify` is the verdict of all stages."""

    async def verify(self, body: TinyvRequest) -> TinyvResponse:
        """The reward of a response: its texts, without reasoning and calls of tools."""
        asked = {"question": body.question, "gold": body.expected_answer}
        found = await shared().averify(**asked, response=body.response.output_text)
        undecided = found.reward is None
        return TinyvResponse(
            **body.model_dump(),
            reward=found.rule_reward if undecided else found.reward,
            extracted_answer=found.answer,
            mask_sample=undecided,
            failure_kind="verifier_error" if undecided else None,
            failure_reason=found.reason if undecided else None,
            tinyv_undecided=float(undecided),
            tinyv_recovered=float(found.false_negative),
            tinyv_rule=found.rule_reward,
        )
