from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.finding.grouping import by_section
from studygroup.core.finding.search import Document, Hit


def hit(number: int, reading: str, section: str) -> Hit:
    document = Document(f"k{number}", "text", reading, section, section, "words", "p", number + 1)
    return Hit(document, "words", (), 100.0 - number)


PLACES = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["", "s", "t"])), max_size=30)


@given(PLACES)
def test_every_hit_stands_in_the_group_of_its_section_and_each_section_has_one(
    places: list[tuple[str, str]],
) -> None:
    hits = [hit(number, *place) for number, place in enumerate(places)]
    groups = by_section(hits)
    assert len({(group.reading, group.section) for group in groups}) == len(groups)
    for group in groups:
        mine = (group.reading, group.section)
        assert list(group.hits) == [
            h for h in hits if (h.document.reading, h.document.section) == mine
        ]
    assert sorted(h.document.key for g in groups for h in g.hits) == sorted(
        h.document.key for h in hits
    )


@given(PLACES)
def test_groups_stand_as_their_best_hits_do_so_the_best_hit_of_all_is_first(
    places: list[tuple[str, str]],
) -> None:
    best = [group.hits[0].score for group in by_section(hit(n, *p) for n, p in enumerate(places))]
    assert best == sorted(best, reverse=True)
    assert best[:1] == ([100.0] if places else [])
