"""The index's folder on disk: made, opened, written, thrown away, and stamped by its writer."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import whoosh
from whoosh import index as whoosh_index

from studygroup import __version__
from studygroup.core.search import Document
from studygroup.index.matching import Snapshot
from studygroup.index.schema import SCHEMA_VERSION, Codec, document_id, postings, schema

STAMP = "stamp.json"
MANY_SEGMENTS = 8
"""Beyond this many segments a write also merges them all: each costs every search a little."""

_OURS = re.compile(r"_?MAIN[_.]")
_TORN_TABLE = re.compile(r"_MAIN_\d+\.toc\..+")


class Store:
    """A Whoosh index in one folder of the user's own, written by one process at a time.

    Opening an index unpickles it, so the folder is made for its owner alone. Whoever calls `open`,
    `create` or `write` holds the lock on the folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._index: Any = None

    def prepare(self) -> None:
        """Make the folder, closed to everyone else. Raises OSError."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)

    def open(self) -> bool:
        """Open the index; return False where there is none that this version wrote."""
        if self._read_stamp() != _stamp():
            return False
        for path in self.folder.iterdir():
            if _TORN_TABLE.fullmatch(path.name):  # left when a process died in a commit
                path.unlink(missing_ok=True)
        self._index = whoosh_index.open_dir(str(self.folder))
        return True

    def create(self) -> None:
        """Throw away what the folder holds of an index and begin an empty one."""
        stamp = self.folder / STAMP
        stamp.unlink(missing_ok=True)
        for path in self.folder.iterdir():
            if not _OURS.match(path.name):
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        self._index = whoosh_index.create_in(str(self.folder), schema())
        stamp.write_text(json.dumps(_stamp()), encoding="utf-8")

    def write(self, wanted: Mapping[str, Document]) -> int:
        """Make the index hold exactly `wanted` (by `document_id`); return how many were touched."""
        with self._index.reader() as reader:
            held = dict(_ids(reader))
            segments = len(reader.leaf_readers())
        gone = held.keys() - wanted.keys()
        new = [key for key in wanted if key not in held]
        # One document changed is one removed and one added, and counts once.
        changed = len({_key(one) for one in gone} | {_key(one) for one in new})
        if not changed:
            return 0
        writer = self._index.writer(codec=Codec(), limitmb=256)
        writer.merge, writer.optimize = False, segments >= MANY_SEGMENTS
        with writer:
            for one in gone:
                for number in held[one]:
                    writer.delete_document(number)
            for one in new:
                writer.add_document(**postings(wanted[one]))
        return changed

    def snapshot(self, wanted: Mapping[str, Document]) -> Snapshot:
        """Return the index as it stands, with those documents of `wanted` that it holds."""
        reader = self._index.reader()
        documents = {
            number: wanted[one]
            for one, numbers in _ids(reader)
            if one in wanted
            for number in numbers[:1]
        }
        return Snapshot(reader, documents)

    def close(self) -> None:
        """Let go of the index's files."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def _read_stamp(self) -> object:
        try:
            return json.loads((self.folder / STAMP).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None


def by_id(documents: Iterable[Document]) -> dict[str, Document]:
    """Return documents by `document_id`; of several with one key, the last counts."""
    by_key = {document.key: document for document in documents}
    return {document_id(document): document for document in by_key.values()}


def _ids(reader: Any) -> Iterable[tuple[str, list[int]]]:
    """Return the ids of the documents that are not deleted, each with its document numbers."""
    held: dict[str, list[int]] = {}
    if reader.doc_count():
        column = reader.column_reader("id")
        for number in reader.all_doc_ids():
            held.setdefault(column[number], []).append(number)
    return held.items()


def _key(document_id_: str) -> str:
    return document_id_.partition("\n")[0]


def _stamp() -> dict[str, object]:
    return {
        "studygroup": __version__,
        "whoosh": list(whoosh.__version__),
        "schema": SCHEMA_VERSION,
    }
