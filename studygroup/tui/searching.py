"""Searching from the reading screen: asking, opening a hit in place, and the way back."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from studygroup.core.documents import note_key, prompt_key
from studygroup.core.errors import UsageError
from studygroup.core.finder import Finder
from studygroup.core.search import Document, Hit, Results, Spans
from studygroup.tui.screens.search import Asked, Found, SearchScreen
from studygroup.tui.taking import Tell, record_hit
from studygroup.tui.widgets.section_text import Marker
from studygroup.tui.work import ask

if TYPE_CHECKING:
    from studygroup.tui.screens.reading import ReadingScreen


def search(screen: ReadingScreen) -> None:
    """Let the reader search the study, and open what is chosen."""
    study, finder = screen.study, screen.workspace.finder
    if study is None:
        raise UsageError("the study is still being read")
    last = screen.last_found

    def find(asked: Asked) -> Results:
        return finder.search(asked.query, filters=asked.filters, typing=True)

    def open_found(found: Found) -> None:
        screen.last_found = found
        _open(screen, found)

    def record(asked: Asked, hit: Hit, tell: Tell) -> None:
        record_hit(screen, asked.query, hit, tell)

    titles = {reading.slug: reading.title for reading in study.readings}
    asked, at = (last.asked, last.at) if last else (None, 0)
    in_session = screen.desk.session is not None
    overlay = SearchScreen(find, titles, asked, at, record if in_session else None)
    ask(screen.app, overlay, open_found)


def step(screen: ReadingScreen, count: int) -> None:
    """Go to the next place of what was searched (back, if `count` is -1): around the whole study.

    Raises UsageError where nothing is highlighted.
    """
    if screen.step_hit(count):
        return
    here = screen.text.hit_paragraphs()
    if not here:
        raise UsageError("nothing is highlighted here", hint="/ searches")
    hits = _elsewhere(screen, count)
    if screen.last_found is not None and hits:
        _open(screen, replace(screen.last_found, hit=hits[0]))
    elif len(set(here)) > 1:
        screen.text.set_current(here[0 if count > 0 else -1])
        screen.text.reveal_hit()
    else:
        screen.app.notify("There is no other place in the texts.", markup=False)


def _elsewhere(screen: ReadingScreen, count: int) -> list[Hit]:
    """Return the hits in the texts of other sections, the next one from here on first."""
    study, place = screen.study, screen.position
    if study is None or place is None or screen.last_found is None or not screen.visiting:
        return []
    sections = [(r.slug, s.id) for r in study.readings for s in r.sections]
    rank = {section: number for number, section in enumerate(sections)}
    here = rank[place.reading, place.section]

    def way(hit: Hit) -> tuple[int, int]:
        document = hit.document
        away = (rank[document.reading, document.section] - here) * count % len(rank)
        return away, (document.paragraph or 0) * count

    hits = [
        hit
        for hit in screen.last_found.hits
        if hit.document.paragraph is not None
        and hit.document.kind == "text"
        and (hit.document.reading, hit.document.section) in rank
    ]
    return sorted((hit for hit in hits if way(hit)[0]), key=way)


def _open(screen: ReadingScreen, found: Found) -> None:
    """Open a hit where it stands: its paragraph, or its note or prompt beside the section."""
    document = found.hit.document
    reading = screen.study.reading(document.reading) if screen.study else None
    if reading is None or not reading.sections:
        raise UsageError(f"the text of “{document.reading}” is not in this study")
    section = document.section or reading.sections[0].id
    marker = _marker(screen.workspace.finder, found.asked.query, found.hit)
    paragraph = document.paragraph if document.kind == "text" else None
    screen.visit(reading.slug, section, paragraph, marker)
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


def _marker(finder: Finder, query: str, hit: Hit) -> Marker:
    """Return what marks the query in a text: its whole words if the hit has them, else beginnings.

    What it found in a text is kept, for it is asked again at every step.
    """
    shown = f"{hit.document.title}\n{hit.document.body}"
    typing = not finder.marks(query, shown)

    @lru_cache(maxsize=4096)
    def mark(text: str) -> Spans:
        return finder.marks(query, text, typing=typing)

    return mark
