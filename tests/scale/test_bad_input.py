"""What `--ray` cannot do is said in one line, before anything is read or started."""

from importlib.util import find_spec

import pytest

from tests.conftest import SAMPLE, Tinyv

ROLLOUTS = str(SAMPLE / "rollouts.parquet")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-",), "standard input is here alone; name files"),
        ((ROLLOUTS, "--only", "rejected"), "leave out --only"),
        ((ROLLOUTS, "-o", "out.jsonl"), "out.jsonl: --ray writes a folder of Parquet files"),
        ((ROLLOUTS, "-o", "-"), "--ray writes a folder of Parquet files; name one with -o"),
        ((ROLLOUTS, "--html", "nowhere/page.html"), "the folder 'nowhere' does not exist"),
        ((ROLLOUTS, "--html", ROLLOUTS), "is one of the inputs"),
    ],
)
def test_what_only_one_machine_can_do(tinyv: Tinyv, arguments: tuple[str, ...], said: str) -> None:
    """Whether Ray is there or not."""
    done = tinyv("audit", *arguments, "--ray", "--model", "none")
    assert done.returncode == 2 and said in done.stderr and len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(find_spec("ray") is not None, reason="Ray is installed here")
def test_without_ray(tinyv: Tinyv) -> None:
    """The extra is named as it is installed."""
    done = tinyv("audit", ROLLOUTS, "--ray", "--model", "none")
    assert done.returncode == 2 and done.stderr.endswith('pip install "tinyv-cli[ray]"\n')
    assert len(done.stderr.splitlines()) == 1
