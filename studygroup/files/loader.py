"""Reading a study: of its files only those are read that changed, and only those parsed anew."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, cast

from studygroup.core.errors import Place, StudyError
from studygroup.core.hanging import Prompts, Twins, hang_notes, hang_prompts
from studygroup.core.note import NoteFile
from studygroup.core.problem import Problem
from studygroup.core.quoting.memory import Kept, Memory
from studygroup.core.reading import Reading
from studygroup.core.study import Study
from studygroup.core.text import clean
from studygroup.files import parsed
from studygroup.files.parsed import Parsed, ParsedFiles
from studygroup.files.places import QUESTIONS, READINGS, is_study
from studygroup.files.walk import Walk

MAX_SIZE = 20_000_000
"""The largest file of a study that is read, in bytes."""
SETTLED = 2_000_000_000
"""Nanoseconds after which a file that is edited gets another time stamp on every file system."""

_SETTINGS = ("title", "readers", "readings", "defaults", "demo")
_Settings = tuple[str | None, tuple[str, ...], tuple[str, ...], bool]
_Look = tuple[int, int, int, int, int]


class _Known(NamedTuple):
    """What a file gave, and what it looked like then (None: too young to be told by its look)."""

    look: _Look | None
    parsed: Parsed


_Parse = Callable[[str, str, str, list[Problem]], tuple[object, str | None]]
"""From a file's text, its path in the study, its digest and a list for what is wrong with it, to
its value and the slug of the reading that this hangs on, if any."""


class Loader:
    """Reads the study at `root`; what is known of its files lies in `kept` between runs.

    `open_answers` gives what is kept of where quotations stand, once somebody asks for any.

    A file is the same as before when its SHA-256 is. It is not even read where size, times and
    number on disk are those it had before, and it was then at rest for `SETTLED`: an edit after
    that has given it another time. That is git's rule for its index (“racy git”).
    """

    def __init__(
        self,
        root: Path,
        kept: ParsedFiles,
        now: Callable[[], int] = time.time_ns,
        open_answers: Callable[[], Kept] | None = None,
    ) -> None:
        self.root = root
        self._root = str(root)
        self._kept = kept
        self._now = now
        self._known: dict[str, _Known] = {}
        self._twins = Twins()
        self._memory = Memory(open_answers)
        self._by_slug: dict[str, Reading] = {}
        self._problems: list[Problem] = []
        self._seen: set[str] = set()
        self._parsed_any = False
        self._kept_for: set[str] = set()

    def load(self) -> Study:
        """Return the study as it stands on disk. Raises StudyError where it is none."""
        if not is_study(self.root):
            what = "this folder is not a study: it has no readings folder"
            raise StudyError(what, place=Place(str(self.root)), hint="Make one: studygroup init")
        self._problems, self._seen, self._parsed_any = [], set(), False
        walk = Walk(self.root, self._problems)
        title, members, order, demo = self._settings()
        self._by_slug = {r.slug: r for r in self._texts(walk)}
        note_files = list(self._notes(walk))
        prompts, twins = self._twins.tell_apart(list(self._prompts(walk)))
        self._forget()
        problems = [*self._problems, *twins]
        for slug in order:
            if slug not in self._by_slug:
                place = Place("study.yaml")
                problems.append(Problem(place, f"there is no reading “{slug}” to put in order"))
        place_of = {slug: number for number, slug in reversed(list(enumerate(order)))}
        readings = sorted(
            self._by_slug.values(), key=lambda r: (place_of.get(r.slug, len(order)), r.slug)
        )
        name = title or self.root.resolve().name
        return Study.of(
            name, readings, prompts, note_files, problems, members, self._memory, demo=demo
        )

    def _settings(self) -> _Settings:
        path = self.root / "study.yaml"
        if not path.exists() and not path.is_symlink():
            return None, (), (), False
        found = self._read("study.yaml", _parse_settings, lambda plain: plain)
        return cast("_Settings", found or (None, (), (), False))

    def _texts(self, walk: Walk) -> Iterator[Reading]:
        for shown in walk.files(READINGS, ".md"):
            found = self._read(shown, _parse_reading, parsed.reading)
            if found is not None:
                yield cast("Reading", found)

    def _notes(self, walk: Walk) -> Iterator[NoteFile]:
        for folder in walk.folders(READINGS):
            for shown in walk.files(f"{READINGS}/{folder}", ".md"):
                found = self._read(shown, self._parse_notes, parsed.notes)
                if found is not None:
                    yield cast("NoteFile", found)

    def _prompts(self, walk: Walk) -> Iterator[Prompts]:
        for shown in walk.files(QUESTIONS, ".yaml"):
            found = self._read(shown, self._parse_prompts, parsed.prompts)
            if found is not None:
                yield cast("Prompts", found)

    def _parse_notes(
        self, text: str, shown: str, digest: str, found: list[Problem]
    ) -> tuple[NoteFile, str]:
        from studygroup.files.note_file import parse_notes

        slug = PurePosixPath(shown).parent.name
        file = parse_notes(text, slug, _stem(shown), shown, digest)
        paired, strays = hang_notes(file, self._by_slug.get(slug))
        found += strays
        return paired, slug

    def _parse_prompts(
        self, text: str, shown: str, digest: str, found: list[Problem]
    ) -> tuple[Prompts, str | None]:
        from studygroup.files.prompt_file import parse_prompts

        prompts, bad = parse_prompts(text, _stem(shown), shown)
        slug = prompts[0].reading if prompts else None
        paired, strays = hang_prompts(tuple(prompts), self._by_slug.get(slug or ""))
        found += (*bad, *strays)
        return paired, slug

    def _read(self, shown: str, parse: _Parse, restore: Callable[[Any], object]) -> object:
        """Return what a file gives, None where it cannot be read; its problems are added."""
        self._seen.add(shown)
        path = f"{self._root}{os.sep}{shown}"  # a Path takes longer than the look at the file
        known = self._known.get(shown)
        try:
            found = os.stat(path)  # noqa: PTH116
            look = self._look(found)
            if known is None or look is None or known.look != look or not self._fits(known.parsed):
                if found.st_size > MAX_SIZE:
                    raise StudyError(f"larger than {MAX_SIZE:,} bytes", place=Place(shown))
                known = _Known(look, self._parsed(Path(path).read_bytes(), shown, parse, restore))
                self._known[shown] = known
        except (OSError, StudyError) as error:
            why = error.what if isinstance(error, StudyError) else error.strerror
            self._problems.append(Problem(Place(shown), f"cannot be read: {why}"))
            return None
        self._problems += known.parsed.problems
        return known.parsed.value

    def _parsed(
        self, data: bytes, shown: str, parse: _Parse, restore: Callable[[Any], object]
    ) -> Parsed:
        """Return what a file's content gives: as known from before, or parsed anew."""
        digest = sha256(data).hexdigest()
        known = self._known.get(shown)
        before = known.parsed if known else self._kept.get(shown, digest, restore)
        if before is not None and before.digest == digest and self._fits(before):
            return before
        problems: list[Problem] = []
        value, slug = _parse(data, digest, shown, parse, problems)
        on = None if slug is None else (slug, self._digest_of(slug))
        result = Parsed(digest, on, value, tuple(problems))
        self._kept.put(shown, result)
        self._parsed_any = True
        return result

    def _look(self, found: os.stat_result) -> _Look | None:
        if self._now() - max(found.st_mtime_ns, found.st_ctime_ns) < SETTLED:
            return None
        return (
            found.st_size,
            found.st_mtime_ns,
            found.st_ctime_ns,
            found.st_ino,
            found.st_dev,
        )

    def _fits(self, parsed: Parsed) -> bool:
        """Whether the reading that something was paired with is still the same."""
        return parsed.on is None or parsed.on[1] == self._digest_of(parsed.on[0])

    def _digest_of(self, slug: str) -> str:
        reading = self._by_slug.get(slug)
        return reading.digest if reading else ""

    def _forget(self) -> None:
        """Let go of files that are gone."""
        for gone in self._known.keys() - self._seen:
            del self._known[gone]
        if self._parsed_any and self._seen != self._kept_for:
            self._kept.keep_only(self._seen)
            self._kept_for = self._seen


