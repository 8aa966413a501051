"""Which engines take part in a run, and why others do not."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from benchmarks.engines.engine import Engine

OURS, FTS5, TANTIVY, PLAIN_WHOOSH = "studygroup", "SQLite FTS5", "tantivy", "plain Whoosh"
NAMES = (OURS, FTS5, TANTIVY, PLAIN_WHOOSH)
MOST_FOR_WHOOSH = 10_000
"""Of more sections than these plain Whoosh makes an index in minutes, not seconds."""

Opener = Callable[[Path], Engine]

_WHERE = {
    OURS: ("ours", "StudygroupEngine"),
    FTS5: ("fts5", "Fts5Engine"),
    TANTIVY: ("tantivy_engine", "TantivyEngine"),
    PLAIN_WHOOSH: ("plain_whoosh", "PlainWhooshEngine"),
}


class Choice(NamedTuple):
    """The engines that take part by name, ours first, and what is to be said of the others."""

    engines: dict[str, Opener]
    left_out: list[str]


def choice(sections: int, *, slow: bool) -> Choice:
    """Return the engines for a study of so many sections."""
    engines: dict[str, Opener] = {}
    left_out = []
    for name in NAMES:
        if name == PLAIN_WHOOSH and sections > MOST_FOR_WHOOSH and not slow:
            left_out.append(
                f"Left out: {name}, which needs minutes here; --slow lets it take part."
            )
            continue
        try:
            engines[name] = opener(name)
        except ImportError:
            left_out.append(f"Left out: {name}, which is not installed; the extra “bench” has it.")
    return Choice(engines, left_out)


def opener(name: str) -> Opener:
    """Return what opens an engine. Raises ImportError where it is not installed."""
    module, made = _WHERE[name]
    found: Opener = getattr(import_module(f"benchmarks.engines.{module}"), made)
    return found
