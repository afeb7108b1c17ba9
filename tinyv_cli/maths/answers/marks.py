"""What a mark in a response says, and where it ends."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """An answer that stands between two marks. `text` is None where the last of them was never closed."""

    text: str | None
    end: int
