"""How often each part was begun: in an actor, whose process loads this module and nothing else of ours."""

from collections import Counter


class Attempts:
    """Counts how often each part was begun."""

    def __init__(self) -> None:
        self._begun = Counter[str]()

    def begun(self, part: str) -> int:
        """So often, this time included."""
        self._begun[part] += 1
        return self._begun[part]
