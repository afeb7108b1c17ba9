"""`tinyv check`: one example through all stages, explained."""

import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tinyv_cli import words
from tinyv_cli.cli import options
from tinyv_cli.cli.panels import panel, read_calibrations, ready_stages
from tinyv_cli.cli.stages import planned
from tinyv_cli.errors import SourceError, UsageError
from tinyv_cli.records import NOT_ASKED, Example, Judged, ModelResult, RuleResult, Shown
from tinyv_cli.taxonomy import LEAF_NAMES
from tinyv_cli.words import Agree

if TYPE_CHECKING:
    from tinyv_cli.stages import Stages
    from tinyv_cli.verdicts import Deciding

CHECK_VERSION = 2
AGREEMENT = {Agree.ALL: "correct if all say so", Agree.ANY: "correct if any says so"}
EXIT_CODES = {"correct": 0, "incorrect": 1, "undecided": 3}


@dataclass(frozen=True, slots=True)
class Pair:
    """What is judged."""

    gold: Annotated[
        list[str],
        options.option(
            options.FIELDS,
            "--gold",
            "-g",
            metavar="TEXT",
            help="The gold answer; given more than once, any of them counts.",
        ),
    ]
    question: Annotated[
        str, options.option(options.FIELDS, "--question", "-q", metavar="TEXT", help="The question.")
    ] = ""


def check(
    response: Annotated[
        str,
        typer.Argument(
            metavar="RESPONSE",
            help="The response, or just its answer, behind -- if it begins with -; - reads standard input.",
        ),
    ],
    pair: Pair,
    verifiers: options.Judges,
    caching: options.Caching,
    json: options.Json = False,
) -> int:
    """Judge one response and say why.

    Exit code: 0 correct, 1 incorrect, 3 undecided, 2 usage.

    Examples:
    tinyv check -q "Solve x^2-5x+6=0" -g "\\{2,3\\}" "x=2 or x=3"
    tinyv check -g -3 -- "-3"
    """
    from tinyv_cli.console import note, print_json

    run = planned(verifiers, caching, say=note)
    check_rules(run.rules)
    calibrations, choice = read_calibrations(verifiers.calibration), run.choose_models()
    text = _standard_input() if response == "-" else response
    golds = tuple(dict.fromkeys(filter(None, (_clean(gold).strip() for gold in pair.gold))))
    example = Example(row=0, rollout=0, question=_clean(pair.question), golds=golds, response=_clean(text))
    with run.opened() as opened, choice.opened() as models:
        asked = panel(run, models, calibrations, opened.cache, in_turn=choice.in_turn, agree=verifiers.agree)
        judged, seconds = _timed(example, ready_stages(run, opened, asked, verifiers))
    described = asked.described or [{"name": words.NONE}]
    explained = _Explained(judged, run.rules, described, asked.deciding, seconds)
    if json:
        print_json(explained.as_json())
    else:
        explained.show()
    return EXIT_CODES[judged.verdict]


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode()
    except UnicodeDecodeError as error:
        raise SourceError("standard input: not valid UTF-8; convert the response to UTF-8") from error


def _clean(text: str) -> str:
    """The text, in which what came as bytes that are no UTF-8 is question marks."""
    return text.encode("utf-8", "replace").decode()


def check_rules(rules: list[str]) -> None:
    """Raise UsageError for rules that cannot judge an example that stands in no file."""
    from tinyv_cli.rules import recorded_fields, rule_columns

    rule_columns(rules)  # none is given twice
    for field in recorded_fields(rules):
        raise UsageError(
            f"the rule 'column:{field}' reads a verdict from a file; for one example name another --rule"
        )


def _timed(example: Example, stages: "Stages") -> tuple[Judged, float]:
    """What is found of the example, and in how many seconds."""
    from tinyv_cli.pipeline import judge_windows
    from tinyv_cli.stages import Batch

    started = time.perf_counter()
    [(_, [judged])] = judge_windows([Batch([example])], stages)
    return judged, time.perf_counter() - started


