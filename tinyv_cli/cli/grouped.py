"""Options in groups: a command takes records of options, and each field of one is an option."""

from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from inspect import Parameter, Signature, signature
from typing import Any, get_type_hints


def grouped(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command as Typer wants it: with the fields of its records as parameters of its own.

    Raises TypeError where two of its records have a field of the same name.
    """
    hints = get_type_hints(command, include_extras=True)
    records = {name: hints[name] for name in signature(command).parameters if is_dataclass(hints[name])}
    parameters = [part for each in signature(command).parameters.values() for part in _parts(each, hints)]
    _refuse_repeated([each.name for each in parameters])

    def flat(**given: Any) -> Any:
        made = {
            name: record(**{each.name: given.pop(each.name) for each in fields(record)})
            for name, record in records.items()
        }
        return command(**given, **made)

    # Not `wraps`: Typer would look through it, at the records.
    flat.__name__, flat.__doc__, flat.__module__ = command.__name__, command.__doc__, command.__module__
    flat.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    flat.__annotations__ = {each.name: each.annotation for each in parameters}
    return flat


def _parts(parameter: Parameter, hints: dict[str, Any]) -> Iterator[Parameter]:
    """The fields of a record, or the parameter itself."""
    hint = hints[parameter.name]
    if not is_dataclass(hint):
        yield parameter.replace(kind=Parameter.KEYWORD_ONLY, annotation=hint)
        return
    types = get_type_hints(hint, include_extras=True)
    for each in fields(hint):
        default = Parameter.empty if each.default is MISSING else each.default
        yield Parameter(each.name, Parameter.KEYWORD_ONLY, default=default, annotation=types[each.name])


def _refuse_repeated(names: list[str]) -> None:
    repeated = {name for name in names if names.count(name) > 1}
    if repeated:
        raise TypeError(f"in two records of one command: {', '.join(sorted(repeated))}")
