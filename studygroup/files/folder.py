"""The study folder: finding it, walking it, reading what changed, and writing to it."""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from studygroup.core.errors import CannotImport, CannotWrite, Place, StudyError, UsageError
from studygroup.core.note import NoteFile
from studygroup.core.problem import Problem
from studygroup.core.prompt import Prompt
from studygroup.core.reading import Reading
from studygroup.core.study import Study
from studygroup.core.study_files import NewNote, NewPrompt
from studygroup.core.text import clean
from studygroup.files.atomic import back_up, edit_text, locked, write_whole
from studygroup.files.generated import write_generated
from studygroup.files.note_file import parse_notes, with_note
from studygroup.files.places import READINGS, is_study
from studygroup.files.prompt_file import parse_prompts, with_prompt
from studygroup.files.reading_file import parse_reading
from studygroup.files.walk import Walk
from studygroup.files.yaml_lines import Fields, read_yaml

QUESTIONS = "questions"
TEMPLATES = "templates"
MAX_SIZE = 20_000_000
"""The largest file of a study that is read, in bytes."""

_T = TypeVar("_T")
_SETTINGS = ("title", "readers", "readings", "defaults")


def create_study(folder: Path, title: str | None) -> None:
    """Make `folder` a study. Raises UsageError where it is one, CannotWrite where that fails."""
    if is_study(folder):
        raise UsageError(
            f"{folder} is a study already", hint=f"Open it: studygroup --study {folder}"
        )
    try:
        for name in (READINGS, QUESTIONS):
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"the study could not be made: {error.strerror}"
        raise CannotWrite(what, place=Place(str(folder))) from error
    if title and not (folder / "study.yaml").exists():
        import yaml

        text = yaml.safe_dump({"title": title}, allow_unicode=True, width=10_000)
        write_whole(folder / "study.yaml", text.encode(), "study.yaml")


@dataclass
class _Cached:
    """What a file gave when it last had this digest: its value and the problems in it."""

    digest: str
    value: object
    problems: list[Problem] = field(default_factory=list)


