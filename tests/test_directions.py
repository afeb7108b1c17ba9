"""Who may import whom, read from the source: the directions that the design demands."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import tinyv_cli

PACKAGE = "tinyv_cli"
ROOT = Path(tinyv_cli.__file__).parent
STAGES = ("sources", "rules", "proofs", "models", "findings", "guards", "answers")

# The imports between stages that there are, each with its reason. A new one has to be argued for here.
EXCEPTIONS = {
    ("sources.explode", "answers"): "a gold that is a worked solution marks its answer as a response does",
}


def module_name(path: Path) -> str:
    """`tinyv_cli/rules/pool.py` is `rules.pool`; a package is named without its `__init__`."""
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
            # `from tinyv_cli.rules import pool` names a module, `… import opened_rule` only the package
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                is_module = inner.removeprefix(f"{PACKAGE}.") in SOURCES
                named.add(inner if is_module else str(node.module))
    ours = {name for name in named if name == PACKAGE or name.startswith(f"{PACKAGE}.")}
    return {name.removeprefix(PACKAGE).removeprefix(".") for name in ours}


IMPORTS = {name: imported(ast.parse(path.read_text("utf-8"))) for name, path in SOURCES.items()}
PAIRS = sorted((importer, name) for importer, names in IMPORTS.items() for name in names)


def room(module: str) -> str:
    """The top-level module or folder that a module stands in."""
    return module.split(".")[0]


def test_the_sources_are_seen() -> None:
    """The test reads what it should: all modules, and imports of every kind."""
    assert {*STAGES, "pipeline", "cli.app", "__main__", ""} <= set(IMPORTS)
    assert ("cli.audit", "pipeline") in PAIRS  # inside a function
    assert ("rules", "rules.math_verify") in PAIRS  # a module named after `import`
    assert all(name in SOURCES for _, name in PAIRS)


@pytest.mark.parametrize(("importer", "name"), PAIRS)
def test_nothing_imports_the_command_line(importer: str, name: str) -> None:
    """The command line wires the others together; only `__main__` and itself may know it."""
    assert room(name) != "cli" or room(importer) in {"cli", "__main__"}


@pytest.mark.parametrize(("importer", "name"), [pair for pair in PAIRS if room(pair[0]) in STAGES])
def test_stages_know_nothing_of_each_other(importer: str, name: str) -> None:
    """A stage imports the records and its helpers, but no other stage, no sink and not the pipeline."""
    if (importer, name) not in EXCEPTIONS:
        others = {*STAGES, "taxonomy", "pipeline", "golds", "sinks", "provenance", "progress"} - {
            room(importer)
        }
        assert room(name) not in others


@pytest.mark.parametrize("exception", EXCEPTIONS)
def test_exceptions_are_needed(exception: tuple[str, str]) -> None:
    """An exception that nobody makes use of any more is struck off."""
    assert exception in PAIRS


def test_the_pipeline_receives_its_stages() -> None:
    """The pipeline knows the whole way and imports no station of it."""
    assert {room(name) for name in IMPORTS["pipeline"]} <= {"records", "ahead"}


def test_the_taxonomy_reads_as_the_proofs_do() -> None:
    """What guesses a leaf reads answers by what proofs read them by, and knows nothing else."""
    names = {room(name) for module in SOURCES if room(module) == "taxonomy" for name in IMPORTS[module]}
    assert names == {"taxonomy", "proofs"}


@pytest.mark.parametrize("module", ["records", "errors", "words", "cores", "disk", "normalising"])
def test_words_stand_alone(module: str) -> None:
    """What everybody imports imports nothing of ours."""
    assert IMPORTS[module] == set()


def test_findings_need_no_model() -> None:
    """A report is made from the written file alone: by no rule, no model, no source."""
    names = {room(name) for module in SOURCES if room(module) == "findings" for name in IMPORTS[module]}
    assert names <= {
        "findings",
        "audited",
        "calibration",
        "console",
        "errors",
        "kinds",
        "places",
        "records",
        "words",
    }


def test_no_cycles() -> None:
    """No module imports itself by way of others, not even inside a function."""
    try:
        order = list(TopologicalSorter(IMPORTS).static_order())
    except CycleError as error:
        pytest.fail(f"these import each other in a circle: {' -> '.join(error.args[1])}")
    assert set(order) == set(SOURCES)
