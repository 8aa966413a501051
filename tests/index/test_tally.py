"""Counting by groups is counting scope by scope."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.finding.search import HIT_KINDS, Filters
from studygroup.index.batch import Scope, groups_of
from studygroup.index.bits import bits_of
from studygroup.index.tally import Tally

SCOPES = [
    Scope(kind, reading, reader)
    for kind in HIT_KINDS
    for reading in ("walden", "emma")
    for reader in ("", "ana", "ben")
]


@given(st.lists(st.integers(0, len(SCOPES) - 1)), st.sets(st.integers(0, 40)))
def test_both_ways_count_the_same(scope_of: list[int], found: set[int]) -> None:
    size = len(scope_of)
    documents = [one for one in sorted(found) if one < size]
    groups = {
        group: bits_of(
            [one for one in range(size) if group in groups_of(SCOPES[scope_of[one]])], size
        )
        for scope in SCOPES
        for group in groups_of(scope)
    }
    one, other = Tally(Filters()), Tally(Filters())
    one.add(SCOPES, Counter(scope_of[number] for number in documents))
    other.add_all(groups, bits_of(documents, size))
    assert (one.total, one.everything) == (other.total, other.everything)
    assert one.kinds == other.kinds
    assert one.readings == other.readings
    assert one.readers == other.readers
