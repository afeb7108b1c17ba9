"""Of which answers it is known whether they are right: what may teach a verifier, or test a rule.

Known is what was said by hand, proved or refuted, and what the rule accepts with nothing that speaks
against it. What it rejects teaches nothing, as its mistakes are to be mended; nor do guards, as no model sees
what they refuse; and a model only where somebody says from which p on to believe it.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

import polars as pl

from tinyv_cli.exports.request import HAND, Line, Request, ours
from tinyv_cli.records import SHOWN_EQUAL, Evidence, Verdict

SETTLED = (HAND, *map(str, SHOWN_EQUAL), str(Evidence.DISPROOF))
LINE = (
    *("row", "rollout", "question", "gold", "answer", "rule", "verdict", "evidence", "proof", "p"),
    *("category", "suspect"),
)


def is_known(request: Request) -> pl.Expr:
    """Whether an example's verdict is known."""
    evidence, with_model = pl.col("tinyv_evidence"), request.with_model
    accepted = (evidence == str(Evidence.RULE)) & (pl.col("tinyv_rule") == "accept")
    known = evidence.is_in(SETTLED) | (accepted & pl.col("tinyv_suspect").is_null())
    if with_model is not None:
        p = request.audited.p.cast(pl.Float64).round(6)
        sure = (p >= with_model) | (p <= round(1 - with_model, 6))
        known |= (evidence == str(Evidence.MODEL)) & sure
    return known.fill_null(value=False)


def known_lines(request: Request) -> Iterator[list[Line]]:
    """What is known of examples with an answer, batch by batch: our columns, without their prefix."""
    columns = [f"tinyv_{name}" for name in LINE]
    opinions = [p for p, _ in request.audited.opinions]
    named = {name: pl.col(column) for name, column in zip(LINE, columns, strict=True)}
    wanted = is_known(request) & pl.col("tinyv_answer").is_not_null()
    for table in request.tables():
        lines = ours(table, dict.fromkeys([*columns, *opinions])).filter(wanted)
        yield lines.select(**named | {"p": request.audited.p}).to_dicts()


Pair = TypeVar("Pair", bound=Hashable)
Pairs = Callable[[Line], Iterable[Pair]]  # what of a line is to stand once, such as its gold and answer


def each_once(request: Request, pairs: Pairs[Pair]) -> Iterator[list[tuple[Pair, Line]]]:
    """The different pairs, batch by batch, each with the first line that tells what is known of it.

    What is said by hand comes before all else; a pair of which both is said is left out. All is read twice,
    and of each pair a hash is held.
    """
    said = _said(request, pairs)
    for lines in known_lines(request):
        batch = []
        for line in lines:
            for pair in pairs(line):
                if said.get(hash(pair)) == (_rank(line), line["verdict"]):
                    del said[hash(pair)]
                    batch.append((pair, line))
        yield batch


def _said(request: Request, pairs: Pairs[Pair]) -> dict[int, tuple[int, str | None]]:
    """What those of the highest rank say of each pair; None where they contradict each other."""
    said: dict[int, tuple[int, str | None]] = {}
    for lines in known_lines(request):
        for line in lines:
            rank, verdict = _rank(line), line["verdict"]
            for key in map(hash, pairs(line)):
                earlier, known = said.get(key, (-1, None))
                if rank > earlier:
                    said[key] = rank, verdict
                elif rank == earlier and verdict != known:
                    said[key] = rank, None
    return said


def _rank(line: Line) -> int:
    """A hand before proofs and the rule, and these before a model."""
    return {HAND: 2, Evidence.MODEL: 0}.get(line["evidence"], 1)


def is_right(line: Line) -> bool:
    """Whether the answer is right."""
    return bool(line["verdict"] == Verdict.CORRECT)
