"""A process of its own: opens an index, asks, and tells how long the first answer took, and memory.

    python -m benchmarks.fresh ENGINE FOLDER STUDY

`STUDY` is a file that `keep` has written. What is timed begins when the study is in memory: the
engine is imported, the index opened, and one query answered.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks.engines.choice import opener
from benchmarks.queries import Asked
from studygroup.core.finding.search import Source

LONGEST = 5.0
"""Seconds after which no further query is asked."""

_ROOT = Path(__file__).parents[1]
_STATUS = Path("/proc/self/statm")


class Told(NamedTuple):
    """What the process has measured: milliseconds to the first answer, and megabytes.

    `added` are those that the engine needs on top of the study itself, after all queries, `all`
    those of the whole process; both are 0 where the system does not tell.
    """

    first: float
    added: float
    all: float


def keep(path: Path, sources: Sequence[Source], queries: Sequence[Asked]) -> None:
    """Write a study, and what is asked of it, for other processes."""
    made = [(source.key, source.digest, source.documents()) for source in sources]
    path.write_bytes(pickle.dumps((made, [tuple(asked) for asked in queries])))


def ask(name: str, folder: Path, study: Path, begin: int) -> Told:
    """Ask an engine in a process of its own, query number `begin` first."""
    command = [sys.executable, "-m", "benchmarks.fresh", name, *map(str, (folder, study, begin))]
    # What is imported is compiled when it is installed: so it is here, after the first process.
    surroundings = {n: v for n, v in os.environ.items() if n != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        command, cwd=_ROOT, env=surroundings, capture_output=True, text=True, check=True
    )
    return Told(**json.loads(done.stdout))


def _main(name: str, folder: str, study: str, begin: str) -> None:
    made, written = pickle.loads(Path(study).read_bytes())
    sources = [Source(key, digest, partial(tuple, documents)) for key, digest, documents in made]
    queries = [Asked(*one) for one in written]
    at = int(begin)
    gc.collect()
    before = _megabytes()
    started = perf_counter()
    engine = opener(name)(Path(folder))
    engine.use(sources)
    engine.search(queries[at])
    first = (perf_counter() - started) * 1000
    for asked in queries:
        if perf_counter() - started > LONGEST:
            break
        engine.search(asked)
    after = _megabytes()
    sys.stdout.write(json.dumps(Told(first, after - before, after)._asdict()))
    sys.stdout.flush()
    engine.close()


def _megabytes() -> float:
    """Return how much memory of the machine this process occupies now."""
    if not _STATUS.exists():
        return 0.0
    pages = int(_STATUS.read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    _main(*sys.argv[1:])
