"""Dates in figures: which of two is the day, as all dates of a thread together tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FIGURES = re.compile(
    r"(?:[a-z]{2,10}\.?,?\s+)?(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})(?P=mark)"
    r"(?P<year>\d{4}|\d{2})(?:[,\s–-]+(?:at\s+)?(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?::\d\d)?"
    r"\s?(?P<half>[ap])?\.?(?:m\.?)?)?",
    re.I,
)


def settled(dates: Sequence[str]) -> list[str]:
    """Return dates, those in figures as `2011-05-17 19:54` where it is told what is the day.

    Where full stops part them it stands first; else one number above twelve tells for all.
    """
    found = [_FIGURES.fullmatch(date.strip()) for date in dates]
    slashed = [match for match in found if match is not None and match.group("mark") == "/"]
    day_first = any(int(match.group("first")) > 12 for match in slashed)
    month_first = any(int(match.group("second")) > 12 for match in slashed)
    return [
        date
        if match is None or (match.group("mark") == "/" and day_first == month_first)
        else _written(match, date, day_first=match.group("mark") == "." or day_first)
        for date, match in zip(dates, found, strict=True)
    ]


def _written(match: re.Match[str], date: str, *, day_first: bool) -> str:
    first, second, year = (int(match.group(name)) for name in ("first", "second", "year"))
    day, month = (first, second) if day_first else (second, first)
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return date
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    clock = ""
    if match.group("hour"):
        hour, half = int(match.group("hour")), (match.group("half") or "").lower()
        hour = hour % 12 + (12 if half == "p" else 0) if half else hour
        clock = f" {hour:02}:{match.group('minute')}"
    return f"{year}-{month:02}-{day:02}{clock}"
