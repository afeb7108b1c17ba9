"""JSON as Python writes it: with NaN and Infinity, which are no JSON, so that ijson refuses them."""

import re
from typing import BinaryIO

# A string, or the rest of one that began in an earlier piece, or one of the words.
_PART = re.compile(rb'"(?:[^"\\]|\\.)*+(?P<end>")?|-?(?:NaN|Infinity)', re.DOTALL)
_WORD_BEGUN = re.compile(rb"[-NaInfity]{1,9}\Z")


class WithoutNaN:
    """A stream of JSON in which these words, outside of strings, are null: a value that is missing."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._held, self._in_string = stream, b"", False

    def read(self, size: int = -1) -> bytes:
        """About so many bytes; none at the end alone."""
        while True:
            fresh = self._stream.read(size)
            piece = self._held + fresh
            whole = len(piece) - _unfinished(piece) if fresh else len(piece)
            self._held = piece[whole:]
            if whole or not fresh:
                return self._mended(piece[:whole])

    def _mended(self, piece: bytes) -> bytes:
        if not self._in_string:
            return _PART.sub(self._part, piece)
        return _PART.sub(self._part, b'"' + piece)[1:]

    def _part(self, found: re.Match[bytes]) -> bytes:
        is_string = found[0].startswith(b'"')
        self._in_string = is_string and found["end"] is None
        return found[0] if is_string else b"null"


def _unfinished(piece: bytes) -> int:
    """How many bytes at its end may go on in the next piece: of an escape, or of a word."""
    if piece.endswith(b"\\"):
        return (len(piece) - len(piece.rstrip(b"\\"))) % 2
    word = _WORD_BEGUN.search(piece, max(0, len(piece) - 9))
    return len(word[0]) if word else 0
