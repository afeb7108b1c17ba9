"""Which sources of a pool of rows are used, and what for.

That is decided by their licences, and by what is kept to measure with.

The pool is a table with the columns source, question, gold, response, label, license (see README.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from training.groups import share_of

# Questions and golds from which answers are generated.
GOLDS = (
    "cmath_zh",
    "college_math",
    "college_math_train",
    "dapo_math_17k",
    "deepmind_mathematics",
    "deepscaler_40k",
    "gaokao2023_en",
    "gsm8k_train",
    "hardmath_mini",
    "math_train",
    "mathbench_primary_cloze",
    "olympiadbench_en",
    "scibench",
    "svamp",
    "tinyv_bigmath_hard",
    "agieval_gaokao_cloze_zh",
)
# Labelled outputs of models.
OUTPUTS = (
    "evouna_other",
    "gsm8k_openai_solutions",
    "hardmath_nondim_numeric",
    "mathcoder_gsm8k",
    "mathcoder_math",
    "mathcoder_mathematics",
    "mathcoder_minival",
    "mathcoder_simuleq",
    "mathcoder_svamp",
    "openmathinstruct2_sample",
    "qwen25math_rm_example",
    "tora_gsm8k",
)
# Labelled outputs that no training sees: whole sources, to measure with.
HELD_OUT = ("theoremqa_outputs", "hardmath_nondim_symbolic")

# Rows of any source are left out under a licence that says one of these.
EXCLUDED = ("NonCommercial", "Non-Commercial", "-NC", "NC-", "copyright", "problems (c)")


@dataclass(frozen=True, slots=True)
class Row:
    """A question and its gold; with an output of a model and its label, if there is one."""

    source: str
    question: str
    gold: str
    response: str | None = None
    correct: bool | None = None


def rows(pool: Path, sources: tuple[str, ...], *, labelled: bool) -> Iterator[Row]:
    """The rows of these sources that may be used, in the order of the file."""
    wanted = pl.col("source").is_in(sources) & pl.col("gold").str.strip_chars().ne("")
    for words in EXCLUDED:
        wanted &= ~pl.col("license").fill_null("").str.contains(words, literal=True)
    if labelled:
        wanted &= pl.col("label").is_not_null() & pl.col("response").is_not_null()
    columns = ["source", "question", "gold", "response", "label"]
    for row in pl.scan_parquet(pool).filter(wanted).select(columns).collect().iter_rows():
        yield Row(row[0], row[1] or "", row[2].strip(), row[3], row[4])


def for_training(pool: Path, sources: tuple[str, ...], *, labelled: bool) -> Iterator[Row]:
    """The rows of these sources whose questions do not occur in those that are held out."""
    kept_apart = {share_of(row.question) for row in rows(pool, HELD_OUT, labelled=False)}
    return (row for row in rows(pool, sources, labelled=labelled) if share_of(row.question) not in kept_apart)


def questions(path: Path) -> list[str]:
    """The questions of a table."""
    return pl.scan_parquet(path).select(pl.col("question").fill_null("")).collect().to_series().to_list()
