"""A benchmark of one's own for verifiers, as HardVerify-Math is one (arXiv 2505.14625): pairs to tell apart.

Of each question that has both: a right answer that the audited rule did not accept, and a wrong one. What is
right and wrong is known, from whom stands beside it; `tinyv eval` reads it as it is.
"""

from collections.abc import Iterator

import polars as pl
import pyarrow as pa

from tinyv_cli.exports.known import is_known
from tinyv_cli.exports.request import Request, lines_at
from tinyv_cli.figures.queries import ACCEPTED, CORRECT, PLACE, QUESTION, by_turns, with_places

COLUMNS = {
    "question": pl.col("question"),
    "gold": pl.col("gold"),
    "response": pl.col("response"),
    "answer": pl.col("answer"),
    "label": pl.col("verdict") == "correct",
    "rule": pl.col("rule"),
    "kind": pl.col("kind"),
    "source": pl.col("source"),
    "evidence": pl.col("evidence"),
    "proof": pl.col("proof"),
    "pair": pl.col("pair"),
    "row": pl.col("row"),
    "rollout": pl.col("rollout"),
}
READ = ("question", "gold", "response", "answer", "verdict", "rule", "evidence", "proof")


def benchmark(request: Request) -> Iterator[pa.Table]:
    """The pairs, in the order of the input; with a limit as many of each kind and source, by turns."""
    chosen = _chosen(request)
    for lines in lines_at(request, chosen, *READ):
        yield lines.select(**COLUMNS).to_arrow()


def _chosen(request: Request) -> pl.DataFrame:
    """The examples of the pairs, by row and rollout, each with its pair, and the kind and source of that."""
    pairs = _pairs(request)
    most = len(pairs) if request.limit is None else request.limit // 2
    taken = by_turns(pairs, "stratum", most).sort("place").with_row_index("pair", offset=1)
    both = [taken.select("pair", "kind", "source", place=pl.col(name)) for name in ("place", "wrong")]
    return with_places(pl.concat(both))


def _pairs(request: Request) -> pl.DataFrame:
    """Of each question the first right answer that the rule did not accept, and its first wrong one."""
    frame = request.frame
    there = pl.col("tinyv_answer").is_not_null() & pl.col("tinyv_gold").is_not_null()
    known = is_known(request) & there
    examples = request.audited.collect(
        frame.filter(known & ~(CORRECT & ACCEPTED)).select(
            QUESTION,
            place=PLACE,
            right=CORRECT,
            kind="tinyv_category",
            source=request.source,
        )
    ).sort("place")
    first = examples.unique(["question_key", "right"], keep="first", maintain_order=True)
    wrong = first.filter(~pl.col("right")).select("question_key", wrong="place")
    pairs = first.filter("right").join(wrong, on="question_key", maintain_order="left")
    kind, origin = (pl.col(name).fill_null("") for name in ("kind", "source"))
    return pairs.with_columns(stratum=pl.format("{}\x00{}", kind, origin))
