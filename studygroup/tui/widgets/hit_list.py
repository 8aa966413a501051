"""What a search found, as a list to choose from."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual.message import Message

from studygroup.core.finding.search import Hit, Results
from studygroup.tui.widgets.blocks import Block, Run
from studygroup.tui.widgets.hit_blocks import HEAD, Listing, help_blocks, syntax_blocks
from studygroup.tui.widgets.sheet import Sheet

SUGGESTION = "suggestion"
"""The key of the line that offers another query."""
FEW_RECENT = 5
"""How many recent searches an empty line lists beside what can be typed."""
NEAR_END = 3
"""From how many hits before the end of the list on, more are wanted."""


@dataclass(frozen=True, slots=True)
class Recent:
    """The key of a recent search."""

    query: str


class HitList(Sheet, can_focus=False):
    """Hits, best first; items are keyed by their place in the list. Typing goes on elsewhere."""

    ALWAYS_TINTED = True

    @dataclass
    class HitChosen(Message):
        """A hit was clicked, or chosen with Enter."""

        hit: Hit

    @dataclass
    class QueryChosen(Message):
        """Another query was chosen: what was suggested, or a recent one."""

        query: str

    class Moved(Message):
        """Another hit became the current one, or none."""

    class EndNear(Message):
        """The end of the hits that are listed is near."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.results = Results("")
        self._listing = Listing((), 0, {})
        self._grows = False
        self._narrowed = ""
        self._recorded: set[str] = set()

    @property
    def hits(self) -> Sequence[Hit]:
        """The hits in the order in which they are listed."""
        return self._listing.hits

    @property
    def hit(self) -> Hit | None:
        """The hit that is the current item, if any."""
        return self.hits[self.current] if isinstance(self.current, int) else None

    def is_recorded(self, hit: Hit) -> bool:
        """Tell whether a hit was marked as recorded."""
        return hit.document.key in self._recorded

    def mark_recorded(self, hit: Hit) -> None:
        """Show from now on that a hit was recorded."""
        self._recorded.add(hit.document.key)
        if self.hits:
            self.restyle(self._blocks())

    def show_help(self, why: str = "", recent: Sequence[str] = ()) -> None:
        """Say what can be typed; first `why` nothing is sought, and some `recent` searches."""
        said = [Block(why, "strong")] if why else []
        some = _recent_blocks("Recent searches", recent[:FEW_RECENT]) if recent else []
        if len(recent) > FEW_RECENT:
            some.append(Block(f"^p lists all {len(recent)}", "faint", gap=0))
        self._show_instead([*said, *some, *syntax_blocks()])

    def show_all_help(self, keys: Iterable[tuple[str, str]]) -> None:
        """Say all that can be typed, and the keys."""
        self._show_instead(help_blocks(keys))

    def show_recent(self, recent: Sequence[str]) -> None:
        """List the recent searches, the newest one current."""
        if recent:
            blocks = _recent_blocks("Recent searches", recent)
            self._show_instead(blocks, current=Recent(recent[0]))
        else:
            self._show_instead([Block("Nothing was searched here before.", "muted")])

    def show_waiting(self, *, to_open: bool) -> None:
        """Say that the first search takes a moment, and what Enter, if pressed, has asked for."""
        then = "The best hit opens when it is found; Esc goes back." if to_open else ""
        also = [Block(then, "muted", gap=0)] if then else []
        self._show_instead([Block("Reading the study for the first search…", "muted"), *also])

    def show_failure(self) -> None:
        """Say that the search was not answered."""
        self._show_instead(
            [Block("This search could not be answered. Type on to ask again.", "strong")]
        )

    def _show_instead(self, blocks: Iterable[Block], current: Hashable = None) -> None:
        self.results, self._listing = Results(""), Listing((), 0, {})
        self.show(blocks, current=current)
        self.post_message(self.Moved())

    def show_results(
        self,
        results: Results,
        titles: Mapping[str, str],
        at: int = 0,
        *,
        grows: bool = False,
        narrowed: str = "",
    ) -> None:
        """Show results with the `at`-th one current; `titles` are the readings' by slug.

        `grows` tells that more hits can be had; `narrowed` says, where nothing is found, how to
        search all of the study.
        """
        self._grows, self._narrowed = grows, narrowed
        self.results, self._listing = results, Listing(results.hits, results.total, titles)
        if results.hits:
            at = min(at, len(self.hits) - 1)
            self.show(self._blocks(), current=at)
            if at:
                self.reveal(at)
        else:
            self._show_nothing(results)
        self.post_message(self.Moved())

    def show_more(self, results: Results, titles: Mapping[str, str], *, grows: bool) -> None:
        """Show more hits of the same search: neither the view nor the current hit moves."""
        hit, top = self.hit, self.top
        offset = top - self.lines.places.get(self.current, (top, top))[0]
        self._grows = grows
        self.results, self._listing = results, Listing(results.hits, results.total, titles)
        keys = [one.document.key for one in self.hits]
        at = keys.index(hit.document.key) if hit and hit.document.key in keys else 0
        self.show(self._blocks(), current=at, top=False)
        first, _ = self.lines.places.get(at, (0, 0))
        self.scroll_to(y=first + offset, animate=False)

    def _blocks(self) -> list[Block]:
        meant = self._meant(self.results.suggestion) if self.results.suggestion else []
        blocks = self._listing.blocks(self._recorded, grows=self._grows)
        if meant and blocks:
            blocks[0] = blocks[0]._replace(gap=1)
        return [*meant, *blocks]

    def _meant(self, suggestion: str) -> list[Block]:
        start = len("Did you mean ")
        text = f"Did you mean {suggestion} ?  ^y searches that"
        end = start + len(suggestion)
        runs = (Run(start, end, "strong"), Run(end + 2, len(text), "faint"))
        return [Block(text, HEAD, runs=runs, key=SUGGESTION)]

    def _show_nothing(self, results: Results) -> None:
        blocks = [Block(f"Nothing found for {results.query.strip()}", "muted")]
        if results.indexed < 1:
            # Too early for advice: what is sought may be what is read next.
            blocks.append(Block("So far: the study is still being read.", "muted", gap=0))
        elif results.suggestion:
            blocks += self._meant(results.suggestion)
        elif self._narrowed:
            blocks.append(Block(self._narrowed, "faint", gap=0))
        else:
            blocks.append(Block("Fewer words find more.", "faint"))
            blocks += syntax_blocks()
        self.show(blocks, current=SUGGESTION if results.suggestion else None)

    def reached(self, key: Hashable) -> None:
        """Tell that another hit is the current one, and when the list's end is near."""
        self.post_message(self.Moved())
        if isinstance(key, int) and key >= len(self.hits) - NEAR_END:
            self.post_message(self.EndNear())

    def watch_scroll_y(self, old: float, new: float) -> None:
        """Tell when the list was scrolled to its end."""
        super().watch_scroll_y(old, new)
        if self.hits and new > old and new + self.height >= len(self.lines.lines):
            self.post_message(self.EndNear())

    def chosen(self, key: Hashable) -> None:
        """Tell what was chosen."""
        if isinstance(key, int):
            self.post_message(self.HitChosen(self.hits[key]))
        elif isinstance(key, Recent):
            self.post_message(self.QueryChosen(key.query))
        elif key == SUGGESTION and self.results.suggestion:
            self.post_message(self.QueryChosen(self.results.suggestion))


def _recent_blocks(head: str, queries: Iterable[str]) -> list[Block]:
    rows = [Block(query, key=Recent(query), gap=0) for query in queries]
    return [Block(head, "label"), *rows]
