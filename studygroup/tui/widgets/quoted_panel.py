"""What quotes the section being read, and what its text quotes."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from textual.message import Message

from studygroup.core.anchoring.quotation import MARKS
from studygroup.core.quoting.audit import Quotation
from studygroup.core.study import Study
from studygroup.tui.linked import Linked
from studygroup.tui.widgets.blocks import Block, Line
from studygroup.tui.widgets.sheet import Piece, Sheet
from studygroup.tui.widgets.verdicts import found_at, passage_paragraphs, whence, words_of

BEGINNING = 56
"""How many cells of a quotation are shown."""


class Key(NamedTuple):
    """An item of the panel: the section is `quoted` or `quotes`, and which of those it is."""

    way: Literal["quoted", "quotes"]
    at: int


class QuotedPanel(Sheet):
    """Quotations from and in the section, each with its verdict; items have a `Key`."""

    @dataclass
    class QuotationChosen(Message):
        """A quotation was clicked, or chosen with Enter.

        `back` says that one wants to what quotes, not to what is quoted.
        """

        quotation: Quotation
        back: bool

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.linked = Linked()
        self._paragraphs: dict[Key, Collection[int]] = {}
        self._here = 0
        self.known = False
        """Whether it is known yet what quotes the section."""

    def expect(self) -> None:
        """Show nothing of the section before until it is known what quotes this one."""
        self.linked, self._paragraphs, self.known = Linked(), {}, False
        self.show([])

    def say(self, sentence: str) -> None:
        """Say why nothing is shown yet, or at all."""
        self.show([Block(sentence, "muted", gap=0)])

    def show_linked(self, study: Study, reading: str, section: str, linked: Linked) -> None:
        """Show what quotes a section, then what its text quotes."""
        self.linked, self.known = linked, True
        place = (reading, section)
        self._paragraphs = {}
        blocks: list[Block] = []
        for at, quotation in enumerate(linked.quoted_in):
            key = Key("quoted", at)
            anchor = quotation.match.anchor
            found = passage_paragraphs(study.reading(reading), anchor) if anchor else ()
            self._paragraphs[key] = found
            where = whence(study, quotation.host, *place)
            blocks += _item(key, quotation, where, found, first=not blocks)
        if not blocks:
            blocks.append(Block("Nothing else quotes this section.", "muted", gap=0))
        if linked.quotes:
            blocks.append(Block("This section quotes", "label"))
        for at, quotation in enumerate(linked.quotes):
            key = Key("quotes", at)
            number = quotation.host.paragraph or 1
            self._paragraphs[key] = (number,)
            where = found_at(study, quotation.match, *place)
            blocks += _item(key, quotation, where, (number,), first=at == 0)
        self.show(blocks, current=self.current)

    @property
    def summaries(self) -> tuple[str, ...]:
        """What there is to say over the panel, the longest first."""
        if not self.known:
            return ("",)
        count, own = len(self.linked.quoted_in), len(self.linked.quotes)
        if own and not count:
            return f"nowhere · quotes {own}", f"quotes {own}", str(own)
        if own:
            return f"{count} · quotes {own}", f"{count} · {own}"
        return (str(count) if count else "nowhere else", str(count or ""))

    @property
    def count(self) -> int:
        """How many quotations are shown."""
        return len(self.linked.quoted_in) + len(self.linked.quotes)

    def set_here(self, number: int) -> None:
        """Mark what has to do with the paragraph being read, and bring one of it into view."""
        self._here = number
        first = next((key for key, found in self._paragraphs.items() if number in found), None)
        if first is not None and not self.has_focus:
            self.reveal(first)
        self.refresh()

    def chosen(self, key: Hashable) -> None:
        """Tell which quotation was chosen."""
        if isinstance(key, Key):
            of = self.linked.quoted_in if key.way == "quoted" else self.linked.quotes
            self.post_message(self.QuotationChosen(of[key.at], key.way == "quoted"))

    def margin(self, line: Line, pointed: bool) -> Sequence[Piece]:
        """Return the pointer, and the bar of what has to do with the paragraph being read."""
        key = line.block.key if line.block is not None else None
        here = isinstance(key, Key) and self._here in self._paragraphs.get(key, ())
        return [("›" if pointed else " ", "pointer"), ("▌" if here else " ", "bar")]


def _item(
    key: Key, quotation: Quotation, where: str, numbers: Iterable[int], *, first: bool
) -> Iterable[Block]:
    verdict = quotation.match.verdict
    lead, gap = f"{MARKS[verdict]} ", 0 if first else 1
    yield Block(where, "label", key=key, indent=2, lead=lead, lead_style="pointer", gap=gap)
    on = ", ".join(f"¶{n}" for n in numbers)
    if key.way == "quoted" and verdict != "exact":
        on = f"{verdict}, {on}"
    if quotation.form == "unmarked":
        on += ", without marks"
    yield Block(f"{on} {words_of(quotation.quote, BEGINNING)}", "note", key=key, indent=2, gap=0)
