"""The tables “startup”: commands from a cold shell, the app's first frame, and loading a study."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from random import Random

from benchmarks.corpus import PARAGRAPH_WORDS, PARAGRAPHS, READERS, TOGETHER, Prose
from benchmarks.options import Options
from benchmarks.processes import drawn, taken
from benchmarks.table import Row, Table
from benchmarks.timing import timed
from studygroup.bootstrap import copy_demo, open_workspace
from studygroup.files.loader import SETTLED, Loader
from studygroup.files.parsed import ParsedFiles

OURS, BARE = "studygroup", "import click"
EMPTY, FROGMOUTH = "empty Textual app", "frogmouth"
ROUNDS = 15
"""How often each program is started at most: what is told is the least that it took."""
SMALL = 100
"""Sections of the smallest study that is loaded."""

_EMPTY_APP = """\
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("an empty app")
Empty().run()
"""


def measure(options: Options) -> Iterator[Table]:
    """Yield the tables: commands, the first frame (where there are terminals), and loading."""
    shipped = options.folder / "shipped"
    copy_demo(shipped)
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {
        **own,
        "STUDYGROUP_HOME": str(options.folder / "home"),
        "STUDYGROUP_READER": "ana",
        "STUDYGROUP_STUDY": str(shipped),
        "TERM": "xterm-256color",
    }
    yield _commands(options, shipped, environment)
    if os.name == "posix":
        yield _first_frame(options, shipped, environment)
    yield _loading(options)


def _commands(options: Options, shipped: Path, environment: Mapping[str, str]) -> Table:
    """Measure commands on the shipped study, as somebody has used it before."""
    program = [sys.executable, "-m", "studygroup"]
    bare = [sys.executable, "-c", "import click"]
    asked = {
        "--version": ["--version"],
        "--help": ["--help"],
        "outline": ["outline"],
        "search": ["search", "party"],
    }
    rows = [_command(options, name, [*program, *a], bare, environment) for name, a in asked.items()]
    workspace = open_workspace(shipped)
    with workspace.sessions.start([workspace.study.readings[0].slug]) as recording:
        session = recording.session.id
    add = [*program, "session", "add", session, "ana: a remark"]
    rows.append(_command(options, "session add", add, bare, environment))
    outline = [*program, "outline"]
    rows.append(_command(options, "outline, with a session", outline, bare, environment))
    remark = "The least processor time of several starts; from the second on the study is known."
    return Table("commands on the shipped study", [OURS, BARE], rows, [remark])


def _command(
    options: Options,
    name: str,
    command: list[str],
    bare: list[str],
    environment: Mapping[str, str],
) -> Row:
    options.say(f"start-up: {name}")
    taken(command, environment)  # whatever it keeps for the next time
    least = _least(
        options,
        {OURS: lambda: taken(command, environment), BARE: lambda: taken(bare, environment)},
    )
    budgets = {"outline": 100.0, "session add": 100.0}
    quick = 2 * least[BARE] if name.startswith("--") else None
    return Row(name, "ms", least, budgets.get(name, quick))


def _first_frame(options: Options, shipped: Path, environment: Mapping[str, str]) -> Table:
    """Measure how long an app takes to draw its first frame, and the text that one reads."""
    program = [sys.executable, "-m", "studygroup"]
    empty = [sys.executable, "-c", _EMPTY_APP]
    first = {
        OURS: lambda: drawn(program, "studygroup", environment),
        EMPTY: lambda: drawn(empty, "an empty app", environment),
    }
    study = open_workspace(shipped).study
    opening = study.readings[0].sections[0].paragraphs[0].text
    words = " ".join(opening.split()[:4])
    text = {OURS: lambda: drawn(program, words, environment), EMPTY: first[EMPTY]}
    remarks = [f"The least time of several starts, in a terminal of 120×34 (text: “{words}…”)."]
    peer = shutil.which(FROGMOUTH)
    if peer is None:
        remarks.append(
            f"Left out: {FROGMOUTH}, which is not on the PATH (it needs an old Textual)."
        )
    else:
        file = str(shipped / study.readings[0].path)
        text[FROGMOUTH] = lambda: drawn([peer, file], words, environment)
    options.say("start-up: the app")
    drawn(program, words, environment)  # whatever it keeps for the next time
    frame, reading = _least(options, first), _least(options, text)
    rows = [
        Row("first frame", "ms", frame, 1.3 * frame[EMPTY]),
        Row("the text to read", "ms", reading),
    ]
    return Table("the app on the shipped study", [OURS, EMPTY, FROGMOUTH], rows, remarks)


def _loading(options: Options) -> Table:
    """Measure how loading a study grows with its size."""
    sizes = sorted({min(SMALL, options.sections[0]), *options.sections})
    columns = {size: f"{size:,} sections" for size in sizes}
    rows: dict[str, dict[str, float]] = {}
    prose = Prose(Random(1))
    for size, column in columns.items():
        options.say(f"loading {column}")
        folder = options.folder / f"loading-{size}"
        write_study(folder / "study", size, prose)
        for name, figure in _loads(options, folder):
            rows.setdefault(name, {})[column] = figure
    remark = "× compares with the smallest study; a reading has up to fifty sections, in six files."
    made = [Row(name, "ms", figures) for name, figures in rows.items()]
    return Table("loading a study", list(columns.values()), made, [remark])


def _loads(options: Options, folder: Path) -> Iterator[tuple[str, float]]:
    root, kept = folder / "study", ParsedFiles(folder / "kept")
    yield "for the first time", timed(Loader(root, kept, _later).load)
    yield "in a later run", _best(options, lambda: Loader(root, kept, _later).load())
    loader = Loader(root, kept, _later)
    loader.load()
    yield "again, nothing changed", _best(options, loader.load)
    edited = (
        ("again, one note more", "readings/reading-0/ana.md"),
        ("again, one reading edited", "readings/reading-0.md"),
    )
    for name, path in edited:
        yield name, _best(options, loader.load, lambda path=path: _add_to(root / path))  # type: ignore[misc]


def _add_to(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write("\n\nSomebody added a line.\n")


def _later() -> int:
    """Tell the time, a while from now: files that were just written count as being at rest."""
    return time.time_ns() + 5 * SETTLED


def _best(
    options: Options, work: Callable[[], object], before: Callable[[], None] = lambda: None
) -> float:
    figures: list[float] = []
    while not figures or (len(figures) < ROUNDS and sum(figures) < 1000 * options.seconds):
        before()
        figures.append(timed(work))
    return min(figures)


def _least(options: Options, programs: Mapping[str, Callable[[], float]]) -> dict[str, float]:
    """Start programs in turns, and return the least that each took, in milliseconds."""
    figures: dict[str, list[float]] = {name: [] for name in programs}
    for turn in range(ROUNDS):
        for name, start in programs.items():
            if not turn or sum(figures[name]) < 1000 * options.seconds:
                figures[name].append(start())
    return {name: min(found) for name, found in figures.items()}


def write_study(root: Path, sections: int, prose: Prose) -> None:
    """Write a study of that many sections: per reading, notes by four readers and prompts."""
    (root / "questions").mkdir(parents=True)
    for first in range(0, sections, TOGETHER):
        name = f"reading-{first // TOGETHER}"
        numbers = range(first, min(first + TOGETHER, sections))
        headings = [f"{_plain(prose.paragraph(4))} {number}" for number in numbers]
        _write(root / "readings" / f"{name}.md", _text(headings, prose))
        asked = (
            f"  - section: '{h}'\n    ask: '{_plain(prose.paragraph(15))}'" for h in headings[::2]
        )
        _write(root / "questions" / f"{name}.yaml", ["prompts:", *asked])
        for place, reader in enumerate(READERS):
            own = headings[place :: len(READERS)]
            notes = (f"# {h}\n\n> [!note]\n> {prose.paragraph(25)}\n" for h in own)
            _write(root / "readings" / name / f"{reader}.md", notes)


def _text(headings: Iterable[str], prose: Prose) -> Iterator[str]:
    for heading in headings:
        yield f"# {heading}\n"
        for _ in range(prose.chance.randint(*PARAGRAPHS)):
            yield prose.paragraph(prose.chance.randint(*PARAGRAPH_WORDS)) + "\n"


def _plain(text: str) -> str:
    """Return words without marks that YAML or Markdown could take for theirs."""
    return "".join(c for c in text if c.isalnum() or c == " ")


def _write(path: Path, lines: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")
