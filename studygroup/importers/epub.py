"""An EPUB → Draft: the sections of the book's own table of contents, its notes as footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser, LexborNode

from studygroup.core.draft import Draft
from studygroup.core.errors import CannotImport
from studygroup.importers.archives import Archive
from studygroup.importers.epub_package import Entry, Package, read_package
from studygroup.importers.html_assemble import assemble, lifted
from studygroup.importers.html_blocks import Piece, Reader
from studygroup.importers.html_notes import Notes, find_notes
from studygroup.importers.html_tree import attribute, decode, parse
from studygroup.importers.runs import Run

FORMAT = "epub"

_ASIDE_KINDS = frozenset(
    [
        "cover",
        "titlepage",
        "title-page",
        "halftitlepage",
        "halftitle",
        "imprint",
        "copyright-page",
        "copyright",
        "colophon",
        "toc",
        "landmarks",
        "loi",
        "lot",
        "loa",
        "lov",
        "index",
        "page-list",
        "pagelist",
        "other-credits",
        "seriespage",
        "backlink",
    ]
)
_ASIDE_TITLES = re.compile(
    r"(?:front |book )?cover(?: page| image)?|(?:half[- ]?)?title[- ]?page|imprint|colophon|"
    r"(?:un)?copyright(?: page| notice)?|(?:table of )?contents|landmarks|index(?: of .{0,40})?|"
    r"general index|list of (?:illustrations|figures|tables|plates|maps)|illustrations|"
    r"transcriber.s notes?|(?:the )?(?:full )?project gutenberg.{0,40}licen[cs]e|"
    r".{0,20}gutenberg license.{0,20}|inhalt(?:sverzeichnis)?|impressum|titelseite|"
    r"table des matières|sommaire|couverture|índice|indice|"
    r"also by .{0,60}|other books by .{0,60}|about this e-?book",
    re.I,
)
_NUMBER = re.compile(
    r"(?:(?:chapter|part|book|section|letter|canto|act|scene|kapitel|chapitre|capítulo|capitolo|глава)"
    r"(?:the)?)?(?:\d+|[ivxlcdm]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teen|twenty\w{0,6}|thirty\w{0,6}|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)",
    re.I,
)
_START = re.compile(r"\*{3}\s*START OF (?:THE|THIS) PROJECT GUTENBERG", re.I)
_END = re.compile(
    r"\*{3}\s*END OF (?:THE|THIS) PROJECT GUTENBERG|End of (?:the )?Project Gutenberg", re.I
)
_FRONT_WORDS = 150
"""Words before the first entry of the contents up to which they are a title page."""


@dataclass(frozen=True, slots=True)
class _Section:
    entry: Entry | None
    pieces: tuple[Piece, ...]

    @property
    def size(self) -> int:
        return sum(len(piece.words.split()) for piece in self.pieces)


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
    sections = _sections(_without_frame(reader.pieces, aside), package)
    pieces: list[Piece] = []
    for section in sections:
        pieces += _section(section, package, aside, bool(pieces))
    made = assemble(_with_words(pieces), notes)
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
    parents = _parents(package.entries)
    noted = {key.partition("#")[0] for key in notes.targets}
    for member, tree in trees:
        root = _root(tree)
        kinds = package.kinds.get(member, set()) | _own_kinds(root)
        half = "halftitlepage" in kinds and parents & {member, f"{member}#"}
        if (kinds & _ASIDE_KINDS or member == package.nav) and member not in noted and not half:
            title = titles.get(member) or sorted(kinds & _ASIDE_KINDS or {"contents"})[0]
            if root.text(deep=True).strip():
                aside.append(title)
            continue
        for frame in tree.css("#pg-header, #pg-footer, .pg-boilerplate, .pgheader, .pgfooter"):
            skipped.add(frame.mem_id)
            aside.append("the library's frame")
        reader.read(root, member)
    return reader


def _own_kinds(root: LexborNode) -> set[str]:
    """The kinds that a member's body, or the one section it consists of, gives itself."""
    kinds = set(attribute(root, "epub:type").lower().split())
    inside = [node for node in root.css("section, div, nav") if attribute(node, "epub:type")]
    if inside:
        first = inside[0]
        if len(first.text(deep=True)) > 0.9 * len(root.text(deep=True).strip() or "x"):
            kinds |= set(attribute(first, "epub:type").lower().split())
    return kinds


