"""Quotations in a write-up: the words with what they changed, where they stand, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studygroup.core.differences import Difference, differences
from studygroup.core.session import Cited, Entry
from studygroup.export.flow import Block, Run, em, item, joined, runs

LONG_QUOTATION = 30
"""From how many words on a quotation is set as a block of its own."""


def quotation(entry: Entry, by: Sequence[Run | str]) -> Iterator[Block]:
    """Yield a quotation that was recorded, `by` its reader: an item of a list, long words below it.

    In one with changed words, what it left out of the text and what it put in are marked as such.
    """
    said, source = _words(entry), _source(entry.cited)
    if len(entry.text.split()) < LONG_QUOTATION:
        yield item(*by, "“", *said, "”", " " if source else "", *source)
        return
    yield item(*by, em("quoted:"))
    yield Block("quote", runs(*said), 1)
    if source:
        yield Block("quote", runs(*source), 1)


def _words(entry: Entry) -> list[Run | str]:
    cited = entry.cited
    if cited is None or cited.verdict != "altered" or cited.anchor is None:
        return [entry.text]
    marked = [r for d in differences(entry.text, cited.anchor.words) for r in _marked(d)]
    return list(joined(marked, " "))


def changes(quote: str, source: str) -> list[Run | str]:
    """Return only the words that a quotation changed, as they are marked in it."""
    changed: list[Run | str] = []
    for difference in differences(quote, source):
        if difference.op != "same":
            changed += [", "] if changed else []
            changed += joined(_marked(difference), " ")
    return changed


def _marked(difference: Difference) -> list[Run | str]:
    if difference.op == "same":
        return [difference.quote]
    changed = [Run(difference.source, "del"), Run(difference.quote, "ins")]
    return [run for run in changed if run.text]


def _source(cited: Cited | None) -> list[Run | str]:
    """Return the citation in brackets, with the verdict where the words are not the source's.

    The marks of changed words are explained by themselves.
    """
    if cited is None:
        return []
    if cited.verdict == "altered" and cited.anchor is not None:
        put_in = Run("only in the quotation", "ins")
        left_out = Run("only in the text", "del")
        return [f"({cited.citation}; ≈ not word for word: ", left_out, ", ", put_in, ")"]
    if cited.verdict == "altered":
        return [f"({cited.citation}; ≈ not word for word)"]
    if cited.verdict == "missing":
        return ["(✗ not found in the readings)"]
    if cited.verdict == "ambiguous":
        return ["(? these words stand in several places)"]
    return [f"({cited.citation})"] if cited.citation else []
