"""The quotations about the open section, looked up beside the screen and handed to its panels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from studygroup.core.anchoring.quotation import Anchor
from studygroup.core.errors import StudyError
from studygroup.core.note import Note
from studygroup.core.prompt import Prompt
from studygroup.core.quoting.audit import Quotation
from studygroup.core.reading import Reading, Section
from studygroup.core.study import Study
from studygroup.core.wikilinks import Wikilink, wikilinks
from studygroup.tui.linked import Linked, Shown, linked
from studygroup.tui.newest import Newest
from studygroup.tui.widgets.markers import Passage
from studygroup.tui.widgets.section_text import Noted
from studygroup.tui.widgets.verdicts import Quoted, found_at, whither, words_of
from studygroup.tui.work import beside, complain

if TYPE_CHECKING:
    # Sessions are read when the text stands.
    from studygroup.core.meeting.session import Session
    from studygroup.tui.screens.place import PlaceScreen

IN_A_LINE = 26
"""How many cells of a quotation stand in its line below a note: the note itself has the words."""
WAITING = "Comparing every quotation of the study with its texts…"

Back = bool
"""Whether a link leads back to what quotes, not on to what is quoted."""


@dataclass(frozen=True, eq=False)
class _Asked:
    """Which section's quotations are wanted, and the notes and prompts beside it."""

    study: Study
    reading: Reading
    section: Section
    notes: tuple[Note, ...]
    prompts: tuple[Prompt, ...]
    minutes: Callable[[], Iterable[Session]]


class _Beside(NamedTuple):
    """Which notes stand on which paragraph, and what notes and prompts (by id) quote."""

    marks: Mapping[int, tuple[Note, ...]]
    notes: Mapping[str, tuple[Quotation, ...]]
    prompts: Mapping[str, tuple[Quotation, ...]]


