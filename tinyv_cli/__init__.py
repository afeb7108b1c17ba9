"""Find the correct answers that a rule verifier threw away, in the rollouts you already have."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tinyv_cli.verifier import Verifier as Verifier

__version__ = "0.2.0.dev0"
__all__ = ["Verifier", "__version__"]


def __getattr__(name: str) -> Any:
    """The verifier is imported when it is asked for: no command needs it."""
    if name == "Verifier":
        from tinyv_cli.verifier import Verifier

        return Verifier
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
