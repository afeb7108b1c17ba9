"""docs/training.md: its programs run, and what its configurations name is there."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.test_directions import SOURCES

PAGE = (REPOSITORY / "docs" / "training.md").read_text("utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
NAMED = re.findall(r"tinyv_cli\.(integrations\.\w+)(?:(?:[.:]| import )(\w+))?", PAGE)
NEED_THEIR_FRAMEWORK = {
    f"integrations.{name}"
    for name in ("verl_manager", "verifiers_judge", "skyrl", "inspect", "nemo_gym", "open_instruct")
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_programs(program: str, tmp_path: Path, environment: Mapping[str, str]) -> None:
    """Each as a script by itself, with time enough on a machine that is busy."""
    (tmp_path / "train.py").write_text(program)
    done = subprocess.run(
        [sys.executable, "train.py"],
        cwd=tmp_path,
        env={**environment, "TINYV_DEADLINE": "60"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("module", "name"), sorted(set(NAMED)))
def test_names(module: str, name: str) -> None:
    """What is named is there; of what cannot be imported without its framework, in its source."""
    assert find_spec(f"tinyv_cli.{module}") is not None
    if module in NEED_THEIR_FRAMEWORK:
        assert not name or re.search(
            rf"^(class|def) {name}\b", SOURCES[module].read_text("utf-8"), re.MULTILINE
        )
    else:
        assert not name or hasattr(import_module(f"tinyv_cli.{module}"), name)


def test_the_page_speaks_of_all() -> None:
    """Every adapter is on the page, and the TOML is one."""
    told = {module for module, _ in NAMED} | {"integrations.openrlhf"}
    assert told >= {name for name in SOURCES if name.startswith("integrations.")} - {"integrations.shared"}
    [toml] = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert tomllib.loads(toml)["env"]["taskset"]["task"]["judges"][0]["id"] == "decision"
