"""The table “importing”: what comes of documents whose structure is known, and of its peers.

Documents are made from invented prose, one in each format there is a writer for. What each program
makes of one is compared with what was set: section titles in order (F1), the words kept, the
paragraphs that came through whole, and the lines of page furniture that were taken for text.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from random import Random
from shutil import which
from time import perf_counter
from typing import Any

from rapidfuzz.fuzz import ratio

from benchmarks.corpus import Prose
from benchmarks.documents import write_book, write_page, write_word
from benchmarks.options import Options
from benchmarks.table import Row, Table
from studygroup.importers.detect import read
from studygroup.importers.render import render_body

OURS = "studygroup"
FURNITURE = "Proceedings of the Lantern Society"
SECTIONS, PARAGRAPHS = 8, 6
UNITS = {
    "titles, F1": "%",
    "words kept": "%",
    "paragraphs whole": "%",
    "furniture lines": "",
    "time": "ms",
}
ALIKE = 88.0
"""How alike two titles are, of 100, that count as the same."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was set: its title and sections, each a title and paragraphs."""

    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A file made of a document in some layout, called `name`."""

    name: str
    path: Path
    document: Document


Writer = Callable[[Document, Path], None]
Peer = Callable[[Path], str]


def measure(options: Options) -> Iterator[Table]:
    """Yield one table for each file that was made."""
    document = _document(Random(7))
    for name, (suffix, write) in WRITERS.items():
        if not find_spec(_NEEDED.get(suffix, "studygroup")):
            continue
        peers: dict[str, Peer] = {OURS: _ours, **_peers(suffix)}
        path = options.folder / f"{name}{suffix}"
        write(document, path)
        options.say(f"importing: {name}")
        shown = document.sections[:4] if write is _newspaper else document.sections
        yield _table(Made(name, path, Document(document.title, shown)), peers)


def _document(chance: Random) -> Document:
    prose = Prose(chance)
    sections = tuple(
        (
            _sentence(prose, chance.randint(2, 5)),
            tuple(_paragraph(prose, chance) for _ in range(PARAGRAPHS)),
        )
        for _ in range(SECTIONS)
    )
    return Document("A Book of Lanterns", sections)


def _paragraph(prose: Prose, chance: Random) -> str:
    lengths = [chance.randint(6, 18) for _ in range(chance.randint(3, 7))]
    return " ".join(f"{_sentence(prose, length)}." for length in lengths)


def _sentence(prose: Prose, length: int) -> str:
    words = re.findall(r"[^\W\d_]{3,}", prose.paragraph(4 * length))
    return " ".join(words[:length]).capitalize()


def _table(made: Made, peers: Mapping[str, Peer]) -> Table:
    figures: dict[str, dict[str, float]] = {}
    remarks: list[str] = []
    for program, peer in peers.items():
        begin = perf_counter()
        try:
            text = peer(made.path)
        except Exception as error:  # noqa: BLE001 whatever a peer raises, it has no figures
            remarks.append(f"{program} failed: {type(error).__name__}")
            continue
        seconds = perf_counter() - begin
        figures[program] = {**judged(text, made.document), "time": seconds * 1000}
    rows = [
        Row(what, unit, {program: found[what] for program, found in figures.items()})
        for what, unit in UNITS.items()
    ]
    return Table(f"importing: {made.name}", list(peers), rows, remarks, ratios=False)


def judged(text: str, document: Document) -> dict[str, float]:
    """How much of a document a Markdown text holds: in percent, furniture in lines."""
    lines = [line.strip() for line in text.splitlines()]
    titles = [_folded(line.lstrip("#")) for line in lines if re.match(r"#{1,6}\s", line)]
    wanted = [_folded(title) for title, _ in document.sections]
    paragraphs = [para for _, paras in document.sections for para in paras]
    whole = {_folded(block) for block in re.split(r"\n\s*\n", text)}
    kept = Counter(_words(text)) & Counter(_words(" ".join(paragraphs)))
    return {
        "titles, F1": 100 * _f1(titles, wanted),
        "words kept": 100 * kept.total() / max(1, len(_words(" ".join(paragraphs)))),
        "paragraphs whole": 100 * sum(_folded(p) in whole for p in paragraphs) / len(paragraphs),
        "furniture lines": float(text.count(FURNITURE)),
    }


def _f1(found: Sequence[str], wanted: Sequence[str]) -> float:
    """F1 of titles in order: the longest common subsequence of those that are alike."""
    best = [0] * (len(wanted) + 1)
    for one in found:
        last = list(best)
        for at, other in enumerate(wanted, 1):
            same = last[at - 1] + (ratio(one, other) >= ALIKE)
            best[at] = max(last[at], best[at - 1], same)
    total = len(found) + len(wanted)
    return 2 * best[-1] / total if total else 0.0


def _folded(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _compiled(source: str, path: Path) -> None:
    import typst

    document = typst.compile(source.encode())
    if isinstance(document, bytes):
        path.write_bytes(document)


def _typst(document: Document, path: Path, page: str, par: str, head: str) -> None:
    parts = [
        f'#set page(width: 460pt, height: 640pt, numbering: "1", header: [{FURNITURE}]{page})',
        f"#set text(size: 10pt)\n#set par(justify: true{par})\n#set heading(bookmarked: false)",
        f"#align(center)[#text(size: 20pt)[*{document.title}*]]\n",
    ]
    for title, paragraphs in document.sections:
        parts += [head.format(title), *paragraphs]
    source = "\n\n".join(parts)
    _compiled(source, path)


def _newspaper(document: Document, path: Path) -> None:
    """A page with articles side by side and below one another, in two columns and in one."""

    def article(number: int, columns: int) -> str:
        title, paragraphs = document.sections[number]
        text = "\n\n".join(paragraphs)
        return (
            f"#text(size: {22 - number}pt)[*{title}*]\n\n#columns({columns}, gutter: 12pt)[{text}]"
        )

    source = f"""#set page(width: 820pt, height: 1300pt)
