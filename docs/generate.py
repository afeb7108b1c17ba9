"""What the documentation says of the code, made from the code.

A page holds blocks, each between `<!-- made: NAME -->` and `<!-- end -->`; what stands in one is made by the
function of that name. tests/test_docs.py compares.

    python -m docs.generate
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from typer.core import TyperArgument
from typer.main import get_command

from tests.test_directions import EVERYTHING, MAY_IMPORT
from tinyv_cli.cli.app import app
from tinyv_cli.cli.help import EXAMPLES
from tinyv_cli.documents.columns import COLUMNS, SETTLED_BY, opinion_columns
from tinyv_cli.evaluation.records import evaluation_schema
from tinyv_cli.golds.figures import gold_schema
from tinyv_cli.golds.ledger import COLUMNS as GOLD_COLUMNS
from tinyv_cli.proofs.leaves import known_steps
from tinyv_cli.report.against import comparison_schema
from tinyv_cli.report.summary import report_schema
from tinyv_cli.settings import Settings, known_settings, variable_of
from tinyv_cli.sources.dialects import DIALECTS
from tinyv_cli.taxonomy import CATEGORIES, LEAVES, Pair

DOCS = Path(__file__).parent
BLOCK = re.compile(r"(?P<begin><!-- made: (?P<name>\w+) -->\n).*?(?P<end><!-- end -->)", re.DOTALL)
CODE = re.compile(r"(`[^`]*`)")


def table(*columns: str, rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; cells may hold anything."""
    lines = [columns, ["---"] * len(columns), *([_cell(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(text: str) -> str:
    parts = CODE.split(" ".join(text.split()).replace("|", "\\|"))
    return "".join(part if part.startswith("`") else part.replace("<", "&lt;") for part in parts)


def code(text: str) -> str:
    """Text as it is typed; nothing for nothing."""
    return f"`{text}`" if text else ""


def commands() -> str:
    """Every command with its examples and all its options."""
    return "\n".join(_command("tinyv", get_command(app)))


def _command(path: str, command: Any) -> Iterator[str]:
    if path != "tinyv":
        about, _, examples = (command.help or "").partition(EXAMPLES)
        yield f"## {path}\n"
        yield "\n\n".join(" ".join(part.split()) for part in about.strip().split("\n\n")) + "\n"
        if lines := [line.strip() for line in examples.splitlines() if line.strip()]:
            yield "\n".join(["```sh", *lines, "```\n"])
        if parameters := [each for each in command.params if not getattr(each, "hidden", False)]:
            yield table("option", "what it does", "default", rows=map(_parameter, parameters))
    for name, each in getattr(command, "commands", {}).items():
        if not each.hidden:
            yield from _command(f"{path} {name}", each)


def _parameter(parameter: Any) -> tuple[str, str, str]:
    if isinstance(parameter, TyperArgument):
        name = code(parameter.metavar or parameter.name.upper())
    else:
        spelled = ", ".join([*sorted(parameter.opts, key=len), *parameter.secondary_opts])
        name = code(spelled if parameter.is_flag else f"{spelled} {parameter.metavar or ''}".strip())
    return name, parameter.help or "", _default(parameter)


def _default(parameter: Any) -> str:
    if isinstance(parameter.show_default, str):
        return parameter.show_default
    nothing = parameter.required or parameter.default in (None, False, "", [])
    return "" if nothing or not parameter.show_default else str(parameter.default)


def columns() -> str:
    """The columns of an annotated file."""
    return table("column", "type", "what it says", rows=map(_column, COLUMNS.items()))


def several_models_columns() -> str:
    """The columns that a run with several models has besides."""
    rows = map(_column, [*opinion_columns(2).items(), *SETTLED_BY.items()])
    return table("column", "type", "what it says", rows=rows)


def gold_columns() -> str:
    """The columns of a file of rows whose golds have a problem."""
    return table("column", "type", "what it says", rows=map(_column, GOLD_COLUMNS.items()))


def _column(named: tuple[str, Any]) -> tuple[str, str, str]:
    name, column = named
    return code(name), str(column.type), column.description


def formats() -> str:
    """The row formats, and where the fields of each stand."""
    rows = (
        (
            code(each.name),
            each.about,
            *(_paths(paths) for paths in (each.question, each.gold, each.response, each.verdicts)),
        )
        for each in DIALECTS
    )
    return table("format", "what it is", "question", "gold", "response", "recorded verdict", rows=rows)


def _paths(paths: Sequence[str]) -> str:
    return ", ".join(map(code, paths))


def taxonomy() -> str:
    """The leaves with the paper's shares, an example, and the steps of proofs that belong to each."""
    steps = known_steps()
    rows = (
        (
            leaf.id,
            leaf.name,
            f"{leaf.paper_percent:.2f}%",
            _pair(leaf.examples[0]),
            "; ".join(steps.get(leaf.id, [])),
        )
        for leaf in LEAVES
    )
    return table("leaf", "name", "share in the paper", "example", "what proofs know of it", rows=rows)


def _pair(pair: Pair) -> str:
    return f"{code(pair.gold)} → {code(pair.answer)}"


def taxonomy_categories() -> str:
    """The categories with the shares that the paper gives them, and those of their leaves together."""
    rows = (
        (
            category.number,
            category.name,
            f"{category.paper_percent:.2f}%",
            f"{sum(leaf.paper_percent for leaf in category.leaves):.2f}%",
        )
        for category in CATEGORIES
    )
    return table("category", "name", "share in the paper", "its leaves in the paper, together", rows=rows)


def settings() -> str:
    """The settings, each with its variable."""
    defaults = Settings()
    rows = (
        (
            code(name),
            code(variable_of(name)),
            about.what,
            about.kind.wanted,
            about.unset or _plain(getattr(defaults, name)),
        )
        for name, about in known_settings().items()
    )
    return table("key", "variable", "what it is", "value", "default", rows=rows)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def rooms() -> str:
    """The rooms of the source: what each is for, and which others it may import."""
    rows = ((code(room), _purpose(room), _whom(others)) for room, others in MAY_IMPORT.items() if room)
    everything = (code(EVERYTHING), _purpose(EVERYTHING), "all others")
    return table("room", "what it is for", "may import", rows=[*rows, everything])


def _purpose(room: str) -> str:
    return (import_module(f"tinyv_cli.{room}").__doc__ or "").strip().split("\n")[0]


def _whom(others: set[str]) -> str:
    return ", ".join(code(other) for other in sorted(others) if other) or "nothing of ours"


BLOCKS: dict[str, Callable[[], str]] = {
    function.__name__: function
    for function in (
        *(commands, columns, several_models_columns, gold_columns, formats),
        *(taxonomy, taxonomy_categories, settings, rooms),
    )
}
SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "report.schema.json": report_schema,
    "comparison.schema.json": comparison_schema,
    "evaluation.schema.json": evaluation_schema,
    "golds.schema.json": gold_schema,
}


def generated() -> dict[Path, str]:
    """Every page that holds a block, and every schema, as they should be."""
    pages = {path: path.read_text("utf-8") for path in sorted(DOCS.glob("*.md"))}
    filled = {
        path: BLOCK.sub(lambda block: f"{block['begin']}{BLOCKS[block['name']]()}{block['end']}", text)
        for path, text in pages.items()
        if BLOCK.search(text)
    }
    schemas = {
        DOCS / name: json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
        for name, schema in SCHEMAS.items()
    }
    return filled | schemas


def main() -> None:
    for path, text in generated().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
