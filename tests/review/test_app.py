"""The screen of review, driven by keys as a person would."""

import asyncio
from pathlib import Path

import pytest
from textual.widgets import Static

from tests.annotated import audited, example
from tests.review.test_queue import many
from tinyv_cli.documents.audited import Audited
from tinyv_cli.documents.labels import Label, labels_path, opened_labels, read_labels
from tinyv_cli.errors import SinkError
from tinyv_cli.review.app import ReviewApp
from tinyv_cli.review.queue import sampled, worst_first
from tinyv_cli.review.session import Item, Session

HOSTILE = "[bold]\x1b[31m\u202e[/] [link=http://x]"


@pytest.fixture
def file(tmp_path: Path) -> Audited:
    """Four flagged examples, in the order of their rows."""
    return audited(tmp_path, *(example(row, p) for row, p in enumerate((0.6, 0.7, 0.8, 0.9, 0.1))))


def session_of(
    file: Audited, *, reviewer: str = "anna", sample: int | None = None, until_width: float | None = None
) -> Session:
    """A session whose labels go to the file beside, from which it also goes on."""
    path = labels_path(file.files[0].path)

    def save(label: Label, item: Item) -> None:
        with opened_labels(path) as labels:
            labels.add(label, p=item.p, category=item.category)

    queue = worst_first(file) if sample is None else sampled(file, sample, seed=0)
    labels = read_labels(path) if path.exists() else []
    return Session(file, queue, labels, reviewer=reviewer, save=save, until_width=until_width)


def played(session: Session, *keys: str, size: tuple[int, int] = (80, 24)) -> dict[str, str]:
    """What the screen shows after these keys, by the names of its parts."""

    async def play() -> dict[str, str]:
        app = ReviewApp(session, "x.audited.parquet")
        async with app.run_test(size=size) as pilot:
            await pilot.press(*keys)
            await pilot.pause()
            return {
                name: str(app.query_one(query, Static).render())
                for name, query in (
                    ("status", "#status"),
                    ("question", "#asked Static"),
                    ("pair", "#pair Static"),
                    ("response", "#responded Static"),
                    ("finished", "#finished"),
                )
            }

    return asyncio.run(play())


def kept(file: Audited) -> list[Label]:
    return read_labels(labels_path(file.files[0].path))


def said(file: Audited) -> dict[int, bool | None]:
    return {label.place[0]: label.truth for label in kept(file)}


def test_keys(file: Audited) -> None:
    """Right, wrong and unsure are kept at once, a skipped one is not."""
    shown = played(session_of(file), "r", "w", "u", "s")
    assert said(file) == {0: True, 1: False, 2: None}
    assert "Everything was shown; 1 skipped" in shown["finished"]
    assert "1 right, 1 wrong, 1 unsure" in shown["status"]
    assert "precision of these: 50.0% (9.5% to 90.5%)" in shown["status"]


def test_back(file: Audited) -> None:
    """Back shows the one before with what was said; another key replaces that, and the way goes on."""
    shown = played(session_of(file), "r", "r", "b")
    assert "question 1" in shown["question"] and "you said: right" in shown["status"]
    shown = played(session_of(file), "b", "w")
    assert said(file) == {0: True, 1: False}
    assert "question 2" in shown["question"]
    assert "question 0" in played(session_of(file), "b", "b", "b")["question"]


def test_goes_on(file: Audited) -> None:
    """The next session begins behind the last label, and asks again about what was skipped."""
    played(session_of(file), "r", "s", "w")
    assert "question 1" in played(session_of(file))["question"]
    assert "question 3" in played(session_of(file), "r")["question"]


def test_reviewers_know_nothing_of_each_other(file: Audited) -> None:
    """Each is asked about everything, and sees figures of their own."""
    played(session_of(file), "r", "r", "r")
    shown = played(session_of(file, reviewer="bert"), "w")
    assert "1 of 4 labelled" in shown["status"] and "0 right, 1 wrong" in shown["status"]
    assert len(kept(file)) == 4


def test_quits(file: Audited) -> None:
    """q and Ctrl-C end it; keys behind them say nothing any more."""
    for key in ("q", "ctrl+c"):
        session = session_of(file)

        async def play(session: Session = session, key: str = key) -> int | None:
            app = ReviewApp(session, "x")
            async with app.run_test() as pilot:
                await pilot.press("s", key)
            return app.return_code

        assert asyncio.run(play()) == 0


