from studygroup.core.finding.concordance import Line, Order, concordance
from studygroup.core.finding.finder import Finder
from studygroup.core.finding.search import Document, Spans
from studygroup.core.study import Study
from tests import builders
from tests.brute_index import BruteIndex


def document(body: str) -> Document:
    return Document("k", "text", "walk", "lock", "Lock", body, "readings/walk.md", 1)


def boats(document: Document) -> Spans:
    at = document.body.lower().find("boat")
    return ((at, at + 4),) if at >= 0 else ()


def lines(order: Order, *bodies: str) -> list[Line]:
    return concordance([document(body) for body in bodies], boats, order)


def test_a_line_is_the_term_as_it_stands_with_the_text_on_both_sides() -> None:
    (line,) = lines("study", "A slow\n\nBoat,  moored here.")
    assert (line.before, line.term, line.after) == ("A slow ", "Boat", ", moored here.")


def test_lines_are_sorted_by_what_follows_or_by_what_precedes_from_the_term_outwards() -> None:
    bodies = ["the old boat sank", "a new boat Drifts", "the boat, ashore"]
    assert [x.after for x in lines("study", *bodies)] == [" sank", " Drifts", ", ashore"]
    assert [x.after for x in lines("after", *bodies)] == [", ashore", " Drifts", " sank"]
    assert [x.before for x in lines("before", *bodies)] == ["a new ", "the old ", "the "]


def test_a_document_that_only_its_title_answers_has_no_line() -> None:
    assert lines("study", "the lock", "") == []


def test_a_study_gives_its_lines_in_the_order_of_reading() -> None:
    study = Study.build("t", [builders.reading()], [], [builders.notes()])
    finder = Finder(BruteIndex, lambda: study, lambda: ())
    found = finder.concordance("bridge OR boats")
    paragraphs = [line.document.paragraph for line in found if line.document.kind == "text"]
    sections = [line.document.section for line in found if line.document.kind == "text"]
    order = [section.id for section in study.readings[0].sections]
    assert sections == sorted(sections, key=order.index)
    assert len(paragraphs) > 1
    assert all(line.term.casefold() in ("bridge", "bridges", "boats", "boat") for line in found)
