"""The one place that builds adapters and wires them into a workspace."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from studygroup.core.errors import CannotWrite, Place, StudyError, UsageError
from studygroup.core.text import slug
from studygroup.files.places import find_study, is_study, study_key, user_folder

if TYPE_CHECKING:
    # Loaded by the functions below: recording a line needs a fraction of what reading a study does.
    from studygroup.core.draft import Draft
    from studygroup.core.export import Exported
    from studygroup.core.finding.search import SearchIndex
    from studygroup.core.meeting.recording import Recording
    from studygroup.core.meeting.session import Cited, Session, Spot
    from studygroup.core.outlining.outline_text import Wanted
    from studygroup.core.reading import Reading
    from studygroup.core.study import Study
    from studygroup.core.workspace import Workspace


class _Importers:
    """The importers, loaded when a document is imported (implements the `Importer` port)."""

    def read(self, path: Path, format: str | None) -> Draft:
        from studygroup.importers.detect import read

        return read(path, format)

    def render(self, draft: Draft) -> str:
        from studygroup.importers.render import render_body

        return render_body(draft)

    def outline(self, path: Path) -> tuple[Wanted, ...]:
        from studygroup.importers.outline_file import read_outline

        return read_outline(path)

    def literal(self, text: str) -> str:
        from studygroup.importers.inline import to_markdown

        return to_markdown(text)


class _Exporters:
    """The exporters, loaded when something is exported (implements the `Exporter` port)."""

    def __init__(self, template: Callable[[str], bytes | None]) -> None:
        self._template = template

    def export(self, format: str, session: Session, study: Study, old: str) -> Exported:
        from studygroup.export import export

        return export(format, session, study, old, self._template)

    def handout(self, format: str, reading: Reading, study: Study, old: str) -> Exported:
        from studygroup.export import hand_out

        return hand_out(format, reading, study, old, self._template)


def open_workspace(root: Path) -> Workspace:
    """Return the workspace of the study at `root`; nothing of the study is read yet."""
    from studygroup.core.workspace import Workspace
    from studygroup.files.folder import StudyFolder
    from studygroup.files.journal_folder import JournalFolder
    from studygroup.files.state import StateFile

    key = study_key(root)
    home = user_folder("state") / key
    files = StudyFolder(root, home, user_folder("cache") / "parsed" / key)
    return Workspace(
        files=files,
        state=StateFile(home),
        importer=_Importers(),
        journals=JournalFolder(root, home),
        open_index=lambda: _open_index(user_folder("cache") / "index" / key),
        exporter=_Exporters(files.template),
        me=who_am_i(),
        clock=_now,
    )


def open_recording(root: Path, wanted: str, recorder: str) -> Recording:
    """Return a recording of a session of the study at `root`, to add to it as it is.

    The study itself is opened only to cite a quotation. Raises UsageError for an unknown session,
    or where the recorder (`me`, if empty) records it already.
    """
    from studygroup.core.meeting.journal import find_session
    from studygroup.core.meeting.recording import Recording
    from studygroup.files.journal_folder import JournalFolder

    def cite(words: str, spot: Spot) -> Cited:
        return open_workspace(root).sessions.cite(words, spot)

    journals = JournalFolder(root, user_folder("state") / study_key(root))
    session = find_session(journals.sessions(), wanted)
    writer = journals.open(session, recorder or who_am_i())
    return Recording(session, journals, writer, cite, _now)


def _now() -> datetime:
    return datetime.now().astimezone()


def _open_index(folder: Path) -> SearchIndex:
    """Return the search index in `folder`; Whoosh is loaded when something is searched."""
    from studygroup.index.whoosh_index import WhooshSearchIndex

    return WhooshSearchIndex(folder)


def locate_study(given: str | None) -> Path:
    """Return the study meant by `--study`, by `STUDYGROUP_STUDY`, or by the current folder.

    Raises StudyError where there is none.
    """
    named = given or os.environ.get("STUDYGROUP_STUDY")
    if named:
        root = Path(named).expanduser()
        if not is_study(root):
            what = "this is not a study: it has no readings folder"
            raise StudyError(what, place=Place(named), hint="Make one: studygroup init")
        return root.resolve()
    found = find_study(Path.cwd())
    if found is None:
        what = "no study here or in any folder above"
        raise StudyError(what, hint="Make one: studygroup init. Or try the demo: studygroup demo")
    return found


def crash_folder() -> Path:
    """Return the user's folder in which the details of unforeseen errors are kept."""
    return user_folder("state")


def who_am_i() -> str:
    """Return the reader at this program: `STUDYGROUP_READER`, else the login name."""
    name = os.environ.get("STUDYGROUP_READER")
    if not name:
        import getpass

        try:
            name = getpass.getuser()
        except (KeyError, OSError):  # no login name, as in some containers
            name = ""
    return slug(name, "me")


def new_study(folder: Path, title: str | None) -> None:
    """Make `folder` a study (see `create_study`)."""
    from studygroup.files.folder import create_study

    create_study(folder, title)


def shipped_study() -> Path:
    """Return the folder of the study that comes with the program."""
    here = Path(__file__).resolve().parent
    inside = here / "shipped"
    return inside if inside.is_dir() else here.parent


def copy_demo(folder: Path | None) -> tuple[Path, bool]:
    """Copy the shipped study to `folder` (default: in the user's data folder), and return it.

    The second value tells whether it was copied: a study that stands there is left as it is. The
    tour of one that is copied begins anew, also where another one stood before.
    Raises UsageError where `folder` holds something else, CannotWrite where copying fails.
    """
    target = (folder or user_folder("data") / "demo").expanduser().absolute()
    if is_study(target):
        return target, False
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(f"{target} is not empty", hint="Give another folder: studygroup demo DIR")
    import shutil

    source = shipped_study()
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name in ("questions", "readings", "sessions"):
            shutil.copytree(source / name, target / name)
        shutil.copy(source / "study.yaml", target / "study.yaml")
    except OSError as error:
        what = f"the demo could not be copied: {error.strerror}"
        raise CannotWrite(what, place=Place(str(target))) from error
    _begin_tour_anew(target)
    return target, True


def folder_beside(folder: Path) -> Path:
    """Return the first of `folder-2`, `folder-3` … that is not there yet."""
    found = (folder.with_name(f"{folder.name}-{number}") for number in count(2))
    return next(one for one in found if not one.exists())


def _begin_tour_anew(root: Path) -> None:
    from studygroup.files.state import StateFile

    state = StateFile(user_folder("state") / study_key(root))
    if state.tour():
        state.keep_tour(())
