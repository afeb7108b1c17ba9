"""Tables as Markdown: what a reader of it sees is the text, whatever stands in it."""

from io import StringIO

import pytest
from rich.console import Console

from tinyv_cli.figures.series import Charts
from tinyv_cli.figures.sheets import Column, Lines, Sheet, as_markdown, as_rich

SHEET = Sheet(
    "what | was *found*",
    (Column("", number=True), Column("gold", literal=True), Column("said")),
    [("1", r"\frac{1}{2}", "a_b"), ("2", "|x|", "[link](x)")],
)


def test_markdown() -> None:
    """Titles, heads and cells in a table of GitHub's kind; numbers are set right."""
    assert as_markdown([Lines([("read", "5 rows"), ("by_it", "a|b")]), SHEET]) == (
        "- **read**: 5 rows\n"
        "- **by\\_it**: a\\|b\n"
        "\n"
        "### what \\| was \\*found\\*\n"
        "\n"
        "|  | gold | said |\n"
        "| --: | --- | --- |\n"
        "| 1 | `\\frac{1}{2}` | a\\_b |\n"
        "| 2 | <code>&#124;x&#124;</code> | \\[link\\](x) |\n"
    )


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("x", "`x`"),
        ("$x$ *y*", "`$x$ *y*`"),
        ("a`b", "``a`b``"),
        ("`a``", "``` `a`` ```"),
        ("", ""),
        (" ", ""),
        ("<script>", "`<script>`"),
        ("a|</code><script>", "<code>a&#124;&#60;&#47;code&#62;&#60;script&#62;</code>"),
    ],
)
def test_literal_text(text: str, cell: str) -> None:
    """Text of the data is code: it makes no emphasis, no link, no tag and no second cell."""
    sheet = Sheet("t", (Column("gold", literal=True),), [(text,)])
    assert as_markdown([sheet]).splitlines()[-1] == f"| {cell} |"


def test_terminal() -> None:
    """The same on a terminal, markup of rich's shown as it is."""
    console = Console(file=StringIO(), width=60)
    console.print(as_rich([SHEET, Sheet("next", (Column("[bold]"),), [("[red]x",)])]))
    assert isinstance(console.file, StringIO)
    shown = [line.rstrip() for line in console.file.getvalue().splitlines()]
    assert shown == [
        "what | was *found*",
        "   gold         said",
        r"1  \frac{1}{2}  a_b",
        "2  |x|          [link](x)",
        "",
        "next",
        "[bold]",
        "[red]x",
    ]


def test_text_is_cut_and_made_harmless() -> None:
    """Text of the data comes as it is: control characters are shown, and what is too long is cut off."""
    columns = (Column("gold", literal=True, most=6), Column("said"))
    sheet = Sheet("t", columns, [("a\x1b[31m", "x"), ("long enough", "y"), (None, "z")])
    assert as_markdown([sheet]).splitlines()[-3:] == [
        "| `a\\x1b…` | x |",
        "| `long …` | y |",
        "| `(none)` | z |",
    ]


def test_rows_with_a_heading() -> None:
    """A row of one cell is a heading, in the terminal and in Markdown."""
    sheet = Sheet(
        "t", (Column("a"), *(Column(name, number=True) for name in "bc")), [("x",), ("y", "1", "2")]
    )
    assert as_markdown([sheet]).splitlines()[-2:] == ["| **x** |  |  |", "| y | 1 | 2 |"]
    console = Console(file=StringIO(), width=60)
    console.print(as_rich([sheet]))
    assert isinstance(console.file, StringIO)
    assert [line.split() for line in console.file.getvalue().splitlines()[2:]] == [["x"], ["y", "1", "2"]]


def test_a_row_too_short() -> None:
    """A row that lacks a cell is a mistake, not a row with an empty one."""
    with pytest.raises(ValueError, match="zip"):
        as_markdown([Sheet("t", (Column("a"), Column("b"), Column("c")), [("1", "2")])])


def test_charts_are_for_pages() -> None:
    """Where nothing can be drawn they are left out, and no gap stays."""
    lines = Lines([("read", "5 rows")])
    assert as_markdown([lines, Charts([]), lines]) == "- **read**: 5 rows\n\n- **read**: 5 rows\n"
