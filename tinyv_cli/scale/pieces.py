"""What is read by whom: pieces of the input with the numbers of their rows, and the parts of each.

A part is what is judged and written at a time. Which rows it holds depends on the input and on nothing else,
so that a job that was killed finds its finished parts again.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate
from math import inf

from tinyv_cli.sources import Begun, windows_of
from tinyv_cli.sources.explode import Window
from tinyv_cli.sources.selection import Selection, selected
from tinyv_cli.sources.sentinels import withhold_sentinels

ROWS = 1 << 16  # of a piece that is a part of a Parquet file, at least
BYTES = 64 << 20  # of a part, about, when it is sent
SMALL = 32 << 20  # bytes of files that one task reads

Count = Callable[[Sequence[Begun]], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Piece:
    """Sources, or some groups of rows of one, that one task reads from front to back.

    The first row has this number, and stands in this line. `share` says how much of the input lies in the
    piece; None where that is not known.
    """

    number: int
    read: tuple[Begun, ...]
    selection: Selection
    first_row: int = 0
    line: int = 1
    share: float | None = 1.0

    def windows(self, *, alone: bool) -> Iterator[Window]:
        """What of its rows is selected; if it is not `alone`, that may be nothing."""
        windows = windows_of(self.read, first_row=self.first_row, line=self.line)
        return withhold_sentinels(selected(windows, self.selection, may_be_empty=not alone))


@dataclass(frozen=True, slots=True)
class Part:
    """The `number`-th part of a piece: its windows, pickled, and the share of the input that lies in it.

    Of one that is finished already no windows are told.
    """

    piece: int
    number: int
    windows: tuple[bytes, ...]
    share: float | None

    @property
    def name(self) -> str:
        """As its file is called; in the order of the names they are in that of the input."""
        return part_name(self.piece, self.number)


def part_name(piece: int, number: int) -> str:
    """How the file of a part is called; what an audit wrote is no input where it lies beside one."""
    return f"part-{piece:05}-{number:05}.audited.parquet"


def pieces_of(read: Sequence[Begun], selection: Selection, *, count: Count) -> list[Piece]:
    """What each task reads. `count` says how many rows sources have whose files do not tell.

    Where rows are chosen with regard to those before them, one task reads everything.
    """
    if selection.where is not None or selection.sample is not None or selection.limit is not None:
        return [Piece(0, tuple(read), selection)]
    groups = [None if begun.groups is None else begun.groups() for begun in read]
    # The rows of the last source come before no others: nobody has to know how many they are.
    unknown = [begun for begun, known in zip(read[:-1], groups, strict=False) if known is None]
    counted = iter(count(unknown) if unknown else ())
    rows = [next(counted, 0) if known is None else sum(known) for known in groups]
    sizes = [begun.source.size for begun in read]
    total = sum(size for size in sizes if size is not None) if None not in sizes else None
    firsts = accumulate(rows, initial=0)
    pieces = _joined(
        replace(piece, share=_share(piece, begun.source.size, total))
        for begun, known, first in zip(read, groups, firsts, strict=False)
        for piece in _of_source(begun, known, first, selection)
    )
    return [replace(piece, number=number) for number, piece in enumerate(pieces)]


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, but small files that follow one another in one: a part may hold rows of several."""
    held: Piece | None = None
    for piece in pieces:
        if held is None:
            held = piece
        elif _size(held) + _size(piece) <= SMALL:
            share = None if held.share is None or piece.share is None else held.share + piece.share
            held = replace(held, read=(*held.read, *piece.read), share=share)
        else:
            yield held
            held = piece
    if held is not None:
        yield held


def _size(piece: Piece) -> float:
    """In bytes, of files; endless where that is not known, and where it is not all of a file."""
    sizes = [begun.source.size for begun in piece.read]
    if None in sizes or any(begun.is_cut for begun in piece.read):
        return inf
    return sum(size for size in sizes if size is not None)


def _share(piece: Piece, size: int | None, total: int | None) -> float | None:
    return piece.share * size / total if piece.share is not None and size is not None and total else None


def _of_source(
    begun: Begun, groups: Sequence[int] | None, first_row: int, selection: Selection
) -> Iterator[Piece]:
    """The source as a whole, or runs of its groups of rows, each with its share of the source."""
    if groups is None or begun.of_groups is None or sum(groups) <= ROWS:
        yield Piece(0, (begun,), selection, first_row)
        return
    before = 0
    for run in _runs(groups):
        rows = sum(groups[group] for group in run)
        only = replace(begun, chunks=partial(begun.of_groups, run), is_cut=True)
        yield Piece(0, (only,), selection, first_row + before, before + 1, rows / sum(groups))
        before += rows


def _runs(groups: Sequence[int]) -> Iterator[list[int]]:
    """Neighbouring groups that together have enough rows."""
    run, rows = list[int](), 0
    for group, held in enumerate(groups):
        run.append(group)
        rows += held
        if rows >= ROWS:
            yield run
            run, rows = [], 0
    if run:
        yield run


def parts_of(piece: Piece, examples: int, *, finished: Set[str], alone: bool) -> Iterator[Part]:
    """The parts of a piece, of about so many examples each; what is `finished` without its windows."""
    behind = 0.0
    for number, windows in enumerate(_cut(piece.windows(alone=alone), examples)):
        fraction = windows[-1].fraction
        share = None if fraction is None or piece.share is None else piece.share * (fraction - behind)
        behind = fraction or 0.0
        is_finished = part_name(piece.number, number) in finished
        yield Part(piece.number, number, () if is_finished else tuple(map(pickle.dumps, windows)), share)


def _cut(windows: Iterable[Window], examples: int) -> Iterator[list[Window]]:
    """Runs of windows; neighbouring responses to one question stay in one, unless that grows large."""
    held, size, weight = list[Window](), 0, 0
    for window in windows:
        full = size >= examples and not (size < 2 * examples and _goes_on(held[-1], window))
        if held and (full or weight >= BYTES):
            yield held
            held, size, weight = [], 0, 0
        held.append(window)
        size += len(window.examples)
        weight += sum(len(example.response or "") for example in window.examples)
    if held:
        yield held


def _goes_on(window: Window, following: Window) -> bool:
    """Whether the first example of a window answers the question of the last one before it."""
    if not window.examples or not following.examples:
        return False
    question = window.examples[-1].question
    return bool(question) and question == following.examples[0].question
