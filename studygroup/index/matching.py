"""Which documents of a leaf answer a query: sets of documents, and where phrases stand."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Sequence, Set
from time import monotonic

from studygroup.core.finding.labels import is_met_by
from studygroup.core.finding.query import Asked, Clause, Query, Term, edits_allowed
from studygroup.index.analysis import Form, form, whole
from studygroup.index.leaf import Counts, Leaf, Met

VERY_MANY = 4_000
"""Of more places of a word than these, not all are looked at where it only makes for ranking."""

NONE: frozenset[int] = frozenset()


class Matching:
    """One query being answered on one leaf; `deadline` is a time of `time.monotonic`.

    Past the deadline no further words are read that are like a sought one: some go missing.
    """

    def __init__(self, leaf: Leaf, query: Query, deadline: float) -> None:
        self.leaf = leaf
        self.query = query
        self.deadline = deadline
        self._hurried = False

    def documents(self) -> Set[int]:
        """Return the documents that answer the query."""
        groups = sorted(self.query.wanted, key=_is_label)  # words first: they are kept
        found: Set[int] | None = None
        for group in groups:
            having = self._any_of(group)
            found = having if found is None else found & having
            if not found:
                return NONE
        for clause in self.query.unwanted if found else ():
            found = (found or NONE) - self._having(clause)
        return found or NONE

    def met(self, term: Term) -> Met:
        """Return how a term is met."""
        met = self.leaf.met(term, lambda: self._meet(term))
        if self._hurried:
            self.leaf.forget(term)
        return met

    def counts(self, term: Term, within: Collection[int]) -> Counts:
        """Return how often the very words of a term stand in those documents that have them."""
        met = self.met(term)
        if met.counts is None:
            return self.leaf.counts(form(term.words[0]).word, within)
        counts = met.counts
        return {number: counts[number] for number in within if number in counts}

    def often(self, term: Term, times: int) -> Set[int]:
        """Return the documents that have the very words of a term at least so often."""
        if len(term.words) == 1:
            return self.leaf.often(form(term.words[0]).word, times)
        counts = self.met(term).counts or {}
        return {number for number, count in counts.items() if count >= times}

    def in_title(self, term: Term) -> Set[int]:
        """Return the documents whose title has the words of `term`, or their relatives."""
        found: Set[int] | None = None
        for word in term.words:
            having: Set[int] = NONE
            for language in self.leaf.languages:
                one = form(word, language)
                having |= self.leaf.in_title(one.word)
                if not term.exact:
                    having |= self.leaf.in_title(one.stem)
            found = having if found is None else found & having
        return found or NONE

    def together(self, terms: Sequence[Term], within: Collection[int]) -> Set[int]:
        """Return the documents in which the words of `terms` stand together in their order.

        Where they stand in very many places, only the documents `within` are looked at.
        """
        words = [form(word).word for term in terms for word in term.words]
        places = self._places(words, prefix=terms[-1].prefix, within=within)
        return set(map(self.leaf.document_at, places))

    def _any_of(self, group: Iterable[Clause]) -> Set[int]:
        found: Set[int] = NONE
        for clause in group:
            having = self._having(clause)
            found = found | having if found else having
        return found

    def _having(self, clause: Clause) -> Set[int]:
        return self._labelled(clause) if isinstance(clause, Asked) else self.met(clause).having

    def _labelled(self, asked: Asked) -> Set[int]:
        found: Set[int] = NONE
        for label in self.leaf.labels(asked.name):
            if is_met_by(asked.name, asked.value, label[1], begun=asked.begun):
                found = found | self.leaf.labelled(label)
        return found

    def _meet(self, term: Term) -> Met:
        counts, having = self._itself(term)
        relatives: list[str] = []
        if _is_one_word(term):
            if not term.exact:
                for language in self.leaf.languages:
                    own = self._family(term, language)
                    relatives += own
                    if own:
                        having = having | self._with_any(own, language)
            if term.near:
                having = having | self._with_any(self._near(_one_word(term).word))
            if term.prefix:
                having = having | self.leaf.starting(_one_word(term).word)
        return Met(having, tuple(dict.fromkeys(relatives)), counts)

    def _itself(self, term: Term) -> tuple[Counts | None, Set[int]]:
        """Return where the very words of `term` stand: counts if they are several; documents."""
        forms = [form(word) for word in term.words]
        if len(forms) == 1:
            return None, self.leaf.having(forms[0].word)
        places = self._places([one.word for one in forms], prefix=term.prefix)
        counts = Counter(map(self.leaf.document_at, places))
        if term.hyphenated:
            word = whole(tuple(forms)).word
            counts |= Counter(self.leaf.counts(word, self.leaf.having(word)))
        return counts, counts.keys()

    def _family(self, term: Term, language: str) -> list[str]:
        """Return the words of a language that have the stem of a one-word term."""
        one = _one_word(term, language)
        return [word for word in self.leaf.family(language, one.stem) if word != one.word]

    def _near(self, word: str) -> list[str]:
        from rapidfuzz import process  # here, since most queries have no word like this
        from rapidfuzz.distance import OSA

        allowed = edits_allowed(word)
        found = process.extract(
            word, self.leaf.words, scorer=OSA.distance, score_cutoff=allowed, limit=None
        )
        return [match[0] for match in found if match[0] != word]

    def _with_any(self, words: Iterable[str], language: str = "") -> Set[int]:
        """Return the documents (in a language) that have one of these words."""
        found: set[int] = set()
        for word in words:
            found.update(self.leaf.occurrences(word).documents)
            if monotonic() > self.deadline:
                self._hurried = True
                break
        if language and len(self.leaf.languages) > 1:
            found &= self.leaf.speaking(language)
        return found

    def _places(
        self, words: Sequence[str], *, prefix: bool, within: Collection[int] | None = None
    ) -> Sequence[int]:
        """Return where `words` stand one after the other: the place of the first, ascending.

        Each place of the rarest word is looked at; the axis says which words stand around it. If
        these are very many, and it is said what matters, only those `within` these documents are.
        """
        fixed = words[:-1] if prefix else words
        rarest = min(range(len(fixed)), key=lambda i: len(self.leaf.occurrences(fixed[i]).places))
        places: Sequence[int] = self.leaf.occurrences(fixed[rarest]).places
        if within is not None and len(places) > VERY_MANY:
            places = self._inside(places, within)
        starts = places if not rarest else [at - rarest for at in places if at >= rarest]
        for offset, word in enumerate(words):
            if offset != rarest and starts:
                begun = prefix and offset == len(words) - 1
                starts = self._followed(starts, offset, word, prefix=begun)
        return starts

    def _inside(self, places: Sequence[int], documents: Iterable[int]) -> list[int]:
        """Return those of some ascending places that are in one of these documents."""
        found: list[int] = []
        begins = self.leaf.starts
        for number in sorted(documents):
            start = bisect_left(places, begins[number])
            found += places[start : bisect_left(places, begins[number + 1], start)]
        return found

    def _followed(
        self, starts: Sequence[int], offset: int, word: str, *, prefix: bool
    ) -> list[int]:
        """Return those places that have `word` `offset` places on."""
        leaf, axis = self.leaf, self.leaf.axis
        if prefix:
            ranks = leaf.ranks(word)
            wholes = [one for one in leaf.beginning(word) if one in leaf.wholes]
            low, high = ranks.start, ranks.stop
            found = [at for at in starts if low <= axis[at + offset] < high]
        else:
            rank = leaf.rank(word)
            wholes = [word] if word in leaf.wholes else []
            found = [at for at in starts if rank and axis[at + offset] == rank]
        if not wholes:
            return found
        also = {place for one in wholes for place in leaf.occurrences(one).places}
        return sorted({*found, *(at for at in starts if at + offset in also)})


def _is_label(group: Sequence[Clause]) -> bool:
    return any(isinstance(clause, Asked) for clause in group)


def _is_one_word(term: Term) -> bool:
    """Tell whether a term is one word, or can be written as one."""
    return len(term.words) == 1 or term.hyphenated


def _one_word(term: Term, language: str = "en") -> Form:
    """Return the form of a term that is one word, or can be written as one."""
    forms = tuple(form(word, language) for word in term.words)
    return whole(forms, language) if len(forms) > 1 else forms[0]
