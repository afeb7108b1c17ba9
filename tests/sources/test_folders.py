"""Which files are meant by a folder, a pattern and by names that overlap."""

from pathlib import Path

import pytest

from tinyv_cli.errors import SourceError
from tinyv_cli.sources import open_sources
from tinyv_cli.sources.urls import expanded

FILES = (
    "steps/10.jsonl",
    "steps/9.jsonl",
    "steps/deep/er/a.parquet",
    "steps/deep/b.CSV.GZ",
    "steps/.hidden.jsonl",
    "steps/.git/c.jsonl",
    "steps/_logs/d.jsonl",
    "steps/_SUCCESS",
    "steps/notes.md",
    "steps/dataset_infos.json",
    "steps/9.audited.parquet",
    "saved/state.json",
    "saved/data-00000-of-00001.arrow",
    "empty/readme.txt",
    "odd/a[1].jsonl",
)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that hold something, in the current folder."""
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}\n")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("spec", "names"),
    [
        ("steps", ["steps/9.jsonl", "steps/10.jsonl", "steps/deep/b.CSV.GZ", "steps/deep/er/a.parquet"]),
        ("steps/*.jsonl", ["steps/9.jsonl", "steps/10.jsonl"]),
        ("*/*.parquet", ["steps/9.audited.parquet"]),
        ("**/a.parquet", ["steps/deep/er/a.parquet"]),
        ("saved", ["saved"]),
        ("odd/a[1].jsonl", ["odd/a[1].jsonl"]),
        ("odd/a[[]?[]].jsonl", ["odd/a[1].jsonl"]),
        ("steps/9.jsonl", ["steps/9.jsonl"]),
        ("nosuch*.jsonl", ["nosuch*.jsonl"]),
        ("nosuch", ["nosuch"]),
    ],
)
def test_expanded(spec: str, names: list[str]) -> None:
    """Data files of a folder and its folders, 9 before 10; no hidden ones, no earlier output, no notes."""
    assert expanded(spec) == names


def test_folder_without_data() -> None:
    """A folder in which there is nothing to read says what could be read."""
    with pytest.raises(
        SourceError, match=r"empty: a folder that holds no .* no data files; these are \.parquet"
    ):
        expanded("empty")


def test_a_link_that_leads_back() -> None:
    """A link to a folder is not followed: it may lead in a circle. A link to a file is."""
    Path("odd/up").symlink_to("..")
    Path("odd/link.jsonl").symlink_to("../steps/9.jsonl")
    assert expanded("odd") == ["odd/a[1].jsonl", "odd/link.jsonl"]


def test_each_file_once() -> None:
    """However often a file is meant, by whatever name, it is read once, where it came first."""
    Path("odd/link.jsonl").symlink_to("../steps/9.jsonl")
    sources = open_sources(["steps/9.jsonl", "steps/*.jsonl", "./steps/9.jsonl", "odd", "steps/10.jsonl"])
    assert [source.name for source in sources] == ["steps/9.jsonl", "steps/10.jsonl", "odd/a[1].jsonl"]


@pytest.mark.parametrize(
    ("spec", "stem"), [("steps", "steps"), ("steps/deep/", "deep"), ("steps/*.jsonl", "9"), (".", None)]
)
def test_stem(spec: str, stem: str | None) -> None:
    """An output is named after the folder; after the first file of a pattern, as if a shell had done it."""
    Path("saved/state.json").unlink()
    assert open_sources([spec])[0].stem == (stem or Path.cwd().name)


def test_pattern_that_nothing_matches() -> None:
    """A pattern without files is no such file."""
    with pytest.raises(SourceError, match=r"nosuch\*\.jsonl: no such file"):
        open_sources(["nosuch*.jsonl"])
