import os
from pathlib import Path

import pytest

from studygroup.core.errors import CannotWrite, StudyError, UsageError
from studygroup.core.study_files import NewNote, NewPrompt
from studygroup.files.folder import StudyFolder, create_study
from studygroup.files.places import find_study
from tests import builders

TWINS = """\
prompts:
  - {id: a, ask: One?}
  - {id: a, ask: Two?}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return builders.walk_study(tmp_path / "study")


@pytest.fixture
def folder(root: Path, home: Path) -> StudyFolder:
    return StudyFolder(root, home, home / "parsed")


def test_a_study_is_loaded_whole_and_paired(folder: StudyFolder) -> None:
    study = folder.load()
    assert study.title == "Tuesday group"
    assert study.readers == ("ana", "ben")
    assert [str(p) for p in study.problems] == []
    assert [p.ask for p in study.prompts_of("walk", "1-the-lock")] == ["Why does nobody ask?"]
    assert [n.kind for n in study.notes_of("walk", "1-the-lock")] == ["summary", "criticism"]
    assert {k: len(v) for k, v in study.marks_of("walk", "1-the-lock").items()} == {1: 1, 2: 1}
    assert study.paragraph_of(study.notes_of("walk", "2-the-bridge")[0]) == 1


def test_what_did_not_change_is_the_same_object_after_a_reload(
    root: Path, folder: StudyFolder
) -> None:
    before = folder.load()
    os.utime(root / "readings/walk.md", (1, 1))
    (root / "questions/walk.yaml").write_text("prompts:\n  - New?\n", encoding="utf-8")
    after = folder.load()
    assert after.readings[0] is before.readings[0]
    assert [p.ask for p in after.prompts] == ["New?"]


def test_a_change_that_keeps_size_and_time_is_seen(root: Path, folder: StudyFolder) -> None:
    path = root / "readings/walk.md"
    folder.load()
    stamp = path.stat()
    path.write_text(builders.WALK.replace("Boats", "Ships"), encoding="utf-8")
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert "Ships wait here" in folder.load().readings[0].sections[1].text


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("questions/walk.yaml", "prompts: [{section: no, ask: a}]", "walk.yaml:1: no section “no”"),
        ("questions/walk.yaml", "prompts: {The bridg: [a]}", "Did you mean “2-the-bridge”?"),
        ("questions/gone.yaml", "prompts:\n  - Why?\n", "gone.yaml: there is no reading “gone”"),
        ("readings/gone/ana.md", "note\n", "gone/ana.md: there is no reading “gone”"),
        ("readings/walk/ben.md", "# Elsewhere\nA note.\n", "ben.md:1: no section “Elsewhere”"),
        ("readings/bad.md", "---\nyear: x\n---\n", "bad.md:2: “year” must be a whole number"),
        ("readings/mine.md", "one\n<<<<<<< HEAD\ntwo\n", "mine.md:2: holds a git merge conflict"),
        ("readings/walk (1).md", "text", "looks like a copy that a sync program made"),
        ("study.yaml", "title: [", "study.yaml:1: not valid YAML"),
        ("study.yaml", "title: a\ntitel: T\n", "study.yaml:2: unknown field “titel”"),
        ("study.yaml", "readings: [walden]", "study.yaml: there is no reading “walden”"),
        ("readings/a\x1b[2Jb.md", "text", "a␛[2Jb.md: has hidden characters in its name"),
        ("questions/walk.yaml", TWINS, "walk.yaml:3: two prompts have the id “a”"),
    ],
)
def test_what_is_wrong_is_a_problem_with_its_place(
    root: Path, folder: StudyFolder, name: str, text: str, sentence: str
) -> None:
    builders.write_study(root, {name: text})
    study = folder.load()
    assert sentence in "\n".join(map(str, study.problems))
    assert study.reading("walk") is not None


def test_bytes_that_are_no_text_are_a_problem_with_their_line(
    root: Path, folder: StudyFolder
) -> None:
    (root / "readings/binary.md").write_bytes(b"one\ntwo\n\xff\xfe\n")
    assert "readings/binary.md:3: is not UTF-8 text" in str(folder.load().problems[0])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_links_and_pipes_in_a_study_are_refused(
    root: Path, folder: StudyFolder, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("secret", encoding="utf-8")
    (root / "readings/link.md").symlink_to(secret)
    os.mkfifo(root / "readings/pipe.md")
    study = folder.load()
    assert [r.slug for r in study.readings] == ["walk"]
    assert [p.place.path for p in study.problems] == ["readings/link.md", "readings/pipe.md"]


def test_a_note_written_through_a_link_is_refused(
    root: Path, folder: StudyFolder, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("mine", encoding="utf-8")
    (root / "readings/walk/ben.md").symlink_to(outside)
    walk = folder.load().readings[0]
    with pytest.raises(CannotWrite, match="symbolic link"):
        folder.add_notes([NewNote(walk, walk.sections[1], "ben", "text")])
    assert outside.read_text(encoding="utf-8") == "mine"


def test_notes_and_prompts_that_are_added_are_in_the_next_study(folder: StudyFolder) -> None:
    walk = folder.load().readings[0]
    folder.add_notes([NewNote(walk, walk.sections[2], "ben", "Which one pays?", "question", 2)])
    folder.add_prompt(NewPrompt(walk, walk.sections[2], "What of a third?"))
    study = folder.load()
    note = next(n for n in study.notes if n.reader == "ben")
    assert (note.section, note.kind, study.paragraph_of(note)) == ("2-the-bridge", "question", 2)
    assert study.prompts_of("walk", "2-the-bridge")[-1].ask == "What of a third?"
    assert study.problems == ()


def test_a_note_stays_with_its_paragraph_when_the_text_before_it_grows(
    root: Path, folder: StudyFolder
) -> None:
    walk = folder.load().readings[0]
    folder.add_notes([NewNote(walk, walk.sections[1], "ben", "Here.", "note", 3)])
    grown = builders.WALK.replace("# 1 The Lock\n", "# 1 The Lock\n\nA new paragraph.\n")
    (root / "readings/walk.md").write_text(grown, encoding="utf-8")
    study = folder.load()
    note = next(n for n in study.notes if n.reader == "ben")
    assert study.paragraph_of(note) == 4


def test_a_reading_is_replaced_only_when_asked_and_then_backed_up(
    root: Path, folder: StudyFolder, home: Path
) -> None:
    with pytest.raises(UsageError, match="Replace it with --replace"):
        folder.save_reading("walk", "new", replace=False)
    folder.save_reading("walk", "new", replace=True)
    assert (root / "readings/walk.md").read_text(encoding="utf-8") == "new"
    assert len(list((home / "backups").glob("*.zip"))) == 1


def test_a_file_that_cannot_be_written_is_one_sentence(root: Path, folder: StudyFolder) -> None:
    walk = folder.load().readings[0]
    (root / "questions/walk.yaml").unlink()
    (root / "questions").rmdir()
    (root / "questions").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(CannotWrite, match=r"questions/walk\.yaml: could not be"):
        folder.add_prompt(NewPrompt(walk, walk.sections[1], "Why?"))


def test_a_study_is_found_from_inside_it(root: Path) -> None:
    assert find_study(root / "readings/walk") == root
    assert find_study(root.parent) is None


def test_making_a_study_twice_is_refused(tmp_path: Path) -> None:
    create_study(tmp_path / "new", "A: title")
    assert (
        StudyFolder(tmp_path / "new", tmp_path / "home", tmp_path / "cache").load().title
        == "A: title"
    )
    with pytest.raises(UsageError, match="is a study already"):
        create_study(tmp_path / "new", None)


def test_a_folder_that_is_no_study_says_so(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="no readings folder"):
        StudyFolder(tmp_path, tmp_path / "home", tmp_path / "cache").load()


def test_a_byte_order_mark_is_kept_and_does_not_hide_what_is_there(
    root: Path, folder: StudyFolder
) -> None:
    path = root / "questions/walk.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + builders.WALK_PROMPTS.encode())
    walk = folder.load().readings[0]
    folder.add_prompt(NewPrompt(walk, walk.sections[2], "What of a third?"))
    assert path.read_bytes().startswith(b"\xef\xbb\xbfreading: walk\n")
    assert path.read_bytes().count(b"prompts:") == 1
    assert len(folder.load().prompts) == 3


def test_one_question_in_two_files_gets_two_ids(root: Path, folder: StudyFolder) -> None:
    twice = "reading: walk\nprompts:\n  - Who pays for what?\n"
    builders.write_study(root, {"questions/more.yaml": twice})
    study = folder.load()
    assert study.problems == ()
    assert len({p.id for p in study.prompts}) == 3


def test_hidden_characters_do_not_come_back_through_escapes(
    root: Path, folder: StudyFolder
) -> None:
    sly = '---\ntitle: "a\\e]52;c;eA==\\a"\n---\n# H\u0065ad &#x202e; &#27;[2J\n'
    builders.write_study(root, {"readings/sly.md": sly})
    reading = folder.load().reading("sly")
    assert reading is not None
    shown = reading.title + "".join(s.title for s in reading.sections)
    assert not set(shown) & set("\x1b\x07\u202e")
