"""The search overlay: results while typing, over texts, prompts, notes and minutes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from studygroup.core.errors import StudygroupError
from studygroup.core.query import MAX_CHARACTERS, NO_WORD, parse
from studygroup.core.search import HIT_KINDS, Filters, Hit, HitKind, Results, is_place
from studygroup.tui.screens.dialog import Dialog, words
from studygroup.tui.taking import Tell
from studygroup.tui.widgets.bars import Choice, ChoiceBar
from studygroup.tui.widgets.hit_list import HitList
from studygroup.tui.widgets.wrapping import cells
from studygroup.tui.work import beside, complain, nothing

SOON = 0.3
"""Seconds without an answer after which the reader is told why."""

KINDS: tuple[tuple[str, str], ...] = (
    ("all", "All"),
    ("text", "Text"),
    ("prompt", "Prompts"),
    ("note", "Notes"),
    ("minutes", "Minutes"),
)
"""What the line of counts offers: an id (`all`, or a kind of hit) and its word."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it stands in the line, and the kind it is narrowed to (`all` for none)."""

    query: str = ""
    kind: str = "all"

    @property
    def filters(self) -> Filters:
        """The kinds to look among."""
        kinds: list[HitKind] = [kind for kind in HIT_KINDS if kind == self.kind]
        return Filters(kinds=frozenset(kinds))


@dataclass(frozen=True, slots=True)
class Found:
    """What the reader chose: a hit, the `at`-th of `hits`, and what was asked."""

    asked: Asked
    hit: Hit
    at: int
    hits: tuple[Hit, ...]


Find = Callable[[Asked], Results]
"""Answers what is asked; it may take long, and is called in a thread."""


Record = Callable[[Asked, Hit, Tell], None]
"""Records a hit; what came of it is told once it is on disk."""
CHOOSE = "↑↓ choose"
HINT = f"{CHOOSE} · Enter opens · Tab narrows · Esc closes"


class KindBar(ChoiceBar):
    """How many hits there are of each kind; a click narrows to one."""


