"""Settings: which file counts, what comes before what, and what is refused."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import write_lines
from tinyv_cli.errors import UsageError
from tinyv_cli.settings import ModelSettings, Settings, known_settings, misspelt, read_settings, variable_of
from tinyv_cli.words import Requantize, Switch

VALUES: dict[str, tuple[str, str, Any]] = {
    # what stands in a file, in a variable, and what it comes to
    "prompt": ("'tinyv-qwen3'", "tinyv-qwen3", "tinyv-qwen3"),
    "think": ("true", "yes", True),
    "requantize": ("'off'", "off", Requantize.OFF),
    "rule": ("['exact', 'mine.py:f@0.5']", "exact mine.py:f@0.5", ("exact", "mine.py:f@0.5")),
    "model": ("'none'", "none", ("none",)),
    "threshold": ("1", "1", 1.0),
    "sure": ("0.9", "0.9", 0.9),
    "workers": ("3", "3", 3),
    "rule_timeout": ("0.5", "0.5", 0.5),
    "rule_memory": ("512", "512", 512),
    "threads": ("2", "2", 2),
    "gpu_layers": ("'auto'", "auto", "auto"),
    "batch_tokens": ("64", "64", 64),
    "flash_attention": ("'on'", "on", Switch.ON),
    "concurrency": ("1", "1", 1),
    "deadline": ("2", "2", 2.0),
    "shadow": ("'/somewhere'", "/somewhere", Path("/somewhere")),
    "cache_dir": ("'/somewhere'", "/somewhere", Path("/somewhere")),
    "ray_address": ("'head:6379'", "head:6379", "head:6379"),
    "part_examples": ("100", "100", 100),
    "debug": ("true", "1", True),
}


def test_every_setting_is_tried() -> None:
    """The table above is whole."""
    assert set(VALUES) == set(known_settings())


@pytest.mark.parametrize("name", VALUES)
def test_from_a_file_and_from_a_variable(tmp_path: Path, name: str) -> None:
    """Both say the same, and where it is from is known."""
    in_file, in_variable, value = VALUES[name]
    path = write_lines(tmp_path / "tinyv.toml", f"{name} = {in_file}")
    of_file = read_settings({}, tmp_path)
    assert (getattr(of_file.settings, name), of_file.origins) == (value, {name: f"{path}:{name}"})
    of_variable = read_settings({variable_of(name): in_variable}, tmp_path / "elsewhere" / "..")
    assert (getattr(of_variable.settings, name), of_variable.origins) == (value, {name: variable_of(name)})


def test_without_any(tmp_path: Path) -> None:
    """The defaults hold, and a variable without a value is none."""
    found = read_settings({"TINYV_THREADS": ""}, tmp_path)
    assert (found.settings, found.origins) == (Settings(), {})


def test_the_nearest_file(tmp_path: Path) -> None:
    """Upwards, tinyv.toml before pyproject.toml, and a pyproject.toml of something else is passed over."""
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    write_lines(tmp_path / "pyproject.toml", "[tool.tinyv]", "threads = 1")
    write_lines(inner / "pyproject.toml", "[tool.other]", "threads = 9")
    assert read_settings({}, inner).settings.threads == 1
    write_lines(tmp_path / "tinyv.toml", "threads = 2")
    assert read_settings({}, inner).settings.threads == 2
    write_lines(tmp_path / "a" / "pyproject.toml", "[tool.tinyv]", "workers = 3")
    found = read_settings({}, inner).settings
    assert (found.threads, found.workers) == (None, 3), "files are not mixed"


def test_single_models(tmp_path: Path) -> None:
    """A table of a model says more than the file in general; a variable comes before both."""
    write_lines(
        tmp_path / "tinyv.toml",
        "prompt = 'tinyv'",
        "requantize = 'off'",
        '[models."hf:o/r:Q8_0"]',
        "prompt = 'tinyv-qwen3'",
        "think = true",
    )
    settings = read_settings({}, tmp_path).settings
    assert settings.for_model("hf:o/r:Q8_0") == ModelSettings("tinyv-qwen3", True, Requantize.OFF)
    assert settings.for_model("nano").prompt == "tinyv"
    named = read_settings({"TINYV_PROMPT": "tinyv"}, tmp_path).settings.for_model("hf:o/r:Q8_0")
    assert (named.prompt, named.think) == ("tinyv", True)


def test_a_folder_in_a_file(tmp_path: Path) -> None:
    """It is meant from where the file stands, wherever one works."""
    write_lines(tmp_path / "tinyv.toml", "cache_dir = 'kept'")
    (tmp_path / "deep").mkdir()
    assert read_settings({}, tmp_path / "deep").settings.cache_dir == tmp_path / "kept"
    assert read_settings({"TINYV_CACHE_DIR": "kept"}, tmp_path).settings.cache_dir == Path("kept")


def test_a_prompt_in_a_file(tmp_path: Path) -> None:
    """A file that is named in general or for one model, too; the names of prompts are no files."""
    write_lines(
        tmp_path / "tinyv.toml", "prompt = 'mine.txt'", "[models.x]", "prompt = 'x.txt'", "[models.y]"
    )
    settings = read_settings({}, tmp_path).settings
    found = [settings.prompt, *(settings.for_model(name).prompt for name in "xyz")]
    assert found == [str(tmp_path / name) for name in ("mine.txt", "x.txt", "mine.txt", "mine.txt")]
    assert read_settings({"TINYV_PROMPT": "mine.txt"}, tmp_path).settings.prompt == "mine.txt"
    assert read_settings({"TINYV_PROMPT": "annotator"}, tmp_path).settings.prompt == "annotator"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["thread = 4"], "no setting is named 'thread'; 'tinyv config' lists them; did you mean 'threads'?"),
        (["xyz = 4"], "no setting is named 'xyz'; 'tinyv config' lists them"),
        (["threads = 0"], "threads = 0: must be a whole number from 1 to 512"),
        (["threads = true"], "threads = True: must be a whole number from 1 to 512"),
        (["threads = '4'"], "threads = '4': must be a whole number from 1 to 512"),
        (["threads = 1000"], "threads = 1000: must be a whole number from 1 to 512"),
        (["batch_tokens = 4611686018427387904"], "must be a whole number from 64 to 65536"),
        (["gpu_layers = 2147483648"], "gpu_layers = 2147483648: must be auto or a whole number from 0 on"),
        (["rule_memory = 100"], "rule_memory = 100: must be a whole number from 256 on"),
        (["threshold = 1.5"], "threshold = 1.5: must be a number from 0 to 1"),
        (["threshold = nan"], "threshold = nan: must be a number from 0 to 1"),
        (["gpu_layers = -1"], "gpu_layers = -1: must be auto or a whole number from 0 on"),
        (["flash_attention = 'yes'"], "flash_attention = 'yes': must be one of auto, off, on"),
        (["prompt = 3"], "prompt = 3: must be one of tinyv, tinyv-qwen3, annotator, or a file"),
        (["debug = 1"], "debug = 1: must be true or false"),
        (["rule = []"], "rule = []: must be a name or a list of names"),
        (["cache_dir = ''"], "cache_dir = '': must be a text"),
        (["models = 3"], 'models holds tables, one a model: [models."NAME"]'),
        (["[models.nano]", "threads = 3"], "no setting is named 'models.\"nano\".threads'"),
        (["[models.nano]", "think = 3"], 'models."nano".think = 3: must be true or false'),
        (["threads"], "is no TOML"),
    ],
)
def test_refused(tmp_path: Path, lines: list[str], said: str) -> None:
    """The file and the key are named, and what would do."""
    path = write_lines(tmp_path / "tinyv.toml", *lines)
    with pytest.raises(UsageError) as refused:
        read_settings({}, tmp_path)
    assert str(refused.value).startswith(f"{path}: ") and said in str(refused.value)


@pytest.mark.parametrize(
    ("name", "text"), [("TINYV_THREADS", "four"), ("TINYV_DEBUG", "perhaps"), ("TINYV_THRESHOLD", "2")]
)
def test_refused_variables(tmp_path: Path, name: str, text: str) -> None:
    """The variable is named."""
    with pytest.raises(UsageError, match=f"^{name}={text}: must be "):
        read_settings({name: text}, tmp_path)


def test_variables_that_look_misspelt() -> None:
    """One that is near a setting's is told; others belong to whoever set them."""
    environment = {
        "TINYV_THREAD": "4",
        "TINYV_THREADS": "4",
        "TINYV_API_KEY": "s",
        "TINYV_XYZZY": "1",
        "HOME": "/",
    }
    assert misspelt(environment) == {"TINYV_THREAD": "; did you mean 'TINYV_THREADS'?"}
