"""Studies of any size made from a seed: no real reader's, but with the words of real English.

What follows a word in Python's own documentation follows it here, as often (a Markov chain; C. E.
Shannon, “A Mathematical Theory of Communication”, 1948). Names that stand nowhere else are mixed
in, new ones ever more rarely, so that the vocabulary grows with the study as it does in books.
"""

from __future__ import annotations

import random
import re
import sysconfig
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from pydoc_data import topics

from studygroup.core.finding.labels import Label
from studygroup.core.finding.search import Document, HitKind, Source

TOGETHER = 50
"""Sections of a reading."""
STRETCH = 8
"""Sections of a reading that are one source (see `core.finding.documents`)."""
PARAGRAPHS = (2, 4)
PARAGRAPH_WORDS = (30, 85)
READERS = ("ana", "ben", "chi", "dov")

_WORD = re.compile(r"[A-Za-z][a-z]*(?:['’-][a-z]+)*[.,;:)]?")
_DOCSTRING = re.compile(r'"""(.{200,}?)"""', re.DOTALL)
_JUMP = 0.05
"""How often a word is followed by any other."""
_NEW_NAME, _NAME = 0.003, 0.012
_SYLLABLES = "ba ber cor dan der el far gan hol is kal len mar nov or pet ros sal tur vin wes"
_LEFT_OUT = frozenset({"idlelib", "site-packages", "test", "tests"})


class Prose:
    """A source of paragraphs that read a little like English."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self._words, self._after = _chain()
        self.names: list[str] = []

    def paragraph(self, length: int) -> str:
        """Return a paragraph of that many words."""
        chance, said = self.chance, []
        word = chance.choice(self._words)
        for _ in range(length):
            dice = chance.random()
            if dice < _NAME:
                said.append(self._name(new=dice < _NEW_NAME))
            if dice > 1 - _JUMP or word not in self._after:
                word = chance.choice(self._words)
            else:
                word = chance.choice(self._after[word])
            said.append(word)
        return " ".join(said)

    def _name(self, *, new: bool) -> str:
        if new or not self.names:
            parts = self.chance.choices(_SYLLABLES.split(), k=self.chance.choice((2, 3, 3, 4)))
            self.names.append("".join(parts).capitalize())
        else:
            self.names.append(self.chance.choice(self.names))  # the often named are named more
        return self.names[-1]


class Corpus:
    """A study of `sections` sections as sources of documents, always the same for one seed.

    Each reading has prompts, notes by four readers, and a session with minutes.
    """

    def __init__(self, sections: int, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        self.prose = Prose(self.chance)
        self.sources: list[Source] = []
        for first in range(0, sections, TOGETHER):
            self.sources += self._of_reading(first, min(sections - first, TOGETHER))

    def documents(self) -> Iterator[Document]:
        """Yield all documents."""
        for source in self.sources:
            yield from source.documents()

    def edited(self, key: str) -> Source:
        """Return a source with one of its documents written anew, and put it in its place."""
        at = next(number for number, source in enumerate(self.sources) if source.key == key)
        before = self.sources[at]
        documents = list(before.documents())
        chosen = self.chance.randrange(len(documents))
        documents[chosen] = replace(documents[chosen], body=self._paragraph())
        self.sources[at] = _source(key, documents, f"{before.digest}+")
        return self.sources[at]

    def _of_reading(self, first: int, count: int) -> Iterator[Source]:
        reading = f"reading-{first // TOGETHER}"
        prompts, minutes = [], []
        texts: dict[int, list[Document]] = {}
        notes: dict[str, list[Document]] = {reader: [] for reader in READERS}
        for number in range(first, first + count):
            section, title = f"s{number}", self.prose.paragraph(4)
            place = reading, section, title
            stretch = texts.setdefault((number - first) // STRETCH, [])
            stretch.append(_document(place, "text", f"h{number}", title=title))
            for paragraph in range(1, self.chance.randint(*PARAGRAPHS) + 1):
                body = self._paragraph()
                stretch.append(
                    _document(place, "text", f"t{number}.{paragraph}", body, paragraph=paragraph)
                )
            if number % 2:
                prompts.append(_document(place, "prompt", f"p{number}", self.prose.paragraph(15)))
            reader = self.chance.choice(READERS)
            note = self.prose.paragraph(self.chance.randint(10, 40))
            notes[reader].append(_document(place, "note", f"n{number}", note, by=reader))
            entry = self.prose.paragraph(self.chance.randint(5, 25))
            minutes.append(_document(place, "minutes", f"m{number}", entry, by=reader))
        for at, stretch in texts.items():
            yield _source(f"reading:{reading}#{at}", stretch)
        yield _source(f"prompts:{reading}", prompts)
        for reader, written in notes.items():
            yield _source(f"notes:{reading}/{reader}", written)
        yield _source(f"session:{reading}", minutes)

    def _paragraph(self) -> str:
        return self.prose.paragraph(self.chance.randint(*PARAGRAPH_WORDS))


def _document(
    place: tuple[str, str, str],
    kind: HitKind,
    key: str,
    body: str = "",
    *,
    paragraph: int | None = None,
    by: str | None = None,
    title: str = "",
) -> Document:
    reading, section, section_title = place
    labels: list[Label] = [("in", kind), ("reading", reading), ("section", section)]
    if by:
        labels.append(("by", by))
    return Document(
        key=key,
        kind=kind,
        reading=reading,
        section=section,
        section_title=section_title,
        body=body,
        path=f"{reading}.md",
        line=1,
        paragraph=paragraph,
        by=by,
        title=title,
        labels=tuple(labels),
    )


def _source(key: str, documents: Sequence[Document], digest: str = "") -> Source:
    made = tuple(documents)
    return Source(key, digest, lambda: made)


@cache
def _chain() -> tuple[list[str], Mapping[str, list[str]]]:
    """Return all words of the documentation as they come, and those that follow each."""
    words: list[str] = [word for text in texts() for word in _WORD.findall(text)]
    after: dict[str, list[str]] = defaultdict(list)
    for word, following in pairwise(words):
        after[word].append(following)
    return words, dict(after)


def texts() -> Iterator[str]:
    """Yield the texts of the documentation that comes with Python: topics, then docstrings."""
    yield from topics.topics.values()
    library = Path(sysconfig.get_paths()["stdlib"])
    for path in sorted(library.rglob("*.py")):
        if _LEFT_OUT.isdisjoint(path.parts):
            yield from _DOCSTRING.findall(path.read_text(encoding="utf-8", errors="replace"))
