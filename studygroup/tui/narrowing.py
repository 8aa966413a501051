"""Narrowing a list by typed letters: by words first, by likeness where no word fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from studygroup.core.text import fold

_ALIKE = 70
"""How alike (of 100) a title must be to what was typed, where no word of it fits."""


class Kept(NamedTuple):
    """A label that fits: its place in the list, and the half-open stretches that fitted."""

    position: int
    stretches: tuple[tuple[int, int], ...] = ()


def narrow(typed: str, labels: Sequence[str]) -> list[Kept]:
    """Return the labels that hold every word of `typed`, the best first; case and accents aside.

    A word that begins the label counts most, then one that begins a word, then one inside. Where
    nothing fits, labels that are spelt alike are returned.
    """
    words = fold(typed).split()
    if not words:
        return [Kept(index) for index in range(len(labels))]
    folded = [fold(label) for label in labels]
    found = []
    for index, label in enumerate(folded):
        places = [_place(word, label) for word in words]
        if all(at >= 0 for at in places):
            score = sum(_weight(label, at) for at in places)
            same = len(label) == len(labels[index])
            spots = [(at, at + len(word)) for at, word in zip(places, words, strict=True)]
            found.append((-score, Kept(index, tuple(spots) if same else ())))
    if not found:
        alike = ((fuzz.partial_ratio(" ".join(words), f), n) for n, f in enumerate(folded))
        found = [(-int(ratio), Kept(n)) for ratio, n in alike if ratio >= _ALIKE]
    return [kept for _, kept in sorted(found, key=lambda pair: (pair[0], pair[1].position))]


def _place(word: str, label: str) -> int:
    """Return where `word` stands in `label`, at the beginning of a word if it can; -1 if not."""
    if label.startswith(word):
        return 0
    at_word = label.find(f" {word}")
    return at_word + 1 if at_word >= 0 else label.find(word)


def _weight(label: str, at: int) -> int:
    if at == 0:
        return 3
    return 2 if label[at - 1] == " " else 1
