"""The screen of `tinyv review`: one example at a time, a key for each answer (Textual)."""

from collections.abc import Iterator
from typing import ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Footer, Static

from tinyv_cli.console import visible, visible_lines
from tinyv_cli.errors import TinyvError
from tinyv_cli.figures.differences import Pieces, differences
from tinyv_cli.figures.records import Share
from tinyv_cli.figures.spelling import with_interval
from tinyv_cli.review.session import Item, Progress, Session
from tinyv_cli.taxonomy import LEAF_NAMES

SAID = {True: "right", False: "wrong", None: "unsure"}
DIFFERENT, FOUND = "bold underline #ffd75f", "bold green"


class ReviewApp(App[TinyvError]):
    """Shows what the session is at, and hands it the answers; where one cannot be kept it ends with why."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #status { padding: 0 1; background: $panel; }
    .pane { border: round $primary; border-title-color: $text; padding: 0 1; height: auto; }
    #asked { max-height: 35%; }
    #pair { max-height: 35%; }
    #responded { height: 1fr; min-height: 3; }
    #finished { padding: 1 2; display: none; }
    .is-finished .pane { display: none; }
    .is-finished #finished { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "label(True)", "right"),
        Binding("w", "label(False)", "wrong"),
        Binding("u", "label(None)", "unsure"),
        Binding("s", "skip", "skip"),
        Binding("b", "return", "back"),
        Binding("q", "quit", "quit"),
        Binding("ctrl+c", "quit", show=False, priority=True),
    ]

    def __init__(self, session: Session, name: str) -> None:
        super().__init__()
        self.title, self._session = name, session

    def compose(self) -> ComposeResult:
        """What is asked above, the long response below."""
        yield Static(id="status")
        with Vertical(id="body"):
            yield _pane("question", "asked")
            yield _pane("gold and answer", "pair")
            yield _pane("response", "responded")
            yield Static(id="finished")
        yield Footer()

    def on_mount(self) -> None:
        """Begin."""
        self._show()

    def action_label(self, truth: bool | None) -> None:
        """Save the answer and go on."""
        try:
            self._session.label(truth)
        except TinyvError as error:
            self.exit(error)
        else:
            self._show()

    def action_skip(self) -> None:
        """Go on without an answer."""
        self._session.skip()
        self._show()

    def action_return(self) -> None:
        """Go back to what was shown before."""
        self._session.back()
        self._show()

    def _show(self) -> None:
        item, progress = self._session.item, self._session.progress()
        self.query_one("#status", Static).update(_status(self.title, self._session, progress))
        self.query_one("#body").set_class(item is None, "is-finished")
        if item is None:
            self.query_one("#finished", Static).update(_finished(self._session, progress))
            return
        self.query_one("#asked Static", Static).update(Text(visible_lines(item.question or "(none)")))
        self.query_one("#pair Static", Static).update(_pair(item, blind=self._session.is_sample))
        self.query_one("#responded Static", Static).update(_response(item))
        response = self.query_one("#responded", VerticalScroll)
        response.focus()
        self.call_after_refresh(response.scroll_end, animate=False)  # where the final answer stands


def _pane(title: str, name: str) -> VerticalScroll:
    pane = VerticalScroll(Static(), id=name, classes="pane")
    pane.border_title = title
    return pane


def _status(name: str, session: Session, progress: Progress) -> Text:
    """Which file, whose labels, how far, and what is known so far."""
    said = "" if session.said is None else f" · you said: {SAID[session.said.truth]}"
    first = f"{name} · {session.reviewer} · {progress.done:,} of {progress.total:,} labelled{said}"
    counted, *_, known = figures(session, progress)
    return Text("\n").join([Text(visible(first), "bold"), Text(f"{counted} · {known}")])


def figures(session: Session, progress: Progress) -> Iterator[str]:
    """What is known so far, in words; last what the review is for."""
    yield f"{progress.right:,} right, {progress.wrong:,} wrong, {progress.unsure:,} unsure"
    if not session.is_sample:
        yield f"precision of these: {_estimate(progress.precision)}"
        return
    yield f"precision of all flagged: {_estimate(progress.precision)}"
    yield f"right among those not flagged: {_estimate(progress.missed)}"
    yield f"right of all rejected: {_estimate(progress.rate)}"


def _estimate(found: Share) -> str:
    return "not known yet" if found.value is None else with_interval(found)


def _pair(item: Item, *, blind: bool) -> Text:
    """Gold above answer, what differs marked, and what the stages said; of a sample that would sway."""
    gold, answer = differences(visible(item.gold), visible(item.answer))
    lines = [_marked("gold    ", gold), _marked("answer  ", answer)]
    if not blind:
        lines.append(Text(f"found   {visible(_found(item))}", "dim"))
    return Text("\n").join(lines)


def _marked(name: str, pieces: Pieces) -> Text:
    line = Text().append(name, "dim")
    for text, differs in pieces:
        line.append(text, DIFFERENT if differs else "")
    return line


def _found(item: Item) -> str:
    """What rule, model and proof said, of what kind it is, and where the rule lost it."""
    rule = f"rule: {item.rule}" + (f" ({item.rule_reason})" if item.rule_reason else "")
    said = [rule]
    if item.p is not None:
        said.append(f"p = {item.p:.3f}")
    if item.proof is not None:
        said.append(f"{item.evidence}: {item.proof}")
    if item.category is not None:
        said.append(f"{item.category} {LEAF_NAMES.get(item.category, '')}")
    if item.lost_in is not None:
        said.append(f"lost in {item.lost_in}")
    if item.copies > 1:
        said.append(f"stands there {item.copies:,} times; your label counts for all")
    return " · ".join(said)


def _response(item: Item) -> Text:
    """The response, the answer where it stands last in it marked."""
    text = Text(visible_lines(item.response))
    answer = visible_lines(item.answer or "")
    if answer and (start := text.plain.rfind(answer)) >= 0:
        text.stylize(FOUND, start, start + len(answer))
    return text


def _finished(session: Session, progress: Progress) -> Text:
    skipped = progress.total - progress.done
    if session.narrow_enough:
        why = "The interval is as narrow as you wanted it."
    elif skipped:
        why = f"Everything was shown; {skipped:,} skipped will be asked about again next time."
    else:
        why = "Everything is labelled."
    return (
        Text("\n")
        .join([Text(why, "bold"), Text(), *map(Text, figures(session, progress)), Text()])
        .append("\nb goes back, q quits.")
    )
