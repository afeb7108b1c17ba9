"""Tables as Markdown: what a reader of it sees is the text, whatever stands in it."""

from io import StringIO

import pytest
from rich.console import Console

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