def test_narrow_enough(tmp_path: Path) -> None:
    """Nothing more is asked once the interval is as narrow as wanted; one can still go back."""
    file = audited(tmp_path, *(example(row, 0.9) for row in range(100)))
    shown = played(session_of(file, until_width=0.3), *"r" * 20)
    assert "as narrow as you wanted" in shown["finished"]
    assert len(said(file)) == 9  # the first n for which Wilson's interval of n of n is narrower
    assert "you said: right" in played(session_of(file, until_width=0.3), "b")["status"]


def test_sample(tmp_path: Path) -> None:
    """A sample tells the share of all; what the stages said is hidden, so that it sways nobody."""
    file, right = many(tmp_path)
    session = session_of(file, sample=40)
    assert "found" not in played(session)["pair"]
    while session.item is not None:
        session.label(right[session.item.place[0]])
    progress = session.progress()
    assert progress.missed.value is not None and progress.precision.value is not None
    low, high = progress.rate.interval or (1, 0)
    assert low < sum(right.values()) / len(right) < high
    assert progress.missed.value < progress.precision.value
    assert "right of all rejected" in played(session)["status"]


def test_labels_of_before_count_in_a_sample(tmp_path: Path) -> None:
    """What was labelled without a sample, or in a smaller one, is not asked again, and gets its stratum."""
    file, _ = many(tmp_path)
    first = session_of(file)
    for _ in range(30):
        assert first.item is not None
        first.label(True)
    small = session_of(file, sample=40)
    done = small.progress().done
    assert done > 0
    while small.item is not None:
        small.label(False)
    large = session_of(file, sample=80)
    assert large.progress().done >= 40
    labels = kept(file)
    drawn = {label.draw.drawn for label in labels if label.draw and label.draw.stratum == "proved"}
    assert len(drawn) == 1
    # And to label one again outside of a sample leaves it in its stratum.
    again = session_of(file)
    again.back()
    assert again.said is not None and again.said.draw is not None
    place = again.said.place
    again.label(False)
    [label] = [each for each in kept(file) if each.place == place]
    assert label.draw is not None and label.truth is False


def test_text_is_text(tmp_path: Path) -> None:
    """Markup and control characters of the data are shown, not obeyed; lines and the answer stay visible."""
    hostile = example(0, 0.9) | {
        "tinyv_question": f"a\n{HOSTILE}",
        "tinyv_gold": HOSTILE,
        "tinyv_answer": "[2",
        "tinyv_response": f"first\n{HOSTILE}\n[2",
    }
    shown = played(session_of(audited(tmp_path, hostile)))
    visible = "[bold]\\x1b[31m\\u202e[/] [link=http://x]"
    assert shown["question"] == f"a\n{visible}"
    assert shown["response"] == f"first\n{visible}\n[2"
    assert visible in shown["pair"] and "[2" in shown["pair"]


def test_a_label_that_cannot_be_kept(file: Audited) -> None:
    """A full disk ends the review with its reason: no label is taken for saved that is not."""

    def full(label: Label, item: Item) -> None:
        raise SinkError("x.labels.jsonl: cannot be written (No space left on device)")

    session = Session(file, worst_first(file), [], reviewer="anna", save=full)

    async def play() -> object:
        app = ReviewApp(session, "x")
        async with app.run_test() as pilot:
            await pilot.press("r")
        return app.return_value

    assert "No space left" in str(asyncio.run(play()))


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)])
def test_sizes(file: Audited, size: tuple[int, int]) -> None:
    """It works in terminals of any usual size."""
    assert "question 1" in played(session_of(file), "r", size=size)["question"]


def test_copies_that_were_drawn(tmp_path: Path) -> None:
    """Of a sample what was drawn twice is asked once; each of the two keeps its own draw."""
    same = {"tinyv_question": "q", "tinyv_answer": "2"}
    copied = audited(tmp_path, *(example(row, 0.9) | same for row in range(2)), example(2, 0.95))
    session = session_of(copied, sample=3)
    while session.item is not None:
        session.label(truth=True)
    labels = read_labels(labels_path(copied.files[0].path))
    assert {label.place for label in labels} == {(0, 0), (1, 0), (2, 0)}
    assert all(label.draw is not None and label.draw.drawn == 3 for label in labels)
    lines = labels_path(copied.files[0].path).read_text("utf-8").splitlines()
    assert len(lines) == 3 and session.progress().right == 3
