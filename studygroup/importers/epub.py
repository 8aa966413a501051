"""An EPUB → Draft: the sections of the book's own table of contents, its notes as footnotes."""

from __future__ import annotations

from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from studygroup.core.draft import Draft
from studygroup.core.errors import CannotImport
from studygroup.importers.archives import Archive
from studygroup.importers.epub_aside import (
    ASIDE_KINDS,
    bars,
    letters,
    own_kinds,
    without_frame,
    without_furniture,
    without_lists_of_parts,
)
from studygroup.importers.epub_package import Package, read_package
from studygroup.importers.epub_sections import parents_of, sections
from studygroup.importers.html_assemble import assemble, lifted
from studygroup.importers.html_blocks import Piece, Reader
from studygroup.importers.html_notes import Notes, find_notes
from studygroup.importers.html_tree import decode, parse

FORMAT = "epub"


def read(data: bytes, name: str) -> Draft:
    """Read the bytes of an EPUB; `name` becomes its title when it gives none.

    Raises CannotImport for a book that is damaged, encrypted, too large, or has no words.
    """
    archive = Archive(data, "EPUB")
    package = read_package(archive)
    trees = _trees(archive, package)
    notes = find_notes((member, _root(tree)) for member, tree in trees)
    aside: list[str] = []
    reader = _read(trees, notes, package, aside)
    pieces = sections(_text_of(reader.pieces, package, aside), package, aside)
    made = assemble(pieces, notes)
    if not made.blocks:
        raise CannotImport("there are no words in this EPUB")
    warnings = []
    if aside:
        warnings.append(f"Left out: {', '.join(dict.fromkeys(aside))}.")
    if reader.pictures:
        count = reader.pictures
        warnings.append(
            f"{'1 picture was' if count == 1 else f'{count:,} pictures were'} left out."
        )
    facts = package.facts
    return Draft(
        FORMAT,
        facts.title or name,
        lifted(made.blocks),
        author=facts.author,
        year=facts.year,
        source=facts.source,
        repairs={"footnotes": made.notes} if made.notes else {},
        warnings=tuple(warnings),
        extra={"language": package.language} if package.language else {},
    )


def _trees(archive: Archive, package: Package) -> list[tuple[str, LexborHTMLParser]]:
    trees = []
    for member in package.spine:
        data = archive.read(member)
        if data and data.strip():
            trees.append((member, parse(decode(data), xml=True)))
    return trees


def _root(tree: LexborHTMLParser) -> LexborNode:
    root = tree.body or tree.root
    assert root is not None
    return root


def _read(
    trees: Sequence[tuple[str, LexborHTMLParser]],
    notes: Notes,
    package: Package,
    aside: list[str],
) -> Reader:
    """Read the members that are text; the titles of the others go to `aside`."""
    titles = {entry.key.partition("#")[0]: entry.title for entry in reversed(package.entries)}
    skipped: set[int] = set()
    reader = Reader(notes, wanted={entry.key for entry in package.entries}, skipped=skipped)
    parents = parents_of(package.entries)
    noted = {key.partition("#")[0] for key in notes.targets}
    for member, tree in trees:
        root = _root(tree)
        kinds = package.kinds.get(member, set()) | own_kinds(root)
        half = "halftitlepage" in kinds and parents & {member, f"{member}#"}
        if (kinds & ASIDE_KINDS or member == package.nav) and member not in noted and not half:
            title = titles.get(member) or sorted(kinds & ASIDE_KINDS or {"contents"})[0]
            if root.text(deep=True).strip():
                aside.append(title)
            continue
        for frame in tree.css("#pg-header, #pg-footer, .pg-boilerplate, .pgheader, .pgfooter"):
            skipped.add(frame.mem_id)
            aside.append("the library's frame")
        skipped.update(bar.mem_id for bar in bars(tree))
        reader.read(root, member)
    return reader


def _text_of(pieces: list[Piece], package: Package, aside: list[str]) -> list[Piece]:
    """Pieces without what frames a book's text and lists its parts."""
    titles = {letters(entry.title) for entry in package.entries}
    places = {entry.key for entry in package.entries}
    framed = without_frame(pieces, aside)
    return without_furniture(without_lists_of_parts(framed, titles, places, aside), aside)
