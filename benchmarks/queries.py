"""What people ask for: queries of every kind, drawn from a study with its own words."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from benchmarks.corpus import Corpus

NEAR = "near~"
"""The kind that not every engine can answer."""
SAMPLE = 4_000
"""So many texts are drawn from."""
LONGEST_TYPED = 24

_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")


class Asked(NamedTuple):
    """A query as typed, of a kind; with `typing` its last word is not finished."""

    kind: str
    text: str
    typing: bool = False


class Questions:
    """Draws queries.

    Words are drawn in two ways: as they come in texts, where half are very common (by token), and
    from a list of all words, where most are rare (by type).
    """

    def __init__(self, corpus: Corpus, seed: int = 2) -> None:
        self.chance = random.Random(seed)
        self._names = sorted(set(corpus.prose.names)) or ["Nobody"]
        bodies = [one.body for one in corpus.documents() if one.body.count(" ") > 15]
        drawn = self.chance.sample(bodies, min(SAMPLE, len(bodies)))
        self._texts: list[list[str]] = [_WORD.findall(text) for text in drawn]
        self._types = sorted({word.lower() for text in self._texts for word in text})
        self._kinds: dict[str, Callable[[], str]] = {
            "a word, by token": self._token,
            "a word, by type": self._type,
            "two or three words": lambda: " ".join(self._scattered(self.chance.choice((2, 2, 3)))),
            "a phrase": lambda: self._quoted(self.chance.choice((2, 3))),
            "prefix*": lambda: f"{self._beginning()}*",
            "one OR other": lambda: f"{self._token()} OR {self._type()}",
            "one -without": lambda: " -".join(self._scattered(2)),
            "a quote of 4–8 words": lambda: self._quoted(self.chance.randint(4, 8)),
            "a rare name": lambda: self.chance.choice(self._names),
            "a misspelling": self._misspelt,
            NEAR: lambda: f"{self._misspelt()}~",
        }

    @property
    def kinds(self) -> list[str]:
        """All kinds of entered queries."""
        return list(self._kinds)

    def entered(self, each: int) -> list[Asked]:
        """Return that many queries of each kind, in random order."""
        asked = [Asked(kind, draw()) for kind, draw in self._kinds.items() for _ in range(each)]
        self.chance.shuffle(asked)
        return asked

    def typed(self, count: int) -> list[Asked]:
        """Return all that stands in the line while `count` texts are typed, letter by letter.

        A text is one, two or three words that stand together, or a phrase whose quotation mark is
        still open, by token; or one word by type. The order of texts is random, that of letters
        is not.
        """
        return [asked for _ in range(count) for asked in self._letter_by_letter()]

    def _letter_by_letter(self) -> Iterator[Asked]:
        length = self.chance.choice((0, 1, 2, 3, -3))
        text = " ".join(self._run(abs(length))) if length else self._type()
        if length < 0:
            text = f'"{text}'
        for end in range(2 if length < 0 else 1, min(len(text), LONGEST_TYPED) + 1):
            yield Asked("typing", text[:end], typing=True)

    def _token(self) -> str:
        return self.chance.choice(self.chance.choice(self._texts))

    def _type(self) -> str:
        return self.chance.choice(self._types)

    def _run(self, length: int) -> list[str]:
        words = self.chance.choice(self._texts)
        start = self.chance.randrange(max(len(words) - length, 0) + 1)
        return words[start : start + length]

    def _scattered(self, length: int) -> list[str]:
        return self.chance.sample(self.chance.choice(self._texts), length)

    def _quoted(self, length: int) -> str:
        return f'"{" ".join(self._run(length))}"'

    def _beginning(self) -> str:
        word = self.chance.choice((self._token, self._type))()
        return word[: self.chance.randint(1, 4)]

    def _misspelt(self) -> str:
        """Return a word of five letters or more in which two neighbours are swapped."""
        word = next(word for word in iter(self._type, None) if len(word) > 4 and word.isalpha())
        at = self.chance.randrange(1, len(word) - 2)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
