"""Where quotations stand, kept between runs in the user's cache: locating them takes longest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studygroup.core.anchoring.quotation import Anchor, Match
from studygroup.core.quoting.locating import Ask, Words
from studygroup.files.parsed import Parsed, ParsedFiles

_NAME = "answers"


class KeptAnswers:
    """Keeps the answers of one study (implements the `Kept` port); see `ParsedFiles` for how."""

    def __init__(self, files: ParsedFiles) -> None:
        self._files = files

    def get(self) -> tuple[Words, Mapping[Ask, Match]] | None:
        """See `Kept.get`."""
        kept = self._files.get(_NAME, "", _restored)
        return None if kept is None else kept.value  # type: ignore[return-value]

    def put(self, words: Words, answers: Mapping[Ask, Match]) -> None:
        """See `Kept.put`."""
        plain = (
            tuple((slug, tuple(sections.items())) for slug, sections in words.items()),
            tuple(answers.items()),
        )
        self._files.put(_NAME, Parsed("", None, plain))


def _restored(plain: Any) -> tuple[Words, Mapping[Ask, Match]]:
    words, answers = plain
    return (
        {slug: dict(sections) for slug, sections in words},
        {Ask(*ask): _match(*match) for ask, match in answers},
    )


def _match(verdict: Any, similarity: float, anchor: Any, candidates: Any) -> Match:
    places = tuple(Anchor(*place) for place in candidates)
    if anchor is None:
        return Match(verdict, similarity, None, places)
    own = next((place for place in places if place == Anchor(*anchor)), Anchor(*anchor))
    return Match(verdict, similarity, own, places)
