"""Following a quotation to its other end, or a link: where its words stand, or what quotes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from studygroup.core.anchoring.quotation import MARKS, Anchor
from studygroup.core.errors import UsageError
from studygroup.core.quoting.audit import Host, Quotation
from studygroup.core.reading import cite
from studygroup.core.study import Study
from studygroup.core.text import one_line
from studygroup.core.wikilinks import Wikilink, destination
from studygroup.tui.happened import Happened
from studygroup.tui.widgets.markers import marker_at
from studygroup.tui.widgets.verdicts import found_at, whence, words_of
from studygroup.tui.work import ask

if TYPE_CHECKING:
    from studygroup.tui.screens.reading import ReadingScreen

SAID = 60
"""How many cells of a quotation a message holds."""


def follow(screen: ReadingScreen, quotation: Quotation, *, back: bool = False) -> None:
    """Go to the words that are quoted, or `back` from them to what quotes them.

    One that is altered shows first which words differ; one that stands in several places lists
    them; of one that is missing it is said. Raises UsageError where the other end is gone.
    """
    screen.app.post_message(Happened("quotation"))
    match = quotation.match
    if match.verdict == "altered" and match.anchor is not None:
        _show_difference(screen, quotation, match.anchor, back=back)
    elif back:
        go_to_host(screen, quotation.host)
    elif match.verdict == "ambiguous":
        _choose_place(screen, quotation)
    elif match.anchor is not None:
        go_to_words(screen, match.anchor)
    else:
        words = words_of(quotation.quote, SAID)
        said = f"{MARKS['missing']} missing: {words} stands in none of the readings."
        screen.app.notify(said, markup=False)


class Lead(NamedTuple):
    """Where Enter leads from a paragraph: what is said of it, its words, and how one goes there."""

    label: str
    words: str
    go: Callable[[ReadingScreen], None]


def follow_one(screen: ReadingScreen, leads: Sequence[Lead], title: str) -> None:
    """Follow the only one of some leads, or let one be chosen."""
    from studygroup.tui.screens.picker import Option, Picker

    if len(leads) == 1:
        leads[0].go(screen)
        return
    options = [Option(lead.label, lead.words, number) for number, lead in enumerate(leads)]
    picker = Picker(title, options, ask="narrow the list")
    ask(screen.app, picker, lambda number: leads[number].go(screen))


def lead_of(screen: ReadingScreen, quotation: Quotation, *, back: bool) -> Lead:
    """Return the lead to what is quoted, or `back` to what quotes it."""
    study, place = _study(screen), screen.position
    here = (place.reading, place.section) if place is not None else ("", "")
    label = _label(study, quotation, back, here)
    words = words_of(quotation.quote, SAID)
    return Lead(label, words, lambda screen: follow(screen, quotation, back=back))


def lead_of_link(screen: ReadingScreen, link: Wikilink) -> Lead:
    """Return the lead to where a link of the text goes."""
    here = screen.reading
    found = None if here is None else destination(link.target, _study(screen), here)
    where = link.target.lstrip("#")
    if found is not None:
        reading, section = found
        where = section.title if reading is here else f"{reading.title}, {section.title}"
    words = words_of(link.shown, SAID)
    return Lead(f"↪ {where}", words, lambda screen: follow_link(screen, link))


def follow_link(screen: ReadingScreen, link: Wikilink) -> None:
    """Go where a link of the section's text leads. Raises UsageError where that is not there."""
    reading = screen.reading
    found = None if reading is None else destination(link.target, _study(screen), reading)
    if found is None:
        raise UsageError(f"there is no section or reading “{link.target.lstrip('#')}”")
    screen.open(found[0].slug, found[1].id)
    screen.remove_class("outline-open")
    screen.focus_pane(screen.text)


def _label(study: Study, quotation: Quotation, back: bool, here: tuple[str, str]) -> str:
    sign = MARKS[quotation.match.verdict]
    if back:
        return f"{sign} {whence(study, quotation.host, *here)}"
    return f"{sign} {found_at(study, quotation.match, *here)}"


def _show_difference(
    screen: ReadingScreen, quotation: Quotation, anchor: Anchor, *, back: bool
) -> None:
    from studygroup.tui.screens.difference import DifferenceScreen

    study = _study(screen)
    source = _citation(study, anchor)
    host = whence(study, quotation.host, anchor.reading, anchor.section)
    dialog = DifferenceScreen(
        f"{MARKS['altered']} altered: {host} quotes {source}",
        quotation.quote,
        anchor.words,
        "what quotes it" if back else "the source",
    )

    def go(_: bool) -> None:
        if back:
            go_to_host(screen, quotation.host)
        else:
            go_to_words(screen, anchor)

    ask(screen.app, dialog, go)


def _choose_place(screen: ReadingScreen, quotation: Quotation) -> None:
    from studygroup.tui.screens.picker import Option, Picker

    study = _study(screen)
    places = quotation.match.candidates
    options = [Option(_citation(study, a), _around(a), a) for a in places]
    title = f"{words_of(quotation.quote, SAID)} stands in {len(places)} places"
    picker = Picker(title, options, ask="narrow the list")
    ask(screen.app, picker, lambda anchor: go_to_words(screen, anchor))


def _around(anchor: Anchor) -> str:
    return one_line(f"… {anchor.prefix}{anchor.words}{anchor.suffix} …")


def _citation(study: Study, anchor: Anchor) -> str:
    reading = study.reading(anchor.reading)
    if reading is None:
        return anchor.reading
    return cite(reading, reading.section(anchor.section), anchor.paragraph)


def go_to_words(screen: ReadingScreen, anchor: Anchor) -> None:
    """Open the words of an anchor in their text. Raises UsageError where they are gone."""
    _open_passage(
        screen, anchor.reading, anchor.section, anchor.paragraph, anchor.start, anchor.end
    )
    screen.quotations.arrive(anchor)


def go_to_host(screen: ReadingScreen, host: Host) -> None:
    """Open what quotes: a passage of a text, a note or prompt beside its section, or the minutes.

    Raises UsageError where it is gone.
    """
    study = _study(screen)
    if host.kind == "minutes":
        from studygroup.tui.screens.past_sessions import show_entry

        show_entry(screen, *host.id.split("/", 1))
        return
    if host.kind == "text" and host.section is not None:
        _open_passage(screen, host.reading, host.section, host.paragraph or 1, host.start, host.end)
        return
    reading = study.reading(host.reading)
    if reading is None or not reading.sections:
        raise UsageError(f"the text of “{host.reading}” is not in this study")
    screen.open(reading.slug, host.section or reading.sections[0].id)
    screen.remove_class("outline-open")
    pane = {"note": screen.notes, "prompt": screen.prompts}.get(host.kind, screen.text)
    screen.focus_pane(pane)
    if pane is not screen.text:
        pane.set_current(host.id)


def _open_passage(
    screen: ReadingScreen, reading: str, section: str, paragraph: int, start: int, end: int
) -> None:
    found = _study(screen).reading(reading)
    part = found.section(section) if found is not None else None
    marker = marker_at(part, start, end) if part is not None else None
    screen.open(reading, section, paragraph, highlight=marker)
    screen.remove_class("outline-open")
    screen.focus_pane(screen.text)


def _study(screen: ReadingScreen) -> Study:
    if screen.study is None:
        raise UsageError("the study is still being read")
    return screen.study
