"""The tables there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from benchmarks import importing, quotations, search, startup
from benchmarks.options import Options
from benchmarks.table import Table

TABLES: Mapping[str, Callable[[Options], Iterable[Table]]] = {
    "importing": importing.measure,
    "quotations": quotations.measure,
    "search": search.measure,
    "startup": startup.measure,
}
"""Each measures when it is called, and yields its tables one by one."""
