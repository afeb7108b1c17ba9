"""What was audited, for people who were not there: which task, whose responses, and when."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

import polars as pl

from tinyv_cli.figures.orders import natural
from tinyv_cli.figures.queries import collect, values_at
from tinyv_cli.figures.records import record, told

# Where rows say it, the more particular first. Names of datasets and of models are short, and few in a file.
TASKS = ("task", "task_name", "benchmark", "eval_name", "dataset", "dataset_name", "data_source")
MODELS = ("model", "model_name", "model_id", "generator", "policy", "policy_model", "meta.model")
MOST_NAMES, MOST_CHARS = 3, 80
# lm-eval writes a folder for each model, and into it samples_TASK_TIME.jsonl.
LM_EVAL = re.compile(r"samples_(?P<task>.+)_\d{4}-\d\d-\d\dT[\d.:-]+")


@record
class About:
    """What was audited, as far as the rows and the names of their files say it."""

    task: str | None = told("What the questions are of.")
    model: str | None = told("Whose responses were audited.")
    date: str | None = told("When they were, in ISO 8601; null for files of earlier versions.")


def about(frame: pl.LazyFrame, metadata: Mapping[str, Any]) -> About:
    """The task and the model from the rows, or from how the files are named; the date from the audit."""
    files = [str(source["name"]) for source in metadata.get("sources") or []]
    named = [found for name in files if (found := LM_EVAL.search(PurePath(name).name))]
    tasks = [found["task"] for found in named] if len(named) == len(files) else []
    models = [PurePath(name).parent.name for name in files] if tasks else []
    return About(
        task=_listed(_said(frame, TASKS) or tasks),
        model=_listed(_said(frame, MODELS) or models),
        date=metadata.get("date"),
    )


def _said(frame: pl.LazyFrame, columns: Sequence[str]) -> list[str]:
    """The values of the first of these columns that holds a few names."""
    return next(_few_names(frame, columns), [])


def _few_names(frame: pl.LazyFrame, columns: Sequence[str]) -> Iterator[list[str]]:
    for column in columns:
        if (values := values_at(column, frame)) is None:
            continue
        names = collect(frame.select(name=values).drop_nulls().unique().head(MOST_NAMES + 1))[
            "name"
        ].to_list()
        if 0 < len(names) <= MOST_NAMES and all(0 < len(name) <= MOST_CHARS for name in names):
            yield names


def _listed(names: Sequence[str]) -> str | None:
    return ", ".join(sorted(dict.fromkeys(filter(None, names)), key=natural)) or None
