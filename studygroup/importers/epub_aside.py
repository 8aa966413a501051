"""What of a book is no text of it: cover, imprint, licence, lists of its own parts, furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser, LexborNode

from studygroup.importers.html_blocks import Piece
from studygroup.importers.html_tree import attribute, words

ASIDE_KINDS = frozenset(
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
"""What a book's package or its markup calls members that are set aside."""

_LIST_TITLES = re.compile(
    r"(?:table of )?contents|landmarks|index(?: of .{0,40})?|general index|"
    r"list of (?:illustrations|figures|tables|plates|maps)|illustrations|"
    r"inhalt(?:sverzeichnis)?|table des matières|sommaire|[íi]ndice(?: .{0,30})?|"
    r"inhoud(?:sopgave)?|innehåll|sisällys(?:luettelo)?|spis treści|содержание|оглавление|"
    r"目[次录錄]|차례|목차",
    re.I,
)
_ASIDE_TITLES = re.compile(
    r"(?:front |book )?cover(?: page| image)?|(?:half[- ]?)?title[- ]?page|imprint|colophon|"
    r"(?:un)?copyright(?: page| notice)?|transcriber.s notes?|"
    r"(?:the )?(?:full )?project gutenberg.{0,40}licen[cs]e|"
    r".{0,20}gutenberg license.{0,20}|impressum|titelseite|couverture|capa|cubierta|portada|"
    r"page de titre|frontespizio|copertina|обложка|封面|表紙|扉[頁页]?|표지|"
    r"also by .{0,60}|other books by .{0,60}|about this e-?book",
    re.I,
)
_DIVISION = re.compile(
    r"(?:\w{1,20} )?(?:part|book|section|volume|teil|buch|partie|livre|parte|libro|часть|книга)\b"
    r".{0,80}|"
    r"第.{1,4}[部卷編编篇].{0,40}",
    re.I,
)
_IMPRINT = re.compile(r"©|\bISBN\b|\ball rights reserved\b|\bCC[- ]BY\b", re.I)
_IMPRINT_WORDS = 200
_START = re.compile(r"\*{3}\s*START OF (?:THE|THIS) PROJECT GUTENBERG", re.I)
_END = re.compile(
    r"\*{3}\s*END OF (?:THE|THIS) PROJECT GUTENBERG|End of (?:the )?Project Gutenberg", re.I
)
LINKS = "links"
"""The kind of the piece that stands where a list of the book's own parts was left out."""
_LIST = 4
"""How many pieces in a row that only lead into the book, or name its parts, are such a list."""
_LONGEST_LINE = 200
_LONGEST_BAR = 400
_BARS = "[role=navigation], .related, .navheader, .navfooter, .navigation"
_MEMBERS = 4
"""How many members a book has at least whose first or last lines are compared."""
_MOST = 0.6
_FURNITURE_WORDS = 3


def is_aside_title(title: str) -> bool:
    """Whether an entry of the contents is called what is set aside."""
    return _ASIDE_TITLES.fullmatch(title.strip(" .")) is not None or is_list_title(title)


def is_list_title(title: str) -> bool:
    """Whether an entry is called as contents or an index, which is set aside with what is in it."""
    return _LIST_TITLES.fullmatch(title.strip(" .")) is not None


def is_division(title: str) -> bool:
    """Whether an entry of the contents is called as a part that others stand in."""
    return _DIVISION.fullmatch(title.strip()) is not None


def is_imprint(pieces: Sequence[Piece]) -> bool:
    """Whether a section of the front matter says whose the rights are, and little more."""
    said = [piece.words for piece in pieces]
    short = sum(len(text.split()) for text in said) < _IMPRINT_WORDS
    return short and any(_IMPRINT.search(text) for text in said)


def own_kinds(root: LexborNode) -> set[str]:
    """The kinds that a member's body, or the one section it consists of, gives itself."""
    kinds = set(attribute(root, "epub:type").lower().split())
    inside = [node for node in root.css("section, div, nav") if attribute(node, "epub:type")]
    if inside:
        first = inside[0]
        if len(first.text(deep=True)) > 0.9 * len(root.text(deep=True).strip() or "x"):
            kinds |= set(attribute(first, "epub:type").lower().split())
    return kinds


def bars(tree: LexborHTMLParser) -> list[LexborNode]:
    """The bars of a member by which one turns its pages: marked so, and links for the most part."""
    return [node for node in tree.css(_BARS) if _is_bar(node)]


