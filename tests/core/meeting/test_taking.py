"""Words taken for the minutes: whole sentences, exactly as they stand, with their place."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.core.meeting.recording import Recording
from studygroup.core.meeting.session import Spot
from studygroup.core.meeting.taking import Taken, from_entry, from_note, from_paragraph, shown_spans
from studygroup.core.meeting.whole_sentences import around, sentences
from studygroup.core.study import Study
from tests import builders

WALK = builders.reading()
STUDY = Study.build("Walks", [WALK], [], [builders.notes()])
LOCK = WALK.sections[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Boats wait. Nobody asks why! Why not?", ["Boats wait.", "Nobody asks why!", "Why not?"]),
        ("“Who goes?” he said. “I do.”", ["“Who goes?” he said.", "“I do.”"]),
        ("Mr. Lock met J. P. Weir, e.g. here.", ["Mr. Lock met J. P. Weir, e.g. here."]),
        ("See no. 5. She said no. Then he left.", ["See no. 5.", "She said no.", "Then he left."]),
        ("It cost 3.10 in all. 1911 was dear.", ["It cost 3.10 in all.", "1911 was dear."]),
        ("He stops … and goes on. So.", ["He stops … and goes on.", "So."]),
        ("a verse\nof two lines", ["a verse\nof two lines"]),
        ("", []),
    ],
)
def test_a_text_is_split_where_its_sentences_end(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == expected


@given(st.text("aB.!? “”…1\n", max_size=60))
@settings(max_examples=100)
def test_sentences_leave_out_nothing_but_the_white_space_between_them(text: str) -> None:
    spans = sentences(text)
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(st.text("aB.!? \n", min_size=1, max_size=60), st.data())
@settings(max_examples=100)
def test_the_sentences_around_a_stretch_hold_all_of_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first, last = around(text, start, end)
    assert text[first:last].split() == text[min(first, start) : max(last, end)].split()


def test_what_is_taken_from_a_paragraph_stands_there_word_for_word() -> None:
    paragraph = LOCK.paragraphs[0]
    at = paragraph.text.index("asked")
    taken = from_paragraph(WALK, LOCK, paragraph, ((at, at + 5),))
    assert taken.text == "Nobody has asked why."
    assert taken.cited is not None
    assert taken.cited.citation == "A Walk by the Canal, §1 The Lock ¶1"
    anchor = taken.cited.anchor
    assert anchor is not None
    assert LOCK.text[anchor.start : anchor.end] == taken.text
    whole = from_paragraph(WALK, LOCK, paragraph)
    assert whole.text == paragraph.text


def test_a_snippet_tells_which_places_are_meant() -> None:
    body = "One bridge here.\nAnd far from it, after much else, another bridge."
    first, second = (4, 10), body.rindex("bridge")
    spans = (first, (second, second + 6))
    assert shown_spans(body, "… from it, after much else, another bridge.", spans) == spans[1:]
    assert shown_spans(body, "One bridge here. And far …", spans) == (first,)
    assert shown_spans(body, "gone since", spans) == spans


@pytest.fixture
def recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("STUDYGROUP_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STUDYGROUP_READER", "ana")
    workspace = builders.open_study(builders.walk_study(tmp_path / "study"))
    with workspace.sessions.start(["walk"], attendance=["ben"]) as recording:
        yield recording


def test_what_is_taken_is_nobodys_words_and_moves_no_floor(recording: Recording) -> None:
    recording.record("ben: Look at the second one.")
    taken = from_paragraph(WALK, LOCK, LOCK.paragraphs[1])
    entry = recording.quote(taken).entry
    assert entry is not None
    assert (entry.kind, entry.by, entry.text) == ("quotation", "", taken.text)
    assert entry.spot == recording.session.spot
    assert recording.session.speaker == "ben"
    assert list(recording.session.attendance) == ["ana", "ben"]


def test_selected_words_are_looked_for_first_where_they_were_selected(recording: Recording) -> None:
    entry = recording.quote(Taken("talking is the only traffic left", near=Spot("walk"))).entry
    assert entry is not None
    assert entry.cited is not None
    assert entry.cited.citation == "A Walk by the Canal, §1 The Lock ¶3"


def test_a_note_is_quoted_with_its_reader_and_place_and_its_citation_outlives_new_words(
    recording: Recording,
) -> None:
    note = next(n for n in STUDY.notes if n.kind == "criticism")
    entry = recording.quote(from_note(STUDY, note)).entry
    assert entry is not None
    assert entry.note == note.id
    cited = "A Walk by the Canal, §1 The Lock ¶2, ana’s note"
    assert (entry.cited.citation if entry.cited else "") == cited
    recording.amend(entry.key, "> Water finds its own level?")
    (amended,) = recording.session.entries
    assert amended.note == note.id
    assert amended.cited is not None
    assert (amended.cited.verdict, amended.cited.citation) == ("altered", cited)
    recording.amend(entry.key, "ben: That was the note.")
    (amended,) = recording.session.entries
    assert (amended.kind, amended.note, amended.cited) == ("remark", note.id, None)


def test_minutes_are_quoted_with_speaker_and_day_and_a_quotation_in_them_as_it_was(
    recording: Recording,
) -> None:
    said = recording.record("ben: Nobody minds.").entry
    quoted = recording.record("> Nobody remembers who built it").entry
    assert said is not None
    assert quoted is not None
    opened = recording.session.opened
    assert opened is not None
    taken = from_entry(recording.session, said)
    assert taken.cited is not None
    assert taken.text == "Nobody minds."
    assert taken.cited.citation == f"ben in the minutes of {opened.day} {opened:%b %Y}"
    assert from_entry(recording.session, quoted).cited == quoted.cited
