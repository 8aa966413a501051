"""What the files of a study gave when they were last parsed, kept between runs: a cache.

Parsing takes a hundred times longer than reading back what came of it, and needs the parsers.
"""

from __future__ import annotations

import marshal
import os
import stat
from collections.abc import Callable, Collection
from dataclasses import fields, is_dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from studygroup import __version__
from studygroup.core.errors import Place
from studygroup.core.note import Note, NoteBlock, NoteFile, NoteHeading
from studygroup.core.problem import Problem
from studygroup.core.prompt import Prompt
from studygroup.core.reading import Paragraph, Reading, Section, Span

_PARSERS = ("markdown_it", "mdit_py_plugins", "yaml")
_CHECK = 32
"""Bytes before the rest: its SHA-256, so that what was damaged on disk is never unpacked."""


class Parsed(NamedTuple):
    """What a file gave when it had this digest, and the problems in it.

    `on` is the reading that notes or prompts were paired with, by slug and digest ("": there was
    none); None for what hangs on no reading.
    """

    digest: str
    on: tuple[str, str] | None
    value: object
    problems: tuple[Problem, ...] = ()


class ParsedFiles:
    """Keeps one file of plain values for each file of a study, in a folder only the user can read.

    Nothing in it is trusted that is not whole, of this very program, and of the content asked for.
    Where the folder is not the user's alone, or cannot be written, nothing is kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamp = ""
        self._usable: bool | None = None

    def get(self, shown: str, digest: str, restore: Callable[[Any], object]) -> Parsed | None:
        """Return what the file `shown` gave when its SHA-256 was `digest`, if that is known."""
        if not self._ready():
            return None
        try:
            data = self._path(shown).read_bytes()
            if sha256(data[_CHECK:]).digest() != data[:_CHECK]:
                return None
            *made_of, on, value, problems = marshal.loads(data[_CHECK:])
            if made_of != [self._stamp, shown, digest]:
                return None
            restored = None if value is None else restore(value)
            return Parsed(digest, on, restored, tuple(map(_problem, problems)))
        except (OSError, ValueError, EOFError, TypeError):
            return None  # it is a cache: what cannot be read back is parsed

    def put(self, shown: str, parsed: Parsed) -> None:
        """Keep what a file gave, in place of what it gave before."""
        if not self._ready():
            return
        kept = (
            self._stamp,
            shown,
            parsed.digest,
            parsed.on,
            _plain(parsed.value),
            _plain(parsed.problems),
        )
        data = marshal.dumps(kept)
        path = self._path(shown)
        # Not synced: after a power cut it is damaged at worst, which is noticed.
        temporary = path.with_suffix(f".{os.getpid()}")
        try:
            temporary.write_bytes(sha256(data).digest() + data)
            temporary.replace(path)
        except OSError:
            self._usable = False

    def keep_only(self, shown: Collection[str]) -> None:
        """Forget every file but these: so the folder never outgrows the study."""
        if not self._ready():
            return
        names = {self._path(name).name for name in shown}
        try:
            for path in self._folder.iterdir():
                if path.name not in names:
                    path.unlink(missing_ok=True)
        except OSError:
            self._usable = False

    def _path(self, shown: str) -> Path:
        return self._folder / sha256(shown.encode("utf-8", "surrogateescape")).hexdigest()[:24]

    def _ready(self) -> bool:
        if self._usable is None:
            try:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._stamp = _stamp()
                self._usable = _is_own(self._folder)
            except OSError:
                self._usable = False
        return self._usable


def _is_own(folder: Path) -> bool:
    """Whether a folder is the user's, and nobody else may write or look into it."""
    if os.name == "nt":
        return True  # folders of a user are private by where they lie
    found = folder.lstat()
    mine = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
    return mine and not stat.S_IMODE(found.st_mode) & 0o077


def _stamp() -> str:
    """Return a name for the code that parses, the libraries it uses included: each has its own.

    Made from the sizes and times of its files, as Python tells stale bytecode: so a checkout in
    which somebody works never shows what yesterday's parser made. Raises OSError.
    """
    package = Path(__file__).resolve().parent.parent
    found: list[object] = [__version__, marshal.version]
    for room in ("core", "core/anchoring", "core/quoting", "files"):
        with os.scandir(package / room) as entries:
            code = sorted((e for e in entries if e.name.endswith(".py")), key=lambda e: e.name)
            found += [(e.name, e.stat().st_size, e.stat().st_mtime_ns) for e in code]
    for name in _PARSERS:
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            parser = Path(spec.origin).stat()
            found.append((name, parser.st_size, parser.st_mtime_ns))
    return sha256(repr(found).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Return a value of the core as nested tuples, each field at its place."""
    if is_dataclass(value):
        return tuple(_plain(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return value


def reading(plain: Any) -> Reading:
    """Return the reading that was made plain."""
    slug, title, sections, *rest = plain
    return Reading(slug, title, tuple(map(_section, sections)), *rest)


def notes(plain: Any) -> NoteFile:
    """Return the notes of a file that were made plain."""
    reading, reader, path, digest, headings, written = plain
    return NoteFile(
        reading, reader, path, digest, tuple(map(_heading, headings)), tuple(map(_note, written))
    )


def prompts(plain: Any) -> tuple[Prompt, ...]:
    """Return the prompts of a file that were made plain."""
    return tuple(
        Prompt(id, reading, wanted, ask, Place(*place), *rest)
        for id, reading, wanted, ask, place, *rest in plain
    )


def _section(plain: Any) -> Section:
    id, title, level, line, paragraphs = plain
    return Section(id, title, level, line, tuple(map(_paragraph, paragraphs)))


def _paragraph(plain: Any) -> Paragraph:
    number, text, start, line, kind, spans, *rest = plain
    return Paragraph(number, text, start, line, kind, tuple(Span(*s) for s in spans), *rest)


def _heading(plain: Any) -> NoteHeading:
    reading, reader, text, level, place, *rest = plain
    return NoteHeading(reading, reader, text, level, Place(*place), *rest)


def _note(plain: Any) -> Note:
    id, reading, reader, kind, title, blocks, markdown, place, *rest = plain
    made = tuple(NoteBlock(text, tuple(Span(*s) for s in spans), *r) for text, spans, *r in blocks)
    return Note(id, reading, reader, kind, title, made, markdown, Place(*place), *rest)


def _problem(plain: Any) -> Problem:
    place, *rest = plain
    return Problem(Place(*place), *rest)
