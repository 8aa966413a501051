"""Quoting what stands somewhere with one key: a hit of a search, a passage, a note."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studygroup.core.errors import UsageError
from studygroup.core.finding.documents import note_key, prompt_key
from studygroup.core.finding.search import Document, Hit, is_place
from studygroup.core.meeting.session import Spot
from studygroup.core.meeting.taking import (
    Taken,
    from_entry,
    from_note,
    from_paragraph,
    from_stretch,
    shown_spans,
)
from studygroup.core.study import Study
from studygroup.core.text import one_line
from studygroup.core.workspace import Workspace
from studygroup.tui.work import beside

if TYPE_CHECKING:
    from studygroup.tui.screens.reading import ReadingScreen

_INNER_MARKS = str.maketrans('“”„"', "‘’‚'")
TOLD = 4.0
"""For how many seconds it is said that something was recorded."""
Tell = Callable[[str, bool], None]
"""Is told what came of it, in a sentence, and whether it went well; by then it is on disk."""


def record_hit(screen: ReadingScreen, query: str, hit: Hit, tell: Tell) -> None:
    """Record a hit: words are quoted, a prompt or a heading is taken up."""
    workspace, desk = screen.workspace, screen.desk

    def record(found: Taken | Spot) -> None:
        if isinstance(found, Spot):
            desk.go_to(found, lambda: tell("The session is there now.", True))
        else:
            desk.take(found, tell)

    def find() -> Taken | Spot:
        return _take(workspace, query, hit)

    def failed(error: Exception) -> None:
        tell(f"✗ Not recorded: {error}", False)

    # A group of its own for each hit: the next one must not supersede it.
    beside(screen, find, record, group=f"take {hit.document.key}", failed=failed)


def _take(workspace: Workspace, query: str, hit: Hit) -> Taken | Spot:
    study, document = workspace.study, hit.document
    taken: Taken | Spot | None
    if is_place(document):
        prompts = (p for p in study.prompts if prompt_key(p) == document.key)
        prompt = next((p.id for p in prompts), "")
        return Spot(document.reading, document.section, prompt)
    if document.kind == "note":
        notes = (n for n in study.notes if note_key(n) == document.key)
        taken = next((from_note(study, note) for note in notes), None)
    elif document.kind == "minutes":
        taken = _from_minutes(workspace, document)
    else:
        taken = _from_text(workspace, study, query, hit)
    if taken is None:
        raise UsageError("what was found is no longer there", hint="Search again.")
    return taken


def _from_minutes(workspace: Workspace, document: Document) -> Taken | None:
    session = workspace.sessions.find(document.session or "")
    key = document.key.removeprefix(f"minutes:{session.id}/")
    return next((from_entry(session, e) for e in session.standing if e.key == key), None)


def _from_text(workspace: Workspace, study: Study, query: str, hit: Hit) -> Taken | None:
    document = hit.document
    reading = study.reading(document.reading)
    section = reading.section(document.section) if reading is not None else None
    paragraph = section.paragraph(document.paragraph or 0) if section is not None else None
    if reading is None or section is None or paragraph is None:
        return None
    marks = workspace.finder.marks
    spans = marks(query, paragraph.text) or marks(query, paragraph.text, typing=True)
    shown = shown_spans(paragraph.text, hit.snippet, spans)
    return from_paragraph(reading, section, paragraph, shown)


def quote_here(screen: ReadingScreen) -> None:
    """Record what stands here (see `taken_here`); without a session, begin a note with it."""
    desk = screen.desk
    if desk.session is None:
        from studygroup.tui.noting import write_note

        write_note(screen, taken_here(screen))
        return

    def tell(said: str, well: bool) -> None:
        if well:
            desk.bar.say(f"✓ {said}")
            screen.set_timer(TOLD, lambda: desk.bar.unsay(f"✓ {said}"))

    desk.take(taken_here(screen), tell)
    screen.clear_selection()


def taken_here(screen: ReadingScreen) -> Taken:
    """Return the selected note, the selected words, or of the current paragraph what is marked.

    Of a paragraph in which nothing is marked, all of it. Raises UsageError where nothing can be
    quoted.
    """
    study, reading, section = screen.study, screen.reading, screen.section
    if study is None or reading is None or section is None:
        raise UsageError("no reading is open")
    selected = selected_here(screen)
    if selected is not None:
        return selected
    note = screen.notes.selected if screen.sheet is screen.notes else None
    if note is not None:
        return from_note(study, note)
    if screen.sheet is screen.prompts:
        raise UsageError("a prompt is not quoted", hint="t takes it up.")
    number = screen.text.paragraph or 0
    paragraph = section.paragraph(number)
    if paragraph is None:
        raise UsageError("there is no text here to quote")
    return from_paragraph(reading, section, paragraph, screen.text.hits_in(number))


def selected_here(screen: ReadingScreen) -> Taken | None:
    """Return the words selected with the mouse, cited if they stand in the text; None without."""
    reading, section = screen.reading, screen.section
    selection = screen.selections.get(screen.text)
    stretch = screen.text.selected_stretch(selection) if selection is not None else None
    if stretch is not None and reading is not None and section is not None:
        return from_stretch(reading, section, *stretch)
    words = one_line(screen.get_selected_text() or "")
    if not words or reading is None or section is None:
        return None
    return Taken(words, near=Spot(reading.slug, section.id))


def as_quoted(taken: Taken) -> str:
    """Return the words between quotation marks and, in brackets, where they stand.

    Double marks within become single ones, so that it is seen where the quotation ends.
    """
    words = f"“{taken.text.translate(_INNER_MARKS)}”"
    return f"{words} ({taken.cited.citation})" if taken.cited is not None else words
