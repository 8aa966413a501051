"""The table “search”: our index beside others, on the same documents and the same queries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean, median
from time import perf_counter

from benchmarks import fresh
from benchmarks.corpus import Corpus
from benchmarks.engines.choice import FTS5, NAMES, PLAIN_WHOOSH, choice
from benchmarks.engines.engine import Engine
from benchmarks.options import Options
from benchmarks.queries import NEAR, Asked, Questions
from benchmarks.table import Row, Table
from benchmarks.timing import Times, in_turns, share, summary, timed
from studygroup.core.finding.search import Source

TYPED = 80
"""Texts that are typed letter by letter."""
ENTERED = 30
"""Queries of each kind."""
EDITS = 60
"""Edits of readings, and as many of notes."""
PROCESSES = 3
"""Processes in which each index is opened afresh."""
ASKED_FRESH = 120
"""Queries after which a process tells how much memory it takes."""

_NO_NEAR = frozenset({FTS5})


def measure(options: Options) -> Iterator[Table]:
    """Yield a table for each size of study, and one of the growth between them."""
    tables = []
    for sections in options.sections:
        folder = options.folder / str(sections)
        folder.mkdir()
        tables.append(_Run(sections, folder, options).table())
        yield tables[-1]
    if len(tables) > 1:
        yield _growth(tables[0], tables[-1], options.sections)


class _Run:
    """One size of study: all engines side by side."""

    def __init__(self, sections: int, folder: Path, options: Options) -> None:
        self.sections, self.folder, self.options = sections, folder, options
        self.say(f"making a study of {sections:,} sections")
        self.corpus = Corpus(sections)
        self.questions = Questions(self.corpus)
        opened, self.remarks = choice(sections, slow=options.slow)
        self.engines: dict[str, Engine] = {}
        for name, opener in opened.items():
            self.folder_of(name).mkdir()
            self.engines[name] = opener(self.folder_of(name))

    def folder_of(self, name: str) -> Path:
        return self.folder / name.replace(" ", "-")

    def say(self, what: str) -> None:
        self.options.say(f"search, {self.sections:,} sections: {what}")

    def table(self) -> Table:
        """Measure everything, slow changes last, and return the rows."""
        rows = [self.build(), self.size(), *self.typing("while typing"), *self.entered()]
        rows += self.fresh()
        rows += self.updates("an edited reading", "reading:")
        rows += self.updates("an edited file of notes", "notes:")
        rows += self.typing("while typing, after the edits")
        for engine in self.engines.values():
            engine.close()
        documents = sum(1 for _ in self.corpus.documents())
        title = f"search: {self.sections:,} sections, {documents:,} documents"
        columns = [name for name in NAMES if name in self.engines]
        return Table(title, columns, rows, self.remarks)

    def build(self) -> Row:
        self.say("building")
        sources = self.corpus.sources
        taken = {
            name: timed(lambda engine=engine: engine.build(sources)) / 1000  # type: ignore[misc]
            for name, engine in self.engines.items()
        }
        plain = taken.get(PLAIN_WHOOSH)
        return Row("build", "s", taken, None if plain is None else plain / 4)

    def size(self) -> Row:
        sizes = {
            name: sum(f.stat().st_size for f in self.folder_of(name).rglob("*") if f.is_file())
            / 1e6
            for name in self.engines
        }
        return Row("index on disk", "MB", sizes)

    def typing(self, what: str) -> list[Row]:
        self.say(what)
        times = self.asked(self.questions.typed(TYPED))
        p95 = summary(times, _p95)
        goal = 15.0 if self.sections <= 10_000 else 40.0
        return [
            Row(f"{what}, p50", "ms", summary(times)),
            Row(f"{what}, p95", "ms", p95, min(goal, p95.get(FTS5, goal))),
            Row(f"{what}, most", "ms", summary(times, max), 50.0),
        ]

    def entered(self) -> list[Row]:
        self.say("entered queries")
        queries = self.questions.entered(ENTERED)
        common: Times = {name: [] for name in self.engines}
        found: dict[str, list[int]] = {name: [] for name in self.engines}
        rows = []
        for kind in self.questions.kinds:
            chosen = [name for name in self.engines if kind != NEAR or name not in _NO_NEAR]
            totals: dict[str, list[int]] = {name: [] for name in chosen}
            times = self.asked([one for one in queries if one.kind == kind], totals)
            rows.append(Row(f"  {kind}, p95", "ms", summary(times, _p95)))
            if kind != NEAR:
                alike = min(map(len, totals.values()))  # who is slow was asked less
                for name in self.engines:
                    common[name] += times[name]
                    found[name] += totals[name][:alike]
        p95 = summary(common, _p95)
        half = p95[FTS5] / 2 if FTS5 in p95 else None
        return [
            Row("entered, p50", "ms", summary(common)),
            Row("entered, p95", "ms", p95, half),
            *rows,
            Row("  hits, mean", "", {name: mean(totals) for name, totals in found.items()}),
        ]

    def fresh(self) -> list[Row]:
        """Open each index in processes of their own, one after the other."""
        self.say("opening in fresh processes")
        study = self.folder / "study"
        queries = [*self.questions.entered(ASKED_FRESH // 20), *self.questions.typed(4)]
        queries = [one for one in queries if one.kind != NEAR][:ASKED_FRESH]
        fresh.keep(study, self.corpus.sources, queries)
        told: dict[str, list[fresh.Told]] = {name: [] for name in self.engines}
        for number in range(PROCESSES if self.options.seconds >= 1 else 1):
            for name, all_told in told.items():
                all_told.append(fresh.ask(name, self.folder_of(name), study, number))
        first = {name: median(one.first for one in all_told) for name, all_told in told.items()}
        added = {name: median(one.added for one in all_told) for name, all_told in told.items()}
        whole = {name: median(one.all for one in all_told) for name, all_told in told.items()}
        rows = [Row("first answer of a fresh process", "ms", first, 350.0)]
        if all(whole.values()):
            rows.append(Row("memory it takes", "MB", added))
            rows.append(Row("memory, with the study itself", "MB", whole, 250.0))
        return rows

    def updates(self, what: str, beginning: str) -> list[Row]:
        """Change one document of one source, and bring every index up to date, again and again."""
        self.say(f"refreshing after {what}")
        sources = [one for one in self.corpus.sources if one.key.startswith(beginning)]
        changes = (
            self.corpus.edited(self.questions.chance.choice(sources).key) for _ in range(EDITS)
        )
        found: Times = {name: [] for name in self.engines}

        def updating(name: str) -> Callable[[Source], None]:
            def update(changed: Source) -> None:
                started = perf_counter()
                self.engines[name].update(
                    self.corpus.sources,
                    changed,
                    lambda: found[name].append((perf_counter() - started) * 1000),
                )

            return update

        updates = {name: updating(name) for name in self.engines}
        times = in_turns(changes, updates, self.options.seconds)
        return [
            Row(f"{what} is found, p50", "ms", summary(found)),
            Row(f"{what} is found, p95", "ms", summary(found, _p95), 20.0),
            Row(f"{what}, all tidied up, most", "ms", summary(times, max)),
        ]

    def asked(
        self, queries: Sequence[Asked], totals: Mapping[str, list[int]] | None = None
    ) -> Times:
        """Let engines answer in turn: those that keep `totals`, in a quarter of the time."""

        def answering(name: str) -> Callable[[Asked], None]:
            engine = self.engines[name]
            kept = [] if totals is None else totals[name]
            return lambda asked: kept.append(engine.search(asked))

        programs = {name: answering(name) for name in totals or self.engines}
        return in_turns(queries, programs, self.options.seconds / (4 if totals else 1))


def _p95(times: Sequence[float]) -> float:
    return share(times, 0.95)


def _growth(small: Table, large: Table, sections: Sequence[int]) -> Table:
    """Return how many times the figures of the smallest study those of the largest are."""
    grown = {row.what: row for row in large.rows}
    columns = [name for name in small.columns if name in large.columns]
    rows = [
        Row(
            row.what,
            "",
            {
                n: grown[row.what].figures[n] / row.figures[n]
                for n in columns
                if row.figures.get(n) and n in grown[row.what].figures
            },
        )
        for row in small.rows
        if row.what in grown
    ]
    times = sections[-1] / sections[0]
    title = f"growth: {sections[-1]:,} sections beside {sections[0]:,}, which is ×{times:g}"
    return Table(title, columns, rows, ratios=False)
