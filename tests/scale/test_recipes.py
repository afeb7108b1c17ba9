"""The recipes of docs/scale.md for schedulers that are not here, as far as they can be tried."""

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.conftest import REPOSITORY, SAMPLE, Tinyv
from tests.test_docs import in_shell

PAGE = (REPOSITORY / "docs" / "scale.md").read_text("utf-8")


def script(name: str) -> str:
    """The script of the page that holds these words."""
    scripts: list[str] = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    [found] = [each for each in scripts if name in each]
    return found


def test_an_array_of_slurm(tmp_path: Path, tinyv: Tinyv, environment: Mapping[str, str]) -> None:
    """Two of its tasks write what they should, and the report reads the folder."""
    shutil.copytree(SAMPLE, tmp_path / "rollouts", ignore=lambda *_: ["rollouts.jsonl"])
    (tmp_path / "out").mkdir()
    for task in ("1", "64"):
        slurm = {"SLURM_ARRAY_TASK_ID": task, "SLURM_CPUS_PER_TASK": "1", "TMPDIR": str(tmp_path)}
        done = in_shell(script("--array"), tmp_path, {**environment, **slurm})
        assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["1.parquet", "64.parquet"]
    assert tinyv("report", "out").returncode == 0


def test_jobs_of_hugging_face() -> None:
    """Their program knows the options, and the machine by its name."""
    hf = Path(sys.executable).parent / "hf"
    options = re.findall(r"--(?:detach|flavor|secrets|volume)\b|cpu-\w+", script("hf jobs run"))
    said = subprocess.run([str(hf), "jobs", "run", "--help"], capture_output=True, text=True, check=True)
    assert len(options) == 5 and set(options) <= set(re.findall(r"[\w-]+", said.stdout))
    subprocess.run([str(hf), "buckets", "sync", "--help"], capture_output=True, check=True)
