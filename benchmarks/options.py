"""What a run of the benchmarks is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Say = Callable[[str], None]
"""Told what is being measured, for whoever waits."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked for.

    `sections` are the sizes of study, ascending. `seconds` is about how long each program may take
    for each measure at each size: whoever is slow is asked less often. `slow` lets those take part
    in the largest studies who need minutes to read them. `folder` is empty and the run's own.
    """

    sections: tuple[int, ...]
    seconds: float
    slow: bool
    folder: Path
    say: Say