class StudyFolder:
    """A study on disk (implements the `StudyFiles` port).

    `home` is a folder of the user's own for this study's locks and backups: neither is ever put
    into the study.
    """

    def __init__(self, root: Path, home: Path) -> None:
        self.root = root
        self.home = home
        self._cache: dict[str, _Cached] = {}

    def load(self) -> Study:
        """Read the study; files whose content is unchanged since the last call are not parsed.

        Whatever in it cannot be read is a problem of the study, not an error. Raises StudyError
        only where the folder itself cannot be read.
        """
        if not is_study(self.root):
            what = "this folder is not a study: it has no readings folder"
            raise StudyError(what, place=Place(str(self.root)), hint="Make one: studygroup init")
        problems: list[Problem] = []
        walk = Walk(self.root, problems)
        seen: set[str] = set()
        title, members, order = self._settings(problems, seen)
        readings: list[Reading] = []
        note_files: list[NoteFile] = []
        prompts: list[Prompt] = []
        for path in walk.files(READINGS, ".md"):
            slug = path.stem
            parsed = self._read(path, problems, seen, self._reading_of(slug))
            readings += [parsed] if parsed else []
        for folder in walk.folders(READINGS):
            for path in walk.files(f"{READINGS}/{folder}", ".md"):
                notes = self._read(path, problems, seen, self._notes_of(folder, path.stem))
                note_files += [notes] if notes else []
        for path in walk.files(QUESTIONS, ".yaml"):
            found = self._read(path, problems, seen, self._prompts_of(path.stem))
            prompts += found or []
        for gone in self._cache.keys() - seen:
            del self._cache[gone]
        for slug in order:
            if all(r.slug != slug for r in readings):
                place = Place("study.yaml")
                problems.append(Problem(place, f"there is no reading “{slug}” to put in order"))
        readings.sort(
            key=lambda r: (order.index(r.slug) if r.slug in order else len(order), r.slug)
        )
        name = title or self.root.resolve().name
        return Study.build(name, readings, prompts, note_files, problems, members)

    def add_note(self, request: NewNote) -> None:
        """Append a note to its reader's file (see `StudyFiles`). Raises CannotWrite."""
        shown = f"{READINGS}/{request.reading.slug}/{request.reader}.md"
        path = self._inside(shown)
        edit_text(path, self.home / "locks", shown, lambda text: with_note(text, request, shown))

    def add_prompt(self, request: NewPrompt) -> None:
        """Append a prompt to its reading's file (see `StudyFiles`). Raises CannotWrite."""
        shown = f"{QUESTIONS}/{request.reading.slug}.yaml"
        path = self._inside(shown)
        edit_text(path, self.home / "locks", shown, lambda text: with_prompt(text, request, shown))

    def reading_text(self, fields: Mapping[str, object], body: str) -> str:
        """Return a reading's file: front matter and body (see `StudyFiles`)."""
        import yaml

        front = yaml.safe_dump(dict(fields), allow_unicode=True, sort_keys=False, width=10_000)
        return f"---\n{front}---\n\n{body.strip()}\n"

    def preview(self, slug: str, text: str) -> Reading:
        """Return the reading that a file's text would be (see `StudyFiles`)."""
        shown = f"{READINGS}/{slug}.md"
        return parse_reading(clean(text), slug, shown, sha256(text.encode()).hexdigest())

    def save_reading(self, slug: str, text: str, replace: bool) -> None:
        """Write a reading's whole file (see `StudyFiles`)."""
        self._save(f"{READINGS}/{slug}.md", text.encode("utf-8", "replace"), replace)

    def save_notes(self, source: Path, slug: str, reader: str, replace: bool) -> str:
        """Copy a notes file into the study (see `StudyFiles`)."""
        try:
            if source.stat().st_size > MAX_SIZE:
                what = f"is larger than {MAX_SIZE:,} bytes"
                raise CannotImport(what, place=Place(str(source)))
            data = source.read_bytes()
            data.decode("utf-8")
        except OSError as error:
            what = f"cannot be read: {error.strerror}"
            raise CannotImport(what, place=Place(str(source))) from error
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            what = "is not UTF-8 text"
            raise CannotImport(what, place=Place(str(source), line)) from error
        shown = f"{READINGS}/{slug}/{reader}.md"
        self._save(shown, data, replace)
        return shown

    def _save(self, shown: str, data: bytes, replace: bool) -> None:
        path = self._inside(shown)
        with locked(path, self.home / "locks", shown):
            if path.exists():
                if not replace:
                    raise UsageError(f"{shown} exists already", hint="Replace it with --replace.")
                back_up(path, shown, self.home / "backups")
            write_whole(path, data, shown)

    def edit_file(self, path: Path, change: Callable[[str], str]) -> None:
        """Replace a text file by `change` of its text (see `StudyFiles`). Raises CannotWrite."""
        edit_text(path, self.home / "locks", self._shown(path), change)

    def write_file(self, path: Path, data: bytes) -> Path | None:
        """Write a generated file whole (see `StudyFiles`). Raises CannotWrite."""
        return write_generated(path, data, self._shown(path), self.home)

    def _shown(self, path: Path) -> str:
        """Return how a file is named to the user: by its path in the study, else as given."""
        inside = path.is_relative_to(self.root)
        return path.relative_to(self.root).as_posix() if inside else str(path)

    def template(self, name: str) -> bytes | None:
        """Return the study's own template (see `StudyFiles`). Raises StudyError."""
        shown = f"{TEMPLATES}/{name}"
        path = self.root / shown
        if Path(name).name != name or not (path.exists() or path.is_symlink()):
            return None
        try:
            ordinary = stat.S_ISREG(path.lstat().st_mode) and not path.parent.is_symlink()
            if not ordinary or path.stat().st_size > MAX_SIZE:
                what = f"is not an ordinary file of at most {MAX_SIZE:,} bytes"
                raise StudyError(what, place=Place(shown))
            return path.read_bytes()
        except OSError as error:
            raise StudyError(f"cannot be read: {error.strerror}", place=Place(shown)) from error

    def path_of(self, shown: str) -> Path:
        """Return the absolute path of a file of the study named by its path in it."""
        return self._inside(shown)

    def _inside(self, shown: str) -> Path:
        """Refuse every name that leads out of the study, also by way of a symbolic link."""
        path = self.root / shown
        if ".." in Path(shown).parts or Path(shown).is_absolute():
            raise CannotWrite("that name leads out of the study", place=Place(shown))
        for part in [path, *path.parents]:
            if part == self.root:
                break
            if part.is_symlink():
                what = "is a symbolic link, which a study must not hold"
                raise CannotWrite(what, place=Place(part.relative_to(self.root).as_posix()))
        return path

    def _settings(
        self, problems: list[Problem], seen: set[str]
    ) -> tuple[str | None, tuple[str, ...], list[str]]:
        path = self.root / "study.yaml"
        if not path.exists() and not path.is_symlink():
            return None, (), []

        def parse(
            text: str, shown: str, digest: str, found: list[Problem]
        ) -> tuple[str | None, tuple[str, ...], list[str]]:
            fields = Fields(read_yaml(text, shown), shown, "study.yaml")
            for name in fields.data.keys() - set(_SETTINGS):
                place, known = Place(shown, fields.data[name].line), ", ".join(_SETTINGS)
                found.append(Problem(place, f"unknown field “{name}”", f"Known: {known}."))
            order = list(fields.texts("readings"))
            return fields.text("title"), fields.texts("readers"), order

        return self._read(path, problems, seen, parse) or (None, (), [])

    @staticmethod
    def _reading_of(slug: str) -> Callable[[str, str, str, list[Problem]], Reading]:
        return lambda text, shown, digest, _: parse_reading(text, slug, shown, digest)

    @staticmethod
    def _notes_of(slug: str, reader: str) -> Callable[[str, str, str, list[Problem]], NoteFile]:
        return lambda text, shown, digest, _: parse_notes(text, slug, reader, shown, digest)

    @staticmethod
    def _prompts_of(slug: str) -> Callable[[str, str, str, list[Problem]], list[Prompt]]:
        def parse(text: str, shown: str, digest: str, found: list[Problem]) -> list[Prompt]:
            prompts, bad = parse_prompts(text, slug, shown)
            found += bad
            return prompts

        return parse

    def _read(
        self,
        path: Path,
        problems: list[Problem],
        seen: set[str],
        parse: Callable[[str, str, str, list[Problem]], _T],
    ) -> _T | None:
        """Parse a file, or take what it gave before if its content is the same."""
        shown = path.relative_to(self.root).as_posix()
        seen.add(shown)
        try:
            if path.stat().st_size > MAX_SIZE:
                raise StudyError(f"larger than {MAX_SIZE:,} bytes", place=Place(shown))
            data = path.read_bytes()
        except (OSError, StudyError) as error:
            why = error.what if isinstance(error, StudyError) else error.strerror
            problems.append(Problem(Place(shown), f"cannot be read: {why}"))
            return None
        digest = sha256(data).hexdigest()
        cached = self._cache.get(shown)
        if cached is None or cached.digest != digest:
            cached = self._cache[shown] = _parse(data, digest, shown, parse)
        problems += cached.problems
        return cached.value  # type: ignore[return-value]  # what `parse` of this path gave


def _parse(
    data: bytes,
    digest: str,
    shown: str,
    parse: Callable[[str, str, str, list[Problem]], object],
) -> _Cached:
    result = _Cached(digest, None)
    try:
        text = clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = "is not UTF-8 text"
        result.problems.append(Problem(Place(shown, line), what, "Save it as UTF-8."))
        return result
    marker = None
    if "<<<<<<< " in text:
        lines = enumerate(text.split("\n"), 1)
        marker = next((number for number, line in lines if line.startswith("<<<<<<< ")), None)
    if marker is not None:
        what = "holds a git merge conflict; it is read as it stands"
        result.problems.append(Problem(Place(shown, marker), what, "Resolve it in the file."))
    try:
        result.value = parse(text, shown, digest, result.problems)
    except StudyError as error:
        result.problems.append(Problem(error.place or Place(shown), error.what, error.hint or ""))
    return result
