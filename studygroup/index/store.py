"""The index's folder on disk: made, opened, written, thrown away, and stamped by its writer."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import whoosh
from whoosh import index as whoosh_index
from whoosh.index import TOC
from whoosh.reading import SegmentReader

from studygroup import __version__
from studygroup.core.finding.search import Document, Source
from studygroup.index.batch import invert
from studygroup.index.kept import Kept
from studygroup.index.leaf import MOST_KEPT, Leaf
from studygroup.index.schema import SCHEMA_VERSION, Codec, Held, Turned, fields_of, schema, turned

STAMP = "stamp.json"
MOST_DOCUMENTS = 32_768
"""How many documents are written at once."""

_OURS = re.compile(r"_?MAIN[_.]")
_TORN_TABLE = re.compile(r"_MAIN_\d+\.toc\..+")


class Made(NamedTuple):
    """A source and the documents that were made of it."""

    source: Source
    documents: tuple[Document, ...]


def batches(sources: Iterable[Source]) -> Iterator[list[Made]]:
    """Yield `sources` in order, in batches of about `MOST_DOCUMENTS` documents."""
    batch: list[Made] = []
    size = 0
    for source in sources:
        batch.append(Made(source, source.documents()))
        size += len(batch[-1].documents)
        if size >= MOST_DOCUMENTS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def turn(sources: Iterable[Made]) -> Turned:
    """Return what is written of `sources` as one batch."""
    held: list[Held] = []
    documents: list[Document] = []
    for source, made in sources:
        held.append(Held(source.key, source.digest, len(made)))
        documents += made
    return turned(held, invert(documents))


class Store:
    """A Whoosh index in one folder of the user's own, written by one process at a time.

    Opening an index unpickles it, so the folder is made for its owner alone. Whoever calls `open`,
    `create` or `add` holds the lock on the folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._index: Any = None
        self._leaves: dict[str, Leaf] = {}
        self._kept = Kept(MOST_KEPT)

    def prepare(self) -> None:
        """Make the folder, closed to everyone else. Raises OSError."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)

    def open(self) -> bool:
        """Open the index as it is now; return False where there is none that this version wrote."""
        if self._read_stamp() != _stamp():
            return False
        if self._index is not None and self._index.up_to_date():
            return True
        for path in self.folder.iterdir():
            if _TORN_TABLE.fullmatch(path.name):  # left when a process died in a commit
                path.unlink(missing_ok=True)
        self._index = whoosh_index.open_dir(str(self.folder))
        return True

    def create(self) -> None:
        """Throw away what the folder holds of an index and begin an empty one."""
        self.close()
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

    def leaves(self) -> tuple[Leaf, ...]:
        """Return all batches, the oldest first. Those known from before are the same objects."""
        known, self._leaves = self._leaves, {}
        storage = self._index.storage
        table = TOC.read(storage, self._index.indexname)
        for segment in table.segments:
            name = segment.segment_id()
            leaf = known.pop(name, None)
            if leaf is None:
                leaf = Leaf.on_disk(name, SegmentReader(storage, table.schema, segment), self._kept)
            self._leaves[name] = leaf
        return tuple(self._leaves.values())

    def add(self, batch: Turned, instead_of: Collection[Leaf] = ()) -> None:
        """Write a batch; it takes the place of the leaves `instead_of`."""
        gone = {leaf.name for leaf in instead_of}
        # Of a segment that is one file, Whoosh reads all into memory; of several it maps each.
        writer = self._index.writer(codec=Codec(), limitmb=256, compound=False)
        writer.mergetype = lambda _, segments: [s for s in segments if s.segment_id() not in gone]
        with writer:
            writer.add_document(**fields_of(batch))

    def close(self) -> None:
        """Let go of the index. Its leaves can be read on for as long as somebody holds them."""
        self._leaves = {}
        if self._index is not None:
            self._index.close()
            self._index = None

    def _read_stamp(self) -> object:
        try:
            return json.loads((self.folder / STAMP).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None


def _stamp() -> dict[str, object]:
    return {
        "studygroup": __version__,
        "whoosh": list(whoosh.__version__),
        "schema": SCHEMA_VERSION,
    }
