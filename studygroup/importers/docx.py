"""A Word document → Draft: headings by outline level, tracked changes as accepted, notes kept."""

from __future__ import annotations

import io
from xml.parsers.expat import ExpatError

from studygroup.core.draft import Draft
from studygroup.core.errors import CannotImport
from studygroup.importers.docx_headings import titled, with_headings, without_bylines
from studygroup.importers.docx_package import Package, read_package
from studygroup.importers.html_assemble import assemble, lifted
from studygroup.importers.html_blocks import Reader
from studygroup.importers.html_notes import find_notes
from studygroup.importers.html_tree import parse, words

FORMAT = "docx"


def read(data: bytes, name: str) -> Draft:
    """Read the bytes of a Word document; `name` becomes its title when it gives none.

    Its comments are among the draft's remarks. Raises CannotImport for a document that is damaged,
    encrypted, too large, or has no words.
    """
    package = read_package(data)
    tree = parse(f"<body>{_converted(package)}</body>")
    root = tree.body
    assert root is not None
    titles = tree.css("p.document-title")[:1]
    printed = " ".join(words(node) for node in titles)
    notes = find_notes([("", root)])
    reader = Reader(notes, skipped={node.mem_id for node in titles})
    reader.read(root)
    pieces, guessed = with_headings(reader.pieces)
    title = printed or package.title
    pieces, title = titled(pieces, title, guessed=guessed)
    pieces = without_bylines(pieces, package.author, guessed=guessed)
    made = assemble(pieces, notes)
    if not made.blocks:
        raise CannotImport("there are no words in this Word document")
    warnings = []
    if guessed:
        warnings.append("No style states a heading: lines in bold were taken for headings.")
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
        remarks=package.remarks,
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
        ExpatError,
    ) as error:
        # What the converter raises for documents that no word processor wrote.
        raise CannotImport(
            "this Word document is damaged: its parts do not fit together"
        ) from error
    return str(result.value)
