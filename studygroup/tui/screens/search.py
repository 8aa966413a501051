"""The search overlay: results while typing, over texts, prompts, notes and minutes."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from studygroup.core.finding.query import MAX_CHARACTERS, NO_WORD
from studygroup.core.finding.search import Hit, Results, is_place
from studygroup.tui.asking import Asked, Found, Seeker
from studygroup.tui.newest import Newest
from studygroup.tui.screens.dialog import Dialog, words
from studygroup.tui.taking import Tell
from studygroup.tui.widgets.bars import Choice, ChoiceBar
from studygroup.tui.widgets.count_bar import CountBar
from studygroup.tui.widgets.hit_list import HitList
from studygroup.tui.widgets.share_bar import ShareBar
from studygroup.tui.widgets.typed import TypedLine
from studygroup.tui.widgets.wrapping import cells
from studygroup.tui.work import complain

KINDS: tuple[tuple[str, str], ...] = (
    ("all", "All"),
    ("text", "Text"),
    ("prompt", "Prompts"),
    ("note", "Notes"),
    ("minutes", "Minutes"),
)
"""What the line of counts offers: an id (`all`, or a kind of hit) and its word."""

KEYS: tuple[tuple[str, str], ...] = (
    ("↑ ↓", "the hit before, the next one; PgUp and PgDn turn pages"),
    ("Enter", "opens the hit in its place: n and N go on from there, Esc comes back"),
    ("Tab", "narrows to texts, prompts, notes or minutes"),
    ("^t", "narrows to a reading, those with most hits first"),
    ("^s", "narrows to what somebody wrote or said"),
    ("^g", "searches everything again"),
    ("^l", "shows every place on a line of its own, to compare how words are used"),
    ("^y", "searches what was suggested"),
    ("^p", "lists recent searches; ↑ in an empty line does too"),
    ("^r", "records the hit while a session runs"),
    ("F1", "shows this, as ? does in an empty line"),
    ("Esc", "closes the search; you stand where you stood"),
)
"""The keys of the overlay and what they do, for help texts."""

POLL = 0.2
"""Seconds from one look to the next at how much of the study is ready to be searched."""
STEP = 0.03
"""By which share more of the study has to be ready for a search to be asked again."""
LOWEST = 8
"""Fewer lines than these are no overlay: then it covers what lies at the foot."""
ROOMY = 24
"""From so many lines on, readings and readers have a row of counts each."""


class SearchScreen(Dialog[Found]):
    """Type to search, arrows to move, Enter to open; Esc leaves everything as it was.

    During a session a key that types nothing records the hit, and one can go on searching.
    """

    CSS_PATH: ClassVar[list[str]] = ["dialog.tcss", "search.tcss"]  # type: ignore[assignment]
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("tab", "narrow(1)", show=False),
        Binding("shift+tab", "narrow(-1)", show=False),
        Binding("ctrl+t", "next_reading", show=False),
        Binding("ctrl+s", "next_reader", show=False),
        Binding("ctrl+g", "everywhere", show=False),
        Binding("ctrl+l", "lines", show=False),
        Binding("ctrl+y", "take_suggestion", show=False),
        Binding("ctrl+p", "recent", show=False),
        Binding("ctrl+r", "record", show=False),
        Binding("f1", "help", show=False),
        Binding("escape", "back", show=False),
        Binding("ctrl+o,alt+left", "close", show=False),
    ]

    def __init__(self, seeker: Seeker, asked: Asked | None = None, at: int = 0) -> None:
        """Begin with a question, if one was `asked` before, and the `at`-th of its hits."""
        super().__init__()
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (12, "-high")]
        self._seeker = seeker
        self._asked = asked or Asked()
        self._answered: Asked | None = None
        self._results = Results("")
        self._at = at
        self._to_open = False  # Enter was pressed before the answer came
        self._aside = False  # help or recent searches are shown in place of the hits
        self._saving: set[str] = set()  # the keys of hits that are being recorded
        self._newest = Newest[Asked, Results](
            self, seeker.find, self._show, failed=self._show_failure, waiting=self._show_waiting
        )

    def compose(self) -> ComposeResult:
        """Put the line to type in and the counts over the list."""
        with Vertical(classes="box tall"):
            yield TypedLine(
                self._asked.query,
                placeholder="search texts, prompts, notes and minutes",
                max_length=MAX_CHARACTERS,
            )
            yield ChoiceBar(id="kinds")
            with Horizontal(id="places"):
                yield CountBar("^t", id="readings")
                yield CountBar("^s", id="readers")
            yield ShareBar(id="share")
            yield HitList(id="hits")
            yield words("", "hint")

    def on_mount(self) -> None:
        """Show the last question's answer, or what can be typed."""
        self.query_one(ShareBar).show(self._seeker.share())
        self.set_interval(POLL, self._look_at_share)
        self._ask(self._asked)

    # Asking.

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if event.value != self._asked.query:
            self._at = 0
            self._ask(replace(self._asked, query=event.value, limit=Asked().limit))

    @on(Input.Submitted)
    def _entered(self) -> None:
        if self._aside or (self._answered == self._asked and not self._expects_more()):
            self.query_one(HitList).choose()
        else:
            self._to_open = True
            if self._newest.waiting or self._expects_more():
                self._show_waiting()

    def _expects_more(self) -> bool:
        """Tell whether nothing is found only because the study is still being read."""
        return self._asked.wants and not self._results.hits and self._results.indexed < 1

    def _ask(self, asked: Asked) -> None:
        self._asked = asked
        self._to_open = self._aside = False
        if asked.wants:
            self._newest.ask(asked)
        else:
            self._newest.forget()
            self._show(asked, Results(asked.query))

    def _narrow(self, asked: Asked) -> None:
        self._at = 0
        self._ask(replace(asked, limit=Asked().limit))

    @on(ChoiceBar.Chosen)
    def _count_clicked(self, event: ChoiceBar.Chosen) -> None:
        if event.bar.id == "readings":
            same = event.id == self._asked.reading
            self._narrow(replace(self._asked, reading="" if same else event.id))
        elif event.bar.id == "readers":
            same = event.id == self._asked.reader
            self._narrow(replace(self._asked, reader="" if same else event.id))
        else:
            self._narrow(replace(self._asked, kind=event.id))

    def action_narrow(self, count: int) -> None:
        """Narrow to the next kind, or to the one before."""
        ids = [id for id, _ in KINDS]
        kind = ids[(ids.index(self._asked.kind) + count) % len(ids)]
        self._narrow(replace(self._asked, kind=kind))

    def action_next_reading(self) -> None:
        """Narrow to the next reading; after the last one, to all."""
        bar = self.query_one("#readings", CountBar)
        self._narrow(replace(self._asked, reading=bar.after(self._asked.reading)))

    def action_next_reader(self) -> None:
        """Narrow to the next reader; after the last one, to all."""
        bar = self.query_one("#readers", CountBar)
        self._narrow(replace(self._asked, reader=bar.after(self._asked.reader)))

    def action_everywhere(self) -> None:
        """Search everything again."""
        self._narrow(self._asked.everywhere())

    def action_take_suggestion(self) -> None:
        """Search what was suggested."""
        if self._answered == self._asked and self._results.suggestion:
            self._type(self._results.suggestion)

    @on(HitList.QueryChosen)
    def _query_chosen(self, event: HitList.QueryChosen) -> None:
        self._type(event.query)

    def _type(self, query: str) -> None:
        line = self.query_one(Input)
        line.value = query
        line.cursor_position = len(query)
        if query == self._asked.query:
            self._ask(self._asked)

    @on(HitList.EndNear)
    def _end_near(self) -> None:
        more = self._asked.more()
        listed = len(self._results.hits)
        if self._answered == self._asked and more and listed < self._results.total:
            self._ask(more)

    def _look_at_share(self) -> None:
        """Show how much is ready to be searched; ask again once there is more."""
        before, share = self._results.indexed, self._seeker.share()
        self.query_one(ShareBar).show(share)
        grown = share >= before + STEP or share >= 1 > before
        if grown and not self._aside and self._asked.wants and self._answered == self._asked:
            self._newest.ask(self._asked)

    # Showing.

    def _show(self, asked: Asked, results: Results) -> None:
        before, self._answered, self._results = self._answered, asked, results
        if self._aside:
            return
        self._show_counts(asked, results)
        hits = self.query_one(HitList)
        grows = asked.more() is not None
        titles = self._seeker.titles()
        if not asked.wants:
            if asked.query.strip() == "?":
                self.action_help()
            else:
                why = NO_WORD if asked.query.strip() else ""
                hits.show_help(why, self._seeker.recent)
        elif before is not None and hits.hits and replace(before, limit=asked.limit) == asked:
            hits.show_more(results, titles, grows=grows)
        else:
            narrowed = _elsewhere(asked, results)
            hits.show_results(results, titles, self._at, grows=grows, narrowed=narrowed)
        if self._to_open and self._expects_more():
            self._show_waiting()
        elif self._to_open:
            self._to_open = False
            hits.choose()

    def _show_counts(self, asked: Asked, results: Results) -> None:
        counts = {str(kind): count for kind, count in results.counts.items()}
        everything = sum(counts.values())
        shown = [Choice(id, f"{word} {counts.get(id, everything):,}") for id, word in KINDS]
        self.query_one("#kinds", ChoiceBar).show(shown if asked.wants else [], asked.kind)
        readings = self.query_one("#readings", CountBar)
        readings.count(results.readings, asked.reading, self._seeker.titles())
        readers = self.query_one("#readers", CountBar)
        readers.count(results.readers, asked.reader, {})
        self.query_one("#places").display = readings.display or readers.display

    def _show_waiting(self) -> None:
        self.query_one(HitList).show_waiting(to_open=self._to_open)

    def _show_failure(self, error: Exception) -> None:
        self.query_one(HitList).show_failure()
        complain(self.app, error)

    def on_resize(self, event: events.Resize) -> None:
        """Leave what stands at the foot of the screen in view."""
        self._fit()

    def _fit(self) -> None:
        box, height = self.query_one(".box"), self.size.height
        room = height - 1 - self._seeker.foot()
        box.styles.max_height = room if room >= LOWEST and not self.has_class("-low") else None
        self.set_class(min(room, height * 9 // 10) >= ROOMY, "-roomy")

    # Moving in the list.

    @on(HitList.Moved)
    def _moved(self) -> None:
        self._say("")

    def action_step(self, count: int) -> None:
        """Move in the list while the line keeps the focus; the first step goes to its top."""
        hits = self.query_one(HitList)
        if hits.lines.places:
            hits.step(1 if count < 0 and hits.current is None else count)
        else:
            hits.scroll_relative(y=count, animate=False)

    def action_page(self, count: int) -> None:
        """Turn a page of the list."""
        self.query_one(HitList).page(count)

    @on(HitList.HitChosen)
    def _hit_chosen(self, event: HitList.HitChosen) -> None:
        hits = self.query_one(HitList)
        at = hits.current if isinstance(hits.current, int) else 0
        is_all = len(hits.hits) >= self._results.total
        self._leave(Found(self._asked, event.hit, at, tuple(hits.hits), is_all))

    # Beside the hits.

    def action_help(self) -> None:
        """Say all that can be typed, and the keys; again: the hits."""
        if self._aside:
            self._ask(self._asked)
        else:
            self._aside = True
            self.query_one(HitList).show_all_help(KEYS)

    def action_recent(self) -> None:
        """List the recent searches."""
        self._aside = True
        self.query_one(HitList).show_recent(self._seeker.recent)

    def action_lines(self) -> None:
        """Show every place of what is sought on a line of its own."""
        from studygroup.tui.screens.concordance import ConcordanceScreen

        if not self._asked.wants:
            self._say("Type first what to look for.")
            return

        def opened(found: Found | None) -> None:
            if found is not None:
                self._leave(found)

        self.app.push_screen(ConcordanceScreen(self._seeker, self._asked), opened)

    # Leaving.

    def action_back(self) -> None:
        """From help or recent searches back to the hits; else close."""
        if self._aside and self._asked.query.strip() != "?":
            self._ask(self._asked)
        else:
            self.action_close()

    def action_close(self) -> None:
        """Close, and leave everything as it was."""
        self._leave(None)

    def _leave(self, found: Found | None) -> None:
        asked = found.asked if found else self._answered
        if asked is not None and asked.wants and (found or self._results.hits):
            self._seeker.remember(asked.query)
        self.dismiss(found)

    # Recording.

    def action_record(self) -> None:
        """Record the hit that is chosen, or say why not."""
        hits = self.query_one(HitList)
        hit = hits.hit if self._answered == self._asked else None
        record = self._seeker.record
        if record is None:
            self._say("No session is running here: Esc, then S starts one.")
        elif hit is None:
            self._say("Nothing to record yet: no hit is chosen.")
        elif hits.is_recorded(hit):
            self._say("✓ This one is recorded already.")
        elif hit.document.key not in self._saving:
            self._say("saving…")
            self._saving.add(hit.document.key)
            record(self._asked, hit, self._teller(hit))

    def _teller(self, hit: Hit) -> Tell:
        def tell(said: str, well: bool) -> None:
            self._saving.discard(hit.document.key)
            if self.is_attached:
                if well:
                    self.query_one(HitList).mark_recorded(hit)
                    self._fit()
                self._say(f"✓ {said}" if well else said)

        return tell

    def _say(self, sentence: str) -> None:
        """Show a sentence at the foot; "" for the keys."""
        hint = self.query_one(".hint", Static)
        hint.update(Content(sentence or self._keys()))
        hint.set_class(bool(sentence), "-said")

    def _keys(self) -> str:
        """Return the keys that help most here, as many as there is room for."""
        hits = self.query_one(HitList)
        if self._aside:
            keys = ["Enter searches" if hits.current is not None else "", "Esc back"]
        elif hits.hit is None:
            keys = ["F1 help", "^p recent", "Esc closes"]
        else:
            does = "takes it up" if is_place(hits.hit.document) else "quotes it"
            record = f"^r {does}" if self._seeker.record else ""
            everything = "^g everything" if self._asked.is_narrowed else ""
            keys = [record, "Enter opens", "Esc closes", everything, "Tab narrows", "F1 help"]
            keys += ["^l in lines", "↑↓ choose"]
        room, shown = self.query_one(".hint").content_size.width, ""
        for key in keys:
            longer = f"{shown} · {key}" if shown and key else shown or key
            shown = longer if cells(longer) <= room else shown
        return shown


def _elsewhere(asked: Asked, results: Results) -> str:
    """Say, where nothing is found in what is narrowed, that more of the study can be searched."""
    if not asked.is_narrowed:
        return ""
    more = results.everything
    return f"Among everything: {more:,}. ^g goes there." if more else "^g searches everything."
