"""The folder of parts: whose it is, what is finished, what is put there."""

import json
from pathlib import Path

import pytest

from tinyv_cli.errors import SinkError
from tinyv_cli.scale.folder import JOB, MANIFEST, Folder, prepare
from tinyv_cli.scale.pieces import part_name

MINE, OTHER = {"threshold": 0.5, "rule": "exact"}, {"threshold": 0.6, "rule": "exact"}
FIRST = part_name(0, 0)


def begun(folder: Path, job: dict[str, object] = MINE, **leave: bool) -> Folder:
    """The folder, prepared for a job."""
    made = Folder.at(folder)
    prepare(made, job, **{"overwrite": False, "is_default": False, **leave})
    return made


@pytest.fixture
def used(tmp_path: Path) -> Path:
    """A folder in which a job has finished a part."""
    folder = tmp_path / "out with a space, 100%"
    begun(folder)
    (folder / FIRST).write_bytes(b"part")
    (folder / f".{FIRST}.1234.tinyv-part").write_bytes(b"pa")
    return folder


def test_the_same_job_goes_on(used: Path) -> None:
    """What killed runs have left unfinished is neither a part nor in the way."""
    assert begun(used).parts() == [FIRST]


@pytest.mark.parametrize("leave", [{"overwrite": True}, {"is_default": True}])
def test_another_job(used: Path, leave: dict[str, bool]) -> None:
    """It says in what it differs, and replaces the parts only with leave."""
    with pytest.raises(SinkError, match=r"holds the parts of another job \(another threshold\)"):
        begun(used, OTHER)
    assert begun(used, OTHER, **leave).parts() == []


def test_it_begins_anew_with_leave_to_overwrite(used: Path) -> None:
    """Also where it is the same job."""
    assert begun(used, overwrite=True).parts() == []


def test_what_is_whole(tmp_path: Path) -> None:
    """A job without parts is not finished; one that has lost a part is so no longer."""
    folder = begun(tmp_path / "out")
    assert not folder.finish() and not folder.is_whole()
    folder.write(MANIFEST, {"parts": [{"file": FIRST}]})
    assert not folder.is_whole()
    (tmp_path / "out" / FIRST).write_bytes(b"part")
    assert folder.is_whole()


def test_a_folder_with_other_things(used: Path) -> None:
    """Nothing of others is ever removed."""
    (used / "thesis.tex").write_text("…")
    with pytest.raises(SinkError, match=r"holds other things \(thesis.tex\)"):
        begun(used, overwrite=True)


def test_a_file_in_its_place(tmp_path: Path) -> None:
    """That is said in one line."""
    (tmp_path / "file").write_text("…")
    with pytest.raises(SinkError, match="cannot be used"):
        begun(tmp_path / "file")


@pytest.mark.parametrize("spelled", ["file:/{}", "file://{}"])
def test_behind_a_url(tmp_path: Path, spelled: str) -> None:
    """A file is put there whole; a path has lost one of the slashes of the URL."""
    folder = Folder.at(Path(spelled.format(tmp_path)))
    prepare(folder, MINE, overwrite=False, is_default=False)
    with folder.place(FIRST) as place:
        place.write_bytes(b"part")
        assert not (tmp_path / FIRST).exists()
    assert folder.is_remote and folder.parts() == [FIRST] and folder.read(JOB) == MINE
    with folder.fetched() as fetched:
        assert fetched != tmp_path and (fetched / FIRST).read_bytes() == b"part"


def test_what_is_written(tmp_path: Path) -> None:
    """JSON, which is there whole; what is not there is nothing."""
    folder = begun(tmp_path / "out")
    assert folder.read(MANIFEST) is None
    folder.write(MANIFEST, {"examples": 3})
    assert json.loads((tmp_path / "out" / MANIFEST).read_text()) == {"examples": 3}
