"""The write-up as a page: one file that holds no script, asks for nothing, and can be restyled."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.core.errors import StudyError
from studygroup.core.meeting.session import Session
from studygroup.export import export
from studygroup.export.overrides import Own
from tests.export.meetings import AT_BRIDGE, AT_LOCK, STUDY, WALK, session

VOID = {"meta", "br", "img", "hr"}
PHRASES = {"a", "br", "strong", "em", "code", "ins", "del", "span"}
"""What may stand in a paragraph: a browser ends it before anything else."""


class Page(HTMLParser):
    """What a browser would make of a page: elements with attributes, and the text of each."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        assert "p" not in self.open or tag in PHRASES
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "svg" in self.open:
            self.elements.append((tag, dict(attrs)))
        else:  # a stroke at the end of a tag ends nothing in HTML
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def none(name: str) -> None:
    """The study has no templates of its own."""


def written(told: Session, own: Own = none) -> str:
    return export("html", told, STUDY, "", own).text


MEETING = session(
    ("took_up", AT_BRIDGE),
    ("said", {"by": "ana", "text": "Two towns."}),
    ("took_up", {**AT_LOCK, "prompt": "house"}),
    ("said", {"by": "ben okri", "text": "Nobody's."}),
    ("asked", {"by": "ana", "text": "Who pays"}),
    ("action", {"text": "copy it", "owner": "ana"}),
    ("closed", {}),
    agenda=[{"kind": "section", "title": "1 The Lock", **AT_LOCK, "minutes": 20}],
)


def test_it_says_who_was_there_what_is_open_and_then_what_was_said() -> None:
    text = Page(written(MEETING)).text
    order = [
        "Canal *night*",
        "Present: Ana and Ben Okri",
        "Open questions Who pays? — Ana, §1 The Lock",
        "Actions Ana: copy it",
        "1 The Lock 19:06–19:10 · 4 min",
        "Ben Okri: Nobody's.",
        "Ana: Two towns.",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_it_is_one_file_without_scripts_that_asks_for_nothing() -> None:
    page = Page(written(MEETING))
    assert page.open == []
    assert "script" not in {tag for tag, _ in page.elements}
    policies = [a["content"] for _, a in page.elements if "http-equiv" in a]
    (policy,) = policies
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    fetched = {"src", "srcset", "data", "poster", "action"}
    assert not [a for _, a in page.elements if fetched & set(a)]
    assert not re.search(r"url\(|@import", written(MEETING))


def test_it_is_made_for_light_dark_and_paper() -> None:
    page = written(MEETING)
    assert "@media (prefers-color-scheme: dark)" in page
    assert "@media print" in page


def test_charts_say_every_value_in_words_and_rank_nobody() -> None:
    page = Page(written(MEETING))
    summaries = [a["aria-label"] for tag, a in page.elements if tag == "svg"]
    per_section, floor, against = summaries
    assert per_section == (
        "Time per section. In general: 4 min; §2 The Bridge: 2 min; §1 The Lock: 4 min."
    )
    assert floor == "Floor time. Ana: 4 min; Ben Okri: 1 min."
    assert against == (
        "Agenda against actual. §1 The Lock: planned 20 min, took 4 min; "
        "In general: not planned, took 4 min; §2 The Bridge: not planned, took 2 min."
    )
    assert {"planned 20 min", "took 4 min", "Ben Okri"} <= {t.strip() for t in page.texts}


def test_planned_time_counts_what_was_carried_over_and_what_was_not_reached() -> None:
    agenda = [
        {"kind": "question", "title": "Who?", **AT_LOCK, "minutes": 3, "carried_from": "x"},
        {"kind": "section", "title": "1 The Lock", **AT_LOCK, "minutes": 20},
        {"kind": "prompt", "title": "Whose?", **AT_LOCK, "prompt": "house", "minutes": 20},
        {"kind": "section", "title": "2 The Bridge", **AT_BRIDGE, "minutes": 15},
        {"kind": "prompt", "title": "Worth it?", "reading": WALK.slug, "minutes": 5},
    ]
    told = session(("took_up", AT_LOCK), ("closed", {}), agenda=agenda)
    page = Page(written(told))
    against = [a["aria-label"] or "" for tag, a in page.elements if tag == "svg"][-1]
    assert "§1 The Lock: planned 23 min, took 1 min" in against
    assert "What was not reached: planned 20 min." in against


def test_changed_words_of_a_quotation_are_marked_as_left_out_and_put_in() -> None:
    target = {"reading": WALK.slug, "section": "1-the-lock", "words": "Water finds its own level"}
    words = {"text": "Water finds its new level", "verdict": "altered", "target": target}
    page = written(session(("quoted", {**words, "citation": "§1", **AT_LOCK})))
    assert "“Water finds its <del>own</del> <ins>new</ins> level”" in page


def test_the_reading_is_linked_only_to_the_web() -> None:
    page = Page(written(MEETING))
    assert [a["href"] for tag, a in page.elements if tag == "a"] == [WALK.source]


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><script>",
    "{{ session }} {% include 'x' %}",
    "<!-- studygroup:end -->",
    "</title><h1>",
    "javascript:alert(1)",
    "\x1b]52;c;AAAA\x07\x00\ufffe\ud800",
    "&lt;b&gt;",
]
hostile = st.one_of(
    st.sampled_from(HOSTILE), st.text(st.sampled_from("<>&\"'/= -!abx{}%#;"), max_size=24)
)


