"""Every value that is put into blocks is read out of them again, and nothing else is."""

from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.index.blocks import FULL, Blocks, in_blocks

KEYS = st.text("ab\t\U0010ffff", max_size=4)
SIZES = st.sampled_from([0, 1, FULL // 3, FULL, 2 * FULL])


@settings(max_examples=50)
@given(st.dictionaries(KEYS, SIZES), st.lists(KEYS))
def test_what_is_put_into_blocks_is_read_out_of_them(
    sizes: dict[str, int], others: list[str]
) -> None:
    values = {key: key.encode() + bytes(size) for key, size in sizes.items()}
    written = list(in_blocks(values.items()))
    blocks = Blocks([one.first for one in written], lambda number: written[number].packed)
    for key in [*values, *others]:
        assert blocks.value(key) == values.get(key, b"")


def test_small_values_share_a_block_and_a_large_one_has_its_own() -> None:
    small = [(f"a{number}", bytes(10)) for number in range(50)]
    written = [one.first for one in in_blocks([*small, ("b", bytes(2 * FULL)), ("c", b"")])]
    assert written == ["a0", "b", "c"]


def test_neighbours_are_read_at_once() -> None:
    written = list(in_blocks((f"{number:05}", bytes(20)) for number in range(2_000)))
    read: list[int] = []

    def reading(number: int) -> bytes:
        read.append(number)
        return written[number].packed

    blocks = Blocks([one.first for one in written], reading)
    for number in range(300, 400):
        assert blocks.value(f"{number:05}")
    assert len(read) <= 2
