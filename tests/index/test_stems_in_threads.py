import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest

from studygroup.index.analysis import form


@pytest.fixture
def impatient() -> Iterator[None]:
    """Threads that give way to each other all the time."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_words_stemmed_in_several_threads_at_once_have_the_stems_they_have_in_one(
    impatient: None,
) -> None:
    beginnings = ("organ", "nation", "relat", "hope", "general", "sensib")
    endings = ("ization", "alities", "fulness", "ousness", "ational", "iveness", "ibly", "izing")
    words = ["".join(parts) for parts in product(beginnings, endings, endings)]
    form.cache_clear()
    alone = [form(word).stem for word in words]
    form.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda ws: [form.__wrapped__(w).stem for w in ws], [words] * 8))
    assert together == [alone] * 8
