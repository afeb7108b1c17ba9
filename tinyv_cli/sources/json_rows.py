"""Find the rows in a JSON file that is one object, and read them one by one.

The file is looked through once for its shape, of which little is held: where rows are, and which fields
they have. Rows are what holds most of a question, a gold and a response: the object itself, the elements of a
list, the objects under the keys of another, or a table. Then it is read again, a row in memory at a time.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Any

from tinyv_cli.sources.chat import is_chat
from tinyv_cli.sources.fields import Field, fields_of
from tinyv_cli.sources.names import Sense
from tinyv_cli.sources.rows import DictRows, Record

Event = tuple[str, Any]
MAX_DEPTH = 4
# So much is held of the shape: of lists of objects the first elements, of other lists and of objects more.
MAX_ELEMENTS, MAX_SCALARS, MAX_KEYS = 4, 300, 300
# Children of one object that look alike need not all be searched.
MAX_ALIKE = 3
_ROLES = {
    "question": (Sense.QUESTION, Sense.PROMPT),
    "gold": (Sense.GOLD, Sense.ANSWER, Sense.SOLUTION),
    "response": (Sense.RESPONSE, Sense.PREDICTION, Sense.CHAT),
}
# The name of the column that keeps the key under which a row stood.
KEY = "key"


class Kind(StrEnum):
    """How rows stand in a document."""

    ITSELF = "itself"
    LIST = "list"
    KEYED = "keyed"
    TABLE = "table"  # columns, and data in lists: pandas' `split`, tables of Weights & Biases
    COLUMNS = "columns"  # each keyed by row numbers: pandas' own


# Of places whose rows hold as much, the one of the later kind.
_PREFERENCE = (Kind.ITSELF, Kind.KEYED, Kind.LIST, Kind.TABLE, Kind.COLUMNS)


@dataclass(frozen=True)
class Place:
    """Where rows stand: below which keys, of which each level may have several; None stands for any."""

    kind: Kind
    levels: tuple[frozenset[str] | None, ...] = ()
    columns: tuple[str, ...] = ()
    sample: tuple[Record, ...] = ()

    def begins(self, keys: Sequence[str | None]) -> bool:
        """Whether an element that stands below these keys (None: in a list) is a row."""
        if self.kind in (Kind.ITSELF, Kind.COLUMNS):
            return len(keys) == len(self.levels) and self._leads_to(keys)
        in_list = self.kind is not Kind.KEYED
        return len(keys) == len(self.levels) + 1 and (keys[-1] is None) == in_list and self._leads_to(keys)

    def _leads_to(self, keys: Sequence[str | None]) -> bool:
        return all(level is None or key in level for level, key in zip(self.levels, keys, strict=False))

    def key(self, keys: Sequence[str | None]) -> str:
        """What differs in the keys above the rows."""
        several = [
            key for level, key in zip(self.levels, keys, strict=False) if level is None or len(level) > 1
        ]
        own = keys[-1:] if self.kind is Kind.KEYED else []
        return "/".join(str(key) for key in (*several, *own))

    @cached_property
    def fields(self) -> list[Field]:
        """The fields of its first rows."""
        return fields_of(DictRows(list(self.sample)))

    @cached_property
    def roles(self) -> set[str]:
        """Which of the roles its rows have; a question or a gold inside a list is that of something else."""
        return self._roles(self.fields)

    @property
    def own_roles(self) -> set[str]:
        """Those that are fields of the rows themselves, not of objects in them."""
        return self._roles([field for field in self.fields if "." not in field.path])

    def _roles(self, fields: Iterable[Field]) -> set[str]:
        return {
            role
            for field in fields
            for role, senses in _ROLES.items()
            if field.flat and field.sense in senses and (role == "response" or "*" not in field.path)
        }


def find_rows(shape: Any) -> Place | None:
    """Where the rows of a document of this shape are; None where it has none."""
    if not isinstance(shape, dict):
        return None
    itself = Place(Kind.ITSELF, sample=(shape,))
    if len(itself.own_roles) > 1:
        return itself
    places = [itself, *_places(shape, shape, ())]
    best = max(places, key=lambda place: (len(place.roles), len(place.levels), _PREFERENCE.index(place.kind)))
    return best if len(best.roles) > 1 else None


def _places(root: Record, node: Any, path: tuple[str, ...]) -> Iterator[Place]:
    """All that may be rows, at the path and below it."""
    if isinstance(node, list):
        rows = [each for each in node if isinstance(each, dict)]
        if rows and not is_chat(node):
            yield Place(Kind.LIST, _levels(root, path), sample=tuple(rows))
        return
    if not isinstance(node, dict) or len(path) > MAX_DEPTH:
        return
    if (table := _table(root, node, path)) is not None:
        yield table
        if table.kind is Kind.TABLE:
            return
    rows = [each for each in node.values() if isinstance(each, dict)]
    if rows:
        yield Place(Kind.KEYED, _levels(root, path), sample=tuple(rows[: 2 * MAX_ELEMENTS]))
    for key, child in _unlike(node):
        yield from _places(root, child, (*path, key))


def _table(root: Record, node: Record, path: tuple[str, ...]) -> Place | None:
    columns, data = node.get("columns"), node.get("data")
    if isinstance(columns, list) and isinstance(data, list) and data and isinstance(data[0], list):
        names = tuple(map(str, columns))
        rows = tuple(dict(zip(names, row, strict=False)) for row in data)
        return Place(Kind.TABLE, (*_levels(root, path), frozenset({"data"})), names, rows)
    keys = [tuple(column) if isinstance(column, dict) else () for column in node.values()]
    if len(keys) > 1 and len(set(keys)) == 1 and keys[0]:
        return Place(Kind.COLUMNS, _levels(root, path), sample=tuple(islice(turned(node), MAX_ELEMENTS)))
    return None


def turned(columns: Record) -> Iterator[Record]:
    """The rows of columns that are keyed by row numbers."""
    for key in next(iter(columns.values()), {}):
        yield {name: column.get(key) for name, column in columns.items() if isinstance(column, dict)}


def _unlike(node: Record) -> Iterator[tuple[str, Any]]:
    """The children, of those with the same fields a few."""
    seen: dict[object, int] = {}
    for key, child in node.items():
        if isinstance(child, dict | list):
            inner = child[0] if isinstance(child, list) and child and isinstance(child[0], dict) else child
            looks = (type(child), frozenset(inner) if isinstance(inner, dict) else len(child) > 0)
            seen[looks] = seen.get(looks, 0) + 1
            if seen[looks] <= MAX_ALIKE:
                yield key, child


def _levels(root: Record, path: tuple[str, ...]) -> tuple[frozenset[str] | None, ...]:
    """For each step of the path the keys beside it, too, below which the same follows."""
    found: list[frozenset[str] | None] = []
    node: Any = root
    for i, key in enumerate(path):
        like = _below(node[key], path[i + 1 :])
        keys = frozenset(other for other in node if _is_alike(like, _below(node[other], path[i + 1 :])))
        found.append(None if len(node) >= MAX_KEYS else keys)
        node = node[key]
    return tuple(found)


def _below(node: Any, path: Sequence[str]) -> Any:
    for key in path:
        node = node.get(key) if isinstance(node, dict) else None
    return node


def _is_alike(a: Any, b: Any) -> bool:
    """Whether both hold objects that share most of their fields."""
    first, second = _first_object(a), _first_object(b)
    return isinstance(b, type(a)) and 2 * len(first & second) > max(len(first), len(second), 1)


def _first_object(node: Any) -> frozenset[str]:
    inside = node if isinstance(node, list) else node.values() if isinstance(node, dict) else []
    return next((frozenset(each) for each in inside if isinstance(each, dict)), frozenset())


def shape_of(events: Iterable[Event]) -> Any:
    """The document with few of its elements."""
    top: list[Any] = []
    stack: list[tuple[Any, list[str | None]]] = [(top, [None])]
    skipped = 0
    for event, value in events:
        opens, closes = event in ("start_map", "start_array"), event in ("end_map", "end_array")
        if skipped:
            skipped += opens - closes
        elif closes:
            stack.pop()
        elif event == "map_key":
            stack[-1][1][0] = value
        else:
            made: Any = {} if event == "start_map" else [] if event == "start_array" else value
            kept = _add(*stack[-1], made)
            if opens and kept:
                stack.append((made, [None]))
            skipped = int(opens and not kept)
    return top[0] if top else None


def _add(container: Any, key: list[str | None], value: Any) -> bool:
    """Put the value there, unless there are enough like it."""
    if isinstance(container, dict):
        if len(container) >= MAX_KEYS or key[0] is None:
            return False
        container[key[0]] = value
        return True
    if len(container) >= (MAX_ELEMENTS if isinstance(value, dict | list) else MAX_SCALARS):
        return False
    container.append(value)
    return True


def rows_at(place: Place, events: Iterable[Event]) -> Iterator[Record]:
    """The rows that stand there, one by one, with the keys above them where these differ."""
    for keys, value in _elements(place, events):
        if place.kind is Kind.COLUMNS:
            yield from turned(value)
        elif place.kind is Kind.TABLE:
            yield dict(zip(place.columns, value, strict=False))
        else:
            key = place.key(keys)
            yield {**value, KEY: key} if key and KEY not in value else value


def _elements(place: Place, events: Iterable[Event]) -> Iterator[tuple[list[str | None], Any]]:
    from ijson.common import ObjectBuilder

    wanted = "start_array" if place.kind is Kind.TABLE else "start_map"
    keys: list[str | None] = []
    builder, inside = ObjectBuilder(), 0
    for event, value in events:
        opens, closes = event in ("start_map", "start_array"), event in ("end_map", "end_array")
        if inside or (event == wanted and place.begins(keys)):
            builder.event(event, value)
            inside += opens - closes
            if not inside:
                yield keys, builder.value
                builder = ObjectBuilder()
        elif closes:
            keys.pop()
        elif event == "map_key":
            keys[-1] = value
        elif opens:
            keys.append(None)
