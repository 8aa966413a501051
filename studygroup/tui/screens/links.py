"""What can be followed on the reading screen: quotations in the text, in notes, in prompts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from textual import on

from studygroup.core.errors import StudygroupError
from studygroup.core.note import Note
from studygroup.core.quoting.audit import Quotation
from studygroup.core.wikilinks import Wikilink
from studygroup.tui.following import Lead, follow, follow_one, lead_of, lead_of_link
from studygroup.tui.happened import Happened
from studygroup.tui.screens.place import PlaceScreen
from studygroup.tui.widgets.markers import marker_of
from studygroup.tui.widgets.note_panel import NotePanel
from studygroup.tui.widgets.prompt_panel import PromptPanel
from studygroup.tui.widgets.quoted_panel import QuotedPanel
from studygroup.tui.widgets.section_text import SectionText
from studygroup.tui.work import beside, complain

if TYPE_CHECKING:
    from studygroup.tui.screens.reading import ReadingScreen


class LinkedScreen(PlaceScreen):
    """Follows what is chosen in a panel to where it leads."""

    def leave(self) -> None:
        """Keep how the reader stands: what follows leads elsewhere."""

    def _follow(self, go: Callable[[ReadingScreen], None]) -> None:
        try:
            go(cast("ReadingScreen", self))
        except StudygroupError as error:
            complain(self.app, error)

    @on(NotePanel.QuotationChosen)
    def _quotation_in_note_chosen(self, event: NotePanel.QuotationChosen) -> None:
        self._follow(lambda screen: follow(screen, event.quotation))

    @on(QuotedPanel.QuotationChosen)
    def _quotation_chosen(self, event: QuotedPanel.QuotationChosen) -> None:
        self._follow(lambda screen: follow(screen, event.quotation, back=event.back))

    @on(SectionText.PassageChosen)
    def _passage_chosen(self, event: SectionText.PassageChosen) -> None:
        if isinstance(event.link, Wikilink):
            lead = lead_of_link(cast("ReadingScreen", self), event.link)
        else:
            quotation, back = cast("tuple[Quotation, bool]", event.link)
            lead = lead_of(cast("ReadingScreen", self), quotation, back=back)
        self._follow(lead.go)

    @on(SectionText.ParagraphChosen)
    def _paragraph_chosen(self, event: SectionText.ParagraphChosen) -> None:
        """Go where a link of the paragraph leads or to what it quotes, else to what quotes it."""
        screen = cast("ReadingScreen", self)
        links = self.quotations.wikilinks_of(event.number)
        quoted = self.quotations.links_of(event.number)
        own = [(quotation, back) for quotation, back in quoted if not (links and back)]
        leads: list[Lead] = [lead_of_link(screen, link) for link in links]
        leads += [lead_of(screen, quotation, back=back) for quotation, back in own]
        if not self.quoted.known and not links:
            self.app.notify("The quotations are still being looked up.", markup=False)
        elif not leads:
            said = f"¶{event.number} quotes nothing, and nothing quotes it."
            self.app.notify(said, markup=False)
        else:
            says = "leads to" if links else "is quoted in" if own[0][1] else "quotes"
            self._follow(lambda screen: follow_one(screen, leads, f"¶{event.number} {says}"))

    @on(PromptPanel.PromptChosen)
    def _prompt_chosen(self, event: PromptPanel.PromptChosen) -> None:
        """Go to the passage a prompt is about."""
        study, prompt = self.study, event.prompt
        if not prompt.passage:
            self.app.notify("This prompt is about no passage of its own.", markup=False)
        elif study is not None:
            beside(
                self,
                lambda: study.quotations_in(prompt),
                self._show_passage,
                group="passage",
            )

    def _show_passage(self, quoted: Sequence[Quotation]) -> None:
        passage = next((q for q in quoted if q.form == "passage"), None)
        if passage is not None:
            self._follow(lambda screen: follow(screen, passage))

    @on(NotePanel.NoteChosen)
    def _note_chosen(self, event: NotePanel.NoteChosen) -> None:
        """Go to the paragraph a note stands on, and show what it quotes there."""
        study, note = self.study, event.note
        if study is not None:
            beside(
                self,
                lambda: study.paragraph_of(note),
                lambda number: self._go_to_paragraph(note, number),
                group="passage",
            )

    def _go_to_paragraph(self, note: Note, number: int | None) -> None:
        place, quoted = self.position, self.quotations.of_note(note)
        if place is None:
            return
        anchors = [q.match.anchor for q in quoted if q.match.anchor is not None]
        here = [a for a in anchors if (a.reading, a.section) == (place.reading, place.section)]
        number = number or next((a.paragraph for a in here), None)
        if number is None:
            if quoted:
                screen = cast("ReadingScreen", self)
                leads = [lead_of(screen, q, back=False) for q in quoted]
                self._follow(lambda s: follow_one(s, leads, "The note quotes"))
            else:
                said = "It names no paragraph, and quotes nothing that stands in the readings."
                self.app.notify(said, markup=False)
            return
        self.leave()
        if here:
            self.app.post_message(Happened("quotation"))
        if self.has_class("-narrow"):
            self.focus_pane(self.text)
        self.text.set_current(number)
        self.text.highlight(marker_of([a.words for a in here]))
        self.text.reveal_hit()
        self.show_notes_here()
