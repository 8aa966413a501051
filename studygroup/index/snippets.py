"""Where a query's terms stand in a text, and the stretch of text that shows them best."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from studygroup.core.finding.query import Query, Term, edits_allowed
from studygroup.core.finding.search import Document, Spans
from studygroup.core.text import one_line
from studygroup.index.analysis import (
    COMPOUND,
    ENGLISH,
    PART,
    Form,
    beginning_with,
    compound,
    form,
    whole,
)

SNIPPET_WIDTH = 160
LEAD = 40
"""How many characters of text before the first match are shown at most."""


class _Word(NamedTuple):
    """A word that is sought, folded and stemmed."""

    form: Form
    exact: bool
    prefix: bool
    edits: int

    def is_met_by(self, candidate: Form) -> bool:
        """Tell whether `candidate` is the word, a relative, begins so, or is near it."""
        return (
            candidate.word == self.form.word
            or (not self.exact and candidate.stem == self.form.stem)
            or (self.prefix and candidate.word.startswith(self.form.word))
            or (self.edits > 0 and _edits(self.form.word, candidate.word, self.edits) <= self.edits)
        )


def _edits(one: str, other: str, most: int) -> int:
    """Return how many edits lie between two words; where more than `most`, some larger number."""
    from rapidfuzz.distance import OSA  # here, since most queries have no word like this

    return OSA.distance(one, other, score_cutoff=most)


class Highlighter:
    """Finds what answers one query in any number of texts of one language.

    What it learned of a word as written is kept: most words of a text have been met before.
    """

    def __init__(self, query: Query, language: str = ENGLISH) -> None:
        self._language = language
        self._words: list[_Word] = []
        self._phrases: list[tuple[list[str], bool]] = []
        self._known: dict[str, Spans] = {}
        for term in query.terms:
            self._learn(term)
        initials = {word.form.word[:1] for word in self._words if word.form.word}
        # No English stem ever changes the first letter, so few words have to be looked at.
        may_differ = language != ENGLISH or any(word.edits for word in self._words)
        all_letters = may_differ or not "".join(initials).isascii()
        self._candidates = [COMPOUND] if all_letters else [*map(beginning_with, initials)]

    def _learn(self, term: Term) -> None:
        forms = tuple(form(word, self._language) for word in term.words)
        if len(forms) > 1:
            self._phrases.append(([f.word for f in forms], term.prefix))
        if len(forms) == 1 or term.hyphenated:
            one = whole(forms, self._language) if term.hyphenated else forms[0]
            edits = edits_allowed(one.word) if term.near else 0
            self._words.append(_Word(one, term.exact, term.prefix, edits))

    def marks(self, text: str) -> Spans:
        """Return the spans of `text` that answer the query, in order and not overlapping.

        A phrase is one span from its first word to its last.
        """
        found: list[tuple[int, int]] = []
        known = self._known
        matches = chain.from_iterable(one.finditer(text) for one in self._candidates)
        for match in matches if self._words else ():
            written = match.group()
            spans = known.get(written)
            if spans is None:
                spans = known[written] = self._spans_in(written)
            if spans:
                found += [(match.start() + a, match.start() + b) for a, b in spans]
        if self._phrases:
            found += self._phrase_spans(text)
        return _merged(found)

    def _spans_in(self, written: str) -> Spans:
        """Return which parts of a word as written are sought, or all of it as one."""
        parts, together = compound(written, self._language)
        if together is not None and any(word.is_met_by(together) for word in self._words):
            return ((0, len(written)),)
        return tuple(
            match.span()
            for match, part in zip(PART.finditer(written), parts, strict=True)
            if any(word.is_met_by(part) for word in self._words)
        )

    def _phrase_spans(self, text: str) -> list[tuple[int, int]]:
        read = [(form(match.group()).word, match.span()) for match in PART.finditer(text)]
        found = []
        for words, prefix in self._phrases:
            last = len(words) - 1
            for at in range(len(read) - last):
                if read[at][0] != words[0]:
                    continue
                end = read[at + last][0]
                if (end == words[-1] or (prefix and end.startswith(words[-1]))) and all(
                    read[at + i][0] == words[i] for i in range(1, last)
                ):
                    found.append((read[at][1][0], read[at + last][1][1]))
        return found


class Snippets:
    """Makes the snippets of one query's hits."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._finished = _finished(query)  # the same query, where nothing is being typed
        self._highlighters: dict[tuple[Query, str], Highlighter] = {}

    def _of(self, query: Query, document: Document) -> Highlighter:
        key = query, document.language
        if key not in self._highlighters:
            self._highlighters[key] = Highlighter(*key)
        return self._highlighters[key]

    def of(self, document: Document) -> tuple[str, Spans]:
        """Return a piece of the document, cut at words, and the spans of the matches in it.

        The body is shown where it has a match, else the title with the beginning of the body. Of a
        word still being typed, places where it is whole are rather shown than words it begins.
        """
        body = one_line(document.body)
        spans = self._of(self._query, document).marks(body)
        if not spans and document.title:
            title = one_line(document.title)
            spans = self._of(self._query, document).marks(title)
            body = f"{title} · {body}" if body else title
        best = spans
        if len(body) > SNIPPET_WIDTH and self._finished != self._query:
            best = self._of(self._finished, document).marks(body)
        start, end = _window(body, best or spans)
        head = "… " if start else ""
        tail = " …" if end < len(body) else ""
        shift = len(head) - start
        inside = tuple(
            (max(a, start) + shift, min(b, end) + shift) for a, b in spans if a < end and b > start
        )
        return f"{head}{body[start:end]}{tail}", inside


def _finished(query: Query) -> Query:
    """Return `query` with a word still being typed taken as it stands."""
    return replace(
        query,
        wanted=tuple(
            tuple(
                replace(one, prefix=False) if isinstance(one, Term) and not one.exact else one
                for one in group
            )
            for group in query.wanted
        ),
    )


def _merged(spans: list[tuple[int, int]]) -> Spans:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _window(text: str, spans: Spans) -> tuple[int, int]:
    """Return the stretch to show: at most `SNIPPET_WIDTH` long, with as many matches as it can."""
    if len(text) <= SNIPPET_WIDTH:
        return 0, len(text)
    if not spans:
        return 0, _word_end(text, SNIPPET_WIDTH)
    starts = [start for start, _ in spans]
    held = [
        bisect_left(starts, start + SNIPPET_WIDTH - LEAD) - index
        for index, start in enumerate(starts)
    ]
    first = starts[held.index(max(held))]
    start = min(max(first - LEAD, 0), len(text) - SNIPPET_WIDTH)
    if start:
        gap = text.find(" ", start, first)
        start = first if gap < 0 else gap + 1
    return start, _word_end(text, max(start + SNIPPET_WIDTH, first + 1))


def _word_end(text: str, limit: int) -> int:
    """Return the last end of a word at or before `limit`, or `limit` inside one endless word."""
    if limit >= len(text):
        return len(text)
    gap = text.rfind(" ", limit // 2, limit + 1)
    return limit if gap < 0 else gap