def _without_frame(pieces: list[Piece], aside: list[str]) -> list[Piece]:
    """Pieces between the lines that a library puts around a text."""
    for at, piece in enumerate(pieces[:80]):
        if _START.search(piece.words):
            pieces = pieces[at + 1 :]
            aside.append("the library's frame")
            break
    for at in range(len(pieces) - 1, max(len(pieces) - 300, -1), -1):
        if _END.search(pieces[at].words) and len(pieces[at].words) < 200:
            aside.append("the library's frame")
            pieces = pieces[:at]
    return pieces


def _sections(pieces: Sequence[Piece], package: Package) -> list[_Section]:
    """Pieces divided where the table of contents says that a section begins."""
    known = {key for piece in pieces for key in piece.ids}
    at: dict[str, list[Entry]] = {}
    for entry in package.entries:
        key = entry.key if entry.key in known else f"{entry.key.partition('#')[0]}#"
        at.setdefault(key, []).append(entry)
    sections: list[_Section] = []
    current: Entry | None = None
    held: list[Piece] = []
    for piece in pieces:
        for entry in [entry for key in piece.ids for entry in at.pop(key, ())]:
            sections.append(_Section(current, tuple(held)))
            current, held = entry, []
        held.append(piece)
    sections.append(_Section(current, tuple(held)))
    return sections


def _parents(entries: Sequence[Entry]) -> set[str]:
    """The keys of entries that have others below them."""
    return {above.key for above, below in pairwise(entries) if below.depth > above.depth}


def _section(section: _Section, package: Package, aside: list[str], begun: bool) -> list[Piece]:
    """The pieces of a section under its heading from the contents; none for what is set aside."""
    entry = section.entry
    title = _letters(package.facts.title)
    if entry is None:
        if package.entries and section.size < _FRONT_WORDS:
            if section.size:
                aside.append("title page")
            return []
        return [_below(piece) for piece in section.pieces if _letters(piece.words) != title]
    if _ASIDE_TITLES.fullmatch(entry.title.strip(" .")) and not any(p.note for p in section.pieces):
        aside.append(entry.title)
        return []
    alone = entry.key not in _parents(package.entries)
    if alone and _letters(entry.title) == title and not begun and section.size < _FRONT_WORDS:
        aside.append("title page")
        return []
    said = _repeating(section.pieces, entry.title, title)
    heading = Piece("heading", (Run(entry.title),), level=entry.depth)
    rest = [_below(piece) for at, piece in enumerate(section.pieces) if at not in said]
    return [heading, *rest]


def _below(piece: Piece) -> Piece:
    """A heading that the contents do not list, under those that they do."""
    return replace(piece, level=piece.level + 20) if piece.kind == "heading" else piece


def _repeating(pieces: Sequence[Piece], title: str, book: str) -> set[int]:
    """The places of pieces at the front that say no more than the section's title or its number.

    Up to three short ones between them (an author, a date) are passed over and stay.
    """
    wanted = _letters(title)
    said, between = "", 0
    found: set[int] = set()
    for at, piece in enumerate(pieces[:8]):
        own = _letters(piece.words)
        heading = piece.kind == "heading"
        if piece.kind == "rule" or not own:
            continue
        whole = own == wanted or (bool(said) and said + own == wanted)
        part = own in wanted or wanted in own or own == book or bool(_NUMBER.fullmatch(own))
        if whole or (heading and part and not between) or wanted.startswith(said + own):
            if said != wanted or heading:
                found.add(at)
                said += own if own in wanted else ""
        elif heading or between == 3 or len(own) > 150:
            break
        else:
            between += 1
    return found


def _with_words(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces without headings of the contents that have nothing at all below them."""
    out: list[Piece] = []
    for at, piece in enumerate(pieces):
        below = pieces[at + 1] if at + 1 < len(pieces) else None
        if piece.kind == "heading" and (
            below is None or (below.kind == "heading" and below.level <= piece.level)
        ):
            continue
        out.append(piece)
    return out


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
