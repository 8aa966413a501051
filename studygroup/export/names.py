"""How people, readings, places and days are written in a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from studygroup.core.meeting.session import Entry, Session, Spot
from studygroup.core.reading import Reading, Section
from studygroup.core.study import Study
from studygroup.export.flow import Run, em, safe_link, strong

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*(?=[\s.):]|$)")
"""A number at the beginning of a section's title; one with more digits is a year."""


def person(name: str) -> str:
    """Return a reader's name as it is written in a sentence: one in small letters gets capitals."""
    return name.title() if name == name.lower() else name


def people(names: Iterable[str]) -> str:
    """Return readers' names as a list in a sentence."""
    return listed([person(n) for n in names])


def by(name: str) -> tuple[Run | str, ...]:
    """Return what stands before somebody's words; nothing where nobody was named."""
    return (strong(f"{person(name)}:"), " ") if name else ()


def owners(action: Entry) -> list[str]:
    """Return who is to do an action."""
    return [name.strip() for name in action.owner.split(",") if name.strip()]


def question_line(question: str) -> str:
    """Return a question with its mark, which people leave out when they type `? ` before it."""
    return f"{question}?" if question[-1:].isalnum() else question


def listed(shown: Sequence[str]) -> str:
    """Return words as a list in a sentence."""
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def day(when: date, *, year: bool = True) -> str:
    """Return a date with its weekday: “Monday, 23 November 2026”."""
    text = f"{_WEEKDAYS[when.weekday()]}, {when.day} {_MONTHS[when.month - 1]}"
    return f"{text} {when.year}" if year else text


def reading_line(reading: Reading) -> list[Run | str]:
    """Return a reading with author and year, linked to where its text comes from."""
    author = f"{', '.join(reading.author)}, " if reading.author else ""
    year = f" ({reading.year})" if reading.year is not None else ""
    title = Run(reading.title, "em", safe_link(reading.source or ""))
    return [author, title, year]


def language(reading: Reading) -> str:
    """Return a reading's language as an ISO 639 code; English where it names none."""
    code = reading.language.partition("-")[0].lower()
    return code if re.fullmatch("[a-z]{2,3}", code) else "en"


def readings_line(session: Session, study: Study) -> list[Run | str]:
    """Return the readings of a session, one after the other."""
    line: list[Run | str] = []
    for slug in session.readings:
        reading = study.reading(slug)
        line += ["; "] if line else []
        line += [em(slug)] if reading is None else reading_line(reading)
    return line


def place_title(study: Study, place: Spot) -> str:
    """Return the heading under which the talk at a place stands."""
    if place.topic:
        return place.topic
    reading = study.reading(place.reading)
    if not place.section:
        return "In general" if reading is None else f"{reading.title}: in general"
    section = None if reading is None else reading.section(place.section)
    return place.section if section is None else section.title


def section_number(reading: Reading, section: Section) -> str:
    """Return the number that a section's title begins with; "" where that tells no one section."""
    numbers = [m.group() if (m := _NUMBER.match(s.title)) else "" for s in reading.sections]
    own = numbers[reading.index_of(section.id)]
    return own if numbers.count(own) == 1 else ""


def citation(session: Session, study: Study, place: Spot) -> str:
    """Return how a place is cited in a session's papers; "" for the talk in general.

    The reading is named where another one of the session has a section of the same title.
    """
    if place.topic:
        return f"topic “{place.topic}”"
    reading = study.reading(place.reading)
    if not place.section:
        return "" if reading is None else reading.title
    section = f"§{place_title(study, place)}"
    others = [study.reading(s) for s in session.readings if s != place.reading]
    titles = {s.title.casefold() for other in others if other is not None for s in other.sections}
    alone = place.reading in session.readings and section[1:].casefold() not in titles
    return section if alone or reading is None else f"{reading.title}, {section}"
