"""Sums for many places at once are the sums that one gets for each place by itself."""

from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.anchoring.sums import Sums

SIZE = 40
additions = st.lists(st.tuples(st.integers(0, 2**SIZE - 1), st.integers(0, 90)), max_size=12)


@given(additions, st.integers(0, 400))
def test_sums_add_up(added: list[tuple[int, int]], amount: int) -> None:
    found = Sums(SIZE)
    for places, number in added:
        found.add(places, number)
    sums = [sum(number for places, number in added if places >> at & 1) for at in range(SIZE)]
    assert found.most() == max(sums)
    assert found.at_least(amount) == sum(1 << at for at in range(SIZE) if sums[at] >= amount)
