"""A saved web page comes in as its article, without the page around it."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.core.errors import CannotImport
from studygroup.importers import html
from studygroup.importers.render import render_body
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