def _stem(shown: str) -> str:
    return PurePosixPath(shown).stem


def _parse_settings(
    text: str, shown: str, digest: str, found: list[Problem]
) -> tuple[_Settings, None]:
    from studygroup.files.yaml_lines import Fields, read_yaml

    fields = Fields(read_yaml(text, shown), shown, "study.yaml")
    for name in fields.data.keys() - set(_SETTINGS):
        place, known = Place(shown, fields.data[name].line), ", ".join(_SETTINGS)
        found.append(Problem(place, f"unknown field “{name}”", f"Known: {known}."))
    demo = fields.choice("demo", ("true", "false"), "false") == "true"
    return (fields.text("title"), fields.texts("readers"), fields.texts("readings"), demo), None


def _parse_reading(
    text: str, shown: str, digest: str, found: list[Problem]
) -> tuple[Reading, None]:
    from studygroup.files.reading_file import parse_reading

    return parse_reading(text, _stem(shown), shown, digest), None


def _parse(
    data: bytes, digest: str, shown: str, parse: _Parse, problems: list[Problem]
) -> tuple[object, str | None]:
    try:
        text = clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = "is not UTF-8 text"
        problems.append(Problem(Place(shown, line), what, "Save it as UTF-8."))
        return None, None
    marker = None
    if "<<<<<<< " in text:
        lines = enumerate(text.split("\n"), 1)
        marker = next((number for number, line in lines if line.startswith("<<<<<<< ")), None)
    if marker is not None:
        what = "holds a git merge conflict; it is read as it stands"
        problems.append(Problem(Place(shown, marker), what, "Resolve it in the file."))
    try:
        return parse(text, shown, digest, problems)
    except StudyError as error:
        problems.append(Problem(error.place or Place(shown), error.what, error.hint or ""))
        return None, None
