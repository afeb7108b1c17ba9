"""`tinyv formats`: which row formats are recognised; as JSON also where the fields of each stand."""

from dataclasses import asdict

from tinyv_cli.cli import options


def formats(json: options.Json = False) -> None:
    """The row formats that are recognised; --format of audit, eval and golds takes their names.

    Examples:
    tinyv formats
    tinyv formats --json
    """
    from rich.table import Table

    from tinyv_cli.console import out, print_json
    from tinyv_cli.sources.dialects import DIALECTS

    if json:
        print_json([asdict(dialect) for dialect in DIALECTS])
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("format", no_wrap=True, style="bold")
    table.add_column("what it is")
    for each in DIALECTS:
        table.add_row(each.name, each.about)
    out().print(table)