def _is_bar(node: LexborNode) -> bool:
    said = len(letters(words(node)))
    leads = sum(len(letters(words(link))) for link in node.css("a[href], h3"))
    return said < _LONGEST_BAR and leads >= _MOST * said


def without_frame(pieces: list[Piece], aside: list[str]) -> list[Piece]:
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


def without_lists_of_parts(
    pieces: Sequence[Piece], titles: Collection[str], places: Collection[str], aside: list[str]
) -> list[Piece]:
    """Pieces without the lists of the book's own parts that stand among them, a `LINKS` piece in
    the place of each.

    Such a list is a run of lines that are links into the book and nothing else, or the words of
    `titles` (their letters only) one below the other: printed contents, or the bar by which one
    turns pages. The heading above goes with it unless the contents lead there (`places`).
    """
    out: list[Piece] = []
    known = set(places)
    for alike, run in _runs(pieces, titles, known):
        if not alike:
            out += run
            continue
        ids = tuple(key for piece in run for key in piece.ids)
        above = out[-1] if out else None
        if above is not None and above.kind == "heading" and not known.intersection(above.ids):
            out.pop()
            ids = above.ids + ids
        out.append(Piece(LINKS, ids=ids))
        aside.append("lists of its parts")
    return out


def _runs(
    pieces: Sequence[Piece], titles: Collection[str], places: set[str]
) -> Iterator[tuple[bool, Sequence[Piece]]]:
    """Pieces in runs, each with whether it is a list of the book's parts; a section that the
    contents name ends one.
    """
    begin = at = 0
    while at < len(pieces):
        end = at
        while end < len(pieces) and (_only_leads(pieces[end]) or _names(pieces[end], titles)):
            if end > at and places.intersection(pieces[end].ids):
                break
            end += 1
        if end - at >= _LIST:
            yield False, pieces[begin:at]
            yield True, pieces[at:end]
            begin = end
        at = max(end, at + 1)
    yield False, pieces[begin:]


def _only_leads(piece: Piece) -> bool:
    """Whether a piece says nothing but what a reader follows to elsewhere in the book."""
    said = sum(sum(map(str.isalnum, run.text)) for run in piece.runs)
    leads = sum(sum(map(str.isalnum, r.text)) for r in piece.runs if r.linked and not r.href)
    return bool(said) and leads >= 0.9 * said and len(piece.words) <= _LONGEST_LINE


def _names(piece: Piece, titles: Collection[str]) -> bool:
    return len(piece.words) <= _LONGEST_LINE and letters(piece.words) in titles


def without_furniture(pieces: Sequence[Piece], aside: list[str]) -> list[Piece]:
    """Pieces without what most members begin or end with in the same words, a line or two: the
    book's name above each, whose it is below.
    """
    kept = list(pieces)
    members = sum(any(key.endswith("#") for key in piece.ids) for piece in pieces)
    for last in (False, True, True):
        edges = _edges(kept, last)
        said = Counter(letters(kept[at].words) for at in edges)
        words, often = said.most_common(1)[0] if said else ("", 0)
        same = {at for at in edges if letters(kept[at].words) == words}
        if (
            often < max(_MEMBERS, _MOST * members)
            or not words
            or any(len(kept[at].words.split()) < _FURNITURE_WORDS for at in same)
        ):
            continue
        aside.append("what stands on every page")
        kept = [
            replace(p, kind=LINKS, runs=(), text="") if at in same else p
            for at, p in enumerate(kept)
        ]
    return kept


def _edges(pieces: Sequence[Piece], last: bool) -> list[int]:
    """The places of the first, or the `last`, lines of all members, lists left out aside."""
    starts = [at for at, piece in enumerate(pieces) if any(k.endswith("#") for k in piece.ids)]
    bounds = [*starts, len(pieces)]
    edges: list[int] = []
    for begin, end in pairwise(bounds):
        inside = [at for at in range(begin, end) if pieces[at].kind != LINKS]
        edge = inside[-1 if last else 0] if len(inside) > 1 else None
        if edge is not None and len(pieces[edge].words) <= _LONGEST_LINE:
            edges.append(edge)
    return edges


def letters(text: str) -> str:
    """What is compared of a title: its letters and digits, in one case."""
    return re.sub(r"[\W_]+", "", text.casefold())
