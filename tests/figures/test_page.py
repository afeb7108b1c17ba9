"""Where a page is written."""

import re
from pathlib import Path

import pytest

from tinyv_cli.errors import SinkError
from tinyv_cli.figures.page import write_page


def test_no_other_file_is_replaced(tmp_path: Path) -> None:
    """What is there stays unless --overwrite is given; nothing is left beside it."""
    path = tmp_path / "page.html"
    path.write_text("mine")
    with pytest.raises(
        SinkError, match=re.escape("page.html: exists; choose another --html, or give --overwrite")
    ):
        write_page(path, "<p>", overwrite=False)
    assert path.read_text() == "mine"
    write_page(path, "<p>é", overwrite=True)
    assert path.read_text("utf-8") == "<p>é"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "said"),
    [("no/page.html", "does not exist; make it first"), (".", "is a folder; name a file in it with --html")],
)
def test_places_without_room(tmp_path: Path, name: str, said: str) -> None:
    """A place where no file can be is said before anything is written."""
    with pytest.raises(SinkError, match=said):
        write_page(tmp_path / name, "<p>", overwrite=True)
