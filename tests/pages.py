"""Pages in a real browser: how they are opened, and what is asked of them."""

import re
from functools import cache
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

Scheme = Literal["light", "dark"]

HOSTILE = "<script>alert('x')</script><img src=http://127.0.0.1/x.png> \x1b[31m\u202e {{ 7*7 }} \"&amp;"
SHOWN = "<script>alert('x')</script><img src=http://127.0.0.1/x.png> \\x1b[31m\\u202e {{ 7*7 }} \"&amp;"
PHONE, DESKTOP = 390, 1280
PAPER = 1032  # the width of A4 on its side between margins of 12 mm, in CSS pixels

# Every element that has text of its own, its colour, and the colour of what lies behind it.
COLOURS_OF_TEXT = """() => {
  const painted = c => !/, 0\\)$|transparent/.test(c);
  const behind = e => { for (; e; e = e.parentElement) {
    const c = getComputedStyle(e).backgroundColor; if (painted(c)) return c; } return 'none'; };
  return [...document.body.querySelectorAll('*')]
    .filter(e => e.closest('defs, title, script') === null)
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .map(e => { const s = getComputedStyle(e);
      return [e.textContent.trim().slice(0, 40), e.ownerSVGElement ? s.fill : s.color, behind(e)]; });
}"""


def opened(browser: Browser, file: Path, *, width: int = DESKTOP, scheme: Scheme = "light") -> Page:
    """The page in a window of this width, in a reader's light or dark scheme."""
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(file.as_uri())
    return page


def fetched_and_said(browser: Browser, file: Path) -> tuple[list[str], list[str]]:
    """What is fetched while the page opens, and what is said meanwhile: messages, errors, dialogs."""
    page = browser.new_page()
    fetched: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(file.as_uri(), wait_until="networkidle")
    return fetched, said


def faint_texts(page: Page) -> list[str]:
    """Texts that stand out from what is behind them at less than 4.5 to 1 (WCAG AA)."""
    found = page.evaluate(COLOURS_OF_TEXT)
    assert len(found) > 300
    return [text for text, colour, behind in found if contrast(colour, behind) < 4.5]


def heading_levels(page: Page) -> list[int]:
    """The levels of the headings, in their order."""
    return [int(tag[1]) for tag in page.locator("h1, h2, h3").evaluate_all("es => es.map(e => e.tagName)")]


def channels(colour: str) -> tuple[int, ...]:
    """Red, green and blue of `rgb(…)`, as browsers compute it."""
    return tuple(int(number) for number in re.findall(r"\d+", colour)[:3])


@cache
def contrast(first: str, second: str) -> float:
    """The contrast ratio of WCAG 2.1 between two colours."""

    def luminance(colour: str) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in values(colour)]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def values(colour: str) -> list[float]:
        return [channel / 255 for channel in channels(colour)]

    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)
