"""Who is asked: one model, several that give an opinion each, or a cascade, which asks them in turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tinyv_cli.errors import UsageError
from tinyv_cli.models.address import without_credentials
from tinyv_cli.words import CASCADE, NONE


@dataclass(frozen=True, slots=True)
class Lineup:
    """The models of a run, by name; none for `none`. `in_turn`: each is asked what those before it leave."""

    models: tuple[str, ...]
    in_turn: bool = False


def lineup_of(name: str) -> Lineup:
    """The model that a value of `--model` names, or those of a cascade; a file may have a comma in its name.

    Raises UsageError for a cascade that names nothing, `none` or a model twice.
    """
    if CASCADE not in name or Path(name).is_file():
        return Lineup(() if name == NONE else (name,))
    models = [part.strip() for part in name.split(CASCADE)]
    if not all(models) or NONE in models:
        raise UsageError(
            f"--model {without_credentials(name)}: a cascade is of models, with '{CASCADE}' between them"
        )
    if _twice(models):
        raise UsageError(f"--model {without_credentials(name)}: a cascade asks each model once")
    return Lineup(tuple(models), in_turn=True)


def lineup(given: Sequence[str]) -> Lineup:
    """The models of a run, by all values of `--model`. Raises UsageError where they do not go together."""
    if len(given) == 1:
        return lineup_of(given[0])
    if cascade := next((name for name in given if lineup_of(name).in_turn), None):
        raise UsageError(
            f"--model {without_credentials(cascade)} is a cascade, and --model given again an opinion more; "
            f"give --model once, with '{CASCADE}' between all models, or without it for each opinion"
        )
    check_apart(given)
    return Lineup(tuple(given))


def check_apart(given: Sequence[str]) -> None:
    """Raise UsageError for values of `--model` that say the same, or for `none` beside another."""
    if twice := _twice(given):
        raise UsageError(
            f"--model {without_credentials(twice)} is given twice; a further opinion must be another model's"
        )
    if len(given) > 1 and NONE in given:
        raise UsageError(f"--model {NONE} goes with no other: leave it out, or the other")


def _twice(names: Sequence[str]) -> str | None:
    return next((name for name in names if names.count(name) > 1), None)
