"""The tables “quotations”: how well and how fast quotations are located, and a study's audit."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import mean
from time import perf_counter, time_ns

from benchmarks.options import Options
from benchmarks.quoting.finders import FINDERS, NAMES, OURS, Finder, Said, opened
from benchmarks.quoting.labelled import (
    SECTIONS,
    VERDICTS,
    Labelled,
    Maker,
    many_readings,
    readings_and_rest,
)
from benchmarks.table import Row, Table
from benchmarks.timing import timed
from studygroup.core.reading import Reading
from studygroup.files.loader import SETTLED, Loader
from studygroup.files.parsed import ParsedFiles

EACH = 80
"""Quotations of each verdict."""
SMALLEST = 10
"""Readings of the smallest study of which the growth is told."""
NOTES = 25
"""Quotations in the notes on each reading."""
MOST_AUDITED = 200
"""Readings of the largest study that is audited, unless slow programs are asked for."""
_EDITS = (
    ("after an edit of a file of notes", "readings/reading-0/ana.md", "> “a line of their own”"),
    ("after an edit of a reading", "readings/reading-0.md", "Somebody added a line."),
)
_PLACED = ("exact", "elided", "altered")
Answer = tuple[Labelled, Said, float]


def measure(options: Options) -> Iterator[Table]:
    """Yield the tables: quality beside others, growth with the study, and the audit."""
    readings, apart = readings_and_rest()
    few = readings if options.seconds else readings[:2]
    yield _quality(options, few, apart)
    sizes = sorted({min(SMALLEST, n) for n in _sizes(options)} | set(_sizes(options)))
    yield _growth(options, sizes, apart)
    most = sizes[-1] if options.slow else min(sizes[-1], MOST_AUDITED)
    yield _audit(options, sorted({n for n in sizes if n < most} | {most}), apart)


def _sizes(options: Options) -> list[int]:
    return [max(2, sections // SECTIONS) for sections in options.sections]


def _quality(options: Options, readings: Sequence[Reading], apart: Sequence[str]) -> Table:
    programs, remarks = opened(readings)
    quotes = Maker(readings, apart).make(EACH if options.seconds else 2)
    options.say(f"quotations: {len(quotes)} in {len(readings)} readings")
    answers = _asked(options, programs, quotes)
    rows = [
        *(_share(f"{v}: verdict right", answers, (v,), _is_right) for v in VERDICTS),
        *(_share(f"{v}: section right", answers, (v,), _is_there) for v in _PLACED),
        *(_share(f"{v}: span in common", answers, (v,), _overlap) for v in _PLACED),
        _share("missing: anchored all the same", answers, ("missing",), _is_anchored),
    ]
    means = {
        name: mean(row.figures[name] for row in rows[: len(VERDICTS)] if name in row.figures)
        for name in programs
    }
    each = {name: mean(a[2] for a in found) for name, found in answers.items()}
    rows = [
        Row("verdict right, mean of the five", "", means),
        *rows,
        Row("a quotation", "ms", each),
    ]
    asked = ", ".join(f"{name} {len(found)}" for name, found in answers.items())
    remarks.append(f"Shares of 1; `×` compares them with ours. Asked of each: {asked}.")
    return Table(f"quotations in {len(readings)} readings", NAMES, rows, remarks)


def _asked(
    options: Options, programs: dict[str, Finder], quotes: Sequence[Labelled], least: int = 25
) -> dict[str, list[Answer]]:
    """Ask each program of each quotation in turn, until its time is used up."""
    answers: dict[str, list[Answer]] = {name: [] for name in programs}
    spent = dict.fromkeys(programs, 0.0)
    for quote in quotes:
        for name, find in programs.items():
            if spent[name] > 1000 * options.seconds and len(answers[name]) >= least:
                continue
            started = perf_counter()
            said = find(quote.quote)
            took = (perf_counter() - started) * 1000
            spent[name] += took
            answers[name].append((quote, said, took))
    return answers


def _share(
    what: str,
    answers: dict[str, list[Answer]],
    among: Sequence[str],
    good: Callable[[Labelled, Said], float],
) -> Row:
    figures = {}
    for name, found in answers.items():
        values = [float(good(quote, said)) for quote, said, _ in found if quote.verdict in among]
        if values:
            figures[name] = mean(values)
    return Row(what, "", figures)


def _is_right(quote: Labelled, said: Said) -> bool:
    return said.verdict == quote.verdict


def _is_anchored(_quote: Labelled, said: Said) -> bool:
    return said.verdict != "missing"


def _is_there(quote: Labelled, said: Said) -> bool:
    return (said.reading, said.section) == (quote.reading, quote.section)


def _overlap(quote: Labelled, said: Said) -> float:
    """Return the characters that two spans share, of all that either has."""
    if not _is_there(quote, said):
        return 0.0
    shared = min(quote.end, said.end) - max(quote.start, said.start)
    return max(0, shared) / (max(quote.end, said.end) - min(quote.start, said.start))


def _growth(options: Options, sizes: Sequence[int], apart: Sequence[str]) -> Table:
    """Measure what a quotation costs as the readings become more; × compares with the fewest."""
    columns = {size: f"{size:,} readings" for size in sizes}
    rows: dict[str, dict[str, float]] = {}
    slow: set[str] = set()
    left_out = FINDERS.keys() - opened(many_readings()[:1])[0].keys()
    for size, column in columns.items():
        readings = many_readings()[:size]
        options.say(f"quotations: {column}")
        quotes = Maker(readings[: sizes[0]], apart, seed=2).make(
            EACH // 4 if options.seconds else 2
        )
        programs = {}
        for name, opener in FINDERS.items():
            if name in left_out or name in slow:
                continue
            started = perf_counter()
            programs[name] = opener(readings)
            took = (perf_counter() - started) * 1000
            rows.setdefault(f"getting ready: {name}", {})[column] = took
        for name, found in _asked(options, programs, quotes, len(VERDICTS)).items():
            for verdict in VERDICTS if name == OURS else ():
                times = [took for quote, _, took in found if quote.verdict == verdict]
                if times:
                    rows.setdefault(f"a quotation: {name}, {verdict}", {})[column] = mean(times)
            rows.setdefault(f"a quotation: {name}", {})[column] = took = mean(
                took for _, _, took in found
            )
            if took * len(VERDICTS) > 1000 * options.seconds and not options.slow:
                slow.add(name)  # it would need minutes for the next size
    remark = "× compares with the fewest readings; each has some 600 words."
    slow_ones = "Who is slow at one size sits out the next, unless --slow is given."
    made = [Row(name, "ms", rows[name]) for name in sorted(rows)]
    return Table("locating as a study grows", list(columns.values()), made, [remark, slow_ones])


def _audit(options: Options, sizes: Sequence[int], apart: Sequence[str]) -> Table:
    """Measure the audit of whole studies: for the first time, and after one edit."""
    columns = {size: f"{size:,} readings" for size in sizes}
    rows: dict[str, dict[str, float]] = {}
    counts: dict[str, float] = {}
    for size, column in columns.items():
        options.say(f"audit: {column}")
        folder = options.folder / f"audit-{size}"
        counts[column] = write_study(folder / "study", size, apart)
        loader = Loader(folder / "study", ParsedFiles(folder / "kept"), _later)
        study = loader.load()
        rows.setdefault("the first audit", {})[column] = timed(lambda study=study: study.audit)  # type: ignore[misc]
        for what, path, line in _EDITS:
            with (folder / "study" / path).open("a", encoding="utf-8") as file:
                file.write(f"\n\n{line}\n")
            edited = loader.load()
            rows.setdefault(what, {})[column] = timed(lambda study=edited: study.audit)  # type: ignore[misc]
        shutil.rmtree(folder)
    made = [Row(name, "ms", figures) for name, figures in rows.items()]
    made.insert(0, Row("quotations in notes", "", counts))
    remark = "× compares with the fewest readings; loading is not in it."
    return Table("auditing a study", list(columns.values()), made, [remark])


def _later() -> int:
    """Tell the time, a while from now: files that were just written count as being at rest."""
    return time_ns() + 5 * SETTLED


def write_study(root: Path, count: int, apart: Sequence[str]) -> int:
    """Write a study of that many readings with notes; return how many quotations these have."""
    made = 0
    for number, reading in enumerate(many_readings()[:count]):
        path = root / reading.path
        path.parent.mkdir(parents=True, exist_ok=True)
        body = "\n\n".join(f"# {s.title}\n\n{s.text}" for s in reading.sections)
        path.write_text(body, encoding="utf-8")
        quotes = Maker([reading], apart, seed=number).make(NOTES // len(VERDICTS))
        notes = root / "readings" / path.stem / "ana.md"
        notes.parent.mkdir()
        lines = (
            f"# Part {n % len(reading.sections)}\n\n“{q.quote}”\n" for n, q in enumerate(quotes)
        )
        notes.write_text("\n".join(lines), encoding="utf-8")
        made += len(quotes)
    return made
