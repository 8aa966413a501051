"""What on a saved page is its text, whatever the page calls the boxes it stands in."""

import pytest

from studygroup.core.draft import Draft
from studygroup.importers import html
from studygroup.importers.html_agreement import Opinion, agreed
from studygroup.importers.html_blocks import Piece
from studygroup.importers.render import render_body
from studygroup.importers.runs import Run
from tests.importers.documents import sentences, titles


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is there to ask for a second opinion."""
    monkeypatch.setattr(html, "second_opinion", lambda text: "")


def read(body: str, head: str = "<title>On Rivers</title>") -> Draft:
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return html.read(page.encode(), "page")


def headings(draft: Draft) -> list[str]:
    return [title for _, title in titles(draft.blocks)]


def test_a_section_is_no_box_of_the_page_because_of_what_it_is_about() -> None:
    draft = read(
        f"<main><p>{sentences(4)}</p>"
        f'<section id="sharing"><h2>Sharing</h2><p>{sentences(3, "boat")}</p></section>'
        f'<div class="section" id="the-menu-of-the-ferry"><h2>The menu of the ferry</h2>'
        f"<p>{sentences(3, 'cook')}</p></div>"
        f'<h4 id="nav">nav</h4><p>{sentences(3, "pilot")}</p>'
        f'<div id="share"><a href="/t">Share</a></div></main>'
    )
    assert headings(draft) == ["Sharing", "The menu of the ferry", "nav"]
    body = render_body(draft)
    assert sentences(3, "boat") in body
    assert sentences(3, "cook") in body
    assert "[Share]" not in body


def test_a_menu_of_dishes_is_text_and_one_of_links_is_none() -> None:
    dishes = "".join(f"<h2>Dish {n}</h2><p>{sentences(1, 'soup')}</p>" for n in range(3))
    links = "".join(f'<a href="/{n}">Page {n}</a> ' for n in range(9))
    draft = read(
        f'<p>{sentences(4)}</p><div id="menu">{dishes}</div><div class="menu">{links}</div>'
    )
    assert headings(draft) == ["Dish 0", "Dish 1", "Dish 2"]
    assert "Page 3" not in render_body(draft)


LINKS = "".join(f'<li><a href="/{n}">The river book {n}</a></li>' for n in range(4))


@pytest.mark.parametrize(
    ("above", "stays"),
    [
        ("<h2>See also</h2>", True),
        ("<h2>Further reading</h2>", True),
        ("<h2>Related work</h2>", True),
        ("<p>These tell more of it than we can here:</p>", True),
        ("<h2>Related articles</h2>", False),
        ("<h2>Latest</h2>", False),
        ("", False),
    ],
)
def test_a_list_of_links_stays_where_the_text_speaks_of_it(above: str, stays: bool) -> None:
    draft = read(
        f"<article><h1>On Rivers</h1><p>{sentences(6)}</p>{above}<ul>{LINKS}</ul></article>"
    )
    body = render_body(draft)
    assert ("The river book 2" in body) == stays
    assert bool(headings(draft)) == (stays and "<h2>" in above)


def test_a_list_of_contents_goes_with_its_heading() -> None:
    links = "".join(f'<li><a href="#p{n}">Part {n}</a></li>' for n in range(4))
    parts = "".join(f'<h2 id="p{n}">Part {n}</h2><p>{sentences(2)}</p>' for n in range(4))
    draft = read(f"<main><h2>Contents</h2><ul>{links}</ul>{parts}</main>")
    assert headings(draft) == [f"Part {n}" for n in range(4)]
    assert draft.blocks[1].text == sentences(2)


def test_all_posts_of_a_discussion_are_its_text() -> None:
    said = [sentences(9), sentences(2, "boat"), sentences(2, "owl"), sentences(1, "mill")]
    posts = "".join(
        f'<article class="post" id="m{n}"><div class="post-body">{text}</div></article>'
        for n, text in enumerate(said)
    )
    body = render_body(read(f"<main><h1>On Rivers</h1>{posts}</main>"))
    for text in said:
        assert text in body


def test_comments_are_text_where_there_is_hardly_any_other() -> None:
    comments = "".join(
        f'<div class="comment"><p>{sentences(3, word)}</p></div>'
        for word in ("river", "boat", "owl", "mill", "oar", "lock")
    )
    question = f'<div class="node"><p>{sentences(2, "ferry")}</p></div>'
    asked = render_body(read(f'<div>{question}<div id="comments">{comments}</div></div>'))
    assert sentences(2, "ferry") in asked
    assert sentences(3, "owl") in asked
    article = f"<article><p>{sentences(40, 'ferry')}</p></article>"
    told = render_body(read(f'{article}<div id="comments">{comments}</div>'))
    assert sentences(3, "owl") not in told


def test_the_lead_between_the_title_and_the_text_comes_along() -> None:
    lead = "Whoever follows the river in winter finds the locks closed and the inns full of boats."
    draft = read(
        f"<nav><a href='/'>Home</a></nav><div class='top'><h1>On Rivers</h1><p>{lead}</p>"
        "<ul><li>News</li></ul></div><figure><figcaption>A lock in the very first snow of the "
        f"year, seen from the bridge</figcaption></figure>"
        f"<div class='article-body'><p>{sentences(8)}</p><h2>The mill</h2><p>{sentences(8)}</p>"
        f"</div><div class='below'><p>{sentences(1, 'shop')}</p></div>"
    )
    assert [block.text for block in draft.blocks[:2]] == [lead, sentences(8)]
    body = render_body(draft)
    for leaked in ("News", "first snow", "shop"):
        assert leaked not in body


def test_a_text_in_many_boxes_is_read_whole() -> None:
    words = ("river", "boat", "owl", "mill", "oar", "lock")
    boxes = "".join(
        f'<div class="frame f{n}"><div class="outer"><div class="inner"><h2>About the {word}</h2>'
        f"<div><div><div><p>{sentences(3, word)}</p></div></div></div></div></div></div>"
        for n, word in enumerate(words)
    )
    draft = read(f'<div class="page"><div class="boxes">{boxes}</div></div>')
    assert headings(draft) == [f"About the {word}" for word in words]


def test_a_heading_has_no_mark_of_the_link_to_it() -> None:
    draft = read(
        f'<main><h2 id="a">The lock<a class="headerlink" href="#a" title="Permalink">¶</a></h2>'
        f'<p>{sentences(2)}</p><h2 id="b"><a href="#b">#</a> The mill</h2><p>{sentences(2)}</p>'
        f'<h2 id="c"><a href="#c">The inn</a></h2><p>{sentences(2)}</p></main>'
    )
    assert headings(draft) == ["The lock", "The mill", "The inn"]


@pytest.mark.parametrize(
    "around",
    ["<figure><figcaption>A lock</figcaption>{}", "<table><tr><td>{}</td></tr></table>"],
)
def test_headings_stay_headings_in_what_lays_out_a_page_or_was_never_closed(around: str) -> None:
    inside = f"<h2>The lock</h2><p>{sentences(9)}</p><h2>The mill</h2><p>{sentences(9)}</p>"
    assert headings(read(f"<main>{around.format(inside)}</main>")) == ["The lock", "The mill"]


def test_a_heading_in_a_header_of_its_section_is_read() -> None:
    draft = read(
        f"<article><p>{sentences(3)}</p><section><header><h2>The mill</h2></header>"
        f"<p>{sentences(3)}</p></section></article>"
    )
    assert headings(draft) == ["The mill"]


def test_a_listing_comes_without_numbers_of_lines_and_buttons_but_with_its_remarks() -> None:
    draft = read(
        f"<main><p>{sentences(4)}</p><table><tr><td class='gutter'><pre>1\n2</pre></td><td><pre>"
        "<button>Copy</button><span class='comment'># row slowly</span>\n"
        "<span class='lineno'>2</span>row(2)</pre></td></tr></table></main>"
    )
    assert [block.text for block in draft.blocks] == [sentences(4), "# row slowly\nrow(2)"]


def test_formulas_come_as_they_were_written() -> None:
    hidden = '<span style="display: none"><math alttext="x^2"><mi>x</mi></math></span>'
    katex = (
        "<math><semantics><mi>y</mi>"
        '<annotation encoding="application/x-tex">\\frac{y}{2}</annotation></semantics></math>'
    )
    script = '<span class="MathJax">zz</span><script type="math/tex">z_1</script>'
    drawn = (
        '<mjx-container class="MathJax CtxtMenu_Attached_0"><mjx-math aria-hidden="true">w'
        "</mjx-math><mjx-assistive-mml><math><mi>w</mi></math></mjx-assistive-mml></mjx-container>"
    )
    draft = read(f"<p>{sentences(4)} We say {hidden} and {katex} and {script} here.</p>")
    assert "We say x^2 and \\frac{y}{2} and z_1 here." in render_body(draft)
    draft = read(f"<p>{sentences(4)} We say {drawn} here.</p>")
    assert "We say w here." in render_body(draft)


def test_the_frame_of_a_library_is_set_aside_and_its_record_read() -> None:
    draft = read(
        "<pre>The Lantern Library eBook of River Songs\n\nTitle: River Songs\nAuthor: Ana Writer\n"
        "\n*** START OF THIS LANTERN LIBRARY EBOOK RIVER SONGS ***\n</pre>"
        f"<h1>RIVER SONGS</h1><h2>I.</h2><p>{sentences(4)}</p><h2>II.</h2><p>{sentences(4)}</p>"
        "<pre>*** END OF THIS LANTERN LIBRARY EBOOK RIVER SONGS ***\nLicence: as you like.</pre>"
    )
    assert (draft.title, draft.author) == ("River Songs", ("Ana Writer",))
    assert [block.text for block in draft.blocks] == ["I.", sentences(4), "II.", sentences(4)]
    assert any("frame around the text" in warning for warning in draft.warnings)


def test_a_text_may_speak_of_related_work_and_end_as_it_likes() -> None:
    draft = read(
        f"<article><h1>On Rivers</h1><p>May 17, 2011 · 3 min read</p><p>{sentences(6)}</p>"
        f"<h2>Related work</h2><p>{sentences(2)}</p><p>See you at the lock, my friend.</p>"
        "</article>"
    )
    assert [block.text for block in draft.blocks] == [
        sentences(6),
        "Related work",
        sentences(2),
        "See you at the lock, my friend.",
    ]


def test_the_last_section_that_leads_elsewhere_goes_with_what_is_below() -> None:
    draft = read(
        f"<article><h1>On Rivers</h1><p>{sentences(9)}</p><h3>You might also like</h3>"
        f"<p>{sentences(1, 'shop')}</p><h3>Follow us</h3><p>On every river.</p></article>"
    )
    assert [block.text for block in draft.blocks] == [sentences(9)]


def test_the_name_of_the_site_is_not_the_title() -> None:
    draft = read(
        f"<h1>The Daily Stone</h1><article><h2>On Rivers and Boats</h2><p>{sentences(5)}</p>"
        "</article>",
        "<title>On Rivers and Boats | The Daily Stone</title>",
    )
    assert draft.title == "On Rivers and Boats"
    assert headings(draft) == []


def piece(words: str, kind: str = "paragraph") -> Piece:
    return Piece(kind, (Run(words),))


def test_headings_sources_and_closing_lines_stay_though_another_leaves_them_out() -> None:
    text = [piece(sentences(2, word)) for word in ("river", "boat", "owl")]
    opinion = Opinion.of("\n".join(each.words for each in text))
    above = [piece("Chapter Six", "heading"), piece("Of boats", "heading")]
    below = [
        piece("The end"),
        piece("References", "heading"),
        piece("Ana Writer, Songs of the river and the mill, 1899."),
    ]
    shop = [piece("Our shop", "heading"), piece("Every river of the county in one large book.")]
    assert agreed([*above, *text, *below, *shop], opinion) == [*above, *text, *below]


def test_a_report_in_numbered_sections_is_read_whole() -> None:
    names = ("introduction", "cookies", "metadata", "related")
    sections = "".join(
        f'<div id="{name}"><section id="section-{n}"><h2><a href="#section-{n}">{n}.</a> '
        f'<a href="#{name}">On {name}</a></h2><p>{sentences(5, name)}<a href="#p{n}">¶</a></p>'
        f'<aside><p>{sentences(2, "note")}</p></aside><figure><img src="f.png"><figcaption>'
        f'<a href="#f{n}">Figure {n}</a>: <a href="#g{n}">The way of {name}</a></figcaption>'
        "</figure></section></div>"
        for n, name in enumerate(names, 1)
    )
    draft = read(sections)
    assert headings(draft) == [f"{n}. On {name}" for n, name in enumerate(names, 1)]
    for n, name in enumerate(names):
        assert [block.text for block in draft.blocks[4 * n + 1 : 4 * n + 4]] == [
            sentences(5, name),
            sentences(2, "note"),
            f"Figure {n + 1}: The way of {name}",
        ]


def test_a_box_beside_the_text_is_none_of_it() -> None:
    draft = read(
        f"<article><p>{sentences(6)}</p><aside><h4>Our letter</h4><p>Get it.</p>"
        '<form><input name="mail"></form></aside><aside class="related"><p>'
        f"{sentences(1, 'shop')}</p></aside><p>{sentences(6, 'mill')}</p></article>"
    )
    assert [block.text for block in draft.blocks] == [sentences(6), sentences(6, "mill")]


def test_a_list_of_other_articles_beside_the_text_is_not_taken_for_it() -> None:
    others = "".join(
        f'<li><p><a href="/{n}">{sentences(3, "mayor")}</a> {sentences(2, "council")}</p></li>'
        for n in range(7)
    )
    draft = read(
        f'<div class="left"><div class="story"><p>{sentences(12)}</p><p>{sentences(12, "mill")}</p>'
        f'</div><div class="more"><ul>{others}</ul></div></div>'
    )
    assert [block.text for block in draft.blocks] == [sentences(12), sentences(12, "mill")]


def test_boxes_are_known_by_the_words_of_their_class_however_written() -> None:
    draft = read(
        f'<article><p>{sentences(6)}</p><div class="postRelatedArticles"><p>'
        f'{sentences(1, "shop")}</p></div><div class="feedCommentBody"><p>'
        f"{sentences(2, 'mill')}</p></div></article>"
    )
    assert [block.text for block in draft.blocks] == [sentences(6), sentences(2, "mill")]


def test_a_lead_stays_though_another_leaves_it_out() -> None:
    lead = piece("In winter the locks are closed, and the inns are full of boatmen who tell of it.")
    text = [piece(sentences(2, word)) for word in ("river", "boat", "owl")]
    opinion = Opinion.of("\n".join(each.words for each in text))
    assert agreed([piece("Ana Writer"), lead, *text], opinion) == [lead, *text]


def test_what_is_named_as_the_text_is_the_text_whatever_it_is_called_besides() -> None:
    comments = "".join(
        f'<div class="comment"><p>{sentences(9, word)}</p></div>' for word in ("owl", "oar", "mill")
    )
    draft = read(
        f'<main><div class="entry__content paywall-box"><p>{sentences(6)}</p></div>'
        f"<div><p>{sentences(1, 'ferry')}</p></div>"
        f'<div id="comments">{comments}</div></main>'
    )
    assert [block.text for block in draft.blocks] == [sentences(6), sentences(1, "ferry")]


def test_a_heading_that_only_leads_home_is_not_the_title() -> None:
    draft = read(
        f'<h1><a href="/">The Daily Stone</a></h1><h2>A river</h2><p>{sentences(5)}</p>',
        "<title>How the river rose in one night of May</title>",
    )
    assert draft.title == "How the river rose in one night of May"


def test_a_heading_is_one_however_far_apart_its_lines_stand() -> None:
    draft = read(
        f"<main><h2>IV<br><br>\nThe Weir<br><br></h2><p>{sentences(4)}</p>"
        f"<h2>V<br>The Lock</h2><p>{sentences(4)}</p></main>"
    )
    assert headings(draft) == ["IV The Weir", "V The Lock"]
