"""Models that run in the cluster: copies in actors of their own, and one actor that knows who is free."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from tinyv_cli.records import ModelResult, Query

CRASH = "crash"
TRIES = 2  # a copy that dies may have been on a node that did
LOST = 1 << 20  # batches: as if a copy that is not there had so many to answer

Asked = Callable[[Sequence[Query]], list[ModelResult]]
Load = Callable[[], Any]


class Copy:
    """One copy of a model, which is loaded when it is first needed."""

    def __init__(self, load: Load) -> None:
        self._load, self._model = load, None

    def about(self) -> tuple[str, list[object], dict[str, Any]]:
        """Its name, what decides what it says, and what files say of it."""
        model = self._loaded()
        return model.name, list(model.identity), model.described()

    def ask(self, queries: Sequence[Query]) -> list[ModelResult]:
        """p for each query."""
        return list(self._loaded()(queries))

    def _loaded(self) -> Any:
        if self._model is None:
            self._model = self._load()
        return self._model


class Switchboard:
    """Sends each batch to the copy with least to do, and to another one if that is lost with it.

    What kills one copy after another is found by halving, and is undecided; all else is answered.
    """

    def __init__(self, load: Load, copies: int, options: dict[str, Any]) -> None:
        import ray

        copy = ray.remote(Copy).options(max_restarts=-1, **options)
        self._copies = [copy.remote(load) for _ in range(copies)]
        self._busy = [0] * copies

    async def about(self) -> Any:
        """What a copy says of itself."""
        return await self._copies[0].about.options(max_task_retries=-1).remote()

    async def ask(self, queries: Sequence[Query]) -> list[ModelResult]:
        """p for each query."""
        for _ in range(TRIES):
            if (said := await self._asked(queries)) is not None:
                return said
        if len(queries) == 1:
            return [ModelResult(None, CRASH)]
        half = len(queries) // 2
        return [*await self.ask(queries[:half]), *await self.ask(queries[half:])]

    async def _asked(self, queries: Sequence[Query]) -> list[ModelResult] | None:
        """What the copy says that has least to do; None where it was lost meanwhile."""
        from ray.exceptions import RayActorError

        which = min(range(len(self._copies)), key=self._busy.__getitem__)
        self._busy[which] += 1
        try:
            said: list[ModelResult] = await self._copies[which].ask.remote(queries)
        except RayActorError:
            self._busy[which] += LOST
            asyncio.get_running_loop().create_task(self._awaited(which))
            return None
        finally:
            self._busy[which] -= 1
        return said

    async def _awaited(self, which: int) -> None:
        """Ask a copy nothing more before it is there again."""
        await self._copies[which].about.options(max_task_retries=-1).remote()
        self._busy[which] -= LOST


class Remote:
    """A model that runs elsewhere in the cluster, as it is asked here."""

    def __init__(self, switchboard: Any) -> None:
        import ray

        self._switchboard = switchboard
        self.name, self.identity, self._described = ray.get(switchboard.about.remote())

    def described(self) -> dict[str, Any]:
        """What the annotated file says of it."""
        return dict(self._described)

    def __call__(self, queries: Sequence[Query]) -> list[ModelResult]:
        """p for each query."""
        import ray

        said: list[ModelResult] = ray.get(self._switchboard.ask.remote(queries)) if queries else []
        return said

    def close(self) -> None:
        """It ends with the job."""


def served(load: Load, *, copies: int, reserves: float, gpus: int) -> Any:
    """The actor to ask for a model of which so many copies are started."""
    import ray

    options = {"num_cpus": reserves, "num_gpus": gpus}
    switchboard = ray.remote(Switchboard).options(
        num_cpus=0, max_restarts=-1, max_task_retries=-1, max_concurrency=1000
    )
    return switchboard.remote(load, copies, options)
