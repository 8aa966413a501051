"""One place on the screen: a section's text, its prompts and notes, and where they touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from textual import on

from studygroup.core.problem import Problem
from studygroup.core.reading import Reading, Section
from studygroup.core.study import Study
from studygroup.core.workspace import Position
from studygroup.tui.quotations import Quotations
from studygroup.tui.screens.panes import PanedScreen
from studygroup.tui.widgets.bars import Breadcrumb
from studygroup.tui.widgets.note_panel import NotePanel

if TYPE_CHECKING:
    # Sessions are read when the text stands.
    from studygroup.core.meeting.session import Session


class PlaceScreen(PanedScreen):
    """Shows the open section, and what notes and prompts have to do with its paragraphs."""

    def __init__(self) -> None:
        super().__init__()
        self.study: Study | None = None
        self.reading: Reading | None = None
        self.section: Section | None = None
        self.quotations = Quotations(self)
        self._broken = 0

    def minutes(self) -> Iterable[Session]:
        """Return the sessions of which there are minutes, read beside the screen."""
        return ()

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
        self.show_where()
        self.outline.mark_open(reading.slug, section.id)
        following = reading.sections[index + 1].title if index + 1 < count else None
        about = _about(reading, section, first=index == 0)
        self.text.show_section(section, about=about, paragraph=paragraph, following=following)
        place = (reading.slug, section.id)
        prompts = () if index else study.prompts_of(reading.slug, None)
        notes = () if index else study.notes_of(reading.slug, None)
        no_prompts, no_notes = unread_files(study, reading.slug)
        self.prompts.show_prompts(
            study.prompts_of(*place), prompts, "Press A to write one.", unread=no_prompts
        )
        self.notes.show_notes(
            study.notes_of(*place), notes, "Press a to write one.", unread=no_notes
        )
        self.show_counts()
        self.quotations.expect(study, reading, section)

    def show_broken(self, problems: Sequence[Problem]) -> None:
        """Say at the top, as long as it is so, how many problems the study's files have."""
        self._broken = len(problems)
        self.show_where()

    def standing_facts(self) -> list[str]:
        """Return what the top line says as long as it is so: how many problems there are."""
        if not self._broken:
            return []
        return ["! 1 problem" if self._broken == 1 else f"! {self._broken} problems"]

    def show_where(self) -> None:
        """Show the way from the study to the open section at the top."""
        study, reading, section = self.study, self.reading, self.section
        if study is None:
            return
        facts = self.standing_facts()
        trail = [study.title]
        if reading is not None and section is not None:
            trail += [reading.title, section.title]
            facts.append(f"{reading.index_of(section.id) + 1}/{len(reading.sections)}")
        self.query_one(Breadcrumb).show(trail, " · ".join(facts))

    def show_notes_here(self) -> None:
        """Mark the notes and quotations that have to do with the current paragraph."""
        self.quotations.show_here()

    def marks_shown(self) -> None:
        """React to the notes of the section being marked."""

    def quotations_shown(self) -> None:
        """React to the quotations of the section being shown."""

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

    @on(NotePanel.Narrowed)
    def _notes_narrowed(self) -> None:
        self.show_counts()


def _about(reading: Reading, section: Section, first: bool) -> str:
    """Return the line under a section's title."""
    words = section.word_count
    paragraphs = sum(p.kind != "footnote" for p in section.paragraphs)
    facts = [reading.byline] if first and reading.byline else []
    if words:
        facts.append(f"{words:,} words" if words != 1 else "1 word")
        facts.append(f"{paragraphs} ¶")
    return " · ".join(facts)


def unread_files(study: Study, reading: str) -> tuple[int, int]:
    """Return how many files of prompts, and of notes on a reading, can't be read at all.

    Whose prompts a broken file holds is told by its name alone; a name that tells nothing counts.
    """
    read = {p.place.path for p in study.prompts} | {f.path for f in study.note_files}
    broken = {PurePosixPath(p.place.path) for p in study.problems if p.place.path not in read}
    others = {r.slug for r in study.readings} - {reading}
    prompts = [p for p in broken if p.parts[0] == "questions" and p.stem not in others]
    notes = [p for p in broken if p.parts[:2] == ("readings", reading) and len(p.parts) > 2]
    return len(prompts), len(notes)
