"""What a benchmark has measured: rows of figures side by side, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_MARGIN = "  "


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured: a figure in `unit` for each column that has one.

    A ratio compares each of the others with the first column of the table. `budget` is what the
    first column ought to stay under, in the same unit.
    """

    what: str
    unit: str
    figures: Mapping[str, float]
    budget: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows measured in one run. The first of `columns` is the program, the others are its peers.

    Without `ratios` figures stand for themselves."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Row]
    remarks: Sequence[str] = ()
    ratios: bool = True

    def lines(self) -> Iterator[str]:
        """Yield the table as text, in aligned columns."""
        head = [self.title, *self.columns, *(["budget"] if self._has_budgets() else [])]
        body = [head, *([row.what, *self._cells(row)] for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*body, strict=True)]
        for number, (first, *cells) in enumerate(body):
            aligned = [cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)]
            yield _MARGIN.join([first.ljust(widths[0]), *aligned]).rstrip()
            if not number:
                yield _MARGIN.join("-" * width for width in widths)
        yield from self.remarks

    def as_json(self) -> dict[str, object]:
        """Return the table as what JSON can hold."""
        return {
            "title": self.title,
            "columns": list(self.columns),
            "rows": [
                {
                    "what": row.what,
                    "unit": row.unit,
                    "figures": dict(row.figures),
                    "budget": row.budget,
                }
                for row in self.rows
            ],
            "remarks": list(self.remarks),
        }

    def _cells(self, row: Row) -> list[str]:
        ours = row.figures.get(self.columns[0])
        cells = []
        for column in self.columns:
            figure = row.figures.get(column)
            if figure is None:
                cells.append("–")
            elif column == self.columns[0] or not ours or not self.ratios:
                cells.append(_written(figure, row.unit))
            else:
                cells.append(f"{_written(figure, row.unit)} ×{_short(figure / ours)}".rjust(14))
        if self._has_budgets():
            cells.append("" if row.budget is None else _budget(row.budget, ours, row.unit))
        return cells

    def _has_budgets(self) -> bool:
        return any(row.budget is not None for row in self.rows)


def _budget(budget: float, ours: float | None, unit: str) -> str:
    kept = "" if ours is None or ours <= budget else " missed"
    return f"{_written(budget, unit)}{kept}"


def _written(figure: float, unit: str) -> str:
    return f"{_short(figure)} {unit}".strip()


def _short(figure: float) -> str:
    """Return a figure with no more digits than tell something."""
    if figure >= 100:
        return f"{figure:,.0f}"
    return f"{figure:.1f}" if figure >= 1 else f"{figure:.2f}"
