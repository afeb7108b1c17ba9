"""Ask a server that decides: `decision+http://host:port/path`, as `tinyv serve` and verifiers' judges speak.

It is told question, response and gold, and gives a score for the one question that is put to it.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tinyv_cli.errors import ModelError
from tinyv_cli.models.address import Address
from tinyv_cli.models.endpoint import Failed, Patience, lie
from tinyv_cli.models.prompts import ChatPrompt
from tinyv_cli.models.replies import BAD_REPLY
from tinyv_cli.models.server import TEST_QUESTION, ServerModel
from tinyv_cli.records import ModelResult, Query
from tinyv_cli.words import DEFAULT_CONCURRENCY

ANY_MODEL = "tinyv"
INSTRUCTIONS = "Grade whether the response gives the reference answer; equivalent answers are acceptable."
GRADE = {"type": "score", "instructions": INSTRUCTIONS, "criteria": ["Incorrect", "Correct"]}


class DecisionModel(ServerModel):
    """Call it with queries; results come in their order. Raises ModelError where it cannot be asked."""

    def __init__(
        self,
        address: Address,
        *,
        tell: Callable[[str], None],
        concurrency: int = DEFAULT_CONCURRENCY,
        patience: Patience | None = None,
    ) -> None:
        base, _, self._path = address.url.rpartition("/")
        asked = ChatPrompt("decision", INSTRUCTIONS)
        super().__init__(
            replace(address, url=base), asked, tell=tell, concurrency=concurrency, patience=patience
        )

    @property
    def name(self) -> str:
        """The whole address, without credentials, and the model."""
        return f"decision+{self._address.url}/{self._path}#{self._model}"

    def described(self) -> dict[str, Any]:
        """What the annotated file says of it."""
        return {**super().described(), "p_from": "score"}

    async def _begin(self) -> None:
        """Find out whether it answers a test question."""
        self._model, self._state, self._listed = self._address.model or ANY_MODEL, [], 0
        try:
            if self._heard(await self._chat(TEST_QUESTION, 0, first=True)) == BAD_REPLY:
                raise lie()
        except Failed as failed:
            raise ModelError(self._refusal(failed, ())) from failed

    async def _chat(self, query: Query, listed: int, *, first: bool = False) -> Any:
        state = {"question": query.question, "response": query.answer, "answer": query.gold}
        payload = {"model": self._model, "state": state, "questions": {"grade": GRADE}}
        return await self._sent(self._path, payload, first=first)

    def _heard(self, reply: Any) -> ModelResult:
        """The score is p, as there are two levels."""
        try:
            return ModelResult(float(reply.get("result", reply)["answers"]["grade"]["score"]))
        except (LookupError, TypeError, ValueError, AttributeError):
            return BAD_REPLY
