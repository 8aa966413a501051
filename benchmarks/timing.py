"""Timing: programs take turns, so that whatever else the machine does slows all of them alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median
from time import perf_counter
from typing import TypeVar

Job = TypeVar("Job")
Times = dict[str, list[float]]
"""What each program took, by its name, in milliseconds."""


def timed(work: Callable[[], object]) -> float:
    """Return how many milliseconds `work` took."""
    started = perf_counter()
    work()
    return (perf_counter() - started) * 1000


def in_turns(
    jobs: Iterable[Job],
    programs: Mapping[str, Callable[[Job], object]],
    seconds: float,
    least: int = 1,
) -> Times:
    """Let each program do each job in turn, and return what each took, job by job.

    Who has used up its `seconds` does no further jobs, but `least` in any case: the jobs have to
    come in random order.
    """
    times: Times = {name: [] for name in programs}
    for job in jobs:
        for name, program in programs.items():
            if len(times[name]) < least or sum(times[name]) < 1000 * seconds:
                times[name].append(timed(lambda program=program, job=job: program(job)))  # type: ignore[misc]
    return times


def share(times: Sequence[float], at: float) -> float:
    """Return what the share `at` of `times` stays within: 0.95 for the 95th percentile."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * at))]


def summary(times: Times, of: Callable[[Sequence[float]], float] = median) -> dict[str, float]:
    """Return one figure for each program that has done anything."""
    return {name: of(taken) for name, taken in times.items() if taken}
