"""A saved web page comes in as its article, without the page around it."""

import sys
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.core.errors import CannotImport
from studygroup.importers import html
from studygroup.importers.html_agreement import Opinion, agreed, falls_short
from studygroup.importers.html_blocks import Piece
from studygroup.importers.render import render_body
from studygroup.importers.runs import Run
from studygroup.importers.second_opinion import second_opinion
from tests.importers.documents import sentences, titles

PAGE = f"""<!doctype html><html><head><title>On Rivers | The Daily Stone</title>
<meta property="og:title" content="On Rivers">
<meta property="og:site_name" content="The Daily Stone">
<link rel="canonical" href="https://stone.example/2011/05/rivers">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "On Rivers",
 "author": [{{"@type": "Person", "name": "Ana Writer"}}],
 "datePublished": "2011-05-17"}}</script></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<div class="cookie-banner">We use cookies to improve your visit.</div>
<article><h1>On Rivers</h1><p class="byline">By Ana Writer</p>
<p>{sentences(6)}<sup><a id="ref1" href="#fn1">1</a></sup></p>
<div class="share-buttons"><a href="/t">Tweet this</a></div>
<h2>The <em>first</em> bend</h2><p>{sentences(4, "boat")} It <em>never</em> stops at
<a href="/banks">the bank</a>.</p>
<blockquote><p>{sentences(2, "voice")}</p></blockquote>
<ul><li>one oar</li><li>two oars<ol><li>left</li></ol></li></ul>
<figure><img src="x.png"><figcaption>A boat at night</figcaption></figure>
<table><tr><th>Year</th><th>Depth</th></tr><tr><td>1900</td><td>3 m</td></tr></table>
<pre><code class="language-python">row(2)</code></pre>
<h2>Notes</h2><ol><li id="fn1"><p>See the map. <a href="#ref1">↩</a></p></li></ol>
<div class="related-posts"><h2>Related</h2><a href="/a">Another river</a></div></article>
<aside class="sidebar"><p>Most read this week</p></aside>
<div id="comments"><h2>3 comments</h2><p>{sentences(3, "troll")}</p></div>
<footer>© The Daily Stone</footer></body></html>"""


def test_the_article_comes_without_the_page_around_it() -> None:
    body = render_body(html.read(PAGE.encode(), "page"))
    for leaked in (
        "Home",
        "cookies",
        "Tweet",
        "Most read",
        "troll",
        "©",
        "Another river",
        "By Ana",
    ):
        assert leaked not in body
    for kept in (sentences(6), sentences(4, "boat"), "A boat at night"):
        assert kept in body


def test_what_the_page_says_of_itself_is_taken_from_its_metadata() -> None:
    draft = html.read(PAGE.encode(), "page")
    assert (draft.title, draft.author, draft.year) == ("On Rivers", ("Ana Writer",), 2011)
    assert draft.source == "https://stone.example/2011/05/rivers"


def test_blocks_become_markdown() -> None:
    draft = html.read(PAGE.encode(), "page")
    body = render_body(draft)
    assert titles(draft.blocks) == [(1, "The first bend")]
    assert "It *never* stops at [the bank](https://stone.example/banks)." in body
    assert f"> {sentences(2, 'voice')}" in body
    assert "- one oar\n- two oars\n" in body
    assert "1. left" in body
    assert "| Year | Depth |\n| --- | --- |\n| 1900 | 3 m |" in body
    assert "```python\nrow(2)\n```" in body
    assert "without a sound.[^1]" in body
    assert "[^1]: See the map.\n" in body
    assert draft.warnings == ("1 picture was left out.",)


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1252">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "cp1252"),
        ('<meta charset="koi8-r">', "utf-8-sig"),
        ("", "utf-16"),
        ("", "cp1252"),
        ('<meta charset="utf-8">', "cp1252"),
    ],
)
def test_encodings_are_those_of_browsers_unless_the_bytes_say_otherwise(
    head: str, encoding: str
) -> None:
    text = "“Naïve” rivers — " + sentences(5)
    page = f"<html><head>{head}</head><body><p>{text}</p></body></html>"
    assert text in render_body(html.read(page.encode(encoding), "page"))


def test_broken_tags_lose_no_words() -> None:
    page = f"<html><body><div><p><b>{sentences(3)}<p><i>{sentences(3, 'ship')}</b><td>end of it"
    body = render_body(html.read(page.encode(), "page"))
    assert "house number 2" in body
    assert "The ship went" in body
    assert "end of it" in body


def test_line_breaks_make_paragraphs_or_verse() -> None:
    page = (
        f"<html><body>{sentences(5)}<br><br>{sentences(5, 'lake')}"
        "<p>Row, row<br>until the morning<br>comes</p></body></html>"
    )
    body = render_body(html.read(page.encode(), "page"))
    assert f"{sentences(5)}\n\n{sentences(5, 'lake')}" in body
    assert "Row, row\\\nuntil the morning\\\ncomes" in body


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(CannotImport, match="no words"):
        html.read(b"<html><body><img src=x></body></html>", "page")


@pytest.mark.parametrize("tag", ["div", "blockquote", "b", "ul"])
def test_tags_nested_without_end_are_refused(tag: str) -> None:
    with pytest.raises(CannotImport, match="nested too deeply"):
        html.read(f"<html>{f'<{tag}>' * 300_000}x".encode(), "page")


def test_tags_as_deep_as_allowed_are_read() -> None:
    page = f"<html><body>{'<div>' * 900}<p>{sentences(3)}</p>"
    assert "house number 2" in render_body(html.read(page.encode(), "page"))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_pages_are_read_or_refused(data: st.DataObject) -> None:
    page = bytearray(PAGE.encode())
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(page) - 1))
        page[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=6))
    with suppress(CannotImport):
        assert render_body(html.read(bytes(page), "page")).strip()


