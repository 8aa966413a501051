"""One place on the screen: a section's text, its prompts and notes, and where they touch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import on

from studygroup.core.note import Note
from studygroup.core.quotation import Match
from studygroup.core.reading import Reading, Section
from studygroup.core.study import Study
from studygroup.core.workspace import Position
from studygroup.tui.screens.panes import PanedScreen
from studygroup.tui.widgets.bars import Breadcrumb
from studygroup.tui.widgets.note_panel import NotePanel, verdict_line
from studygroup.tui.widgets.prompt_panel import PromptPanel
from studygroup.tui.widgets.section_text import marker_of
from studygroup.tui.work import beside


class PlaceScreen(PanedScreen):
    """Shows the open section, and what notes and prompts have to do with its paragraphs."""

    def __init__(self) -> None:
        super().__init__()
        self.study: Study | None = None
        self.reading: Reading | None = None
        self.section: Section | None = None
        self._marks: Mapping[int, tuple[Note, ...]] = {}

    @property
    def position(self) -> Position | None:
        """Where the reader stands."""
        if self.reading is None or self.section is None:
            return None
        return Position(self.reading.slug, self.section.id, self.text.paragraph or 1)

    def show_section(self, paragraph: int | None) -> None:
        """Show the open section from its top, or from `paragraph` on."""
        study, reading, section = self.study, self.reading, self.section
        if study is None or reading is None or section is None:
            return
        index, count = reading.index_of(section.id), len(reading.sections)
        trail = [study.title, reading.title, section.title]
        self.query_one(Breadcrumb).show(trail, f"{index + 1}/{count}")
        self.outline.mark_open(reading.slug, section.id)
        following = reading.sections[index + 1].title if index + 1 < count else None
        about = _about(reading, section, first=index == 0)
        self.text.show_section(section, about=about, paragraph=paragraph, following=following)
        place = (reading.slug, section.id)
        prompts = () if index else study.prompts_of(reading.slug, None)
        notes = () if index else study.notes_of(reading.slug, None)
        self.prompts.show_prompts(study.prompts_of(*place), prompts, "Press A to write one.")
        self.notes.show_notes(study.notes_of(*place), notes, "Press a to write one.")
        self.show_counts()
        self._marks = {}

        shown = self.notes.notes

        def locate() -> tuple[Mapping[int, tuple[Note, ...]], Mapping[str, str]]:
            located = {n.id: [m for _, m in study.quotations_in(n)] for n in shown}
            verdicts = {id: verdict_line(matches, *place) for id, matches in located.items()}
            return study.marks_of(*place), verdicts

        beside(self, locate, lambda found: self._show_marks(*found), group="marks")

    def _show_marks(
        self, marks: Mapping[int, tuple[Note, ...]], verdicts: Mapping[str, str]
    ) -> None:
        self._marks = marks
        self.text.set_noted(marks)
        stands: dict[str, tuple[int, ...]] = {}
        for number, notes in sorted(marks.items()):
            for note in notes:
                stands[note.id] = (*stands.get(note.id, ()), number)
        self.notes.set_places(stands, verdicts)
        self.show_notes_here()
        self.marks_shown()

    def marks_shown(self) -> None:
        """React to the notes of the section being marked."""

    def show_notes_here(self) -> None:
        """Mark the notes on the current paragraph."""
        here = self._marks.get(self.text.paragraph or 0, ())
        self.notes.set_here([note.id for note in here])

    def step_hit(self, count: int) -> bool:
        """Go to the next paragraph in which something is highlighted; False where there is none."""
        now = self.text.paragraph or 0
        numbers = self.text.hit_paragraphs()
        ahead = [n for n in numbers if (n > now if count > 0 else n < now)]
        if not ahead:
            return False
        number = ahead[0 if count > 0 else -1]
        self.text.set_current(number)
        self.text.reveal_hit()
        self.text.reached(number)
        return True

    @on(NotePanel.NoteChosen)
    def _note_chosen(self, event: NotePanel.NoteChosen) -> None:
        """Go to the paragraph a note stands on, and show what it quotes there."""
        study, note = self.study, event.note
        if study is not None:
            beside(
                self,
                lambda: (study.paragraph_of(note), [m for _, m in study.quotations_in(note)]),
                lambda found: self._show_passages(*found),
                group="passage",
            )

    @on(PromptPanel.PromptChosen)
    def _prompt_chosen(self, event: PromptPanel.PromptChosen) -> None:
        """Go to the passage a prompt is about, and show it."""
        study, prompt = self.study, event.prompt
        if study is not None and prompt.passage:
            passage = prompt.passage
            beside(
                self,
                lambda: study.locate(passage, prompt.reading, prompt.section),
                lambda match: self._show_passages(None, [match]),
                group="passage",
            )

    def _show_passages(self, number: int | None, matches: Sequence[Match]) -> None:
        place = self.position
        if place is None:
            return
        anchors = [match.anchor for match in matches if match.anchor is not None]
        here = [a for a in anchors if (a.reading, a.section) == (place.reading, place.section)]
        number = number or next((a.paragraph for a in here), None)
        if number is None:
            return
        if self.has_class("-narrow"):
            self.focus_pane(self.text)
        self.text.set_current(number)
        self.text.highlight(marker_of([a.words for a in here]))
        self.text.reveal_hit()
        self.show_notes_here()


def _about(reading: Reading, section: Section, first: bool) -> str:
    """Return the line under a section's title."""
    words, paragraphs = section.word_count, len(section.paragraphs)
    facts = [reading.byline] if first and reading.byline else []
    if words:
        facts.append(f"{words:,} words" if words != 1 else "1 word")
        facts.append(f"{paragraphs} ¶")
    return " · ".join(facts)
