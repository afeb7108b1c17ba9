"""`tinyv config`: what holds, where it is from, and nothing secret."""

import json
from pathlib import Path

import pytest

from tests.conftest import Tinyv, write_lines
from tinyv_cli.settings import known_settings


def test_where_each_is_from(tinyv: Tinyv, tmp_path: Path) -> None:
    """A variable, a file with its key, or the default; as JSON too."""
    path = write_lines(
        tmp_path / "tinyv.toml", "threads = 3", "workers = 2", '[models."x.gguf"]', "think = true"
    )
    wide = {"COLUMNS": "300", "TINYV_WORKERS": "4", "TINYV_API_KEY": "pa55word", "TINYV_TREADS": "1"}
    done = tinyv("config", set=wide)
    lines = {line.split()[0]: " ".join(line.split()) for line in done.stdout.splitlines()}
    assert set(known_settings()) < set(lines)
    assert lines["workers"].startswith("workers 4 TINYV_WORKERS ")
    assert f"{path}:threads" in done.stdout.replace("\n", "")
    assert lines["batch_tokens"].startswith("batch_tokens 512 default ")
    assert lines["TINYV_API_KEY"].startswith("TINYV_API_KEY set, not shown ")
    assert 'think true [models."x.gguf"] for x.gguf' in " ".join(done.stdout.split())
    assert done.stderr == "TINYV_TREADS is no setting; did you mean 'TINYV_THREADS'?\n"
    data = json.loads(tinyv("config", "--json", set=wide).stdout)
    assert data["settings"]["threads"] == {"value": 3, "from": f"{path}:threads"}
    assert data["settings"]["prompt"] == {"value": None, "from": "default"}
    assert data["models"]["x.gguf"]["think"] is True
    assert data["secrets"]["TINYV_API_KEY"] is True
    assert "pa55word" not in done.stdout + done.stderr + json.dumps(data)


@pytest.mark.parametrize("command", [("config",), ("check", "-g", "5", "5"), ("cache", "info")])
def test_a_wrong_key(tinyv: Tinyv, tmp_path: Path, command: tuple[str, ...]) -> None:
    """Whatever reads settings says in one line which file and which key are wrong."""
    write_lines(tmp_path / "pyproject.toml", "[tool.tinyv]", "rule_time = 3")
    done = tinyv(*command, set={"TINYV_CACHE_DIR": ""})
    assert (done.returncode, done.stdout) == (2, "")
    assert "pyproject.toml: no setting is named 'rule_time'" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_help_does_not_depend_on_settings(tinyv: Tinyv, tmp_path: Path) -> None:
    """Help is there when settings are wrong."""
    write_lines(tmp_path / "tinyv.toml", "nonsense")
    assert tinyv("audit", "--help").returncode == 0


def test_an_option_comes_first(tinyv: Tinyv, tmp_path: Path) -> None:
    """Option before variable before file."""
    write_lines(tmp_path / "tinyv.toml", "model = 'none'", "rule = 'exact'")
    in_file = tinyv("check", "-g", "5", "5.0", "--proofs", "off")
    assert in_file.stdout.split()[4:6] == ["exact", "reject"] or "rule exact" in in_file.stdout
    variable = {"TINYV_RULE": "math-verify/default"}
    assert "rule math-verify/default" in tinyv("check", "-g", "5", "5", set=variable).stdout
    option = tinyv("check", "-g", "5", "5", "--rule", "math-verify", set=variable)
    assert "rule math-verify " in option.stdout