#set text(size: 9.5pt)
#set par(justify: true{_INDENTED})
#grid(columns: (2fr, 1fr), gutter: 18pt,
  [#block[{article(0, 2)}] #block[{article(1, 2)}]], [{article(2, 1)}

{article(3, 1)}])"""
    _compiled(source, path)


_INDENTED = ", first-line-indent: 12pt, spacing: 0.65em"
WRITERS: dict[str, tuple[str, Writer]] = {
    "PDF, one column": (".pdf", lambda d, p: _typst(d, p, "", "", "= {}")),
    "PDF, two columns": (".pdf", lambda d, p: _typst(d, p, ", columns: 2", _INDENTED, "= {}")),
    "PDF, bold headings": (".pdf", lambda d, p: _typst(d, p, ", columns: 2", _INDENTED, "*{}*")),
    "PDF, newspaper": (".pdf", _newspaper),
    "web page": (".html", lambda d, p: write_page(d.title, d.sections, FURNITURE, p)),
    "EPUB": (".epub", lambda d, p: write_book(d.title, d.sections, FURNITURE, p)),
    "Word": (".docx", lambda d, p: write_word(d.title, d.sections, FURNITURE, p)),
}
"""The layouts, each with the suffix of its file and what writes it."""

_NEEDED = {".pdf": "typst", ".docx": "docx"}
"""What must be installed to write files of a suffix."""


def _ours(path: Path) -> str:
    return render_body(read(path))


def _peers(suffix: str) -> dict[str, Peer]:
    """The peers for files of a suffix that are installed."""
    found: dict[str, Peer] = {}
    if suffix == ".pdf" and find_spec("pymupdf4llm"):
        found["pymupdf4llm"] = _pymupdf
    if find_spec("markitdown"):
        found["markitdown"] = _markitdown
    if suffix == ".pdf" and find_spec("pypdf"):
        found["pypdf"] = _pypdf
    if suffix == ".html" and find_spec("trafilatura"):
        found["trafilatura"] = _trafilatura
    if suffix != ".pdf" and which("pandoc"):
        found["pandoc"] = _pandoc
    return found


def _trafilatura(path: Path) -> str:
    module: Any = __import__("trafilatura")
    return str(module.extract(path.read_text(encoding="utf-8"), output_format="markdown") or "")


def _pandoc(path: Path) -> str:
    command = ["pandoc", "--to=gfm", "--wrap=none", "--", str(path)]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def _pymupdf(path: Path) -> str:
    module: Any = __import__("pymupdf4llm")
    return str(module.to_markdown(str(path), show_progress=False))


def _markitdown(path: Path) -> str:
    module: Any = __import__("markitdown")
    return str(module.MarkItDown().convert(str(path)).text_content)


def _pypdf(path: Path) -> str:
    module: Any = __import__("pypdf")
    return "\n\n".join(page.extract_text() for page in module.PdfReader(str(path)).pages)
