"""Where a query's terms stand in a text, and the stretch of text that shows them best."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import NamedTuple

from studygroup.core.query import Query, Term
from studygroup.core.search import Document, Spans
from studygroup.core.text import one_line
from studygroup.index.analysis import Form, Token, form, tokens, whole

SNIPPET_WIDTH = 160
LEAD = 40
"""How many characters of text before the first match are shown at most."""


class _Sought(NamedTuple):
    """A term with its words folded and stemmed, ready to be compared."""

    forms: tuple[Form, ...]
    together: Form | None
    exact: bool
    prefix: bool

    def is_word(self, candidate: Form, wanted: Form) -> bool:
        """Tell whether `candidate` is the word `wanted`, a relative, or begins so."""
        return (
            candidate.word == wanted.word
            or (not self.exact and candidate.stem == wanted.stem)
            or (self.prefix and candidate.word.startswith(wanted.word))
        )


def marks(query: Query, text: str) -> Spans:
    """Return the spans of `text` that answer `query`, in order and not overlapping.

    A phrase is one span from its first word to its last.
    """
    found: list[tuple[int, int]] = []
    terms = [_sought(term) for term in query.terms]
    if not terms:
        return ()
    read = tokens(text)
    flat = [one for token in read for one in zip(token.compound.parts, token.spans, strict=True)]
    for term in terms:
        if len(term.forms) > 1:
            found.extend(_phrase(term, flat))
        one = term.together or (term.forms[0] if len(term.forms) == 1 else None)
        if one is not None:
            found.extend(_words(term, one, read))
    return _merged(found)


def snippet(query: Query, document: Document) -> tuple[str, Spans]:
    """Return a piece of the document, cut at words, and the spans of the matches in it.

    The body is shown where it has a match, else the title with the beginning of the body. Of a
    word still being typed, places where it is whole are rather shown than words it begins.
    """
    body = one_line(document.body)
    spans = marks(query, body)
    if not spans and document.title:
        title = one_line(document.title)
        body = f"{title} · {body}" if body else title
        spans = tuple(span for span in marks(query, title))
    start, end = _window(body, marks(_finished(query), body) or spans)
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
            tuple(term if term.exact else replace(term, prefix=False) for term in group)
            for group in query.wanted
        ),
    )


def _sought(term: Term) -> _Sought:
    forms = tuple(form(word) for word in term.words)
    together = whole(forms) if term.hyphenated else None
    return _Sought(forms, together, term.exact, term.prefix)


def _words(term: _Sought, wanted: Form, read: list[Token]) -> list[tuple[int, int]]:
    """Return the spans of one word: of a part, or of a hyphenated word as a whole."""
    found = []
    for compound, spans in read:
        if compound.whole is not None and term.is_word(compound.whole, wanted):
            found.append((spans[0][0], spans[-1][1]))
            continue
        found += [
            span
            for part, span in zip(compound.parts, spans, strict=True)
            if term.is_word(part, wanted)
        ]
    return found


def _phrase(term: _Sought, flat: list[tuple[Form, tuple[int, int]]]) -> list[tuple[int, int]]:
    """Return the spans in which the words of `term` stand one after the other."""
    words = [f.word for f in term.forms]
    last = len(words) - 1
    found = []
    for at in range(len(flat) - last):
        if flat[at][0].word != words[0]:
            continue
        if all(flat[at + i][0].word == words[i] for i in range(1, last)):
            end = flat[at + last][0].word
            if end == words[last] or (term.prefix and end.startswith(words[last])):
                found.append((flat[at][1][0], flat[at + last][1][1]))
    return found


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
