"""The server's paths, over one `Verifier`: each answers in the words of those who call it.

What has no verdict is never a 0: it is null where the caller knows that, and an error where it does not. Only
slime, which knows neither, gets the rule's own reward.
"""

import asyncio
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse

from tinyv_cli.integrations.openrlhf import reply
from tinyv_cli.resident.verdict import DEADLINE, QUEUE_FULL, Verdict
from tinyv_cli.serving.gate import Guarded
from tinyv_cli.serving.messages import Decision, Pair, Pairs, Rewards, Sample
from tinyv_cli.serving.metrics import Metrics
from tinyv_cli.verifier import Verifier

MOST_BYTES = 16 << 20  # of a request
RETRY_AFTER = "1"  # seconds
PASSING = {QUEUE_FULL: 429, DEADLINE: 503}  # what the same request may not meet again
ABOUT = "Math answers verified by rule, proofs and a small model."


class Desk:
    """What verifies for all requests: at most `most` answers at a time."""

    def __init__(self, verifier: Verifier, most: int) -> None:
        self.verifier, self._most = verifier, most
        self.under_way = 0
        self.metrics = Metrics(lambda: self.under_way)

    async def verify(self, pairs: Sequence[Pair]) -> list[Verdict]:
        """The verdicts, in their order. Raises HTTPException 429 where there is too much to do already."""
        if self.under_way + len(pairs) > max(self._most, len(pairs)):
            raise _later(429, f"{self.under_way} answers are being verified")
        self.under_way += len(pairs)
        try:
            found = await asyncio.gather(*(self.verifier.averify(**pair.model_dump()) for pair in pairs))
        finally:
            self.under_way -= len(pairs)
        for verdict in found:
            self.metrics.verdict(verdict)
        return found

    async def reward(self, pair: Pair) -> float:
        """The reward, where there is a verdict. Raises HTTPException where there is none."""
        [found] = await self.verify([pair])
        if found.reward is not None:
            return found.reward
        if found.reason in PASSING:
            raise _later(PASSING[found.reason], found.reason)
        raise HTTPException(422, f"no verdict: {found.reason}")


def _later(status: int, why: str) -> HTTPException:
    return HTTPException(status, why, {"Retry-After": RETRY_AFTER})


async def _unfit(_: Request, error: Exception) -> JSONResponse:
    """Which field is wrong, and why; what was sent is not sent back: it may be long, or no JSON at all."""
    assert isinstance(error, RequestValidationError)
    told = [{"field": ".".join(map(str, each["loc"])), "message": each["msg"]} for each in error.errors()]
    return JSONResponse({"detail": told}, 422)


def application(
    verifier: Verifier, *, token: str | None = None, most: int, most_bytes: int = MOST_BYTES
) -> Any:
    """The ASGI application. With a `token`, every path that tells or does anything wants it."""
    from tinyv_cli import __version__

    app, desk = FastAPI(title="tinyv", description=ABOUT, version=__version__), Desk(verifier, most)
    app.add_exception_handler(RequestValidationError, _unfit)
    _verifying(app, desk)
    _telling(app, desk)
    paths = frozenset(route.path for route in app.routes if hasattr(route, "path"))
    return Guarded(app, desk.metrics, token=token, most_bytes=most_bytes, paths=paths)


def _verifying(app: FastAPI, desk: Desk) -> None:
    """The paths that verify."""

    @app.post("/verify")
    async def verify(pairs: Pair | Pairs) -> Any:
        """One answer, or a list of them: the verdict, or a list of verdicts."""
        found = await desk.verify([pairs] if isinstance(pairs, Pair) else pairs)
        told = [verdict.as_dict() for verdict in found]
        return told[0] if isinstance(pairs, Pair) else told

    @app.post("/get_reward")
    async def get_reward(rewards: Rewards) -> Any:
        """As OpenRLHF asks (`--reward.remote_url`): a reward is null where there is no verdict."""
        return reply(await desk.verify(rewards.pairs()))

    @app.post("/reward")
    async def reward(sample: Sample) -> float:
        """As slime asks (`--rm-type remote_rm`): a number, without a verdict what the rule alone says."""
        pair = Pair(question=sample.prompt, gold=sample.label, response=sample.response)
        [found] = await desk.verify([pair])
        return found.rule_reward if found.reward is None else found.reward

    @app.post("/decision")
    async def decision(asked: Decision) -> Any:
        """As the `decision` judge of verifiers asks: a score each; without a verdict an error."""
        state = asked.state
        reward = await desk.reward(Pair(question=state.question, gold=state.answer, response=state.response))
        return {"answers": {name: {"score": reward * each.most} for name, each in asked.questions.items()}}


def _telling(app: FastAPI, desk: Desk) -> None:
    """The paths that tell of the server."""

    @app.get("/health")
    async def health() -> dict[str, str]:
        """That it is there."""
        return {"status": "ok"}

    @app.get("/stats")
    async def stats() -> Any:
        """What was verified so far: counts by what settled it, and seconds."""
        return desk.verifier.stats()

    @app.get("/metrics", response_class=PlainTextResponse)
    async def metrics() -> PlainTextResponse:
        """The same for Prometheus."""
        return PlainTextResponse(desk.metrics.text(), media_type="text/plain; version=0.0.4")

    @app.get("/", response_class=HTMLResponse, include_in_schema=False)
    async def page() -> str:
        return files("tinyv_cli.serving").joinpath("page.html").read_text("utf-8")
