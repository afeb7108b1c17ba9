"""The figures of golds: what they are by their schema, in words, and on a page."""

from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from rich.console import Console

from tests.pages import HOSTILE, PHONE, SHOWN, fetched_and_said, opened
from tests.schemas import check_all_is_said, valid
from tinyv_cli.errors import SinkError
from tinyv_cli.golds.agreement import find_outvoted, replies_noted
from tinyv_cli.golds.checks import Judges, check_golds
from tinyv_cli.golds.conflicts import find_conflicts
from tinyv_cli.golds.figures import GOLDS_VERSION, GoldFigures, gold_figures, gold_schema
from tinyv_cli.golds.ledger import opened_ledger
from tinyv_cli.golds.page import write_gold_page
from tinyv_cli.golds.settled import settled_notes
from tinyv_cli.golds.tables import gold_markdown, gold_tables
from tinyv_cli.golds.variants import try_variants
from tinyv_cli.proofs.backwards import variants
from tinyv_cli.proofs.policy import DEFAULT
from tinyv_cli.proofs.stage import proofs_for
from tinyv_cli.rules import opened_rule
from tinyv_cli.sources.explode import explode
from tinyv_cli.sources.mapping import Mapping
from tinyv_cli.sources.rows import DictRows

PLAIN = {
    *(
        "schema_version",
        "rule_name",
        "rows",
        "count",
        "share",
        "problems",
        "questions",
        "conflicts",
        "examples",
        "by",
        "groups",
        "column",
    ),
    *("question", "row", "gold", "other_row", "other_gold", "other_copies", "problem", "rule_reason"),
    *("undecided", "outvoted", "answer", "replies", "bad", "unusable", "to_look_at", "tried"),
    *("variant", "form", "rule", "value"),
}
ROWS = [
    *(("q", "2"), ("q", "3"), ("q", "2"), ("a half?", r"\frac{1}{2}"), ("p", "proof")),
    *((HOSTILE, HOSTILE), (HOSTILE, "other")),
]
REPLIES = [r"\boxed{7}"] * 4


@pytest.fixture(scope="module")
def judges() -> Iterator[Judges]:
    """The rule that compares texts, and proofs."""
    limits: Any = {"workers": 1, "timeout": 10.0, "memory": 4 << 30}
    with opened_rule("exact", **limits) as rule, proofs_for(DEFAULT, **limits) as prover:
        assert prover is not None
        yield Judges(rule, prover)


def figures_of(judges: Judges, rows: list[tuple[str, Any]]) -> GoldFigures:
    """The figures of rows with a question, a gold, replies and a group."""
    records = [
        {"question": question, "gold": gold, "replies": REPLIES, "source": HOSTILE} for question, gold in rows
    ]
    mapping = Mapping(question="question", gold="gold", response="replies", by="source")
    window = explode(DictRows(records), mapping, first_row=0)
    with opened_ledger(keep_rows=False) as ledger:
        for each in check_golds(replies_noted([window] if rows else [], ledger), judges):
            ledger.write(*each)
        ledger.close()
        found, outvoted = find_conflicts(ledger, judges, lambda *_: None), find_outvoted(ledger, judges)
        return gold_figures(
            settled_notes(ledger, found, outvoted),
            rule=HOSTILE,
            conflicts=found.figures,
            outvoted=outvoted.figures,
            variants=try_variants(ledger, judges, variants, lambda *_: None),
            by=HOSTILE,
        )


@pytest.fixture(scope="module")
def figures(judges: Judges) -> GoldFigures:
    """Figures in which there is something to say of everything."""
    return figures_of(judges, ROWS)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, figures: GoldFigures) -> Path:
    """Their page."""
    path = tmp_path_factory.mktemp("golds") / "golds.html"
    write_gold_page(path, replace(figures, file=HOSTILE), sources=[HOSTILE], overwrite=False)
    return path


def test_schema(judges: Judges, figures: GoldFigures) -> None:
    """Every figure is described, and of the kind that is described; of no rows as well."""
    for each in (figures, replace(figures, file="bad.parquet"), figures_of(judges, [])):
        assert valid(each, gold_schema())["schema_version"] == GOLDS_VERSION


def test_nothing_goes_unsaid() -> None:
    """What is printed is described whole, and no more than that is allowed."""
    check_all_is_said(gold_schema(), plain=PLAIN)


def test_told_alike(figures: GoldFigures) -> None:
    """Terminal and Markdown say the same, and nothing in a text acts in either."""
    console = Console(file=StringIO(), width=120)
    console.print(gold_tables(figures))
    assert isinstance(console.file, StringIO)
    for text in (console.file.getvalue(), gold_markdown(figures)):
        for said in (
            "7 rows",
            "conflict",
            "commonest of each problem",
            "proof",
            "2 questions with a conflict, 1 of them a tie",
            "outvoted by the replies (3 of 4 questions)",
            "each proved to be equal",
            "with a name in front",
        ):
            assert said in text
        assert "\x1b" not in text
    assert "**sentinel**: 1 (14.3%)" in gold_markdown(figures)


def test_page(browser: Browser, file: Path) -> None:
    """The page fetches nothing, says the same, sets mathematics, and fits a phone."""
    assert fetched_and_said(browser, file) == ([file.as_uri()], [])
    page = opened(browser, file, width=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE
    assert "28.6%" in page.locator(".figures").inner_text()
    assert page.locator("table").count() == 6
    for place in ("title", ".lede", ".lines", "tbody td", "footer dd"):
        assert any(SHOWN[:20] in text for text in page.locator(place).all_text_contents()), place


def test_no_other_page_is_replaced(figures: GoldFigures, file: Path) -> None:
    """A page that is there stays, unless it may be overwritten."""
    with pytest.raises(SinkError, match="exists; choose another --html, or give --overwrite"):
        write_gold_page(file, figures, sources=["x"], overwrite=False)
