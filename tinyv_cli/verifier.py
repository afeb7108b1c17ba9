"""Verify answers from Python, in the loop of a training: `from tinyv_cli import Verifier`.

A thin client of the resident verifier, which all processes of a machine share that ask for the same.
"""

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Self

from tinyv_cli.resident.client import Client
from tinyv_cli.resident.place import place_of
from tinyv_cli.resident.statistics import Statistics
from tinyv_cli.resident.verdict import Verdict
from tinyv_cli.settings import current_settings
from tinyv_cli.words import DEFAULT_WEIGHT, Mode

IN_FLIGHT = 256  # of many: more would wait, with their deadlines running

Names = str | Sequence[str] | None


class Verifier:
    """Judges answers as `tinyv audit` does: rule, proofs, guards, models. What is left out is as it is there.

    `rule` and `model` are names as after `--rule` and `--model`; `options` are any others of `tinyv audit`
    that say how answers are judged (`threshold=0.6`, `suspects="incorrect"`, `workers=4`, `no_cache=True`).
    A call that takes longer than `deadline` seconds is undecided. With `shadow`, a folder, rewards stay the
    rule's, at once, and what would have been said is written there for `tinyv report FOLDER`. What neither
    is given for, settings say. Safe to use from any thread, in asyncio, after a fork, and pickled, as what
    it was made with. Nothing is started before it is entered or used.
    """

    def __init__(
        self,
        *,
        rule: Names = None,
        model: Names = None,
        proofs: bool = True,
        mode: str = Mode.ADDON,
        weight: float = DEFAULT_WEIGHT,
        deadline: float | None = None,
        shadow: str | Path | None = None,
        **options: Any,
    ) -> None:
        settings = current_settings()
        deadline, shadow = deadline or settings.deadline, shadow or settings.shadow
        self._made_with = {
            "rule": rule,
            "model": model,
            "proofs": proofs,
            "mode": mode,
            "weight": weight,
            "deadline": deadline,
            "shadow": shadow,
            **options,
        }
        said = {**self._made_with, "proofs": "on" if proofs else "off", "mode": str(mode)}
        self._statistics = Statistics()
        self._client = Client(place_of(list(_arguments(said))), deadline, shadow=shadow is not None)

    def verify(self, *, gold: Any, response: Any, question: Any = "", step: int | None = None) -> Verdict:
        """The verdict on one answer. Question and response may be chats; of several golds any counts.

        `step` of the training is for the shadow's file: reports have curves over it.
        Raises UsageError where no verifier can be had, such as for a rule that nobody knows.
        """
        return self._submit(question, gold, response, step).result()

    def verify_many(self, examples: Iterable[Mapping[str, Any]]) -> list[Verdict]:
        """The verdicts on many, each with `gold`, `response` and perhaps `question`, in their order."""
        return list(self._each(examples))

    async def averify(
        self, *, gold: Any, response: Any, question: Any = "", step: int | None = None
    ) -> Verdict:
        """The same as `verify`, awaited."""
        return await asyncio.wrap_future(self._submit(question, gold, response, step))

    def stats(self) -> dict[str, Any]:
        """How many calls of this process each stage settled, why others are undecided, and seconds."""
        return self._statistics.told()

    def open(self) -> Self:
        """Wait until the verifier is ready, which the first call does otherwise. Raises UsageError."""
        self._client.open()
        return self

    def close(self) -> None:
        """Let go of the resident verifier, which ends with the last that does."""
        self._client.close()

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if hasattr(self, "_client"):
            self._client.close(wait=False)

    def __reduce__(self) -> tuple[Any, ...]:
        return _remade, (self._made_with,)

    def _submit(self, question: Any, gold: Any, response: Any, step: int | None = None) -> "Future[Verdict]":
        content = {"question": question, "gold": gold, "response": response, "step": step}
        future = self._client.submit(content)
        future.add_done_callback(self._count)
        return future

    def _each(self, examples: Iterable[Mapping[str, Any]]) -> Iterator[Verdict]:
        waiting: deque[Future[Verdict]] = deque()
        for example in examples:
            if len(waiting) == IN_FLIGHT:
                yield waiting.popleft().result()
            given = (example.get(name) for name in ("question", "gold", "response", "step"))
            waiting.append(self._submit(*given))
        yield from (future.result() for future in waiting)

    def _count(self, future: "Future[Verdict]") -> None:
        if not future.cancelled() and future.exception() is None:
            self._statistics.add(future.result())


def _remade(made_with: Mapping[str, Any]) -> Verifier:
    return Verifier(**made_with)


def _arguments(options: Mapping[str, Any]) -> Iterator[str]:
    """The options as a command line has them; none for what is left out."""
    for name, value in options.items():
        flag = f"--{name.replace('_', '-')}"
        if value is True:
            yield flag
        elif value is not None and value is not False:
            for each in [value] if isinstance(value, str) or not isinstance(value, Sequence) else value:
                yield from (flag, str(each))
