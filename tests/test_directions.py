"""Who may import whom, read from the source: the directions that the design demands."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import tinyv_cli

PACKAGE = "tinyv_cli"
ROOT = Path(tinyv_cli.__file__).parent

# What each room, a folder or a module, may import of the others. Whoever wants more has to argue for it here.
MAY_IMPORT: dict[str, set[str]] = {
    "": {"verifier"},  # the package itself: its version, and what Python programs use of it
    # ground: words and failures import nothing of ours, records only what says which leaf is a proof's cause
    "errors": set(),
    "words": set(),
    # what is set for a machine; where the cache lies is such a thing, so `running` asks it
    "settings": {"errors", "words"},
    "taxonomy": set(),
    "records": {"taxonomy"},
    "console": set(),
    # how an answer is read; how work is done
    "maths": {"records"},
    "running": {"console", "errors", "records", "settings"},
    # the stages, which know nothing of each other
    "sources": {"errors", "maths", "records", "words"},
    "rules": {"", "errors", "maths", "records", "running", "words"},
    "proofs": {"", "errors", "maths", "records", "running", "taxonomy", "words"},
    "guards": {"maths", "records"},
    "models": {"", "console", "errors", "records", "running", "words"},
    # the way
    "verdicts": {"records", "words"},
    "stages": {"records", "running", "verdicts", "words"},
    "pipeline": {"records", "running", "stages", "verdicts"},
    # in the loop of a training: the stages in a process that others talk to, and what they talk to it with
    "resident": {"errors", "pipeline", "records", "settings", "sources", "stages", "words"},
    "verifier": {"resident", "settings", "words"},
    "integrations": {"resident", "verifier"},
    "serving": {"", "integrations", "resident", "verifier"},
    # what is written and read again, and what all features make of it
    "documents": {"", "errors", "proofs", "records", "rules", "running", "sources", "verdicts", "words"},
    "figures": {"console", "records", "running", "taxonomy"},
    # the features, which know nothing of each other
    "report": {"console", "documents", "errors", "figures", "records", "taxonomy", "words"},
    "forecast": {"figures", "pipeline", "records", "stages", "verdicts"},
    "golds": {"console", "documents", "figures", "maths", "records", "running", "sources", "stages"},
    "evaluation": {
        *("console", "documents", "errors", "figures", "guards", "maths", "models", "records"),
        *("running", "sources", "stages", "words"),
    },
    "review": {"console", "documents", "errors", "figures", "taxonomy"},
    "exports": {
        # how noisy a rule is are figures, with intervals as in reports
        *("", "console", "documents", "errors", "figures", "maths", "models", "records", "rules", "running"),
        *("sources", "words"),
    },
    # the same way on many machines; it is given its stages by the command line, as the pipeline is
    "scale": {
        *("", "documents", "errors", "pipeline", "records", "running", "sources", "stages", "words"),
    },
    # the edge; a run that cannot end by itself is ended here, and what it has not finished removed
    "__main__": {"cli", "console", "errors", "running", "settings"},
}
EVERYTHING = "cli"  # wires all others together


def module_name(path: Path) -> str:
    """`tinyv_cli/rules/stage.py` is `rules.stage`; a package is named without its `__init__`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


SOURCES = {module_name(path): path for path in sorted(ROOT.rglob("*.py"))}


def imported(tree: ast.AST) -> set[str]:
    """The modules of the package that a source imports, anywhere: at its top, in functions, for types."""
    named: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the direction"
            # `from tinyv_cli.rules import exact` names a module, `… import opened_rule` only the package
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                is_module = inner.removeprefix(f"{PACKAGE}.") in SOURCES
                named.add(inner if is_module else str(node.module))
    ours = {name for name in named if name == PACKAGE or name.startswith(f"{PACKAGE}.")}
    return {name.removeprefix(PACKAGE).removeprefix(".") for name in ours}


IMPORTS = {name: imported(ast.parse(path.read_text("utf-8"))) for name, path in SOURCES.items()}


def room(module: str) -> str:
    """The top-level module or folder that a module stands in."""
    return module.split(".")[0]


ARROWS = [
    (importer, name)
    for importer, names in IMPORTS.items()
    for name in sorted(names)
    if room(importer) != room(name)
]


def test_the_sources_are_seen() -> None:
    """The test reads what it should: all modules, and imports of every kind."""
    assert {*MAY_IMPORT, EVERYTHING} == {room(name) for name in SOURCES}
    assert ("cli.app", "") in ARROWS and ("__main__", "cli.app") in ARROWS  # the latter inside a function
    assert "rules.math_verify" in IMPORTS["rules"]  # a module named after `import`
    assert all(name in SOURCES for _, name in ARROWS)


def test_rooms_import_only_what_they_may() -> None:
    """Nothing imports the command line, stages and features know nothing of each other, and so on."""
    wrong = [
        f"{importer} imports {name}"
        for importer, name in ARROWS
        if room(importer) != EVERYTHING and room(name) not in MAY_IMPORT[room(importer)]
    ]
    assert wrong == []


def test_what_is_allowed_is_needed() -> None:
    """A permission that nobody makes use of any more is struck off."""
    used = {(room(importer), room(name)) for importer, name in ARROWS}
    assert [
        (who, whom) for who, rooms in MAY_IMPORT.items() for whom in rooms if (who, whom) not in used
    ] == []


@pytest.mark.parametrize("of", ["rooms", "modules"])
def test_no_cycles(of: str) -> None:
    """Nothing imports itself by way of others, not even inside a function."""
    graph: dict[str, set[str]] = {}
    for importer, names in IMPORTS.items():
        for name in names:
            ends = (room(importer), room(name)) if of == "rooms" else (importer, name)
            if ends[0] != ends[1]:
                graph.setdefault(ends[0], set()).add(ends[1])
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"these import each other in a circle: {' -> '.join(error.args[1])}")