class SearchScreen(Dialog[Found]):
    """Type to search, arrows to move, Enter to open; Esc leaves everything as it was.

    During a session a key that types nothing records the hit, and one can go on searching.

    One search runs at a time, in a thread; when it is done and something else is asked by then, its
    result is dropped and the newest question is asked.
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
        Binding("ctrl+r", "record", show=False),
        Binding("ctrl+o,alt+left", "close", show=False),
    ]

    def __init__(
        self,
        find: Find,
        titles: Mapping[str, str],
        asked: Asked | None = None,
        at: int = 0,
        record: Record | None = None,
    ) -> None:
        """`record` is given while a session is recorded."""
        super().__init__()
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (12, "-high")]
        self._find = find
        self._record = record
        self._titles = titles
        self._asked = asked or Asked()
        self._answered: Asked | None = None
        self._at = at
        self._busy = False
        self._to_open = False  # Enter was pressed before the answer came
        self._saving: set[str] = set()  # the keys of hits that are being recorded
        self._waiting = False  # and that this takes long is said

    def compose(self) -> ComposeResult:
        """Put the line to type in and the counts over the list."""
        with Vertical(classes="box tall"):
            yield Input(
                self._asked.query,
                placeholder="search texts, prompts, notes and minutes",
                max_length=MAX_CHARACTERS,
            )
            yield KindBar(id="kinds")
            yield HitList(id="hits")
            yield words(HINT, "hint")

    def on_mount(self) -> None:
        """Show the last question's answer, or what can be typed; open the index meanwhile."""
        self._ask(self._asked)
        beside(self, lambda: self._find(Asked()), nothing, group="prepare")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if event.value != self._asked.query:
            self._at = 0
            self._ask(Asked(event.value, self._asked.kind))

    @on(Input.Submitted)
    def _entered(self) -> None:
        if self._answered == self._asked:
            self.query_one(HitList).choose()
        else:
            self._to_open = True
            if self._waiting:
                self._show_waiting()

    @on(HitList.Moved)
    def _moved(self) -> None:
        self._say("")

    @on(KindBar.Chosen)
    def _kind_clicked(self, event: KindBar.Chosen) -> None:
        self._ask(Asked(self._asked.query, event.id))

    @on(HitList.HitChosen)
    def _hit_chosen(self, event: HitList.HitChosen) -> None:
        hits = self.query_one(HitList)
        at = hits.current if isinstance(hits.current, int) else 0
        self.dismiss(Found(self._asked, event.hit, at, hits.results.hits))

    @on(HitList.SuggestionChosen)
    def _suggestion_chosen(self, event: HitList.SuggestionChosen) -> None:
        line = self.query_one(Input)
        line.value = event.query
        line.cursor_position = len(event.query)

    def action_step(self, count: int) -> None:
        """Move in the list while the line keeps the focus."""
        self.query_one(HitList).step(count)

    def action_page(self, count: int) -> None:
        """Turn a page of the list."""
        self.query_one(HitList).page(count)

    def action_narrow(self, count: int) -> None:
        """Narrow to the next kind, or to the one before."""
        ids = [id for id, _ in KINDS]
        kind = ids[(ids.index(self._asked.kind) + count) % len(ids)]
        self._at = 0
        self._ask(Asked(self._asked.query, kind))

    def action_record(self) -> None:
        """Record the hit that is chosen, or say why not."""
        hits = self.query_one(HitList)
        hit = hits.hit if self._answered == self._asked else None
        if self._record is None:
            self._say("No session is running here: Esc, then S starts one.")
        elif hit is None:
            self._say("Nothing to record yet: no hit is chosen.")
        elif hits.is_recorded(hit):
            self._say("✓ This one is recorded already.")
        elif hit.document.key not in self._saving:
            self._say("saving…")
            self._saving.add(hit.document.key)
            self._record(self._asked, hit, self._teller(hit))

    def _teller(self, hit: Hit) -> Tell:
        def tell(said: str, well: bool) -> None:
            self._saving.discard(hit.document.key)
            if self.is_attached:
                if well:
                    self.query_one(HitList).mark_recorded(hit)
                self._say(f"✓ {said}" if well else said)

        return tell

    def _say(self, sentence: str) -> None:
        """Show a sentence at the foot; "" for the keys."""
        hint = self.query_one(".hint", Static)
        hint.update(Content(sentence or self._keys()))
        hint.set_class(bool(sentence), "-said")

    def _keys(self) -> str:
        hit = self.query_one(HitList).hit
        if self._record is None or hit is None:
            return HINT
        does = "takes it up" if is_place(hit.document) else "quotes it"
        keys = f"^r {does} · {HINT}"
        room = self.query_one(".hint").content_size.width
        return keys if cells(keys) <= room else keys.replace(f"{CHOOSE} · ", "")

    def _ask(self, asked: Asked) -> None:
        self._asked = asked
        self._to_open = False
        if not _asks(asked):
            self._show(asked, Results(asked.query))
        elif not self._busy:
            self._busy = True
            self.run_worker(self._answer(), group="search")

    async def _answer(self) -> None:
        """Answer what is asked until the newest question has its answer."""
        slow = self.set_timer(SOON, self._show_waiting)
        try:
            while (asked := self._asked) != self._answered and _asks(asked):
                results = await asyncio.to_thread(self._find, asked)
                slow.stop()
                self._waiting = False
                if asked == self._asked:
                    self._show(asked, results)
        except (StudygroupError, OSError) as error:
            self.query_one(HitList).show_failure()
            complain(self.app, error)
        finally:
            slow.stop()
            self._busy = self._waiting = False

    def _show_waiting(self) -> None:
        self._waiting = True
        if _asks(self._asked):
            self.query_one(HitList).show_waiting(to_open=self._to_open)

    def _show(self, asked: Asked, results: Results) -> None:
        self._answered = asked
        counts = dict(results.counts)
        shown = [
            Choice(id, f"{word} {counts.get(id, sum(counts.values()))}")  # type: ignore[call-overload]
            for id, word in KINDS
        ]
        self.query_one(KindBar).show(shown if _asks(asked) else [], asked.kind)
        hits = self.query_one(HitList)
        if _asks(asked):
            hits.show_results(results, self._titles, self._at)
            if self._to_open:
                self._to_open = False
                hits.choose()
        else:
            hits.show_help(NO_WORD if asked.query.strip() else "")


def _asks(asked: Asked) -> bool:
    """Whether a query asks for anything: it has a word that is to be found."""
    return bool(parse(asked.query, typing=True).wanted)
