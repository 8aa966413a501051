"""The study folder: reading it, and the few ways in which it is written."""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from studygroup.core.errors import CannotImport, CannotWrite, Place, StudyError, UsageError
from studygroup.core.reading import Reading
from studygroup.core.study import Study
from studygroup.core.text import clean
from studygroup.files.atomic import back_up, edit_text, locked, write_whole
from studygroup.files.loader import MAX_SIZE, Loader
from studygroup.files.parsed import ParsedFiles
from studygroup.files.places import QUESTIONS, READINGS, is_study

if TYPE_CHECKING:
    from studygroup.core.quoting.memory import Kept
    from studygroup.core.study_files import NewNote, NewPrompt

# The parsers are loaded by the methods that need them: most studies are known since an earlier run.

TEMPLATES = "templates"
OUTLINE = ".outline.txt"
"""How the name of an outline ends that stands beside its reading."""


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


class StudyFolder:
    """A study on disk (implements the `StudyFiles` port).

    `home` is a folder of the user's own for this study's locks and backups, `cache` one for what
    its files gave when they were parsed: nothing of this is ever put into the study.
    """

    def __init__(self, root: Path, home: Path, cache: Path) -> None:
        self.root = root
        self.home = home
        self._answers = cache.with_name(f"{cache.name}-quotations")
        self._loader = Loader(root, ParsedFiles(cache), open_answers=self._open_answers)

    def _open_answers(self) -> Kept:
        from studygroup.files.kept_answers import KeptAnswers

        return KeptAnswers(ParsedFiles(self._answers))

    def load(self) -> Study:
        """Read the study; files whose content is unchanged are not parsed.

        Whatever in it cannot be read is a problem of the study, not an error. Raises StudyError
        only where the folder itself cannot be read.
        """
        return self._loader.load()

    def add_notes(self, notes: Sequence[NewNote]) -> str:
        """Append notes to their reader's file (see `StudyFiles`). Raises CannotWrite."""
        from studygroup.files.note_file import with_notes

        shown = f"{READINGS}/{notes[0].reading.slug}/{notes[0].reader}.md"
        path = self._inside(shown)
        edit_text(path, self.home / "locks", shown, lambda text: with_notes(text, notes, shown))
        return shown

    def add_prompt(self, request: NewPrompt) -> None:
        """Append a prompt to its reading's file (see `StudyFiles`). Raises CannotWrite."""
        from studygroup.files.prompt_file import with_prompt

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
        from studygroup.files.reading_file import parse_reading

        shown = f"{READINGS}/{slug}.md"
        return parse_reading(clean(text), slug, shown, sha256(text.encode()).hexdigest())

    def refuse_taken(self, slug: str, replace: bool) -> None:
        """Refuse a name that is taken (see `StudyFiles`)."""
        shown = f"{READINGS}/{slug}.md"
        _refuse_taken(self._inside(shown), shown, replace)

    def save_reading(self, slug: str, text: str, replace: bool) -> Path | None:
        """Write a reading's whole file (see `StudyFiles`)."""
        return self._save(f"{READINGS}/{slug}.md", text.encode("utf-8", "replace"), replace)

    def save_outline(self, slug: str, text: str) -> str:
        """Write a reading's outline (see `StudyFiles`)."""
        shown = f"{READINGS}/{slug}{OUTLINE}"
        self._save(shown, text.encode("utf-8", "replace"), replace=True)
        return shown

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

    def _save(self, shown: str, data: bytes, replace: bool) -> Path | None:
        path = self._inside(shown)
        backup = None
        with locked(path, self.home / "locks", shown):
            _refuse_taken(path, shown, replace)
            if path.exists():
                backup = back_up(path, shown, self.home / "backups")
            write_whole(path, data, shown)
        return backup

    def edit_file(self, path: Path, change: Callable[[str], str]) -> None:
        """Replace a text file by `change` of its text (see `StudyFiles`). Raises CannotWrite."""
        edit_text(path, self.home / "locks", self._shown(path), change)

    def write_file(self, path: Path, data: bytes) -> Path | None:
        """Write a generated file whole (see `StudyFiles`). Raises CannotWrite."""
        from studygroup.files.generated import write_generated

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


def _refuse_taken(path: Path, shown: str, replace: bool) -> None:
    if path.exists() and not replace:
        raise UsageError(f"{shown} exists already", hint="Replace it with --replace.")
