"""The examples that are attacked: some of a file's, drawn at random, each question and gold once."""

from collections.abc import Iterable
from hashlib import blake2b

from tinyv_cli.records import Example

# Of each pattern every example gets one response: of a hundred the 95% interval of "none" ends at 3.7%.
MOST_TARGETS = 100


class Targets:
    """Those whose hashes are smallest: a random sample, the same in whatever order the rows come."""

    def __init__(self, most: int = MOST_TARGETS) -> None:
        self._most = most
        self._kept: dict[bytes, Example] = {}

    def add(self, examples: Iterable[Example]) -> None:
        """Consider these; examples without a gold cannot be attacked."""
        for example in examples:
            if example.golds:
                self._kept.setdefault(_key(example), example)
        smallest = sorted(self._kept)[: self._most]
        self._kept = {key: self._kept[key] for key in smallest}

    def __len__(self) -> int:
        return len(self._kept)

    def examples(self) -> list[Example]:
        """The sample."""
        return [self._kept[key] for key in sorted(self._kept)]


def _key(example: Example) -> bytes:
    text = "\x00".join((example.question, *example.golds))
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
