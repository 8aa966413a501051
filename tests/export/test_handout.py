"""The handout: a reading's text, prompts and notes in the order in which they are discussed."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from studygroup.core.errors import Place
from studygroup.core.prompt import Prompt
from studygroup.core.reading import Span
from studygroup.core.study import Study
from studygroup.export import hand_out
from studygroup.export.flow import Run
from studygroup.export.handout import spanned
from tests import builders
from tests.export.meetings import WALK

Q = Place("questions/walk.yaml", 1)
PROMPTS = [
    Prompt("end", "walk", "", "Was it worth the walk?", Q, kind="evaluative", phase="closing"),
    Prompt("why", "walk", "1-the-lock", "Why does nobody ask?", Q, kind="factual", minutes=5,
           follow_ups=("Who could?",), passage="Nobody has asked why", by="ana"),
    Prompt("first", "walk", "1-the-lock", "Who keeps a lock?", Q, phase="opening"),
]  # fmt: skip
STUDY = Study.build("Walks", [WALK], PROMPTS, [builders.notes()])


def written(format: str, study: Study = STUDY) -> str:
    return hand_out(format, study.readings[0], study, "", lambda _: None).text


def assert_in_order(whole: str, parts: list[str]) -> None:
    places = [whole.index(part) for part in parts]
    assert places == sorted(places)


def test_text_prompts_and_notes_stand_in_order() -> None:
    assert_in_order(
        written("md"),
        [
            "# A Walk by the Canal\n\nN. N., M. M., 1911",
            "**¶1** A preface",
            "# 1 The Lock",
            "**¶1** The lock-keeper's house stands *empty* since the spring.[1]",
            "> **¶2** Water finds its own level",
            "**¶4** [1] It was sold twice",
            "- Who keeps a lock? *(interpretive, opening)*",
            "- Why does nobody ask? *(factual, 5 min, asked by Ana)*",
            "    - on “Nobody has asked why”\n    - Who could?\n\n___\n\n___",
            "*Ana · criticism · ¶2 · Too easy*\n\n> “Water finds its own level",
            "> *Quotes ¶2 (not word for word:* ~~men~~ **people.**)",
            "# 2 The Bridge",
            "# The whole text",
            "- Was it worth the walk? *(evaluative, closing)*",
        ],
    )


def test_the_page_has_the_same_in_the_same_order() -> None:
    page = written("html")
    parts = ["<h1>A Walk by the Canal</h1>", "¶1</span> A preface", "<em>empty</em>"]
    parts += ["Who keeps a lock?", 'class="room"', "Too easy", "The whole text", "worth the walk?"]
    assert_in_order(page, parts)
    assert "<script" not in page


def test_what_people_add_to_a_handout_stays_when_it_is_written_again() -> None:
    first = written("md").replace("# 2 The Bridge", "# 2 The Bridge, our way")
    again = hand_out("md", WALK, STUDY, f"Bring a pen.\n\n{first}", lambda _: None)
    assert again.kept == ("section:2-the-bridge",)
    assert again.text.startswith("Bring a pen.\n")
    assert "our way" in again.text


def test_spans_become_runs_and_only_links_to_the_web_are_links() -> None:
    plain = "bold and link and trap"
    spans = [Span(0, 4, "strong"), Span(9, 13, "link", "https://x.org/a"),
             Span(18, 22, "link", "javascript:alert(1)"), Span(4, 4, "footnote", "7")]  # fmt: skip
    pieces = [p for p in spanned(plain, spans) if p != Run("")]
    assert pieces == [
        Run("bold", "strong"),
        "[7]",
        Run(" and "),
        Run("link", "", "https://x.org/a"),
        Run(" and "),
        Run("trap"),
    ]


hostile = st.text(st.sampled_from("ab *_`[]()<>!&#;\\-+=~1.:|\"'/\n"), min_size=1, max_size=30)


@example(text="a", ask="a", note="[\n]()")
@example(text="[ab](c)", ask="a", note="[a\nb](c)[d][e]")
@example(text="a|b\n-|-", ask="a|b\n:-|-:", note="a|b\n|-|-")
@given(hostile, hostile, hostile)
@settings(max_examples=80, deadline=None)
def test_nothing_in_a_reading_a_prompt_or_a_note_becomes_markup(
    text: str, ask: str, note: str
) -> None:
    section = WALK.sections[1]
    own = replace(section.paragraphs[0], text=text, spans=(Span(0, len(text) // 2, "em"),))
    reading = replace(WALK, sections=(replace(section, title=ask, paragraphs=(own,)),), source=None)
    notes = builders.notes(f"# The Lock\n\n> [!criticism] {' '.join(note.split())}\n> x\n")
    prompt = replace(PROMPTS[1], ask=ask, passage=note, follow_ups=(text,))
    study = Study.build(ask, [reading], [prompt], [notes])
    kinds = {t.type for t in flat(written("md", study))}
    assert not kinds & MARKUP
    page = written("html", study)
    assert page.count("<section") == page.count("</section>")
    assert not [tag for tag in ("<script", "<img", "<b>", "<a ") if tag in page]


MARKUP = {"html_block", "html_inline", "link_open", "image", "code_block", "fence"}
MARKUP |= {"table_open", "s_open"}


def flat(markdown: str) -> list:  # type: ignore[type-arg]  # of tokens
    found = []
    for token in MarkdownIt().enable(["table", "strikethrough"]).parse(markdown):
        comment = token.type == "html_block" and token.content.startswith("<!-- studygroup:")
        found += [] if comment else [token, *(token.children or [])]
    return found


@pytest.mark.parametrize("format", ["md", "html"])
def test_a_reading_without_prompts_or_notes_is_only_its_text(format: str) -> None:
    bare = written(format, Study.build("Walks", [WALK], [], []))
    assert "Prompts" not in bare
    assert "Notes" not in bare
    assert "From the bridge one sees both towns." in bare
