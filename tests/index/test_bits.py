"""Sets of documents as bits are what sets of numbers are."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from studygroup.index.bits import (
    among,
    bits_between,
    bits_of,
    flags,
    members,
    pack_bits,
    unpack_bits,
)

SIZE = 3_000
SETS = st.one_of(
    st.sets(st.integers(0, SIZE - 1)),
    st.sets(st.integers(0, SIZE - 1)).map(lambda left_out: set(range(SIZE)) - left_out),
)


@given(SETS, SETS)
def test_what_sets_share_and_what_they_have_together(one: set[int], other: set[int]) -> None:
    a, b = bits_of(list(one), SIZE), bits_of(sorted(other), SIZE)
    assert list(members(a & b)) == sorted(one & other)
    assert list(members(a | b)) == sorted(one | other)
    assert list(members(a & ~b)) == sorted(one - other)
    assert a.bit_count() == len(one)
    assert among(a, [*other, SIZE + 9]) == [member for member in other if member in one]
    assert [at for at, flag in enumerate(flags(a)) if flag] == sorted(one)


@given(SETS)
def test_a_packed_set_is_the_same_and_never_longer_than_its_numbers(one: set[int]) -> None:
    numbers = array("I", sorted(one))
    packed = pack_bits(numbers, SIZE)
    assert unpack_bits(packed, SIZE) == bits_of(numbers, SIZE)
    assert len(packed) <= 1 + min(4 * len(numbers), (SIZE + 7) // 8)


def test_the_empty_set() -> None:
    assert list(members(0)) == among(0, [0, 1]) == []
    assert unpack_bits(b"", SIZE) == bits_of([], SIZE) == bits_between(5, 5) == 0


def test_a_stretch() -> None:
    assert list(members(bits_between(3, 7))) == [3, 4, 5, 6]