@dataclass(frozen=True, slots=True)
class _Explained:
    """What was found of the example, by which rules and models, and in how many seconds."""

    judged: Judged
    rules: list[str]
    models: list[dict[str, Any]]
    deciding: "Deciding"
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        judged, models = self.judged, self.models
        return {
            "schema_version": CHECK_VERSION,
            "answer": judged.answer.text,
            "answer_how": judged.answer.how,
            "rule": judged.rule.outcome,
            "rule_reason": judged.rule.reason,
            "other_rules": {
                name: {"outcome": said.outcome, "reason": said.reason}
                for name, said in zip(self.rules[1:], judged.others, strict=True)
            },
            "proof": asdict(judged.shown.proof) | {"leaf": judged.shown.leaf} if judged.shown.proof else None,
            "proof_reason": judged.shown.reason,
            "disproof": judged.shown.disproof,
            "suspect": judged.suspect,
            "model": models[0]["name"],
            "calibration": models[0].get("calibration"),
            "p": judged.p,
            "model_reason": judged.reason,
            "reasoning": judged.reasoning,
            "other_models": list(map(self._other, range(1, len(models)))),
            **(self.deciding.described() if len(models) > 1 else {}),
            "settled_by": judged.settled_by if self.deciding.sure is not None else None,
            "verdict": judged.verdict,
            "evidence": judged.evidence,
            "false_negative": judged.false_negative,
            "category": judged.category,
            "lost_in": judged.lost_in,
            "seconds": round(self.seconds, 4),
        }

    def _other(self, number: int) -> dict[str, Any]:
        model = self.models[number]
        said = asdict(self.judged.opinion(number))
        return {"name": model["name"], "calibration": model.get("calibration"), **said}

    def show(self) -> None:
        """For people, on standard output."""
        from rich.table import Table
        from rich.text import Text

        from tinyv_cli.console import out

        table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
        table.add_column(style="bold", no_wrap=True)
        table.add_column(overflow="fold")
        for name, said in self._lines():
            table.add_row(Text(name), Text(said))
        out().print(table)

    def _lines(self) -> Iterator[tuple[str, str]]:
        from tinyv_cli.console import visible

        judged = self.judged
        settled = f", by the {judged.evidence}" if judged.evidence else ""
        sure = "proved" if judged.shown.proof else "likely"
        found = f"; a {sure} false negative of the rule" if judged.false_negative else ""
        yield "answer", f"{visible(judged.answer.text, 200)}  ({judged.answer.how})"
        for rule, result in zip(self.rules, (judged.rule, *judged.others), strict=True):
            yield f"rule {rule}", _said(result)
        yield from _shown(judged.shown)
        yield from self._models()
        yield "verdict", f"{judged.verdict}{settled}{found}"
        yield from _kind(judged)
        yield "time", f"{self.seconds:.2f} s"

    def _models(self) -> Iterator[tuple[str, str]]:
        from tinyv_cli.console import visible

        judged, deciding = self.judged, self.deciding
        opinions = judged.opinions or [ModelResult(None, judged.reason)] * len(self.models)
        for opinion, model in zip(opinions, self.models, strict=True):
            asked = judged.asked and opinion != NOT_ASKED
            calibrated = model.get("calibration", {}).get("maps_p", False)
            said = _heard(opinion, asked=asked, threshold=deciding.threshold, calibrated=calibrated)
            yield f"model {visible(model['name'], 40)}", said
            if opinion.reasoning is not None:
                yield "reasoning", visible(opinion.reasoning, 400)
        if deciding.sure is not None:
            yield (
                "in turn",
                f"a model settles what it is sure of (p of right or of wrong >= {deciding.sure:g})",
            )
        elif len(self.models) > 1:
            yield "agree", AGREEMENT[deciding.agree]


def _shown(shown: Shown) -> list[tuple[str, str]]:
    """A line for what was shown, or for a search that was broken off."""
    from tinyv_cli.console import visible

    if shown.suspect is not None:
        return [("suspect", visible(shown.suspect, 400))]
    if shown.sentence is not None:
        return [("proof" if shown.proof else "disproof", visible(shown.sentence, 400))]
    return [("proof", f"none found ({shown.reason})")] if shown.reason else []


def _kind(judged: Judged) -> list[tuple[str, str]]:
    """Of a false negative a line for its leaf of the taxonomy, and one for where the rule lost it."""
    leaf = judged.category
    kind = f"{leaf} {LEAF_NAMES[leaf]}" if leaf else "none of the taxonomy's"
    lost = [("lost in", judged.lost_in.value)] if judged.lost_in else []
    return [("kind", kind), *lost] if judged.false_negative else []


def _heard(opinion: ModelResult, *, asked: bool, threshold: float, calibrated: bool) -> str:
    silent, how = "undecided" if asked else "not asked", ", calibrated" if calibrated else ""
    said = silent if opinion.p is None else f"p = {opinion.p:.3f}{how}, threshold {threshold:g}"
    return f"{said} ({opinion.reason})" if opinion.reason else said


def _said(result: RuleResult) -> str:
    return f"{result.outcome} ({result.reason})" if result.reason else result.outcome.value