class Quotations:
    """What a screen knows of the quotations about its section."""

    def __init__(self, screen: PlaceScreen) -> None:
        self._screen = screen
        self._asked: _Asked | None = None
        self._arrived: Anchor | None = None
        self._beside = _Beside({}, {}, {})
        self.linked = Linked()
        self.marked = False
        """Whether what quotes and is quoted is marked in the text."""
        self._newest = Newest[_Asked, Linked](
            screen, _link, self._show, failed=self._fail, waiting=self._wait
        )

    def of_note(self, note: Note) -> tuple[Quotation, ...]:
        """Return what a note beside the section quotes, as far as it is known yet."""
        return self._beside.notes.get(note.id, ())

    def expect(self, study: Study, reading: Reading, section: Section) -> None:
        """Look up what has to do with the section that is shown now.

        First what its own notes and prompts quote, then all that quotes it: for that every
        quotation of the study has to be known.
        """
        screen = self._screen
        beside_it = (screen.notes.notes, screen.prompts.prompts)
        asked = _Asked(study, reading, section, *beside_it, screen.minutes)
        self._asked, self._arrived = asked, None
        self._beside, self.linked = _Beside({}, {}, {}), Linked()
        screen.quoted.expect()
        screen.show_counts()

        def show(found: _Beside) -> None:
            self._show_beside(asked, found)
            self._newest.ask(asked)

        beside(screen, lambda: _look_beside(asked), show, group="marks")

    def look_again(self) -> None:
        """Look up anew what quotes the section: something was recorded."""
        if self._asked is not None and self._screen.quoted.known:
            self._newest.ask(replace(self._asked))

    def _show_beside(self, asked: _Asked, found: _Beside) -> None:
        self._beside = found
        stands: dict[str, tuple[int, ...]] = {}
        for number, notes in sorted(found.marks.items()):
            for note in notes:
                stands[note.id] = (*stands.get(note.id, ()), number)
        self._screen.notes.set_quotations(stands, _lines(asked, found.notes))
        self._screen.prompts.set_passages(_lines(asked, found.prompts))
        self._show_bars()
        self.show_here()
        self._screen.marks_shown()

    def _show(self, asked: _Asked, found: Linked) -> None:
        if self._asked is None or asked.section is not self._asked.section:
            return  # another section was opened since
        screen = self._screen
        self.linked = found
        screen.quoted.show_linked(asked.study, asked.reading.slug, asked.section.id, found)
        self._show_bars()
        self._show_passages()
        self.show_here()
        screen.show_counts()
        screen.quotations_shown()
        self._say_where_from()

    def _fail(self, error: Exception) -> None:
        self._screen.quoted.say("The quotations could not be looked up.")
        complain(self._screen.app, error)

    def _wait(self) -> None:
        self._screen.quoted.say(WAITING)

    def _show_bars(self) -> None:
        why: dict[int, Noted] = dict.fromkeys(self.linked.on, "quoted")
        why.update(dict.fromkeys(self._beside.marks, "note"))
        self._screen.text.set_noted(why)

    def show_here(self) -> None:
        """Mark the notes and quotations that have to do with the current paragraph."""
        number = self._screen.text.paragraph or 0
        self._screen.notes.set_here([note.id for note in self._beside.marks.get(number, ())])
        self._screen.quoted.set_here(number)

    # Marked in the text.

    def mark(self) -> str:
        """Mark what quotes and is quoted in the text, or end it; return what came of it."""
        self.marked = not self.marked
        self._show_passages()
        if not self.marked:
            return "Quotations are not marked any more."
        quotes, on = len(self.linked.quotes), len(set(self._quoted_here()))
        if not quotes and not on:
            return "This section quotes nothing, and nothing quotes it."
        return f"Marked: {on} passages that are quoted, {quotes} quotations."

    def _quoted_here(self) -> Iterable[Quotation]:
        return (q for found in self.linked.on.values() for q in found)

    def _show_passages(self) -> None:
        section = self._asked.section if self._asked is not None else None
        links = wikilinks(section) if section is not None else ()
        passages = [Passage(link.start, link.end, "wikilink", link) for link in links]
        if self.marked:
            for quotation in dict.fromkeys(self._quoted_here()):
                anchor = quotation.match.anchor
                if anchor is not None:
                    link = (quotation, True)
                    passages.append(Passage(anchor.start, anchor.end, "quoted", link))
            for quotation in self.linked.quotes:
                host = quotation.host
                passages.append(Passage(host.start, host.end, "quoting", (quotation, False)))
        self._screen.text.mark_passages(passages)

    # From a paragraph on.

    def links_of(self, number: int) -> tuple[tuple[Quotation, Back], ...]:
        """Return where Enter leads from a paragraph: to what it quotes, else to what quotes it.

        To the source of the very words that one came for, where they are quoted here themselves.
        """
        own = self.linked.by.get(number, ())
        if self._arrived is not None and self._arrived.paragraph == number:
            own = self._quoted_again(self._arrived) or own
        if own:
            return tuple((q, False) for q in own)
        return tuple((q, True) for q in self.linked.on.get(number, ()))

    def wikilinks_of(self, number: int) -> tuple[Wikilink, ...]:
        """Return the links in a paragraph of the section."""
        if self._asked is None:
            return ()
        return tuple(link for link in wikilinks(self._asked.section) if link.paragraph == number)

    def arrive(self, anchor: Anchor) -> None:
        """Note that one came to these words: it is said if they are quoted here themselves."""
        self._arrived = anchor

    def _quoted_again(self, anchor: Anchor) -> tuple[Quotation, ...]:
        return tuple(
            q
            for q in self.linked.quotes
            if q.match.anchor is not None
            and q.host.start < anchor.end
            and anchor.start < q.host.end
        )

    def _say_where_from(self) -> None:
        asked = self._asked
        found = self._quoted_again(self._arrived) if self._arrived is not None else ()
        source = next((q.match.anchor for q in found), None)
        if asked is not None and source is not None:
            where = whither(asked.study, source, asked.reading.slug, asked.section.id)
            self._screen.app.notify(
                f"These words are quoted here too, from {where}. Enter goes there.", markup=False
            )


def _look_beside(asked: _Asked) -> _Beside:
    study = asked.study
    return _Beside(
        study.marks_of(asked.reading.slug, asked.section.id),
        {note.id: study.quotations_in(note) for note in asked.notes},
        {
            prompt.id: tuple(q for q in study.quotations_in(prompt) if q.form == "passage")
            for prompt in asked.prompts
        },
    )


def _link(asked: _Asked) -> Linked:
    shown: set[Shown] = {("note", note.reading, note.id) for note in asked.notes}
    shown |= {("prompt", prompt.reading, prompt.id) for prompt in asked.prompts}
    said = _said_of(asked)
    return linked(asked.study, asked.reading, asked.section, shown, said)


def _said_of(asked: _Asked) -> list[Quotation]:
    """What the minutes of all sessions quote of the section that is asked for."""
    place = (asked.reading.slug, asked.section.id)
    try:
        sessions = asked.minutes()
    except StudyError:
        return []  # the sessions' folder cannot be read, which `check` tells
    return [
        quotation
        for session in sessions
        for entry in session.standing
        for quotation in asked.study.quotations_said(session, entry)
        if (anchor := quotation.match.anchor) is not None
        and (anchor.reading, anchor.section) == place
    ]


def _lines(
    asked: _Asked, quoted: Mapping[str, tuple[Quotation, ...]]
) -> dict[str, tuple[Quoted, ...]]:
    """Return the line of each quotation, seen from the section that was asked for."""
    study, place = asked.study, (asked.reading.slug, asked.section.id)
    return {
        id: tuple(
            Quoted(q, f"{found_at(study, q.match, *place)} {words_of(q.quote, IN_A_LINE)}")
            for q in quotations
        )
        for id, quotations in quoted.items()
    }
