"""Writing a note beside the text: begun with a quotation, judged while it is typed, saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studygroup.core.errors import UsageError
from studygroup.core.meeting.session import Spot
from studygroup.core.meeting.taking import Taken, from_paragraph
from studygroup.core.reading import Reading, Section
from studygroup.core.study import Study
from studygroup.tui.drafts import NoteDraft
from studygroup.tui.quoting import Begun, Judged, judge
from studygroup.tui.taking import as_quoted, selected_here
from studygroup.tui.widgets.wrapping import shorten
from studygroup.tui.work import ask, beside

if TYPE_CHECKING:
    from studygroup.tui.screens.reading import ReadingScreen


def write_note(screen: ReadingScreen, quoted: Taken | None = None) -> None:
    """Ask for a note on the current paragraph and write it to the reader's file.

    It goes on with the draft that was left, and quotes what is `quoted` or selected. Raises
    UsageError where no reading is open.
    """
    from studygroup.tui.screens.writing import NoteDialog

    reading, section = screen.reading, screen.section
    if reading is None or section is None:
        raise UsageError("no reading is open", hint="Bring one in: studygroup import FILE")
    number = screen.text.paragraph
    paragraph = section.paragraph(number) if number else None
    on = f"¶{number}, {section.title}" if paragraph else section.title
    title = f"Note by {screen.workspace.me} on {on}"
    about = shorten(paragraph.text.replace("\n", " "), 140) if paragraph else ""
    whole = as_quoted(from_paragraph(reading, section, paragraph)) if paragraph else ""
    cite, near = screen.workspace.sessions.cite, Spot(reading.slug, section.id)

    def judge_it(begun: Begun) -> Judged:
        return judge(begun, lambda words: cite(words, near))

    def keep(draft: NoteDraft) -> None:
        screen.drafts.note = draft
        screen.keep_drafts_soon()

    draft = _with_quotation(screen.drafts.note, quoted or selected_here(screen))
    screen.clear_selection()
    dialog = NoteDialog(title, about, draft, keep, quotes=whole, judge=judge_it)
    ask(screen.app, dialog, lambda written: _write(screen, reading, section, number, written))


def _with_quotation(draft: NoteDraft, quoted: Taken | None) -> NoteDraft:
    """Return a draft that goes on with a quotation."""
    if quoted is None:
        return draft
    before = f"{draft.text.rstrip()}\n\n" if draft.text.strip() else ""
    return NoteDraft(f"{before}{as_quoted(quoted)} ", draft.kind)


def _write(
    screen: ReadingScreen, reading: Reading, section: Section, number: int | None, draft: NoteDraft
) -> None:
    screen.drafts.note = draft
    screen.keep_drafts()
    if not draft.done:
        return

    def save() -> Study:
        return screen.workspace.add_note(
            reading.slug, section.id, draft.text, kind=draft.kind, paragraph=number
        )

    def show(study: Study) -> None:
        if screen.drafts.note is draft:
            screen.drafts.note = NoteDraft("")
            screen.keep_drafts()
        before = {note.id for note in screen.notes.notes}
        screen.refresh_study(study)
        added = [note.id for note in screen.notes.notes if note.id not in before]
        if added:
            screen.notes.set_current(added[-1])
        # Where the notes are in view the new one is marked, and a message would lie upon it.
        if screen.has_class("-narrow") and screen.pane != "notes":
            screen.app.notify(f"Note saved as {screen.workspace.me}.", markup=False)

    beside(screen, save, show, group="write")
