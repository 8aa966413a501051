"""A Word document → Draft: headings by outline level, tracked changes as accepted, notes kept."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace

from studygroup.core.draft import Draft
from studygroup.core.errors import CannotImport
from studygroup.importers.docx_package import Package, read_package
from studygroup.importers.html_assemble import assemble, lifted
from studygroup.importers.html_blocks import Piece, Reader
from studygroup.importers.html_notes import find_notes
from studygroup.importers.html_tree import parse, words

FORMAT = "docx"

_COMMENT = re.compile(r'<dt id="comment-(\d+)">.*?</dt><dd>(.*?)</dd>', re.S)
_COMMENT_CALL = re.compile(r'<a href="#comment-(\d+)"')
_LONGEST_HEADING = 120


def read(data: bytes, name: str) -> Draft:
    """Read the bytes of a Word document; `name` becomes its title when it gives none.

    Comments become footnotes that name who made them, where they were made. Raises CannotImport
    for a document that is damaged, encrypted, too large, or has no words.
    """
    package = read_package(data)
    page = _with_comments(_converted(package), package.commenters)
    tree = parse(f"<body>{page}</body>")
    root = tree.body
    assert root is not None
    titles = tree.css("p.document-title")[:1]
    printed = " ".join(words(node) for node in titles)
    notes = find_notes([("", root)])
    reader = Reader(notes, skipped={node.mem_id for node in titles})
    reader.read(root)
    pieces, guessed = _with_headings(reader.pieces)
    title = printed or package.title
    pieces, title = _titled(pieces, title)
    made = assemble(pieces, notes)
    if not made.blocks:
        raise CannotImport("there are no words in this Word document")
    comments = len(re.findall(r'<li id="comment-', page))
    warnings = []
    if guessed:
        warnings.append("No style states a heading: lines in bold were taken for headings.")
    if comments:
        people = ", ".join(dict.fromkeys(n for n in package.commenters.values() if n))
        warnings.append(
            f"{comments} comment{'s' if comments > 1 else ''}{f' by {people}' if people else ''} "
            "became footnotes."
        )
    if reader.pictures:
        count = reader.pictures
        warnings.append(
            f"{'1 picture was' if count == 1 else f'{count:,} pictures were'} left out."
        )
    return Draft(
        FORMAT,
        title or name,
        lifted(made.blocks),
        author=package.author,
        repairs={"footnotes": made.notes} if made.notes else {},
        warnings=tuple(warnings),
    )


def _converted(package: Package) -> str:
    import mammoth

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(package.data),
            style_map=package.style_map,
            convert_image=mammoth.images.img_element(lambda image: {}),
        )
    except (
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        IndexError,
        OSError,
        RecursionError,
    ) as error:
        # What the converter raises for documents that no word processor wrote.
        raise CannotImport(
            "this Word document is damaged: its parts do not fit together"
        ) from error
    return str(result.value)


def _with_comments(page: str, commenters: dict[str, str]) -> str:
    """The page with its comments as notes that begin with who made them."""

    def note(match: re.Match[str]) -> str:
        who = commenters.get(match.group(1), "")
        lead = f"Comment by {_plain(who)}: " if who else "Comment: "
        body = re.sub(r"^<p>", f"<p>{lead}", match.group(2), count=1)
        return f'<li id="comment-{match.group(1)}">{body}</li>'

    page = _COMMENT.sub(note, page)
    return _COMMENT_CALL.sub(r'<a class="noteref" href="#comment-\1"', page)


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _with_headings(pieces: Sequence[Piece]) -> tuple[list[Piece], bool]:
    """The pieces, and whether lines in bold had to stand for headings because there are none."""
    if any(piece.kind == "heading" for piece in pieces):
        return list(pieces), False
    bold = [at for at, piece in enumerate(pieces) if _is_bold_line(piece)]
    if len(bold) < 2 or len(bold) > len(pieces) // 2:
        return list(pieces), False
    chosen = set(bold)
    return [
        replace(piece, kind="heading") if at in chosen else piece for at, piece in enumerate(pieces)
    ], True


def _is_bold_line(piece: Piece) -> bool:
    text = piece.words
    return (
        piece.kind == "paragraph"
        and 0 < len(text) <= _LONGEST_HEADING
        and text[-1] not in ".,;:"
        and all(run.strong or run.call or not run.text.strip() for run in piece.runs)
    )


def _titled(pieces: list[Piece], title: str) -> tuple[list[Piece], str]:
    """Pieces without a first heading that is the title: the same words, or the only one of its
    level with others below it.
    """
    at = next((at for at, piece in enumerate(pieces) if piece.kind == "heading"), None)
    if at is None or any(piece.kind != "heading" for piece in pieces[:at]):
        return pieces, title
    first = pieces[at]
    levels = [piece.level for piece in pieces if piece.kind == "heading"]
    same = title and _letters(first.words) == _letters(title)
    alone = (
        not title and levels.count(first.level) == 1 and min(levels) == first.level < max(levels)
    )
    if same or alone:
        return pieces[:at] + pieces[at + 1 :], title or first.words
    return pieces, title


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
