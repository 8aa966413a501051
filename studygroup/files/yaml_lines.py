"""YAML read strictly: strings stay strings, every value knows its line, nothing can explode."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from studygroup.core.errors import Place, StudyError
from studygroup.core.text import clean

if TYPE_CHECKING:
    from yaml.events import Event

MAX_SIZE = 2_000_000
"""The longest YAML text that is read, in characters."""
MAX_DEPTH = 20
"""The deepest nesting that is read."""
_TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Value:
    """A YAML value and the line it begins on, counted from 1.

    `data` is a string as written (whatever it looks like), None for an empty or null one, a list of
    values, or a dict from key to value.
    """

    data: str | list[Value] | dict[str, Value] | None
    line: int


def read_yaml(text: str, path: str, first_line: int = 1) -> Value:
    """Return the one document in `text`; lines are counted from `first_line`.

    Raises StudyError, with file and line, for text that is no YAML, is too large or too deep, uses
    aliases or tags, holds several documents, or names a key twice.
    """
    if len(text) > MAX_SIZE:
        raise StudyError(f"too large: over {MAX_SIZE:,} characters", place=Place(path))
    reader = _Reader(path, first_line)
    try:
        return reader.document(_events(text))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        last = text.rstrip("\n").count("\n")  # an end that comes too early is on the last line
        line = None if mark is None else min(mark.line, last) + first_line
        raise StudyError(_complaint(error), place=Place(path, line)) from error
    except yaml.YAMLError as error:
        raise StudyError(f"not valid YAML: {error}", place=Place(path)) from error


def _complaint(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or error.context or "it cannot be read"
    # From 0.2.6 libyaml has a limit of its own, far above ours, which a look ahead can meet first.
    if "nesting depth" in problem:
        return _TOO_DEEP
    return f"not valid YAML: {problem}"


def _events(text: str) -> Iterator[Event]:
    return iter(yaml.parse(text, Loader=_Loader))


class _Reader:
    """Builds values from YAML events, refusing what a study file never needs."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line

    def line(self, event: Event) -> int:
        mark = event.start_mark
        return self.first_line + (0 if mark is None else mark.line)

    def refuse(self, event: Event, what: str) -> StudyError:
        return StudyError(what, place=Place(self.path, self.line(event)))

    def document(self, events: Iterator[Event]) -> Value:
        result = Value(None, self.first_line)
        seen = False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    raise self.refuse(event, "more than one YAML document in the file")
                seen = True
            elif isinstance(event, yaml.NodeEvent):
                result = self.value(event, events, 0)
        return result

    def value(self, event: Event, events: Iterator[Event], depth: int) -> Value:
        if depth > MAX_DEPTH:
            raise self.refuse(event, _TOO_DEEP)
        if isinstance(event, yaml.AliasEvent):
            raise self.refuse(event, "YAML aliases (*name) are not read here")
        if isinstance(event, yaml.SequenceStartEvent):
            return Value(self.sequence(events, depth), self.line(event))
        if isinstance(event, yaml.MappingStartEvent):
            return Value(self.mapping(events, depth), self.line(event))
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style in (None, "")
            empty = plain and event.value in ("", "~", "null")
            return Value(None if empty else clean(str(event.value)), self.line(event))
        raise self.refuse(event, "unexpected YAML")

    def sequence(self, events: Iterator[Event], depth: int) -> list[Value]:
        items = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.value(event, events, depth + 1))
        return items

    def mapping(self, events: Iterator[Event], depth: int) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.value(event, events, depth + 1)
            if not isinstance(key.data, str):
                raise self.refuse(event, "a key must be text")
            if key.data in found:
                raise self.refuse(event, f"the key “{key.data}” stands twice")
            found[key.data] = self.value(next(events), events, depth + 1)
        return found


class Fields:
    """A mapping read field by field, each problem an error with file and line."""

    def __init__(self, value: Value, path: str, what: str) -> None:
        self.path = path
        self.line = value.line
        if value.data is None:
            self.data: dict[str, Value] = {}
        elif isinstance(value.data, dict):
            self.data = value.data
        else:
            raise self.error(value, f"{what} must be fields, each “name: value”")

    def error(self, value: Value, what: str, hint: str | None = None) -> StudyError:
        """Return a StudyError at the line of `value`."""
        return StudyError(what, place=Place(self.path, value.line), hint=hint)

    def only(self, *names: str) -> None:
        """Raise StudyError for the first field that is none of `names`."""
        for name, value in self.data.items():
            if name not in names:
                raise self.error(value, f"unknown field “{name}”", f"Known: {', '.join(names)}.")

    def text(self, name: str) -> str | None:
        """Return the text of a field on one line, or None where it is absent or empty."""
        value = self.data.get(name)
        if value is None or value.data is None:
            return None
        if not isinstance(value.data, str):
            raise self.error(value, f"“{name}” must be text")
        return " ".join(value.data.split()) or None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a field that is one text or a list of texts."""
        value = self.data.get(name)
        if value is None or value.data is None:
            return ()
        items = value.data if isinstance(value.data, list) else [value]
        found = []
        for item in items:
            if not isinstance(item.data, str):
                raise self.error(item, f"“{name}” must be text or a list of texts")
            found.append(" ".join(item.data.split()))
        return tuple(t for t in found if t)

    def number(self, name: str, least: int, most: int) -> int | None:
        """Return a whole number from `least` to `most`, or None where the field is absent."""
        text = self.text(name)
        if text is None:
            return None
        sign, digits = text[:1] == "-", text.lstrip("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
            raise self.error(self.data[name], f"“{name}” must be a whole number, not “{text}”")
        number = -int(digits) if sign else int(digits)
        if not least <= number <= most:
            raise self.error(self.data[name], f"“{name}” must be from {least} to {most}")
        return number

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        """Return one of `choices`, written in any case."""
        text = self.text(name)
        if text is None:
            return default
        if text.casefold() not in choices:
            what = f"“{name}” must be one of {', '.join(choices)}, not “{text}”"
            raise self.error(self.data[name], what)
        return text.casefold()
