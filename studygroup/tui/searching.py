"""Searching from the reading screen: asking, and opening in its place what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from studygroup.core.errors import UsageError
from studygroup.core.finding.concordance import Line, Order
from studygroup.core.finding.documents import note_key, prompt_key
from studygroup.core.finding.finder import Finder
from studygroup.core.finding.search import Document, Hit, Results, Spans
from studygroup.tui.asking import Asked, Found, Seeker
from studygroup.tui.happened import Happened
from studygroup.tui.screens.search import SearchScreen
from studygroup.tui.taking import Tell, record_hit
from studygroup.tui.widgets.markers import Marker
from studygroup.tui.widgets.session_bar import SessionBar
from studygroup.tui.work import ask, beside, nothing

if TYPE_CHECKING:
    from studygroup.tui.screens.reading import ReadingScreen


def search(screen: ReadingScreen) -> None:
    """Let the reader search the study, and open what is chosen.

    One can type at once: while the study is still being read, the answer comes when it is.
    """
    screen.prepare_search()
    last = screen.last_found
    asked, at = (last.asked, last.at) if last else (None, 0)

    def open_found(found: Found) -> None:
        screen.last_found = found
        screen.once_read(lambda: open_hit(screen, found))

    overlay = SearchScreen(_seeker(screen), asked, 0 if last and last.in_order else at)
    ask(screen.app, overlay, open_found)


def find(screen: ReadingScreen, asked: Asked) -> Results:
    """Answer what is asked; of equal hits those in the open reading come first."""
    near = screen.reading.slug if screen.reading is not None else ""
    return screen.workspace.finder.search(
        asked.query, filters=asked.filters, limit=asked.limit, typing=True, near=near
    )


def _seeker(screen: ReadingScreen) -> Seeker:
    workspace = screen.workspace

    def lines(asked: Asked, order: Order) -> Sequence[Line]:
        # As in the list, a word that is not finished stands for those that begin so.
        for query in (asked.query, f"{asked.query.rstrip()}*"):
            found = workspace.finder.concordance(query, filters=asked.filters, order=order)
            if found:
                return found
        return ()

    def record(asked: Asked, hit: Hit, tell: Tell) -> None:
        record_hit(screen, asked.query, hit, tell)

    def remember(query: str) -> None:
        beside(screen, lambda: workspace.state.remember_search(query), nothing, group="searches")
        screen.app.post_message(Happened("search"))

    def titles() -> Mapping[str, str]:
        readings = screen.study.readings if screen.study else ()
        return {one.slug: one.title for one in readings}

    def foot() -> int:
        in_session = screen.desk.session is not None
        return screen.size.height - screen.query_one(SessionBar).region.y if in_session else 0

    return Seeker(
        find=lambda asked: find(screen, asked),
        titles=titles,
        record=record if screen.desk.session is not None else None,
        lines=lines,
        share=lambda: workspace.finder.share,
        recent=workspace.state.searches(),
        remember=remember,
        foot=foot,
    )


def open_hit(screen: ReadingScreen, found: Found) -> None:
    """Open a hit where it stands: its paragraph, or its note or prompt beside the section.

    Raises UsageError where its reading is gone.
    """
    document = found.hit.document
    reading = screen.study.reading(document.reading) if screen.study else None
    if reading is None or not reading.sections:
        raise UsageError(f"the text of “{document.reading}” is not in this study")
    section = document.section or reading.sections[0].id
    marker = _marker(screen.workspace.finder, found.asked.query, found.hit, reading.language)
    paragraph = document.paragraph if document.kind == "text" else None
    screen.ways.visit(reading.slug, section, paragraph, marker)
    _select(screen, document)
    if document.kind == "minutes":
        words = f"{document.by}: {document.body}" if document.by else document.body
        title = f"From the minutes of {document.session}"
        screen.app.notify(words, title=title, timeout=10, markup=False)


def _select(screen: ReadingScreen, document: Document) -> None:
    """Select the note or prompt that was found, and give its pane the focus."""
    for note in screen.notes.notes:
        if note_key(note) == document.key:
            screen.notes.set_current(note.id)
            screen.focus_pane(screen.notes)
    for prompt in screen.prompts.prompts:
        if prompt_key(prompt) == document.key:
            screen.prompts.set_current(prompt.id)
            screen.focus_pane(screen.prompts)


def _marker(finder: Finder, query: str, hit: Hit, language: str) -> Marker:
    """Return what marks the query in a text: its whole words if the hit has them, else beginnings.

    What it found in a text is kept, for it is asked again at every step.
    """
    shown = f"{hit.document.title}\n{hit.document.body}"
    typing = not finder.marks(query, shown, language=language)

    @lru_cache(maxsize=4096)
    def mark(text: str) -> Spans:
        return finder.marks(query, text, typing=typing, language=language)

    return mark