@given(hostile, hostile, hostile)
@settings(max_examples=30, deadline=None)
def test_nothing_that_people_write_becomes_markup(said: str, name: str, title: str) -> None:
    def told(said: str, name: str, title: str) -> Page:
        meeting = session(
            ("said", {"by": name, "text": f"x{said}", **AT_LOCK}),
            ("asked", {"by": "ana", "text": f"x{said}", "topic": f"x{title}", "reading": ""}),
            ("action", {"text": f"x{said}", "owner": f"x{name}", "due": f"x{title}"}),
            title=f"x{title}",
        )
        return Page(written(meeting))

    def shape(page: Page) -> list[tuple[str, list[str]]]:
        return [(tag, sorted(set(a) - {"id"})) for tag, a in page.elements]

    given_, plain = told(said, name, title), told("said", "name" if name else "", "title")
    charted = [tag for tag in shape(plain) if tag[0] not in ("rect", "text", "svg", "br", "strong")]
    assert [
        t for t in shape(given_) if t[0] not in ("rect", "text", "svg", "br", "strong")
    ] == charted


@given(hostile, hostile)
@settings(max_examples=40, deadline=None)
def test_a_template_that_forgets_to_escape_lets_nothing_become_markup(
    said: str, title: str
) -> None:
    mine = """{% extends "page.html" %}{% block body %}
<p title="{{ title }}" class={{ session.entries[0].text }}>{{ session.entries[0].text }}</p>
<a href="{{ title }}">{{ title }}</a><i style="{{ title }}"></i>{% endblock %}"""
    told = session(("said", {"text": f"x{said}", **AT_LOCK}), title=title)
    try:
        page = Page(written(told, override(write_up=mine)))
    except StudyError:  # refused for what the text would have become
        return
    head = {"html", "head", "meta", "title", "style", "body"}
    assert {tag for tag, _ in page.elements} <= head | {"p", "a", "i"}
    assert not [name for _, attributes in page.elements for name in attributes if name[:2] == "on"]


def override(**templates: str) -> Own:
    files = {name.replace("_", "-") + ".html": text.encode() for name, text in templates.items()}
    return files.get


def test_a_template_of_the_study_stands_in_for_ours() -> None:
    mine = (
        '{% extends "page.html" %}{% from "flow.html" import show %}'
        '{% block body %}<h1>Our {{ title }}</h1>{{ show(parts["actions"].blocks) }}'
        "{{ session.attendance | join(', ') }}{% endblock %}"
    )
    text = Page(written(MEETING, override(write_up=mine))).text
    assert "Our Canal *night*" in text
    assert "Ana: copy it" in text
    assert "ana, ben okri" in text
    assert "Open questions" not in text


def test_the_template_shown_in_the_file_format_works() -> None:
    guide = Path(__file__).parents[2] / "docs" / "file-format.md"
    shown = guide.read_text(encoding="utf-8").partition("```html\n")[2].partition("```")[0]
    text = Page(written(MEETING, override(write_up=shown))).text
    assert "Our notes: Canal *night*" in text
    assert "Ana: copy it" in text


@pytest.mark.parametrize(
    ("template", "place", "why"),
    [
        ("<p>\n{% if %}</p>", "templates/write-up.html:2", "Expected"),
        ("<p>\n{{ nonsense }}</p>", "templates/write-up.html:2", "nonsense"),
        ("<p>\n\n{{ title | safe }}", "templates/write-up.html:3", "safe"),
        (
            "{% autoescape false %}{{ title }}{% endautoescape %}",
            "templates/write-up.html:1",
            "escap",
        ),
        ("{{ title.__class__.__mro__ }}", "templates/write-up.html:1", "unsafe"),
        ("\n{{ 1 / 0 }}", "templates/write-up.html:2", "zero"),
        ('{% include "/etc/passwd" %}', "templates/write-up.html:1", "passwd"),
        ("{{ parts.clear() }}", "templates/write-up.html:1", "unsafe"),
    ],
)
def test_a_broken_template_is_named_with_its_line(template: str, place: str, why: str) -> None:
    with pytest.raises(StudyError) as error:
        written(MEETING, override(write_up=template))
    assert str(error.value.place) == place
    assert why in error.value.what


@pytest.mark.parametrize(
    "body",
    [
        "<script>1</script>",
        "<p onclick=x>",
        '<a href="javascript:x">',
        '<img src="https://example.org/pixel.png">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        "<style>p { background: url(https://example.org/x) }</style>",
        '<style>@import "x";</style>',
        "<iframe></iframe>",
        "<form></form>",
        '<meta http-equiv="refresh" content="0;url=https://example.org">',
    ],
)
def test_no_template_brings_in_a_script_or_a_request(body: str) -> None:
    mine = f'{{% extends "page.html" %}}{{% block body %}}{body}{{% endblock %}}'
    with pytest.raises(StudyError, match="no scripts and fetches nothing"):
        written(MEETING, override(write_up=mine))


def test_a_template_without_the_policy_is_refused() -> None:
    with pytest.raises(StudyError, match="content security policy"):
        written(MEETING, override(write_up="<p>Hello</p>"))