def page(body: str) -> bytes:
    return f"<!doctype html><html><head><title>On Rivers</title></head><body>{body}</body>".encode()


def test_a_page_that_is_one_preformatted_text_is_read_as_plain_text() -> None:
    lines = "\n".join(sentences(1, word) for word in ("river", "mill", "owl") * 8)
    draft = html.read(page(f"<pre>CHAPTER I\n\n{lines}\n\nCHAPTER II\n\n{lines}\n</pre>"), "x")
    assert (draft.format, draft.title) == ("html", "On Rivers")
    assert [title for _, title in titles(draft.blocks)] == ["CHAPTER I", "CHAPTER II"]
    assert not [block for block in draft.blocks if block.kind == "code"]


def test_a_listing_stays_a_listing() -> None:
    listing = "\n".join(f"row({n})  # a long remark on it" for n in range(60))
    draft = html.read(page(f"<pre><code>{listing}</code></pre>"), "x")
    assert [block.kind for block in draft.blocks] == ["code"]


FOUND = (
    "The boats wait above the lock until evening, and talking is all the traffic they have left.\n"
    "A mill stood here once; its wheel lies in the garden of the inn, painted white every spring.\n"
    "Nobody who lives by the water has ever asked why the owl comes back before the first frost."
    " Perhaps it counts the barges, as the children do, and grows tired when there are none."
)


def piece(words: str, kind: str = "paragraph", note: str = "") -> Piece:
    return Piece(kind, (Run(words),), note=note)


def test_what_another_leaves_out_goes_at_the_ends() -> None:
    river, mill, owl = (piece(line) for line in FOUND.splitlines())
    note = piece("See the map.", note="n")
    heading, quote = piece("At dusk", "heading"), piece("Not yet, they said.", "quote")
    mark, invitation, caption = piece("Our writers"), piece("Read on"), piece("A mill")
    after = piece("Every river of the county in one book, for those who subscribe this week.")
    pieces = [mark, river, invitation, caption, heading, mill, quote, owl, after, note]
    kept = [river, invitation, caption, heading, mill, quote, owl, note]
    assert agreed(pieces, Opinion.of(FOUND)) == kept
    above = piece("Of boats", "heading")
    assert agreed([mark, above, *kept], Opinion.of(f"Of boats\n{FOUND}"))[0] == above


def test_another_who_found_something_else_is_not_followed() -> None:
    pieces = [piece(sentences(9, "boat")), piece("A boat"), piece(sentences(9, "oar"))]
    assert agreed(pieces, Opinion.of(sentences(30, "troll at the very big bridge"))) == pieces


def test_ours_falls_short_when_it_lacks_much_but_not_of_a_page_that_goes_on() -> None:
    river, mill, owl = (piece(line) for line in FOUND.splitlines())
    assert falls_short([river, mill], Opinion.of(FOUND))
    assert falls_short([piece("Subscribe to our letter today")], Opinion.of(FOUND))
    assert not falls_short([river, mill, owl], Opinion.of(FOUND))
    endless = FOUND + "\n" + " ".join(f"Station {n} has {n * n} lamps." for n in range(60))
    assert not falls_short([river, mill, owl], Opinion.of(endless))


@pytest.mark.parametrize("installed", [True, False])
def test_a_page_is_read_with_a_second_opinion_and_without(
    installed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if installed:
        pytest.importorskip("trafilatura")
    else:
        monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert bool(second_opinion(PAGE)) == installed
    draft = html.read(PAGE.encode(), "page")
    body = render_body(draft)
    assert [title for _, title in titles(draft.blocks)] == ["The first bend"]
    assert f"> {sentences(2, 'voice')}" in body
    assert "- two oars" in body
    assert body.endswith("[^1]: See the map.\n")


def test_lines_of_the_page_between_paragraphs_are_left_out() -> None:
    draft = html.read(
        page(
            f"<article><h1>On Rivers</h1><p>By Ana Writer</p><p>{sentences(6)}</p>"
            "<p>Advertisement</p><p>The lock at night (Image: A. WRITER)</p>"
            f"<p>Published: 3 May 2011</p><p>By the lock stood a house that nobody lived in</p>"
            f"<p>{sentences(6, 'mill')}</p><h2>You may also like</h2></article>"
        ),
        "x",
    )
    assert [block.text for block in draft.blocks] == [
        sentences(6),
        "By the lock stood a house that nobody lived in",
        sentences(6, "mill"),
    ]


def test_quotations_from_elsewhere_stay_though_they_stand_in_a_box_for_sharing() -> None:
    draft = html.read(
        page(
            f'<article><p>{sentences(6)}</p><div class="social-media-embed">'
            f'<blockquote class="twitter-tweet"><p>{sentences(1, "voice")}</p></blockquote></div>'
            f"<p>{sentences(6, 'mill')}</p></article>"
        ),
        "x",
    )
    assert [block.kind for block in draft.blocks] == ["paragraph", "quote", "paragraph"]


def test_the_name_of_a_site_is_no_title_where_the_page_has_a_heading_of_its_own() -> None:
    text = "<p>" + "The ferryman kept two ledgers, and never confused them. " * 12 + "</p>"
    for below in ("<h2>Two ledgers</h2>", "<div><h3>Two ledgers</h3></div>"):
        page = (
            "<html><head><title>Two ledgers | The Ferry Gazette</title></head><body>"
            f"<h1>The Ferry Gazette</h1><article>{below}{text}</article></body></html>"
        )
        assert html.read(page.encode(), "a page").title == "Two ledgers"
